"""Groups to be compared: their names, which small ones are pooled, and with what each compares."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from verbatim import grouping
from verbatim.analysis import Analysis
from verbatim.comparison.periods import Periods
from verbatim.errors import OptionError, unknown
from verbatim.grouping import Groups
from verbatim.tables import is_missing

Ints = NDArray[np.int64]

OTHER, MISSING = "(other)", "(missing)"
"""Names of the small groups together, and of the group without a value."""

REST, PREVIOUS, GROUP = "rest", "previous", "group"
"""Kinds of a baseline: all other groups, the period before, or one group."""

_NOTHING = -1


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups of which each review is in one.

    Attributes
    ----------
    groups : Groups
        Their values as text, NA for a missing one.
    labels : tuple of str
        One name per group.
    pooled : tuple of (str, int)
        Names of the groups that make up `OTHER`, and the reviews of each.
    keys : tuple of tuple
        Values of each group as the columns hold them; of periods, and where groups are pooled,
        there are none.
    """

    groups: Groups
    labels: tuple[str, ...]
    pooled: tuple[tuple[str, int], ...] = ()
    keys: tuple[tuple[object, ...], ...] = ()


def partition(analysis: Analysis, names: Sequence[Hashable]) -> Partition:
    """Group the verbatims by the values of columns; NA is a value of its own."""
    found = grouping.group({name: analysis.column(name) for name in names}, len(analysis))
    texts = {name: [label(value) for value in found.values[name]] for name in found.values}
    labels = grouping.distinct([", ".join(row) for row in zip(*texts.values(), strict=True)])
    values = pd.DataFrame(texts, dtype="str").mask(found.values.isna())
    keys = tuple(zip(*(found.values[name] for name in found.values), strict=True))
    return Partition(Groups(values, found.of_row), labels, keys=keys)


def by_period(name: Hashable, periods: Periods) -> Partition:
    """Group rows that all have a date by period; periods without rows are left out."""
    held, of_row = np.unique(periods.of_row, return_inverse=True)
    labels = tuple(periods.labels[i] for i in held)
    values = pd.DataFrame({name: pd.Series(labels, dtype="str")})
    return Partition(Groups(values, of_row.astype(np.int64)), labels)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What groups are compared with.

    Attributes
    ----------
    kind : str
        `REST`, `PREVIOUS` or `GROUP`. Kept apart from the name, which is the caller's: a group may
        be called rest.
    name : str
        Name of the group, or the kind where it is none.
    """

    kind: str
    name: str

    def is_group(self, label: str) -> bool:
        """Whether this group is the baseline."""
        return self.kind == GROUP and self.name == label


def pool(found: Partition, n_read: Ints, min_reviews: int, baseline: Baseline) -> Partition:
    """Make one group of all that have fewer than `min_reviews` reviews, and put it last.

    A single one, the group without a value and the baseline stay as they are.
    """
    missing = found.groups.values.isna().all(axis=1).to_numpy(dtype=bool)
    named = np.array([baseline.is_group(label) for label in found.labels], dtype=bool)
    small = np.flatnonzero((n_read < min_reviews) & ~missing & ~named)
    if len(small) < 2:
        return found
    large = np.setdiff1d(np.arange(len(found.labels)), small)
    place = np.full(len(found.labels), len(large))
    place[large] = np.arange(len(large))
    *_, name = grouping.distinct([*found.labels, OTHER])
    values = found.groups.values.iloc[large]
    last = pd.DataFrame({column: pd.Series([name], dtype="str") for column in values})
    return Partition(
        Groups(pd.concat([values, last], ignore_index=True), place[found.groups.of_row]),
        (*(found.labels[i] for i in large), name),
        tuple((found.labels[i], int(n_read[i])) for i in small),
    )


def read_baseline(baseline: object, found: Partition, freq: str | None) -> Baseline:
    """Say what groups are compared with; by default it is no group, whatever groups are called.

    A group is found by its values and their types, else by its values (4.0 is 4), else by how it
    is shown.

    Raises
    ------
    OptionError
        There is no such group, or more than one; the message lists those that there are.
    """
    if baseline is None:
        kind = PREVIOUS if freq else REST
        return Baseline(kind, kind)
    wanted = tuple(baseline) if isinstance(baseline, (tuple, list)) else (baseline,)
    name = ", ".join(map(label, wanted))
    matches = _matching(wanted, found)
    if len(matches) > 1:
        raise OptionError(
            f"baseline={baseline!r} may be any of the groups {', '.join(map(repr, matches))}; give "
            "the values as they stand in the data, or the name of the group"
        )
    if matches:
        return Baseline(GROUP, matches[0])
    if name == REST or (name == PREVIOUS and freq):
        return Baseline(name, name)
    if name == PREVIOUS:
        raise OptionError("baseline='previous' needs an order of time; give freq, such as freq='M'")
    raise OptionError(unknown("baseline", name, [*found.labels, REST]))


def _matching(wanted: tuple[object, ...], found: Partition) -> list[str]:
    """Names of the groups that are meant, by the narrowest sense in which there are any."""
    for is_same in (_is_same, _is_equal):
        matches = _all_alike(wanted, found, is_same)
        if matches:
            return matches
    name = label(wanted[0]) if len(wanted) == 1 else None
    matches = _all_alike(wanted, found, lambda one, other: label(one) == label(other))
    is_name = name in found.labels and (isinstance(wanted[0], str) or not matches)
    return [name] if name is not None and is_name else matches


def _all_alike(
    wanted: tuple[object, ...], found: Partition, alike: Callable[[object, object], bool]
) -> list[str]:
    return [
        name
        for name, key in zip(found.labels, found.keys, strict=False)
        if len(key) == len(wanted) and all(map(alike, wanted, key))
    ]


def _is_same(one: object, other: object) -> bool:
    return _is_equal(one, other) and type(_plain(one)) is type(_plain(other))


def _is_equal(one: object, other: object) -> bool:
    """Whether two values are equal; missing ones are, and yes isn't 1."""
    if is_missing(one) or is_missing(other):
        return is_missing(one) and is_missing(other)
    one, other = _plain(one), _plain(other)
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def references(
    found: Partition, n_read: Ints, baseline: Baseline
) -> tuple[Ints | None, list[str | None]]:
    """Group that each group is compared with, and its name.

    Returns
    -------
    int64 array of shape (n_groups,) or None
        -1 for none; None where each is compared with the rest.
    list of str or None
        Name of what it is compared with.
    """
    n = len(found.labels)
    if baseline.kind == GROUP:
        target = np.full(n, found.labels.index(baseline.name))
        target[found.labels.index(baseline.name)] = _NOTHING
    elif baseline.kind == PREVIOUS:
        # The nearest one before that has reviews.
        filled = np.where(n_read > 0, np.arange(n), _NOTHING)
        target = np.append(_NOTHING, np.maximum.accumulate(filled)[:-1]) if n else filled
    else:
        return None, [REST if n > 1 else None] * n
    return target.astype(np.int64), [None if i < 0 else found.labels[i] for i in target]


def label(value: Any) -> str:
    r"""Name a group by its value, on one line.

    Examples
    --------
    >>> label(2024.0), label(None), label("New\nYork"), label(pd.Timestamp("2025-03-31"))
    ('2024', '(missing)', 'New York', '2025-03-31')
    """
    if is_missing(value):
        return MISSING
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return " ".join(str(value).split())
