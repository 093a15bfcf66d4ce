"""The graph of the local embedder, built from its weights.

all-MiniLM-L6-v2 is a BERT of six layers whose last hidden states are averaged over the tokens and
scaled to length 1 (Reimers and Gurevych, "Sentence-BERT", 2019; Wang et al., "MiniLM", 2020). The
graph uses onnxruntime's fused operators, which a graph exported from PyTorch would first have to be
optimised into; then its matrices are quantised to int8, each column with its own scale. Only layer
normalisation is spelt out: the fused operator takes 1.7 times as long as its steps, which use the
processor's vector instructions.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from index.embed.weights import DIMENSION, MAX_TOKENS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["build_graph", "quantise"]

# A change here that changes the vectors has to count `GRAPH_VERSION` of the local embedder up.
_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12
_FUSED = "com.microsoft"
_OPSET = 17
_FUSED_OPSET = 1
_IR_VERSION = 8


class _Graph:
    """Nodes and weights of a graph in the making; each method returns its output's name."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.weights = weights

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, operator: str, inputs: list[str], output: str, *also: str, **attributes: Any
    ) -> str:
        outputs = [output, *also]
        self.nodes.append(helper.make_node(operator, inputs, outputs, name=output, **attributes))
        return output

    def norm(self, name: str) -> list[str]:
        """Scale and shift of a layer normalisation."""
        parts = (f"{name}.weight", f"{name}.bias")
        return [self.constant(part, self.weights[part]) for part in parts]

    def product(self, value: str, name: str, output: str) -> tuple[str, str]:
        """A dense layer's product, and the name of its bias, which the next operator adds."""
        matrix = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.node("MatMul", [value, matrix], output), bias


def build_graph(weights: Mapping[str, NDArray[np.float32]]) -> onnx.ModelProto:
    """The graph in float32.

    Args:
        weights: The tensors of model.safetensors by name.

    Returns:
        A model from `input_ids`, int32 [1, tokens], to `vectors`, float32 [1, 384], of length 1.
        One text at a time: int8 scales follow the values that go through together, so in a
        batch a text's vector would depend on its neighbours and on padding.
    """
    graph = _Graph(weights)
    hidden = _embeddings(graph)
    for number in range(_LAYERS):
        hidden = _layer(graph, hidden, f"encoder.layer.{number}")
    mean = graph.node("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", [mean], "vectors", axis=1, p=2)
    made = helper.make_graph(
        graph.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, DIMENSION])],
        graph.initializers,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, _FUSED_OPSET)]
    return helper.make_model(made, opset_imports=opsets, ir_version=_IR_VERSION)


def _embeddings(graph: _Graph) -> str:
    """Words and positions; all tokens are of the first type, which joins the positions."""
    types = graph.weights["embeddings.token_type_embeddings.weight"]
    positions = graph.weights["embeddings.position_embeddings.weight"][:MAX_TOKENS] + types[0]
    words = graph.weights["embeddings.word_embeddings.weight"]
    return graph.node(
        "EmbedLayerNormalization",
        [
            "input_ids",
            "",
            graph.constant("words", words),
            graph.constant("positions", positions),
            "",
            *graph.norm("embeddings.LayerNorm"),
        ],
        "embedded",
        "unused_mask_index",
        domain=_FUSED,
        epsilon=_EPSILON,
    )


def _layer(graph: _Graph, hidden: str, name: str) -> str:
    own = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    matrix = np.concatenate([graph.weights[f"{part}.weight"].T for part in own], axis=1)
    bias = np.concatenate([graph.weights[f"{part}.bias"] for part in own])
    attended = graph.node(
        "Attention",
        [
            hidden,
            graph.constant(f"{name}.qkv.weight", matrix),
            graph.constant(f"{name}.qkv.bias", bias),
        ],
        f"{name}.attended",
        domain=_FUSED,
        num_heads=_HEADS,
    )
    output = f"{name}.attention.output"
    hidden = _add_and_norm(graph, attended, hidden, f"{output}.dense", f"{output}.LayerNorm")
    wide, wide_bias = graph.product(hidden, f"{name}.intermediate.dense", f"{name}.wide")
    active = graph.node("BiasGelu", [wide, wide_bias], f"{name}.active", domain=_FUSED)
    return _add_and_norm(graph, active, hidden, f"{name}.output.dense", f"{name}.output.LayerNorm")


def _add_and_norm(graph: _Graph, value: str, residual: str, dense: str, norm: str) -> str:
    product, bias = graph.product(value, dense, f"{dense}.product")
    biased = graph.node("Add", [product, bias], f"{norm}.biased")
    total = graph.node("Add", [biased, residual], f"{norm}.total")
    mean = graph.node("ReduceMean", [total], f"{norm}.mean", axes=[-1], keepdims=1)
    centred = graph.node("Sub", [total, mean], f"{norm}.centred")
    # Not the mean of squares: from that onnxruntime would make its fused operator again.
    squares = graph.node("ReduceSumSquare", [centred], f"{norm}.squares", axes=[-1], keepdims=1)
    epsilon = graph.constant(f"{norm}.epsilon", np.array(_EPSILON * DIMENSION, np.float32))
    padded = graph.node("Add", [squares, epsilon], f"{norm}.padded")
    length = graph.node("Sqrt", [padded], f"{norm}.length")
    direction = graph.node("Div", [centred, length], f"{norm}.direction")
    scale = graph.weights[f"{norm}.weight"] * np.float32(np.sqrt(DIMENSION))
    scaled = graph.node(
        "Mul", [direction, graph.constant(f"{norm}.scale", scale)], f"{norm}.scaled"
    )
    shift = graph.constant(f"{norm}.bias", graph.weights[f"{norm}.bias"])
    return graph.node("Add", [scaled, shift], f"{norm}.out")


def quantise(exact: Path, small: Path) -> None:
    """Writes a graph with its matrices in int8, a scale for each column.

    Args:
        exact: The graph in float32.
        small: Where the other goes.
    """
    with _quiet():
        quantize_dynamic(
            exact,
            small,
            op_types_to_quantize=["MatMul", "Attention", "EmbedLayerNormalization"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the quantiser's advice, under the root logger's name, to prepare the graph first."""
    before = logging.root.manager.disable
    logging.disable(max(before, logging.WARNING))
    try:
        yield
    finally:
        logging.disable(before)
