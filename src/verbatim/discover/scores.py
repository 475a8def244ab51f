"""Count the reviews that hold each theme, and how people feel about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from verbatim.discover.cluster import Ints
from verbatim.discover.columns import THEME, THEMES
from verbatim.discover.model import Model
from verbatim.discover.options import DiscoverOptions
from verbatim.discover.said import Said
from verbatim.drivers.bootstrap import generator, net_interval, wilson
from verbatim.drivers.columns import typed


def theme_frame(said: Said, model: Model, options: DiscoverOptions) -> pd.DataFrame:
    """One row per theme that isn't dropped, by driver and falling number of reviews.

    The figures are those that ``drivers(level="theme")`` gives without weights.
    """
    theme = model.shown(model.assign(said.phrases))[said.phrase]
    states = _states(said, theme, len(model.themes))
    shown = [i for i, one in enumerate(model.themes) if not one.dropped]
    reviews = states.sum(axis=1)
    order = sorted(shown, key=lambda i: (model.themes[i].driver, -reviews[i], model.themes[i].id))
    rows = [_row(i, states[i], model, options) for i in order]
    columns = (*THEME, *THEMES)
    data: dict[str, Any] = {c.name: [row.get(c.name) for row in rows] for c in columns}
    n_opinions = np.bincount(theme[theme >= 0], minlength=len(model.themes))
    low, high = wilson(reviews[order], np.full(len(order), said.n_read), options.confidence)
    data |= {
        "n_opinions": n_opinions[order],
        "n_read": np.full(len(order), said.n_read),
        "share": reviews[order] / max(said.n_read, 1),
        "share_low": low,
        "share_high": high,
    }
    return typed(columns, data)


def _states(said: Said, theme: Ints, n_themes: int) -> Ints:
    """Reviews of each theme that are positive, negative, neutral and mixed: (n_themes, 4)."""
    held = theme >= 0
    width = int(said.review.max(initial=0)) + 1
    pairs, pair = np.unique(theme[held] * width + said.review[held], return_inverse=True)
    positive, negative = (
        np.bincount(pair[said.side[held] == side], minlength=len(pairs)) > 0 for side in (0, 1)
    )
    state = np.select([positive & negative, positive, negative], [3, 0, 1], 2)
    counts = np.bincount(pairs // width * 4 + state, minlength=4 * n_themes)
    return counts.reshape(n_themes, 4).astype(np.int64)


def _row(i: int, states: Ints, model: Model, options: DiscoverOptions) -> dict[str, Any]:
    theme = model.themes[i]
    positive, negative, neutral, mixed = states.tolist()
    n = positive + negative + neutral + mixed
    row: dict[str, Any] = {
        "driver": theme.driver,
        "theme": theme.id,
        "name": theme.name,
        "n_reviews": n,
        "positive": positive,
        "negative": negative,
        "neutral": neutral,
        "mixed": mixed,
        "low_support": n < options.min_reviews,
        "keywords": ", ".join(theme.keywords),
        "pinned": theme.pinned,
    }
    if n:
        random = generator(options.seed, "net", theme.driver, theme.id)
        sides = np.array([positive, negative, neutral + mixed], dtype=np.float64)
        low, high = net_interval(sides, options.n_resamples, options.confidence, random)
        row |= {
            "net_sentiment": 100 * ((positive - negative) / n),
            "net_low": low,
            "net_high": high,
        }
    return row
