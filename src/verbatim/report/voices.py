"""Customers in their own words: quotes by driver, and whole verbatims, marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from verbatim.analysis import Analysis
from verbatim.drivers import DriverScores
from verbatim.report.marks import mark_html
from verbatim.report.rows import DriverRow, value_label
from verbatim.schema import ID

MOST_DRIVERS = 8
MOST_VERBATIMS = 300
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, marked, and the id of its verbatim."""

    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class DriverQuotes:
    """What is said for and against a driver."""

    name: str
    n_reviews: int
    positive: tuple[Quote, ...]
    negative: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One verbatim, marked.

    Attributes
    ----------
    id, label : str
    html : Markup
    about : str
        The caller's values of the columns that group.
    keys : str
        ``|driver:sign|driver:sign|`` of its opinions, by which a page filters.
    is_cut : bool
        Whether only its beginning is shown.
    """

    id: str
    label: str
    html: Markup
    about: str
    keys: str
    is_cut: bool


def driver_quotes(
    analysis: Analysis, scores: DriverScores, rows: Sequence[DriverRow], names: Mapping[str, str]
) -> list[DriverQuotes]:
    """Quotes for the drivers most mentioned, the opinions about that driver marked."""
    opinions = {key: part for key, part in analysis.opinions.groupby([ID, "sentence", "driver"])}
    texts = analysis.verbatims.set_index(ID)["text"]
    found = []
    for row in sorted(rows, key=lambda row: -row.n_reviews)[:MOST_DRIVERS]:
        sides: dict[str, list[Quote]] = {"positive": [], "negative": []}
        for quote in scores.quotes[scores.quotes["driver"] == row.driver].to_dict("records"):
            marked = mark_html(
                texts[quote[ID]],
                opinions[quote[ID], quote["sentence"], row.driver],
                quote["start"],
                quote["end"],
                names,
            )
            sides[quote["label"]].append(Quote(str(quote[ID]), marked))
        quotes = DriverQuotes(row.name, row.n_reviews, *(map(tuple, sides.values())))
        found.append(quotes)
    return found


def voices(analysis: Analysis, names: Mapping[str, str], by: Sequence[str] = ()) -> list[Voice]:
    """Up to `MOST_VERBATIMS` verbatims that hold an opinion, evenly spread over the rows."""
    rows = analysis.verbatims[analysis.verbatims["n_opinions"] > 0]
    n = min(len(rows), MOST_VERBATIMS)
    rows = rows.iloc[[i * len(rows) // n for i in range(n)]]
    opinions = analysis.opinions[analysis.opinions[ID].isin(set(rows[ID]))]
    by_id = dict(tuple(opinions.groupby(ID, sort=False)))
    return [_voice(row, by_id[row[ID]], names, by) for row in rows.to_dict("records")]


def _voice(
    row: Mapping[object, object],
    opinions: pd.DataFrame,
    names: Mapping[str, str],
    by: Sequence[str],
) -> Voice:
    text = str(row["text"])
    pairs = dict.fromkeys(zip(opinions["driver"].fillna(""), opinions["label"], strict=True))
    return Voice(
        id=str(row[ID]),
        label=str(row["label"]),
        html=mark_html(text, opinions, 0, min(len(text), MOST_CHARACTERS), names),
        about=" · ".join(value_label(row[column]) for column in by),
        keys="|" + "".join(f"{driver}:{label}|" for driver, label in pairs),
        is_cut=len(text) > MOST_CHARACTERS,
    )
