"""How often comparisons are wrong, in small; `benchmarks/comparison.py` is the long version."""

from __future__ import annotations

from math import sqrt

import pytest

from benchmarks.comparison import (
    false_discoveries,
    impact_errors,
    net_errors,
    share_errors,
)

TRIALS = 300


def slack(level: float, n: int = TRIALS) -> float:
    return 3.5 * sqrt(level * (1 - level) / n)


@pytest.mark.parametrize("measure", [net_errors, share_errors, impact_errors])
def test_equal_groups_differ_as_seldom_as_the_level_says(measure) -> None:
    for sizes in ((20, 400), (100, 100)):
        found = measure(*sizes, trials=TRIALS, seed=1)
        assert found["rejected"] <= 0.05 + slack(0.05)
        assert found["coverage"] >= 0.95 - slack(0.05)


def test_weighted_reviews_keep_the_level() -> None:
    found = net_errors(60, 600, trials=TRIALS, seed=4, weighted=True)
    assert found["rejected"] <= 0.05 + slack(0.05)
    assert found["coverage"] >= 0.95 - slack(0.05)


def test_of_the_discoveries_few_are_false_and_many_are_made() -> None:
    found = false_discoveries(trials=10, seed=3, groups=4, n_drivers=10)
    assert found["false discovery rate"] <= 0.05 + 2 * found["standard error"]
    assert found["power"] > 0.5
