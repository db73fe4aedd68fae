"""The judge's cheaper rivals on the held-out rows: the encoder's own vectors, pooled and token by token (MaxSim).

Prints how often the right passage of three is found, as `judge_train.py` does for the judge.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

from common import MODELS, fold
from judge_rows import read_rows
from judge_train import auroc


class Tokens:
    """Token vectors of the shipped encoder: its last layer and its static table, before they are pooled."""

    def __init__(self):
        model = onnx.load(MODELS / "model.onnx")
        norms = [node.output[0] for node in model.graph.node if node.op_type == "LayerNormalization"]
        # The static table is the last thing looked up: its rows are what the last weighted mean is taken of.
        pooled = [node for node in model.graph.node if node.op_type == "ReduceSum" and node.input[0].startswith("mul")]
        weighted = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Mul"}
        static = [weighted[node.input[0]] for node in pooled if node.input[0] in weighted and weighted[node.input[0]].startswith("reshape")]
        self.names = ["sentence_embedding", norms[-1], static[-1]]
        for name in self.names[1:]:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        self.tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))

    def __call__(self, text: str):
        ids = np.array([self.tokenizer.encode(fold(text)).ids[:200]])
        whole, context, static = self.session.run(self.names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        unit = lambda x: x / (np.linalg.norm(x, axis=-1, keepdims=True) + 1e-9)
        return whole[0], unit(context[0][1:]), unit(static[0][1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    _, rows = read_rows(options.data, None)
    tokens = Tokens()
    ways = {"pooled": [], "MaxSim context": [], "MaxSim static": [], "MaxSim both": [], "pooled + MaxSim": []}
    hits, first = {w: [] for w in ways}, {w: [] for w in ways}
    for row in rows:
        passages = [tokens(p) for p in row["passages"]]
        for q, labels in zip(row["questions"], row["labels"]):
            asked = tokens(q)
            scores = {w: [] for w in ways}
            for told in passages:
                pooled = float(asked[0] @ told[0])
                late = [float((asked[i] @ told[i].T).max(1).mean()) for i in (1, 2)]
                for way, score in zip(ways, (pooled, late[0], late[1], sum(late), pooled + late[0])):
                    scores[way].append(score)
            for way, values in scores.items():
                hits[way].append(labels[int(np.argmax(values))] == 1)
                first[way].append((values[0], int(labels[0])))
    for way in ways:
        print(f"{way}: of three {np.mean(hits[way]):.3f}, first passage AUROC {auroc(first[way])}")


if __name__ == "__main__":
    main()
