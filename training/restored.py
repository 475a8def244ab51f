"""The model of an artefact: its 8-bit graph, as weights that training can go on with.

A graph keeps few of a model's names: matrices lie turned, and some are slices. So a model of the
same shape, whose every number is drawn at random, is written as a graph too; where its numbers lie,
there lie the artefact's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from training.graph import SMOOTHED, Scaled, write_graph
from training.model import Reader
from training.options import Architecture
from training.quantise import matrix

GRAPH = "model.onnx"
LAYER = re.compile(r"model\.encoder\.layers\.(\d+)\.")

Arrays = Mapping[str, NDArray[np.float32]]


def restored(artefact: Path, sizes: Architecture | None = None) -> Reader:
    """Model of the graph in `artefact`, its weights as rounded as they are there.

    `sizes`, by default the released model's, are taken but for the numbers of layers and
    positions, which the graph tells.

    Raises
    ------
    ValueError
        Some weight isn't found: the artefact is of another architecture, or of a model that
        isn't trained, whose equal weights are written once.
    """
    shipped = by_place(onnx.load(artefact / GRAPH).graph)
    model = _random(_sizes(shipped, sizes or Architecture()))
    with TemporaryDirectory() as folder, torch.no_grad():
        path = Path(folder) / GRAPH
        write_graph(model, path)
        _fill(model, by_place(onnx.load(path).graph), shipped)
        _unscale(model)
    return model


def by_place(graph: onnx.GraphProto) -> Arrays:
    """Weights of a graph in single precision, by names that rounding the graph leaves alone.

    Those of a product, and of a table, have the name of what comes out of it.
    """
    weights = {w.name: w for w in graph.initializer}
    arrays = {name: numpy_helper.to_array(weight) for name, weight in weights.items()}
    for node in graph.node:
        if node.op_type in ("MatMul", "Gemm") and node.input[1] in weights:
            arrays[node.output[0]] = matrix(node, weights[node.input[1]])
        elif node.op_type == "Gather" and node.input[0] in weights:
            arrays[node.output[0]] = arrays[node.input[0]]
    for name in list(arrays):
        for ending, scales in (("_weight", "_columns"), ("_table", "_rows")):
            if name.endswith(f"_int8{ending}"):
                output = name.removesuffix(f"_int8{ending}")
                scale = arrays[f"{output}_int8{scales}"]
                arrays[output] = arrays[name].astype(np.float32) * scale
    return arrays


def _sizes(shipped: Arrays, sizes: Architecture) -> Architecture:
    layers = {int(match[1]) for name in shipped if (match := LAYER.match(name))}
    positions = len(shipped["model.encoder.positions.weight"])
    return replace(sizes, layers=len(layers), positions=positions)


def _random(sizes: Architecture) -> Reader:
    """Model of the shape that is written: with scaled layers."""
    model = Reader(sizes).eval()
    for name in _smoothed_layers(model):
        linear = model.get_submodule(name)
        assert isinstance(linear, nn.Linear)
        model.set_submodule(name, Scaled(linear, torch.ones(linear.in_features)))
    for parameter in model.parameters():
        nn.init.normal_(parameter)
    return model


def _smoothed_layers(model: Reader) -> list[str]:
    return [name for name, _ in model.named_modules() if name.endswith(SMOOTHED)]


def _fill(model: Reader, written: Arrays, shipped: Arrays) -> None:
    """Put into each parameter what `shipped` holds where its own numbers lie in `written`."""
    lacking = []
    shared = [p for p in written.keys() & shipped.keys() if written[p].shape == shipped[p].shape]
    for name, parameter in model.named_parameters():
        numbers = parameter.detach().clone()
        parameter.fill_(torch.nan)
        for place in shared:
            for turn in (np.asarray, np.transpose):
                rows = _rows(numbers, torch.tensor(turn(written[place])))
                if rows is not None:
                    parameter[rows] = torch.tensor(turn(shipped[place]))
        if bool(parameter.isnan().any()):
            lacking.append(name)
    if lacking:
        raise ValueError(f"the graph has no weights for {', '.join(lacking)}")


def _rows(numbers: Tensor, part: Tensor) -> slice | None:
    """Which rows of `numbers` are those of `part`, or the one that is `part`, if any are."""
    part = part[None] if part.ndim < numbers.ndim else part
    if part.shape[1:] != numbers.shape[1:] or len(part) > len(numbers):
        return None
    firsts = numbers.reshape(len(numbers), -1)[:, 0]
    first = int((firsts - part.flatten()[0]).abs().argmin())
    rows = slice(first, first + len(part))
    return rows if torch.equal(numbers[rows], part) else None


def _unscale(model: Reader) -> None:
    """Put the scales of inputs back into the weights."""
    for name in _smoothed_layers(model):
        scaled = model.get_submodule(name)
        assert isinstance(scaled, Scaled)
        scaled.linear.weight.mul_(scaled.inverse)
        model.set_submodule(name, scaled.linear)
