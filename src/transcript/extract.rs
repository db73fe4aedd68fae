//! What a reader of a container hands on: lines of text, and what the
//! container itself says of each. Exists so that one reader of turns serves
//! every format; knows no format.

use super::columns::Layout;
use super::limits::Limits;
use super::{Problem, What};
use crate::error::ReadError;

/// What a container says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: the line itself has to tell.
    Plain,
    /// Set as a heading; it may still name a speaker.
    Heading,
    /// A paragraph all in bold: a heading or a question where it names no speaker.
    Bold,
    /// A paragraph all in italics: a question where it asks and nobody is named.
    Italic,
    /// The name of whoever says the following lines.
    Speaker,
    /// Said by the last speaker.
    Words,
    /// Asked, whoever asks.
    Asked,
    /// Nobody's words: a narrative, a stage direction, page furniture.
    Aside,
}

/// One line of an extraction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hint {
    pub(super) kind: Kind,
    /// Seconds from the start of the recording.
    pub(super) time: Option<u32>,
}

/// The text of a source and what its container says of each line.
#[derive(Debug)]
pub(super) struct Extract {
    /// One hint per line of it; the rest are [`Kind::Plain`].
    pub(super) text: String,
    pub(super) hints: Vec<Hint>,
    pub(super) title: Option<String>,
    pub(super) problems: Vec<Problem>,
    /// Of a table or JSON.
    pub(super) columns: Option<Layout>,
    speaker: Option<String>,
    limits: Limits,
}

impl Extract {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            text: String::new(),
            hints: Vec::new(),
            title: None,
            problems: Vec::new(),
            columns: None,
            speaker: None,
            limits,
        }
    }

    /// A text that is its own container.
    pub(super) fn plain(text: String, limits: Limits) -> Self {
        Self { text, ..Self::new(limits) }
    }

    /// 1-based number of the line to be added next.
    pub(super) fn next_line(&self) -> usize {
        self.hints.len() + 1
    }

    /// Adds the lines of `words` that hold anything.
    pub(super) fn push(&mut self, kind: Kind, words: &str, time: Option<u32>) -> Result<(), ReadError> {
        for line in words.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']).map(str::trim) {
            if line.is_empty() {
                continue;
            }
            if self.text.len() + line.len() > self.limits.text_bytes() {
                return Err(ReadError::TooLong { megabytes: self.limits.text_mib });
            }
            self.text.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
            self.text.push('\n');
            self.hints.push(Hint { kind, time });
        }
        Ok(())
    }

    /// One turn: the speaker's name where it changes, then the words. A turn
    /// without a name is said by nobody known.
    pub(super) fn turn(&mut self, speaker: Option<&str>, words: &str, time: Option<u32>) -> Result<(), ReadError> {
        let speaker = speaker.map(str::trim).filter(|name| !name.is_empty());
        if speaker != self.speaker.as_deref() {
            self.push(Kind::Speaker, speaker.unwrap_or(UNNAMED), time)?;
            self.speaker = speaker.map(str::to_owned);
        }
        self.push(Kind::Words, words, time)
    }

    /// One answer to the question before, of its own speaker.
    pub(super) fn answer(&mut self, speaker: Option<&str>, words: &str, time: Option<u32>) -> Result<(), ReadError> {
        self.push(Kind::Speaker, speaker.unwrap_or(UNNAMED), time)?;
        self.speaker = speaker.map(str::to_owned);
        self.push(Kind::Words, words, time)
    }

    /// The next turn names its speaker again.
    pub(super) fn part(&mut self) {
        self.speaker = None;
    }

    /// Where most of a text is bold, bold says nothing.
    pub(super) fn weigh_bold(&mut self) {
        let bold = self.hints.iter().filter(|hint| hint.kind == Kind::Bold).count();
        if bold * 2 > self.hints.len() {
            for hint in self.hints.iter_mut().filter(|hint| hint.kind == Kind::Bold) {
                hint.kind = Kind::Plain;
            }
        }
    }

    pub(super) fn problem(&mut self, what: What) {
        self.problems.push(Problem::new(self.next_line(), what));
    }
}

/// Stands in an extraction where a container names no speaker after a named one.
pub(super) const UNNAMED: &str = "—";
