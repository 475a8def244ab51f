"""Customers in their own words: quotes by driver, and whole verbatims, marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray

from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.report.marks import mark_html, records_by
from verbatim.report.names import isolated
from verbatim.report.rows import DriverRow, Record, value_label
from verbatim.report.wording import shortened
from verbatim.schema import ID

Ints = NDArray[np.int64]

MOST_DRIVERS = 20
MOST_VERBATIMS = 300
MOST_OF_A_SIDE = 8
"""Verbatims taken of each driver and sign, if there are as many, before the even sample."""
MOST_CHARACTERS = 2_000
MOST_QUOTED = 500
MOST_BYTES = 1_000_000
"""Of all verbatims together as HTML, so that the page stays small whatever they hold."""

_NOBODY = np.zeros(0, dtype=np.int64)


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
    quoted = analysis.filter(**{ID: quotes[ID].tolist()})
    by_quote = records_by(quoted.opinions, ID, "sentence", "driver")
    texts = quoted.select("verbatims", [ID, "text"]).set_index(ID)["text"]
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
    return Quote(isolated(shortened(quote[ID])), marked, anchor, stop < end)


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
    chosen = list(dict.fromkeys(_choice(analysis, scores, rows)))[:MOST_VERBATIMS]
    said = analysis.filter(**{ID: chosen})
    by_id = records_by(said.opinions, ID)
    records = said.verbatims.to_dict("records")
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


def _choice(analysis: Analysis, scores: DriverScores, rows: Sequence[DriverRow]) -> Iterator[Any]:
    """Ids of verbatims, the most wanted first, some of them more than once."""
    yield from scores.quotes[ID].tolist()
    verbatims = analysis.select("verbatims", [ID, "n_opinions"])
    sides = _sides(analysis)
    for row in rows[:MOST_DRIVERS]:
        for label in ("positive", "negative"):
            held = sides.get((row.driver, label), _NOBODY)
            yield from verbatims[ID].iloc[_evenly(held, MOST_OF_A_SIDE)]
    said = np.flatnonzero(verbatims["n_opinions"] > 0)
    yield from verbatims[ID].iloc[_evenly(said, MOST_VERBATIMS)]


def _sides(analysis: Analysis) -> Mapping[Any, Ints]:
    """Rows of the verbatims that hold an opinion, by its driver and label."""
    first, found = 0, defaultdict(list)
    for block in analysis.blocks():
        ids = pd.Index(block.select("verbatims", [ID])[ID])
        opinions = block.select("opinions", [ID, "driver", "label"]).drop_duplicates()
        row = pd.Series(ids.get_indexer(opinions[ID]) + first, index=opinions.index)
        for key, part in row.groupby([opinions["driver"], opinions["label"]], sort=False):
            found[key].append(part.to_numpy(dtype=np.int64))
        first += len(ids)
    return {key: np.concatenate(parts) for key, parts in found.items()}


def _evenly(rows: Ints, most: int) -> Ints:
    """Up to so many of the rows, evenly spread."""
    n = min(len(rows), most)
    return rows[np.arange(n) * len(rows) // max(n, 1)]


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
        id=isolated(shortened(row[ID])),
        label=str(row["label"]),
        anchor=f"v{place}",
        html=mark_html(text, opinions, 0, min(len(text), MOST_CHARACTERS), names),
        group=" · ".join(isolated(shortened(value_label(row[column]))) for column in by),
        keys=" ".join(f"{number}:{label}" for number, label in pairs),
        is_cut=len(text) > MOST_CHARACTERS,
    )
