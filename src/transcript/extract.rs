//! The output of a reader of a container: lines of text, and what the container says about each. It
//! lets one reader of turns serve every format.

use super::columns::Layout;
use super::limits::ReadLimits;
use super::problem::{Problem, ProblemKind};
use super::timestamps::Moment;
use super::timing::{Precision, Timed};
use crate::error::ReadError;
use crate::text::invisible;

/// What a container says about a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Nothing. The line itself must tell.
    #[default]
    Plain,
    /// A heading, which may still name a speaker.
    Heading,
    /// A paragraph all in bold: a heading or a question where it names no speaker.
    Bold,
    /// A paragraph all in italics. It is a question if it asks and nobody is named.
    Italic,
    /// The name of the speaker of the following lines.
    Speaker,
    /// Words of the last speaker.
    Words,
    /// A question of any speaker.
    Asked,
    /// Non-speech: a narrative, a stage direction, page furniture.
    Aside,
}

/// One line of an extraction.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineHint {
    pub(super) kind: LineKind,
    pub(super) time: Option<Moment>,
}

/// A spoken word, with its times.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimedWord {
    pub(super) text: String,
    pub(super) from: Moment,
    pub(super) to: Option<Moment>,
}

/// Speech of one speaker at a time, from a cue, a row or a message.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceTurn {
    pub(super) speaker: Option<String>,
    /// Whether another, unnamed speaker begins here.
    pub(super) changes: bool,
    pub(super) words: String,
    pub(super) from: Option<Moment>,
    pub(super) to: Option<Moment>,
    /// Its words one by one, if each has a time.
    pub(super) timed: Vec<TimedWord>,
}

/// The text of a source, and what its container says about each line.
#[derive(Debug)]
pub(super) struct Extract {
    /// The text. Each line has a hint in `hints`. Lines beyond them are [`LineKind::Plain`].
    pub(super) text: String,
    pub(super) hints: Vec<LineHint>,
    pub(super) title: Option<String>,
    pub(super) problems: Vec<Problem>,
    /// Pieces of the text with times from the container, ascending.
    pub(super) timed: Vec<Timed>,
    /// The columns of a table or JSON.
    pub(super) columns: Option<Layout>,
    speaker: Option<String>,
    limits: ReadLimits,
}

impl Extract {
    pub(super) fn new(limits: ReadLimits) -> Self {
        Self {
            text: String::new(),
            hints: Vec::new(),
            title: None,
            problems: Vec::new(),
            timed: Vec::new(),
            columns: None,
            speaker: None,
            limits,
        }
    }

    /// A text that is its own container.
    pub(super) fn plain(text: String, limits: ReadLimits) -> Self {
        Self { text: invisible::without(text), ..Self::new(limits) }
    }

    /// The 1-based number of the next line.
    pub(super) fn next_line(&self) -> usize {
        self.hints.len() + 1
    }

    /// Adds the non-empty lines of `words`.
    pub(super) fn push(&mut self, kind: LineKind, words: &str, time: Option<Moment>) -> Result<(), ReadError> {
        for line in words.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']).map(str::trim) {
            if line.is_empty() {
                continue;
            }
            if self.text.len() + line.len() > self.limits.text_bytes() {
                return Err(ReadError::TooLong { megabytes: self.limits.text_mib });
            }
            let line = invisible::without(line.to_owned());
            // The upper control characters stay, because they help to restore a wrongly decoded text.
            self.text
                .extend(line.chars().filter(|c| !c.is_control() || *c == '\t' || ('\u{80}'..='\u{9f}').contains(c)));
            self.text.push('\n');
            self.hints.push(LineHint { kind, time });
        }
        Ok(())
    }

    /// One turn: the speaker's name where it changes, then the words. A turn without a name has an
    /// unknown speaker.
    pub(super) fn turn(&mut self, speaker: Option<&str>, words: &str, time: Option<Moment>) -> Result<(), ReadError> {
        let speaker = speaker.map(str::trim).filter(|name| !name.is_empty());
        if speaker != self.speaker.as_deref() {
            self.push(LineKind::Speaker, speaker.unwrap_or(UNNAMED), time)?;
            self.speaker = speaker.map(str::to_owned);
        }
        self.push(LineKind::Words, words, time)
    }

    /// One answer to the question before, of its own speaker.
    pub(super) fn answer(&mut self, speaker: Option<&str>, words: &str, time: Option<Moment>) -> Result<(), ReadError> {
        self.push(LineKind::Speaker, speaker.unwrap_or(UNNAMED), time)?;
        self.speaker = speaker.map(str::to_owned);
        self.push(LineKind::Words, words, time)
    }

    /// One piece of speech, with its times.
    pub(super) fn say(&mut self, said: &SourceTurn) -> Result<(), ReadError> {
        let speaker = said.speaker.as_deref().map(str::trim).filter(|name| !name.is_empty());
        if said.changes && speaker.is_none() {
            self.push(LineKind::Speaker, UNNAMED, said.from)?;
            self.speaker = None;
        }
        let speaker_line = usize::from(speaker != self.speaker.as_deref());
        let lines_before = self.hints.len();
        let mut at = self.text.len();
        self.turn(speaker, &said.words, said.from)?;
        // The line of the name is not speech.
        for _ in 0..speaker_line.min(self.hints.len() - lines_before) {
            at += self.text[at..].find('\n').map_or(0, |end| end + 1);
        }
        self.time(at, said);
        Ok(())
    }

    /// Notes the time of the text from `at` on.
    fn time(&mut self, at: usize, said: &SourceTurn) {
        let before = self.timed.len();
        let mut from = at;
        for word in &said.timed {
            let bare = word.text.trim();
            let near =
                self.text[from..].char_indices().nth(NEAR + bare.len()).map_or(self.text.len(), |(end, _)| from + end);
            let found = [bare, bare.trim_matches(|c: char| !c.is_alphanumeric())]
                .into_iter()
                .filter(|wanted| !wanted.is_empty())
                .find_map(|wanted| Some((from + self.text[from..near].find(wanted)?, wanted.len())));
            if let Some((start, length)) = found {
                from = start + length;
                let precision = Precision::Word;
                self.timed.push(Timed { at: start..from, from: word.from, to: word.to, precision });
            }
        }
        if let (true, Some(from)) = (self.timed.len() == before, said.from) {
            let end = self.text.trim_end().len().max(at);
            self.timed.push(Timed { at: at..end, from, to: said.to, precision: Precision::Cue });
        }
    }

    /// Adds all of another extraction.
    pub(super) fn append(&mut self, other: Self) -> Result<(), ReadError> {
        if self.text.len() + other.text.len() > self.limits.text_bytes() {
            return Err(ReadError::TooLong { megabytes: self.limits.text_mib });
        }
        let (bytes, lines) = (self.text.len(), self.hints.len());
        self.text.push_str(&other.text);
        self.hints.extend(other.hints);
        let moved = |piece: Timed| Timed { at: piece.at.start + bytes..piece.at.end + bytes, ..piece };
        self.timed.extend(other.timed.into_iter().map(moved));
        self.problems
            .extend(other.problems.into_iter().map(|problem| Problem { line: problem.line + lines, ..problem }));
        self.columns = self.columns.take().or(other.columns);
        self.title = self.title.take().or(other.title);
        self.speaker = None;
        Ok(())
    }

    /// The next turn names its speaker again.
    pub(super) fn part(&mut self) {
        self.speaker = None;
    }

    /// Ignores bold if most of the text is bold.
    pub(super) fn weigh_bold(&mut self) {
        let bold = self.hints.iter().filter(|hint| hint.kind == LineKind::Bold).count();
        if bold * 2 > self.hints.len() {
            for hint in self.hints.iter_mut().filter(|hint| hint.kind == LineKind::Bold) {
                hint.kind = LineKind::Plain;
            }
        }
    }

    pub(super) fn problem(&mut self, what: ProblemKind) {
        self.problems.push(Problem::new(self.next_line(), what));
    }
}

/// The next word is looked for in this many characters after a word.
const NEAR: usize = 40;

/// The mark for an unnamed speaker after a named one.
pub(super) const UNNAMED: &str = "—";
