"""The BERT encoder, as small as it is when only its token states are wanted.

Devlin et al. (2019), BERT: Pre-training of deep bidirectional transformers. With a bias of
attention by distance it is also that of Song et al. (2020), MPNet: Masked and permuted
pre-training. `training.released` fills it with weights.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.options import Architecture

NORM_EPSILON = 1e-12

FARTHEST = 128
"""Tokens farther apart than this are all alike to a bias by distance."""


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
        """(n, T, H) to (n, T, H); `mask` broadcasts to (n, heads, T, T).

        It is true where there is a token, or what is added to the attention scores.
        """
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
        self.distances = (
            nn.Embedding(sizes.distances, sizes.attention_heads) if sizes.distances else None
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Read ids (n, T) and their mask (1 for a token); states (n, T, H)."""
        states = self.words(ids) + self.positions.weight[: ids.shape[1]]
        states = self.dropout(self.norm(states))
        present = mask[:, None, None, :].bool()
        if self.distances is not None:
            bias = self.distances(buckets(ids.shape[1], self.distances.num_embeddings, ids.device))
            present = bias.permute(2, 0, 1).to(states.dtype).masked_fill(~present, -torch.inf)
        for layer in self.layers:
            states = layer(states, present)
        return states


def buckets(tokens: int, number: int, where: torch.device | None = None) -> Tensor:
    """Number of the bucket in which the distance from each token to each other falls: (T, T).

    Half of the buckets are for what comes later. Half of each half hold one distance each, the
    others ever more of them, up to `FARTHEST`: Raffel et al. (2020), Exploring the limits of
    transfer learning.

    Examples
    --------
    >>> buckets(3, 32).tolist()
    [[0, 17, 18], [1, 0, 17], [2, 1, 0]]
    """
    places = torch.arange(tokens, device=where)
    ahead = places[None, :] - places[:, None]
    side, near = number // 2, number // 4
    distance = ahead.abs()
    beyond = torch.log(distance.clamp(min=near) / near) / math.log(FARTHEST / near)
    wide = (near + (beyond * (side - near)).long()).clamp(max=side - 1)
    return torch.where(distance < near, distance, wide) + (ahead > 0) * side


def mean_states(states: Tensor, mask: Tensor) -> Tensor:
    """Mean of the token states (n, T, H) of each sentence: (n, H)."""
    share = mask.to(states.dtype)
    share = share / share.sum(dim=1, keepdim=True)
    return torch.einsum("nt,nth->nh", share, states)
