"""What the judge learns from, as squares: some questions, some passages, and who answers whom.

A square's labels are 1 (answers), 0 (does not), -1 (not known). Four kinds: rows with contrast passages, excerpts (some
passages of one interview, with questions that were judged against each of them), labelled interviews, and interviewers'
questions with the answers they got, several of one interview together.
"""

import json
import random
import re
import zlib
from pathlib import Path

import numpy as np

from common import SEED, fold, read_lines, rows_in
from judge_start import BEGIN, END

QUESTION, PASSAGE, ASKED = 40, 112, 24
HELD_OUT = 150
# One excerpt of this many is held out.
HELD_EXCERPT = 12
# Sources whose neighbouring lines are one interview.
INTERVIEWS = ("audreyt_interviews", "changelog_interviews", "bitcoin_transcripts")


class Reader:
    """Folded text to token numbers."""

    def __init__(self, tokenizer):
        self.tokenizer, self.known = tokenizer, {}

    def ids(self, text: str) -> list[int]:
        if text not in self.known:
            self.known[text] = self.tokenizer.encode(fold(text)).ids
        return self.known[text]

    def question(self, text: str) -> list[int]:
        return [BEGIN, *self.ids(text)[-QUESTION:], END]

    def passage(self, text: str, asked: str = "") -> list[int]:
        """The interviewer's question, where it is told, stands before the passage."""
        before = [*self.ids(asked)[-ASKED:], END] if asked else []
        return [BEGIN, *before, *self.ids(text)[:PASSAGE], END]


def square_of(row: dict) -> dict | None:
    """A row's questions and passages; None where it is not of the form."""
    contrast, answered, missed = row.get("contrast") or [], row.get("answered") or [], row.get("near_miss") or []
    if len(contrast) > len(missed) or not answered or not row.get("p"):
        return None
    labels = np.zeros((len(answered) + len(missed), 1 + len(contrast)), np.int8)
    labels[: len(answered), 0] = 1
    for at in range(len(contrast)):
        labels[len(answered) + at, 1 + at] = 1
    return {"questions": [*answered, *missed], "passages": [row["p"], *contrast], "asked": row.get("asked") or "",
            "labels": labels, "src": row.get("src", ""), "lang": row.get("lang", "")}


def read_rows(data: Path, more: Path | None):
    """Squares to learn from, and those held out to choose by: never one of the rows that were added."""
    rows = [square_of(row) for row in read_lines(data / "questions.jsonl.xz")]
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    held = [rows[i] for i in order if rows[i]["labels"].shape[1] == 3][:HELD_OUT]
    names = {id(row) for row in held}
    return [row for row in rows if id(row) not in names] + added(more), held


def added(more: Path | None):
    """Squares of the rows in a folder, read anew each time: more may have been written."""
    squares = (square_of(row) for row in (rows_in(more) if more else ()) if "questions" not in row)
    return [square for square in squares if square]


def read_excerpts(data: Path, more: Path | None):
    """The excerpts in a folder to learn from, and those that are held out.

    A passage is text of our own, or a place in the material: file, line from 0, first character and number of characters.
    Each gets `asked`: what the interviewer asked before each passage, empty for text of our own.
    """
    excerpts = [row for row in (rows_in(more) if more else ()) if "questions" in row]
    places = {tuple(p[:2]) for row in excerpts for p in row["passages"] if not isinstance(p, str)}
    lines = {}
    for name in sorted({name for name, _ in places}):
        for at, row in enumerate(read_lines(data / f"{name}.jsonl.xz")):
            if (name, at) in places:
                lines[name, at] = re.sub(r"\s+", " ", row["p"]).strip(), row["q"][-100:]
    for row in excerpts:
        row["asked"] = ["" if isinstance(p, str) else lines[p[0], p[1]][1] for p in row["passages"]]
        row["passages"] = [p if isinstance(p, str) else lines[p[0], p[1]][0][p[2] : p[2] + p[3]] for p in row["passages"]]
    held = [zlib.crc32(row["passages"][0].encode()) % HELD_EXCERPT == 0 for row in excerpts]
    return [row for row, out in zip(excerpts, held) if not out], [row for row, out in zip(excerpts, held) if out]


def excerpt_squares(excerpt: dict, rng, size=5, most=8):
    """Two halves of an excerpt's questions, each with the passages that answer them and the likeliest others."""
    asked, passages = excerpt["questions"][:], excerpt["passages"]
    rng.shuffle(asked)
    for start in range(0, len(asked) - 2, size):
        some = asked[start : start + size]
        own = {n - 1 for one in some for n in one.get("yes", [])}
        contrasts = [one["contrast"] for one in some if one.get("contrast")]
        grams = set().union(*(bigrams(one["q"]) for one in some))
        rest = [n for n in range(len(passages)) if n not in own]
        rest.sort(key=lambda n: -len(grams & bigrams(passages[n])) * rng.uniform(0.5, 1.5))
        chosen = [*own, *rest[: max(2, most - len(own) - len(contrasts))]]
        labels = np.zeros((len(some), len(chosen) + len(contrasts)), np.int8)
        invented = len(chosen)
        for q, one in enumerate(some):
            for p, n in enumerate(chosen):
                labels[q, p] = 1 if n + 1 in one.get("yes", []) else -1 if n + 1 in one.get("maybe", []) else 0
            if one.get("contrast"):
                labels[q, invented] = 1
                invented += 1
        yield {"questions": [one["q"] for one in some], "passages": [passages[n] for n in chosen] + contrasts, "asked": "",
               "labels": labels, "src": "excerpts", "lang": excerpt.get("lang", "")}


def bigrams(text: str):
    text = re.sub(r"[\W_]+", "", fold(text))
    return {text[i : i + 2] for i in range(len(text) - 1)}


class Interview:
    """A transcript and its labelled questions; a square is three questions and what near them was said."""

    def __init__(self, transcript: Path, labels: Path, rng):
        self.rng = rng
        self.lines = transcript.read_text(encoding="utf8").split("\n")
        self.rows = [row for row in map(json.loads, labels.read_text(encoding="utf8").splitlines()) if "query" in row]
        self.others = [i for i, line in enumerate(self.lines) if len(line) > 25 and not line.startswith("#")]
        self.grams = {i: bigrams(self.lines[i]) for i in self.others}

    def said(self, line: int, starts: str = "") -> str:
        """The line from the sentence where `starts` stands; else from a sentence by chance."""
        text = re.sub(r"^\*\*[^*]{1,40}:\*\*\s*", "", self.lines[line])
        at = text.find(starts) if starts else -1
        if at < 0:
            ends = [0, *(m.end() for m in re.finditer(r"[。！？.!?]\s*", text[:-120]))]
            at = self.rng.choice(ends)
        return text[at : at + 420]

    def squares(self):
        rows = self.rows[:]
        self.rng.shuffle(rows)
        for start in range(0, len(rows) - 2, 3):
            yield self.square(rows[start : start + 3])

    def square(self, rows):
        chosen, used = [], set()
        for row in rows:
            for label in row["relevant"][:1]:
                chosen.append((label["line"] - 1, self.said(label["line"] - 1, label.get("starts", ""))))
                used.add(label["line"] - 1)
        for row in rows:
            own = {label["line"] - 1 for label in row["relevant"]}
            grams = bigrams(row["query"])
            near = sorted((i for i in self.others if i not in own | used), key=lambda i: -len(grams & self.grams[i]) / (20 + len(self.grams[i])) ** 0.5)
            line = self.rng.choice(near[:6])
            used.add(line)
            chosen.append((line, self.said(line)))
        labels = np.zeros((len(rows), len(chosen)), np.int8)
        for q, row in enumerate(rows):
            grades = {label["line"] - 1: label["grade"] for label in row["relevant"]}
            first = row["relevant"][0]["line"] - 1 if row["relevant"] else None
            for p, (line, _) in enumerate(chosen):
                if line in grades:
                    labels[q, p] = 1 if line == first and grades[line] == 2 else -1
        return {"questions": [row["query"] for row in rows], "passages": [text for _, text in chosen], "asked": "",
                "labels": labels, "src": "interviews", "lang": "zh"}


def read_interviews(data: Path, rng):
    folder = data / "interviews"
    return [Interview(path.parent / (path.name.split(".")[0] + ".md"), path, rng) for path in sorted(folder.glob("*.labels.jsonl"))]


def read_pairs(data: Path):
    """Question and answer of interviews, in order, without the lines that are measured on."""
    excluded = json.loads((data / "exclude.json").read_text())
    for name in ("pairs_zh", "pairs_en"):
        left_out = set(excluded[name])
        for at, row in enumerate(read_lines(data / f"{name}.jsonl.xz")):
            asks = row["q"].strip()[-120:]
            if row["src"] in INTERVIEWS and at not in left_out and re.search(r"[?？]", asks) and len(row["p"]) > 40:
                yield {"q": asks if len(asks) < 120 else re.split(r"[。.!！]\s*", asks, maxsplit=1)[-1], "p": row["p"][:400], "src": row["src"], "at": at}


def pair_squares(pairs, rng, size=4):
    """Some neighbours of one interview: every question, every answer."""
    while True:
        start = rng.randrange(len(pairs) - 8)
        near = [p for p in pairs[start : start + 8] if p["src"] == pairs[start]["src"] and p["at"] - pairs[start]["at"] < 40]
        if len(near) < size:
            continue
        some = rng.sample(near, size)
        if min(len(p["q"]) for p in some) < 6:
            continue
        labels = np.full((size, size), 0, np.int8)
        np.fill_diagonal(labels, 1)
        yield {"questions": [p["q"] for p in some], "passages": [p["p"] for p in some], "asked": "", "labels": labels,
               "src": "pairs", "lang": ""}
