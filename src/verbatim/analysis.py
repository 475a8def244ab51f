"""The value that everything after the engine takes: three tidy tables and where they came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.errors import OptionError, not_a_name, unknown
from verbatim.schema import ID, TABLES, names
from verbatim.selection import as_mask, check_columns, check_table, is_among, taking, where_holds

if TYPE_CHECKING:
    from verbatim.comparison import Comparison
    from verbatim.discover import Themes
    from verbatim.drivers import DriverScores
    from verbatim.experience import Effort, Loyalty, ServiceExperience
    from verbatim.journey import Journey
    from verbatim.journey.steps import Given
    from verbatim.moments import Moments
    from verbatim.report.show import Shown
    from verbatim.trend import Trend


@dataclass(frozen=True, eq=False, repr=False)
class Analysis:
    """Verbatims, their sentences and their opinions, as three tidy tables.

    The tables' columns are documented in ``docs/schema.md``; every offset counts code points of
    the original text, so ``text[start:end]`` is what the row says.

    An analysis isn't changed: its methods give new ones. A table that you take out is yours, as
    far as pandas copies on write: what you assign to it doesn't change the analysis, while what
    you write into its arrays, or into a list that a cell holds, does. `meta` is its own, and the
    same object in what is filtered from it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``verbatims``, ``sentences`` and ``opinions``, as `verbatim.schema.TABLES` lists them;
        ``verbatims`` may have the caller's own columns behind those of the schema.
    meta : mapping
        Provenance that JSON can hold: engine, taxonomy, versions.
    """

    tables: Mapping[str, pd.DataFrame]
    meta: Mapping[str, Any]

    @property
    def verbatims(self) -> pd.DataFrame:
        """One row per verbatim, in the order of the input, the caller's own columns last."""
        return self.tables["verbatims"].copy(deep=False)

    @property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence."""
        return self.tables["sentences"].copy(deep=False)

    @property
    def opinions(self) -> pd.DataFrame:
        """One row per opinion."""
        return self.tables["opinions"].copy(deep=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The caller's own columns, by which an analysis can be filtered and grouped."""
        return tuple(self.tables["verbatims"].columns[len(names("verbatims")) :])

    def __len__(self) -> int:
        return len(self.select("verbatims", [ID]))

    def __repr__(self) -> str:
        held = ", ".join(f"{len(self.select(name, [ID]))} {name}" for name in TABLES)
        return (
            f"Analysis({held}, engine={self.meta['engine']['name']!r}, "
            f"taxonomy={self.meta['taxonomy']['name']!r})"
        )

    def _repr_html_(self) -> str:
        from verbatim.report.notebook import analysis_html

        return analysis_html(self)

    def filter(
        self, where: Callable[[pd.DataFrame], Any] | None = None, /, **columns: object
    ) -> Analysis:
        """Keep the verbatims for which every condition holds, with their sentences and opinions.

        Parameters
        ----------
        where : callable, optional
            Takes the verbatims table and returns a boolean array, one value per row.
        **columns
            A column of the verbatims table and the value, or the values as a list, array, range
            or Series, to keep; None stands for every kind of NA.

        Raises
        ------
        OptionError
            A column isn't there, and the message lists those that are; or `where` returns
            something else than True or False for each row.

        Examples
        --------
        >>> import pandas as pd, verbatim
        >>> reviews = pd.DataFrame({"review": ["Lovely staff", "Dirty room"], "stars": [5, 2]})
        >>> analysis = verbatim.analyze(reviews, text="review", engine="lexicon")
        >>> list(analysis.filter(stars=5).opinions["driver"])
        ['staff']
        >>> len(analysis.filter(lambda rows: rows["stars"] < 3))
        1
        """
        keep = np.ones(len(self), dtype=bool)
        if where is not None:
            keep &= where_holds(where, self.verbatims)
        for column, value in columns.items():
            keep &= is_among(self.column(column), value)
        return self._keep(keep)

    def keep(self, rows: NDArray[np.bool_]) -> Analysis:
        """Keep the verbatims where `rows` is True, with their sentences and opinions.

        Parameters
        ----------
        rows : bool array of shape (n_verbatims,)

        Raises
        ------
        OptionError
            `rows` is of another length, or holds something else than True and False.
        """
        return self._keep(as_mask(rows, len(self)))

    def _keep(self, rows: NDArray[np.bool_]) -> Analysis:
        kept = set(self.tables["verbatims"].loc[rows, ID])
        tables = {name: table[table[ID].isin(kept)] for name, table in self.tables.items()}
        return Analysis(
            {name: table.reset_index(drop=True) for name, table in tables.items()}, self.meta
        )

    def select(self, table: str, columns: Sequence[Hashable]) -> pd.DataFrame:
        """Some columns of a table; of an analysis that was opened no others are read.

        Parameters
        ----------
        table : {"verbatims", "sentences", "opinions"}
        columns : sequence
            Names, in the order in which they shall stand.

        Raises
        ------
        OptionError
            There is no such table or column.
        """
        check_table(table, columns)
        whole = self.tables[table]
        check_columns(columns, whole.columns)
        return whole[list(columns)]

    def blocks(self) -> Iterator[Analysis]:
        """Yield the verbatims in order, some at a time, each with its sentences and opinions.

        One that was opened has as many blocks as parts; any other is one block. What is computed
        block by block takes the memory of a block.
        """
        yield self

    def column(self, name: Hashable) -> pd.Series[Any]:
        """One column of the verbatims table; an unknown name raises `OptionError` with a guess."""
        known = [*names("verbatims"), *self.columns]
        if pd.api.types.is_list_like(name):
            raise OptionError(not_a_name("the column", name))
        if name not in known:
            raise OptionError(unknown("column", name, known))
        return self.select("verbatims", [name])[name]

    def drivers(
        self,
        by: str | Sequence[str] | None = None,
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> DriverScores:
        """Score the experience drivers; see `verbatim.drivers.score_drivers` for the options."""
        from verbatim.drivers import score_drivers

        return taking(score_drivers, options)(
            self, by=by, outcome=outcome, weight=weight, **options
        )

    def compare(
        self,
        by: str | Sequence[str],
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Comparison:
        """Compare groups or periods; see `verbatim.comparison.compare` for the options."""
        from verbatim.comparison import compare

        return taking(compare, options)(self, by=by, outcome=outcome, weight=weight, **options)

    def trend(
        self,
        date: str | None = None,
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Trend:
        """Follow the drivers through time; see `verbatim.trend.trend` for the options."""
        from verbatim.trend import trend

        return taking(trend, options)(self, date=date, outcome=outcome, weight=weight, **options)

    def discover(self, **options: Any) -> Themes:
        """Find the themes that customers talk about; see `verbatim.discover.discover`."""
        from verbatim.discover import discover

        return taking(discover, options)(self, **options)

    def service_experience(
        self,
        outcome: str | None = None,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> ServiceExperience:
        """Split off customer service; see `verbatim.experience.service_experience`."""
        from verbatim.experience import service_experience

        return taking(service_experience, options)(
            self, outcome=outcome, by=by, weight=weight, **options
        )

    def effort(
        self,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Effort:
        """Measure effort, contacts and waits; see `verbatim.experience.effort`."""
        from verbatim.experience import effort

        return taking(effort, options)(self, by=by, weight=weight, **options)

    def loyalty(
        self,
        score: str | None = None,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Loyalty:
        """Measure loyalty by the intents told; see `verbatim.experience.loyalty`."""
        from verbatim.experience import loyalty

        return taking(loyalty, options)(self, score=score, by=by, weight=weight, **options)

    def journey(
        self,
        *,
        stages: Given | None = None,
        touchpoints: Given | None = None,
        by: str | Sequence[str] | None = None,
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Journey:
        """Map the customer's journey; see `verbatim.journey.journey` for the options."""
        from verbatim.journey import journey

        return taking(journey, options)(
            self,
            stages=stages,
            touchpoints=touchpoints,
            by=by,
            outcome=outcome,
            weight=weight,
            **options,
        )

    def moments(
        self,
        *,
        kinds: str | Sequence[str] | None = None,
        by: str | Sequence[str] | None = None,
        **options: Any,
    ) -> Moments:
        """Find alerts worth a call back, and wow moments; see `verbatim.moments.moments`."""
        from verbatim.moments import moments

        return taking(moments, options)(self, kinds=kinds, by=by, **options)

    def report(
        self,
        path: str | Path,
        by: str | Sequence[str] | None = None,
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Path:
        """Write what drives the experience as one HTML file that opens offline.

        The options are those of `verbatim.report.report_html`: ``title``, ``date``, ``freq``,
        ``higher_is_better``, ``min_reviews``, ``confidence``, ``seed``.

        Raises
        ------
        OptionError
            A column isn't there, the outcome isn't numeric, or an option is out of its range.
        StorageError
            The file can't be written.
        """
        from verbatim.report import report_html
        from verbatim.report.write import write_text

        page = taking(report_html, options)(self, by, outcome, weight=weight, **options)
        return write_text(_path(path), page)

    def show(self, key: Hashable) -> Shown:
        """Show one verbatim, its opinions marked in place, and the evidence of each.

        Parameters
        ----------
        key : int or str
            Id of the verbatim, which is its position unless a column of ids was given; where ids
            are texts, a number is a position.

        Raises
        ------
        OptionError
            There is no such verbatim.

        Examples
        --------
        >>> import verbatim
        >>> verbatim.analyze(["Lovely staff"], engine="lexicon").show(0)
        [+ Lovely +] staff
        <BLANKLINE>
        + staff: +2, confidence ..., target "staff", assessment "Lovely", evidence ...
        """
        from verbatim.report.show import show

        return show(self, key)

    def to_dict(self) -> dict[str, Any]:
        """Nested plain values, valid under `verbatim.json_schema()`; absent values are left out.

        Of the caller's own columns, dates and durations are text as in ISO 8601, bytes are read as
        UTF-8, an infinite number is ``"inf"`` or ``"-inf"``, and lists and dicts hold such values;
        anything else is the text that Python makes of it.
        """
        from verbatim.exchange import analysis_to_dict

        return analysis_to_dict(self)

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the tables as Parquet and the provenance as ``meta.json`` into a directory.

        The directory appears whole or not at all; where `path` is a link, the directory that it
        leads to. What was there is there until then. Of several saves at once each has its turn.

        A column of yours that Parquet can't hold, such as one of numbers and texts mixed, is saved
        as text, and read as text again; ``meta["saved_as_text"]`` then names it. Make such a
        column one of a single type before you analyse, to keep its values.

        Raises
        ------
        StorageError
            The directory can't be written, is there already and `overwrite` is False, or holds
            something else than what was saved there.
        """
        from verbatim.storage import save

        return save(self, _path(path), overwrite=overwrite)

    @classmethod
    def load(cls, path: str | Path) -> Analysis:
        """Read what `save` wrote.

        Raises
        ------
        StorageError
            The directory holds no whole analysis, or one of another schema version.
        """
        from verbatim.opening import load

        return load(_path(path))

    @classmethod
    def open(cls, path: str | Path) -> Analysis:
        """Open what `save`, or ``verbatim analyze --out``, wrote, without reading it yet.

        Takes the place of `load` where the tables are larger than the memory: columns are read
        when they are needed, and not held, so the files must stay where they are. What is computed
        from it is the same. Once another analysis is saved in its place, whatever would be read
        raises.

        Raises
        ------
        StorageError
            The directory holds no whole analysis, or one of another schema version.
        """
        from verbatim.opening import open_stored

        return open_stored(_path(path))


def _path(path: object) -> Path:
    if not isinstance(path, (str, PathLike)):
        raise OptionError(f"path={path!r}; give the name of a folder or file")
    return Path(path)
