"""Everything the judge learns from, folded and cut into tokens, in one file that travels to a machine with a GPU.

    python judge_material.py --data MATERIAL [--traces FILE]

Writes `judge/material.pickle.xz` to work/: lists of token numbers as 16-bit arrays (folding needs OpenCC, which that machine
may lack). A square has questions `q`, passages `p`, what was asked before each passage `asked`, and labels `y` (1 answers,
0 does not, -1 not known).
"""

import argparse
import json
import lzma
import pickle
import random
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from common import HERE, SEED, fold, read_lines
from judge_rows import ASKED, INTERVIEWS, PASSAGE, QUESTION, read_excerpts, read_interviews, read_pairs, read_rows
from judge_start import HOME, wheel

# Questions and headings with what they are about: any text that answers a question teaches reading.
READING = {"cmrc2018_train": 10_000, "toyhom_medical_title": 3_000, "lawyer_llama_article": 4_000, "huatuo_llama": 3_000, "lctt_zh_heads": 4_000,
           "lctt_title_body": 3_000, "docs_tidb_zh": 2_000, "docs_javaguide_zh": 2_000, "docs_oi_wiki": 1_000, "fcc_news_zh": 1_800, "qmsum_train_turns": 1_441,
           "qmsum_train_summary": 1_216, "en_docs_react": 1_500, "en_d2l": 1_200, "en_docs_vue": 700, "glossary_cncf_zh": 360, "opensource_guide_zh": 280}  # fmt: skip
ACROSS = ("lctt_opensource.com#para", "audreyt_transcripts#para", "audreyt_transcripts", "react_docs#para", "opensource_guide", "ntrex128_zho-CN", "ntrex128_zho-TW",
          "hf_course#para", "rust_book#para", "lctt_fedoramagazine#para", "angular_cn#para")  # fmt: skip


class Cutter:
    """Texts to token numbers; every text once."""

    def __init__(self, tokenizer):
        self.tokenizer, self.known = tokenizer, {}

    def __call__(self, text: str, most: int, last=False) -> np.ndarray:
        if text not in self.known:
            self.known[text] = np.array(self.tokenizer.encode(fold(text)).ids, np.uint16)
        ids = self.known[text]
        return ids[-most:] if last else ids[:most]

    def square(self, square, asked=None):
        told = asked or [square["asked"]] * len(square["passages"])
        return {"q": [self(q, QUESTION, last=True) for q in square["questions"]], "p": [self(p, PASSAGE) for p in square["passages"]],
                "asked": [self(a, ASKED, last=True) for a in told], "y": np.asarray(square["labels"], np.int8), "src": square["src"]}


def excerpt_square(excerpt):
    """All questions of an excerpt over all its passages and contrasts; what was asked before a real passage."""
    asked, passages = excerpt["questions"], excerpt["passages"]
    contrasts = [one["contrast"] for one in asked if one.get("contrast")]
    labels = np.zeros((len(asked), len(passages) + len(contrasts)), np.int8)
    at = len(passages)
    for q, one in enumerate(asked):
        for n in one.get("maybe", []):
            labels[q, n - 1] = -1
        for n in one.get("yes", []):
            labels[q, n - 1] = 1
        if one.get("contrast"):
            labels[q, at] = 1
            at += 1
    return {"questions": [one["q"] for one in asked], "passages": passages + contrasts, "labels": labels, "src": "excerpts"}, excerpt["asked"] + [""] * len(contrasts)


def reading(data: Path):
    """Pairs of other sources, some of each."""
    excluded = json.loads((data / "exclude.json").read_text())
    taken = dict.fromkeys(READING, 0)
    for name in ("pairs_zh", "pairs_en"):
        left_out = set(excluded[name])
        for at, row in enumerate(read_lines(data / f"{name}.jsonl.xz")):
            src = row["src"]
            if src in READING and taken[src] < READING[src] and at not in left_out and 4 < len(row["q"]) < 160 and len(row["p"]) > 30:
                taken[src] += 1
                yield {"q": row["q"], "p": row["p"][:420], "src": src, "at": at}


def across(data: Path, rng, most=24_000):
    """A few words in one language, and the whole text in the other."""
    excluded = set(json.loads((data / "exclude.json").read_text())["parallel"])
    for at, row in enumerate(read_lines(data / "parallel.jsonl.xz")):
        if row["src"] not in ACROSS or at in excluded or len(row["zh"]) < 24 or rng.random() > 0.6:
            continue
        words, signs = row["en"].split(), row["zh"]
        if rng.random() < 0.5:
            parts = [part for part in re.split(r"[，。；！？：、（）“”\s]+", signs) if 4 <= len(part) <= 30]
            if not parts:
                continue
            q, p = rng.choice(parts), row["en"]
        else:
            size = min(len(words), rng.randrange(3, 12))
            start = rng.randrange(len(words) - size + 1)
            q, p = " ".join(words[start : start + size]), row["zh"]
        yield {"q": q, "p": p[:420], "src": row["src"], "at": at}
        most -= 1
        if not most:
            return


def weights(pieces_kept):
    """The twelve layers in the four bits that they came in, and the table of the pieces that are kept."""
    pieces, _, tensors = wheel()
    number = {}
    for at, piece in enumerate(pieces):
        number.setdefault(piece, at)
    chosen = [number[piece] for piece in pieces_kept]
    levels, scales = tensors["emb.word"]
    width = 384
    out = {"table": (levels.reshape(-1, width)[chosen].astype(np.uint8), scales.reshape(-1, width // 32)[chosen])}
    for name, tensor in tensors.items():
        if name != "emb.word":
            out[name] = tensor if isinstance(tensor, np.ndarray) else (tensor[0].astype(np.uint8), tensor[1])
    return out


def traced(path: Path, cut: Cutter):
    """What was ranked for the labelled questions, to score it with each model (`yuanhua eval --trace`)."""
    passages, queries = {}, []
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line) if line.startswith('{"') else {}
        if "told" in row:
            passages[row["transcript"]] = [(cut(asked, ASKED, last=True), cut(words, PASSAGE), answer, number) for answer, asked, words, number in row["told"]]
        elif row:
            queries.append({"transcript": row["transcript"], "q": cut(row["query"], QUESTION, last=True), "text": row["query"],
                            "answers": sorted({one["answer"] for one in row["ranked"][:12]})})
    return passages, queries


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=Path, default=HERE / "rows")
    parser.add_argument("--traces", type=Path, help="labelled questions with the passages that were ranked, to look at")
    options = parser.parse_args()
    rng = random.Random(SEED)
    source = Tokenizer.from_file(str(HOME / "tokenizer.json"))
    cut = Cutter(source)
    learned, held = read_rows(options.data, options.rows)
    excerpts, held_excerpts = read_excerpts(options.data, options.rows)

    def made(some):
        return [cut.square(*excerpt_square(one)) for one in some]

    material = {
        "rows": [cut.square(one) for one in learned], "held rows": [cut.square(one) for one in held],
        "excerpts": made(excerpts), "held excerpts": made(held_excerpts),
        "interviews": [cut.square(one) for _ in range(8) for interview in read_interviews(options.data, rng) for one in interview.squares()],
    }
    for name, rows in (("pairs", read_pairs(options.data)), ("reading", reading(options.data)), ("across", across(options.data, rng))):
        material[name] = [(cut(r["q"], QUESTION, last=True), cut(r["p"], PASSAGE), r["src"], r["at"]) for r in rows]
    state = json.loads((HOME / "tokenizer.json").read_text(encoding="utf8"))
    material["weights"] = weights([piece for piece, _ in state["model"]["vocab"]])
    if options.traces:
        material["traces"] = traced(options.traces, cut)
    with lzma.open(HOME / "material.pickle.xz", "wb", preset=3) as out:
        pickle.dump(material, out, protocol=5)
    print({name: len(some) for name, some in material.items()}, (HOME / "material.pickle.xz").stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
