"""The judge's checkpoint to two graphs: `judge-reader.onnx` reads a text, `judge.onnx` asks a read question of read
passages. Matrices in eight bits, piece vectors in the four bits they came in (nothing is lost); floats when loaded."""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper

from common import MODELS
from export import OPSET, Graph, gelu, in_bytes, normed, plus
from judge_model import GROUP, HEADS, WIDTH, Judge, coarse
from judge_start import BEGIN, END, HOME

# What the name of every node begins with that makes a whole matrix of four bits.
FOUR_BITS = "four bits "


def looked_up(g: Graph, levels: np.ndarray, scales: np.ndarray) -> str:
    """Piece vectors: two columns to a byte, one scale for 32 columns."""
    half = WIDTH // 2
    packed = (levels[:, :half] * 16 + levels[:, half:]).astype(np.uint8)
    rows = g.add("Cast", g.add("Gather", g.constant("pieces", packed), "input_ids"), to=TensorProto.FLOAT)
    high = g.add("Floor", g.add("Mul", rows, g.number(1 / 16)))
    low = g.add("Sub", rows, g.add("Mul", high, g.number(16.0)))
    values = g.add("Sub", g.add("Concat", high, low, axis=-1), g.number(8.0))
    values = g.add("Reshape", values, g.whole(0, 0, WIDTH // GROUP, GROUP))
    scale = g.add("Cast", g.add("Gather", g.constant("pieces.scale", scales), "input_ids"), to=TensorProto.FLOAT)
    return g.add("Reshape", g.add("Mul", values, g.add("Unsqueeze", scale, g.whole(3))), g.whole(0, 0, WIDTH))


def heads(g: Graph, flat: str, parts: int) -> list[str]:
    """[B, L, parts * 384] to `parts` of [B, heads, L, 32]."""
    split = g.add("Reshape", flat, g.whole(0, 0, parts, HEADS, WIDTH // HEADS))
    taken = (g.add("Gather", split, g.constant(f"n{len(g.constants)}", np.array(i, np.int64)), axis=2) for i in range(parts))
    return [g.add("Transpose", one, perm=[0, 2, 1, 3]) for one in taken]


def in_four_bits(g: Graph, state, name: str, scale: np.ndarray | float = 1.0) -> str:
    """A matrix as it was learnt for four bits (`judge_model.rounded`): two columns to a byte, a scale for 32 rows of a
    column. The program makes whole matrices of these when it loads the file (`judge/four_bits.rs`) and leaves out the
    nodes whose names begin with FOUR_BITS; any other runtime computes them."""
    columns, rows = state[f"{name}.weight"].shape
    parts = state[f"{name}.weight"].reshape(columns, rows // GROUP, GROUP)
    far = np.take_along_axis(parts, np.abs(parts).argmax(-1, keepdims=True), -1)
    scales = (far / -8).astype(np.float16).astype(np.float32)
    levels = (np.round(parts / np.where(scales == 0, 1, scales)).clip(-8, 7) + 8).reshape(columns, rows).T.astype(np.uint8)
    scales = (scales * np.reshape(scale, (-1, 1, 1))).transpose(1, 2, 0).astype(np.float16)
    before = len(g.nodes)
    packed = g.add("Cast", g.constant(f"{name}.w", levels[:, : columns // 2] * 16 + levels[:, columns // 2 :]), to=TensorProto.FLOAT)
    high = g.add("Floor", g.add("Mul", packed, g.number(1 / 16)))
    low = g.add("Sub", packed, g.add("Mul", high, g.number(16.0)))
    values = g.add("Reshape", g.add("Sub", g.add("Concat", high, low, axis=-1), g.number(8.0)), g.whole(rows // GROUP, GROUP, columns))
    own = g.add("Cast", g.constant(f"{name}.s", scales), to=TensorProto.FLOAT)
    g.add("Reshape", g.add("Mul", values, own), g.whole(rows, columns))
    for at, node in enumerate(g.nodes[before:]):
        node.name = f"{FOUR_BITS}{name} {at}"
    g.nodes[-1].output[0] = f"{name}.matrix"
    return f"{name}.matrix"


def block(g: Graph, x: str, hidden: str, state, name: str, stored, told: str | None = None) -> str:
    """One layer; where passages are told, over their tokens too. The queries' scale is folded into their weights."""
    scale = np.ones(3 * WIDTH, np.float32)
    scale[:WIDTH] = (WIDTH // HEADS) ** -0.5

    def linear(x, part, scale=1.0):
        return plus(g, g.add("MatMul", x, stored(g, state, part, scale)), state, part, scale)

    matrix = stored(g, state, f"{name}.qkv", scale)
    q, k, v = heads(g, plus(g, g.add("MatMul", x, matrix), state, f"{name}.qkv", scale), 3)
    if told:
        matrix = g.add("Slice", matrix, g.whole(WIDTH), g.whole(3 * WIDTH), g.whole(1))
        flat = g.add("Add", g.add("MatMul", told, matrix), g.constant(f"{name}.told.b", state[f"{name}.qkv.bias"][WIDTH:]))
        more = heads(g, flat, 2)
        k, v = g.add("Concat", k, more[0], axis=2), g.add("Concat", v, more[1], axis=2)
    scores = g.add("MatMul", q, g.add("Transpose", k, perm=[0, 1, 3, 2]))
    mixed = g.add("MatMul", g.add("Softmax", g.add("Add", scores, hidden), axis=-1), v)
    mixed = g.add("Reshape", g.add("Transpose", mixed, perm=[0, 2, 1, 3]), g.whole(0, 0, WIDTH))
    x = normed(g, g.add("Add", x, linear(mixed, f"{name}.out")), state, f"{name}.norm1")
    inner = gelu(g, linear(x, f"{name}.up"))
    return normed(g, g.add("Add", x, linear(inner, f"{name}.down")), state, f"{name}.norm2")


def stored_by(shape):
    return in_four_bits if shape.get("coarse") else in_bytes


def reader(state, shape, start) -> Graph:
    g = Graph()
    mask = g.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = g.add("Mul", g.add("Sub", g.add("Unsqueeze", mask, g.whole(1, 2)), g.number(1.0)), g.number(1e4))
    length = g.add("Gather", g.add("Shape", "input_ids"), g.whole(1), axis=0)
    places = g.add("Slice", g.floats("place", state["place"]), g.whole(0), length, g.whole(0))
    x = normed(g, g.add("Add", looked_up(g, start["levels"], start["scales"]), places), state, "norm")
    for at in range(shape["lower"]):
        x = block(g, x, hidden, state, f"lower.{at}", stored_by(shape))
    return g


def scorer(state, shape) -> Graph:
    g = Graph()
    told = g.add("Add", "passages", g.constant("told", state["told"]))
    # As many copies of the question as there are passages.
    none = g.add("Mul", g.add("ReduceSum", "passage_mask", g.whole(1), keepdims=1), g.number(0.0))
    x = g.add("Add", "question", g.add("Unsqueeze", none, g.whole(2)))
    open_to_all = g.add("Mul", g.add("ReduceSum", x, g.whole(2), keepdims=0), g.number(0.0))
    closed = g.add("Mul", g.add("Sub", "passage_mask", g.number(1.0)), g.number(1e4))
    hidden = g.add("Unsqueeze", g.add("Concat", open_to_all, closed, axis=1), g.whole(1, 2))
    for at in range(shape["upper"]):
        x = block(g, x, hidden, state, f"upper.{at}", stored_by(shape), told)
    mean = g.add("ReduceMean", x, axes=[1], keepdims=0)
    across = g.add("Add", g.add("MatMul", mean, g.constant("score.w", state["score.weight"].T)), g.constant("score.b", state["score.bias"]))
    g.add("Add", across, g.add("Mul", late(g, state, closed), g.number(state["share"])))
    return g


def late(g: Graph, state, closed: str) -> str:
    """The weighted mean, over the question's tokens, of the cosine of the passage's nearest."""
    matrix, bias = g.floats("near.w", state["near.weight"].T), g.constant("near.b", state["near.bias"])
    asked, told = (unit(g, g.add("Add", g.add("MatMul", x, matrix), bias)) for x in ("question", "passages"))
    weight = g.add("Softmax", g.add("Add", g.add("MatMul", "question", g.constant("counts.w", state["counts.weight"].T)), g.constant("counts.b", state["counts.bias"])), axis=1)
    cosines = g.add("MatMul", asked, g.add("Transpose", told, perm=[0, 2, 1]))
    nearest = g.add("ReduceMax", g.add("Add", cosines, g.add("Unsqueeze", closed, g.whole(1))), axes=[2], keepdims=1)
    return g.add("ReduceSum", g.add("Mul", nearest, weight), g.whole(1), keepdims=0)


def unit(g: Graph, x: str) -> str:
    square = g.add("ReduceSum", g.add("Mul", x, x), g.whole(2), keepdims=1)
    return g.add("Div", x, g.add("Sqrt", g.add("Add", square, g.number(1e-12))))


def save(g: Graph, name: str, inputs, output):
    g.nodes[-1].output[0] = output[0]
    made = [helper.make_tensor_value_info(n, kind, shape) for n, kind, shape in inputs]
    graph = helper.make_graph(g.nodes, f"yuanhua-{name}", made, [helper.make_tensor_value_info(output[0], TensorProto.FLOAT, output[1])], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(MODELS / f"{name}.onnx"))


def save_tokenizer(source: Path, target: Path):
    """The tokenizer as the program uses it: it puts BEGIN and END around a text itself, and END in a text is one token."""
    pieces = json.loads(source.read_text(encoding="utf8"))
    names = [piece for piece, _ in pieces["model"]["vocab"][:4]]
    pieces["model"]["vocab"] = [[piece, round(score, 3)] for piece, score in pieces["model"]["vocab"]]
    pieces["added_tokens"] = [{"id": at, "content": name, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
                              for at, name in enumerate(names)]  # fmt: skip
    around = [{"SpecialToken": {"id": names[BEGIN], "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": names[END], "type_id": 0}}]
    tokens = {names[at]: {"id": names[at], "ids": [at], "tokens": [names[at]]} for at in (BEGIN, END)}
    pieces["post_processor"] = {"type": "TemplateProcessing", "single": around, "pair": [*around, {"Sequence": {"id": "B", "type_id": 0}}, around[-1]], "special_tokens": tokens}
    target.write_text(json.dumps(pieces, ensure_ascii=False, separators=(",", ":")), encoding="utf8")


def verify(model: Judge):
    """The files must score as the checkpoint does, but for the rounding."""
    read, ask = (onnxruntime.InferenceSession(str(MODELS / f"{n}.onnx")) for n in ("judge-reader", "judge"))
    rng = np.random.default_rng(1)
    question = rng.integers(4, model.shape["vocabulary"], (1, 9))
    passages = rng.integers(4, model.shape["vocabulary"], (3, 40))
    mask = np.ones_like(passages)
    mask[1, 25:] = 0

    def states(ids, mask):
        return read.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    got = ask.run(None, {"question": states(question, np.ones_like(question)), "passages": states(passages, mask), "passage_mask": mask.astype(np.float32)})[0][:, 0]
    q, p, m = torch.from_numpy(question), torch.from_numpy(passages), torch.from_numpy(mask)
    with torch.no_grad():
        own = model.judge(model.read(q, torch.ones_like(q)), torch.ones_like(q), model.read(p, m), m, torch.zeros(3, dtype=torch.long), torch.arange(3)).numpy()
    sizes = [(MODELS / n).stat().st_size / 1e6 for n in ("judge-reader.onnx", "judge.onnx", "judge-tokenizer.json")]
    print("judge: logits", own.round(3), "from the files", got.round(3), "MB", np.round(sizes, 2), round(sum(sizes), 2))
    assert np.abs(own - got).max() < 0.15 * max(1, np.abs(own).max())


def collected(folder: Path, name: str, start) -> dict:
    """A checkpoint from the parts that `judge_taught.py` left; the tables never changed."""
    first = torch.load(folder / f"{name}.0.pt", weights_only=False)
    state = {k: v for k, v in start["model"].items() if k.split(".")[0] in ("table", "place")}
    for at in range(first["parts"]):
        state |= {k: v.float() for k, v in torch.load(folder / f"{name}.{at}.pt", weights_only=False)["part"].items()}
    return {"model": state, "shape": first["shape"], "step": 0, "used": 0.0}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="judge")
    parser.add_argument("--parts", type=Path, help="a folder with the parts of a judge that was trained on a GPU")
    options = parser.parse_args()
    start = torch.load(HOME / "start.pt", weights_only=False)
    run = collected(options.parts, options.name, start) if options.parts else torch.load(HOME / f"{options.name}.pt", weights_only=False)
    state, shape = {k: v.float().numpy() for k, v in run["model"].items()}, run["shape"]
    ids = ("batch", "sequence")
    save(reader(state, shape, start), "judge-reader", [(n, TensorProto.INT64, ids) for n in ("input_ids", "attention_mask")], ("states", (*ids, WIDTH)))
    save(scorer(state, shape), "judge", [("question", TensorProto.FLOAT, (1, "asked", WIDTH)), ("passages", TensorProto.FLOAT, ("batch", "told", WIDTH)),
                                         ("passage_mask", TensorProto.FLOAT, ("batch", "told"))], ("logits", ("batch", 1)))
    save_tokenizer(HOME / "tokenizer.json", MODELS / "judge-tokenizer.json")
    model = Judge(shape["vocabulary"], shape["lower"], shape["upper"])
    model.load_state_dict(run["model"])
    coarse(model, shape.get("coarse", False))
    verify(model.eval())
    print(f"step {run['step']}, {run['used']:.0f} s of training")


if __name__ == "__main__":
    main()
