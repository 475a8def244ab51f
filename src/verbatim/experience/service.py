"""Customer service within the whole experience: its volume, its feel, and what it explains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.columns import typed
from verbatim.drivers.groups import by_columns
from verbatim.drivers.options import ScoreOptions
from verbatim.drivers.outcomes import read_outcome
from verbatim.experience.columns import (
    CONTRASTS,
    EMOTION_MIX,
    EXPLAINED,
    OUTCOME,
    PARTS,
    RECOVERY,
    RESERVED,
    SERVICE,
)
from verbatim.experience.emotions import emotion_mix, top_emotion
from verbatim.experience.explained import explained
from verbatim.experience.outcomes import Outcome, mean_columns, outcome_of
from verbatim.experience.parts import CHANNELS, Said, all_said, said
from verbatim.experience.provenance import provenance, weak
from verbatim.experience.recovery import Endings, all_endings, contrasts, endings, recovery
from verbatim.experience.result import ServiceExperience
from verbatim.experience.reviews import (
    Floats,
    Reviews,
    Sides,
    counts,
    is_low,
    masses,
    net,
    share,
    take,
)
from verbatim.labels import EMOTIONS, INTERACTIONS, RESOLUTIONS
from verbatim.reliability import is_told_reliably


def service_experience(
    analysis: Analysis,
    outcome: str | None = None,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    *,
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
    higher_is_better: bool = True,
) -> ServiceExperience:
    """Split the experience into customer service and the rest, and follow problems to their end.

    Parameters
    ----------
    analysis : Analysis
    outcome : str, optional
        Numeric column of the verbatims, such as stars: say how much of it service explains, and
        compare it between solved and unsolved problems.
    by : str or sequence of str, optional
        Columns of the verbatims whose groups are looked at one by one.
    weight : str, optional
        Column of weights of the reviews.
    min_reviews : int
        (Effective) reviews below which a figure is marked as of low support.
    n_resamples : int
        Resamples behind the intervals, 100 to 100,000.
    confidence : float
        Share of the intervals that should hold the true value, 0 to 1.
    seed : int
        Of the resampling.
    higher_is_better : bool
        Whether a higher outcome is better.

    Returns
    -------
    ServiceExperience

    Raises
    ------
    OptionError
        An option is out of its range, a column isn't there, or the outcome isn't numeric.

    Notes
    -----
    What service is stands in `verbatim.experience.parts`, the share explained in
    `verbatim.experience.explained`, recovery in `verbatim.experience.recovery`.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["Lovely staff", "Dirty room", "Rude staff but a nice room"]
    >>> found = verbatim.analyze(texts, engine="lexicon").service_experience()
    >>> found.frame[["part", "n_reviews", "net_sentiment"]].head(2).values.tolist()
    [['service', 2, 0.0], ['rest', 2, 0.0]]
    """
    options = ScoreOptions(
        min_reviews=min_reviews,
        n_resamples=n_resamples,
        confidence=confidence,
        seed=seed,
        higher_is_better=higher_is_better,
    )
    names = by_columns(by, outcome)
    reviews = take(analysis, names, weight, RESERVED)
    values = None if outcome is None else read_outcome(analysis, outcome)
    tables = _tables(analysis, reviews, values, options)
    columns = {"parts": SERVICE, "emotions": EMOTION_MIX, "recovery": RECOVERY}
    columns["contrasts"] = CONTRASTS
    if outcome is not None:
        columns |= {"parts": (*SERVICE, *OUTCOME), "recovery": (*RECOVERY, *OUTCOME)}
        columns["explained"] = EXPLAINED
    heads = [(f"{value} interactions", "interaction", [value]) for value in INTERACTIONS]
    heads += [(f"{value} problems", "resolution", [value]) for value in RESOLUTIONS]
    meta = {
        "outcome": outcome,
        "higher_is_better": options.higher_is_better,
        **provenance(analysis, reviews, names, weight, options, columns),
        "weak": weak(analysis, heads),
    }
    return ServiceExperience(tables, meta)


def _tables(
    analysis: Analysis, reviews: Reviews, values: Floats | None, options: ScoreOptions
) -> dict[str, pd.DataFrame]:
    outcome = None if values is None else outcome_of(reviews, values)
    told, ended = _read(analysis, reviews)
    mix = emotion_mix(told.emotions, told.parts, reviews)
    split = _parts(analysis, reviews, told.parts, mix, options)
    felt = ended.felt
    ends = recovery(analysis, reviews, felt, emotion_mix(ended.emotions, felt, reviews), options)
    tables = {
        "parts": pd.concat([split, *_means(told.parts, reviews, outcome, options)], axis=1),
        "emotions": _emotions(mix, reviews),
        "recovery": pd.concat([ends, *_means(felt, reviews, outcome, options)], axis=1),
        "contrasts": contrasts(analysis, reviews, ended.kinds, felt, outcome, options),
    }
    if values is not None:
        tables["explained"] = explained(reviews, told.drivers, values, options)
    return tables


def _read(analysis: Analysis, reviews: Reviews) -> tuple[Said, Endings]:
    """Read block by block what the reviews say and how it ended."""
    parts = [(said(block), endings(block)) for block in reviews.blocks(analysis)]
    return all_said([told for told, _ in parts]), all_endings([ended for _, ended in parts])


def _parts(
    analysis: Analysis, reviews: Reviews, found: Sides, mix: pd.DataFrame, options: ScoreOptions
) -> pd.DataFrame:
    held, n = masses(found, reviews), len(PARTS)
    trusted = [is_told_reliably(analysis.meta, "touchpoint", CHANNELS), True]
    trusted += [is_told_reliably(analysis.meta, "interaction", [value]) for value in INTERACTIONS]
    figures = {
        "part": np.tile(np.array(PARTS, dtype=object), reviews.n_groups),
        **counts(found, reviews, ("positive", "negative", "neither")),
        "n_read": np.repeat(reviews.n_read, n),
        **share("share", held.reviews, np.repeat(reviews.mass, n), options.confidence),
        **net("net_sentiment", held, options, "service"),
        **top_emotion(mix, n * reviews.n_groups),
        "low_support": is_low(held.n_effective, options),
        "is_reliable": np.tile(trusted, reviews.n_groups),
    }
    return pd.concat([reviews.labels(n), typed(SERVICE, figures)], axis=1)


def _emotions(mix: pd.DataFrame, reviews: Reviews) -> pd.DataFrame:
    cell = mix["cell"].to_numpy()
    figures = {
        "part": [PARTS[i] for i in cell % len(PARTS)],
        "emotion": [EMOTIONS[i] for i in mix["emotion"]],
        "n_reviews": mix["n_reviews"],
        "share": mix["share"],
    }
    labels = reviews.groups.values.iloc[cell // len(PARTS)].reset_index(drop=True)
    return pd.concat([labels, typed(EMOTION_MIX, figures)], axis=1)


def _means(
    found: Sides, reviews: Reviews, outcome: Outcome | None, options: ScoreOptions
) -> list[pd.DataFrame]:
    """Columns `OUTCOME`, if there is an outcome."""
    if outcome is None:
        return []
    return [typed(OUTCOME, mean_columns("outcome", found, reviews, outcome, options))]
