"""What drivers do to an outcome, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from verbatim.charts.priorities import SURE
from verbatim.report.finding import CATCH_ALL
from verbatim.report.findings import FEWEST_REVIEWS, OUTCOME_DIGITS
from verbatim.report.priorities import CLASSES, MEANINGS
from verbatim.report.rows import DriverRow, Effects, Figure
from verbatim.report.screen import Screen, fitted
from verbatim.report.wording import percent, shortened, signed
from verbatim.results import visible

_LONGEST_NAME = 22
_LONGEST_OUTCOME = 160
_GAP = 2

Write = Callable[[DriverRow, Effects], str]


def outcome_text(rows: Sequence[DriverRow], outcome: str, screen: Screen) -> str:
    """What moves the outcome: what to do, then a table of the drivers by importance.

    Columns for which there is no room are left out, the last first. Where importance isn't known,
    the differences that are sure stand instead.
    """
    placed = [row for row in rows if row.effects and row.effects.quadrant]
    if not placed:
        return _gaps_text(rows, outcome, screen)
    ranked = sorted(placed, key=lambda row: -row.importance)
    heading = _heading("What moves ", outcome, "", screen)
    return "\n".join([heading, *_quadrants(ranked, screen), "", *_table(ranked, screen)])


def _quadrants(rows: Sequence[DriverRow], screen: Screen) -> list[str]:
    """A line per quadrant: the drivers that are told there, with the share of resamples."""
    told, are_hints = _told(rows)
    lines = []
    for quadrant in MEANINGS:
        inside = [_placed(row, row.effects) for row in told if _quadrant(row) == quadrant]
        said = f"{quadrant.capitalize() + ':':<19}{', '.join(inside) or '-'}"
        lines += textwrap.wrap(said, screen.width - 2, subsequent_indent=" " * 19)
    few = "* of few reviews, a hint; the others" if are_hints else "drivers of few reviews"
    note = (
        f"(share of the resamples that place it there; below {percent(SURE)} it is on a border; "
        f"{few} are left to the table)"
    )
    return [f"  {line}" for line in [*lines, *textwrap.wrap(note, screen.width - 2)]]


def _told(rows: Sequence[DriverRow]) -> tuple[list[DriverRow], bool]:
    """Drivers of enough support; where there are none, those of few reviews that are no border.

    A small survey would otherwise seem to have nothing to fix, though its report names it.
    """
    supported = [row for row in rows if not row.low_support]
    if any(row.driver != CATCH_ALL for row in supported):
        return supported, False
    hints = [row for row in rows if row in supported or _is_hint(row)]
    return hints, len(hints) > len(supported)


def _is_hint(row: DriverRow) -> bool:
    probability = row.effects.probability if row.effects else None
    return row.n_reviews >= FEWEST_REVIEWS and (probability or 0.0) >= SURE


def _quadrant(row: DriverRow) -> str | None:
    return row.effects.quadrant if row.effects else None


def _placed(row: DriverRow, effects: Effects | None) -> str:
    star = "*" if row.low_support else ""
    return f"{visible(row.name)}{star} {percent(effects.probability if effects else None)}"


def _table(rows: Sequence[DriverRow], screen: Screen) -> list[str]:
    columns = _columns(rows, screen)
    heads = "".join(f"{head:<{width + _GAP}}" for head, width, _ in columns)
    longest = max(len(row.name) for row in rows) + 2
    name = min(longest, _LONGEST_NAME)
    lines = [screen.paint(f"{'driver':<{name}}{heads}".rstrip(), "soft")]
    for row in rows:
        assert row.effects is not None
        cells = [f"{write(row, row.effects):<{width + _GAP}}" for _, width, write in columns]
        lines.append(f"{fitted(row.name, name, screen, row.low_support)}{''.join(cells)}".rstrip())
    classes = {row.effects.asymmetry for row in rows if row.effects}
    if any(head == "class" for head, _, _ in columns):
        for key in ("basic", "performance", "excitement"):
            if key in classes:
                lines += textwrap.wrap(f"{key}, {CLASSES[key]}", screen.width)
    return lines


def _columns(rows: Sequence[DriverRow], screen: Screen) -> list[tuple[str, int, Write]]:
    """Columns for which there is room, each with its head, its width and what it writes."""
    wanted: list[tuple[str, Write]] = [
        ("importance %", lambda row, effects: _plain(effects.importance)),
        ("complaint", lambda row, effects: _signed(effects.penalty)),
        ("praise", lambda row, effects: _signed(effects.reward)),
        ("class", lambda row, effects: effects.asymmetry or "-"),
        ("points", lambda row, effects: _signed(effects.points)),
    ]
    longest = max(len(row.name) for row in rows) + 2
    room = screen.width - min(longest, _LONGEST_NAME)
    found = []
    for head, write in wanted:
        cells = [write(row, row.effects) for row in rows if row.effects]
        width = max(map(len, [head, *cells]))
        if width > room:
            break
        room -= width + _GAP
        found.append((head, width, write))
    return found


def _plain(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return "-"
    return f"{figure.value:2.0f} [{figure.low:.0f}, {figure.high:.0f}]"


def _signed(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return "-"
    value, low, high = (
        signed(end, OUTCOME_DIGITS, "-") for end in (figure.value, figure.low, figure.high)
    )
    return f"{value} [{low}, {high}]"


def _heading(before: str, outcome: str, after: str, screen: Screen) -> str:
    """Name the outcome in full, which is often a question: only here it has the room."""
    named = visible(f"{before}{shortened(outcome, _LONGEST_OUTCOME)}{after}")
    return screen.paint(textwrap.fill(named, screen.width), "strong")


def _gaps_text(rows: Sequence[DriverRow], outcome: str, screen: Screen) -> str:
    """Drivers whose mention goes with a higher or lower outcome for sure, largest gap first."""
    heading = _heading(
        "Mean ", outcome, " where a driver is mentioned, against where it isn't", screen
    )
    sure = [row for row in rows if row.driver != CATCH_ALL and _has_sure_gap(row)]
    ranked = sorted(sure, key=lambda row: -abs(_gap(row)))
    lines = [_gap_line(row, row.effects, screen) for row in ranked if row.effects]
    return "\n".join([heading, *(lines or ["  no difference for sure"])])


def _gap(row: DriverRow) -> float:
    return (row.effects.gap.value or 0.0) if row.effects else 0.0


def _has_sure_gap(row: DriverRow) -> bool:
    effects = row.effects
    return effects is not None and effects.n >= FEWEST_REVIEWS and effects.gap.tone != "neutral"


def _gap_line(row: DriverRow, effects: Effects, screen: Screen) -> str:
    sign = "+" if effects.gap.tone == "positive" else "-"
    shown = screen.paint(sign, effects.gap.tone)
    mean = f"{effects.mean:6.{OUTCOME_DIGITS}f}"
    gap = effects.gap.text(OUTCOME_DIGITS, "-")
    name = fitted(row.name, _LONGEST_NAME, screen, row.low_support)
    return f"  {shown} {name}{mean}  {gap}  n = {effects.n}"
