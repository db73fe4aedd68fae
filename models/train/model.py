"""The encoder: token vectors and token weights, with or without transformer layers on top.

Without layers it is a weighted mean of token vectors. With layers, each layer adds to those
same vectors and starts by adding nothing, so a transformer begins as good as the static
encoder whose table it takes and only has to learn what context changes.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    """Pre-norm self-attention and feed-forward; both outputs start at zero."""

    def __init__(self, width: int, heads: int, inner: int):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        for layer in (self.out, self.down):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x, keep):
        batch, length, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=keep)
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, width: int = 256, layers: int = 0, heads: int = 4, inner: int = 1024):
        super().__init__()
        self.shape = {"vocabulary": vocabulary, "width": width, "layers": layers, "heads": heads, "inner": inner}
        self.table = nn.Parameter(torch.randn(vocabulary, width) / math.sqrt(width))
        self.weight = nn.Parameter(torch.zeros(vocabulary))
        if layers:
            self.position = nn.Parameter(torch.zeros(512, width))
            self.pool = nn.Linear(width, 1)
            nn.init.zeros_(self.pool.weight)
            nn.init.zeros_(self.pool.bias)
        self.blocks = nn.ModuleList(Block(width, heads, inner) for _ in range(layers))

    def static(self, ids, offsets):
        """Weighted sums of token vectors of texts laid end to end. Not normalised."""
        weights = self.weight[ids].exp()
        return F.embedding_bag(ids, self.table, offsets, mode="sum", per_sample_weights=weights)

    def forward(self, ids, mask):
        """Unit vectors of a padded batch."""
        x = F.embedding(ids, self.table)
        logits = self.weight[ids]
        if self.blocks:
            keep = mask[:, None, None, :].bool()
            x = x + self.position[: ids.shape[1]]
            for block in self.blocks:
                x = block(x, keep)
            logits = logits + self.pool(x).squeeze(-1)
        weights = logits.exp() * mask
        return F.normalize((weights.unsqueeze(-1) * x).sum(1), dim=-1)


def pad(ids, offsets):
    """Flat texts to a padded batch and its mask."""
    ids, offsets = torch.as_tensor(ids), torch.as_tensor(offsets)
    ends = torch.cat([offsets[1:], torch.tensor([len(ids)])])
    lengths = ends - offsets
    mask = torch.arange(int(lengths.max())).unsqueeze(0) < lengths.unsqueeze(1)
    batch = torch.zeros(mask.shape, dtype=torch.long)
    batch[mask] = ids
    return batch, mask.float()


def embed(model, ids, offsets):
    """Unit vectors by whichever path is cheaper."""
    if not model.blocks:
        return F.normalize(model.static(torch.as_tensor(ids), torch.as_tensor(offsets)), dim=-1)
    return model(*pad(ids, offsets))
