"""What the judge learns from: squares of questions and passages, as token numbers.

A square has some questions and some passages of one source, and for each pair whether the passage answers the question.
"""

import numpy as np
import torch

BEGIN, PAD, END = 0, 1, 2
# Squares in which every pair was judged by reading. Their pairs also count one by one in the loss.
LABELLED = ("rows", "excerpts", "interviews")


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
