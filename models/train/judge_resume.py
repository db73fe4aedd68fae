"""The shipped judge as a checkpoint again, so that training goes on without the state of the run that made it.

Reads `models/judge*.onnx` and the tokenizer; writes `start.pt`, `tokenizer.json` and `judge.state.pt` to work/judge/.
Four bits lose nothing, as they were learnt; the optimizer begins anew.
"""

import argparse
import json

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from common import MODELS
from judge_model import HEADS, PLACES, WIDTH, Judge
from judge_start import HOME, floats, packed_of, tokenizer


def constants(name: str) -> dict:
    return {one.name: numpy_helper.to_array(one) for one in onnx.load(str(MODELS / name)).graph.initializer}


def matrix(of: dict, name: str) -> torch.Tensor:
    """A matrix that was stored in four bits (`judge_export.in_four_bits`), or in eight."""
    scales = of[f"{name}.s"].astype(np.float32)
    if scales.ndim == 3:
        packed = of[f"{name}.w"]
        levels = np.concatenate([packed >> 4, packed & 15], 1).astype(np.float32) - 8
        return torch.from_numpy((levels.reshape(len(scales), -1, levels.shape[1]) * scales).reshape(levels.shape).T.copy())
    return torch.from_numpy((of[f"{name}.w"].astype(np.float32) * of[f"{name}.s"]).T.copy())


def pieces(source: str):
    """Pieces and scores of the shipped tokenizer, without what the program puts around a text."""
    rows = json.loads((MODELS / source).read_text(encoding="utf8"))["model"]["vocab"]
    return [piece for piece, _ in rows], np.array([score for _, score in rows], np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="judge")
    options = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    read, ask = constants("judge-reader.onnx"), constants("judge.onnx")
    lower, upper = (len({n.split(".")[1] for n in of if n.startswith(side)}) for of, side in ((read, "lower"), (ask, "upper")))
    half = read["pieces"]
    levels = np.concatenate([half >> 4, half & 15], 1)
    scales = read["pieces.scale"].reshape(len(levels), WIDTH // 32)
    model = Judge(len(levels), lower, upper)
    unscaled = np.ones(3 * WIDTH, np.float32)
    unscaled[:WIDTH] = (WIDTH // HEADS) ** 0.5
    unscaled = torch.from_numpy(unscaled)
    with torch.no_grad():
        model.table.weight.copy_(torch.from_numpy(floats(packed_of((levels, scales)))).view(-1, WIDTH))
        model.place.copy_(torch.from_numpy(read["place"].astype(np.float32))[:PLACES])
        model.norm.weight.copy_(torch.from_numpy(read["norm.w"]))
        model.norm.bias.copy_(torch.from_numpy(read["norm.b"]))
        for of, side, blocks in ((read, "lower", model.lower), (ask, "upper", model.upper)):
            for at, block in enumerate(blocks):
                for part in ("out", "up", "down"):
                    getattr(block, part).weight.copy_(matrix(of, f"{side}.{at}.{part}"))
                    getattr(block, part).bias.copy_(torch.from_numpy(of[f"{side}.{at}.{part}.b"]))
                for part in ("norm1", "norm2"):
                    getattr(block, part).weight.copy_(torch.from_numpy(of[f"{side}.{at}.{part}.w"]))
                    getattr(block, part).bias.copy_(torch.from_numpy(of[f"{side}.{at}.{part}.b"]))
                block.qkv.weight.copy_(matrix(of, f"{side}.{at}.qkv") * unscaled[:, None])
                block.qkv.bias.copy_(torch.from_numpy(of[f"{side}.{at}.qkv.b"]) * unscaled)
        model.told.copy_(torch.from_numpy(ask["told"]))
        model.near.weight.copy_(torch.from_numpy(ask["near.w"].astype(np.float32).T))
        model.near.bias.copy_(torch.from_numpy(ask["near.b"]))
        model.counts.weight.copy_(torch.from_numpy(ask["counts.w"].T))
        model.counts.bias.copy_(torch.from_numpy(ask["counts.b"]))
        model.score.weight.copy_(torch.from_numpy(ask["score.w"].T))
        model.score.bias.copy_(torch.from_numpy(ask["score.b"]))
        share = next(c for n, c in ask.items() if n.startswith("c") and c.shape == () and 1 < float(c) < 100)
        model.share.copy_(torch.tensor(float(share)))
    tokenizer(*pieces("judge-tokenizer.json")).save(str(HOME / "tokenizer.json"))
    state = {k: v.clone() for k, v in model.state_dict().items()}
    torch.save({"model": state, "shape": model.shape, "levels": levels, "scales": scales}, HOME / "start.pt")
    torch.save({"model": state, "shape": model.shape, "used": 0.0, "step": 0}, HOME / f"{options.name}.pt")
    mean = {"n_averaged": torch.tensor(1)} | {f"module.{k}": v for k, v in state.items()}
    torch.save({"model": state, "mean": mean, "optimizer": None, "used": 0.0, "step": 0}, HOME / f"{options.name}.state.pt")
    print(f"{len(levels)} pieces, {lower} + {upper} layers, share {float(model.share):.2f}")


if __name__ == "__main__":
    main()
