//! A turn, and all turns of a text with what stands around them.

use super::names::LabelRole;
use crate::transcript::coverage::NonSpeechReason;
use crate::transcript::problem::Problem;
use crate::transcript::span::Span;
use crate::transcript::timestamps::Moment;

/// The words of one speaker until another speaks.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    /// The first spelling in the source.
    pub(crate) speaker: Option<String>,
    /// The kind of turn that its label announces (`Q`, `答`), and its number.
    pub(crate) label: Option<(LabelRole, Option<usize>)>,
    pub(crate) line: usize,
    /// The words, without the parts that were set apart.
    pub(crate) stretches: Vec<Span>,
}

/// A part of a transcript, in its order.
#[derive(Debug, Clone)]
pub(crate) enum DialogueItem {
    Turn(Turn),
    Heading { span: Span },
}

/// The result of reading the lines.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    pub(crate) title: Option<String>,
    /// Where the title stands in the text.
    pub(crate) title_span: Option<Span>,
    pub(crate) items: Vec<DialogueItem>,
    /// Offsets of words whose time is known, ascending.
    pub(crate) times: Vec<(usize, Moment)>,
    /// The interviewers that the front matter names.
    pub(crate) hosts: Vec<String>,
    /// The interviewees that the front matter names.
    pub(crate) guests: Vec<String>,
    /// Text that nobody said, with the reason.
    pub(crate) apart: Vec<(Span, NonSpeechReason)>,
    /// Whether any line names a speaker.
    pub(crate) marked: bool,
    /// Whether the container says which words are questions. Then nobody who is named asks.
    pub(crate) questions_told: bool,
    /// Whether marks without names tell that somebody else speaks.
    pub(crate) several: bool,
    pub(crate) problems: Vec<Problem>,
}
