"""Fit the weights that make one probability of an answer's signals (`src/search/rank.rs`).

    yuanhua eval --passages P.jsonl Q.jsonl --trace > pairs.trace   # held-out training pairs: --pairs writes P and Q
    yuanhua eval interview_dev.jsonl --trace > dev.trace
    python score.py pairs.trace dev.trace

Two steps, so that little is fit on little: how much meaning and words weigh
comes from the held-out training pairs (the answer given against all others,
softmax cross-entropy); the weight of the interview question and the offset
come from the labelled dev queries (is the best answer relevant? log-loss), so
figures of verdicts on those queries are figures of a fit.
"""

import argparse
import json
from pathlib import Path

import numpy as np

# What stands in for shared words where no answer is in the query's language.
WORDS_FOR_MEANING = 0.45


def write_pairs(heldout: Path, folder: Path) -> None:
    """Held-out question→answer pairs as files that `yuanhua eval --passages` reads."""
    ids: dict[str, str] = {}
    with (folder / "P.jsonl").open("w") as passages, (folder / "Q.jsonl").open("w") as queries:
        for number, line in enumerate(heldout.open()):
            row = json.loads(line)
            if row["p"] not in ids:
                ids[row["p"]] = f"p{len(ids)}"
                print(json.dumps({"id": ids[row["p"]], "text": row["p"]}, ensure_ascii=False), file=passages)
            relevant = {ids[row["p"]]: 1}
            query = {"id": str(number), "query": row["q"], "lang": row["src"], "relevant": relevant}
            print(json.dumps(query, ensure_ascii=False), file=queries)


def read_trace(path: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Per query: signals (meaning, words, question) of each ranked answer, and the grades."""
    rows = []
    for line in path.open():
        if not line.startswith('{"id"'):
            continue
        ranked = json.loads(line)["ranked"]
        signals = []
        for hit in ranked:
            s = hit["signals"]
            words = max(s["words"], WORDS_FOR_MEANING * s["meaning"]) if s["across"] else s["words"]
            signals.append((s["meaning"], words, s["question"]))
        rows.append((np.array(signals), np.array([hit["grade"] for hit in ranked])))
    return rows


def fit_pairs(rows: list[tuple[np.ndarray, np.ndarray]], steps: int = 400, rate: float = 2.0) -> np.ndarray:
    """Weights of meaning and words, by gradient descent on the softmax over answers."""
    found = [(x[:, :2], int(grades.argmax())) for x, grades in rows if len(grades) and grades.max() > 0]
    weights = np.array([10.0, 10.0])
    for _ in range(steps):
        gradient = np.zeros(2)
        for x, right in found:
            scores = x @ weights
            chances = np.exp(scores - scores.max())
            gradient += x[right] - (chances / chances.sum()) @ x
        weights += rate * gradient / len(found) * 10
    return weights


def fit_dev(rows: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> tuple[float, float, float]:
    """Question weight and offset by grid search on the log-loss of the best answer."""
    best = (np.inf, 0.0, 0.0)
    for question in np.arange(0.0, 8.01, 0.5):
        full = np.array([*weights, question])
        tops = [(float((x @ full).max()), bool(grades[(x @ full).argmax()] > 0)) for x, grades in rows]
        for offset in np.arange(-16.0, 0.0, 0.1):
            chances = [1 / (1 + np.exp(-(top + offset))) for top, _ in tops]
            loss = -np.mean([np.log(c if right else 1 - c) for c, (_, right) in zip(chances, tops)])
            best = min(best, (loss, question, offset))
    return best


def main() -> None:
    """Print the numbers to write into `src/search/rank.rs`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("traces", nargs="*", type=Path)
    parser.add_argument("--pairs", type=Path, help="held-out pairs to write as P.jsonl and Q.jsonl beside them")
    arguments = parser.parse_args()
    if arguments.pairs:
        write_pairs(arguments.pairs, arguments.pairs.parent)
        return
    pairs, dev = map(read_trace, arguments.traces)
    weights = fit_pairs(pairs)
    loss, question, offset = fit_dev(dev, weights)
    print(f"meaning {weights[0]:.1f} words {weights[1]:.1f} question {question:.1f} offset {offset:.1f} (dev log-loss {loss:.3f})")


if __name__ == "__main__":
    main()
