"""What scores, groups and weights may be; what can't be meant is named, with the fix."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import verbatim
from verbatim import survey
from verbatim.errors import InputError, OptionError

ANSWERS = [10, 9, 8, 7, 3, 0]
TABLE = pd.DataFrame({"stars": [5, 4, 1], "city": ["a", "b", "b"], "w": [1.0, 2.0, 0.5]})


@pytest.mark.parametrize(
    "data",
    [
        tuple(ANSWERS),
        (answer for answer in ANSWERS),
        np.array(ANSWERS),
        np.array(ANSWERS, dtype=np.float32),
        np.ma.array([*ANSWERS, 99], mask=[0, 0, 0, 0, 0, 0, 1]),
        [float(answer) for answer in ANSWERS],
        [Decimal(answer) for answer in ANSWERS],
        [Fraction(answer) for answer in ANSWERS],
        [np.int8(answer) for answer in ANSWERS],
        pd.Series(ANSWERS, index=[4, 4, 1, 0, 2, 2], name="any"),
        pd.Series(ANSWERS).astype("category"),
        pd.Series([*ANSWERS, None], dtype="Int64"),
        pd.Series([*ANSWERS, None], dtype="float64[pyarrow]"),
        pd.Series([*ANSWERS, None], dtype=object),
        pa.array([*ANSWERS, None]),
    ],
    ids=lambda data: f"{type(data).__name__} {getattr(data, 'dtype', '')}",
)
def test_any_list_of_numbers_is_read(data: Any) -> None:
    found = survey.nps(data).frame.drop(columns="n_missing")
    pd.testing.assert_frame_equal(found, survey.nps(ANSWERS).frame.drop(columns="n_missing"))


def test_columns_of_a_frame_of_arrow_and_of_an_analysis_are_read_alike() -> None:
    table = TABLE.assign(text=["Kind staff", "Rude staff", None])
    analysis = verbatim.analyze(table, text="text", engine="lexicon")
    expected = survey.csat(table, "stars", by="city", weight="w").frame
    for data in (analysis, pa.Table.from_pandas(table)):
        found = survey.csat(data, "stars", by="city", weight="w").frame
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("by", [pd.Index(["city"]), np.array(["city"]), pd.Series(["city"])])
def test_any_list_of_names_groups(by: Any) -> None:
    expected = survey.csat(TABLE, "stars", by=["city"]).frame
    pd.testing.assert_frame_equal(survey.csat(TABLE, "stars", by=by).frame, expected)


def test_a_set_of_names_and_a_list_for_one_are_refused() -> None:
    with pytest.raises(OptionError, match="by is of type set; give a name, or a list"):
        survey.csat(TABLE, "stars", by={"city"})  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="score is of type list; give the name of one column"):
        survey.csat(TABLE, ["stars"])  # type: ignore[arg-type]


def test_missing_scores_are_counted_and_left_out() -> None:
    scores = survey.nps([10, None, np.nan, pd.NA, pd.NaT, 0])
    assert scores.frame[["n", "n_missing"]].iloc[0].tolist() == [2, 4]
    assert (scores.meta["n_rows"], scores.meta["n"], scores.meta["n_missing"]) == (6, 2, 4)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (11, "11"),
        (-1, "-1"),
        (7.5, "7.5"),
        (float("inf"), "inf"),
        (10**400, "1000"),
        ("9", "'9'"),
        ("", "''"),
        (True, "True"),
        (np.bool_(True), "True"),
        (1j, "1j"),
        (b"9", "b'9'"),
        ([9], r"\[9\]"),
        (datetime.date(2024, 1, 1), "datetime.date"),
        (pd.Timestamp("2024-01-01"), "Timestamp"),
        (pd.Timedelta(9), "Timedelta"),
    ],
)
def test_what_is_no_score_is_named_with_what_is_allowed(value: object, shown: str) -> None:
    said = f"1 of 3 values that are not whole numbers from 0 to 10: {shown}.*to NA"
    with pytest.raises(InputError, match=f"score holds {said}"):
        survey.nps([9, value, None])
    table = pd.DataFrame({"nps": pd.Series([9, value, None], dtype=object)})
    with pytest.raises(InputError, match=f"score 'nps' holds {said}"):
        survey.nps(table, "nps")


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([True, False]),
        pd.Series([True, None], dtype="boolean"),
        pd.Series(["1", "2"]),
        pd.Series(["1", "2"], dtype="category"),
        pd.Series(pd.to_datetime(["2024-01-01", "2024-01-02"])),
        pd.Series([1j, 2j]),
        pd.Series([0.5, 1.0], dtype="Float64"),
    ],
    ids=lambda column: str(column.dtype),
)
def test_columns_of_another_type_are_refused(column: pd.Series) -> None:
    with pytest.raises(InputError, match="not whole numbers from 1 to 5"):
        survey.csat(column)
    with pytest.raises(InputError, match="not whole numbers from 1 to 7"):
        survey.ces(column, direction="lower_is_easier")


def test_many_wrong_values_are_shown_in_part() -> None:
    with pytest.raises(InputError, match=r"50 of 50 values .*: 11, 12, 13, \.\.\.;"):
        survey.nps([11, 11, *range(11, 59)])


@pytest.mark.parametrize(
    "data",
    ["9", b"9", 9, None, {"score": [9]}, {9, 10}, np.array(9), np.array([[9, 10]])],
    ids=repr,
)
def test_what_holds_no_scores_is_refused(data: Any) -> None:
    with pytest.raises(InputError, match="pass"):
        survey.nps(data)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "score='...'. There are: stars, city, w"),
        ({"score": "star"}, "did you mean 'stars'"),
        ({"score": "stars", "by": "cities"}, "unknown column 'cities'"),
        ({"score": "stars", "weight": "W"}, "did you mean 'w'"),
        ({"score": "stars", "weight": [1, 1, 1]}, "There are: stars, city, w"),
        ({"score": "stars", "by": ["city", "city"]}, "twice"),
        ({"score": "stars", "by": ["city", "stars"]}, "give it once"),
    ],
)
@pytest.mark.parametrize("source", ["frame", "analysis"])
def test_columns_that_cannot_be_meant_are_named(source: str, options: dict, said: str) -> None:
    data: Any = TABLE
    if source == "analysis":
        data = verbatim.analyze(TABLE.assign(t="Nice"), text="t", engine="lexicon")
        said = said.replace("There are: stars", "There are: id, .*stars")
    with pytest.raises(OptionError, match=said):
        survey.csat(data, **options)


@pytest.mark.parametrize("option", ["score", "by", "weight"])
def test_a_list_has_no_columns(option: str) -> None:
    with pytest.raises(OptionError, match="one DataFrame"):
        survey.nps([9, 10], **{option: "city"})


def test_a_column_that_stands_twice_is_refused() -> None:
    table = pd.concat([TABLE, TABLE[["stars"]]], axis=1)
    with pytest.raises(InputError, match="'stars' stands more than once"):
        survey.csat(table, "stars")


def test_lists_cannot_be_grouped_by() -> None:
    with pytest.raises(OptionError, match="can't be grouped by"):
        survey.csat(TABLE.assign(tags=[["a"], ["b"], []]), "stars", by="tags")


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, -2, 1], "1 values that are not weights: -2; give .* at least 0"),
        ([1, np.nan, 1], "not weights: nan"),
        ([1, None, 1], "not weights: "),
        ([1, np.inf, 1], "not weights: inf"),
        ([True, True, False], "not weights: True, False"),
        (["1", "2", "3"], "not weights: '1', '2', '3'"),
        ([0, 0, 0], "sums to 0 over 3 responses; .* above 0"),
        ([1e308, 1e308, 1e308], "sums to inf"),
    ],
)
def test_weights_that_cannot_be_are_named(weights: list[object], said: str) -> None:
    with pytest.raises(OptionError, match=f"weight 'w' .*{said}"):
        survey.csat(TABLE.assign(w=weights), "stars", weight="w")


def test_weights_of_rows_without_a_score_do_not_matter() -> None:
    table = pd.DataFrame({"s": [9, 0, None], "w": [1, 3, None]})
    frame = survey.nps(table, "s", weight="w").frame
    assert frame[["weight", "score"]].iloc[0].tolist() == [4, -50]


def test_weights_far_apart_are_no_trouble() -> None:
    tiny = np.linspace(1e-300, 2e-300, 60)
    table = pd.DataFrame({"s": [0] * 60 + [10], "w": [*tiny, 1e300]})
    found = survey.nps(table, "s", weight="w").frame.iloc[0]
    assert found[["score", "n_effective"]].tolist() == [100, 1]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("confidence", 95, "a share such as 0.95"),
        ("confidence", 1.0, "between 0 and 1"),
        ("confidence", float("nan"), "between 0 and 1"),
        ("confidence", "high", "confidence='high'"),
        ("confidence", True, "between 0 and 1"),
        ("n_resamples", 99, "of at least 100"),
        ("n_resamples", 10**9, "above 100000"),
        ("n_resamples", 1000.0, "n_resamples=1000.0"),
        ("seed", -3, "seed=-3"),
        ("seed", None, "seed=None"),
        ("min_responses", -1, "min_responses=-1"),
        ("min_responses", True, "min_responses=True"),
        ("scale", (5, 1), "lowest and its highest"),
        ("scale", (1, 1), "lowest and its highest"),
        ("scale", (1, 2, 3), "lowest and its highest"),
        ("scale", (0.5, 5), "lowest and its highest"),
        ("scale", 5, "scale=5"),
        ("scale", (False, True), "lowest and its highest"),
        ("top", 0, "from 1 to 4"),
        ("top", 5, "from 1 to 4"),
        ("top", 2.0, "top=2.0"),
    ],
)
def test_option_not_allowed_is_named(option: str, value: object, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        survey.csat([5, 4], **{option: value})


def test_data_is_left_as_it_was() -> None:
    table = TABLE.copy(deep=True)
    survey.csat(table, "stars", by="city", weight="w")
    pd.testing.assert_frame_equal(table, TABLE)


def test_a_column_that_is_text_for_a_few_scores_names_these() -> None:
    with pytest.raises(InputError, match=r"3 of 3 values .*: '7/10', 'none'; check"):
        survey.nps(["9", "7/10", "none"])
