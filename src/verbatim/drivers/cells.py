"""Lay out the cells of the scores, one per group and driver, and find each opinion's cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers.columns import DRIVER, SUBDRIVER, THEME
from verbatim.errors import OptionError
from verbatim.grouping import Groups
from verbatim.schema import ID
from verbatim.weights.columns import review_weights
from verbatim.weights.effective import in_units, sum_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_CELLS = 1_000_000

OPINION = (
    *(ID, "sentence", "driver", "subdriver", "sentiment", "label", "emotion"),
    *("confidence", "evidence_start", "target", "assessment"),
)
"""Columns of the opinions that are scored and quoted."""


_KEYS = {"driver": DRIVER, "subdriver": SUBDRIVER, "theme": THEME}


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
    """The m opinions of read verbatims that have a driver, in a block of the analysis.

    Attributes
    ----------
    block : Analysis
    first, n_unassigned : int
        Verbatims before the block, and opinions of read verbatims in it that have no driver.
    table : DataFrame
        Columns `OPINION` of the opinions.
    verbatim, sentence, cell : int64 arrays of shape (m,)
        Row in the verbatims of all blocks, row in the sentences of this one (-1 if it isn't there),
        and cell.
    """

    block: Analysis
    first: int
    n_unassigned: int
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


def place(analysis: Analysis, cells: Cells) -> Iterator[Placed]:
    """Find the cell of each opinion of a read verbatim, block by block."""
    first = 0
    for block in analysis.blocks():
        ids = pd.Index(block.select("verbatims", [ID])[ID])
        yield _place(block, first, ids, cells)
        first += len(ids)


def _place(block: Analysis, first: int, ids: pd.Index[Any], cells: Cells) -> Placed:
    opinions = _opinions(block, OPINION, "theme" in cells.drivers)
    row = ids.get_indexer(pd.Index(opinions[ID])).astype(np.int64)
    driver = _codes(cells.drivers.drop(columns="name"), opinions)
    verbatim = row + first
    of_read = (row >= 0) & cells.read[verbatim] if len(row) else row >= 0
    kept = np.flatnonzero(of_read & (driver >= 0))
    sentence = _sentence_rows(block, ids, row[kept], opinions["sentence"].to_numpy()[kept])
    return Placed(
        block=block,
        first=first,
        n_unassigned=int((of_read & (driver < 0)).sum()),
        table=opinions.iloc[kept],
        verbatim=verbatim[kept],
        sentence=sentence,
        cell=cells.groups.of_row[verbatim[kept]] * len(cells.drivers) + driver[kept],
    )


def _opinions(block: Analysis, columns: Sequence[str], with_theme: bool) -> pd.DataFrame:
    """Columns of the opinions; with themes, the driver of each is that of its theme."""
    if not with_theme:
        return block.select("opinions", columns)
    rows = block.select("opinions", list(dict.fromkeys([*columns, "theme"])))
    driver_of = {theme: about["driver"] for theme, about in block.meta["themes"].items()}
    return rows.assign(driver=rows["theme"].map(driver_of).astype("str"))


def _drivers(analysis: Analysis, level: str) -> pd.DataFrame:
    keys = [column.name for column in _KEYS[level]]
    themes = analysis.meta.get("themes", {})
    if level == "theme" and "themes" not in analysis.meta:
        raise OptionError(
            "level='theme' needs opinions with themes; give the analysis that tag returns: "
            "themes = analysis.discover(); analysis = themes.tag(analysis)"
        )
    parts = [
        _opinions(block, keys[:2], level == "theme").drop_duplicates()
        for block in analysis.blocks()
    ]
    found = pd.concat(parts).dropna().drop_duplicates()
    taxonomy = analysis.meta.get("taxonomy", {}).get("drivers", {})
    if level == "driver":
        reported = [driver for driver, entry in taxonomy.items() if _is_reported(entry)]
        known = pd.DataFrame({"driver": pd.Series(reported, dtype="str")})
        found = pd.concat([known, found]).drop_duplicates()
    found = found.reset_index(drop=True)
    names = [
        str(themes[key[1]]["name"]) if level == "theme" else _name(taxonomy, *key)
        for key in found.itertuples(index=False, name=None)
    ]
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


def _sentence_rows(block: Analysis, ids: pd.Index[Any], verbatim: Ints, number: Ints) -> Ints:
    """Row in the sentences table of each opinion, given its verbatim and sentence number."""
    sentences = block.select("sentences", [ID, "sentence"])
    of = ids.get_indexer(pd.Index(sentences[ID]))
    numbers = sentences["sentence"].to_numpy()
    width = 1 + max(numbers.max(initial=0), number.max(initial=0))
    keys = pd.Index(verbatim * width + number)
    return np.asarray(pd.Index(of * width + numbers).get_indexer(keys), dtype=np.int64)
