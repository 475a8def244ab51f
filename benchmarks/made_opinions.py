"""Analyses made from opinions, without an engine in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.schema import TABLES
from verbatim.tables import make_table

LABELS = {1: "positive", -1: "negative", 0: "neutral"}


def analysis_of(opinions: pd.DataFrame, texts: Sequence[str]) -> Analysis:
    """Make the analysis of reviews of one sentence each.

    Parameters
    ----------
    opinions : DataFrame
        ``review`` (row of the text), ``driver``, ``sign``, ``target``, ``assessment``.
    texts : sequence of str
    """
    n = len(opinions)
    review = opinions["review"].to_numpy()
    length = np.array([len(text) for text in texts], dtype=np.int64)
    tables = {
        "verbatims": _table(
            "verbatims",
            len(texts),
            id=np.arange(len(texts)),
            text=list(texts),
            status="ok",
            n_sentences=1,
            n_opinions=np.bincount(review, minlength=len(texts)),
            label="none",
        ),
        "sentences": _table(
            "sentences",
            len(texts),
            id=np.arange(len(texts)),
            sentence=0,
            start=0,
            end=length,
            label="none",
        ),
        "opinions": _table(
            "opinions",
            n,
            id=review,
            sentence=0,
            driver=opinions["driver"],
            universal="overall",
            sentiment=opinions["sign"].to_numpy(dtype=np.float64),
            label=opinions["sign"].map(LABELS),
            strength=opinions["sign"],
            confidence=1.0,
            target=opinions["target"],
            assessment=opinions["assessment"],
            evidence_start=0,
            evidence_end=length[review],
        ),
    }
    meta = {"engine": {"name": "made", "version": "1"}, "taxonomy": {"name": "made"}}
    return Analysis(tables, {**meta, "id": "position", "schema_version": 1})


def _table(name: str, n: int, **columns: Any) -> pd.DataFrame:
    return make_table(name, {c.name: _column(columns, c.name, c.dtype, n) for c in TABLES[name]})


def _column(columns: Mapping[str, Any], name: str, dtype: str, n: int) -> Any:
    empty = {"bool": False, "int64": 0}.get(dtype)
    value = columns.get(name, empty)
    if value is None or np.isscalar(value):
        return pd.Series([value] * n, dtype=dtype if dtype != "id" else "int64").array
    return list(value) if not isinstance(value, pd.Series) else value.array
