"""Make the artefact of the neural engine from a run: graph, tokenizer, settings, card, seal.

Thresholds and calibration are chosen on the own held-out set with what the rounded graph says, so
that they fit what is shipped. What rounding costs is measured on the way.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.opinion_sets import own_dev
from training.artefact_card import artefact_card
from training.by_value import by_value
from training.calibrate import crossed, expected_error, fit, judged
from training.data import load
from training.evaluate import OFFERS, Dev, choose, read
from training.graph import smoothed, write_graph
from training.model import Reader
from training.options import Options
from training.predict import predict
from training.quantise import quantise, write_probe
from training.tokenise import encode, encoder_directory, load_tokeniser
from training.train import OPTIONS, load_model
from verbatim.artefacts import BY_VALUE, seal
from verbatim.engines.neural.session import Said, Session
from verbatim.engines.neural.settings import Settings
from verbatim.engines.neural.tokens import Tokens

GRAPH, PROBE, TOKENISER = "model.onnx", "probe.onnx", "tokenizer.json"
SETTINGS, CARD, META = "settings.json", "card.md", "meta.json"
FEATURES = 1
"""Raise when the graph's inputs or outputs change their names or meaning."""
SENTENCES_FOR_SCALES = 256
TOKENS_FIRST = ("target_tags", "assessment_tags")
SENTIMENTS = tuple(round(0.02 * step, 2) for step in range(1, 26))
AS_GOOD = 0.01
HEADLINES = ("driver F1", "driver + sign F1")
ABOUT_FILES = ("format", "labels", "files")
"""What `seal` adds to what is said of an artefact."""

SOURCES = {
    "all-MiniLM-L6-v2, base encoder and its word pieces": "Apache-2.0",
    "all-mpnet-base-v2, base encoder of a teacher": "Apache-2.0",
    "Skytrax lounges and seats": "CC0-1.0",
    "Opinosis": "Apache-2.0",
    "SPACE summaries": "MIT",
    "DMASTE": "MIT",
    "CESAMARD": "MIT",
    "TSA-MD": "CDLA-Sharing-1.0",
    "VADER's rated sentences": "MIT",
    "banking77": "CC BY 4.0",
    "MAMS-for-ABSA": "Apache-2.0",
    "OPOSUM": "Apache-2.0",
    "GoEmotions": "CC BY 4.0",
    "sentences written for this project": "Apache-2.0",
}
"""Whose texts the weights come from, and their licences."""


def export(run: Path, data: Path, out: Path) -> dict[str, Any]:
    """Write the artefact to `out`; what was measured comes back and stands in its meta.json."""
    model = load_model(run).cpu()
    tokeniser = encoder_directory() / "tokenizer.json"
    dev = Dev.load(data, load_tokeniser(tokeniser))
    examples = load(data, "own")[:SENTENCES_FOR_SCALES]
    sentences = encode(load_tokeniser(tokeniser), [example.text for example in examples])
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(tokeniser, out / TOKENISER)
    with TemporaryDirectory() as folder:
        exact, even = Path(folder) / "exact.onnx", Path(folder) / "even.onnx"
        write_graph(model, exact)
        write_graph(smoothed(model, sentences), even)
        quantise(even, out / GRAPH)
        write_probe(out / PROBE)
        said = {
            "torch": predict(model, dev.encoded),
            "onnx": say(exact, out, dev),
            "onnx, 8 bits": say(out / GRAPH, out, dev),
        }
    settings, held_out = decide(said["onnx, 8 bits"], dev)
    _write_settings(out, settings)
    held_out |= {"rounding": compare(said, dev)}
    _seal(out, run, model, held_out)
    return held_out


def say(graph: Path, out: Path, dev: Dev) -> list[Said]:
    """What a graph says of each held-out text, run as the engine runs it."""
    session = Session(graph.read_bytes(), (out / PROBE).read_bytes(), n_threads=1)
    said: list[Said] = [{}] * len(dev.rows)
    texts = [row["text"] for row in dev.rows]
    for group in Tokens((out / TOKENISER).read_text("utf-8")).groups(texts):
        outputs = session.run(group.ids)
        for i, row in enumerate(group.rows):
            said[row] = {name: values[i] for name, values in outputs.items()}
    return said


def compare(said: dict[str, list[Said]], dev: Dev) -> dict[str, Any]:
    """F1 of each form of the model, and how far its numbers are from those of the first."""
    first = next(iter(said.values()))
    report: dict[str, Any] = {}
    for form, ours in said.items():
        scores = own_dev(dev.rows, read(ours, dev.encoded, choose(ours, dev)), OFFERS)
        report[form] = {name: round(scores[name].value, 4) for name in HEADLINES}
        if ours is not first:
            report[form] |= {"difference": _differences(first, ours)}
    return report


def _differences(first: Sequence[Said], second: Sequence[Said]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name in first[0]:
        gaps = [np.abs(a[name] - b[name]).ravel() for a, b in zip(first, second, strict=True)]
        gap = np.concatenate(gaps)
        found[name] = {"mean": round(float(gap.mean()), 5), "max": round(float(gap.max()), 5)}
    return found


def decide(said: Sequence[Said], dev: Dev) -> tuple[Settings, dict[str, Any]]:
    """Settings that suit the held-out rows, and the measures that they give there."""
    chosen = choose(said, dev)
    readings = read(said, dev.encoded, chosen)
    row_of, raw, right = judged(dev.rows, readings)
    slope, intercept = fit(raw, right)
    counts = np.array([len(reading.opinions) for reading in readings])
    least = _least_sentiment(said, dev, counts)
    settings = replace(chosen, sentiment=least, slope=slope, intercept=intercept)
    scores = own_dev(dev.rows, readings, OFFERS)
    # The readings hold raw confidences; the error of the calibrated ones is added below.
    measured = {n: round(s.value, 4) for n, s in scores.items() if "calibration" not in n}
    error = expected_error(crossed(row_of, raw, right), right)
    measured["calibration error, fitted on the other half"] = error
    about = {"set": "own/dev", "n": len(dev.rows), **measured}
    return settings, about | {BY_VALUE: by_value(dev.rows, readings)}


def _least_sentiment(said: Sequence[Said], dev: Dev, counts: Any) -> float:
    """Where sentences without opinions found are right most often.

    One that is judged is right with its sign, one that isn't with "nothing is judged"; both kinds
    weigh the same, since their mix here says little of their mix elsewhere. Of thresholds that are
    as good as the best, the lowest says most.
    """
    is_open = counts == 0
    sentiment = np.tanh([float(s["sentiment"]) for s in said])[is_open]
    gold = [np.sign(sum(np.sign(o["polarity"]) for o in row["opinions"])) for row in dev.rows]
    sign = np.array(gold)[is_open]
    judged = np.array([bool(row["opinions"]) for row in dev.rows])[is_open]

    def right(least: float) -> float:
        said_so = np.where(np.abs(sentiment) >= least, np.sign(sentiment), 0)
        shares = [(said_so == sign)[judged], (said_so == 0)[~judged]]
        return float(np.mean([share.mean() for share in shares if len(share)]))

    best = max(map(right, SENTIMENTS))
    return next(least for least in SENTIMENTS if right(least) >= best - AS_GOOD)


def _seal(out: Path, run: Path, model: Reader, held_out: dict[str, Any]) -> None:
    options = Options.load(run / OPTIONS)
    about = {
        "name": "neural",
        "licence": "Apache-2.0",
        "feature_version": FEATURES,
        "vector_width": options.architecture.vector,
        "sources": SOURCES,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "held_out": held_out,
    }
    _write_about(out, about)


def _write_about(out: Path, about: dict[str, Any]) -> None:
    (out / CARD).write_text(artefact_card(out / GRAPH, about), "utf-8")
    seal(out, **about)


def settle(out: Path, data: Path) -> dict[str, Any]:
    """Choose the settings of an artefact anew, as after a change of the decoding; same graph."""
    meta = json.loads((out / META).read_text("utf-8"))
    dev = Dev.load(data, load_tokeniser(out / TOKENISER))
    settings, held_out = decide(say(out / GRAPH, out, dev), dev)
    _write_settings(out, settings)
    about = {name: value for name, value in meta.items() if name not in ABOUT_FILES}
    rounding = about["held_out"]["rounding"]
    _write_about(out, about | {"held_out": held_out | {"rounding": rounding}})
    return held_out


def _write_settings(out: Path, settings: Settings) -> None:
    (out / SETTINGS).write_text(json.dumps(asdict(settings), indent=1) + "\n", "utf-8")
