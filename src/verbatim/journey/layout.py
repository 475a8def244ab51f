"""What a map shows of a journey: a column per stage, the most telling first; views only draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from verbatim.comparison.findings import counted, figure, records
from verbatim.journey.steps import OTHER, shown
from verbatim.tables import is_missing

Row = Mapping[str, Any]
Tables = Mapping[str, pd.DataFrame]

MOST_ACTIVITIES = 4
MOST_FEELINGS = 3
MOST_DISCOVERIES = 3
MOST_OPPORTUNITIES = 3
FEWEST_FEELING, FEWEST_TELLING = 2, 3
"""Reviews from which a map shows a feeling and an opportunity; the tables hold all."""

KIND_WORDS = {
    "pain": "Pain",
    "unsolved": "Unsolved",
    "suggestion": "Suggestion",
    "request": "Request",
}


@dataclass(frozen=True, slots=True)
class MapStage:
    """A column of the map; each tuple holds rows of the table of that name, the first ones.

    Attributes
    ----------
    name : str
    total : mapping
        Row of the stages.
    cells, activities, feelings, discoveries, opportunities : tuple of mapping
    """

    name: str
    total: Row
    cells: tuple[Row, ...]
    activities: tuple[Row, ...]
    feelings: tuple[Row, ...]
    discoveries: tuple[Row, ...]
    opportunities: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The map of one group; `group` is empty where there is only one."""

    group: str
    stages: tuple[MapStage, ...]


def maps(tables: Tables, meta: Row) -> list[Map]:
    """Lay out a map per group, in their order."""
    keys = [str(name) for name in tables["stages"].columns]
    keys = keys[: keys.index("stage")]
    found: dict[str, list[Row]] = {}
    for row in records(tables["stages"]):
        found.setdefault(_group(row, keys), []).append(row)
    parts = {name: _by_group(tables[name], keys) for name in _PARTS}
    return [
        Map(
            group,
            tuple(
                _stage(row, {n: part.get(group, []) for n, part in parts.items()}) for row in rows
            ),
        )
        for group, rows in found.items()
    ]


_PARTS = ("cells", "activities", "feelings", "discoveries", "opportunities")


def _by_group(table: pd.DataFrame, keys: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in records(table):
        found.setdefault(_group(row, keys), []).append(row)
    return found


def _group(row: Row, keys: Sequence[str]) -> str:
    return " · ".join("(missing)" if is_missing(row[key]) else str(row[key]) for key in keys)


def _stage(total: Row, parts: Mapping[str, Sequence[Row]]) -> MapStage:
    name = total["stage"]
    own = {part: [row for row in rows if row["stage"] == name] for part, rows in parts.items()}
    whole = {
        part: [row for row in rows if is_missing(row["touchpoint"])] for part, rows in own.items()
    }
    cells = sorted(own["cells"], key=lambda row: (row["touchpoint"] == OTHER, -row["n_reviews"]))
    return MapStage(
        name=name,
        total=total,
        cells=tuple(cells),
        activities=tuple(whole["activities"][:MOST_ACTIVITIES]),
        feelings=tuple(_of(whole["feelings"], FEWEST_FEELING)[:MOST_FEELINGS]),
        discoveries=tuple(_telling(whole["discoveries"])[:MOST_DISCOVERIES]),
        opportunities=tuple(_of(whole["opportunities"], FEWEST_TELLING)[:MOST_OPPORTUNITIES]),
    )


def _of(rows: Sequence[Row], fewest: int) -> list[Row]:
    return [row for row in rows if row["n_reviews"] >= fewest]


def _telling(rows: Sequence[Row]) -> list[Row]:
    """Discoveries to show: more of something than elsewhere, or another net sentiment."""
    return [
        row
        for row in rows
        if row["significant"] and (row["kind"] == "sentiment" or row["difference"] > 0)
    ]


def discovery_text(row: Row) -> str:
    """Say a discovery, short.

    Examples
    --------
    >>> discovery_text({"kind": "complaint", "name": "Waiting", "value": 0.2, "rest": 0.04})
    'More complaints about Waiting: 20% of sentences against 4% elsewhere'
    """
    if row["kind"] == "sentiment":
        side = "Better" if row["difference"] > 0 else "Worse"
        value, rest = (figure(row[name], "net_sentiment") for name in ("value", "rest"))
        return f"{side} than elsewhere: net sentiment of sentences {value} against {rest}"
    what = {"complaint": "complaints about ", "praise": "praise for ", "emotion": ""}[row["kind"]]
    name = row["name"].lower() if row["kind"] == "emotion" else row["name"]
    value, rest = (_percent(row[key]) for key in ("value", "rest"))
    return f"More {what}{name}: {value} of sentences against {rest} elsewhere"


def _percent(share: float) -> str:
    """Write a share; a small one with a decimal."""
    return f"{share:.1%}" if 0.0005 <= share < 0.01 else f"{share:.0%}"


def tone(row: Row) -> str:
    """Side of a discovery: positive, negative or neutral."""
    if row["kind"] == "sentiment":
        return "positive" if row["difference"] > 0 else "negative"
    return {"complaint": "negative", "praise": "positive"}.get(row["kind"], "neutral")


def points_text(row: Row, outcome: str | None) -> str:
    """Say the points at stake; nothing where they aren't known.

    Examples
    --------
    >>> points_text({"points": 0.05, "points_low": 0.02, "points_high": 0.08}, "stars")
    '0.05 (0.02 to 0.08) stars at stake'
    """
    if outcome is None or is_missing(row.get("points")):
        return ""
    figures = [float(row[name]) for name in ("points", "points_low", "points_high")]
    if max(map(abs, figures)) < 0.005:
        return f"under 0.01 {outcome} at stake"
    value, low, high = (_plain(figure) for figure in figures)
    return f"{value} ({low} to {high}) {outcome} at stake"


def _plain(value: float) -> str:
    shown = f"{value:.2f}"
    return shown.replace("-", "\N{MINUS SIGN}") if float(shown) else "0.00"


def not_told(tables: Tables, head: str) -> list[Row]:
    """Steps of the map that aren't drawn though the engine gives them."""
    rows = records(tables["reliability"])
    return [row for row in rows if row["head"] == head and not row["is_drawn"]]


def not_told_text(rows: Sequence[Row]) -> str:
    """List steps that aren't drawn, with their accuracy and their sentences.

    Examples
    --------
    >>> not_told_text([{"name": "arrival", "precision": 0.58, "n_found": 66, "n_sentences": 12}])
    'Arrival (58% right of 66; 12 sentences here)'
    """
    parts = []
    for row in rows:
        known = not is_missing(row["precision"])
        right = f"{row['precision']:.0%} right of {row['n_found']}" if known else "never found"
        here = counted(row["n_sentences"], "sentence")
        parts.append(f"{shown(row['name'])} ({right}; {here} here)")
    return ", ".join(parts)


def notes(tables: Tables, meta: Row) -> list[str]:
    """What a reader of the map must know: what isn't drawn, and why."""
    said = []
    if not len(tables["stages"]):
        said.append(_nothing(meta))
    for head in ("stage", "touchpoint"):
        hidden = [row for row in not_told(tables, head) if row["n_sentences"]]
        if hidden and (meta["tells_stages"] or head == "touchpoint"):
            said.append(
                f"{shown(head)}s not told reliably, so not drawn (accuracy on held-out sentences): "
                f"{not_told_text(hidden)}."
            )
    if meta["kinds_not_told"] and meta["tells_stages"]:
        kinds = " and ".join(
            {"unsolved": "unsolved problems"}.get(kind, f"{kind}s")
            for kind in meta["kinds_not_told"]
        )
        said.append(f"Not told reliably either, so not among the opportunities: {kinds}.")
    if meta["tells_stages"] and not meta["is_measured"]:
        said.append("How accurate this engine is with stages and touchpoints isn't known.")
    return said


def _nothing(meta: Row) -> str:
    if meta["tells_stages"]:
        return (
            "No stage can be drawn: none of those that sentences have is told reliably. Merge "
            "stages, or give phrases for them: journey(stages={'waiting': ['waiting room']})."
        )
    name = meta["engine"]["name"]
    return (
        f"The engine {name!r} tells no stages. Analyse with engine='neural', or find stages by "
        "phrases: journey(stages={'waiting': ['waiting room']})."
    )
