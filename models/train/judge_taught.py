"""Trains the judge by what its teacher says (`judge_distil.py` makes the teacher), on one GPU.

    python judge_taught.py --material FILE --out DIR --name judge --teacher teacher --lower 3 --upper 7 --seconds 330

The teacher first judges every square once: whole excerpts, rows, and excerpts whose passages were cut or joined. The judge
then sees these squares again and again. A square goes through it as a block (`Judge.squares`).
"""

import argparse
import copy
import json
import lzma
import math
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

import judge_distil as D
from judge_model import Block, coarse

UNKNOWN = -99.0


def variants(material, rng, options):
    """Squares of full texts, each with a passage of another as its last: what a teacher is asked of."""
    squares = D.Squares(material, rng)
    made = []
    for kind, count in (("excerpts", len(material["excerpts"])), ("rows", len(material["rows"])), ("interviews", len(material["interviews"])),
                        ("cut", options.cut), *((kind, options.neighbours) for kind in ("pairs", "reading", "across") if kind in material)):
        for _ in range(count):
            square = squares.next(kind)
            told = rng.random() < 0.45
            made.append({"q": [D.question(q) for q in square["q"]], "p": [D.passage(p, a if told else ()) for p, a in zip(square["p"], square["asked"])],
                         "y": square["y"], "kind": kind})
    for square, other in zip(made, rng.sample(made, len(made))):
        if other is not square:
            square["p"].append(rng.choice(other["p"]))
            square["y"] = np.concatenate([square["y"], np.zeros((len(square["q"]), 1), np.int8)], 1)
    return made


def teach(teachers, squares, seconds):
    """Adds what the teachers say (`told`); squares come in any order, and what the time does not suffice for stays unknown."""
    started, done = time.time(), 0
    for start in range(0, len(squares), 40):
        some = squares[start : start + 40]
        if time.time() - started > seconds:
            break
        asked, passages, pairs = [], [], []
        for square in some:
            q0, p0 = len(asked), len(passages)
            asked += square["q"]
            passages += square["p"]
            pairs += [(q0 + q, p0 + p) for q in range(len(square["q"])) for p in range(len(square["p"]))]
        scores = np.mean([D.scores_of(teacher, asked, passages, pairs, 2048) for teacher in teachers], 0)
        for square in some:
            size = len(square["q"]) * len(square["p"])
            square["told"] = scores[:size].reshape(len(square["q"]), -1).astype(np.float32)
            scores = scores[size:]
            done += size
    for teacher in teachers:
        teacher.eval()
    print(f"the teacher judged {done} pairs of {sum('told' in s for s in squares)} of {len(squares)} squares in {time.time() - started:.0f}s", flush=True)


class Blocks(IterableDataset):
    """Batches of squares that are made alike in size."""

    def __init__(self, squares, pairs, seed):
        self.squares, self.pairs, self.seed = squares, pairs, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = random.Random(self.seed * 1000 + (worker.id if worker else 0))
        torch.set_num_threads(1)
        order = []
        while True:
            size = min(60, len(self.squares))
            if len(order) < size:
                order = rng.sample(range(len(self.squares)), len(self.squares))
            pool = sorted((self.squares[order.pop()] for _ in range(size)), key=lambda s: (len(s["q"]), len(s["p"]), max(map(len, s["p"]))))
            groups, group = [], []
            for square in pool:
                if group and (len(group) + 1) * size_of(group + [square]) > self.pairs:
                    groups.append(group)
                    group = []
                group.append(square)
            groups.append(group)
            rng.shuffle(groups)
            yield from map(block_of, groups)


def size_of(group):
    return max(len(s["q"]) for s in group) * max(len(s["p"]) for s in group)


def block_of(group):
    q, p = max(len(s["q"]) for s in group), max(len(s["p"]) for s in group)
    empty = [D.BEGIN, D.END]
    labels = np.full((len(group), q, p), -1, np.int8)
    told = np.full((len(group), q, p), UNKNOWN, np.float32)
    alone = np.zeros((len(group), q, p), bool)
    for at, square in enumerate(group):
        y = square["y"]
        labels[at, : y.shape[0], : y.shape[1]] = y
        alone[at, : y.shape[0], : y.shape[1]] = square["kind"] in D.LABELLED
        if "told" in square:
            told[at, : y.shape[0], : y.shape[1]] = square["told"]
    n = np.arange(labels.size).reshape(labels.shape)
    pairs = np.stack([n // p, (n // (p * q)) * p + n % p]).reshape(2, -1)
    return {"questions": D.padded([t for s in group for t in s["q"] + [empty] * (q - len(s["q"]))]),
            "passages": D.padded([t for s in group for t in s["p"] + [empty] * (p - len(s["p"]))]), "count": len(group),
            "labels": torch.from_numpy(labels.reshape(-1).astype(np.int64)), "told": torch.from_numpy(told.reshape(-1)),
            "alone": torch.from_numpy(alone.reshape(-1)), "pairs": torch.from_numpy(pairs)}


def block_loss(logits, batch, count):
    """The labels' loss square by square, and how far the judge is from its teacher."""
    shape = (count, len(batch["questions"]) // count, len(batch["passages"]) // count)
    grid, labels = logits.view(shape), batch["labels"].view(shape)
    right, wrong = labels == 1, labels == 0
    total = logits.sum() * 0.0
    for axis in (1, 2):
        against = torch.where(wrong, grid, -1e4).logsumexp(axis, keepdim=True)
        total = total + (F.softplus(against - grid) * right).sum() / right.sum().clamp(min=1)
    counted = batch["alone"] & (batch["labels"] >= 0)
    alone = F.binary_cross_entropy_with_logits(logits, batch["labels"].clamp(min=0).float(), reduction="none")
    total = total + 0.7 * (alone * counted).sum() / counted.sum().clamp(min=1)
    known = batch["told"] > UNKNOWN
    told = batch["told"].clamp(-9, 9)
    apart = F.binary_cross_entropy_with_logits(logits, torch.sigmoid(told), reduction="none") + 0.25 * F.smooth_l1_loss(logits, told, reduction="none")
    # Which passage is better: what orders the answers.
    both = known.view(shape)
    lists = F.kl_div(torch.where(both, grid, -1e4).log_softmax(2), torch.where(both, told.view(shape), -1e4).log_softmax(2), reduction="none", log_target=True)
    lists = (lists * both).sum(2)[both.any(2)]
    return 0.3 * total + (apart * known).sum() / known.sum().clamp(min=1) + (0.3 * lists.mean() if len(lists) else 0.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--teacher", nargs="*", default=[])
    parser.add_argument("--begin", help="a judge to go on from; else it begins with layers of the teacher")
    parser.add_argument("--lower", type=int, default=3)
    parser.add_argument("--upper", type=int, default=7)
    parser.add_argument("--layers", type=lambda s: [int(x) for x in s.split(",")], default=[0, 1, 2, 3, 4, 5, 7, 8, 10, 11])
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--teach", type=float, default=60, help="the most seconds of the teacher")
    parser.add_argument("--cut", type=int, default=1100)
    parser.add_argument("--neighbours", type=int, default=500)
    parser.add_argument("--coarse", type=float, default=0.4)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--pairs", type=int, default=1400)
    parser.add_argument("--drop", type=float, default=0.05)
    parser.add_argument("--mean", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=11)
    parser.add_argument("--every", type=float, default=120)
    options = parser.parse_args()
    began = time.time()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(options.seed)
    torch.set_float32_matmul_precision("high")
    rng = random.Random(options.seed)
    with lzma.open(options.material) as packed:
        material = pickle.load(packed)
    teachers = [D.load(options.out, name, material["weights"]).to(device).eval() for name in options.teacher]
    if options.begin:
        model = D.load(options.out, options.begin, material["weights"])
    else:
        model = D.begin(material["weights"], {"lower": options.lower, "upper": options.upper}, options.layers)
        D.follow(model, teachers[0].cpu(), options.layers)
        teachers[0].to(device)
    model.to(device)
    if not options.begin:
        D.centre(model, [D.passage(square["p"][0]) for square in material["rows"][:48]])
    squares = variants(material, rng, options)
    rng.shuffle(squares)
    Block.drop = 0.0
    teach(teachers, squares, options.teach)
    Block.drop = options.drop
    model.table.weight.requires_grad_(False)
    model.place.requires_grad_(False)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": [p for p in learned if p.ndim > 1], "weight_decay": 0.02}, {"params": [p for p in learned if p.ndim < 2], "weight_decay": 0.0}],
                                  lr=options.rate, betas=(0.9, 0.98), fused=device.type == "cuda")
    mean = copy.deepcopy(model)
    report = {"options": {k: str(v) for k, v in vars(options).items()}, "held": []}
    source = iter(DataLoader(Blocks(squares, options.pairs, options.seed), batch_size=None, num_workers=options.workers, prefetch_factor=6 if options.workers else None))

    def look(step):
        found = D.held_rows(mean, material["held rows"]) | D.held_excerpts(mean, material["held excerpts"])
        print(options.name, step, f"{time.time() - began:.0f}s", json.dumps(found), flush=True)
        report["held"].append([step, found])

    print(f"{options.name}: {time.time() - began:.0f}s to begin, {sum(p.numel() for p in learned)} numbers learn", flush=True)
    step, losses, started, looked, seen, waited = 0, [], time.time(), time.time(), 0, 0.0
    model.train()
    while (share := (time.time() - started) / options.seconds) < 1:
        if share > options.coarse and not next(m for m in model.modules() if hasattr(m, "coarse")).coarse:
            coarse(model)
            coarse(mean)
            model.shape["coarse"] = mean.shape["coarse"] = True
        pace = min(1, (step + 1) / 150) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in optimizer.param_groups:
            group["lr"] = options.rate * pace
        waits = time.time()
        batch = next(source)
        waited += time.time() - waits
        count = batch.pop("count")
        batch = {k: v.to(device, non_blocking=True) for k, v in batch.items()}
        q, p = batch["questions"], batch["passages"]
        q_mask, p_mask = (q != D.PAD).long(), (p != D.PAD).long()
        with torch.autocast(device.type, torch.bfloat16):
            logits = model.squares(model.read(q, q_mask), q_mask, model.read(p, p_mask), p_mask, count).float()
        loss = block_loss(logits, batch, count)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        step += 1
        seen += len(logits)
        keep = min(options.mean, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(mean.parameters()), [p.detach() for p in model.parameters()], 1 - keep)
        losses.append(loss.detach())
        if step in (5, 20, 60, 120) or step % 400 == 0:
            print(options.name, step, f"{time.time() - began:.0f}s loss {torch.stack(losses[-200:]).mean().item():.3f} {seen} pairs, {waited:.0f}s waited", flush=True)
        if time.time() - looked > options.every:
            look(step)
            D.save(mean, options.out, options.name, report)
            looked = time.time()
    look(step)
    D.save(mean, options.out, options.name, report)
    if "traces" in material:
        report["traced"] = D.traced(mean, material)
    D.save(mean, options.out, options.name, report)
    print(f"{options.name}: done, {time.time() - began:.0f}s, {torch.cuda.max_memory_allocated() / 1e9 if device.type == 'cuda' else 0:.1f} GB", flush=True)


if __name__ == "__main__":
    main()
