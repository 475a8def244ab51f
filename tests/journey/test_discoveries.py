"""Discoveries are found where they are, and not where they aren't."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from tests.journey.made import Says, analysis_of, bad, good
from verbatim.journey import Journey


def whole(found: Journey) -> pd.DataFrame:
    table = found.discoveries[found.discoveries["touchpoint"].isna()]
    return table.set_index(["stage", "kind", "subject"]).sort_index()


def test_what_is_said_only_at_a_stage_is_found_there() -> None:
    reviews = [[bad("arrival", "waiting"), good("use"), good("use", "food")] for _ in range(30)]
    found = analysis_of(reviews).journey()
    row = whole(found).loc[("arrival", "complaint", "waiting")]
    assert row[["value", "rest", "difference", "n_reviews"]].tolist() == [1, 0, 1, 30]
    assert row["significant"] and row["q_value"] >= row["p_value"]
    table = whole(found).reset_index()
    sentiment = table[(table["stage"] == "arrival") & (table["kind"] == "sentiment")]
    assert sentiment[["value", "rest"]].values.tolist() == [[-100, 100]]
    assert any("Arrival: " in line and "Waiting" in line for line in found.findings(9))


def test_p_is_that_of_the_formula_taken_review_by_review() -> None:
    random = np.random.default_rng(3)
    reviews = [
        [
            Says(
                stage=str(random.choice(["arrival", "use"])),
                emotions={"anger": 1} if random.random() < 0.3 + 0.4 * (i % 2) else {},
            )
            for _ in range(random.integers(1, 6))
        ]
        for i in range(60)
    ]
    row = whole(analysis_of(reviews).journey()).loc[("arrival", "emotion", "anger")]
    x = [[float(bool(one.emotions)) for one in review] for review in reviews]
    here = [[one.stage == "arrival" for one in review] for review in reviews]
    flat, at = np.concatenate(x), np.concatenate(here)
    mean, inside, outside = flat.mean(), at.sum(), (~at).sum()
    u = [
        sum((v - mean) * (1 / inside if h else -1 / outside) for v, h in zip(vs, hs, strict=True))
        for vs, hs in zip(x, here, strict=True)
    ]
    floor = mean * (1 - mean) * (1 / inside + 1 / outside)
    difference = flat[at].mean() - flat[~at].mean()
    df = sum(map(any, here)) - 1
    p = 2 * student.sf(abs(difference) / np.sqrt(max(np.sum(np.square(u)), floor)), df)
    assert row["difference"] == pytest.approx(difference)
    assert row["p_value"] == pytest.approx(p, rel=0.02)


def test_where_nothing_differs_few_tests_reject() -> None:
    random = np.random.default_rng(0)
    p: list[float] = []
    for _ in range(12):
        reviews = [
            [
                Says(
                    stage=str(random.choice(["arrival", "use", "support"], p=[0.1, 0.8, 0.1])),
                    label=str(random.choice(["positive", "negative"])),
                    emotions={"joy": 1} if random.random() < mood else {},
                    opinions=(("staff", 1),) if random.random() < mood else (),
                )
                for _ in range(4)
            ]
            for mood in random.beta(1, 4, 80)
        ]
        found = analysis_of(reviews).journey(n_resamples=100)
        p += found.discoveries["p_value"].tolist()
        assert not found.discoveries["significant"].any()
    assert len(p) > 100 and np.mean(np.array(p) < 0.05) < 0.08


def test_a_stage_alone_or_of_few_reviews_is_not_tested() -> None:
    assert len(analysis_of([[bad("use")]] * 40).journey().discoveries) == 0
    reviews = [[bad("arrival"), good("use")]] * 9 + [[good("use")]] * 40
    assert "arrival" not in whole(analysis_of(reviews).journey()).index.get_level_values(0)
