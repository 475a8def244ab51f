"""Find the contacts and waits in the sentences of an analysis."""

from __future__ import annotations

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.columns import typed
from verbatim.experience.columns import QUANTITIES
from verbatim.experience.quantities import quantities
from verbatim.labels import READ
from verbatim.schema import ID


def told_quantities(analysis: Analysis) -> pd.DataFrame:
    """Table `QUANTITIES`, in the order of the reviews and their sentences."""
    parts = [_block(block) for block in analysis.blocks()]
    return pd.concat(parts, ignore_index=True)


def _block(block: Analysis) -> pd.DataFrame:
    verbatims = block.select("verbatims", [ID, "text", "status"])
    read = verbatims[verbatims["status"].isin(READ) & verbatims["text"].notna()]
    texts = dict(zip(read[ID].tolist(), read["text"].tolist(), strict=True))
    names = [ID, "sentence", "start", "end", "touchpoint", "effort"]
    sentences = block.select("sentences", names)
    sentences = sentences[sentences[ID].isin(read[ID])]
    rows: list[tuple[object, ...]] = []
    columns = [sentences[name].tolist() for name in names]
    for key, number, start, end, touchpoint, effort in zip(*columns, strict=True):
        for found in quantities(texts[key][start:end]):
            first, last = start + found.start, start + found.end
            words = texts[key][first:last]
            where = (words, first, last, touchpoint, effort)
            rows.append((key, number, found.kind, found.value, found.unit, *where))
    names = [column.name for column in QUANTITIES]
    table = pd.DataFrame(rows, columns=names)
    found_rows = typed(QUANTITIES, {name: table[name].tolist() for name in names})
    ids = found_rows[ID].astype(verbatims[ID].dtype)
    order = pd.Index(verbatims[ID]).get_indexer(ids)
    placed = found_rows.assign(**{ID: ids, "_row": order})
    return placed.sort_values(["_row", "start"], ignore_index=True).drop(columns="_row")
