"""Phrases that customers use and that a driver of the taxonomy might take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.errors import InputError, OptionError
from verbatim.taxonomy.phrases import Kind, fold, inflect, parse

if TYPE_CHECKING:
    from verbatim.analysis import Analysis
    from verbatim.taxonomy.model import Taxonomy

MOST_WORDS = 4
"""Words of a phrase that is suggested: longer ones come again too seldom."""
LEADS = frozenset(
    "a an the this that these those our my your his her their its some any no".split()
)
_APART = re.compile(r" (n't\b|')")
"""Where `fold` cuts within a word."""
COLUMNS = ("phrase", "kind", "nearness", "n_reviews", "quote")


def suggest(taxonomy: Taxonomy, analysis: Analysis, driver: str, n: int) -> pd.DataFrame:
    """Suggest phrases; the parameters are those of `Taxonomy.suggest`."""
    taxonomy[driver]
    n = _positive(n)
    if not hasattr(analysis, "opinions"):
        kind = type(analysis).__name__
        raise InputError(f"analysis is a {kind}; give what verbatim.analyze returns")
    said = _said(analysis.opinions, analysis.sentences, analysis.verbatims)
    phrases = (phrase for one in taxonomy for phrase, _ in one.phrases())
    known = {form for phrase in phrases for part in parse(phrase).parts for form in _forms(part)}
    said = said[_mask(fold(phrase) not in known for phrase in said["phrase"])]
    counted = said.groupby(["phrase", "kind"], sort=True)
    found = counted.agg(n_reviews=("id", "nunique"), quote=("quote", "min")).reset_index()
    found["nearness"] = taxonomy.nearness(found["phrase"].tolist(), driver)
    found = found[found["nearness"] > 0]
    order = ["n_reviews", "nearness", "phrase"]
    found = found.sort_values(order, ascending=[False, False, True])
    found = found[_mask(_new(found["phrase"], n))].round({"nearness": 3})
    return found[list(COLUMNS)].reset_index(drop=True)


def _new(phrases: Iterable[str], n: int) -> list[bool]:
    """Which n phrases to take: none that holds a form of one taken, which finds it anyway."""
    taken: list[str] = []
    marks: list[bool] = []
    for phrase in phrases:
        words = fold(phrase)
        padded = f" {' '.join(words)} "
        marks.append(sum(marks) < n and not any(one in padded for one in taken))
        if marks[-1]:
            taken += [f" {' '.join(form)} " for form in _forms(words)]
    return marks


def _forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Forms in which a phrase of a document is found, as a noun and as a verb."""
    kinds: tuple[Kind, ...] = ("target", "positive")
    return {form for kind in kinds for form in inflect(words, kind)}


def _positive(n: object) -> int:
    try:
        number = index(n)  # type: ignore[arg-type]
    except TypeError:
        number = 0
    if isinstance(n, bool) or number < 1:
        raise OptionError(f"n={n!r}; give a positive number")
    return number


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
    table = named[["id", "quote"]].assign(phrase=list(map(_written, words)), kind=kind)
    return table[_mask(0 < len(phrase) <= MOST_WORDS for phrase in words)]


def _written(words: Iterable[str]) -> str:
    """Words as people write them: the parts of "couldn't" together.

    Examples
    --------
    >>> _written(["could", "n't", "sleep"]), _written(["guests", "'", "lounge"])
    ("couldn't sleep", "guests' lounge")
    """
    return _APART.sub(r"\1", " ".join(words))


def _mask(marks: Iterable[bool]) -> NDArray[np.bool_]:
    """An array even where there is no row: an empty list would choose no column."""
    return np.array(list(marks), np.bool_)


def _bare(words: Iterable[str]) -> list[str]:
    """Words without articles and the like in front."""
    kept = list(words)
    while kept and kept[0] in LEADS:
        kept.pop(0)
    return kept
