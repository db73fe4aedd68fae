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


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def finish(self, x, mixed):
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))

    def forward(self, x, hidden):
        """Tokens of one text among themselves."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=hidden)
        return self.finish(x, mixed.transpose(1, 2).reshape(batch, length, WIDTH))

    def across(self, x, passages, owners, hidden):
        """Tokens of questions among themselves and over the tokens of the passage that each is asked of."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        told = F.linear(passages, self.qkv.weight[WIDTH:], self.qkv.bias[WIDTH:])
        more_k, more_v = told.view(*passages.shape[:2], 2, HEADS, -1).permute(2, 0, 3, 1, 4)
        k, v = torch.cat([k, more_k[owners]], 2), torch.cat([v, more_v[owners]], 2)
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
        x, mask = asked[question_of], asked_mask[question_of].float()
        hidden = (torch.cat([mask, passage_mask[passage_of].float()], 1)[:, None, None, :] - 1) * 1e4
        late = self.late(asked, asked_mask, passages, passage_mask, question_of, passage_of)
        passages = passages + self.told
        for block in self.upper:
            x = block.across(x, passages, passage_of, hidden)
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

    def late(self, asked, asked_mask, passages, passage_mask, question_of, passage_of):
        """The weighted mean, over the question's tokens, of the cosine of the passage's nearest."""
        told = F.normalize(self.near(passages), dim=-1)
        weight = (self.counts(asked).squeeze(-1) + (asked_mask.float() - 1) * 1e4).softmax(-1)
        cosines = F.normalize(self.near(asked), dim=-1)[question_of] @ told[passage_of].transpose(1, 2)
        nearest = (cosines + (passage_mask[passage_of].float() - 1)[:, None, :] * 1e4).amax(-1)
        return (weight[question_of] * nearest).sum(-1)
