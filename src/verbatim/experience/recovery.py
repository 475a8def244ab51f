"""Service recovery: reviews whose problem was put right beside those whose problem was not.

The *recovery paradox* is that customers whose problem was solved are happier than those who never
had one (McCollough and Bharadwaj, 1992). Reviews can't show that solving a problem causes anything:
who tells of one, and which problems get solved, is not drawn by lot. What is said here is an
association, and the paradox is only named where the interval lies above 0.

References
----------
M. A. McCollough and S. G. Bharadwaj (1992), The recovery paradox, in C. T. Allen (ed.), Marketing
Theory and Applications, AMA, 119.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import SIDES, generator, interval, resampled_means
from verbatim.drivers.columns import typed
from verbatim.drivers.counts import Masses
from verbatim.drivers.options import ScoreOptions
from verbatim.experience.columns import CONTRASTS, PROBLEMS, RECOVERY
from verbatim.experience.emotions import top_emotion
from verbatim.experience.outcomes import Outcome, mean_of
from verbatim.experience.parts import FELT
from verbatim.experience.reviews import (
    PLEASANT,
    UNPLEASANT,
    Block,
    Floats,
    Ints,
    Numbers,
    Reviews,
    Sides,
    counts,
    is_low,
    masses,
    net,
    share,
    sides,
    together,
)
from verbatim.reliability import is_told_reliably
from verbatim.schema import ID
from verbatim.weights.effective import effective_number

SOLVED, UNSOLVED, UNTOLD, NONE = range(4)

PAIRS = ((SOLVED, UNSOLVED), (SOLVED, NONE), (UNSOLVED, NONE))
"""Kinds of reviews that are compared."""


@dataclass(frozen=True, slots=True)
class Endings:
    """How it ended for each review, and what it feels.

    Attributes
    ----------
    kinds : int8 array of shape (n_verbatims,)
        Index into `PROBLEMS`; -1 of reviews that don't count.
    felt : Sides
        By kind.
    emotions : int32 array of shape (m, 3)
        Each triple of review, kind and emotion once.
    """

    kinds: Numbers
    felt: Sides
    emotions: Numbers


def endings(block: Block) -> Endings:
    """Read the ends of problems, and the emotions of the sentences, of a block."""
    sentences = block.select("sentences", [ID, "resolution", *FELT])
    told_by = block.rows(sentences[ID])
    kinds = _kinds(block, sentences["resolution"], told_by)
    sentence, emotion = np.nonzero(sentences[FELT].notna().to_numpy())
    kept = told_by[sentence] >= 0
    rows, emotion = told_by[sentence[kept]], emotion[kept]
    pleasant, unpleasant = (
        np.isin(emotion, [FELT.index(f"emotion_{name}") for name in names])
        for names in (PLEASANT, UNPLEASANT)
    )
    every = block.first + np.flatnonzero(block.counted)
    none = np.zeros(len(every), dtype=bool)
    both = np.concatenate([rows, every])
    felt = sides(
        both,
        kinds[both - block.first].astype(np.int64),
        np.concatenate([pleasant, none]),
        np.concatenate([unpleasant, none]),
        len(PROBLEMS),
    )
    review, emotion = np.divmod(np.unique(rows * len(FELT) + emotion), len(FELT))
    triples = np.stack([review, kinds[review - block.first], emotion], axis=1)
    return Endings(kinds, felt, triples.astype(np.int32))


def all_endings(parts: Sequence[Endings]) -> Endings:
    """How it ended for the reviews of all blocks."""
    kinds, emotions = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("kinds", "emotions")
    )
    return Endings(kinds, together([part.felt for part in parts]), emotions)


def _kinds(block: Block, resolution: pd.Series[Any], told_by: Ints) -> Numbers:
    labels = block.select("opinions", [ID, "label"])
    kinds = np.where(block.counted, NONE, -1).astype(np.int8)
    ended = (
        (kind, told_by[(resolution == PROBLEMS[kind]).fillna(False).to_numpy(dtype=bool)])
        for kind in (SOLVED, UNSOLVED)
    )
    criticised = block.rows(labels.loc[labels["label"] == "negative", ID])
    for kind, rows in ((UNTOLD, criticised), *ended):
        kinds[rows[rows >= 0] - block.first] = kind
    return kinds


def recovery(
    analysis: Analysis, reviews: Reviews, felt: Sides, mix: pd.DataFrame, options: ScoreOptions
) -> pd.DataFrame:
    """Columns `RECOVERY`, one row per group and kind; `mix` are the emotions of each."""
    held = masses(felt, reviews)
    n = len(PROBLEMS)
    figures = {
        "problem": np.tile(np.array(PROBLEMS, dtype=object), reviews.n_groups),
        **counts(felt, reviews, ("pleasant", "unpleasant", "neither")),
        "n_read": np.repeat(reviews.n_read, n),
        **share("share", held.reviews, np.repeat(reviews.mass, n), options.confidence),
        **net("net_emotion", held, options, "recovery"),
        **top_emotion(mix, n * reviews.n_groups),
        "low_support": is_low(held.n_effective, options),
        "is_reliable": np.tile(
            [_is_reliable(analysis, kind) for kind in range(n)], reviews.n_groups
        ),
    }
    return pd.concat([reviews.labels(n), typed(RECOVERY, figures)], axis=1)


def contrasts(
    analysis: Analysis,
    reviews: Reviews,
    kinds: Numbers,
    felt: Sides,
    outcome: Outcome | None,
    options: ScoreOptions,
) -> pd.DataFrame:
    """Columns `CONTRASTS`: per group the differences of `PAIRS`, in outcome and in emotion."""
    rows = [
        {
            "first": PROBLEMS[one],
            "second": PROBLEMS[other],
            "is_reliable": _is_reliable(analysis, one) and _is_reliable(analysis, other),
            **row,
        }
        for group in range(reviews.n_groups)
        for one, other in PAIRS
        for row in _differences(reviews, kinds, felt, outcome, options, group, (one, other))
    ]
    n_rows = len(PAIRS) * (1 if outcome is None else 2)
    table = {column.name: [row[column.name] for row in rows] for column in CONTRASTS}
    return pd.concat([reviews.labels(n_rows), typed(CONTRASTS, table)], axis=1)


def _is_reliable(analysis: Analysis, kind: int) -> bool:
    """The reviews without a word of it are told by the opinions, not by the head."""
    value = PROBLEMS[kind]
    return kind > UNSOLVED or is_told_reliably(analysis.meta, "resolution", [value])


def _differences(
    reviews: Reviews,
    kinds: Numbers,
    felt: Sides,
    outcome: Outcome | None,
    options: ScoreOptions,
    group: int,
    pair: tuple[int, int],
) -> Iterator[dict[str, Any]]:
    members = [np.flatnonzero((kinds == kind) & (reviews.groups.of_row == group)) for kind in pair]
    names = [PROBLEMS[kind] for kind in pair]
    if outcome is not None:
        found = [
            mean_of(outcome, reviews, rows, options, "recovery", name)
            for rows, name in zip(members, names, strict=True)
        ]
        known = [rows[outcome.bins[rows] >= 0] for rows in members]
        drawn = (found[0].value, found[1].value, found[0].draws, found[1].draws)
        yield {"measure": "outcome", **_row(reviews, known, drawn, options)}
    held = masses(felt, reviews)
    cells = [group * len(PROBLEMS) + kind for kind in pair]
    draws = [_drawn(held, cell, options, name) for cell, name in zip(cells, names, strict=True)]
    means = [100 * float(held.net[cell]) for cell in cells]
    drawn = (means[0], means[1], 100 * draws[0], 100 * draws[1])
    yield {"measure": "net_emotion", **_row(reviews, members, drawn, options)}


def _drawn(held: Masses, cell: int, options: ScoreOptions, name: str) -> Floats:
    """Resampled net emotion, -1 to 1, of the reviews of a cell."""
    random = generator(options.seed, "recovery", "emotion", name)
    sides, squares = held.sides[cell], held.squares[cell]
    return resampled_means(SIDES, sides, SIDES, options.n_resamples, random, squares=squares)


def _row(
    reviews: Reviews,
    members: list[Ints],
    drawn: tuple[float, float, Floats, Floats],
    options: ScoreOptions,
) -> dict[str, Any]:
    """Difference of two means from their draws; NA where a side is empty."""
    sizes = [len(rows) for rows in members]
    row: dict[str, Any] = {"n_first": sizes[0], "n_second": sizes[1]}
    row |= dict.fromkeys(("difference", "difference_low", "difference_high"), np.nan)
    if all(sizes):
        row["difference"] = drawn[0] - drawn[1]
        ends = interval(drawn[2] - drawn[3], row["difference"], options.confidence)
        row["difference_low"], row["difference_high"] = ends
    support = np.array([effective_number(reviews.weights[rows]) for rows in members])
    return {**row, "low_support": bool(is_low(support, options).any())}
