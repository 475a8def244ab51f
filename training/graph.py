"""From a model to an ONNX graph that reads word pieces without padding.

Before the export each linear layer's input is put on a scale on which its channels are about
equally large, and the weights take the inverse: the same function, but one that loses less when
its input is rounded (Xiao et al., 2023, SmoothQuant). The scales come from sentences.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from training.model import Outputs, Reader
from training.tokenise import MOST_TOKENS, Encoded

OPSET = 20
MIGRATION = 0.6
"""How much of the spread of the input's channels goes into the weights, 0 to 1."""
SMOOTHED = ("qkv", "inner")
"""Layers that read the residual stream, in which few channels are many times larger than most."""


class Unpadded(nn.Module):
    """The model for sentences of one length: it needs no mask."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model
        for layer in model.encoder.layers:
            layer.register_forward_pre_hook(lambda _, given: (given[0], None))

    def forward(self, ids: Tensor) -> Outputs:
        """Read token ids (n, T)."""
        outputs: Outputs = self.model(ids, torch.ones_like(ids))
        return outputs


class Scaled(nn.Module):
    """A linear layer whose input is scaled by channel."""

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.inverse = nn.Parameter(1 / scale)
        self.linear = linear
        with torch.no_grad():
            linear.weight.mul_(scale)

    def forward(self, states: Tensor) -> Tensor:
        """(..., H) to (..., N)."""
        scaled: Tensor = self.linear(states * self.inverse)
        return scaled


def largest_inputs(model: Reader, sentences: Sequence[Encoded]) -> dict[str, Tensor]:
    """Largest magnitude of each input channel of the layers that will be smoothed."""
    largest: dict[str, Tensor] = {}

    def note(name: str, states: Tensor) -> None:
        found = states.abs().flatten(0, -2).amax(dim=0)
        largest[name] = torch.maximum(largest.get(name, found), found)

    hooks = [
        layer.register_forward_pre_hook(lambda _, given, name=name: note(name, given[0]))
        for name, layer in model.named_modules()
        if name.endswith(SMOOTHED)
    ]
    with torch.inference_mode():
        for sentence in sentences:
            ids = torch.tensor([sentence.ids])
            model(ids, torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return largest


def smoothed(model: Reader, sentences: Sequence[Encoded]) -> Reader:
    """Copy of the model that says the same, with scales taken from `sentences`."""
    model = copy.deepcopy(model).cpu().eval()
    largest = largest_inputs(model, sentences)
    for name, inputs in largest.items():
        parent, child = name.rsplit(".", 1)
        linear = model.get_submodule(name)
        assert isinstance(linear, nn.Linear)
        weights = linear.weight.detach().abs().amax(dim=0)
        scale = inputs.clone().clamp(min=1e-3) ** MIGRATION / weights ** (1 - MIGRATION)
        setattr(model.get_submodule(parent), child, Scaled(linear, scale / scale.mean()))
    return model


def write_graph(model: Reader, path: Path) -> None:
    """Write the model as an ONNX graph of single precision; ids (n, T) in, `Outputs` out."""
    model = copy.deepcopy(model).cpu().eval()
    positions = model.encoder.positions
    positions.weight = nn.Parameter(positions.weight.detach()[:MOST_TOKENS].clone())
    n, tokens = torch.export.Dim("n", min=1, max=4096), torch.export.Dim("T", max=MOST_TOKENS)
    torch.onnx.export(
        Unpadded(model).eval(),
        (torch.full((3, 9), 5),),
        path,
        input_names=["ids"],
        output_names=list(Outputs._fields),
        opset_version=OPSET,
        dynamic_shapes=({0: n, 1: tokens},),
        dynamo=True,
        external_data=False,
        verbose=False,
    )
