"""Own taxonomies: how well drivers are told apart, by the number of labelled examples.

Sentences with one category, half of them to learn from and half to measure on, drawn anew for each
of `SEEDS` splits. With k examples a driver (as many as there are, if fewer) two systems learn:
verbatim, which also has each driver's description and phrases, and logistic regression on TF-IDF.
Both name a driver for every sentence. What verbatim says when it may abstain stands below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy import read_rows
from benchmarks.own_taxonomies import OWN, OwnTaxonomy

EXAMPLES = (0, 4, 8, 16, 64)
SEEDS = 20
LEAST_SENTENCES = 10
"""A driver with fewer sentences of its own is left out."""
ZERO_SHOT, OTHERS = 0, 16
"""What is compared: no example, and the other system with this many."""

Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences with one driver each."""

    texts: list[str]
    drivers: Labels

    def take(self, rows: Sequence[int]) -> Sentences:
        return Sentences([self.texts[row] for row in rows], self.drivers[list(rows)])


def run_taxonomies(
    data: Path, names: Sequence[str], systems: Mapping[str, Any], limit: int | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each set's name and tables; a file that isn't there is named and left out."""
    for name in names:
        path = data / "eval" / f"{name}.jsonl"
        if not path.is_file():
            print(f"skipped {name}: {path} is not there")
            continue
        begin = perf_counter()
        sentences = single(read_rows(path, limit), OWN[name])
        tables = measure(sentences, OWN[name], SEEDS if limit is None else 2)
        n, n_drivers = len(sentences.texts), len(set(sentences.drivers))
        about = f"{OWN[name].about}; {n:,} sentences with one driver, {n_drivers} drivers"
        print(f"{name}: {perf_counter() - begin:.1f} s", flush=True)
        yield f"own taxonomy of {name}", {"about": about, "tables": tables}


def single(rows: Sequence[Mapping[str, Any]], own: OwnTaxonomy) -> Sentences:
    """Sentences of one driver, those of rare drivers left out."""
    found = {}
    for row in rows:
        drivers = {own.driver_of(opinion["category"]) for opinion in row["opinions"]}
        if len(drivers) == 1:
            found[row["text"]] = drivers.pop()
    counts = Counter(found.values())
    kept = {
        text: driver
        for text, driver in found.items()
        if driver in own.drivers and counts[driver] >= LEAST_SENTENCES
    }
    return Sentences(list(kept), np.array(list(kept.values()), str))


def measure(sentences: Sentences, own: OwnTaxonomy, seeds: int) -> dict[str, str]:
    """The tables of one set, in Markdown."""
    runs = [split(sentences, own, seed) for seed in range(seeds)]
    lines = [_line(measure, [run[measure] for run in runs]) for measure in runs[0]]
    heads = ["measure", *(f"{k} examples" for k in EXAMPLES)]
    rule = "|".join("---" for _ in heads)
    rows = "\n".join(f"| {' | '.join(line)} |" for line in (heads, *lines))
    first, _, rest = rows.partition("\n")
    ahead = compared(runs)
    title = f"Mean of {seeds} splits [their 2.5th and 97.5th percentile]"
    return {title: f"{first}\n|{rule}|\n{rest}\n\n{ahead}"}


def split(sentences: Sentences, own: OwnTaxonomy, seed: int) -> dict[str, dict[int, float]]:
    """Measures by number of examples, for one split."""
    order = np.random.default_rng(seed).permutation(len(sentences.texts)).tolist()
    pool = [
        row for driver in sorted(set(sentences.drivers)) for row in _half(sentences, order, driver)
    ]
    test = sentences.take(sorted(set(order) - set(pool)))
    found: dict[str, dict[int, float]] = {}
    for k in EXAMPLES:
        shown = sentences.take(_first(sentences, pool, k))
        said = {"verbatim": by_taxonomy(own, set(sentences.drivers), shown, test)}
        if k:
            said["TF-IDF + LR"] = by_tfidf(shown, test)
        for system, labels in said.items():
            found.setdefault(f"macro-F1, {system}", {})[k] = macro_f1(test.drivers, labels)
            right = float((labels == test.drivers).mean())
            found.setdefault(f"accuracy, {system}", {})[k] = right
        for name, value in abstaining(own, set(sentences.drivers), shown, test).items():
            found.setdefault(name, {})[k] = value
    return found


def _half(sentences: Sentences, order: Sequence[int], driver: str) -> list[int]:
    rows = [row for row in order if sentences.drivers[row] == driver]
    return rows[: len(rows) // 2]


def _first(sentences: Sentences, pool: Sequence[int], k: int) -> list[int]:
    """The first k of each driver."""
    seen: Counter[str] = Counter()
    rows = []
    for row in pool:
        driver = str(sentences.drivers[row])
        if seen[driver] < k:
            rows.append(row)
        seen[driver] += 1
    return rows


def by_taxonomy(own: OwnTaxonomy, kept: set[str], shown: Sentences, test: Sentences) -> Labels:
    """The likeliest driver: verbatim's classifier, taught as a taxonomy teaches it."""
    from verbatim.adapters.sklearn import DriverClassifier
    from verbatim.taxonomy import Taxonomy
    from verbatim.taxonomy.likeness import lessons

    taxonomy = Taxonomy.from_dict(own.document(kept, {}))
    told = {driver.id: [lesson.text for lesson in lessons(driver)] for driver in taxonomy}
    classifier = DriverClassifier(descriptions=told).fit(shown.texts, shown.drivers)
    return np.asarray(classifier.predict(test.texts), str)


def by_tfidf(shown: Sentences, test: Sentences) -> Labels:
    """Logistic regression on TF-IDF of words and word pairs."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
    )
    return np.asarray(model.fit(shown.texts, shown.drivers).predict(test.texts), str)


def abstaining(
    own: OwnTaxonomy, kept: set[str], shown: Sentences, test: Sentences
) -> dict[str, float]:
    """What the taxonomy says of the sentences: phrases first, and nothing where it isn't sure."""
    from verbatim.taxonomy import Taxonomy

    examples: dict[str, list[str]] = {}
    for text, driver in zip(shown.texts, shown.drivers.tolist(), strict=True):
        examples.setdefault(driver, []).append(text)
    taxonomy = Taxonomy.from_dict(own.document(kept, examples))
    pairs = zip(test.texts, test.drivers.tolist(), strict=True)
    evaluation = taxonomy.evaluate(list(pairs))
    n_assigned = evaluation.meta["n"] - evaluation.meta["n_abstained"]
    n_right = int(evaluation.frame["n_right"].sum())
    return {
        "verbatim may abstain: share assigned": n_assigned / evaluation.meta["n"],
        "verbatim may abstain: precision": n_right / max(n_assigned, 1),
    }


def macro_f1(gold: Labels, said: Labels) -> float:
    """Mean F1 of the drivers that there are.

    Examples
    --------
    >>> macro_f1(np.array(["a", "a", "b"]), np.array(["a", "b", "b"]))
    0.6666666666666666
    """
    scores = []
    for driver in sorted(set(gold.tolist())):
        right = np.sum((gold == driver) & (said == driver))
        scores.append(2 * right / (np.sum(gold == driver) + np.sum(said == driver)))
    return float(np.mean(scores))


def compared(runs: Sequence[Mapping[str, Mapping[int, float]]]) -> str:
    """Say whether no example is as good as some for the other system."""
    ours = np.array([run["macro-F1, verbatim"][ZERO_SHOT] for run in runs])
    theirs = np.array([run["macro-F1, TF-IDF + LR"][OTHERS] for run in runs])
    low, high = np.quantile(ours - theirs, [0.025, 0.975])
    return (
        f"Macro-F1 of verbatim with no example less that of TF-IDF + LR with {OTHERS}: "
        f"{(ours - theirs).mean():+.3f} [{low:+.3f}, {high:+.3f}]; ahead in "
        f"{int((ours > theirs).sum())} of {len(runs)} splits."
    )


def _line(measure: str, found: Sequence[Mapping[int, float]]) -> list[str]:
    return [measure, *(_cell([run[k] for run in found if k in run]) for k in EXAMPLES)]


def _cell(values: Sequence[float]) -> str:
    if not values:
        return "-"
    low, high = np.quantile(values, [0.025, 0.975])
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"
