"""Trains the judge by what its teacher says (`judge_distil.py` makes the teacher), on one GPU.

    python judge_taught.py --material FILE --out DIR --name judge --teacher teacher --lower 3 --upper 7 --seconds 330

The teacher first judges every square once: whole excerpts, rows, and excerpts whose passages were cut or joined. The judge
then sees these squares again and again. A square goes through it as a block (`Judge.squares`).
"""

import random
import time

import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

from judge_checkpoint import begin, centre, follow, load
from judge_held_out import scores_of
from judge_model import Block, coarse
from judge_squares import BEGIN, END, LABELLED, PAD, Squares, padded, passage, question
from judge_training import Training, parser_of, prepared

UNKNOWN = -99.0


def variants(material, rng, options):
    """Squares of full texts, each with a passage of another as its last: what a teacher is asked of."""
    squares = Squares(material, rng)
    made = []
    for kind, count in (("excerpts", len(material["excerpts"])), ("rows", len(material["rows"])), ("interviews", len(material["interviews"])),
                        ("cut", options.cut), *((kind, options.neighbours) for kind in ("pairs", "reading", "across") if kind in material)):
        for _ in range(count):
            square = squares.next(kind)
            told = rng.random() < 0.45
            made.append({"q": [question(q) for q in square["q"]], "p": [passage(p, a if told else ()) for p, a in zip(square["p"], square["asked"])],
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
        scores = np.mean([scores_of(teacher, asked, passages, pairs, 2048) for teacher in teachers], 0)
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
    empty = [BEGIN, END]
    labels = np.full((len(group), q, p), -1, np.int8)
    told = np.full((len(group), q, p), UNKNOWN, np.float32)
    alone = np.zeros((len(group), q, p), bool)
    for at, square in enumerate(group):
        y = square["y"]
        labels[at, : y.shape[0], : y.shape[1]] = y
        alone[at, : y.shape[0], : y.shape[1]] = square["kind"] in LABELLED
        if "told" in square:
            told[at, : y.shape[0], : y.shape[1]] = square["told"]
    n = np.arange(labels.size).reshape(labels.shape)
    pairs = np.stack([n // p, (n // (p * q)) * p + n % p]).reshape(2, -1)
    return {"questions": padded([t for s in group for t in s["q"] + [empty] * (q - len(s["q"]))]),
            "passages": padded([t for s in group for t in s["p"] + [empty] * (p - len(s["p"]))]), "count": len(group),
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


def options_of():
    parser = parser_of(__doc__)
    parser.set_defaults(lower=3, upper=7, layers=[0, 1, 2, 3, 4, 5, 7, 8, 10, 11], coarse=0.4, rate=3e-4, drop=0.05, workers=11, every=120)
    parser.add_argument("--begin", help="a judge to go on from; else it begins with layers of the teacher")
    parser.add_argument("--teach", type=float, default=60, help="the most seconds of the teacher")
    parser.add_argument("--cut", type=int, default=1100)
    parser.add_argument("--neighbours", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=1400)
    return parser.parse_args()


def beginning(options, material, teachers, device):
    """The model before the first step."""
    if options.begin:
        return load(options.out, options.begin, material["weights"]).to(device)
    model = begin(material["weights"], {"lower": options.lower, "upper": options.upper}, options.layers)
    follow(model, teachers[0].cpu(), options.layers)
    teachers[0].to(device)
    model.to(device)
    centre(model, [passage(square["p"][0]) for square in material["rows"][:48]])
    return model


def main():
    options, began = options_of(), time.time()
    device, material = prepared(options)
    rng = random.Random(options.seed)
    teachers = [load(options.out, name, material["weights"]).to(device).eval() for name in options.teacher]
    model = beginning(options, material, teachers, device)
    squares = variants(material, rng, options)
    rng.shuffle(squares)
    Block.drop = 0.0
    teach(teachers, squares, options.teach)
    Block.drop = options.drop
    blocks = Blocks(squares, options.pairs, options.seed)
    batches = iter(DataLoader(blocks, batch_size=None, num_workers=options.workers, prefetch_factor=6 if options.workers else None))
    training, is_coarse = Training(model, options, began, log_every=400), False
    while (share := training.share()) < 1:
        if share > options.coarse and not is_coarse:
            is_coarse = True
            for one in (model, training.mean):
                coarse(one)
                one.shape["coarse"] = True
        batch = training.next_batch(batches)
        q, p = batch["questions"], batch["passages"]
        q_mask, p_mask = (q != PAD).long(), (p != PAD).long()
        with torch.autocast(device.type, torch.bfloat16):
            logits = model.squares(model.read(q, q_mask), q_mask, model.read(p, p_mask), p_mask, batch["count"]).float()
        training.learn(block_loss(logits, batch, batch["count"]), len(logits), share)
        if training.is_time_to_look():
            training.look(material)
            training.save()
    training.look(material)
    training.end(material)


if __name__ == "__main__":
    main()
