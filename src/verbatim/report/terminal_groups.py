"""What sets each group apart from the rest, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable

import pandas as pd

from verbatim.comparison.findings import MINUS, Row, figure, records, surest
from verbatim.report.finding import CATCH_ALL
from verbatim.report.findings import FEWEST_REVIEWS
from verbatim.report.group_findings import by_group, first_groups, named_groups, quiet_groups
from verbatim.report.groups import Compared
from verbatim.report.screen import Screen, fitted
from verbatim.report.wording import counted, percent
from verbatim.results import visible

_MOST_GROUPS = 8
_MOST_DIFFERENCES = 4
_LONGEST_NAME = 26
_MARKS = {"net_sentiment": "-+", "share": "<>"}
"""Marks of less and of more."""


def groups_text(named: Compared | None, by: str, screen: Screen) -> str:
    """For each group the drivers that are judged or mentioned otherwise there, the surest first.

    Only what is significant is shown, of the groups that differ first. `by` says what they are.
    """
    lines = [screen.paint(f"What sets each {visible(by)} apart from the rest", "strong")]
    if named is None:
        return f"{lines[0]}\n  not told: no row has a group"
    compared, blank = named.found, _blank(named)
    sizes = named_groups(compared)
    if len(compared.meta["groups"]) < 2:
        return "\n".join([lines[0], *_too_small(compared.meta, screen), *blank])
    shown = first_groups(compared, _MOST_GROUPS)
    finer = {} if named.finer is None else by_group(named.finer)
    for name, rows in by_group(compared).items():
        if name in shown:
            lines.append(f"{visible(name)} ({counted(sizes[name], 'review')})")
            lines += _differences(rows, screen) or _parts(finer.get(name), screen)
    if left_out := len(sizes) - len(shown):
        lines.append(f"... and {_left_out(left_out, len(sizes) - len(quiet_groups(compared)))}")
    if pooled := compared.meta["pooled"]:
        least = compared.meta["min_reviews"]
        lines.append(f"... and {counted(len(pooled), 'group')} of fewer than {least} reviews")
    return "\n".join([*lines, *blank, "", _legend(compared.meta, screen)])


def _left_out(number: int, apart: int) -> str:
    """Groups that aren't shown; those that stand apart in a whole driver are shown first."""
    differ = max(0, apart - _MOST_GROUPS)
    said = f"{differ:,} of them" if differ else "none"
    differs = "differ" if differ > 1 else "differs"
    return f"{counted(number, 'more group')}: {said} {differs} in a whole driver"


def _too_small(meta: Row, screen: Screen) -> list[str]:
    """Say that there is nothing to compare; columns that are crossed make groups small."""
    least = counted(meta["min_reviews"], "review")
    said = f"not told: fewer than two have {least} (see --min-reviews)"
    if len(meta["by"]) > 1:
        said += "; a group is one value of each, so name one column alone to compare its values"
    return textwrap.wrap(said, screen.width, initial_indent="  ", subsequent_indent="  ")


def _blank(named: Compared) -> list[str]:
    """Say how many rows have no group."""
    if not named.n_blank:
        return []
    rows, share = counted(named.n_blank, "row"), percent(named.n_blank / named.n_rows)
    return [f"{rows} ({share}) without a value are in no group"]


def _legend(meta: Row, screen: Screen) -> str:
    text = (
        "+ judged better, - worse, > in more reviews, < in fewer, net: how they judge it; with the "
        f"{meta['confidence']:.0%} interval of the difference, false discovery rate "
        f"{meta['fdr']:.0%}"
    )
    return textwrap.fill(text, screen.width)


def _parts(rows: pd.DataFrame | None, screen: Screen) -> list[str]:
    """Differences of the parts of drivers, for a group that stands apart in no whole driver."""
    found = [] if rows is None else _differences(rows, screen)
    if not found:
        return ["  nothing for sure"]
    return ["  no driver as a whole, but of their parts:", *found]


def _differences(rows: pd.DataFrame, screen: Screen) -> list[str]:
    specific = rows[rows["driver"] != CATCH_ALL]
    key = [name for name in ("driver", "subdriver") if name in specific]
    judged = specific[specific["measure"] == "net_sentiment"].set_index(key)["value"].to_dict()
    found = records(surest(specific).head(_MOST_DIFFERENCES))
    return [_difference(row, judged[_key(row, key)], screen) for row in found]


def _key(row: Row, names: list[str]) -> Hashable:
    return row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)


def _difference(row: Row, net: float, screen: Screen) -> str:
    measure, more = row["measure"], row["difference"] > 0
    enough = row["n_reviews"] >= FEWEST_REVIEWS
    mark, is_share = _MARKS[measure][more], measure == "share"
    if is_share:
        value, rest = (f"{row[name]:.0%}" for name in ("value", "reference_value"))
    else:
        mark = screen.paint(mark, "positive" if more else "negative")
        value, rest = (figure(row[name], measure) for name in ("value", "reference_value"))
    low, high = (figure(row[end], measure) for end in ("low", "high"))
    name = fitted(row["name"], _LONGEST_NAME, screen, row["low_support"])
    figures = f"{value:>5}, rest {rest:>4}  {f'{low} to {high}':<13}  n = {row['n_reviews']:,}"
    judged = f", net {figure(net, 'net_sentiment')}" if is_share and enough else ""
    return f"  {mark} {name}{figures}{judged}".replace(MINUS, "-")
