"""Read all sets once, and note what their sentences look like to the encoder as it is released.

That encoder was trained on a thousand million pairs of sentences, so its vectors cluster well. The
model's own sentence vector learns to stay near them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from training.batches import inputs
from training.data import SOURCES, files, load
from training.encoder import Encoder, mean_states
from training.examples import TASKS, Example
from training.options import Architecture
from training.predict import precision
from training.released import load_minilm
from training.tokenise import encode, encoder_directory, load_tokeniser

BATCH = 64
EMBEDDED = ("own", "written", "mams", "oposum")
"""Sets of customers' sentences: those that the sentence vector is for."""

SUMMARY = "data.json"


def prepare(data: Path, out: Path) -> dict[str, Any]:
    """Write the released encoder's vectors of the `EMBEDDED` sets and a summary; return it."""
    out.mkdir(parents=True, exist_ok=True)
    encoder = released_encoder()
    summary: dict[str, Any] = {}
    for source in SOURCES:
        examples = load(data, source)
        if source in EMBEDDED:
            np.save(vectors_file(out, source), embed(encoder, [e.text for e in examples]))
        summary[source] = summarise(examples) | {"sha256": digest(files(data, source))}
    (out / SUMMARY).write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
    return summary


def vectors_file(folder: Path, source: str) -> Path:
    """Where the vectors of a set lie."""
    return folder / f"{source}.npy"


def released_encoder() -> Encoder:
    """Encoder with the weights as they are released."""
    encoder = Encoder(Architecture(), dropout=0.0)
    load_minilm(encoder)
    return encoder.eval()


@torch.inference_mode()
def embed(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float16]:
    """Mean state of each text, of length 1: (n, H)."""
    encoded = encode(load_tokeniser(encoder_directory() / "tokenizer.json"), texts)
    order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
    vectors = np.zeros((len(texts), encoder.words.embedding_dim), np.float16)
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        ids, mask = inputs([encoded[i] for i in chosen])
        with precision(ids.device, low=True):
            mean = mean_states(encoder(ids, mask).float(), mask)
        vectors[chosen] = functional.normalize(mean, dim=-1).half().numpy()
    return vectors


def summarise(examples: Sequence[Example]) -> dict[str, Any]:
    """Rows, rows per task, opinions."""
    tasks = Counter(task for example in examples for task in example.tasks)
    return {
        "rows": len(examples),
        "tasks": {task: tasks[task] for task in TASKS if tasks[task]},
        "opinions": sum(len(example.opinions) for example in examples),
    }


def digest(paths: Sequence[Path]) -> str:
    """Sha256 of files: says whether vectors belong to their rows."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def load_vectors(data: Path, folder: Path, source: str) -> NDArray[np.float16]:
    """Vectors that `prepare` wrote into `folder` for the rows of a set."""
    summary = json.loads((folder / SUMMARY).read_text("utf-8"))
    if summary[source]["sha256"] != digest(files(data, source)):
        raise ValueError(
            f"the rows of {source} have changed since; run `python -m training prepare`"
        )
    vectors: NDArray[np.float16] = np.load(vectors_file(folder, source), allow_pickle=False)
    return vectors
