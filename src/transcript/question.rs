//! A question of an interview, and the answers to it.

use serde::{Deserialize, Serialize};

use super::span::Span;

/// What the interviewer asked, and the answers to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// `Q1`, `Q2` … as the source numbers them, or else counted; `S1`, `S2` … for a section without a
    /// question.
    pub label: String,
    /// The wording without the label. For a section, its heading or nothing.
    pub span: Span,
    /// The interviewer, if the source names one.
    pub speaker: Option<String>,
    /// The answers, in the order of the source.
    pub answers: Vec<Answer>,
}

/// What one interviewee said to one question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    /// `A1`, `A2` … counted within the question.
    pub label: String,
    /// The speaker, if the source names one.
    pub interviewee: Option<String>,
    /// From the first word to the last.
    pub span: Span,
    /// The interviewee's own words: `span` without the non-speech in it.
    pub stretches: Vec<Span>,
    /// Whether the speaker may be the interviewer.
    pub undecided: bool,
}

/// Where an answer stands in a transcript, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AnswerAt {
    /// Index into [`Transcript::questions`](super::Transcript::questions).
    pub question: usize,
    /// Index into [`Question::answers`].
    pub answer: usize,
}
