#!/usr/bin/env python3
"""Fits the weights of `roles::WEIGHTS` on labelled transcripts, and measures them on transcripts left out.

usage: ROLES=list.jsonl cargo test --lib the_evidence_of_labelled -- --ignored --nocapture | python models/train/roles.py

The list holds {"path": …, "asks": [names]} a line. Logistic regression with a penalty on the weights,
each transcript counting as much as another.
"""
import json
import math
import sys
from collections import defaultdict

PENALTY, STEPS, RATE, SURE = 0.02, 4000, 0.5, 0.65

rows = defaultdict(list)
for line in sys.stdin:
    at = line.find('{"')
    if at >= 0:
        row = json.loads(line[at:])
        rows[row["of"]].append((row["evidence"], row["asks"], row["speaker"]))


def probability(weights, seen):
    return 1 / (1 + math.exp(-max(-30, min(30, sum(w * x for w, x in zip(weights, seen))))))


def fit(names):
    size = len(next(iter(rows.values()))[0][0])
    weights = [0.0] * size
    for _ in range(STEPS // 10 if len(names) < len(rows) else STEPS):
        gradient = [PENALTY * w for w in weights]
        for name in names:
            share = 1 / len(names) / len(rows[name]) * min(len(rows[name]), 4)
            for seen, asks, _ in rows[name]:
                error = (probability(weights, seen) - asks) * share
                for at, x in enumerate(seen):
                    gradient[at] += error * x
        weights = [w - RATE * g for w, g in zip(weights, gradient)]
    return weights


right = wrong = undecided = 0
loss = count = 0.0
# Left out in tenths: a transcript is measured by weights that did not see it.
names = sorted(rows)
for part in range(10):
    weights = fit([name for at, name in enumerate(names) if at % 10 != part])
    for name in names[part::10]:
        for seen, asks, speaker in rows[name]:
            likely = probability(weights, seen)
            loss -= math.log(max(1e-9, likely if asks else 1 - likely))
            count += 1
            if 1 - SURE < likely < SURE:
                undecided += 1
                print(f"undecided {likely:.2f} {name}: {speaker}", file=sys.stderr)
            elif (likely >= SURE) == asks:
                right += 1
            else:
                wrong += 1
                print(f"wrong {likely:.2f} {name}: {speaker} asks {asks}", file=sys.stderr)
print(f"{len(rows)} transcripts, left out in tenths: right {right}, undecided {undecided}, wrong {wrong}, loss {loss / count:.3f}")
print("[" + ", ".join(f"{w:.2f}" for w in fit(names)) + "]")
