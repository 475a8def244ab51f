"""Whether a theme that comes up is found: a sub-topic is taken out of a corpus, then put back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.accuracy import SETS, read_rows
from verbatim.analysis import Analysis

CORPUS = "hotel_reviews_with_stars"
TOPICS = {
    "breakfast": r"breakfast",
    "parking": r"\bpark(?:ing|ed)?\b|garage|valet",
    "wifi": r"\bwi-?\s?fi\b|internet|wireless",
    "noise": r"nois[ey]|\bloud\b|quiet|\bsound",
}
"""Words by which opinions about a sub-topic are known, and by which a theme is named rightly."""
SINCE = "2025-07-01"
BEFORE = "2025-01-01"


def measure(data: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """One row per sub-topic."""
    path = data / SETS[CORPUS].path
    if not path.is_file():
        print(f"new themes are left out: {path} is not there")
        return []
    import verbatim

    analysis = verbatim.analyze([row["text"] for row in read_rows(path)[:limit]])
    return [{"topic": name, **found(analysis, re.compile(TOPICS[name], re.I))} for name in TOPICS]


def found(analysis: Analysis, topic: re.Pattern[str]) -> dict[str, Any]:
    """Rank and name of the first emerging theme that the topic names.

    Every other review is from before the date, and loses its opinions about the topic.
    """
    dated = _dated(analysis)
    is_before = (dated.verbatims["date"] < SINCE).to_numpy()
    gone = _about(dated, topic)
    of_before = dated.opinions["id"].isin(dated.verbatims["id"][is_before]).to_numpy()
    both = _without(dated, gone & of_before)
    emerging = both.keep(is_before).discover().emerging(both, since=SINCE)
    frame = emerging.frame
    named = frame["name"].str.cat(frame["lately"].fillna(""), sep=" / ")
    said = named.str.contains(topic.pattern, case=False, regex=True)
    hits = np.flatnonzero((frame["emerging"] & said).to_numpy())
    first = None if not len(hits) else frame.iloc[hits[0]]
    return {
        "opinions put back": int((gone & ~of_before).sum()),
        "emerging": int(frame["emerging"].sum()),
        "about the topic": len(hits),
        "rank": "-" if first is None else int(hits[0]) + 1,
        "new": "-" if first is None else bool(first["new"]),
        "theme": "-" if first is None else f"{first['driver']} > {first['name']}",
        "named lately": "-" if first is None else first["lately"],
        "reviews": 0 if first is None else int(first["n_since"]),
    }


def _dated(analysis: Analysis) -> Analysis:
    date = np.where(np.arange(len(analysis)) % 2, BEFORE, SINCE)
    verbatims = analysis.verbatims.assign(date=date)
    return Analysis({**analysis.tables, "verbatims": verbatims}, analysis.meta)


def _about(analysis: Analysis, topic: re.Pattern[str]) -> Any:
    """Opinions whose target, assessment or evidence has a word of the topic."""
    opinions = analysis.opinions
    text = dict(zip(analysis.verbatims["id"], analysis.verbatims["text"], strict=True))
    ends = zip(opinions["id"], opinions["evidence_start"], opinions["evidence_end"], strict=True)
    evidence = pd.Series([text[key][start:end] for key, start, end in ends])
    parts = [opinions["target"].fillna(""), opinions["assessment"].fillna(""), evidence]
    joined = parts[0].str.cat(parts[1:], sep=" ")
    return joined.str.contains(topic.pattern, case=False, regex=True).to_numpy(dtype=bool)


def _without(analysis: Analysis, opinions: Any) -> Analysis:
    kept = analysis.opinions[~opinions].reset_index(drop=True)
    tables: Mapping[str, pd.DataFrame] = {**analysis.tables, "opinions": kept}
    return Analysis(tables, analysis.meta)
