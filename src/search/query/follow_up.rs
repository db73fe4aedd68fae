//! Reads follow-up queries without a language model: what "那90后呢?", "为什么?" or "anyone else?" takes from the previous
//! query. A few rules apply in the order of [`FollowUpRule`]. The user sees every part that was taken over and can
//! remove it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{By, Filter, Query};
use crate::retrieval::lexical;
use crate::text::find::folded;
use crate::text::script::View;
use crate::text::segment::{self, is_chinese};

/// The reading of a follow-up, and what it took from the query before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Carried {
    /// The rule that applied.
    pub reading: FollowUpRule,
    /// The full query, as one would type it.
    pub read_as: String,
    /// The parts that were carried over and can be removed, in the order of the query.
    pub chips: Vec<Chip>,
    /// The full query, as read.
    #[serde(skip)]
    pub query: Query,
}

/// The rules in order. The first rule that fits applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpRule {
    /// "还有吗?", "anyone else?": the same again, without the answers already shown.
    Others,
    /// "为什么?", "why?": reasons for the same.
    Why,
    /// "怎么做?", "比如呢?", "how?", "for example?": more about the same.
    More,
    /// "那90后呢?", "what about overseas?": the same about something else.
    Instead,
    /// "它有什么缺点?", "how do they do it?": a word stands for the topic.
    Reference,
}

/// One part that was carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Chip {
    /// The kind of the part.
    pub kind: ChipKind,
    /// Its form in a query. It is empty for [`ChipKind::Shown`].
    pub text: String,
}

/// The kinds of parts that can be carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ChipKind)]
pub enum ChipKind {
    /// A word of the topic.
    Topic,
    /// A phrase that an answer must hold word for word.
    Phrase,
    /// A word that is excluded.
    Without,
    /// A filter.
    Filter,
    /// The exclusion of answers already shown.
    Shown,
}

impl Chip {
    /// Returns its key in a URL.
    pub fn key(&self) -> String {
        let kind = match self.kind {
            ChipKind::Topic => "topic",
            ChipKind::Phrase => "phrase",
            ChipKind::Without => "without",
            ChipKind::Filter => "filter",
            ChipKind::Shown => return "shown".to_owned(),
        };
        format!("{kind}:{}", self.text)
    }
}

impl Carried {
    /// Returns whether answers that were shown before are left out.
    pub fn leaves_out_shown(&self) -> bool {
        self.chips.iter().any(|chip| chip.kind == ChipKind::Shown)
    }
}

/// Completes an unfinished question with parts of the previous one, or returns `None` if it is complete by itself.
/// `asked` is the new query. `dropped` holds the keys of removed parts. `is_speaker` tells whether a speaker has a
/// name.
pub fn follow_up(
    previous: &Query,
    asked: &Query,
    dropped: &[String],
    is_speaker: impl Fn(&str) -> bool,
) -> Option<Carried> {
    let nothing_before = previous.text.is_empty() && previous.filters.is_empty();
    if nothing_before || asked.only_lists() {
        return None;
    }
    let spoken = spoken(&asked.text);
    let said = core(&spoken);
    let mut carried = previous.clone();
    let reading = if is_one_of(&said, OTHERS) {
        FollowUpRule::Others
    } else if is_one_of(&said, WHY) {
        carried.text = joined(&carried.text, &asked.text);
        FollowUpRule::Why
    } else if is_one_of(&said, MORE) {
        carried.text = joined(&carried.text, &asked.text);
        FollowUpRule::More
    } else if let Some(other) = what_about(&spoken, &said) {
        instead(&mut carried, &other, is_speaker);
        FollowUpRule::Instead
    } else if refers(&spoken) {
        carried.text = joined(&asked.text, &topic(&previous.text).join(" "));
        FollowUpRule::Reference
    } else {
        return None;
    };
    // New words come before carried ones.
    let own = said;
    let mut chips = Vec::new();
    let is_dropped = |chip: &Chip| dropped.contains(&chip.key());
    let mut keep = |kind: ChipKind, text: String| {
        let chip = Chip { kind, text };
        let kept = !is_dropped(&chip);
        if kept {
            chips.push(chip);
        }
        kept
    };
    for word in topic(&previous.text) {
        let still = folded(&carried.text).contains(&word) && !own.contains(&word);
        if still && !keep(ChipKind::Topic, word.clone()) {
            carried.text = replaced(&carried.text, &word, " ");
        }
    }
    carried.phrases.retain(|phrase| keep(ChipKind::Phrase, phrase.clone()));
    carried.without.retain(|word| keep(ChipKind::Without, word.clone()));
    let set_now = |filter: &Filter| asked.filters.iter().any(|own| own.by == filter.by);
    carried
        .filters
        .retain(|filter| !set_now(filter) && (is_own(filter, &own) || keep(ChipKind::Filter, filter.to_string())));
    if reading == FollowUpRule::Others {
        keep(ChipKind::Shown, String::new());
    }
    carried.phrases.extend(asked.phrases.iter().cloned());
    carried.without.extend(asked.without.iter().cloned());
    carried.filters.extend(asked.filters.iter().cloned());
    carried.text = carried.text.split_whitespace().collect::<Vec<_>>().join(" ");
    carried.open = carried.text.chars().any(char::is_alphanumeric);
    Some(Carried { reading, read_as: carried.to_string(), chips, query: carried })
}

/// Whole turns, without their first and last particles, that ask for others.
const OTHERS: &str = "还有吗|还有|还有别的吗|还有其他的吗|还有别人吗|还有其他人吗|还有谁|还有谁这么说|还有谁这么认为|还有谁提到|\
    还有谁说过|还有人这么说吗|还有别人这么说吗|还有别人这么认为吗|还有其他人这么说吗|还有别人提到吗|还有别人说过吗|\
    还有其他说法吗|还有别的说法吗|还有其他观点吗|还有别的观点吗|还有其他看法吗|还有没有|还有没有别人|还有没有别的|\
    其他人|别人|别的人|其他的|别的|其他人怎么说|别人怎么说|其他人怎么看|别人怎么看|其他人怎么想|更多|再来|继续|\
    anyone else|anybody else|who else|anything else|what else|any others|any other|others|other people|the others|\
    what about others|what about the others|what about other people|how about others|what do others say|\
    what do the others say|what do others think|what do the others think|does anyone else say so|\
    does anyone else say that|does anyone else say this|did anyone else say so|did anyone else say that|\
    does anyone else agree|does anyone else think so|more|more please|show more|is there more|are there more|anyone other|\
    are there others|go on";
const WHY: &str = "为什么|为何|为啥|原因|什么原因|原因是什么|理由|理由是什么|怎么会|怎么会这样|为什么这么说|为什么会这样|为什么这样|凭什么|\
    他们为什么这么说|why|why so|why is that|why that|why not|how come|what for|for what reason|what is the reason|\
    what are the reasons|what's the reason|the reason|why do they say so|why do they say that|why do they think so";
const MORE: &str = "怎么做|怎么做到|怎么做到的|怎么办|如何做|如何做到|如何|怎么样|具体|具体一点|具体点|具体怎么做|具体说说|比如|例如|举例|\
    举个例子|有例子吗|有什么例子|有例子|详细一点|详细|什么意思|然后|结果|后来|什么时候|在哪里|哪里|多少|多久|\
    how|how so|how exactly|for example|for instance|such as|like what|any examples|any example|examples|an example|\
    in what way|in which way|in detail|details|more details|what do they mean|meaning what|and then|then what|when|where|\
    how much|how many|how long|what happened";

/// Small sets of words that may replace each other in a comparison.
const CONTRASTS: &[&str] = &[
    "海外|国外|境外|国内|本地|本土",
    "线上|线下",
    "售前|售后|售中",
    "过去|以前|之前|从前|现在|目前|未来|将来|以后",
    "优点|缺点",
    "优势|劣势|弱势",
    "好处|坏处",
    "男性|女性|男员工|女员工|男生|女生",
    "年轻人|老年人|老人|年轻员工|老员工|新员工",
    "大公司|小公司|大企业|小企业|中小企业",
    "管理者|员工|领导|老板|基层|一线",
    "城市|农村|乡村|乡下",
    "overseas|abroad|domestic|locally",
    "online|offline",
    "men|women",
    "advantages|disadvantages|drawbacks|benefits",
    "pros|cons",
    "strengths|weaknesses",
    "managers|employees|leaders|staff",
    "past|present|future|now|today",
    "children|adults|teenagers|parents",
];

/// Returns a turn as the rules compare it: folded and without punctuation.
fn spoken(text: &str) -> String {
    let plain = folded(text).replace('’', "'");
    let spoken: String = plain.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    spoken.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a turn without the particles around it that only join it to the turn before.
fn core(spoken: &str) -> String {
    const LEADS: [&str; 14] =
        ["那么", "那", "嗯", "哦", "而", "可是", "但是", "请问", "and ", "but ", "so ", "ok ", "okay ", "then "];
    const TAILS: [&str; 7] = ["呢", "啊", "呀", "嘛", "吧", " then", " though"];
    let mut said = spoken;
    loop {
        let before = said;
        said = LEADS.iter().find_map(|lead| said.strip_prefix(lead)).unwrap_or(said).trim();
        said = TAILS.iter().find_map(|tail| said.strip_suffix(tail)).unwrap_or(said).trim();
        if said == before {
            return said.to_owned();
        }
    }
}

fn is_one_of(said: &str, turns: &str) -> bool {
    // `还有别人吗` and `还有别人` are the same.
    turns.split('|').map(str::trim).any(|turn| said == turn || said.strip_suffix('吗') == Some(turn))
}

/// Returns the subject of "那X呢", "X怎么样" or "what about X".
fn what_about(spoken: &str, said: &str) -> Option<String> {
    let short = |rest: &str| {
        let most = if rest.chars().any(is_chinese) { 8 } else { 32 };
        (!rest.is_empty() && rest.chars().count() <= most && !asks(rest)).then(|| rest.to_owned())
    };
    for lead in ["what about ", "how about ", "what of ", "换成", "换作", "至于", "same for "] {
        if let Some(rest) = said.strip_prefix(lead) {
            return short(rest.trim_start_matches("the "));
        }
    }
    for tail in ["又怎么样", "又如何", "又怎样", "怎么样", "怎么说", "怎么看"] {
        if let Some(rest) = said.strip_suffix(tail) {
            // "今天北京的天气怎么样?" is complete.
            return short(rest).filter(|rest| rest.chars().count() <= 4 && !rest.contains('的'));
        }
    }
    let joins_on = spoken.ends_with('呢') || (spoken.starts_with('那') && spoken.chars().count() <= 6);
    (joins_on || (spoken.starts_with("and ") && said.split(' ').count() <= 3)).then(|| short(said)).flatten()
}

fn asks(said: &str) -> bool {
    let chinese = ["什么", "怎么", "谁", "哪", "多少", "如何", "是否", "吗", "有没有", "几个"];
    let english = ["what", "how", "why", "who", "which", "when", "where", "do", "does", "did", "is", "are", "can"];
    chinese.iter().any(|word| said.contains(word)) || said.split(' ').any(|word| english.contains(&word))
}

/// Words that refer to something said before. 他们 and "they" are not among them, because in an interview they mean the
/// interviewees.
const STAND_INS: &str = "它们 它 这个 这种 这样 这些 这点 这方面 那个 那种 那样 那些 上面 刚才 前者 后者";
const STAND_INS_IN_ENGLISH: [&str; 6] = ["it", "its", "this", "that", "these", "those"];
/// The most topic words of its own that an incomplete question has.
const OWN_WORDS: usize = 2;

/// Returns whether a word refers to something before, and few other words tell the subject.
fn refers(spoken: &str) -> bool {
    let stands_in = if spoken.chars().any(is_chinese) {
        STAND_INS.split(' ').any(|word| spoken.contains(word))
    } else {
        let words: Vec<&str> = spoken.split(' ').collect();
        // "this hymn" names its thing. In "the system that uses", nothing is referred to.
        let by_itself =
            |next: Option<&&str>| next.is_none_or(|next| segment::is_stopword(next) || next.starts_with("mean"));
        words.iter().enumerate().any(|(i, word)| {
            STAND_INS_IN_ENGLISH.contains(word) && (word.starts_with("it") || by_itself(words.get(i + 1)))
        })
    };
    stands_in && topic(spoken).len() <= OWN_WORDS
}

/// Puts the new thing in place of the previous one of its kind, or adds it.
fn instead(query: &mut Query, other: &str, is_speaker: impl Fn(&str) -> bool) {
    let filter = |by: By| Filter { by, value: other.to_owned(), not: false };
    if is_label(other, 'q') {
        query.filters.retain(|filter| filter.by != By::Question);
        query.filters.push(filter(By::Question));
    } else if is_label(other, 'a') || is_speaker(other) {
        query.filters.retain(|filter| filter.by != By::Who);
        query.filters.push(filter(By::Who));
    } else if let Some(like) = topic(&query.text).into_iter().find(|word| alike(word, other)) {
        query.text = replaced(&query.text, &like, other);
        query.phrases.retain(|phrase| folded(phrase) != like);
    } else {
        query.text = joined(other, &query.text);
    }
}

/// Returns whether a text is a label: `q3`, `a2`.
fn is_label(said: &str, letter: char) -> bool {
    said.strip_prefix(letter).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns whether a filter was typed now, as the subject of "what about".
fn is_own(filter: &Filter, said: &str) -> bool {
    said.ends_with(&folded(&filter.value))
}

/// Returns whether one thing may replace another: two of one set, or two of one form, such as 90后 and 00后, 2023 and
/// 2024, 男员工 and 女员工.
fn alike(word: &str, other: &str) -> bool {
    if word == other {
        return false;
    }
    let in_one_set = |set: &&str| {
        let has = |one: &str| set.split('|').any(|member| member == one);
        has(word) && has(other)
    };
    let shape = |word: &str| {
        let number = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十两几".contains(c);
        let rest = word.trim_start_matches(number);
        (rest.len() < word.len()).then(|| rest.to_owned())
    };
    let numbered = shape(word).is_some() && shape(word) == shape(other);
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let chinese = a.iter().chain(&b).all(|c| is_chinese(*c));
    let same_tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let tailed = chinese && a.len() == b.len() && a.len() > 2 && same_tail >= 2;
    CONTRASTS.iter().any(in_one_set) || numbered || tailed
}

/// Returns the folded topic words of a query, in order, each once. If one word holds another, only the longer one
/// stays.
fn topic(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut terms = lexical::content_terms(&folded);
    terms.retain(|term| folded.get(term.range.clone()).is_some_and(|word| !segment::is_stopword(word)));
    terms.sort_by_key(|term| (term.range.start, std::cmp::Reverse(term.range.end)));
    let mut end = 0;
    let mut words: Vec<String> = Vec::new();
    let mut last: Option<std::ops::Range<usize>> = None;
    for term in terms {
        if term.range.start < end {
            continue;
        }
        end = term.range.end;
        // 00 and 后 are one word, 00后.
        let number = |range: &std::ops::Range<usize>| folded[range.clone()].ends_with(|c: char| c.is_ascii_digit());
        let suffix =
            folded[term.range.clone()].chars().count() == 1 && folded[term.range.clone()].chars().all(is_chinese);
        match (&last, words.last_mut()) {
            (Some(before), Some(word)) if before.end == term.range.start && number(before) && suffix => {
                word.push_str(&folded[term.range.clone()]);
            }
            _ => words.push(folded[term.range.clone()].to_owned()),
        }
        last = Some(term.range);
    }
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    words
}

/// Replaces words in a text, found in any script, width and case.
fn replaced(text: &str, words: &str, other: &str) -> String {
    let view = View::folded(text);
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (at, found) in view.text().match_indices(words) {
        let place = view.source_range(at..at + found.len());
        out.push_str(text.get(end..place.start).unwrap_or_default());
        out.push_str(other);
        end = place.end.max(end);
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

fn joined(a: &str, b: &str) -> String {
    format!("{a} {b}").trim().to_owned()
}
