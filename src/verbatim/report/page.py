"""Everything that a report shows, prepared before any template is touched."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.report.comparison import Comparison, compare
from verbatim.report.counts import Counts, Part, count, emotion_parts
from verbatim.report.findings import Finding, findings
from verbatim.report.rows import DriverRow, driver_rows
from verbatim.report.voices import DriverQuotes, Voice, driver_quotes, voices

TITLE = "What drives the experience"
MOST_EMOTIONS = 3
MOST_FELT = 12


@dataclass(frozen=True, slots=True)
class Page:
    """The content of a report, section by section; a section without content is empty or None.

    Attributes
    ----------
    rows : tuple of DriverRow
        All reviews together, most mentioned first.
    felt : tuple of (DriverRow, tuple of Part)
        For the drivers most mentioned, the emotions felt most about them.
    signs : mapping
        Driver ids to names, for those that the verbatims shown mention.
    """

    title: str
    by: str
    outcome: str
    counts: Counts
    findings: tuple[Finding, ...]
    rows: tuple[DriverRow, ...]
    emotions: tuple[Part, ...]
    felt: tuple[tuple[DriverRow, tuple[Part, ...]], ...]
    comparison: Comparison | None
    quotes: tuple[DriverQuotes, ...]
    voices: tuple[Voice, ...]
    signs: Mapping[str, str]
    options: Mapping[str, Any]
    provenance: Mapping[str, Any]


def prepare(
    analysis: Analysis,
    by: str | Sequence[str] | None = None,
    outcome: str | None = None,
    title: str | None = None,
) -> Page:
    """Score `analysis` and lay out what its report shows; see `report_html`."""
    scores = analysis.drivers(outcome=outcome)
    columns = [by] if isinstance(by, str) else list(by or ())
    grouped = driver_rows(analysis.drivers(by=columns, n_quotes=0)) if columns else []
    by_words, rows = " and ".join(columns), driver_rows(scores)
    names = {row.driver: row.name for row in rows}
    return Page(
        title=title or TITLE,
        by=by_words,
        outcome=outcome or "",
        counts=count(analysis),
        findings=tuple(findings(rows, grouped, by_words, outcome or "")),
        rows=tuple(rows),
        emotions=tuple(emotion_parts(analysis)),
        felt=tuple(_felt(scores, rows)),
        comparison=compare(grouped, by_words) if grouped else None,
        quotes=tuple(driver_quotes(analysis, scores, rows, names)),
        voices=tuple(voices(analysis, names, columns)),
        signs=names,
        options=scores.meta,
        provenance=analysis.meta,
    )


def _felt(
    scores: DriverScores, rows: Sequence[DriverRow]
) -> list[tuple[DriverRow, tuple[Part, ...]]]:
    """For the drivers most mentioned, the emotions that most of their reviews hold."""
    by_driver: dict[str, list[Part]] = {}
    for record in scores.emotions.to_dict("records"):
        by_driver.setdefault(record["driver"], []).append(_emotion_part(record))
    felt = [(row, tuple(by_driver.get(row.driver, ())[:MOST_EMOTIONS])) for row in rows]
    return [(row, parts) for row, parts in felt if parts][:MOST_FELT]


def _emotion_part(record: Mapping[Hashable, Any]) -> Part:
    return Part(record["emotion"], record["emotion"], record["n_reviews"], record["share"])
