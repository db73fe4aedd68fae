//! Who asks and who answers, from what the source says or, where it is silent,
//! from how they speak. Must not split or change a turn.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::names::{self, Role};
use super::turns::Turn;
use super::{Problem, Span, What};
use crate::script::simplified;

/// A speaker of one transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Speaker {
    /// As the source writes it first.
    pub name: String,
    /// How often this speaker takes the word.
    pub turns: usize,
    /// Whether the turns are questions rather than answers.
    pub asks: bool,
}

/// Who asks, and how that was told.
#[derive(Debug, Default)]
pub(super) struct Roles {
    pub(super) speakers: Vec<Speaker>,
    /// A sentence for a person; empty where there is nothing to tell.
    pub(super) why: String,
    pub(super) problems: Vec<Problem>,
    /// The names of those who ask.
    askers: HashSet<String>,
}

impl Roles {
    /// Whether a turn asks.
    pub(super) fn asks(&self, turn: &Turn) -> bool {
        match (&turn.label, &turn.speaker) {
            (Some((role, _)), _) => *role == Role::Asks,
            (None, Some(name)) => self.askers.contains(name),
            (None, None) => false,
        }
    }
}

/// How one speaker speaks.
struct Manner {
    name: String,
    turns: usize,
    chars: usize,
    /// Share of the turns that ask something, 0 to 1.
    asking: f64,
}

impl Manner {
    fn length(&self) -> f64 {
        self.chars as f64 / self.turns.max(1) as f64
    }
}

/// Tells who asks. `told` are the names that the reader of the interview gave,
/// `hosts` those that the source's front matter gives.
pub(super) fn infer(text: &str, turns: &[&Turn], told: &[String], hosts: &[String]) -> Roles {
    let manners = manners(text, turns);
    let mut roles = Roles::default();
    let matches =
        |list: &[String], name: &str| list.iter().any(|listed| names::key(names::clean(listed)) == names::key(name));
    let by = |asks: &dyn Fn(&Manner) -> bool| manners.iter().map(asks).collect::<Vec<bool>>();
    for unknown in told.iter().filter(|told| !manners.iter().any(|manner| matches(&[(*told).clone()], &manner.name))) {
        let speakers = manners.iter().map(|manner| manner.name.clone()).take(12).collect();
        roles.problems.push(Problem::new(1, What::Nobody { name: unknown.clone(), speakers }));
    }
    let role = |manner: &Manner| names::role(&manner.name);
    let some = |asks: &[bool]| asks.iter().any(|asks| *asks) && asks.iter().any(|asks| !asks);
    let told_so = by(&|manner| matches(told, &manner.name));
    let credited = by(&|manner| matches(hosts, &manner.name) || role(manner) == Some(Role::Asks));
    let others = by(&|manner| role(manner) != Some(Role::Answers));
    let (asks, how) = if told_so.iter().any(|told| *told) {
        (told_so, "as you said")
    } else if some(&credited) {
        // An audience and a chair are not the only ones who ask.
        let open = manners.iter().zip(&credited).any(|(manner, asks)| *asks && names::is_open(&manner.name));
        let asks = if open { with_others(&manners, credited) } else { credited };
        (asks, "by the source's own word for them")
    } else if manners.len() == 2 && some(&others) {
        (others, "the other is the interviewee by the source's own word")
    } else {
        (by_manner(&manners), "by how often they ask and how briefly they speak")
    };
    let mut sentences: Vec<String> = Vec::new();
    for (manner, _) in manners.iter().zip(&asks).filter(|(_, asks)| **asks) {
        let asked = (manner.asking * manner.turns as f64).round();
        let turns = manner.turns;
        sentences.push(format!(
            "{} (asks in {asked} of {turns} turn{}, {:.0} characters a turn)",
            manner.name,
            if turns == 1 { "" } else { "s" },
            manner.length()
        ));
    }
    if !sentences.is_empty() {
        roles.why = format!("{}: {how}", sentences.join(", "));
    } else if !manners.is_empty() && turns.iter().all(|turn| turn.label.is_none()) {
        "nobody asks more than the others; every turn is an answer".clone_into(&mut roles.why);
    }
    roles.speakers = manners
        .into_iter()
        .zip(asks)
        .map(|(manner, asks)| Speaker { name: manner.name, turns: manner.turns, asks })
        .collect();
    roles.askers = roles.speakers.iter().filter(|one| one.asks).map(|one| one.name.clone()).collect();
    roles
}

fn manners(text: &str, turns: &[&Turn]) -> Vec<Manner> {
    let mut order: Vec<Manner> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for turn in turns {
        let Some(name) = turn.speaker.as_deref() else { continue };
        let index = *at.entry(name).or_insert_with(|| {
            order.push(Manner { name: name.to_owned(), turns: 0, chars: 0, asking: 0.0 });
            order.len() - 1
        });
        let words: Vec<&str> = turn.stretches.iter().filter_map(|stretch| stretch.of_text(text)).collect();
        let manner = &mut order[index];
        manner.turns += 1;
        manner.chars += words.iter().map(|words| words.chars().count()).sum::<usize>();
        manner.asking += asking(&words);
    }
    for manner in &mut order {
        manner.asking /= manner.turns.max(1) as f64;
    }
    order
}

/// A turn that ends by asking asks; only its last sentences are looked at.
const LAST_CHARS: usize = 120;

/// How sure it is that a turn asks something, 0 to 1.
fn asking(words: &[&str]) -> f64 {
    const ASKS: [&str; 22] = [
        "吗",
        "什么",
        "怎么",
        "为何",
        "如何",
        "是不是",
        "有没有",
        "能不能",
        "可不可以",
        "会不会",
        "哪些",
        "哪个",
        "多少",
        "请问",
        "请您",
        "请你",
        "聊聊",
        "谈谈",
        "说说",
        "介绍一下",
        "分享一下",
        "有请",
    ];
    const INVITES: [&str; 12] = [
        "tell us",
        "tell me",
        "walk us",
        "walk me",
        "talk about",
        "describe",
        "can you explain",
        "i'd like to hear",
        "wondering",
        "i wonder",
        "just wonder",
        "i'm curious",
    ];
    let Some(last) = words.last() else { return 0.0 };
    let skip = last.chars().count().saturating_sub(LAST_CHARS);
    let tail: String = last.chars().skip(skip).collect();
    let last_sentence = tail.trim_end_matches(|c: char| c.is_whitespace() || "\"”’」』)）*_".contains(c));
    if last_sentence.ends_with(['?', '？']) {
        return 1.0;
    }
    if tail.contains(['?', '？']) {
        return 0.8;
    }
    let folded = simplified(&tail).to_lowercase();
    let invites = ASKS.iter().chain(&INVITES).any(|word| folded.contains(word));
    if invites { 0.5 } else { 0.0 }
}

/// Below this difference between two speakers neither is the interviewer.
const CLEAR: f64 = 0.05;
/// Who asks in so many turns is an interviewer, if others answer at more length.
const OFTEN: f64 = 0.34;

fn by_pair(first: &Manner, second: &Manner) -> [bool; 2] {
    let brevity = ((second.length() + 1.0) / (first.length() + 1.0)).ln().clamp(-1.5, 1.5);
    let lead = first.asking - second.asking + 0.3 * brevity;
    // A monologue with one remark in it has no interviewer to be sure of.
    if first.asking.max(second.asking) < CLEAR {
        return [false, false];
    }
    if lead > -CLEAR { [true, false] } else { [false, true] }
}

/// Those who are called askers, and who asks as they do of whoever answers most.
fn with_others(manners: &[Manner], credited: Vec<bool>) -> Vec<bool> {
    let Some(anchor) = anchor(manners.iter().zip(&credited).filter(|(_, asks)| !**asks).map(|(manner, _)| manner))
    else {
        return credited;
    };
    let asks = |manner: &Manner| {
        manner.name != anchor.name
            && manner.asking >= OFTEN
            && manner.asking > anchor.asking + 0.1
            && (manner.length() < 1.2 * anchor.length() || manner.asking >= 0.8 && manner.turns >= 3)
    };
    manners.iter().zip(credited).map(|(manner, credited)| credited || asks(manner)).collect()
}

/// Who says most that is no question.
fn anchor<'a>(manners: impl Iterator<Item = &'a Manner>) -> Option<&'a Manner> {
    manners.max_by(|a, b| {
        let weight = |manner: &Manner| manner.chars as f64 * (1.0 - manner.asking);
        weight(a).total_cmp(&weight(b))
    })
}

/// From so many speakers on it is a meeting.
const MEETING: usize = 6;

fn by_manner(manners: &[Manner]) -> Vec<bool> {
    let nobody = vec![false; manners.len()];
    if let [first, second] = manners {
        return by_pair(first, second).to_vec();
    }
    let Some(anchor) = anchor(manners.iter()) else { return nobody };
    let turns: usize = manners.iter().map(|manner| manner.turns).sum();
    // Where many answer, the one who hands the word on asks, not all who put a question back.
    let hub = manners
        .iter()
        .filter(|manner| manner.turns * 5 >= turns && manner.asking >= 0.25 && manner.name != anchor.name)
        .filter(|manner| manner.asking > anchor.asking)
        .max_by(|a, b| a.turns.cmp(&b.turns).then(a.asking.total_cmp(&b.asking)));
    let visited = anchor.turns * 5 >= turns * 2;
    // In a meeting it is who takes the word far more often than anybody, and asks at times.
    let mut busiest: Vec<&Manner> = manners.iter().collect();
    busiest.sort_by_key(|manner| std::cmp::Reverse(manner.turns));
    if let [first, second, ..] = busiest[..]
        && manners.len() >= MEETING
        && hub.is_none()
        && !visited
        && first.turns * 2 >= second.turns * 3
        && first.turns * 5 >= turns
        && first.asking >= 0.1
    {
        return manners.iter().map(|manner| manner.name == first.name).collect();
    }
    let mut asks: Vec<bool> = manners
        .iter()
        .map(|manner| {
            let (longer, more) = (anchor.length(), anchor.asking + 0.1);
            let often = manner.asking >= OFTEN && manner.length() < 1.2 * longer;
            // A second host, or one of many who ask one person.
            let among = (manner.turns >= 5 || visited) && manner.length() < 0.7 * longer;
            // One question in a meeting makes nobody its interviewer.
            let comes_back = manner.turns > 1 || visited;
            manner.name != anchor.name && manner.asking > more && comes_back && (often || among)
        })
        .collect();
    // Two who talk among others' single remarks are an interview of two.
    let mut most: Vec<usize> = (0..manners.len()).collect();
    most.sort_by_key(|at| std::cmp::Reverse(manners[*at].turns));
    let asked: usize = manners.iter().zip(&asks).filter(|(_, asks)| **asks).map(|(manner, _)| manner.turns).sum();
    if let [first, second, ..] = most[..]
        && (manners[first].turns + manners[second].turns) * 5 >= turns * 4
        && asked * 6 < turns
    {
        let (first, second) = (first.min(second), first.max(second));
        [asks[first], asks[second]] = by_pair(&manners[first], &manners[second]);
        return asks;
    }
    // Who asks for a living does it often: others of a round table put a question now and then.
    let answering: usize = manners.iter().zip(&asks).filter(|(_, asks)| !**asks).map(|(manner, _)| manner.turns).sum();
    if let Some(hub) = hub.filter(|_| answering * 3 < turns || !asks.iter().any(|asks| *asks)) {
        asks = manners.iter().map(|manner| manner.name == hub.name).collect();
    }
    asks
}

/// From the first word of a turn to its last.
pub(super) fn whole(turn: &Turn) -> Option<Span> {
    let (first, last) = (turn.stretches.first()?, turn.stretches.last()?);
    Some(first.through(*last))
}
