"""Documents that cannot teach: what is wrong is named with its line and the fix."""

from __future__ import annotations

import pytest

from verbatim.errors import TaxonomyError
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
