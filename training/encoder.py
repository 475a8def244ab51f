"""The BERT encoder, as small as it is when only its token states are wanted.

Devlin et al. (2019), BERT: Pre-training of deep bidirectional transformers. The weights are those
of all-MiniLM-L6-v2 (Apache-2.0), read from the safetensors file of the package that carries them.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.options import Architecture

NORM_EPSILON = 1e-12


class Layer(nn.Module):
    """Self-attention and feed-forward, each with a residual and a norm after it."""

    def __init__(self, sizes: Architecture, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.attention_heads
        self.attention_dropout = dropout
        self.qkv = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.attended = nn.Linear(sizes.hidden, sizes.hidden)
        self.attended_norm = nn.LayerNorm(sizes.hidden, eps=NORM_EPSILON)
        self.inner = nn.Linear(sizes.hidden, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.hidden)
        self.outer_norm = nn.LayerNorm(sizes.hidden, eps=NORM_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(n, T, H) to (n, T, H); `mask` is (n, 1, 1, T), true where there is a token."""
        attended = self.attended(self._attend(states, mask))
        states = self.attended_norm(states + self.dropout(attended))
        inner = functional.gelu(self.inner(states))
        return self.outer_norm(states + self.dropout(self.outer(inner)))

    def _attend(self, states: Tensor, mask: Tensor) -> Tensor:
        q, k, v = (
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for part in self.qkv(states).chunk(3, dim=-1)
        )
        dropout = self.attention_dropout if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(q, k, v, mask, dropout)
        return mixed.transpose(1, 2).flatten(2)


class Encoder(nn.Module):
    """Token ids to token states."""

    def __init__(self, sizes: Architecture, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=NORM_EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Read ids (n, T) and their mask (1 for a token); states (n, T, H)."""
        states = self.words(ids) + self.positions.weight[: ids.shape[1]]
        states = self.dropout(self.norm(states))
        present = mask[:, None, None, :].bool()
        for layer in self.layers:
            states = layer(states, present)
        return states


def mean_states(states: Tensor, mask: Tensor) -> Tensor:
    """Mean of the token states (n, T, H) of each sentence: (n, H)."""
    share = mask.to(states.dtype)
    share = share / share.sum(dim=1, keepdim=True)
    return torch.einsum("nt,nth->nh", share, states)


def load_pretrained(encoder: Encoder, file: Path) -> None:
    """Copy in the weights of a BERT checkpoint: those of as many layers as `encoder` has."""
    theirs = load_file(file)
    ours = {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        # Sentences are single: every token is of type 0, so that row is part of the positions.
        "positions.weight": theirs["embeddings.position_embeddings.weight"]
        + theirs["embeddings.token_type_embeddings.weight"][0],
    }
    for kind in ("weight", "bias"):
        ours[f"norm.{kind}"] = theirs[f"embeddings.LayerNorm.{kind}"]
        for number in range(len(encoder.layers)):
            ours |= _layer(theirs, number, kind)
    encoder.load_state_dict(ours)


def _layer(theirs: dict[str, Tensor], number: int, kind: str) -> dict[str, Tensor]:
    theirs_at, ours_at = f"encoder.layer.{number}", f"layers.{number}"
    qkv = [theirs[f"{theirs_at}.attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
    renamed = {
        "attended": "attention.output.dense",
        "attended_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    return {
        f"{ours_at}.qkv.{kind}": torch.cat(qkv),
        **{
            f"{ours_at}.{our}.{kind}": theirs[f"{theirs_at}.{their}.{kind}"]
            for our, their in renamed.items()
        },
    }
