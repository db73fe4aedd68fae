"""Training texts as token numbers, once, in flat arrays that are mapped instead of loaded."""

import json

import numpy as np

from common import MODELS, WORK, read_jsonl

LIMIT, OPENING = 128, 2
FILES = {"parallel": ("en", "zh"), "pairs": ("q", "p"), "heldout_parallel": ("en", "zh"), "heldout_pairs": ("q", "p")}


class Texts:
    """Token numbers of text i: ids[starts[i]:starts[i+1]]."""

    def __init__(self, name: str):
        self.ids = np.load(WORK / "tokens" / f"{name}.ids.npy", mmap_mode="r")
        self.starts = np.load(WORK / "tokens" / f"{name}.starts.npy")

    def __len__(self):
        return len(self.starts) - 1

    def lengths(self):
        return np.diff(self.starts)

    def take(self, rows: np.ndarray):
        """The texts of these rows as one flat array and the offsets of each."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        offsets = np.zeros(len(rows), np.int64)
        np.cumsum(lengths[:-1], out=offsets[1:])
        index = np.repeat(self.starts[rows] - offsets, lengths) + np.arange(lengths.sum())
        return self.ids[index].astype(np.int64), offsets

    def take_some(self, rows: np.ndarray, rng, longest: int, dropped: float):
        """The same with a random stretch of long texts, and some tokens left out.

        Passages are windows of answers when the program runs; and a model that cannot lean on
        every token memorises fewer pairs.
        """
        lengths = self.starts[rows + 1] - self.starts[rows]
        kept = np.minimum(lengths, longest)
        begins = self.starts[rows] + (rng.random(len(rows)) * (lengths - kept + 1)).astype(np.int64)
        owners = np.repeat(np.arange(len(rows)), kept)
        first = np.append(0, kept.cumsum()[:-1])
        inside = np.arange(kept.sum()) - first[owners]
        ids = self.ids[begins[owners] + inside].astype(np.int64)
        ids[first] = OPENING
        stay = (rng.random(len(ids)) >= dropped) | (inside == 0)
        return ids[stay], np.append(0, np.bincount(owners[stay], minlength=len(rows)).cumsum()[:-1])


def load_tokenizer(limit: int = LIMIT):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    tokenizer.enable_truncation(limit)
    return tokenizer


def write(name: str, texts, tokenizer):
    starts, parts = [0], []
    for at in range(0, len(texts), 20000):
        for encoding in tokenizer.encode_batch(texts[at : at + 20000]):
            parts.append(np.array(encoding.ids, np.uint16))
            starts.append(starts[-1] + len(encoding.ids))
    folder = WORK / "tokens"
    np.save(folder / f"{name}.starts.npy", np.array(starts, np.int64))
    np.save(folder / f"{name}.ids.npy", np.concatenate(parts))


def main():
    (WORK / "tokens").mkdir(exist_ok=True)
    if (WORK / "tokens" / "sources.json").exists():
        return
    tokenizer, sources = load_tokenizer(), {}
    for name, sides in FILES.items():
        rows = read_jsonl(WORK / f"{name}.jsonl")
        sources[name] = [row["src"] for row in rows]
        for side in sides:
            write(f"{name}.{side}", [row[side] for row in rows], tokenizer)
    (WORK / "tokens" / "sources.json").write_text(json.dumps(sources))


if __name__ == "__main__":
    main()
