"""Trains the judge until a given time of day or for a number of seconds; a stopped run goes on where it was.

Of every square a question must find its passage and a passage its questions (softmax both ways), and each pair is
right or wrong by itself (so that the logit can be calibrated). The pace falls with the time that is used up, not with
steps: the machine may be shared. The result is the running mean of the weights.
"""

import argparse
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from common import HERE, SEED, seed_everything
from judge_model import Judge
from judge_rows import Reader, excerpt_squares, pair_squares, read_excerpts, read_interviews, read_pairs, read_rows
from judge_start import HOME, PAD


def padded(texts):
    """Token numbers and mask of texts of different lengths."""
    ids = torch.full((len(texts), max(map(len, texts))), PAD)
    for at, text in enumerate(texts):
        ids[at, : len(text)] = torch.tensor(text)
    return ids, (ids != PAD).long()


class Batch:
    """Squares side by side, and each one's questions asked of a passage of the next: a wrong one of another matter."""

    def __init__(self, squares, reader, rng=None, strangers=True, always=False):
        questions, passages, pairs, labels, groups = [], [], [], [], []
        spans = []
        for square in squares:
            told = square["asked"] if rng is None or rng.random() < 0.3 else ""
            spans.append((len(questions), len(passages)))
            questions += [reader.question(q) for q in square["questions"]]
            passages += [reader.passage(p, told) for p in square["passages"]]
        for at, square in enumerate(squares):
            q0, p0 = spans[at]
            for q in range(len(square["questions"])):
                for p in range(len(square["passages"])):
                    if square["labels"][q, p] >= 0:
                        pairs.append((q0 + q, p0 + p))
                        labels.append(int(square["labels"][q, p]))
                        groups.append(square["src"] != "pairs")
                if strangers and len(squares) > 1 and (rng is None or always or rng.random() < 0.4):
                    other = (at + 1) % len(squares)
                    place = spans[other][1] + (rng or random).randrange(len(squares[other]["passages"]))
                    pairs.append((q0 + q, place))
                    labels.append(0)
                    groups.append(square["src"] != "pairs")
        self.questions, self.passages = padded(questions), padded(passages)
        self.both = padded([questions[q] + passages[p][1:] for q, p in pairs])
        self.pairs, self.labels = torch.tensor(pairs).T, torch.tensor(labels)
        self.alone = torch.tensor(groups)

    def logits(self, model):
        with torch.autocast("cpu", torch.bfloat16, enabled=model.shape.get("half", False)):
            if model.shape.get("together"):
                return model.together(*self.both).float()
            q, p = self.questions, self.passages
            return model.judge(model.read(*q), q[1], model.read(*p), p[1], self.pairs[0], self.pairs[1]).float()


def loss_of(logits, batch):
    """Softmax over the wrong passages of a question and over the wrong questions of a passage, and each pair alone."""
    right, wrong = batch.labels == 1, batch.labels == 0
    total = 0.0
    for side in batch.pairs:
        same = (side[right][:, None] == side[None, :]) & wrong[None, :]
        against = torch.where(same, logits[None, :], torch.full_like(logits, -1e4)[None, :]).logsumexp(1)
        total = total + F.softplus(against - logits[right]).mean()
    alone = F.binary_cross_entropy_with_logits(logits, batch.labels.float(), reduction="none")
    # Another answer of the interview may speak to the question too: pairs say only which does more.
    return total + 0.7 * (alone * batch.alone).sum() / batch.alone.sum().clamp(min=1)


@torch.no_grad()
def held_out(model, squares, reader) -> dict:
    """Right passage of three, right question for the near miss's passage, and the AUROC of pairs;
    and how much the form of a question gives away: the same with a stranger's passage in place of the right one."""
    model.eval()
    hits, pairs, told, strange = [], [], [], []
    order = sorted(squares, key=lambda s: sum(map(len, s["passages"])))
    for start in range(0, len(order), 6):
        some = order[start : start + 6]
        batch = Batch(some, reader, random.Random(SEED), always=True)
        logits = batch.logits(model)
        by_question = {}
        for q, p, y, s in zip(*batch.pairs.tolist(), batch.labels.tolist(), logits.tolist()):
            by_question.setdefault(q, []).append((s, y, p))
        at = 0
        for square in some:
            n = square["labels"].shape[0]
            for q in range(n):
                scores = by_question[at + q]
                own, stranger = scores[:-1], scores[-1][0]
                hits.append(max(own)[1])
                pairs += [(s, y) for s, y, _ in own]
                # Over the row's first passage, as the program meets it: a question it answers, or a near miss.
                told.append((own[0][0], own[0][1]))
                strange.append((stranger if own[0][1] else own[0][0], own[0][1]))
            at += n
    model.train()
    return {"of three": round(float(np.mean(hits)), 3), "pairs": auroc(pairs), "first": auroc(told), "form": auroc(strange)}


@torch.no_grad()
def held_excerpts(model, excerpts, reader) -> dict:
    """Over an excerpt's own passages, as the program asks: is the best a right one, and does its score tell answered questions from others?"""
    model.eval()
    first, best = [], []
    for excerpt in excerpts:
        asked, passages = excerpt["questions"], excerpt["passages"]
        square = {"questions": [one["q"] for one in asked], "passages": passages, "asked": "", "src": "", "labels": np.zeros((len(asked), len(passages)), np.int8)}
        logits = Batch([square], reader).logits(model).view(len(asked), len(passages))
        for one, scores in zip(asked, logits.tolist()):
            own = {*one.get("yes", [])}
            top = max(range(len(passages)), key=scores.__getitem__)
            if own:
                first.append(top + 1 in own)
            if own or not one.get("maybe"):
                best.append((scores[top], bool(own)))
    model.train()
    return {"hit@1": round(float(np.mean(first)), 3), "auroc": auroc(best)} if excerpts else {}


def auroc(pairs) -> float:
    scores = np.array([s for s, _ in pairs])
    labels = np.array([y for _, y in pairs])
    good, bad = scores[labels == 1], scores[labels == 0]
    return round(float((good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()), 3)


def free_threads(most: int) -> int:
    """As many threads as cores that nobody else uses: at the lowest priority a thread that shares one holds up all others."""
    running = [int(line.split()[1]) for line in Path("/proc/stat").read_text().splitlines() if line.startswith("procs_running")]
    return max(1, most - max(0, running[0] - 1)) if running else most


def by_size(squares, most):
    """Batches of up to `most` squares of three passages; larger squares count for more."""
    batch, used = [], 0.0
    for square in squares:
        weight = max(1.0, len(square["passages"]) / 4)
        if batch and used + weight > most:
            yield batch
            batch, used = [], 0.0
        batch.append(square)
        used += weight
    if batch:
        yield batch


def batches(options, reader, rng):
    """Batches without end: rows by length, interviews and pairs between them."""
    pairs = list(read_pairs(options.data)) if options.pairs else []
    squares = {"pairs": pair_squares(pairs, rng)}
    interviews = read_interviews(options.data, rng)
    print(f"{len(pairs)} pairs, {len(interviews)} interviews", flush=True)
    used = Counter()

    def least_used(all_of, most):
        order = sorted(all_of, key=lambda one: (used[one["passages"][0]], rng.random()))[:most]
        used.update(one["passages"][0] for one in order)
        return order

    while True:
        rows, _ = read_rows(options.data, options.rows)
        excerpts, _ = read_excerpts(options.data, options.rows)
        print(f"{len(rows)} rows and {len(excerpts)} excerpts", flush=True)
        rows = least_used(rows, options.part // 2)
        for excerpt in least_used(excerpts, options.part // 3):
            rows += list(excerpt_squares(excerpt, rng))
        if rng.random() < 0.3:
            for interview in interviews:
                rows += list(interview.squares())
        rng.shuffle(rows)
        # Rows of like length share a batch, and batches come in any order.
        parts = [sorted(rows[i : i + 24 * options.batch], key=lambda s: sum(map(len, s["passages"])) * (2 if s["lang"] == "zh" else 1))
                 for i in range(0, len(rows), 24 * options.batch)]
        whole = [batch for part in parts for batch in by_size(part, options.batch)]
        rng.shuffle(whole)
        for some in whole:
            share = yield some
            if rng.random() < (share or 0):
                yield [next(squares["pairs"]) for _ in range(max(2, options.batch - 1))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=Path, default=HERE / "rows", help="folder with more rows, read again at every epoch")
    parser.add_argument("--name", default="judge")
    parser.add_argument("--seconds", type=float, default=7200)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--part", type=int, default=600, help="twice the rows, and three times the excerpts, between two looks into the folder: those first that were used least")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--pairs", type=float, default=0.2, help="share of steps on interviewers' questions, at first")
    parser.add_argument("--frozen", type=int, default=2, help="lowest layers that stay as they are")
    parser.add_argument("--mean", type=float, default=0.985)
    parser.add_argument("--save", type=float, default=240, help="seconds between checkpoints")
    parser.add_argument("--every", type=float, default=900, help="seconds between looks at what is held out")
    parser.add_argument("--began", type=float, default=0.0, help="share of the pace that is over when a stopped run goes on: the rest falls from here")
    parser.add_argument("--spare", action="store_true", help="no more threads than cores that nobody else uses")
    parser.add_argument("--together", action="store_true", help="every layer reads question and passage together")
    parser.add_argument("--half", action="store_true", help="products in bfloat16: 1.7 times as quick where the processor has it")
    parser.add_argument("--look", type=int, default=150, help="held-out rows to look at")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    seed_everything()
    torch.set_num_threads(options.threads)
    reader = Reader(Tokenizer.from_file(str(HOME / "tokenizer.json")))
    start = torch.load(HOME / "start.pt", weights_only=False)
    model = Judge(**start["shape"])
    model.load_state_dict(start["model"])
    if options.together:
        del model.near, model.counts, model.share, model.told
        model.upper = model.upper[:2]
        model.shape["together"] = True
    model.shape["half"] = options.half
    model.table.weight.requires_grad_(False)
    model.place.requires_grad_(False)
    for part in (model.norm, *model.lower[: options.frozen]):
        part.requires_grad_(False)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": [p for p in learned if p.ndim > 1], "weight_decay": 0.01}, {"params": [p for p in learned if p.ndim < 2], "weight_decay": 0.0}],
                                  lr=options.rate, betas=(0.9, 0.98), fused=True)
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(options.mean))
    state, used, step = HOME / f"{options.name}.state.pt", 0.0, 0
    if state.exists():
        saved = torch.load(state, weights_only=False)
        model.load_state_dict(saved["model"])
        mean.load_state_dict(saved["mean"])
        if saved["optimizer"]:
            optimizer.load_state_dict(saved["optimizer"])
        used, step = saved["used"], saved["step"]
    rng = random.Random(SEED + step)
    _, held = read_rows(options.data, None)
    _, held_out_excerpts = read_excerpts(options.data, options.rows)
    source = batches(options, reader, rng)
    squares = next(source)

    def save():
        torch.save({"model": model.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict(), "used": used, "step": step}, state.with_suffix(".half"))
        state.with_suffix(".half").replace(state)
        torch.save({"model": mean.module.state_dict(), "shape": {k: v for k, v in model.shape.items() if k != "half"}, "used": used, "step": step}, HOME / f"{options.name}.half")
        (HOME / f"{options.name}.half").replace(HOME / f"{options.name}.pt")

    print(f"{options}: from step {step}, {used:.0f}s", flush=True)
    last, started, saved_at, looked, losses, tokens = time.time(), used if options.began else 0.0, used, used, [], 0
    while used < options.seconds:
        share = options.began + (1 - options.began) * (used - started) / (options.seconds - started)
        pace = min(1, (step + 1) / 60) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in optimizer.param_groups:
            group["lr"] = options.rate * pace
        torch.set_num_threads(free_threads(options.threads) if options.spare else options.threads)
        batch = Batch(squares, reader, rng)
        loss = loss_of(batch.logits(model), batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        mean.update_parameters(model)
        losses.append((squares[0]["src"] == "pairs", loss.item()))
        tokens += int(batch.passages[1].sum() + batch.questions[1].sum() + batch.questions[1][batch.pairs[0]].sum())
        step += 1
        now = time.time()
        used, last = used + now - last, now
        if step % 10 == 0:
            means = [np.mean([v for k, v in losses[-60:] if k == kind] or [0]) for kind in (False, True)]
            print(f"{step} {used:.0f}s rows {means[0]:.3f} pairs {means[1]:.3f} tokens {tokens}", flush=True)
        if used - saved_at > options.save:
            save()
            saved_at = used
        if used - looked > options.every:
            looked = used
            print(f"{step} {used:.0f}s {json.dumps(held_out(mean.module, held[: options.look], reader) | held_excerpts(mean.module, held_out_excerpts, reader))}", flush=True)
            last = time.time()
        squares = source.send(max(0.0, options.pairs * (1 - 1.6 * share)))
    save()
    print(f"{step} {used:.0f}s {json.dumps(held_out(mean.module, held[: options.look], reader) | held_excerpts(mean.module, held_out_excerpts, reader))}", flush=True)


if __name__ == "__main__":
    main()
