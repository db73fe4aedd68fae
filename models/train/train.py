"""Training: distil the English teacher over parallel lines, learn questions and answers.

A step of parallel lines: both sides regress the teacher's vector of the English
side (in the teacher's own first principal directions), and each must find the other among the
batch. The steps between take question-answer pairs of one source: each question must find its
answer, and each answer its question, among the others of the same source. "Across" steps take a
few words of a paragraph in one language, which must find the whole in the other.

The result is the running mean of the weights (Polyak averaging), which learns what a slower
schedule would.
"""

import argparse
import json
import time

import numpy as np
import torch
from torch.nn import functional as F

import common
from batches import Batches
from common import SEED, WORK, seed_everything
from model import Encoder, embed
from tokens import Texts

SCALE = 20.0


class Teaching:
    """Teacher vectors turned to the student's width by their principal directions."""

    def __init__(self, width: int):
        files = sorted((WORK / "teacher").glob("*.npy"))
        whole = [f for at, f in enumerate(files) if f.name == f"{at:03}.npy"]
        self.vectors = np.concatenate([np.load(f) for f in whole])
        basis = WORK / f"basis{width}.npy"
        if not basis.exists() and width == self.vectors.shape[1]:
            np.save(basis, np.eye(width, dtype=np.float32))
        if not basis.exists():
            some = self.vectors[:100_000].astype(np.float32)
            _, _, directions = np.linalg.svd(some.T @ some)
            np.save(basis, directions[:width].T)
        self.basis = torch.from_numpy(np.load(basis))

    def __len__(self):
        return len(self.vectors)

    def take(self, rows):
        return F.normalize(torch.from_numpy(self.vectors[rows].astype(np.float32)) @ self.basis, dim=-1)


def starting_table(model, teaching, texts):
    """Each token's first vector: the mean of the teacher's vectors of the lines it stands in."""
    with torch.no_grad():
        centre = teaching.take(np.arange(20000)).mean(0)
        total, counts = torch.zeros_like(model.table), torch.ones(len(model.table))
        for start in range(0, len(teaching), 8192):
            rows = np.arange(start, min(start + 8192, len(teaching)))
            taught = teaching.take(rows) - centre
            for side in ("parallel.en", "parallel.zh"):
                ids, offsets = texts[side].take(rows)
                lengths = np.diff(np.append(offsets, len(ids)))
                owners = torch.from_numpy(np.repeat(np.arange(len(rows)), lengths))
                total.index_add_(0, torch.from_numpy(ids), taught[owners])
                counts.index_add_(0, torch.from_numpy(ids), torch.ones(len(ids)))
        model.table.copy_(total / (counts + 3).unsqueeze(1))
        # Frequent tokens say little: the usual a / (a + p) start for the learned weights.
        share = counts / counts.sum()
        model.weight.copy_((1e-3 / (1e-3 + share)).log())


def both_ways(a, b):
    """Each must find its partner among the batch, in both directions."""
    scores = SCALE * a @ b.T
    labels = torch.arange(len(a))
    return (F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2


def loss_of(model, kind, rows, batches, teaching):
    def vectors(name, longest, dropped):
        return embed(model, *batches.texts[name].take_some(rows, batches.rng, longest, dropped))

    if kind == "pairs":
        longest = int(batches.rng.choice((48, 64, 112)))
        return both_ways(vectors("pairs.q", 48, 0.1), vectors("pairs.p", longest, 0.1))
    if kind == "across":
        asked, told = ("en", "zh") if batches.rng.random() < 0.5 else ("zh", "en")
        few = int(batches.rng.choice((12, 18, 28)))
        return both_ways(vectors(f"parallel.{asked}", few, 0.15), vectors(f"parallel.{told}", 128, 0.05))
    taught = teaching.take(rows)
    en, zh = vectors("parallel.en", 96, 0.02), vectors("parallel.zh", 96, 0.02)
    regress = 2 - (en * taught).sum(-1).mean() - (zh * taught).sum(-1).mean()
    return 4 * regress + both_ways(zh, en) + (both_ways(zh, taught) + both_ways(en, taught)) / 2


@torch.no_grad()
def held_out(model) -> dict:
    """hit@1 among 2,000 on held-out training data: the only figures anything is chosen by."""
    model.eval()

    def vectors(name):
        texts = Texts(name)
        order = np.argsort(texts.lengths(), kind="stable")
        out = torch.zeros(len(texts), model.shape["width"])
        for rows in np.array_split(order, max(1, len(order) // 64)):
            out[torch.from_numpy(rows)] = embed(model, *texts.take(rows))
        return out

    figures = {}
    for name, left, right in (("parallel", "zh", "en"), ("pairs", "q", "p")):
        a, b = vectors(f"heldout_{name}.{left}"), vectors(f"heldout_{name}.{right}")
        for label, scores in ((f"{left}>{right}", a @ b.T), (f"{right}>{left}", b @ a.T)):
            own = scores.diagonal().unsqueeze(1)
            rank = (scores > own).sum(1) + 1
            figures[label] = round(float((rank == 1).float().mean()), 4)
            figures[label + " mrr"] = round(float((1 / rank).mean()), 4)
        if name == "pairs":
            sources = json.loads((WORK / "tokens" / "sources.json").read_text())["heldout_pairs"]
            interviews = torch.tensor([s.startswith("audreyt_interviews") for s in sources])
            figures["interviews mrr"] = round(float((1 / ((a @ b.T > (a * b).sum(1, True)).sum(1) + 1))[interviews].mean()), 4)
    model.train()
    return figures


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="static")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--pairs", type=int, default=1024, help="question-answer pairs per batch")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", help="name of the run whose table and weights to begin with")
    parser.add_argument("--slow", type=float, default=0.3, help="pace of the layers beside the table's")
    parser.add_argument("--kinds", nargs="+", default=["parallel", "pairs"], help="kinds of step, in turn")
    parser.add_argument("--mean", type=float, default=0.0, help="how slowly the running mean follows")
    parser.add_argument("--every", type=int, default=500)
    options = parser.parse_args(argv)
    seed_everything()
    torch.set_num_threads(common.threads())
    done, state = WORK / f"{options.name}.pt", WORK / f"{options.name}.state.pt"
    if done.exists():
        return
    teaching = Teaching(options.width)
    batches = Batches(options.batch, options.pairs, SEED, len(teaching))
    vocabulary = int((WORK / "vocab.done").read_text())
    model = Encoder(vocabulary, options.width)
    if options.start:
        saved = torch.load(WORK / f"{options.start}.pt", weights_only=False)
        model = Encoder(**saved["shape"])
        model.load_state_dict(saved["model"])
    elif not state.exists():
        starting_table(model, teaching, batches.texts)
    # Layers that begin as the teacher's move more slowly than the table.
    known = [model.table, model.weight]
    layers = [p for p in model.parameters() if all(p is not k for k in known)]
    groups = [{"params": known, "pace": 1.0}, {"params": layers, "pace": options.slow}]
    optimizer = torch.optim.Adam([g for g in groups if g["params"]], lr=options.rate, betas=(0.9, 0.98), fused=True)
    first = 0
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(options.mean))
    if state.exists():
        saved = torch.load(state, weights_only=False)
        model.load_state_dict(saved["model"])
        mean.load_state_dict(saved["mean"])
        optimizer.load_state_dict(saved["optimizer"])
        first, batches.rng = saved["step"], saved["rng"]
    began, losses = time.time(), {k: [] for k in options.kinds}
    print(f"{options}: {len(teaching)} taught lines; before: {held_out(model)}", flush=True)
    for step in range(first, options.steps):
        for part in optimizer.param_groups:
            warm = min(1, (step + 1) / 100)
            part["lr"] = options.rate * part["pace"] * warm * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * step / options.steps)))
        kind, rows = batches.next(options.kinds[step % len(options.kinds)])
        loss = loss_of(model, kind, rows, batches, teaching)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        mean.update_parameters(model)
        losses[kind].append(loss.item())
        if (step + 1) % options.every == 0:
            means = {k: round(float(np.mean(v[-options.every // 2 :])), 3) for k, v in losses.items()}
            print(f"{step + 1} {time.time() - began:.0f}s {means} {held_out(mean.module)}", flush=True)
            half = state.with_suffix(".half")
            torch.save({"model": model.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict(),
                        "step": step + 1, "rng": batches.rng}, half)
            half.replace(state)
    torch.save({"model": mean.module.state_dict(), "shape": model.shape, "figures": held_out(mean.module)}, done)
    state.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
