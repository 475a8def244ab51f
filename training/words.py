"""Make the vectors of word pieces: what the released encoder says, without running it.

Each piece starts where the encoder puts it when it stands alone, shorter the more common it is
(smooth inverse frequency: Arora et al., 2017, A simple but tough-to-beat baseline for sentence
embeddings). Then the vectors learn that their sum over a text points where the encoder puts the
text. Pieces that no text has stay where they start.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from training.data import load
from training.encoder import Encoder
from training.examples import Example
from training.prepare import embed, released_encoder
from training.tokenise import encoder_directory
from training.words_card import words_card
from verbatim.artefacts import seal
from verbatim.vectors.space import TOKENISER, VECTORS

SETS = ("own", "mams", "oposum", "dmaste", "goemotions")
"""Sets whose texts the vectors learn from: customers' sentences, and plain talk for the rest."""
MOST = 15_000
"""Rows of a set that are read: customers' sentences shall be most."""
SOURCES = {
    "all-MiniLM-L6-v2, its word pieces and its vectors of texts": "Apache-2.0",
    "sentences of Skytrax, Opinosis, SPACE, DMASTE, CESAMARD, TSA-MD, VADER, banking77": (
        "CC0-1.0, Apache-2.0, MIT, CDLA-Sharing-1.0, CC BY 4.0"
    ),
    "MAMS-for-ABSA": "Apache-2.0",
    "OPOSUM": "Apache-2.0",
    "GoEmotions": "CC BY 4.0",
    "sentences written for this project": "Apache-2.0",
}
FEATURES = 1
WIDTH = 128
RARE = 1e-3
"""Share of all pieces at which a piece counts half: the usual value of smooth inverse frequency."""
PASSES, BATCH, RATE, SEED = 2, 512, 5e-3, 0
STEPS = 127
"""Steps that 8 bits have to each side of 0."""
CARD = "card.md"

Floats = NDArray[np.float64]
Pieces = list[NDArray[np.int64]]


def make_words(data: Path, out: Path) -> dict[str, Any]:
    """Write the artefact to `out`; what its card says comes back."""
    encoder, file = released_encoder(), encoder_directory() / TOKENISER
    tokeniser = Tokenizer.from_file(str(file))
    texts = material(example for source in SETS for example in load(data, source)[:MOST])
    pieces = cut(tokeniser, texts)
    targets = embed(encoder, texts).astype(np.float64)
    ends = (tokeniser.token_to_id(piece) for piece in ("[CLS]", "[SEP]"))
    vectors, loss = distil(alone(encoder, *ends), known(tokeniser), pieces, targets)
    steps, scale = rounded(vectors)
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, out / TOKENISER)
    np.savez(out / VECTORS, steps=steps, scale=scale)
    about = {
        "name": "words",
        "licence": "Apache-2.0",
        "feature_version": FEATURES,
        "vector_width": WIDTH,
        "sources": SOURCES,
        "texts": len(texts),
        "cosine to the encoder": round(1 - loss, 4),
    }
    (out / CARD).write_text(words_card(out / VECTORS, about), "utf-8")
    seal(out, **about)
    return about


def material(examples: Iterable[Example]) -> list[str]:
    """Texts, what is judged in them, how, and both; each once, in an order of their own."""
    texts = set()
    for example in examples:
        texts.add(example.text)
        for opinion in example.opinions:
            spans = [span for span in (opinion.target, opinion.assessment) if span]
            said = [example.text[slice(*span)] for span in spans]
            texts.update((*said, " ".join(said)))
    return sorted(text for text in texts if text.strip())


def cut(tokeniser: Tokenizer, texts: Sequence[str]) -> Pieces:
    """Word pieces of each text, without the special ones."""
    tokeniser.no_padding()
    tokeniser.no_truncation()
    encodings = tokeniser.encode_batch(texts, add_special_tokens=False)
    return [np.array(encoding.ids, np.int64) for encoding in encodings]


def known(tokeniser: Tokenizer) -> NDArray[np.bool_]:
    """Pieces (V,) that mean something: not special, with a letter or digit."""
    is_known = np.zeros(tokeniser.get_vocab_size(), np.bool_)
    for piece, number in tokeniser.get_vocab().items():
        is_special = piece.startswith("[") and piece.endswith("]")
        is_known[number] = not is_special and any(map(str.isalnum, piece))
    return is_known


@torch.inference_mode()
def alone(encoder: Encoder, first: int, last: int) -> Floats:
    """Mean state of each piece (V, H) as the only one of a text, of length 1.

    `first` and `last` are the special pieces that a text stands between.
    """
    ids = torch.arange(encoder.words.num_embeddings)[:, None]
    ends = torch.full_like(ids, first), torch.full_like(ids, last)
    sequences = torch.cat([ends[0], ids, ends[1]], dim=1).split(BATCH)
    means = [encoder(part, torch.ones_like(part)).mean(dim=1) for part in sequences]
    return functional.normalize(torch.cat(means), dim=-1).double().numpy()


def distil(
    alone: Floats, is_known: NDArray[np.bool_], pieces: Pieces, targets: Floats
) -> tuple[Floats, float]:
    """Vectors of the pieces, and the mean of 1 - cosine in the last pass.

    Parameters
    ----------
    alone : array of shape (V, H)
        Where each piece is put by itself.
    is_known : bool array of shape (V,)
        The others get 0.
    pieces : list of n int arrays
        The texts.
    targets : array of shape (n, H)
        Where each text is put.
    """
    kept = [i for i, ids in enumerate(pieces) if is_known[ids].any()]
    pieces, targets = [pieces[i][is_known[pieces[i]]] for i in kept], targets[kept]
    project = principal(targets, min(WIDTH, targets.shape[1]))
    start = _units(project(alone)) * importance(pieces, len(alone))[:, None]
    start[~is_known] = 0
    return learn(start, pieces, _units(project(targets)))


def principal(points: Floats, width: int) -> Callable[[Floats], Floats]:
    """Projection to the `width` directions in which `points` differ most, from their mean."""
    mean = points.mean(axis=0)
    _, directions = np.linalg.eigh((points - mean).T @ (points - mean))
    return lambda x: (x - mean) @ directions[:, ::-1][:, :width]


def importance(pieces: Pieces, n_pieces: int) -> Floats:
    """Smooth inverse frequency of each piece, 0 to 1: the rarer, the nearer to 1."""
    counts = np.bincount(np.concatenate(pieces), minlength=n_pieces) + 0.5
    weights: Floats = RARE / (RARE + counts / counts.sum())
    return weights


def learn(start: Floats, pieces: Pieces, targets: Floats) -> tuple[Floats, float]:
    """Move the vectors so that the sum over a text points towards its target."""
    bag = torch.nn.EmbeddingBag.from_pretrained(
        torch.tensor(start, dtype=torch.float32), freeze=False, mode="sum"
    )
    optimiser = torch.optim.Adam(bag.parameters(), lr=RATE)
    aims = torch.tensor(targets, dtype=torch.float32)
    generator = np.random.default_rng(SEED)
    loss = 0.0
    for _ in range(PASSES):
        loss = 0.0
        for rows in np.array_split(generator.permutation(len(pieces)), -(-len(pieces) // BATCH)):
            sizes = [len(pieces[row]) for row in rows]
            flat = torch.tensor(np.concatenate([pieces[row] for row in rows]))
            sums = bag(flat, torch.tensor(np.cumsum([0, *sizes[:-1]])))
            apart = 1 - functional.cosine_similarity(sums, aims[rows])
            optimiser.zero_grad()
            apart.mean().backward()
            optimiser.step()
            loss += float(apart.sum().detach()) / len(pieces)
    return bag.weight.detach().double().numpy(), loss


def rounded(vectors: Floats) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """8-bit vectors (V, width) and their scales (V,): ``steps * scale`` is what they stand for."""
    scale = np.abs(vectors).max(axis=1) / STEPS
    steps = np.rint(vectors / np.where(scale > 0, scale, 1)[:, None])
    return steps.astype(np.int8), scale.astype(np.float32)


def _units(vectors: Floats) -> Floats:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12)
