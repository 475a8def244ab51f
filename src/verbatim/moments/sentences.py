"""The sentences of an analysis: where they stand, and what the engine says of them.

A rule asks for these signs of a sentence:

=========== ======================================================================
positive    its label is positive
bad         its label is negative
negative    its label is negative or mixed
undecided   its label is none, neutral or mixed
anger       anger, or frustration or disgust of intensity 2 or more
fury        anger of intensity 2 or more
fear        anxiety
upset       anger here or in a sentence beside it, also in words of anger
delight     praise with gratitude or surprise, or with joy or admiration of
            intensity 2 or more, here or beside it, also in words of delight
thrilled    praise with surprise, or with joy, gratitude or admiration of
            intensity 2 or more
churn       an intent to leave, or to warn others
leaving     blame with an intent to leave
unsafe      a strongly negative opinion about safety, of confidence .6 or more
unsolved    a problem was raised and not put right
proactive   the company acted unasked
=========== ======================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.schema import ID

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

SURE = 0.6
"""Confidence from which an opinion about safety counts."""


@dataclass(frozen=True, eq=False, slots=True)
class Sentences:
    """All sentences of an analysis, verbatim by verbatim.

    Attributes
    ----------
    table : DataFrame
        The sentences, in the order of `verbatim`.
    texts : object array of shape (n_verbatims,)
    verbatim : int64 array of shape (n_sentences,)
        Position of the verbatim, rising.
    first : int64 array of shape (n_verbatims + 1,)
        Row of the first sentence of each verbatim, and the number of all.
    starts, ends : int64 array of shape (n_sentences,)
        Offsets in the original text.
    signs : mapping of str to bool array of shape (n_sentences,)
    """

    table: pd.DataFrame
    texts: NDArray[np.object_]
    verbatim: Ints
    first: Ints
    starts: Ints
    ends: Ints
    signs: Mapping[str, Bools]

    def rows_of(self, verbatim: int) -> range:
        """Rows of the sentences of a verbatim."""
        return range(int(self.first[verbatim]), int(self.first[verbatim + 1]))

    def beside(self, row: int) -> slice:
        """The sentence in `row`, the one before it and the one behind."""
        own = self.rows_of(int(self.verbatim[row]))
        return slice(max(row - 1, own.start), min(row + 2, own.stop))

    def text(self, row: int) -> str:
        """Words of the sentence in `row`."""
        return self._between(row, row)

    def text_beside(self, row: int) -> str:
        """Words of the sentence in `row` and of those beside it."""
        rows = self.beside(row)
        return self._between(rows.start, rows.stop - 1)

    def following(self, row: int) -> str:
        """Words of the next sentence of the verbatim, if there is one."""
        last = self.beside(row).stop - 1
        return self.text(last) if last > row else ""

    def _between(self, first: int, last: int) -> str:
        text: str = self.texts[self.verbatim[first]]
        return text[self.starts[first] : self.ends[last]]


def read_sentences(analysis: Analysis) -> Sentences:
    """Take the sentences of an analysis."""
    verbatims, table = analysis.verbatims, analysis.sentences
    verbatim = pd.Index(verbatims[ID]).get_indexer(table[ID]).astype(np.int64)
    if (np.diff(verbatim) < 0).any():
        order = np.lexsort((table["start"], verbatim))
        verbatim, table = verbatim[order], table.iloc[order].reset_index(drop=True)
    first = np.searchsorted(verbatim, np.arange(len(verbatims) + 1)).astype(np.int64)
    unsafe = np.zeros(len(table), dtype=bool)
    unsafe[_unsafe_rows(analysis, first)] = True
    return Sentences(
        table=table,
        texts=verbatims["text"].to_numpy(dtype=object),
        verbatim=verbatim,
        first=first,
        starts=table["start"].to_numpy(dtype=np.int64),
        ends=table["end"].to_numpy(dtype=np.int64),
        signs=_signs(table) | {"unsafe": unsafe},
    )


def _unsafe_rows(analysis: Analysis, first: Ints) -> Ints:
    """Rows of the sentences that blame the safety of something; they count from 0 in a verbatim."""
    opinions = analysis.opinions
    blames = (opinions["universal"] == "safety") & (opinions["strength"] <= -2)
    blaming = opinions[blames & (opinions["confidence"] >= SURE)]
    verbatim = pd.Index(analysis.verbatims[ID]).get_indexer(blaming[ID])
    return np.asarray(first[verbatim] + blaming["sentence"].to_numpy(dtype=np.int64))


def _signs(table: pd.DataFrame) -> dict[str, Bools]:
    label = table["label"]
    positive = np.asarray(label == "positive")
    anger = _felt(table, "anger")
    strong = (_felt(table, "joy") >= 2) | (_felt(table, "admiration") >= 2)
    grateful, surprised = _felt(table, "gratitude"), _felt(table, "surprise") >= 1
    return {
        "positive": positive,
        "bad": np.asarray(label == "negative"),
        "negative": np.asarray(label.isin(["negative", "mixed"])),
        "undecided": np.asarray(label.isin(["none", "neutral", "mixed"])),
        "anger": (anger >= 1) | (_felt(table, "frustration") >= 2) | (_felt(table, "disgust") >= 2),
        "fury": anger >= 2,
        "fear": _felt(table, "anxiety") >= 1,
        "upset": anger >= 1,
        "delight": positive & (strong | (grateful >= 1) | surprised),
        "thrilled": positive & (strong | (grateful >= 2) | surprised),
        "leaving": np.asarray(label == "negative") & table["intent_churn"].to_numpy(dtype=bool),
        "churn": np.asarray(table["intent_churn"] | table["intent_warn"], dtype=bool),
        "unsolved": _is(table, "resolution", "unsolved"),
        "proactive": _is(table, "interaction", "proactive"),
    }


def _felt(table: pd.DataFrame, emotion: str) -> NDArray[np.int8]:
    return table[f"emotion_{emotion}"].to_numpy(dtype=np.int8, na_value=0)


def _is(table: pd.DataFrame, column: str, value: str) -> Bools:
    return np.asarray((table[column] == value).fillna(False), dtype=bool)
