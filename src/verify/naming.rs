//! Finds whom a report names as the speaker of a quotation, among the speakers of the library. This module knows none
//! of their words. If in doubt, it names nobody.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::quotations::Quotation;
use super::searched_library::SearchedLibrary;
use super::strangers;
use super::units::plain;
use crate::text::names;
use crate::text::pattern::patterns;
use crate::text::segment::is_chinese;

/// All speakers of a library, with every name that each may have.
pub(super) struct People {
    /// The names as shown. The position is the number of the person.
    names: Vec<String>,
    by_name: BTreeMap<String, usize>,
    /// The people that a name may mean.
    called: BTreeMap<String, BTreeSet<usize>>,
    find: Option<Regex>,
}

/// The people that a report may name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedPeople {
    /// The name as in the library.
    pub(super) name: String,
    /// All people that the name may mean.
    pub(super) people: BTreeSet<usize>,
}

/// The most names that are searched. Further names are ignored.
const MAX_NAMES: usize = 20_000;
/// The size of the largest pattern in bytes.
const MAX_PATTERN_BYTES: usize = 64 << 20;

/// Words before a name that show that the person is spoken to or about.
const OBJECTS: [&str; 16] = [
    "对",
    "向",
    "跟",
    "给",
    "问",
    "告诉",
    "采访",
    "听",
    "关于",
    "told ",
    "to ",
    "asked ",
    "with ",
    "about ",
    "interviewed ",
    "met ",
];
/// Names that a report may use for anybody.
const ANYBODY: [&str; 14] = [
    "host",
    "guest",
    "speaker",
    "moderator",
    "interviewer",
    "interviewee",
    "doctor",
    "记者",
    "主持人",
    "嘉宾",
    "客户",
    "采访者",
    "受访者",
    "医生",
];
/// Words after a name that show that the person speaks.
const SPEAKS: [&str; 16] =
    ["said", "says", "asked", "asks", "told", ":", "：", "说", "问", "表示", "答", "称", "认为", "指出", "回忆", "道"];
patterns! {
    PRONOUN = r"(?i)他|她|\b(?:he|she|they)\b|受访者|前者|这位";
}

impl People {
    pub(super) fn new(library: &SearchedLibrary<'_>) -> Self {
        let mut people = Self { names: Vec::new(), by_name: BTreeMap::new(), called: BTreeMap::new(), find: None };
        for transcript in library.transcripts {
            for speaker in &transcript.speakers {
                people.add(&speaker.name);
            }
            for question in &transcript.questions {
                let answers = question.answers.iter().filter_map(|answer| answer.interviewee.as_deref());
                for name in question.speaker.as_deref().into_iter().chain(answers) {
                    people.add(name);
                }
            }
        }
        let mut parts: Vec<(String, usize)> = Vec::new();
        for (name, number) in &people.by_name {
            people.called.entry(name.clone()).or_default().insert(*number);
            // Names with an addition: `唐鳳（數位部長）`, `Allen, Christopher`.
            let own = name.split(['(', '（', ',', '，', '/', '|']).next().unwrap_or(name).trim();
            if own != name {
                parts.push((own.to_owned(), *number));
            }
            if own.chars().any(is_chinese) {
                continue;
            }
            let words: Vec<&str> = own.split_whitespace().collect();
            if words.len() > 1 {
                let ends = [words.first(), words.last()].into_iter().flatten().filter(|word| word.len() > 2);
                parts.extend(ends.map(|word| ((*word).trim_end_matches('.').to_owned(), *number)));
            }
        }
        for (part, number) in parts {
            people.called.entry(part).or_default().insert(number);
        }
        people.called.retain(|name, _| is_name(name));
        people.find = people.pattern();
        people
    }

    fn add(&mut self, name: &str) {
        let folded = fold(name);
        if !self.by_name.contains_key(&folded) && self.names.len() < MAX_NAMES {
            self.by_name.insert(folded, self.names.len());
            self.names.push(name.to_owned());
        }
    }

    /// Builds the pattern for all names, the longest first, each as a whole word.
    fn pattern(&self) -> Option<Regex> {
        let mut names: Vec<&String> = self.called.keys().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let alternatives: Vec<String> = names
            .into_iter()
            .map(|name| {
                let edge = |c: Option<char>| {
                    if c.is_some_and(|c| is_chinese(c) || !c.is_alphanumeric()) { "" } else { r"(?-u:\b)" }
                };
                format!("{}{}{}", edge(name.chars().next()), regex::escape(name), edge(name.chars().next_back()))
            })
            .collect();
        let pattern = (!alternatives.is_empty()).then(|| alternatives.join("|"))?;
        regex::RegexBuilder::new(&pattern).size_limit(MAX_PATTERN_BYTES).build().ok()
    }

    /// Returns the number of a person by the name as shown.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold(name)).copied()
    }

    /// Returns the names of speakers in a text.
    pub(super) fn named_in(&self, text: &str) -> Vec<String> {
        let folded = fold(text);
        let found = self.find.iter().flat_map(|find| find.find_iter(&folded));
        found.map(|found| found.as_str().to_owned()).collect()
    }

    /// Returns whom the report names for each quotation, in their order.
    pub(super) fn of(&self, quotations: &[Quotation]) -> Vec<Option<NamedPeople>> {
        let mut named: Vec<Option<NamedPeople>> = Vec::with_capacity(quotations.len());
        for quotation in quotations {
            let before = if quotation.goes_back { named.last().cloned().flatten() } else { None };
            named.push(self.of_one(quotation, before));
        }
        named
    }

    fn of_one(&self, quotation: &Quotation, earlier: Option<NamedPeople>) -> Option<NamedPeople> {
        if let Some(citation) = &quotation.citation {
            return self.in_text(citation, false).into_iter().next();
        }
        let before = self.in_text(&quotation.before, true);
        if let Some(last) = before.into_iter().next_back() {
            return Some(last);
        }
        // `…，李红点头：“` introduces the next quotation.
        let leads_on = quotation.goes_on && quotation.after.trim_end().ends_with([':', '：']);
        let after = if leads_on { Vec::new() } else { self.in_text(&quotation.after, true) };
        if let Some(first) = after.into_iter().next() {
            return Some(first);
        }
        let is_pronoun = |text: &str| PRONOUN.is_match(&plain(text));
        let nobody = quotation.before.trim().is_empty();
        if earlier.is_some() && (nobody || is_pronoun(&quotation.before) || is_pronoun(&quotation.after)) {
            return earlier;
        }
        if is_pronoun(&quotation.before) || is_pronoun(&quotation.after) {
            return self.in_text(&quotation.paragraph, false).into_iter().next_back();
        }
        None
    }

    /// Returns the name that a report gives right beside a quotation, if nobody in the library may be meant.
    pub(super) fn stranger(&self, quotation: &Quotation) -> Option<String> {
        let name = strangers::named_beside(quotation)?;
        let folded = fold(&name);
        if ANYBODY.contains(&folded.as_str()) {
            return None;
        }
        // `老周`, `周先生` and `大山` may mean 周大山.
        let part = folded.strip_prefix(['老', '小', '阿', '大']).unwrap_or(&folded);
        let surname = names::surname_of(part).map_or(part, |length| &part[..length]);
        let with_title = names::surname_with_title(&folded).is_some();
        let is_meant = |known: &String| {
            known.contains(&folded) || folded.contains(known.as_str()) || with_title && known.starts_with(surname)
        };
        (!self.called.keys().any(is_meant)).then_some(name)
    }

    /// Returns the people named in a text, in order. With `speaking`, people who are spoken to are left out.
    fn in_text(&self, text: &str, speaking: bool) -> Vec<NamedPeople> {
        let Some(find) = &self.find else { return Vec::new() };
        let folded = fold(text);
        let found = find.find_iter(&folded).filter(|found| {
            let (before, after) = (&folded[..found.start()], &folded[found.end()..]);
            let object = OBJECTS.iter().any(|word| before.ends_with(word) && is_apart(before, word));
            let owner = ["的", "'s ", "’s "].iter().any(|mark| after.starts_with(mark));
            // `记者` and `host` may be anybody, unless they speak here.
            let anybody =
                ANYBODY.contains(&found.as_str()) && !SPEAKS.iter().any(|verb| after.trim_start().starts_with(verb));
            !speaking || !object && !owner && !anybody
        });
        found
            .filter_map(|found| {
                let people = self.called.get(found.as_str())?.clone();
                let name = self.names.get(*people.first()?)?.clone();
                Some(NamedPeople { name, people })
            })
            .collect()
    }
}

fn is_apart(before: &str, word: &str) -> bool {
    let first = before[..before.len() - word.len()].chars().next_back();
    word.chars().any(is_chinese) || first.is_none_or(|c| !c.is_alphanumeric())
}

fn fold(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a name can tell somebody in a running text. A single letter, a number or a dash cannot.
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !matches!(name, "the" | "and" | "unknown")
}
