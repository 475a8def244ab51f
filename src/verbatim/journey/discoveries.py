r"""What stands out at a place of the journey against all its other places.

A sentence has a value x (it criticises a driver or doesn't; the sign of a sentence that judges) and
may count or not. A place and the rest of the journey have the means of x over their sentences that
count, :math:`m_1` and :math:`m_0` in number. Sentences of one review hang together, and a review
has sentences on both sides, so the review is the cluster of the test: with the mean :math:`\bar x`
over all sentences and the sums :math:`a_i` of :math:`x - \bar x` over those of review i that are at
the place, :math:`b_i` over its others,

.. math:: u_i = \frac{a_i}{m_1} - \frac{b_i}{m_0}, \qquad
          t = \frac{\sum_i w_i u_i}{\sqrt{\sum_i w_i^2 u_i^2}}

is taken for Student's t with the reviews at the place, less one, as degrees of freedom. It is the
score test of independence with White's variance (Boos, 1992): the variance is that under no
difference, so a few reviews that all say the same can't make it vanish. Where nobody at a place
says x it would nearly vanish all the same, so it is no less than that of sentences that don't hang
together, :math:`s^2 (1/m_1 + 1/m_0)` with the variance :math:`s^2` of x over all sentences.

References
----------
D. D. Boos (1992), On generalized score tests, The American Statistician 46, 327-333.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from verbatim.comparison.discovery import q_values
from verbatim.comparison.tails import student_p
from verbatim.drivers.columns import typed
from verbatim.journey.columns import DISCOVERIES
from verbatim.journey.options import JourneyOptions
from verbatim.journey.sample import Floats, Numbers, Sample
from verbatim.journey.sides import NONE, Counted, counted, sides
from verbatim.labels import EMOTIONS, SENTIMENT_LABELS

FEWEST_HERE = 10
"""Reviews at a place below which nothing is tested there."""
FEWEST_SAYING = 5
"""Reviews that say something, at the place or elsewhere, below which it isn't tested."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that sentences may say.

    Attributes
    ----------
    kind, name : str
    subject : str or None
    rows : int array of shape (k,)
        Sentences that say it, each once.
    value : float64 array of shape (k,)
        1, or the sign of a sentence, for which only those count that judge.
    """

    kind: str
    subject: str | None
    name: str
    rows: Numbers
    value: Floats


def features(sample: Sample) -> Iterator[Feature]:
    """Go through all features: sentiment, complaints and praise by driver, emotions."""
    good, bad = (SENTIMENT_LABELS.index(side) for side in ("positive", "negative"))
    label = sample.sentences.label
    rows = np.flatnonzero((label == good) | (label == bad))
    sign = np.where(label[rows] == good, 1.0, -1.0)
    yield Feature("sentiment", None, "Net sentiment", rows, sign)
    opinions = sample.opinions
    names, keys = (sample.drivers[column].tolist() for column in ("name", "driver"))
    for code, (key, name) in enumerate(zip(keys, names, strict=True)):
        about = np.flatnonzero(opinions.driver == code)
        for kind, said in (("complaint", bad), ("praise", good)):
            rows = np.unique(opinions.row[about[opinions.label[about] == said]])
            yield Feature(kind, key, name, rows, np.ones(len(rows)))
    for code, emotion in enumerate(EMOTIONS):
        held = sample.felt.row[sample.felt.emotion == code]
        yield Feature("emotion", emotion, emotion.capitalize(), held, np.ones(len(held)))


def discoveries_table(sample: Sample, options: JourneyOptions) -> pd.DataFrame:
    """One row per place and feature that was tested, by place, the surest first."""
    is_judging = sample.sentences.label != SENTIMENT_LABELS.index("none")
    every = counted(sample, np.arange(len(sample.sentences)))
    judging = counted(sample, np.flatnonzero(is_judging))
    tested = [
        _test(sample, one, judging if one.kind == "sentiment" else every)
        for one in features(sample)
    ]
    rows = pd.concat(tested, ignore_index=True)
    q = q_values(rows["p_value"].to_numpy())
    rows = rows.assign(
        q_value=q,
        significant=q <= options.fdr,
        low_support=rows["n_here"] < options.min_reviews,
    )
    order = np.lexsort((rows.index, rows["p_value"].round(12), rows["place"]))
    rows = rows.iloc[order].reset_index(drop=True)
    labels = sample.labels(rows["place"].to_numpy(dtype=np.int64))
    return pd.concat([labels, typed(DISCOVERIES, {str(name): rows[name] for name in rows})], axis=1)


def _test(sample: Sample, one: Feature, base: Counted) -> pd.DataFrame:
    """Test a feature at every place where there is enough of it."""
    found = sides(sample, one.rows, one.value, base)
    kept = (base.n_here >= FEWEST_HERE) & (found.n_saying >= FEWEST_SAYING)
    places = np.flatnonzero(kept & (base.outside > 0) & (found.variance > NONE))
    t = found.difference[places] / np.sqrt(found.variance[places])
    is_sign = one.kind == "sentiment"
    scale, lowest = (100, -1) if is_sign else (1, 0)
    rest = (found.value - found.difference)[places]
    return pd.DataFrame(
        {
            "place": places,
            "kind": one.kind,
            "subject": one.subject,
            "name": one.name,
            # Rounding must not make a share negative.
            "value": scale * np.clip(found.value[places], lowest, 1),
            "rest": scale * np.clip(rest, lowest, 1),
            "difference": scale * found.difference[places],
            "n_reviews": (base.n_here if is_sign else found.n_reviews)[places],
            "n_here": base.n_here[places],
            "p_value": student_p(t, np.maximum(base.n_effective[places] - 1, 1)),
        }
    )
