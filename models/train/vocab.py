"""One vocabulary for Chinese and English: a Unigram tokenizer over the folded text.

Chinese training text is cut into dictionary words first (jieba), so that no piece crosses a
word; at run time the Unigram search alone finds the words, without a dictionary. English words
carry no space mark: the same piece stands for a word wherever it occurs. `<s>` opens every
text, so even an empty one has a token.
"""

import collections
import json
import math
import multiprocessing
import random
import re

from common import MODELS, SEED, WORK, threads

SIZE = 40000
WHOLE = 12000
SAMPLE = 900_000
RUNS = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
WORDS = re.compile(r"[^\W\d_]+|\d+|\S")
SPECIAL = ["<pad>", "<unk>", "<s>"]


def pieces_of(text: str) -> list[str]:
    """Chinese runs by dictionary words, the rest by the tokenizer's own splitting."""
    import jieba

    out: list[str] = []
    for run in RUNS.findall(text):
        out += jieba.cut(run, HMM=False) if run[0] >= "\u3400" else WORDS.findall(run)
    return out


def sample() -> list[str]:
    """Texts with everyday sources weighted up; both languages."""
    rng, texts = random.Random(SEED), []
    for row in open(WORK / "parallel.jsonl", encoding="utf-8"):
        if rng.random() < 0.5:
            row = json.loads(row)
            texts += [row["en"], row["zh"]]
    for row in open(WORK / "pairs.jsonl", encoding="utf-8"):
        row = json.loads(row)
        if rng.random() < (0.15 if row["src"] == "smile_dialogues" else 0.6):
            texts += [row["q"], row["p"][:400]]
    rng.shuffle(texts)
    return texts[:SAMPLE]


def repeated(words: dict[str, int]):
    """Every word as often as it occurs, and frequent ones twice more around a joint.

    The trainer takes candidates from substrings that occur in two different words; without the
    joint a common word that is part of no longer word would not become a piece.
    """
    for word, count in words.items():
        for _ in range(count):
            yield word
        if count >= 8 and len(word) > 1 and word.strip().isalpha():
            yield word + ("々" if word[0] >= "\u3400" else "ǂ") + word


def untrained():
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    classes = r"\p{Han}+|[\p{Latin}\p{M}]+|\p{N}{1,4}|[^\p{Han}\p{Latin}\p{M}\p{N}]"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex(classes), "isolated")]
    )
    return tokenizer


def with_whole_words(tokenizer, words: dict[str, int]):
    """Frequent Latin words become pieces, in place of the least likely ones.

    The trainer drops a short word that its letters can spell ("ai"); as a weighted mean of
    letters it would mean nothing.
    """
    from tokenizers import Tokenizer

    latin = collections.Counter({w: n for w, n in words.items() if re.fullmatch(r"[a-z]{2,14}", w)})
    total, state = sum(words.values()), json.loads(tokenizer.to_str())
    pieces = dict(map(tuple, state["model"]["vocab"]))
    missing = [w for w, _ in latin.most_common(WHOLE) if w not in pieces]
    wanted = {w for w, _ in latin.most_common(WHOLE)}
    spare = [p for p in pieces if len(p) > 1 and p not in wanted and p not in SPECIAL]
    for old in sorted(spare, key=pieces.get)[: len(missing)]:
        del pieces[old]
    scores = [(w, math.log(latin[w] / total)) for w in missing]
    state["model"]["vocab"] = [*pieces.items(), *scores]
    return Tokenizer.from_str(json.dumps(state))


def main():
    from tokenizers import processors, trainers

    path = MODELS / "tokenizer.json"
    if path.exists() and (WORK / "vocab.done").exists():
        return
    texts = sample()
    with multiprocessing.get_context("fork").Pool(threads()) as pool:
        words = collections.Counter()
        for cut in pool.imap_unordered(pieces_of, texts, chunksize=5000):
            words.update(cut)
    # Characters seen fewer than five times would only take up rows that are never trained.
    letters = collections.Counter()
    for word, count in words.items():
        for letter in word:
            letters[letter] += count
    words = {w: n for w, n in words.items() if all(letters[c] >= 5 for c in w)}
    tokenizer = untrained()
    trainer = trainers.UnigramTrainer(
        vocab_size=SIZE, special_tokens=SPECIAL, unk_token="<unk>", max_piece_length=14, show_progress=False
    )
    tokenizer.train_from_iterator(repeated(words), trainer)
    tokenizer = with_whole_words(tokenizer, words)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 2)])
    tokenizer.save(str(path), pretty=False)
    (MODELS / "tokenizer_config.json").write_text(
        json.dumps({"model_max_length": 512, "pad_token": "<pad>", "unk_token": "<unk>", "bos_token": "<s>"}, indent=1)
    )
    (MODELS / "special_tokens_map.json").write_text(
        json.dumps({"pad_token": "<pad>", "unk_token": "<unk>", "bos_token": "<s>"}, indent=1)
    )
    (WORK / "vocab.done").write_text(str(tokenizer.get_vocab_size()))


if __name__ == "__main__":
    main()
