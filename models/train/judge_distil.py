"""Trains the judge on one GPU, from `judge/material.pickle.xz` alone.

    python judge_distil.py --material FILE --out DIR --name teacher --together --seconds 400
    python judge_distil.py --material FILE --out DIR --name judge --teacher teacher --lower 3 --upper 7 --seconds 300

The teacher's twelve layers read question and passage together. The judge has the shape that the program runs, and learns from
the labels and from what the teacher says, also of passages that were cut or joined. Every run leaves its weights (the tables
stay as they are) in half precision, in parts, and a JSON with what it says of held-out rows and of the traced questions.
"""

import random
import time

import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

from judge_checkpoint import begin, centre, follow, load
from judge_held_out import logits_of
from judge_model import Block, coarse
from judge_squares import Squares, padded, passage, question
from judge_training import Training, parser_of, prepared

# What a batch is of, by turns: at first everything that answers, then what was judged by reading.
FIRST = {"pairs": 0.5, "reading": 0.28, "across": 0.22}
LATER = {"excerpts": 0.62, "rows": 0.2, "interviews": 0.05, "pairs": 0.06, "reading": 0.04, "across": 0.03}
TAUGHT = {"excerpts": 0.38, "rows": 0.15, "interviews": 0.04, "cut": 0.25, "pairs": 0.08, "reading": 0.05, "across": 0.05}


def batch_of(squares, rng):
    """Tensors of some squares, each question also asked of a passage of the next square."""
    questions, passages, pairs, labels, alone, spans = [], [], [], [], [], []
    for square in squares:
        told = rng.random() < 0.45
        spans.append((len(questions), len(passages)))
        questions += [question(q) for q in square["q"]]
        passages += [passage(p, a if told else ()) for p, a in zip(square["p"], square["asked"])]
    for at, square in enumerate(squares):
        q0, p0 = spans[at]
        judged = square["src"] not in ("pairs", "reading", "across", "cut")
        for q in range(len(square["q"])):
            for p in range(len(square["p"])):
                if square["y"][q, p] >= 0 or square["src"] == "cut":
                    pairs.append((q0 + q, p0 + p))
                    labels.append(int(square["y"][q, p]))
                    alone.append(judged)
            if len(squares) > 1 and rng.random() < 0.4:
                other = (at + 1) % len(squares)
                pairs.append((q0 + q, spans[other][1] + rng.randrange(len(squares[other]["p"]))))
                labels.append(0)
                alone.append(judged)
    return {"questions": padded(questions), "passages": padded(passages), "both": padded([questions[q] + passages[p][1:] for q, p in pairs]),
            "pairs": torch.tensor(pairs).T.contiguous(), "labels": torch.tensor(labels), "alone": torch.tensor(alone)}


class Batches(IterableDataset):
    def __init__(self, material, plan, tokens, seed):
        self.material, self.plan, self.tokens, self.seed = material, plan, tokens, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = random.Random(self.seed * 1000 + (worker.id if worker else 0))
        torch.set_num_threads(1)
        squares, kinds = Squares(self.material, rng), list(self.plan)
        while True:
            kind = rng.choices(kinds, [self.plan[k] for k in kinds])[0]
            pool, size = [], 0
            while size < 5 * self.tokens:
                square = squares.next(kind)
                pool.append(square)
                size += cost(square)
            # Squares of like length share a batch.
            pool.sort(key=lambda s: max(map(len, s["p"])))
            groups, group, size = [], [], 0
            for square in pool:
                if group and size + cost(square) > self.tokens:
                    groups.append(group)
                    group, size = [], 0
                group.append(square)
                size += cost(square)
            for group in rng.sample(groups, len(groups)):
                rng.shuffle(group)
                yield batch_of(group, rng)


def cost(square):
    return len(square["q"]) * len(square["p"]) * (18 + max(map(len, square["p"])))


def loss_of(logits, batch):
    """Softmax over the wrong passages of a question and over the wrong questions of a passage, and each pair alone."""
    right, wrong = batch["labels"] == 1, batch["labels"] == 0
    if not right.any():
        return logits.sum() * 0.0
    total = 0.0
    for side in batch["pairs"]:
        same = (side[right][:, None] == side[None, :]) & wrong[None, :]
        against = torch.where(same, logits[None, :], -1e4).logsumexp(1)
        total = total + F.softplus(against - logits[right]).mean()
    counted = batch["alone"] & (batch["labels"] >= 0)
    alone = F.binary_cross_entropy_with_logits(logits, batch["labels"].clamp(min=0).float(), reduction="none")
    return total + 0.7 * (alone * counted).sum() / counted.sum().clamp(min=1)


def taught_loss(logits, told):
    """How far the judge is from its teacher: pair by pair, as odds and as logits."""
    told = told.clamp(-9, 9)
    return F.binary_cross_entropy_with_logits(logits, torch.sigmoid(told)) + 0.25 * F.smooth_l1_loss(logits, told)


def options_of():
    parser = parser_of(__doc__)
    parser.set_defaults(lower=6, upper=6, coarse=2.0, rate=2e-4, drop=0.1, workers=12, every=100)
    parser.add_argument("--together", action="store_true", help="every layer reads question and passage together")
    parser.add_argument("--first", type=float, default=0.2, help="share of the time on pairs that nobody judged")
    parser.add_argument("--tokens", type=int, default=80_000, help="tokens of a batch, if question and passage are read together")
    parser.add_argument("--compile", action="store_true", help="compile the layers: half a minute once")
    return parser.parse_args()


def beginning(options, material, teachers, device):
    """The model before the first step."""
    layers = options.layers or list(range(options.lower + options.upper))
    model = begin(material["weights"], {"lower": options.lower, "upper": options.upper, "together": options.together}, layers)
    if teachers:
        follow(model, teachers[0].cpu(), layers)
        teachers[0].to(device)
    model.to(device)
    if options.together:
        for part in (model.near.weight, model.near.bias, model.counts.weight, model.counts.bias, model.share, model.told):
            part.requires_grad_(False)
    else:
        centre(model, [passage(square["p"][0]) for square in material["rows"][:48]])
    return model


def main():
    options, began = options_of(), time.time()
    device, material = prepared(options)
    teachers = [load(options.out, name, material["weights"]).to(device).eval() for name in options.teacher]
    model = beginning(options, material, teachers, device)
    Block.drop = options.drop
    if options.compile:
        torch._dynamo.config.cache_size_limit = 64
        Block.forward = torch.compile(Block.forward, dynamic=True)
        Block.across = torch.compile(Block.across, dynamic=True)

    def source(plan, seed):
        return iter(DataLoader(Batches(material, plan, options.tokens, seed), batch_size=None, num_workers=options.workers, prefetch_factor=4 if options.workers else None))

    later, first = TAUGHT if teachers else LATER, bool(options.first)
    batches = source(FIRST if first else later, options.seed)
    training = Training(model, options, began, log_every=200)
    while (share := training.share()) < 1:
        if first and share > options.first:
            first, batches = False, source(later, options.seed + 50)
        if share > options.coarse:
            coarse(model)
        batch = training.next_batch(batches)
        with torch.autocast(device.type, torch.bfloat16):
            if teachers:
                with torch.no_grad():
                    told = torch.stack([logits_of(teacher, batch) for teacher in teachers]).mean(0)
            logits = logits_of(model, batch)
        loss = loss_of(logits, batch)
        if teachers:
            loss = 0.4 * loss + taught_loss(logits, told)
        training.learn(loss, len(batch["labels"]), share)
        if training.is_time_to_look():
            if share > options.coarse:
                coarse(training.mean)
            training.look(material)
    if options.coarse < 1:
        coarse(training.mean)
    training.look(material)
    training.end(material)


if __name__ == "__main__":
    main()
