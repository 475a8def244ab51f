"""Analyses and scores as text for a terminal, 80 columns wide or what there is."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.report.counts import STATUS_WORDS, Counts
from verbatim.report.findings import FEWEST_REVIEWS
from verbatim.report.marks import SIGNS, mark_text, spans_of
from verbatim.report.rows import DriverRow, driver_rows
from verbatim.report.screen import Screen, visible
from verbatim.report.wording import counted, interval, percent, signed

_LONGEST_NAME = 26
_SHORTEST_NAME = 10
_FIGURES = "{n:>7} {share:>6} {net:>5}  {interval:<13}"
_FIGURES_WIDTH = 35
_WIDEST_BAR = 31
_NARROWEST_BAR = 11
_MOST_GROUPS = 8
_MOST_CONTRASTS = 2


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
    """Table of the drivers, one per group; a bar shows net sentiment and its interval."""
    rows = driver_rows(scores)
    if not rows:
        return "No opinion was found."
    tables = [
        "\n".join([*_group_heading(group, screen), *_table(list(same), screen)])
        for group, same in groupby(rows, key=lambda row: row.group)
    ]
    return "\n\n".join([*tables, _legend(rows, scores.meta)])


def _group_heading(group: str, screen: Screen) -> list[str]:
    return [screen.paint(visible(group), "strong")] if group else []


def _legend(rows: Iterable[DriverRow], meta: Mapping[str, Any]) -> str:
    few = (
        f"* fewer than {meta['min_reviews']} reviews. " if any(r.low_support for r in rows) else ""
    )
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
        share=percent(row.share),
        net=signed(row.net, minus="-"),
        interval=interval(row.low, row.high, minus="-"),
    )
    drawn = f"  {_bar(row, bar, screen)}" if bar else ""
    return f"{_fitted(row, name)}{figures}{drawn}".rstrip()


def _fitted(row: DriverRow, width: int) -> str:
    star = "*" if row.low_support else ""
    shown = visible(row.name)
    room = width - 1 - len(star)
    shown = shown if len(shown) <= room else shown[: room - 1] + "."
    return f"{shown}{star}".ljust(width)


def _bar(row: DriverRow, width: int, screen: Screen) -> str:
    if row.net is None or row.low is None or row.high is None:
        return ""
    cells = [" "] * width
    low, net, high = (_place(value, width) for value in (row.low, row.net, row.high))
    cells[low : high + 1] = screen.glyph("─", "-") * (high + 1 - low)
    cells[width // 2] = screen.glyph("│", "|")
    cells[net] = screen.glyph("○", "o") if row.low_support else screen.glyph("●", "O")
    tone = "positive" if row.low > 0 else "negative" if row.high < 0 else "neutral"
    return (
        "".join(cells[:low])
        + screen.paint("".join(cells[low : high + 1]), tone)
        + "".join(cells[high + 1 :])
    )


def _place(value: float, width: int) -> int:
    return round((value + 100) / 200 * (width - 1))


def contrasts_text(
    rows: Sequence[DriverRow], grouped: Sequence[DriverRow], by: str, screen: Screen
) -> str:
    """For each group the drivers that stand furthest above and below all reviews together."""
    overall = {row.driver: row.net for row in rows if row.net is not None}
    groups = {group: list(same) for group, same in groupby(grouped, key=lambda row: row.group)}
    largest = sorted(groups, key=lambda group: -groups[group][0].n_read)[:_MOST_GROUPS]
    heading = screen.paint(f"By {visible(by)}, furthest from all reviews together", "strong")
    blocks = [
        "\n".join(_contrasts(group, groups[group], overall, screen))
        for group in groups
        if group in largest
    ]
    left_out = len(groups) - len(largest)
    more = [f"... and {counted(left_out, 'smaller group')}"] if left_out else []
    return "\n".join([heading, *blocks, *more])


def _contrasts(
    group: str, rows: Sequence[DriverRow], overall: Mapping[str, float], screen: Screen
) -> list[str]:
    """Heading of a group, then its drivers above, the highest first, and below, the lowest first."""
    heading = f"{visible(group)} ({counted(rows[0].n_read, 'review')})"
    held = [row for row in rows if row.n_reviews >= FEWEST_REVIEWS and row.net is not None]
    if not held:
        return [heading, f"    no driver in {FEWEST_REVIEWS} reviews or more"]
    ranked = sorted(held, key=lambda row: overall[row.driver] - (row.net or 0.0))
    above = [row for row in ranked if (row.net or 0.0) > overall[row.driver]][:_MOST_CONTRASTS]
    below = [row for row in ranked[::-1] if (row.net or 0.0) < overall[row.driver]]
    chosen = [*above, *below[:_MOST_CONTRASTS]]
    return [heading, *(_contrast(row, overall[row.driver], screen) for row in chosen)]


def _contrast(row: DriverRow, overall: float, screen: Screen) -> str:
    better = (row.net or 0.0) > overall
    sign = screen.paint("+" if better else "-", "positive" if better else "negative")
    figures = f"{signed(row.net, minus='-'):>5}  {interval(row.low, row.high, minus='-'):<13}"
    against = f"n = {row.n_reviews:<4} all {signed(overall, minus='-')}"
    return f"  {sign} {_fitted(row, _LONGEST_NAME)}{figures}  {against}"


def explain_text(analysis: Analysis, screen: Screen) -> str:
    """Verbatims with their opinions marked in place, then a line per opinion."""
    blocks = [
        _explained(row, analysis.opinions.loc[analysis.opinions["id"] == row["id"]], screen)
        for row in analysis.verbatims.to_dict("records")
    ]
    return "\n\n".join(blocks)


def _explained(row: Mapping[Hashable, Any], opinions: pd.DataFrame, screen: Screen) -> str:
    text = "" if pd.isna(row["text"]) else visible(row["text"])
    if row["status"] not in ("ok", "truncated"):
        language = "" if pd.isna(row["language"]) else f" ({row['language']})"
        return f"{text}\n\nNot read: {STATUS_WORDS[row['status']]}{language}.".lstrip()
    marked = mark_text(text, spans_of(opinions), screen.paint)
    lines = [_opinion_line(opinion, text, screen) for opinion in opinions.to_dict("records")]
    return "\n".join([marked, "", *(lines or ["No opinion was found."])])


def _opinion_line(opinion: Mapping[Hashable, Any], text: str, screen: Screen) -> str:
    driver = opinion["universal"] if pd.isna(opinion["driver"]) else opinion["driver"]
    named = driver if pd.isna(opinion["subdriver"]) else f"{driver} > {opinion['subdriver']}"
    details = [
        f"{signed(opinion['strength'], minus='-')}, confidence {opinion['confidence']:.2f}",
        *(f'{part} "{words}"' for part, words in _quoted(opinion, text)),
        *(["negated"] if opinion["negated"] else []),
        *([] if pd.isna(opinion["emotion"]) else [f"emotion {opinion['emotion']}"]),
    ]
    line = f"{SIGNS[opinion['label']]} {named}: {', '.join(details)}"
    wrapped = textwrap.fill(line, screen.width, subsequent_indent="    ", break_on_hyphens=False)
    return screen.paint(wrapped[0], opinion["label"]) + wrapped[1:]


def _quoted(opinion: Mapping[Hashable, Any], text: str) -> Iterator[tuple[str, str]]:
    for part in ("target", "assessment", "evidence"):
        start, end = opinion[f"{part}_start"], opinion[f"{part}_end"]
        if not pd.isna(start):
            yield part, " ".join(text[int(start) : int(end)].split())
