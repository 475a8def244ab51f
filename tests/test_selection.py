"""What a caller asks for of an analysis: rows, columns, options, and what is said if wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import verbatim
from verbatim import Analysis, InputError, OptionError


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    frame = pd.DataFrame(
        {
            "review": ["Great food", "Rude staff", "Dirty room"],
            "hotel": ["A", "B", None],
            "stars": pd.array([5, None, 3], dtype="Int64"),
            "score": [0.5, np.nan, 2],
            "arrow": pd.array([1, 2, None], dtype="int64[pyarrow]"),
        }
    )
    return verbatim.analyze(frame, text="review", engine="lexicon")


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({"hotel": np.array(["A", "x"])}, [0]),
        ({"hotel": pd.Series(["B", "A"])}, [0, 1]),
        ({"hotel": pd.Index(["B"])}, [1]),
        ({"hotel": {"B": 1}}, [1]),
        ({"hotel": {"B": 1}.keys()}, [1]),
        ({"hotel": (name for name in ())}, []),
        ({"stars": range(1, 5)}, [2]),
        ({"hotel": None}, [2]),
        ({"hotel": [None, "A"]}, [0, 2]),
        ({"stars": None}, [1]),
        ({"stars": pd.NA}, [1]),
        ({"score": None}, [1]),
        ({"score": [None, 2]}, [1, 2]),
        ({"arrow": None}, [2]),
        ({"arrow": "A"}, []),
        ({"arrow": ["A", 2]}, [1]),
        ({"arrow": [["A"]]}, []),
        ({"hotel": [{1: 2}, "A"]}, [0]),
    ],
)
def test_values_to_keep_come_in_any_list(
    analysis: Analysis, wanted: dict[str, object], kept: list[int]
) -> None:
    assert analysis.filter(**wanted).verbatims["id"].tolist() == kept


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (lambda rows: [True], "holds 1 values; give True or False for each of the 3"),
        (lambda rows: ["no", "no", "no"], "holds str; give True or False"),
        (lambda rows: [1, 0, 1], "holds int64"),
        (lambda rows: rows["score"].where(rows["score"] > 1), "holds float64"),
        (lambda rows: rows.set_index("hotel")["score"] > 1, "another index"),
        (lambda rows: rows[:1]["score"] > 0, "returned 1 values for 3 rows"),
        (lambda rows: rows[["score"]] > 1, "is a DataFrame"),
        (lambda rows: True, "is a bool"),
        (pd.Series([True, False, True]), "no function of the verbatims table"),
    ],
)
def test_a_condition_says_yes_or_no_for_each_row(
    analysis: Analysis, where: Any, message: str
) -> None:
    with pytest.raises(OptionError, match=message):
        analysis.filter(where)


def test_a_condition_may_be_unsure_and_in_another_order(analysis: Analysis) -> None:
    assert analysis.filter(lambda rows: rows["stars"] > 2).verbatims["id"].tolist() == [0, 2]
    backwards = analysis.filter(lambda rows: rows[::-1]["score"] > 1)
    assert backwards.verbatims["id"].tolist() == [2]
    assert analysis.keep([True, None, False]).verbatims["id"].tolist() == [0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda a: a.keep(np.array([0, 2, 1])), "rows holds int64; give True or False"),
        (lambda a: a.keep(np.array([True])), "rows holds 1 values"),
        (lambda a: a.keep(True), "rows is a bool"),
        (lambda a: a.select("opinion", ["id"]), "unknown table 'opinion'; did you mean 'opinions'"),
        (lambda a: a.select("opinions", "driver"), r"such as \['driver'\]"),
        (lambda a: a.select("opinions", ["drivr"]), "did you mean 'driver'"),
        (lambda a: a.drivers(min_review=3), "unknown option 'min_review'; did you mean 'min_rev"),
        (lambda a: a.report("x.html", titel="x"), "did you mean 'title'"),
        (lambda a: a.journey(sead=1), "did you mean 'seed'"),
        (lambda a: Analysis.load(None), "path=None; give the name of a folder"),
        (lambda a: Analysis.open(3), "path=3"),
    ],
)
def test_what_is_asked_for_wrongly_is_named(
    analysis: Analysis, ask: Callable[[Analysis], object], message: str
) -> None:
    with pytest.raises(OptionError, match=message):
        ask(analysis)


def test_an_opened_analysis_names_it_too(analysis: Analysis, tmp_path: Any) -> None:
    opened = Analysis.open(analysis.save(tmp_path / "out"))
    with pytest.raises(OptionError, match="did you mean 'driver'"):
        opened.select("opinions", ["drivr"])
    with pytest.raises(OptionError, match="holds 1 values"):
        opened.keep(np.array([True]))


@pytest.mark.parametrize("wrong", [lambda a: a, lambda a: [a, 3], lambda a: 3, lambda a: {"x": a}])
def test_only_analyses_are_concatenated(
    analysis: Analysis, wrong: Callable[[Analysis], Any]
) -> None:
    with pytest.raises(InputError, match="takes a list of analyses, such as"):
        verbatim.concat(wrong(analysis))
