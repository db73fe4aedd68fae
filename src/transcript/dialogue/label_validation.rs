//! Which marks of a transcript name speakers. It looks at all lines at once and splits nothing.

use std::collections::{HashMap, HashSet};

use super::asking_verbs;
use super::label_layout;
use super::labelled_line::LabelledLine;
use super::misspelt;
use super::name_lexicon;
use super::names::{self, LabelRole, Likeness};
use super::non_speech;
use super::person_name;
use super::retold;
use super::short_names;
use super::speaker_labels::{self, LabelStyle, SpeakerLabel};
use crate::text::script::simplified;
use crate::text::segment::is_chinese;

/// Styles that one transcript mixes.
fn group(style: LabelStyle) -> u8 {
    match style {
        LabelStyle::Label => 0,
        LabelStyle::Heading | LabelStyle::BareHeading => 1,
        LabelStyle::Bold | LabelStyle::BareBold => 2,
        LabelStyle::Bracket | LabelStyle::Paren => 3,
        LabelStyle::Colon | LabelStyle::Timed => 4,
        LabelStyle::Dash => 5,
        LabelStyle::Tab => 6,
        LabelStyle::Caps => 7,
        LabelStyle::Alone | LabelStyle::Titled => 8,
    }
}

/// Removes marks that are not speakers' names. Returns the interviewers where numbers before their
/// names reveal them. `people` are those whom fields above the interview name.
pub(crate) fn speakers(lines: &mut [LabelledLine<'_>], people: &HashSet<String>) -> Vec<String> {
    let mut hosts = numbered_hosts(lines);
    hosts.extend(label_layout::titles(lines));
    hosts.extend(asking_verbs::hosts(lines));
    label_layout::counted(lines);
    label_layout::questions_above(lines);
    label_layout::times(lines);
    // `A:` is an answer only if there is a `Q:`. Otherwise it is a speaker called A.
    let asked = lines.iter().any(|line| line.mark.is_some_and(|mark| matches!(mark.label, Some((LabelRole::Asks, _)))));
    for line in lines.iter_mut() {
        if let Some(mark) = line.mark.as_mut().filter(|_| !asked)
            && mark.label.take().is_some()
        {
            mark.style = LabelStyle::Colon;
            mark.name = numbered(line.words, mark.name);
        }
    }
    hosts.extend(asking(lines));
    misspelt::unite(lines);
    short_names::unite(lines);
    retold::unmark(lines);
    let mut known = known(lines);
    known.extend(people.iter().cloned());
    known.extend(answering_once(lines));
    let mut counts: HashMap<(u8, String), usize> = HashMap::new();
    for mark in lines.iter().filter_map(|line| line.mark) {
        *counts.entry((group(mark.style), names::key(mark.name))).or_default() += 1;
    }
    let count = |mark: &SpeakerLabel<'_>| counts.get(&(group(mark.style), names::key(mark.name))).copied().unwrap_or(0);
    let context = Context::of(lines, &count);
    // A style is in use where most lines that have it name someone who comes back.
    let mut weight = [0usize; 9];
    for mark in lines.iter().filter_map(|line| line.mark) {
        let counted = mark.label.is_some() || holds(&mark, count(&mark), true);
        weight[usize::from(group(mark.style))] += usize::from(counted);
    }
    let main = (1..9u8).max_by_key(|group| (weight[usize::from(*group)], 9 - *group)).unwrap_or(4);
    let marked = weight[usize::from(main)] + weight[0];
    let dense = marked * 2 >= lines.iter().filter(|line| !non_speech::is_aside(line.words)).count().min(marked * 3 + 2);
    let distinct = counts.iter().filter(|((group, _), count)| *group == main && **count >= 2).count();
    // A person whom the text introduces, or who is called by a role, may speak once among long paragraphs.
    let surely = |mark: &SpeakerLabel<'_>| person_name::is_surely(mark.name) || known.contains(&names::key(mark.name));
    let mut opened = false;
    for line in lines.iter_mut() {
        let Some(mark) = line.mark.as_ref() else { continue };
        // The first speaker may speak once among others who come back.
        let opens = !opened && distinct >= 1 && names::likeness(mark.name) == Likeness::Fair;
        let keep = mark.label.is_some()
            || in_series(&counts, mark)
            || group(mark.style) == main
                && (context.allows(line, mark, count(mark), !opened) || known.contains(&names::key(mark.name)))
                && match mark.style {
                    LabelStyle::Alone | LabelStyle::BareBold | LabelStyle::BareHeading | LabelStyle::Dash => {
                        let named = line.apart && mark.rest.is_empty() && known.contains(&names::key(mark.name));
                        distinct >= 2 && (named || holds(mark, count(mark), false))
                    }
                    LabelStyle::Titled => true,
                    LabelStyle::Paren => distinct >= 2 && weight[0] == 0 && holds(mark, count(mark), false),
                    LabelStyle::Caps if context.indented => line.indent >= 2 && holds(mark, count(mark), true),
                    LabelStyle::Bracket | LabelStyle::Tab | LabelStyle::Caps => {
                        distinct >= 1 && holds(mark, count(mark), dense)
                    }
                    _ => holds(
                        mark,
                        count(mark),
                        dense
                            || opens
                            || distinct >= 1 && surely(mark)
                            || matches!(mark.style, LabelStyle::Heading | LabelStyle::Bold | LabelStyle::Timed),
                    ),
                };
        opened |= keep;
        if !keep {
            line.mark = None;
        }
    }
    hosts
}

/// Whether the marks of a text name nobody but those who ask: `采访者：` above answers without a name. Their marks then
/// say so.
pub(crate) fn only_asking(lines: &mut [LabelledLine<'_>]) -> bool {
    let marks = || lines.iter().filter_map(|line| line.mark);
    let all = marks().count();
    let role = |mark: &SpeakerLabel<'_>| names::role(mark.name) == Some(LabelRole::Asks);
    let asking = marks().filter(|mark| mark.rest.ends_with(['?', '？'])).count();
    let named: HashSet<String> = marks().map(|mark| names::key(mark.name)).collect();
    // A name alone does not tell it, but each of its lines asks.
    let by_form = named.len() == 1 && all >= 3 && asking == all;
    let answered = lines.windows(2).filter(|pair| pair[0].mark.is_some() && pair[1].mark.is_none()).count();
    let plain = marks().all(|mark| mark.label.is_none() && !mark.rest.is_empty());
    let only =
        plain && (2..=answered + 1).contains(&all) && (marks().all(|mark| role(&mark)) && asking * 2 >= all || by_form);
    for mark in lines.iter_mut().filter_map(|line| line.mark.as_mut()).filter(|_| only) {
        mark.label = Some((LabelRole::Asks, None));
    }
    only
}

/// Names that have a question mark every time, more than once.
fn asking(lines: &mut [LabelledLine<'_>]) -> Vec<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for mark in lines.iter().filter_map(|line| line.mark).filter(|mark| mark.style == LabelStyle::Colon) {
        let (asks, all) = counts.entry(names::key(mark.name)).or_default();
        *asks += usize::from(mark.asks);
        *all += 1;
    }
    let asking = |name: &str| counts.get(&names::key(name)).is_some_and(|(asks, all)| *asks >= 2 && asks == all);
    for line in lines.iter_mut() {
        // `Why?: because` names nobody.
        if line.mark.is_some_and(|mark| mark.asks && !asking(mark.name)) {
            line.mark = None;
        }
    }
    counts.iter().filter(|(name, _)| asking(name)).map(|(name, _)| name.clone()).collect()
}

/// The participants that a line above names: `采访对象：张三（客服），李四（主管）`.
fn known(lines: &[LabelledLine<'_>]) -> HashSet<String> {
    const HEADS: [&str; 16] = [
        "采访对象",
        "访谈对象",
        "受访者",
        "受访人",
        "嘉宾",
        "参与者",
        "参会人员",
        "出席人员",
        "与会者",
        "主持人",
        "participants",
        "attendees",
        "speakers",
        "present",
        "guests",
        "interviewees",
    ];
    let mut all = HashSet::new();
    // A person who is asked by name answers: `江山怎么说？` above `江山：我也高兴。`
    for pair in lines.windows(2) {
        if let Some(mark) = pair[1].mark.filter(|mark| name_lexicon::is_full_name(&simplified(mark.name)))
            && pair[0].words.ends_with(['?', '？'])
            && pair[0].words.contains(mark.name)
        {
            all.insert(names::key(mark.name));
        }
    }
    let heads = lines.iter().filter_map(|line| line.mark).filter(|mark| {
        mark.style == LabelStyle::Colon
            && HEADS.contains(&names::key(mark.name).as_str())
            && mark.rest.chars().count() <= 200
    });
    // `Jane Doe - Vice President` in a list of participants.
    for line in &lines[..lines.len() / 2] {
        let sentence = line.words.ends_with(['.', '?', '!', '。', '？', '！']);
        if let Some(mark) = line.mark.filter(|mark| mark.style == LabelStyle::Dash && !sentence)
            && line.words.chars().count() <= 110
            && names::likeness(mark.name) >= Likeness::Fair
        {
            all.insert(names::key(mark.name));
        }
    }
    for mark in heads {
        for part in mark.rest.split([',', '，', '、', ';', '；', '/']) {
            let name = part.split(['（', '(', '：', ':']).next().unwrap_or(part).trim();
            if names::likeness(name) >= Likeness::Fair {
                all.insert(names::key(name));
            }
        }
    }
    all
}

/// A mark with a colon or a label.
fn named<'a>(line: &LabelledLine<'a>) -> Option<SpeakerLabel<'a>> {
    line.mark.filter(|mark| matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold | LabelStyle::Label))
}

/// Those who answer once, right below a question of somebody who asks: an official at a press conference.
fn answering_once(lines: &[LabelledLine<'_>]) -> Vec<String> {
    let asks = |mark: &SpeakerLabel<'_>| match mark.label {
        Some((role, _)) => role == LabelRole::Asks,
        None => names::role(mark.name) == Some(LabelRole::Asks) || name_lexicon::is_media(&simplified(mark.name)),
    };
    let mut before: Option<SpeakerLabel<'_>> = None;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(mark) = named(line).filter(|mark| names::likeness(mark.name) > Likeness::None) else { continue };
        let asked = before.replace(mark).is_some_and(|before| asks(&before));
        let put = at.checked_sub(1).is_some_and(|above| lines[above].words.ends_with(['?', '？']));
        // His words are one paragraph, so that no remark of the question is taken for him.
        let next = lines.get(at + 1 + usize::from(mark.rest.is_empty()));
        let brief =
            next.is_none_or(|next| named(next).is_some_and(|next| names::likeness(next.name) >= Likeness::Fair));
        // An office before the name shows that it is one.
        let brief = brief || mark.name.contains([' ', '\u{3000}']) && mark.name.chars().any(is_chinese);
        if asked && put && mark.label.is_none() && !asks(&mark) && brief && person_name::may_answer(mark.name) {
            found.push(names::key(mark.name));
        }
    }
    found
}

/// Whether a number that speaks once follows the numbers that come back: `5` after 1 to 4.
fn in_series(counts: &HashMap<(u8, String), usize>, mark: &SpeakerLabel<'_>) -> bool {
    let count = |number: u32| counts.get(&(group(mark.style), number.to_string())).copied().unwrap_or(0);
    let Some(number) =
        Some(mark.name).filter(|_| mark.style == LabelStyle::Colon).and_then(|name| name.parse::<u32>().ok())
    else {
        return false;
    };
    let back = (0..number.min(100)).filter(|number| count(*number) >= 2).count();
    number < 100 && back >= 3 && (1..number).all(|before| count(before) >= 1)
}

/// A label that is a name, with its number: `A2`.
fn numbered<'a>(line: &'a str, name: &'a str) -> &'a str {
    let from = (name.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    let to = from + name.len();
    let digits = line.get(to..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    line.get(from..to + digits).unwrap_or(name)
}

/// The mark of a line that has a number of a question.
fn asked<'a>(line: &LabelledLine<'a>) -> Option<SpeakerLabel<'a>> {
    line.mark.filter(|mark| matches!(mark.label, Some((LabelRole::Asks, Some(_)))))
}

/// `Q12 Chair: words`: the number counts questions, and the name is the speaker's.
fn numbered_hosts(lines: &mut [LabelledLine<'_>]) -> Vec<String> {
    let lower = HashSet::new();
    let within = |mark: &SpeakerLabel<'_>| {
        let named = speaker_labels::mark(mark.rest, false)?;
        let colon = matches!(named.style, LabelStyle::Colon | LabelStyle::Bold)
            && named.label.is_none()
            && !named.rest.is_empty();
        let likely = names::likeness(named.name) == Likeness::Sure || person_name::is_somebody(named.name, &lower);
        (colon && likely && names::likeness(named.name) >= Likeness::Fair).then(|| names::key(named.name))
    };
    let all = lines.iter().filter_map(asked).count();
    let named = lines.iter().filter_map(asked).filter(|mark| within(mark).is_some()).count();
    if named < 2 || named * 3 < all * 2 {
        return Vec::new();
    }
    let mut hosts = Vec::new();
    for line in lines.iter_mut() {
        if let Some(mark) = asked(line)
            && within(&mark).is_some()
            && let Some(found) = speaker_labels::mark(mark.rest, false)
        {
            hosts.push(names::key(found.name));
            line.mark = Some(SpeakerLabel { style: LabelStyle::Colon, ..found });
        }
    }
    hosts.sort();
    hosts.dedup();
    hosts
}

/// What the marks of a transcript have in common. An odd mark differs from it.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an observation of its own")]
struct Context {
    /// Whether a turn begins after an empty line.
    apart: bool,
    /// The names that stand after an empty line at least once.
    set_apart: HashSet<String>,
    /// Whether the speakers' names stand with times.
    timed: bool,
    /// Whether nobody who comes back has a time before the name. Lines with one are then a schedule: `14:00 收摊`.
    schedule: bool,
    /// Whether one of the speakers asks, in a text so short that each line has its own speaker.
    every: Option<bool>,
    /// Words that the text writes in lower case.
    lower: HashSet<String>,
    /// The numbers of lines at which a sentence goes on, in a text whose lines are cut at one width.
    cut: HashSet<usize>,
    /// Whether turns are indented and their further lines are not, as in minutes of a congress.
    indented: bool,
}

impl Context {
    fn of(lines: &[LabelledLine<'_>], count: &dyn Fn(&SpeakerLabel<'_>) -> usize) -> Self {
        let mut context = Self::default();
        let (mut regular, mut apart, mut timed, mut untimed) = (0usize, 0usize, 0usize, 0usize);
        for line in lines {
            let Some(mark) = line.mark.as_ref() else { continue };
            if line.apart {
                context.set_apart.insert(names::key(mark.name));
            }
            let likeness = names::likeness(mark.name);
            if likeness == Likeness::Sure || likeness == Likeness::Fair && count(mark) >= 2 {
                regular += 1;
                apart += usize::from(line.apart);
                timed += usize::from(mark.style == LabelStyle::Timed);
                untimed += usize::from(mark.style == LabelStyle::Colon);
            }
        }
        let caps = || lines.iter().filter(|line| line.mark.is_some_and(|mark| mark.style == LabelStyle::Caps));
        let indented = caps().filter(|line| line.indent >= 2).count();
        context.indented =
            indented >= 3 && indented * 5 >= caps().count() * 4 && lines.iter().any(|line| line.indent == 0);
        context.cut = cut(lines);
        context.apart = regular >= 4 && apart * 10 >= regular * 9;
        context.timed = timed >= 3 && timed > 2 * untimed;
        let (mut leads, mut plain) = (0usize, 0usize);
        for line in lines {
            let Some(mark) = line.mark.filter(|mark| mark.style != LabelStyle::Alone) else { continue };
            let back = mark.label.is_some() || count(&mark) >= 2 && names::likeness(mark.name) >= Likeness::Fair;
            leads += usize::from(back && is_led(line, &mark));
            plain += usize::from(back && mark.style != LabelStyle::Timed);
        }
        context.schedule = leads == 0 && plain >= 3;
        let named = |line: &LabelledLine<'_>| {
            let colon = line.mark.filter(|mark| mark.style == LabelStyle::Colon && !mark.rest.is_empty());
            colon.is_some_and(|mark| count(&mark) == 1 && names::likeness(mark.name) >= Likeness::Fair)
        };
        let asks = lines.iter().any(|line| line.words.ends_with(['?', '？']));
        context.every = lines.iter().all(named).then_some(asks);
        let words = lines.iter().flat_map(|line| line.words.split(|c: char| !c.is_alphanumeric()));
        context.lower =
            words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned).collect();
        context
    }

    /// Whether nothing around a mark shows that it heads a remark and not a turn.
    fn allows(&self, line: &LabelledLine<'_>, mark: &SpeakerLabel<'_>, count: usize, first: bool) -> bool {
        let timed = mark.style == LabelStyle::Timed && is_led(line, mark);
        // `我们车间` above `主任：你们看见了吧`: the words before the colon end what stands above.
        if count == 1 && names::role(mark.name).is_none() && self.cut.contains(&line.number) {
            return false;
        }
        if timed && self.schedule && mark.rest.is_empty() {
            return false;
        }
        // `原创 吴晚 2024-03-09 21:00 上海` tells when a page was published.
        if mark.style == LabelStyle::Timed
            && !timed
            && !self.timed
            && count == 1
            && mark.time.is_some_and(|time| time.of_day)
            && names::likeness(mark.name) < Likeness::Sure
        {
            return false;
        }
        // `[00:06:13] Remember: it was cold.`
        if timed && !mark.rest.is_empty() && count == 1 && names::likeness(mark.name) < Likeness::Sure {
            return person_name::is_somebody(mark.name, &self.lower);
        }
        if !matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold) || names::likeness(mark.name) == Likeness::Sure {
            return true;
        }
        // Every turn begins after an empty line, and this mark is inside a paragraph.
        if self.apart && !line.apart && count <= 3 && !self.set_apart.contains(&names::key(mark.name)) {
            return false;
        }
        if count >= 2 || self.every == Some(true) {
            return true;
        }
        // The other meanings of a word do not matter where every line has one before its colon, or
        // where a sentence opens with it.
        let (none, sentence) = (HashSet::new(), line.words.ends_with(['.', '?', '!', '。', '？', '！']));
        let lower = if self.every.is_some() || first && sentence { &none } else { &self.lower };
        !(self.timed && mark.style == LabelStyle::Colon) && person_name::is_somebody(mark.name, lower)
    }
}

/// The fewest lines that are cut in a sentence, from which a text is cut at one width.
const CUT: usize = 3;

/// The numbers of lines at which the sentence of the line above goes on, where lines are cut at one width.
fn cut(lines: &[LabelledLine<'_>]) -> HashSet<usize> {
    let width = |line: &LabelledLine<'_>| line.words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let widest = lines.iter().map(&width).max().unwrap_or(0);
    let goes_on = |pair: &[LabelledLine<'_>]| {
        let open = pair[0].words.ends_with(|c: char| c.is_alphanumeric() || "，,、；;".contains(c));
        open && !pair[1].apart && pair[1].number == pair[0].number + 1 && width(&pair[0]) * 5 >= widest * 4
    };
    let found = lines.windows(2).filter(|pair| goes_on(pair));
    let plain = |line: &LabelledLine<'_>| line.mark.is_none_or(|mark| mark.style == LabelStyle::Alone);
    let (plain, all): (Vec<bool>, HashSet<usize>) = found.map(|pair| (plain(&pair[1]), pair[1].number)).unzip();
    if plain.into_iter().filter(|plain| *plain).count() >= CUT { all } else { HashSet::new() }
}

/// Whether a time stands before a name.
fn is_led(line: &LabelledLine<'_>, mark: &SpeakerLabel<'_>) -> bool {
    mark.time.is_some() && !line.words.trim_start_matches(['*', '#', '>', '-', ' ']).starts_with(mark.name)
}

/// Whether a mark that stands `count` times names a speaker. Among `dense`
/// marks a name that stands once is one.
fn holds(mark: &SpeakerLabel<'_>, count: usize, dense: bool) -> bool {
    let likeness = names::likeness(mark.name);
    match mark.style {
        LabelStyle::Alone | LabelStyle::BareBold | LabelStyle::BareHeading | LabelStyle::Dash => {
            likeness == Likeness::Sure || (likeness == Likeness::Fair && count >= 2)
        }
        _ => match likeness {
            Likeness::Sure => true,
            Likeness::Fair => count >= 2 || dense,
            Likeness::Weak => count >= 2 && dense || count >= 3,
            Likeness::None => false,
        },
    }
}
