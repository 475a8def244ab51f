"""Evaluation: figures that can be counted by hand, and what is left out or refused."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import precision_recall_fscore_support

import verbatim
from tests.taxonomy.made import DRIVERS, labelled, taxonomy, texts
from verbatim.drivers.bootstrap import wilson
from verbatim.taxonomy import Taxonomy

# By phrases alone, so that every answer is known.
LETTERS = Taxonomy.from_dict(
    {"name": "letters", "extends": None, "drivers": {"a": ["alpha"], "b": ["beta"], "c": ["gamma"]}}
)
ROWS = [
    ("alpha one", "a"),
    ("alpha two", "a"),
    ("beta one", "a"),
    ("beta two", "b"),
    ("zzz", "b"),
    ("alpha three", None),
    ("zzzz", None),
]


def test_figures_are_those_that_one_counts() -> None:
    evaluation = LETTERS.evaluate(ROWS)
    counts = evaluation.frame[["driver", "n_texts", "n_assigned", "n_right"]].values.tolist()
    assert counts == [["a", 3, 3, 2], ["b", 2, 2, 1], ["c", 0, 0, 0]]
    assert evaluation.meta["n"] == 7 and evaluation.meta["n_abstained"] == 2
    assert evaluation.meta["accuracy"] == pytest.approx(4 / 7)
    wrong = evaluation.confusions.fillna("-").values.tolist()
    assert wrong == [["a", "b", 1], ["b", "-", 1], ["-", "a", 1]]


def test_they_are_those_of_scikit_learn() -> None:
    rows = labelled(24)
    own = taxonomy()
    frame = own.evaluate(rows).frame
    said = [driver or "none" for driver in own.classify([text for text, _ in rows])]
    gold = [driver for _, driver in rows]
    theirs = precision_recall_fscore_support(gold, said, labels=list(DRIVERS), zero_division=0)
    for name, values in zip(("precision", "recall", "f1"), theirs[:3], strict=True):
        np.testing.assert_allclose(frame[name], values)


def test_intervals_hold_their_figure_and_shrink() -> None:
    few, many = LETTERS.evaluate(ROWS).frame, LETTERS.evaluate(ROWS * 20).frame
    for name in ("precision", "recall", "f1"):
        for frame in (few, many):
            known = frame[frame["n_texts"] > 0]
            assert (known[f"{name}_low"] <= known[name]).all()
            assert (known[name] <= known[f"{name}_high"]).all()
        widths = [(f[f"{name}_high"] - f[f"{name}_low"]).iloc[0] for f in (few, many)]
        assert widths[1] < widths[0] / 2
    low, high = wilson(2, 3, 0.95)
    assert few.loc[0, ["recall_low", "recall_high"]].tolist() == [float(low), float(high)]
    assert few["low_support"].all() and not many["low_support"].iloc[0]


def test_a_driver_without_texts_has_no_figures() -> None:
    row = LETTERS.evaluate(ROWS).frame.iloc[2]
    assert row[["precision", "recall", "f1", "f1_low"]].isna().all()


def test_order_and_form_change_nothing() -> None:
    table = pd.DataFrame(ROWS, columns=["said", "about"])
    first = LETTERS.evaluate(ROWS)
    second = LETTERS.evaluate(table.iloc[::-1], text="said", driver="about")
    pd.testing.assert_frame_equal(first.frame, second.frame)
    pd.testing.assert_frame_equal(first.confusions, second.confusions)


def test_examples_of_the_taxonomy_are_left_out() -> None:
    own = taxonomy(screen={"examples": texts("screen", 3)})
    evaluation = own.evaluate(labelled(5))
    assert evaluation.meta["n_examples_left_out"] == 3 and evaluation.meta["n"] == 12
    assert "3 texts left out" in repr(evaluation)
    with pytest.raises(verbatim.InputError, match="all of its texts are examples"):
        own.evaluate([(text, "screen") for text in texts("screen", 3)])


def test_an_example_in_another_spelling_is_an_example() -> None:
    own = taxonomy(screen={"examples": ["The display is dim."]})
    held = [("THE DISPLAY IS DIM!", "screen"), (" the display is dim", "screen"), ("Dim", "screen")]
    meta = own.evaluate(held).meta
    assert (meta["n"], meta["n_examples_left_out"]) == (1, 2)


def test_contradictory_labels_are_counted_and_said() -> None:
    evaluation = LETTERS.evaluate([("alpha", "a"), ("alpha", "b")])
    assert evaluation.meta["n_contradictory"] == 1
    assert evaluation.meta["accuracy"] == 0.5
    assert "more than one driver" in repr(evaluation)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "no labelled text"),
        ("text", "give a DataFrame or"),
        (["text"], "is no \\(text, driver\\) pair"),
        ([("text", "d")], "row 0: unknown driver 'd'"),
        ([(None, "a")], "row 0: None is not a text"),
        (pd.DataFrame({"txt": ["x"], "driver": ["a"]}), "unknown column 'text'"),
    ],
)
def test_what_cannot_be_read_is_refused(given: object, said: str) -> None:
    with pytest.raises(verbatim.InputError, match=said):
        LETTERS.evaluate(given)


def test_it_shows_itself() -> None:
    evaluation = LETTERS.evaluate(ROWS)
    assert "7 labelled texts" in repr(evaluation) and "a taken for b: 1" in repr(evaluation)
    assert "<table" in evaluation._repr_html_()
    record = json.loads(evaluation.to_json())
    assert record["drivers"][2]["precision"] is None and len(evaluation) == 3
