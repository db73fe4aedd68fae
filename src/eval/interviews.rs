//! A folder of transcripts with labels → figures for interviews on which nothing was tuned. Beside
//! `NAME.md` (or any other ending that is read) stands `NAME.labels.jsonl`.
//!
//! A verdict that depends on the wording of a question gets a good AUROC without reading any answer.
//! Two figures reveal it. Every answerable question is asked again without its right answers (a
//! *twin*): the best score must fall. And every question meets random answers: none may look answerable
//! by its wording.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;

use super::labels::{LabelledLines, Resolver};
use super::metrics::{self, Ranking, SplitMix};
use super::rows;
use crate::error::Error;
use crate::library;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::Encoder;
use crate::search::query::{self, Query};
use crate::search::{self, Ranked, Verdict};
use crate::transcript;

/// The ending of a file of labels.
const LABELS: &str = ".labels.jsonl";
/// The number of random answers that each question meets.
const RANDOM_ANSWERS: usize = 8;
/// The share of answerable questions that are refused, for "at 10 % refusals".
const SHARE_REFUSED: f64 = 0.1;

/// The figures of one transcript, or the mean of several. Its JSON form is stable.
#[derive(Debug, Clone, Default, Serialize)]
struct Figures {
    transcript: String,
    answerable: usize,
    unanswerable: usize,
    ndcg_at_10: f64,
    hit_at_1: f64,
    hit_at_10: f64,
    /// How often the best score of an answerable question is above that of an unanswerable one.
    auroc: f64,
    /// How often the best score of a question is above that of a question without its right answers.
    twin_auroc: f64,
    /// The share of questions without their right answers that are called answered.
    twin_false_answers: f64,
    /// The share of unanswerable questions that are called answered.
    false_answers: f64,
    /// The share of answerable questions that are called unanswered.
    false_refusals: f64,
    /// `false_answers` at the threshold that refuses one answerable question in ten.
    false_answers_at_10_refusals: f64,
    /// `auroc` with random answers in place of the best: .5 for a judge that reads them.
    random_auroc: f64,
    /// The number of labels whose line is in no answer.
    lost: usize,
}

const COLUMNS: &str = "| transcript | questions | nDCG@10 | hit@1 | hit@10 | AUROC | twin AUROC | twin false answers | false answers \
| false refusals | false answers at 10 % refusals | AUROC, random answers |\n|---|---|---|---|---|---|---|---|---|---|---|---|";

/// What is measured and printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct InterviewOptions {
    /// The figures as JSON.
    pub(super) json: bool,
    /// Every ranking before the figures.
    pub(super) trace: bool,
    /// Provisional vectors.
    pub(super) provisional: bool,
}

/// Whether a folder is one of transcripts with labels.
pub(super) fn is_one(folder: &Path) -> bool {
    labels(folder).is_ok_and(|found| !found.is_empty())
}

/// Measures every labelled transcript in a folder, and their mean.
pub(super) fn print(
    folder: &Path,
    encoder: &Arc<Encoder>,
    wanted: InterviewOptions,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut all = Vec::new();
    if !wanted.json {
        writeln!(out, "{COLUMNS}")?;
    }
    for labels in labels(folder)? {
        let figures = Measured::new(&labels, encoder, wanted, out)?.figures();
        if !wanted.json {
            print_row(&figures, out)?;
        }
        all.push(figures);
    }
    let mean = mean(&all);
    if wanted.json {
        all.push(mean);
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    } else {
        print_row(&mean, out)?;
    }
    Ok(())
}

fn labels(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::Io { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(failed)?.path())).collect::<Result<Vec<_>, Error>>()?;
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(LABELS)));
    paths.sort();
    Ok(paths)
}

/// The transcript of a file of labels.
fn transcript_of(labels: &Path) -> Result<(String, PathBuf), Error> {
    let file = labels.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = file.strip_suffix(LABELS).unwrap_or(&file).to_owned();
    let folder = labels.parent().unwrap_or(Path::new("."));
    let beside = folder.read_dir().map_err(|source| Error::Io { path: folder.to_owned(), source })?;
    let mut found: Vec<PathBuf> = beside.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.file_stem().is_some_and(|stem| stem.to_string_lossy() == name) && path != labels);
    found.sort();
    let missing = || Error::Io { path: folder.join(&name), source: std::io::ErrorKind::NotFound.into() };
    found.into_iter().next().ok_or_else(missing).map(|path| (name, path))
}

/// One question, measured.
struct Row {
    answerable: bool,
    ranking: Ranking,
    /// The best score, and that of random answers.
    best: f64,
    random: Vec<f64>,
    said: bool,
    /// The best score without the right answers.
    twin: Option<f64>,
    twin_said: bool,
}

/// One transcript, measured.
struct Measured {
    name: String,
    rows: Vec<Row>,
    lost: usize,
}

/// A transcript whose questions are measured.
struct Labelled {
    name: String,
    corpus: Corpus,
    resolver: Resolver,
    /// The numbers of all answers.
    everybody: Vec<usize>,
}

impl Labelled {
    fn read(labels: &Path, encoder: &Arc<Encoder>, provisional: bool) -> anyhow::Result<Self> {
        let (name, path) = transcript_of(labels)?;
        let bytes = std::fs::read(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
        let (transcript, _) = transcript::read(&name, &bytes).map_err(|source| Error::Read { path, source })?;
        let resolver = Resolver::new(&bytes, &transcript);
        let build = if provisional { library::build_provisionally } else { library::build };
        let corpus = build(vec![transcript], Arc::clone(encoder))?;
        let everybody = (0..corpus.answers.len()).collect();
        Ok(Self { name, corpus, resolver, everybody })
    }
}

/// A question of the labels, and its right answers.
struct LabelledQuestion<'a> {
    line: &'a LabelledLines,
    query: Query,
    /// Grade by the number of an answer.
    relevant: HashMap<usize, u32>,
    right: HashSet<usize>,
    /// All other answers.
    wrong: Vec<usize>,
}

impl Measured {
    fn new(
        labels: &Path,
        encoder: &Arc<Encoder>,
        wanted: InterviewOptions,
        out: &mut impl Write,
    ) -> anyhow::Result<Self> {
        let of = Labelled::read(labels, encoder, wanted.provisional)?;
        let mut random = SplitMix::seeded();
        let mut measured = Self { name: of.name.clone(), rows: Vec::new(), lost: 0 };
        for line in rows::read::<LabelledLines>(labels)? {
            let Some(query) = &line.query else { continue };
            let (relevant, lost) = of.resolver.resolve(&line.relevant);
            measured.lost += lost.len();
            if !lost.is_empty() {
                tracing::warn!("{}: {}: in no answer: lines {lost:?}", labels.display(), line.id);
                if relevant.is_empty() {
                    continue;
                }
            }
            let query = query::read(query)?;
            let right: HashSet<usize> = relevant.keys().copied().collect();
            let wrong = of.everybody.iter().copied().filter(|answer| !right.contains(answer)).collect();
            let question = LabelledQuestion { line: &line, query, relevant, right, wrong };
            if wanted.trace {
                question.trace(&of, out)?;
            }
            measured.rows.push(question.measure(&of, &mut random)?);
        }
        Ok(measured)
    }

    fn figures(&self) -> Figures {
        let (answerable, unanswerable): (Vec<&Row>, Vec<&Row>) = self.rows.iter().partition(|row| row.answerable);
        let scores = |rows: &[&Row], score: &dyn Fn(&Row) -> f64| rows.iter().map(|row| score(row)).collect::<Vec<_>>();
        let share = |rows: &[&Row], holds: &dyn Fn(&Row) -> bool| {
            metrics::mean(&scores(rows, &|row| f64::from(u8::from(holds(row)))))
        };
        let (best, others) = (scores(&answerable, &|row| row.best), scores(&unanswerable, &|row| row.best));
        let twins: Vec<f64> = answerable.iter().filter_map(|row| row.twin).collect();
        let draw = |rows: &[&Row], at: usize| scores(rows, &|row| row.random.get(at).copied().unwrap_or_default());
        let draws: Vec<f64> =
            (0..RANDOM_ANSWERS).map(|at| metrics::auroc(&draw(&answerable, at), &draw(&unanswerable, at))).collect();
        let mut sorted = best.clone();
        sorted.sort_by(f64::total_cmp);
        let line = sorted.get((sorted.len() as f64 * SHARE_REFUSED) as usize).copied().unwrap_or_default();
        Figures {
            transcript: self.name.clone(),
            answerable: answerable.len(),
            unanswerable: unanswerable.len(),
            ndcg_at_10: metrics::mean(&scores(&answerable, &|row| row.ranking.ndcg)),
            hit_at_1: metrics::mean(&scores(&answerable, &|row| row.ranking.hit(1))),
            hit_at_10: metrics::mean(&scores(&answerable, &|row| row.ranking.hit(10))),
            auroc: metrics::auroc(&best, &others),
            twin_auroc: metrics::auroc(&best, &twins),
            twin_false_answers: share(&answerable, &|row| row.twin_said),
            false_answers: share(&unanswerable, &|row| row.said),
            false_refusals: share(&answerable, &|row| !row.said),
            false_answers_at_10_refusals: share(&unanswerable, &|row| row.best >= line),
            random_auroc: metrics::mean(&draws),
            lost: self.lost,
        }
    }
}

impl LabelledQuestion<'_> {
    fn measure(&self, of: &Labelled, random: &mut SplitMix) -> Result<Row, Error> {
        let ranked = search::ranked(&of.corpus, &self.query, &of.everybody)?;
        let twin = if self.right.is_empty() {
            None
        } else {
            Some(search::ranked(&of.corpus.without(&self.right), &self.query, &self.wrong)?)
        };
        let among = twin.as_ref().unwrap_or(&ranked);
        let score = |answer: usize| {
            among.iter().find(|one| one.hit.answer == answer).map_or(0.0, |one| f64::from(one.hit.score))
        };
        let draws = (0..RANDOM_ANSWERS).filter(|_| !self.wrong.is_empty());
        let ids: Vec<usize> = ranked.iter().map(|one| one.hit.answer).collect();
        Ok(Row {
            answerable: !self.right.is_empty(),
            ranking: Ranking::of(&ids, &self.relevant),
            best: best(&ranked),
            random: draws.map(|_| score(self.wrong[random.below(self.wrong.len())])).collect(),
            said: said(&ranked),
            twin: twin.as_ref().map(|twin| best(twin)),
            twin_said: twin.as_ref().is_some_and(|twin| said(twin)),
        })
    }

    /// Writes the ranking with its signals, and that of the twin.
    fn trace(&self, of: &Labelled, out: &mut impl Write) -> anyhow::Result<()> {
        let mut rankings = vec![(false, search::traced(&of.corpus, &self.query, &of.everybody)?)];
        if !self.right.is_empty() {
            rankings.push((true, search::traced(&of.corpus.without(&self.right), &self.query, &self.wrong)?));
        }
        for (is_twin, (prepared, ranked)) in rankings {
            let grade = |answer: usize| self.relevant.get(&answer).copied().unwrap_or_default();
            let ranked: Vec<_> =
                ranked.iter().take(rows::MAX_TRACED).map(|one| traced(one, grade(one.hit.answer))).collect();
            let traced = json!({"transcript": of.name, "id": self.line.id, "query": self.query.text,
                "lang": self.line.lang, "kind": self.line.kind, "answerable": !self.right.is_empty(), "twin": is_twin,
                "text": prepared.text, "fact": prepared.fact, "ranked": ranked});
            writeln!(out, "{traced}")?;
        }
        Ok(())
    }
}

fn best(ranked: &[Ranked]) -> f64 {
    ranked.first().map_or(0.0, |one| f64::from(one.hit.score))
}

fn said(ranked: &[Ranked]) -> bool {
    ranked.first().is_some_and(|one| Verdict::of(one.hit.score) == Verdict::Said)
}

fn traced(one: &Ranked, grade: u32) -> serde_json::Value {
    json!({"answer": one.hit.answer, "grade": grade, "score": one.hit.score, "signals": one.signals})
}

fn mean(all: &[Figures]) -> Figures {
    let of = |value: fn(&Figures) -> f64| metrics::mean(&all.iter().map(value).collect::<Vec<_>>());
    Figures {
        transcript: "mean".to_owned(),
        answerable: all.iter().map(|one| one.answerable).sum(),
        unanswerable: all.iter().map(|one| one.unanswerable).sum(),
        ndcg_at_10: of(|one| one.ndcg_at_10),
        hit_at_1: of(|one| one.hit_at_1),
        hit_at_10: of(|one| one.hit_at_10),
        auroc: of(|one| one.auroc),
        twin_auroc: of(|one| one.twin_auroc),
        twin_false_answers: of(|one| one.twin_false_answers),
        false_answers: of(|one| one.false_answers),
        false_refusals: of(|one| one.false_refusals),
        false_answers_at_10_refusals: of(|one| one.false_answers_at_10_refusals),
        random_auroc: of(|one| one.random_auroc),
        lost: all.iter().map(|one| one.lost).sum(),
    }
}

fn print_row(of: &Figures, out: &mut impl Write) -> std::io::Result<()> {
    let figures = [
        of.ndcg_at_10,
        of.hit_at_1,
        of.hit_at_10,
        of.auroc,
        of.twin_auroc,
        of.twin_false_answers,
        of.false_answers,
        of.false_refusals,
        of.false_answers_at_10_refusals,
        of.random_auroc,
    ];
    let cells: Vec<String> = figures.into_iter().map(short).collect();
    writeln!(out, "| {} | {} + {} | {} |", of.transcript, of.answerable, of.unanswerable, cells.join(" | "))?;
    out.flush()
}

/// Three digits without the leading zero; `–` if there was nothing to count.
fn short(value: f64) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    let digits = format!("{value:.3}");
    digits.strip_prefix('0').map_or(digits.clone(), str::to_owned)
}
