"""The map of the journey as a page shows it: a column per stage, and the curve between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from verbatim.comparison.findings import q_text
from verbatim.journey import Journey
from verbatim.journey.layout import (
    KIND_WORDS,
    MapStage,
    Row,
    discovery_text,
    maps,
    notes,
    points_text,
    tone,
)
from verbatim.journey.steps import shown
from verbatim.report.names import unit
from verbatim.report.rows import Figure, figure
from verbatim.report.wording import shortened
from verbatim.tables import is_missing

MOST_TOUCHPOINTS = 5
MOST_QUOTED = 180
HEIGHT = 120
"""Pixels of the emotional curve, from -100 to 100."""
_EDGE = 10

INTENSITY = ((1.5, "mild"), (2.5, "clear"), (4.0, "strong"))


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a customer, and where in the page its verbatim stands, if it does."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Touch:
    """A touchpoint of a stage, and its share of the stage's reviews."""

    name: str
    n: int
    share: float
    net: Figure
    low_support: bool


@dataclass(frozen=True, slots=True)
class Feeling:
    """An emotion of a stage; `is_reliable` as in `verbatim.journey.columns`."""

    emotion: str
    share: float
    n: int
    intensity: str
    is_reliable: bool
    quote: Said | None


@dataclass(frozen=True, slots=True)
class Discovery:
    """What stands out at a stage."""

    text: str
    tone: str
    q: str
    n: int
    low_support: bool


@dataclass(frozen=True, slots=True)
class Opportunity:
    """What could be better at a stage; `points` is empty where they aren't known."""

    kind: str
    name: str
    n: int
    points: str
    low_support: bool
    quote: Said | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the map.

    Attributes
    ----------
    left, right : float or None
        Where the curve enters and leaves the column, pixels from the top; None at its ends.
    """

    name: str
    n: int
    share: float
    net: Figure
    low_support: bool
    left: float | None
    right: float | None
    touchpoints: tuple[Touch, ...]
    activities: tuple[tuple[str, int], ...]
    feelings: tuple[Feeling, ...]
    discoveries: tuple[Discovery, ...]
    opportunities: tuple[Opportunity, ...]


@dataclass(frozen=True, slots=True)
class JourneyPart:
    """What a report shows of a journey."""

    stages: tuple[Stage, ...]
    notes: tuple[str, ...]
    n_drawn: int
    n_sentences: int
    fdr: float
    has_unreliable_emotions: bool
    has_low_support: bool


def journey_part(journey: Journey, anchors: Mapping[Any, str]) -> JourneyPart | None:
    """Lay out the map; None where the engine tells no stages and none are found by phrases.

    Parameters
    ----------
    journey : Journey
        Of all reviews together.
    anchors : mapping
        Where in the page a verbatim stands, by its id.
    """
    meta = journey.meta
    found = maps(journey.tables, meta)
    if not found and not meta["tells_stages"]:
        return None
    columns = found[0].stages if found else ()
    nets = [_net(column.total) for column in columns]
    edges = _edges(nets)
    stages = tuple(
        _stage(column, net, edge, meta, anchors)
        for column, net, edge in zip(columns, nets, edges, strict=True)
    )
    return JourneyPart(
        stages=stages,
        notes=tuple(notes(journey.tables, meta)),
        n_drawn=meta["n_drawn"],
        n_sentences=meta["n_sentences"],
        fdr=meta["fdr"],
        has_unreliable_emotions=any(
            not one.is_reliable for stage in stages for one in stage.feelings
        ),
        has_low_support=any(_is_few(stage) for stage in stages),
    )


def level(net: float) -> float:
    """Where a net sentiment stands on the curve, pixels from the top.

    Examples
    --------
    >>> level(100), level(0), level(-100)
    (10.0, 60.0, 110.0)
    """
    return _EDGE + (100 - net) / 200 * (HEIGHT - 2 * _EDGE)


def _edges(nets: Sequence[Figure]) -> list[tuple[float | None, float | None]]:
    """Heights of the curve at both sides of each column: half-way to its neighbours."""
    levels = [None if net.value is None else level(net.value) for net in nets]
    between = [
        None if one is None or other is None else (one + other) / 2
        for one, other in pairwise(levels)
    ]
    return list(zip([None, *between], [*between, None], strict=True))[: len(nets)]


def _stage(
    column: MapStage,
    net: Figure,
    edges: tuple[float | None, float | None],
    meta: Mapping[str, Any],
    anchors: Mapping[Any, str],
) -> Stage:
    total = column.total
    return Stage(
        name=shortened(shown(column.name)),
        n=total["n_reviews"],
        share=total["share"],
        net=net,
        low_support=total["low_support"],
        left=edges[0],
        right=edges[1],
        touchpoints=tuple(_touch(row, total) for row in column.cells[:MOST_TOUCHPOINTS]),
        activities=tuple((row["activity"], row["n_reviews"]) for row in column.activities),
        feelings=tuple(_feeling(row, anchors) for row in column.feelings),
        discoveries=tuple(
            Discovery(
                discovery_text(row),
                tone(row),
                q_text(row["q_value"]),
                row["n_reviews"],
                row["low_support"],
            )
            for row in column.discoveries
        ),
        opportunities=tuple(
            Opportunity(
                KIND_WORDS[row["kind"]],
                shortened(row["name"]),
                row["n_reviews"],
                points_text(row, meta["outcome"] and unit(meta["outcome"])),
                row["low_support"],
                _said(row, anchors),
            )
            for row in column.opportunities
        ),
    )


def _touch(row: Row, total: Row) -> Touch:
    return Touch(
        name=shortened(shown(row["touchpoint"])),
        n=row["n_reviews"],
        share=row["n_reviews"] / total["n_reviews"],
        net=_net(row),
        low_support=row["low_support"],
    )


def _net(row: Row) -> Figure:
    return figure({key: value for key, value in row.items()}, "net_sentiment", "net")


def _feeling(row: Row, anchors: Mapping[Any, str]) -> Feeling:
    intensity = next(word for below, word in INTENSITY if row["intensity"] < below)
    return Feeling(
        row["emotion"],
        row["share"],
        row["n_reviews"],
        intensity,
        row["is_reliable"],
        _said(row, anchors),
    )


def _said(row: Row, anchors: Mapping[Any, str]) -> Said | None:
    if is_missing(row["text"]):
        return None
    return Said(shortened(row["text"], MOST_QUOTED), anchors.get(row["id"], ""))


def _is_few(stage: Stage) -> bool:
    """Whether anything of a column is of low support."""
    held = [one.low_support for one in stage.touchpoints]
    held += [one.low_support for one in stage.discoveries]
    held += [one.low_support for one in stage.opportunities]
    return stage.low_support or any(held)
