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
from verbatim.journey.figures import Pairs, pairs_of
from verbatim.journey.options import JourneyOptions
from verbatim.journey.sample import Floats, Opinions, Sample
from verbatim.journey.sides import NONE, Counted, counted, sides
from verbatim.labels import EMOTIONS

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
    value : float64 array of shape (n_sentences,)
        What each sentence says: 0 or 1, or its sign, for which only those count that judge.
    """

    kind: str
    subject: str | None
    name: str
    value: Floats


def features(sample: Sample, opinions: Opinions) -> Iterator[Feature]:
    """Go through all features: sentiment, complaints and praise by driver, emotions."""
    table = sample.sentences
    label = table["label"].to_numpy(dtype=object)
    positive, negative = (
        np.asarray(label == side, dtype=np.float64) for side in ("positive", "negative")
    )
    yield Feature("sentiment", None, "Net sentiment", positive - negative)
    names, keys = (opinions.drivers[column].tolist() for column in ("name", "driver"))
    for code, (key, name) in enumerate(zip(keys, names, strict=True)):
        for kind, said in (("complaint", "negative"), ("praise", "positive")):
            held = (opinions.driver == code) & (opinions.label == said)
            value = np.zeros(len(table))
            value[opinions.sentence[held]] = 1
            yield Feature(kind, key, name, value)
    for emotion in EMOTIONS:
        felt = table[f"emotion_{emotion}"].notna().to_numpy(dtype=np.float64)
        yield Feature("emotion", emotion, emotion.capitalize(), np.asarray(felt))


def discoveries_table(sample: Sample, opinions: Opinions, options: JourneyOptions) -> pd.DataFrame:
    """One row per place and feature that was tested, by place, the surest first."""
    pairs = pairs_of(sample.placed.place, sample.placed.verbatim)
    every, judging = (counted(sample, pairs, counts) for counts in _counts_of(sample))
    tested = [
        _test(sample, pairs, one, judging if one.kind == "sentiment" else every)
        for one in features(sample, opinions)
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


def _counts_of(sample: Sample) -> tuple[Floats, Floats]:
    """Which sentences count: all, and those that judge."""
    label = sample.sentences["label"].to_numpy(dtype=object)
    return np.ones(len(label)), np.asarray(label != "none", dtype=np.float64)


def _test(sample: Sample, pairs: Pairs, one: Feature, base: Counted) -> pd.DataFrame:
    """Test a feature at every place where there is enough of it."""
    found = sides(sample, pairs, one.value, base)
    kept = (found.n_here >= FEWEST_HERE) & (found.n_saying >= FEWEST_SAYING)
    places = np.flatnonzero(kept & (found.elsewhere > 0) & (found.variance > NONE))
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
            "n_reviews": (found.n_here if is_sign else found.n_reviews)[places],
            "n_here": found.n_here[places],
            "p_value": student_p(t, np.maximum(found.n_effective[places] - 1, 1)),
        }
    )
