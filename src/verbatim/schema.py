"""The three tables of an analysis: one list of columns, from which everything else follows.

The column order, the pandas dtypes, the Parquet files, the JSON Schema and the tables in the
documentation all come from `TABLES`. Raise `SCHEMA_VERSION` with any change.
"""

from __future__ import annotations

from dataclasses import dataclass

from verbatim.labels import (
    DRIVERS,
    EFFORTS,
    EMOTIONS,
    INTENTS,
    INTERACTIONS,
    RESOLUTIONS,
    SENTIMENT_LABELS,
    STAGES,
    STATUSES,
    TOUCHPOINTS,
)

SCHEMA_VERSION = 1

ID = "id"
"""Key of a verbatim: the row's position, or the caller's own unique column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, pandas dtype, whether it may be NA, its allowed values, its meaning."""

    name: str
    dtype: str
    meaning: str
    nullable: bool = False
    values: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None


def _offsets(part: str, nullable: bool = True) -> tuple[Column, Column]:
    where = f"of the {part} in the original text, in code points"
    return (
        Column(f"{part}_start", "Int64", f"first character {where}", nullable, low=0),
        Column(f"{part}_end", "Int64", f"one past the last character {where}", nullable, low=0),
    )


_ID = Column(ID, "id", "key of the verbatim: row position (int64) or the caller's id (str)")
_SENTENCE = Column("sentence", "int64", "number of the sentence in its verbatim, from 0", low=0)
_SENTIMENT = "-1 (as bad as can be) to 1 (as good as can be)"

_STATUS = (
    "ok: read; truncated: read up to its 200,000th character; empty: blank, or no answer, such as "
    "`n/a` and `-`; not_text: a value that is no text, or a bare number; not_english: told as "
    "another language, as a whole"
)
VERBATIMS: tuple[Column, ...] = (
    _ID,
    Column("text", "str", "the original text; offsets count its code points", True),
    Column("status", "str", _STATUS, values=STATUSES),
    Column("language", "str", "ISO 639-1 code; `und` where there is nothing to judge", True),
    Column("n_sentences", "int64", "sentences found", low=0),
    Column("n_opinions", "int64", "opinions found", low=0),
    Column("sentiment", "float64", f"mean over the judging parts, {_SENTIMENT}", True, None, -1, 1),
    Column("label", "str", "sign of the whole verbatim", values=SENTIMENT_LABELS),
    Column("emotion", "str", "the emotion with the highest summed intensity", True, EMOTIONS),
)

SENTENCES: tuple[Column, ...] = (
    _ID,
    _SENTENCE,
    Column("start", "int64", "first character in the original text, in code points", low=0),
    Column("end", "int64", "one past the last character in the original text", low=0),
    Column("sentiment", "float64", f"{_SENTIMENT}; NA where nothing is judged", True, None, -1, 1),
    Column("label", "str", "sign of the sentence", values=SENTIMENT_LABELS),
    *(
        Column(f"emotion_{name}", "Int8", "intensity: 1 mild, 2 clear, 3 strong", True, None, 1, 3)
        for name in EMOTIONS
    ),
    *(Column(f"intent_{name}", "bool", f"the writer's intent: {name}") for name in INTENTS),
    Column("touchpoint", "str", "where customer and company met", True, TOUCHPOINTS),
    Column("stage", "str", "stage of the customer's journey", True, STAGES),
    Column(
        "interaction", "str", "whether the company reacted or acted unasked", True, INTERACTIONS
    ),
    Column("effort", "str", "effort for the customer; NA is not ease", True, EFFORTS),
    Column("resolution", "str", "whether a raised problem was put right", True, RESOLUTIONS),
)

OPINIONS: tuple[Column, ...] = (
    _ID,
    _SENTENCE,
    Column("driver", "str", "driver of the taxonomy; NA where the taxonomy has none for it", True),
    Column("subdriver", "str", "sub-driver of the taxonomy", True),
    Column("universal", "str", "universal driver that the engine gave", values=DRIVERS),
    Column("sentiment", "float64", _SENTIMENT, False, None, -1, 1),
    Column("label", "str", "sign of the opinion", values=SENTIMENT_LABELS[:3]),
    Column("strength", "int64", "-2 strongly negative to 2 strongly positive", low=-2, high=2),
    Column("confidence", "float64", "probability that driver and sign are right", low=0, high=1),
    Column("target", "str", "words that name what is judged; NA when implied", True),
    *_offsets("target"),
    Column("assessment", "str", "words that carry the judgement; NA for a bare fact", True),
    *_offsets("assessment"),
    *_offsets("evidence", nullable=False),
    Column("negated", "bool", "whether a negation stands with the assessment; the sign may stay"),
    Column("emotion", "str", "strongest emotion of the sentence with this sign", True, EMOTIONS),
)

THEME = Column("theme", "str", "id of the theme; the column is there after `Themes.tag`", True)

OPTIONAL: dict[str, tuple[Column, ...]] = {"opinions": (THEME,)}
"""Columns that may stand behind those of a table."""

TABLES: dict[str, tuple[Column, ...]] = {
    "verbatims": VERBATIMS,
    "sentences": SENTENCES,
    "opinions": OPINIONS,
}


def names(table: str) -> list[str]:
    """Column names of a table, in order.

    Examples
    --------
    >>> names("verbatims")[:3]
    ['id', 'text', 'status']
    """
    return [column.name for column in TABLES[table]]
