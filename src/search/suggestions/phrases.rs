//! Phrases that tell what an interview is about: a few words in a row that its interviewees use.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use super::may_be_offered;
use crate::retrieval::corpus::{Corpus, Phrase};
use crate::retrieval::lexical;
use crate::text::find::folded;
use crate::text::ranges::overlap;
use crate::text::segment::{self, is_chinese};
use crate::transcript::{Answer, Span, Transcript};

/// The most bytes of a transcript that are read for phrases.
const MAX_BYTES_READ: usize = 400_000;
/// The most words of a phrase.
const MAX_PHRASE_WORDS: usize = 4;
/// The number of characters of a Chinese phrase, and of one in letters.
const CHINESE_PHRASE_CHARS: RangeInclusive<usize> = 2..=10;
const LATIN_PHRASE_CHARS: RangeInclusive<usize> = 5..=32;
/// The least rarity of a single word that tells what a talk is about.
const MIN_LONE_WORD_RARITY: f32 = 5.0;
/// The weight of a single word, by its rarity.
const LONE_WORD_WEIGHT: f32 = 0.5;
/// The weight that each word adds to a phrase of several, by their mean rarity: several words tell more than one.
const WEIGHT_PER_WORD: f32 = 0.15;
/// The highest rarity that counts, because names and slips are rare too.
const MAX_RARITY: f32 = 9.0;
/// The number of answers from which a phrase must be used in two of them.
const MIN_ANSWERS_TO_COMPARE: usize = 4;
/// The most answers that add to the weight of a phrase.
const MAX_WEIGHING_ANSWERS: usize = 6;
/// The most phrases that are kept for one transcript.
const MAX_KEPT_PHRASES: usize = 24;

/// Returns the most telling phrases of a transcript's interviewees, best first. No two are alike.
pub fn phrases(corpus: &Corpus, transcript: usize, wanted: usize) -> Vec<Phrase> {
    let all = corpus.phrases(transcript, || phrases_of(corpus, transcript, None));
    all.iter().copied().filter(|phrase| may_be_offered(corpus, transcript, phrase.span)).take(wanted).collect()
}

/// Returns the most telling phrases of one interviewee.
pub fn phrases_by(corpus: &Corpus, transcript: usize, interviewee: &str, wanted: usize) -> Vec<Phrase> {
    let mut all = phrases_of(corpus, transcript, Some(interviewee));
    all.retain(|phrase| may_be_offered(corpus, transcript, phrase.span));
    all.truncate(wanted);
    all
}

/// Returns the phrases of a transcript, or of one interviewee in it.
fn phrases_of(corpus: &Corpus, at: usize, by: Option<&str>) -> Vec<Phrase> {
    let mut counts = PhraseCounts::new(&corpus.transcripts[at]);
    let view = corpus.folded(at);
    let is_theirs = |answer: &Answer| by.is_none_or(|by| answer.interviewee.as_deref() == Some(by));
    let mut bytes_left = MAX_BYTES_READ;
    for (_, _, answer) in corpus.transcripts[at].answers().filter(|(_, _, answer)| is_theirs(answer)) {
        counts.answers += 1;
        for stretch in &answer.stretches {
            let range = view.view_range(stretch.range());
            let said = view.text().get(range.clone()).unwrap_or_default();
            bytes_left = bytes_left.saturating_sub(said.len());
            if bytes_left == 0 {
                break;
            }
            counts.read(said, *stretch, |words| view.source_range(range.start + words.start..range.start + words.end));
        }
    }
    counts.best()
}

/// The phrases of a transcript while they are counted.
struct PhraseCounts<'a> {
    transcript: &'a Transcript,
    /// Damaged places. No phrase touches them.
    unrestored: Vec<Span>,
    /// The folded names of all speakers. A name is no phrase.
    names: Vec<String>,
    /// Each folded word, with its rarity.
    rarities: HashMap<String, f32>,
    /// Each folded phrase.
    found: HashMap<String, CountedPhrase>,
    /// The number of answers read so far.
    answers: usize,
}

/// A phrase while it is counted.
struct CountedPhrase {
    /// The first place.
    span: Span,
    /// The number of answers with it, and the number of the last of them.
    answers: usize,
    last_answer: usize,
    weight: f32,
}

impl<'a> PhraseCounts<'a> {
    fn new(transcript: &'a Transcript) -> Self {
        Self {
            transcript,
            unrestored: transcript.unrestored(),
            names: transcript.speakers.iter().map(|speaker| folded(&speaker.name)).collect(),
            rarities: HashMap::new(),
            found: HashMap::new(),
            answers: 0,
        }
    }

    /// Counts the phrases of a folded stretch of the present answer. `in_source` returns the place of a range of it in the
    /// text of the transcript.
    fn read(&mut self, said: &str, stretch: Span, in_source: impl Fn(&Range<usize>) -> Range<usize>) {
        for (range, weight) in candidates(said, &mut self.rarities) {
            let span = Span::new(self.transcript.text(), in_source(&range));
            let is_intact = |span: &Span| {
                stretch.contains(*span)
                    && !self.unrestored.iter().any(|damaged| overlap(&damaged.range(), &span.range()))
            };
            let Some(span) = span.filter(is_intact) else { continue };
            let words = &said[range];
            if !self.names.iter().any(|name| words.contains(name.as_str()) || name.contains(words)) {
                self.count(words, span, weight);
            }
        }
    }

    fn count(&mut self, words: &str, span: Span, weight: f32) {
        if let Some(known) = self.found.get_mut(words) {
            known.answers += usize::from(known.last_answer != self.answers);
            known.last_answer = self.answers;
        } else {
            self.found.insert(words.to_owned(), CountedPhrase { span, answers: 1, last_answer: self.answers, weight });
        }
    }

    /// Returns the phrases with the most weight, best first. No two are alike.
    fn best(self) -> Vec<Phrase> {
        let least = if self.answers < MIN_ANSWERS_TO_COMPARE { 1 } else { 2 };
        let used = self.found.into_iter().filter(|(_, counted)| counted.answers >= least);
        let mut all: Vec<(String, Phrase)> = used
            .map(|(words, CountedPhrase { span, answers, weight, .. })| {
                let weight = (1.0 + answers.min(MAX_WEIGHING_ANSWERS) as f32).ln() * weight;
                (words, Phrase { span, answers, weight })
            })
            .collect();
        all.sort_by(|(a, one), (b, other)| other.weight.total_cmp(&one.weight).then_with(|| a.cmp(b)));
        let mut chosen: Vec<(String, Phrase)> = Vec::new();
        for (words, phrase) in all {
            if chosen.len() == MAX_KEPT_PHRASES {
                break;
            }
            if !chosen.iter().any(|(other, _)| are_alike(other, &words)) {
                chosen.push((words, phrase));
            }
        }
        chosen.into_iter().map(|(_, phrase)| phrase).collect()
    }
}

/// Returns whether one phrase holds the other, or they share most of their character pairs.
fn are_alike(a: &str, b: &str) -> bool {
    if a.contains(b) || b.contains(a) {
        return true;
    }
    let pairs = |words: &str| -> Vec<[char; 2]> {
        let chars: Vec<char> = words.chars().collect();
        chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
    };
    let (a, b) = (pairs(a), pairs(b));
    let shared = a.iter().filter(|pair| b.contains(pair)).count();
    2 * shared >= a.len().min(b.len())
}

/// A word of an answer.
struct Word {
    range: Range<usize>,
    chinese: bool,
    shape: Shape,
    rarity: f32,
}

/// What a word is, as far as it may begin or end a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Not a word. No phrase crosses it.
    Mark,
    /// A stopword. It begins and ends no phrase.
    Stop,
    /// A Chinese word of one character. It ends a phrase only after a number: 90后.
    Single,
    /// A number. It begins a phrase, and ends none by itself.
    Number,
    /// Any other word.
    Whole,
}

/// Returns the stretches of a folded text that may be phrases, each with its weight.
fn candidates(said: &str, rarities: &mut HashMap<String, f32>) -> Vec<(Range<usize>, f32)> {
    let words = words(said, rarities);
    let mut found = Vec::new();
    for start in 0..words.len() {
        let first = &words[start];
        if matches!(first.shape, Shape::Mark | Shape::Stop | Shape::Single) {
            continue;
        }
        let mut sum = 0.0;
        for end in start..words.len().min(start + MAX_PHRASE_WORDS) {
            let word = &words[end];
            let between = end.checked_sub(1).filter(|_| end > start).map(|before| {
                let gap = &said[words[before].range.end..word.range.start];
                if word.chinese || words[before].chinese { gap.is_empty() } else { gap == " " }
            });
            if between == Some(false) || word.shape == Shape::Mark {
                break;
            }
            sum += if word.shape == Shape::Stop { 0.0 } else { word.rarity };
            let ends = match word.shape {
                Shape::Mark | Shape::Stop => false,
                Shape::Single => end > start && words[end - 1].shape == Shape::Number,
                Shape::Number => end > start,
                Shape::Whole => true,
            };
            let range = first.range.start..word.range.end;
            let chars = said[range.clone()].chars().count();
            let fits =
                if first.chinese || word.chinese { CHINESE_PHRASE_CHARS } else { LATIN_PHRASE_CHARS }.contains(&chars);
            let count = (end - start + 1) as f32;
            if ends && fits && (end > start || sum >= MIN_LONE_WORD_RARITY) {
                // The mean keeps fillers out.
                let weight = if end > start { 1.0 + WEIGHT_PER_WORD * count } else { LONE_WORD_WEIGHT };
                found.push((range, sum / count * weight));
            }
        }
    }
    found
}

/// Cuts a folded text into words and marks. `rarities` holds the rarity of each word seen so far.
fn words(said: &str, rarities: &mut HashMap<String, f32>) -> Vec<Word> {
    let mut at = 0;
    let mut words = Vec::new();
    for word in segment::cut(said) {
        let range = at..at + word.len();
        at = range.end;
        if word.chars().all(char::is_whitespace) {
            continue;
        }
        let chinese = word.chars().any(is_chinese);
        let is_word = word.chars().all(char::is_alphanumeric);
        let rarity = *rarities.entry(word.to_owned()).or_insert_with(|| {
            let terms = lexical::terms(word);
            let term = terms.first().map_or(word, |term| &term.text);
            lexical::rarity(term).min(MAX_RARITY)
        });
        let shape = if !is_word {
            Shape::Mark
        } else if segment::is_stopword(word) {
            Shape::Stop
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            Shape::Number
        } else if chinese && word.chars().count() == 1 {
            Shape::Single
        } else {
            Shape::Whole
        };
        words.push(Word { range, chinese, shape, rarity });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_words_of_the_answers_and_never_of_the_questions() {
        let said = "我们最看重情绪价值。客户需要情绪价值,也需要 response time。";
        let mut rarities = HashMap::new();
        let found: Vec<&str> = candidates(said, &mut rarities).into_iter().map(|(range, _)| &said[range]).collect();
        assert!(found.contains(&"情绪价值") && found.contains(&"response time"), "{found:?}");
        assert!(!found.iter().any(|phrase| phrase.contains(['。', ',']) || phrase.ends_with('的')), "{found:?}");
    }
}
