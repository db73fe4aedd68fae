"""Makes `models/phrases.bin`, the character 5-gram model that ranks restorations.

    python phrases.py --data MATERIAL [--out ../phrases.bin]

Counts runs of two to five symbols, discounts them (absolute discounting with interpolation, Ney, Essen and Kneser 1994), keeps
those that change a probability most, and packs them into binary fuse filters (Graf and Lemire 2022). `src/restore/phrases.rs` reads the file and
describes it. About ten minutes, 8 GB.

Left out, so that `src/restore/tests/measured.rs` measures on unseen text: news texts 19,500 to 21,500 and the answers
2,500 to 5,500 and 11,500 to 14,500 of `audreyt_interviews`, with the questions to them.
"""

import argparse
import functools
import lzma
import math
import struct
from pathlib import Path

import numpy as np

from common import MODELS, read_lines

# These repeat `src/restore/phrases.rs`.
ORDER = 5
STEPS = (16.0, 8.0, 5.0)
LEFT_STEPS = 32.0
MARKS = {"，": ",", "？": "?", "；": ";", "：": ":", "！": "!", "（": "(", "）": ")"}

SYMBOLS = 6900
BASE = 7000  # as many numbers as fit five symbols into 64 bits
NONE = 0xFFFF
PARTS = 4  # of the runs, counted one after the other to save memory
# By order, from pairs on: how many are kept, the least count, and what is taken off each count.
KEPT = ((600_000, 3, 0.6), (1_620_000, 3, 0.7), (1_330_000, 3, 0.75), (640_000, 3, 0.8))


def weighted_texts(data: Path):
    """Every text, and how often it counts."""
    with lzma.open(data / "news_zh.txt.xz", "rt", encoding="utf8") as lines:
        for at, line in enumerate(lines):
            if not 19_500 <= at < 21_500:
                yield line.rstrip("\n"), 1
    interviews = 0
    for at, row in enumerate(read_lines(data / "pairs_zh.jsonl.xz")):
        source, weight = row["src"], 1
        if source == "audreyt_interviews":
            interviews += 1
            measured = 2_500 <= interviews < 5_500 or 11_500 <= interviews < 14_500
            weight = 0 if measured else 3
        elif source == "smile_dialogues" or source.startswith("docs_"):
            weight = int(at % 2 == 0)
        elif source in ("cpsycoun_dialogues", "kdconv_dialogues", "emollm"):
            weight = 2
        yield row["q"], weight
        yield row["p"], weight
    for at, row in enumerate(read_lines(data / "parallel.jsonl.xz")):
        source = row["src"]
        if source.startswith("audreyt"):
            weight = 0
        elif source.startswith("tw_law"):
            weight = int(at % 4 == 0)
        elif source.startswith(("tatoeba", "hanzigraph")):
            weight = 2
        else:
            weight = int(at % 2 == 0)
        yield row["zh"], weight
    for row in read_lines(data / "definitions.jsonl.xz"):
        yield row.get("text") or "", int("cedict" not in str(row.get("src")))


@functools.cache
def symbol_of_character() -> np.ndarray:
    """The symbol that each character of the basic plane counts as."""
    import opencc

    symbols = np.arange(0x1_0000, dtype=np.uint16)
    converter = opencc.OpenCC("t2s")
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                character = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            folded = converter.convert(character)
            if len(folded) == 1 and ord(folded) < 0x1_0000:
                symbols[ord(character)] = ord(folded)
    symbols[ord("0") : ord("9") + 1] = ord("0")
    symbols[ord("A") : ord("Z") + 1] = symbols[ord("a") : ord("z") + 1] = ord("A")
    for wide, narrow in MARKS.items():
        symbols[ord(wide)] = ord(narrow)
    symbols[0] = 1
    return symbols


def symbols_of(text: str) -> np.ndarray:
    """Symbols of a text; a run of digits or letters counts once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    symbols = symbol_of_character()[np.where(codes < 0x1_0000, codes, 0)]
    repeats = np.r_[False, symbols[1:] == symbols[:-1]] & ((symbols == ord("0")) | (symbols == ord("A")))
    return symbols[~repeats]


def read_symbols(data: Path) -> np.ndarray:
    parts, lines = [], []
    for text, weight in weighted_texts(data):
        lines += [text + "\n"] * weight
        if len(lines) > 50_000:
            parts.append(symbols_of("".join(lines)))
            lines = []
    return np.concatenate([*parts, symbols_of("".join(lines) or "\n")])


def count(text: np.ndarray, order: int, least: int, end: int):
    """Runs that were seen often enough: as numbers, how often, and how often what comes before the last symbol was."""
    length = len(text) - order + 1
    found = []
    for part in range(PARTS):
        use = text[:length] % PARTS == part
        for at in range(order):
            use &= text[at : at + length] != NONE
            if 0 < at < max(order, 2) - 1:
                use &= text[at : at + length] != end
        places = np.flatnonzero(use)
        keys = np.zeros(len(places), np.uint64)
        for at in range(order):
            keys = keys * np.uint64(BASE) + text[places + at].astype(np.uint64)
        keys.sort()
        starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, int)
        counts = np.diff(np.r_[starts, len(keys)])
        unique = keys[starts]
        before = unique // np.uint64(BASE)
        new = np.flatnonzero(np.r_[True, before[1:] != before[:-1]]) if len(unique) else np.zeros(0, int)
        contexts = np.repeat(np.add.reduceat(counts, new), np.diff(np.r_[new, len(unique)])) if len(new) else counts
        often = counts >= least
        found.append((unique[often], counts[often], contexts[often]))
    return tuple(np.concatenate(one) for one in zip(*found))


class Table:
    """Values by key."""

    def __init__(self, keys, values):
        order = np.argsort(keys)
        self.keys, self.values = keys[order], values[order]

    def at(self, keys):
        """The value of each key, and whether it has one."""
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return self.values[places], self.keys[places] == keys


def prune(lower: Table, runs, order: int):
    """The runs of an order that tell most beyond shorter ones, and the share that each context leaves to those."""
    most, _, discount = KEPT[order - 2]
    keys, counts, contexts = runs
    shorter, has_shorter = lower.at(keys % np.uint64(BASE ** (order - 1)))
    _, has_context = lower.at(keys // np.uint64(BASE))
    known = has_shorter & has_context
    keys, counts, contexts, shorter = keys[known], counts[known], contexts[known], shorter[known]
    share = ((counts - discount) / contexts).astype(np.float32)
    change = np.abs(np.log((share + 0.2 * shorter) / (0.6 * shorter))).clip(min=0.02)
    best = np.argsort(-(counts * change), kind="stable")[:most]
    keys, share, shorter = keys[best], share[best], shorter[best]
    before, place = np.unique(keys // np.uint64(BASE), return_inverse=True)
    rest = np.maximum(1.0 - np.bincount(place, share), 0.002).astype(np.float32)
    print(f"order {order}: {len(known)} runs, {len(keys)} kept", flush=True)
    return Table(keys, share + rest[place] * shorter), Table(before, rest)


def quantised(values, steps: float, most: int) -> np.ndarray:
    return np.rint(-np.log(values) * np.float32(steps)).clip(0, most).astype(np.uint16)


def mix(key: np.ndarray) -> np.ndarray:
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return key ^ (key >> np.uint64(31))


def hashed(keys: np.ndarray, length: int, order: np.ndarray) -> np.ndarray:
    """The hash of a run of symbols, 16 bits each, the last one lowest."""
    low, high = np.zeros(len(keys), np.uint64), np.zeros(len(keys), np.uint64)
    for at in range(length):
        symbol = order[(keys % np.uint64(BASE)).astype(int)].astype(np.uint64)
        keys = keys // np.uint64(BASE)
        if at < 4:
            low |= symbol << np.uint64(16 * at)
        else:
            high |= symbol << np.uint64(16 * (at - 4))
    return mix(low ^ mix(high))


def places_of(keys: np.ndarray, bits: int, segments: int) -> np.ndarray:
    """The three cells of each key, in neighbouring segments."""
    many, half = np.uint64(segments), np.uint64(32)
    segment = (((keys >> half) * many) + (((keys & np.uint64(0xFFFF_FFFF)) * many) >> half)) >> half
    mask = np.uint64((1 << bits) - 1)
    inside = [keys >> np.uint64(bits * at) & mask for at in range(3)]
    return np.stack([((segment + np.uint64(at)) << np.uint64(bits) | inside[at]).astype(np.int64) for at in range(3)])


def peel(places: np.ndarray, length: int):
    """Rounds of keys that have a cell to themselves once those of the rounds before are gone; `None` if some never do."""
    count = places.shape[1]
    degree, mixed = np.zeros(length, np.int32), np.zeros(length, np.int64)
    for row in places:
        np.add.at(degree, row, 1)
        np.bitwise_xor.at(mixed, row, np.arange(count))
    rounds, front = [], np.flatnonzero(degree == 1)
    while len(front):
        front = front[degree[front] == 1]
        keys, first = np.unique(mixed[front], return_index=True)
        if not len(keys):
            break
        rounds.append((keys, front[first]))
        for row in places:
            np.subtract.at(degree, row[keys], 1)
            np.bitwise_xor.at(mixed, row[keys], keys)
        front = np.unique(places[:, keys])
    return rounds if sum(len(keys) for keys, _ in rounds) == count else None


def fuse(keys: np.ndarray, values: np.ndarray, wide: bool) -> bytes:
    """Cells from which each key's value can be read back (a binary fuse filter)."""
    bits = math.floor(math.log(len(keys)) / math.log(3.33) + 2.25)
    segments = -(-int(len(keys) * 1.125) // (1 << bits))
    mark = (mix(keys) >> np.uint64(55) << np.uint64(7)).astype(np.uint16) if wide else np.zeros(len(keys), np.uint16)
    while True:
        length = (segments + 2) << bits
        places = places_of(keys, bits, segments)
        rounds = peel(places, length)
        if rounds is not None:
            break
        segments += 1 + segments // 50
    cells = np.zeros(length, np.uint16)
    for some, own in reversed(rounds):
        cells[own] = 0
        others = np.bitwise_xor.reduce(cells[places[:, some]], axis=0)
        cells[own] = others ^ values[some] ^ mark[some]
    return struct.pack("<II", bits, segments) + cells.astype("<u2" if wide else "u1").tobytes()


def unique_hashes(keys: list, values: list):
    """Hashes ascending; of equal ones the one with the least value."""
    keys, values = np.concatenate(keys), np.concatenate(values)
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    first = np.r_[True, keys[1:] != keys[:-1]]
    return keys[first], values[first]


def packed(order: np.ndarray, kept: list[Table], left: list[Table]) -> bytes:
    """The file, as `src/restore/phrases.rs` reads it."""
    pairs, count = kept[1], len(order)
    first = (pairs.keys // np.uint64(BASE)).astype(int)
    numbers = np.arange(count, dtype=np.uint64)
    rest, known = left[0].at(numbers)
    single = np.zeros(count, np.dtype([("code", "<u2"), ("p", "u1"), ("left", "u1"), ("pairs", "<u2")]))
    single["code"], single["p"] = order, quantised(kept[0].values, STEPS[0], 255)
    single["left"] = quantised(np.where(known, rest, 1.0), LEFT_STEPS, 255)
    single["pairs"] = np.bincount(first, minlength=count)
    second = np.zeros(len(pairs.keys), np.dtype([("place", "<u2"), ("p", "u1")]))
    second["place"] = pairs.keys % np.uint64(BASE)
    second["p"] = quantised(pairs.values, STEPS[1], 127) << 1 | left[1].at(pairs.keys)[1]
    runs, values = [], []
    for length in range(3, ORDER + 1):
        table = kept[length - 1]
        goes_on = left[length - 1].at(table.keys)[1] if length <= len(left) else 0
        runs.append(hashed(table.keys, length, order))
        values.append(quantised(table.values, STEPS[2], 63) << 1 | goes_on)
    runs, values = unique_hashes(runs, values)
    contexts, shares = [], []
    for length in range(2, ORDER):
        contexts.append(hashed(left[length - 1].keys, length, order))
        shares.append(quantised(left[length - 1].values, LEFT_STEPS, 255))
    contexts, shares = unique_hashes(contexts, shares)
    print(f"{len(runs)} runs, {len(contexts)} contexts", flush=True)
    head = struct.pack("<II", count, len(pairs.keys)) + single.tobytes() + second.tobytes()
    return head + fuse(runs, values, True) + fuse(contexts, shares, False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training material")
    parser.add_argument("--out", type=Path, default=MODELS / "phrases.bin")
    options = parser.parse_args()
    text = read_symbols(options.data)
    counts = np.bincount(text, minlength=0x1_0000)
    order = np.argsort(-counts[1:], kind="stable")[:SYMBOLS] + 1
    order = order[counts[order] > 0].astype(np.uint16)
    print(f"{len(text)} symbols", flush=True)
    single = (counts[order] / len(text)).astype(np.float32)
    place = np.full(0x1_0000, NONE, np.uint16)
    place[order] = np.arange(len(order))
    text = place[text]
    end = place[ord("\n")]
    kept, left = [Table(np.arange(len(order), dtype=np.uint64), single)], []
    for length in range(2, ORDER + 1):
        table, rest = prune(kept[-1], count(text, length, KEPT[length - 2][1], end), length)
        kept.append(table)
        left.append(rest)
    half = options.out.with_suffix(".half")
    half.write_bytes(packed(order, kept, left))
    half.replace(options.out)


if __name__ == "__main__":
    main()
