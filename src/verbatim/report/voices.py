"""Customers in their own words: quotes by driver, and whole verbatims, marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.report.marks import mark_html, records_by
from verbatim.report.rows import DriverRow, Record, value_label
from verbatim.report.wording import shortened
from verbatim.schema import ID

MOST_DRIVERS = 20
MOST_VERBATIMS = 300
MOST_OF_A_SIDE = 8
"""Verbatims taken of each driver and sign, if there are as many, before the even sample."""
MOST_CHARACTERS = 2_000
MOST_QUOTED = 500
MOST_BYTES = 1_000_000
"""Of all verbatims together as HTML, so that the page stays small whatever they hold."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, marked, the id of its verbatim, and where in the page that stands, if it does."""

    id: str
    html: Markup
    anchor: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class DriverQuotes:
    """What is said for and against a driver."""

    driver: str
    name: str
    anchor: str
    n_reviews: int
    positive: tuple[Quote, ...]
    negative: tuple[Quote, ...]

    @property
    def is_quoted(self) -> bool:
        """Whether there is a quote of either side."""
        return bool(self.positive or self.negative)


@dataclass(frozen=True, slots=True)
class Voice:
    """One verbatim, marked.

    Attributes
    ----------
    id, label : str
    anchor : str
        Id of its place in the page.
    html : Markup
    group : str
        The caller's values of the columns that group.
    keys : str
        ``driver:sign driver:sign`` of its opinions, by which a page filters; a driver is the
        number of its row.
    is_cut : bool
        Whether only its beginning is shown.
    """

    id: str
    label: str
    anchor: str
    html: Markup
    group: str
    keys: str
    is_cut: bool


def driver_quotes(
    analysis: Analysis,
    scores: DriverScores,
    rows: Sequence[DriverRow],
    anchors: Mapping[Any, str],
) -> list[DriverQuotes]:
    """Quotes for the drivers most mentioned, the opinions about that driver marked.

    `anchors` says where in the page a verbatim stands, by its id.
    """
    names = {row.driver: row.name for row in rows}
    quotes = scores.quotes
    opinions = analysis.opinions[analysis.opinions[ID].isin(set(quotes[ID]))]
    by_quote = records_by(opinions, ID, "sentence", "driver")
    verbatims = analysis.verbatims[analysis.verbatims[ID].isin(set(quotes[ID]))]
    texts = verbatims.set_index(ID)["text"]
    found = []
    for place, row in enumerate(rows[:MOST_DRIVERS]):
        sides: dict[str, list[Quote]] = {"positive": [], "negative": []}
        for quote in quotes[quotes["driver"] == row.driver].to_dict("records"):
            part = by_quote[quote[ID], quote["sentence"], row.driver]
            anchor = anchors.get(quote[ID], "")
            sides[quote["label"]].append(_quote(quote, texts[quote[ID]], part, names, anchor))
        anchor = f"said-{place}"
        said = (tuple(side) for side in sides.values())
        found.append(DriverQuotes(row.driver, row.name, anchor, row.n_reviews, *said))
    return found


def _quote(
    quote: Record, text: str, opinions: Sequence[Record], names: Mapping[str, str], anchor: str
) -> Quote:
    start, end = int(quote["start"]), int(quote["end"])
    stop = min(end, start + MOST_QUOTED)
    marked = mark_html(text, opinions, start, stop, names)
    return Quote(shortened(quote[ID]), marked, anchor, stop < end)


def voices(
    analysis: Analysis, scores: DriverScores, rows: Sequence[DriverRow], by: Sequence[str] = ()
) -> tuple[list[Voice], dict[Any, str]]:
    """Choose verbatims that hold an opinion and mark them.

    First come those that are quoted, then some of each driver and sign, so that there is something
    to read behind every figure, then an even sample of the others. They stand in the order of the
    analysis.

    Returns
    -------
    list of Voice
        Up to `MOST_VERBATIMS`, and no more than `MOST_BYTES` of HTML.
    dict
        Id of each of these verbatims to its place in the page.
    """
    said = analysis.verbatims[analysis.verbatims["n_opinions"] > 0]
    opinions = analysis.opinions
    chosen = list(dict.fromkeys(_choice(said, opinions, scores, rows)))[:MOST_VERBATIMS]
    opinions = opinions[opinions[ID].isin(set(chosen))]
    by_id = records_by(opinions, ID)
    records = said[said[ID].isin(set(chosen))].to_dict("records")
    numbers = {row.driver: place for place, row in enumerate(rows)}
    names = {row.driver: row.name for row in rows}
    place = {record[ID]: number for number, record in enumerate(records)}
    marked = {
        record[ID]: _voice(record, by_id[record[ID]], (names, numbers), by, place[record[ID]])
        for record in records
    }
    room, kept = MOST_BYTES, set()
    for key in chosen:
        room -= len(marked[key].html.encode()) + 300  # and what stands around it
        if room < 0:
            break
        kept.add(key)
    shown = {key: voice for key, voice in marked.items() if key in kept}
    return list(shown.values()), {key: voice.anchor for key, voice in shown.items()}


def _choice(
    said: pd.DataFrame, opinions: pd.DataFrame, scores: DriverScores, rows: Sequence[DriverRow]
) -> Iterator[Any]:
    """Ids of verbatims, the most wanted first, some of them more than once."""
    yield from scores.quotes[ID].tolist()
    pairs = opinions[[ID, "driver", "label"]].drop_duplicates()
    sides = {key: part[ID] for key, part in pairs.groupby(["driver", "label"], sort=False)}
    for row in rows[:MOST_DRIVERS]:
        for label in ("positive", "negative"):
            yield from _evenly(sides.get((row.driver, label), []), MOST_OF_A_SIDE)
    yield from _evenly(said[ID], MOST_VERBATIMS)


def _evenly(ids: Any, most: int) -> list[Any]:
    """Up to so many of the ids, evenly spread."""
    held = list(ids)
    n = min(len(held), most)
    return [held[i * len(held) // n] for i in range(n)]


def _voice(
    row: Record,
    opinions: Sequence[Record],
    drivers: tuple[Mapping[str, str], Mapping[str, int]],
    by: Sequence[str],
    place: int,
) -> Voice:
    text = str(row["text"])
    names, numbers = drivers
    pairs = dict.fromkeys(
        (numbers.get(opinion["driver"], "-"), opinion["label"]) for opinion in opinions
    )
    return Voice(
        id=shortened(row[ID]),
        label=str(row["label"]),
        anchor=f"v{place}",
        html=mark_html(text, opinions, 0, min(len(text), MOST_CHARACTERS), names),
        group=" · ".join(shortened(value_label(row[column])) for column in by),
        keys=" ".join(f"{number}:{label}" for number, label in pairs),
        is_cut=len(text) > MOST_CHARACTERS,
    )
