"""Count reviews that say alike things, so that many are scored without bringing them together.

The scores of drivers depend on a review through what it says of which driver and how it feels about
that, not through its words. So a review is reduced to its *kind*, a short text that holds just
that; kinds can be counted anywhere, by any group-by; and from the kinds and their counts an
analysis is laid out again that has the same scores, computed by the same code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.labels import EMOTIONS, READ
from verbatim.schema import ID, TABLES
from verbatim.tables import make_table

UNREAD = ""
"""Kind of a verbatim that was not read."""

_OPINION = ("driver", "subdriver", "label", "sentiment", "emotion", "intensity")
_ZERO = {"id": 0, "str": "none", "int64": 0, "Int64": 0, "float64": 0.0, "bool": False}


def kinds(analysis: Analysis) -> list[str]:
    """Kind of each verbatim: its opinions, in an order that the text doesn't change, as JSON.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["Spotless rooms!", "The room is spotless.", "We came by train.", ""]
    >>> one, two, *others = kinds(verbatim.analyze(texts, engine="lexicon"))
    >>> one == two, others
    (True, ['[]', ''])
    >>> one
    '[["cleanliness", "rooms", "positive", 0.7809, null, null]]'
    """
    said: list[list[str]] = [[] for _ in range(len(analysis))]
    place = {key: i for i, key in enumerate(analysis.tables["verbatims"][ID])}
    opinions = analysis.opinions.assign(intensity=_intensities(analysis))
    columns = [
        opinions[name].astype(object).where(opinions[name].notna(), None) for name in _OPINION
    ]
    for key, *opinion in zip(opinions[ID], *columns, strict=True):
        said[place[key]].append(json.dumps(opinion))
    read = analysis.tables["verbatims"]["status"].isin(READ)
    return [
        f"[{', '.join(sorted(each))}]" if is_read else UNREAD
        for each, is_read in zip(said, read, strict=True)
    ]


def _intensities(analysis: Analysis) -> pd.Series[Any]:
    """Intensity of each opinion's emotion in its sentence, NA where there is none."""
    columns = {f"emotion_{name}": name for name in EMOTIONS}
    sentences = analysis.sentences[[ID, "sentence", *columns]].rename(columns=columns)
    felt = sentences.melt([ID, "sentence"], var_name="emotion", value_name="intensity").dropna()
    found = analysis.opinions[[ID, "sentence", "emotion"]].merge(felt, how="left")
    return found["intensity"]


def lay_out(
    said: pd.Series[Any], times: pd.Series[Any], own: pd.DataFrame, meta: Mapping[str, Any]
) -> Analysis:
    """Lay out an analysis with so many reviews of each kind.

    It has no texts, and of each opinion only what a kind holds: it is there to be scored without
    quotes.

    Parameters
    ----------
    said, times : Series of shape (n,)
        Kinds, and how many reviews there are of each.
    own : DataFrame of n rows
        What else they were counted by, such as a group; it becomes columns of the verbatims.
    meta : mapping
        As of the analyses from which the kinds come.

    Examples
    --------
    >>> import verbatim
    >>> analysis = verbatim.analyze(["Lovely staff", "Dirty room"], engine="lexicon")
    >>> said = pd.Series(kinds(analysis))
    >>> many = lay_out(said, pd.Series([300, 100]), pd.DataFrame(index=said.index), analysis.meta)
    >>> float(many.drivers(n_quotes=0).driver("staff")["share"])
    0.75
    """
    code, texts = pd.factorize(said)
    repeated = np.repeat(np.arange(len(said)), times.to_numpy(dtype=np.int64))
    verbatims = pd.DataFrame({ID: np.arange(len(repeated)), "code": code[repeated]})
    verbatims["status"] = np.where(texts == UNREAD, "empty", "ok")[verbatims["code"]]
    opinions = _opinions(texts).merge(verbatims[[ID, "code"]], on="code")
    tables = {
        "verbatims": _table("verbatims", verbatims, own.iloc[repeated]),
        "sentences": _table("sentences", _sentences(opinions)),
        "opinions": _table("opinions", opinions),
    }
    return Analysis(tables, {**meta, "id": "position"})


def _opinions(texts: pd.Index[Any]) -> pd.DataFrame:
    """Opinions of each kind, each in a sentence of its own."""
    said = [json.loads(text or "[]") for text in texts]
    rows = [
        (code, sentence, *opinion)
        for code, each in enumerate(said)
        for sentence, opinion in enumerate(each)
    ]
    table = pd.DataFrame(rows, columns=["code", "sentence", *_OPINION])
    return table.astype({"code": np.int64, "sentence": np.int64})


def _sentences(opinions: pd.DataFrame) -> pd.DataFrame:
    """Sentences in which an emotion is felt."""
    felt = opinions[opinions["emotion"].notna()].reset_index(drop=True)
    intensities = {
        f"emotion_{name}": felt["intensity"].where(felt["emotion"] == name) for name in EMOTIONS
    }
    return felt[[ID, "sentence"]].assign(**intensities)


def _table(name: str, known: pd.DataFrame, own: pd.DataFrame | None = None) -> pd.DataFrame:
    """Fill up what a table of the schema has beside the columns that are known."""
    blank = {c.name: None if c.nullable else _ZERO[c.dtype] for c in TABLES[name]}
    columns = {
        key: known[key] if key in known else np.full(len(known), value)
        for key, value in blank.items()
    }
    return make_table(name, columns, own)
