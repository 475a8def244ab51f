"""Own drivers take opinions that are like them: from what, before whom, and in any order."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import verbatim
from tests.taxonomy.made import DRIVERS, labelled, taxonomy, texts
from verbatim.taxonomy import Taxonomy
from verbatim.taxonomy.phrases import fold

OPINIONS = [
    ("product", fold("battery dead by noon")),
    ("product", fold("dim display")),
    ("delivery", fold("box was crushed")),
    ("overall", fold("see you on Monday")),
    ("facilities", fold("slow wifi")),
    ("product", fold("charging takes ages")),
]
EXPECTED = ["battery", "screen", "arrival", None, None, "battery"]


def _drivers(own: Taxonomy, opinions: list[tuple[str, tuple[str, ...]]]) -> list[str | None]:
    return [driver for driver, _ in own.assign_all(opinions)]


def test_a_description_is_enough() -> None:
    assert _drivers(taxonomy(), OPINIONS) == EXPECTED


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(range(len(OPINIONS))), max_size=12))
def test_an_opinion_goes_where_it_goes_alone(rows: list[int]) -> None:
    found = _drivers(taxonomy(), [OPINIONS[row] for row in rows])
    assert found == [EXPECTED[row] for row in rows]


def test_a_phrase_comes_before_likeness() -> None:
    own = taxonomy(arrival={"phrases": ["dead"]})
    assert _drivers(own, OPINIONS[:2]) == ["arrival", "screen"]


def test_a_driver_with_phrases_alone_takes_nothing_by_likeness() -> None:
    own = Taxonomy.from_dict({"extends": None, "drivers": {"battery": ["battery", "charger"]}})
    assert _drivers(own, [OPINIONS[0], OPINIONS[5]]) == ["battery", None]


def test_from_keeps_other_opinions_out() -> None:
    own = taxonomy(battery={"from": ["technology"]})
    assert _drivers(own, [OPINIONS[0]]) != ["battery"]
    assert _drivers(own, [("technology", OPINIONS[0][1])]) == ["battery"]


def test_the_driver_that_reports_it_keeps_what_is_more_like_it() -> None:
    own = Taxonomy.from_dict(
        {"drivers": {"lifts": {"description": "Lifts and elevators, stairs", "from": "facilities"}}}
    )
    opinions = [("facilities", fold("elevator out of order")), ("facilities", fold("lovely pool"))]
    assert _drivers(own, opinions) == ["lifts", "facilities"]


def test_the_universal_driver_tells_where_words_say_little() -> None:
    own = Taxonomy.from_dict(
        {
            "extends": None,
            "drivers": {
                "people": {"description": "Members of staff: friendly, rude, helpful"},
                "rooms": {"description": "The bedroom: size, view, furniture"},
            },
        }
    )
    assert _drivers(own, [("staff", fold("a nicer person"))]) == ["people"]


def test_a_universal_driver_is_split_and_the_rest_is_left_over() -> None:
    document = {
        "drivers": {
            "food": {"drop": True},
            "breakfast": {"description": "Breakfast, coffee, morning buffet", "from": "food"},
            "restaurant": {"description": "Dinner at the restaurant, wine list", "from": "food"},
        }
    }
    own = Taxonomy.from_dict(document)
    opinions = [
        ("food", fold("buffet breakfast cold eggs")),
        ("food", fold("wine with dinner")),
        ("food", fold("xyz")),
        ("staff", fold("rude waiter")),
    ]
    assert _drivers(own, opinions) == ["breakfast", "restaurant", None, "staff"]


def test_plain_analyze_takes_a_document_with_descriptions_alone() -> None:
    document = {"extends": None, "drivers": DRIVERS}
    text = "The battery is dead by noon. The display is wonderfully bright."
    opinions = verbatim.analyze(text, taxonomy=document).opinions
    assert opinions["driver"].tolist() == ["battery", "screen"]


def test_the_lexicon_engine_has_it_too() -> None:
    document = {"extends": None, "drivers": DRIVERS}
    opinions = verbatim.analyze(
        "The battery is awful.", taxonomy=document, engine="lexicon"
    ).opinions
    assert opinions["driver"].tolist() == ["battery"]


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_workers_and_repeats_change_nothing(n_jobs: int) -> None:
    many = [f"{text}." for text, _ in labelled(4)] * 30
    analysis = verbatim.analyze(many, taxonomy=taxonomy(), engine="lexicon", n_jobs=n_jobs)
    alone = verbatim.analyze(many[:12], taxonomy=taxonomy(), engine="lexicon").opinions
    expected = dict(zip(alone["id"], alone["driver"].fillna("-"), strict=True))
    for row, driver in zip(analysis.opinions["id"], analysis.opinions["driver"], strict=True):
        assert expected[row % 12] == ("-" if driver is None or driver != driver else driver)


def test_the_order_of_the_document_changes_nothing() -> None:
    own = taxonomy(screen={"phrases": ["pixels", "glare"], "examples": texts("screen", 3)})
    turned = {"phrases": ["glare", "pixels"], "examples": texts("screen", 3)[::-1]}
    drivers = dict(reversed([(id, driver) for id, driver in (DRIVERS | {}).items()]))
    drivers["screen"] = DRIVERS["screen"] | turned
    other = Taxonomy.from_dict({"extends": None, "drivers": drivers})
    every = [text for text, _ in labelled(10)]
    assert own.classify(every) == other.classify(every)


def test_it_is_rebuilt_from_its_document_and_from_a_pickle() -> None:
    own = taxonomy(screen={"examples": texts("screen", 5)})
    every = [text for text, _ in labelled(10)]
    for again in (Taxonomy.from_yaml(own.to_yaml()), pickle.loads(pickle.dumps(own))):
        assert again == own
        assert again.classify(every) == own.classify(every)
    assert json.dumps(own.to_dict())


def test_examples_teach_what_a_description_does_not_say() -> None:
    slang = [f"{word} juice" for word in ("no more", "out of", "zero", "lost", "running out of")]
    bare, taught = taxonomy(), taxonomy(battery={"examples": slang})
    assert bare.classify(["no juice left"]) != ["battery"]
    assert taught.classify(["no juice left"]) == ["battery"]


def test_one_example_is_enough_to_be_a_driver() -> None:
    own = Taxonomy.from_dict(
        {"extends": None, "drivers": {"wifi": {"examples": ["The wifi kept dropping"]}}}
    )
    assert own.classify(["wifi drops all the time", "lovely soup"]) == ["wifi", None]
