"""What the judge adds on labelled interviews: the same logistic fit over the signals with and without it, always
fit on the other transcripts.

Reads traces, one file a transcript: `yuanhua eval ROWS --data TRANSCRIPT --trace > NAME.trace`.
"""

import argparse
import json
from pathlib import Path

import numpy as np

LEFT_OUT = ("lead", "behind")  # They lean on the other answers, which twins must not.


class Query:
    """The answers that were ranked for a query: signals, grades, and which the judge read."""

    def __init__(self, row):
        ranked = row["ranked"]
        self.grades = np.array([one["grade"] for one in ranked])
        self.names = [n for n in ranked[0]["signals"] if n not in (*LEFT_OUT, "judge")] if ranked else []
        self.signals = np.array([[one["signals"][n] for n in self.names] for one in ranked])
        self.judge = np.array([one["signals"].get("judge", np.nan) for one in ranked], float)
        self.shipped = np.array([one["score"] for one in ranked])
        # The answers that the judge read come first; labelled ones among them have their twins.
        self.read = ~np.isnan(self.judge)

    def features(self, judged: bool):
        if not judged:
            return self.signals
        # What was not read stands where the least of those stands that were.
        least = np.nanmin(self.judge) if self.read.any() else 0.0
        return np.column_stack([self.signals, np.where(self.read, self.judge, least)])


def fit(x, y, weight, rounds=60, ridge=1.0):
    """Logistic regression by Newton's method on standardised columns."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    w = np.zeros(z.shape[1])
    penalty = ridge * np.append(np.ones(x.shape[1]), 0)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        gradient = z.T @ (weight * (p - y)) + penalty * w
        curve = (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-6)
        step = np.linalg.solve(curve, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return lambda x: 1 / (1 + np.exp(-np.clip(np.column_stack([(x - mean) / spread, np.ones(len(x))]) @ w, -30, 30)))


def auroc(good, bad):
    good, bad = np.array(good)[:, None], np.array(bad)[None, :]
    return float((good > bad).mean() + 0.5 * (good == bad).mean())


def figures(queries, scores):
    ndcg, first, ten, said, unsaid, twin = [], [], [], [], [], []
    for query, score in zip(queries, scores):
        if not query.grades.any():
            unsaid.append(score.max(initial=0))
            continue
        order = np.argsort(-score, kind="stable")
        gains, best = (2.0 ** query.grades[order] - 1)[:10], np.sort(2.0**query.grades - 1)[::-1][:10]
        discount = 1 / np.log2(np.arange(2, 12))
        ndcg.append((gains * discount[: len(gains)]).sum() / (best * discount[: len(best)]).sum())
        first.append(query.grades[order[0]] > 0)
        ten.append(query.grades[order[:10]].any())
        said.append(score.max())
        twin.append(score[query.grades == 0].max(initial=0))
    bar = np.quantile(said, 0.1)
    return {"nDCG@10": np.mean(ndcg), "hit@1": np.mean(first), "hit@10": np.mean(ten), "AUROC": auroc(said, unsaid), "twin AUROC": auroc(said, twin),
            "false answers at 10 % refusals": np.mean(np.array(unsaid) >= bar), "twin the same": np.mean(np.array(twin) >= bar)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("traces", nargs="+", type=Path)
    options = parser.parse_args()
    transcripts = {path.stem: [Query(json.loads(line)) for line in path.read_text(encoding="utf8").splitlines() if line.startswith('{"')] for path in options.traces}
    transcripts = {name: [q for q in queries if len(q.grades)] for name, queries in transcripts.items()}
    table = {"shipped": {}, "signals": {}, "signals + judge": {}, "judge alone": {}}
    for name, queries in transcripts.items():
        others = [q for other, some in transcripts.items() if other != name for q in some]
        table["shipped"][name] = figures(queries, [q.shipped for q in queries])
        for label, judged in (("signals", False), ("signals + judge", True)):
            x = np.concatenate([q.features(judged)[:20] for q in others])
            y = np.concatenate([q.grades[:20] for q in others])
            weight = np.where(y == 1, 0.3, 1.0)
            model = fit(x, (y > 0).astype(float), weight)
            table[label][name] = figures(queries, [model(q.features(judged)) for q in queries])
        if any(q.read.any() for q in queries):
            table["judge alone"][name] = figures(queries, [q.features(True)[:, -1] for q in queries])
    for label, by_name in table.items():
        if by_name:
            means = {key: np.mean([row[key] for row in by_name.values()]) for key in next(iter(by_name.values()))}
            print(f"{label}: " + ", ".join(f"{key} {value:.3f}" for key, value in means.items()))


if __name__ == "__main__":
    main()
