"""Lay out the cells of the scores, one per group and driver, and find each opinion's cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.columns import DRIVER, SUBDRIVER
from verbatim.errors import OptionError
from verbatim.grouping import Groups
from verbatim.schema import ID
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import in_units, sum_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Cells:
    """One cell per group and driver: cell = group * len(drivers) + driver.

    Attributes
    ----------
    groups : Groups
    drivers : DataFrame
        One row per driver, sorted by name: its key columns (driver, and sub-driver at that
        level) and its name.
    read : bool array of shape (n_verbatims,)
        Whether the verbatim counts: it was read, and its weight is above 0.
    weights : float64 array of shape (n_verbatims,)
        Weights of those that count, which in each group sum to its effective number of reviews; 1
        for each without weights.
    """

    groups: Groups
    drivers: pd.DataFrame
    read: NDArray[np.bool_]
    weights: Floats

    def __len__(self) -> int:
        return len(self.groups.values) * len(self.drivers)

    @property
    def n_read(self) -> Ints:
        """Verbatims that count, per group."""
        return np.bincount(self.groups.of_row[self.read], minlength=len(self.groups.values)).astype(
            np.int64
        )

    @property
    def n_effective(self) -> Floats:
        """Effective number of verbatims that count, per group."""
        return sum_by(
            self.groups.of_row[self.read], self.weights[self.read], len(self.groups.values)
        )

    def group_of(self, cells: Ints) -> Ints:
        """Group of each cell."""
        return cells // max(len(self.drivers), 1)

    def driver_of(self, cells: Ints) -> Ints:
        """Row in `drivers` of each cell."""
        return cells % max(len(self.drivers), 1)

    def keys(self) -> list[tuple[str, ...]]:
        """Driver, and sub-driver at that level, of each row of `drivers`."""
        return list(self.drivers.drop(columns="name").itertuples(index=False, name=None))

    def labels(self, cells: Ints) -> pd.DataFrame:
        """Columns that say which group and driver each of `cells` is."""
        group = self.groups.values.iloc[self.group_of(cells)].reset_index(drop=True)
        driver = self.drivers.drop(columns="name").iloc[self.driver_of(cells)]
        return pd.concat([group, driver.reset_index(drop=True)], axis=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """The m opinions of read verbatims that have a driver.

    Attributes
    ----------
    table : DataFrame
        The rows of the opinions table.
    verbatim, sentence, cell : int64 arrays of shape (m,)
        Row in the verbatims, row in the sentences (-1 if it isn't there), and cell.
    """

    table: pd.DataFrame
    verbatim: Ints
    sentence: Ints
    cell: Ints


def lay_out(analysis: Analysis, groups: Groups, level: str, weights: Floats | None = None) -> Cells:
    """Make the cells: the drivers of the taxonomy and any others that opinions have.

    Sub-drivers are only those that opinions have. `weights` are those that
    `verbatim.weights.columns.review_weights` reads. Too many cells raise `OptionError`.
    """
    drivers = _drivers(analysis, level)
    n_cells = len(groups.values) * len(drivers)
    if n_cells > MAX_CELLS:
        raise OptionError(
            f"by makes {len(groups.values)} groups, times {len(drivers)} drivers more than "
            f"{MAX_CELLS} rows; give a column with fewer values"
        )
    held = review_weights(analysis, None) if weights is None else weights
    scaled = in_units(held, groups.of_row, len(groups.values))
    return Cells(groups, drivers, scaled > 0, scaled)


def place(analysis: Analysis, cells: Cells) -> tuple[Placed, int]:
    """Find the cell of each opinion of a read verbatim, and count those that have no driver."""
    opinions = analysis.opinions
    verbatim = pd.Index(analysis.verbatims[ID]).get_indexer(opinions[ID]).astype(np.int64)
    driver = _codes(cells.drivers.drop(columns="name"), opinions)
    of_read = (verbatim >= 0) & cells.read[verbatim] if len(verbatim) else verbatim >= 0
    kept = np.flatnonzero(of_read & (driver >= 0))
    cell = cells.groups.of_row[verbatim[kept]] * len(cells.drivers) + driver[kept]
    sentence = _sentence_rows(analysis, verbatim, opinions["sentence"].to_numpy())
    placed = Placed(opinions.iloc[kept], verbatim[kept], sentence[kept], cell)
    return placed, int((of_read & (driver < 0)).sum())


def _drivers(analysis: Analysis, level: str) -> pd.DataFrame:
    keys = [column.name for column in (DRIVER if level == "driver" else SUBDRIVER)]
    found = analysis.opinions[keys].dropna().drop_duplicates()
    taxonomy = analysis.meta.get("taxonomy", {}).get("drivers", {})
    if level == "driver":
        reported = [driver for driver, entry in taxonomy.items() if _is_reported(entry)]
        known = pd.DataFrame({"driver": pd.Series(reported, dtype="str")})
        found = pd.concat([known, found]).drop_duplicates()
    found = found.reset_index(drop=True)
    names = [_name(taxonomy, *key) for key in found.itertuples(index=False, name=None)]
    named = found.assign(name=pd.Series(names, index=found.index, dtype="str"))
    rank = named["name"].str.casefold()
    order = named.assign(_rank=rank).sort_values(["_rank", "name", *keys]).index
    return named.loc[order].reset_index(drop=True)


def _is_reported(entry: Any) -> bool:
    """Whether a driver of the taxonomy has a row, being neither dropped nor merged into another."""
    return not (isinstance(entry, Mapping) and (entry.get("drop") or entry.get("into")))


def _name(taxonomy: Mapping[str, Any], driver: str, subdriver: str | None = None) -> str:
    """Name for people, or the id where the taxonomy has none."""
    entry: Any = taxonomy.get(driver)
    if subdriver is not None:
        parts = entry.get("subdrivers") if isinstance(entry, Mapping) else None
        entry = parts.get(subdriver) if isinstance(parts, Mapping) else None
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return str(name or subdriver or driver)


def _codes(drivers: pd.DataFrame, opinions: pd.DataFrame) -> Ints:
    """Row in `drivers` of each opinion, -1 where it has none."""
    codes = np.zeros(len(opinions), dtype=np.int64)
    known = np.zeros(len(drivers), dtype=np.int64)
    missing = np.zeros(len(opinions), dtype=bool)
    for key in drivers.columns:
        values = pd.Index(drivers[key].unique())
        found = values.get_indexer(opinions[key])
        codes = codes * len(values) + found
        known = known * len(values) + values.get_indexer(drivers[key])
        missing |= found < 0
    rows = pd.Index(known).get_indexer(pd.Index(codes)).astype(np.int64)
    return np.where(missing, -1, rows)


def _sentence_rows(analysis: Analysis, verbatim: Ints, number: Ints) -> Ints:
    """Row in the sentences table of each opinion, given its verbatim and sentence number."""
    sentences = analysis.sentences
    of = pd.Index(analysis.verbatims[ID]).get_indexer(sentences[ID])
    numbers = sentences["sentence"].to_numpy()
    width = 1 + max(numbers.max(initial=0), number.max(initial=0))
    keys = pd.Index(verbatim * width + number)
    return np.asarray(pd.Index(of * width + numbers).get_indexer(keys), dtype=np.int64)
