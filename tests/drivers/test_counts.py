"""Sums and means by code."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from verbatim.drivers.counts import mean_by, sum_by

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.floats(-1e6, 1e6)), max_size=30)


def test_rows_in_any_order_have_the_same_sum_to_the_bit() -> None:
    values = np.array([0.1, 0.2, 0.3, 0.7, -0.6])
    assert len({sum(order) for order in permutations(values.tolist())}) > 1
    codes = np.zeros(5, dtype=np.int64)
    assert len({float(sum_by(codes, np.array(v), 1)[0]) for v in permutations(values)}) == 1


@given(PAIRS)
def test_means_are_those_of_each_code(pairs: list[tuple[int, float]]) -> None:
    codes = np.array([code for code, _ in pairs], dtype=np.int64)
    values = np.array([value for _, value in pairs], dtype=np.float64)
    expected = [values[codes == code].mean() if code in codes else np.nan for code in range(4)]
    np.testing.assert_allclose(mean_by(codes, values, 4), expected, atol=1e-6)
