//! `get_answer`: one whole answer, in parts of whole sentences. Each part has its citation.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cite::{Cited, ScriptChoice, one_line, permalink_in};
use super::cursor::CursorSeal;
use super::refusal::Refusal;
use crate::error::{Error, QueryError};
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::retrieval::passage;
use crate::search::quote::{Permalink, Resolution, cite};
use crate::text::script::Display;
use crate::transcript::{AnswerAt, Span};

/// The most characters of a part. A single longer sentence makes a longer part.
const PART_CHARS: usize = 1_200;
/// The number of characters at which a part without sentence ends is cut.
const MAX_PART_CHARS: usize = 4_000;
/// Parts on a page, by default and at most.
const DEFAULT_PARTS: usize = 8;
const MAX_PARTS: usize = 20;
/// The number of interview names that an error lists if the given name is unknown.
const MAX_NAMES_IN_ERROR: usize = 3;

/// The answer to read, by the permalink of a quote, or by interview, question and answer.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetAnswer {
    /// The `permalink` or `resource` of a quote.
    #[serde(default)]
    permalink: Option<String>,
    /// The name, title or SHA-256 of an interview. It goes with `question` and `answer`.
    #[serde(default)]
    interview: Option<String>,
    /// The label of the question, such as Q1.
    #[serde(default)]
    question: Option<String>,
    /// The label of the answer, such as A2. The default is A1.
    #[serde(default)]
    answer: Option<String>,
    /// The script to show Chinese in. By default, it is shown as in the transcript.
    #[serde(default)]
    #[param(inline)]
    #[schema(inline)]
    script: Option<ScriptChoice>,
    /// The number of parts on a page, 1 to 20. The default is 8.
    #[serde(default)]
    #[param(minimum = 1, maximum = 20)]
    #[schema(minimum = 1, maximum = 20)]
    limit: Option<usize>,
    /// The `next_cursor` of the previous page of the same answer.
    #[serde(default)]
    cursor: Option<String>,
}

/// One answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerWithSource {
    /// The title of the interview.
    title: String,
    /// The name of the interview.
    interview: String,
    /// The label of the question.
    question: String,
    /// The interviewer's question. It is not an answer, so do not quote it as one.
    asked: String,
    /// The label of the answer.
    answer: String,
    /// The interviewee, if the source names the speaker.
    interviewee: Option<String>,
    /// Whether the speaker may be the interviewer. If so, say that with every quote.
    speaker_undecided: bool,
    /// The quote that the permalink cites.
    #[serde(skip_serializing_if = "Option::is_none")]
    quoted: Option<AnswerPart>,
    /// Whether the source has changed since the permalink was made. It still says these words.
    source_changed: bool,
    /// The words of the answer, in order.
    parts: Vec<AnswerPart>,
    /// The cursor of the next page, if the answer goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// Words of an answer, letter for letter, with their citation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnswerPart)]
pub struct AnswerPart {
    /// The exact words of the source.
    pub text: String,
    /// The citation of the words.
    pub citation: Cited,
}

/// The words that a permalink cites.
pub struct LinkedWords {
    /// The answer that says the words.
    pub place: AnswerPlace,
    /// The span of the words in the restored text.
    pub span: Span,
    /// Whether the source has changed since the permalink was made.
    pub changed: bool,
}

impl GetAnswer {
    /// Returns a page of the parts of the requested answer.
    ///
    /// # Errors
    /// If the request names no answer, if there is no such answer, or if the limit or the cursor is invalid.
    pub fn answer(&self, corpus: &Corpus, origin: &str) -> Result<AnswerWithSource, Refusal> {
        let limit @ 1..=MAX_PARTS = self.limit.unwrap_or(DEFAULT_PARTS) else {
            return Err(Refusal::BadLimit { most: MAX_PARTS });
        };
        let linked = self.permalink.as_deref().map(|permalink| follow(corpus, permalink)).transpose()?;
        let place = match &linked {
            Some(linked) => linked.place,
            None => self.named(corpus)?,
        };
        let stale = || Error::Stale("an answer".to_owned());
        let (transcript, question, answer) = corpus.answer(place).ok_or_else(stale)?;
        let display = self.script.map_or(transcript.script.default_display(), ScriptChoice::display);
        let cut = cut(corpus, place);
        let script = format!("{display:?}");
        let seal =
            CursorSeal::of(corpus, &["answer", &transcript.source_sha256, &question.label, &answer.label, &script]);
        let from = seal.position(self.cursor.as_deref())?;
        let until = from.saturating_add(limit);
        let part = |span: &Span| AnswerPart::new(corpus, place, *span, display, origin);
        Ok(AnswerWithSource {
            title: transcript.title.clone(),
            interview: transcript.name.clone(),
            question: question.label.clone(),
            asked: one_line(corpus.view(place.transcript, display).words(question.span.range())),
            answer: answer.label.clone(),
            interviewee: answer.interviewee.clone(),
            speaker_undecided: answer.undecided,
            quoted: linked.as_ref().map(|linked| part(&linked.span)).transpose()?,
            source_changed: linked.as_ref().is_some_and(|linked| linked.changed),
            parts: cut.iter().skip(from).take(limit).map(part).collect::<Result<_, _>>()?,
            next_cursor: (until < cut.len()).then(|| seal.after(until)),
        })
    }

    /// Finds the answer by the given interview and labels.
    fn named(&self, corpus: &Corpus) -> Result<AnswerPlace, Refusal> {
        let needed = "a `permalink`, or an `interview` with a `question`,";
        let (Some(interview), Some(question)) = (&self.interview, &self.question) else {
            return Err(Refusal::Missing(needed));
        };
        let unknown = |error: QueryError| Refusal::Library(Error::Query(error));
        let named = corpus.transcripts.iter().position(|of| of.name == *interview || of.title == *interview);
        let transcript = named.or_else(|| corpus.by_hash(&interview.to_lowercase())).ok_or_else(|| {
            let there = corpus.transcripts.iter().take(MAX_NAMES_IN_ERROR).map(|of| of.name.clone()).collect();
            unknown(QueryError::NoTranscript { name: interview.clone(), there })
        })?;
        let of = &corpus.transcripts[transcript];
        let label = question.to_uppercase();
        let asked = of.questions.iter().position(|one| one.label == label).ok_or_else(|| {
            let there = of.questions.iter().map(|one| one.label.clone()).collect();
            unknown(QueryError::NoQuestion { label: question.clone(), there })
        })?;
        let wanted = self.answer.as_deref().unwrap_or("A1").to_uppercase();
        let answers = &of.questions[asked].answers;
        let given = answers.iter().position(|one| one.label == wanted).ok_or_else(|| {
            let last = answers.last().map_or_else(|| "none".to_owned(), |last| last.label.clone());
            Refusal::NoAnswer { question: label, answer: wanted, last }
        })?;
        Ok(AnswerPlace { transcript, at: AnswerAt { question: asked, answer: given } })
    }
}

impl AnswerPart {
    /// Makes a part from some words of an answer.
    ///
    /// # Errors
    /// If the source does not say them.
    pub fn new(
        corpus: &Corpus,
        place: AnswerPlace,
        span: Span,
        display: Display,
        origin: &str,
    ) -> Result<Self, Refusal> {
        let citation = cite(corpus, place, span)?;
        Ok(Self {
            text: corpus.view(place.transcript, display).words(span.range()).to_owned(),
            citation: Cited::at(corpus, &citation, place, display, origin),
        })
    }
}

/// Finds the current place of the words that a permalink cites.
///
/// # Errors
/// If the permalink is malformed, or if no present source says the words. The error then says what became of them.
pub fn follow(corpus: &Corpus, address: &str) -> Result<LinkedWords, Refusal> {
    let permalink: Permalink = permalink_in(address).parse().map_err(|_| Refusal::BadPermalink)?;
    match permalink.find(corpus) {
        Resolution::Here(place, span) => Ok(LinkedWords { place, span, changed: false }),
        Resolution::Elsewhere(place, span) => Ok(LinkedWords { place, span, changed: true }),
        Resolution::Changed { .. } => Err(Refusal::Changed),
        Resolution::Unsaid { .. } => Err(Refusal::Unsaid),
        Resolution::Withdrawn => Err(Refusal::Withdrawn),
        Resolution::Gone if corpus.coming() > 0 => Err(Refusal::NotRead),
        Resolution::Gone => Err(Refusal::Gone),
    }
}

/// Cuts an answer into parts of whole sentences, in order. Nothing is left out.
fn cut(corpus: &Corpus, place: AnswerPlace) -> Vec<Span> {
    let Some((transcript, _, answer)) = corpus.answer(place) else { return Vec::new() };
    let (text, intact) = (transcript.text(), transcript.unrestored());
    let mut parts = Vec::new();
    for stretch in &answer.stretches {
        let mut part: Option<Span> = None;
        for sentence in passage::sentences(text, *stretch, &intact) {
            let grown = part.and_then(|part| Span::new(text, part.start()..sentence.end()));
            match grown.filter(|grown| transcript.words(*grown).chars().count() <= PART_CHARS) {
                Some(grown) => part = Some(grown),
                None => parts.extend(part.replace(sentence)),
            }
        }
        parts.extend(part);
    }
    parts.into_iter().flat_map(|part| pieces(text, part)).collect()
}

/// Cuts a part into pieces if it is one sentence of more than `MAX_PART_CHARS` characters.
fn pieces(text: &str, part: Span) -> Vec<Span> {
    let words = part.of_text(text).unwrap_or_default();
    let starts = words.char_indices().map(|(at, _)| at).step_by(MAX_PART_CHARS);
    let starts: Vec<usize> = starts.chain([words.len()]).collect();
    starts.windows(2).filter_map(|pair| Span::new(text, part.start() + pair[0]..part.start() + pair[1])).collect()
}
