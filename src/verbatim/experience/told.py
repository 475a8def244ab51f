"""Find the contacts and waits in the sentences of an analysis."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.columns import typed
from verbatim.experience.columns import QUANTITIES
from verbatim.experience.numbers import may_hold
from verbatim.experience.quantities import quantities
from verbatim.experience.reviews import Block, Ints, Reviews
from verbatim.grouping import group
from verbatim.labels import READ
from verbatim.schema import ID


def told_quantities(analysis: Analysis, reviews: Reviews) -> tuple[pd.DataFrame, Ints]:
    """Table `QUANTITIES`, by id and place in the text, and the review of each.

    Reviews that don't count are -1.
    """
    parts = [_block(block) for block in reviews.blocks(analysis)]
    rows = np.concatenate([rows for _, rows in parts])
    table = pd.concat([table for table, _ in parts], ignore_index=True)
    order = np.lexsort((table["start"], group({ID: table[ID]}, len(table)).of_row))
    return table.iloc[order].reset_index(drop=True), rows[order]


def _block(block: Block) -> tuple[pd.DataFrame, Ints]:
    names = [column.name for column in QUANTITIES]
    table = pd.DataFrame(_found(block), columns=names)
    found = typed(QUANTITIES, {name: table[name].tolist() for name in names})
    found[ID] = found[ID].astype(block.ids.dtype)
    return found, block.rows(found[ID])


def _found(block: Block) -> Iterator[tuple[object, ...]]:
    """Rows of the table, by sentence."""
    verbatims = block.select("verbatims", ["text", "status"])
    is_read = (verbatims["status"].isin(READ) & verbatims["text"].notna()).to_numpy(dtype=bool)
    names = [ID, "sentence", "start", "end", "touchpoint", "effort"]
    sentences = block.select("sentences", names)
    row = block.ids.get_indexer(pd.Index(sentences[ID]))
    kept = np.flatnonzero((row >= 0) & is_read[row])
    whole = verbatims["text"].to_numpy(dtype=object)[row[kept]].tolist()
    spans = sentences[["start", "end"]].to_numpy()[kept].tolist()
    texts = [text[start:end] for text, (start, end) in zip(whole, spans, strict=True)]
    some = np.flatnonzero(may_hold(texts))
    columns = [sentences[name].iloc[kept[some]].tolist() for name in names]
    for i, key, number, start, _, touchpoint, effort in zip(some.tolist(), *columns, strict=True):
        for one in quantities(texts[i]):
            first, last = start + one.start, start + one.end
            where = (whole[i][first:last], first, last, touchpoint, effort)
            yield (key, number, one.kind, one.value, one.unit, *where)
