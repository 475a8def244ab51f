"""Count how reviews mention each driver, to the same bits whatever the order of the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.drivers.cells import Ints, Placed
from verbatim.labels import EMOTIONS

Floats = NDArray[np.float64]

STATES = ("positive", "negative", "neutral", "mixed")
"""How a review mentions a driver; see the columns of these names."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every pair of a review and a driver that it mentions.

    Attributes
    ----------
    verbatim, cell : int64 arrays of shape (p,)
        Row in the verbatims, and cell.
    n_opinions : int64 array of shape (p,)
    state : int64 array of shape (p,)
        Index into `STATES`.
    sentiment : float64 array of shape (p,)
        Mean sentiment of these opinions, -1 to 1.
    """

    verbatim: Ints
    cell: Ints
    n_opinions: Ints
    state: Ints
    sentiment: Floats


def mentions(opinions: Placed, n_cells: int) -> Mentions:
    """Gather the opinions into one mention per review and driver."""
    keys = opinions.verbatim * max(n_cells, 1) + opinions.cell
    pairs, pair = np.unique(keys, return_inverse=True)
    labels = opinions.table["label"]
    positive, negative = (
        np.bincount(pair[(labels == side).to_numpy(dtype=bool)], minlength=len(pairs)) > 0
        for side in ("positive", "negative")
    )
    state = np.select([positive & negative, positive, negative], [3, 0, 1], 2)
    return Mentions(
        verbatim=pairs // max(n_cells, 1),
        cell=pairs % max(n_cells, 1),
        n_opinions=np.bincount(pair, minlength=len(pairs)).astype(np.int64),
        state=state.astype(np.int64),
        sentiment=mean_by(pair, opinions.table["sentiment"].to_numpy(), len(pairs)),
    )


def mean_by(codes: Ints, values: Floats, size: int) -> Floats:
    """Mean of the values of each code below `size`; NaN where a code has none.

    Examples
    --------
    >>> mean_by(np.array([0, 2, 0]), np.array([1.0, 5.0, 2.0]), 3).tolist()
    [1.5, nan, 5.0]
    """
    count = np.bincount(codes, minlength=size)
    total = sum_by(codes, values, size)
    return total / np.where(count > 0, count, np.nan)


def sum_by(codes: Ints, values: Floats, size: int) -> Floats:
    """Sum the values of each code, smallest first, so that rows in any order round alike."""
    order = np.lexsort((values, codes))
    sums = np.bincount(codes[order], weights=values[order], minlength=size)
    return sums.astype(np.float64, copy=False)


def tallies(found: Mentions, n_cells: int) -> pd.DataFrame:
    """Count per cell the reviews, by state, and the opinions, and average the sentiment."""
    states = np.bincount(found.cell * len(STATES) + found.state, minlength=n_cells * len(STATES))
    table = pd.DataFrame(states.reshape(n_cells, len(STATES)), columns=list(STATES))
    opinions = np.bincount(found.cell, weights=found.n_opinions, minlength=n_cells)
    return table.assign(
        n_reviews=table.sum(axis=1),
        n_opinions=opinions.astype(np.int64),
        mean_sentiment=mean_by(found.cell, found.sentiment, n_cells),
    )


def emotion_counts(opinions: Placed, sentences: pd.DataFrame) -> pd.DataFrame:
    """Reviews and mean intensity per cell and emotion, the most frequent of a cell first.

    Returns
    -------
    DataFrame
        cell; emotion as an index into `EMOTIONS`; n_reviews; intensity (NaN where not known).
    """
    emotion = pd.Index(EMOTIONS).get_indexer(pd.Index(opinions.table["emotion"]))
    felt = (emotion >= 0) & (opinions.sentence >= 0)
    kind = opinions.cell[felt] * len(EMOTIONS) + emotion[felt]
    intensity = _intensities(sentences)[opinions.sentence[felt], emotion[felt]]
    rows = pd.DataFrame({"verbatim": opinions.verbatim[felt], "kind": kind, "level": intensity})
    reviews = rows.groupby(["verbatim", "kind"], sort=False)["level"].max()
    kinds = reviews.groupby("kind").agg(["size", "mean"])
    counted = pd.DataFrame(
        {
            "cell": kinds.index // len(EMOTIONS),
            "emotion": kinds.index % len(EMOTIONS),
            "n_reviews": kinds["size"].to_numpy(),
            "intensity": kinds["mean"].to_numpy(),
        }
    )
    return counted.sort_values(
        ["cell", "n_reviews", "intensity", "emotion"], ascending=[True, False, False, True]
    ).reset_index(drop=True)


def _intensities(sentences: pd.DataFrame) -> Floats:
    """Intensity of each emotion in each sentence; NaN where it isn't felt."""
    columns = [f"emotion_{name}" for name in EMOTIONS]
    return sentences[columns].to_numpy(dtype=np.float64, na_value=np.nan)
