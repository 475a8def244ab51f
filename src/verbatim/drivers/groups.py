"""Sort the verbatims into groups, by the values of one or more columns."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from verbatim import grouping
from verbatim.analysis import Analysis
from verbatim.drivers.columns import group_name
from verbatim.errors import OptionError
from verbatim.grouping import Groups
from verbatim.survey.responses import check_single, column_names


def by_columns(by: str | Sequence[str] | None, outcome: str | None) -> list[Hashable]:
    """Make a list of `by`; a column given twice, or also as the outcome, raises `OptionError`.

    Examples
    --------
    >>> by_columns("city", None), by_columns(["city", "year"], "stars"), by_columns(None, None)
    (['city'], ['city', 'year'], [])
    """
    names = column_names(by)
    check_single("outcome", outcome)
    for position, name in enumerate(names):
        if name in names[:position]:
            raise OptionError(f"by={by!r} names {name!r} twice; name each column once")
    if outcome is not None and outcome in names:
        raise OptionError(
            f"{outcome!r} is given as outcome and in by, so it would be the same for a whole "
            "group; give it once"
        )
    return names


def group(analysis: Analysis, names: Sequence[Hashable]) -> Groups:
    """Group the verbatims by the values of the columns `names`; NA is a value of its own.

    Raises
    ------
    OptionError
        A column isn't there, or holds values that can't be grouped by, such as lists.
    """
    groups = grouping.group({name: analysis.column(name) for name in names}, len(analysis))
    return Groups(groups.values.rename(columns=group_name), groups.of_row)
