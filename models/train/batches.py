"""Which texts stand together in a batch: half of learning is which negatives one sees."""

import json

import numpy as np

from common import WORK
from tokens import Texts

# How often a batch of pairs comes from each source. Interviews most; machine-expanded
# counselling far below its size; the documentation sources share one place.
PAIR_WEIGHTS = {
    "audreyt_interviews": 5, "news_cloze": 3, "changelog_interviews": 2, "smile_dialogues": 1.5,
    "lawyer_llama": 2, "lawyer_llama_article": 3, "cmrc2018_train": 2.5, "documentation": 2,
    "audreyt_interviews_en": 1, "bitcoin_transcripts": 0.7, "cpsycoun_dialogues": 0.7,
    "emollm": 0.7, "medical": 1.5, "medicalgpt_sft": 0.7, "kdconv_dialogues": 0.5,
    "lctt_zh_heads": 2, "lctt_title_body": 2.5, "qmsum": 1, "dictionary": 0.5,
}
GROUPS = {"huatuo_llama": "medical", "toyhom_medical": "medical", "toyhom_medical_title": "medical",
          "jionlp_word": "dictionary", "xinhua_idiom": "dictionary", "qmsum_train_turns": "qmsum",
          "qmsum_train_summary": "qmsum", "crosswoz_dialogues": "kdconv_dialogues"}


def group(source: str) -> str:
    source = GROUPS.get(source, source)
    return source if source in PAIR_WEIGHTS else "documentation"


class Draw:
    """Rows by source, each source gone through in a fresh shuffle per pass."""

    def __init__(self, sources: list[str], rng: np.random.Generator):
        self.rng, self.rows, self.at = rng, {}, {}
        names = np.array(sources)
        for name in sorted(set(sources)):
            self.rows[name] = np.flatnonzero(names == name)
            self.at[name] = len(self.rows[name])

    def rows_of(self, name: str, count: int) -> np.ndarray:
        rows = self.rows[name]
        count = min(count, len(rows))
        if self.at[name] + count > len(rows):
            self.rng.shuffle(rows)
            self.at[name] = 0
        self.at[name] += count
        return rows[self.at[name] - count : self.at[name]]


class Batches:
    """Batches of one kind: ("parallel" | "pairs" | "across", rows)."""

    def __init__(self, size: int, pair_size: int, seed: int, taught: int):
        self.rng, self.size, self.pair_size = np.random.default_rng(seed), size, pair_size
        sources = json.loads((WORK / "tokens" / "sources.json").read_text())
        self.texts = {n: Texts(n) for n in ("parallel.en", "parallel.zh", "pairs.q", "pairs.p")}
        kinds = ["gloss" if s.startswith("gloss") else s for s in sources["parallel"][:taught]]
        counts = {k: kinds.count(k) for k in set(kinds)}
        kinds = [k if counts[k] >= 4 * size else "small" for k in kinds]
        self.parallel = Draw(kinds, self.rng)
        self.all_parallel = Draw(["all"] * taught, self.rng)
        self.pairs = Draw([group(s) for s in sources["pairs"]], self.rng)
        # Whole paragraphs in both languages; those of one kind are each other's hard negatives.
        long = [s if s.endswith("#para") else "" for s in sources["parallel"]]
        short = {s for s in set(long) if long.count(s) < 4 * pair_size}
        self.across = Draw(["small" if s in short and s else s for s in long], self.rng)
        self.kinds, self.shares = shares(self.parallel)
        self.papers, self.paper_shares = shares(self.across)
        names = sorted(k for k in self.pairs.rows if len(self.pairs.rows[k]))
        weights = np.array([PAIR_WEIGHTS[n] for n in names], float)
        self.names, self.weights = names, weights / weights.sum()

    def next(self, kind: str):
        if kind == "parallel":
            if self.rng.random() < 0.6:
                return kind, self.all_parallel.rows_of("all", self.size)
            return kind, self.parallel.rows_of(self.rng.choice(self.kinds, p=self.shares), self.size)
        if kind == "across":
            return kind, self.across.rows_of(self.rng.choice(self.papers, p=self.paper_shares), self.pair_size)
        return kind, self.pairs.rows_of(self.rng.choice(self.names, p=self.weights), self.pair_size)


def shares(draw: Draw):
    """Square root of the size of each source: statutes don't drown the rest."""
    names = sorted(k for k in draw.rows if k)
    roots = np.array([len(draw.rows[k]) ** 0.5 for k in names])
    return names, roots / roots.sum()
