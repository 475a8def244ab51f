"""How an analysis shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from verbatim.analysis import Analysis
from verbatim.report.counts import Part, count
from verbatim.report.html import render
from verbatim.report.marks import mark_html, records_by
from verbatim.schema import ID

MOST_DRIVERS = 8
MOST_EXAMPLES = 5
MOST_CHARACTERS = 600

_SIGNS = ("positive", "neutral", "negative")


@dataclass(frozen=True, slots=True)
class Mentions:
    """A driver, the reviews that mention it, and its opinions by sign."""

    driver: str
    n_reviews: int
    signs: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A marked verbatim, or its beginning."""

    id: str
    html: Markup
    is_cut: bool


def analysis_html(analysis: Analysis) -> str:
    """HTML of what `analysis` holds: counts, signs, top drivers and five marked verbatims.

    Examples
    --------
    >>> import verbatim
    >>> "<mark" in analysis_html(verbatim.analyze(["Lovely staff"]))
    True
    """
    return render(
        "notebook.html",
        counts=count(analysis),
        mentions=_mentions(analysis.opinions),
        examples=_examples(analysis),
        meta=analysis.meta,
    )


def _mentions(opinions: pd.DataFrame) -> list[Mentions]:
    n_reviews = opinions.groupby("driver")[ID].nunique()
    top = sorted(n_reviews.items(), key=lambda item: (-item[1], str(item[0])))[:MOST_DRIVERS]
    return [
        Mentions(str(driver), int(n), _signs(opinions.loc[opinions["driver"] == driver, "label"]))
        for driver, n in top
    ]


def _signs(labels: pd.Series[str]) -> tuple[Part, ...]:
    counts = labels.value_counts()
    return tuple(
        Part(sign, sign, int(counts.get(sign, 0)), int(counts.get(sign, 0)) / len(labels))
        for sign in _SIGNS
    )


def _examples(analysis: Analysis) -> list[Example]:
    """Take the first verbatims that hold an opinion."""
    rows = analysis.verbatims
    rows = rows[rows["n_opinions"] > 0].head(MOST_EXAMPLES)
    opinions = analysis.opinions[analysis.opinions[ID].isin(set(rows[ID]))]
    by_id = records_by(opinions, ID)
    return [
        Example(
            str(row[ID]),
            mark_html(row["text"], by_id[row[ID]], 0, min(len(row["text"]), MOST_CHARACTERS)),
            len(row["text"]) > MOST_CHARACTERS,
        )
        for row in rows.to_dict("records")
    ]
