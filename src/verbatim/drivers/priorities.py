"""Say what to do about each driver, and on what evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from verbatim.aligned import WIDTH
from verbatim.charts.figures import has_few_outcomes, with_outcome
from verbatim.drivers import view
from verbatim.drivers.columns import PRIORITIES, QUADRANTS, typed
from verbatim.drivers.impact import FLOOR
from verbatim.errors import OptionError
from verbatim.results import visible

Row = Mapping[str, Any]

_DO = {
    "fix first": "Fix first: it matters and is judged worse than the rest",
    "keep up": "Keep up: it matters and is judged better than the rest",
    "low priority": "Low priority: it is judged worse than the rest and matters little",
    "possible overkill": "Possible overkill: it is judged better than the rest and matters little",
}
SAFETY = "safety"
"""The driver of which one case may matter more than any average."""

CASE_BY_CASE = "read each criticism of it, whatever its place: one case of harm is reason to act"

_LIKE_THE_REST = "Not placed: it is judged like the rest"
_CLASSES = {
    "basic": "a basic driver: poor work costs at least twice what good work earns",
    "performance": "a performance driver: good work earns about as much as poor work costs",
    "excitement": "an excitement driver: good work earns at least twice what poor work costs",
}
_CELL = "text-align:left;vertical-align:top;padding:3px 12px 3px 0;"


@dataclass(frozen=True, eq=False, repr=False)
class Priorities:
    """Drivers by quadrant, what to do about each, and the evidence. Immutable.

    Parameters
    ----------
    table : DataFrame
        Columns of the group, driver and name, and `verbatim.drivers.columns.PRIORITIES`.
    meta : mapping
        That of the scores.
    """

    table: pd.DataFrame
    meta: Mapping[str, Any]

    @property
    def frame(self) -> pd.DataFrame:
        """One row per group and driver: by group, quadrant, and falling importance."""
        return self.table.copy(deep=False)

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        keys = view.label_columns(self.table)
        lines = [_title(self.table, self.meta)]
        for rows in _alike(self.table, keys):
            names = ", ".join(view.label(row["name"]) for row in rows)
            labels = [*(view.label(rows[0][key]) for key in keys[:-1]), names]
            said = f"{' · '.join(labels)}: {rows[0]['advice']}"
            lines += ["", *wrap(said, WIDTH, subsequent_indent="  ")]
        return visible("\n".join([*lines, *view.notes(self.table, self.meta)]))

    def _repr_html_(self) -> str:
        keys = view.label_columns(self.table)
        heads = [
            "quadrant",
            *view.heads(keys, self.table),
            "importance",
            "net sentiment",
            "reviews",
            "advice",
        ]
        head = "".join(f'<th style="{_CELL}">{escape(name)}</th>' for name in heads)
        body = "".join(
            _html_row(row, keys, row["advice"] if row is rows[0] else "")
            for rows in _alike(self.table, keys)
            for row in rows
        )
        return (
            '<div style="font-size:13px;overflow-x:auto">'
            f"<div>{escape(_title(self.table, self.meta))}</div>"
            '<table style="border-collapse:collapse;background:transparent;color:inherit">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def prioritise(frame: pd.DataFrame, meta: Row) -> Priorities:
    """Take the priorities out of the scores; without an outcome there are none: `OptionError`."""
    if meta["outcome"] is None:
        raise OptionError(
            "priorities need an outcome to tell what matters; give one, such as "
            "drivers(outcome='rating')"
        )
    names = [str(name) for name in frame]
    keys = list(frame.columns[: names.index("name") + 1])
    rows = frame.set_axis(names, axis=1).assign(**_cuts(frame))
    advice = [
        _advice({str(name): value for name, value in row.items()}, meta, why)
        for _, part in rows.groupby(_groups(frame))
        for why in [_why_unknown(part, meta)]
        for row in part.to_dict("records")
    ]
    columns = typed(PRIORITIES, {**{str(name): rows[name] for name in rows}, "advice": advice})
    table = pd.concat([frame[keys], columns], axis=1)
    rank = pd.Index(QUADRANTS).get_indexer(pd.Index(columns["quadrant"]))
    importance = -columns["importance"].fillna(-1).to_numpy()
    order = np.lexsort((importance, np.where(rank < 0, len(QUADRANTS), rank), _groups(frame)))
    return Priorities(table.iloc[order].reset_index(drop=True), meta)


def _groups(frame: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Number of each row's group; every group has the same drivers."""
    names = [str(name) for name in frame]
    drivers = frame.iloc[:, names.index("driver") : names.index("name")].drop_duplicates()
    return np.arange(len(frame)) // max(len(drivers), 1)


def _cuts(frame: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    sums = pd.DataFrame(
        {"net": (frame["share"] * frame["net_sentiment"]).fillna(0), "reviews": frame["share"]}
    )
    group = _groups(frame)
    totals = sums.groupby(group).transform("sum")
    return {
        "importance_cut": frame["importance"].groupby(group).transform("mean"),
        "net_cut": totals["net"] / totals["reviews"].where(totals["reviews"] > 0),
    }


def _alike(table: pd.DataFrame, keys: list[str]) -> list[list[dict[str, Any]]]:
    """Rows that are shown, those of a group together that have the same advice."""
    said = groupby(
        view.shown_rows(table),
        lambda row: (*(view.label(row[key]) for key in keys[:-1]), row["advice"]),
    )
    return [list(rows) for _, rows in said]


def _why_unknown(rows: pd.DataFrame, meta: Row) -> str | None:
    """Say why the importance of all drivers of a group isn't known; None if that of some is."""
    if not len(rows) or rows["importance"].notna().any():
        return None
    n = int(rows[["outcome_n", "outcome_n_without"]].iloc[0].sum())
    if n < FLOOR:
        return f"importance takes {FLOOR} reviews with an outcome and there are {n}"
    if rows["baseline"].isna().all():
        if meta["weight"] is not None:
            return f"the {n:,} reviews with an outcome count for too few by their weights"
        return f"importance takes more reviews with an outcome than {n:,} for so many drivers"
    if rows[["reward", "penalty"]].isna().all(axis=None):
        return f"none of the {n:,} reviews with an outcome differs in what it praises or criticises"
    return f"the outcome doesn't differ with anything said in the {n:,} reviews that have one"


def _unknown(row: Row) -> str:
    """Say why the importance of this driver isn't known, though that of others is."""
    n = row["outcome_n"]
    if n and not row["outcome_n_without"] and row["positive"] + row["negative"] + row["mixed"]:
        return f"all {n:,} reviews with an outcome judge it alike"
    return "no review with an outcome praises or criticises it"


def _advice(row: Row, meta: Row, why: str | None) -> str:
    """One sentence: what to do, and on what evidence."""
    if pd.isna(row["importance"]):
        return f"Not placed: {why or _unknown(row)}."
    parts = [
        f"importance {_ends(row, 'importance', '.1f')} of 100 against {row['importance_cut']:.1f} "
        f"on average",
        f"net sentiment {view.net(row)} against {row['net_cut']:+z.0f} overall",
        with_outcome(row),
    ]
    parts += _effects(row, view.label(meta["outcome"]))
    parts += [f"{_CLASSES[row['asymmetry']]}"] if row["asymmetry"] in _CLASSES else []
    placed = not pd.isna(row["quadrant"])
    if placed:
        parts.append(f"{view.percent(row['quadrant_probability'])} of resamples place it here")
    if row["driver"] == SAFETY and row["negative"] + row["mixed"]:
        parts.append(CASE_BY_CASE)
    elif has_few_outcomes(row):
        judged = "" if row["low_support"] else " with an outcome"
        parts.append(f"{view.floor(meta)}{judged}, so gather more before you act")
    return f"{_DO[row['quadrant']] if placed else _LIKE_THE_REST}; {'; '.join(parts)}."


def _effects(row: Row, outcome: str) -> list[str]:
    return [
        f"a {side} mention goes with {_ends(row, name, '+.2f')} {outcome}"
        for side, name in (("negative", "penalty"), ("positive", "reward"))
        if not pd.isna(row[name])
    ]


def _ends(row: Row, name: str, form: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[name]:{form}} [{low:{form}}, {high:{form}}]"


def _title(table: pd.DataFrame, meta: Row) -> str:
    return (
        f"Priorities by {view.label(meta['outcome'])}: importance by {meta['importance_method']}, "
        f"{len(table):,} rows, {100 * meta['confidence']:g}% intervals"
    )


def _html_row(row: Row, keys: list[str], advice: str) -> str:
    placed, known = not pd.isna(row["quadrant"]), not pd.isna(row["importance"])
    share = view.percent(row["quadrant_probability"])
    cells = [f"{row['quadrant']} ({share})" if placed else ""]
    cells += [view.label(row[key]) for key in keys]
    cells += [_ends(row, "importance", ".1f") if known else "", view.net(row)]
    few = has_few_outcomes(row)
    cells += [f"{row['n_reviews']:,}{'*' if few else ''}", advice]
    faint = "opacity:.6;" if few else ""
    body = "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in cells)
    return f'<tr style="{faint}">{body}</tr>'
