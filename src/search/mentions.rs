//! Counts literal mentions of query words in answers. They are shown beside the verdict, so a word that somebody used
//! is never denied.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;
use utoipa::ToSchema;

use super::query::Query;
use super::quote::{self, Citation};
use crate::error::Error;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::retrieval::lexical::{self, Kind, Wanted};
use crate::retrieval::passage;
use crate::text::find::{find, folded};
use crate::text::script::{Display, View};
use crate::text::segment::{self, is_chinese};
use crate::transcript::Span;

/// The most words of a long question that are counted. The rarest come first.
const WORDS: usize = 3;
/// The least rarity of a counted word. About one passage in fifty holds a word of this rarity.
const TELLING: f32 = 4.0;
/// The most places listed for a word.
const LISTED: usize = 20;
/// The most words of a keyword query, and the most characters of a Chinese one.
const SHORT: usize = 3;
const SHORT_CHINESE: usize = 8;

/// A word of the query, and the answers that use it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mention {
    /// The word as typed.
    pub word: String,
    /// The number of answers that use it.
    pub answers: usize,
    /// The first places, in the order of the sources.
    pub places: Vec<Mentioned>,
}

/// A sentence that uses a word.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mentioned {
    /// The sentence, word for word, in the script of the reply.
    pub text: String,
    /// The UTF-8 byte range of the word in `text`.
    pub marked: (usize, usize),
    /// The citation of the sentence.
    pub citation: Citation,
    /// The place of the answer in the corpus, for the page.
    #[serde(skip)]
    pub place: AnswerPlace,
    /// The span of `text` in the restored text.
    #[serde(skip)]
    pub span: Span,
    /// The script of `text`.
    #[serde(skip)]
    pub display: Display,
}

/// The words that a query asks for literally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MentionQuery {
    /// The query is only this keyword: 团建, "谁提到过恐慌?", burnout.
    Keyword(String),
    /// The query asks for something that these words describe.
    Words(Vec<String>),
}

/// An answer that uses a word, with the places of the word.
pub(super) struct Use {
    pub(super) answer: usize,
    pub(super) spans: Vec<Span>,
}

static MENTIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"^(?:请问)?(?:有没有人|有没有谁|有谁|有人|谁|哪些人|哪几个人|都有谁|还有谁|大家|他们|受访者|访谈里?|有没有)(?:有没有|都|曾经?|也)?(?:提到|说到|讲到|谈到|聊到|提及|提起|提过|说过|讲过|谈过|聊过|用到|用过|提)(?:过|了)?(?P<word>.+?)(?:这个词|这一词|一词)?(?:吗|没有|没|的)?$",
        r"^(?:关于|有关)(?P<word>.+?)(?:的?(?:内容|回答|说法|部分|话|事|事情|地方))?$",
        r"^(?:哪里|哪些地方|哪些回答|哪个回答)(?:提到|说到|讲到|谈到|用到|提及)(?:了|过)?(?P<word>.+)$",
        r"^(?:did |does |has |have |do )?(?:anyone|anybody|somebody|someone|who|who else|they)(?: ever)? (?:mention|mentions|mentioned|talk about|talks about|talked about|bring up|brought up|say the word|use the word|used the word)(?: of)? (?P<word>.+)$",
        r"^(?:(?:any|all) )?(?:mentions?|mentioning|anything) (?:of|about) (?P<word>.+)$",
        r"^(?:is|was) (?P<word>.+?) (?:ever )?mentioned(?: anywhere)?$",
    ];
    patterns.into_iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Question words. A short query with one is no keyword.
const ASKING: [&str; 34] = [
    "谁",
    "什么",
    "怎么",
    "怎样",
    "如何",
    "为什么",
    "为何",
    "为啥",
    "哪",
    "多少",
    "几个",
    "几位",
    "吗",
    "呢",
    "是否",
    "是不是",
    "有没有",
    "能不能",
    "会不会",
    "多久",
    "何时",
    "啥",
    "what",
    "how",
    "why",
    "who",
    "when",
    "where",
    "which",
    "does",
    "did",
    "is",
    "are",
    "can",
];

/// Returns the words that a query asks for literally, or `None` if the query only lists.
pub(super) fn asked(query: &Query) -> Option<MentionQuery> {
    let plain = |c: char| {
        c.is_whitespace()
            || (c.is_ascii_punctuation() && !"+#%".contains(c))
            || "，。？！；：、“”‘’「」『』《》".contains(c)
    };
    let text = folded(&query.text).trim_matches(plain).to_owned();
    if text.is_empty() || query.only_lists() {
        return None;
    }
    let inner = MENTIONS.iter().find_map(|pattern| pattern.captures(&text)?.name("word"));
    let inner = inner.map(|word| word.as_str().trim_matches(plain).trim_start_matches("the word ").to_owned());
    // With phrases or excluded words, no answer is put first for a keyword.
    let narrowed = !query.phrases.is_empty() || !query.without.is_empty();
    if let Some(word) = inner.filter(|word| !narrowed && !word.is_empty() && !asks(word)) {
        return Some(MentionQuery::Keyword(word));
    }
    let chinese = text.chars().filter(|c| is_chinese(*c)).count();
    let words = text.split_whitespace().count();
    let is_short = if chinese > 0 { text.chars().count() <= SHORT_CHINESE } else { words <= SHORT };
    if is_short && !narrowed && !asks(&text) && !says_something(&text) {
        return Some(MentionQuery::Keyword(text));
    }
    let rarity = |word: &str| lexical::terms(word).iter().map(|term| lexical::rarity(&term.text)).fold(0.0, f32::max);
    let long = content(&text).into_iter().filter(|word| word.chars().count() > 1);
    let mut telling: Vec<(f32, String)> = long.map(|word| (rarity(&word), word)).collect();
    telling.sort_by(|a, b| b.0.total_cmp(&a.0));
    // The rarest word always counts, so every reply counts at least one.
    let count = telling.iter().filter(|(rarity, _)| *rarity >= TELLING).count().clamp(1, WORDS);
    telling.truncate(count);
    Some(MentionQuery::Words(telling.into_iter().map(|(_, word)| word).collect()))
}

/// Returns a folded word of a query as it was typed.
pub(super) fn as_typed(query: &Query, word: &str) -> String {
    let view = View::folded(&query.text);
    let place = find(view.text(), word).into_iter().next().map(|range| view.source_range(range));
    place.and_then(|place| query.text.get(place)).unwrap_or(word).to_owned()
}

/// Returns whether the words ask something.
fn asks(text: &str) -> bool {
    let words: HashSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    ASKING.iter().any(|asking| if asking.is_ascii() { words.contains(asking) } else { text.contains(asking) })
}

/// Returns whether Chinese words are a statement (客服很累) and not a term.
fn says_something(text: &str) -> bool {
    const SAYING: [&str; 14] = ["我", "你", "他", "她", "是", "很", "不", "没", "了", "吧", "要", "会", "把", "被"];
    let words: Vec<&str> = segment::cut(text);
    words.len() > 2 && words.iter().any(|word| SAYING.contains(word))
}

/// Returns the meaningful words of a folded text, as the segmenter cuts them, each once.
fn content(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let words = segment::cut(text).into_iter().filter(|word| word.chars().any(char::is_alphanumeric));
    words.filter(|word| !segment::is_stopword(word)).filter(|word| seen.insert(*word)).map(str::to_owned).collect()
}

/// Returns the answers within reach that use a word, in ascending order.
///
/// # Errors
/// If the word index fails.
pub(super) fn uses(corpus: &Corpus, within: &[usize], word: &str) -> Result<Vec<Use>, Error> {
    let word = folded(word);
    let mut candidates = corpus.index.answer_terms.holding(&parts(&word))?;
    candidates.retain(|answer| within.binary_search(answer).is_ok());
    let used = |answer: usize| {
        let place = corpus.answers.get(answer)?;
        let (transcript, _, given) = corpus.answer(*place)?;
        let spans = given.stretches.iter().flat_map(|stretch| {
            let view = View::folded(transcript.words(*stretch));
            let ranges: Vec<_> =
                standing(view.text(), &word).into_iter().map(|range| view.source_range(range)).collect();
            let base = stretch.start();
            ranges
                .into_iter()
                .filter_map(move |range| Span::new(transcript.text(), base + range.start..base + range.end))
        });
        let spans: Vec<Span> = spans.collect();
        (!spans.is_empty()).then_some(Use { answer, spans })
    };
    Ok(candidates.into_iter().filter_map(used).collect())
}

/// Returns the answers that use a keyword as typed. If there are none, returns those that use all of its words.
///
/// # Errors
/// If the word index fails.
pub(super) fn keyword(corpus: &Corpus, within: &[usize], word: &str) -> Result<Vec<Use>, Error> {
    let whole = uses(corpus, within, word)?;
    let words = content(word);
    if !whole.is_empty() || words.len() < 2 {
        return Ok(whole);
    }
    let mut all: Option<Vec<Use>> = None;
    for word in &words {
        let found = uses(corpus, within, word)?;
        all = Some(match all {
            None => found,
            Some(before) => both(before, found),
        });
    }
    Ok(all.unwrap_or_default())
}

fn both(before: Vec<Use>, mut found: Vec<Use>) -> Vec<Use> {
    let shared = |mut one: Use| {
        let at = found.iter().position(|other| other.answer == one.answer)?;
        one.spans.append(&mut found.swap_remove(at).spans);
        Some(one)
    };
    before.into_iter().filter_map(shared).collect()
}

/// Returns the index terms that every answer with this word has.
fn parts(word: &str) -> Vec<Wanted> {
    let own = |kind: Kind, term: String| Wanted { kind, forms: vec![(term.clone(), 1.0)], term };
    let characters = segment::characters(word).into_iter().map(|term| own(Kind::Character, term.text));
    let latin = lexical::terms(word).into_iter().filter(|term| {
        let typed = &word[term.range.clone()];
        typed.is_ascii() && typed.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    characters.chain(latin.map(|term| own(Kind::Word, term.text))).collect()
}

/// Returns the places where a word stands by itself in a text, both folded. A dictionary word inside another word (人 in
/// 人工智能) does not count. A word that the segmenter splits counts everywhere.
fn standing(text: &str, word: &str) -> Vec<Range<usize>> {
    let found = find(text, word);
    let is_one = word.chars().all(is_chinese) && segment::cut(word).len() == 1;
    if found.is_empty() || !is_one {
        return found;
    }
    let mut bounds = HashSet::from([0]);
    let mut at = 0;
    for piece in segment::cut(text) {
        at += piece.len();
        bounds.insert(at);
    }
    let crosses = |range: &Range<usize>| bounds.contains(&range.start) && bounds.contains(&range.end);
    found.into_iter().filter(crosses).collect()
}

/// Returns the mention of a word for a reply. Each place is checked against its source.
///
/// # Errors
/// If a source does not have the words, which is a bug.
pub(super) fn mention(corpus: &Corpus, word: &str, uses: &[Use], display: Option<Display>) -> Result<Mention, Error> {
    let first = |one: &Use| Some((*corpus.answers.get(one.answer)?, *one.spans.first()?));
    let listed = uses.iter().filter_map(first).take(LISTED);
    let places = listed.map(|(place, span)| mentioned(corpus, place, span, display)).collect::<Result<Vec<_>, _>>()?;
    Ok(Mention { word: word.to_owned(), answers: uses.len(), places })
}

fn mentioned(corpus: &Corpus, place: AnswerPlace, word: Span, display: Option<Display>) -> Result<Mentioned, Error> {
    let stale = || Error::Stale(format!("{}-{}", word.start(), word.end()));
    let (transcript, _, answer) = corpus.answer(place).ok_or_else(stale)?;
    let stretch = answer.stretches.iter().find(|stretch| stretch.contains(word)).ok_or_else(stale)?;
    let sentences = passage::sentences(transcript.text(), *stretch, &transcript.unrestored());
    let span = sentences.into_iter().find(|sentence| sentence.contains(word)).unwrap_or(word);
    let display = display.unwrap_or(transcript.script.default_display());
    let view = corpus.view(place.transcript, display);
    let (shown, marked) = (view.view_range(span.range()), view.view_range(word.range()));
    let text = view.text().get(shown.clone()).ok_or_else(stale)?.to_owned();
    let marked = (marked.start.saturating_sub(shown.start), marked.end.saturating_sub(shown.start).min(text.len()));
    Ok(Mentioned { text, marked, citation: quote::cite(corpus, place, span)?, place, span, display })
}

#[cfg(test)]
mod tests;
