"""Count how reviews mention each driver, to the same bits whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.cells import Cells, Ints, Placed, place
from verbatim.labels import EMOTIONS
from verbatim.weights.effective import sum_by

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
    """Gather the opinions of a block into one mention per review and driver."""
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


def together(blocks: Sequence[Mentions]) -> Mentions:
    """Mentions of all blocks."""
    return Mentions(
        *(np.concatenate([getattr(block, name) for block in blocks]) for name in Mentions.__slots__)
    )


def all_mentions(analysis: Analysis, cells: Cells) -> tuple[Mentions, int]:
    """Gather the mentions of all blocks, and count the opinions without a driver."""
    blocks = [(mentions(part, len(cells)), part.n_unassigned) for part in place(analysis, cells)]
    return together([found for found, _ in blocks]), sum(n for _, n in blocks)


def mean_by(codes: Ints, values: Floats, size: int, weights: Floats | None = None) -> Floats:
    """(Weighted) mean of the values of each code below `size`; NaN where a code has none.

    Examples
    --------
    >>> mean_by(np.array([0, 2, 0]), np.array([1.0, 5.0, 2.0]), 3).tolist()
    [1.5, nan, 5.0]
    """
    weight = np.ones(len(codes)) if weights is None else weights
    mass = sum_by(codes, weight, size)
    total = sum_by(codes, weight * values, size)
    return total / np.where(mass > 0, mass, np.nan)


@dataclass(frozen=True, slots=True)
class Masses:
    """Weights of the reviews that mention a driver, by what they say of it, for every cell.

    Attributes
    ----------
    sides, squares : float64 arrays of shape (n_cells, 3)
        Sum of the weights and of the squared weights of the reviews that are positive, negative,
        and neither, the order of `verbatim.drivers.bootstrap.SIDES`.
    """

    sides: Floats
    squares: Floats

    @property
    def reviews(self) -> Floats:
        """Sum of the weights of all reviews that mention the driver."""
        return np.asarray(self.sides.sum(axis=1))

    @property
    def n_effective(self) -> Floats:
        """Kish's effective number of these reviews."""
        squares = self.squares.sum(axis=1)
        return np.asarray(self.reviews**2 / np.where(squares > 0, squares, 1))

    @property
    def net(self) -> Floats:
        """Net sentiment, -1 to 1; NaN where nobody mentions the driver."""
        reviews = self.reviews
        return np.asarray(
            (self.sides[:, 0] - self.sides[:, 1]) / np.where(reviews > 0, reviews, np.nan)
        )


def masses(found: Mentions, weights: Floats, n_cells: int) -> Masses:
    """Add up the weights, one per verbatim, of those that mention each driver."""
    side = np.array([0, 1, 2, 2])[found.state]
    held = weights[found.verbatim]
    sides, squares = (
        sum_by(found.cell * 3 + side, values, 3 * n_cells).reshape(-1, 3)
        for values in (held, held**2)
    )
    return Masses(sides, squares)


def tallies(found: Mentions, weights: Floats, n_cells: int) -> pd.DataFrame:
    """Count per cell the reviews, by state, and the opinions; average the sentiment by weight."""
    states = np.bincount(found.cell * len(STATES) + found.state, minlength=n_cells * len(STATES))
    table = pd.DataFrame(states.reshape(n_cells, len(STATES)), columns=list(STATES))
    opinions = np.bincount(found.cell, weights=found.n_opinions, minlength=n_cells)
    return table.assign(
        n_reviews=table.sum(axis=1),
        n_opinions=opinions.astype(np.int64),
        mean_sentiment=mean_by(found.cell, found.sentiment, n_cells, weights[found.verbatim]),
    )


def feelings(opinions: Placed) -> pd.DataFrame:
    """Gather what each review of a block feels about a driver.

    Returns
    -------
    DataFrame
        verbatim, its row; kind: cell * len(EMOTIONS) + emotion; level, the highest intensity.
    """
    emotion = pd.Index(EMOTIONS).get_indexer(pd.Index(opinions.table["emotion"]))
    felt = (emotion >= 0) & (opinions.sentence >= 0)
    kind = opinions.cell[felt] * len(EMOTIONS) + emotion[felt]
    intensity = _intensities(opinions.block)[opinions.sentence[felt], emotion[felt]]
    rows = pd.DataFrame({"verbatim": opinions.verbatim[felt], "kind": kind, "level": intensity})
    return rows.groupby(["verbatim", "kind"], sort=False)["level"].max().reset_index()


def emotion_counts(reviews: pd.DataFrame, weights: Floats) -> pd.DataFrame:
    """Reviews and mean intensity per cell and emotion, the most frequent of a cell first.

    Parameters
    ----------
    reviews : DataFrame
        Their `feelings`.
    weights : float64 array of shape (n_verbatims,)

    Returns
    -------
    DataFrame
        cell; emotion as an index into `EMOTIONS`; n_reviews; mass, the sum of their weights;
        intensity (NaN where not known).
    """
    kinds, code = np.unique(reviews["kind"].to_numpy(dtype=np.int64), return_inverse=True)
    held = weights[reviews["verbatim"].to_numpy(dtype=np.int64)]
    level = reviews["level"].to_numpy(dtype=np.float64)
    known = ~np.isnan(level)
    counted = pd.DataFrame(
        {
            "cell": kinds // len(EMOTIONS),
            "emotion": kinds % len(EMOTIONS),
            "n_reviews": np.bincount(code, minlength=len(kinds)),
            "mass": sum_by(code, held, len(kinds)),
            "intensity": mean_by(code[known], level[known], len(kinds), held[known]),
        }
    )
    # Rounding must not decide between emotions of which there is the same.
    rank = counted.assign(mass=counted["mass"].round(9), intensity=counted["intensity"].round(9))
    order = rank.sort_values(
        ["cell", "mass", "intensity", "emotion"], ascending=[True, False, False, True]
    ).index
    return counted.loc[order].reset_index(drop=True)


def _intensities(block: Analysis) -> Floats:
    """Intensity of each emotion in each sentence; NaN where it isn't felt."""
    sentences = block.select("sentences", [f"emotion_{name}" for name in EMOTIONS])
    return sentences.to_numpy(dtype=np.float64, na_value=np.nan)
