//! Puts findings into words for a person: sentences, the words side by side, and where to read on. The page, the file
//! and the terminal share this. It decides nothing.

use std::cmp::Ordering;
use std::ops::Range;

use super::differences::WordChange;
use super::finding::{
    CheckedQuotation, Differing, Dress, Finding, PermalinkOutcome, PlaceInSource, Searched, Verified,
};
use super::wording::{self, Lost};
use crate::i18n::VerifyWords;

/// The most characters that are shown of words that a cut loses.
const MAX_LOST_CHARS: usize = 24;

/// A quotation with the text of its findings.
#[derive(Debug, Clone)]
pub struct ShownQuotation {
    /// Its number and place, such as `3. Line 12 of the report`.
    pub at: String,
    /// Whether the quotation holds.
    pub holds: bool,
    /// The name of the gravest finding, for its colour: `exact`, `dressed`, `close` …
    pub kind: &'static str,
    /// A sentence for each finding, the gravest first.
    pub sentences: Vec<String>,
    /// The words of the report. They are empty if they were withdrawn.
    pub quoted: Vec<Run>,
    /// The words that differ.
    pub differences: Vec<ShownDifference>,
    /// The places in the sources.
    pub places: Vec<ShownSourcePlace>,
    /// Further notes.
    pub notes: Vec<&'static str>,
}

/// Words, and whether they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether to mark them as different.
    pub marked: bool,
}

/// A difference, side by side.
#[derive(Debug, Clone)]
pub struct ShownDifference {
    /// The name of its effect.
    pub change: &'static str,
    /// The words of the report.
    pub quoted: String,
    /// The words of the source.
    pub source: String,
    /// Whether to highlight it.
    pub grave: bool,
}

/// A place in a source.
#[derive(Debug, Clone)]
pub struct ShownSourcePlace {
    /// `The nearest passage`, or `None` if the place has the quoted words.
    pub heading: Option<&'static str>,
    /// The label: `Q1 · A3 · Name · “Title” · line 12 · 00:01:02`.
    pub label: String,
    /// The text before the words.
    pub before: String,
    /// The words of the source.
    pub words: Vec<Run>,
    /// The text after the words.
    pub after: String,
    /// The address where the place can be read.
    pub href: Option<String>,
}

/// Returns all quotations with the text of their findings. `href` returns the address where a place can be read.
pub fn in_words(
    verified: &Verified,
    words: &VerifyWords,
    href: &dyn Fn(&PlaceInSource) -> Option<String>,
) -> Vec<ShownQuotation> {
    verified.quotations.iter().map(|checked| one(checked, words, href)).collect()
}

impl Verified {
    /// Returns a sentence with the number of quotations that hold.
    pub fn summary(&self, words: &VerifyWords) -> String {
        if self.quotations.is_empty() && self.too_short == 0 {
            return words.none.to_owned();
        }
        (words.summary)(self.hold, self.fail, self.too_short)
    }

    /// Returns a sentence with what was searched.
    pub fn searched_sentence(&self, words: &VerifyWords) -> String {
        let Searched { transcripts, questions, answers, not_yet } = self.searched;
        (words.searched)(transcripts, questions, answers, not_yet)
    }
}

fn one(
    checked: &CheckedQuotation,
    words: &VerifyWords,
    href: &dyn Fn(&PlaceInSource) -> Option<String>,
) -> ShownQuotation {
    let shown_place = |place: &PlaceInSource| place_in_words(place, &[], words, href);
    let mut marked: Vec<Range<usize>> = Vec::new();
    let mut shown = ShownQuotation {
        at: (words.at)(checked.number, checked.line),
        holds: checked.holds,
        kind: checked.findings.first().map_or("", kind),
        sentences: sentences(&checked.findings, words),
        quoted: Vec::new(),
        differences: Vec::new(),
        places: Vec::new(),
        notes: notes(checked, words),
    };
    for finding in &checked.findings {
        match finding {
            Finding::Close { place, differences, .. } => {
                marked.extend(differences.iter().map(|one| one.quoted_at.0..one.quoted_at.1));
                shown.differences = differences.iter().map(|one| difference(one, words)).collect();
                let here: Vec<Range<usize>> = differences.iter().map(|one| one.source_at.0..one.source_at.1).collect();
                shown.places = vec![place_in_words(place, &here, words, href)];
            }
            Finding::Spliced { parts } => {
                shown.places = parts.iter().map(|part| shown_place(&part.place)).collect();
            }
            Finding::NotFound { nearest } => {
                let nearest = nearest.as_deref().map(shown_place);
                shown.places.extend(nearest.map(|place| ShownSourcePlace { heading: Some(words.nearest), ..place }));
            }
            Finding::Withdrawn | Finding::UnknownSpeaker { place: None, .. } => {}
            Finding::UnknownSpeaker { place: Some(place), .. }
            | Finding::OtherSpeaker { place, .. }
            | Finding::OnlyAsked { place }
            | Finding::Cut { place, .. }
            | Finding::Dressed { place, .. }
            | Finding::Exact { place, .. } => {
                if shown.places.is_empty() {
                    shown.places.push(shown_place(place));
                }
            }
        }
    }
    shown.quoted = checked.text.as_deref().map(|text| runs(text, &marked)).unwrap_or_default();
    shown
}

/// Returns a sentence for each finding. One that tells what is wrong implies that the words are the source's, so nothing
/// else says it.
fn sentences(findings: &[Finding], words: &VerifyWords) -> Vec<String> {
    let is_implied = |finding: &Finding| matches!(finding, Finding::Exact { also: 0, .. }) && findings.len() > 1;
    findings.iter().filter(|finding| !is_implied(finding)).map(|finding| sentence(finding, words)).collect()
}

/// Returns the notes on a damaged source and on a permalink.
fn notes(checked: &CheckedQuotation, words: &VerifyWords) -> Vec<&'static str> {
    let as_received = checked.findings.iter().filter_map(place_of).any(|place| place.as_received);
    let linked = checked.permalink.and_then(|outcome| linked(outcome, words));
    as_received.then_some(words.as_received).into_iter().chain(linked).collect()
}

fn place_of(finding: &Finding) -> Option<&PlaceInSource> {
    match finding {
        Finding::Exact { place, .. } | Finding::Dressed { place, .. } | Finding::Close { place, .. } => Some(place),
        _ => None,
    }
}

/// Returns the name of a finding, for its colour.
fn kind(finding: &Finding) -> &'static str {
    match finding {
        Finding::Withdrawn => "withdrawn",
        Finding::NotFound { .. } => "not-found",
        Finding::Spliced { .. } => "spliced",
        Finding::OtherSpeaker { .. } => "other-speaker",
        Finding::UnknownSpeaker { .. } => "unknown-speaker",
        Finding::OnlyAsked { .. } => "only-asked",
        Finding::Close { .. } => "close",
        Finding::Cut { .. } => "cut",
        Finding::Dressed { .. } => "dressed",
        Finding::Exact { .. } => "exact",
    }
}

fn sentence(finding: &Finding, words: &VerifyWords) -> String {
    let list = |all: Vec<&'static str>| {
        let mut seen: Vec<&str> = Vec::new();
        for one in all {
            if !seen.contains(&one) {
                seen.push(one);
            }
        }
        seen.join(words.comma)
    };
    match finding {
        Finding::Withdrawn => words.withdrawn.to_owned(),
        Finding::NotFound { nearest: Some(_) } => words.not_found.to_owned(),
        Finding::NotFound { nearest: None } => join(words, words.not_found, words.nothing_near),
        Finding::Spliced { parts } => (words.spliced)(parts.len()),
        Finding::OtherSpeaker { named, said_by, .. } => (words.other_speaker)(named, said_by),
        Finding::UnknownSpeaker { named, said_by, place } => {
            let unknown = (words.unknown_speaker)(named);
            match (said_by, place) {
                (Some(said_by), _) => join(words, &unknown, &(words.said_by)(said_by)),
                (None, Some(_)) => join(words, &unknown, words.names_nobody),
                (None, None) => unknown,
            }
        }
        Finding::OnlyAsked { .. } => words.only_asked.to_owned(),
        Finding::Close { differences, .. } => {
            (words.close)(&list(differences.iter().map(|one| change(one, words)).collect()))
        }
        Finding::Cut { lost, .. } => {
            let each = lost.iter().map(|one| {
                let [open, close] = words.word_marks;
                let shown: String = one.words.chars().take(MAX_LOST_CHARS).collect();
                format!("{} {open}{shown}{close}", lost_words(one.what, words))
            });
            (words.cut)(&each.collect::<Vec<_>>().join(words.comma))
        }
        Finding::Dressed { but_for, .. } => {
            (words.dressed)(&list(but_for.iter().map(|dress| dress_words(*dress, words)).collect()))
        }
        Finding::Exact { also: 0, .. } => words.exact.to_owned(),
        Finding::Exact { also, .. } => join(words, words.exact, &(words.also)(*also)),
    }
}

fn join(words: &VerifyWords, first: &str, second: &str) -> String {
    format!("{first}{}{second}", words.between_sentences)
}

/// Returns the name of a difference. For a negation, it says whether it is dropped or added.
fn change(one: &Differing, words: &VerifyWords) -> &'static str {
    let denials = |text: &str| wording::negations(&wording::folded(text));
    match (one.change, denials(&one.quoted).cmp(&denials(&one.source))) {
        (WordChange::Negation, Ordering::Less) => words.negation_dropped,
        (WordChange::Negation, Ordering::Greater) => words.negation_added,
        (WordChange::Negation, Ordering::Equal) => words.change.negation,
        (WordChange::Number, _) => words.change.number,
        (WordChange::Name, _) => words.change.name,
        (WordChange::Condition, _) => words.change.condition,
        (WordChange::Order, _) => words.change.order,
        (WordChange::Words, _) => words.change.words,
        (WordChange::LeftOut, _) => words.change.left_out,
        (WordChange::Added, _) => words.change.added,
        (WordChange::Notation, _) => words.change.notation,
    }
}

fn dress_words(dress: Dress, words: &VerifyWords) -> &'static str {
    match dress {
        Dress::Script => words.dress.script,
        Dress::Width => words.dress.width,
        Dress::Case => words.dress.case,
        Dress::Punctuation => words.dress.punctuation,
    }
}

fn lost_words(lost: Lost, words: &VerifyWords) -> &'static str {
    match lost {
        Lost::Negation => words.lost.negation,
        Lost::Turn => words.lost.turn,
        Lost::Condition => words.lost.condition,
        Lost::Question => words.lost.question,
    }
}

/// Returns the note on a permalink, if it does not lead to the quoted words.
fn linked(outcome: PermalinkOutcome, words: &VerifyWords) -> Option<&'static str> {
    match outcome {
        PermalinkOutcome::Agrees | PermalinkOutcome::Withdrawn => None,
        PermalinkOutcome::OtherWords => Some(words.linked.other_words),
        PermalinkOutcome::Changed => Some(words.linked.changed),
        PermalinkOutcome::Gone => Some(words.linked.gone),
    }
}

fn difference(one: &Differing, words: &VerifyWords) -> ShownDifference {
    ShownDifference {
        change: change(one, words),
        quoted: one.quoted.clone(),
        source: one.source.clone(),
        grave: matches!(
            one.change,
            WordChange::Negation | WordChange::Number | WordChange::Name | WordChange::Condition
        ),
    }
}

fn place_in_words(
    place: &PlaceInSource,
    marked: &[Range<usize>],
    words: &VerifyWords,
    href: &dyn Fn(&PlaceInSource) -> Option<String>,
) -> ShownSourcePlace {
    let [open, close] = words.title_marks;
    let mut label = vec![place.question.clone()];
    label.extend(place.answer.clone());
    let may = if place.undecided { words.may_ask } else { "" };
    label.extend(place.speaker.as_ref().map(|who| format!("{who}{may}")));
    label.push(format!("{open}{}{close}", place.title));
    label.push((words.line)(place.line));
    label.extend(place.time.clone());
    ShownSourcePlace {
        heading: None,
        label: label.join(" · "),
        before: place.around.0.clone(),
        words: runs(&place.words, if place.as_received { &[] } else { marked }),
        after: place.around.1.clone(),
        href: href(place),
    }
}

/// Cuts a text where marked words begin and end. Empty parts are left out.
fn runs(text: &str, marked: &[Range<usize>]) -> Vec<Run> {
    let mut cuts: Vec<usize> = marked.iter().flat_map(|range| [range.start, range.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.retain(|at| text.is_char_boundary(*at));
    cuts.sort_unstable();
    cuts.dedup();
    let is_marked = |at: usize| marked.iter().any(|range| range.contains(&at));
    let run = |cut: &[usize]| Run { text: text[cut[0]..cut[1]].to_owned(), marked: is_marked(cut[0]) };
    cuts.windows(2).map(run).filter(|run| !run.text.is_empty()).collect()
}
