"""A scikit-learn classifier of texts: what tells the drivers of an own taxonomy apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d

from verbatim.errors import InputError
from verbatim.taxonomy.head import fit_head
from verbatim.vectors import space


class DriverClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tell texts apart with a handful of examples a class, by the vectors of their words.

    It is the classifier that a `Taxonomy` uses for drivers of its own, with scikit-learn's
    conventions; `verbatim.taxonomy.head` says how it works. It has no random part.

    Parameters
    ----------
    descriptions : mapping of class to sequence of str, optional
        Texts that say what a class is about. With them a class needs no example at all, and
        `fit([], [])` is enough.

    Attributes
    ----------
    classes_ : array of shape (n_classes,)
        Sorted.
    threshold_ : float
        Least probability with which a taxonomy assigns a text, learnt by cross-validation if two
        classes have 8 examples or more; `predict` doesn't abstain.
    head_ : Head
        The fitted weights.

    Examples
    --------
    >>> texts = ["slow wifi", "no signal", "cold soup", "tasty bread"]
    >>> classifier = DriverClassifier().fit(texts, ["internet", "internet", "food", "food"])
    >>> classifier.predict(["the connection drops", "stale cake"]).tolist()
    ['internet', 'food']
    """

    def __init__(self, *, descriptions: Mapping[Any, Sequence[str]] | None = None) -> None:
        self.descriptions = descriptions

    def fit(self, X: Any, y: Any) -> DriverClassifier:
        """Learn from texts `X` of shape (n,) and their classes `y`.

        Raises
        ------
        InputError
            `X` isn't a list of texts, or there are not two classes.
        """
        texts, labels = _texts(X), column_or_1d(y)
        if len(texts) != len(labels):
            raise InputError(f"X has {len(texts)} texts and y {len(labels)} classes")
        if texts:
            check_classification_targets(labels)
        told = [(c, t) for c, group in (self.descriptions or {}).items() for t in group]
        named = np.array([c for c, _ in told], dtype=None if told else labels.dtype)
        every = np.concatenate([named, labels]) if len(labels) else named
        self.classes_, numbers = np.unique(every, return_inverse=True)
        if len(self.classes_) < 2:
            raise InputError(f"y has the classes {self.classes_.tolist()}; two are needed")
        vectors = space().phrases([*(text for _, text in told), *texts])
        is_example = np.arange(len(every)) >= len(told)
        self.head_ = fit_head(vectors, numbers, is_example, len(self.classes_))
        self.threshold_ = self.head_.likely
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Probabilities of shape (n, n_classes), in the order of `classes_`."""
        check_is_fitted(self)
        return self.head_.chances(space().phrases(_texts(X)))

    def predict(self, X: Any) -> NDArray[Any]:
        """Likeliest class of each text, shape (n,)."""
        chances = self.predict_proba(X)
        likeliest: NDArray[Any] = self.classes_[chances.argmax(axis=1)]
        return likeliest

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags


def _texts(X: Any) -> list[str]:
    if isinstance(X, str):
        raise InputError(f"X is the text {X!r}; give a list of texts")
    texts = list(X)
    for text in texts:
        if not isinstance(text, str):
            raise InputError(f"X holds {text!r}; give a list of texts")
    return texts
