"""Give every cue the target that it judges, clause by clause, without a parser.

Three shapes carry most of it: the cue before its target (`friendly staff`), the cue behind it
(`the staff were friendly`), and lists on either side (`staff and food were great`, `great staff,
food and view`). What no shape explains keeps no target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from verbatim.engines.lexicon.spans import Chunk, Cue, Target
from verbatim.engines.lexicon.words import BE, COORDINATORS, DETERMINERS, PREPOSITIONS, SUBJECTS
from verbatim.labels import DRIVERS

OVERALL = DRIVERS.index("overall")

VERB_BETWEEN = 6.0
"""Words that a verb between a cue and a later target counts for: `was great, the food`."""
GENERAL_TARGET = 2.5
"""Words by which `hotel` or `place` is farther than a target that says more."""
MODIFIER = 3.0
"""Words by which the `room` in `the view from the room` is farther than the `view`."""
REACH = 9.0
SHORT_CHUNK = 4


@dataclass(frozen=True, slots=True)
class Judgement:
    """A cue and the target it judges, if any."""

    cue: Cue
    target: Target | None
    kind: str


@dataclass(slots=True)
class _State:
    """What a chunk may lean on: subjects named before, targets and cues still without a partner."""

    subjects: list[Target] = field(default_factory=list)
    unjudged: list[Target] = field(default_factory=list)
    unplaced: list[Cue] = field(default_factory=list)
    listed: list[Cue] = field(default_factory=list)


def pair(low: Sequence[str], chunks: Sequence[Chunk]) -> list[Judgement]:
    """Pair the real cues of all chunks with targets."""
    state = _State()
    found: list[Judgement] = []
    for chunk in chunks:
        if chunk.is_hard:
            found += _without_target(state.unplaced)
            state = _State()
        cues = [cue for cue in chunk.cues if cue.real and cue.valence]
        if chunk.targets and cues:
            found += _within(low, chunk, cues, state)
        elif cues:
            found += _lean_back(low, chunk, cues, state)
        elif chunk.targets:
            found += _list_on(low, chunk, state)
    return found + _without_target(state.unplaced)


def _without_target(cues: Sequence[Cue]) -> list[Judgement]:
    return [Judgement(cue, None, cue.kind) for cue in cues]


def _within(
    low: Sequence[str], chunk: Chunk, cues: list[Cue], state: _State
) -> list[Judgement]:
    """A chunk with both: each cue takes the nearest target, lists before it share its cues."""
    found = []
    first = chunk.targets[0]
    if state.unplaced:
        is_list = chunk.opener in COORDINATORS and not _has_verb(low, chunk.start, first.start)
        target = first if is_list else None
        found += [Judgement(cue, target, "listed" if target else cue.kind) for cue in state.unplaced]
        state.unplaced = []
    for cue in cues:
        target = _nearest(low, chunk, cue)
        found.append(Judgement(cue, target, cue.kind))
    if state.unjudged and cues[0].start > chunk.targets[-1].start and chunk.opener in COORDINATORS:
        found += _share(state.unjudged, cues)
    before = [cue for cue in cues if cue.start < first.start]
    state.listed = before if not _has_verb(low, first.end, chunk.end) else []
    state.subjects, state.unjudged = list(chunk.targets), []
    return found


def _lean_back(
    low: Sequence[str], chunk: Chunk, cues: list[Cue], state: _State
) -> list[Judgement]:
    """A chunk with cues only: they judge what was named before, or what comes next."""
    subjects = state.unjudged or state.subjects
    opens_anew = low[chunk.start] in ("i", "we", "you", "it", "this", "that", "there", "all")
    if subjects and not (opens_anew and not _points_back(low, chunk)):
        found = _share(subjects[-1:] if subjects is state.subjects else subjects, cues)
        state.subjects, state.unjudged = list(subjects), []
        return found
    state.unjudged = []
    if opens_anew or chunk.end - chunk.start > SHORT_CHUNK:
        return _without_target(cues)
    state.unplaced += cues
    return []


def _points_back(low: Sequence[str], chunk: Chunk) -> bool:
    """`the pool is small and it was dirty`: a pronoun for what was just named."""
    return low[chunk.start] in ("it", "they") and chunk.opener in ("and", "but", ",", "though", "although")


def _list_on(low: Sequence[str], chunk: Chunk, state: _State) -> list[Judgement]:
    """A chunk with targets only: the end of a list already judged, or something yet to be judged."""
    is_bare = not _has_verb(low, chunk.start, chunk.end)
    if state.listed and is_bare and chunk.opener in COORDINATORS and chunk.end - chunk.start <= SHORT_CHUNK:
        return _share(chunk.targets, [cue for cue in state.listed if _is_generic(cue)])
    state.unjudged += chunk.targets
    return []


def _share(targets: Sequence[Target], cues: Sequence[Cue]) -> list[Judgement]:
    return [Judgement(replace(cue), target, "listed") for target in targets for cue in cues]


def _is_generic(cue: Cue) -> bool:
    return cue.driver < 0 or cue.weak


def _nearest(low: Sequence[str], chunk: Chunk, cue: Cue) -> Target | None:
    costs = [(_distance(low, chunk, cue, target), i) for i, target in enumerate(chunk.targets)]
    cost, best = min(costs)
    return chunk.targets[best] if cost <= REACH else None


def _distance(low: Sequence[str], chunk: Chunk, cue: Cue, target: Target) -> float:
    """Words between cue and target, with what makes the target less likely added."""
    extra = GENERAL_TARGET if target.driver == OVERALL else 0.0
    extra += 1.0 if target.weak else 0.0
    if target.start >= cue.end:
        verb = VERB_BETWEEN if _has_verb(low, cue.end, target.start) else 0.0
        return target.start - cue.end + extra + verb
    if target.end <= cue.start:
        return cue.start - target.end + extra + 1.5 + _modifier(low, chunk, target)
    return extra


def _modifier(low: Sequence[str], chunk: Chunk, target: Target) -> float:
    position = target.start - 1
    while position > chunk.start and low[position] in DETERMINERS:
        position -= 1
    is_behind = any(other.end <= position for other in chunk.targets)
    return MODIFIER if is_behind and low[position] in PREPOSITIONS else 0.0


def _has_verb(low: Sequence[str], start: int, end: int) -> bool:
    return any(word in BE or word in SUBJECTS or word in ("had", "have", "has", "got") for word in low[start:end])
