"""Round a graph's weights to 8 bits, and run its products on 8-bit numbers.

Each row of a product's input, a word piece, is rounded on a scale of its own: x / s with
s = max |x| / 127. What comes out for a sentence so depends on that sentence alone, as sums of
integers do not depend on their order. Behind a GELU, whose output is nearly all positive, the
zero point leaves 239 of 256 steps to what is above 0. Weights have one scale per column, the
table of word vectors one per row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

FEWEST_WEIGHTS = 20_000
"""Smaller matrices stay as they are."""
SMALLEST_SCALE = 1e-6
MIDDLE, LOW = 128, 16
"""Zero points: for inputs of either sign, and behind a GELU."""
LEAST_OF_GELU = 0.17
CONTRIB = "com.microsoft"
PROBE = 32
"""Rows and columns of the probe; large enough for the kernels of large products."""

Weights = NDArray[np.float32]


class Rewriter:
    """Rewrites one graph, node by node."""

    def __init__(self, graph: onnx.GraphProto, fewest_weights: int) -> None:
        self._fewest = fewest_weights
        self._weights = {w.name: w for w in graph.initializer}
        self._behind_gelu = {n.output[0] for n in graph.node if n.op_type == "Gelu"}
        self.added: list[onnx.TensorProto] = []

    def nodes(self, node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
        """What stands in the place of `node`."""
        if node.op_type in ("MatMul", "Gemm") and self._is_large(node.input[1]):
            yield from self._product(node)
        elif node.op_type == "Gather" and self._is_large(node.input[0]):
            yield from self._lookup(node)
        else:
            yield node

    def _is_large(self, name: str) -> bool:
        weight = self._weights.get(name)
        return weight is not None and len(weight.dims) == 2 and np.prod(weight.dims) >= self._fewest

    def _add(self, name: str, value: Any) -> str:
        self.added.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _product(self, node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
        weight = matrix(node, self._weights[node.input[1]])
        name, inputs, output = f"{node.output[0]}_int8", node.input[0], node.output[0]
        scale = np.abs(weight).max(axis=0) / np.float32(127)
        rounded = np.rint(weight / np.maximum(scale, SMALLEST_SCALE)).astype(np.int8)
        zero = LOW if inputs in self._behind_gelu else MIDDLE
        yield from self._scale(inputs, name, zero)
        yield helper.make_node("Div", [inputs, f"{name}_scale"], [f"{name}_scaled"])
        one, at_zero = (
            self._add(f"{name}_one", np.float32(1)),
            self._add(f"{name}_zero", np.uint8(zero)),
        )
        yield helper.make_node(
            "QuantizeLinear", [f"{name}_scaled", one, at_zero], [f"{name}_rounded"]
        )
        yield helper.make_node(
            "MatMulIntegerToFloat",
            [
                f"{name}_rounded",
                self._add(f"{name}_weight", rounded),
                one,
                self._add(f"{name}_columns", scale),
                at_zero,
            ],
            [f"{name}_product"],
            domain=CONTRIB,
        )
        bias = node.input[2] if len(node.input) > 2 else None
        result = f"{name}_result" if bias else output
        yield helper.make_node("Mul", [f"{name}_product", f"{name}_scale"], [result])
        if bias:
            yield helper.make_node("Add", [result, bias], [output])

    def _scale(self, inputs: str, name: str, zero: int) -> Iterator[onnx.NodeProto]:
        """Nodes that find the scale of each row."""
        large = inputs
        if zero == MIDDLE:
            large = f"{name}_size"
            yield helper.make_node("Abs", [inputs], [large])
        steps, least = (127, SMALLEST_SCALE) if zero == MIDDLE else (255 - LOW, LEAST_OF_GELU / LOW)
        axes = self._add(f"{name}_axes", np.array([-1]))
        yield helper.make_node("ReduceMax", [large, axes], [f"{name}_max"], keepdims=1)
        share = self._add(f"{name}_share", np.float32(1 / steps))
        yield helper.make_node("Mul", [f"{name}_max", share], [f"{name}_step"])
        least_name = self._add(f"{name}_least", np.float32(least))
        yield helper.make_node("Max", [f"{name}_step", least_name], [f"{name}_scale"])

    def _lookup(self, node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
        """Word vectors, one scale per row."""
        table: Weights = numpy_helper.to_array(self._weights[node.input[0]])
        ids, name = node.input[1], f"{node.output[0]}_int8"
        scale = np.maximum(
            np.abs(table).max(axis=1, keepdims=True) / np.float32(127), SMALLEST_SCALE
        )
        rounded = self._add(f"{name}_table", np.rint(table / scale).astype(np.int8))
        scales = self._add(f"{name}_rows", scale.astype(np.float32))
        yield helper.make_node("Gather", [rounded, ids], [f"{name}_chosen"])
        yield helper.make_node(
            "Cast", [f"{name}_chosen"], [f"{name}_cast"], to=onnx.TensorProto.FLOAT
        )
        yield helper.make_node("Gather", [scales, ids], [f"{name}_scale"])
        yield helper.make_node("Mul", [f"{name}_cast", f"{name}_scale"], [node.output[0]])


def matrix(node: onnx.NodeProto, weight: onnx.TensorProto) -> Weights:
    """Weights of a product, (inputs, outputs)."""
    is_turned = any(a.name == "transB" and a.i for a in node.attribute)
    weights: Weights = numpy_helper.to_array(weight)
    return weights.T if is_turned else weights


def quantise(source: Path, target: Path, fewest_weights: int = FEWEST_WEIGHTS) -> None:
    """Read a graph of single precision, write the rounded one."""
    model = onnx.load(source)
    graph = model.graph
    rewriter = Rewriter(graph, fewest_weights)
    nodes = [new for node in graph.node for new in rewriter.nodes(node)]
    used = {name for node in nodes for name in node.input}
    kept = [weight for weight in graph.initializer if weight.name in used]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend([*kept, *rewriter.added])
    model.opset_import.append(helper.make_opsetid(CONTRIB, 1))
    forget_origin(model)
    onnx.save(model, target)


def forget_origin(model: onnx.ModelProto) -> None:
    """Take out what the exporter notes of each node: stack traces, with this machine's paths."""
    parts = [model, model.graph, *model.functions, *model.graph.node, *model.graph.value_info]
    parts += [*model.graph.input, *model.graph.output, *model.graph.initializer]
    parts += [node for function in model.functions for node in function.node]
    for part in parts:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")


def write_probe(target: Path) -> None:
    """Write a product that comes out wrong where sums of 8-bit products overflow 16 bits.

    The engine runs it once: processors without VNNI need slower kernels, others don't.
    """
    weight = numpy_helper.from_array(np.full((PROBE, PROBE), 127, np.int8), "weight")
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["rows", "weight"], ["product"])],
        "probe",
        [helper.make_tensor_value_info("rows", onnx.TensorProto.UINT8, [PROBE, PROBE])],
        [helper.make_tensor_value_info("product", onnx.TensorProto.INT32, [PROBE, PROBE])],
        [weight],
    )
    opset = [helper.make_opsetid("", 18)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=9), target)
