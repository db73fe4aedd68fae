//! The fields of a JSON object by name: words, speaker, times, and single words, as recognisers,
//! captions and chats write them. It knows no lists.

use serde_json::{Map, Value};

use super::units::RawTime;
use crate::text::segment::is_chinese;
use crate::transcript::columns::key;

pub(super) type JsonRow = Map<String, Value>;

/// Names of fields, folded, the likeliest first.
const TEXT: &str = "punctuatedword text transcript content display displaytext body utterance message msg finalsentence \
 slicesentence onebest sentence caption speech strcontent quote line paragraph word w value res utf8 words elements wordlist tokens \
 内容 文本 发言 发言内容 讲话 话语 正文 消息 原文 转写 文字 台词 对话";
const SPEAKER: &str = "userprofile speakername speakerlabel speaker speakerid speakertag spk spkid sendername senderdisplayname \
 displayname realname author participant sender from user username talker nickname name who role voice person rl \
 说话人 发言人 讲话人 姓名 名字 角色 发送者 作者 用户 讲者 发言者 人物 昵称 说话人id 发言人id 受访者 受访人 被访者 interviewee respondent";
const START: &str = "start starttime starttimestamp begin begintime from offsets timestamps offsetmilliseconds offsetinticks offset \
 startoffset startms starttimems beginms tstartms offsetstartms startsec startseconds starttimeseconds in bg st ts timestamp timestampms time date \
 createdat createddatetime createtime sentat datetime timecode 开始 开始时间 起始时间 时间 时间戳";
const END: &str = "end endtime endtimestamp to endms endtimems offsetendms endsec endseconds endtimeseconds endoffset endts stop stoptime out ed et 结束 结束时间";
const LENGTH: &str = "durationmilliseconds durationinticks duration dur ddurationms durationms";
/// Objects whose fields belong to the row: `additions.speaker`, `nBest[0].display`.
const WITHIN: [&str; 3] = ["alternatives", "nbest", "additions"];
/// Fields that hold the words one by one.
const WORDS: [&str; 8] = ["words", "elements", "wordlist", "tokens", "displaywords", "wordsinfo", "segs", "items"];

/// The first field of a row, by the names in `list`, in which `read` finds anything.
fn find<'a, T>(row: &'a JsonRow, list: &str, read: impl Fn(&str, &'a Value) -> Option<T>) -> Option<(&'a str, T)> {
    let keys: Vec<(String, &'a String, &'a Value)> = row.iter().map(|(name, value)| (key(name), name, value)).collect();
    list.split_whitespace().find_map(|listed| {
        let (folded, name, value) = keys.iter().find(|(folded, _, _)| folded == listed)?;
        Some((name.as_str(), read(folded, value)?))
    })
}

/// The first object in a row whose fields belong to it.
fn within(row: &JsonRow) -> impl Iterator<Item = &JsonRow> {
    row.iter().filter(|(name, _)| WITHIN.contains(&key(name).as_str())).filter_map(|(_, value)| match value {
        Value::Array(all) => all.first()?.as_object(),
        value => value.as_object(),
    })
}

/// The words of a row, and their field.
pub(super) fn text(row: &JsonRow) -> Option<(&str, String)> {
    let own = find(row, TEXT, |folded, value| match value {
        // Of several wordings the first is the likeliest.
        Value::Array(all) if folded == "res" => all.first().and_then(words),
        // The turns of an interview are not its words.
        Value::Array(all) if !WORDS.contains(&folded) && are_turns(all) => None,
        value => words(value),
    });
    own.or_else(|| within(row).find_map(text))
}

/// A Chinese word has at most this many characters.
const WORD_CHARS: usize = 4;

/// Whether a list holds what several say: each of its objects names a speaker, and some say more than a word.
fn are_turns(all: &[Value]) -> bool {
    let rows: Vec<&JsonRow> = all.iter().filter_map(Value::as_object).collect();
    let several = |row: &&JsonRow| {
        text(row).is_some_and(|(_, words)| {
            words.trim().contains(' ') || words.chars().filter(|c| is_chinese(*c)).count() > WORD_CHARS
        })
    };
    !rows.is_empty() && rows.iter().all(|row| speaker(row).is_some()) && rows.iter().any(several)
}

/// The speaker, and the field with the name.
pub(super) fn speaker(row: &JsonRow) -> Option<(&str, String)> {
    let own = find(row, SPEAKER, |folded, value| match value {
        // In a cue, `from` is a time.
        Value::Number(_) | Value::Null if folded == "from" => None,
        Value::String(text) if folded == "from" && (text.is_empty() || RawTime::of("from", value).is_some()) => None,
        // A role says little about the person. The value 0 means that roles were not separated.
        Value::String(text) if folded == "rl" && text == "0" => None,
        value => name(value),
    });
    own.or_else(|| within(row).find_map(speaker))
}

/// The speaker of everything in an object, apart from a name of the object itself.
pub(super) fn speaker_of_inner(row: &JsonRow) -> Option<String> {
    const NAMED: &str = "speakername speakerlabel speaker speakerid spk participant sender author 说话人 发言人";
    find(row, NAMED, |_, value| name(value)).map(|(_, name)| name)
}

/// The channel of a row.
pub(super) fn channel(row: &JsonRow) -> Option<String> {
    find(row, "channel channelid channeltag channellabel", |_, value| name(value)).map(|(_, name)| name)
}

/// The start and end of a row, and the field that holds them.
pub(super) fn times(row: &JsonRow) -> Option<(&str, RawTime, Option<RawTime>)> {
    let side = |value: &Value, which: usize, names: [&str; 2]| match value {
        Value::Object(map) => names.iter().find_map(|name| map.get(*name)).cloned(),
        Value::Array(pair) if pair.len() == 2 && !pair[which].is_array() => pair.get(which).cloned(),
        value => Some(value.clone()),
    };
    let read = |folded: &str, value: &Value, which: usize| {
        let names = if which == 0 { ["from", "start"] } else { ["to", "end"] };
        match value {
            Value::Object(map) if map.contains_key("seconds") || map.contains_key("relative") => {
                RawTime::of(folded, value)
            }
            Value::Object(_) if folded == "offsets" => RawTime::of("ms", &side(value, which, names)?),
            value => RawTime::of(folded, &side(value, which, names)?),
        }
    };
    let (name, start) = find(row, START, |folded, value| read(folded, value, 0))?;
    let pair = row.get(name).filter(|value| value.is_object() || value.is_array());
    let end = pair
        .and_then(|value| read(&key(name), value, 1))
        .filter(|end| *end != start)
        .or_else(|| find(row, END, |folded, value| read(folded, value, 1)).map(|(_, end)| end))
        .or_else(|| {
            let (_, length) = find(row, LENGTH, RawTime::of)?;
            match (start, length) {
                (RawTime::Number(start), RawTime::Number(length)) => Some(RawTime::Number(start + length)),
                (RawTime::Told(start), RawTime::Told(length)) => {
                    Some(RawTime::Told(crate::transcript::timestamps::Moment {
                        ms: start.ms.saturating_add(length.ms),
                        ..start
                    }))
                }
                _ => None,
            }
        });
    Some((name, start, end))
}

/// The words of a row one by one, if it has them.
pub(super) fn each_word(row: &JsonRow) -> Option<&Vec<Value>> {
    let own = row.iter().find_map(|(name, value)| {
        value.as_array().filter(|all| WORDS.contains(&key(name).as_str()) && all.first().is_some_and(Value::is_object))
    });
    own.or_else(|| within(row).find_map(each_word))
}

/// A word with the punctuation from a separate field, perhaps a space.
pub(super) fn word(row: &JsonRow) -> Option<String> {
    let own = find(row, TEXT, |_, value| value.as_str().map(str::to_owned)).map(|(_, word)| word);
    let mut word = own.or_else(|| within(row).find_map(word))?;
    if let Some(mark) = row.get("punctuation").and_then(Value::as_str) {
        word.push_str(mark);
    }
    // The marks of time that Whisper writes.
    (!word.trim().starts_with("[_")).then_some(word)
}

/// Whether a word continues the one before, without a space.
fn attaches(row: &JsonRow) -> bool {
    let says = |name: &str| row.get(name).and_then(Value::as_str);
    says("attaches_to") == Some("previous") || ["punctuation", "punct"].iter().any(|kind| says("type") == Some(kind))
}

/// Joins words with the spaces that their language and their source put between them.
pub(super) fn joined<'a>(rows: impl Iterator<Item = &'a JsonRow> + Clone) -> String {
    let spaced = rows.clone().filter_map(word).filter(|word| word.starts_with(' ') || word.ends_with(' ')).count() > 0;
    let mut said = String::new();
    for word_row in rows {
        let Some(word) = word(word_row) else { continue };
        if !spaced && !said.is_empty() && !attaches(word_row) && needs_space(&said, &word) {
            said.push(' ');
        }
        said.push_str(&word);
    }
    said.trim().to_owned()
}

fn needs_space(before: &str, after: &str) -> bool {
    let wide =
        |c: char| is_chinese(c) || ('\u{3000}'..='\u{30ff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    let (last, first) = (before.chars().next_back(), after.chars().next());
    let mark = first.is_some_and(|c| ",.?!;:%)]}”’".contains(c)) && after.chars().all(|c| !c.is_alphanumeric());
    !(mark || last.is_some_and(wide) || first.is_some_and(wide))
}

/// The words of a value: a text, or pieces of a text.
pub(super) fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()).filter(|words| !words.trim().is_empty()),
        Value::Array(parts) => {
            let objects = || parts.iter().filter_map(Value::as_object);
            let rows = objects().count();
            if rows == parts.len() && rows > 0 {
                return Some(joined(objects())).filter(|words| !words.is_empty());
            }
            if rows > 0 {
                // Telegram: pieces of one text, some of them bold or a link.
                let piece = |part: &Value| match part {
                    Value::String(words) => words.clone(),
                    part => part.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
                };
                return Some(parts.iter().map(piece).collect()).filter(|words: &String| !words.trim().is_empty());
            }
            let parts: Vec<String> = parts.iter().filter_map(words).collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        // `{"contentType": "html", "content": "…"}`
        Value::Object(map) => ["content", "text", "body"].iter().find_map(|key| map.get(*key)).and_then(words),
        _ => None,
    }
}

/// `"Ann"`, `3`, `{"name": "Ann"}`, `{"user": {"displayName": "Ann"}}`.
pub(super) fn name(value: &Value) -> Option<String> {
    const NAMES: [&str; 16] = [
        "displayName",
        "display_name",
        "speaker_name",
        "speakerName",
        "nickname",
        "nickName",
        "real_name",
        "name",
        "fullName",
        "username",
        "label",
        "first_name",
        "user",
        "email",
        "id",
        "uid",
    ];
    match value {
        Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => NAMES.iter().find_map(|key| map.get(*key).and_then(name)),
        _ => None,
    }
}
