"""Checkpoint to models/model.onnx, written operator by operator: only what tract runs fast.

Tables are stored in eight bits with one scale per row and matrices in half precision; both
become 32-bit floats when the model is loaded or looked up. Output: one vector per text [B, D],
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

OPSET = 17


class Graph:
    """Nodes and constants under construction; every method returns a value's name."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
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
    scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def looked_up(g: Graph, table: np.ndarray, extra: np.ndarray | None) -> str:
    """Token vectors from the eight-bit table; `extra` scales rows (the static token weights)."""
    numbers, scale = rows_in_bytes(table)
    if extra is not None:
        scale = scale * extra[:, None].astype(np.float32)
    rows = g.add("Cast", g.add("Gather", g.constant("table", numbers), "input_ids"), to=TensorProto.FLOAT)
    return g.add("Mul", rows, g.add("Gather", g.constant("table_scale", scale), "input_ids"))


def finish(g: Graph, total: str) -> str:
    """Unit length; the small term keeps an empty sum from dividing by nothing."""
    square = g.add("ReduceSum", g.add("Mul", total, total), g.whole(1), keepdims=1)
    return g.add("Div", total, g.add("Sqrt", g.add("Add", square, g.number(1e-12))))


def static_graph(state) -> Graph:
    g = Graph()
    vectors = looked_up(g, state["table"], np.exp(state["weight"] - state["weight"].max()))
    mask = g.add("Unsqueeze", g.add("Cast", "attention_mask", to=TensorProto.FLOAT), g.whole(2))
    total = g.add("ReduceSum", g.add("Mul", vectors, mask), g.whole(1), keepdims=0)
    g.nodes[-1].name = "pooled"
    finish(g, total)
    return g


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
    parser.add_argument("--name", default="static")
    options = parser.parse_args(argv)
    saved = torch.load(WORK / f"{options.name}.pt", weights_only=False)
    state, shape = {k: v.float().numpy() for k, v in saved["model"].items()}, saved["shape"]
    graph = static_graph(state)
    save(graph, shape["width"], MODELS / "model.onnx")
    (MODELS / "config.json").write_text(json.dumps(
        {"model_type": "yuanhua", "hidden_size": shape["width"], "num_hidden_layers": shape["layers"],
         "vocab_size": shape["vocabulary"], "pad_token_id": 0, "max_position_embeddings": 512}, indent=1) + "\n")
    verify(saved)


def verify(saved):
    """The exported file must give the model's own vectors (cosine within eight-bit rounding)."""
    from evaluate import Model

    texts = ["ai会不会让客服人员感到害怕?", "does ai scare the staff?", "", "😀", "一" * 600, "客服"]
    model, tokenizer = Encoder(**saved["shape"]), load_tokenizer(512)
    model.load_state_dict(saved["model"])
    encoded = [tokenizer.encode(t).ids for t in texts]
    with torch.no_grad():
        offsets = np.cumsum([0] + [len(e) for e in encoded[:-1]])
        own = embed(model.eval(), np.concatenate(encoded).astype(np.int64), offsets).numpy()
    got = Model()(texts)
    cosines = (own * got).sum(1)
    print("export: cosine to the checkpoint", cosines.round(5).tolist(), f"{(MODELS / 'model.onnx').stat().st_size / 1e6:.1f} MB")
    assert np.isfinite(got).all() and cosines.min() > 0.999


if __name__ == "__main__":
    main()
