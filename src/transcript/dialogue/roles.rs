//! Who asks and who answers, with a probability: from what the source says, or else from how they
//! speak. It does not split or change a turn.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::name_lexicon;
use super::names::{self, LabelRole};
use super::quotation;
use super::speaking_style::{self, SpeakingStyle};
use super::turn::{DialogueItem, Turn, Turns};
use crate::text::script::simplified;
use crate::transcript::problem::{Problem, ProblemKind};
use crate::transcript::read_options::ReadOptions;
use crate::transcript::span::Span;

/// A speaker of one transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The first spelling in the source.
    pub name: String,
    /// The number of turns.
    pub turns: usize,
    /// Whether the turns are questions rather than answers.
    pub asks: bool,
    /// The role, which may be undecided.
    pub role: SpeakerRole,
    /// The probability that this speaker is the interviewer, in percent.
    pub asks_percent: u8,
}

/// What a speaker does in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LabelRole)]
pub enum SpeakerRole {
    /// Every turn is a question, matched and never quoted.
    Asks,
    /// Every turn is an answer.
    Answers,
    /// The role is not certain. A turn without the form of a question can be quoted, and says so.
    Undecided,
}

/// A speaker asks from this probability on, and answers up to its complement. Between them the role is
/// undecided.
const SURE: f64 = 0.65;

impl SpeakerRole {
    fn of(probability: f64) -> Self {
        if probability >= SURE {
            Self::Asks
        } else if probability <= 1.0 - SURE {
            Self::Answers
        } else {
            Self::Undecided
        }
    }
}

/// Who asks, and the reason.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    pub(crate) speakers: Vec<Speaker>,
    /// A sentence for a person; may be empty.
    pub(crate) why: String,
    pub(crate) problems: Vec<Problem>,
    /// Starts of turns with the form of a question, of undecided and unnamed speakers.
    asked: HashSet<usize>,
    /// The role of each speaker, by name.
    parts: HashMap<String, SpeakerRole>,
}

impl Roles {
    /// Whether a turn asks.
    pub(crate) fn asks(&self, turn: &Turn) -> bool {
        let by_form = || turn.stretches.first().is_some_and(|first| self.asked.contains(&first.start()));
        match (&turn.label, &turn.speaker) {
            (Some((role, _)), _) => *role == LabelRole::Asks,
            (None, Some(name)) => match self.part(name) {
                Some(SpeakerRole::Asks) => true,
                Some(SpeakerRole::Undecided) => by_form(),
                _ => false,
            },
            (None, None) => by_form(),
        }
    }

    /// Whether the role of this turn's speaker is undecided.
    pub(crate) fn is_undecided(&self, turn: &Turn) -> bool {
        turn.label.is_none()
            && turn.speaker.as_ref().is_some_and(|name| self.part(name) == Some(SpeakerRole::Undecided))
    }

    fn part(&self, name: &str) -> Option<SpeakerRole> {
        self.parts.get(name).copied()
    }
}

/// The number of unnamed turns from which their form decides which of them ask.
const UNNAMED: usize = 2;

/// Decides who asks, by the options of the user, the front matter of `source`, names, and how each
/// person speaks.
pub(crate) fn infer(text: &str, turns: &[&Turn], source: &Turns, options: &ReadOptions) -> Roles {
    let (told, hosts) = (&options.interviewers, &source.hosts);
    let manners = speaking_style::of(text, turns);
    let mut roles = Roles::default();
    // Each name folded once: there may be as many who ask as there are speakers.
    let keys = |list: &[String]| list.iter().map(|name| names::key(names::clean(name))).collect::<HashSet<String>>();
    let (told_keys, host_keys, guest_keys) = (keys(told), keys(hosts), keys(&source.guests));
    let speaking: HashSet<String> = manners.iter().map(|manner| names::key(&manner.name)).collect();
    let matches = |keys: &HashSet<String>, name: &str| keys.contains(&names::key(name));
    let by = |asks: &dyn Fn(&SpeakingStyle) -> bool| manners.iter().map(asks).collect::<Vec<bool>>();
    for unknown in told.iter().filter(|told| !speaking.contains(&names::key(names::clean(told)))) {
        let speakers = manners.iter().map(|manner| manner.name.clone()).take(12).collect();
        roles.problems.push(Problem::new(1, ProblemKind::Nobody { name: unknown.clone(), speakers }));
    }
    let role = |manner: &SpeakingStyle| names::role(&manner.name);
    let some = |asks: &[bool]| asks.iter().any(|asks| *asks) && asks.iter().any(|asks| !asks);
    let certain = |asks: Vec<bool>| asks.into_iter().map(|asks| if asks { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
    let told_so = by(&|manner| matches(&told_keys, &manner.name));
    let media = |manner: &SpeakingStyle| manner.asking >= 0.2 && name_lexicon::is_media(&simplified(&manner.name));
    let credited =
        by(&|manner| matches(&host_keys, &manner.name) || role(manner) == Some(LabelRole::Asks) || media(manner));
    let guests = by(&|manner| role(manner) == Some(LabelRole::Answers) || matches(&guest_keys, &manner.name));
    let others: Vec<bool> = guests.iter().map(|guest| !guest).collect();
    let (likely, how) = if options.nobody_asks {
        (vec![0.0; manners.len()], "as you said")
    } else if told_so.iter().any(|told| *told) {
        (certain(told_so), "as you said")
    } else if source.questions_told {
        (vec![0.0; manners.len()], "the layout says what is asked")
    } else if some(&credited) {
        // An audience and a chair are not the only ones who ask.
        let open = manners.iter().zip(&credited).any(|(manner, asks)| *asks && names::is_open(&manner.name));
        let respond = responding(text, turns, &manners, &credited);
        let likely = if open { beside_credited(&manners, &credited, &guests, &respond) } else { certain(credited) };
        (likely, "by the source's own word for them")
    } else if manners.len() == 2 && some(&others) {
        (certain(others), "the other is the interviewee by the source's own word")
    } else if headings_ask(text, source) && manners.iter().all(|manner| manner.asking < OFTEN) {
        (vec![0.0; manners.len()], "the headings ask")
    } else {
        (probabilities(&manners), "by how often they ask and how briefly they speak")
    };
    // Whoever asks and answers by the words of their labels is nobody's interviewer.
    let both: HashSet<&str> =
        turns.iter().filter(|turn| turn.label.is_some()).filter_map(|turn| turn.speaker.as_deref()).collect();
    let asks = |turn: &&Turn| matches!(turn.label, Some((LabelRole::Asks, _)));
    let only_asks = |name: &str| turns.iter().filter(|turn| turn.speaker.as_deref() == Some(name)).all(asks);
    let likely: Vec<f64> = likely
        .into_iter()
        .zip(&manners)
        .map(|(likely, manner)| {
            let labelled = both.contains(manner.name.as_str());
            if labelled { f64::from(u8::from(only_asks(&manner.name))) } else { likely }
        })
        .collect();
    let mut sentences: Vec<String> = Vec::new();
    for (manner, _) in
        manners.iter().zip(&likely).filter(|(_, likely)| SpeakerRole::of(**likely) != SpeakerRole::Answers)
    {
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
        .zip(likely)
        .map(|(manner, likely)| {
            let role = SpeakerRole::of(likely);
            let asks_percent = (likely * 100.0).round() as u8;
            Speaker { name: manner.name, turns: manner.turns, asks: role == SpeakerRole::Asks, role, asks_percent }
        })
        .collect();
    roles.parts = roles.speakers.iter().map(|one| (one.name.clone(), one.role)).collect();
    roles.asked = by_form(text, turns, source, &roles);
    roles
}

/// Whether most headings ask, each above a turn: an interview by mail with several experts.
fn headings_ask(text: &str, source: &Turns) -> bool {
    let asks = |span: &Span| span.of_text(text).is_some_and(quotation::asks);
    let heading = |item: &DialogueItem| matches!(item, DialogueItem::Heading { .. });
    let all = source.items.iter().filter(|item| heading(item)).count();
    let above = source.items.windows(2).filter(|pair| match &pair[0] {
        DialogueItem::Heading { span } => asks(span) && !heading(&pair[1]),
        DialogueItem::Turn(_) => false,
    });
    let above = above.count();
    above >= 2 && above * 2 >= all
}

/// Starts of turns with the form of a question, of undecided speakers, and of unnamed ones where
/// several take turns.
fn by_form(text: &str, turns: &[&Turn], source: &Turns, roles: &Roles) -> HashSet<usize> {
    let unnamed = turns.iter().filter(|turn| turn.speaker.is_none() && turn.label.is_none()).count();
    // Headings that ask are the questions of a text without names.
    let headed = source.items.iter().any(|item| matches!(item, DialogueItem::Heading { .. }));
    let unnamed = if source.marked && !headed && !source.questions_told { unnamed } else { 0 };
    let form = turns.iter().filter(|turn| {
        let nobody = turn.speaker.is_none() && turn.label.is_none() && unnamed >= UNNAMED;
        let words: Vec<&str> = turn.stretches.iter().filter_map(|stretch| stretch.of_text(text)).collect();
        (nobody || roles.is_undecided(turn)) && speaking_style::is_question(&words)
    });
    form.filter_map(|turn| turn.stretches.first()).map(|first| first.start()).collect()
}

/// Below this difference between two speakers neither is the interviewer.
const CLEAR: f64 = 0.05;
/// A speaker with this share of questions is an interviewer if others answer at more length.
const OFTEN: f64 = 0.34;

fn by_pair(first: &SpeakingStyle, second: &SpeakingStyle) -> [bool; 2] {
    let brevity = ((second.length() + 1.0) / (first.length() + 1.0)).ln().clamp(-1.5, 1.5);
    let lead = first.asking - second.asking + 0.3 * brevity;
    // A monologue with one remark in it has no interviewer to be sure of.
    if first.asking.max(second.asking) < CLEAR {
        return [false, false];
    }
    if lead > -CLEAR { [true, false] } else { [false, true] }
}

/// The probability that people beside an audience, a chair or reporters ask: certain for those called
/// so, likely for those who put similar questions to the main speaker.
fn beside_credited(manners: &[SpeakingStyle], credited: &[bool], guests: &[bool], respond: &[bool]) -> Vec<f64> {
    let anchor = anchor(manners.iter().zip(credited).filter(|(_, asks)| !**asks).map(|(manner, _)| manner));
    let Some(anchor) = anchor else { return credited.iter().map(|asks| f64::from(u8::from(*asks))).collect() };
    let likely = |manner: &SpeakingStyle| {
        let more = manner.asking > anchor.asking + 0.1;
        let asks = manner.asking >= OFTEN
            && more
            && (manner.length() < 1.2 * anchor.length() || manner.asking >= 0.8 && manner.turns >= 3);
        if asks {
            0.9
        } else if more && manner.asking >= 0.25 {
            0.5
        } else {
            0.1
        }
    };
    let each = manners.iter().zip(credited).zip(guests).zip(respond);
    each.map(|(((manner, credited), guest), responds)| match (credited, guest) {
        (true, _) => 1.0,
        (_, true) => 0.0,
        // Whoever answers the chair with a question of their own does not interview.
        _ if *responds => 0.1,
        _ if manner.name == anchor.name => 0.0,
        _ => likely(manner),
    })
    .collect()
}

/// Who mostly speaks right after a question of those who ask by their names.
fn responding(text: &str, turns: &[&Turn], manners: &[SpeakingStyle], credited: &[bool]) -> Vec<bool> {
    let chairs: HashSet<&str> =
        manners.iter().zip(credited).filter(|(_, asks)| **asks).map(|(manner, _)| manner.name.as_str()).collect();
    let mut after: HashMap<&str, usize> = HashMap::new();
    for pair in turns.windows(2) {
        let words: Vec<&str> = pair[0].stretches.iter().filter_map(|stretch| stretch.of_text(text)).collect();
        let chair = pair[0].speaker.as_deref().is_some_and(|name| chairs.contains(name));
        if let Some(name) = pair[1].speaker.as_deref().filter(|_| chair && speaking_style::is_question(&words)) {
            *after.entry(name).or_default() += 1;
        }
    }
    manners
        .iter()
        .map(|manner| after.get(manner.name.as_str()).is_some_and(|after| after * 2 >= manner.turns))
        .collect()
}

/// The speaker with the most speech that is no question.
fn anchor<'a>(manners: impl Iterator<Item = &'a SpeakingStyle>) -> Option<&'a SpeakingStyle> {
    manners.max_by(|a, b| {
        let weight = |manner: &SpeakingStyle| manner.chars as f64 * (1.0 - manner.asking);
        weight(a).total_cmp(&weight(b))
    })
}

/// A conversation of this many speakers is a meeting.
const MEETING: usize = 6;

fn by_manner(manners: &[SpeakingStyle]) -> Vec<bool> {
    let nobody = vec![false; manners.len()];
    if let [first, second] = manners {
        return by_pair(first, second).to_vec();
    }
    let Some(anchor) = anchor(manners.iter()) else { return nobody };
    let turns: usize = manners.iter().map(|manner| manner.turns).sum();
    // Where many answer, the speaker who hands the word on asks, not everybody who puts a question back.
    let hub = manners
        .iter()
        .filter(|manner| manner.turns * 5 >= turns && manner.asking >= 0.25 && manner.name != anchor.name)
        .filter(|manner| manner.asking > anchor.asking)
        .max_by(|a, b| a.turns.cmp(&b.turns).then(a.asking.total_cmp(&b.asking)));
    let visited = anchor.turns * 5 >= turns * 2;
    // In a meeting, the speaker with by far the most turns asks, if they ask at times.
    let mut busiest: Vec<&SpeakingStyle> = manners.iter().collect();
    busiest.sort_by_key(|manner| std::cmp::Reverse(manner.turns));
    if let [first, second, ..] = busiest[..]
        && manners.len() >= MEETING
        && hub.is_none()
        && (!visited || first.hands >= 0.6)
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
            // One question in a meeting makes no interviewer.
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
    // Professional interviewers ask often. Others at a round table put a question now and then.
    let answering: usize = manners.iter().zip(&asks).filter(|(_, asks)| !**asks).map(|(manner, _)| manner.turns).sum();
    if let Some(hub) = hub.filter(|_| answering * 3 < turns || !asks.iter().any(|asks| *asks)) {
        asks = manners.iter().map(|manner| manner.name == hub.name).collect();
    }
    asks
}

/// Kinds of evidence that a speaker asks, in the order of [`WEIGHTS`].
const EVIDENCE: usize = 12;

/// The weight of each kind of evidence, in log-odds, fit by logistic regression
/// (`models/train/roles.py`) on 190 transcripts whose interviewers are known, most of them this
/// project's own shapes. Of 442 speakers left out in twelfths, 433 are told right, 1 is undecided, 8
/// are wrong.
const WEIGHTS: [f64; EVIDENCE] = [-0.83, 1.63, 1.05, 0.88, -0.5, 0.13, -0.01, 2.06, -0.14, 0.23, 0.55, -0.33];

/// The sums over all speakers of a transcript.
struct Everybody {
    speakers: usize,
    turns: usize,
    chars: usize,
    /// Turns that ask.
    asked: f64,
}

impl Everybody {
    fn of(manners: &[SpeakingStyle]) -> Self {
        Self {
            speakers: manners.len(),
            turns: manners.iter().map(|manner| manner.turns).sum(),
            chars: manners.iter().map(|manner| manner.chars).sum(),
            asked: manners.iter().map(|manner| manner.asking * manner.turns as f64).sum(),
        }
    }
}

/// The evidence of how `manner` speaks among `everybody`; `ruled` is whether the rules of
/// [`by_manner`] say that they ask.
fn evidence(manner: &SpeakingStyle, everybody: &Everybody, ruled: bool) -> [f64; EVIDENCE] {
    let turns = everybody.turns - manner.turns;
    let chars = everybody.chars - manner.chars;
    let asked = (everybody.asked - manner.asking * manner.turns as f64).max(0.0);
    let length = chars as f64 / turns.max(1) as f64;
    let sign = |yes: bool| if yes { 1.0 } else { 0.0 };
    let several = everybody.speakers > 2;
    let all = everybody.turns.max(1) as f64;
    [
        1.0,
        manner.asking - asked / turns.max(1) as f64,
        ((length + 5.0) / (manner.length() + 5.0)).ln().clamp(-2.0, 2.0),
        sign(manner.opens),
        sign(manner.closes),
        sign(manner.introduces),
        sign(manner.introduced),
        if ruled { 1.0 } else { -1.0 },
        if several { manner.hands - 0.5 } else { 0.0 },
        (manner.turns as f64 * everybody.speakers as f64 / all).ln().clamp(-2.0, 2.0),
        sign(name_lexicon::is_media(&simplified(&manner.name))),
        sign(several && manner.turns == 1),
    ]
}

/// Below this share of questions, the share alone does not decide who asks.
const SELDOM: f64 = 0.36;
/// The limit of evidence for a speaker of whom little is known.
const DOUBTFUL: f64 = 0.6;

/// Whether two talk as equals: both ask seldom, about as often, and at about the same length.
fn even(manners: &[SpeakingStyle]) -> bool {
    let mut most: Vec<&SpeakingStyle> = manners.iter().collect();
    most.sort_by_key(|manner| std::cmp::Reverse(manner.turns));
    let [first, second, ..] = most[..] else { return false };
    let ratio = (first.length() + 5.0) / (second.length() + 5.0);
    manners.len() <= 3
        && first.turns.min(second.turns) >= 4
        && first.asking.max(second.asking) < SELDOM
        && (first.asking - second.asking).abs() < 0.15
        && (0.6..=1.6).contains(&ratio)
        && !manners.iter().any(|manner| manner.introduces)
}

/// The probability for each speaker to ask, if no name tells it.
fn probabilities(manners: &[SpeakingStyle]) -> Vec<f64> {
    let ruled = by_manner(manners);
    // Nobody asks: a monologue, or people who talk with one another.
    if manners.len() < 2 || manners.iter().all(|manner| manner.asking < CLEAR) {
        return vec![0.0; manners.len()];
    }
    let opener = manners.iter().find(|manner| manner.opens);
    // Cases that the labelled transcripts are too few to weigh: one turn says little about a speaker,
    // and a host asks a visitor back.
    let doubtful = |manner: &SpeakingStyle| {
        let visited = manner.asking < SELDOM && opener.is_some_and(|opener| opener.asking >= 0.1 && !manner.opens);
        manners.len() > 2 && manner.turns == 1
            || manners.len() <= 3 && visited && manner.turns >= 5 && !manner.introduces
    };
    let (everybody, even) = (Everybody::of(manners), even(manners));
    let likely = |(manner, ruled): (&SpeakingStyle, &bool)| {
        let sum: f64 =
            evidence(manner, &everybody, *ruled).iter().zip(WEIGHTS).map(|(seen, weight)| seen * weight).sum();
        let likely = 1.0 / (1.0 + (-sum).exp());
        let likely = if doubtful(manner) { likely.min(DOUBTFUL) } else { likely };
        if even && manner.turns > 1 { likely.clamp(1.0 - DOUBTFUL, DOUBTFUL) } else { likely }
    };
    manners.iter().zip(&ruled).map(likely).collect()
}

/// From the first word of a turn to its last.
pub(crate) fn whole(turn: &Turn) -> Option<Span> {
    let (first, last) = (turn.stretches.first()?, turn.stretches.last()?);
    Some(first.through(*last))
}

/// For the fit of [`WEIGHTS`]: each speaker with the evidence.
#[cfg(test)]
pub(crate) fn seen(text: &str, turns: &[&Turn]) -> Vec<(String, [f64; EVIDENCE])> {
    let manners = speaking_style::of(text, turns);
    let (ruled, everybody) = (by_manner(&manners), Everybody::of(&manners));
    manners
        .iter()
        .zip(ruled)
        .map(|(manner, ruled)| (manner.name.clone(), evidence(manner, &everybody, ruled)))
        .collect()
}
