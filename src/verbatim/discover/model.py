"""The themes as a value, and the rule by which an opinion belongs to one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.discover.cluster import Ints, nearest
from verbatim.discover.points import Vectors, points
from verbatim.drivers.columns import OVERALL
from verbatim.errors import OptionError, unknown

FITS = 0.2
"""Cosine to its centre from which an opinion belongs to a theme of its driver, or of all."""
ELSEWHERE = 0.4
"""The same for a theme of another driver, for which nothing but the words speaks."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Attributes
    ----------
    id : str
        Driver and first name, such as ``waiting/slow-lift``; it never changes.
    name : str
    driver : str
    keywords : tuple of str
        Words that set it apart, the most telling first.
    pinned : bool
        Whether it stays however few reviews hold it.
    dropped : bool
        Whether what belongs to it counts as unassigned.
    """

    id: str
    name: str
    driver: str
    keywords: tuple[str, ...] = ()
    pinned: bool = False
    dropped: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """Where the themes lie.

    Attributes
    ----------
    themes : tuple of Theme
    centres : float32 array of shape (p, width)
        Points 1 long; a theme has one or more.
    owner : int64 array of shape (p,)
        Index of the theme of each centre.
    scope : str array of shape (p,)
        Driver whose opinions each centre may take: that of its theme, or of one merged into it.
    weights : mapping of str to float
        Weights of words, as `verbatim.discover.points.word_weights` learns them.
    """

    themes: tuple[Theme, ...]
    centres: Vectors
    owner: Ints
    scope: NDArray[np.str_]
    weights: Mapping[str, float]

    def index(self, theme: str) -> int:
        """Index of a theme that isn't dropped, by id or name; `OptionError` if there is none."""
        shown = [one for one in self.themes if not one.dropped]
        found = [i for i, one in enumerate(self.themes) if one in shown and one.id == theme]
        found = found or [
            i for i, one in enumerate(self.themes) if one in shown and one.name == theme
        ]
        if len(found) > 1:
            ids = ", ".join(self.themes[i].id for i in found)
            raise OptionError(f"{len(found)} themes are named {theme!r}; give an id: {ids}")
        if not found:
            raise OptionError(unknown("theme", theme, [one.id for one in shown]))
        return found[0]

    def of_driver(self, driver: str) -> Ints:
        """Centres that take opinions of a driver."""
        return np.flatnonzero(self.scope == driver)

    def assign(self, phrases: pd.DataFrame) -> Ints:
        """Index of the theme of each row of ``driver``, ``target``, ``assessment``; -1 for none.

        A row belongs to the nearest centre among the themes of its driver, if it is near enough
        (`FITS`), or else among those of `OVERALL`, or else, if it is very near (`ELSEWHERE`), among
        all: what one driver has a theme for may be said of another. So what else is in the table
        doesn't matter.
        """
        found = np.full(len(phrases), -1, np.int64)
        everywhere = np.arange(len(self.owner))
        for driver, rows in by_driver(phrases):
            points = self.place(phrases.iloc[rows])
            for centres, least in (
                (self.of_driver(driver), FITS),
                (self.of_driver(OVERALL), FITS),
                (everywhere, ELSEWHERE),
            ):
                left = found[rows] < 0
                found[rows[left]] = self._near(points[left], centres, least)
        return found

    def _near(self, points: Vectors, centres: Ints, least: float) -> Ints:
        """Theme of the nearest of `centres` to each point, -1 where none is so near."""
        which, cosine = nearest(points, self.centres[centres])
        return np.where(cosine >= least, self.owner[centres][which], -1) if len(centres) else which

    def shown(self, found: Ints) -> Ints:
        """Leave out dropped themes: -1 stands for them."""
        dropped = np.array([*(theme.dropped for theme in self.themes), False], dtype=bool)
        return np.where(dropped[found], -1, found)

    def place(self, phrases: pd.DataFrame) -> Vectors:
        """Points of rows of ``target`` and ``assessment``."""
        target, assessment = phrases["target"].tolist(), phrases["assessment"].tolist()
        return points(target, assessment, self.weights)

    def edited(self, i: int, **changes: object) -> Model:
        """Change the theme at `i`."""
        themes = list(self.themes)
        themes[i] = replace(themes[i], **changes)  # type: ignore[arg-type]
        return replace(self, themes=tuple(themes))

    def without(self, themes: Collection[int]) -> Model:
        """Leave out themes, and their centres."""
        place = np.full(len(self.themes), -1, np.int64)
        kept = [i for i in range(len(self.themes)) if i not in themes]
        place[kept] = np.arange(len(kept))
        owner = place[self.owner]
        return replace(
            self,
            themes=tuple(self.themes[i] for i in kept),
            centres=self.centres[owner >= 0],
            owner=owner[owner >= 0],
            scope=self.scope[owner >= 0],
        )


def by_driver(phrases: pd.DataFrame) -> Iterator[tuple[str, Ints]]:
    """Drivers in their order, and the rows of each."""
    codes, drivers = pd.factorize(phrases["driver"], sort=True)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(drivers) + 1))
    for i, driver in enumerate(drivers):
        yield str(driver), order[bounds[i] : bounds[i + 1]].astype(np.int64)
