//! Shows what answers say about the two sides of a comparison: passages of the sources, side by side. This module
//! judges nothing and adds no words.

use super::query::{Sides, compared};
use super::quote::Quote;
use super::{Reply, Verdict};
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::retrieval::passage;
use crate::text::find::{find, folded};
use crate::text::pattern::patterns;
use crate::transcript::{Answer, Span, Transcript};

/// The most answers shown side by side.
const MAX_ANSWERS: usize = 8;
/// The most stretches of an answer for one side.
const MAX_STRETCHES: usize = 2;
/// The most clauses of a stretch.
const MAX_CLAUSES: usize = 3;

/// The two sides of a query, and what answers say about each.
#[derive(Debug, Clone)]
pub struct Contrast {
    /// The sides as typed.
    pub sides: [String; 2],
    /// One row for each answer. Answers that speak of both sides come first.
    pub rows: Vec<Contrasted>,
}

/// What one answer says about each side.
#[derive(Debug, Clone)]
pub struct Contrasted {
    /// The answer.
    pub place: AnswerPlace,
    /// The spans about each side, in the order of the source. They are empty if the answer says nothing about a side.
    pub spans: [Vec<Span>; 2],
}

impl Contrasted {
    fn speaks_of_both(&self) -> bool {
        self.spans.iter().all(|spans| !spans.is_empty())
    }
}

patterns! {
    // Words that set one side against the other.
    SETS_APART = r"更|比较|较|相对|反而|却|则|而|不像|不同|多|少|强|弱|高|低|快|慢|\b(?:more|less|fewer|than|whereas|while|but|rather|better|worse|most|least|unlike)\b|er\b";
    // Words with which an answer leaves its subject for a conclusion.
    LEAVES = r"^(?:所以|因此|总之|无论|不管|只要|so|therefore|that is why|whatever)";
}

/// Returns the two columns for a reply. `None` unless the query compares and the answers speak of both sides.
pub fn contrast(corpus: &Corpus, reply: &Reply) -> Option<Contrast> {
    if let [first, second] = reply.only_by.as_slice() {
        return of_two_people(reply, [first, second]);
    }
    let sides = compared(&reply.read.text).filter(|_| reply.verdict != Verdict::NotSaid)?;
    let mut places: Vec<AnswerPlace> = reply.quotes.iter().map(|quote| quote.place).collect();
    let mut near: Vec<_> = reply.strengths.iter().filter(|one| Verdict::of(one.score) != Verdict::NotSaid).collect();
    near.sort_by(|a, b| b.score.total_cmp(&a.score));
    for one in near {
        if !places.contains(&one.place) {
            places.push(one.place);
        }
    }
    let row = |place: AnswerPlace| {
        let (transcript, _, answer) = corpus.answer(place)?;
        let spans = of_answer(transcript, answer, &sides);
        spans.iter().any(|of_side| !of_side.is_empty()).then_some(Contrasted { place, spans })
    };
    let (mut rows, of_one): (Vec<_>, Vec<_>) = places.into_iter().filter_map(row).partition(Contrasted::speaks_of_both);
    rows.extend(of_one);
    rows.truncate(MAX_ANSWERS);
    both_are_heard(&rows).then_some(Contrast { sides: sides.named, rows })
}

/// Returns what two interviewees say for themselves. Each has a column.
fn of_two_people(reply: &Reply, people: [&String; 2]) -> Option<Contrast> {
    if reply.verdict != Verdict::Said {
        return None;
    }
    let row = |quote: &Quote| {
        let spans = people.map(|name| {
            let own = quote.citation.interviewee.as_ref() == Some(name);
            if own { vec![quote.marked_span] } else { Vec::new() }
        });
        Contrasted { place: quote.place, spans }
    };
    let mut rows: Vec<Contrasted> = reply.quotes.iter().map(row).collect();
    rows.truncate(MAX_ANSWERS);
    both_are_heard(&rows).then(|| Contrast { sides: people.map(String::clone), rows })
}

/// Returns whether some answer speaks of one side, and some answer of the other.
fn both_are_heard(rows: &[Contrasted]) -> bool {
    (0..2).all(|side| rows.iter().any(|row| !row.spans[side].is_empty()))
}

/// A stretch about one side, with how strongly it sets that side against the other.
struct Stretch {
    side: usize,
    span: Span,
    clauses: usize,
    sets_apart: usize,
}

fn of_answer(transcript: &Transcript, answer: &Answer, sides: &Sides) -> [Vec<Span>; 2] {
    let text = transcript.text();
    let intact = transcript.unrestored();
    let sentences = answer.stretches.iter().flat_map(|stretch| passage::sentences(text, *stretch, &intact));
    let stretches: Vec<Stretch> = sentences.flat_map(|sentence| of_sentence(text, sentence, sides)).collect();
    [0, 1].map(|side| {
        let mut own: Vec<&Stretch> = stretches.iter().filter(|one| one.side == side).collect();
        // The sort is stable.
        own.sort_by_key(|one| std::cmp::Reverse(one.sets_apart));
        // If some stretches set one side against the other, the rest is left out.
        if own.first().is_some_and(|best| best.sets_apart > 0) {
            own.retain(|one| one.sets_apart > 0);
        }
        let mut spans: Vec<Span> = own.into_iter().take(MAX_STRETCHES).map(|one| one.span).collect();
        spans.sort_by_key(|span| span.start());
        spans
    })
}

/// Returns the stretches of a sentence that are about one side alone. A clause that names neither side goes on with the
/// side before it.
fn of_sentence(text: &str, sentence: Span, sides: &Sides) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut about: Option<usize> = None;
    let mut goes_on = false;
    for clause in passage::clauses(text, sentence) {
        let words = folded(clause.of_text(text).unwrap_or_default());
        let named = subject(&words, sides);
        about = match named {
            Subject::One(side) => Some(side),
            Subject::Both => None,
            Subject::None => about.filter(|_| !LEAVES.is_match(&words)),
        };
        let Some(side) = about else {
            goes_on = false;
            continue;
        };
        let sets_apart = usize::from(SETS_APART.is_match(&words));
        match found.last_mut() {
            Some(last) if goes_on && last.side == side && last.clauses < MAX_CLAUSES => {
                last.span = last.span.through(clause);
                last.clauses += 1;
                last.sets_apart += sets_apart;
            }
            _ if matches!(named, Subject::One(_)) => {
                found.push(Stretch { side, span: clause, clauses: 1, sets_apart });
            }
            _ => {}
        }
        goes_on = true;
    }
    // A sentence about both sides sets them against each other.
    if (0..2).all(|side| found.iter().any(|one| one.side == side)) {
        for one in &mut found {
            one.sets_apart += 2;
        }
    }
    found
}

/// The subject of a clause.
enum Subject {
    None,
    One(usize),
    /// Both sides at once: 90后和00后都…
    Both,
}

fn subject(words: &str, sides: &Sides) -> Subject {
    let first = |side: usize| {
        let places = sides.forms[side].iter().flat_map(|form| find(words, form));
        places.min_by_key(|range| range.start)
    };
    match (first(0), first(1)) {
        (None, None) => Subject::None,
        (Some(_), None) => Subject::One(0),
        (None, Some(_)) => Subject::One(1),
        (Some(one), Some(other)) => {
            let (before, after) = if one.start < other.start { (&one, &other) } else { (&other, &one) };
            let between = words.get(before.end..after.start).unwrap_or_default().trim();
            // The sides are one subject if one contains the other (服务, 客户服务), or if they are listed together.
            let together = between.is_empty()
                || ["和", "与", "跟", "、", "还是", "或", "或者", "及", "and", "or", "vs", "&"].contains(&between);
            if together { Subject::Both } else { Subject::One(usize::from(other.start < one.start)) }
        }
    }
}

#[cfg(test)]
mod tests;
