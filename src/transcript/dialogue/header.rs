//! The fields above an interview that name its people: `访谈人：何佳`, `Panelists: Tola Ade (driver), Mia Chen`, and
//! lists of guests. It takes them out before speakers are looked for, so that no field becomes one. It reads no turn.

use std::collections::{HashMap, HashSet};

use super::field::{is_said, listed, speaking_as};
use super::labelled_line::{self, LabelledLine, unnumbered};
use super::lines::ends_sentence;
use super::name_lexicon;
use super::names::{self, LabelRole, Likeness};
use super::non_speech;
use super::quotation;
use super::speaker_labels::{self, LabelStyle, SpeakerLabel};
use crate::text::script::simplified;
use crate::transcript::extract::LineKind;

/// The people whom the fields name.
#[derive(Debug, Default)]
pub(crate) struct Header<'a> {
    /// The lines of the fields, in order.
    pub(crate) lines: Vec<&'a str>,
    /// Those who ask, by the keys under which they speak.
    pub(crate) hosts: Vec<String>,
    /// Those who answer.
    pub(crate) guests: Vec<String>,
    /// Everybody whom a field names and who speaks below.
    pub(crate) people: HashSet<String>,
    /// Whether a field tells who asks or answers.
    pub(crate) told: bool,
}

/// The lines from the top that may hold fields, and the longest value of one.
const FIELD_LINES: usize = 40;
const VALUE_CHARS: usize = 120;

/// Words of fields that name people, in Simplified and lower case. They add to the words that tell a role.
const ASKING_FIELDS: &str = "谈话人 面谈人 约谈人 访谈人员 采访人员 访谈 采访 专访 提问人 对话人 interviewed\u{a0}by hosted\u{a0}by moderated\u{a0}by hosts moderators \
 interviewers presenters 主持人员 调查员 调查人 询问人 问话人 会见人 会见律师 承办律师 接待人 接待律师 接待员 访问员 counsel \
 examining\u{a0}counsel";
const ANSWERING_FIELDS: &str = "被谈话人 被面谈人 被约谈人 被调查人 被询问人 被问话人 被访人 受访人员 受访嘉宾 本期嘉宾 今日嘉宾 嘉宾介绍 与谈人 对谈人 与谈嘉宾 narrator narrators \
 panelist panelists panellist panellists panel guests interviewees respondents interview interview\u{a0}with subject 口述 受访单位 采访对象 访谈对象 面谈对象 被面谈者 会见对象 谈话对象 咨询人 \
 当事人 委托人 来访者 person\u{a0}interviewed witnesses deponent";
/// Words of fields that name people whose part they do not tell.
const OTHER_FIELDS: &str = "姓名 员工 员工姓名 离职员工 学生姓名 部门 岗位 职位 职务 工号 年级 班级 学校 单位 年龄 性别 学历 工龄 籍贯 民族 入职日期 离职日期 离职原因 参加人 参与人 参与者 参会人 \
 参会人员 出席者 与会者 主管 直属主管 记录人 记录员 速记 项目 编号 访谈形式 访谈方式 采访方式 联系方式 文 employee employees manager department position title\u{a0}of\u{a0}role role supervisor \
 staff\u{a0}member participants attendees speakers present name age gender occupation note-taker notetaker scribe project store site method format mode tape";
/// Words above a list of people, in Simplified and lower case.
const ROSTER_HEADS: &str = "参与者 参加者 参加人 参会人 参会人员 出席 出席人员 出席者 与会者 与会人员 嘉宾 本期嘉宾 今日嘉宾 嘉宾介绍 本期主播 主播 受访者 受访人 受访者名单 受访者信息 受访者简介 人物 \
 人物介绍 人员 人员名单 发言人 发言人员 对谈人 与谈人 成员 组员 参与人员 名单 participants attendees speakers present guests panelists panellists panel people cast hosts interviewees narrators \
 interviewers\u{a0}and\u{a0}guests our\u{a0}guests who's\u{a0}speaking on\u{a0}the\u{a0}panel";

pub(super) fn is_in(list: &str, key: &str) -> bool {
    list.split([' ', '\n']).any(|word| word.replace('\u{a0}', " ") == key)
}

/// Whether a field of this name tells who asks or who answers.
pub(super) fn part(name: &str) -> Option<LabelRole> {
    let key = names::key(names::clean(name));
    if is_in(ASKING_FIELDS, &key) {
        return Some(LabelRole::Asks);
    }
    // `被会见人`, `被告知人`: whoever something is done to.
    let done_to = key.starts_with('被') && key.ends_with(['人', '者']) && key.chars().count() <= 6;
    if done_to || is_in(ANSWERING_FIELDS, &key) {
        return Some(LabelRole::Answers);
    }
    names::role(name)
}

/// Whether a name heads a field about people or about the interview.
fn is_field_word(name: &str) -> bool {
    let key = names::key(names::clean(name));
    part(name).is_some()
        || is_in(OTHER_FIELDS, &key)
        || names::likeness(name) == Likeness::None
        || name_lexicon::is_english_noun(&key)
}

/// The mark of a line that may be a field: `Host: Rob`, `**Host:** Rob`, `- Host: Rob`.
fn field<'a>(line: &LabelledLine<'a>) -> Option<SpeakerLabel<'a>> {
    let bare = line.words.trim_matches(|c: char| c.is_whitespace() || "_->#".contains(c));
    let mark = line.mark.or_else(|| speaker_labels::mark(bare, false))?;
    let colon = matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold) && mark.label.is_none();
    let value = mark.rest;
    (colon && !value.is_empty() && value.chars().count() <= VALUE_CHARS).then_some(mark)
}

/// The fields of a line: one, or several with spaces or a semicolon between them.
pub(super) fn fields<'a>(mark: &SpeakerLabel<'a>) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let (mut name, mut value) = (mark.name, mark.rest);
    while let Some(at) = value.find([':', '：']) {
        let begins = |c: char| c.is_whitespace() || "；;|｜".contains(c);
        let before = &value[..at];
        let Some(cut) = before.rfind(begins).filter(|cut| !before[..*cut].trim().is_empty()) else { break };
        let next = before[cut..].trim_matches(begins);
        if next.is_empty() || next.chars().count() > 12 {
            break;
        }
        found.push((name, before[..cut].trim_matches(begins)));
        let colon = value[at..].chars().next().map_or(1, char::len_utf8);
        (name, value) = (next, value[at + colon..].trim());
    }
    found.push((name, value));
    found
}

/// What the lines below the fields hold.
struct Below {
    /// How often each name heads a line.
    counts: HashMap<String, usize>,
    /// The names that head lines and may speak.
    speaking: Vec<String>,
    /// Whether names come back there.
    marked: bool,
    /// The number of lines that ask, and of headings, which may stand for questions.
    asking: usize,
}

impl Below {
    fn of(lines: &[LabelledLine<'_>]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let heads = |mark: &SpeakerLabel<'_>| !matches!(mark.style, LabelStyle::Alone | LabelStyle::BareHeading);
        for mark in lines.iter().filter_map(|line| line.mark).filter(|mark| mark.label.is_none() && heads(mark)) {
            *counts.entry(names::key(mark.name)).or_default() += 1;
        }
        let speaking: Vec<String> = lines
            .iter()
            .filter_map(|line| line.mark)
            .filter(|mark| mark.label.is_none() && names::likeness(mark.name) > Likeness::None)
            .map(|mark| names::key(mark.name))
            .collect::<HashSet<String>>()
            .into_iter()
            .filter(|key| counts.get(key).is_some_and(|count| *count >= 1))
            .collect();
        let marked = counts
            .iter()
            .any(|(name, count)| *count >= 2 && names::likeness(name) >= Likeness::Fair && !is_in(OTHER_FIELDS, name));
        let stands = |line: &&LabelledLine<'_>| asks(line) || is_heading(line) || line.hint.kind == LineKind::Asked;
        let asking = lines.iter().filter(stands).count();
        Self { counts, speaking, marked, asking }
    }

    /// The name under which a person of a field speaks.
    fn named(&self, value: &str) -> Option<String> {
        let below: Vec<&str> = self.speaking.iter().map(String::as_str).collect();
        speaking_as(value, &below).filter(|name| !name.is_empty())
    }
}

fn asks(line: &LabelledLine<'_>) -> bool {
    quotation::asks(line.words.trim_start_matches('#').trim().trim_matches(['*', '_', ' ']))
}

/// A heading, or a line in bold.
fn is_heading(line: &LabelledLine<'_>) -> bool {
    matches!(line.hint.kind, LineKind::Heading | LineKind::Bold)
        || line.words.starts_with("##")
        || line.words.strip_prefix("**").is_some_and(|words| words.ends_with("**"))
}

/// Takes the fields and the lists of people above an interview out of its lines.
pub(crate) fn take<'a>(lines: &mut Vec<LabelledLine<'a>>) -> Header<'a> {
    let mut header = Header::default();
    let all = Below::of(lines);
    let mut taken = vec![false; lines.len()];
    rosters(lines, &all, &mut taken, &mut header);
    let zone = zone(lines, &all, &taken);
    let below = Below::of(&lines[zone..]);
    let single = |mark: &SpeakerLabel<'_>| all.counts.get(&names::key(mark.name)).copied().unwrap_or(0) <= 1;
    let candidates: Vec<(usize, SpeakerLabel<'a>)> = (0..zone)
        .filter(|at| !taken[*at])
        .filter_map(|at| Some((at, field(&lines[at]).filter(|mark| single(mark))?)))
        .collect();
    // A field names somebody who speaks below, or stands where nobody below is named.
    let sure = |mark: &SpeakerLabel<'_>| {
        // `Witnesses: Ann Pike, Robert Lowe.` is a list, if all of them speak.
        if is_said(mark.rest) {
            let people = listed(mark.rest.trim_end_matches(['.', '。']));
            return part(mark.name).is_some() && people.iter().all(|one| below.named(one).is_some());
        }
        fields(mark).iter().any(|(name, value)| {
            let people = part(name).is_some() || is_in(OTHER_FIELDS, &names::key(name)) || is_called(name);
            let speaks = || listed(value).iter().any(|value| below.named(value).is_some());
            people && speaks() || people && !below.marked && below.asking >= ASKED && is_description(value)
        })
    };
    let mut found: Vec<usize> = candidates.iter().filter(|(_, mark)| sure(mark)).map(|(at, _)| *at).collect();
    if !found.is_empty() {
        // Other fields stand beside them.
        for order in [candidates.iter().collect::<Vec<_>>(), candidates.iter().rev().collect()] {
            for (at, mark) in order {
                let beside = found.iter().any(|other| other.abs_diff(*at) == 1);
                if beside && !found.contains(at) && is_field_word(mark.name) && !is_said(mark.rest) {
                    found.push(*at);
                }
            }
        }
    }
    found.sort_unstable();
    for (at, mark) in candidates.iter().filter(|(at, _)| found.contains(at)) {
        taken[*at] = true;
        for (name, value) in fields(mark) {
            note(name, value, &below, &mut header);
        }
    }
    header.guests.retain(|guest| !header.hosts.contains(guest));
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        if taken[at - 1] {
            header.lines.push(line.words);
        }
        !taken[at - 1]
    });
    header
}

/// Takes the fields below the head of each part out of the lines of a text that holds several interviews: `访谈二` above
/// `受访者：孙某，男，26岁`.
pub(crate) fn take_in_parts<'a>(lines: &mut Vec<LabelledLine<'a>>) -> Vec<&'a str> {
    let labels = lines.iter().filter(|line| line.mark.is_some_and(|mark| mark.label.is_some())).count();
    let heads: Vec<usize> = (0..lines.len()).filter(|at| non_speech::is_part(bare(lines[*at].words))).collect();
    let mut taken = HashSet::new();
    for head in heads.into_iter().filter(|_| labels >= 2 * ASKED) {
        let of = (head + 1..lines.len())
            .take_while(|at| field(&lines[*at]).is_some_and(|mark| is_field_word(mark.name) && !is_said(mark.rest)));
        taken.extend(of);
    }
    labelled_line::take_out(lines, &taken)
}

/// The number of questions or headings below fields from which a text without names is an interview.
const ASKED: usize = 2;

/// Whether a value describes a person, as speech does not: it has no words of talk.
fn is_description(value: &str) -> bool {
    const TALK: [char; 11] = ['我', '你', '您', '吗', '呢', '吧', '啊', '嗎', '这', '那', '們'];
    let folded = value.to_lowercase();
    let spoken = folded.split_whitespace().any(|word| ["i", "you", "we", "is", "are", "it", "that's"].contains(&word));
    !value.contains(TALK) && !spoken
}

/// `谈话人`, `讲解员`: a word that ends as those for people do.
fn is_called(name: &str) -> bool {
    let key = names::key(name);
    !name_lexicon::is_full_name(&key) && key.chars().count() <= 8 && key.ends_with(['人', '者', '员'])
        || name_lexicon::is_noun(&key)
        || name_lexicon::is_english_noun(&key)
}

/// Notes whom a field names.
fn note(name: &str, value: &str, below: &Below, header: &mut Header<'_>) {
    let part = part(name);
    header.told |= part.is_some();
    for person in listed(value.trim_end_matches(['.', '。'])) {
        let named = below.named(person);
        let key =
            named.clone().unwrap_or_else(|| names::key(person.split(['（', '(']).next().unwrap_or(person).trim()));
        header.people.insert(key.clone());
        match (part, named) {
            (Some(LabelRole::Asks), _) => header.hosts.push(key),
            (Some(LabelRole::Answers), Some(named)) => header.guests.push(named),
            _ => {}
        }
    }
}

/// The number of lines above the interview: what stands before the first question and the first speaker who comes
/// back.
fn zone(lines: &[LabelledLine<'_>], all: &Below, taken: &[bool]) -> usize {
    let begins = |at: usize| {
        let line = &lines[at];
        if taken[at] {
            return false;
        }
        let back = line.mark.is_some_and(|mark| {
            mark.label.is_some()
                || mark.style != LabelStyle::Alone
                    && all.counts.get(&names::key(mark.name)).is_some_and(|count| *count >= 2)
                    && names::likeness(mark.name) >= Likeness::Fair
        });
        back || asks(line) || line.hint.kind == LineKind::Asked
    };
    let first = (0..lines.len()).find(|at| begins(*at));
    // Headings stand for questions. The first may be the title.
    let second = || (1..lines.len()).find(|at| is_heading(&lines[*at]) && !taken[*at]);
    first.or_else(second).unwrap_or(lines.len()).min(FIELD_LINES)
}

/// Finds lists of people below a word that heads them: `参与者：` above `P1 男 26岁`.
fn rosters(lines: &[LabelledLine<'_>], all: &Below, taken: &mut [bool], header: &mut Header<'_>) {
    for head in 0..lines.len().min(FIELD_LINES) {
        let word = bare(lines[head].words);
        let key = names::key(word);
        if taken[head] || !is_in(ROSTER_HEADS, &key) || all.counts.get(&key).is_some_and(|count| *count >= 2) {
            continue;
        }
        let mut end = head + 1;
        let mut people = Vec::new();
        while let Some(line) = lines.get(end) {
            let words = unbulleted(line.words);
            let bulleted = words.len() < line.words.len();
            let (from, under) = (end == head + 1, end > head + 1);
            let goes_on = from || !line.apart || bulleted && under && people.len() == end - head - 1;
            let short = words.chars().count() <= 80 && !ends_sentence(words) && !asks(line);
            if !goes_on || !short || words.starts_with('#') || is_in(ROSTER_HEADS, &names::key(bare(words))) {
                break;
            }
            let name = words.split(['：', ':', '—', '–', '（', '(', ',', '，', '、', '\t']).next().unwrap_or(words);
            let name = names::clean(name.trim());
            let first = name.split([' ', '\u{3000}']).next().unwrap_or(name);
            let speaks = [name, first].into_iter().map(names::key).find(|key| all.speaking.contains(key));
            let speaks = speaks.or_else(|| speaking_as(name, &all.speaking()));
            people.extend(speaks);
            end += 1;
        }
        // Somebody may be listed who does not speak. A name that stands only here speaks nowhere.
        let spoken = people.iter().filter(|key| speaks_below(lines, end, key)).count();
        let count = end - head - 1;
        if count == 0 || spoken * 2 < count {
            continue;
        }
        taken[head..end].fill(true);
        if part(word) == Some(LabelRole::Answers) {
            header.guests.extend(people.iter().cloned());
        }
        header.people.extend(people);
    }
}

fn speaks_below(lines: &[LabelledLine<'_>], from: usize, key: &str) -> bool {
    lines[from..].iter().filter_map(|line| line.mark).any(|mark| names::key(mark.name) == key)
}

impl Below {
    fn speaking(&self) -> Vec<&str> {
        self.speaking.iter().map(String::as_str).collect()
    }
}

/// A line without the marks of a heading, of a list, and of brackets around it.
pub(crate) fn bare(line: &str) -> &str {
    let marks = |c: char| c.is_whitespace() || "#*_【】[]［］〔〕<>《》=-—─:：◆■●▶".contains(c);
    unnumbered(line.trim_matches(marks)).trim_matches(marks)
}

/// A line without the sign of a list before it.
fn unbulleted(line: &str) -> &str {
    let bare = line.trim_start_matches(['-', '*', '+', '•', '·', '●', ' ']);
    if line.starts_with("**") { line } else { bare }
}

/// Whether a line in Simplified is one of the words of a list, without the marks around it.
pub(crate) fn is_word_of(list: &str, line: &str) -> bool {
    let key = names::key(bare(line));
    !key.is_empty() && key.chars().count() <= 40 && is_in(list, &simplified(&key))
}
