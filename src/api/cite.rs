//! Quotes and citations as tools give them: flat, with whole addresses, and documented for
//! whoever reads the schema. Copies what the quotes say; adds no words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::quote::{Citation, PERMALINK, Quote};
use crate::text::script::Display;
use crate::transcript::Span;

/// Where the addresses of resources begin.
pub const SCHEME: &str = "yuanhua://";

/// The script to show Chinese in.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScriptChoice {
    /// As the transcript has it.
    Original,
    /// 简体
    Simplified,
    /// 繁體
    Traditional,
}

impl ScriptChoice {
    /// The same as the rest of the program knows it.
    pub fn display(self) -> Display {
        match self {
            Self::Original => Display::Original,
            Self::Simplified => Display::Simplified,
            Self::Traditional => Display::Traditional,
        }
    }
}

/// Words of an interviewee, letter for letter, and where they stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quoted {
    /// The words exactly as the source has them. Quote these and no others.
    pub text: String,
    /// The part of `text` that speaks to the query.
    pub highlighted: String,
    /// Probability, 0 to 1, that the quote speaks to the query.
    pub probability: f64,
    /// Why the quote should not stand alone: what goes before or after it changes what it means.
    pub cautions: Vec<String>,
    /// Where the source says it.
    pub citation: Cited,
    /// Other interviews that have the same answer, word for word.
    pub also: Vec<Cited>,
}

/// Where a source says something.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cited {
    /// The title of the interview.
    pub title: String,
    /// The name of the interview, as `get_answer` takes it.
    pub interview: String,
    /// The label of the question, such as Q1.
    pub question: String,
    /// What the interviewer asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The label of the answer within the question, such as A2.
    pub answer: String,
    /// Who says it, where the source names the speaker.
    pub interviewee: Option<String>,
    /// Whether the speaker may be the interviewer instead: then say so with the quote.
    pub speaker_undecided: bool,
    /// The line of the source that the words begin on, from 1.
    pub line: usize,
    /// When it was said, where the source has times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The same words as they were received, where damage to the source was repaired.
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
    /// A citation with whole addresses.
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

    /// The same for words whose place is known, with what was asked.
    pub fn at(corpus: &Corpus, citation: &Citation, place: AnswerPlace, display: Display, origin: &str) -> Self {
        let question = corpus.answer(place).map(|(_, question, _)| question.span);
        let words = |span: Span| one_line(corpus.view(place.transcript, display).words(span.range()));
        Self { asked: question.map(words).filter(|asked| !asked.is_empty()), ..Self::new(corpus, citation, origin) }
    }
}

impl Quoted {
    /// A quote with whole addresses, which begin at `origin`.
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

/// The resource that a permalink is: `/q/a/b` is `yuanhua://q/a/b`.
pub fn resource_of_permalink(permalink: &str) -> String {
    format!("{SCHEME}{}", permalink.trim_start_matches('/'))
}

/// The permalink in a whole address or the address of a resource.
pub(super) fn permalink_in(address: &str) -> &str {
    let path = address.strip_prefix(SCHEME).and_then(|rest| rest.strip_prefix("q/"));
    let from = path.or_else(|| address.find(PERMALINK).and_then(|at| address.get(at + PERMALINK.len()..)));
    from.unwrap_or(address).split(['?', '#']).next().unwrap_or_default()
}

/// A question may be broken over several lines of its source.
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
