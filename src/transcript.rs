//! One source file as an interview: its questions, and who answered what.
//!
//! Bytes in, `(Transcript, Vec<Problem>)` out. It reads no files and knows nothing of search. Each
//! format has one reader.

mod columns;
mod coverage;
mod dialogue;
mod extract;
mod format;
mod formats;
mod limits;
mod problem;
mod question;
mod read_options;
mod span;
mod stored;
mod timestamps;
mod timing;
mod told_date;

pub use columns::Layout;
pub use coverage::{Coverage, NonSpeech, NonSpeechReason};
pub use dialogue::roles::{Speaker, SpeakerRole};
pub use format::Format;
pub use limits::ReadLimits;
pub use problem::{Problem, ProblemKind};
pub use question::{Answer, AnswerAt, Question};
pub use read_options::{Columns, ReadOptions};
pub use span::Span;
pub use stored::Stored;
pub use timing::{Clock, Precision, Timing};

use crate::error::ReadError;
use crate::hash::sha256_hex;
use crate::restore::{Restored, restore};
use crate::text::script::Script;
use timing::Times;

/// One source file: its text as received and restored, and its questions.
#[derive(Debug, Clone)]
pub struct Transcript {
    /// The name in citations: the file's name without its ending.
    pub name: String,
    /// The title: the heading before the first question, or else the name.
    pub title: String,
    /// SHA-256 of the bytes as received, in lower-case hex.
    pub source_sha256: String,
    /// The received text and the restored one that every span points into.
    pub restored: Restored,
    /// Which Chinese script the restored text is written in.
    pub script: Script,
    /// The questions, in the order of the source.
    pub questions: Vec<Question>,
    /// The format that was read.
    pub format: Format,
    /// The speakers in the order of their first words; empty if none is named.
    pub speakers: Vec<Speaker>,
    /// The columns of a table or JSON, and which are read.
    pub columns: Option<Layout>,
    /// The reason why somebody counts as the interviewer; empty if the source labels its questions.
    pub asking: String,
    /// The account of all words: in a turn, or set apart with the reason.
    pub tally: Coverage,
    /// The times of its words, if the source has times.
    times: Times,
}

impl Transcript {
    /// The text that all spans point into.
    pub fn text(&self) -> &str {
        self.restored.text()
    }

    /// The date of the interview, where the text above its first words tells it.
    pub fn told_date(&self) -> Option<Span> {
        told_date::told_date(self.text(), &self.questions, &self.tally)
    }

    /// The words at `span`; empty if the span is of another text.
    pub fn words(&self, span: Span) -> &str {
        span.of_text(self.text()).unwrap_or_default()
    }

    /// All the words of an answer, one stretch a line.
    pub fn answer_text(&self, answer: &Answer) -> String {
        answer.stretches.iter().map(|stretch| self.words(*stretch)).collect::<Vec<_>>().join("\n")
    }

    /// The question and the answer at a place.
    pub fn at(&self, place: AnswerAt) -> Option<(&Question, &Answer)> {
        let question = self.questions.get(place.question)?;
        Some((question, question.answers.get(place.answer)?))
    }

    /// Every answer in the order of the source.
    pub fn answers(&self) -> impl Iterator<Item = (AnswerAt, &Question, &Answer)> {
        self.questions.iter().enumerate().flat_map(|(q, question)| {
            question
                .answers
                .iter()
                .enumerate()
                .map(move |(a, answer)| (AnswerAt { question: q, answer: a }, question, answer))
        })
    }

    /// The places that look damaged and stay as received.
    pub fn unrestored(&self) -> Vec<Span> {
        let unrestored = self.restored.restorations().iter().filter(|place| place.received == place.restored);
        unrestored.filter_map(|place| Span::new(self.text(), place.restored_span.clone())).collect()
    }

    /// The 1-based line of the source with this byte of the restored text. For a container (DOCX, PDF,
    /// a table …) it is a line of the extracted text.
    pub fn line_of(&self, offset: usize) -> usize {
        1 + self.text().bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// The part of a recording in which the words at `span` of `answer` are said, in milliseconds. The
    /// end is that of the words, or else the next time that the source gives.
    pub fn playing(&self, answer: &Answer, span: Span) -> Option<(u32, Option<u32>)> {
        let timing = self.timing_of(answer, span).filter(|timing| timing.clock == Clock::Recording)?;
        let end = timing.end_ms.or_else(|| self.times.next_after(span.end()));
        Some((timing.start_ms, end.filter(|end| *end > timing.start_ms)))
    }

    /// The places in `span` at which a time of the recording begins, with the time in milliseconds.
    pub fn times_in(&self, span: Span) -> impl Iterator<Item = (usize, u32)> {
        self.times.begin_in(span)
    }

    /// When the words at `span` of `answer` were said, if the source has times.
    pub fn timing_of(&self, answer: &Answer, span: Span) -> Option<Timing> {
        self.times.of(answer.span, span)
    }
}

/// Reads one source. The content decides the format; `name` is only what citations call it.
///
/// ```
/// let source = "Host: What do you do after work?\nAnn Lee: I run by the river.\n\
///     Host: Why do you run?\nAnn Lee: It clears my head.\n";
/// let (transcript, problems) = yuanhua::transcript::read("after-work", source.as_bytes())?;
/// let answer = &transcript.questions[0].answers[0];
/// assert_eq!(answer.interviewee.as_deref(), Some("Ann Lee"));
/// assert_eq!(transcript.answer_text(answer), "I run by the river.");
/// assert!(problems.is_empty());
/// # Ok::<(), yuanhua::error::ReadError>(())
/// ```
///
/// # Errors
/// Those of [`read_with`].
pub fn read(name: &str, bytes: &[u8]) -> Result<(Transcript, Vec<Problem>), ReadError> {
    read_with(name, bytes, &ReadOptions::default())
}

/// Reads one source as `options` say: extract → restore → turns → who asks →
/// questions and answers.
///
/// # Errors
/// When the bytes are of no known format, hold no questions and no turns, or
/// go beyond one of [`ReadLimits`].
pub fn read_with(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Transcript, Vec<Problem>), ReadError> {
    let (format, extract) = formats::extract(bytes, options)?;
    options.limits.check_text(&extract.text)?;
    let restored = restore(&extract.text);
    let mut problems: Vec<Problem> = restored
        .restorations()
        .iter()
        .filter(|r| !r.proved)
        .map(|r| {
            let (received, restored) = (r.received.clone(), r.restored.clone());
            Problem::new(r.line, ProblemKind::Doubt { received, restored })
        })
        .collect();
    problems.extend(extract.problems);
    let outline = dialogue::read(restored.text(), &extract.hints, options)?;
    if is_unnamed(format, restored.text(), &outline) {
        problems.push(Problem::new(1, ProblemKind::NoSpeakers));
    }
    problems.extend(outline.problems);
    let tally = Coverage::of(restored.text(), &outline.questions, &outline.apart);
    let lost = || tally.apart.iter().filter(|apart| apart.why == NonSpeechReason::Lost);
    problems.extend(
        lost().next().map(|first| Problem::new(first.line, ProblemKind::Lost(lost().map(|lost| lost.words).sum()))),
    );
    problems.sort_by_key(|problem| problem.line);
    let transcript = Transcript {
        name: name.to_owned(),
        title: extract.title.or(outline.title).unwrap_or_else(|| name.to_owned()),
        source_sha256: sha256_hex(&[bytes]),
        script: Script::of(restored.text()),
        times: Times::new(&outline.times, extract.timed, &restored),
        restored,
        questions: outline.questions,
        format,
        speakers: outline.speakers,
        columns: extract.columns,
        asking: outline.asking,
        tally,
    };
    Ok((transcript, problems))
}

/// Characters of a text in which somebody asks, for each question.
const ASKED_EVERY: usize = 400;
/// The times in a text from which it is a copy of captions.
const CAPTIONED: usize = 3;

/// Whether several may speak, although a text names nobody and tells no question: captions, a copy of captions, or a text
/// that often asks.
fn is_unnamed(format: Format, text: &str, outline: &dialogue::Dialogue) -> bool {
    let told = !outline.speakers.is_empty() || outline.questions.iter().any(|question| question.label.starts_with('Q'));
    let captions = matches!(format, Format::Srt | Format::WebVtt | Format::Ass | Format::TimedText);
    let asked = text.matches(['?', '？']).count();
    let often = asked >= 2 && asked * ASKED_EVERY >= text.chars().count();
    !told && (captions || outline.times.len() >= CAPTIONED || often)
}

/// The text of a file in any known encoding.
///
/// # Errors
/// When the bytes fit no known encoding, or hold no text.
pub fn text_of(bytes: &[u8]) -> Result<String, ReadError> {
    formats::decode::decode(bytes).map(|(text, _)| text)
}

#[cfg(test)]
mod tests;
