"""Held-out training material as labelled sets that `yuanhua eval --passages` reads, for `score.py`.

One pool of answers per source, each question against all answers of its source; one sentence of a
paragraph against the paragraphs of the other language; and questions against the questions of
other interviews, none of which asks about the same. The encoder was not trained on any of it.
"""

import json
from pathlib import Path

from common import read_jsonl

MOST = 300  # rows of a source


def write(folder: Path, passages: dict[str, str], queries: list[tuple[str, set[str]]]) -> Path:
    """P.jsonl and Q.jsonl in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "passages.jsonl").open("w") as out:
        for name, text in passages.items():
            print(json.dumps({"id": name, "text": text}, ensure_ascii=False), file=out)
    with (folder / "queries.jsonl").open("w") as out:
        for number, (text, right) in enumerate(queries):
            row = {"id": str(number), "query": text, "relevant": dict.fromkeys(sorted(right), 1)}
            print(json.dumps(row, ensure_ascii=False), file=out)
    return folder


def pool(rows: list[dict]):
    """Answers by number, and each question with the number of its own."""
    names = {text: f"p{n}" for n, text in enumerate(dict.fromkeys(r["p"] for r in rows))}
    return {name: text for text, name in names.items()}, [(r["q"], {names[r["p"]]}) for r in rows if len(r["q"]) < 300]


def sentence(text: str) -> str:
    """The longest sentence of a paragraph, up to a point."""
    parts = [p for p in text.replace("。", "。\n").replace(". ", ".\n").split("\n") if len(p) > 12] or [text]
    return max(parts, key=lambda p: min(len(p), 60))


def make(work: Path, out: Path) -> tuple[list[Path], Path]:
    """Write all sets; the folders of the ranking sets and of the questions."""
    sources: dict[str, list[dict]] = {}
    for row in read_jsonl(work / "heldout_pairs.jsonl"):
        sources.setdefault(row["src"], []).append(row)
    folders = [write(out / name, *pool(rows[:MOST])) for name, rows in sources.items()]
    para = [r for r in read_jsonl(work / "heldout_parallel.jsonl") if "#para" in r["src"]]
    for left, right in (("en", "zh"), ("zh", "en")):
        rows = [{"q": sentence(r[left]), "p": r[right]} for r in para]
        folders.append(write(out / f"{left}_{right}", *pool(rows)))
    # The two ends of a source are far apart, so are their conversations.
    asked = [r["q"] for r in sources["audreyt_interviews"] if len(r["q"]) < 100]
    passages = {f"q{n}": question for n, question in enumerate(asked[:200])}
    return folders, write(out / "questions", passages, [(question, set()) for question in asked[-200:]])
