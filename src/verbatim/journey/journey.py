"""Make the map of the customer's journey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.comparison.sample import provenance
from verbatim.drivers.columns import meanings
from verbatim.drivers.groups import by_columns
from verbatim.drivers.outcomes import read_outcome
from verbatim.grouping import Groups, group
from verbatim.journey.columns import (
    ACTIVITIES,
    DISCOVERIES,
    FEELINGS,
    FIGURES,
    METHODS,
    OPPORTUNITIES,
    RELIABILITY,
    STAKES,
    group_column,
)
from verbatim.journey.discoveries import discoveries_table
from verbatim.journey.figures import feelings_of, feelings_table, figures_table
from verbatim.journey.mentions import activities_table
from verbatim.journey.opportunities import HEADS, kinds_told, opportunities_table
from verbatim.journey.options import JourneyOptions
from verbatim.journey.reading import take
from verbatim.journey.result import Journey
from verbatim.journey.sample import Sample
from verbatim.journey.steps import Given, read_steps
from verbatim.journey.told import reliability_table


def journey(
    analysis: Analysis,
    *,
    stages: Given | None = None,
    touchpoints: Given | None = None,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    weight: str | None = None,
    min_reviews: int = 30,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    fdr: float = 0.05,
    seed: int = 0,
    higher_is_better: bool = True,
) -> Journey:
    """Map the customer's journey: stages by touchpoints, and what happens at each.

    Every cell, and every stage as a whole, has its volume, net sentiment, activities, feelings,
    discoveries and opportunities. Everything counts reviews; the order of the rows changes nothing.

    Parameters
    ----------
    analysis : Analysis
    stages, touchpoints : mapping or sequence of str, optional
        The map's own, in order; by default those of `verbatim.labels`. A list chooses some of
        these. A mapping gives each name what belongs to it: stages (touchpoints) of the engine,
        which it so renames or merges, and phrases that put a sentence there, whatever the engine
        says of it. What isn't named is left out.
    by : str or sequence of str, optional
        Columns of the verbatims; each combination of their values has its own map.
    outcome : str, optional
        Numeric column of the verbatims, such as stars: say what each opportunity costs of it.
    weight : str, optional
        Column of the verbatims with the weight of each.
    min_reviews : int
        Reviews below which a figure is marked as of low support.
    n_resamples : int
        Resamples behind the intervals of net sentiment, 100 to 100,000.
    confidence : float
        Share of the intervals that should hold the true value, 0 to 1.
    fdr : float
        Share of false discoveries to be expected among those that are significant, 0 to 1.
    seed : int
        Of the resampling.
    higher_is_better : bool
        Whether a higher outcome is better.

    Returns
    -------
    Journey

    Raises
    ------
    OptionError
        An option is out of its range, a column isn't there, the outcome isn't numeric, or a stage
        or touchpoint isn't valid.

    Notes
    -----
    A stage or touchpoint that the engine doesn't tell reliably (see `verbatim.reliability`) isn't
    drawn but listed with its accuracy. The lexicon engine tells none: its sentences are placed by
    phrases alone.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["We waited an hour in triage.", "Waiting in triage again. The ward was clean."]
    >>> steps = {"triage": ["triage", "waiting area"], "ward": ["ward"]}
    >>> found = verbatim.analyze(texts, engine="lexicon").journey(stages=steps)
    >>> found.stages[["stage", "n_reviews"]].values.tolist()
    [['triage', 2], ['ward', 1]]
    """
    options = JourneyOptions(min_reviews, n_resamples, confidence, fdr, seed, higher_is_better)
    steps = read_steps("stage", stages), read_steps("touchpoint", touchpoints)
    names = by_columns(by, outcome)
    grouped = group({name: analysis.column(name) for name in names}, len(analysis))
    groups = Groups(grouped.values.rename(columns=group_column), grouped.of_row)
    values = None if outcome is None else read_outcome(analysis, outcome)
    sample = take(analysis, groups, *steps, weight)
    tables = _tables(sample, values, options)
    given = (
        {step.name: [*step.values, *step.phrases] for step in steps[0]},
        {step.name: [*step.values, *step.phrases] for step in steps[1]},
    )
    asked = {
        "by": [str(name) for name in names],
        "outcome": outcome,
        "weight": weight,
        **asdict(options),
        "stages": given[0],
        "touchpoints": given[1],
    }
    said = {"columns": _meanings(outcome is not None), "methods": METHODS}
    return Journey(tables, {**asked, **_counts(sample), **said, **provenance(analysis)})


def _tables(
    sample: Sample, outcome: np.ndarray[Any, Any] | None, options: JourneyOptions
) -> dict[str, pd.DataFrame]:
    felt = feelings_of(sample)
    figures = figures_table(sample, felt, options)
    is_stage = figures["touchpoint"].isna()
    return {
        "stages": figures[is_stage].drop(columns="touchpoint").reset_index(drop=True),
        "cells": figures[~is_stage].reset_index(drop=True),
        "activities": activities_table(sample),
        "feelings": feelings_table(sample, felt),
        "discoveries": discoveries_table(sample, options),
        "opportunities": opportunities_table(sample, outcome, options),
        "reliability": reliability_table(sample),
    }


def _counts(sample: Sample) -> dict[str, Any]:
    n_sentences, n_drawn, n_nowhere, n_unreliable = sample.tally.reach.tolist()
    told = kinds_told(sample)
    return {
        "n_verbatims": len(sample.analysis),
        "n_read": int((sample.weights > 0).sum()),
        "n_sentences": n_sentences,
        "n_drawn": n_drawn,
        "n_nowhere": n_nowhere,
        "n_unreliable": n_unreliable,
        "tells_stages": bool(sample.tally.told.any()),
        "is_measured": "stage" in sample.analysis.meta["engine"].get("held_out", {}),
        "kinds_not_told": [kind for kind in HEADS if kind not in told],
    }


def _meanings(has_outcome: bool) -> Mapping[str, Mapping[str, str]]:
    return {
        "stages": meanings(FIGURES),
        "cells": meanings(FIGURES),
        "activities": meanings(ACTIVITIES),
        "feelings": meanings(FEELINGS),
        "discoveries": meanings(DISCOVERIES),
        "opportunities": meanings((*OPPORTUNITIES, *(STAKES if has_outcome else ()))),
        "reliability": meanings(RELIABILITY),
    }
