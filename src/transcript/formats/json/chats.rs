//! Messages in JSON: which come from people and which from the program, and how each kind of export
//! writes words. The fields of a row tell.

use serde_json::Value;

use super::fields::JsonRow;
use crate::transcript::formats::html;

/// Whether a row comes from the program: somebody joined, a call, a changed name.
pub(super) fn is_notice(row: &JsonRow) -> bool {
    let says = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_lowercase);
    let kinds = [
        "service",
        "system",
        "notice",
        "notification",
        "call",
        "recipientadd",
        "channelpinnedmessage",
        "guildmemberjoin",
        "systemeventmessage",
        "系统消息",
        "系統消息",
        "system_message",
    ];
    let kind = ["type", "message_type", "messageType", "msg_type", "kind"].iter().find_map(|name| says(name));
    let kind = kind.is_some_and(|kind| kinds.contains(&kind.as_str()));
    let subtype = says("subtype").is_some_and(|subtype| {
        !["bot_message", "thread_broadcast", "me_message", "file_share"].contains(&subtype.as_str())
    });
    // Instructions to a program that interviews.
    let instructs = says("role").is_some_and(|role| ["system", "developer", "tool"].contains(&role.as_str()));
    kind || subtype || instructs || row.get("is_system").and_then(Value::as_bool) == Some(true)
}

/// Whether rows are Slack's, which writes `&`, `<` and `>` as entities.
pub(super) fn is_slack(row: &JsonRow) -> bool {
    let stamp = row.get("ts").and_then(Value::as_str).and_then(|ts| ts.split_once('.'));
    stamp.is_some_and(|(whole, part)| whole.len() == 10 && part.len() == 6)
}

/// Slack's words: `<https://a.example|the page>` and its three entities.
pub(super) fn slack(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, tagged)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after)) = tagged.split_once('>') else {
            out.push('<');
            rest = tagged;
            continue;
        };
        let shown = tag.split_once('|').map_or(tag, |(_, shown)| shown);
        out.push_str(shown);
        rest = after;
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Converts HTML to text; other words stay as they are.
pub(super) fn without_tags(words: &str) -> String {
    if html::is_fragment(words) { html::words(words) } else { words.to_owned() }
}

/// Whether most rows hold HTML.
pub(super) fn are_pages<'a>(all: impl Iterator<Item = &'a str>) -> bool {
    let (mut pages, mut rows) = (0usize, 0usize);
    for words in all {
        rows += 1;
        pages += usize::from(html::is_fragment(words));
    }
    pages * 2 > rows
}
