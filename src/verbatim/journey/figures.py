"""Volume, net sentiment and emotion of each place, counted over reviews."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from verbatim.drivers.bootstrap import generator, net_interval
from verbatim.drivers.columns import typed
from verbatim.drivers.counts import mean_by
from verbatim.journey.columns import FEELINGS, FIGURES
from verbatim.journey.options import JourneyOptions
from verbatim.journey.quotes import SPARE, Candidates, choose, quote_columns, unlike
from verbatim.journey.sample import Bools, Floats, Ints, Numbers, Sample
from verbatim.labels import EMOTIONS, SENTIMENT_LABELS
from verbatim.reliability import is_told_reliably
from verbatim.weights.effective import sum_by

_SIDES = np.array([0, 1, 2, 2])
"""Positive, negative or neither, for the states positive, negative, mixed and neutral."""

MOST_FEELINGS = 5
"""Emotions of a place that are quoted, the most frequent."""


def figures_table(sample: Sample, feelings: pd.DataFrame, options: JourneyOptions) -> pd.DataFrame:
    """One row per place that has reviews, by group, stage and touchpoint, the whole stage first."""
    pairs, size = sample.pairs, sample.n_places
    state = _states(sample)
    each = sample.per_pair(slice(None))
    judged = state >= 0
    weight = sample.weights[pairs.verbatim]
    counts = np.bincount(pairs.place[judged] * 4 + state[judged], minlength=4 * size)
    tallies = counts.reshape(-1, 4)
    side = pairs.place[judged] * 3 + _SIDES[state[judged]]
    sides, squares = (
        sum_by(side, held[judged], 3 * size).reshape(-1, 3) for held in (weight, weight**2)
    )
    mass = sum_by(pairs.place, weight, size)
    places = np.flatnonzero(np.bincount(pairs.place, minlength=size))
    group = places // (len(sample.stages) * sample.width)
    net, low, high = _net(sample, places, sides, squares, options)
    top = feelings.drop_duplicates("place").set_index("place").reindex(places)
    effective = sides.sum(axis=1) ** 2 / np.where(squares.any(axis=1), squares.sum(axis=1), 1)
    data = {
        "n_reviews": np.bincount(pairs.place, minlength=size)[places],
        "n_sentences": np.bincount(pairs.place, each, minlength=size)[places],
        "n_read": sample.n_read[group],
        "share": np.minimum(mass[places] / sample.n_effective[group], 1),
        "positive": tallies[places, 0],
        "negative": tallies[places, 1],
        "mixed": tallies[places, 2],
        "neutral": tallies[places, 3],
        "n_judged": tallies[places].sum(axis=1),
        "net_sentiment": net,
        "net_low": low,
        "net_high": high,
        "emotion": top["emotion"].to_numpy(dtype=object),
        "emotion_share": top["share"].to_numpy(dtype=np.float64),
        "low_support": effective[places] < options.min_reviews,
    }
    return pd.concat([sample.labels(places), typed(FIGURES, data)], axis=1)


def _states(sample: Sample) -> Ints:
    """How each pair's review judges here: index into the four states, -1 if it doesn't."""

    def holds(*labels: str) -> Bools:
        codes = [SENTIMENT_LABELS.index(label) for label in labels]
        said = np.flatnonzero(np.isin(sample.sentences.label, codes))
        return np.asarray(sample.per_pair(said) > 0)

    positive, negative = holds("positive", "mixed"), holds("negative", "mixed")
    neutral = holds("neutral")
    chosen = [positive & negative, positive, negative, neutral]
    return np.asarray(np.select(chosen, [2, 0, 1, 3], -1), dtype=np.int64)


def _net(
    sample: Sample, places: Ints, sides: Floats, squares: Floats, options: JourneyOptions
) -> tuple[Floats, Floats, Floats]:
    figures = np.full((3, len(places)), np.nan)
    for i, (place, key) in enumerate(zip(places.tolist(), sample.keys(places), strict=True)):
        held = sides[place]
        if held.any():
            figures[0, i] = 100 * (held[0] - held[1]) / held.sum()
            random = generator(options.seed, "journey", *key)
            figures[1:, i] = net_interval(
                held, options.n_resamples, options.confidence, random, squares[place]
            )
    return figures[0], figures[1], figures[2]


def feelings_of(sample: Sample) -> pd.DataFrame:
    """Reviews, share and intensity by place and emotion, the most frequent of a place first.

    Returns
    -------
    DataFrame
        place, emotion, code (of the emotion), n_reviews, share, intensity.
    """
    pairs, size = sample.pairs, sample.n_places
    mass = sum_by(pairs.place, sample.weights[pairs.verbatim], size)
    parts = []
    for code, emotion in enumerate(EMOTIONS):
        rows, levels = _felt(sample, code)
        strongest = np.zeros(len(pairs))
        for at in (sample.sentences.at_stage, sample.sentences.at_cell):
            np.maximum.at(strongest, at[rows], levels)
        felt = np.flatnonzero(strongest)
        place, weight = pairs.place[felt], sample.weights[pairs.verbatim[felt]]
        held = np.unique(place)
        parts.append(
            pd.DataFrame(
                {
                    "place": held,
                    "emotion": emotion,
                    "code": code,
                    "n_reviews": np.bincount(place, minlength=size)[held],
                    "share": np.minimum(sum_by(place, weight, size)[held] / mass[held], 1),
                    "intensity": mean_by(place, strongest[felt], size, weight)[held],
                }
            )
        )
    table = pd.concat(parts, ignore_index=True)
    # Rounding must not decide between emotions of which there is the same.
    rank = table.assign(share=table["share"].round(9), intensity=table["intensity"].round(9))
    names, rising = ["place", "share", "intensity", "code"], [True, False, False, True]
    return table.loc[rank.sort_values(names, ascending=rising).index].reset_index(drop=True)


def feelings_table(sample: Sample, feelings: pd.DataFrame) -> pd.DataFrame:
    """One row per place and emotion, with a quote for the most frequent ones."""
    before = feelings.groupby("place").cumcount()
    quoted = feelings[before < MOST_FEELINGS]
    chosen = choose(sample, _candidates(sample, quoted), SPARE)
    key = feelings["place"].to_numpy() * len(EMOTIONS) + feelings["code"].to_numpy()
    said = unlike(feelings["place"].tolist(), [chosen.get(one, []) for one in key.tolist()])
    reliable = {
        emotion: is_told_reliably(sample.analysis.meta, "emotion", [emotion])
        for emotion in EMOTIONS
    }
    data = {
        **{name: feelings[name] for name in ("emotion", "n_reviews", "share", "intensity")},
        "is_reliable": feelings["emotion"].map(reliable).to_numpy(dtype=bool),
        **quote_columns(sample, said),
    }
    labels = sample.labels(feelings["place"].to_numpy(dtype=np.int64))
    return pd.concat([labels, typed(FEELINGS, data)], axis=1)


def _candidates(sample: Sample, quoted: pd.DataFrame) -> Iterator[Candidates]:
    """Sentences that hold an emotion in its place, and how strongly, emotion by emotion."""
    for code in range(len(EMOTIONS)):
        places = quoted.loc[quoted["code"] == code, "place"].to_numpy()
        rows, levels = _felt(sample, code)
        place = sample.places(rows)
        held = np.flatnonzero(np.isin(place, places))
        which = held % max(len(rows), 1)
        yield place[held] * len(EMOTIONS) + code, rows[which], levels[which] / 3


def _felt(sample: Sample, code: int) -> tuple[Numbers, Floats]:
    """Sentences that hold an emotion, and its intensity in each."""
    held = np.flatnonzero(sample.felt.emotion == code)
    return sample.felt.row[held], sample.felt.level[held].astype(np.float64)
