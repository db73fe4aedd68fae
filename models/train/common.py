"""What every step shares: paths, the text folding that Rust repeats, seeds, data checksums.

The folding here and in `src/text/script.rs` must agree: NFKC, lower case, Traditional to
Simplified with phrases (OpenCC t2s). The tokenizer only ever sees folded text.
"""

import functools
import hashlib
import json
import lzma
import os
import random
import re
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent
WORK = HERE / "work"
SEED = 20261122
SPACES = re.compile(r"\s+")


@functools.cache
def _converter():
    import opencc

    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """NFKC, lower case, Simplified, single spaces. Idempotent on the training data."""
    text = unicodedata.normalize("NFKC", text).lower()
    return SPACES.sub(" ", _converter().convert(text)).strip()


def read_lines(path: Path):
    """Rows of an xz-compressed JSON-lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)


def read_jsonl(path: Path):
    with open(path, encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def write_jsonl(path: Path, rows):
    """Write to a temporary name first, so that a killed run leaves no half file."""
    half = path.with_suffix(".half")
    with open(half, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    half.replace(path)


def seed_everything(seed: int = SEED):
    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def rows_in(folder: Path):
    """Rows of every JSON-lines file in a folder, plain or xz; a line that is still being written is left out."""
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.xz")]):
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue


def check_data(data: Path, sums: str = "data.sha256"):
    """Refuse material whose SHA-256 differs from what the figures were made with."""
    for line in (HERE / sums).read_text().splitlines():
        digest, name = line.split(maxsplit=1)
        found = hashlib.sha256((data / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(f"{data / name}: SHA-256 {found}, expected {digest}")


def threads() -> int:
    """CPU threads to use: YUANHUA_THREADS, or all but one."""
    return int(os.environ.get("YUANHUA_THREADS", max(1, (os.cpu_count() or 2) - 1)))
