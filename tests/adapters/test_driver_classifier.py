"""The classifier keeps scikit-learn's conventions and is the one that taxonomies use."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.model_selection import cross_val_score
from sklearn.utils import estimator_checks

from tests.taxonomy.made import DRIVERS, labelled, taxonomy
from verbatim import InputError
from verbatim.adapters.sklearn import DriverClassifier
from verbatim.taxonomy.likeness import lessons

TEXTS = [text for text, _ in labelled(12)]
LABELS = [str(driver) for _, driver in labelled(12)]

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
    check("DriverClassifier", DriverClassifier())


def test_check_estimator_sees_by_its_tags_that_it_takes_texts() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        estimator_checks.check_estimator(DriverClassifier())
    assert {warning.category for warning in caught} == {SkipTestWarning}


def test_it_learns_and_is_cross_validated() -> None:
    assert cross_val_score(DriverClassifier(), TEXTS, LABELS, cv=3).mean() > 0.9


def test_probabilities_are_of_the_classes_in_order() -> None:
    fitted = DriverClassifier().fit(pd.Series(TEXTS), pd.Series(LABELS))
    chances = fitted.predict_proba(TEXTS)
    assert fitted.classes_.tolist() == sorted(DRIVERS)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert fitted.predict(TEXTS).tolist() == fitted.classes_[chances.argmax(axis=1)].tolist()
    assert 0 < fitted.threshold_ < 1


def test_classes_keep_their_type() -> None:
    fitted = DriverClassifier().fit(TEXTS, [len(label) for label in LABELS])
    assert fitted.classes_.dtype.kind == "i"


def test_descriptions_need_no_example_and_give_what_the_taxonomy_gives() -> None:
    own = taxonomy()
    told = {driver.id: [lesson.text for lesson in lessons(driver)] for driver in own}
    fitted = clone(DriverClassifier(descriptions=told)).fit([], [])
    sure = [
        (text, driver) for text, driver in zip(TEXTS, own.classify(TEXTS), strict=True) if driver
    ]
    assert len(sure) > len(TEXTS) / 2
    assert fitted.predict([text for text, _ in sure]).tolist() == [driver for _, driver in sure]


@pytest.mark.parametrize(
    ("X", "y", "said"),
    [
        (["a", None], ["x", "y"], "X holds None"),
        ("text", ["x"], "give a list of texts"),
        (
            pd.DataFrame({"text": ["a"], "note": ["b"]}),
            ["x", "y"],
            "X is a DataFrame; give one column",
        ),
        (["a"], ["x", "y"], "1 texts and y 2"),
        (["a", "b"], ["x", "x"], "two are needed"),
    ],
)
def test_what_cannot_be_learnt_is_refused(X: Any, y: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        DriverClassifier().fit(X, y)


def test_it_must_be_fitted() -> None:
    with pytest.raises(NotFittedError):
        DriverClassifier().predict(TEXTS)


@pytest.mark.parametrize("told", ["internet connection", 3, [None], None])
def test_what_describes_a_class_is_a_list_of_texts(told: Any) -> None:
    classifier = DriverClassifier(descriptions={"i": told, "f": ["food"]})
    with pytest.raises(InputError, match=r"descriptions\['i'\] .*; give a list of texts"):
        classifier.fit([], [])


@pytest.mark.parametrize(
    ("classes", "y"), [([1, 2], ["1", "2"]), (["1", "2"], [1, 2]), ([1, "2"], [])]
)
def test_classes_of_two_kinds_are_refused(classes: list[Any], y: list[Any]) -> None:
    told = dict(zip(classes, (["wifi"], ["food"]), strict=True))
    with pytest.raises(InputError, match=r"the classes '.' and . are of two kinds"):
        DriverClassifier(descriptions=told).fit(["slow wifi", "cold soup"][: len(y)], y)


def test_classes_of_descriptions_keep_their_type() -> None:
    fitted = DriverClassifier(descriptions={1: ["wifi"], 2: ["food"]}).fit(["cold soup"], [2])
    assert fitted.classes_.tolist() == [1, 2]
