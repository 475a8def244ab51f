"""Give every cue the target that it judges, clause by clause, without a parser.

Three shapes carry most of it: the cue before its target (`friendly staff`), the cue behind it
(`the staff were friendly`), and lists on either side (`staff and food were great`, `great staff,
food and view`). What no shape explains keeps no target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from verbatim.engines.lexicon.spans import Chunk, Cue, Target
from verbatim.engines.lexicon.words import (
    BE,
    CONTRAST,
    COORDINATORS,
    DETERMINERS,
    FACTS,
    PREPOSITIONS,
    SUBJECTS,
)
from verbatim.labels import DRIVERS

OVERALL = DRIVERS.index("overall")

VERB_BETWEEN = 6.0
"""Words that a verb between a cue and a later target counts for: `was great, the food`."""
GENERAL_TARGET = 2.5
"""Words by which `hotel` or `place` is farther than a target that says more."""
MODIFIER = 3.0
"""Words by which the `room` in `the view from the room` is farther than the `view`."""
SYMBOL_BEFORE = 3.0
"""Words by which a target behind a symbol is farther than one before it: `pool ✅ bar ❌`."""
REACH, WEAK_REACH = 9.0, 3.5
"""Words beyond which a cue judges no target, a weak one sooner."""
SHORT_CHUNK = 4
"""Words up to which a chunk without a target may belong to the next: `clean, tidy rooms`."""
NEAR = 3
"""Words between a predicate and its subject that leave little doubt."""
_SIGNS = frozenset({"emoji", "name"})
"""Kinds of cue that colour a sentence and judge nothing, if words do: 😡, `the help desk`."""
_NAMES_ALONE = frozenset({"name"})
# Separators over which a chunk may go on about the subject before it.
_LEANING = frozenset(", and but - – — : ( though although yet which who".split())
_AFTER_LABEL = frozenset(": - –".split())
_LIST_OPENERS = DETERMINERS | {"both", "neither"}
_VERBAL = BE | SUBJECTS | {"had", "have", "has", "got"}
_OWN_SUBJECTS = frozenset(
    "i we you he she it they this that these those there all everything".split()
)


class Judgement(NamedTuple):
    """A cue, the target it judges, if any, and how the two met."""

    cue: Cue
    target: Target | None
    relation: str


class _State:
    """What a chunk may lean on: subjects named before, targets and cues still without a partner."""

    __slots__ = ("listed", "listed_subjects", "subjects", "unjudged", "unplaced")

    def __init__(self) -> None:
        self.subjects: list[Target] = []
        self.unjudged: list[Target] = []
        self.listed_subjects: list[Target] = []
        self.unplaced: list[Cue] = []
        self.listed: list[Cue] = []


def pair(low: Sequence[str], chunks: Sequence[Chunk]) -> list[Judgement]:
    """Pair the real cues of all chunks with targets."""
    state = _State()
    found: list[Judgement] = []
    silent = _silent(chunks)
    for chunk in chunks:
        if chunk.is_hard:
            found += _without_target(state.unplaced)
            state = _State()
        cues = _judging(chunk.cues, silent) if chunk.cues else []
        if chunk.targets and cues:
            found += _within(low, chunk, cues, state)
        elif cues:
            found += _lean_back(low, chunk, cues, state)
        elif chunk.targets:
            found += _list_on(low, chunk, state)
    return found + _without_target(state.unplaced)


def _silent(chunks: Sequence[Chunk]) -> frozenset[str]:
    """Kinds of cue that judge nothing here: symbols do where there are no words that judge."""
    for chunk in chunks:
        for cue in chunk.cues:
            if cue.kind not in _SIGNS:
                return _SIGNS
    return _NAMES_ALONE


def _judging(cues: Sequence[Cue], silent: frozenset[str]) -> list[Cue]:
    return [cue for cue in cues if cue.real and cue.valence and cue.kind not in silent]


def _without_target(cues: Sequence[Cue]) -> list[Judgement]:
    return [Judgement(cue, None, "alone") for cue in cues]


def _within(low: Sequence[str], chunk: Chunk, cues: list[Cue], state: _State) -> list[Judgement]:
    """A chunk with both: each cue takes the nearest target, lists before it share its cues."""
    found = []
    first = chunk.targets[0]
    if state.unplaced:
        is_list = _takes_over(chunk, state.unplaced[-1]) and not _has_verb(
            low, chunk.start, first.start
        )
        found += [
            Judgement(cue, first, "ahead") if is_list else Judgement(cue, None, "alone")
            for cue in state.unplaced
        ]
        state.unplaced = []
    owners = _owners_in_turn(low, chunk, cues) if len(cues) == len(chunk.targets) > 1 else []
    if owners:
        found += [Judgement(c, t, _relation(low, c, t)) for c, t in zip(cues, owners, strict=True)]
    else:
        found += [_nearest(low, chunk, cue) for cue in cues]
    is_predicate = cues[0].start > chunk.targets[-1].start and chunk.opener in COORDINATORS
    if is_predicate:
        found += _share(state.listed_subjects, cues, "subject list")
    before = [cue for cue in cues if cue.start < first.start]
    state.listed = before if not _has_verb(low, first.end, chunk.end) else []
    state.subjects, state.unjudged, state.listed_subjects = list(chunk.targets), [], []
    return found


def _owners_in_turn(low: Sequence[str], chunk: Chunk, cues: Sequence[Cue]) -> list[Target]:
    """Targets of the cues in `room great staff rude`, where each is right before its cue, or none.

    Nearness alone would read `great staff`.
    """
    targets = chunk.targets
    ends = [*(target.start for target in targets[1:]), chunk.end]
    for target, cue, end in zip(targets, cues, ends, strict=True):
        between = low[target.end : cue.shown_start] if target.end <= cue.start < end else None
        if between is None or not BE.issuperset(between):
            return []
    return targets


def _lean_back(low: Sequence[str], chunk: Chunk, cues: list[Cue], state: _State) -> list[Judgement]:
    """A chunk with cues only: they judge what was named before, or what comes next."""
    late = state.unjudged[-1:] if chunk.opener in _LEANING else []
    subjects = late or state.subjects[-1:]
    if subjects and _goes_on(low, chunk, cues[0]):
        state.subjects, state.unjudged, state.listed_subjects = subjects, [], []
        return _share(subjects, cues, "late" if late else "carried on")
    state.listed_subjects = []
    if cues[-1].end < chunk.end and (
        _opens_anew(low, chunk) or chunk.end - chunk.start > SHORT_CHUNK
    ):
        return _without_target(cues)
    state.unplaced += cues
    return []


def _takes_over(chunk: Chunk, cue: Cue) -> bool:
    """Whether a cue left open goes on in `chunk`: a list, `good but pricey food`, `happy with`."""
    if chunk.opener == "with":
        return cue.end + 1 == chunk.start
    if chunk.opener in CONTRAST:
        own = chunk.cues[0] if chunk.cues else None
        return own is not None and own.kind not in FACTS and own.end == chunk.targets[0].start
    return chunk.opener in COORDINATORS


def _goes_on(low: Sequence[str], chunk: Chunk, cue: Cue) -> bool:
    """Whether the chunk speaks of the subject before it: no subject of its own, the cue near."""
    if _opens_anew(low, chunk):
        points_back = low[chunk.start] in ("it", "they", "this", "that")
        return points_back and chunk.opener in _LEANING
    return cue.shown_start - chunk.start <= NEAR


def _opens_anew(low: Sequence[str], chunk: Chunk) -> bool:
    return low[chunk.start] in _OWN_SUBJECTS


def _list_on(low: Sequence[str], chunk: Chunk, state: _State) -> list[Judgement]:
    """A chunk with targets only: the end of a list judged before, or something still to judge."""
    first = chunk.targets[0]
    is_next = first.start == chunk.start or (
        first.start <= chunk.start + 2 and low[chunk.start] in _LIST_OPENERS
    )
    if state.listed and is_next and chunk.opener in COORDINATORS:
        return _share([first], [cue for cue in state.listed if _is_generic(cue)], "object list")
    if (
        state.unplaced
        and is_next
        and (chunk.opener in _AFTER_LABEL or _takes_over(chunk, state.unplaced[-1]))
    ):
        cues, state.unplaced = state.unplaced, []
        state.listed = cues if chunk.opener in _AFTER_LABEL else []
        return _share([first], cues, "ahead")
    state.unjudged += chunk.targets
    if is_next and not _has_verb(low, chunk.start, chunk.end):
        state.listed_subjects += chunk.targets[-1:]
    return []


def _share(targets: Sequence[Target], cues: Sequence[Cue], relation: str) -> list[Judgement]:
    return [Judgement(cue, target, relation) for target in targets for cue in cues]


def _is_generic(cue: Cue) -> bool:
    return cue.driver < 0 or cue.weak


def _nearest(low: Sequence[str], chunk: Chunk, cue: Cue) -> Judgement:
    costs = [_distance(low, chunk, cue, target) for target in chunk.targets]
    cost = min(costs)
    target = chunk.targets[costs.index(cost)]
    if cost > (WEAK_REACH if target.weak else REACH):
        return Judgement(cue, None, "alone")
    return Judgement(cue, target, _relation(low, cue, target))


def _relation(low: Sequence[str], cue: Cue, target: Target) -> str:
    if target.start >= cue.end:
        return "before" if target.start - cue.end <= 1 else "far before"
    if _has_verb(low, target.end, cue.start):
        return "predicate" if cue.start - target.end <= NEAR else "far predicate"
    return "behind"


def _distance(low: Sequence[str], chunk: Chunk, cue: Cue, target: Target) -> float:
    """Words between cue and target, with what makes the target less likely added."""
    extra = GENERAL_TARGET if target.driver == OVERALL else 0.0
    extra += 1.0 if target.weak else 0.0
    is_symbol = cue.kind == "emoji" and chunk.targets[0].start < chunk.cues[0].start
    if target.start >= cue.end:
        verb = VERB_BETWEEN if _has_verb(low, cue.end, target.start) else 0.0
        return target.start - cue.end + extra + verb + (SYMBOL_BEFORE if is_symbol else 0.0)
    if target.end <= cue.start:
        behind = 0.0 if is_symbol else 1.5
        return cue.start - target.end + extra + behind + _modifier(low, chunk, target)
    return extra


def _modifier(low: Sequence[str], chunk: Chunk, target: Target) -> float:
    position = target.start - 1
    while position > chunk.start and low[position] in DETERMINERS:
        position -= 1
    is_behind = any(other.end <= position for other in chunk.targets)
    return MODIFIER if is_behind and low[position] in PREPOSITIONS else 0.0


def _has_verb(low: Sequence[str], start: int, end: int) -> bool:
    return not _VERBAL.isdisjoint(low[start:end])
