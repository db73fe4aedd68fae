"""The shipped model.onnx on the labelled queries: dense, words (BM25), both fused.

Prints one table, and with --json the figures with bootstrap intervals. Nothing is chosen here:
these sets are only reported on. A passage is embedded as windows of about three sentences and
scores as its best window; the transcript's answers are joined with their question.
"""

import argparse
import collections
import json
import math
import re
from pathlib import Path

import numpy as np

from common import MODELS, fold, read_jsonl
from overlap import READING

SENTENCE = re.compile(r"[^。！？!?；;\n.]*[。！？!?；;\n.]+(?![a-z0-9])|.+?$")
SETS = ("vcsum_dev", "stard_dev", "cmrc2018_dev", "drcd_dev", "xquad_zh", "xquad_en")


class Model:
    """model.onnx in ONNX Runtime; the Rust program runs the same file with tract."""

    def __init__(self, folder: Path = MODELS):
        import onnxruntime
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(512)
        self.tokenizer.enable_padding(pad_id=0, pad_token="<pad>")
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = 2
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), settings)

    def __call__(self, texts: list[str]) -> np.ndarray:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = None
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            batch = self.tokenizer.encode_batch([texts[i] for i in rows])
            feed = {"input_ids": np.array([e.ids for e in batch], np.int64),
                    "attention_mask": np.array([e.attention_mask for e in batch], np.int64)}
            vectors = self.session.run(None, feed)[0]
            out = np.zeros((len(texts), vectors.shape[1]), np.float32) if out is None else out
            out[rows] = vectors
        return out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-12)


def windows(text: str, sentences: int = 3, longest: int = 220) -> list[str]:
    """Runs of about three sentences, each starting one sentence later."""
    parts = []
    for part in SENTENCE.findall(text):
        limit = longest * (3 if re.match(r"[\x00-\x7f]*$", part) else 1)
        parts += [part[i : i + limit] for i in range(0, len(part), limit)]
    if len(parts) <= sentences:
        return [text[: longest * 6]]
    return ["".join(parts[i : i + sentences]) for i in range(len(parts) - sentences + 1)]


def interview(path: Path):
    """Answers of the bundled transcript by label, each with its question."""
    text = fold(READING.sub("", path.read_text(encoding="utf-8")).replace("\n", "\v").replace("\v", " ¶ "))
    rows = []
    for number, block in re.findall(r"q(\d)\.(.*?)(?=q\d\.|$)", text):
        question, *answers = re.split(r"(?:¶|\?)\s*a(?=\d)", block)
        question = question.replace("上下滑动查看回答", "").replace("¶", "").strip()
        for answer in answers:
            rows.append((f"Q{number}.A{answer[0]}", question, answer[1:].replace("¶", " ").strip()))
    return rows


def terms_of(text: str) -> list[str]:
    """Pairs of neighbouring characters; Latin words and numbers whole."""
    terms = []
    for run in re.findall(r"[a-z0-9]+|[^\W a-z0-9]+", text):
        terms += [run[i : i + 2] for i in range(len(run) - 1)] if run[0] > "\u2e80" else [run]
    return terms or [text]


def bm25(queries: list[str], passages: list[str], k1=1.2, b=0.75):
    """Scores, and per query the share of its weight that the best passage holds."""
    found = [collections.Counter(terms_of(p)) for p in passages]
    sizes = np.array([sum(f.values()) for f in found], float)
    where = collections.defaultdict(list)
    for at, counts in enumerate(found):
        for term, count in counts.items():
            where[term].append((at, count))
    scores = np.zeros((len(queries), len(passages)), np.float32)
    covered = np.zeros((len(queries), 1), np.float32)
    for line, query in enumerate(queries):
        matched, whole = np.zeros(len(passages)), 0.0
        for term in set(terms_of(query)):
            hits = where.get(term, ())
            idf = math.log(1 + (len(passages) - len(hits) + 0.5) / (len(hits) + 0.5))
            whole += idf
            if hits:
                rows = np.array([h[0] for h in hits])
                counts = np.array([h[1] for h in hits], float)
                matched[rows] += idf
                scores[line, rows] += idf * counts * (k1 + 1) / (counts + k1 * (1 - b + b * sizes[rows] / sizes.mean()))
        covered[line] = matched.max() / whole
    return scores, covered


def fuse(dense: np.ndarray, words: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """Sum of standard scores per query, words counting by how much of the query they cover.

    A question in the other language shares a name or a number with some passage and nothing
    else; then meaning must decide.
    """
    def standard(x):
        return (x - x.mean(1, keepdims=True)) / (x.std(1, keepdims=True) + 1e-6)

    return standard(dense) + 2 * np.minimum(covered, 0.5) * standard(words)


def measures(scores: np.ndarray, names: list[str], relevant: list[dict]) -> dict[str, np.ndarray]:
    out = collections.defaultdict(list)
    for line, wanted in zip(scores, relevant):
        order = [names[i] for i in np.argsort(-line, kind="stable")[:1000]]
        gains = [wanted.get(n, 0) for n in order[:10]]
        best = sorted(wanted.values(), reverse=True)[:10]
        discount = 1 / np.log2(np.arange(2, 12))
        out["nDCG@10"].append(np.dot(2.0 ** np.array(gains) - 1, discount[: len(gains)])
                              / np.dot(2.0 ** np.array(best) - 1, discount[: len(best)]))
        rank = next((i + 1 for i, n in enumerate(order) if wanted.get(n, 0) > 0), 10**9)
        for k in (1, 3, 10):
            out[f"hit@{k}"].append(float(rank <= k))
        out["MRR"].append(1 / rank)
    return {k: np.array(v) for k, v in out.items()}


def interval(values: np.ndarray, rng) -> list[float]:
    means = values[rng.integers(0, len(values), (1000, len(values)))].mean(1)
    return [round(float(x), 3) for x in (values.mean(), *np.quantile(means, (0.025, 0.975)))]


def dense_scores(model, queries, passages: list[list[str]]):
    flat = [w for p in passages for w in p]
    starts = np.cumsum([0] + [len(p) for p in passages[:-1]])
    return np.maximum.reduceat(model(queries) @ model(flat).T, starts, axis=1)


def auroc(yes: np.ndarray, no: np.ndarray) -> float:
    return float((yes[:, None] > no[None]).mean() + 0.5 * (yes[:, None] == no[None]).mean())


def main(evaluation: Path, model=None, as_json: Path | None = None):
    model, rng, report = model or Model(), np.random.default_rng(0), {}

    def record(name, queries, passages, names, relevant, split):
        dense = dense_scores(model, queries, split)
        words, covered = bm25(queries, passages)
        for kind, scores in (("dense", dense), ("words", words), ("fused", fuse(dense, words, covered))):
            report[f"{name} {kind}"] = {k: interval(v, rng) for k, v in measures(scores, names, relevant).items()}

    rows = interview(evaluation.parent / "data" / "ai-customer-service.txt")
    assert len(rows) == 22, [r[0] for r in rows]
    names, passages = [r[0] for r in rows], [f"{r[1]} {r[2]}" for r in rows]
    split = [[f"{q} {w}" for w in windows(a)] for _, q, a in rows]
    asked = read_jsonl(evaluation / "interview_dev.jsonl")
    for language in ("zh", "en"):
        some = [r for r in asked if r["relevant"] and (r["lang"] == "en") == (language == "en")]
        record(f"interview {language}", [fold(r["query"]) for r in some], passages, names, [r["relevant"] for r in some], split)
    top = dense_scores(model, [fold(r["query"]) for r in asked], split).max(1)
    known = np.array([bool(r["relevant"]) for r in asked])
    report["interview AUROC"] = {"AUROC": [round(auroc(top[known], top[~known]), 3)]}

    sets = {n: (read_jsonl(evaluation / n / "queries.jsonl"), read_jsonl(evaluation / n / "passages.jsonl")) for n in SETS}
    crossed = [(n, n, n) for n in SETS] + [("xquad en>zh", "xquad_en", "xquad_zh"), ("xquad zh>en", "xquad_zh", "xquad_en")]
    for name, left, right in crossed:
        passages = [fold(p["text"]) for p in sets[right][1]]
        record(name, [fold(q["query"]) for q in sets[left][0]], passages, [str(p["id"]) for p in sets[right][1]],
               [q["relevant"] for q in sets[left][0]], [windows(p) for p in passages])
    for name, figures in report.items():
        print(f"{name:22}", "  ".join(f"{k} {v[0]:.3f}" + (f" [{v[1]:.2f} {v[2]:.2f}]" if len(v) > 1 else "") for k, v in figures.items()))
    if as_json:
        as_json.write_text(json.dumps(report, indent=1))
    return report


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("evaluation", type=Path, help="folder with the labelled queries")
    parser.add_argument("--json", type=Path, dest="as_json")
    main(**vars(parser.parse_args()))
