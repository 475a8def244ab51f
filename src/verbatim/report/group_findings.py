"""What sets groups apart, as headline findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import pandas as pd

from verbatim.comparison import Comparison
from verbatim.comparison.findings import figure, q_text, surest
from verbatim.report.finding import CATCH_ALL, FEW, MOST_OF_A_KIND, Finding, capital
from verbatim.report.names import isolated
from verbatim.report.rows import Record
from verbatim.report.wording import percent, shortened, signed


@dataclass(frozen=True, slots=True)
class Apart:
    """A significant difference of a group from the rest; a finding of its own, if need be."""

    driver: str
    group: str
    is_share: bool
    more: bool
    finding: Finding

    def suits(self, tone: str) -> bool:
        """Whether it tells where a finding comes from: more mentions, or the same side."""
        if tone == "neutral":
            return True
        return self.more if self.is_share else self.more == (tone == "positive")


def by_group(compared: Comparison) -> dict[str, pd.DataFrame]:
    """Rows of each group, which stand together and are as many for each."""
    frame, labels = compared.frame, list(compared.meta["groups"])
    width = len(frame) // max(len(labels), 1)
    return {name: frame[i * width : (i + 1) * width] for i, name in enumerate(labels)}


def named_groups(compared: Comparison) -> dict[str, int]:
    """Reviews of each group but that of the pooled ones, of which nothing can be said."""
    sizes = dict(compared.meta["groups"])
    if compared.meta["pooled"]:
        sizes.popitem()  # which is the last
    return sizes


def rows_of_named(compared: Comparison) -> pd.DataFrame:
    """Rows of the groups that have a name."""
    named = named_groups(compared)
    return pd.concat(part for name, part in by_group(compared).items() if name in named)


def first_groups(compared: Comparison, most: int) -> list[str]:
    """Name up to so many groups: those that stand apart, the surest first, then the largest."""
    sizes = named_groups(compared)
    p = {name: _own(rows)["p_value"].min() for name, rows in by_group(compared).items()}
    rank = {name: (p[name] if p[name] == p[name] else inf, -sizes[name]) for name in sizes}
    return sorted(sizes, key=rank.__getitem__)[:most]


def quiet_groups(compared: Comparison) -> list[str]:
    """Groups with a name that stand apart in no driver of its own."""
    sizes = named_groups(compared)
    return [name for name, rows in by_group(compared).items() if name in sizes and _own(rows).empty]


def _own(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of drivers of its own in which a group stands apart."""
    return rows[rows["significant"] & (rows["driver"] != CATCH_ALL)]


def apart_from_rest(compared: Comparison) -> list[Apart]:
    """Differences of the drivers, those of net sentiment before those of shares, surest first."""
    if not named_groups(compared):
        return []
    rows = surest(rows_of_named(compared))
    rows = rows[rows["driver"] != CATCH_ALL]
    by = " and ".join(isolated(shortened(name)) for name in compared.meta["by"])
    group = {place: name for name, part in by_group(compared).items() for place in part.index}
    found = [
        _difference(row, group[place], by)
        for place, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    return sorted(found, key=lambda one: one.is_share)


def with_group(finding: Finding, apart: Sequence[Apart]) -> Finding:
    """Say of a driver also which group it is about most."""
    for one in apart:
        if one.driver == finding.driver and one.suits(finding.tone):
            sentence = one.finding.sentence
            where = f"{isolated(shortened(one.group))}: {sentence[0].lower()}{sentence[1:]}"
            return replace(finding, also=(*finding.also, where))
    return finding


def different(apart: Sequence[Apart], told: set[str]) -> list[Finding]:
    """The first difference of each driver that isn't told yet."""
    first: dict[str, Finding] = {}
    for one in apart:
        if one.driver not in told:
            first.setdefault(one.driver, one.finding)
    return list(first.values())[:MOST_OF_A_KIND]


def _difference(row: Record, group: str, by: str) -> Apart:
    is_share = row["measure"] == "share"
    low, high, difference = (
        figure(row[name], row["measure"]) for name in ("low", "high", "difference")
    )
    value, reference = (
        percent(row[name]) if is_share else signed(row[name])
        for name in ("value", "reference_value")
    )
    what = f"in {value} of reviews" if is_share else f"net sentiment {value}"
    unit = "percentage points" if is_share else "points"
    few = f" {FEW}" if row["low_support"] else ""
    sentence = (
        f"{capital(what)} against {reference} of the rest: {difference} ({low} to {high}) {unit}, "
        f"{q_text(row['q_value'])}, n = {row['n_reviews']:,}.{few}"
    )
    tone = "neutral" if is_share else "positive" if row["difference"] > 0 else "negative"
    subject = f"{row['name']}: {isolated(shortened(group))}"
    driver, more = str(row["driver"]), bool(row["difference"] > 0)
    finding = Finding(f"Differs by {by}", subject, sentence, driver, tone)
    return Apart(driver, group, is_share, more, finding)
