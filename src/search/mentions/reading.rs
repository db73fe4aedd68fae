//! Reads which words a query asks for literally: 团建, "谁提到过恐慌?", or the telling words of a question.

use std::sync::LazyLock;

use regex::Regex;

use super::content_words;
use crate::retrieval::lexical;
use crate::search::query::Query;
use crate::text::find::folded;
use crate::text::pattern::patterns;
use crate::text::segment::{self, is_chinese};

/// The most words of a long question that are counted. The rarest come first.
const MAX_COUNTED_WORDS: usize = 3;
/// The most words of a keyword query, and the most characters of a Chinese one.
const MAX_KEYWORD_WORDS: usize = 3;
const MAX_KEYWORD_CHARS: usize = 8;

/// The words that a query asks for literally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum MentionQuery {
    /// The query is only this keyword: 团建, "谁提到过恐慌?", burnout.
    Keyword(String),
    /// The query asks for something that these words describe.
    Words(Vec<String>),
}

// All patterns are matched with folded text: simplified, lower case, half width.
patterns! {
    // Questions for who uses a word.
    ZH_WHO_MENTIONS = r"^(?:请问)?(?:有没有人|有没有谁|有谁|有人|谁|哪些人|哪几个人|都有谁|还有谁|大家|他们|受访者|访谈里?|有没有)(?:有没有|都|曾经?|也)?(?:提到|说到|讲到|谈到|聊到|提及|提起|提过|说过|讲过|谈过|聊过|用到|用过|提)(?:过|了)?(?P<word>.+?)(?:这个词|这一词|一词)?(?:吗|没有|没|的)?$";
    ZH_ABOUT = r"^(?:关于|有关)(?P<word>.+?)(?:的?(?:内容|回答|说法|部分|话|事|事情|地方))?$";
    ZH_WHERE_IS = r"^(?:哪里|哪些地方|哪些回答|哪个回答)(?:提到|说到|讲到|谈到|用到|提及)(?:了|过)?(?P<word>.+)$";
    EN_WHO_MENTIONS = r"^(?:did |does |has |have |do )?(?:anyone|anybody|somebody|someone|who|who else|they)(?: ever)? (?:mention|mentions|mentioned|talk about|talks about|talked about|bring up|brought up|say the word|use the word|used the word)(?: of)? (?P<word>.+)$";
    EN_MENTIONS_OF = r"^(?:(?:any|all) )?(?:mentions?|mentioning|anything) (?:of|about) (?P<word>.+)$";
    EN_IS_MENTIONED = r"^(?:is|was) (?P<word>.+?) (?:ever )?mentioned(?: anywhere)?$";
    // Question words. A short query with one is no keyword.
    ASKING = r"谁|什么|怎|如何|为何|为啥|何时|何处|何地|何年|几时|哪|多少|啥|咋|吗|呢|是否|多(?:大|长|高|远|重|快|久|少|深|宽|厚|贵)|(?:是不是|有没有|能不能|会不会|要不要|好不好|行不行|该不该|可不可以|值不值|愿不愿意|想不想|敢不敢|算不算)|几(?:点|岁|号|年|月|天|次|个|位|人|名|家|种|成|分|时|块|元|毛|倍|层|楼|周|遍|趟|本|台|条|间|单|张|级|斤|里|件|场|份|集)|(?:周|星期|礼拜|第)几|(?-u:\b)(?:what|how|why|who|whom|whose|when|where|which|does|did|is|are|can)(?-u:\b)|^(?:do|was|were|has|have|had|will|would|should|could|am) ";
    // Questions for somebody's view, as they are put to that person (`named_interviewees::rewrite`).
    EN_WHAT_ABOUT = r"^(?:what|how) about (?:your )?(?P<word>.+)$";
    EN_WHAT_DO_YOU_THINK = r"^(?:what|how) (?:do|did) you (?:think|feel|say|believe) (?:about|of|on) (?P<word>.+)$";
    ZH_HOW_DO_YOU_SEE = r"^(?:你们?|您)(?:又|也|都|还|到底|究竟|当时|后来)*(?:怎么|如何|怎样)(?:看待?|想|评价|理解|说|讲|谈)(?P<word>.+?)(?:的|呢)?$";
    ZH_YOUR_VIEW_OF = r"^(?:你们?|您)?对于?(?P<word>.+?)(?:怎么看|怎么想|怎么说|如何看|有(?:什么|何|啥)(?:样的)?(?:看法|意见|想法|感受|态度|评价)|(?:是|持)什么(?:样的)?(?:看法|态度|立场)|的(?:看法|态度|意见|感受|想法|评价)(?:是什么|如何|怎么样|怎样)?)(?:呢)?$";
}

/// Returns what somebody is asked for a view of, if it is a name of something: 算法 in 你怎么看算法.
pub(in crate::search) fn topic_of_view(query: &Query) -> Option<String> {
    if !query.phrases.is_empty() || !query.without.is_empty() {
        return None;
    }
    let text = folded(&query.text);
    let text = text.trim_matches(is_plain);
    let views = [&EN_WHAT_ABOUT, &EN_WHAT_DO_YOU_THINK, &ZH_HOW_DO_YOU_SEE, &ZH_YOUR_VIEW_OF];
    let word = word_in(&views, text)?.trim_matches(is_plain);
    let is_short = word.chars().count() <= MAX_KEYWORD_CHARS || word.split_whitespace().count() <= MAX_KEYWORD_WORDS;
    (is_short && !word.is_empty() && !asks(word) && !says_something(word)).then(|| word.to_owned())
}

/// Returns the word that the first fitting pattern asks for.
fn word_in<'a>(patterns: &[&LazyLock<Regex>], text: &'a str) -> Option<&'a str> {
    patterns.iter().find_map(|pattern| pattern.captures(text)?.name("word")).map(|word| word.as_str())
}

/// Returns whether a character around a word is no part of it.
fn is_plain(c: char) -> bool {
    c.is_whitespace()
        || (c.is_ascii_punctuation() && !"+#%".contains(c))
        || "，。？！；：、“”‘’「」『』《》".contains(c)
}

/// Returns the words that a query asks for literally, or `None` if the query only lists.
pub(in crate::search) fn mention_query(query: &Query) -> Option<MentionQuery> {
    let text = folded(&query.text).trim_matches(is_plain).to_owned();
    if text.is_empty() || query.only_lists() {
        return None;
    }
    let mentions = [&ZH_WHO_MENTIONS, &ZH_ABOUT, &ZH_WHERE_IS, &EN_WHO_MENTIONS, &EN_MENTIONS_OF, &EN_IS_MENTIONED];
    let inner = word_in(&mentions, &text);
    let inner = inner.map(|word| word.trim_matches(is_plain).trim_start_matches("the word ").to_owned());
    // With phrases or excluded words, no answer is put first for a keyword.
    let narrowed = !query.phrases.is_empty() || !query.without.is_empty();
    if let Some(word) = inner.filter(|word| !narrowed && !word.is_empty() && !asks(word)) {
        // What happened (被别人模仿产品) may be told in other words. A name of something is used or not.
        return Some(if says_something(&word) { telling(&word) } else { MentionQuery::Keyword(word) });
    }
    let chinese = text.chars().filter(|c| is_chinese(*c)).count();
    let words = text.split_whitespace().count();
    let is_short = if chinese > 0 { text.chars().count() <= MAX_KEYWORD_CHARS } else { words <= MAX_KEYWORD_WORDS };
    if is_short && !narrowed && !asks(&text) && !says_something(&text) {
        return Some(MentionQuery::Keyword(text));
    }
    Some(telling(&text))
}

/// Returns the most telling words of a text.
fn telling(text: &str) -> MentionQuery {
    let rarity = |word: &str| lexical::terms(word).iter().map(|term| lexical::rarity(&term.text)).fold(0.0, f32::max);
    let long = content_words(text).into_iter().filter(|word| word.chars().count() > 1);
    let mut telling: Vec<(f32, String)> = long.map(|word| (rarity(&word), word)).collect();
    telling.sort_by(|a, b| b.0.total_cmp(&a.0));
    // The rarest word always counts, so every reply counts at least one.
    let count =
        telling.iter().filter(|(rarity, _)| *rarity >= lexical::MIN_TELLING_RARITY).count().clamp(1, MAX_COUNTED_WORDS);
    telling.truncate(count);
    MentionQuery::Words(telling.into_iter().map(|(_, word)| word).collect())
}

/// Returns whether the words ask something.
fn asks(text: &str) -> bool {
    ASKING.is_match(text)
}

/// Returns whether Chinese words are a statement (客服很累) and not a term.
fn says_something(text: &str) -> bool {
    const SAYING: [&str; 14] = ["我", "你", "他", "她", "是", "很", "不", "没", "了", "吧", "要", "会", "把", "被"];
    let words: Vec<&str> = segment::cut(text);
    words.len() > 2 && words.iter().any(|word| SAYING.contains(word))
}
