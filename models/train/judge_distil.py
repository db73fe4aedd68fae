"""Trains the judge on one GPU, from `judge/material.pickle.xz` alone.

    python judge_distil.py --material FILE --out DIR --name teacher --together --seconds 400
    python judge_distil.py --material FILE --out DIR --name judge --teacher teacher --lower 3 --upper 7 --seconds 300

The teacher's twelve layers read question and passage together. The judge has the shape that the program runs, and learns from
the labels and from what the teacher says, also of passages that were cut or joined. Every run leaves its weights (the tables
stay as they are) in half precision, in parts, and a JSON with what it says of held-out rows and of the traced questions.
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

from judge_model import GROUP, PLACES, WIDTH, Block, Judge, coarse

BEGIN, PAD, END = 0, 1, 2
LABELLED = ("rows", "excerpts", "interviews")
# What a batch is of, by turns: at first everything that answers, then what was judged by reading.
FIRST = {"pairs": 0.5, "reading": 0.28, "across": 0.22}
LATER = {"excerpts": 0.62, "rows": 0.2, "interviews": 0.05, "pairs": 0.06, "reading": 0.04, "across": 0.03}
TAUGHT = {"excerpts": 0.38, "rows": 0.15, "interviews": 0.04, "cut": 0.25, "pairs": 0.08, "reading": 0.05, "across": 0.05}
HEAD = ("table", "place")


def list_of(ids):
    return ids.tolist() if isinstance(ids, np.ndarray) else ids


def question(ids):
    return [BEGIN, *list_of(ids), END]


def passage(words, asked=()):
    return [BEGIN, *list_of(asked), END, *list_of(words), END] if len(asked) else [BEGIN, *list_of(words), END]


def padded(texts):
    longest = -(-max(map(len, texts)) // 8) * 8
    ids = np.full((len(texts), longest), PAD, np.int32)
    for at, text in enumerate(texts):
        ids[at, : len(text)] = text
    return torch.from_numpy(ids)


class Squares:
    """Squares without end, of each kind."""

    def __init__(self, material, rng):
        self.material, self.rng, self.order = material, rng, {}

    def next(self, kind):
        if kind == "cut":
            return self.cut(self.next("excerpts"))
        if kind not in LABELLED:
            return self.neighbours(kind)
        order = self.order.get(kind)
        if not order:
            order = self.order[kind] = self.rng.sample(range(len(self.material[kind])), len(self.material[kind]))
        return self.material[kind][order.pop()]

    def cut(self, square):
        """Parts of the passages, or two of them as one: only a teacher knows what they answer."""
        made = []
        for at, words in enumerate(square["p"]):
            other = square["p"][(at + 1) % len(square["p"])]
            if self.rng.random() < 0.3:
                words = np.concatenate([words[-56:], other[:56]])
            elif len(words) > 24:
                size = self.rng.randrange(len(words) * 2 // 5, len(words))
                start = self.rng.randrange(len(words) - size + 1)
                words = words[start : start + size]
            made.append(words)
        return {**square, "p": made, "y": np.full_like(square["y"], -1), "src": "cut"}

    def neighbours(self, kind, size=8):
        """Some neighbours of one source: every question, every answer."""
        pairs = self.material[kind]
        span = {"pairs": 12, "reading": 70, "across": 16}[kind]
        while True:
            start = self.rng.randrange(len(pairs) - span)
            near = [p for p in pairs[start : start + span] if p[2] == pairs[start][2] and p[3] - pairs[start][3] < 90]
            alone = list({p[1].tobytes(): p for p in near}.values())
            if len(alone) < size:
                continue
            some = self.rng.sample(alone, size)
            if min(len(p[0]) for p in some) < 2:
                continue
            return {"q": [p[0] for p in some], "p": [p[1] for p in some], "asked": [()] * size, "y": np.eye(size, dtype=np.int8), "src": kind}


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


def logits_of(model, batch):
    if model.shape.get("together"):
        return model.together(batch["both"], (batch["both"] != PAD).long()).float()
    q, p = batch["questions"], batch["passages"]
    q_mask, p_mask = (q != PAD).long(), (p != PAD).long()
    return model.judge(model.read(q, q_mask), q_mask, model.read(p, p_mask), p_mask, *batch["pairs"]).float()


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


@torch.no_grad()
def scores_of(model, asked, told, pairs, size=1536):
    """Logits of pairs of a question's number and a passage's."""
    model.eval()
    order = sorted(range(len(pairs)), key=lambda i: len(told[pairs[i][1]]))
    out = np.zeros(len(pairs), np.float32)
    for start in range(0, len(order), size):
        some = order[start : start + size]
        questions, passages = [asked[pairs[i][0]] for i in some], [told[pairs[i][1]] for i in some]
        at = torch.arange(len(some))
        batch = {"questions": padded(questions), "passages": padded(passages), "both": padded([q + p[1:] for q, p in zip(questions, passages)]), "pairs": torch.stack([at, at])}
        batch = {k: v.to(model.table.weight.device) for k, v in batch.items()}
        with torch.autocast(model.table.weight.device.type, torch.bfloat16):
            out[some] = logits_of(model, batch).float().cpu().numpy()
    model.train()
    return out


def auroc(good, bad):
    good, bad = np.array(good)[:, None], np.array(bad)[None, :]
    return round(float((good > bad).mean() + 0.5 * (good == bad).mean()), 4)


def held_rows(model, rows):
    rng = random.Random(7)
    asked, told, pairs, meant = [], [], [], []
    for at, row in enumerate(rows):
        other = rows[(at + 1) % len(rows)]
        for q, ids in enumerate(row["q"]):
            asked.append(question(ids))
            for p, (words, before) in enumerate(zip(row["p"], row["asked"])):
                if row["y"][q, p] >= 0:
                    told.append(passage(words, before))
                    pairs.append((len(asked) - 1, len(told) - 1))
                    meant.append((len(asked) - 1, p, int(row["y"][q, p])))
            told.append(passage(rng.choice(other["p"])))
            pairs.append((len(asked) - 1, len(told) - 1))
            meant.append((len(asked) - 1, -1, 0))
    by = {}
    for (q, p, y), score in zip(meant, scores_of(model, asked, told, pairs)):
        by.setdefault(q, []).append((float(score), y, p))
    hits, first, form = [], [], []
    for scores in by.values():
        own, stranger = scores[:-1], scores[-1][0]
        hits.append(max(own)[1])
        first.append((own[0][0], own[0][1]))
        form.append((stranger if own[0][1] else own[0][0], own[0][1]))
    split = lambda some: auroc([s for s, y in some if y], [s for s, y in some if not y])  # noqa: E731
    return {"of three": round(float(np.mean(hits)), 4), "first": split(first), "form": split(form)}


def held_excerpts(model, excerpts):
    asked, told, pairs, spans = [], [], [], []
    for excerpt in excerpts:
        p0, real = len(told), 9
        told += [passage(w, a) for w, a in zip(excerpt["p"][:real], excerpt["asked"])]
        for q, ids in enumerate(excerpt["q"]):
            asked.append(question(ids))
            spans.append((len(pairs), excerpt["y"][q, :real]))
            pairs += [(len(asked) - 1, p0 + p) for p in range(real)]
    scores, hits, good, bad = scores_of(model, asked, told, pairs), [], [], []
    for start, y in spans:
        own = scores[start : start + len(y)]
        if (y == 1).any():
            hits.append(y[own.argmax()] == 1)
            good.append(own.max())
        elif not (y == -1).any():
            bad.append(own.max())
    twin = [scores[start : start + len(y)][y == 0].max() for start, y in spans if (y == 1).any()]
    return {"hit@1": round(float(np.mean(hits)), 4), "auroc": auroc(good, bad), "twin": auroc(good, twin)}


def traced(model, material):
    """What the model says of every passage of the answers that the program ranked first."""
    passages, queries = material["traces"]
    out = {}
    for name, some in passages.items():
        told, numbers = [passage(words, asked) for asked, words, *_ in some], {}
        for at, (_, _, answer, *_) in enumerate(some):
            numbers.setdefault(answer, []).append(at)
        own, done = [q for q in queries if q["transcript"] == name], {}
        for q in own:
            done.setdefault(q["text"], (q["q"], set()))[1].update(q["answers"])
        asked, pairs = [], []
        for ids, answers in done.values():
            asked.append(question(ids))
            pairs += [(len(asked) - 1, p) for answer in sorted(answers) for p in numbers.get(answer, ())]
        scores = scores_of(model, asked, told, pairs)
        texts = list(done)
        for (q, p), score in zip(pairs, scores):
            out.setdefault(name, {}).setdefault(texts[q], {})[int(some[p][3])] = round(float(score), 3)
    return out


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


def in_bytes(value):
    """A matrix as whole numbers and the scale of each row, where weights have to travel; as good as half precision here."""
    if value.ndim < 2:
        return value
    scale = value.float().abs().amax(1, keepdim=True) / 127 + 1e-12
    return (value.float() / scale).round().to(torch.int8), scale


def whole(value):
    return value[0].float() * value[1] if isinstance(value, tuple) else value.float()


def load(out: Path, name, weights):
    first = torch.load(out / f"{name}.0.pt", weights_only=False)
    state = {}
    for at in range(first["parts"]):
        state |= torch.load(out / f"{name}.{at}.pt", weights_only=False)["part"]
    model = begin(weights, first["shape"], ())
    model.load_state_dict({k: whole(v) for k, v in state.items()}, strict=False)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--together", action="store_true", help="every layer reads question and passage together")
    parser.add_argument("--teacher", nargs="*", default=[], help="names of teachers in the folder")
    parser.add_argument("--lower", type=int, default=6)
    parser.add_argument("--upper", type=int, default=6)
    parser.add_argument("--layers", type=lambda s: [int(x) for x in s.split(",")], help="layers to begin with, from the lowest")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--first", type=float, default=0.2, help="share of the time on pairs that nobody judged")
    parser.add_argument("--coarse", type=float, default=2.0, help="share of the time after which matrices are rounded to four bits")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--tokens", type=int, default=80_000, help="tokens of a batch, if question and passage are read together")
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--mean", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=12)
    parser.add_argument("--every", type=float, default=100)
    parser.add_argument("--compile", action="store_true", help="compile the layers: half a minute once")
    options = parser.parse_args()
    began = time.time()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(options.seed)
    torch.set_float32_matmul_precision("high")
    with lzma.open(options.material) as packed:
        material = pickle.load(packed)
    layers = options.layers or list(range(options.lower + options.upper))
    teachers = [load(options.out, name, material["weights"]).to(device).eval() for name in options.teacher]
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
    model.table.weight.requires_grad_(False)
    model.place.requires_grad_(False)
    Block.drop = options.drop
    if options.compile:
        torch._dynamo.config.cache_size_limit = 64
        Block.forward = torch.compile(Block.forward, dynamic=True)
        Block.across = torch.compile(Block.across, dynamic=True)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": [p for p in learned if p.ndim > 1], "weight_decay": 0.02}, {"params": [p for p in learned if p.ndim < 2], "weight_decay": 0.0}],
                                  lr=options.rate, betas=(0.9, 0.98), fused=device.type == "cuda")
    mean = copy.deepcopy(model)
    report = {"options": {k: str(v) for k, v in vars(options).items()}, "held": []}

    def source(plan, seed):
        return iter(DataLoader(Batches(material, plan, options.tokens, seed), batch_size=None, num_workers=options.workers, prefetch_factor=4 if options.workers else None))

    def look(step, share):
        started = time.time()
        if share > options.coarse:
            coarse(mean)
        found = held_rows(mean, material["held rows"]) | held_excerpts(mean, material["held excerpts"])
        print(options.name, step, f"{time.time() - began:.0f}s", json.dumps(found), flush=True)
        report["held"].append([step, found])
        return time.time() - started

    print(f"{options.name}: {time.time() - began:.0f}s to begin, {sum(p.numel() for p in learned)} numbers learn", flush=True)
    later = TAUGHT if teachers else LATER
    squares, first, step, losses, started, looked = source(FIRST if options.first else later, options.seed), bool(options.first), 0, [], time.time(), time.time()
    pairs_seen, waited = 0, 0.0
    model.train()
    while (share := (time.time() - started) / options.seconds) < 1:
        if first and share > options.first:
            first, squares = False, source(later, options.seed + 50)
        if share > options.coarse:
            coarse(model)
        pace = min(1, (step + 1) / 150) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in optimizer.param_groups:
            group["lr"] = options.rate * pace
        waits = time.time()
        batch = next(squares)
        waited += time.time() - waits
        batch = {k: v.to(device, non_blocking=True) for k, v in batch.items()}
        with torch.autocast(device.type, torch.bfloat16):
            if teachers:
                with torch.no_grad():
                    told = torch.stack([logits_of(teacher, batch) for teacher in teachers]).mean(0)
            logits = logits_of(model, batch)
        loss = loss_of(logits, batch)
        if teachers:
            loss = 0.4 * loss + taught_loss(logits, told)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        step += 1
        pairs_seen += len(batch["labels"])
        keep = min(options.mean, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_([p for p in mean.parameters()], [p.detach() for p in model.parameters()], 1 - keep)
        losses.append(loss.detach())
        if step in (5, 20, 60, 120) or step % 200 == 0:
            print(options.name, step, f"{time.time() - began:.0f}s loss {torch.stack(losses[-200:]).mean().item():.3f} {pairs_seen} pairs, {waited:.0f}s waited", flush=True)
        if time.time() - looked > options.every:
            looked = time.time() + look(step, share)
    look(step, 1.0 if options.coarse < 1 else 0.0)
    if "traces" in material:
        report["traced"] = traced(mean, material)
    save(mean, options.out, options.name, report)
    print(f"{options.name}: done, {time.time() - began:.0f}s, {torch.cuda.max_memory_allocated() / 1e9 if device.type == 'cuda' else 0:.1f} GB", flush=True)


if __name__ == "__main__":
    main()
