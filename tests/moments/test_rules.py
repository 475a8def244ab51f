"""The data file of the rules, and the guards that hold a trigger back."""

from __future__ import annotations

import pytest

from verbatim.moments.columns import KINDS
from verbatim.moments.guards import held_back
from verbatim.moments.rules import load_rules
from verbatim.moments.sentences import __doc__ as SIGNS

RULES = load_rules()
GUARDS = {guard.name: guard for guard in RULES.guards}
KEYS = {"says", "urgency", "find", "near", "unless", "if", "despite", "sign"}


def test_kinds_are_those_of_the_columns() -> None:
    assert tuple(kind.name for kind in RULES.kinds) == KINDS
    assert [kind.name for kind in RULES.kinds if not kind.is_alert] == ["wow"]


def test_every_key_and_every_sign_is_known() -> None:
    known = {line.split()[0] for line in str(SIGNS).splitlines() if line[:1].isalpha()}
    for kind in RULES.written["kinds"].values():
        for rule in kind["rules"].values():
            assert set(rule) <= KEYS
            assert ("find" in rule) != ("sign" in rule)
    for kind in RULES.kinds:
        for rule in kind.rules:
            assert 0 <= rule.urgency <= 100
            assert rule.despite <= {*GUARDS, "positive"}
            assert {name for names in rule.signs for name in names} <= known


def test_no_pattern_matches_nothing() -> None:
    """A phrase of which every part may be missing would be found everywhere."""
    for kind in RULES.kinds:
        for rule in kind.rules:
            assert rule.find is None or rule.find.search(" a 1 . ") is None


@pytest.mark.parametrize(
    ("guard", "text", "is_held"),
    [
        ("negated", "Nobody was HURT", True),
        ("negated", "We never felt any HURT", True),
        ("negated", "No apology, and my son was HURT", False),
        ("negated", "They did not care that he was HURT", False),
        ("negated", "Not only was he HURT", False),
        ("negated", "No one came and shouted, then HURT", False),
        ("supposed", "If you want to get HURT", True),
        ("supposed", "I was worried about being HURT", True),
        ("supposed", "I could smell HURT", False),
        ("joking", "I got HURT, just kidding", True),
        ("elsewhere", "My old bank HURT me", True),
        ("elsewhere", "My bank HURT me", False),
    ],
)
def test_guards(guard: str, text: str, is_held: bool) -> None:
    assert held_back(GUARDS[guard], text, text.index("HURT")) is is_held


def test_a_joke_may_be_told_in_the_next_sentence() -> None:
    assert held_back(GUARDS["joking"], "I will sue you.", 2, "Just kidding!")
    assert not held_back(GUARDS["negated"], "I will sue you.", 2, "Not.")
