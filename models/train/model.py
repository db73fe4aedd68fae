"""The encoder: a weighted mean of token vectors, with or without transformer layers before it.

With layers the table is narrow (`table` columns) and widened to the layers' width, which keeps
the file small; the layers are those of BERT, so that they can begin as the teacher's own.
"""

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    """One BERT layer: self-attention and feed-forward, each added and then normalised."""

    def __init__(self, width: int, heads: int, inner: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x, hidden):
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        # Written out: the fused kernel's backward pass is slow for short texts on a CPU.
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + hidden
        mixed = scores.softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(batch, length, width)))
        return self.norm2(x + self.down(F.gelu(self.up(x), approximate="tanh")))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, width: int = 256, layers: int = 0, heads: int = 12, inner: int = 1024, table: int = 0):
        super().__init__()
        table = table or width
        self.shape = {"vocabulary": vocabulary, "width": width, "layers": layers, "heads": heads, "inner": inner, "table": table}
        self.table = nn.Parameter(torch.randn(vocabulary, table) / math.sqrt(table))
        self.weight = nn.Parameter(torch.zeros(vocabulary))
        if layers:
            self.widen = nn.Linear(table, width, bias=False)
            self.position = nn.Parameter(torch.zeros(512, width))
            self.norm = nn.LayerNorm(width, eps=1e-12)
        self.blocks = nn.ModuleList(Block(width, heads, inner) for _ in range(layers))

    def static(self, ids, offsets):
        """Weighted sums of token vectors of texts laid end to end. Not normalised."""
        weights = self.weight[ids].exp()
        return F.embedding_bag(ids, self.table, offsets, mode="sum", per_sample_weights=weights)

    def forward(self, ids, mask):
        """Unit vectors of a padded batch."""
        x = F.embedding(ids, self.table)
        if self.blocks:
            hidden = (mask[:, None, None, :] - 1) * 1e4
            x = self.norm(self.widen(x) + self.position[: ids.shape[1]])
            for block in self.blocks:
                x = block(x, hidden)
        weights = self.weight[ids].exp() * mask
        return F.normalize((weights.unsqueeze(-1) * x.float()).sum(1), dim=-1)


def pad(ids, offsets):
    """Flat texts to a padded batch and its mask."""
    ids, offsets = torch.as_tensor(ids), torch.as_tensor(offsets)
    ends = torch.cat([offsets[1:], torch.tensor([len(ids)])])
    lengths = ends - offsets
    mask = torch.arange(int(lengths.max())).unsqueeze(0) < lengths.unsqueeze(1)
    batch = torch.zeros(mask.shape, dtype=torch.long)
    batch[mask] = ids
    return batch, mask.float()


def embed(model, ids, offsets, chunk: int = 128):
    """Unit vectors, in the order given.

    A transformer takes texts of like length together, so that little is padding, and multiplies
    in bfloat16 while it learns: twice as fast on a CPU that has it, and as good.
    """
    if not model.blocks:
        return F.normalize(model.static(torch.as_tensor(ids), torch.as_tensor(offsets)), dim=-1)
    lengths = np.diff(np.append(offsets, len(ids)))
    order, parts = np.argsort(lengths, kind="stable"), []
    with torch.autocast("cpu", torch.bfloat16, enabled=model.training):
        for start in range(0, len(order), chunk):
            rows = order[start : start + chunk]
            keep = np.repeat(offsets[rows] - np.append(0, lengths[rows].cumsum()[:-1]), lengths[rows])
            flat = ids[keep + np.arange(lengths[rows].sum())]
            parts.append(model(*pad(flat, np.append(0, lengths[rows].cumsum()[:-1]))).float())
    return torch.cat(parts)[torch.from_numpy(np.argsort(order))]
