//! A report of kept questions and starred quotes. Each question comes with its quotes and the number of answers that
//! speak to it. The starred quotes follow, then a statement of the method. The report is an export, so every quote can
//! be verified.

use super::{ask, corpus_hash};
use crate::error::Error;
use crate::export::{Export, ExportPart, ExportedQuote, LeftOut, Method};
use crate::i18n::{ReportFacts, SavedWords};
use crate::retrieval::corpus::Corpus;
use crate::search::quote::{Permalink, Resolution};
use crate::search::{Reply, Verdict};

/// The settings of a report besides its questions.
#[derive(Debug, Clone, Copy)]
pub struct ReportOptions<'a> {
    /// Permalinks of the starred quotes.
    pub permalinks: &'a [String],
    /// The origin for permalinks, such as `http://localhost:8080`.
    pub origin: &'a str,
    /// The most quotes shown for one question.
    pub limit: usize,
    /// The name of the encoder, or empty if only its fingerprint is known.
    pub encoder: &'a str,
    /// The day of the report, `2026-01-31`.
    pub on: &'a str,
}

/// Makes the report.
///
/// # Errors
/// If a question cannot be asked, or a quote does not match its source.
pub fn report(
    corpus: &Corpus,
    questions: &[String],
    options: ReportOptions<'_>,
    words: &SavedWords,
) -> Result<Export, Error> {
    let mut export = Export { title: words.report_title.to_owned(), ..Export::default() };
    for query in questions {
        let reply = ask(corpus, query)?;
        let quotes = reply.quotes.iter().filter(|_| reply.verdict == Verdict::Said).take(options.limit);
        let entries = quotes.map(|quote| Ok(ExportedQuote::of(corpus, quote)?.from_origin(options.origin)));
        export.parts.push(ExportPart {
            query: Some(query.clone()),
            verdict: Some(verdict_sentence(&reply, options.limit, words)),
            quotes: entries.collect::<Result<_, Error>>()?,
        });
    }
    let mut part = ExportPart { query: Some(words.starred.to_owned()), ..ExportPart::default() };
    for permalink in options.permalinks {
        match find(corpus, permalink)? {
            Ok(entry) => part.quotes.push(entry.from_origin(options.origin)),
            Err(why) => export
                .left_out
                .push(LeftOut { permalink: format!("{}{permalink}", options.origin), why: why(words).to_owned() }),
        }
    }
    if !part.quotes.is_empty() {
        export.parts.push(part);
    }
    let answers = corpus.answers.len();
    export.method = Some(Method {
        title: words.method.to_owned(),
        paragraphs: (words.how)(&ReportFacts {
            interviews: corpus.transcripts.len(),
            answers,
            coming: corpus.coming(),
            reading: corpus.read_so_far(),
            corpus: &corpus_hash(corpus),
            encoder: options.encoder,
            fingerprint: corpus.encoder.fingerprint().get(..16).unwrap_or_default(),
            version: env!("CARGO_PKG_VERSION"),
            on: options.on,
        }),
    });
    Ok(export)
}

/// Returns the sentence with the number of answers that speak to the question, and whether all are shown.
fn verdict_sentence(reply: &Reply, limit: usize, words: &SavedWords) -> String {
    let (speaking, answers) = (reply.tally.speaking, reply.tally.answers);
    let sentence = (words.count)(speaking, answers, reply.tally.listed);
    let shown = reply.quotes.len().min(limit);
    if reply.verdict == Verdict::Said && shown < speaking {
        return sentence + (words.shown)(shown).as_str();
    }
    match reply.verdict {
        Verdict::Said => sentence,
        // Nothing is claimed of passages that are not read closely.
        _ if reply.reading.is_some() => sentence,
        _ if reply.asked => sentence + words.asked,
        _ => sentence + words.never_asked,
    }
}

type Why = fn(&SavedWords) -> &'static str;

/// Returns a starred quote, or the reason why it is missing.
fn find(corpus: &Corpus, permalink: &str) -> Result<Result<ExportedQuote, Why>, Error> {
    let Ok(parsed) = permalink.parse::<Permalink>() else { return Ok(Err(|words| words.gone)) };
    let sources = corpus.sources();
    Ok(match parsed.find_in(&sources) {
        Resolution::Here(place, span) => Ok(ExportedQuote::new(corpus, place, span, None)?),
        Resolution::Elsewhere(place, span) => {
            let mut entry = ExportedQuote::new(corpus, place, span, None)?;
            entry.changed = true;
            Ok(entry)
        }
        Resolution::Withdrawn => Err(|words| words.withdrawn),
        Resolution::Changed { .. } | Resolution::Unsaid { .. } => Err(|words| words.changed),
        Resolution::Gone => Err(|words| words.gone),
    })
}
