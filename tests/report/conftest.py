from __future__ import annotations

import pandas as pd
import pytest

from tests.report.made import made, opinion
from verbatim.analysis import Analysis


@pytest.fixture(scope="session")
def hotels() -> Analysis:
    """Two hotels whose food differs for sure, and whose staff are praised in both."""
    good_food = ("Delicious food", [opinion("food", 2, "Delicious", "food", emotion="joy")])
    bad_food = ("Cold food", [opinion("food", -2, "Cold", "food", emotion="disgust")])
    staff = ("Kind staff", [opinion("staff", 2, "Kind", "staff")])
    price = ("Too dear", [opinion("price", -1, "Too dear")])
    sea = [good_food] * 38 + [bad_food] * 2 + [staff] * 20 + [price] * 3
    town = [good_food] * 5 + [bad_food] * 35 + [staff] * 20 + [price] * 2
    reviews = [*sea, *town, (None, [])]
    columns = pd.DataFrame(
        {
            "hotel": ["Sea"] * len(sea) + ["Town"] * len(town) + ["Town"],
            "stars": [1 if row[0] == "Cold food" else 5 for row in reviews],
        }
    )
    return made(reviews, columns)
