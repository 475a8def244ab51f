"""Options that can't be meant are named, with what is allowed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.drivers.conftest import Says, analysis_of
from verbatim.drivers import score_drivers
from verbatim.errors import OptionError

ANALYSIS = analysis_of([[Says("staff", 1.0)], []], city=["Rome", "Oslo"], stars=[5, 1])


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("level", "Driver", "did you mean 'driver'"),
        ("min_reviews", -1, "min_reviews=-1"),
        ("min_reviews", 2.5, "integer of at least 0"),
        ("min_reviews", True, "min_reviews=True"),
        ("n_resamples", 0, "at least 100"),
        ("n_resamples", 99, "at least 100"),
        ("n_resamples", 10**9, "above 100000"),
        ("n_resamples", "many", "n_resamples='many'"),
        ("confidence", 95, "a share such as 0.95"),
        ("confidence", 0, "between 0 and 1"),
        ("confidence", 1.0, "between 0 and 1"),
        ("confidence", float("nan"), "between 0 and 1"),
        ("confidence", "high", "confidence='high'"),
        ("confidence", True, "between 0 and 1"),
        ("seed", -3, "seed=-3"),
        ("seed", None, "seed=None"),
        ("n_quotes", -1, "n_quotes=-1"),
    ],
)
def test_option_not_allowed_is_named(option: str, value: object, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        score_drivers(ANALYSIS, **{option: value})


def test_numpy_numbers_are_numbers() -> None:
    scores = score_drivers(
        ANALYSIS, min_reviews=np.int64(1), confidence=np.float32(0.5), seed=np.uint8(3)
    )
    assert not scores.driver("staff")["low_support"]
    scores.to_json()


def test_zero_min_reviews_marks_nothing() -> None:
    assert not score_drivers(ANALYSIS, min_reviews=0).frame["low_support"].any()


@pytest.mark.parametrize("by", ["town", ["city", "town"]])
def test_unknown_by_is_named(by: str | list[str]) -> None:
    with pytest.raises(OptionError, match="unknown column 'town'"):
        score_drivers(ANALYSIS, by=by)


def test_unknown_outcome_gets_a_guess() -> None:
    with pytest.raises(OptionError, match="did you mean 'stars'"):
        score_drivers(ANALYSIS, outcome="star")


def test_by_names_a_column_once() -> None:
    with pytest.raises(OptionError, match="names 'city' twice"):
        score_drivers(ANALYSIS, by=["city", "city"])


def test_by_is_not_the_outcome() -> None:
    with pytest.raises(OptionError, match="'stars' is given as outcome and in by"):
        score_drivers(ANALYSIS, by=["city", "stars"], outcome="stars")


def test_too_many_groups_are_refused_before_they_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("verbatim.drivers.cells.MAX_CELLS", 5)
    with pytest.raises(OptionError, match="2 groups, times 3 drivers"):
        score_drivers(ANALYSIS, by="city")


def test_columns_are_named_and_not_handed_in() -> None:
    analysis = analysis_of([[Says("staff", 1.0)]] * 3, city=list("aab"), stars=[1, 2, 2])
    columns = analysis.verbatims
    with pytest.raises(OptionError, match=r"by is of type Series; .* such as 'city'"):
        score_drivers(analysis, by=columns["city"])
    with pytest.raises(OptionError, match=r"outcome is of type Series; .* such as 'stars'"):
        score_drivers(analysis, outcome=columns["stars"])
    with pytest.raises(OptionError, match=r"the column is of type Series; .* such as 'stars'"):
        analysis.column(columns["stars"])
