"""Choose the settings of discovery on sets that are no part of the benchmark.

Command: ``python -m benchmarks.discovery_settings DIR``, DIR being the data folder. Read are

* ``own/train.jsonl`` and ``own/dev.jsonl``, by where the sentences come from: the annotated driver
  is hidden, and the themes should find it again;
* ``public/oposum_clauses.jsonl``, by product: themes of the opinions read in them, inside the
  drivers that the engine gives them, should agree with the aspects that people chose.

One setting is moved at a time. Of its values whose mean V-measure is less than `TOLERANCE` below
that of the best, the one in use stays, for a change of settings changes themes that people know;
else the middle one is taken, of two the one with fewer themes: readers want few.
`RESOLUTION` and `ROOT` were first moved together, since finer clusters gain only where smaller
themes may stay.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd

from benchmarks.made_opinions import analysis_of
from benchmarks.statistics import records
from benchmarks.theme_agreement import agreement
from verbatim.discover import cluster, fit, model, options

TOLERANCE = 0.01
N_RESAMPLES = 50

SOURCES: Mapping[str, Sequence[str]] = {
    "hospitality": ("hotel", "restaurant", "wellness", "attraction", "mams"),
    "lounges": ("skytrax_lounge",),
}
GRID: Mapping[str, Sequence[float]] = {
    "SAME": (0.45, 0.55, 0.65, 0.75),
    "ROOT": (3, 4, 5),
    "NEAR": (0.65, 0.7, 0.75),
    "FITS": (0.15, 0.2, 0.25, 0.3),
    "ELSEWHERE": (0.25, 0.4, 0.55, 1.1),
    "ALIKE": (0.05, 0.1, 0.2),
    "POOLED_ALIKE": (0.1, 0.15, 0.2, 0.3),
    "RESOLUTION": (0.07, 0.1, 0.15),
}
WHERE: Mapping[str, Sequence[ModuleType]] = {
    "SAME": (cluster, fit),
    "ROOT": (options,),
    "NEAR": (cluster,),
    "FITS": (model, fit),
    "ELSEWHERE": (model,),
    "RESOLUTION": (cluster,),
    "ALIKE": (fit,),
    "POOLED_ALIKE": (fit,),
}
Set = tuple[pd.DataFrame, list[str]]


def sets(data: Path) -> dict[str, Set]:
    """Opinions with a ``category`` each, and the texts, by name."""
    files = [data / "own" / f"{part}.jsonl" for part in ("train", "dev")]
    rows = [row for file in files for row in _read(file)]
    own = {
        f"own, {name}": _hidden([row for row in rows if row["source"] in sources])
        for name, sources in SOURCES.items()
    }
    clauses = pd.DataFrame(_read(data / "public" / "oposum_clauses.jsonl"))
    one = clauses[clauses["categories"].str.len() == 1]
    one = one.assign(category=one["categories"].str[0], product=one["source"].str.split("-").str[0])
    one = one[one["category"] != "None"]
    return own | {f"oposum, {name}": _heard(rows) for name, rows in one.groupby("product")}


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _hidden(rows: Sequence[Mapping[str, Any]]) -> Set:
    """Annotated opinions under one driver; their category is the annotated one."""
    opinions = [
        {
            "review": number,
            "driver": "overall",
            "category": opinion["driver"],
            "sign": int(np.sign(opinion["polarity"])),
            **{part: _span(row["text"], opinion[part]) for part in ("target", "assessment")},
        }
        for number, row in enumerate(rows)
        for opinion in row["opinions"]
    ]
    return pd.DataFrame(opinions), [str(row["text"]) for row in rows]


def _span(text: str, ends: Sequence[int] | None) -> str | None:
    return text[ends[0] : ends[1]] if ends else None


def _heard(clauses: pd.DataFrame) -> Set:
    """Opinions that the engine reads in clauses, each of the aspect of its clause."""
    import verbatim

    texts = clauses["text"].tolist()
    read = verbatim.analyze(texts).opinions
    opinions = read[["driver", "target", "assessment"]].assign(
        review=read["id"],
        sign=np.sign(read["sentiment"]).astype(int),
        category=clauses["category"].to_numpy()[read["id"]],
    )
    return opinions, texts


@contextmanager
def setting(name: str, value: float) -> Iterator[None]:
    """Discovery with another value of a setting."""
    with ExitStack() as stack:
        for module in WHERE[name]:
            stack.enter_context(patch.object(module, name, value))
        yield


def measure(sample: Mapping[str, Set]) -> dict[str, Any]:
    """Means over the sets, and the standard error of the mean V-measure, by resampled reviews."""
    rows, draws = [], []
    random = np.random.default_rng(0)
    for opinions, texts in sample.values():
        analysis = analysis_of(opinions, texts)
        tagged = analysis.discover(n_quotes=0, n_resamples=100).tag(analysis)
        labels = np.asarray(pd.factorize(tagged.opinions["theme"])[0], dtype=np.int64)
        gold, review = opinions["category"].to_numpy(), opinions["review"].to_numpy()
        rows.append(agreement(labels, gold))
        draws.append([_resampled(labels, gold, review, random) for _ in range(N_RESAMPLES)])
    names = ("groups", "unassigned", "V-measure", "purity")
    means = {name: float(np.mean([row[name] for row in rows])) for name in names}
    return {**means, "V-measure, s.e.": float(np.mean(draws, axis=0).std())}


def _resampled(labels: Any, gold: Any, review: Any, random: np.random.Generator) -> float:
    from sklearn.metrics import v_measure_score

    times = np.bincount(random.choice(np.unique(review), len(np.unique(review))))
    times = np.append(times, np.zeros(review.max() + 1 - len(times), dtype=np.int64))
    rows = np.repeat(np.arange(len(review)), times[review])
    return float(v_measure_score(gold[rows], labels[rows]))


def chosen(rows: Sequence[Mapping[str, Any]], used: float) -> float:
    """The value in use, or the middle one, of those that agree as well as any.

    Examples
    --------
    >>> rows = [{"value": v, "V-measure": a, "groups": n} for v, a, n in
    ...         [(0.5, 0.40, 20), (0.6, 0.42, 30), (0.7, 0.425, 60)]]
    >>> chosen(rows, used=0.5), chosen(rows, used=0.7)
    (0.6, 0.7)
    """
    best = max(row["V-measure"] for row in rows)
    good = [row for row in rows if row["V-measure"] > best - TOLERANCE]
    if used in (row["value"] for row in good):
        return used
    middle = good[(len(good) - 1) // 2 : len(good) // 2 + 1]
    return float(min(middle, key=lambda row: row["groups"])["value"])


def main(data: Path) -> None:
    """Print a table for each setting, and the value that it would choose."""
    sample = sets(data)
    for name, values in GRID.items():
        rows = []
        for value in values:
            with setting(name, value):
                rows.append({"setting": name, "value": value, **measure(sample)})
        used = getattr(WHERE[name][0], name)
        print(f"{records(rows)}\n\n{name}: {chosen(rows, used)}\n", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
