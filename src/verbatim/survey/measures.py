"""What each measure makes of the responses of each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim import __version__
from verbatim.schema import Column
from verbatim.survey.columns import CES, CSAT, NPS, typed
from verbatim.survey.intervals import Interval, middle, net_interval, share_interval
from verbatim.survey.options import Scale, SurveyOptions
from verbatim.survey.responses import Responses
from verbatim.survey.result import SurveyScores
from verbatim.survey.samples import Floats, Sample, make_sample, resampled_masses

Figures = dict[str, float]
MakeFigures = Callable[[Sample, Floats, float], Figures]

SIDES = {"promoters": range(9, 11), "passives": range(7, 9), "detractors": range(7)}

NET_INTERVAL = (
    "N = n_effective + 3, P = (n_effective p + 3/4) / N, D = (n_effective d + 3/4) / N: "
    "100 (P - D -/+ z sqrt((P + D - (P - D)^2) / N)); adjusted Wald, Rocks 2016"
)
SHARE_INTERVAL = (
    "N = n_effective + z^2, P = (n_effective p + z^2 / 2) / N: "
    "100 (P -/+ z sqrt(P (1 - P) / N)); adjusted Wald, Agresti and Coull 1998"
)
RESAMPLING = (
    "percentiles of the weighted figure over resamples of the respondents with replacement, drawn "
    "as multinomial counts of each score and weight; Efron 1979"
)
SHARED = {
    "n_effective": "(sum w)^2 / sum w^2; Kish 1965",
    "boot_low, boot_high": RESAMPLING,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure.

    Attributes
    ----------
    name : str
        ``nps``, ``csat`` or ``ces``.
    columns : tuple of Column
    scale : Scale
    boxes : mapping of str to range
        Points of the scale that are counted together, by the column of the count.
    figures : callable
        Makes the figures of a group from its sample, its resampled masses and the confidence.
    formulae : mapping of str to str
        How the columns are made.
    direction : str or None
        Which end of a scale of effort is the easy one.
    """

    name: str
    columns: tuple[Column, ...]
    scale: Scale
    boxes: Mapping[str, range]
    figures: MakeFigures
    formulae: Mapping[str, str]
    direction: str | None = None


def net_promoters() -> Measure:
    """Promoters less detractors."""
    formulae = {
        "score": "100 (p - d); p, d: weighted shares of promoters (9, 10) and detractors (0 to 6)",
        "low, high": NET_INTERVAL,
        **SHARED,
    }
    return Measure("nps", NPS, Scale(0, 10), SIDES, _net_figures, formulae)


def satisfaction(scale: Scale, top: int) -> Measure:
    """Share of the `top` highest points."""
    good = range(scale.high - top + 1, scale.high + 1)
    formulae = _box_formulae(good)
    return Measure("csat", CSAT, scale, {"satisfied": good}, _box_figures(good), formulae)


def customer_effort(scale: Scale, top: int, direction: str) -> Measure:
    """Share of the `top` easiest points, which are the highest or the lowest."""
    first = scale.low if direction == "lower_is_easier" else scale.high - top + 1
    good = range(first, first + top)
    formulae = _box_formulae(good)
    return Measure("ces", CES, scale, {"easy": good}, _box_figures(good), formulae, direction)


def _box_formulae(good: range) -> dict[str, str]:
    return {
        "score": f"100 p; p: weighted share of responses from {good[0]} to {good[-1]}",
        "low, high": SHARE_INTERVAL,
        "mean": "sum w x / sum w",
        "mean_low, mean_high": RESAMPLING,
        **SHARED,
    }


def score_groups(responses: Responses, measure: Measure, options: SurveyOptions) -> SurveyScores:
    """Make one row per group."""
    groups = responses.groups
    order = np.argsort(groups.of_row, kind="stable")
    ends = np.searchsorted(groups.of_row[order], np.arange(len(groups.values) + 1))
    rows = [
        _row(responses.scores[members], responses.weights[members], measure, options)
        for members in (order[start:end] for start, end in pairwise(ends))
    ]
    frame = pd.concat([groups.values, typed(measure.columns, rows)], axis=1)
    return SurveyScores({SurveyScores.main: frame}, _meta(responses, measure, options))


def _meta(responses: Responses, measure: Measure, options: SurveyOptions) -> dict[str, Any]:
    answered = ~np.isnan(responses.scores)
    counted = answered & (responses.weights > 0)
    return {
        "measure": measure.name,
        "scale": [measure.scale.low, measure.scale.high],
        "boxes": {count: [box[0], box[-1]] for count, box in measure.boxes.items()},
        "direction": measure.direction,
        **responses.columns,
        **asdict(options),
        "n_rows": len(responses.scores),
        "n": int(counted.sum()),
        "n_missing": int((~answered).sum()),
        "n_zero_weight": int((answered & ~counted).sum()),
        "formulae": dict(measure.formulae),
        "columns": {column.name: column.meaning for column in measure.columns},
        "versions": {
            "verbatim": __version__,
            "numpy": np.__version__,
            "pandas": pd.__version__,
        },
    }


def _row(scores: Floats, weights: Floats, measure: Measure, options: SurveyOptions) -> Figures:
    """Figures of one group: only counts where nobody answered or no weight is above 0."""
    counted = weights > 0
    sample = make_sample(scores[counted], weights[counted])
    row: Figures = {
        "n": int(counted.sum()),
        "n_missing": int(np.isnan(scores).sum()),
        "weight": sample.weight,
        "n_effective": sample.n_effective,
        "low_support": sample.n_effective < options.min_responses,
    }
    for count, box in measure.boxes.items():
        row[count] = int(sample.counts[_within(sample, box)].sum())
    if sample.n_effective:
        # Each group starts with the same random numbers, so it is scored as if it were alone.
        random = np.random.default_rng(options.seed)
        resamples = resampled_masses(sample, options.n_resamples, random)
        row |= measure.figures(sample, resamples, options.confidence)
    return row


def _within(sample: Sample, box: range) -> NDArray[np.bool_]:
    """Whether each score of the sample stands in the box."""
    return (sample.scores >= box[0]) & (sample.scores <= box[-1])


def _net_figures(sample: Sample, resamples: Floats, confidence: float) -> Figures:
    held = {side: np.where(_within(sample, box), 1.0, 0.0) for side, box in SIDES.items()}
    promoters, passives, detractors = (sample.mean(side) for side in held.values())
    value = 100 * (held["promoters"] - held["detractors"])
    score = sample.mean(value)
    low, high = net_interval(promoters, detractors, sample.n_effective, confidence)
    return {
        "promoter_share": promoters,
        "passive_share": passives,
        "detractor_share": detractors,
        "score": score,
        **_ends("", (100 * low, 100 * high), score),
        **_ends("boot_", middle(_means(resamples, value), confidence), score),
    }


def _box_figures(good: range) -> MakeFigures:
    def figures(sample: Sample, resamples: Floats, confidence: float) -> Figures:
        value = np.where(_within(sample, good), 100.0, 0.0)
        score, mean = sample.mean(value), sample.mean(sample.scores)
        low, high = share_interval(score / 100, sample.n_effective, confidence)
        return {
            "score": score,
            **_ends("", (100 * low, 100 * high), score),
            **_ends("boot_", middle(_means(resamples, value), confidence), score),
            "mean": mean,
            **_ends("mean_", middle(_means(resamples, sample.scores), confidence), mean),
        }

    return figures


def _ends(prefix: str, ends: Interval, estimate: float) -> Figures:
    """Name the ends of an interval, widened to hold the estimate where it doesn't.

    That is so with a respondent or two, of whom the three imagined ones are the majority.
    """
    low, high = ends
    return {f"{prefix}low": min(low, estimate), f"{prefix}high": max(high, estimate)}


def _means(masses: Floats, values: Floats) -> Floats:
    # Not a matrix product, which may add up in another order on another machine.
    return np.asarray((masses * values).sum(axis=1) / masses.sum(axis=1))
