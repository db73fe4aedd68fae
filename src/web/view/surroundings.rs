//! The text just before and after a quote, in the same answer: slices of the source, apart from the
//! quote.

use super::highlight::{self, Highlight, Segment};
use crate::retrieval::passage;
use crate::text::script::View;
use crate::transcript::{Answer, Span, Transcript};

/// The most sentences on either side.
const SENTENCES: usize = 6;

/// The neighbouring words of a quote.
#[derive(Default)]
pub(crate) struct Surroundings {
    pub(crate) before: Side,
    pub(crate) after: Side,
}

/// One side; empty if the answer begins or ends with the quote.
#[derive(Default)]
pub(crate) struct Side {
    pub(crate) paragraphs: Vec<Vec<Segment>>,
    /// Whether the answer goes on beyond them.
    pub(crate) goes_on: bool,
}

impl Surroundings {
    pub(crate) fn of(transcript: &Transcript, view: &View, answer: &Answer, quote: Span) -> Self {
        let text = transcript.text();
        let intact = transcript.unrestored();
        let cut = |from: usize, to: usize| Span::new(text, from..to).filter(|words| !words.is_empty());
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for stretch in &answer.stretches {
            for sentence in passage::sentences(text, *stretch, &intact) {
                if sentence.start() < quote.start() {
                    before.extend(cut(sentence.start(), sentence.end().min(quote.start())));
                }
                if sentence.end() > quote.end() {
                    after.extend(cut(sentence.start().max(quote.end()), sentence.end()));
                }
            }
        }
        let far = before.len().saturating_sub(SENTENCES);
        let side = |sentences: &[Span], goes_on: bool| Side {
            paragraphs: joined(sentences, answer)
                .into_iter()
                .flat_map(|words| highlight::paragraphs(transcript, view, words, Highlight::default()))
                .collect(),
            goes_on,
        };
        let near = after.len().min(SENTENCES);
        Self { before: side(&before[far..], far > 0), after: side(&after[..near], near < after.len()) }
    }
}

/// Joins neighbouring sentences of one stretch, with everything between them.
fn joined(sentences: &[Span], answer: &Answer) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for sentence in sentences {
        let last = joined.last().copied();
        let together = |stretch: &&Span| last.is_some_and(|last| stretch.contains(last)) && stretch.contains(*sentence);
        if let Some(last) = last.filter(|_| answer.stretches.iter().any(|stretch| together(&stretch))) {
            joined.pop();
            joined.push(last.through(*sentence));
        } else {
            joined.push(*sentence);
        }
    }
    joined
}
