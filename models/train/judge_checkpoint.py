"""The weights of a judge: where they begin, and how they are saved and loaded."""

import json
from pathlib import Path

import numpy as np
import torch

from judge_model import GROUP, PLACES, WIDTH, Judge
from judge_squares import PAD, padded

# The tables stay as they are, so they are not saved.
HEAD = ("table", "place")


def unpacked(kept, *shape):
    if isinstance(kept, np.ndarray):
        return torch.from_numpy(kept.copy()).view(*shape)
    levels, scales = kept
    return torch.from_numpy(((levels.reshape(-1, GROUP).astype(np.float32) - 8) * scales.reshape(-1, 1).astype(np.float32)).reshape(-1)).view(*shape)


def begin(weights, shape, layers):
    """A model whose layers are those of multilingual-e5-small that are named."""
    model = Judge(len(weights["table"][0]), shape["lower"], shape["upper"])
    model.shape |= shape
    with torch.no_grad():
        model.table.weight.copy_(unpacked(weights["table"], -1, WIDTH))
        model.place.copy_(unpacked(weights["emb.pos"], -1, WIDTH)[:PLACES] + unpacked(weights["emb.type"], -1, WIDTH)[0])
        model.norm.weight.copy_(unpacked(weights["emb.ln.w"], -1))
        model.norm.bias.copy_(unpacked(weights["emb.ln.b"], -1))
        for at, block in zip(layers, [*model.lower, *model.upper]):
            for part, name in ((block.out, "ao"), (block.up, "fi"), (block.down, "fo")):
                part.weight.copy_(unpacked(weights[f"l{at}.{name}.w"], *part.weight.shape))
                part.bias.copy_(unpacked(weights[f"l{at}.{name}.b"], -1))
            for part, name in ((block.norm1, "aln"), (block.norm2, "oln")):
                part.weight.copy_(unpacked(weights[f"l{at}.{name}.w"], -1))
                part.bias.copy_(unpacked(weights[f"l{at}.{name}.b"], -1))
            block.qkv.weight.copy_(torch.cat([unpacked(weights[f"l{at}.{n}.w"], WIDTH, WIDTH) for n in "qkv"]))
            block.qkv.bias.copy_(torch.cat([unpacked(weights[f"l{at}.{n}.b"], -1) for n in "qkv"]))
    return model


def follow(model, teacher, layers):
    """The judge begins with some of its teacher's layers."""
    blocks = [*teacher.lower, *teacher.upper]
    for at, block in zip(layers, [*model.lower, *model.upper]):
        block.load_state_dict(blocks[at].state_dict())
    model.norm.load_state_dict(teacher.norm.state_dict())
    model.score.load_state_dict(teacher.score.state_dict())


@torch.no_grad()
def centre(model, texts):
    """Token states lie in a narrow cone: what they share must not count where tokens are compared."""
    ids = padded(texts).to(model.place.device)
    mask = ids != PAD
    model.near.bias.copy_(-(model.near.weight @ model.read(ids, mask.long())[mask].mean(0)))


def save(model, out: Path, name, report):
    """In parts of 15 MB at most: a large file may not travel."""
    state = {k: v.detach().half().cpu() for k, v in model.state_dict().items() if k.split(".")[0] not in HEAD}
    parts, size = [{}], 0
    for key, value in state.items():
        if size + value.numel() * 2 > 15e6:
            parts.append({})
            size = 0
        parts[-1][key] = value
        size += value.numel() * 2
    for at, part in enumerate(parts):
        torch.save({"part": part, "shape": model.shape, "parts": len(parts)}, out / f"{name}.{at}.pt")
    (out / f"{name}.json").write_text(json.dumps(report))


def load(out: Path, name, weights):
    first = torch.load(out / f"{name}.0.pt", weights_only=False)
    state = {}
    for at in range(first["parts"]):
        state |= torch.load(out / f"{name}.{at}.pt", weights_only=False)["part"]
    model = begin(weights, first["shape"], ())
    model.load_state_dict({k: v.float() for k, v in state.items()}, strict=False)
    return model
