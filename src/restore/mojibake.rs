//! Damage by programs on the way that can be undone with proof: UTF-8 that was read as Windows-1252
//! (`couldnâ€™t` was `couldn’t`), once or more often, or as GBK (`浣犲ソ` was `你好`), and entities outside
//! HTML (`&#23458;`). Repeating the damage gives the received text, and no other wording does.

use html5gum::{Token, Tokenizer};

use super::gbk::{self, Code};
use super::restored::{DamageKind, Edit};

/// The edits that undo the damage, in order, without overlap.
pub(super) fn edits(received: &str) -> Vec<Edit> {
    let mut edits = decoded(received);
    edits.extend(entities(received));
    edits.extend(from_gbk(received));
    edits.sort_by_key(|edit| edit.span.start);
    let (mut line, mut at) = (1, 0);
    for edit in &mut edits {
        line += received[at..edit.span.start].bytes().filter(|byte| *byte == b'\n').count();
        (edit.line, at) = (line, edit.span.start);
    }
    edits
}

fn edit(span: std::ops::Range<usize>, restored: String, kind: DamageKind) -> Edit {
    Edit { line: 1, span, restored, proved: true, clear: true, kind }
}

/// The byte beyond ASCII that is read as this character in Windows-1252, or in Latin-1.
fn byte(c: char) -> Option<u8> {
    const SPECIAL: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(c as u32).ok(),
        c => SPECIAL.iter().find(|(special, _)| *special == c).map(|(_, byte)| *byte),
    }
}

/// One character of UTF-8 at the start of some bytes, and how many it takes.
fn character(bytes: &[u8]) -> Option<(char, usize)> {
    let length = match bytes.first()? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let c = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some((c, length))
}

/// A stretch of text that may have been read in the wrong encoding.
struct Run {
    /// Where each of its characters begins, and where the last ends.
    at: Vec<usize>,
    bytes: Vec<u8>,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let Some(byte) = byte(c) else {
            open = false;
            continue;
        };
        if !open {
            runs.push(Run { at: Vec::new(), bytes: Vec::new() });
            open = true;
        }
        if let Some(run) = runs.last_mut() {
            run.at.push(at);
            run.bytes.push(byte);
        }
    }
    for run in &mut runs {
        let end = run.at.last().map_or(0, |at| at + text[*at..].chars().next().map_or(0, char::len_utf8));
        run.at.push(end);
    }
    runs
}

/// Undoes the wrong reading wherever the bytes are UTF-8, if the whole text shows that it was read
/// wrongly: `Ã` and `Â` only begin such characters in it.
fn decoded(received: &str) -> Vec<Edit> {
    if !received.contains(|c: char| ('\u{c2}'..='\u{f4}').contains(&c)) {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    // Characters of three bytes or more, of two, and beginnings that go on with nothing.
    let (mut long, mut short, mut alone) = (0usize, 0usize, 0usize);
    for run in runs(received) {
        let mut at = 0;
        let mut joined = false;
        while at < run.bytes.len() {
            let Some((c, length)) = character(&run.bytes[at..]) else {
                alone += usize::from(matches!(run.bytes[at], 0xc2 | 0xc3 | 0xe2));
                (at, joined) = (at + 1, false);
                continue;
            };
            // `»` closes a quotation after `CAFÉ`. Clean text has no other such pairs.
            let likely = length > 2
                || matches!(run.bytes[at], 0xc2 | 0xc3)
                || joined
                || character(&run.bytes[at + length..]).is_some();
            if !likely {
                (at, joined) = (at + 1, false);
                continue;
            }
            long += usize::from(length > 2);
            short += usize::from(length == 2 && !matches!(run.bytes[at + 1], 0xbb | 0x92 | 0x94));
            let span = run.at[at]..run.at[at + length];
            match edits.last_mut() {
                Some(last) if joined => {
                    last.restored.push(c);
                    last.span.end = span.end;
                }
                _ => edits.push(edit(span, c.to_string(), DamageKind::Encoding)),
            }
            (at, joined) = (at + length, true);
        }
    }
    if long + short == 0 || alone * 10 > long + short {
        return Vec::new();
    }
    for edit in &mut edits {
        // Some texts went through it more than once.
        for _ in 0..3 {
            let again = twice(&edit.restored);
            match again {
                Some(again) => edit.restored = again,
                None => break,
            }
        }
    }
    edits.retain(|edit| !edit.restored.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)));
    edits
}

/// A whole text as it was before it was read in the wrong encoding.
fn twice(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// How characters of three bytes begin when they are read as GBK: `的`, `，`, `我`, `。`, `“`, `不`, `你`.
const AS_GBK: [char; 7] = ['鐨', '锛', '鎴', '銆', '鈥', '涓', '浣'];

/// The most pairs that are looked at together.
const LONGEST_PIECE: usize = 300;

/// The longest beginning of the bytes that is whole characters of UTF-8, and how many pairs it takes.
fn whole(pairs: &[u8]) -> Option<(String, usize)> {
    // Two such characters take three pairs. One ends within the second pair.
    let bytes = &pairs[..pairs.len().min(2 * LONGEST_PIECE)];
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = std::str::from_utf8(&bytes[..valid]).unwrap_or_default();
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let length = ends.rfind(|end| end % 2 == 0 && *end >= 6)?;
    Some((text[..length].to_owned(), length / 2))
}

/// Undoes a reading as GBK wherever pairs of bytes end where characters of UTF-8 end. A rest at the end
/// of a stretch lost a byte and stays as received.
fn from_gbk(received: &str) -> Vec<Edit> {
    // Some of these characters are words of their own, but rare ones.
    let signs = received.matches(AS_GBK).count();
    if signs == 0 || signs * 60 < received.chars().filter(|c| !c.is_ascii()).count() {
        return Vec::new();
    }
    let (mut edits, mut restored, mut left): (Vec<Edit>, usize, usize) = (Vec::new(), 0, 0);
    let mut run: Vec<(usize, [u8; 2])> = Vec::new();
    let mut close = |run: &mut Vec<(usize, [u8; 2])>, end: usize| {
        let mut at = 0;
        let mut lost: Option<usize> = None;
        let bytes: Vec<u8> = run.iter().flat_map(|(_, pair)| *pair).collect();
        while at < run.len() {
            let begins = run[at].0;
            if let Some((words, pairs)) = whole(&bytes[2 * at..]) {
                if let Some(from) = lost.take() {
                    edits.push(Edit { proved: false, ..edit(from..begins, String::new(), DamageKind::Encoding) });
                }
                let until = run.get(at + pairs).map_or(end, |(at, _)| *at);
                edits.push(edit(begins..until, words, DamageKind::Encoding));
                (restored, at) = (restored + pairs, at + pairs);
            } else {
                lost.get_or_insert(begins);
                (left, at) = (left + 1, at + 1);
            }
        }
        if let Some(from) = lost {
            edits.push(Edit { proved: false, ..edit(from..end, String::new(), DamageKind::Encoding) });
        }
        run.clear();
    };
    for (at, c) in received.char_indices() {
        match gbk::encode(c) {
            Some(Code::Pair(lead, trail)) => run.push((at, [lead, trail])),
            _ => close(&mut run, at),
        }
    }
    close(&mut run, received.len());
    // Clean Chinese makes no such bytes.
    if restored >= 3 && left * 3 <= restored { edits } else { Vec::new() }
}

/// The longest name of an entity that is looked for.
const MAX_ENTITY_NAME: usize = 12;

/// Entities with their semicolon. Neighbouring entities are one place.
fn entities(received: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (at, _) in received.match_indices('&') {
        let rest = &received[at..];
        let Some(end) = rest.bytes().take(MAX_ENTITY_NAME).position(|byte| byte == b';') else { continue };
        let entity = &rest[..=end];
        let name = &entity[1..end];
        let written = name.strip_prefix('#').unwrap_or(name);
        if written.is_empty() || !written.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        let Some(c) = resolved(entity) else { continue };
        let span = at..at + entity.len();
        match edits.last_mut().filter(|last| last.span.end == at) {
            Some(last) => {
                last.restored.push_str(&c);
                last.span.end = span.end;
            }
            None => edits.push(edit(span, c, DamageKind::Entity)),
        }
    }
    edits
}

/// The character that an entity stands for; `None` for anything else.
fn resolved(entity: &str) -> Option<String> {
    let mut words = String::new();
    for Ok(token) in Tokenizer::new(entity) {
        if let Token::String(text) = token {
            words.push_str(&String::from_utf8_lossy(&text));
        }
    }
    let sound = !words.is_empty() && words != entity && !words.chars().any(|c| c.is_control() || c == '\u{fffd}');
    sound.then_some(words)
}

#[cfg(test)]
mod tests {
    use crate::restore::restore;

    #[track_caller]
    fn becomes(received: &str, text: &str) {
        let restored = restore(received);
        assert_eq!(restored.text(), text);
        assert!(restored.restorations().iter().all(|place| place.proved));
        assert_eq!(restored.received(), received);
    }

    #[test]
    fn utf_8_read_as_windows_1252_is_restored() {
        becomes("It was 2012 â€” I couldnâ€™tâ€¦", "It was 2012 — I couldn’t…");
        becomes("Itâ€™s a naÃ¯ve cafÃ© in ZÃ¼rich", "It’s a naïve café in Zürich");
        becomes("cafÃ© only", "café only");
        becomes("å¼\u{a0}ä¸‰ï¼šå¥½ã€‚", "张三：好。");
        // Twice.
        becomes("couldnÃ¢â‚¬â„¢t", "couldn’t");
    }

    #[test]
    fn utf_8_read_as_gbk_is_restored_except_lost_bytes() {
        let read = |text: &str| encoding_rs::GBK.decode(text.as_bytes()).0.into_owned();
        becomes(&read("主持人：你好，很难吗\n"), "主持人：你好，很难吗\n");
        let restored = restore(&read("张三：九八年来的，人多。\n主持人：难。\n"));
        for words in ["张三：九", "来的，人", "\n主持人："] {
            assert!(restored.text().contains(words), "{}", restored.text());
        }
        becomes("鐨涓锛，都是生僻字，没有别的意思。", "鐨涓锛，都是生僻字，没有别的意思。");
    }

    #[test]
    fn text_in_the_right_encoding_stays() {
        for text in ["«CAFÉ»", "Ça va, São Paulo, naïve, Zürich", "IRMÃ» disse", "À la carte — “yes”", "5 °C ± 2 µm"]
        {
            becomes(text, text);
        }
    }

    #[test]
    fn entities_in_a_text_become_their_characters() {
        becomes("主持人&#xff1a;做&#23458;&#26381;的？&nbsp;", "主持人：做客服的？\u{a0}");
        becomes("R&amp;D &ldquo;now&rdquo; &hellip;", "R&D “now” …");
        becomes("AT&T; this & that; &unknown; a&b;", "AT&T; this & that; &unknown; a&b;");
    }
}
