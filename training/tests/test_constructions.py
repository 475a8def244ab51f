"""What built sentences say follows from how they are built."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from training.constructions import SENTENCES, Maker, constructions
from training.data import MADE, load
from verbatim.labels import DRIVERS

ROWS = list(constructions())
KINDS = ("of_things", "of_such_things", "of_likings")


def test_there_are_as_many_as_said_each_once_and_the_same_each_time():
    assert len({row.text for row in ROWS}) == SENTENCES
    assert [row.text for row in constructions(n=50)] == [row.text for row in ROWS[:50]]


def test_spans_hold_whole_words_and_no_marks_are_left():
    for row in ROWS:
        assert not set("<>[]{}|*") & set(row.text)
        for opinion in row.opinions:
            assert opinion.drivers[0] in DRIVERS
            for start, end in filter(None, (opinion.target, opinion.assessment)):
                assert row.text[start:end] == row.text[start:end].strip() != ""
                assert not row.text[start - 1 : start].isalpha()
                assert not row.text[end : end + 1].isalpha()


def test_both_signs_are_as_frequent_and_facts_judge_nothing():
    signs = Counter(opinion.sign for row in ROWS for opinion in row.opinions)
    assert 0.9 < signs[1] / signs[-1] < 1.1
    silent = [row for row in ROWS if not row.opinions]
    assert silent
    assert {row.sentiment for row in silent} == {0.0}


@pytest.mark.parametrize(
    ("frames", "outcome", "frame", "text", "sign"),
    [
        ("of_things", "denied", "Was the {t} [{a}? {no}]", "Was the soup hot? No", -1),
        ("of_things", "affirmed", "Was the {t} [{a}? {yes}]", "Was the soup hot? Yes", 1),
        ("of_things", "replaced", "The {t} was {a}, now [{b}]", "The soup was hot, now cold", -1),
        ("of_such_things", "denied", "[Not {one} {a}] {t}", "Not a good soup", -1),
        (
            "of_such_things",
            "replaced",
            "Not {one} {a} {t} but [{another} {b}] one",
            "Not a good soup but an awful one",
            -1,
        ),
        (
            "of_likings",
            "denied",
            "I [can't say I {ved}] the {t}",
            "I can't say I liked the soup",
            -1,
        ),
        (
            "of_likings",
            "replaced",
            "I {ved} the {t}, I [{w}] it",
            "I liked the soup, I hate it",
            -1,
        ),
    ],
)
def test_a_frame_denies_affirms_or_replaces(frames, outcome, frame, text, sign):
    maker = Maker(_FirstOf(outcome, make=frames))
    maker._lists = {
        **maker._lists,
        "kinds": [{"driver": "food", "things": ["soup"], "good": ["hot"], "bad": ["cold"]}],
        "verbs": {"good": ["like liked"], "bad": ["hate* hated"]},
        "likeable": ["food"],
        "general": {"good": ["good"], "bad": ["awful*"]},
        frames: {outcome: [frame]},
    }
    row = maker.example()
    assert row.text == text
    assert [(o.drivers, o.sign) for o in row.opinions] == [(("food",), sign)]


class _FirstOf(Random):
    """Takes the first of whatever there is, but for the outcome and the kind of sentence."""

    def __init__(self, outcome: str, make: str) -> None:
        super().__init__(0)
        self._outcome, self._number = outcome, KINDS.index(make)

    def choice(self, seq):
        return seq[0]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return [self._outcome if self._outcome in population else population[self._number]]

    def random(self):
        return 0.5


def test_what_is_held_out_is_not_built(tmp_path):
    held = tmp_path / "own" / "dev.jsonl"
    held.parent.mkdir()
    held.write_text(json.dumps({"text": ROWS[0].text}) + "\n", "utf-8")
    assert ROWS[0].text not in {row.text for row in load(tmp_path, MADE)}
