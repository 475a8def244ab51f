"""Verbatims with their opinions, as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.report.counts import STATUS_WORDS
from verbatim.report.marks import SIGNS, mark_text, records_by, spans_of
from verbatim.report.screen import Screen
from verbatim.report.wording import signed
from verbatim.results import visible
from verbatim.schema import ID


def explain_text(analysis: Analysis, screen: Screen) -> str:
    """Verbatims with their opinions marked in place, then a line per opinion."""
    by_id = records_by(analysis.opinions, ID)
    blocks = [
        _explained(row, by_id.get(row[ID], []), screen)
        for row in analysis.verbatims.to_dict("records")
    ]
    return "\n\n".join(blocks)


def _explained(
    row: Mapping[Hashable, Any], opinions: Sequence[Mapping[Hashable, Any]], screen: Screen
) -> str:
    text = "" if pd.isna(row["text"]) else visible(row["text"])
    if row["status"] not in ("ok", "truncated"):
        language = "" if pd.isna(row["language"]) else f" ({row['language']})"
        return f"{text}\n\nNot read: {STATUS_WORDS[row['status']]}{language}.".lstrip()
    marked = mark_text(text, spans_of(opinions), screen.paint)
    lines = [_opinion_line(opinion, text, screen) for opinion in opinions]
    return "\n".join([marked, "", *(lines or ["No opinion was found."])])


def _opinion_line(opinion: Mapping[Hashable, Any], text: str, screen: Screen) -> str:
    driver = opinion["universal"] if pd.isna(opinion["driver"]) else opinion["driver"]
    named = driver if pd.isna(opinion["subdriver"]) else f"{driver} > {opinion['subdriver']}"
    details = [
        f"{signed(opinion['strength'], minus='-')}, confidence {opinion['confidence']:.2f}",
        *(f'{part} "{words}"' for part, words in _quoted(opinion, text)),
        *(["negated"] if opinion["negated"] else []),
        *([] if pd.isna(opinion["emotion"]) else [f"emotion {opinion['emotion']}"]),
    ]
    line = f"{SIGNS[opinion['label']]} {named}: {', '.join(details)}"
    wrapped = textwrap.fill(line, screen.width, subsequent_indent="    ", break_on_hyphens=False)
    return screen.paint(wrapped[0], opinion["label"]) + wrapped[1:]


def _quoted(opinion: Mapping[Hashable, Any], text: str) -> Iterator[tuple[str, str]]:
    for part in ("target", "assessment", "evidence"):
        start, end = opinion[f"{part}_start"], opinion[f"{part}_end"]
        if not pd.isna(start):
            yield part, " ".join(text[int(start) : int(end)].split())
