//! The account of a transcript's words: each stands in exactly one turn, or is set apart with its line
//! and the reason. It only counts.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::question::Question;
use super::span::Span;
use crate::text::segment::is_chinese;
use crate::transcript::dialogue::non_speech;

/// The reason why words are in no turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NonSpeechReason {
    /// A speaker's name, a label, or a time.
    Name,
    /// Front matter: title, participants, place and time.
    Front,
    /// A heading.
    Heading,
    /// A stage direction, or a time between sentences.
    Direction,
    /// Page numbers, rules, hints of a page.
    Page,
    /// The end of a page: licence, copyright, transcriber.
    Footer,
    /// `嗯。`, `Right.`: the interviewer lets the other go on.
    Interjection,
    /// Text after a divider, without a speaker's name.
    Notes,
    /// No known reason: a fault of this program.
    Lost,
}

impl fmt::Display for NonSpeechReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "who speaks, and when",
            Self::Front => "above the interview",
            Self::Heading => "a heading",
            Self::Direction => "a stage direction",
            Self::Page => "of the page",
            Self::Footer => "a footer",
            Self::Interjection => "an interjection of who asks",
            Self::Notes => "behind a divider, without a name",
            Self::Lost => "lost, by a fault of this program",
        })
    }
}

/// Words that are in no turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonSpeech {
    /// 1-based line of the text.
    pub line: usize,
    /// From the first word to the last.
    pub span: Span,
    /// The number of words.
    pub words: usize,
    /// The reason.
    pub why: NonSpeechReason,
}

/// The places of a transcript's words. A Chinese character counts as a word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// All words of the text.
    pub words: usize,
    /// The words in questions and answers.
    pub in_turns: usize,
    /// The words in two turns at once, by a fault of this program.
    pub twice: usize,
    /// All other words, in order.
    pub apart: Vec<NonSpeech>,
}

/// Marks a byte that is in a turn.
const TURN: u8 = 1;

impl Coverage {
    /// The number of words set apart for each reason, the commonest first.
    pub fn reasons(&self) -> Vec<(NonSpeechReason, usize)> {
        let mut all: Vec<(NonSpeechReason, usize)> = Vec::new();
        for apart in &self.apart {
            match all.iter_mut().find(|(why, _)| *why == apart.why) {
                Some((_, words)) => *words += apart.words,
                None => all.push((apart.why, apart.words)),
            }
        }
        all.sort_by_key(|(why, words)| (std::cmp::Reverse(*words), *why));
        all
    }

    /// Counts the words of `text`. `noted` is what its reader set apart.
    pub(super) fn of(text: &str, questions: &[Question], noted: &[(Span, NonSpeechReason)]) -> Self {
        let mut tally = Self::default();
        // What each byte belongs to. A reason is its number plus two.
        let mut owners = vec![0u8; text.len()];
        let reasons = [
            NonSpeechReason::Name,
            NonSpeechReason::Front,
            NonSpeechReason::Heading,
            NonSpeechReason::Direction,
            NonSpeechReason::Page,
            NonSpeechReason::Footer,
            NonSpeechReason::Interjection,
            NonSpeechReason::Notes,
        ];
        let number =
            |why: NonSpeechReason| reasons.iter().position(|reason| *reason == why).map_or(0, |at| at as u8 + 2);
        for (span, why) in noted {
            owners[span.range()].fill(number(*why));
        }
        let asked = questions.iter().filter(|question| question.label.starts_with('Q')).map(|question| question.span);
        let headed = questions.iter().filter(|question| !question.label.starts_with('Q')).map(|question| question.span);
        for span in headed {
            owners[span.range()]
                .iter_mut()
                .filter(|owner| **owner == 0)
                .for_each(|owner| *owner = number(NonSpeechReason::Heading));
        }
        let said =
            questions.iter().flat_map(|question| &question.answers).flat_map(|answer| answer.stretches.iter().copied());
        for span in asked.chain(said) {
            let bytes = &mut owners[span.range()];
            if bytes.contains(&TURN) {
                tally.twice += words(&text[span.range()]).count();
            }
            bytes.fill(TURN);
        }
        let first = owners.iter().position(|owner| *owner == TURN).unwrap_or(text.len());
        let mut from = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            for word in words(line) {
                let at = from + word.start;
                tally.words += 1;
                let why = match owners[at] {
                    TURN => {
                        tally.in_turns += 1;
                        continue;
                    }
                    0 => unnoted(line, word.clone(), at < first, &owners[from..from + line.len()]),
                    number => reasons[usize::from(number) - 2],
                };
                let Some(span) = Span::new(text, at..from + word.end) else { continue };
                match tally.apart.last_mut() {
                    Some(last) if last.line == index + 1 && last.why == why => {
                        last.span = last.span.through(span);
                        last.words += 1;
                    }
                    _ => tally.apart.push(NonSpeech { line: index + 1, span, words: 1, why }),
                }
            }
            from += line.len();
        }
        tally
    }
}

/// The reason for a word about which its reader noted nothing: a label of a numbered interview, a line
/// number.
fn unnoted(line: &str, word: std::ops::Range<usize>, front: bool, owners: &[u8]) -> NonSpeechReason {
    // Looks no further than a label reaches: a line may be long.
    let turn_follows = owners[word.end..].iter().take(LABEL_BYTES).any(|owner| *owner == TURN);
    let own = &line[word.clone()];
    let begins = word.end <= LABEL_BYTES;
    // `…说什么？A1 了解`: the first answer on the line of its question.
    let inline = own.strip_prefix(['A', 'Ａ']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let alone = line.len() <= LABEL_BYTES && line.trim().starts_with(['A', 'Ａ', 'Q', 'Ｑ', '答', '问', '問']);
    let number = own.chars().all(|c| c.is_ascii_digit()) && line[..word.start].trim().is_empty();
    if turn_follows && (begins || inline) || alone || number {
        NonSpeechReason::Name
    } else if front {
        NonSpeechReason::Front
    } else if line.len() <= LINE_BYTES && non_speech::is_furniture(line.trim()) {
        NonSpeechReason::Page
    } else {
        NonSpeechReason::Lost
    }
}

/// The longest label of a numbered interview.
const LABEL_BYTES: usize = 32;
/// The longest line that is a hint of a page.
const LINE_BYTES: usize = 200;

/// The words of a text as byte ranges: each Chinese character, and each run of other letters and digits.
fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, c) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + c.len_utf8();
        while !is_chinese(c)
            && let Some((at, next)) = chars.next_if(|(_, next)| next.is_alphanumeric() && !is_chinese(*next))
        {
            end = at + next.len_utf8();
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_chinese_characters_and_runs_of_letters() {
        let all: Vec<&str> = words("我用AI 2 years.").map(|range| &"我用AI 2 years."[range]).collect();
        assert_eq!(all, ["我", "用", "AI", "2", "years"]);
    }
}
