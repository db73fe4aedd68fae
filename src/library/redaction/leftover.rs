//! What is left of a turn in which withdrawn words stand: whole sentences at their places. Words that may be withdrawn
//! too go with them, the others stay. Pure.

use std::ops::Range;

use crate::library::withdrawals::common_words::{self, Telling};
use crate::library::withdrawals::fingerprints::{ENOUGH, SENTENCE};
use crate::library::withdrawals::normalized_letters::{NormalizedLetters, weight};
use crate::retrieval::passage;
use crate::transcript::Span;

/// A sentence of a turn.
struct Sentence {
    span: Span,
    /// Its weight, as letters weigh.
    weight: u32,
    held: bool,
}

/// The parts of an answer without the sentences that hold withdrawn words, and without the short sentences beside them.
/// Where most of it goes, only sentences stay that would be known if they were withdrawn.
pub(super) fn left_of(text: &str, stretches: &[Span], withdrawn: &[Range<usize>], intact: &[Span]) -> Vec<Span> {
    left(text, stretches, withdrawn, intact, would_be_known)
}

/// The same of a question, which is in one piece: its last sentences ask.
pub(super) fn rest_of_question(text: &str, question: Span, withdrawn: &[Range<usize>], intact: &[Span]) -> Span {
    let asks = |words: &str| words.ends_with(['?', '？']) || would_be_known(words);
    let left = left(text, &[question], withdrawn, intact, asks);
    left.last().copied().unwrap_or_else(|| Span::empty_at(question))
}

/// What is left. Where it is little, only sentences that are surely nobody's who withdrew.
fn left(
    text: &str,
    stretches: &[Span],
    withdrawn: &[Range<usize>],
    intact: &[Span],
    is_sure: impl Fn(&str) -> bool,
) -> Vec<Span> {
    let each: Vec<Vec<Sentence>> =
        stretches.iter().map(|stretch| sentences(text, *stretch, withdrawn, intact)).collect();
    let all = |sentences: &mut dyn Iterator<Item = &Sentence>| -> usize {
        sentences.map(|sentence| letters(text, sentence.span).count()).sum()
    };
    let stay = all(&mut each.iter().flatten().filter(|sentence| !sentence.held));
    let is_little = stay * 2 < all(&mut each.iter().flatten());
    let words = |sentence: &Sentence| sentence.span.of_text(text).unwrap_or_default();
    let stays = |sentence: &Sentence| !sentence.held && (!is_little || is_sure(words(sentence)));
    let mut left = Vec::new();
    for sentences in each {
        let mut run: Option<Span> = None;
        for sentence in sentences {
            if stays(&sentence) {
                run = Some(run.map_or(sentence.span, |run| run.through(sentence.span)));
            } else {
                left.extend(run.take());
            }
        }
        left.extend(run);
    }
    left
}

/// The sentences of a stretch. Those that hold withdrawn words are held back, and short ones beside them.
fn sentences(text: &str, stretch: Span, withdrawn: &[Range<usize>], intact: &[Span]) -> Vec<Sentence> {
    let spans = passage::sentences(text, stretch, intact).into_iter();
    let sentence = |span: Span| Sentence { span, weight: weigh(text, span), held: overlaps(withdrawn, span.range()) };
    let mut all: Vec<Sentence> = spans.map(sentence).collect();
    for i in 1..all.len() {
        all[i].held |= all[i - 1].held && all[i].weight < ENOUGH;
    }
    for i in (1..all.len()).rev() {
        all[i - 1].held |= all[i].held && all[i - 1].weight < ENOUGH;
    }
    all
}

fn letters(text: &str, span: Span) -> impl Iterator<Item = char> + '_ {
    span.of_text(text).unwrap_or_default().chars().filter(|c| c.is_alphanumeric())
}

fn weigh(text: &str, span: Span) -> u32 {
    letters(text, span).map(weight).sum()
}

/// Whether one of the ranges, which ascend and do not overlap, has a part of another.
pub(super) fn overlaps(ranges: &[Range<usize>], one: Range<usize>) -> bool {
    let after = ranges.partition_point(|range| range.end <= one.start);
    ranges.get(after).is_some_and(|range| range.start < one.end)
}

/// Whether a sentence is long enough to be found wherever it stands, and has words that tell whose it is. If it were
/// withdrawn, it would have been found.
fn would_be_known(words: &str) -> bool {
    let letters = NormalizedLetters::of(words);
    let telling = common_words::of(words, &letters).into_iter();
    let weigh = |is_own: bool| {
        let counted =
            letters.chars.iter().zip(telling.clone()).filter(|(_, telling)| !is_own || *telling == Telling::Own);
        counted.map(|(c, _)| weight(*c)).sum::<u32>()
    };
    weigh(false) >= ENOUGH && weigh(true) >= SENTENCE
}
