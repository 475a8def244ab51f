"""Counts and scores as text for a terminal, 80 columns wide or what there is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from verbatim.drivers import DriverScores
from verbatim.report.care import weights_text
from verbatim.report.counts import Counts
from verbatim.report.rows import DriverRow, driver_rows
from verbatim.report.screen import Screen, fitted
from verbatim.report.terminal_outcome import outcome_text
from verbatim.report.wording import counted, interval, percent, shortened, signed
from verbatim.results import visible

__all__ = ["counts_text", "drivers_text", "outcome_text"]

_LONGEST_NAME = 26
_SHORTEST_NAME = 10
_FIGURES = "{n:>7} {share:>6} {net:>5}  {interval:<13}"
_FIGURES_WIDTH = 35
_WIDEST_BAR = 31
_NARROWEST_BAR = 11
_MOST_GROUPS = 8


def counts_text(counts: Counts) -> str:
    """Rows by status, reviews by sign, sentences and opinions."""
    left_out = [
        f"{part.n:,} {part.words}" for part in counts.statuses if part.n and part.key != "ok"
    ]
    signs = [f"{part.words} {percent(part.share)}" for part in counts.labels if part.n]
    lines = [
        f"{counted(counts.n_rows, 'row')}: {', '.join([f'{counts.n_read:,} read', *left_out])}",
        f"{counted(counts.n_sentences, 'sentence')}, {counted(counts.n_opinions, 'opinion')}",
    ]
    return "\n".join([*lines, f"Reviews: {', '.join(signs)}"] if signs else lines)


def drivers_text(scores: DriverScores, screen: Screen) -> str:
    """Table of the drivers, one per group; a bar shows net sentiment and its interval.

    Below it stands what the scores warn of, and what they are weighted by.
    """
    rows = driver_rows(scores)
    if not rows:
        return "No opinion was found."
    tables = [
        "\n".join([*_group_heading(group, screen), *_table(list(same), screen)])
        for group, same in groupby(rows, key=lambda row: row.group)
    ]
    return "\n\n".join([*tables, "\n".join([_legend(rows, scores.meta), *_notes(scores, screen)])])


def _notes(scores: DriverScores, screen: Screen) -> list[str]:
    meta = scores.meta
    said = [_warning(warning) for warning in meta["warnings"]]
    said += [] if meta["weight"] is None else [weights_text(meta)]
    return [line for note in said for line in textwrap.wrap(visible(note), screen.width)]


def _warning(warning: Mapping[str, Any]) -> str:
    if warning["kind"] != "j_shape":
        return f"Read with care: {warning['message']}"
    return (
        f"Read with care: {shortened(warning['outcome'])} is J-shaped, so its mean and what "
        f"drivers do to it may be off for customers as a whole (n = {warning['n']:,})"
    )


def _group_heading(group: str, screen: Screen) -> list[str]:
    return [screen.paint(visible(group), "strong")] if group else []


def _legend(rows: Iterable[DriverRow], meta: Mapping[str, Any]) -> str:
    kind = "reviews" if meta["weight"] is None else "effective reviews"
    few = f"* fewer than {meta['min_reviews']} {kind}. " if any(r.low_support for r in rows) else ""
    percentage = f"{100 * meta['confidence']:g}%"
    return f"{few}net: % that only praise - % that only criticise, with its {percentage} interval"


def _table(rows: Sequence[DriverRow], screen: Screen) -> list[str]:
    longest = max(len(row.name) for row in rows) + 2
    room = screen.width - _FIGURES_WIDTH
    name = max(_SHORTEST_NAME, min(longest, _LONGEST_NAME, room))
    bar = _bar_width(room - name - 2)
    columns = _FIGURES.format(n="reviews", share="share", net="net", interval="interval")
    scale = f"  -100{'0':^{bar - 8}}+100" if bar else ""
    heading = f"{'driver':<{name}}{columns}{scale}".rstrip()
    return [screen.paint(heading, "soft"), *(_line(row, name, bar, screen) for row in rows)]


def _bar_width(room: int) -> int:
    """Columns of the bar, an odd number so that 0 has a middle; none where there is no room."""
    width = min(_WIDEST_BAR, room)
    return width - (width + 1) % 2 if width >= _NARROWEST_BAR else 0


def _line(row: DriverRow, name: int, bar: int, screen: Screen) -> str:
    figures = _FIGURES.format(
        n=f"{row.n_reviews:,}",
        share=percent(row.share.value),
        net=signed(row.net.value, minus="-"),
        interval=interval(row.net.low, row.net.high, minus="-"),
    )
    drawn = f"  {_bar(row, bar, screen)}" if bar else ""
    return f"{fitted(row.name, name, screen, row.low_support)}{figures}{drawn}".rstrip()


def _bar(row: DriverRow, width: int, screen: Screen) -> str:
    value, least, most = row.net.value, row.net.low, row.net.high
    if value is None or least is None or most is None:
        return ""
    cells = [" "] * width
    low, net, high = (_place(figure, width) for figure in (least, value, most))
    cells[low : high + 1] = screen.glyph("─", "-") * (high + 1 - low)
    cells[width // 2] = screen.glyph("│", "|")
    cells[net] = screen.glyph("○", "o") if row.low_support else screen.glyph("●", "O")
    before, shown, after = cells[:low], cells[low : high + 1], cells[high + 1 :]
    return "".join([*before, screen.paint("".join(shown), row.net.tone), *after])


def _place(value: float, width: int) -> int:
    return round((value + 100) / 200 * (width - 1))
