//! Suggests what to ask: questions of the interviews themselves that can be understood alone. Nothing is made up. Each
//! suggestion is a span of a source.

mod phrases;

use std::collections::HashMap;

use super::query::follow_up::follow_up;
use super::query::{self, Query};
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::passage;
use crate::text::find::folded;
use crate::text::segment::is_chinese;
use crate::transcript::{Question, Span, Transcript};
pub use phrases::{phrases, phrases_by};

/// The greatest width of a suggested question: two lines of a card. A Chinese character counts as two.
const MAX_QUESTION_WIDTH: usize = 60;
/// The fewest characters of a question that can be understood by itself.
const MIN_QUESTION_CHARS: usize = 6;
/// The number of first characters in which a pronoun is looked for. A later pronoun probably refers to something in its
/// own sentence.
const CHARS_BEFORE_OWN_SUBJECT: usize = 10;
/// The same in words of letters.
const WORDS_BEFORE_OWN_SUBJECT: usize = 5;
/// The cosine from which a question means the same as the query. It is no step further.
const SAME_QUESTION_COSINE: f32 = 0.97;
/// The number of near questions that are looked at for each that is suggested.
const CANDIDATES_PER_SUGGESTION: usize = 8;

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
        words.ends_with(['?', '？'])
            && width(words) <= MAX_QUESTION_WIDTH
            && words.chars().count() >= MIN_QUESTION_CHARS
            && stands_alone(words)
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
    let early: String = plain.chars().take(CHARS_BEFORE_OWN_SUBJECT).collect();
    let refers = REFERRING.split(' ').any(|word| early.contains(word))
        || plain
            .split(|c: char| !c.is_alphanumeric())
            .take(WORDS_BEFORE_OWN_SUBJECT)
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
    let places = question_places(corpus);
    let already: Vec<String> = already.iter().map(|query| letters(query)).collect();
    let mut found: Vec<(Suggested, String)> = Vec::new();
    for (id, cosine) in corpus.index.questions.nearest(vector, wanted * CANDIDATES_PER_SUGGESTION) {
        let place = places.get(&id).copied().filter(|_| cosine < SAME_QUESTION_COSINE);
        let Some((transcript, question)) = place else { continue };
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

/// Returns the transcript and the question of each question that the index numbers.
fn question_places(corpus: &Corpus) -> HashMap<usize, (usize, usize)> {
    let mut places = HashMap::new();
    for (answer, question) in corpus.index.question_of.iter().enumerate() {
        if let (Some(question), Some(place)) = (question, corpus.answers.get(answer)) {
            places.entry(*question).or_insert((place.transcript, place.at.question));
        }
    }
    places
}

/// Returns the letters and digits of words, to compare questions.
fn letters(words: &str) -> String {
    folded(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether words may be shown to somebody who did not ask for them: they name nobody who withdrew, though others say
/// the name.
pub fn may_be_offered(corpus: &Corpus, transcript: usize, words: Span) -> bool {
    corpus.transcripts.get(transcript).is_some_and(|of| !corpus.withdrawn.is_named_in(of.words(words)))
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
}
