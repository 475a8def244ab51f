"""The table of moments: one row per verbatim and kind, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from verbatim.analysis import Analysis
from verbatim.drivers.columns import typed
from verbatim.moments.columns import MOMENTS
from verbatim.moments.evidence import agreeing, emotions, extremes, intents
from verbatim.moments.find import Hit, find
from verbatim.moments.rules import Kind, Rules
from verbatim.moments.sentences import Sentences, read_sentences
from verbatim.schema import ID
from verbatim.tables import is_missing

Moment = dict[str, Any]
"""A row of the table, with the position of its verbatim."""


def moments_of(block: Analysis, rules: Rules, kinds: Sequence[Kind]) -> list[Moment]:
    """Moments of some verbatims, one per verbatim and kind.

    Of several triggers the most urgent stands for all, of equals the first in the text.
    """
    sentences = read_sentences(block)
    hits = find(sentences, rules, kinds)
    records = sentences.table.iloc[[hit.row for hit in hits]].to_dict("records")
    rated = [
        (hit, record, agreeing(record, hit.kind)) for hit, record in zip(hits, records, strict=True)
    ]
    rated.sort(key=lambda one: (-_urgency(*one), one[0].row, one[0].start, -one[0].end))
    chosen: dict[tuple[int, str], tuple[Hit, Any, list[str]]] = {}
    triggers: dict[tuple[int, str], set[tuple[int, int]]] = {}
    for hit, record, agree in rated:
        key = int(sentences.verbatim[hit.row]), hit.kind.name
        chosen.setdefault(key, (hit, record, agree))
        triggers.setdefault(key, set()).add((hit.start, hit.end))
    ends = extremes(block.opinions.merge(_keys(records), on=[ID, "sentence"]))
    return [_moment(sentences, key[0], *chosen[key], len(triggers[key]), ends) for key in chosen]


def moments_table(found: Sequence[Moment]) -> pd.DataFrame:
    """Alerts, then wow moments, each by falling urgency; and the position of each verbatim.

    Of equally urgent ones the one with the lower sentiment comes first, for wow the higher, then
    by text.
    """
    ranked = sorted(found, key=_order)
    n_alerts = sum(moment["is_alert"] for moment in ranked)
    ranks = [
        place + 1 - (0 if moment["is_alert"] else n_alerts) for place, moment in enumerate(ranked)
    ]
    names = [ID, "verbatim", *(column.name for column in MOMENTS if column.name != "rank")]
    columns = {name: [moment[name] for moment in ranked] for name in names} | {"rank": ranks}
    verbatim = pd.DataFrame({name: columns[name] for name in (ID, "verbatim")})
    return pd.concat([verbatim, typed(MOMENTS, columns)], axis=1)


def _order(moment: Moment) -> tuple[Any, ...]:
    felt = 0.0 if is_missing(moment["sentiment"]) else moment["sentiment"]
    side = felt if moment["is_alert"] else -felt
    return not moment["is_alert"], -moment["urgency"], side, moment["quote"], str(moment[ID])


def _urgency(hit: Hit, record: Any, agree: Sequence[str]) -> int:
    return hit.rule.urgency + len(agree)


def _keys(records: Sequence[Mapping[Any, Any]]) -> pd.DataFrame:
    held = dict.fromkeys((record[ID], record["sentence"]) for record in records)
    return pd.DataFrame(list(held), columns=[ID, "sentence"])


def _moment(
    sentences: Sentences,
    verbatim: int,
    hit: Hit,
    record: Mapping[Any, Any],
    agree: Sequence[str],
    n_triggers: int,
    ends: pd.DataFrame,
) -> Moment:
    text = sentences.texts[verbatim]
    felt = emotions(record)
    key = record[ID], record["sentence"]
    side = "min" if hit.kind.is_alert else "max"
    return {
        ID: record[ID],
        "verbatim": verbatim,
        "is_alert": hit.kind.is_alert,
        "kind": hit.kind.name,
        "urgency": _urgency(hit, record, agree),
        "reason": hit.rule.says + (f" ({', '.join(agree)})" if agree else ""),
        "quote": text[record["start"] : record["end"]],
        "start": record["start"],
        "end": record["end"],
        "trigger": text[hit.start : hit.end],
        "trigger_start": hit.start,
        "trigger_end": hit.end,
        "rule": hit.rule.name,
        "n_triggers": n_triggers,
        "label": record["label"],
        "sentiment": record["sentiment"],
        "opinion_sentiment": ends.at[key, side] if key in ends.index else None,
        "emotions": ", ".join(f"{name} {size}" for name, size in felt.items()) or None,
        "intents": ", ".join(intents(record)) or None,
        "interaction": record["interaction"],
        "resolution": record["resolution"],
    }
