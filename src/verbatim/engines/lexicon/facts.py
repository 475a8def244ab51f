"""Complaints and praise that no single word carries: `waited 45 minutes`, `no lift`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from verbatim.engines.lexicon.polarity import WISH, too_much
from verbatim.engines.lexicon.spans import GENERIC, Cue, Target, Words
from verbatim.engines.lexicon.words import (
    DISTANCE_WORDS,
    HARMLESS_TO_LACK,
    LONG_UNITS,
    NEGATIVE_ONLY_WHEN_NEGATED,
    NEGATORS,
    NOT_WISHING,
    NOUN_NEGATORS,
    NUMBER_WORDS,
    QUICK_WORDS,
    TIME_UNITS,
    WAITING_WORDS,
    WISHES,
)
from verbatim.labels import DRIVERS

WAITING, LOCATION, SERVICE, PROCESS = map(
    DRIVERS.index, ("waiting", "location", "service", "process")
)
NEAR_MINUTES = 20
SHORT_WAIT = 5
"""Minutes that nobody complains of."""
NEGATED_REACH = 4

_MAYBE_DIGIT = re.compile(r"[^\x00-/:-\x7f]")

Rule = Callable[[Sequence[str], int, Sequence[Target]], Cue | None]


def find_facts(words: Words, targets: Sequence[Target], cues: Sequence[Cue]) -> list[Cue]:
    """Cues that a fact makes; one that meets a cue of its own driver is added to that one."""
    low = words.low
    may_count = _MAYBE_DIGIT.search(words.sentence.text) is not None
    if _TELLING.isdisjoint(low) and not may_count:
        return []
    facts: list[Cue] = []
    owner: dict[int, Cue] = {}
    for position in _telling(low, may_count):
        for rule in _RULES.get(low[position], _OF_NUMBERS):
            fact = rule(low, position, targets)
            if fact is None:
                continue
            # Few of the words that may tell a fact tell one.
            owner = owner or {i: cue for cue in cues for i in range(cue.start, cue.end)}
            met = next((owner[i] for i in range(fact.start, fact.end) if i in owner), None)
            if fact.kind == "absence" and _is_fault(owner.get(fact.end)):
                break
            if fact.kind == "quick" and (wait := _is_wait(owner, fact.start)):
                _absorb(wait, fact)
                wait.valence, wait.kind = fact.valence, fact.kind
                break
            if met is None:
                facts.append(fact)
                owner.update(dict.fromkeys(range(fact.start, fact.end), fact))
                break
            if met.driver == fact.driver and met.valence * fact.valence > 0:
                _absorb(met, fact)
                break
    return facts


def _telling(low: Sequence[str], may_count: bool) -> list[int]:
    """Words that may tell a fact: those of the rules, and numbers."""
    if may_count:
        return [i for i, word in enumerate(low) if word in _RULES or word[0].isdigit()]
    return [i for i, word in enumerate(low) if word in _RULES]


def _is_fault(cue: Cue | None) -> bool:
    """In `no bad experiences` the fault is absent, not the experiences."""
    return cue is not None and cue.valence < 0


def _is_wait(owner: Mapping[int, Cue], start: int) -> Cue | None:
    """In `had to wait only 5 minutes` the wait is no complaint."""
    cue = owner.get(start - 1)
    return cue if cue is not None and cue.driver == WAITING and cue.valence < 0 else None


def _absorb(cue: Cue, fact: Cue) -> None:
    """`waited` and `waited 45 minutes` are one cue, the longer."""
    cue.start, cue.end = min(cue.start, fact.start), max(cue.end, fact.end)
    cue.valence = max(cue.valence, fact.valence, key=abs)


def _duration(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`waited 45 minutes`, `two hours late`, `within 5 minutes`, `10 minutes walk`."""
    unit = _unit_at(low, position)
    if unit is None:
        return None
    before, after = low[max(0, position - 6) : position], low[unit + 1 : unit + 6]
    name = _unit(low[unit])
    if not DISTANCE_WORDS.isdisjoint(after[:2]) and name.startswith(("m", "h")):
        is_near = _number(low[position]) <= NEAR_MINUTES and name.startswith("m")
        return Cue(position, unit + 2, 1.6 if is_near else -1.6, LOCATION, False, "distance")
    if not QUICK_WORDS.isdisjoint(before[-2:]) and name not in LONG_UNITS:
        return Cue(position - 1, unit + 1, 1.8, WAITING, False, "quick")
    if not WAITING_WORDS.isdisjoint([*before, *after[:3]]):
        is_long = name in LONG_UNITS or _number(low[position]) > SHORT_WAIT
        start = next(
            (i for i in range(max(0, position - 6), position) if low[i] in WAITING_WORDS), position
        )
        return Cue(start, unit + 1, -2.4 if is_long else 1.2, WAITING, False, "duration")
    return None


def _unit_at(low: Sequence[str], position: int) -> int | None:
    """Where the unit of the number at a word stands: in it, or up to three words behind it."""
    if _unit(low[position]) in TIME_UNITS:
        return position
    if TIME_UNITS.isdisjoint(low[position + 1 : position + 4]):
        return None
    return next(i for i in range(position + 1, len(low)) if low[i] in TIME_UNITS)


def _unit(word: str) -> str:
    """`mins` of `20mins`."""
    return word.lstrip("0123456789.,")


def _number(word: str) -> float:
    digits = "".join(c for c in word if c.isdigit())
    return float(digits[:6]) if digits else 10.0


def _absence(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`no lift`: the absence of what a driver names is a fault; of a queue it is praise."""
    if low[position : position + 2] in (["no", "need"], ["no", "doubt"], ["no", "idea"]):
        return None
    for target in targets:
        if position < target.start <= position + 3:
            welcome = not HARMLESS_TO_LACK.isdisjoint(low[position + 1 : target.end])
            return Cue(
                position, position + 1, 1.4 if welcome else -1.8, target.driver, True, "absence"
            )
    return None


def _failure(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`doesn't work`, `never arrived`, `nobody answered`, `not included`."""
    for i in range(position + 1, min(position + 1 + NEGATED_REACH, len(low))):
        value = NEGATIVE_ONLY_WHEN_NEGATED.get(low[i])
        if value:
            driver = SERVICE if low[position] in ("nobody", "one", "never") else GENERIC
            cue = Cue(position, i + 1, -value - 0.5, driver, True, "failure")
            cue.negated = True
            return cue
        if low[i] in (",", ".", "but", "and"):
            return None
    return None


def _no_one(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    return _failure(low, position, targets) if position and low[position - 1] == "no" else None


def _excess(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`too salty`, `too many people`: more than is good, whatever of."""
    if not too_much(low, position) or (position and low[position - 1] in NEGATORS):
        return None
    return Cue(position, position + 2, -1.6, GENERIC, False, "excess")


def _need(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`needs more sockets`, `wish they had a pool`: what is wished for is missing."""
    before = low[max(0, position - 3) : position]
    is_met = low[position].startswith("need") and not NOT_WISHING.isdisjoint(before)
    if is_met or position + 1 >= len(low) or not NEGATORS.isdisjoint(before):
        return None
    return Cue(position, position + 1, WISH, GENERIC, False, "wish")


def _only(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`only one lift`: a scarcity."""
    following = low[position + 1 : position + 2]
    if following and (
        following[0] in NUMBER_WORDS or following[0] == "a" or following[0].isdigit()
    ):
        for target in targets:
            if position + 1 < target.start <= position + 4:
                return Cue(position, position + 2, -1.3, target.driver, True, "absence")
    return None


def _forced(low: Sequence[str], position: int, targets: Sequence[Target]) -> Cue | None:
    """`had to call three times`: the customer did the work."""
    if low[position : position + 2] != ["had", "to"] or position + 2 >= len(low):
        return None
    if low[position + 2] in ("say", "try", "admit", "laugh", "share", "be", "have", "smile"):
        return None
    return Cue(position, position + 3, -1.5, PROCESS, True, "forced")


_RULES: dict[str, tuple[Rule, ...]] = {
    **{word: (_duration,) for word in NUMBER_WORDS},
    **{word: (_failure,) for word in NEGATORS - NOUN_NEGATORS},
    **{word: (_absence,) for word in NOUN_NEGATORS},
    **{word: (_need,) for word in WISHES - {"lacks", "hope", "wanted"}},
    "one": (_no_one, _duration),
    "too": (_excess,),
    "only": (_only,),
    "had": (_forced,),
}
_TELLING = frozenset(_RULES)
_OF_NUMBERS: tuple[Rule, ...] = (_duration,)
