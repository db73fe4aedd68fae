//! Measures how many altered quotations are caught. Honest and altered quotations of known kinds are made from the
//! interviews themselves and checked like any other. The alterations use rules of their own, which the search does not
//! use.

mod alterations;
mod made_quotation;
mod quotation_kind;

use super::finding::{CheckedQuotation, Verified};
use super::report::Report;
use super::searched_library::SearchedLibrary;
use super::units;
use super::verifier::Verifier;
use crate::retrieval::passage;
use crate::text::script::View;
use crate::transcript::Transcript;
use alterations::Random;
use made_quotation::{AnswerToQuote, MadeQuotation, make};
use quotation_kind::{KINDS, QuotationKind};

/// The results for quotations of one kind.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Measured {
    /// The kind, such as “a negation dropped”.
    pub kind: &'static str,
    /// Whether the quotations are honest.
    pub honest: bool,
    /// The number of quotations that were made.
    pub made: usize,
    /// The number of quotations whose findings name what was done.
    pub named: usize,
    /// The number of quotations that are said to hold.
    pub holding: usize,
    /// The quotations with wrong findings, and honest ones that do not hold: the quotation and its findings.
    #[serde(skip)]
    pub missed: Vec<(String, String)>,
}

/// The least weight of a made quotation: a character counts one, a word two. Shorter ones are not checked.
const MIN_WEIGHT: usize = 8;
/// The most tries for each quotation. Not every answer has words for every kind.
const TRIES_PER_QUOTATION: usize = 40;

/// Makes up to `each` quotations of every kind, as far as the interviews have words for it, and checks them.
pub fn measure(library: &SearchedLibrary<'_>, each: usize) -> Vec<Measured> {
    let verifier = Verifier::new(library);
    let answers = answers(library);
    let said: Vec<String> = answers.iter().map(|one| bare(&one.transcript.answer_text(one.answer))).collect();
    let mut random = Random::seeded();
    let mut measured = Vec::with_capacity(KINDS.len());
    for (kind, name) in KINDS {
        let report = report_of(kind, each, &answers, &said, &mut random);
        let found = verifier.verify(&Report::of_text("made.txt", &report));
        measured.push(Measured::of(kind, name, &found));
    }
    measured
}

/// Writes a report with up to `each` quotations of one kind. `said` holds the bare words of every answer.
fn report_of(
    kind: QuotationKind,
    each: usize,
    answers: &[AnswerToQuote<'_>],
    said: &[String],
    random: &mut Random,
) -> String {
    let is_said = |text: &str| said.iter().any(|one| one.contains(&bare(text)));
    let mut report = String::new();
    let mut made: Vec<String> = Vec::new();
    for _ in 0..each * TRIES_PER_QUOTATION {
        if made.len() == each || answers.is_empty() {
            break;
        }
        let answer = &answers[random.below(answers.len())];
        let other = &answers[random.below(answers.len())];
        let Some(MadeQuotation { before, text }) = make(kind, answer, other, random) else { continue };
        // An altered quotation may by chance be what somebody says.
        let must_be_unsaid = kind.alters_words() || kind == QuotationKind::QuestionAsAnswer;
        let is_whole = units::weight(&text) >= MIN_WEIGHT && !text.contains(['“', '”', '\n']);
        if is_whole && !made.contains(&text) && !(must_be_unsaid && is_said(&text)) {
            report.extend([before.as_str(), "“", text.as_str(), "”\n\n"]);
            made.push(text);
        }
    }
    report
}

impl Measured {
    fn of(kind: QuotationKind, name: &'static str, found: &Verified) -> Self {
        let findings = |checked: &CheckedQuotation| serde_json::to_string(&checked.findings).unwrap_or_default();
        let is_missed = |checked: &&CheckedQuotation| !kind.is_named(checked) || kind.is_honest() && !checked.holds;
        let missed = found.quotations.iter().filter(is_missed);
        Self {
            kind: name,
            honest: kind.is_honest(),
            made: found.quotations.len(),
            named: found.quotations.iter().filter(|checked| kind.is_named(checked)).count(),
            holding: found.hold,
            missed: missed.map(|one| (one.text.clone().unwrap_or_default(), findings(one))).collect(),
        }
    }
}

fn answers<'a>(library: &SearchedLibrary<'a>) -> Vec<AnswerToQuote<'a>> {
    let mut answers = Vec::new();
    for transcript in library.transcripts {
        let transcript: &'a Transcript = transcript;
        let intact = transcript.unrestored();
        for (_, question, answer) in transcript.answers() {
            let spans =
                answer.stretches.iter().flat_map(|stretch| passage::sentences(transcript.text(), *stretch, &intact));
            let sentences: Vec<&str> = spans.map(|span| transcript.words(span)).collect();
            if !sentences.is_empty() {
                answers.push(AnswerToQuote { transcript, question, answer, sentences });
            }
        }
    }
    answers
}

/// Returns the letters and digits of a text, to compare what is said.
fn bare(text: &str) -> String {
    View::folded(text).text().chars().filter(|c| c.is_alphanumeric()).collect()
}
