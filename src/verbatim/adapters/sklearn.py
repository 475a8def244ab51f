"""For scikit-learn (``pip install "verbatim-cx[sklearn]"``): features, and a text classifier.

`VerbatimFeatures` turns verbatims into features, `DriverClassifier` texts into labels of your own.

The features of a verbatim, float64 and never NaN, so that any estimator takes them:

``read``
    1 if it was read; 0 if it is empty, not text or not English, and then all others are 0 too.
``judged``, ``sentiment``
    1 if anything in it is judged; and how, from -1 to 1, which is 0 where `judged` is 0.
``emotion_<emotion>``
    Strongest intensity in any of its sentences: 0 not felt, 1 mild, 2 clear, 3 strong.
``driver_<driver>_<label>``
    How many of its opinions are of this driver and positive, negative or neutral.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from verbatim.adapters.driver_classifier import DriverClassifier
from verbatim.analysis import Analysis
from verbatim.analyzer import Analyzer
from verbatim.errors import InputError
from verbatim.labels import EMOTIONS, READ, SENTIMENT_LABELS
from verbatim.schema import ID
from verbatim.taxonomy import Taxonomy

__all__ = ["DriverClassifier", "VerbatimFeatures"]

_WHOLE = ("read", "judged", "sentiment")
_LABELS = SENTIMENT_LABELS[:3]


class VerbatimFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn verbatims into driver, sentiment and emotion features.

    Nothing is learnt from the data: `fit` loads the engine, which making, cloning and setting
    parameters don't. The features are listed in `verbatim.adapters.sklearn`.

    Parameters
    ----------
    taxonomy : str, Path, mapping or Taxonomy, default "general"
        As in `verbatim.analyze`; its drivers make the driver features.
    engine : str, default "neural"
        Which engine reads the sentences.
    n_jobs : int, default 1
        Processes that read; -1 takes every core. The features are the same for any number.
    question : {"improve", "like"}, optional
        What the texts answer, as in `verbatim.analyze`.

    Attributes
    ----------
    analyzer_ : Analyzer
        What reads the verbatims.

    Examples
    --------
    >>> features = VerbatimFeatures(engine="lexicon").set_output(transform="pandas")
    >>> table = features.fit_transform(["Lovely staff", "Dirty room, rude staff", None])
    >>> table[["read", "driver_staff_positive", "driver_staff_negative"]].values.tolist()
    [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """

    def __init__(
        self,
        *,
        taxonomy: str | Path | Mapping[str, Any] | Taxonomy = "general",
        engine: str = "neural",
        n_jobs: int = 1,
        question: str | None = None,
    ) -> None:
        self.taxonomy = taxonomy
        self.engine = engine
        self.n_jobs = n_jobs
        self.question = question

    def fit(self, X: Any, y: object = None) -> VerbatimFeatures:
        """Load the engine and the taxonomy; `X` is only checked, `y` ignored.

        Raises
        ------
        InputError
            `X` isn't one column of texts.
        OptionError, TaxonomyError
            A parameter has a value that is not allowed.
        """
        _one_column(X)
        self.analyzer_ = Analyzer(
            taxonomy=self.taxonomy,
            engine=self.engine,
            n_jobs=self.n_jobs,
            question=self.question,
        )
        return self

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Read the verbatims.

        Parameters
        ----------
        X : iterable of str, Series, or DataFrame or array of one column
            The verbatims. A row that is missing or not text is kept, and has `read` 0.

        Returns
        -------
        float64 array of shape (n_verbatims, n_features)
            Or what `set_output` asks for.

        Raises
        ------
        InputError
            `X` isn't one column of texts.
        """
        check_is_fitted(self)
        return _features(self.analyzer_.analyze(_one_column(X)), self.analyzer_.taxonomy)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Names of the features, in order; `input_features` is ignored."""
        check_is_fitted(self)
        return np.array(_names(self.analyzer_.taxonomy), dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        # What is two-dimensional may be one column of texts only, never a matrix of numbers.
        tags.input_tags.two_d_array = False
        tags.input_tags.allow_nan = True
        return tags


def _one_column(X: Any) -> Any:
    """Take the texts out of a table of one column, as `ColumnTransformer` hands over."""
    shape: tuple[int, ...] = getattr(X, "shape", (0,))
    if len(shape) == 1:
        return list(X) if isinstance(X, pd.Series) else X
    if len(shape) != 2 or shape[1] != 1:
        raise InputError(
            f"X has the shape {tuple(shape)}; VerbatimFeatures reads one column of texts. Choose "
            "it with ColumnTransformer([('text', VerbatimFeatures(), 'column')])"
        )
    return list(X.iloc[:, 0] if isinstance(X, pd.DataFrame) else np.asarray(X)[:, 0])


def _names(taxonomy: Taxonomy) -> list[str]:
    emotions = [f"emotion_{name}" for name in EMOTIONS]
    drivers = [f"driver_{driver}_{label}" for driver in taxonomy.ids for label in _LABELS]
    return [*_WHOLE, *emotions, *drivers]


def _features(analysis: Analysis, taxonomy: Taxonomy) -> NDArray[np.float64]:
    """Features in the order of `_names`; the analysis' ids are row positions."""
    verbatims, sentences, opinions = analysis.verbatims, analysis.sentences, analysis.opinions
    whole = np.zeros((len(analysis), len(_WHOLE)))
    whole[:, 0] = verbatims["status"].isin(READ)
    whole[:, 1] = verbatims["sentiment"].notna()
    whole[:, 2] = verbatims["sentiment"].fillna(0)
    emotions = np.zeros((len(analysis), len(EMOTIONS)))
    felt = sentences[[f"emotion_{name}" for name in EMOTIONS]]
    np.maximum.at(emotions, sentences[ID].to_numpy(), felt.to_numpy(np.float64, na_value=0))
    counts = np.zeros((len(analysis), len(taxonomy) * len(_LABELS)))
    driver = pd.Index(taxonomy.ids).get_indexer(pd.Index(opinions["driver"]))
    label = pd.Index(_LABELS).get_indexer(pd.Index(opinions["label"]))
    has = driver >= 0
    column = driver[has] * len(_LABELS) + label[has]
    np.add.at(counts, (opinions[ID].to_numpy()[has], column), 1)
    return np.hstack([whole, emotions, counts])
