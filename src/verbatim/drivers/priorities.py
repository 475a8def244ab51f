"""Say what to do about each driver, and on what evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from verbatim.drivers import view
from verbatim.drivers.columns import PRIORITIES, QUADRANTS, typed
from verbatim.drivers.impact import FLOOR
from verbatim.errors import OptionError

Row = Mapping[str, Any]

_DO = {
    "fix first": "Fix first: it matters and is judged worse than the rest",
    "keep up": "Keep up: it matters and is judged better than the rest",
    "low priority": "Low priority: it is judged worse than the rest and matters little",
    "possible overkill": "Possible overkill: it is judged better than the rest and matters little",
}
_LIKE_THE_REST = "Not placed: it is judged like the rest"
_CLASSES = {
    "basic": "a basic driver: poor work costs at least twice what good work earns",
    "performance": "a performance driver: good work earns about as much as poor work costs",
    "excitement": "an excitement driver: good work earns at least twice what poor work costs",
}
_UNPLACED = (
    "Not placed: its importance isn't known. That takes an outcome that varies, "
    f"{FLOOR} reviews with one and two more than there are kinds of mention, and some that judge it"
)
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
        for row in view.shown_rows(self.table):
            said = f"{_labels(row, keys)}: {row['advice']}"
            lines += ["", *wrap(said, view.WIDTH, subsequent_indent="  ")]
        return "\n".join([*lines, *view.notes(self.table, self.meta)])

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
        body = "".join(_html_row(row, keys) for row in view.shown_rows(self.table))
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
    advice = [_advice({str(k): v for k, v in row.items()}, meta) for row in rows.to_dict("records")]
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


def _advice(row: Row, meta: Row) -> str:
    """One sentence: what to do, and on what evidence."""
    if pd.isna(row["importance"]):
        return f"{_UNPLACED} ({_reviews(row)})."
    parts = [
        f"importance {_ends(row, 'importance', '.1f')} of 100 against {row['importance_cut']:.1f} "
        f"on average",
        f"net sentiment {view.net(row)} against {row['net_cut']:+z.0f} overall",
        _reviews(row),
    ]
    parts += _effects(row, view.label(meta["outcome"]))
    parts += [f"{_CLASSES[row['asymmetry']]}"] if row["asymmetry"] in _CLASSES else []
    placed = not pd.isna(row["quadrant"])
    if placed:
        parts.append(f"{view.percent(row['quadrant_probability'])} of resamples place it here")
    if row["low_support"]:
        parts.append(f"{view.floor(meta)}, so gather more before you act")
    return f"{_DO[row['quadrant']] if placed else _LIKE_THE_REST}; {'; '.join(parts)}."


def _effects(row: Row, outcome: str) -> list[str]:
    return [
        f"a {side} mention goes with {_ends(row, name, '+.2f')} {outcome}"
        for side, name in (("negative", "penalty"), ("positive", "reward"))
        if not pd.isna(row[name])
    ]


def _reviews(row: Row) -> str:
    return f"{row['n_reviews']:,} review{'s' if row['n_reviews'] != 1 else ''}"


def _ends(row: Row, name: str, form: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[name]:{form}} [{low:{form}}, {high:{form}}]"


def _title(table: pd.DataFrame, meta: Row) -> str:
    return (
        f"Priorities by {view.label(meta['outcome'])}: importance by {meta['importance_method']}, "
        f"{len(table):,} rows, {100 * meta['confidence']:g}% intervals"
    )


def _labels(row: Row, keys: list[str]) -> str:
    return " · ".join(view.label(row[key]) for key in keys)


def _html_row(row: Row, keys: list[str]) -> str:
    placed, known = not pd.isna(row["quadrant"]), not pd.isna(row["importance"])
    share = view.percent(row["quadrant_probability"])
    cells = [f"{row['quadrant']} ({share})" if placed else ""]
    cells += [view.label(row[key]) for key in keys]
    cells += [_ends(row, "importance", ".1f") if known else "", view.net(row)]
    cells += [f"{row['n_reviews']:,}{'*' if row['low_support'] else ''}", str(row["advice"])]
    faint = "opacity:.6;" if row["low_support"] else ""
    body = "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in cells)
    return f'<tr style="{faint}">{body}</tr>'
