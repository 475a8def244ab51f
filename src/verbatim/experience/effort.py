"""How much customers had to do: effort, resolution, contacts and waits, by channel and group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator
from verbatim.drivers.columns import typed
from verbatim.drivers.groups import by_columns
from verbatim.drivers.options import ScoreOptions
from verbatim.experience.columns import ALL, AMOUNTS, EFFORT, QUANTITIES, RESERVED
from verbatim.experience.provenance import provenance, weak
from verbatim.experience.quantities import UNITS
from verbatim.experience.result import Effort
from verbatim.experience.reviews import (
    Block,
    Bools,
    Floats,
    Ints,
    Reviews,
    Sides,
    counts,
    is_low,
    masses,
    net,
    share,
    sides,
    take,
    together,
)
from verbatim.experience.statistics import median, median_interval
from verbatim.experience.told import told_quantities
from verbatim.labels import EFFORTS, RESOLUTIONS, TOUCHPOINTS
from verbatim.reliability import is_told_reliably
from verbatim.schema import ID
from verbatim.weights.effective import effective_number

CHANNELS = (ALL, *TOUCHPOINTS)


def effort(
    analysis: Analysis,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    *,
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Effort:
    """Measure effort and resolution, and read contacts and waiting times from the texts.

    Most reviews show no effort, and that is not ease: every figure is of the reviews that do.

    Parameters
    ----------
    analysis : Analysis
    by : str or sequence of str, optional
        Columns of the verbatims whose groups are looked at one by one.
    weight : str, optional
        Column of weights of the reviews.
    min_reviews, n_resamples, confidence, seed
        As in `verbatim.experience.service.service_experience`.

    Returns
    -------
    Effort

    Raises
    ------
    OptionError
        An option is out of its range or a column isn't there.

    Notes
    -----
    The rules for contacts and waits stand in `verbatim.experience.quantities`. Of several numbers
    of one unit in a review the largest counts. How the intervals of medians are made stands in
    `verbatim.experience.statistics`.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["Called three times about the bill.", "An hour on hold!", "Emailed twice."]
    >>> found = verbatim.analyze(texts, engine="lexicon").effort()
    >>> found.quantities[["value", "unit", "words"]].values.tolist()
    [[3.0, 'contacts', 'three times'], [60.0, 'minutes', 'An hour'], [2.0, 'contacts', 'twice']]
    >>> found.amounts[["channel", "unit", "n_reviews", "median"]].head(1).values.tolist()
    [['all', 'contacts', 2, 2.5]]
    """
    options = ScoreOptions(
        min_reviews=min_reviews, n_resamples=n_resamples, confidence=confidence, seed=seed
    )
    names = by_columns(by, None)
    reviews = take(analysis, names, weight, RESERVED)
    quantities, review = told_quantities(analysis, reviews)
    tables = {
        "channels": _channels(analysis, reviews, options),
        "amounts": _amounts(analysis, reviews, quantities, review, options),
        "quantities": quantities,
    }
    columns = {"channels": EFFORT, "amounts": AMOUNTS, "quantities": QUANTITIES}
    meta = provenance(analysis, reviews, names, weight, options, columns)
    heads = [(f"{value} effort", "effort", [value]) for value in EFFORTS]
    heads += [(f"{value} problems", "resolution", [value]) for value in RESOLUTIONS]
    met = set(tables["channels"]["channel"])
    heads += [(value, "touchpoint", [value]) for value in TOUCHPOINTS if value in met]
    return Effort(tables, {**meta, "weak": weak(analysis, heads)})


def _channels(analysis: Analysis, reviews: Reviews, options: ScoreOptions) -> pd.DataFrame:
    """Columns `EFFORT`: per group all sentences together, then each channel that is met."""
    parts = [_met(block) for block in reviews.blocks(analysis)]
    met, tried, ended = (together(blocks) for blocks in zip(*parts, strict=True))
    n = len(CHANNELS)
    effort_held, ended_held = masses(tried, reviews), masses(ended, reviews)
    solved = counts(ended, reviews, ("solved", "unsolved", "both"))
    n_read = counts(met, reviews)["n_reviews"]
    n_read[::n] = reviews.n_read
    figures = {
        "channel": np.tile(np.array(CHANNELS, dtype=object), reviews.n_groups),
        **counts(tried, reviews, ("easy", "hard", "both")),
        "n_read": n_read,
        **net("effort_score", effort_held, options, "effort"),
        "n_problems": solved["n_reviews"],
        "solved": solved["solved"],
        **share("resolution_rate", ended_held.sides[:, 0], ended_held.reviews, options.confidence),
        "low_support": is_low(effort_held.n_effective, options),
        "resolution_low_support": is_low(ended_held.n_effective, options),
        "is_reliable": np.tile(_head_told(analysis, "effort", EFFORTS), reviews.n_groups),
        "resolution_is_reliable": np.tile(
            _head_told(analysis, "resolution", RESOLUTIONS), reviews.n_groups
        ),
    }
    table = pd.concat([reviews.labels(n), typed(EFFORT, figures)], axis=1)
    return table[(n_read > 0) | (table["channel"] == ALL)].reset_index(drop=True)


def _met(block: Block) -> tuple[Sides, Sides, Sides]:
    """By channel: which reviews meet it, what effort they show, and how their problems ended."""
    sentences = block.select("sentences", [ID, "touchpoint", "effort", "resolution"])
    review, channel = block.rows(sentences[ID]), _codes(sentences["touchpoint"])
    rows, keys = np.tile(review, 2), np.concatenate([np.zeros_like(channel), channel])
    nothing = np.zeros(len(rows), dtype=bool)
    met = sides(rows, keys, nothing, nothing, len(CHANNELS))
    tried = _held(sentences["effort"], EFFORTS, rows, keys)
    return met, tried, _held(sentences["resolution"], RESOLUTIONS, rows, keys)


def _held(column: pd.Series[Any], values: Sequence[str], rows: Ints, keys: Ints) -> Sides:
    """Sides of the sentences that have a value, the first of `values` being the good one."""
    good, bad = (
        np.tile((column == value).fillna(False).to_numpy(dtype=bool), 2) for value in values
    )
    either: Bools = good | bad
    return sides(rows[either], keys[either], good[either], bad[either], len(CHANNELS))


def _codes(touchpoint: pd.Series[Any]) -> Ints:
    """Index into `CHANNELS`; -1 without a touchpoint."""
    code = pd.Index(TOUCHPOINTS).get_indexer(pd.Index(touchpoint)).astype(np.int64)
    return np.where(code < 0, -1, code + 1)


def _channels_told(analysis: Analysis) -> list[bool]:
    """Whether each of `CHANNELS` may be drawn."""
    told = (is_told_reliably(analysis.meta, "touchpoint", [value]) for value in TOUCHPOINTS)
    return [True, *told]


def _head_told(analysis: Analysis, head: str, values: Sequence[str]) -> list[bool]:
    """The same for a head by channel: each of its values must be told reliably, and the channel."""
    is_told = all(is_told_reliably(analysis.meta, head, [value]) for value in values)
    return [is_told and channel for channel in _channels_told(analysis)]


def _amounts(
    analysis: Analysis,
    reviews: Reviews,
    found: pd.DataFrame,
    review: Ints,
    options: ScoreOptions,
) -> pd.DataFrame:
    """Columns `AMOUNTS`, one row per group, channel and unit that somebody tells of."""
    unit = pd.Index(UNITS).get_indexer(pd.Index(found["unit"]))
    told = pd.DataFrame(
        {
            "group": np.where(review >= 0, reviews.groups.of_row[review], -1),
            "channel": 0,
            "unit": unit,
            "review": review,
            "value": found["value"].to_numpy(),
        }
    )
    by_channel = told.assign(channel=_codes(found["touchpoint"]))
    both = pd.concat([told, by_channel]).query("group >= 0 and channel >= 0")
    keys = ["group", "channel", "unit"]
    largest = both.groupby([*keys, "review"])["value"].max().reset_index()
    held = largest["unit"].to_numpy(), largest["value"].to_numpy()
    everyone = [held[1][held[0] == code] for code in range(len(UNITS))]
    trusted = _channels_told(analysis)
    rows = [
        _amount(key, part, everyone, reviews, options, trusted)
        for key, part in largest.groupby(keys)
    ]
    labels = reviews.groups.values.iloc[[row["group"] for row in rows]].reset_index(drop=True)
    figures = {column.name: [row[column.name] for row in rows] for column in AMOUNTS}
    return pd.concat([labels, typed(AMOUNTS, figures)], axis=1)


def _amount(
    key: Any,
    part: pd.DataFrame,
    everyone: Sequence[Floats],
    reviews: Reviews,
    options: ScoreOptions,
    trusted: Sequence[bool],
) -> dict[str, Any]:
    group, channel, unit = map(int, key)
    values, weights = part["value"].to_numpy(), reviews.weights[part["review"].to_numpy()]
    random = generator(options.seed, "median", CHANNELS[channel], UNITS[unit])
    low, high = median_interval(
        values, weights, everyone[unit], options.n_resamples, options.confidence, random
    )
    return {
        "group": group,
        "channel": CHANNELS[channel],
        "unit": UNITS[unit],
        "n_reviews": len(values),
        "median": median(values, weights),
        "median_low": low,
        "median_high": high,
        "largest": values.max(),
        "low_support": bool(is_low(np.array([effective_number(weights)]), options)[0]),
        "is_reliable": trusted[channel],
    }
