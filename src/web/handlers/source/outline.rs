//! A transcript's questions and answers as the page shows them: words in a script, cut into segments, with
//! non-speech set apart.

use crate::i18n::Messages;
use crate::text::script::{Display, View};
use crate::transcript::{Answer, Question, Span, Transcript};
use crate::web::view::highlight::{self, Highlight, HighlightTone, Segment, SegmentPart};
use crate::web::view::page::lang_as_shown;
use crate::web::view::play::Play;
use crate::web::view::tags::TagLink;

/// A question and its answers.
pub(super) struct QuestionView {
    pub(super) label: String,
    /// For links within the page.
    pub(super) anchor: String,
    pub(super) words: String,
    /// The same words, with matches and restorations.
    pub(super) segments: Vec<Segment>,
    pub(super) lang: &'static str,
    pub(super) answers_in_words: String,
    /// Whether the cited words are in one of its answers.
    pub(super) cited: bool,
    pub(super) answers: Vec<AnswerView>,
    /// The labels of answers that were withdrawn.
    pub(super) withdrawn: Vec<String>,
}

/// One answer.
pub(super) struct AnswerView {
    pub(super) label: String,
    /// `Q1 · A2`
    pub(super) full_label: String,
    pub(super) anchor: String,
    pub(super) interviewee: Option<String>,
    /// Whether the speaker may be the interviewer.
    pub(super) undecided: bool,
    /// Its start, if the source has times.
    pub(super) time: Option<String>,
    /// The link that plays it.
    pub(super) play: Option<Play>,
    pub(super) lang: &'static str,
    pub(super) paragraphs: Vec<Paragraph>,
    /// The cited words as received, if they differ.
    pub(super) received: Option<String>,
    pub(super) cited: bool,
    /// The tags of its quotes.
    pub(super) tags: Vec<TagLink>,
}

/// A line of an answer, or non-speech in it.
pub(super) struct Paragraph {
    pub(super) segments: Vec<Segment>,
    /// Non-speech, which is shown and never quoted.
    pub(super) aside: Option<String>,
}

/// A transcript in the script of the display.
pub(super) struct Shown<'a> {
    pub(super) transcript: &'a Transcript,
    pub(super) view: &'a View,
    pub(super) display: Display,
    pub(super) highlight: Highlight,
    /// The matches of a search, ascending.
    pub(super) found: &'a [Span],
    /// Whether non-speech may be shown. It may name a person with a pseudonym.
    pub(super) names: bool,
    /// Whether there is a recording.
    pub(super) recorded: bool,
}

impl Shown<'_> {
    pub(super) fn question(&self, text: &Messages, question: &Question) -> QuestionView {
        let words = highlight::one_line(self.view.words(question.span.range()));
        let anchor = question.label.to_lowercase();
        let answers: Vec<AnswerView> =
            question.answers.iter().map(|answer| self.answer(&question.label, answer)).collect();
        let lang = lang_as_shown(&words, self.transcript.script, self.display);
        let (words, lang) =
            if words.is_empty() { (text.transcript.untitled.to_owned(), text.lang) } else { (words, lang) };
        QuestionView {
            label: question.label.clone(),
            lang,
            words,
            segments: self.question_segments(question),
            answers_in_words: (text.answers)(answers.len()),
            cited: answers.iter().any(|said| said.cited),
            answers,
            withdrawn: Vec::new(),
            anchor,
        }
    }

    /// Joins the lines of a question.
    fn question_segments(&self, question: &Question) -> Vec<Segment> {
        let none = Highlight::default();
        let lines = highlight::paragraphs_finding(self.transcript, self.view, question.span, none, self.found);
        let space = || {
            let part = SegmentPart { text: " ".to_owned(), damage: None, begins: None, found: None, ms: None };
            Segment { tone: HighlightTone::Plain, anchor: false, parts: vec![part] }
        };
        let lines = lines.into_iter().enumerate();
        lines.flat_map(|(i, line)| (i > 0).then(space).into_iter().chain(line)).collect()
    }

    fn answer(&self, question: &str, answer: &Answer) -> AnswerView {
        let quoted = self.highlight.cited.filter(|cited| answer.stretches.iter().any(|words| words.contains(*cited)));
        let none = Highlight { timed: self.recorded, ..Highlight::default() };
        let highlight = if quoted.is_some() { Highlight { timed: self.recorded, ..self.highlight } } else { none };
        let mut paragraphs = Vec::new();
        for (i, stretch) in answer.stretches.iter().enumerate() {
            let here = highlight.cited.is_some_and(|cited| stretch.contains(cited));
            let highlight = if here { highlight } else { none };
            let lines = highlight::paragraphs_finding(self.transcript, self.view, *stretch, highlight, self.found);
            paragraphs.extend(lines.into_iter().map(|segments| Paragraph { segments, aside: None }));
            let asides = self.asides(*stretch, answer.stretches.get(i + 1));
            paragraphs.extend(asides.into_iter().map(|aside| Paragraph { segments: Vec::new(), aside: Some(aside) }));
        }
        AnswerView {
            label: answer.label.clone(),
            full_label: format!("{question} · {}", answer.label),
            anchor: format!("{}-{}", question.to_lowercase(), answer.label.to_lowercase()),
            interviewee: answer.interviewee.clone(),
            undecided: answer.undecided,
            time: self.transcript.timing_of(answer, answer.span).map(|timing| timing.start()),
            play: self.recorded.then(|| Play::of(self.transcript, answer, answer.span)).flatten(),
            lang: lang_as_shown(&self.transcript.answer_text(answer), self.transcript.script, self.display),
            paragraphs,
            received: quoted.and_then(|span| self.received(span)),
            cited: quoted.is_some(),
            tags: Vec::new(),
        }
    }

    /// Returns the text between two stretches of an answer. After the last stretch, it returns text in brackets on the
    /// same line.
    fn asides(&self, stretch: Span, next: Option<&Span>) -> Vec<String> {
        if !self.names {
            return Vec::new();
        }
        let rest = self.transcript.text().get(stretch.end()..).unwrap_or_default();
        let end = match next {
            Some(next) => next.start(),
            None => stretch.end() + rest.find('\n').unwrap_or(rest.len()),
        };
        let between = self.view.words(stretch.end()..end);
        let bracketed = |line: &&str| {
            line.starts_with(['(', '（', '[', '【', '〔', '<']) && line.ends_with([')', '）', ']', '】', '〕', '>'])
        };
        let lines = between.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.filter(|line| next.is_some() || bracketed(line)).map(str::to_owned).collect()
    }

    fn received(&self, span: Span) -> Option<String> {
        let restored = &self.transcript.restored;
        let received = restored.received().get(restored.received_range(span.range()))?;
        (received != self.transcript.words(span)).then(|| received.to_owned())
    }
}
