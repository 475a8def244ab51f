"""What the opinions of an analysis say, as counted phrases: all that discovery reads of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.discover.phrases import ASSESSMENT, TARGET, fold
from verbatim.drivers.columns import OVERALL
from verbatim.schema import ID
from verbatim.weights.columns import was_read

Ints = NDArray[np.int64]

SIDES = ("positive", "negative", "neutral")

_COLUMNS = [ID, "driver", "label", "target", "target_start", "assessment", "assessment_end"]
_EVIDENCE = [*_COLUMNS, "evidence_start", "evidence_end"]
KEY = ["driver", "target", "assessment"]


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """The n opinions of the reviews that were read.

    Attributes
    ----------
    phrases : DataFrame of m rows
        Every combination of ``driver``, ``target`` and ``assessment``, the latter two folded ("" if
        there is none), sorted; how they are written most, ``target_form`` and ``assessment_form``;
        and ``before``, the opinions whose assessment stands right before its target.
    phrase, review, side : int64 arrays of shape (n,)
        Row in `phrases`, number of the review, and index into `SIDES`.
    n_read : int
        Reviews that were read.
    """

    phrases: pd.DataFrame
    phrase: Ints
    review: Ints
    side: Ints
    n_read: int

    def reviews_of(self, codes: Ints, size: int) -> Ints:
        """Reviews that hold each of `size` codes, given one code per opinion, -1 for none."""
        held = codes >= 0
        pairs = np.unique(codes[held] * (int(self.review.max(initial=0)) + 1) + self.review[held])
        of = pairs // (int(self.review.max(initial=0)) + 1)
        return np.bincount(of, minlength=size).astype(np.int64)


def said(analysis: Analysis) -> Said:
    """Gather what the opinions of all reviews that were read say; their order changes nothing."""
    read = was_read(analysis)
    rows = folded_opinions(analysis)
    row = rows["review"].to_numpy(dtype=np.int64)
    rows = rows[(row >= 0) & read[row] if len(row) else row >= 0]
    grouped = rows.groupby(KEY, sort=True)
    phrases = grouped["before"].sum().reset_index()
    for column in ("target", "assessment"):
        forms = _most_written(rows[column], rows[f"{column}_form"])
        phrases[f"{column}_form"] = phrases[column].map(forms).astype("str").fillna("")
    return Said(
        phrases=phrases,
        phrase=np.asarray(grouped.ngroup(), dtype=np.int64),
        review=rows["review"].to_numpy(dtype=np.int64),
        side=pd.Index(SIDES).get_indexer(pd.Index(rows["label"])).astype(np.int64),
        n_read=int(read.sum()),
    )


def folded_opinions(analysis: Analysis) -> pd.DataFrame:
    """Every opinion as discovery reads it, in the order of the table: one row each.

    ``driver``, ``label``, ``target`` and ``assessment``, folded, with ``_form`` as written;
    ``before``; and ``review``, the row of its verbatim.
    """
    rows = pd.concat(list(_blocks(analysis)), ignore_index=True)
    for column, empty in (("target", TARGET), ("assessment", ASSESSMENT)):
        rows[column], rows[f"{column}_form"] = _folded(rows[column], empty)
    return rows


def driver_of(drivers: pd.Series[Any]) -> pd.Series[Any]:
    """Driver under which each opinion is clustered: those without one go to `OVERALL`."""
    return drivers.astype("str").fillna(OVERALL)


def _blocks(analysis: Analysis) -> Iterator[pd.DataFrame]:
    first = 0
    for block in analysis.blocks():
        verbatims = block.select("verbatims", [ID, "text"])
        rows = block.select("opinions", _EVIDENCE)
        row = pd.Index(verbatims[ID]).get_indexer(rows[ID]).astype(np.int64)
        review = np.where(row >= 0, first + row, -1)
        yield _with_evidence(rows, review, verbatims["text"].to_numpy(dtype=object)[row])
        first += len(verbatims)


def _with_evidence(rows: pd.DataFrame, review: Ints, texts: NDArray[Any]) -> pd.DataFrame:
    """What has neither target nor assessment is judged by its evidence."""
    gap = rows["target_start"] - rows["assessment_end"]
    before = ((gap >= 0) & (gap <= 1)).fillna(False).to_numpy(dtype=np.int64)
    target = rows["target"].astype("str").fillna("").to_numpy(dtype=object)
    assessment = rows["assessment"].astype("str").fillna("").to_numpy(dtype=object)
    ends = rows[["evidence_start", "evidence_end"]].to_numpy(dtype=np.int64)
    for i in np.flatnonzero((target == "") & (assessment == "")):
        assessment[i] = str(texts[i])[slice(*ends[i])]
    return pd.DataFrame(
        {
            "driver": driver_of(rows["driver"]).to_numpy(dtype=object),
            "label": rows["label"].to_numpy(dtype=object),
            "target": target,
            "assessment": assessment,
            "before": before,
            "review": review,
        }
    )


def _folded(texts: pd.Series[Any], empty: frozenset[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    codes, values = pd.factorize(texts)
    pairs = [fold(value, empty) for value in values]
    folded, forms = (np.array([pair[i] for pair in pairs], dtype=object) for i in (0, 1))
    return folded[codes], forms[codes]  # no value is NA


def _most_written(folded: pd.Series[Any], forms: pd.Series[Any]) -> dict[str, str]:
    """How each folded phrase is written most; of equals the first in order, capitals last."""
    counts = pd.DataFrame({"phrase": folded, "form": forms}).value_counts().reset_index(name="n")
    order = counts.assign(swapped=counts["form"].str.swapcase())
    ranked = order.sort_values(["phrase", "n", "swapped"], ascending=[True, False, True])
    first = ranked.drop_duplicates("phrase")
    return dict(zip(first["phrase"], first["form"], strict=True))
