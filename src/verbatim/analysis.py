"""The value that everything after the engine takes: three tidy tables and where they came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.errors import InputError, OptionError, unknown
from verbatim.schema import ID, TABLES, names
from verbatim.tables import concat_tables

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
    """Verbatims, their sentences and their opinions, as three tidy tables. Immutable.

    The tables' columns are documented in ``docs/schema.md``; every offset counts code points of
    the original text, so ``text[start:end]`` is what the row says. A table that you take out is
    yours: changing it doesn't change the analysis.

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
            A column of the verbatims table and the value, or the list of values, to keep.

        Raises
        ------
        OptionError
            A column isn't there; the message lists those that are.

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
            rows = self.verbatims
            found = pd.Series(where(rows), index=rows.index)
            keep &= found.fillna(False).to_numpy(dtype=bool)
        for column, value in columns.items():
            values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
            keep &= self.column(column).isin(list(values)).to_numpy(dtype=bool)
        return self.keep(keep)

    def keep(self, rows: NDArray[np.bool_]) -> Analysis:
        """Keep the verbatims where `rows` is True, with their sentences and opinions.

        Parameters
        ----------
        rows : bool array of shape (n_verbatims,)
        """
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
        """
        return self.tables[table][list(columns)]

    def blocks(self) -> Iterator[Analysis]:
        """Yield the verbatims in order, some at a time, each with its sentences and opinions.

        One that was opened has as many blocks as parts; any other is one block. What is computed
        block by block takes the memory of a block.
        """
        yield self

    def column(self, name: Hashable) -> pd.Series[Any]:
        """One column of the verbatims table; an unknown name raises `OptionError` with a guess."""
        known = [*names("verbatims"), *self.columns]
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

        return score_drivers(self, by=by, outcome=outcome, weight=weight, **options)

    def compare(
        self,
        by: str | Sequence[str],
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Comparison:
        """Compare groups or periods; see `verbatim.comparison.compare` for the options."""
        from verbatim.comparison import compare

        return compare(self, by=by, outcome=outcome, weight=weight, **options)

    def trend(
        self,
        date: str | None = None,
        outcome: str | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Trend:
        """Follow the drivers through time; see `verbatim.trend.trend` for the options."""
        from verbatim.trend import trend

        return trend(self, date=date, outcome=outcome, weight=weight, **options)

    def discover(self, **options: Any) -> Themes:
        """Find the themes that customers talk about; see `verbatim.discover.discover`."""
        from verbatim.discover import discover

        return discover(self, **options)

    def service_experience(
        self,
        outcome: str | None = None,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> ServiceExperience:
        """Split off customer service; see `verbatim.experience.service_experience`."""
        from verbatim.experience import service_experience

        return service_experience(self, outcome=outcome, by=by, weight=weight, **options)

    def effort(
        self,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Effort:
        """Measure effort, contacts and waits; see `verbatim.experience.effort`."""
        from verbatim.experience import effort

        return effort(self, by=by, weight=weight, **options)

    def loyalty(
        self,
        score: str | None = None,
        by: str | Sequence[str] | None = None,
        weight: str | None = None,
        **options: Any,
    ) -> Loyalty:
        """Measure loyalty by the intents told; see `verbatim.experience.loyalty`."""
        from verbatim.experience import loyalty

        return loyalty(self, score=score, by=by, weight=weight, **options)

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

        return journey(
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

        return moments(self, kinds=kinds, by=by, **options)

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

        return write_text(Path(path), report_html(self, by, outcome, weight=weight, **options))

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
        """Nested plain values, valid under `verbatim.json_schema()`; absent values are left out."""
        from verbatim.exchange import analysis_to_dict

        return analysis_to_dict(self)

    def to_json(self, indent: int | None = None) -> str:
        """Serialise `to_dict()` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the tables as Parquet and the provenance as ``meta.json`` into a directory.

        The directory appears whole or not at all.

        Raises
        ------
        StorageError
            The directory can't be written, is there already and `overwrite` is False, or holds
            something else than what was saved there.
        """
        from verbatim.storage import save

        return save(self, Path(path), overwrite=overwrite)

    @classmethod
    def load(cls, path: str | Path) -> Analysis:
        """Read what `save` wrote.

        Raises
        ------
        StorageError
            The directory holds no whole analysis, or one of another schema version.
        """
        from verbatim.stored import load

        return load(Path(path))

    @classmethod
    def open(cls, path: str | Path) -> Analysis:
        """Open what `save`, or ``verbatim analyze --out``, wrote, without reading it yet.

        Takes the place of `load` where the tables are larger than the memory: columns are read
        when they are needed, and not held, so the files must stay where they are. What is computed
        from it is the same.

        Raises
        ------
        StorageError
            The directory holds no whole analysis, or one of another schema version.
        """
        from verbatim.stored import open_stored

        return open_stored(Path(path))


def concat(analyses: Iterable[Analysis]) -> Analysis:
    """Put analyses made with the same engine and taxonomy one behind the other.

    Ids that are row positions go on counting; the caller's own ids must differ. Where some are
    numbers and some texts, all become texts.

    Raises
    ------
    InputError
        Nothing to concatenate, engines or taxonomies differ, or an id stands in two of them.

    Examples
    --------
    >>> import verbatim
    >>> both = [verbatim.analyze(text, engine="lexicon") for text in ("Great food", "Rude staff")]
    >>> list(verbatim.concat(both).verbatims["id"])
    [0, 1]
    """
    parts = list(analyses)
    if not parts:
        raise InputError("there is no analysis to concatenate; give at least one")
    for key in ("taxonomy", "engine", "schema_version"):
        if any(part.meta[key] != parts[0].meta[key] for part in parts):
            raise InputError(f"the analyses differ in {key}; analyse the texts again with the same")
    if any(part.meta.get("themes") != parts[0].meta.get("themes") for part in parts):
        raise InputError("the analyses differ in their themes; tag all of them with the same")
    fitting = _with_ids_of_one_kind(_continue_positions(parts))
    tables = {name: concat_tables([tables[name] for tables in fitting]) for name in parts[0].tables}
    tables["verbatims"] = _as_the_values_tell(
        tables["verbatims"], [part["verbatims"] for part in fitting]
    )
    repeated = tables["verbatims"][ID][tables["verbatims"][ID].duplicated()].tolist()
    if repeated:
        raise InputError(
            f"id {repeated[0]!r} stands in more than one analysis; give each row its own id"
        )
    are_positions = all(part.meta["id"] == "position" for part in parts)
    return Analysis(tables, {**parts[0].meta, "id": "position" if are_positions else "column"})


def _continue_positions(parts: Sequence[Analysis]) -> list[Mapping[str, pd.DataFrame]]:
    """Shift ids that are row positions where they would meet those of the parts before."""
    shifted: list[Mapping[str, pd.DataFrame]] = []
    last = -1
    for part in parts:
        tables: Mapping[str, pd.DataFrame] = dict(part.tables)
        ids = tables["verbatims"][ID]
        if part.meta["id"] == "position" and len(ids):
            if ids.min() <= last:
                offset = last + 1
                tables = {name: t.assign(**{ID: t[ID] + offset}) for name, t in tables.items()}
            last = max(last, int(tables["verbatims"][ID].max()))
        shifted.append(tables)
    return shifted


def _with_ids_of_one_kind(
    parts: Sequence[Mapping[str, pd.DataFrame]],
) -> Sequence[Mapping[str, pd.DataFrame]]:
    """Make all ids texts if some are, as a column of a table holds one kind."""
    kinds = {tables["verbatims"][ID].dtype for tables in parts if len(tables["verbatims"])}
    if len(kinds) < 2:
        return parts
    return [
        {name: table.assign(**{ID: table[ID].astype("str")}) for name, table in tables.items()}
        for tables in parts
    ]


def _as_the_values_tell(whole: pd.DataFrame, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Let a column have the dtype of its values where parts had another for want of values."""
    differing = [
        column
        for column in whole
        if whole[column].dtype == object
        and any(column in part and part[column].dtype != object for part in parts)
    ]
    return whole.assign(**{str(c): whole[c].infer_objects() for c in differing})
