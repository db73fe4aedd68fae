//! A name whose words a query asks for, and that nobody in the library has: 陈敏怎么看夜班. What others say is then no
//! answer. A word that only looks like a name raises no alarm, so the rules are narrow.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::retrieval::corpus::Corpus;
use crate::retrieval::lexical;
use crate::search::query::UnknownName;
use crate::text::edit_distance::edits;
use crate::text::find::{find, folded};
use crate::text::names;
use crate::text::pattern::patterns;
use crate::text::script::View;
use crate::text::segment::{self, is_chinese};

/// The least rarity of a word in letters that may be a name where somebody is said to speak. Many names are listed
/// words: Tom, Maya.
const MIN_SPEAKER_RARITY: f32 = 5.9;
/// The most names to suggest.
const MAX_SUGGESTED: usize = 3;

// Both patterns are matched with folded text.
patterns! {
    ZH = r"(?:^|[,，。;；?？\s])(?:请问|那么?|为什么|为何|为啥|当时|后来|怎么)*(\p{Han}{2,4}?)(?:先生|女士|小姐|老师|教授|博士|医生|师傅|主任|经理|校长|院长)?(?:又|也|都|还|是|到底|究竟|当时|后来)*(?:怎么看|怎么说|怎么想|怎么认为|如何看|觉得|认为|以为|说|提到|谈到|讲到|主张|的(?:看法|观点|意见|态度|说法|想法)|对[^,，。?？]{1,20}?(?:怎么看|怎么想|怎么说|如何看|(?:有什么|是什么|的|有何)(?:看法|观点|意见|态度|想法)))";
    EN_ASKS = r"\b(?:did|does|has|had|will|would)\s+((?:(?:dr|mr|mrs|ms|prof)\.?\s+)?[a-z][a-z\-]+(?:\s[a-z][a-z\-]+)?)\s+(?:ever\s+|also\s+|really\s+)?([a-z]+)";
    EN_OWNS = r"^(?:what|how)(?: is| are| was| were|['’]s)\s+([a-z][a-z\-]+(?:\s[a-z][a-z\-]+)?)['’]s\s+(?:view|opinion|take|thoughts?|position|attitude|advice)";
    EN_SAYS = r"^(?:think|say|feel|believe|mention|describe|explain|tell|talk|recommend|suggest|argue|claim|answer|want|like|hope|worry|complain)$";
}

/// An unknown name at a place in a folded query.
pub(super) struct UnknownInQuery {
    pub(super) range: Range<usize>,
    pub(super) name: UnknownName,
}

/// Returns a name whose words the query asks for, if nobody in the library has it and no text holds it.
pub(super) fn of(
    corpus: &Corpus,
    known: &BTreeMap<String, Vec<String>>,
    query: &str,
    view: &View,
) -> Option<UnknownInQuery> {
    let text = view.text();
    let range = in_chinese(text).or_else(|| in_letters(text, query, view))?;
    let name = &text[range.clone()];
    let is_known = known
        .values()
        .flatten()
        .any(|called| called.contains(name) || name.contains(called.as_str()) && called.chars().count() > 2);
    let stands = |at: usize| {
        let own = corpus.folded(at).text();
        if name.chars().all(is_chinese) { own.contains(name) } else { !find(own, name).is_empty() }
    };
    if is_known || (0..corpus.transcripts.len()).any(stands) {
        return None;
    }
    let typed = query.get(view.source_range(range.clone())).unwrap_or(name).to_owned();
    Some(UnknownInQuery { name: UnknownName { near: near(known, name), name: typed }, range })
}

/// Returns a Chinese name before a verb of speech: a surname and one or two characters that make no word.
fn in_chinese(text: &str) -> Option<Range<usize>> {
    let found = ZH.captures(text)?.get(1)?;
    let name = found.as_str();
    let surname = names::surname_of(name)?;
    let is_name = names::may_be_person(name, surname) && lexical::is_unlisted(name) && !segment::is_stopword(name);
    is_name.then(|| found.range())
}

/// Returns a name in letters that is the subject of a question, typed with a capital.
fn in_letters(text: &str, query: &str, view: &View) -> Option<Range<usize>> {
    let has_capitals = |range: &Range<usize>| {
        let typed = query.get(view.source_range(range.clone())).unwrap_or_default();
        typed.split_whitespace().all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
        })
    };
    let rarest = |words: &str| {
        let known = words.split_whitespace().filter(|word| !segment::is_stopword(word));
        let stems = known.filter_map(|word| lexical::terms(word).into_iter().next());
        stems.map(|term| lexical::rarity(&term.text)).fold(0.0, f32::max)
    };
    let is_plain = |words: &str| !words.split_whitespace().any(segment::is_stopword);
    if let Some(asks) = EN_ASKS.captures(text)
        && let (Some(name), Some(verb)) = (asks.get(1), asks.get(2))
    {
        // The second word may be the verb: did Anna crunch.
        let ends = name.as_str().char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
        let ranges = ends.map(|end| (name.start()..name.start() + end, name.as_str()[end..].trim()));
        let ranges = std::iter::once((name.range(), verb.as_str())).chain(ranges);
        for (range, verb) in ranges {
            let words = &text[range.clone()];
            let says = EN_SAYS.is_match(verb);
            // When did Syria join? asks of no person. Did Anna run? does.
            if !says && asks.get(0).is_some_and(|asks| asks.start() > 0) {
                continue;
            }
            let least = if says { MIN_SPEAKER_RARITY } else { lexical::MIN_UNLISTED_RARITY };
            if has_capitals(&range) && is_plain(words) && rarest(words) >= least {
                return Some(range);
            }
        }
    }
    let owner = EN_OWNS.captures(text)?.get(1)?;
    let words = owner.as_str();
    (has_capitals(&owner.range()) && is_plain(words) && rarest(words) >= MIN_SPEAKER_RARITY).then(|| owner.range())
}

/// Returns the interviewees whose names share a character with a Chinese name at the same place, or that differ by a
/// letter or two.
fn near(known: &BTreeMap<String, Vec<String>>, name: &str) -> Vec<String> {
    let own: Vec<char> = name.chars().collect();
    let mut found: Vec<(usize, &String)> = Vec::new();
    for interviewee in known.keys() {
        let other: Vec<char> = folded(interviewee).chars().collect();
        let apart = if own.iter().all(|c| is_chinese(*c)) {
            let alike = own.iter().zip(&other).filter(|(a, b)| a == b).count();
            let alike = alike.max(own.iter().rev().zip(other.iter().rev()).filter(|(a, b)| a == b).count());
            let fits = other.iter().all(|c| is_chinese(*c)) && own.len().abs_diff(other.len()) <= 1;
            own.len().max(other.len()) - if fits { alike } else { 0 }
        } else {
            edits(&own, &other)
        };
        let most =
            if own.iter().all(|c| is_chinese(*c)) { own.len().max(other.len()) - 1 } else { (own.len() / 3).max(1) };
        if apart <= most {
            found.push((apart, interviewee));
        }
    }
    found.sort();
    found.into_iter().take(MAX_SUGGESTED).map(|(_, name)| name.clone()).collect()
}
