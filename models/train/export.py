"""Checkpoint to models/model.onnx, written operator by operator: only what tract runs fast.

Tables are stored in four bits and matrices in eight; both become 32-bit floats when they are
looked up or the model is loaded. Output: one vector per text [B, D],
already pooled, so the pooling of the caller (fastembed: mean) leaves it as it is.
"""

import argparse
import json

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from common import MODELS, WORK
from model import Encoder, embed
from tokens import load_tokenizer

OPSET, GROUP = 17, 64


class Graph:
    """Nodes and constants under construction; every method returns a value's name."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def add(self, kind: str, *inputs: str, **attributes) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def number(self, value) -> str:
        return self.constant(f"c{len(self.constants)}", np.array(value, np.float32))

    def whole(self, *values) -> str:
        return self.constant(f"i{len(self.constants)}", np.array(values, np.int64))

    def floats(self, name: str, value: np.ndarray) -> str:
        """A matrix kept in half precision and used in single."""
        return self.add("Cast", self.constant(name, value.astype(np.float16)), to=TensorProto.FLOAT)


def rows_in_bytes(table: np.ndarray):
    """Whole numbers from -127 to 127 and the scale of each row."""
    scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def looked_up(g: Graph, name: str, table: np.ndarray) -> str:
    """Token vectors from a table in four bits, two columns to a byte, one scale per 64 columns."""
    half, groups = table.shape[1] // 2, table.shape[1] // GROUP
    parts = table.reshape(len(table), groups, GROUP)
    scale = (np.abs(parts).max(-1, keepdims=True) / 7.5 + 1e-7).astype(np.float16)
    steps = np.floor(parts / scale.astype(np.float32)).clip(-8, 7).reshape(table.shape).astype(np.int8) + 8
    packed = (steps[:, :half] * 16 + steps[:, half:]).astype(np.uint8)
    rows = g.add("Cast", g.add("Gather", g.constant(name, packed), "input_ids"), to=TensorProto.FLOAT)
    high = g.add("Floor", g.add("Mul", rows, g.number(1 / 16)))
    low = g.add("Sub", rows, g.add("Mul", high, g.number(16.0)))
    values = g.add("Sub", g.add("Concat", high, low, axis=-1), g.number(7.5))
    values = g.add("Reshape", values, g.whole(0, 0, groups, GROUP))
    scales = g.add("Cast", g.add("Gather", g.constant(f"{name}.scale", scale), "input_ids"), to=TensorProto.FLOAT)
    return g.add("Reshape", g.add("Mul", values, scales), g.whole(0, 0, table.shape[1]))


def pooled(g: Graph, name: str, x: str, weight: np.ndarray, mask: str) -> str:
    """The mean of token vectors by their learned weights, padding left out; unit length."""
    weights = g.add("Gather", g.constant(f"{name}.weight", np.exp(weight - weight.max())[:, None]), "input_ids")
    weights = g.add("Mul", weights, g.add("Unsqueeze", mask, g.whole(2)))
    return finish(g, g.add("ReduceSum", g.add("Mul", x, weights), g.whole(1), keepdims=0))


def finish(g: Graph, total: str) -> str:
    """Unit length; the small term keeps an empty sum from dividing by nothing."""
    square = g.add("ReduceSum", g.add("Mul", total, total), g.whole(1), keepdims=1)
    return g.add("Div", total, g.add("Sqrt", g.add("Add", square, g.number(1e-12))))


def normed(g: Graph, x: str, state, name: str) -> str:
    return g.add("LayerNormalization", x, g.constant(f"{name}.w", state[f"{name}.weight"]),
                 g.constant(f"{name}.b", state[f"{name}.bias"]), axis=-1, epsilon=1e-12)


def linear(g: Graph, x: str, state, name: str, scale: np.ndarray | float = 1.0) -> str:
    """A matrix in eight bits with one scale per column: exact enough, and half the size."""
    return plus(g, g.add("MatMul", x, in_bytes(g, state, name, scale)), state, name, scale)


def in_bytes(g: Graph, state, name: str, scale: np.ndarray | float = 1.0) -> str:
    numbers, scales = rows_in_bytes(state[f"{name}.weight"] * np.reshape(scale, (-1, 1)))
    return g.add("Mul", g.add("Cast", g.constant(f"{name}.w", numbers.T), to=TensorProto.FLOAT), g.constant(f"{name}.s", scales.T))


def plus(g: Graph, product: str, state, name: str, scale: np.ndarray | float = 1.0) -> str:
    if f"{name}.bias" not in state:
        return product
    return g.add("Add", product, g.constant(f"{name}.b", state[f"{name}.bias"] * np.float32(scale)))


def gelu(g: Graph, x: str) -> str:
    """x / 2 * (1 + erf(x / sqrt 2)), as tract knows it and runs it in one step: a third of the time of
    the tanh form of model.py, which is within 0.0005 of it."""
    error = g.add("Erf", g.add("Mul", x, g.number(2**-0.5)))
    return g.add("Mul", g.add("Mul", x, g.number(0.5)), g.add("Add", error, g.number(1.0)))


def block(g: Graph, x: str, hidden: str, state, at: int, shape) -> str:
    """One layer of model.Block; the queries' scale is folded into their weights."""
    name, heads = f"blocks.{at}", shape["heads"]
    size = shape["width"] // heads
    scale = np.ones(3 * shape["width"], np.float32)
    scale[: shape["width"]] = size**-0.5
    parts = g.add("Reshape", linear(g, x, state, f"{name}.qkv", scale), g.whole(0, 0, 3, heads, size))
    q, k, v = (g.add("Gather", parts, g.constant(f"{name}.{i}", np.array(i, np.int64)), axis=2) for i in range(3))
    q, v = (g.add("Transpose", value, perm=[0, 2, 1, 3]) for value in (q, v))
    scores = g.add("MatMul", q, g.add("Transpose", k, perm=[0, 2, 3, 1]))
    mixed = g.add("MatMul", g.add("Softmax", g.add("Add", scores, hidden), axis=-1), v)
    mixed = g.add("Reshape", g.add("Transpose", mixed, perm=[0, 2, 1, 3]), g.whole(0, 0, shape["width"]))
    x = normed(g, g.add("Add", x, linear(g, mixed, state, f"{name}.out")), state, f"{name}.norm1")
    inner = gelu(g, linear(g, x, state, f"{name}.up"))
    return normed(g, g.add("Add", x, linear(g, inner, state, f"{name}.down")), state, f"{name}.norm2")


def transformer(g: Graph, state, shape, mask: str) -> str:
    length = g.add("Gather", g.add("Shape", "input_ids"), g.whole(1), axis=0)
    places = g.add("Slice", g.floats("position", state["position"]), g.whole(0), length, g.whole(0))
    x = linear(g, looked_up(g, "pieces", state["table"]), state, "widen")
    x = normed(g, g.add("Add", x, places), state, "norm")
    hidden = g.add("Mul", g.add("Sub", g.add("Unsqueeze", mask, g.whole(1, 2)), g.number(1.0)), g.number(1e4))
    for at in range(shape["layers"]):
        x = block(g, x, hidden, state, at, shape)
    return x


def whole_graph(runs) -> tuple[Graph, int]:
    """The encoders of all runs side by side: their unit vectors end to end, again of unit length."""
    g, ends = Graph(), []
    mask = g.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    for run in runs:
        state, shape = {k: v.float().numpy() for k, v in run["model"].items()}, run["shape"]
        name = "context" if shape["layers"] else "words"
        x = transformer(g, state, shape, mask) if shape["layers"] else looked_up(g, name, state["table"])
        ends.append(pooled(g, name, x, state["weight"], mask))
    g.add("Mul", g.add("Concat", *ends, axis=-1), g.number(len(ends) ** -0.5))
    return g, sum(run["shape"]["width"] for run in runs)


def save(g: Graph, width: int, path):
    g.nodes[-1].output[0] = "sentence_embedding"
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "sequence"]) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", width])
    graph = helper.make_graph(g.nodes, "yuanhua-encoder", inputs, [output], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", nargs="+", default=["small", "static"], help="runs whose vectors stand side by side")
    options = parser.parse_args(argv)
    runs = [torch.load(WORK / f"{name}.pt", weights_only=False) for name in options.names]
    graph, width = whole_graph(runs)
    save(graph, width, MODELS / "model.onnx")
    (MODELS / "config.json").write_text(json.dumps(
        {"model_type": "yuanhua", "hidden_size": width, "num_hidden_layers": max(r["shape"]["layers"] for r in runs),
         "vocab_size": runs[0]["shape"]["vocabulary"], "pad_token_id": 0, "max_position_embeddings": 512}, indent=1) + "\n")
    verify(runs)


def verify(runs):
    """The exported file must give the checkpoints' own vectors, but for the rounding."""
    from evaluate import Model

    texts = ["ai会不会让客服人员感到害怕?", "does ai scare the staff?", "", "😀", "一" * 600, "客服"]
    encoded = [e.ids for e in load_tokenizer(512).encode_batch(texts)]
    flat, offsets = np.concatenate(encoded).astype(np.int64), np.cumsum([0] + [len(e) for e in encoded[:-1]])
    parts = []
    for run in runs:
        model = Encoder(**{k: v for k, v in run["shape"].items() if run["shape"]["layers"] or k in ("vocabulary", "width")})
        model.load_state_dict(run["model"])
        with torch.no_grad():
            parts.append(embed(model.eval(), flat, offsets).numpy())
    got, own = Model(MODELS)(texts), np.concatenate(parts, 1) * len(parts) ** -0.5
    cosines = (own * got).sum(1)
    print("export: cosine to the checkpoints", cosines.round(4).tolist(), f"{(MODELS / 'model.onnx').stat().st_size / 1e6:.1f} MB")
    assert np.isfinite(got).all() and cosines.min() > 0.98


if __name__ == "__main__":
    main()
