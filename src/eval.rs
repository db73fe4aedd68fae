//! Labelled queries → figures, each with an interval. It measures the shipped search.

mod interviews;
mod labels;
mod measure;
mod metrics;
mod rows;
pub(crate) mod self_test;
pub mod speed;
mod table;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::Encoder;
use crate::search::RankingSignals;
use crate::terminal;
pub use self_test::{SelfTest, Share, self_test, self_test_alone};

use measure::{LabelledIndex, answer_ids, measure, passage_index};
use metrics::{Figure, QueryOutcome};
use rows::LabelledQuery;

/// What to measure, and how.
#[derive(Debug)]
pub struct EvalOptions<'a> {
    /// Labelled queries, a folder of such sets, or a folder of labelled transcripts.
    pub queries: &'a Path,
    /// Passages to search in place of the transcripts.
    pub passages: Option<&'a Path>,
    /// Whether to print the figures as JSON.
    pub json: bool,
    /// Whether to search as a large library is searched before it is read closely.
    pub provisional: bool,
    /// The signals to rank by.
    pub using: RankingSignals,
    /// Whether to print the ranking and signals of every query before the figures.
    pub trace: bool,
}

/// The figures of one language, or of all. Its JSON form is stable.
#[derive(Debug, Serialize)]
struct Report {
    /// `all`, or the language of the rows.
    lang: String,
    /// Rows with something relevant.
    answerable: usize,
    /// Rows with nothing relevant.
    unanswerable: usize,
    #[serde(flatten)]
    figures: metrics::Figures,
}

/// Measures and prints.
///
/// # Errors
/// If a file cannot be read, a row has another shape than documented, or the encoder fails.
pub fn run(
    options: &EvalOptions<'_>,
    encoder: Encoder,
    corpus: impl FnOnce(Encoder) -> Result<Arc<Corpus>, Error>,
) -> anyhow::Result<()> {
    let mut out = terminal::out();
    let EvalOptions { json, trace, provisional, using, .. } = *options;
    if options.queries.is_dir() && interviews::is_one(options.queries) {
        let wanted = interviews::InterviewOptions { json, trace, provisional };
        return interviews::print(options.queries, &Arc::new(encoder), wanted, &mut out);
    }
    if options.queries.is_dir() {
        return table::print(options.queries, encoder, corpus, &mut out);
    }
    let queries: Vec<LabelledQuery> = rows::read(options.queries)?;
    let measured = if let Some(path) = options.passages {
        let (index, ids) = passage_index(&rows::read(path)?, &encoder)?;
        measure(&LabelledIndex { index: &index, encoder: &encoder, ids: &ids }, &queries, using, trace)?
    } else {
        let corpus = corpus(encoder)?;
        let ids = answer_ids(&corpus);
        let over = LabelledIndex { index: &corpus.index, encoder: &corpus.encoder, ids: &ids };
        measure(&over, &queries, using, trace)?
    };
    let reports = reports(&measured);
    if json {
        drop(out);
        writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&reports)?)?;
    } else {
        reports.iter().try_for_each(|report| print(report, &mut out))?;
    }
    Ok(())
}

/// All rows, then each language by itself.
fn reports(outcomes: &[QueryOutcome]) -> Vec<Report> {
    let mut langs: Vec<&str> = outcomes.iter().filter_map(|outcome| outcome.lang.as_deref()).collect();
    langs.sort_unstable();
    langs.dedup();
    let report = |lang: &str, rows: Vec<&QueryOutcome>| Report {
        lang: lang.to_owned(),
        answerable: rows.iter().filter(|row| row.answerable).count(),
        unanswerable: rows.iter().filter(|row| !row.answerable).count(),
        figures: metrics::figures(&rows),
    };
    let mut reports = vec![report("all", outcomes.iter().collect())];
    reports.extend(
        langs.into_iter().map(|lang| {
            report(lang, outcomes.iter().filter(|outcome| outcome.lang.as_deref() == Some(lang)).collect())
        }),
    );
    reports
}

/// A report for a terminal, written to `out`.
fn print(report: &Report, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}: {} answerable, {} unanswerable", report.lang, report.answerable, report.unanswerable)?;
    for (name, figure) in report.figures.named() {
        let Some(Figure { value, low, high }) = figure else { continue };
        writeln!(out, "  {name:<19} {value:.3}  [{low:.3}, {high:.3}]")?;
    }
    Ok(())
}
