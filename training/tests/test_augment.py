from random import Random

import pytest

from training.augment import WAYS, Edit, apply, augment
from training.examples import Example, Opinion

TEXT = "The towels weren't clean, and nobody answered the phone."
TARGET, ASSESSMENT = (4, 10), (11, 24)


def _example():
    opinion = Opinion(("cleanliness",), -1, True, TARGET, ASSESSMENT)
    return Example("own", TEXT, frozenset({"spans"}), (opinion,))


@pytest.mark.parametrize("seed", range(60))
def test_spans_keep_their_words(seed):
    spoiled = augment(_example(), Random(seed))
    (opinion,) = spoiled.opinions
    assert spoiled.text != TEXT
    for span, words in ((opinion.target, "towels"), (opinion.assessment, "weren't clean")):
        moved = spoiled.text[slice(*span)]
        # A slip changes, adds or drops two letters at most; a mark, space or apostrophe goes.
        assert abs(len(moved) - len(words)) <= 2
        assert moved[0] == words[0]
        assert moved[-1] == words[-1]


def test_every_way_changes_something_for_some_seed():
    for way in WAYS:
        assert apply(TEXT, way(TEXT, Random(0))) != TEXT


def test_text_that_nothing_can_spoil_stays():
    example = Example("own", "ok", frozenset())
    assert augment(example, Random(3)) is example


def test_edits_apply_in_order():
    assert apply("abcdef", [Edit(0, 1, ""), Edit(2, 4, "X")]) == "bXef"
