"""Losses of a model that is taught what another one says, head by head and row by row.

Hinton, Vinyals and Dean (2015), Distilling the knowledge in a neural network.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.examples import ATTRIBUTES
from training.losses import TINY
from training.model import Outputs

YES_NO = {
    "drivers": "drivers",
    "signs": "signs",
    "strong": "strength",
    "emotions": "emotions",
    "intensity": "intensity",
    "intents": "intents",
}
"""Outputs that are yes/no answers, and the names of their losses."""


def together(said: Sequence[Outputs]) -> Outputs:
    """Mean of what several teachers say: models of other sizes err elsewhere."""
    return Outputs(*(torch.stack(parts).mean(dim=0) for parts in zip(*said, strict=True)))


def imitation(outputs: Outputs, teacher: Outputs, mask: Tensor) -> dict[str, Tensor]:
    """How far the student is from the teacher, by head: (n,) each.

    Parameters
    ----------
    outputs, teacher : Outputs
        In single precision.
    mask : (n, T)
        1 for a token.
    """
    n_tokens = mask.sum(dim=1)
    found = {
        loss: _yes_no(getattr(outputs, name), getattr(teacher, name))
        for name, loss in YES_NO.items()
    }
    tags = sum(
        _choice(getattr(outputs, name), getattr(teacher, name)) * mask
        for name in ("target_tags", "assessment_tags")
    )
    # A link is taught where the teacher says that there is an opinion to be linked.
    said = torch.sigmoid(teacher.drivers)[..., None] * torch.sigmoid(teacher.signs)
    links = sum(
        _tokens_yes_no(getattr(outputs, name), getattr(teacher, name), mask, n_tokens)
        for name in ("link_target", "link_assessment")
    )
    attention = -(teacher.evidence * torch.log(outputs.evidence.clamp(min=TINY))).sum(dim=-1)
    return found | {
        "tags": torch.as_tensor(tags).sum(dim=1) / n_tokens,
        "links": (torch.as_tensor(links) * said).flatten(1).sum(dim=1),
        "evidence": (attention * said).flatten(1).sum(dim=1),
        "attributes": torch.stack(
            [_choice(getattr(outputs, name), getattr(teacher, name)) for name in ATTRIBUTES]
        ).sum(dim=0),
        "sentiment": (outputs.sentiment.tanh() - teacher.sentiment.tanh()).square(),
        "vector": 1 - (outputs.vector * teacher.vector).sum(dim=-1),
    }


def _yes_no(logits: Tensor, teacher: Tensor) -> Tensor:
    loss = functional.binary_cross_entropy_with_logits(
        logits, torch.sigmoid(teacher), reduction="none"
    )
    return loss.flatten(1).sum(dim=1)


def _tokens_yes_no(logits: Tensor, teacher: Tensor, mask: Tensor, n_tokens: Tensor) -> Tensor:
    """Mean over the tokens: (n, drivers, signs)."""
    loss = functional.binary_cross_entropy_with_logits(
        logits, torch.sigmoid(teacher), reduction="none"
    )
    return (loss * mask[:, None, None]).sum(dim=-1) / n_tokens[:, None, None]


def _choice(logits: Tensor, teacher: Tensor) -> Tensor:
    """Cross-entropy of the last axis."""
    return -(torch.softmax(teacher, dim=-1) * torch.log_softmax(logits, dim=-1)).sum(dim=-1)
