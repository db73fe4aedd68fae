//! Extends a passage until it stands alone, by whole sentences. A neighbouring sentence is added if it turns against
//! the passage, denies it, sets its condition, or names what it refers to. If the passage cannot grow, it gets a
//! caution. A quote never leaves its stretch of the answer. This module is pure.

use std::fmt;

use serde::Serialize;
use utoipa::ToSchema;

use crate::retrieval::passage;
use crate::text::find::folded;
use crate::text::segment::is_chinese;
use crate::transcript::Span;

/// The reason why a quote does not stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// The next sentence begins with a turn: 但是, 不过, however …
    GoesOnWithTurn,
    /// The next sentence is a denial.
    GoesOnWithNegation,
    /// The next sentence sets a condition: 如果, 除非, unless …
    GoesOnWithCondition,
    /// It ends with a question that the next sentence may answer.
    EndsWithQuestion,
    /// It begins with a turn against what was said before.
    BeginsWithTurn,
    /// It begins with 这, 它, that, they …, which refer to something before.
    BeginsUnresolved,
    /// It begins with the consequence of an earlier condition: 否则, otherwise …
    ConditionBefore,
}

/// Writes the words for a terminal. The page has its own words.
impl fmt::Display for Caution {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::GoesOnWithTurn => "goes on with a turn (but, however)",
            Self::GoesOnWithNegation => "goes on with a denial",
            Self::GoesOnWithCondition => "goes on with a condition",
            Self::EndsWithQuestion => "ends with a question that may be answered next",
            Self::BeginsWithTurn => "begins with a turn (but, however)",
            Self::BeginsUnresolved => "begins with a word that points back",
            Self::ConditionBefore => "hangs on a condition named before",
        })
    }
}

/// The greatest width of a quote. A Chinese character has width 1, any other ½.
const MAX_QUOTE_WIDTH: usize = 240;
/// The greatest width of a short sentence, in the same unit. A denial anywhere in it may deny the sentence before: 我觉得不行.
const MAX_SHORT_WIDTH: usize = 14;

/// Words that turn against what was said before. `%` stands for a space in a word.
const TURNS: &str = "但是 但 不过 其实 然而 可是 只是 当然 反而 反过来 相反 话说回来 尽管如此 另一方面 问题是 \
 but however although though yet still nevertheless nonetheless actually instead except that%said on%the%other%hand";
/// Words that set a condition.
const CONDITIONS: &str = "如果 假如 假设 要是 若是 若 倘若 只有 除非 只要 前提 当且仅当 \
 if unless only%if provided as%long%as assuming on%condition given%that";
/// Words for what follows if an earlier condition does not hold.
const CONSEQUENCES: &str = "否则 不然 要不然 这样的话 那样的话 otherwise then in%that%case or%else if%so if%not";
/// Words that refer to something before.
const REFERENCES: &str = "这 它 那 此 他 她 其中 this that these those it they he she such its their his her them";
/// Words that deny at the beginning of a sentence.
const NEGATIONS: &str = "不 没 未 非 并不 并非 并没 绝不 当然不 从不 从来不 no not never none neither nor nobody nothing don't doesn't didn't";
/// Words that begin like a negation but are none.
const NO_NEGATIONS: [&str; 18] = [
    "不仅",
    "不但",
    "不光",
    "不只",
    "不管",
    "不论",
    "不断",
    "不同",
    "不少",
    "不错",
    "不久",
    "不过",
    "不一定非",
    "非常",
    "未来",
    "没错",
    "不妨",
    "不止",
];
/// Words that deny inside a sentence.
const DENIALS: [&str; 10] = ["不", "没", "并非", "未必", "别", " not ", "n't", "n’t", " never ", " no "];

/// Returns the quote for a passage: whole sentences of one stretch, with cautions. `intact` holds places that do not
/// end a sentence.
pub(super) fn whole(text: &str, stretches: &[Span], core: Span, intact: &[Span]) -> (Span, Vec<Caution>) {
    let Some(at) = stretches.iter().position(|stretch| stretch.contains(core)) else { return (core, Vec::new()) };
    let sentences = passage::sentences(text, stretches[at], intact);
    let first = sentences.iter().position(|sentence| sentence.end() > core.start());
    let last = sentences.iter().rposition(|sentence| sentence.start() < core.end());
    let (Some(mut first), Some(mut last)) = (first, last) else { return (core, Vec::new()) };
    if first > last {
        return (core, Vec::new());
    }
    let words = |sentence: &Span| sentence.of_text(text).unwrap_or_default();
    // Sentences beyond non-speech give a caution, but cannot be part of the quote.
    let beyond = |stretch: Option<&Span>, end: bool| {
        let near = passage::sentences(text, *stretch?, intact);
        if end { near.last().copied() } else { near.first().copied() }
    };
    let span_of = |first: usize, last: usize| sentences[first].through(sentences[last]);
    let fits = |first: usize, last: usize| width(words(&span_of(first, last))) <= MAX_QUOTE_WIDTH;

    let mut cautions = Vec::new();
    loop {
        let next = sentences.get(last + 1).copied().or_else(|| beyond(stretches.get(at + 1), false));
        let Some(caution) = next.and_then(|next| after(words(&sentences[last]), words(&next))) else { break };
        if last + 1 >= sentences.len() || !fits(first, last + 1) {
            cautions.push(caution);
            break;
        }
        last += 1;
    }
    loop {
        let before = at.checked_sub(1).and_then(|at| beyond(stretches.get(at), true));
        let anything_before = first > 0 || before.is_some();
        let Some(caution) = before_it(words(&sentences[first])).filter(|_| anything_before) else { break };
        if first == 0 || !fits(first - 1, last) {
            cautions.push(caution);
            break;
        }
        first -= 1;
    }
    (span_of(first, last), cautions)
}

/// Returns whether these words are short enough for a quote.
pub(super) fn may_hold(text: &str, words: Span) -> bool {
    width(words.of_text(text).unwrap_or_default()) <= MAX_QUOTE_WIDTH
}

/// Returns the reason why a sentence should not end a quote before the next one.
fn after(last: &str, next: &str) -> Option<Caution> {
    let next = opening(next);
    if begins(&next, TURNS) {
        Some(Caution::GoesOnWithTurn)
    } else if begins(&next, CONDITIONS) || begins(&next, "否则 不然 otherwise") {
        Some(Caution::GoesOnWithCondition)
    } else if denies(&next) {
        Some(Caution::GoesOnWithNegation)
    } else if last.trim_end_matches(['”', '’', '」', '』', '"', '）', ')']).ends_with(['?', '？']) {
        Some(Caution::EndsWithQuestion)
    } else {
        None
    }
}

/// Returns the reason why a sentence should not begin a quote.
fn before_it(first: &str) -> Option<Caution> {
    let first = opening(first);
    if begins(&first, CONSEQUENCES) {
        Some(Caution::ConditionBefore)
    } else if begins(&first, TURNS) {
        Some(Caution::BeginsWithTurn)
    } else if begins(&first, REFERENCES) {
        Some(Caution::BeginsUnresolved)
    } else {
        None
    }
}

fn denies(sentence: &str) -> bool {
    // 不同 denies nothing, but 不同意 does.
    let sentence = sentence.replace("不同意", "不赞成");
    let sentence = sentence.as_str();
    if NO_NEGATIONS.iter().any(|word| sentence.starts_with(word)) {
        return false;
    }
    let bare = NO_NEGATIONS.iter().fold(format!(" {sentence} "), |bare, word| bare.replace(word, ""));
    begins(sentence, NEGATIONS)
        || (width(sentence) <= MAX_SHORT_WIDTH && DENIALS.iter().any(|word| bare.contains(word)))
}

/// Returns the beginning of a sentence in the form for comparison.
fn opening(sentence: &str) -> String {
    folded(sentence.trim_start_matches(|c: char| !c.is_alphanumeric())).replace('’', "'")
}

/// Returns whether a text begins with one of these words. `%` stands for a space in a word.
fn begins(text: &str, words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let rest = text.strip_prefix(word.replace('%', " ").as_str());
        rest.is_some_and(|rest| {
            word.chars().all(is_chinese) || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
        })
    })
}

/// Returns the width of words, rounded up. A Chinese character or mark counts 1, any other ½.
pub(super) fn width(words: &str) -> usize {
    let halves: usize =
        words.chars().map(|c| if c.is_ascii() || ('\u{80}'..'\u{2e80}').contains(&c) { 1 } else { 2 }).sum();
    halves.div_ceil(2)
}

#[cfg(test)]
mod tests;
