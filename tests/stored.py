"""Analyses written in several parts, as a large file leaves them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from verbatim.analysis import Analysis
from verbatim.schema import ID, SCHEMA_VERSION


def in_parts(analysis: Analysis, folder: Path, n_parts: int) -> Analysis:
    """Write the verbatims into so many parts, and open them."""
    ids = analysis.verbatims[ID]
    for number, rows in enumerate(np.array_split(np.arange(len(ids)), n_parts)):
        for name, table in analysis.tables.items():
            place = folder / f"{name}.parquet"
            place.mkdir(parents=True, exist_ok=True)
            held = table[table[ID].isin(ids.iloc[rows])]
            held.to_parquet(place / f"part-{number:06}.parquet", index=False)
    meta = {**analysis.meta, "schema_version": SCHEMA_VERSION}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return Analysis.open(folder)
