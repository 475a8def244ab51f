"""Columns of weights: what can be one, and what is refused by row and with the fix."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.drivers.conftest import analysis_of
from verbatim.analysis import Analysis
from verbatim.errors import OptionError
from verbatim.weights.columns import review_weights

NA, NAN = pd.NA, float("nan")


def weighted(values: object, **options) -> Analysis:
    return analysis_of([[]] * 3, w=values, **options)


@pytest.mark.parametrize(
    "values",
    [
        [2, 4, 0],
        [2.0, 4.0, 0.0],
        np.array([2, 4, 0], dtype="uint8"),
        pd.array([2, 4, 0], dtype="Int64"),
        pd.array([2.0, 4.0, 0.0], dtype="Float32"),
        pd.array([2, 4, 0], dtype="int32[pyarrow]"),
        pd.Series([Decimal("2"), Decimal("4"), Decimal(0)], dtype=object),
        pd.Categorical([2, 4, 0]),
    ],
    ids=["int", "float", "uint8", "Int64", "Float32", "arrow", "Decimal", "categorical"],
)
def test_numbers_of_any_type_are_weights(values: object) -> None:
    np.testing.assert_array_equal(review_weights(weighted(values), "w"), [0.5, 1, 0])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, -2, 3], r"1 values .*: -2; .* at least 0, and 0 to leave it out; .* row 1, id 'b'"),
        ([1, 2, NAN], "1 values .*: nan; .* row 2, id 'c'"),
        (pd.array([NA, 2, 3], dtype="Int64"), "<NA>; .* row 0, id 'a'"),
        (pd.Series([1, None, 3], dtype=object), "None; .* row 1"),
        ([1, np.inf, 3], "inf; .* row 1"),
        (["1", "2", "3"], "3 values .*: '1', '2', '3'; .* row 0"),
        ([True, True, False], "True, False; give each review that was read a finite number"),
        (pd.array([True, NA, False], dtype="boolean"), "3 values"),
        (pd.to_datetime(["2024-01-01"] * 3), "3 values"),
        ([1j, 2j, 1.0], "3 values"),
        ([0, 0, 0], "sums to 0 over 3 reviews; give weights of which at least one is above 0"),
        ([1e308, 1e308, 1e308], "sums to inf"),
    ],
)
def test_what_cannot_be_a_weight_is_named(values: object, said: str) -> None:
    with pytest.raises(OptionError, match=f"weight 'w' .*{said}"):
        review_weights(weighted(values, ids=["a", "b", "c"]), "w")


def test_weights_of_verbatims_that_were_not_read_do_not_matter() -> None:
    analysis = weighted([1.0, NAN, -5.0], status=["ok", "empty", "not_english"])
    np.testing.assert_array_equal(review_weights(analysis, "w"), [1, 0, 0])
    assert not review_weights(weighted([NAN] * 3, status=["empty"] * 3), "w").any()


def test_without_a_column_everybody_read_weighs_the_same() -> None:
    analysis = weighted([1, 2, 3], status=["ok", "truncated", "empty"])
    np.testing.assert_array_equal(review_weights(analysis, None), [1, 1, 0])


def test_a_column_that_is_not_there_is_guessed() -> None:
    with pytest.raises(OptionError, match="unknown column 'W'; did you mean 'w'"):
        review_weights(weighted([1, 2, 3]), "W")


def test_a_weight_of_next_to_nothing_counts_as_none() -> None:
    np.testing.assert_array_equal(
        review_weights(weighted([1e300, 1e250, 1e-300]), "w") > 0, [1, 1, 0]
    )
