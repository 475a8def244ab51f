"""Contacts and waits are read from texts: hard cases, and what holds of any text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.experience.made import Told, analysis_of
from verbatim.experience import quantities
from verbatim.experience.quantities import KINDS, UNITS

CASES = Path(__file__).with_name("quantities.jsonl")

WORDS = st.sampled_from(
    "called waited on hold for two 45 minutes hours twice three times the and queue emails 1h 20 "
    "2-3 weeks no reply after half an hour I we they rang 24/7 fourth engineer . , ! room ½ é 😀 "
    "it took to answer don't late a couple of days a dozen".split()
)


def _cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def _found(text: str) -> set[tuple[str, float, str]]:
    return {(one.unit, one.value, text[one.start : one.end]) for one in quantities(text)}


def test_the_list_is_long_and_half_of_it_looks_alike() -> None:
    cases = _cases()
    assert len(cases) >= 120
    assert len({case["text"] for case in cases}) == len(cases)
    bare = sum(not case["quantities"] for case in cases)
    assert 0.4 <= bare / len(cases) <= 0.6


def test_precision_and_recall_on_the_list() -> None:
    right = extra = missed = 0
    for case in _cases():
        wanted = {(one["unit"], one["value"], one["words"]) for one in case["quantities"]}
        found = _found(case["text"])
        right += len(found & wanted)
        extra += len(found - wanted)
        missed += len(wanted - found)
    assert right / (right + extra) >= 0.97
    assert right / (right + missed) >= 0.95


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("On hold for 1h 20.", "minutes", 80),
        ("We waited half an hour.", "minutes", 30),
        ("We waited an hour and a half.", "minutes", 90),
        ("We waited 2½ hours.", "minutes", 150),
        ("We waited 90 seconds.", "minutes", 1.5),
        ("I waited 2-3 weeks for a reply.", "days", 17.5),
        ("I waited between ten and twenty minutes.", "minutes", 15),
        ("I waited a couple of days for an answer.", "days", 2),
        ("Emailed a dozen times.", "contacts", 12),
        ("The 4th engineer fixed it.", "contacts", 4),
    ],
)
def test_numbers_get_a_unit_and_a_value(text: str, unit: str, value: float) -> None:
    (one,) = quantities(text)
    assert (one.unit, one.value) == (unit, value)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80))
def test_offsets_are_in_order_and_inside_the_text(text: str) -> None:
    last = 0
    for one in quantities(text):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.kind in KINDS
        assert one.unit in UNITS
        assert (one.kind == "contacts") == (one.unit == "contacts")
        assert one.value > 0
        last = one.end


@given(st.text(alphabet="😀é\u0301 ,", max_size=20))
def test_offsets_move_with_what_stands_before(before: str) -> None:
    sentence = "We waited 45 minutes."
    plain, moved = quantities(sentence), quantities(f"{before}. {sentence}")
    shift = len(before) + 2
    assert [(one.start + shift, one.end + shift) for one in plain] == [
        (one.start, one.end) for one in moved
    ]


def test_a_long_text_takes_no_longer_than_its_numbers() -> None:
    text = "called again and again " * 20_000 + "45 minutes on hold"
    (one,) = quantities(text)
    assert text[one.start : one.end] == "45 minutes"


def test_the_table_points_into_the_original_text() -> None:
    reviews = [
        [Told("😀 Nice.", touchpoint="premises"), Told("Rang twice.", touchpoint="phone")],
        [Told("An hour on hold!", effort="high")],
        [Told("We called three times.")],
    ]
    analysis = analysis_of(reviews, status=["ok", "ok", "not_english"])
    table = analysis.effort().quantities
    texts = analysis.verbatims.set_index("id")["text"]
    assert table[["id", "sentence", "kind", "value"]].values.tolist() == [
        [0, 1, "contacts", 2.0],
        [1, 0, "waiting", 60.0],
    ]
    for row in table.itertuples():
        assert texts[row.id][row.start : row.end] == row.words
    assert table["touchpoint"].tolist()[0] == "phone"
    assert table["effort"].tolist()[1] == "high"
