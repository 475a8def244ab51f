"""Documents that cannot teach: what is wrong is named with its line and the fix."""

from __future__ import annotations

from typing import Any

import pytest

from verbatim.errors import InputError, TaxonomyError
from verbatim.taxonomy import Taxonomy


def _error(text: str) -> str:
    with pytest.raises(TaxonomyError) as caught:
        Taxonomy.from_yaml(text)
    return str(caught.value)


def test_the_same_example_under_two_drivers() -> None:
    said = _error(
        "extends: null\ndrivers:\n  a:\n    examples: [The lift is slow]\n"
        "  b:\n    examples:\n      - nice view\n      - the lift is slow!\n"
    )
    assert "line 8: example 'the lift is slow!' stands under a and under b; keep one" in said


def test_the_same_example_twice_under_one_driver_counts_once() -> None:
    text = "extends: null\ndrivers: {a: {examples: [slow lift, slow lift]}}"
    assert Taxonomy.from_yaml(text)["a"].examples == ("slow lift",)


def test_two_drivers_with_one_description() -> None:
    said = _error(
        "extends: null\ndrivers:\n  a: {description: The lifts}\n  b: {description: the lifts}\n"
    )
    assert "line 4: description 'the lifts' stands under a and under b" in said


@pytest.mark.parametrize("driver", ["", "{}", "{name: Lifts}", "{examples: []}"])
def test_a_driver_without_anything(driver: str) -> None:
    said = _error(f"extends: null\ndrivers:\n  lifts: {driver}\n")
    assert "line 3: 'lifts' has no phrases, description or examples; give one" in said


@pytest.mark.parametrize("key", ["description: '?!'", "examples: ['...']"])
def test_a_text_without_a_word(key: str) -> None:
    assert "has no word; take it out" in _error(f"extends: null\ndrivers:\n  lifts: {{{key}}}\n")


def test_a_driver_listed_twice() -> None:
    assert "'a' stands twice" in _error("drivers:\n  a: [x]\n  a: [y]\n")


def test_examples_that_are_not_text() -> None:
    assert "5 is not read as text" in _error("drivers:\n  a: {examples: [5]}\n")


def test_two_drivers_of_one_name() -> None:
    said = _error(
        "extends: null\ndrivers:\n  hall: {name: Parking, phrases: [car park]}\n"
        "  yard:\n    phrases: [garage]\n    name: parking\n"
    )
    assert "line 6: hall and yard are both named 'parking'; rename one" in said


@pytest.mark.parametrize(
    "drivers",
    [
        "{people: {name: Staff, phrases: [usher]}}",
        "{room: {name: Staff}}",
        "{staff: {name: Room and space}}",
    ],
)
def test_a_name_that_another_driver_has_by_itself(drivers: str) -> None:
    said = _error(f"name: x\nextends: universal\ndrivers: {drivers}\n")
    assert "line 3:" in said and "are both named" in said


def test_the_name_of_a_driver_that_is_not_reported_is_free() -> None:
    for gone in ("drop: true", "into: people"):
        own = f"drivers: {{people: {{name: Staff, phrases: [usher]}}, staff: {{{gone}}}}}"
        taxonomy = Taxonomy.from_yaml(f"extends: universal\n{own}\n")
        assert taxonomy.name_of("people") == "Staff" and "staff" not in taxonomy
        assert Taxonomy.from_dict(taxonomy.to_dict()) == taxonomy


@pytest.mark.parametrize("standalone", ["", "standalone: true\n"])
@pytest.mark.parametrize("driver", ["food", "bar"])
def test_a_phrase_under_two_sub_drivers_of_a_driver(driver: str, standalone: str) -> None:
    said = _error(
        f"{standalone}drivers:\n  {driver}:\n    subdrivers:\n      wine: [glass, glass]\n"
        "      beer: {name: Beer, phrases: [pint, Glass]}\n"
    )
    line = 5 + bool(standalone)
    assert f"line {line}: 'Glass' stands under the sub-drivers wine and beer; keep one" in said


def test_a_phrase_under_sub_drivers_of_two_drivers() -> None:
    text = "drivers:\n  food: {subdrivers: {bar: [glass]}}\n  room: {subdrivers: {bath: [glass]}}"
    taxonomy = Taxonomy.from_yaml(text)
    assert all("glass" in taxonomy[id].subdrivers[-1].phrases for id in ("food", "room"))


@pytest.mark.parametrize("parent", ["", "  "])
def test_extending_a_name_that_is_empty(parent: str) -> None:
    with pytest.raises(TaxonomyError, match=f"extends: '{parent}' names no taxonomy; give one"):
        Taxonomy.from_dict({"extends": parent, "drivers": {"spa": ["sauna"]}})


@pytest.mark.parametrize("texts", ["Battery is dead", [None], ["fine", 3], None])
def test_only_a_list_of_texts_is_classified(texts: Any) -> None:
    drivers = {"battery": {"description": "Battery life"}, "screen": ["display"]}
    taxonomy = Taxonomy.from_dict({"extends": None, "drivers": drivers})
    with pytest.raises(InputError, match=r"texts (is|holds) .*; give a list of texts"):
        taxonomy.classify(texts)
    with pytest.raises(InputError, match=r"texts (is|holds) .*; give a list of texts"):
        taxonomy.nearness(texts, "battery")
    assert taxonomy.classify(("Bright display",)) == ["screen"]


@pytest.mark.parametrize(
    "drivers", [{"spa": "sauna"}, {"food": {"subdrivers": {"spa": "sauna"}}}], ids=["driver", "sub"]
)
def test_a_phrase_alone_is_one_problem_with_its_fix(drivers: dict[str, Any]) -> None:
    with pytest.raises(TaxonomyError) as raised:
        Taxonomy.from_dict({"drivers": drivers})
    problems = str(raised.value).splitlines()[1:]
    assert len(problems) == 1 and "'sauna' is no list of phrases; write [sauna]" in problems[0]


@pytest.mark.parametrize("verdict", ["smashed", "broken", "damaged"])
def test_what_arrived_broken_is_about_its_condition(verdict: str) -> None:
    retail = Taxonomy.load("retail")
    assert retail.assign("delivery", ["parcel", "arrived", verdict]) == ("delivery", "condition")
    assert retail.assign("delivery", ["it", "arrived", "late"]) == ("delivery", "speed")
    assert retail.assign("delivery", ["it", "arrived"]) == ("delivery", "speed")
