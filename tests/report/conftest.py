from __future__ import annotations

import pandas as pd
import pytest

from tests.report.made import made, opinion
from verbatim.analysis import Analysis

GOOD_FOOD = ("Delicious food", [opinion("food", 2, "Delicious", "food", emotion="joy")])
BAD_FOOD = ("Cold food", [opinion("food", -2, "Cold", "food", emotion="disgust")])
STAFF = ("Kind staff", [opinion("staff", 2, "Kind", "staff")])
PRICE = ("Too dear", [opinion("price", -1, "Too dear")])


@pytest.fixture(scope="session")
def hotels() -> Analysis:
    """Two hotels whose food differs for sure, and whose staff are praised in both."""
    sea = [GOOD_FOOD] * 38 + [BAD_FOOD] * 2 + [STAFF] * 20 + [PRICE] * 3
    town = [GOOD_FOOD] * 5 + [BAD_FOOD] * 35 + [STAFF] * 20 + [PRICE] * 2
    reviews = [*sea, *town, (None, [])]
    columns = pd.DataFrame(
        {
            "hotel": ["Sea"] * len(sea) + ["Town"] * len(town) + ["Town"],
            "stars": [1 if row[0] == "Cold food" else 5 for row in reviews],
        }
    )
    return made(reviews, columns)


@pytest.fixture(scope="session")
def year() -> Analysis:
    """Twelve months; the food turns bad with July, and the stars with it."""
    reviews, months, stars = [], [], []
    for month in range(1, 13):
        food = GOOD_FOOD if month < 7 else BAD_FOOD
        reviews += [food] * 6 + [STAFF] * 4
        months += [f"2025-{month:02d}-15"] * 10
        stars += [4 if month < 7 else 2] * 6 + [3, 4] * 2
    return made(reviews, pd.DataFrame({"day": months, "stars": stars}))


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the chart library weren't installed."""
    monkeypatch.setattr("verbatim.report.drawings.has_charts", lambda: False)
