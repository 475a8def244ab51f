"""Themes, as a value."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.discover import edits, stored, view
from verbatim.discover.changes import changes_between
from verbatim.discover.columns import CHANGES, THEME, THEMES
from verbatim.discover.edits import Entry
from verbatim.discover.emerging import Emerging, emerging
from verbatim.discover.fit import empty_model, fit
from verbatim.discover.model import Model
from verbatim.discover.naming import names_in
from verbatim.discover.options import DiscoverOptions
from verbatim.discover.said import said
from verbatim.discover.scores import theme_frame
from verbatim.discover.stored import State
from verbatim.discover.tagging import (
    check_drivers,
    quotes_of,
    reported,
    requoted,
    shown,
    tag,
)
from verbatim.drivers.columns import QUOTES, meanings, typed
from verbatim.results import records, visible


class Themes:
    """Themes found in opinions, each inside a driver. Immutable: an edit returns new ones.

    The columns are documented in `verbatim.discover.columns` and, with their formulae, in `meta`.
    A table that you take out is yours.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    @cached_property
    def _table(self) -> pd.DataFrame:
        return theme_frame(self._state.said, self._state.model, self._state.options)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per theme, by driver and falling number of reviews."""
        return self._table.copy(deep=False)

    @property
    def quotes(self) -> pd.DataFrame:
        """Sentences that represent what is said of each theme, for and against, best first."""
        return shown(self._state.quotes, self._state.options.n_quotes)

    @property
    def changes(self) -> pd.DataFrame:
        """What became of each theme with the last `refit`; empty before the first."""
        return self._state.changes.copy(deep=False)

    @property
    def log(self) -> tuple[Entry, ...]:
        """Every edit, the first first; a refit and a saved copy keep them and what they did."""
        return tuple(dict(entry) for entry in self._state.log)

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """How they were made, as JSON can hold it: options, counts, meaning of the columns."""
        state = self._state
        opinions = state.said.phrase
        found = state.model.shown(state.model.assign(state.said.phrases))[opinions]
        n_unassigned = int((found < 0).sum())
        return {
            "n_read": state.said.n_read,
            "n_opinions": len(opinions),
            "n_unassigned": n_unassigned,
            "share_unassigned": n_unassigned / len(opinions) if len(opinions) else 0.0,
            "n_themes": len(self._table),
            **asdict(state.options),
            "min_size": state.options.size(state.said.n_read),
            "edits": [dict(entry) for entry in state.log],
            "columns": {
                "themes": meanings((*THEME, *THEMES)),
                "quotes": meanings(QUOTES),
                "changes": meanings(CHANGES),
            },
            **state.source,
        }

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        return visible(view.text(self._table, self.meta))

    def _repr_html_(self) -> str:
        return view.html(self._table, self.meta)

    def theme(self, theme: str, /) -> pd.Series[Any]:
        """Take out the row of one theme, by id, or by name where one theme only has it.

        Raises
        ------
        OptionError
            There is no such theme, or more than one of that name.
        """
        found = self._state.model.themes[self._state.model.index(theme)]
        return self._table[self._table["theme"] == found.id].iloc[0]

    def tag(self, analysis: Analysis) -> Analysis:
        """Give each opinion its theme, without changing the themes: the column ``theme``.

        What an opinion belongs to depends on its words and its driver alone, not on the others.
        ``drivers(level="theme")``, ``compare`` and ``trend`` of the result score the themes.

        Raises
        ------
        OptionError
            None of the themes is of a driver that the analysis has, as it was made with another
            taxonomy. Where that is so of some of them, a warning names their drivers.
        """
        check_drivers(self._state.model, analysis)
        return tag(self._state.model, analysis)

    def names_in(self, analysis: Analysis) -> dict[str, str]:
        """Names that an analysis alone would give to the themes, by id: what they are about there.

        A theme that nobody there speaks of has none.
        """
        check_drivers(self._state.model, analysis)
        return names_in(said(analysis), self._state.model)

    def refit(self, analysis: Analysis) -> Themes:
        """Find what is new in an analysis, and count the rest again.

        Themes that are there stay where they are and keep id and name; edits stand. A theme that
        fewer than half of ``min_size`` reviews hold is gone, unless it is pinned. `changes` of the
        result says what is new, grown, shrunk or gone.
        """
        state = self._state
        check_drivers(state.model, analysis)
        now = said(analysis)
        model = fit(now, state.model, state.options.size(now.n_read))
        grown = _themes(analysis, replace(state, said=now, model=model, source=source(analysis)))
        changes = changes_between(self._table, grown.frame)
        return Themes(replace(grown._state, changes=changes))

    def emerging(
        self,
        analysis: Analysis,
        since: object,
        *,
        date: Hashable | None = None,
        fdr: float = 0.05,
    ) -> Emerging:
        """Say which themes grew since a date, those included that no theme stands for yet.

        Parameters
        ----------
        analysis : Analysis
            Reviews before and since the date; `refit` looks for new themes in them.
        since : date or str
            First day of the later reviews, such as ``"2025-06-01"``.
        date : str, optional
            Column of dates of the verbatims; by default the only one that there is.
        fdr : float
            Share of false discoveries to be expected among the themes marked as emerging, 0 to 1.

        Raises
        ------
        OptionError
            There is no such column; `since` is no date, may be several (``"01/06/2025"``) or leaves
            no review on one side; `fdr` isn't between 0 and 1.

        Notes
        -----
        The share of reviews that hold a theme, since against before: permutation test and Newcombe
        interval as in `verbatim.comparison`, and Benjamini-Hochberg over all themes.
        """
        return emerging(self, analysis, since, date, fdr)

    def rename(self, theme: str, name: str) -> Themes:
        """Give a theme another name; its id stays."""
        return self._edited(*edits.rename(self._state.model, theme, name))

    def merge(self, *themes: str, name: str | None = None) -> Themes:
        """Make one theme of several; the first keeps its driver, id and, unless told, name.

        Opinions of all their drivers belong to it.
        """
        return self._edited(*edits.merge(self._state.model, themes, name))

    def split(self, theme: str, into: int = 2) -> Themes:
        """Make several themes of one; the largest part keeps its id and name."""
        return self._edited(*edits.split(self._state.model, self._state.said, theme, into))

    def pin(self, *themes: str) -> Themes:
        """Keep themes, however few reviews hold them in a later refit."""
        return self._edited(*edits.pin(self._state.model, themes))

    def drop(self, *themes: str) -> Themes:
        """Take themes out: what belongs to them is unassigned, and not found again by a refit."""
        return self._edited(*edits.drop(self._state.model, themes))

    def _edited(self, model: Model, entry: Entry) -> Themes:
        state = self._state
        quotes = requoted(state.quotes, model)
        return Themes(replace(state, model=model, quotes=quotes, log=(*state.log, entry)))

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write to a directory that appears whole or not at all.

        Raises
        ------
        StorageError
            The directory can't be written, or is there already and `overwrite` is False.
        """
        return stored.save(self._state, Path(path), overwrite=overwrite)

    @classmethod
    def load(cls, path: str | Path) -> Themes:
        """Read what `save` wrote.

        Raises
        ------
        StorageError
            The directory holds no whole themes, or some made with other word vectors.
        """
        return cls(stored.load(Path(path)))

    def to_dict(self) -> dict[str, Any]:
        """``meta``, ``themes``, ``quotes`` and ``changes``; records of plain values."""
        tables = {"themes": self._table, "quotes": self.quotes, "changes": self.changes}
        return {"meta": dict(self.meta), **{name: records(t) for name, t in tables.items()}}

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)


def discover(
    analysis: Analysis,
    *,
    min_size: int | None = None,
    min_reviews: int = 30,
    n_quotes: int = 3,
    n_resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Themes:
    """Find the themes that customers talk about, inside each driver, and name them in their words.

    Opinions are clustered, not reviews: a review has several. Opinions that are about everything,
    or about no driver, are clustered together, under ``overall``, and with them those that fit no
    theme of their driver. How many themes there are follows
    from what is said; what fits none stays unassigned and is counted. Neither the order of the rows
    nor chance has a part in it.

    Parameters
    ----------
    analysis : Analysis
    min_size : int, optional
        Reviews that a theme needs; by default a quarter of the root of the number of those
        read, at least 3: 12 of 2,500, 79 of 100,000.
    min_reviews : int
        Themes of fewer reviews are marked as of low support.
    n_quotes : int
        Quotes per theme and side; 0 for none.
    n_resamples, confidence, seed
        Of the intervals of net sentiment, as in `verbatim.drivers.score_drivers`.

    Returns
    -------
    Themes

    Raises
    ------
    OptionError
        An option is out of its range.

    Notes
    -----
    How opinions are placed stands in `verbatim.discover.points`, how they are clustered in
    `verbatim.discover.cluster` and `verbatim.discover.fit`, how themes are named in
    `verbatim.discover.naming`.

    Examples
    --------
    >>> import verbatim
    >>> texts = ["Slow lift.", "The lift was slow.", "Slow lift again.", "Great breakfast."]
    >>> themes = verbatim.analyze(texts, engine="lexicon").discover()
    >>> row = themes.frame.iloc[0]
    >>> row["name"], int(row["n_reviews"]), themes.meta["n_unassigned"]
    ('slow lift', 3, 1)
    """
    options = DiscoverOptions(min_size, min_reviews, n_resamples, confidence, seed, n_quotes)
    heard = said(analysis)
    model = fit(heard, empty_model(heard), options.size(heard.n_read))
    columns = (*THEME, *CHANGES)
    changes = typed(columns, {column.name: [] for column in columns})
    nothing = pd.DataFrame()
    state = State(model, heard, options, nothing, changes, (), source(analysis))
    return _themes(analysis, state)


def _themes(analysis: Analysis, state: State) -> Themes:
    """Themes with quotes from the analysis that they were just fitted to."""
    quotes = quotes_of(state.model, analysis, state.options.n_quotes)
    return Themes(replace(state, quotes=quotes))


def source(analysis: Analysis) -> dict[str, Any]:
    """Say where the opinions come from."""
    from verbatim.comparison.sample import provenance

    return {**provenance(analysis), "drivers": reported(analysis)}
