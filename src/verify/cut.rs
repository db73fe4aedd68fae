//! Finds what a quotation loses where it is cut: the 但是 after it, the 不 before it, the condition that it depends on.
//! This module reads the source around the words and knows no report.

use std::ops::Range;

use super::wording::{self, Lost};
use crate::text::ranges::after_last;

/// Words of the source outside the quotation that change its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) what: Lost,
    /// The words, as a range of the source's text.
    pub(super) at: Range<usize>,
}

/// Marks that may close a sentence.
const CLOSING: [char; 9] = ['”', '’', '」', '』', '"', ')', '）', ' ', '…'];
/// The most characters of a clause or sentence that may take back what was said before it.
const MAX_RETRACTION_CHARS: usize = 12;

/// Returns what is lost before and after `quoted` within `turn`. Both are ranges of `text`. `ends` tells for each end
/// whether the report goes on there.
pub(super) fn losses(text: &str, turn: &Range<usize>, quoted: &Range<usize>, ends: (bool, bool)) -> Vec<Loss> {
    let mut found = Vec::new();
    if !ends.0 {
        found.extend(before(text, turn.start, quoted.start));
    }
    if !ends.1 {
        found.extend(after(text, quoted.end, turn.end));
    }
    found
}

/// Returns what is lost in a part that an editor left out between two pieces.
pub(super) fn between(text: &str, left_out: &Range<usize>) -> Vec<Loss> {
    let mut found: Vec<Loss> = before(text, left_out.start, left_out.end).into_iter().collect();
    found.extend(after(text, left_out.start, left_out.end));
    found.sort_by_key(|loss| loss.at.start);
    found.dedup();
    found
}

fn before(text: &str, from: usize, until: usize) -> Option<Loss> {
    let all = text.get(from..until)?;
    let start = sentence_start(all);
    let left = &all[start..];
    let at = from + start;
    // Its characters stand at the same places as those of the text.
    let folded = same_length(left);
    let loss = |what, (offset, len): (usize, usize)| Loss { what, at: at + offset..at + offset + len };
    // Only the last clause is searched for a negation.
    let clause = after_last(&folded, wording::is_delimiter);
    if let Some((offset, len)) = wording::negation(&folded[clause..]) {
        return Some(loss(Lost::Negation, (clause + offset, len)));
    }
    if let Some(place) = wording::condition(&folded) {
        return Some(loss(Lost::Condition, place));
    }
    if let Some(place) = wording::granted(&folded) {
        return Some(loss(Lost::Turn, place));
    }
    // `A，但是|B`: 但是 counts only after other words. At the start of the sentence, it turns against something that is not
    // quoted anyway.
    wording::ends_with_turn(&folded)
        .filter(|(offset, _)| folded[..*offset].chars().any(char::is_alphanumeric))
        .map(|place| loss(Lost::Turn, place))
}

fn after(text: &str, from: usize, until: usize) -> Option<Loss> {
    let all = text.get(from..until)?;
    // If the words end with their mark, the sentence has no rest.
    let ended = text[..from].trim_end_matches(CLOSING).ends_with(['。', '！', '？', '!', '?', '；', ';', '\n', '.']);
    let end = if ended { 0 } else { sentence_end(all) };
    let right = &all[..end];
    let folded = same_length(right);
    let loss = |what, (offset, len): (usize, usize)| Loss { what, at: from + offset..from + offset + len };
    let clause = folded.find(wording::is_delimiter).unwrap_or(folded.len());
    if let Some(place) = wording::negation(&folded[..clause]).filter(|_| !folded[..clause].trim().is_empty()) {
        // `好用但是不便宜`: the turn is lost, not only the negation.
        return Some(
            wording::turn(&folded[..place.0])
                .map_or_else(|| loss(Lost::Negation, place), |turn| loss(Lost::Turn, turn)),
        );
    }
    if folded[..clause].trim_start().starts_with(['吗', '么']) {
        let at = folded.len() - folded.trim_start().len();
        return Some(loss(Lost::Question, (at, '吗'.len_utf8())));
    }
    if let Some(place) = wording::turn(&folded) {
        return Some(loss(Lost::Turn, place));
    }
    if let Some(place) = wording::condition(&folded) {
        return Some(loss(Lost::Condition, place));
    }
    let mut at = clause;
    for clause in folded[clause..].split_inclusive(wording::is_delimiter).skip(1) {
        let short = clause.chars().filter(|c| c.is_alphanumeric()).count() <= MAX_RETRACTION_CHARS;
        let denies = wording::negation(clause).filter(|_| short).or_else(|| wording::retracts(clause));
        let from = folded[at..].find(clause).map_or(at, |offset| at + offset);
        if let Some((offset, len)) = denies {
            return Some(loss(Lost::Negation, (from + offset, len)));
        }
        at = from + clause.len();
    }
    let next_start = end + (all[end..].len() - all[end..].trim_start().len());
    let next = &all[next_start..];
    let next = &next[..sentence_end(next)];
    let folded = same_length(next);
    let loss = |what, (offset, len): (usize, usize)| Loss {
        what,
        at: from + next_start + offset..from + next_start + offset + len,
    };
    if let Some(place) = wording::begins_with_turn(&folded) {
        return Some(loss(Lost::Turn, place));
    }
    if let Some(place) = wording::begins_with_restriction(&folded) {
        return Some(loss(Lost::Condition, place));
    }
    wording::retracts(&folded).map(|_| loss(Lost::Negation, (0, next.trim_end().len())))
}

/// Folds a text and keeps the place of every character. A character that would take more or less room stays as it is.
fn same_length(text: &str) -> String {
    let folded = wording::folded(text);
    let places = |text: &str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    if folded.len() == text.len() && places(&folded) == places(text) {
        return folded;
    }
    text.chars()
        .map(|c| {
            let own = c.to_string();
            let folded = wording::folded(&own);
            if places(&folded) == places(&own) { folded } else { own }
        })
        .collect()
}

/// Returns the start of the last sentence of a text.
fn sentence_start(text: &str) -> usize {
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if ends_sentence(c, text[end..].chars().next()) {
            start = end;
        }
    }
    // `说。”|`: a closing mark belongs to the sentence before.
    start + text[start..].len()
        - text[start..].trim_start_matches(['”', '’', '」', '』', '"', ')', '）', ' ', '\n']).len()
}

/// Returns the end of the first sentence of a text, after its mark.
fn sentence_end(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if ends_sentence(c, text[end..].chars().next()) {
            return end + (text[end..].len() - text[end..].trim_start_matches(['”', '’', '」', '』', '"', '…']).len());
        }
    }
    text.len()
}

fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' | '!' | '?' | '\n' | '；' | ';' => true,
        '.' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the first loss if the words between the two strokes are quoted.
    fn lost(marked: &str) -> Option<(Lost, String)> {
        let parts: Vec<&str> = marked.split('|').collect();
        let text = parts.concat();
        let quoted = parts[0].len()..parts[0].len() + parts[1].len();
        let all = losses(&text, &(0..text.len()), &quoted, (false, false));
        all.first().map(|loss| (loss.what, text[loss.at.clone()].to_owned()))
    }

    #[test]
    fn what_a_cut_loses_is_told() {
        for (marked, what, word) in [
            ("|机器人很好用|，但是太贵。", Lost::Turn, "但是"),
            ("|机器人很好用。|不过太贵。", Lost::Turn, "不过"),
            ("我不认为|机器人很好用|。", Lost::Negation, "不"),
            ("虽然贵，但是|我会买|。", Lost::Turn, "虽然"),
            ("如果便宜一点，|我会买|。", Lost::Condition, "如果"),
            ("|我會買|，除非漲價。", Lost::Condition, "除非"),
            ("|AI完全替代人工|是不可能的。", Lost::Negation, "不"),
            ("|AI 能替代人工|吗？", Lost::Question, "吗"),
            ("|It works well|, but it is slow.", Lost::Turn, "but"),
            ("I don't think |it works well|.", Lost::Negation, "don't"),
            ("|I would buy it| if it were cheap.", Lost::Condition, "if"),
            ("|It works well.| However, it is slow.", Lost::Turn, "However"),
        ] {
            assert_eq!(lost(marked), Some((what, word.to_owned())), "{marked}");
        }
    }

    #[test]
    fn a_cut_that_loses_nothing_is_none() {
        for marked in [
            "|机器人很好用|，每天都在用。",
            "但是|我会买|。",
            "我不喜欢等，|我喜欢人工客服|。",
            "他们不仅便宜。|机器人很好用。|我们每天用。",
            "|It works well| and we use it.",
            "So |it works well|.",
        ] {
            assert_eq!(lost(marked), None, "{marked}");
        }
    }

    #[test]
    fn folding_keeps_the_place_of_every_character() {
        for text in ["ＡB不", "İ\u{212a}不", "㏕不", "ﬁ不", ""] {
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(places(&same_length(text)), places(text), "{text}");
        }
    }
}
