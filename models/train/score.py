"""Fit the one probability that the program shows, and write it to `models/calibration.json`.

    cargo build --release
    python score.py --data MATERIAL
    cargo build --release

The program measures, this fits: `yuanhua eval --trace` gives the signals of every candidate. Fit on

- `train/questions.jsonl.xz`: interview passages with questions that each answers, near misses that it does
  not, and for every near miss an invented passage that does. Forty rows of one source make an interview of
  their own; every question is asked of it twice, with its right passage and without, so that no form of
  question is answered more often than another;
- `interviews`: three whole transcripts with labels, each question twice likewise;
- `--unread FOLDER`: whole transcripts with labels that neither the encoder nor the judge has learnt from. What the
  judge says is fit on these alone: of rows that it has learnt it is surer than it should be.

Every figure of a transcript is of a fit without it. First the weights: log-loss over the candidates of
every ranking. Then offset and slope: log-loss over the best candidate of each ranking, since that is what a
verdict hangs on, questions with an answer and questions without counting the same together: so the line
`said` = .5 is where a false answer and a false refusal cost the same.
Where the judge read candidates (`judge` among their signals) two more are fit over these alone, with what it says
beside all other signals. `ordered` puts the right answers first: the loss is that of the right ones among those of
their ranking (softmax). `judged` says whether the first of them answers: a logistic over its place, what the judge says
of it, and what the other signals say alone. One fit for both is worse at both. A candidate that the judge did not read
is no surer, and stands no higher, than the best that it read; what answers stands before what is related, and that before the rest.
The figures printed leave out, by turns, each of the transcripts and a fifth of the sources' parts.
"""

import argparse
import json
import lzma
import subprocess
from collections import defaultdict
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.special

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = HERE / "work" / "score"
ALONE = ("meaning", "near", "above", "question", "words", "passage_words", "passage_held", "held", "rarest", "missing",
         "nowhere", "length", "from_chinese", "to_chinese")  # fmt: skip
PART = 40  # rows that make an interview
CANDIDATES = 12  # of each ranking
RIDGE = 50.0  # many signals say nearly the same: 1, 10 and 50 tried, by leaving out a transcript
INTERVIEW = 10.0  # what a question of a whole transcript counts against one of a part
# What the fitted verdict moves by, for all questions and for those that ask a fact. By grid over the unread interviews and
# six invented ones (`src/guide/measuring.md`); leaving out an interview chooses more of both. The fit counts a question
# without its right answers like one that nobody answered. But others often answer it, too.
SHIFT, FACT = 0.1, -0.75
# A question that belongs elsewhere is as near to some interview question in one of twenty cases.
ASKED = 0.55


def parts(data: Path, every: int) -> list[Path]:
    """The rows of every source, in parts, as passages and queries; one part in `every`."""
    rows = defaultdict(list)
    with lzma.open(data / "questions.jsonl.xz", "rt") as lines:
        for row in map(json.loads, lines):
            rows[row["src"], row["lang"]].append(row)
    made, count = [], -1
    for source, all_rows in sorted(rows.items()):
        for start in range(0, len(all_rows), PART):
            part = all_rows[start : start + PART]
            if len(part) < PART // 2:
                continue
            count += 1
            if count % every:
                continue
            folder = WORK / f"{'-'.join(source)}-{start // PART:02}"
            folder.mkdir(parents=True, exist_ok=True)
            passages, queries = [], []
            for i, row in enumerate(part):
                texts = {f"{i}": row["p"], **{f"{i}.{j}": text for j, text in enumerate(row["contrast"])}}
                passages += [{"id": k, "text": text, "question": row["asked"] or None} for k, text in texts.items()]
                asked = [(query, f"{i}") for query in row["answered"]]
                asked += [(query, f"{i}.{j}") for j, query in enumerate(row["near_miss"])]
                queries += [
                    {"id": f"{i}/{n}", "query": query, "relevant": {right: 2} if right in texts else {}}
                    for n, (query, right) in enumerate(asked)
                ]
            for name, lines in (("passages", passages), ("queries", queries)):
                (folder / f"{name}.jsonl").write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines))
            made.append(folder)
    return made


def trace(program: Path | None, arguments: list[str], into: Path) -> list[dict]:
    if program:
        with into.open("w") as out:
            subprocess.run([program, "eval", *arguments, "--trace"], stdout=out, check=True)
    return [json.loads(line) for line in into.open() if line.startswith('{"') and '"ranked"' in line]


class Ranking:
    """One query over one interview: the signals of its candidates, and which are right."""

    def __init__(self, row: dict, group: str, counts: float, learnt: bool = True):
        ranked = row["ranked"]
        self.x = np.array([[c["signals"].get(name, 0.0) for name in ALONE] for c in ranked]).reshape(-1, len(ALONE))
        self.judge = np.array([c["signals"].get("judge", np.nan) for c in ranked], float)
        self.read = ~np.isnan(self.judge)
        self.right = np.array([c["grade"] for c in ranked])
        # Fit on the first and on all right ones, measured on all.
        self.fit_on = (np.arange(len(ranked)) < CANDIDATES) | (self.right > 0)
        self.lacks = np.array([max(c["signals"]["lacks_fact"], c["signals"].get("off_subject", 0.0)) for c in ranked])
        self.fact = np.array([c["signals"].get("asks_fact", 0.0) for c in ranked])
        self.group, self.counts, self.twin, self.learnt = group, counts, row["twin"], learnt
        self.id, self.kind = row["id"], row.get("kind")

    def table(self, judged: bool) -> tuple[np.ndarray, np.ndarray]:
        """The signals to fit by, and which candidates they are of."""
        if not judged:
            return self.x[self.fit_on], self.fit_on
        return np.c_[self.x, self.judge][self.read], self.read


def log_loss(weights, table, right, counts, free, ridge, lists=()):
    """The loss of each candidate alone; with lists, only that of the right ones among those of their list."""
    margin = table @ weights
    loss, slope = 0.0, np.zeros_like(weights)
    if not len(lists):
        loss = (counts * np.logaddexp(0, np.where(right, -margin, margin))).sum() / counts.sum()
        chance = 1 / (1 + np.exp(-margin))
        slope = table.T @ (counts * (chance - right)) / counts.sum()
    for one in lists:
        share = scipy.special.softmax(margin[one])
        own = share * right[one]
        loss -= np.log(own.sum() + 1e-12) / len(lists)
        slope += table[one].T @ (share - own / (own.sum() + 1e-12)) / len(lists)
    return loss + ridge / len(right) * (free * weights**2).sum(), slope + 2 * ridge / len(right) * free * weights


def logistic(table, right, counts, ridge=RIDGE, lists=()):
    """Ridge on all but the offset, on standardised columns; `lists` are rankings whose right rows must come first."""
    mean, spread = table.mean(0), table.std(0) + 1e-9
    scaled = np.c_[np.ones(len(table)), (table - mean) / spread]
    free = np.r_[0.0, np.ones(table.shape[1])]
    given = (scaled, right, counts, free, ridge, lists)
    found = scipy.optimize.minimize(log_loss, np.zeros(scaled.shape[1]), given, jac=True)
    weights = found.x[1:] / spread
    return np.r_[found.x[0] - weights @ mean, weights]


def fit(rankings: list[Ranking], judged: bool = False) -> np.ndarray | None:
    """Weights and offset over the signals; with a judge those that order best."""
    full = [(r, *r.table(judged)) for r in rankings if not (judged and r.learnt)]
    full = [(r, x, of) for r, x, of in full if len(x)]
    if not full:
        return None
    table = np.concatenate([x for _, x, _ in full])
    right = np.concatenate([r.right[of] > 0 for r, _, of in full])
    counts = np.concatenate([np.full(len(x), r.counts) for r, x, _ in full])
    ends = np.cumsum([len(x) for _, x, _ in full])
    lists = [slice(end - len(x), end) for (_, x, _), end in zip(full, ends)] if judged else []
    lists = [one for one in lists if 0 < right[one].sum() < one.stop - one.start]
    weights = logistic(table, right, counts, lists=lists)
    # A verdict hangs on the best candidate, which is the luckiest of many.
    best = np.array([(weights[0] + x @ weights[1:]).max() for _, x, _ in full])
    sure = logistic(best[:, None], *verdicts([r for r, _, _ in full]), ridge=0.3)
    weights = sure[1] * weights
    weights[0] += sure[0]
    return weights


def verdicts(rankings: list[Ranking]) -> tuple[np.ndarray, np.ndarray]:
    """Which rankings hold an answer, and what each counts: both kinds the same together."""
    answered = np.array([not r.twin and (r.right > 0).any() for r in rankings])
    counts = np.array([r.counts for r in rankings])
    return answered, np.where(answered, counts / counts[answered].sum(), counts / counts[~answered].sum()) * len(rankings) / 2


def fit_verdict(rankings: list[Ranking], alone: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Weights and offset that say whether a candidate that the judge read answers."""
    full = [(r, r.table(True)[0]) for r in rankings if not r.learnt and r.read.any()]
    alone = np.r_[alone, 0.0]
    first = [x[(x @ ordered[1:]).argmax()] for _, x in full]
    features = np.array([[ordered[0] + x @ ordered[1:], x[-1], alone[0] + x @ alone[1:]] for x in first])
    place, judge, other = (weights := logistic(features, *verdicts([r for r, _ in full]), ridge=1.0))[1:]
    found = place * ordered + other * alone
    found[0] += weights[0] + SHIFT
    found[-1] += judge
    return found


def chance_of(weights: np.ndarray, table: np.ndarray, also: np.ndarray | float = 0.0) -> np.ndarray:
    return 1 / (1 + np.exp(-(weights[0] + table @ weights[1:] + also)))


def score(ranking: Ranking, weights: np.ndarray, judged: tuple[np.ndarray, np.ndarray] | None) -> tuple[np.ndarray, np.ndarray]:
    """What the program says of each candidate, and the place that it gives it."""
    chance = chance_of(weights, ranking.x)
    place = chance.copy()
    if judged is not None and ranking.read.any():
        table, read = ranking.table(True)
        for into, by in ((place, judged[0]), (chance, judged[1])):
            into[read] = chance_of(by, table, FACT * ranking.fact[read] if into is chance else 0.0)
            into[~read] = np.minimum(into[~read], into[read].max())
    chance, place = (np.where(ranking.lacks > 0, np.minimum(one, 0.49), one) for one in (chance, place))
    return chance, place + (chance >= 0.5) + (chance >= 0.2)


def auroc(above, below) -> float:
    above, below = np.asarray(above), np.sort(below)
    return float((np.searchsorted(below, above) + np.searchsorted(below, above, "right")).sum() / 2 / len(above) / len(below))


def figures(rankings: list[Ranking], weights: np.ndarray, judged: tuple[np.ndarray, np.ndarray] | None = None) -> dict[str, float]:
    gains, firsts, tens, tops = [], [], [], {"right": [], "twin": [], "none": []}
    for r in rankings:
        scores, places = score(r, weights, judged) if len(r.x) else (np.zeros(0), np.zeros(0))
        group = "twin" if r.twin else "right" if (r.right > 0).any() else "none"
        tops[group].append(scores.max(initial=0.0))
        if group == "right":
            order = np.argsort(-places, kind="stable")[:10]
            gain = lambda grades: ((2.0**grades - 1) / np.log2(np.arange(len(grades)) + 2)).sum()  # noqa: E731
            gains.append(gain(r.right[order]) / gain(np.sort(r.right)[::-1][:10]))
            firsts.append(r.right[order[0]] > 0)
            tens.append((r.right[order] > 0).any())
    right, twin, none = (np.array(tops[k]) for k in ("right", "twin", "none"))
    line = np.sort(right)[len(right) // 10] if len(right) else 0.0
    found = {"nDCG": np.mean(gains), "hit@1": np.mean(firsts), "hit@10": np.mean(tens), "twin AUROC": auroc(right, twin), "refused": (right < 0.5).mean(),
             "twin answered": (twin >= 0.5).mean(), "twin answered at 10 %": (twin >= line).mean()}  # fmt: skip
    if len(none):
        found |= {"AUROC": auroc(right, none), "answered": (none >= 0.5).mean(), "answered at 10 %": (none >= line).mean()}
    return found


def show(name: str, found: dict[str, float]) -> None:
    print(f"{name:28}", "  ".join(f"{k} {v:.3f}" for k, v in found.items()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "target/release/yuanhua")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds questions.jsonl.xz and interviews/")
    parser.add_argument("--again", action="store_true", help="fit again on the traces of the last run")
    parser.add_argument("--every", type=int, default=5, help="measure one part in so many")
    parser.add_argument("--interviews-only", action="store_true", help="fit on the three transcripts alone")
    parser.add_argument("--unread", type=Path, help="a folder of transcripts with labels that no model has learnt from")
    parser.add_argument("--encoder", default="", help="fingerprint of the encoder, as the cache names it")
    arguments = parser.parse_args()
    program = None if arguments.again else arguments.program
    WORK.mkdir(parents=True, exist_ok=True)
    rankings = []
    for folder in [] if arguments.interviews_only else parts(arguments.data, arguments.every):
        files = ["--passages", str(folder / "passages.jsonl"), str(folder / "queries.jsonl")]
        rankings += [Ranking(row, folder.name, 1.0) for row in trace(program, files, folder / "trace.jsonl")]
    whole = trace(program, [str(arguments.data / "interviews")], WORK / "interviews.jsonl")
    rankings += [Ranking(row, row["transcript"], INTERVIEW) for row in whole]
    if arguments.unread:
        unread = trace(program, [str(arguments.unread)], WORK / "unread.jsonl")
        rankings += [Ranking(row, row["transcript"], INTERVIEW, learnt=False) for row in unread]
        whole = unread
    transcripts = sorted({row["transcript"] for row in whole})
    groups = sorted({r.group for r in rankings if r.counts < INTERVIEW})
    held_out = [(f"without {group}", {group}) for group in transcripts]
    held_out += [(f"parts, fold {fold}", set(groups[fold::5])) for fold in range(5 if groups else 0)]
    found = defaultdict(list)
    for name, held in held_out:
        rest, own = ([r for r in rankings if (r.group in held) == inside] for inside in (False, True))
        weights, ordered = fit(rest), fit(rest, judged=True)
        found["alone"].append(figures(own, weights))
        if ordered is not None:
            found["judged"].append(figures(own, weights, (ordered, fit_verdict(rest, weights, ordered))))
        for kind, all_found in found.items():
            show(f"{name}, {kind}", all_found[-1])
    for kind, all_found in found.items():
        for part, some in (("transcripts", all_found[: len(transcripts)]), ("parts", all_found[len(transcripts) :])):
            if some:
                show(f"mean of {part}, {kind}", {k: float(np.mean([f[k] for f in some])) for k in some[0]})
    file = ROOT / "models/calibration.json"
    calibration = json.loads(file.read_text())
    fits = {"alone": (ALONE, fit(rankings))}
    if (ordered := fit(rankings, judged=True)) is not None:
        fits |= {"ordered": ((*ALONE, "judge"), ordered), "judged": ((*ALONE, "judge"), fit_verdict(rankings, fits["alone"][1], ordered))}
    for kind, (names, weights) in fits.items():
        calibration[kind] = {"offset": round(float(weights[0]), 4), "weights": {name: round(float(w), 4) for name, w in zip(names, weights[1:])}}
    if "judged" in fits:
        calibration["judged"]["weights"]["asks_fact"] = FACT
    calibration["encoder"] = arguments.encoder or calibration["encoder"]
    file.write_text(json.dumps(calibration, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps({kind: calibration.get(kind) for kind in fits}, indent=1))


if __name__ == "__main__":
    main()
