"""The graph of the local embedder, built from its weights.

all-MiniLM-L6-v2 is a BERT of six layers whose last hidden states are averaged over the tokens and
scaled to length 1 (Reimers and Gurevych, "Sentence-BERT", 2019; Wang et al., "MiniLM", 2020). The
graph is written in standard operators, so that every runtime that reads ONNX can run it.

Its products are computed in int8: each column of a weight has its own scale, and what goes in has
one range, which was measured beforehand, so that a text's vector does not depend on what else is in
the batch. A few channels of what goes in are many times larger than the rest; a part of that is
moved into the weights first (Xiao et al., "SmoothQuant", 2023).

What learnt something (the reader, the doubter) is the same network with a little added to its upper
layers and another end: a number for each token of a text that follows another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.embed.weights import DIMENSION, END, HEAD, MAX_TOKENS, PADDING, SEGMENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Channels", "build_graph", "measured_values"]

# A change here that changes the vectors has to count `GRAPH_VERSION` of the local embedder up.
_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12
_OPSET = 20  # the first with Gelu
_IR_VERSION = 9
# How much of the channels' differences goes into the weights. Of 0.5, 0.7, 0.85, 0.95 and 1, with
# channels measured on the sample articles, 0.7 was nearest to the exact vectors of news (cosine
# 0.998) and the only one to stay above 0.99 on scraps: one letter, nothing, digits, other scripts.
_SMOOTHING = 0.7
# The zero of eight bits without a sign.
_HALF = 128
# What is added to the score of a token that only pads: e to this power is 0 in float32.
_NEVER = -10_000.0
# The segment of the text whose tokens are scored, which comes after the first one.
_SENTENCE = 1
# What each of its tokens has.
_COUNTED = "counted"

Channels = Mapping[str, "NDArray[np.floating[Any]]"]
"""The least and the greatest value of each channel, [2, channels], of all that is rounded."""


class _Graph:
    """Nodes and weights of a graph in the making; each method returns its output's name."""

    def __init__(
        self,
        weights: Mapping[str, NDArray[np.float32]],
        channels: Channels | None,
        *,
        signed: bool = True,
    ) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.measured: list[str] = []
        self.weights = weights
        self.channels = channels
        # What stands for zero in int8, and its type.
        self.zero = np.int8(0) if signed else np.uint8(_HALF)
        self.reads = HEAD in weights

    def constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        array = np.ascontiguousarray(value).reshape(np.shape(value))
        self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def norm(self, value: str, name: str) -> str:
        parts = [self.constant(part, self.weights[part]) for part in _parts(name)]
        return self.node(
            "LayerNormalization", [value, *parts], f"{name}.out", axis=-1, epsilon=_EPSILON
        )

    def dense(self, value: str, names: list[str]) -> list[str]:
        """The dense layers that take the same value, each in int8 when the channels are known."""
        matrices = [self.weights[f"{name}.weight"].T for name in names]
        key = names[0]
        self.measured.append(value)
        if self.channels is not None:
            share = _share(self.channels[value], matrices)
            smoothed = self.node(
                "Mul", [value, self.constant(f"{key}.smoothing", 1 / share)], f"{key}.smoothed"
            )
            matrices = [matrix * share[:, None] for matrix in matrices]
            value = self.rounded(smoothed, self.channels[value] / share)
        return [
            self._product(value, name, matrix) for name, matrix in zip(names, matrices, strict=True)
        ]

    def _product(self, value: str, name: str, matrix: NDArray[np.float32]) -> str:
        if self.channels is None:
            weight = self.constant(f"{name}.weight", matrix)
        else:
            scale = np.abs(matrix).max(axis=0) / np.float32(127)
            steps = np.round(matrix / scale) + self.zero
            parts = [
                self.constant(f"{name}.weight", steps.astype(self.zero.dtype)),
                self.constant(f"{name}.scale", scale),
                self.constant(f"{name}.zero", np.full(scale.shape, self.zero)),
            ]
            weight = self.node("DequantizeLinear", parts, f"{name}.matrix", axis=1)
        product = self.node("MatMul", [value, weight], f"{name}.product")
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.node("Add", [product, bias], f"{name}.out")

    def rounded(self, value: str, extremes: NDArray[np.floating[Any]]) -> str:
        """The value in 256 steps between its extremes, zero among them."""
        least, most = min(float(extremes[0].min()), 0.0), max(float(extremes[1].max()), 0.0)
        step = np.float32((most - least) / 255)
        return self._on_grid(value, step, np.uint8(round(-least / float(step))))

    def rounded_evenly(self, value: str, extremes: NDArray[np.floating[Any]]) -> str:
        """The value in steps that are as many below zero as above.

        Of two factors that are both not known beforehand, an offset costs a twentieth of all time.
        """
        step = np.float32(np.abs(extremes).max() / 127)
        return self._on_grid(value, step, np.int8(0))

    def _on_grid(self, value: str, step: np.float32, zero: np.integer[Any]) -> str:
        grid = [self.constant(f"{value}.step", step), self.constant(f"{value}.zero", zero)]
        steps = self.node("QuantizeLinear", [value, *grid], f"{value}.steps")
        return self.node("DequantizeLinear", [steps, *grid], f"{value}.rounded")


def build_graph(
    weights: Mapping[str, NDArray[np.float32]],
    channels: Channels | None = None,
    *,
    signed: bool = True,
) -> onnx.ModelProto:
    """The graph, in int8 when the channels are known and in float32 when not.

    Args:
        weights: The tensors of model.safetensors by name; those of the reader have `HEAD` and
            `SEGMENTS` besides.
        channels: The least and the greatest value of each channel of the values that
            `measured_values` names.
        signed: Whether the weights in int8 have a sign; see `int8_is_exact`.

    Returns:
        A model from `input_ids`, int32 [texts, tokens], texts that are shorter than the longest
        filled up with `PADDING`, to `vectors`, float32 [texts, 384], of length 1; the reader's,
        of three texts in one, to `scores`, float32 [texts, 1], and to `counted`, float32 [texts,
        tokens], what each token of the second text has of it.
    """
    return _whole(_built(weights, channels, signed=signed), [])


def measured_values(
    weights: Mapping[str, NDArray[np.float32]],
) -> tuple[onnx.ModelProto, list[str]]:
    """The graph in float32 with the values whose channels matter as further outputs.

    Returns:
        The model, and the names of those outputs, each float32 [texts, tokens, channels].
    """
    graph = _built(weights, None)
    return _whole(graph, graph.measured), graph.measured


def _built(
    weights: Mapping[str, NDArray[np.float32]], channels: Channels | None, *, signed: bool = True
) -> _Graph:
    graph = _Graph(weights, channels, signed=signed)
    graph.constant("tokens", np.array([1], np.int64))
    graph.constant("last", np.array([2], np.int64))
    real = _real(graph)
    unseen = _unseen(graph, real)
    hidden = _embeddings(graph)
    for number in range(_LAYERS):
        hidden = _layer(graph, hidden, unseen, f"encoder.layer.{number}")
    if graph.reads:
        _score(graph, hidden)
    else:
        _pool(graph, hidden, real)
    return graph


def _pool(graph: _Graph, hidden: str, real: str) -> None:
    column = graph.node("Unsqueeze", [real, "last"], "real.column")
    kept = graph.node("Mul", [hidden, column], "kept")
    # The sum will do for the mean, since the length becomes 1.
    total = graph.node("ReduceSum", [kept, "tokens"], "total", keepdims=0)
    graph.node("LpNormalization", [total], "vectors", axis=1, p=2)


def _score(graph: _Graph, hidden: str) -> None:
    """The logarithm of what the tokens of the second text have together, [texts, 1]."""
    head = graph.weights[HEAD].astype(np.float32)
    weighed = graph.node(
        "MatMul", [hidden, graph.constant("head", head[:DIMENSION, None])], "weighed"
    )
    states = graph.node("Add", [weighed, graph.constant("bias", head[DIMENSION:])], "states")
    flat = graph.node("Squeeze", [states, "last"], "flat")
    number = graph.constant("sentence", np.int32(_SENTENCE))
    within = graph.node("Equal", ["segment", number], "within")
    kept = graph.node("And", [within, graph.node("Not", ["ends"], "goes_on")], "kept")
    never = graph.constant("never_counted", np.float32(_NEVER))
    counted = graph.node("Where", [kept, flat, never], _COUNTED)
    graph.node("ReduceLogSumExp", [counted, "tokens"], "scores", keepdims=1)


def _whole(graph: _Graph, also: list[str]) -> onnx.ModelProto:
    texts = helper.make_tensor_value_info("input_ids", TensorProto.INT32, ["texts", "tokens"])
    name, width = ("scores", 1) if graph.reads else ("vectors", DIMENSION)
    found = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", width])
    also = [_COUNTED, *also] if graph.reads else also
    others = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in also]
    made = helper.make_graph(
        graph.nodes, "all-MiniLM-L6-v2", [texts], [found, *others], [*graph.constants.values()]
    )
    return helper.make_model(
        made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION
    )


def _real(graph: _Graph) -> str:
    """1 for a token of the text and 0 for padding, [texts, tokens]."""
    padding = graph.constant("padding", np.int32(PADDING))
    return graph.node(
        "Cast",
        [graph.node("Greater", ["input_ids", padding], "is_real")],
        "real",
        to=TensorProto.FLOAT,
    )


def _unseen(graph: _Graph, real: str) -> str:
    """What is added to every head's scores, [texts, 1, 1, tokens]."""
    missing = graph.node("Sub", [graph.constant("one", np.float32(1)), real], "missing")
    never = graph.node("Mul", [missing, graph.constant("never", np.float32(_NEVER))], "never_seen")
    heads = graph.constant("heads_and_rows", np.array([1, 2], np.int64))
    return graph.node("Unsqueeze", [never, heads], "unseen")


def _embeddings(graph: _Graph) -> str:
    """Words and positions; the published type of all tokens is the first, which joins them."""
    types = graph.weights["embeddings.token_type_embeddings.weight"]
    positions = graph.weights["embeddings.position_embeddings.weight"][:MAX_TOKENS] + types[0]
    start = graph.constant("start", np.array([0], np.int64))
    length = graph.node("Shape", ["input_ids"], "length", start=1)
    table = graph.constant("positions", positions)
    placed = graph.node("Slice", [table, start, length, start], "placed")
    words = graph.node("Add", [_words(graph), placed], "words_placed")
    if graph.reads:
        words = graph.node("Add", [words, _segments(graph)], "words_of_segments")
    return graph.norm(words, "embeddings.LayerNorm")


def _segments(graph: _Graph) -> str:
    """What tells the question from the sentence, [texts, tokens, 384].

    A token's segment is the number of ends before it.
    """
    end = graph.constant("end", np.int32(END))
    ends = graph.node("Equal", ["input_ids", end], "ends")
    counted = graph.node("Cast", [ends], "counted_ends", to=TensorProto.INT32)
    axis = graph.constant("along", np.array(1, np.int64))
    before = graph.node("CumSum", [counted, axis], "segment", exclusive=1)
    table = graph.constant("segments", graph.weights[SEGMENTS].astype(np.float32))
    return graph.node("Gather", [table, before], "segmented")


def _words(graph: _Graph) -> str:
    """The word embeddings, half of all weights, with a scale for each word in int8."""
    words = graph.weights["embeddings.word_embeddings.weight"]
    if graph.channels is None:
        return graph.node("Gather", [graph.constant("words", words), "input_ids"], "embedded")
    scale = np.abs(words).max(axis=1, keepdims=True) / np.float32(127)
    table = graph.constant("words", np.round(words / scale).astype(np.int8))
    steps = graph.node("Gather", [table, "input_ids"], "steps")
    scales = graph.node("Gather", [graph.constant("scales", scale), "input_ids"], "step")
    numbers = graph.node("Cast", [steps], "numbers", to=TensorProto.FLOAT)
    return graph.node("Mul", [numbers, scales], "embedded")


def _layer(graph: _Graph, hidden: str, unseen: str, name: str) -> str:
    attended = _attention(graph, hidden, unseen, name)
    output = f"{name}.attention.output"
    (turned,) = graph.dense(attended, [f"{output}.dense"])
    hidden = graph.norm(
        graph.node("Add", [turned, hidden], f"{output}.total"), f"{output}.LayerNorm"
    )
    (wide,) = graph.dense(hidden, [f"{name}.intermediate.dense"])
    active = graph.node("Gelu", [wide], f"{name}.active")
    (narrow,) = graph.dense(active, [f"{name}.output.dense"])
    return graph.norm(
        graph.node("Add", [narrow, hidden], f"{name}.total"), f"{name}.output.LayerNorm"
    )


def _attention(graph: _Graph, hidden: str, unseen: str, name: str) -> str:
    own = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    split = graph.constant("split", np.array([0, 0, _HEADS, DIMENSION // _HEADS], np.int64))
    joined = graph.constant("joined", np.array([0, 0, DIMENSION], np.int64))
    query, key, value = graph.dense(hidden, own)
    graph.measured += [query, key]
    if graph.channels is not None:
        query, key = (graph.rounded_evenly(one, graph.channels[one]) for one in (query, key))
    heads = [
        graph.node(
            "Transpose",
            [graph.node("Reshape", [one, split], f"{part}.split")],
            f"{part}.heads",
            perm=perm,
        )
        for one, part, perm in zip(
            (query, key, value), own, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True
        )
    ]
    products = graph.node("MatMul", heads[:2], f"{name}.products")
    root = graph.constant("root", np.float32((DIMENSION // _HEADS) ** -0.5))
    scores = graph.node("Mul", [products, root], f"{name}.scores")
    seen = graph.node("Add", [scores, unseen], f"{name}.seen")
    shares = graph.node("Softmax", [seen], f"{name}.shares", axis=-1)
    gathered = graph.node("MatMul", [shares, heads[2]], f"{name}.gathered")
    rows = graph.node("Transpose", [gathered], f"{name}.rows", perm=[0, 2, 1, 3])
    return graph.node("Reshape", [rows, joined], f"{name}.attended")


def _share(
    extremes: NDArray[np.floating[Any]], matrices: list[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """What each channel is divided by, and its row of the weights multiplied with."""
    largest = np.abs(extremes.astype(np.float32)).max(axis=0)
    rows = np.abs(np.concatenate(matrices, axis=1)).max(axis=1)
    share = largest**_SMOOTHING / rows ** (1 - _SMOOTHING)
    even: NDArray[np.float32] = (share / np.exp(np.log(share).mean())).astype(np.float32)
    return even


def _parts(name: str) -> tuple[str, str]:
    return f"{name}.weight", f"{name}.bias"
