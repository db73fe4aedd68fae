"""Near-duplicate check: which training texts repeat something of the evaluation sets.

Shingles are runs of letters and digits only (punctuation and spaces removed) of the folded
text: 13 characters, or 40 where the text is mostly Latin (13 Latin characters are two words).
"""

import json
import re
from pathlib import Path

from common import fold

NOT_LETTERS = re.compile(r"[\W_]+")
LATIN = re.compile(r"[a-z]")
READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]+\)", re.IGNORECASE)


def shingles(folded: str):
    text = NOT_LETTERS.sub("", folded)
    size = 40 if len(LATIN.findall(text)) * 2 > len(text) else 13
    if len(text) < size:
        return [text] if len(text) >= 8 else []
    return [text[i : i + size] for i in range(len(text) - size + 1)]


class Evaluation:
    """Hashes of every shingle of the evaluation queries and passages."""

    def __init__(self, folder: Path, transcript: Path):
        self.queries, self.passages, self.size = set(), set(), [0, 0]
        for path in sorted(folder.glob("*/passages.jsonl")):
            self._add(path, "text", self.passages, 1)
        for path in [*sorted(folder.glob("*/queries.jsonl")), folder / "interview_dev.jsonl"]:
            self._add(path, "query", self.queries, 0)
        for line in READING.sub("", transcript.read_text(encoding="utf-8")).splitlines():
            self.passages.update(map(hash, shingles(fold(line))))

    def _add(self, path, field, into, kind):
        for row in path.read_text(encoding="utf-8").splitlines():
            self.size[kind] += 1
            into.update(map(hash, shingles(fold(json.loads(row)[field]))))

    def repeats(self, folded: str) -> str | None:
        """Why this text must not be trained on, or None.

        One shared shingle with a query is enough; with a passage it takes twelve (a shared run
        of 24 characters, or several shorter ones) or three in ten of the text, because stock
        phrases of statutes and of spoken Chinese share single runs by chance.
        """
        mine = [hash(s) for s in shingles(folded)]
        if any(s in self.queries for s in mine):
            return "query"
        shared = sum(s in self.passages for s in mine)
        if shared >= 12 or (shared and shared >= 0.3 * len(mine)):
            return "passage"
        return None
