"""Run the model over texts: length buckets in, logits per sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

import torch
from torch import Tensor

from training.batches import inputs
from training.model import Outputs, Reader
from training.tokenise import Encoded
from verbatim.engines.neural.session import Said

BATCH = 64

_TOKENS_FIRST = frozenset({"target_tags", "assessment_tags"})
_TOKENS_LAST = frozenset({"evidence", "link_target", "link_assessment"})


def device() -> torch.device:
    """Return the GPU when there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def precision(where: torch.device, low: bool) -> AbstractContextManager[None]:
    """Matrix products in bfloat16, or as they come."""
    return torch.autocast(where.type, torch.bfloat16, enabled=low)


def single(outputs: Outputs) -> Outputs:
    """Outputs in single precision."""
    return Outputs(*(output.float() for output in outputs))


@torch.inference_mode()
def predict(model: Reader, encoded: Sequence[Encoded], low_precision: bool = False) -> list[Said]:
    """Logits of each sentence, in order; the model is left in evaluation mode."""
    model.eval()
    where = next(model.parameters()).device
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
    said: list[Said] = [{}] * len(encoded)
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        ids, mask = inputs([encoded[i] for i in chosen])
        with precision(where, low_precision):
            outputs = single(model(ids.to(where), mask.to(where)))
        for row, i in enumerate(chosen):
            said[i] = _sentence(outputs, row, len(encoded[i]))
    return said


def _sentence(outputs: Outputs, row: int, length: int) -> Said:
    return {
        name: _cut(name, tensor[row], length).cpu().numpy()
        for name, tensor in outputs._asdict().items()
    }


def _cut(name: str, tensor: Tensor, length: int) -> Tensor:
    """Leave out the padding."""
    if name in _TOKENS_FIRST:
        return tensor[:length]
    return tensor[..., :length] if name in _TOKENS_LAST else tensor
