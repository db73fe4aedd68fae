"""Which words translate which: a table learnt from the parallel lines, for `src/search/query/expansion/lexicon.rs`.

    python lexicon.py [--parallel work/parallel.jsonl] [--out ../lexicon.bin]

IBM Model 1 (Brown et al. 1993) in both directions, its last rounds trained to agree (Liang, Taskar
and Klein 2006): a link counts as much as both directions believe in it. Words are what the program
matches by (`src/text/segment.rs`): jieba's words and their parts, English by Snowball stem, stop words
left out. What stays: up to KEEP translations a word, each of at least LEAST, of words seen often
enough to be believed. About eight minutes, 6 GB. The file's format is in
`src/search/query/expansion/lexicon.rs`.
"""

import argparse
import array
import collections
import hashlib
import json
import multiprocessing
import pickle
import re
import struct
from pathlib import Path

import numpy as np

from common import HERE, MODELS, WORK

LONGEST = 40  # terms a side; longer lines teach Model 1 little and cost most
KEEP, LEAST, LINKED = 16, 0.008, 1.0  # chosen on held-out lines: a sentence must find its translation
SEEN = 4  # lines a word must stand in, glosses apart
STOP = set(re.search(r'STOPWORDS: &str = "(.*?)";', (HERE.parents[1] / "src/text/segment.rs").read_text(), re.S)
           .group(1).replace("\\\n", " ").split())
STEMMER = JIEBA = None


def terms(text: str) -> list[str]:
    """The distinct content terms of a folded text, as `lexical::content_terms` finds them."""
    global STEMMER, JIEBA
    if STEMMER is None:
        import jieba
        import snowballstemmer

        STEMMER, JIEBA = snowballstemmer.stemmer("english"), jieba
        jieba.setLogLevel(60)
    if text.isascii():
        words = re.findall(r"[a-z0-9]+", text)
    else:
        words = [w for w in JIEBA.cut_for_search(text, HMM=False) if any(c.isalnum() for c in w)]
    words = dict.fromkeys(w for w in words if w not in STOP)
    return list(dict.fromkeys(STEMMER.stemWord(w) if w.isascii() and w.isalpha() else w for w in words))


def cut(line: str):
    row = json.loads(line)
    if row["src"].startswith("gloss"):
        # Each sense by itself, and the headword whole: it is the word that is explained.
        word = terms(row["zh"].strip())
        whole = [w for w in word if w == row["zh"].strip()]
        return [(terms(sense), whole or word, int(bool(whole))) for sense in row["en"].split(";")]
    return [(terms(row["en"]), terms(row["zh"]), 0)]


def read(path: Path):
    """Numbered terms of every line: flat arrays with lengths, and the two vocabularies."""
    vocabulary = ({}, {})
    counts = (collections.Counter(), collections.Counter())
    flat = (array.array("i"), array.array("i"))
    lengths = (array.array("i"), array.array("i"))
    glosses = array.array("b")
    with multiprocessing.get_context("fork").Pool(3) as pool, path.open() as lines:
        for cuts in pool.imap(cut, lines, chunksize=2000):
            for english, chinese, gloss in cuts:
                if not (english and chinese) or max(len(english), len(chinese)) > LONGEST:
                    continue
                glosses.append(gloss)
                for side, found in enumerate((english, chinese)):
                    lengths[side].append(len(found))
                    for word in found:
                        number = vocabulary[side].setdefault(word, len(vocabulary[side]))
                        flat[side].append(number)
                        counts[side][number] += SEEN if gloss and len(found) == 1 else 1
    return [list(v) for v in vocabulary], counts, [np.array(a) for a in flat], [np.array(a) for a in lengths]


def links(flat, lengths):
    """Every pair of an English and a Chinese term of one line: its table cell and both its words' places."""
    pieces = [[], [], []]
    starts = [np.concatenate([[0], np.cumsum(n)]) for n in lengths]
    shapes = lengths[0].astype(np.int64) * 64 + lengths[1]
    for shape in np.unique(shapes):
        rows = np.flatnonzero(shapes == shape)
        a, b = divmod(int(shape), 64)
        left = (starts[0][rows][:, None] + np.arange(a))[:, :, None].repeat(b, 2).reshape(-1)
        right = (starts[1][rows][:, None] + np.arange(b))[:, None, :].repeat(a, 1).reshape(-1)
        pieces[0].append(left.astype(np.int32))
        pieces[1].append(right.astype(np.int32))
    left, right = np.concatenate(pieces[0]), np.concatenate(pieces[1])
    width = int(flat[1].max()) + 1
    keys = flat[0][left].astype(np.int64) * width + flat[1][right]
    cells, where = np.unique(keys, return_inverse=True)
    return left, right, where.astype(np.int32), cells // width, cells % width


def learn(flat, lengths, rounds=(3, 4)):
    """Probabilities of the table's cells: of the Chinese word given the English one, and the reverse."""
    left, right, where, english, chinese = links(flat, lengths)
    print(f"{len(left)/1e6:.1f} M links, {len(english)/1e6:.1f} M cells", flush=True)
    unigram = [np.bincount(f) / len(f) for f in flat]
    forward = np.full(len(english), 1e-3)
    backward = np.full(len(english), 1e-3)
    for turn in range(sum(rounds)):
        # A word may also come from nowhere, the likelier the commoner it is.
        total = np.bincount(right, forward[where], len(flat[1])) + unigram[1][flat[1]]
        ahead = forward[where] / total[right]
        total = np.bincount(left, backward[where], len(flat[0])) + unigram[0][flat[0]]
        back = backward[where] / total[left]
        if turn < rounds[0]:
            counts = [np.bincount(where, ahead, len(english)), np.bincount(where, back, len(english))]
        else:
            ahead *= back
            counts = [np.bincount(where, ahead, len(english))] * 2
        del ahead, back, total
        forward = counts[0] / np.maximum(np.bincount(english, counts[0])[english], 1e-9)
        backward = counts[1] / np.maximum(np.bincount(chinese, counts[1])[chinese], 1e-9)
        print("round", turn, flush=True)
    return english, chinese, forward, backward, counts[0]


def prune(source, target, chance, weight, seen):
    """Per source word its best translations, best first, their chances summing to one at most."""
    keep = (chance >= LEAST) & (weight >= LINKED) & (seen[0][source] >= SEEN) & (seen[1][target] >= 2)
    source, target, chance = source[keep], target[keep], chance[keep]
    order = np.lexsort((-chance, source))
    table = collections.defaultdict(list)
    for i in order:
        row = table[int(source[i])]
        if len(row) < KEEP:
            row.append((int(target[i]), float(chance[i])))
    return table


def write(path: Path, words, tables):
    """Both tables in one file; words sorted by their bytes, so that they are found by bisection."""
    used = [set(tables[side]) | {t for row in tables[1 - side].values() for t, _ in row} for side in (0, 1)]
    order = [sorted(used[side], key=lambda w: words[side][w].encode()) for side in (0, 1)]
    place = [{w: n for n, w in enumerate(order[side])} for side in (0, 1)]
    body = b""
    for side in (0, 1):
        spelt = [words[side][w].encode() for w in order[side]]
        text = b"".join(spelt)
        body += struct.pack("<II", len(spelt), len(text)) + bytes(map(len, spelt)) + text
    for side in (0, 1):
        rows = [tables[side].get(w, []) for w in order[side]]
        packed = [place[1 - side][target] | min(255, round(chance**0.5 * 255)) << 24 for row in rows for target, chance in row]
        body += struct.pack("<I", len(packed)) + bytes(map(len, rows)) + np.array(packed, "<u4").tobytes()
    path.write_bytes(b"YLEX2\n" + body)
    print(len(body) / 1e6, "MB", [len(o) for o in order], [len(t) for t in tables], hashlib.sha256(path.read_bytes()).hexdigest())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallel", type=Path, default=WORK / "parallel.jsonl")
    parser.add_argument("--learnt", type=Path, default=WORK / "lexicon.pickle", help="kept between runs")
    parser.add_argument("--out", type=Path, default=MODELS / "lexicon.bin")
    arguments = parser.parse_args()
    if not arguments.learnt.exists():
        words, counts, flat, lengths = read(arguments.parallel)
        print([len(w) for w in words], [len(f) for f in flat], flush=True)
        english, chinese, forward, backward, weight = learn(flat, lengths)
        keep = (forward > LEAST / 2) | (backward > LEAST / 2)
        found = [x[keep] for x in (english, chinese, forward, backward, weight)]
        arguments.learnt.write_bytes(pickle.dumps((words, counts, *found)))
    words, counts, english, chinese, forward, backward, weight = pickle.loads(arguments.learnt.read_bytes())
    seen = [np.array([c[n] for n in range(len(w))]) for c, w in zip(counts, words)]
    tables = [prune(english, chinese, forward, weight, seen), prune(chinese, english, backward, weight, seen[::-1])]
    write(arguments.out, words, tables)
    for side, samples in enumerate((("worri", "custom", "salari", "channel", "defens", "replac"), ("担心", "客服", "薪水", "频道", "防守", "代替"))):
        numbers = {w: n for n, w in enumerate(words[side])}
        for word in samples:
            print(word, [(words[1 - side][t], round(p, 2)) for t, p in tables[side].get(numbers.get(word), [])])


if __name__ == "__main__":
    main()
