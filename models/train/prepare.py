"""Raw material to folded, deduplicated, checked training files.

Writes to work/: parallel.jsonl (en, zh), pairs.jsonl (q, p), their held-out parts
(heldout_parallel.jsonl, heldout_pairs.jsonl) on which everything is chosen, and overlap.json,
the report of the near-duplicate check. Rows of parallel.jsonl stand in the order in which the
teacher reads them, so any prefix of the teacher's output is a fair sample.
"""

import collections
import json
import math
import multiprocessing
import random
import re
from pathlib import Path

from common import SEED, WORK, check_data, fold, read_lines, threads, write_jsonl
from overlap import Evaluation

# Everyday language first: these sources are three times likelier to come early.
EVERYDAY = ("hanzigraph", "tatoeba", "audreyt", "lctt", "ntrex", "opensource_guide", "cncf")
HELD_OUT = 2000
ENDS = re.compile(r"(?<=[。！？!?])")
EVALUATION = None


def gloss(text: str) -> str:
    """The first distinct senses of a dictionary entry, without pronunciations."""
    text = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text)
    senses = [" ".join(s.split()) for s in re.split(r"[;,]", text)]
    return "; ".join(list(dict.fromkeys(s for s in senses if s))[:4])


def parallel_rows(data: Path):
    for row in read_lines(data / "parallel.jsonl.xz"):
        yield row["en"], row["zh"], row["src"]
    for row in read_lines(data / "definitions.jsonl.xz"):
        if row["src"] in ("cedict_en", "hsk_en") and len(row["word"]) >= 1:
            yield gloss(row["text"]), row["word"], "gloss_" + row["src"]


def news_pairs(data: Path, rng: random.Random):
    """Inverse cloze: two sentences of a news text ask for the rest of it."""
    import lzma

    with lzma.open(data / "news_zh.txt.xz", "rt", encoding="utf-8") as texts:
        for text in texts:
            text = re.sub(r"^\d{4}-.{0,20}?正文：|IT之家 \d+ 月 \d+ 日消息，|（注：[^）]*）", "", text.strip())
            parts = [s for s in ENDS.split(text) if len(s) >= 8][:14]
            if len(parts) >= 5:
                at = rng.randrange(len(parts) - 1)
                rest = parts[:at] + parts[at + 1 :]
                start = rng.randrange(max(1, len(rest) - 4))
                yield parts[at], "".join(rest[start : start + 5]), "news_cloze"


def pair_rows(data: Path):
    rng = random.Random(SEED)
    for name in ("pairs_zh", "pairs_en"):
        for row in read_lines(data / f"{name}.jsonl.xz"):
            source = row["src"] + ("_en" if name == "pairs_en" and row["src"][:7] == "audreyt" else "")
            yield row["q"], row["p"], source
    for row in read_lines(data / "definitions.jsonl.xz"):
        if row["src"] in ("jionlp_word", "xinhua_idiom"):
            yield row["word"], row["text"], row["src"]
    yield from news_pairs(data, rng)


def clean(row):
    """Folded row and the reason to drop it, if any."""
    left, right, source = row
    a, b = fold(left[:2000]), fold(right[:2000])
    if not a or not b or a == b:
        return None, "empty", source
    if "http" in a and len(a) < 60:
        return None, "link", source
    return (left[:1000], a, b, source), EVALUATION.repeats(a) or EVALUATION.repeats(b), source


def sweep(rows, report):
    """Fold and check in parallel; keep the first of equal rows."""
    seen = set()
    with multiprocessing.get_context("fork").Pool(threads()) as pool:
        for row, reason, source in pool.imap(clean, rows, chunksize=2000):
            if row is None or reason:
                report[source][reason] += 1
                continue
            key = hash((row[1], row[2]))
            if key in seen:
                report[source]["repeated row"] += 1
                continue
            seen.add(key)
            report[source]["kept"] += 1
            yield row


def main(data: Path, evaluation: Path):
    global EVALUATION
    WORK.mkdir(exist_ok=True)
    if (WORK / "overlap.json").exists():
        return
    check_data(data)
    EVALUATION = Evaluation(evaluation, evaluation.parent / "data" / "ai-customer-service.txt")
    report = collections.defaultdict(collections.Counter)
    rng = random.Random(SEED)

    lines = []
    for english, a, b, source in sweep(parallel_rows(data), report):
        weight = 3.0 if source.startswith(EVERYDAY) else 1.0
        lines.append((-math.log(1 - rng.random()) / weight, english, a, b, source))
    lines.sort()
    rows = [{"teach": t, "en": a, "zh": b, "src": s} for _, t, a, b, s in lines]
    held = [r for r in rows[: 4 * HELD_OUT] if not r["src"].startswith("gloss") and len(r["zh"]) >= 6]
    held = held[:HELD_OUT]
    taken = {r[k] for r in held for k in ("en", "zh")}
    write_jsonl(WORK / "heldout_parallel.jsonl", held)
    write_jsonl(WORK / "parallel.jsonl", (r for r in rows if r["en"] not in taken and r["zh"] not in taken))
    del rows, lines

    by_source = collections.defaultdict(list)
    for _, a, b, source in sweep(pair_rows(data), report):
        by_source[source].append({"q": a, "p": b, "src": source})
    held = []
    for source, rows in by_source.items():
        # The end of a source, not a random draw: neighbours come from the same conversation.
        share = {"audreyt_interviews": 800, "smile_dialogues": 150, "lawyer_llama": 150,
                 "changelog_interviews": 300, "news_cloze": 100, "audreyt_interviews_en": 100}.get(source, 0)
        if source in ("cpsycoun_dialogues", "cmrc2018_train", "emollm", "lctt_title_body"):
            share = 100
        if share:
            held += rows[-share:]
            del rows[-share:]
    write_jsonl(WORK / "heldout_pairs.jsonl", held)
    write_jsonl(WORK / "pairs.jsonl", (row for rows in by_source.values() for row in rows))
    summary = {"evaluation_queries": EVALUATION.size[0], "evaluation_passages": EVALUATION.size[1],
               "dropped": dict(sum(report.values(), collections.Counter())),
               "by_source": {k: dict(v) for k, v in sorted(report.items())}}
    (WORK / "overlap.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1))
    print(json.dumps(summary["dropped"]))


if __name__ == "__main__":
    import sys

    main(Path(sys.argv[1]), Path(sys.argv[2]))
