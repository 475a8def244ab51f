"""Loyalty as the texts tell it: who will return or recommend, and who will leave or warn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.bootstrap import generator
from verbatim.drivers.columns import typed
from verbatim.drivers.groups import by_columns
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import read_outcome
from verbatim.experience.columns import INTENT, LOYALTY, RESERVED, SCORE, STANCE, STANCES
from verbatim.experience.outcomes import Outcome, mean_columns, outcome_of
from verbatim.experience.provenance import provenance, weak
from verbatim.experience.result import Loyalty
from verbatim.experience.reviews import (
    Ints,
    Reviews,
    Sides,
    counts,
    is_low,
    masses,
    members,
    net,
    share,
    sides,
    take,
)
from verbatim.experience.statistics import spearman
from verbatim.reliability import is_told_reliably
from verbatim.schema import ID, Column
from verbatim.weights.effective import effective_number

LOYAL, DISLOYAL = ("return", "recommend"), ("churn", "warn")
INTENTS = (*LOYAL, *DISLOYAL)


def loyalty(
    analysis: Analysis,
    score: str | None = None,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    *,
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Loyalty:
    """Measure loyalty by the intents that reviews show, and hold it against a score.

    Few reviews show such an intent; the others say nothing of loyalty, so `coverage` belongs to the
    figure.

    Parameters
    ----------
    analysis : Analysis
    score : str, optional
        Numeric column of the verbatims, such as the answer behind a net promoter score, or stars.
    by : str or sequence of str, optional
        Columns of the verbatims whose groups are looked at one by one.
    weight : str, optional
        Column of weights of the reviews.
    min_reviews, n_resamples, confidence, seed
        As in `verbatim.experience.service.service_experience`.

    Returns
    -------
    Loyalty

    Raises
    ------
    OptionError
        An option is out of its range, a column isn't there, or the score isn't numeric.

    Notes
    -----
    Loyalty is 100 (L - D) / n: of the n reviews with any of these intents, L will return or
    recommend and do neither of the others, D will leave or warn; those with both count 0. How the
    correlation is made stands in `verbatim.experience.statistics`.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["We will be back!", "Never again.", "I recommend it to everyone.", "Clean room."]
    >>> found = verbatim.analyze(texts, engine="lexicon").loyalty()
    >>> found.frame[["n_reviews", "n_read", "loyal", "disloyal"]].values.tolist()
    [[3, 4, 2, 1]]
    """
    options = ScoreOptions(
        min_reviews=min_reviews, n_resamples=n_resamples, confidence=confidence, seed=seed
    )
    names = by_columns(by, score)
    reviews = take(analysis, names, weight, RESERVED)
    values = None if score is None else read_outcome(analysis, score)
    numbers = None if values is None else outcome_of(reviews, values)
    shown = _intents(analysis, reviews)
    stance = _stances(shown, reviews)
    tables = {
        "groups": _groups(analysis, reviews, shown, numbers, options),
        "intents": _by_intent(analysis, reviews, shown, options),
        "stances": _by_stance(reviews, stance, numbers, options),
    }
    columns = {"groups": LOYALTY, "intents": INTENT, "stances": STANCE}
    if score is not None:
        columns |= {"groups": (*LOYALTY, *SCORE), "stances": (*STANCE, *SCORE[:5])}
    meta = provenance(analysis, reviews, names, weight, options, columns)
    heads: list[tuple[str, str, Sequence[str]]] = [
        ("intents to return or recommend", "intent", LOYAL),
        ("intents to leave or warn", "intent", DISLOYAL),
    ]
    heads += [(f"intent to {value}", "intent", [value]) for value in INTENTS]
    return Loyalty(tables, {**meta, "score": score, "weak": weak(analysis, heads)})


def _intents(analysis: Analysis, reviews: Reviews) -> list[Ints]:
    """Reviews that show each of `INTENTS`, each once."""
    columns = [f"intent_{name}" for name in INTENTS]
    parts = []
    for block in reviews.blocks(analysis):
        sentences = block.select("sentences", [ID, *columns])
        shows = sentences[columns].to_numpy(dtype=bool)
        some = np.flatnonzero(shows.any(axis=1))
        rows, shows = block.rows(sentences[ID].iloc[some]), shows[some]
        parts.append([np.unique(rows[held & (rows >= 0)]) for held in shows.T])
    return [np.concatenate(blocks) for blocks in zip(*parts, strict=True)]


def _sides(shown: Sequence[Ints]) -> Sides:
    review = np.concatenate(shown)
    kind = np.repeat(np.arange(len(INTENTS)), [len(rows) for rows in shown])
    loyal = np.isin(kind, [INTENTS.index(name) for name in LOYAL])
    return sides(review, np.zeros(len(review), dtype=np.int64), loyal, ~loyal, 1)


def _stances(shown: Sequence[Ints], reviews: Reviews) -> Ints:
    """Index into `STANCES` of each review; -1 of those that don't count."""
    stance = np.where(reviews.counted, STANCES.index("silent"), -1)
    found = _sides(shown)
    stance[found.review] = found.net_side
    return stance.astype(np.int64)


def _groups(
    analysis: Analysis,
    reviews: Reviews,
    shown: Sequence[Ints],
    score: Outcome | None,
    options: ScoreOptions,
) -> pd.DataFrame:
    found = _sides(shown)
    held = masses(found, reviews)
    trusted = all(is_told_reliably(analysis.meta, "intent", kind) for kind in (LOYAL, DISLOYAL))
    figures = {
        **counts(found, reviews, ("loyal", "disloyal", "both")),
        "n_read": reviews.n_read,
        **share("coverage", held.reviews, reviews.mass, options.confidence),
        **net("loyalty", held, options, "loyalty"),
        "low_support": is_low(held.n_effective, options),
        "is_reliable": np.full(reviews.n_groups, trusted),
    }
    parts = [reviews.labels(1), typed(LOYALTY, figures)]
    if score is not None:
        parts.append(_score(reviews, found, score, options))
    return pd.concat(parts, axis=1)


def _score(reviews: Reviews, found: Sides, score: Outcome, options: ScoreOptions) -> pd.DataFrame:
    """Columns `SCORE`, one row per group."""
    every = np.flatnonzero(reviews.counted)
    figures = mean_columns("score", _only(every, 0 * every, 1), reviews, score, options)
    rank = np.array([2, 0, 1])[found.net_side]  # disloyal, both, loyal
    known = score.bins[found.review] >= 0
    ends = np.full((reviews.n_groups, 3), np.nan)
    groups = np.where(known, reviews.groups.of_row[found.review], -1)
    shown = members(groups, reviews.n_groups)
    for group, pairs in enumerate(shown):
        rows = found.review[pairs]
        ends[group] = spearman(
            rank[pairs],
            score.bins[rows],
            reviews.weights[rows],
            options.n_resamples,
            options.confidence,
            generator(options.seed, "loyalty", "correlation"),
        )
    figures["correlation_n"] = np.array([len(pairs) for pairs in shown], dtype=np.int64)
    effective = [effective_number(reviews.weights[found.review[pairs]]) for pairs in shown]
    figures["correlation_low_support"] = is_low(np.array(effective), options)
    names = ("correlation", "correlation_low", "correlation_high")
    return typed(SCORE, figures | dict(zip(names, ends.T, strict=True)))


def _only(review: Ints, key: Ints, n_keys: int) -> Sides:
    """Reviews by key, without a side."""
    nothing = np.zeros(len(review), dtype=bool)
    return sides(review, key, nothing, nothing, n_keys)


def _by_intent(
    analysis: Analysis, reviews: Reviews, shown: Sequence[Ints], options: ScoreOptions
) -> pd.DataFrame:
    n = len(INTENTS)
    kind = np.repeat(np.arange(n), [len(rows) for rows in shown])
    found = _only(np.concatenate(shown), kind, n)
    held = masses(found, reviews)
    trusted = [is_told_reliably(analysis.meta, "intent", [name]) for name in INTENTS]
    figures = {
        "intent": np.tile(np.array(INTENTS, dtype=object), reviews.n_groups),
        **counts(found, reviews),
        "n_read": np.repeat(reviews.n_read, n),
        **share("share", held.reviews, np.repeat(reviews.mass, n), options.confidence),
        "low_support": is_low(held.n_effective, options),
        "is_reliable": np.tile(trusted, reviews.n_groups),
    }
    return pd.concat([reviews.labels(n), typed(INTENT, figures)], axis=1)


def _by_stance(
    reviews: Reviews, stance: Ints, score: Outcome | None, options: ScoreOptions
) -> pd.DataFrame:
    n = len(STANCES)
    every = np.flatnonzero(stance >= 0)
    found = _only(every, stance[every], n)
    figures = {
        "stance": np.tile(np.array(STANCES, dtype=object), reviews.n_groups),
        **counts(found, reviews),
        "low_support": is_low(masses(found, reviews).n_effective, options),
    }
    columns: tuple[Column, ...] = STANCE
    if score is not None:
        columns = (*STANCE, *SCORE[:5])
        figures |= mean_columns("score", found, reviews, score, options)
    return pd.concat([reviews.labels(n), typed(columns, figures)], axis=1)
