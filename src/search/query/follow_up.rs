//! Reads follow-up queries without a language model: what "那90后呢?", "为什么?" or "anyone else?" takes from the previous
//! query. A few rules apply in the order of [`FollowUpRule`]. The user sees every part that was taken over and can
//! remove it.

mod topic;
mod words;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Filter, FilterKind, Query};
use crate::text::find::folded;
use crate::text::segment::{self, is_chinese};
use topic::{joined, may_replace, replaced, topic};
use words::{
    AFTER_SUBJECT, ASKING, ASKING_IN_ENGLISH, BEFORE_SUBJECT, LEADS, MORE, OTHERS, STAND_INS, STAND_INS_IN_ENGLISH,
    TAILS, WHY,
};

/// The most characters of a new subject: of a Chinese one, and of one in letters.
const MAX_SUBJECT_CHARS: usize = 8;
const MAX_LATIN_SUBJECT_CHARS: usize = 32;
/// The most characters of a subject before 怎么样. "今天北京的天气怎么样?" is complete.
const MAX_SUBJECT_CHARS_BEFORE_HOW: usize = 4;
/// The most characters of a turn that begins with 那, and the most words of one that begins with "and", if it names only
/// a new subject.
const MAX_CHARS_AFTER_THEN: usize = 6;
const MAX_WORDS_AFTER_AND: usize = 3;
/// The most topic words of its own that an incomplete question has.
const MAX_OWN_TOPIC_WORDS: usize = 2;

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
    let mut query = previous.clone();
    let reading = complete(&mut query, asked, &spoken, &said, is_speaker)?;
    let mut chips = ChipsKept { dropped, kept: Vec::new() };
    for word in topic(&previous.text) {
        // New words come before carried ones.
        let is_carried = folded(&query.text).contains(&word) && !said.contains(&word);
        if is_carried && !chips.keeps(ChipKind::Topic, word.clone()) {
            query.text = replaced(&query.text, &word, " ");
        }
    }
    query.phrases.retain(|phrase| chips.keeps(ChipKind::Phrase, phrase.clone()));
    query.without.retain(|word| chips.keeps(ChipKind::Without, word.clone()));
    let is_replaced = |filter: &Filter| asked.filters.iter().any(|new| new.by == filter.by);
    query.filters.retain(|filter| {
        !is_replaced(filter) && (is_subject(filter, &said) || chips.keeps(ChipKind::Filter, filter.to_string()))
    });
    if reading == FollowUpRule::Others {
        chips.keeps(ChipKind::Shown, String::new());
    }
    query.phrases.extend(asked.phrases.iter().cloned());
    query.without.extend(asked.without.iter().cloned());
    query.filters.extend(asked.filters.iter().cloned());
    query.text = query.text.split_whitespace().collect::<Vec<_>>().join(" ");
    query.open = query.text.chars().any(char::is_alphanumeric);
    Some(Carried { reading, read_as: query.to_string(), chips: chips.kept, query })
}

/// Completes the previous query with what is asked now, by the first rule that fits. `None` if none does.
fn complete(
    query: &mut Query,
    asked: &Query,
    spoken: &str,
    said: &str,
    is_speaker: impl Fn(&str) -> bool,
) -> Option<FollowUpRule> {
    if is_one_of(said, OTHERS) {
        return Some(FollowUpRule::Others);
    }
    let asks_more = [(WHY, FollowUpRule::Why), (MORE, FollowUpRule::More)];
    if let Some((_, rule)) = asks_more.into_iter().find(|(turns, _)| is_one_of(said, turns)) {
        query.text = joined(&query.text, &asked.text);
        return Some(rule);
    }
    if let Some(other) = what_about(spoken, said) {
        instead(query, &other, is_speaker);
        return Some(FollowUpRule::Instead);
    }
    if refers(spoken) {
        query.text = joined(&asked.text, &topic(&query.text).join(" "));
        return Some(FollowUpRule::Reference);
    }
    None
}

/// The parts that are carried over, unless the user removed them.
struct ChipsKept<'a> {
    /// The keys of removed parts.
    dropped: &'a [String],
    kept: Vec<Chip>,
}

impl ChipsKept<'_> {
    /// Notes a part that may be carried over. Returns whether it is.
    fn keeps(&mut self, kind: ChipKind, text: String) -> bool {
        let chip = Chip { kind, text };
        let is_kept = !self.dropped.contains(&chip.key());
        self.kept.extend(is_kept.then_some(chip));
        is_kept
    }
}

/// Returns a turn as the rules compare it: folded and without punctuation.
fn spoken(text: &str) -> String {
    let plain = folded(text).replace('’', "'");
    let spoken: String = plain.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    spoken.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a turn without the particles around it that only join it to the turn before.
fn core(spoken: &str) -> String {
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

/// Returns whether a turn is one of a list.
fn is_one_of(said: &str, turns: &str) -> bool {
    // `还有别人吗` and `还有别人` are the same.
    turns.split('|').map(str::trim).any(|turn| said == turn || said.strip_suffix('吗') == Some(turn))
}

/// Returns the subject of "那X呢", "X怎么样" or "what about X".
fn what_about(spoken: &str, said: &str) -> Option<String> {
    let short = |rest: &str| {
        let most = if rest.chars().any(is_chinese) { MAX_SUBJECT_CHARS } else { MAX_LATIN_SUBJECT_CHARS };
        (!rest.is_empty() && rest.chars().count() <= most && !asks(rest)).then(|| rest.to_owned())
    };
    if let Some(rest) = BEFORE_SUBJECT.iter().find_map(|lead| said.strip_prefix(lead)) {
        return short(rest.trim_start_matches("the "));
    }
    if let Some(rest) = AFTER_SUBJECT.iter().find_map(|tail| said.strip_suffix(tail)) {
        let is_bare = |rest: &String| rest.chars().count() <= MAX_SUBJECT_CHARS_BEFORE_HOW && !rest.contains('的');
        return short(rest).filter(is_bare);
    }
    let joins_on =
        spoken.ends_with('呢') || (spoken.starts_with('那') && spoken.chars().count() <= MAX_CHARS_AFTER_THEN);
    (joins_on || (spoken.starts_with("and ") && said.split(' ').count() <= MAX_WORDS_AFTER_AND))
        .then(|| short(said))
        .flatten()
}

/// Returns whether a turn asks something.
fn asks(said: &str) -> bool {
    ASKING.iter().any(|word| said.contains(word)) || said.split(' ').any(|word| ASKING_IN_ENGLISH.contains(&word))
}

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
    stands_in && topic(spoken).len() <= MAX_OWN_TOPIC_WORDS
}

/// Puts the new thing in place of the previous one of its kind, or adds it.
fn instead(query: &mut Query, other: &str, is_speaker: impl Fn(&str) -> bool) {
    let filter = |by: FilterKind| Filter { by, value: other.to_owned(), not: false };
    if is_label(other, 'q') {
        query.filters.retain(|filter| filter.by != FilterKind::Question);
        query.filters.push(filter(FilterKind::Question));
    } else if is_label(other, 'a') || is_speaker(other) {
        query.filters.retain(|filter| filter.by != FilterKind::Who);
        query.filters.push(filter(FilterKind::Who));
    } else if let Some(like) = topic(&query.text).into_iter().find(|word| may_replace(word, other)) {
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
fn is_subject(filter: &Filter, said: &str) -> bool {
    said.ends_with(&folded(&filter.value))
}
