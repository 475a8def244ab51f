"""How right the engines are about the customer's journey, value by value, and the text rules.

The heads are measured on own_dev, beside the agreement of two annotators on other sentences of the
same kind, as ``own/AGREEMENT.md`` in the data folder has it. Contacts and waiting times are checked
on the hard cases of the tests, on own_dev (``data/quantities_dev.jsonl``, annotated by hand; the
rules were written with an eye on it), and on whole hotel reviews, on which nothing was chosen
(``data/quantities_reviews.jsonl``: what the rules found there, judged by hand). These two files
hold places in texts, and no text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy import SETS, read_rows
from benchmarks.metrics import Estimate, estimate, f1, label_counts, micro_f1, precision, recall
from benchmarks.readings import Reading, System
from benchmarks.report import NOTHING, cell
from verbatim.drivers.bootstrap import wilson
from verbatim.labels import EFFORTS, INTENTS, INTERACTIONS, RESOLUTIONS, STAGES, TOUCHPOINTS

Floats = NDArray[np.float64]
Row = Mapping[str, Any]
Tables = dict[str, str]

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "tests" / "experience" / "quantities.jsonl"
ON_DEV, ON_REVIEWS = (HERE / "data" / f"quantities_{name}.jsonl" for name in ("dev", "reviews"))

VALUES: dict[str, tuple[str, ...]] = {
    "touchpoint": TOUCHPOINTS,
    "stage": STAGES,
    "interaction": INTERACTIONS,
    "effort": EFFORTS,
    "resolution": RESOLUTIONS,
}
AGREEMENT = re.compile(r"^\| (\w+)(?: micro-F1)? \| (?:kappa )?([\d.]+)", re.M)

PARTS = {
    "heads": "touchpoint, stage, interaction, effort, resolution and intents on own_dev",
    "quantities": "contacts and waiting times read from texts by rules",
}


def run_journey(
    data: Path, names: Sequence[str], systems: Mapping[str, System], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part's name and tables, in Markdown; a set that isn't there is left out."""
    for name in names:
        tables = heads(data, systems, limit) if name == "heads" else quantities(data, limit)
        yield name, {"about": PARTS[name], "tables": tables}


def heads(data: Path, systems: Mapping[str, System], limit: int | None) -> Tables:
    """All values of each head together, beside two annotators, and every value by itself."""
    path = data / SETS["own_dev"].path
    if not path.is_file():
        print(f"skipped heads: {path} is not there")
        return {}
    rows = read_rows(path, limit)
    found = {name: system.read([row["text"] for row in rows]) for name, system in systems.items()}
    tables = {"All values together": _together(rows, found, path.with_name("AGREEMENT.md"))}
    for name, readings in found.items():
        tables |= {
            f"{head}, {name}": _by_value(rows, readings, head, values)
            for head, values in {**VALUES, "intents": INTENTS}.items()
            if any(_found(reading, head) for reading in readings)
        }
    return tables


def _together(rows: Sequence[Row], found: Mapping[str, Sequence[Reading]], path: Path) -> str:
    text = path.read_text("utf-8") if path.is_file() else ""
    agreed = dict(AGREEMENT.findall(text))
    lines = []
    for head in (*VALUES, "intents"):
        cells = [_agreement(rows, readings, head) for readings in found.values()]
        measure = f"{head}: {'micro-F1' if head == 'intents' else 'kappa, none counts'}"
        lines.append(
            [measure, *cells, agreed.get("intent" if head == "intents" else head, NOTHING)]
        )
    return _table(["measure", *found, "two annotators"], lines)


def _agreement(rows: Sequence[Row], readings: Sequence[Reading], head: str) -> str:
    """Agreement with the annotation; none of an engine that never finds a value."""
    if not any(_found(reading, head) for reading in readings):
        return NOTHING
    return cell(_estimate(rows, readings, head).to_dict())


def _found(reading: Reading, head: str) -> set[str]:
    held = reading.intents if head == "intents" else {reading.attributes[head]}
    return {value for value in held if value is not None}


def _estimate(rows: Sequence[Row], readings: Sequence[Reading], head: str) -> Estimate:
    if head == "intents":
        counts = label_counts([r["intents"] for r in rows], [r.intents for r in readings], INTENTS)
        return estimate(counts, micro_f1)
    order = [None, *VALUES[head]]
    pairs = np.zeros((len(rows), len(order), len(order)))
    for i, (row, reading) in enumerate(zip(rows, readings, strict=True)):
        pairs[i, order.index(row[head]), order.index(reading.attributes[head])] = 1
    return estimate(pairs, kappa)


def kappa(tables: Floats) -> Floats:
    """Cohen's kappa of tables of two codings, shape (b, k, k); 0 where both always say the same.

    Examples
    --------
    >>> kappa(np.array([[[20.0, 5], [10, 15]]])).round(2).tolist()
    [0.4]
    """
    total = tables.sum(axis=(1, 2))
    same = np.trace(tables, axis1=1, axis2=2) / total
    chance = (tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / total**2
    return np.divide(same - chance, 1 - chance, out=np.zeros_like(same), where=chance < 1)


def _by_value(
    rows: Sequence[Row], readings: Sequence[Reading], head: str, values: Sequence[str]
) -> str:
    gold = [row[head] if head == "intents" else {row[head]} for row in rows]
    counts = label_counts(gold, [_found(reading, head) for reading in readings], values)
    lines = []
    for i, value in enumerate(values):
        _, n_found, n_annotated = counts[:, i].sum(axis=0).astype(int)
        figures = [cell(estimate(counts[:, i], each).to_dict()) for each in (precision, recall, f1)]
        lines.append([value, *figures, f"{n_found:,}", f"{n_annotated:,}"])
    return _table(["value", "precision", "recall", "F1", "found", "annotated"], lines)


def quantities(data: Path, limit: int | None) -> Tables:
    """Precision and recall of the rules, with Wilson's intervals."""
    from verbatim.experience import quantities as read

    lines = [["hard cases of the tests", *_scored(_cases(limit), _spans(read))]]
    dev = data / SETS["own_dev"].path
    if dev.is_file():
        gold = _by_id(ON_DEV)
        cases = [(row["text"], _places(gold.get(row["id"], []))) for row in read_rows(dev, limit)]
        lines.append(["own_dev", *_scored(cases, _spans(read))])
    reviews = data / SETS["hotel_reviews_with_stars"].path
    if reviews.is_file():
        lines.append(["hotel reviews", *_judged(read_rows(reviews, limit), _spans(read))])
    heads_ = ["texts", "precision", "recall", "found", "in the texts", "found, not judged"]
    return {"Contacts and waiting times": _table(heads_, lines)}


Places = frozenset[tuple[int, int, str]]


def _spans(read: Callable[[str], Sequence[Any]]) -> Callable[[str], Places]:
    return lambda text: frozenset((one.start, one.end, one.unit) for one in read(text))


def _cases(limit: int | None) -> list[tuple[str, Places]]:
    """Texts of the tests and where their quantities stand; each word occurs once from there on."""
    cases = []
    for row in read_rows(CASES, limit):
        places, last = [], 0
        for one in row["quantities"]:
            start = row["text"].index(one["words"], last)
            last = start + len(one["words"])
            places.append((start, last, one["unit"]))
        cases.append((row["text"], frozenset(places)))
    return cases


def _by_id(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["id"], []).append(row)
    return found


def _places(rows: Sequence[Row]) -> Places:
    return frozenset((row["start"], row["end"], row["unit"]) for row in rows)


def _scored(cases: Sequence[tuple[str, Places]], read: Callable[[str], Places]) -> list[str]:
    right = found = there = 0
    for text, gold in cases:
        places = read(text)
        right, found, there = right + len(places & gold), found + len(places), there + len(gold)
    return [_share(right, found), _share(right, there), f"{found:,}", f"{there:,}", NOTHING]


def _judged(rows: Sequence[Row], read: Callable[[str], Places]) -> list[str]:
    """Precision alone: nobody has looked for what the rules missed in reviews this long."""
    verdicts = {
        (key, row["start"], row["end"], row["unit"]): row["right"]
        for key, judged in _by_id(ON_REVIEWS).items()
        for row in judged
    }
    texts = {row["text"]: row["id"] for row in reversed(rows)}  # the first of equal texts
    found = [(key, *place) for text, key in texts.items() for place in read(text)]
    known = [verdicts[place] for place in found if place in verdicts]
    unknown = len(found) - len(known)
    return [_share(sum(known), len(known)), NOTHING, f"{len(found):,}", NOTHING, f"{unknown:,}"]


def _share(part: int, whole: int) -> str:
    if not whole:
        return NOTHING
    low, high = wilson([part], [whole], 0.95)
    return cell({"value": part / whole, "low": float(low[0]), "high": float(high[0])})


def _table(heads_: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Markdown table.

    Examples
    --------
    >>> print(_table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    rule = "|" + "---|" * len(heads_)
    return "\n".join([f"| {' | '.join(heads_)} |", rule, *(f"| {' | '.join(x)} |" for x in lines)])
