"""The accessor, which is there when it is asked for and not before."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import verbatim
import verbatim.adapters.pandas
from verbatim.schema import TABLES


def test_it_is_analyze_of_the_frame() -> None:
    reviews = pd.DataFrame({"key": ["a", "b"], "review": ["Lovely staff", None], "stars": [5, 1]})
    ours = reviews.verbatim.analyze("review", id="key", taxonomy="hospitality", engine="lexicon")
    theirs = verbatim.analyze(
        reviews, text="review", id="key", taxonomy="hospitality", engine="lexicon"
    )
    for table in TABLES:
        assert_frame_equal(ours.tables[table], theirs.tables[table])
    assert ours.verbatims["stars"].tolist() == [5, 1]


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(verbatim.InputError, match="did you mean 'review'"):
        pd.DataFrame({"review": ["Lovely"]}).verbatim.analyze("reviews")


def test_a_column_of_that_name_can_still_be_read() -> None:
    frame = pd.DataFrame({"verbatim": ["Lovely staff"]})
    assert frame.verbatim.analyze("verbatim", engine="lexicon").opinions["driver"].tolist() == [
        "staff"
    ]
    assert frame["verbatim"].tolist() == ["Lovely staff"]


def test_importing_verbatim_does_not_register_it() -> None:
    code = (
        "import verbatim, pandas; verbatim.analyze('Lovely staff', engine='lexicon')\n"
        "assert not hasattr(pandas.DataFrame, 'verbatim')\n"
        "import verbatim.adapters.pandas\n"
        "assert hasattr(pandas.DataFrame, 'verbatim')"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
