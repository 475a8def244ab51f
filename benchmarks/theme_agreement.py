"""How far themes agree with categories that people gave, and with them other ways of grouping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.accuracy import SETS, read_rows
from benchmarks.made_opinions import analysis_of
from benchmarks.topic_models import bertopic, k_means, lda, reduced

Labels = NDArray[np.int64]
Row = Mapping[str, Any]

CORPORA = ("oats_hotels", "memd_hotel")
OURS, PLAIN = "verbatim", "verbatim, themes only"


def measure(data: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """One row per corpus and system."""
    rows = []
    for name in CORPORA:
        path = data / SETS[name].path
        if path.is_file():
            rows += [{"set": name, **row} for row in _measure(read_rows(path)[:limit])]
        else:
            print(f"{name} is left out: {path} is not there")
    return rows


def _measure(sentences: Sequence[Row]) -> list[dict[str, Any]]:
    opinions = gold_opinions(sentences)
    drivers = read_drivers([str(row["text"]) for row in sentences], opinions)
    review = pd.factorize(pd.Series([row.get("review", i) for i, row in enumerate(sentences)]))[0]
    opinions = opinions.assign(review=review[opinions["sentence"]])
    texts = pd.Series([row["text"] for row in sentences]).groupby(review).agg(" ".join).tolist()
    with_driver = opinions.assign(driver=drivers)
    found = {
        OURS: themes_of(with_driver, texts),
        PLAIN: themes_of(opinions.assign(driver="overall"), texts),
    }
    k = len(np.unique(found[OURS][found[OURS] >= 0]))
    inputs = opinions["said"].tolist()
    topics = bertopic(inputs)
    found |= {
        "BERTopic's recipe": topics,
        "BERTopic's recipe, reduced to as many": reduced(inputs, topics, k),
        "k-means, as many as verbatim": k_means(inputs, k),
        "LDA, as many as verbatim": lda(inputs, k),
    }
    gold = opinions["category"].to_numpy()
    return [{"system": name, **agreement(labels, gold)} for name, labels in found.items()]


def gold_opinions(sentences: Sequence[Row]) -> pd.DataFrame:
    """Opinions that have one category; what is said stands in the order of the sentence."""
    rows = []
    for number, sentence in enumerate(sentences):
        text = str(sentence["text"])
        for opinion in sentence["opinions"]:
            parts = [part for part in (opinion["target"], opinion["assessment"]) if part]
            parts.sort(key=text.find)
            rows.append(
                {
                    "sentence": number,
                    "spans": [(text.find(part), text.find(part) + len(part)) for part in parts],
                    "said": " ".join(parts) or text,
                    "sign": opinion["sign"] or 0,
                    **{name: opinion[name] for name in ("category", "target", "assessment")},
                }
            )
    return pd.DataFrame(rows)


def read_drivers(texts: Sequence[str], opinions: pd.DataFrame) -> list[str | None]:
    """Driver that the engine gives each: of the opinion read that shares most characters."""
    import verbatim

    read = verbatim.analyze(list(texts)).opinions
    by_sentence = {key: rows for key, rows in read.groupby("id")}
    return [
        _nearest(by_sentence.get(sentence), spans)
        for sentence, spans in zip(opinions["sentence"], opinions["spans"], strict=True)
    ]


def _nearest(read: pd.DataFrame | None, spans: Sequence[tuple[int, int]]) -> str | None:
    if read is None:
        return None
    shared = [sum(_shared(row, span) for span in spans) for row in read.to_dict("records")]
    driver = read["driver"].iloc[int(np.argmax(shared))]
    return None if pd.isna(driver) else str(driver)


def _shared(row: Mapping[Any, Any], span: tuple[int, int]) -> int:
    parts = [(row[f"{part}_start"], row[f"{part}_end"]) for part in ("target", "assessment")]
    known = [part for part in parts if not pd.isna(part[0])]
    return sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in known)


def themes_of(opinions: pd.DataFrame, texts: Sequence[str]) -> Labels:
    """Theme of each opinion, -1 for none."""
    analysis = analysis_of(opinions, texts)
    themes = analysis.discover(n_quotes=0, n_resamples=100)
    return np.asarray(pd.factorize(themes.tag(analysis).opinions["theme"])[0], dtype=np.int64)


def agreement(labels: Labels, gold: NDArray[Any]) -> dict[str, Any]:
    """Groups, share unassigned, V-measure and purity.

    Over all opinions, those that fit no group taken as one group, and over those assigned.

    Examples
    --------
    >>> agreement(np.array([0, 0, 1, -1]), np.array(["a", "a", "b", "b"]))["purity"]
    1.0
    """
    from sklearn.metrics import v_measure_score

    held = labels >= 0
    return {
        "groups": len(np.unique(labels[held])),
        "unassigned": float((~held).mean()),
        "V-measure": float(v_measure_score(gold, labels)),
        "purity": purity(labels, gold),
        "V-measure of the assigned": float(v_measure_score(gold[held], labels[held])),
        "purity of the assigned": purity(labels[held], gold[held]),
        "opinions": len(labels),
    }


def purity(labels: Labels, gold: NDArray[Any]) -> float:
    """Share of the opinions whose category is the one that most of their group have."""
    return float(pd.crosstab(labels, gold).max(axis=1).sum() / max(len(labels), 1))
