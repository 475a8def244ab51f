"""Calibrate and seal the lexicon engine's artefact.

``python -m training.lexicon --data DIR`` measures, on the annotated training sentences, how often
each rule of the lexicon engine is right about driver and sign, writes these precisions to
``models/lexicon/confidence.json`` and seals the artefact with the figures on the held-out
sentences. Without ``--data`` it only seals: after an edit of the word lists.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from verbatim.artefacts import models_directory, seal
from verbatim.engines.lexicon import LexiconEngine
from verbatim.engines.lexicon.engine import read
from verbatim.engines.lexicon.opinions import sign_of
from verbatim.engines.lexicon.spans import words_of
from verbatim.labels import DRIVERS
from verbatim.sentences import split_sentences
from verbatim.taxonomy import Taxonomy
from verbatim.text import normalise

PRIOR = 20
"""Opinions of average precision that every rule starts with."""

Judged = list[tuple[str, bool]]


def main() -> None:
    """Measure if there is data, and seal."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with own/train.jsonl and own/dev.jsonl")
    data = parser.parse_args().data
    directory = models_directory() / "lexicon"
    if data is None:
        _seal(directory, _measured(directory))
        return
    _write_confidence(directory, {})  # so that no rule abstains while it is measured
    train = judge(data / "own" / "train.jsonl")
    confidence = precisions(train)
    _write_confidence(directory, confidence)
    measured = figures(judge(data / "own" / "dev.jsonl"), confidence)
    _seal(directory, measured)
    for rule, n in Counter(rule for rule, _ in train).most_common():
        print(f"{confidence[rule]:.3f} {n:6d} {rule}")
    print(json.dumps(measured))


def _write_confidence(directory: Path, confidence: dict[str, float]) -> None:
    (directory / "confidence.json").write_text(json.dumps(confidence, indent=1) + "\n", "utf-8")
    _seal(directory, {})


def _seal(directory: Path, measured: dict[str, Any]) -> None:
    seal(
        directory,
        name="lexicon",
        licence="Apache-2.0",
        sources=["vaderSentiment word list (MIT)", "phrases written for this project"],
        held_out=measured,
    )


def _measured(directory: Path) -> dict[str, Any]:
    """Figures of the last measurement."""
    known: dict[str, Any] = json.loads((directory / "meta.json").read_text("utf-8"))["held_out"]
    return known


def judge(path: Path) -> Judged:
    """Read every sentence of `path`: for each opinion found its rule, and whether it is right."""
    lexicon = LexiconEngine(Taxonomy.load("general"))._lexicon
    judged: Judged = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = Counter((o["driver"], np.sign(o["polarity"])) for o in row["opinions"])
        for sentence in split_sentences(normalise(row["text"]).text):
            for opinion in read(words_of(sentence), lexicon)[0]:
                key = (DRIVERS[opinion.driver], sign_of(opinion.valence))
                judged.append((opinion.rule, gold[key] > 0))
                gold[key] -= 1
    return judged


def precisions(judged: Judged) -> dict[str, float]:
    """Share of right opinions per rule, drawn towards the mean where a rule is rare."""
    mean = sum(right for _, right in judged) / len(judged)
    found, right = Counter(kind for kind, _ in judged), Counter(kind for kind, ok in judged if ok)
    return {
        kind: round((right[kind] + PRIOR * mean) / (found[kind] + PRIOR), 4)
        for kind in sorted(found)
    }


def figures(judged: Judged, confidence: dict[str, float]) -> dict[str, Any]:
    """Precision and calibration error on the held-out opinions."""
    right = np.array([ok for _, ok in judged], float)
    said = np.array([confidence.get(kind, 0.5) for kind, _ in judged])
    edges = np.minimum((said * 10).astype(int), 9)
    error = sum(
        abs(right[edges == e].mean() - said[edges == e].mean()) * (edges == e).mean()
        for e in np.unique(edges)
    )
    return {
        "n_opinions": len(judged),
        "precision": round(float(right.mean()), 4),
        "calibration_error": round(float(error), 4),
    }


if __name__ == "__main__":
    main()
