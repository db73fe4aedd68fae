//! Chats exported as text: LINE, `WhatsApp`, QQ, and live chats of help desks. A message has a time and
//! a name. Lines of the program itself are not speech.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::forum;
use crate::error::ReadError;
use crate::transcript::dialogue::speaker_labels;
use crate::transcript::extract::{Extract, LineKind, SourceTurn};
use crate::transcript::limits::ReadLimits;
use crate::transcript::timestamps::{self, Moment};

struct Patterns {
    line_head: Regex,
    line_day: Regex,
    line_message: Regex,
    whatsapp: Regex,
    qq: Regex,
    named_first: Regex,
    stamped_first: Regex,
    wrote: Regex,
    elapsed: Regex,
    media: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let new = |pattern: &str| Regex::new(pattern).ok();
    let date = r"\d{1,4}(?:[-/.]\d{1,2}[-/.]|年\d{1,2}月)\d{1,4}[日號号]?";
    let time =
        r"(?:上午|下午|凌晨|清晨|早上|中午|傍晚|晚上)?\s?\d{1,2}[:：.]\d{2}(?:[:：.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?";
    Some(Patterns {
        line_head: new(r"^\[LINE\]|^(?:儲存日期|保存日期|Saved on|保存日時)\s*[:：]")?,
        line_day: new(&format!(
            r"^(?:{date}\s*[（(]?(?:[周週]|星期)?[一二三四五六日月火水木金土天]?(?:[)）])?|{date},? \w{{3,9}}|\w{{3,9}},? {date}|{date}\(\w{{3}}\))$"
        ))?,
        line_message: new(&format!(
            r"^(?P<time>{time})(?:\t(?P<name>[^\t]*)\t(?P<words>.*)|\t(?P<notice>[^\t]*)| (?P<rest>\S.*))$"
        ))?,
        whatsapp: new(&format!(
            r"^\[?(?P<when>{date},?\s{{1,2}}{time}|{time},\s{date})\]?(?:\s[-–—]\s|\s|:\s)(?:(?P<name>[^:：]{{1,60}})[:：](?:\s(?P<words>.*)|$)|(?P<notice>.*))$"
        ))?,
        qq: new(&format!(
            r"^(?P<when>{date}\s{{1,2}}{time})\s(?P<name>[^\s(（<].{{0,40}}?)\s?(?:\(\d{{4,12}}\)|（\d{{4,12}}）|<[^<>\s]+@[^<>\s]+>)$"
        ))?,
        named_first: new(&format!(
            r"^(?P<name>[^\s\d:：][^:：\t]{{0,39}}?),?\s+\[?(?P<when>{date},?\s{{1,2}}{time})\]?$"
        ))?,
        // `[Yesterday 2:05 PM] Ann` above the words, as Teams copies a chat.
        stamped_first: new(&format!(
            r"(?i)^\[(?P<when>(?:(?:yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|gestern|heute|hier|昨天|今天|前天|星期.|周.),?\s{{1,2}}{time}|(?:{date}|\d{{1,2}}[/.]\d{{1,2}}),?\s{{1,2}}{time}|\d{{1,2}}:\d{{2}}\s?[ap]m|[上下]午\s?\d{{1,2}}:\d{{2}}))\]\s+(?P<name>[^:：\[\]]{{2,60}})$"
        ))?,
        // `Agent Lee wrote on 3 May 2024, 10:02:` above the words, as in a ticket.
        wrote: new(&format!(
            r"^(?P<name>[^\s:：][^:：]{{0,39}}?)\s?(?:wrote|replied|commented|posted|schrieb|写道|寫道|回复|回覆|留言)\s?(?:on\s|at\s|am\s|于|於)?(?P<when>[^:：]{{0,24}}\b{time})\s*[:：]?$"
        ))?,
        elapsed: new(r"^\(\s*(?:(?P<h>\d{1,2})h\s*)?(?:(?P<m>\d{1,3})m\s*)?(?:(?P<s>\d{1,2})s)?\s*\)\s*(?P<rest>.*)$")?,
        media: new(
            r"(?i)^(?:<[^<>]{0,40}(?:omitted|ausgeschlossen|weggelassen|omis|omit|esclus|略去|省略|忽略|생략)[^<>]{0,10}>|(?:image|video|audio|gif|sticker|document|contact card|voice call|video call|missed (?:voice|video) call)\b.{0,20}?(?:omitted)?|\[(?:貼圖|贴图|照片|影片|图片|圖片|视频|視訊|视讯|檔案|文件|語音訊息|语音消息|语音|語音|動畫表情|动画表情|表情|相簿|聯絡資訊|位置|禮物|Photo|Video|Sticker|File|Voice message|Album|Location|Contact)\]|☎.*|messages and calls are end-to-end encrypted.*|消息和通话(?:已进行|已經過|都经过)?端到端加密.*|訊息和通話(?:已|都)?(?:進行|經過)?端對端加密.*|\u{200e}.*omitted|(?:您已收回訊息|已收回訊息|This message was deleted\.?|You deleted this message\.?|此消息已删除|此訊息已刪除))$",
        )?,
    })
});

/// A message, or a line of the program.
struct Message {
    time: Option<Moment>,
    /// `None` for a line of the program.
    name: Option<String>,
    words: Vec<String>,
}

/// Reads a chat; `None` for any other text.
pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let Some(patterns) = PATTERNS.as_ref() else { return Ok(None) };
    let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    let found = thread(&lines)
        .or_else(|| line_chat(patterns, &lines))
        .or_else(|| by(&lines, |line| whatsapp(patterns, line)))
        .or_else(|| by(&lines, |line| named_above(&patterns.qq, line)))
        .or_else(|| by(&lines, |line| named_above(&patterns.named_first, line)))
        .or_else(|| by(&lines, |line| named_above(&patterns.stamped_first, line)))
        .or_else(|| by(&lines, |line| named_above(&patterns.wrote, line)))
        .or_else(|| by(&lines, |line| elapsed(patterns, line)));
    let Some((head, messages)) = found else { return Ok(None) };
    let mut extract = Extract::new(limits);
    for line in head {
        extract.push(LineKind::Aside, line, None)?;
    }
    for message in messages {
        let words = message.words.join("\n");
        let words = words.trim();
        let media = words.lines().count() == 1 && patterns.media.is_match(words);
        if message.name.is_none() || media {
            extract.push(LineKind::Aside, words, None)?;
            continue;
        }
        extract.say(&SourceTurn {
            speaker: message.name,
            changes: false,
            words: words.to_owned(),
            from: message.time,
            to: None,
            timed: Vec::new(),
        })?;
    }
    Ok(Some(extract))
}

/// A thread of a forum.
fn thread<'a>(lines: &[&'a str]) -> Option<Found<'a>> {
    let (head, posts) = forum::posts(lines)?;
    let message = |post: forum::Post<'_>| Message {
        time: post.time,
        name: Some(post.name),
        words: post.words.into_iter().map(str::to_owned).collect(),
    };
    Some((head, posts.into_iter().map(message).collect()))
}

type Found<'a> = (Vec<&'a str>, Vec<Message>);

/// The fewest messages of a chat.
const LEAST: usize = 2;

/// Messages whose first line `message` reads. Other lines continue the one before.
fn by<'a>(lines: &[&'a str], message: impl Fn(&str) -> Option<Message>) -> Option<Found<'a>> {
    let (mut head, mut messages): (Vec<&'a str>, Vec<Message>) = (Vec::new(), Vec::new());
    for line in lines {
        if let Some(message) = message(line.trim_start_matches(['\u{feff}', '\u{200e}', '\u{200f}', ' '])) {
            messages.push(message);
        } else if let Some(last) = messages.last_mut() {
            last.words.push((*line).to_owned());
        } else {
            head.push(line);
        }
    }
    let said = messages.iter().filter(|message| message.name.is_some()).count();
    let names: HashSet<&str> = messages.iter().filter_map(|message| message.name.as_deref()).collect();
    // Lines with labels below two such lines are an interview between the times of its begin and its end.
    let labels = messages.iter().flat_map(|message| &message.words).filter(|words| speaker_labels::is_named(words));
    if labels.count() > messages.len() {
        return None;
    }
    // Each name has several messages, or two people speak.
    (said >= LEAST && names.len() * 3 <= said * 2 + 2 && head.len() <= 12 && said * 2 >= messages.len())
        .then_some((head, messages))
}

fn is_day(patterns: &Patterns, line: &str) -> bool {
    line.len() <= 60 && patterns.line_day.is_match(line.trim())
}

/// LINE: days on separate lines, and a time before each message.
fn line_chat<'a>(patterns: &Patterns, lines: &[&'a str]) -> Option<Found<'a>> {
    let first = lines.iter().map(|line| line.trim_start_matches('\u{feff}')).find(|line| !line.trim().is_empty())?;
    let marked = patterns.line_head.is_match(first);
    let days = lines.iter().filter(|line| is_day(patterns, line)).count();
    let timed = lines
        .iter()
        .filter(|line| patterns.line_message.captures(line).is_some_and(|found| found.name("words").is_some()));
    if !marked && (days == 0 || timed.count() < LEAST) {
        return None;
    }
    // Without tabs, a name ends where a known name ends.
    let whole = lines
        .iter()
        .filter_map(|line| patterns.line_message.captures(line)?.name("rest").map(|rest| rest.as_str().to_owned()));
    let names = names_before(&whole.collect::<Vec<_>>(), first);
    let (mut head, mut messages): (Vec<&'a str>, Vec<Message>) = (Vec::new(), Vec::new());
    let mut quoted = false;
    for line in lines {
        let open = messages.last_mut().filter(|message: &&mut Message| message.name.is_some() && quoted);
        if let Some(last) = open {
            quoted = !closes(line);
            let line = if quoted { line } else { line.trim_end().strip_suffix('"').unwrap_or(line) };
            last.words.push(line.replace("\"\"", "\""));
            continue;
        }
        if is_day(patterns, line) || line.trim().is_empty() && messages.is_empty() {
            if !line.trim().is_empty() {
                head_or_aside(line, &mut head, &mut messages);
            }
            continue;
        }
        let Some(found) = patterns.line_message.captures(line) else {
            match messages.last_mut() {
                Some(last) if !line.trim().is_empty() => last.words.push((*line).to_owned()),
                Some(_) => {}
                None => head.push(line),
            }
            continue;
        };
        let time = timestamps::of_day(&found["time"].replace('.', ":"));
        let part = |name: &str| found.name(name).map(|part| part.as_str().trim());
        let (name, words) = match (part("name"), part("words"), part("rest")) {
            (Some(name), Some(words), _) if !name.is_empty() => (Some(name.to_owned()), words.to_owned()),
            (_, Some(words), _) => (None, words.to_owned()),
            (_, _, Some(rest)) => match rest.split_once([' ', '\t']).filter(|(name, _)| names.contains(*name)) {
                Some((name, words)) => (Some(name.to_owned()), words.trim().to_owned()),
                None => (None, rest.to_owned()),
            },
            _ => (None, part("notice").unwrap_or_default().to_owned()),
        };
        // A message of several lines stands in quotation marks.
        let words = match words.strip_prefix('"') {
            Some(inside) if name.is_some() && !closes(inside) => {
                quoted = true;
                inside.replace("\"\"", "\"")
            }
            _ => words,
        };
        messages.push(Message { time, name, words: vec![words] });
    }
    messages.iter().any(|message| message.name.is_some()).then_some((head, messages))
}

/// Whether a line ends a quotation that was open.
fn closes(line: &str) -> bool {
    let marks = line.trim_end().chars().rev().take_while(|c| *c == '"').count();
    marks % 2 == 1
}

fn head_or_aside<'a>(line: &'a str, head: &mut Vec<&'a str>, messages: &mut Vec<Message>) {
    if messages.is_empty() {
        head.push(line);
    } else {
        messages.push(Message { time: None, name: None, words: vec![line.to_owned()] });
    }
}

/// The names that stand before messages without a tab: those that come back, or that the head
/// of the chat has.
fn names_before(rests: &[String], head: &str) -> HashSet<String> {
    // `[LINE] 與小美的聊天記錄`: a longer line is no head.
    let head = if head.len() <= 300 { head } else { "" };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for rest in rests {
        if let Some((name, _)) = rest.split_once([' ', '\t']) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let names = counts.into_iter().filter(|(name, count)| *count >= 2 || head.contains(*name));
    names.map(|(name, _)| name.to_owned()).collect()
}

fn whatsapp(patterns: &Patterns, line: &str) -> Option<Message> {
    let found = patterns.whatsapp.captures(line)?;
    let time = timestamps::of_day(&found["when"]);
    let part =
        |name: &str| found.name(name).map(|part| part.as_str().trim_matches(['\u{200e}', '\u{200f}', ' ']).to_owned());
    match part("name").filter(|name| !name.is_empty()) {
        Some(name) => Some(Message { time, name: Some(name), words: vec![part("words").unwrap_or_default()] }),
        None => Some(Message { time, name: None, words: vec![part("notice").unwrap_or_default()] }),
    }
}

/// A line with a name and a time above the words: `Ann 2024-03-05 14:06`, as in a copied chat.
fn named_above(pattern: &Regex, line: &str) -> Option<Message> {
    let found = pattern.captures(line.trim_end())?;
    let time = timestamps::of_day(&found["when"]);
    Some(Message { time, name: Some(found["name"].trim().to_owned()), words: Vec::new() })
}

/// `( 1m 12s ) Kim: May I have the number?`
fn elapsed(patterns: &Patterns, line: &str) -> Option<Message> {
    let found = patterns.elapsed.captures(line)?;
    let number = |name: &str| found.name(name).and_then(|number| number.as_str().parse::<u64>().ok());
    let (hours, minutes, seconds) = (number("h"), number("m"), number("s"));
    hours.or(minutes).or(seconds)?;
    let ms = (hours.unwrap_or(0) * 3600 + minutes.unwrap_or(0) * 60 + seconds.unwrap_or(0)) * 1000;
    let rest = found["rest"].trim();
    let named = rest
        .split_once(':')
        .filter(|(name, _)| !name.is_empty() && name.chars().count() <= 60 && !name.ends_with(['.', '?', '!']));
    let time = Some(Moment::of_recording(ms));
    Some(match named {
        Some((name, words)) => {
            Message { time, name: Some(name.trim().to_owned()), words: vec![words.trim().to_owned()] }
        }
        None => Message { time, name: None, words: vec![rest.to_owned()] },
    })
}
