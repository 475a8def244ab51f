"""Phrases that customers use and that a driver of the taxonomy might take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.errors import OptionError
from verbatim.taxonomy.phrases import fold, parse

if TYPE_CHECKING:
    from verbatim.analysis import Analysis
    from verbatim.taxonomy.model import Taxonomy

MOST_WORDS = 4
"""Words of a phrase that is suggested: longer ones come again too seldom."""
LEADS = frozenset(
    "a an the this that these those our my your his her their its some any no".split()
)
COLUMNS = ("phrase", "kind", "nearness", "n_reviews", "quote")


def suggest(taxonomy: Taxonomy, analysis: Analysis, driver: str, n: int) -> pd.DataFrame:
    """Suggest phrases; the parameters are those of `Taxonomy.suggest`."""
    taxonomy[driver]
    if not isinstance(n, int) or isinstance(n, bool) or n < 1:
        raise OptionError(f"n={n!r}; give a positive number")
    said = _said(analysis.opinions, analysis.sentences, analysis.verbatims)
    known = {key for one in taxonomy for phrase, _ in one.phrases() for key in parse(phrase).parts}
    said = said[_mask(tuple(phrase.split(" ")) not in known for phrase in said["phrase"])]
    counted = said.groupby(["phrase", "kind"], sort=True)
    found = counted.agg(n_reviews=("id", "nunique"), quote=("quote", "min")).reset_index()
    found["nearness"] = taxonomy.nearness(found["phrase"].tolist(), driver)
    found = found[found["nearness"] > 0]
    order = ["n_reviews", "nearness", "phrase"]
    found = found.sort_values(order, ascending=[False, False, True])
    found = found[_mask(_new(found["phrase"], n))].round({"nearness": 3})
    return found[list(COLUMNS)].reset_index(drop=True)


def _new(phrases: Iterable[str], n: int) -> list[bool]:
    """Which n phrases to take: none that holds one taken before, which finds it anyway."""
    taken: list[str] = []
    marks = []
    for phrase in phrases:
        padded = f" {phrase} "
        marks.append(len(taken) < n and not any(one in padded for one in taken))
        if marks[-1]:
            taken.append(padded)
    return marks


def _said(opinions: pd.DataFrame, sentences: pd.DataFrame, verbatims: pd.DataFrame) -> pd.DataFrame:
    """Targets and assessments, a row each: review, phrase, kind, and the sentence it stands in."""
    rows = opinions.merge(sentences[["id", "sentence", "start", "end"]], on=["id", "sentence"])
    rows = rows.merge(verbatims[["id", "text"]], on="id")
    rows["quote"] = [
        text[start:end]
        for text, start, end in zip(rows["text"], rows["start"], rows["end"], strict=True)
    ]
    parts = [_phrases(rows, kind) for kind in ("target", "assessment")]
    return pd.concat(parts, ignore_index=True)


def _phrases(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    named = rows[rows[kind].notna()]
    bare = {text: _bare(fold(text)) for text in named[kind].unique()}
    words = [bare[text] for text in named[kind]]
    table = named[["id", "quote"]].assign(phrase=list(map(" ".join, words)), kind=kind)
    return table[_mask(0 < len(phrase) <= MOST_WORDS for phrase in words)]


def _mask(marks: Iterable[bool]) -> NDArray[np.bool_]:
    """An array even where there is no row: an empty list would choose no column."""
    return np.array(list(marks), np.bool_)


def _bare(words: Iterable[str]) -> list[str]:
    """Words without articles and the like in front."""
    kept = list(words)
    while kept and kept[0] in LEADS:
        kept.pop(0)
    return kept
