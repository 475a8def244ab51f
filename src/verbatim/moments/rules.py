"""The rules of moments, read once from the data file beside this module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from verbatim.moments.phrases import pattern

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Guard:
    """Words around a trigger that hold it back: `before` it, or `around` it."""

    name: str
    before: Pattern | None
    harmless: Pattern | None
    around: Pattern | None
    reach: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What triggers a moment.

    Attributes
    ----------
    name, says : str
        Its id, kind first, and the reason in words.
    urgency : int
        0 to 100.
    find : Pattern or None
        Phrases that trigger it; None where the sign of the engine in `sign` does.
    near, unless : Pattern or None
        What must, and what must not, stand in the same sentence.
    signs : tuple of frozenset of str
        Of each set, one sign must hold.
    despite : frozenset of str
        Guards and signs that the rule does without.
    """

    name: str
    says: str
    urgency: int
    find: Pattern | None
    near: Pattern | None
    unless: Pattern | None
    signs: tuple[frozenset[str], ...]
    despite: frozenset[str]
    sign: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of moment and its rules."""

    name: str
    title: str
    is_alert: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All kinds, the most urgent first, the guards, and words of anger and of delight."""

    version: int
    kinds: tuple[Kind, ...]
    guards: tuple[Guard, ...]
    upset: Pattern
    delighted: Pattern
    written: Mapping[str, Any]


@cache
def load_rules() -> Rules:
    """The rules that the package holds.

    Examples
    --------
    >>> [kind.name for kind in load_rules().kinds]
    ['safety', 'discrimination', 'legal', 'unsolved', 'churn', 'wow']
    """
    import yaml

    written = yaml.safe_load((files(__package__) / "rules.yaml").read_text("utf-8"))
    lists = written["lists"]
    return Rules(
        version=written["version"],
        kinds=tuple(_kind(name, given, lists) for name, given in written["kinds"].items()),
        guards=tuple(_guard(name, given, lists) for name, given in written["guards"].items()),
        upset=_pattern(lists["upset"], lists),
        delighted=_pattern(lists["delighted"], lists),
        written=written,
    )


def _pattern(phrases: str, lists: Mapping[str, str]) -> Pattern:
    return re.compile(pattern(phrases, lists), re.IGNORECASE)


def _if_given(given: Mapping[str, Any], key: str, lists: Mapping[str, str]) -> Pattern | None:
    return _pattern(given[key], lists) if key in given else None


def _kind(name: str, given: Mapping[str, Any], lists: Mapping[str, str]) -> Kind:
    rules = (_rule(f"{name}/{key}", rule, given, lists) for key, rule in given["rules"].items())
    return Kind(name, given["name"], given["is_alert"], tuple(rules))


def _rule(
    name: str, given: Mapping[str, Any], kind: Mapping[str, Any], lists: Mapping[str, str]
) -> Rule:
    asked = [_words(part["if"]) for part in (kind, given) if "if" in part]
    return Rule(
        name=name,
        says=given["says"],
        urgency=given["urgency"],
        find=_if_given(given, "find", lists),
        near=_if_given(given, "near", lists),
        unless=_if_given(given, "unless", lists),
        signs=tuple(asked),
        despite=_words(given.get("despite", "")),
        sign=given.get("sign"),
    )


def _guard(name: str, given: Mapping[str, Any], lists: Mapping[str, str]) -> Guard:
    before, harmless, around = (
        _if_given(given, key, lists) for key in ("before", "harmless", "around")
    )
    return Guard(name, before, harmless, around, given.get("reach", 0))


def _words(listed: str) -> frozenset[str]:
    return frozenset(word.strip() for word in listed.split(",") if word.strip())
