"""What the commands print: how a file was read, what was found, moments."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from verbatim import batch, intake
from verbatim.analysis import Analysis
from verbatim.cli.hints import hints
from verbatim.cli.request import Request
from verbatim.cli.result import Result
from verbatim.moments import Moments
from verbatim.report.counts import count
from verbatim.report.groups import compare_named
from verbatim.report.names import with_shown_names
from verbatim.report.rows import driver_rows
from verbatim.report.screen import Screen
from verbatim.report.terminal import counts_text, drivers_text, outcome_text
from verbatim.report.terminal_groups import groups_text
from verbatim.report.terminal_moments import listed
from verbatim.report.through_time import find_dates
from verbatim.report.wording import counted
from verbatim.results import visible
from verbatim.sheets import harmless

_EXAMPLES = 3


def reading_text(request: Request, plan: batch.Plan, directory: Path) -> str:
    """Say what was read of the file, and what was kept aside."""
    source = plan.source
    form = ", ".join(filter(None, [source.format, source.encoding]))
    lines = [
        f"{request.file} ({form}): {counted(source.n_rows, 'row')}, "
        f"{source.n_rejected:,} kept aside"
    ]
    if source.n_rejected:
        rejected = pd.read_csv(directory / batch.REJECTED, nrows=_EXAMPLES)
        lines += [f"{source.place} {row.line}: {row.reason}" for row in rejected.itertuples()]
        if source.n_rejected > _EXAMPLES:
            more = source.n_rejected - _EXAMPLES
            lines.append(f"and {more:,} more: see {batch.REJECTED} in the folder")
    lines += notes(plan)
    if request.text is None:
        lines.append(f"text column: {visible(plan.text)} (the one with the most words)")
    return "\n".join(lines)


def notes(plan: batch.Plan) -> Iterator[str]:
    """Say what is peculiar about a file, and which columns have another name in the tables."""
    yield from plan.source.notes
    for name, own in zip(plan.carried, intake.own_names(plan.carried), strict=True):
        if own != name:
            yield visible(f"column {name!r} is {own!r} in the tables, which have one of that name")
    if "question" not in plan.meta:
        yield from hints(plan.source.head.frame[plan.text], plan.text)


def tables_text(directory: Path) -> str:
    """Count what the tables hold, for a terminal."""
    return counts_text(count(Analysis.open(directory)))


def summary(request: Request, result: Result) -> str:
    """Say what was found, for a terminal."""
    screen = Screen.of(sys.stdout)
    analysis, scoring = result.analysis, result.scoring
    scores = with_shown_names(result.scores)
    parts = [counts_text(count(analysis)), drivers_text(scores, screen)]
    rows = driver_rows(result.scores)
    if not rows:
        return "\n\n".join(parts)
    asked = request.scoring  # by the names of the file, which are shown
    if asked.outcome is not None:
        parts.append(outcome_text(rows, asked.outcome, screen))
    if asked.by:
        named = compare_named(analysis, scoring.by, scoring.weight, min_reviews=scoring.min_reviews)
        parts.append(groups_text(named, " and ".join(asked.by), screen))
    _, unsure = find_dates(analysis, scoring.date)
    if unsure:
        parts.append(textwrap.fill(visible(f"Trend: {unsure}"), screen.width))
    return "\n\n".join(parts)


def moments_text(moments: Moments, by: Sequence[str], format: str) -> str:
    """Moments as lines to read, or all of them as CSV or as JSON lines."""
    if format == "text":
        return f"{listed(moments, by, Screen.of(sys.stdout))}\n"
    if format == "csv":
        return harmless(moments.frame).to_csv(index=False, lineterminator="\n")
    rows = moments.to_dict()["moments"]
    return "".join(f"{json.dumps(row, ensure_ascii=False, allow_nan=False)}\n" for row in rows)
