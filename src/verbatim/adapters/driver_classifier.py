"""A scikit-learn classifier of texts: what tells the drivers of an own taxonomy apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d

from verbatim.errors import InputError
from verbatim.taxonomy.head import fit_head
from verbatim.taxonomy.texts import as_texts
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
            `X`, or what describes a class, isn't a list of texts; the classes are not two, or some
            are texts and others not.
        """
        texts, labels = as_texts(X, "X"), column_or_1d(y)
        if len(texts) != len(labels):
            raise InputError(f"X has {len(texts)} texts and y {len(labels)} classes")
        if texts:
            check_classification_targets(labels)
        described = (self.descriptions or {}).items()
        told = [(c, t) for c, group in described for t in as_texts(group, f"descriptions[{c!r}]")]
        _check_kind([*(c for c, _ in told), *labels.tolist()])
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
        return self.head_.chances(space().phrases(as_texts(X, "X")))

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


def _check_kind(classes: Iterable[object]) -> None:
    """Numbers beside texts would become texts, and 1 the same class as "1"."""
    kinds = {isinstance(one, str): one for one in classes}
    if len(kinds) > 1:
        raise InputError(
            f"the classes {kinds[True]!r} and {kinds[False]!r} are of two kinds; give texts alone, "
            "or numbers alone, in `descriptions` and y"
        )
