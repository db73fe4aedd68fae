"""The judge: does this passage answer this question?

Question and passage are read apart by the lowest layers of multilingual-e5-small. Above them the question's tokens
go through the next layers and attend to the passage's tokens as well as to each other; the passage's states stay as
they are, so the program keeps them, and a passage that was read once is judged again for a sixth of the price.
Beside that every token of the question looks for the passage's nearest token (late interaction), which is of use
from the first step on, while the layers above begin knowing nothing of passages.
"""

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, INNER, PLACES, NARROW = 384, 12, 1536, 512, 128
# Columns that share a scale where matrices are stored in four bits.
GROUP = 32


def rounded(weight):
    """A matrix as four bits give it back (32 columns share a scale), with the gradient of the matrix itself."""
    parts = weight.detach().reshape(-1, GROUP)
    far = parts.gather(1, parts.abs().argmax(1, keepdim=True))
    scale = (far / -8).half().float()
    levels = (parts / torch.where(scale == 0, 1.0, scale)).round().clamp(-8, 7)
    return weight + ((levels * scale).reshape(weight.shape) - weight.detach())


class Matrix(nn.Linear):
    """A linear layer that may learn to be stored in four bits."""

    coarse = False

    def kept(self):
        return rounded(self.weight) if self.coarse else self.weight

    def forward(self, x):
        return F.linear(x, self.kept(), self.bias)


def coarse(model, on=True):
    """Lets every matrix of a model be as four bits give it back."""
    for part in model.modules():
        if isinstance(part, Matrix):
            part.coarse = on


class Block(nn.Module):
    # The share of numbers that training leaves out.
    drop = 0.0

    def __init__(self):
        super().__init__()
        self.qkv = Matrix(WIDTH, 3 * WIDTH)
        self.out = Matrix(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Matrix(WIDTH, INNER)
        self.down = Matrix(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def finish(self, x, mixed):
        x = self.norm1(x + F.dropout(self.out(mixed), self.drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.drop, self.training))

    def forward(self, x, hidden):
        """Tokens of one text among themselves."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=hidden)
        return self.finish(x, mixed.transpose(1, 2).reshape(batch, length, WIDTH))

    def across(self, x, passages, told_of, hidden):
        """Tokens of questions among themselves and over the tokens of the passage that each is asked of."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        told = F.linear(passages, self.qkv.kept()[WIDTH:], self.qkv.bias[WIDTH:])
        more_k, more_v = told.view(*passages.shape[:2], 2, HEADS, -1).permute(2, 0, 3, 1, 4)
        k, v = torch.cat([k, told_of(more_k)], 2), torch.cat([v, told_of(more_v)], 2)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=hidden)
        return self.finish(x, mixed.transpose(1, 2).reshape(batch, length, WIDTH))


class Judge(nn.Module):
    def __init__(self, vocabulary: int, lower: int = 4, upper: int = 3):
        super().__init__()
        self.shape = {"vocabulary": vocabulary, "lower": lower, "upper": upper}
        self.table = nn.Embedding(vocabulary, WIDTH)
        self.place = nn.Parameter(torch.zeros(PLACES, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.lower = nn.ModuleList(Block() for _ in range(lower))
        # What tells a passage's token from a question's.
        self.told = nn.Parameter(torch.zeros(WIDTH))
        self.upper = nn.ModuleList(Block() for _ in range(upper))
        # Late interaction: in how many directions tokens are compared, which of the question's count, how much all of it does.
        self.near = nn.Linear(WIDTH, NARROW)
        self.counts = nn.Linear(WIDTH, 1)
        self.share = nn.Parameter(torch.tensor(10.0))
        nn.init.orthogonal_(self.near.weight)
        nn.init.zeros_(self.counts.weight)
        self.score = nn.Linear(WIDTH, 1)
        nn.init.zeros_(self.score.bias)

    def read(self, ids, mask):
        """Token states of texts that nothing else was read with."""
        hidden = (mask[:, None, None, :].float() - 1) * 1e4
        x = self.norm(self.table(ids) + self.place[: ids.shape[1]])
        for block in self.lower:
            x = block(x, hidden)
        return x

    def judge(self, asked, asked_mask, passages, passage_mask, question_of, passage_of):
        """A logit for each pair (question_of[i], passage_of[i]) of the read texts."""
        return self.judged(asked, asked_mask, passages, passage_mask, lambda x: x[question_of], lambda x: x[passage_of])

    def squares(self, asked, asked_mask, passages, passage_mask, count):
        """A logit for every question of each of `count` squares with every passage of it, square by square. Nothing is
        gathered, so the gradient is a plain sum: five times as quick on a GPU."""

        def asked_of(x):
            x = x.unflatten(0, (count, -1)).unsqueeze(2)
            return x.expand(-1, -1, len(passages) // count, *x.shape[3:]).flatten(0, 2)

        def told_of(x):
            x = x.unflatten(0, (count, -1)).unsqueeze(1)
            return x.expand(-1, len(asked) // count, -1, *x.shape[3:]).flatten(0, 2)

        return self.judged(asked, asked_mask, passages, passage_mask, asked_of, told_of)

    def judged(self, asked, asked_mask, passages, passage_mask, asked_of, told_of):
        x, mask = asked_of(asked), asked_of(asked_mask).float()
        hidden = (torch.cat([mask, told_of(passage_mask).float()], 1)[:, None, None, :] - 1) * 1e4
        late = self.late(asked, asked_mask, passages, passage_mask, asked_of, told_of)
        passages = passages + self.told
        for block in self.upper:
            x = block.across(x, passages, told_of, hidden)
        mask = mask.unsqueeze(-1)
        return self.score((x * mask).sum(1) / mask.sum(1)).squeeze(-1) + self.share * late

    def together(self, ids, mask):
        """A logit for each text that is a question and a passage: every layer reads both."""
        hidden = (mask[:, None, None, :].float() - 1) * 1e4
        x = self.read(ids, mask)
        for block in self.upper:
            x = block(x, hidden)
        mask = mask.unsqueeze(-1)
        return self.score((x * mask).sum(1) / mask.sum(1)).squeeze(-1)

    def late(self, asked, asked_mask, passages, passage_mask, asked_of, told_of):
        """The weighted mean, over the question's tokens, of the cosine of the passage's nearest."""
        told = F.normalize(self.near(passages), dim=-1)
        weight = (self.counts(asked).squeeze(-1) + (asked_mask.float() - 1) * 1e4).softmax(-1)
        cosines = asked_of(F.normalize(self.near(asked), dim=-1)) @ told_of(told).transpose(1, 2)
        nearest = (cosines + (told_of(passage_mask).float() - 1)[:, None, :] * 1e4).amax(-1)
        return (nearest * asked_of(weight)).sum(-1)
