"""Find themes among opinions, beside those that are there.

Driver by driver: what no theme fits well is clustered; a cluster that enough reviews hold, once
every opinion has gone to the nearest, is a new theme; and so on until nothing more is found. What
fits no theme of its driver is clustered with what is about everything, at the end. The same steps
find the first themes and, later, what has come up since: a theme that is there stays where it is,
so its id and name go on to mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.discover.candidates import sayings
from verbatim.discover.cluster import SAME, Floats, Ints, cluster, cosines, means, nearest
from verbatim.discover.model import FITS, Model, Theme, by_driver
from verbatim.discover.naming import name_apart
from verbatim.discover.phrases import stem
from verbatim.discover.points import Vectors, word_weights
from verbatim.discover.said import Said
from verbatim.discover.talk import FEW
from verbatim.discover.words import sets_apart
from verbatim.drivers.columns import OVERALL

ALIKE = 0.1
"""Share of a theme's reviews that hold one telling word, at least: else it would have no name."""
POOLED_ALIKE = 0.15
"""The same under `OVERALL`, whose themes don't have their driver in common."""
ROUNDS = 10
"""Rounds of a driver at most; two or three are the rule."""
SETTLING = 3


@dataclass(frozen=True, eq=False, slots=True)
class _Scope:
    """The opinions of one driver: points with their reviews, and the pairs behind them.

    `phrase` and `review` have one entry per opinion; phrase is the row of its point. `words` has a
    point and the number of a word for each word of the points. `alike_from` is what `alike` of a
    theme must reach.
    """

    points: Vectors
    reviews: Floats
    phrase: Ints
    review: Ints
    words: tuple[Ints, Ints]
    alike_from: float

    def alike(self, theme_of_point: Ints, least: Ints) -> NDArray[np.bool_]:
        """Whether enough reviews of each theme hold its most frequent word."""
        point, word = self.words
        theme = theme_of_point[point]
        kept = theme >= 0
        n_words = int(word.max(initial=0)) + 1
        cells, cell = np.unique(theme[kept] * n_words + word[kept], return_inverse=True)
        n_themes = len(least)
        most = np.zeros(n_themes)
        np.maximum.at(
            most, cells // n_words, np.bincount(cell, self.reviews[point[kept]], len(cells))
        )
        held = theme_of_point >= 0
        total = np.bincount(theme_of_point[held], self.reviews[held], n_themes)
        enough: NDArray[np.bool_] = most >= np.maximum(
            self.alike_from * total, np.minimum(least, FEW)
        )
        return enough

    def size(self, theme_of_point: Ints, n_themes: int) -> Ints:
        """Reviews that hold each theme."""
        theme = theme_of_point[self.phrase]
        kept = theme >= 0
        width = int(self.review.max(initial=0)) + 1
        pairs = np.unique(theme[kept] * width + self.review[kept])
        return np.bincount(pairs // width, minlength=n_themes).astype(np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class _Found:
    """Centres of a driver's themes; `least` is the number of reviews that each theme needs."""

    centres: Vectors
    owner: Ints
    least: Ints

    def assign(self, scope: _Scope) -> Ints:
        which, cosine = nearest(scope.points, self.centres)
        if not len(self.centres):
            return which
        return np.where(cosine >= FITS, self.owner[which], -1)

    def kept_at(self, scope: _Scope, size: int) -> _Found:
        """The same, where no theme may fall below `size`, or below what it has if that is less."""
        held = scope.size(self.assign(scope), len(self.least))
        return replace(self, least=np.where(self.least > 0, np.minimum(held, size), 0))

    def joined(self, centres: Vectors, least: int) -> _Found:
        """The same with a new theme for each of `centres`."""
        n = len(self.least)
        return _Found(
            np.concatenate([self.centres, centres]),
            np.concatenate([self.owner, np.arange(n, n + len(centres))]),
            np.concatenate([self.least, np.full(len(centres), least)]),
        )


def empty_model(said: Said) -> Model:
    """No theme yet, but the weights of the words."""
    weights = word_weights(said.phrases, phrase_reviews(said))
    nothing: Mapping[str, float] = {}
    none = (np.zeros(0, np.int64), np.zeros(0, np.str_))
    unplaced = Model((), np.zeros((0, 0), np.float32), *none, nothing)
    width = unplaced.place(said.phrases.iloc[:0]).shape[1]
    return Model((), np.zeros((0, width), np.float32), *none, weights)


def fit(said: Said, model: Model, size: int) -> Model:
    """Find the themes of at least `size` reviews beside those of `model`.

    One that is there already is gone if fewer than half as many hold it, unless it is pinned or
    dropped.
    """
    reviews = phrase_reviews(said)
    centres, owner, scope, themes = [], [], [], list(model.themes)
    gone = {i for i, theme in enumerate(themes) if not (theme.pinned or theme.dropped)}
    kept: set[int] = set(range(len(themes))) - gone
    drivers = dict(by_driver(said.phrases))
    left = [drivers.get(OVERALL, np.zeros(0, np.int64))]
    others = {*drivers, *model.scope.tolist()} - {OVERALL}
    for driver in [*sorted(others), OVERALL]:
        held = model.of_driver(driver)
        rows = drivers.get(driver, left[0][:0])
        rows = np.sort(np.concatenate(left)) if driver == OVERALL else rows
        found, free = _fit_driver(said, model, driver, rows, reviews, size)
        left.append(rows[free])
        local = sorted({int(i) for i in model.owner[held]})
        kept |= {local[i] for i in set(found.owner.tolist()) if i < len(local)}
        index = {i: theme for i, theme in enumerate(local)}
        for i in sorted({int(i) for i in found.owner} - set(index)):
            index[i] = len(themes)
            kept.add(len(themes))
            themes.append(Theme("", "", driver))
        centres.append(found.centres)
        owner += [index[int(i)] for i in found.owner]
        scope += [driver] * len(found.owner)
    places = (np.array(owner, np.int64), np.array(scope, np.str_))
    grown = _put_together(model, themes, kept, centres, *places)
    return name_apart(said, grown, {theme.id for theme in model.themes})


def _fit_driver(
    said: Said, model: Model, driver: str, rows: Ints, reviews: Floats, size: int
) -> tuple[_Found, NDArray[np.bool_]]:
    """Themes of a driver, and which of its phrases, `rows`, fit none."""
    held = model.of_driver(driver)
    local, owner = np.unique(model.owner[held], return_inverse=True)
    stays = [model.themes[i].pinned or model.themes[i].dropped for i in local]
    least = np.where(stays, 0, -(-size // 2)).astype(np.int64)
    found = _Found(model.centres[held], owner.astype(np.int64), least)
    scope = _scope(said, model, driver, rows, reviews)
    found = _settled(scope, found)
    for _ in range(ROUNDS):
        loose = nearest(scope.points, found.centres)[1] < SAME
        if scope.reviews[loose].sum() < size:
            break
        centres = _clusters(scope.points[loose], scope.reviews[loose])
        centres = centres[nearest(centres, found.centres)[1] < SAME]
        grown = _settled(scope, found.kept_at(scope, size).joined(centres, size))
        before, after = set(found.owner.tolist()), set(grown.owner.tolist())
        if not before < after:  # nothing new, or at the cost of what is there
            break
        found = grown
    return found, found.assign(scope) < 0


def _scope(said: Said, model: Model, driver: str, rows: Ints, reviews: Floats) -> _Scope:
    place = np.full(len(said.phrases), -1, np.int64)
    place[rows] = np.arange(len(rows))
    phrase = place[said.phrase]
    of_driver = phrase >= 0
    points = model.place(said.phrases.iloc[rows])
    words = _words(said.phrases.iloc[rows])
    least = POOLED_ALIKE if driver == OVERALL else ALIKE
    return _Scope(points, reviews[rows], phrase[of_driver], said.review[of_driver], words, least)


def _words(phrases: pd.DataFrame) -> tuple[Ints, Ints]:
    texts = zip(phrases["target"].tolist(), phrases["assessment"].tolist(), strict=True)
    words = [sorted(_telling(target, assessment)) for target, assessment in texts]
    rows = np.repeat(np.arange(len(words)), [len(each) for each in words])
    codes = pd.factorize(np.array([word for each in words for word in each], dtype=object))[0]
    return rows.astype(np.int64), codes.astype(np.int64)


def _telling(target: str, assessment: str) -> set[str]:
    """Words and sayings of a phrase that may set a theme apart."""
    words = {stem(word) for word in f"{target} {assessment}".split() if sets_apart(word)}
    return words | {" ".join(term) for term, _ in sayings(assessment)}


def _clusters(points: Vectors, reviews: Floats) -> Vectors:
    """Centres of the clusters, moved to the middle of what fits them."""
    centres = cluster(points, reviews)
    for _ in range(SETTLING):
        which, cosine = nearest(points, centres)
        moved = means(points, reviews, np.where(cosine >= FITS, which, -1), len(centres))
        centres = moved[moved.any(axis=1)]
    return centres


def _settled(scope: _Scope, found: _Found) -> _Found:
    """Without themes that too few reviews hold, once theirs have gone to others.

    The smaller half of them goes first, so that the rest may grow by what it held.
    """
    which = np.arange(len(found.owner))
    near = cosines(scope.points, found.centres)
    while len(which):
        best = which[near[:, which].argmax(axis=1)]
        fits = near[np.arange(len(near)), best] >= FITS
        theme = np.where(fits, found.owner[best], -1)
        size = scope.size(theme, len(found.least))
        alike = scope.alike(theme, found.least)
        held = np.isin(np.arange(len(size)), found.owner[which])
        small = np.flatnonzero(held & ((size < found.least) | (~alike & (found.least > 0))))
        if not len(small):
            break
        smallest = small[np.argsort(size[small], kind="stable")]
        which = which[~np.isin(found.owner[which], smallest[: -(-len(small) // 2)])]
    return _Found(found.centres[which], found.owner[which], found.least)


def phrase_reviews(said: Said) -> Floats:
    """Reviews that hold each phrase."""
    return said.reviews_of(said.phrase, len(said.phrases)).astype(np.float64)


def _put_together(
    model: Model,
    themes: list[Theme],
    kept: set[int],
    centres: list[Vectors],
    owner: Ints,
    scope: NDArray[np.str_],
) -> Model:
    """Make a model of the themes that are kept, with the weights of `model`."""
    order = sorted(kept)
    place = {old: new for new, old in enumerate(order)}
    everything = [model.centres[:0], *centres]
    return Model(
        tuple(themes[i] for i in order),
        np.concatenate(everything),
        np.array([place[int(i)] for i in owner], np.int64),
        scope,
        model.weights,
    )
