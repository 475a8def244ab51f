"""Everything that a report shows, prepared before any template is touched."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verbatim.analysis import Analysis
from verbatim.charts.extra import EXTRA
from verbatim.comparison import Comparison
from verbatim.drivers import DriverScores
from verbatim.journey import Journey
from verbatim.journey.steps import Given
from verbatim.report.care import Care, cares
from verbatim.report.counts import Counts, Part, count, emotion_parts
from verbatim.report.drawings import MOST_EMOTIONAL, Drawing, drawings
from verbatim.report.experience import ExperiencePart, experience_part
from verbatim.report.finding import Finding
from verbatim.report.findings import findings
from verbatim.report.groups import Compared, GroupTable, compare_named, group_table
from verbatim.report.journey import JourneyPart, journey_part
from verbatim.report.moments import MomentsPart, moments_part
from verbatim.report.names import (
    THE_OUTCOME,
    isolated,
    shown_name,
    spoken,
    with_shown_names,
    with_spoken_outcome,
)
from verbatim.report.outcome import Mean, outcome_of
from verbatim.report.priorities import CLASSES, PrioritiesPart, priorities_part
from verbatim.report.rows import DriverRow, driver_rows
from verbatim.report.themes import ThemesPart, themes_part
from verbatim.report.through_time import Followed, TrendPart, followed
from verbatim.report.voices import DriverQuotes, Voice, driver_quotes, voices
from verbatim.report.wording import shortened

TITLE = "What drives the experience"
MOST_EMOTIONS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What the caller asked for; columns of the verbatims, and options of the scores."""

    by: tuple[str, ...] = ()
    outcome: str | None = None
    weight: str | None = None
    date: str | None = None
    freq: str | None = None
    title: str | None = None
    higher_is_better: bool = True
    min_reviews: int = 30
    confidence: float = 0.95
    seed: int = 0
    stages: Given | None = None
    touchpoints: Given | None = None

    @property
    def shared(self) -> dict[str, Any]:
        """Options that scores, comparison and trend take alike."""
        return {name: getattr(self, name) for name in ("min_reviews", "confidence", "seed")}


@dataclass(frozen=True, slots=True)
class Page:
    """The content of a report, section by section; a section without content is empty or None.

    Attributes
    ----------
    outcome, measure : str
        Name of the outcome in a sentence, and behind "mean".
    outcome_in_full : str
        Its own name, where that is too long for the sentences; empty otherwise.
    rows : tuple of DriverRow
        All reviews together, most mentioned first: the order of the drivers everywhere.
    mean : Mean or None
        Mean outcome.
    felt : tuple of (DriverRow, tuple of Part)
        For the drivers most mentioned, the emotions felt most about them.
    names : mapping
        Name of each driver for people.
    anchors : mapping
        Where in the page the quotes of a driver stand.
    methods : tuple of (title, tuple of (name, meaning))
        Figures and their formulae.
    untold_trend : str
        Why there is no trend though there are dates; empty otherwise.
    install : str
        How to get charts; empty where they are there.
    """

    title: str
    by: str
    outcome: str
    measure: str
    outcome_in_full: str
    counts: Counts
    mean: Mean | None
    cares: tuple[Care, ...]
    findings: tuple[Finding, ...]
    rows: tuple[DriverRow, ...]
    priorities: PrioritiesPart | None
    classes: Mapping[str, str]
    trend: TrendPart | None
    untold_trend: str
    journey: JourneyPart | None
    experience: ExperiencePart | None
    moments: MomentsPart | None
    themes: ThemesPart | None
    names: Mapping[str, str]
    groups: GroupTable | None
    emotions: tuple[Part, ...]
    felt: tuple[tuple[DriverRow, tuple[Part, ...]], ...]
    quotes: tuple[DriverQuotes, ...]
    anchors: Mapping[str, str]
    voices: tuple[Voice, ...]
    voice_groups: tuple[str, ...]
    charts: Mapping[str, Drawing]
    install: str
    options: Mapping[str, Any]
    provenance: Mapping[str, Any]
    methods: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def prepare(analysis: Analysis, asked: Question) -> Page:
    """Score `analysis` and lay out what its report shows; see `report_html`."""
    scores = analysis.drivers(
        outcome=asked.outcome,
        weight=asked.weight,
        higher_is_better=asked.higher_is_better,
        **asked.shared,
    )
    rows = driver_rows(scores)
    outcome = outcome_of(analysis, scores.meta)
    named = _compared(analysis, asked) if rows else None
    groups = group_table(analysis, named, asked.by, outcome) if named else None
    compared = with_shown_names(named.found) if named else None
    when = (asked.date, asked.freq, asked.weight)
    trend = followed(analysis, *when, asked.by, **asked.shared) if rows else Followed()
    scores = with_spoken_outcome(scores)
    shown, places = voices(analysis, scores, rows, asked.by)
    quotes = driver_quotes(analysis, scores, rows, places)
    way = _way(analysis, asked) if rows else None
    charts = drawings(scores, rows, trend.found)
    name = isolated(spoken(asked.outcome or ""))
    is_long = name == THE_OUTCOME
    by = shortened(" and ".join(map(shown_name, asked.by)), 60)
    return Page(
        title=asked.title or TITLE,
        by=isolated(by),
        outcome=name,
        measure=THE_OUTCOME.removeprefix("the ") if is_long else name,
        outcome_in_full=isolated(shown_name(asked.outcome or "")) if is_long else "",
        counts=count(analysis, asked.confidence),
        mean=outcome.mean() if outcome else None,
        cares=tuple(cares(scores.meta)),
        findings=tuple(findings(rows, name, compared if groups else None, trend.part)),
        rows=tuple(rows),
        priorities=priorities_part(scores, rows),
        classes=CLASSES,
        trend=trend.part,
        untold_trend=trend.untold,
        journey=journey_part(way, places) if way else None,
        experience=_experience(analysis, asked) if rows else None,
        moments=moments_part(analysis.moments(confidence=asked.confidence), places),
        themes=themes_part(analysis, asked.weight, **asked.shared) if rows else None,
        names={row.driver: row.name for row in rows},
        groups=groups,
        emotions=tuple(emotion_parts(analysis, asked.confidence)),
        felt=tuple(_felt(scores, rows)),
        quotes=tuple(quotes),
        anchors={one.driver: one.anchor for one in quotes if one.is_quoted},
        voices=tuple(shown),
        voice_groups=tuple(sorted({voice.group for voice in shown})) if asked.by else (),
        charts=charts,
        install="" if charts or not rows else EXTRA,
        options=scores.meta,
        provenance=analysis.meta,
        methods=tuple(_methods(scores, compared, trend.found, way)),
    )


def _compared(analysis: Analysis, asked: Question) -> Compared | None:
    if not asked.by:
        return None
    return compare_named(analysis, asked.by, asked.weight, **asked.shared)


def _way(analysis: Analysis, asked: Question) -> Journey:
    way = analysis.journey(
        stages=asked.stages,
        touchpoints=asked.touchpoints,
        outcome=asked.outcome,
        weight=asked.weight,
        higher_is_better=asked.higher_is_better,
        **asked.shared,
    )
    return with_spoken_outcome(way)


def _experience(analysis: Analysis, asked: Question) -> ExperiencePart | None:
    return experience_part(
        analysis, asked.outcome, asked.weight, asked.higher_is_better, **asked.shared
    )


def _felt(
    scores: DriverScores, rows: Sequence[DriverRow]
) -> list[tuple[DriverRow, tuple[Part, ...]]]:
    """For the drivers most mentioned, the emotions that most of their reviews hold."""
    by_driver: dict[str, list[Part]] = {}
    for record in scores.emotions.to_dict("records"):
        by_driver.setdefault(record["driver"], []).append(_emotion_part(record))
    felt = [(row, tuple(by_driver.get(row.driver, ())[:MOST_EMOTIONS])) for row in rows]
    return [(row, parts) for row, parts in felt if parts][:MOST_EMOTIONAL]


def _emotion_part(record: Mapping[Hashable, Any]) -> Part:
    return Part(record["emotion"], record["emotion"], record["n_reviews"], record["share"])


def _methods(
    scores: DriverScores, compared: Comparison | None, trend: Any, way: Journey | None
) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Titles, and names with their meaning, out of the provenance of the results."""
    found = [("Driver scores", tuple(scores.meta["columns"]["drivers"].items()))]
    for title, result in (
        ("Comparison of groups", compared),
        ("Trend", trend),
        ("Journey", way if way and len(way) else None),
    ):
        if result is not None:
            found.append((title, tuple(result.meta["methods"].items())))
    return found
