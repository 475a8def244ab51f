"""The transformer: features that are what they are called, and scikit-learn's conventions."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks

import verbatim
from verbatim import InputError, OptionError, TaxonomyError
from verbatim.adapters.sklearn import VerbatimFeatures

TEXTS = [
    "The staff were lovely and the staff at breakfast were lovely too. The room was filthy!",
    "We came by train.",
    "",
    None,
    float("nan"),
    7,
    "Das Zimmer war sehr schmutzig und das Personal war unfreundlich.",
    "The bathroom was disgusting. I was so disappointed.",
]


def _table(texts: Any, **parameters: Any) -> pd.DataFrame:
    features = VerbatimFeatures(engine="lexicon", **parameters).set_output(transform="pandas")
    table: pd.DataFrame = features.fit_transform(texts)
    return table


def test_the_features_are_the_analysis_in_numbers() -> None:
    table = _table(TEXTS)
    analysis = verbatim.analyze(TEXTS, engine="lexicon")
    assert table["read"].tolist() == [1, 1, 0, 0, 0, 0, 0, 1]
    assert table["judged"].tolist() == analysis.verbatims["sentiment"].notna().tolist()
    assert table["sentiment"].tolist() == analysis.verbatims["sentiment"].fillna(0).tolist()
    for (row, driver, label), rows in analysis.opinions.groupby(["id", "driver", "label"]):
        assert table.loc[row, f"driver_{driver}_{label}"] == len(rows)
    assert table.filter(like="driver_").to_numpy().sum() == len(analysis.opinions)


def test_an_emotion_is_its_strongest_intensity() -> None:
    table, sentences = _table(TEXTS), verbatim.analyze(TEXTS, engine="lexicon").sentences
    strongest = sentences.groupby("id").max()["emotion_disappointment"].fillna(0)
    assert table.loc[7, "emotion_disappointment"] == strongest[7] > 0
    assert table.loc[1].filter(like="emotion_").sum() == 0


def test_what_was_not_read_is_kept_and_all_zero() -> None:
    table = _table(TEXTS)
    assert len(table) == len(TEXTS)
    assert not table[table["read"] == 0].to_numpy().any()
    assert not table.isna().to_numpy().any()


def test_names_follow_the_taxonomy() -> None:
    features = VerbatimFeatures(engine="lexicon", taxonomy={"drivers": {"spa": ["sauna"]}}).fit([])
    names = features.get_feature_names_out().tolist()
    assert names[:3] == ["read", "judged", "sentiment"]
    assert "driver_spa_positive" in names
    assert len(names) == len(set(names)) == features.transform([]).shape[1]
    assert len(names) == 3 + 13 + 3 * len(features.analyzer_.taxonomy)


@pytest.mark.parametrize(
    "texts",
    [
        tuple(TEXTS),
        np.array(TEXTS, dtype=object),
        np.array(TEXTS, dtype=object)[:, None],
        pd.Series(TEXTS, dtype=object, index=range(20, 28)),
        pd.DataFrame({"review": pd.Series(TEXTS, dtype=object)}),
    ],
    ids=["tuple", "array", "column", "series", "frame"],
)
def test_any_one_column_of_texts_will_do(texts: Any) -> None:
    features = VerbatimFeatures(engine="lexicon").fit(texts)
    assert (features.transform(texts) == features.transform(TEXTS)).all()


def test_more_than_one_column_is_refused_with_the_fix() -> None:
    two = pd.DataFrame({"review": ["Lovely"], "stars": [5]})
    with pytest.raises(InputError, match=r"shape \(1, 2\).*ColumnTransformer"):
        VerbatimFeatures(engine="lexicon").fit(two)
    with pytest.raises(InputError, match=r"shape \(1, 2\)"):
        VerbatimFeatures(engine="lexicon").fit([]).transform(two)


def test_it_works_in_a_cross_validated_pipeline() -> None:
    good = ["Lovely staff", "Great food", "Spotless room", "Very friendly team"] * 3
    bad = ["Rude staff", "Awful food", "Filthy room", "Very unfriendly team"] * 3
    frame = pd.DataFrame({"review": good + bad, "other": range(24)})
    columns = make_column_transformer(
        (VerbatimFeatures(engine="lexicon"), "review"), remainder="drop"
    )
    model = make_pipeline(columns, LogisticRegression())
    happy = np.array([1] * 12 + [0] * 12)
    assert (cross_val_predict(model, frame, happy, cv=3) == happy).all()
    names = model.fit(frame, happy)[:-1].get_feature_names_out()
    assert "verbatimfeatures__driver_staff_positive" in names


def test_pandas_output_keeps_the_index() -> None:
    frame = pd.DataFrame({"review": ["Lovely staff", "Rude staff"]}, index=["x", "y"])
    table = _table(frame)
    assert table.index.tolist() == ["x", "y"]
    assert table["driver_staff_negative"].tolist() == [0, 1]


def test_parameters_are_judged_by_fit_not_before() -> None:
    clone(VerbatimFeatures(taxonomy="hotel", engine="magic"))
    with pytest.raises(TaxonomyError):
        VerbatimFeatures(taxonomy="hotel").fit([])
    with pytest.raises(OptionError):
        VerbatimFeatures(engine="magic").fit([])
    with pytest.raises(NotFittedError):
        VerbatimFeatures().transform(["Lovely staff"])
    with pytest.raises(NotFittedError):
        VerbatimFeatures().get_feature_names_out()


def test_a_clone_is_fresh_and_a_pickle_is_the_same() -> None:
    fitted = (
        VerbatimFeatures(taxonomy="hospitality", engine="lexicon")
        .set_output(transform="pandas")
        .fit([])
    )
    with pytest.raises(NotFittedError):
        clone(fitted).transform(TEXTS)
    assert clone(fitted).get_params() == fitted.get_params()
    pickled = pickle.dumps(fitted)
    assert len(pickled) < 500_000
    assert_frame_equal(pickle.loads(pickled).transform(TEXTS), fitted.transform(TEXTS))


# Those of scikit-learn's checks that don't feed it a matrix of numbers.
CHECKS = [
    estimator_checks.check_estimator_cloneable,
    estimator_checks.check_estimator_repr,
    estimator_checks.check_estimator_tags_renamed,
    estimator_checks.check_valid_tag_types,
    estimator_checks.check_no_attributes_set_in_init,
    estimator_checks.check_parameters_default_constructible,
    estimator_checks.check_get_params_invariance,
    estimator_checks.check_set_params,
    estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_passes_the_checks_that_apply(check: Any) -> None:
    check("VerbatimFeatures", VerbatimFeatures())


def test_check_estimator_sees_by_its_tags_that_it_takes_texts() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        estimator_checks.check_estimator(VerbatimFeatures())
    assert {warning.category for warning in caught} == {SkipTestWarning}
