"""The language of the rules' phrases, on tiny phrases."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.moments.phrases import for_many, pattern
from verbatim.moments.rules import load_rules


def finds(phrase: str, text: str, **lists: str) -> bool:
    return re.search(pattern(phrase, lists), text, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("phrase", "text", "is_there"),
    [
        ("court", "In COURT!", True),
        ("court", "the courtyard", False),
        ("court", "tennis-court", True),
        ("see you in court", "see  you\nin court", True),
        ("won't go", "we won’t go", True),
        ("won't go", "we wont go", True),
        ("mum/dad was ill", "dad was ill", True),
        ("mum/dad was ill", "mum ill", False),
        ("[a big/one] fire", "a big fire", True),
        ("[a big/one] fire", "big fire", False),
        ("took (very/quite) ill", "took ill", True),
        ("took (very/quite) ill", "took quite ill", True),
        ("took (very/quite) ill", "took so ill", False),
        ("(the) end", "end", True),
        ("hit ... head", "hit the back of my head", True),
        ("hit ... head", "hit it. My head", False),
        ("hit ... head", "hit a b c d e head", False),
        ("poison*", "poisonous", True),
        ("my {kin}", "my sister in law", True),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, is_there: bool) -> None:
    assert finds(phrase, text, kin="brother, sister in law") is is_there


def test_a_group_within_a_group() -> None:
    phrase = "threatened [to (hit/kill)/with]"
    assert all(finds(phrase, f"threatened {rest}") for rest in ("to", "to kill", "with"))
    assert not finds(phrase, "threatened kill")


WORDS = st.sampled_from(
    "the charger caught fire i will sue you my lawyer never again still no reply they stole "
    "was stolen nobody called back , . café nuts reaction é".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_the_pass_over_many_texts_misses_nothing(text: str) -> None:
    for kind in load_rules().kinds:
        for rule in kind.rules:
            if rule.find is not None and rule.find.search(text):
                wanted = for_many(rule.find.pattern)
                held = pc.match_substring_regex(pa.array([text]), wanted)
                assert held[0].as_py(), (rule.name, text)
