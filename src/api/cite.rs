//! Quotes and citations in the form that tools return: flat, with absolute addresses, and documented for readers of the
//! schema. They copy the words of the quotes and add none.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::quote::{Citation, PERMALINK, Quote};
use crate::text::script::Display;
use crate::transcript::Span;

/// The prefix of resource addresses.
pub const SCHEME: &str = "yuanhua://";

/// The script to show Chinese in.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScriptChoice {
    /// As in the transcript.
    Original,
    /// 简体
    Simplified,
    /// 繁體
    Traditional,
}

impl ScriptChoice {
    /// Returns the [`Display`] for this choice.
    pub fn display(self) -> Display {
        match self {
            Self::Original => Display::Original,
            Self::Simplified => Display::Simplified,
            Self::Traditional => Display::Traditional,
        }
    }
}

/// Words of an interviewee, letter for letter, with their citation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quoted {
    /// The exact words of the source. Quote only these.
    pub text: String,
    /// The part of `text` that speaks to the query.
    pub highlighted: String,
    /// The probability, 0 to 1, that the quote speaks to the query.
    pub probability: f64,
    /// The reasons why the quote should not stand alone: the words before or after it change its meaning.
    pub cautions: Vec<String>,
    /// The citation of the quote.
    pub citation: Cited,
    /// The citations of other interviews with the same answer, word for word.
    pub also: Vec<Cited>,
}

/// The place where a source says something.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cited {
    /// The title of the interview.
    pub title: String,
    /// The name of the interview. `get_answer` takes it.
    pub interview: String,
    /// The label of the question, such as Q1.
    pub question: String,
    /// The interviewer's question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The label of the answer within the question, such as A2.
    pub answer: String,
    /// The interviewee, if the source names the speaker.
    pub interviewee: Option<String>,
    /// Whether the speaker may be the interviewer. If so, say that with the quote.
    pub speaker_undecided: bool,
    /// The line of the source on which the words begin, from 1.
    pub line: usize,
    /// The time at which it was said, if the source has times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The words as they were received, if damage to the source was repaired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// SHA-256 of the source.
    pub source_sha256: String,
    /// The address of the words on Yuanhua's own page, for people.
    pub permalink: String,
    /// The address of the words for `resources/read`.
    pub resource: String,
}

impl Cited {
    /// Makes a citation with absolute addresses.
    pub fn new(corpus: &Corpus, citation: &Citation, origin: &str) -> Self {
        let of = corpus.by_hash(&citation.source_sha256).map(|number| &*corpus.transcripts[number]);
        let restored = of.and_then(|of| of.text().get(citation.start..citation.end));
        Self {
            title: of.map_or_else(|| citation.transcript.clone(), |of| of.title.clone()),
            interview: citation.transcript.clone(),
            question: citation.question.clone(),
            asked: None,
            answer: citation.answer.clone(),
            interviewee: citation.interviewee.clone(),
            speaker_undecided: citation.role.is_some(),
            line: citation.line,
            time: citation.when(),
            received: (restored != Some(&citation.received)).then(|| citation.received.clone()),
            source_sha256: citation.source_sha256.clone(),
            permalink: format!("{origin}{}", citation.permalink),
            resource: resource_of_permalink(&citation.permalink),
        }
    }

    /// Makes a citation for words whose place is known. It includes the interviewer's question.
    pub fn at(corpus: &Corpus, citation: &Citation, place: AnswerPlace, display: Display, origin: &str) -> Self {
        let question = corpus.answer(place).map(|(_, question, _)| question.span);
        let words = |span: Span| one_line(corpus.view(place.transcript, display).words(span.range()));
        Self { asked: question.map(words).filter(|asked| !asked.is_empty()), ..Self::new(corpus, citation, origin) }
    }
}

impl Quoted {
    /// Makes a quote with absolute addresses, which begin with `origin`.
    pub fn new(corpus: &Corpus, quote: &Quote, origin: &str) -> Self {
        Self {
            highlighted: quote.text.get(quote.marked.0..quote.marked.1).unwrap_or(&quote.text).to_owned(),
            text: quote.text.clone(),
            probability: quote.score,
            cautions: quote.cautions.iter().map(ToString::to_string).collect(),
            citation: Cited::at(corpus, &quote.citation, quote.place, quote.display, origin),
            also: quote.also.iter().map(|also| Cited::new(corpus, also, origin)).collect(),
        }
    }
}

/// Returns the resource address of a permalink: `/q/a/b` becomes `yuanhua://q/a/b`.
pub fn resource_of_permalink(permalink: &str) -> String {
    format!("{SCHEME}{}", permalink.trim_start_matches('/'))
}

/// Returns the permalink in an absolute address or in the address of a resource.
pub(super) fn permalink_in(address: &str) -> &str {
    let path = address.strip_prefix(SCHEME).and_then(|rest| rest.strip_prefix("q/"));
    let from = path.or_else(|| address.find(PERMALINK).and_then(|at| address.get(at + PERMALINK.len()..)));
    from.unwrap_or(address).split(['?', '#']).next().unwrap_or_default()
}

/// Joins words into one line, because a source may break a question over several lines.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permalink_is_found_in_every_form_that_people_copy() {
        let bare = "d16fbab97505594a/d7e625.327.58.5b8e34dca714ed20e117da07";
        for form in [
            bare.to_owned(),
            format!("/q/{bare}"),
            format!("http://localhost:8080/q/{bare}?script=simplified#x"),
            resource_of_permalink(&format!("/q/{bare}")),
        ] {
            assert_eq!(permalink_in(&form), bare, "{form}");
        }
    }
}
