"""The reviews that are followed: all of them, or those of each group for themselves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.comparison.groups import partition
from verbatim.comparison.options import Options
from verbatim.comparison.periods import Periods
from verbatim.comparison.sample import Sample, n_read, take
from verbatim.errors import OptionError
from verbatim.grouping import Groups
from verbatim.trend.changes import Change, Series, Tested
from verbatim.trend.columns import group_column
from verbatim.trend.series import all_series

Found = TypeVar("Found", Tested, Change)


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Reviews that are followed together.

    Attributes
    ----------
    values : mapping of str to value
        The columns of the group; none for all reviews.
    label : str
    sample : Sample
        By period.
    series : list of Series
    """

    values: Mapping[str, Any]
    label: str
    sample: Sample
    series: list[Series]


def parts(
    analysis: Analysis,
    periods: Periods,
    by: Sequence[Hashable],
    options: Options,
    weight: str | None,
    outcome: str | None,
) -> tuple[list[Part], dict[str, int]]:
    """Make the parts, and name the groups of fewer than `min_reviews` reviews, which are none.

    Raises
    ------
    OptionError
        A column isn't there, or no group is large enough.
    """

    def part(of: Analysis, periods_of_row: Any, values: Mapping[str, Any], label: str) -> Part:
        groups = Groups(pd.DataFrame({"period": list(periods.labels)}, dtype="str"), periods_of_row)
        sample = take(of, groups, options.level, weight, outcome)
        drawn = (label,) if values else ()
        series = [replace(one, names=(*one.names, *drawn)) for one in all_series(sample)]
        return Part(values, label, sample, series)

    if not by:
        return [part(analysis, periods.of_row, {}, "")], {}
    found = partition(analysis, by)
    read = n_read(analysis, found.groups, weight)
    made, small = [], {}
    for i, label in enumerate(found.labels):
        if read[i] < options.min_reviews:
            small[label] = int(read[i])
            continue
        held = found.groups.of_row == i
        values = {group_column(name): value for name, value in found.groups.values.iloc[i].items()}
        made.append(part(analysis.keep(held), periods.of_row[held], values, label))
    if not made:
        raise OptionError(
            f"by={list(map(str, by))!r} makes no group of min_reviews={options.min_reviews} "
            "reviews; give a lower min_reviews, or a column of fewer values"
        )
    return made, small


def shared_out(
    made: Sequence[Part], tests: Sequence[Tested], changes: Sequence[Change]
) -> list[tuple[list[Tested], list[Change]]]:
    """Tests and changes of each part, by the numbers that its own series have."""
    ends = np.cumsum([0, *(len(part.series) for part in made)]).tolist()
    return [
        (_of_part(tests, first, stop), _of_part(changes, first, stop))
        for first, stop in pairwise(ends)
    ]


def _of_part(found: Sequence[Found], first: int, stop: int) -> list[Found]:
    return [replace(one, series=one.series - first) for one in found if first <= one.series < stop]


def stacked(tables: Sequence[pd.DataFrame], made: Sequence[Part], at: int) -> pd.DataFrame:
    """Tables of the parts as one, with the columns of the group from column `at` on."""
    for table, part in zip(tables, made, strict=True):
        for i, (name, value) in enumerate(part.values.items()):
            table.insert(at + i, name, pd.Series([value] * len(table), dtype="str"))
    filled = [table for table in tables if len(table)] or list(tables[:1])
    joined: pd.DataFrame = pd.concat(filled, ignore_index=True)
    return joined
