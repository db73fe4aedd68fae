//! Suggests what to ask, and what an interview is about: its own questions, and phrases that its interviewees use.
//! Nothing is made up. Each suggestion is a span of a source.

use std::collections::HashMap;
use std::ops::Range;

use super::query::follow_up::follow_up;
use super::query::{self, Query};
use crate::error::Error;
use crate::retrieval::corpus::{Corpus, Phrase};
use crate::retrieval::{lexical, passage};
use crate::text::find::folded;
use crate::text::segment::{self, is_chinese};
use crate::transcript::{Answer, Question, Span, Transcript};

/// The width of two lines of a card. A Chinese character counts as two.
const WIDTH: usize = 60;
/// The fewest characters of a question that can be understood by itself.
const LEAST: usize = 6;
/// The number of first characters in which a pronoun is looked for. A later pronoun probably refers to something in its
/// own sentence.
const OWN: usize = 10;
/// Questions at least this near mean the same as the query. They are no step further.
const SAME: f32 = 0.97;
/// The number of candidates for each suggested question.
const NEAREST: usize = 8;
/// The number of bytes of a transcript that are read for phrases.
const READ: usize = 400_000;
/// The most words of a phrase, then the number of characters of a Chinese phrase and of one in letters.
const WORDS: usize = 4;
const CHINESE: std::ops::RangeInclusive<usize> = 2..=10;
const LETTERS: std::ops::RangeInclusive<usize> = 5..=32;
/// The least rarity of a single word that tells what a talk is about.
const TELLING: f32 = 5.0;
/// The weight of a single word beside a phrase of several.
const ALONE: f32 = 0.5;
/// The highest rarity that counts, because names and slips are rare too.
const RAREST: f32 = 9.0;
/// With fewer answers, a phrase need not be used in two of them.
const FEW: usize = 4;
/// The number of phrases kept for one transcript.
const KEPT: usize = 24;

/// Words that refer to what was said before.
const REFERRING: &str = "他 她 它 这 那 此 其中 刚才 刚刚 上述 前面 之前说";
const REFERRING_IN_ENGLISH: &str = "he she him her his hers it its they them their this that these those there then";
/// Words at the beginning that go on from something.
const GOING_ON: &str = "那 所以 但 可是 不过 然后 而且 还有 另外 同时 比如 因为 于是 好的 嗯 对 and but so or then also because which okay ok right well yes no";

/// Returns the part of a question that can be asked by itself and fits two lines: all of it, or its first sentence that
/// can.
pub fn askable(transcript: &Transcript, question: &Question) -> Option<Span> {
    let text = transcript.text();
    let sentences = passage::sentences(text, question.span, &[]);
    std::iter::once(question.span).chain(sentences).find(|span| {
        let words = span.of_text(text).unwrap_or_default().trim();
        words.ends_with(['?', '？']) && width(words) <= WIDTH && words.chars().count() >= LEAST && stands_alone(words)
    })
}

fn width(words: &str) -> usize {
    words.chars().map(|c| if is_chinese(c) || ('\u{3000}'..='\u{ffef}').contains(&c) { 2 } else { 1 }).sum()
}

/// Returns whether the words are a complete question. It goes on from nothing and refers to nothing before it.
fn stands_alone(words: &str) -> bool {
    let Ok(asked) = query::read(words) else { return false };
    // Any previous query works here.
    let before = Query { text: "客服 interview".into(), open: true, ..Query::default() };
    if asked.only_lists() || follow_up(&before, &asked, &[], |_| false).is_some() {
        return false;
    }
    let plain = folded(words);
    let first: String = plain.chars().take_while(|c| c.is_alphanumeric()).collect();
    let goes_on = GOING_ON.split(' ').any(|begin| match begin.chars().next() {
        Some(c) if is_chinese(c) => first.starts_with(begin),
        _ => first == begin,
    });
    let early: String = plain.chars().take(OWN).collect();
    let refers = REFERRING.split(' ').any(|word| early.contains(word))
        || plain
            .split(|c: char| !c.is_alphanumeric())
            .take(OWN / 2)
            .any(|word| REFERRING_IN_ENGLISH.split(' ').any(|refers| refers == word));
    !goes_on && !refers
}

/// A question of an interview that may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggested {
    /// The index into [`Corpus::transcripts`].
    pub transcript: usize,
    /// The index into the questions of the transcript.
    pub question: usize,
    /// The words to ask.
    pub span: Span,
}

/// Returns the interview questions that are nearest to the query, without those already asked.
///
/// # Errors
/// If the encoder fails.
pub fn questions_near(
    corpus: &Corpus,
    asked: &Query,
    already: &[String],
    wanted: usize,
) -> Result<Vec<Suggested>, Error> {
    if asked.text.is_empty() || corpus.index.questions.is_empty() {
        return Ok(Vec::new());
    }
    let vectors = corpus.embed(std::slice::from_ref(&asked.text))?;
    let Some(vector) = vectors.first() else { return Ok(Vec::new()) };
    let mut places: HashMap<usize, (usize, usize)> = HashMap::new();
    for (answer, question) in corpus.index.question_of.iter().enumerate() {
        if let (Some(question), Some(place)) = (question, corpus.answers.get(answer)) {
            places.entry(*question).or_insert((place.transcript, place.at.question));
        }
    }
    let already: Vec<String> = already.iter().map(|query| letters(query)).collect();
    let mut found: Vec<(Suggested, String)> = Vec::new();
    for (id, cosine) in corpus.index.questions.nearest(vector, wanted * NEAREST) {
        let Some((transcript, question)) = places.get(&id).copied().filter(|_| cosine < SAME) else { continue };
        let of = &corpus.transcripts[transcript];
        let Some(span) = of.questions.get(question).and_then(|question| askable(of, question)) else { continue };
        if !may_be_offered(corpus, transcript, span) {
            continue;
        }
        let words = letters(of.words(span));
        if already.contains(&words) || found.iter().any(|(_, other)| *other == words) {
            continue;
        }
        found.push((Suggested { transcript, question, span }, words));
        if found.len() == wanted {
            break;
        }
    }
    Ok(found.into_iter().map(|(suggested, _)| suggested).collect())
}

fn letters(words: &str) -> String {
    folded(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the most telling phrases of a transcript's interviewees, best first. No two are alike.
pub fn phrases(corpus: &Corpus, transcript: usize, wanted: usize) -> Vec<Phrase> {
    let all = corpus.phrases(transcript, || phrases_of(corpus, transcript, None));
    all.iter().copied().filter(|phrase| may_be_offered(corpus, transcript, phrase.span)).take(wanted).collect()
}

/// Whether words may be shown to somebody who did not ask for them: they name nobody who withdrew, though others say
/// the name.
pub fn may_be_offered(corpus: &Corpus, transcript: usize, words: Span) -> bool {
    corpus.transcripts.get(transcript).is_some_and(|of| !corpus.withdrawn.is_named_in(of.words(words)))
}

/// Returns the most telling phrases of one interviewee.
pub fn phrases_by(corpus: &Corpus, transcript: usize, interviewee: &str, wanted: usize) -> Vec<Phrase> {
    let mut all = phrases_of(corpus, transcript, Some(interviewee));
    all.retain(|phrase| may_be_offered(corpus, transcript, phrase.span));
    all.truncate(wanted);
    all
}

/// A phrase while it is counted.
struct Counted {
    span: Span,
    answers: usize,
    last: usize,
    telling: f32,
}

fn phrases_of(corpus: &Corpus, at: usize, by: Option<&str>) -> Vec<Phrase> {
    let transcript = &*corpus.transcripts[at];
    let view = corpus.folded(at);
    let unrestored = transcript.unrestored();
    let names: Vec<String> = transcript.speakers.iter().map(|speaker| folded(&speaker.name)).collect();
    let mut rarities: HashMap<String, f32> = HashMap::new();
    let mut found: HashMap<String, Counted> = HashMap::new();
    let (mut left, mut number) = (READ, 0);
    let own = |answer: &Answer| by.is_none_or(|by| answer.interviewee.as_deref() == Some(by));
    for (_, _, answer) in transcript.answers().filter(|(_, _, answer)| own(answer)) {
        number += 1;
        for stretch in &answer.stretches {
            let range = view.view_range(stretch.range());
            let said = view.text().get(range.clone()).unwrap_or_default();
            left = left.saturating_sub(said.len());
            if left == 0 {
                break;
            }
            for (words, telling) in candidates(said, &mut rarities) {
                let source = view.source_range(range.start + words.start..range.start + words.end);
                let span = Span::new(transcript.text(), source).filter(|span| {
                    stretch.contains(*span) && !unrestored.iter().any(|damaged| overlaps(*damaged, *span))
                });
                let Some(span) = span else { continue };
                let words = &said[words];
                if names.iter().any(|name| words.contains(name.as_str()) || name.contains(words)) {
                    continue;
                }
                match found.get_mut(words) {
                    Some(counted) if counted.last != number => {
                        counted.answers += 1;
                        counted.last = number;
                    }
                    Some(_) => {}
                    None => {
                        found.insert(words.to_owned(), Counted { span, answers: 1, last: number, telling });
                    }
                }
            }
        }
    }
    let least = if number < FEW { 1 } else { 2 };
    let mut all: Vec<(String, Phrase)> = found
        .into_iter()
        .filter(|(_, counted)| counted.answers >= least)
        .map(|(words, Counted { span, answers, telling, .. })| {
            let weight = (1.0 + answers.min(6) as f32).ln() * telling;
            (words, Phrase { span, answers, weight })
        })
        .collect();
    all.sort_by(|(a, one), (b, other)| other.weight.total_cmp(&one.weight).then_with(|| a.cmp(b)));
    let mut chosen: Vec<(String, Phrase)> = Vec::new();
    for (words, phrase) in all {
        if chosen.len() == KEPT {
            break;
        }
        if !chosen.iter().any(|(other, _)| alike(other, &words)) {
            chosen.push((words, phrase));
        }
    }
    chosen.into_iter().map(|(_, phrase)| phrase).collect()
}

fn overlaps(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Returns whether one phrase holds the other, or they share most of their character pairs.
fn alike(a: &str, b: &str) -> bool {
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Not a word. No phrase crosses it.
    Mark,
    /// A stopword. It begins and ends no phrase.
    Stop,
    /// A Chinese word of one character. It ends a phrase only after a number: 90后.
    Single,
    Number,
    Whole,
}

/// Returns the stretches of words that may be phrases, each with its weight.
fn candidates(said: &str, rarities: &mut HashMap<String, f32>) -> Vec<(Range<usize>, f32)> {
    let words = words(said, rarities);
    let mut found = Vec::new();
    for start in 0..words.len() {
        let first = &words[start];
        if matches!(first.shape, Shape::Mark | Shape::Stop | Shape::Single) {
            continue;
        }
        let mut sum = 0.0;
        for end in start..words.len().min(start + WORDS) {
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
            let fits = if first.chinese || word.chinese { CHINESE } else { LETTERS }.contains(&chars);
            let count = (end - start + 1) as f32;
            if ends && fits && (end > start || sum >= TELLING) {
                // Several words tell more than one. The mean keeps fillers out.
                found.push((range, sum / count * if end > start { 1.0 + 0.15 * count } else { ALONE }));
            }
        }
    }
    found
}

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
            lexical::rarity(term).min(RAREST)
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
    fn a_question_that_goes_on_from_another_is_not_offered() {
        for alone in [
            "您怎么看待服务对于企业的价值?",
            "公司提供了哪些支持？",
            "How do you work from home?",
            "在招聘新员工的时候，最看重他身上的什么特质?",
        ] {
            assert!(stands_alone(alone), "{alone}");
        }
        for unfinished in [
            "那您觉得呢?",
            "他们分别有什么显著的特点?",
            "为什么?",
            "And what did they say?",
            "So why is that?",
            "这个怎么做?",
        ] {
            assert!(!stands_alone(unfinished), "{unfinished}");
        }
    }

    #[test]
    fn the_sentence_that_can_be_asked_is_taken_from_a_long_question() {
        let source = "主持人：谢谢大家今天过来，我们的时间不多，先请大家各自介绍一下自己现在的工作内容和所在的团队，然后我们再往下谈。您怎么看待远程办公?\n\
                      小王：我觉得很好。\n主持人：那您呢?\n小王：我喜欢在家工作。\n";
        let (transcript, _) = crate::transcript::read("talk", source.as_bytes()).expect("an interview");
        let asked: Vec<Option<&str>> = transcript
            .questions
            .iter()
            .map(|question| askable(&transcript, question).map(|span| transcript.words(span)))
            .collect();
        assert_eq!(asked, [Some("您怎么看待远程办公?"), None]);
    }

    #[test]
    fn phrases_are_words_of_the_answers_and_never_of_the_questions() {
        let said = "我们最看重情绪价值。客户需要情绪价值,也需要 response time。";
        let mut rarities = HashMap::new();
        let found: Vec<&str> = candidates(said, &mut rarities).into_iter().map(|(range, _)| &said[range]).collect();
        assert!(found.contains(&"情绪价值") && found.contains(&"response time"), "{found:?}");
        assert!(!found.iter().any(|phrase| phrase.contains(['。', ',']) || phrase.ends_with('的')), "{found:?}");
    }
}
