"""Losses of every head, row by row, under the masks of a batch.

Each loss is a vector with one value per row, 0 where the row is not labelled for it. The sum over
losses and rows, divided by the number of rows, is what training lowers: a task weighs as much as it
has labelled rows, whatever else happens to be in the batch.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import IGNORE, Batch
from training.examples import ATTRIBUTES
from training.model import Outputs

TINY = 1e-6


def total(losses: Mapping[str, Tensor], weights: Mapping[str, float], rows: Tensor) -> Tensor:
    """Weighted sum over losses, mean over rows, each times its factor in `rows`, (n,)."""
    summed = torch.stack([weights[name] * loss for name, loss in losses.items()]).sum(dim=0)
    return (summed * rows).mean()


def losses(outputs: Outputs, batch: Batch, smoothing: float) -> dict[str, Tensor]:
    """Loss of each head, (n,) each.

    Parameters
    ----------
    outputs : Outputs
        In single precision.
    batch : Batch
    smoothing : float
        Label smoothing of yes/no labels.
    """
    n = len(batch.weight)
    choice, choice_signs = _either(outputs, batch)
    opinions, words = _links(outputs, batch)
    return {
        "drivers": _yes_no(outputs.drivers, batch.drivers, batch.drivers_known, smoothing)
        + _to_rows(choice, batch.either_row, n),
        "signs": _yes_no(outputs.signs, batch.signs, batch.signs_known[..., None], smoothing)
        + _to_rows(choice_signs, batch.either_row, n),
        "strength": _yes_no(outputs.strong, batch.strong, batch.strong_known, smoothing),
        "evidence": _to_rows(_evidence(outputs, batch), batch.link_row, n),
        "tags": _tags(outputs.target_tags, batch.target_tags)
        + _tags(outputs.assessment_tags, batch.assessment_tags),
        "links": _to_rows(opinions + words, batch.link_row, n),
        "emotions": _yes_no(
            outputs.emotions, batch.emotions, batch.emotions_known[:, None], smoothing
        ),
        "intensity": _yes_no(outputs.intensity, batch.intensity, batch.intensity_known, 0.0),
        "intents": _yes_no(outputs.intents, batch.intents, batch.intents_known[:, None], smoothing),
        "attributes": _attributes(outputs, batch),
        "sentiment": (outputs.sentiment.tanh() - batch.sentiment).square() * batch.sentiment_known,
        "vector": (1 - (outputs.vector * batch.vector).sum(dim=-1)) * batch.vector_known,
    }


def _yes_no(logits: Tensor, labels: Tensor, known: Tensor, smoothing: float) -> Tensor:
    """Binary cross-entropy, summed over the labels of a row."""
    smooth = labels * (1 - smoothing) + smoothing / 2
    loss = functional.binary_cross_entropy_with_logits(logits, smooth, reduction="none")
    return (loss * known).flatten(1).sum(dim=1)


def _to_rows(values: Tensor, rows: Tensor, n: int) -> Tensor:
    return values.new_zeros(n).index_add(0, rows, values)


def _either(outputs: Outputs, batch: Batch) -> tuple[Tensor, Tensor]:
    """At least one of several drivers is there, and the likeliest carries the sign: (g,) each.

    ``-log(1 - prod_d (1 - p_d))`` over the drivers d in question.
    """
    drivers = outputs.drivers[batch.either_row]
    none = (functional.logsigmoid(-drivers) * batch.either).sum(dim=1)
    choice = -torch.log(-torch.expm1(none.clamp(max=-TINY)))
    likely = torch.softmax(drivers.detach().masked_fill(~batch.either, -torch.inf), dim=1)
    signs = functional.binary_cross_entropy_with_logits(
        outputs.signs[batch.either_row],
        batch.either_sign[:, None].expand(-1, drivers.shape[1], -1),
        reduction="none",
    )
    return choice, (signs.sum(dim=-1) * likely).sum(dim=1) * batch.either_signed


def _evidence(outputs: Outputs, batch: Batch) -> Tensor:
    """Attention of an opinion that is not on its words: ``-log`` of what is on them; (m,)."""
    attention = outputs.evidence[batch.link_row, batch.link_driver, batch.link_sign]
    words = torch.maximum(batch.link_target, batch.link_assessment)
    on_words = (attention * words).sum(dim=-1).clamp(min=TINY)
    return -torch.log(on_words) * words.any(dim=-1)


def _links(outputs: Outputs, batch: Batch) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the tokens of target and assessment, mean over the sentence; (m,) each."""
    at = batch.link_row, batch.link_driver, batch.link_sign
    present = batch.mask[batch.link_row].float()
    return tuple(  # type: ignore[return-value]
        (
            functional.binary_cross_entropy_with_logits(logits[at], labels, reduction="none")
            * present
        ).sum(dim=-1)
        / present.sum(dim=-1)
        for logits, labels in (
            (outputs.link_target, batch.link_target),
            (outputs.link_assessment, batch.link_assessment),
        )
    )


def _tags(logits: Tensor, tags: Tensor) -> Tensor:
    """Cross-entropy, mean over the tokens of a sentence."""
    loss = functional.cross_entropy(
        logits.transpose(1, 2), tags, ignore_index=IGNORE, reduction="none"
    )
    return loss.sum(dim=1) / (tags != IGNORE).sum(dim=1).clamp(min=1)


def _attributes(outputs: Outputs, batch: Batch) -> Tensor:
    """Cross-entropy, summed over the attributes."""
    parts = [
        functional.cross_entropy(
            getattr(outputs, name), batch.attributes[:, i], ignore_index=IGNORE, reduction="none"
        )
        for i, name in enumerate(ATTRIBUTES)
    ]
    return torch.stack(parts).sum(dim=0)
