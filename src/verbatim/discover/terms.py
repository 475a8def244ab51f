r"""Count what may name a theme: things, judgements, and judgements of things.

How telling a term t is for the theme c is its class-based TF-IDF (Grootendorst 2022) times the
share of the theme's reviews that hold it, so that a name stands for much of what it names:

.. math:: \Bigl(\frac{n_{tc}}{n_c}\Bigr)^2 \log\Bigl(1 + \frac{A}{n_t}\Bigr)

with :math:`n_{tc}` the reviews of the theme that hold it, :math:`n_c` all of the theme,
:math:`n_t` those of all themes and A the mean of :math:`n_c`.

References
----------
M. Grootendorst (2022), BERTopic: Neural topic modeling with a class-based TF-IDF procedure,
arXiv:2203.05794.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.discover.candidates import Pair, Term, learn, pairs
from verbatim.discover.cluster import Floats, Ints
from verbatim.discover.said import Said

MOST_PHRASES = 1000
"""Phrases of a theme that its name is made from, the most frequent."""


@dataclass(frozen=True, eq=False, slots=True)
class Terms:
    """What may name the themes.

    Attributes
    ----------
    table : DataFrame
        ``theme``, ``how`` and ``thing`` (stems), ``n`` reviews, ``share`` of those of the theme,
        ``lift`` of that share over the one in all other themes, ``score``, and ``positive`` and
        ``negative`` opinions; by theme, the most telling first.
    form : mapping
        How the reviews of a theme write a judgement or a thing most.
    size : float64 array
        Reviews of each theme.
    positive, negative : float64 arrays
        Opinions of each theme.
    """

    table: pd.DataFrame
    form: Mapping[tuple[int, Term], str]
    size: Floats
    positive: Floats
    negative: Floats


def count_terms(said: Said, theme: Ints, n_themes: int) -> Terms:
    """Count the terms of each theme, given the theme of each phrase, -1 for none."""
    reviews = said.reviews_of(said.phrase, len(said.phrases))
    kept = _most_frequent(theme, reviews)
    of_phrase = theme[kept]
    flat, terms, form = _flat(said.phrases.iloc[kept], of_phrase, reviews[kept])
    size = _size(said, kept, of_phrase, n_themes)
    cells, n = _reviews(said, kept, of_phrase, flat, len(terms))
    most = max(len(terms), 1)
    table = _scored(cells // most, cells % most, n, size)
    place = np.searchsorted(cells, of_phrase[flat[:, 0]] * most + flat[:, 1])
    sides = []
    for number, name in enumerate(("positive", "negative")):
        side = np.bincount(said.phrase, said.side == number, len(reviews))[kept]
        table[name] = np.bincount(place, side[flat[:, 0]], len(cells))
        sides.append(np.bincount(of_phrase, side, n_themes).astype(np.float64))
    for part, name in enumerate(("how", "thing")):
        table[name] = _objects([terms[i][part] for i in table["term"]])
    order = ["theme", "score", "how", "thing"]
    table = table.sort_values(order, ascending=[True, False, True, True], ignore_index=True)
    return Terms(table.drop(columns="term"), form, size, sides[0], sides[1])


def _most_frequent(theme: Ints, reviews: Ints) -> Ints:
    rows = np.flatnonzero(theme >= 0)
    order = rows[np.lexsort((rows, -reviews[rows], theme[rows]))]
    rank = np.arange(len(order)) - np.searchsorted(theme[order], theme[order])
    return np.sort(order[rank < MOST_PHRASES]).astype(np.int64)


def _flat(
    phrases: pd.DataFrame, theme: Ints, n: Ints
) -> tuple[Ints, list[Pair], dict[tuple[int, Term], str]]:
    """Row and number of term for each term of a phrase; the terms; how their parts are written."""
    targets, assessments = phrases["target_form"].tolist(), phrases["assessment_form"].tolist()
    words = learn(phrases)
    codes: dict[Pair, int] = {}
    written: dict[tuple[int, Term], Counter[str]] = {}
    flat = []
    for row, (target, assessment) in enumerate(zip(targets, assessments, strict=True)):
        found = set()
        for pair, forms in pairs(target, assessment, words):
            found.add(codes.setdefault(pair, len(codes)))
            for term, form in forms:
                written.setdefault((int(theme[row]), term), Counter())[form] += int(n[row])
        flat += [(row, code) for code in sorted(found)]
    most = {key: min(of, key=lambda one: (-of[one], one)) for key, of in written.items()}
    return np.array(flat, np.int64).reshape(-1, 2), list(codes), most


def _reviews(said: Said, kept: Ints, theme: Ints, flat: Ints, n_terms: int) -> tuple[Ints, Ints]:
    """Cells (theme times terms plus term) and the reviews that hold each."""
    width = int(said.review.max(initial=0)) + 1
    held = np.unique(said.phrase * width + said.review)
    phrase, review = held // width, held % width
    first = np.searchsorted(phrase, kept)
    count = np.searchsorted(phrase, kept, side="right") - first
    times = count[flat[:, 0]]
    starts = np.repeat(first[flat[:, 0]] - (np.cumsum(times) - times), times)
    reviews = review[starts + np.arange(times.sum())]
    cell = np.repeat(theme[flat[:, 0]] * n_terms + flat[:, 1], times)
    cells, n = np.unique(np.unique(cell * width + reviews) // width, return_counts=True)
    return cells.astype(np.int64), n.astype(np.int64)


def _size(said: Said, kept: Ints, theme: Ints, n_themes: int) -> Floats:
    of_phrase = np.full(len(said.phrases), -1, np.int64)
    of_phrase[kept] = theme
    return said.reviews_of(of_phrase[said.phrase], n_themes).astype(np.float64)


def _scored(theme: Ints, term: Ints, n: Ints, size: Floats) -> pd.DataFrame:
    total = np.bincount(term, n)[term] if len(term) else n
    of_theme = size[theme]
    share = n / of_theme
    elsewhere = (total - n + 0.5) / (size.sum() - of_theme + 1)
    alone = len(size[size > 0]) < 2
    mean = size[size > 0].mean() if len(term) else 1.0
    score = np.round(share**2 * np.log1p(mean / total), 9)
    lift = np.full(len(n), np.inf) if alone else share / elsewhere
    return pd.DataFrame(
        {"theme": theme, "term": term, "n": n, "share": share, "lift": lift, "score": score}
    )


def _objects(values: list[Term]) -> NDArray[np.object_]:
    """Array of tuples, which numpy would otherwise make a table of."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
