"""Show a journey: a line per stage in a terminal, the map in a notebook."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from verbatim.aligned import WIDTH
from verbatim.comparison.findings import counted, figure
from verbatim.comparison.view import aligned, page
from verbatim.drivers.view import percent
from verbatim.journey.findings import findings
from verbatim.journey.layout import (
    KIND_WORDS,
    Map,
    MapStage,
    Row,
    Tables,
    discovery_text,
    maps,
    notes,
    points_text,
)
from verbatim.journey.steps import shown
from verbatim.tables import is_missing

MOST_MAPS = 6
MOST_FINDINGS = 4

_CELL = "text-align:left;vertical-align:top;padding:4px 12px 4px 0;min-width:9em;"
_LINE = "border-bottom:1px solid rgba(128,128,128,.25);"


def text(tables: Tables, meta: Row) -> str:
    """Lay out the emotional curve in lines, the main findings, and what isn't drawn."""
    drawn = maps(tables, meta)[:MOST_MAPS]
    heads = [*(["group"] if meta["by"] else []), "stage", "reviews", "share", "net sentiment"]
    lines = [
        [*([one.group] if meta["by"] else []), *_line(stage)]
        for one in drawn
        for stage in one.stages
    ]
    table = ["", *aligned([[*heads, "felt most"], *lines], len(heads) - 3)] if lines else []
    said = [line for one in findings(tables, meta, MOST_FINDINGS) for line in _bullet(one)]
    return "\n".join(
        [*wrap(title(meta), WIDTH), *table, *([""] if said else []), *said, *_notes(tables, meta)]
    )


def html(tables: Tables, meta: Row) -> str:
    """Make a map per group: stages across, rows down."""
    drawn = maps(tables, meta)
    body = "".join(_table(one, meta) for one in drawn[:MOST_MAPS] if one.stages)
    return page(title(meta), body, _plain_notes(tables, meta))


def title(meta: Row) -> str:
    """Say what was mapped."""
    by = f" by {' and '.join(meta['by'])}" if meta["by"] else ""
    return (
        f"Journey{by}: {counted(meta['n_read'], 'review')}, {meta['n_drawn']:,} of "
        f"{counted(meta['n_sentences'], 'sentence')} at a stage that is told reliably, "
        f"{100 * meta['confidence']:g}% intervals"
    )


def net_text(row: Row) -> str:
    """Show the net sentiment with its interval."""
    if is_missing(row["net_sentiment"]):
        return ""
    net, low, high = (
        figure(row[name], "net_sentiment") for name in ("net_sentiment", "net_low", "net_high")
    )
    return f"{net} [{low}, {high}]"


def _line(stage: MapStage) -> list[str]:
    row = stage.total
    felt = "" if is_missing(row["emotion"]) else f"{row['emotion']} {percent(row['emotion_share'])}"
    star = "*" if row["low_support"] else ""
    reviews = f"{row['n_reviews']:,}{star}"
    return [shown(stage.name), reviews, percent(row["share"]), net_text(row), felt]


def _bullet(sentence: str) -> list[str]:
    return wrap(sentence, WIDTH, initial_indent="- ", subsequent_indent="  ")


def _plain_notes(tables: Tables, meta: Row) -> list[str]:
    said = ["cells in .frame; .stages, .activities, .feelings, .discoveries, .opportunities"]
    if tables["stages"]["low_support"].any():
        said.append(f"* low support: fewer than {meta['min_reviews']} reviews that judge")
    return [*said, *notes(tables, meta)]


def _notes(tables: Tables, meta: Row) -> list[str]:
    return [line for note in _plain_notes(tables, meta) for line in wrap(note, WIDTH)]


def _table(one: Map, meta: Row) -> str:
    heads = "".join(
        f'<th style="{_CELL}{_LINE}">{escape(shown(stage.name))}</th>' for stage in one.stages
    )
    rows = "".join(
        f'<tr><th style="{_CELL}{_LINE}font-weight:500">{name}</th>'
        + "".join(f'<td style="{_CELL}{_LINE}">{cell(stage, meta)}</td>' for stage in one.stages)
        + "</tr>"
        for name, cell in _ROWS.items()
    )
    return (
        f"<div><b>{escape(one.group)}</b></div>"
        '<table style="border-collapse:collapse;background:transparent;color:inherit">'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _lines(lines: list[str]) -> str:
    return "<br>".join(map(escape, lines))


def _volume(stage: MapStage, _: Row) -> str:
    row = stage.total
    star = "*" if row["low_support"] else ""
    own = [f"{shown(cell['touchpoint'])} {cell['n_reviews']:,}" for cell in stage.cells]
    return _lines([f"{row['n_reviews']:,}{star} ({percent(row['share'])})", *own])


def _net(stage: MapStage, _: Row) -> str:
    return _lines([net_text(stage.total)])


def _activities(stage: MapStage, _: Row) -> str:
    return _lines([f"{row['activity']} ({row['n_reviews']:,})" for row in stage.activities])


def _feelings(stage: MapStage, _: Row) -> str:
    return _lines([f"{row['emotion']} {percent(row['share'])}" for row in stage.feelings])


def _discoveries(stage: MapStage, _: Row) -> str:
    return _lines([discovery_text(row) for row in stage.discoveries])


def _opportunities(stage: MapStage, meta: Row) -> str:
    lines = []
    for row in stage.opportunities:
        points = points_text(row, meta["outcome"])
        behind = f", {points}" if points else ""
        lines.append(f"{KIND_WORDS[row['kind']]}: {row['name']} ({row['n_reviews']:,}{behind})")
    return _lines(lines)


_ROWS = {
    "Reviews": _volume,
    "Net sentiment": _net,
    "Activities": _activities,
    "Feelings": _feelings,
    "Discoveries": _discoveries,
    "Opportunities": _opportunities,
}
