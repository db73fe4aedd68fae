"""What both trainers of the judge share: their options, the learning rate over time, the averaged weights, the log."""

import argparse
import copy
import json
import lzma
import math
import pickle
import time
from pathlib import Path

import torch

from judge_checkpoint import save
from judge_held_out import held_out, traced


def parser_of(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--material", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--teacher", nargs="*", default=[], help="names of teachers in the folder")
    parser.add_argument("--lower", type=int, help="layers that read question and passage apart")
    parser.add_argument("--upper", type=int, help="layers that read them together")
    parser.add_argument("--layers", type=lambda s: [int(x) for x in s.split(",")], help="layers to begin with, from the lowest")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--coarse", type=float, help="share of the time after which matrices are rounded to four bits")
    parser.add_argument("--rate", type=float)
    parser.add_argument("--drop", type=float)
    parser.add_argument("--mean", type=float, default=0.998, help="how slowly the averaged weights follow")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--every", type=float, help="seconds between two looks at what was held out")
    return parser


def prepared(options):
    """The device and the material. It also sets the seed."""
    torch.manual_seed(options.seed)
    torch.set_float32_matmul_precision("high")
    with lzma.open(options.material) as packed:
        material = pickle.load(packed)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu"), material


class Training:
    """A run: the model, the average of its weights over the last steps, and what was measured so far."""

    def __init__(self, model, options, began, log_every):
        self.model, self.options, self.began, self.log_every = model, options, began, log_every
        model.table.weight.requires_grad_(False)
        model.place.requires_grad_(False)
        self.device = model.place.device
        self.learned = [p for p in model.parameters() if p.requires_grad]
        groups = [{"params": [p for p in self.learned if p.ndim > 1], "weight_decay": 0.02}, {"params": [p for p in self.learned if p.ndim < 2], "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), fused=self.device.type == "cuda")
        self.mean = copy.deepcopy(model)
        self.report = {"options": {k: str(v) for k, v in vars(options).items()}, "held": []}
        self.step, self.pairs, self.waited, self.losses = 0, 0, 0.0, []
        print(f"{options.name}: {time.time() - began:.0f}s to begin, {sum(p.numel() for p in self.learned)} numbers learn", flush=True)
        self.started = self.looked = time.time()
        model.train()

    def share(self):
        """The share of the time that has passed."""
        return (time.time() - self.started) / self.options.seconds

    def next_batch(self, batches):
        waits = time.time()
        batch = next(batches)
        self.waited += time.time() - waits
        return {k: v.to(self.device, non_blocking=True) if torch.is_tensor(v) else v for k, v in batch.items()}

    def learn(self, loss, pairs, share):
        """One step: warmed up over 150 steps, then slower along half a cosine."""
        pace = min(1, (self.step + 1) / 150) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in self.optimizer.param_groups:
            group["lr"] = self.options.rate * pace
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.learned, 1.0)
        self.optimizer.step()
        self.step += 1
        self.pairs += pairs
        keep = min(self.options.mean, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.mean.parameters()), [p.detach() for p in self.model.parameters()], 1 - keep)
        self.losses.append(loss.detach())
        if self.step in (5, 20, 60, 120) or self.step % self.log_every == 0:
            recent = torch.stack(self.losses[-200:]).mean().item()
            print(self.options.name, self.step, f"{time.time() - self.began:.0f}s loss {recent:.3f} {self.pairs} pairs, {self.waited:.0f}s waited", flush=True)

    def is_time_to_look(self):
        return time.time() - self.looked > self.options.every

    def look(self, material):
        """Measures the averaged weights on what was held out."""
        began = time.time()
        found = held_out(self.mean, material)
        print(self.options.name, self.step, f"{time.time() - self.began:.0f}s", json.dumps(found), flush=True)
        self.report["held"].append([self.step, found])
        # A look that takes long is taken less often.
        self.looked = time.time() + (time.time() - began)

    def save(self):
        save(self.mean, self.options.out, self.options.name, self.report)

    def end(self, material):
        """Saves first, so that a failure while the traced questions are judged loses nothing."""
        self.save()
        if "traces" in material:
            self.report["traced"] = traced(self.mean, material)
            self.save()
        memory = torch.cuda.max_memory_allocated() / 1e9 if self.device.type == "cuda" else 0
        print(f"{self.options.name}: done, {time.time() - self.began:.0f}s, {memory:.1f} GB", flush=True)
