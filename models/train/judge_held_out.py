"""What a judge says of rows, excerpts and traced questions that it has not learnt from."""

import random

import numpy as np
import torch

from judge_squares import PAD, padded, passage, question


def held_out(model, material):
    """The figures of the rows and excerpts that were held out."""
    return held_rows(model, material["held rows"]) | held_excerpts(model, material["held excerpts"])


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


def logits_of(model, batch):
    if model.shape.get("together"):
        return model.together(batch["both"], (batch["both"] != PAD).long()).float()
    q, p = batch["questions"], batch["passages"]
    q_mask, p_mask = (q != PAD).long(), (p != PAD).long()
    return model.judge(model.read(q, q_mask), q_mask, model.read(p, p_mask), p_mask, *batch["pairs"]).float()


def auroc(good, bad):
    good, bad = np.array(good)[:, None], np.array(bad)[None, :]
    return round(float((good > bad).mean() + 0.5 * (good == bad).mean()), 4)
