"""Stages and touchpoints of the caller's own."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.journey.made import Says, analysis_of, bad, good, held_out
from verbatim.errors import OptionError
from verbatim.journey.steps import read_steps
from verbatim.labels import STAGES


def stages_of(analysis: Any, **given: Any) -> dict[str, int]:
    table = analysis.journey(**given).stages
    return dict(zip(table["stage"], table["n_reviews"], strict=True))


def test_by_default_every_value_of_the_engine_is_a_stage_in_its_order() -> None:
    assert [step.name for step in read_steps("stage", None)] == list(STAGES)
    analysis = analysis_of([[good("use")], [bad("arrival")], [good("use"), bad("purchase")]])
    assert stages_of(analysis) == {"purchase": 1, "arrival": 1, "use": 2}


def test_a_mapping_renames_merges_orders_and_leaves_out() -> None:
    reviews = [[bad("purchase"), good("consideration")], [bad("use")], [good("loyalty")]]
    given = {"stay": ["use"], "book": ("consideration", "purchase")}
    assert stages_of(analysis_of(reviews), stages=given) == {"stay": 1, "book": 1}


def test_phrases_come_before_the_engine_and_the_first_of_them_counts() -> None:
    reviews = [
        [Says("Two hours in Triage.", "use")],
        [Says("The waiting  areas were cold, triage too.", "support")],
        [Says("Striage is a name.", "use")],
    ]
    given = {"wait": "waiting area", "triage": ["triage"], "care": ["use", "support"]}
    assert stages_of(analysis_of(reviews), stages=given) == {"wait": 1, "triage": 1, "care": 1}


def test_phrases_make_touchpoints_too_and_the_rest_is_other() -> None:
    reviews = [[Says("At the kiosk.", "use", "premises")], [Says("No idea.", "use", "phone")]]
    found = analysis_of(reviews).journey(touchpoints={"kiosk": ["kiosk"], "site": ["premises"]})
    assert found.frame["touchpoint"].tolist() == ["kiosk", "other"]


def test_a_file_of_yaml_holds_the_same() -> None:
    text = "stages: {book: [consideration, purchase]}\ntouchpoints: [phone, app]"
    found = analysis_of([[bad("purchase", touchpoint="app")]]).journey(**yaml.safe_load(text))
    assert found.frame[["stage", "touchpoint"]].values.tolist() == [["book", "app"]]


def test_merging_can_make_reliable_what_is_not_alone() -> None:
    counts = held_out(stage={"use": (100, 90)})
    counts["stage"] |= {
        "purchase": {"annotated": 20, "found": {"purchase": 5, "consideration": 9}},
        "consideration": {"annotated": 20, "found": {"consideration": 5, "purchase": 1}},
    }
    analysis = analysis_of([[bad("purchase")], [bad("use")]], counts)
    assert stages_of(analysis) == {"use": 1}
    book = {"book": ["purchase", "consideration"], "use": ["use"]}
    assert stages_of(analysis, stages=book) == {"book": 1, "use": 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"book": ["purchse"]}, "looks like 'purchase'"),
        (["arival"], "did you mean 'arrival'"),
        (["triage"], "give a mapping"),
        ({"book": []}, "give a list"),
        ({"book": 3}, "give a list"),
        ({"": ["use"]}, "isn't empty"),
        ({"other": ["use"]}, "'other'"),
        ({"a": ["use"], "b": ["use"]}, "'use' twice"),
        (["use", "use"], "'use' twice"),
        ({"a": ["the desk"], "b": ["The  Desk"]}, "twice"),
        ({"book": [None]}, "aren't empty"),
        ({}, "1 to 40"),
        ("use", "give a list"),
    ],
)
def test_what_is_not_valid_is_said_with_the_fix(given: Any, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        read_steps("stage", given)
