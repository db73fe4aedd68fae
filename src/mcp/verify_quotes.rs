//! `verify_quotes`: checks the quotations of a text against the interviews, a page at a time. An assistant can check
//! its own text before anybody reads it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{CursorSeal, Refusal, resource_of_permalink};
use crate::i18n::DisplayLanguage;
use crate::library::Withdrawals;
use crate::retrieval::corpus::Corpus;
use crate::verify::{self, PlaceInSource, Report, SearchedLibrary, ShownQuotation, ShownSourcePlace};

/// Quotations on a page, by default and at most.
const DEFAULT_QUOTATIONS: usize = 20;
const MAX_QUOTATIONS: usize = 50;
/// The most KiB of a text.
const TEXT: usize = 512;

/// A text to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VerifyQuotes {
    /// The text whose quotations are checked: Markdown, HTML, CSV or plain text. A quotation is text in quotation marks
    /// or in a block quote.
    text: String,
    /// The number of quotations on a page, 1 to 50. The default is 20.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the previous page for the same text.
    #[serde(default)]
    cursor: Option<String>,
}

/// The result for a text.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VerifyResult {
    /// The number of quotations that hold, as a sentence.
    summary: String,
    /// The extent of the search, as a sentence.
    searched: String,
    /// The number of quotations that hold. They are exact, or differ only in script, width, case or punctuation.
    hold: usize,
    /// The number of quotations that do not hold. Correct or remove them.
    fail: usize,
    /// The number of quotations that are too short to be looked for.
    too_short: usize,
    /// The number of interviews that could not be searched yet. They may hold quotations that were not found.
    interviews_not_searched: usize,
    /// The quotations on this page, in the order of the text.
    quotations: Vec<Quotation>,
    /// The cursor of the next page, if there are more quotations.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// One quotation and its findings.
#[derive(Debug, Serialize, ToSchema)]
struct Quotation {
    /// The number of the quotation, from 1. Quotations that are too short have numbers too.
    number: usize,
    /// The line of the text, from 1.
    line: usize,
    /// The quotation as in the text. It is left out if the words were withdrawn.
    #[serde(rename = "quotation", skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// Whether it holds.
    holds: bool,
    /// The most serious finding, such as `exact`, `close`, `not_found` or `withdrawn`.
    finding: String,
    /// The findings as sentences, the most serious first.
    told: Vec<String>,
    /// The places where the interviews say it, exactly or nearly.
    places: Vec<Source>,
}

/// A place in an interview.
#[derive(Debug, Serialize, ToSchema)]
struct Source {
    /// Question, answer, speaker, title and line.
    label: String,
    /// The exact words of the source.
    words: String,
    /// The address of the words on Yuanhua's own page. An interviewer's question has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    permalink: Option<String>,
    /// The address of the words for `resources/read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<String>,
}

impl VerifyQuotes {
    pub(super) fn answer(
        &self,
        corpus: &Corpus,
        withdrawals: &Withdrawals,
        origin: &str,
    ) -> Result<VerifyResult, Refusal> {
        let limit @ 1..=MAX_QUOTATIONS = self.limit.unwrap_or(DEFAULT_QUOTATIONS) else {
            return Err(Refusal::BadLimit { most: MAX_QUOTATIONS });
        };
        if self.text.trim().is_empty() {
            return Err(Refusal::Missing("a `text`"));
        }
        if self.text.len() > TEXT << 10 {
            return Err(Refusal::TextTooLong { kib: TEXT });
        }
        let seal = CursorSeal::of(corpus, &["verify", &self.text]);
        let from = seal.position(self.cursor.as_deref())?;
        let until = from.saturating_add(limit);
        let report = Report::of_text("text.md", &self.text);
        let verified = verify::verify(&SearchedLibrary::of(corpus, withdrawals), &report);
        let words = DisplayLanguage::English.messages().verify;
        let told = verify::in_words(&verified, words, &|place: &PlaceInSource| place.permalink.clone());
        let pairs = verified.quotations.iter().zip(&told).skip(from).take(limit);
        Ok(VerifyResult {
            summary: verified.summary(words),
            searched: verified.searched_sentence(words),
            hold: verified.hold,
            fail: verified.fail,
            too_short: verified.too_short,
            interviews_not_searched: verified.searched.not_yet,
            quotations: pairs.map(|(checked, told)| Quotation::new(checked, told, origin)).collect(),
            next_cursor: (until < verified.quotations.len()).then(|| seal.after(until)),
        })
    }
}

impl Quotation {
    fn new(checked: &verify::CheckedQuotation, told: &ShownQuotation, origin: &str) -> Self {
        let notes = told.notes.iter().map(|note| (*note).to_owned());
        Self {
            number: checked.number,
            line: checked.line,
            words: checked.text.clone(),
            holds: checked.holds,
            finding: told.kind.to_owned(),
            told: told.sentences.iter().cloned().chain(notes).collect(),
            places: told.places.iter().map(|place| Source::new(place, origin)).collect(),
        }
    }
}

impl Source {
    fn new(place: &ShownSourcePlace, origin: &str) -> Self {
        Self {
            label: place.label.clone(),
            words: place.words.iter().map(|run| run.text.as_str()).collect(),
            permalink: place.href.as_ref().map(|permalink| format!("{origin}{permalink}")),
            resource: place.href.as_deref().map(resource_of_permalink),
        }
    }
}
