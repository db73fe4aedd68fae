//! Bytes → text: the encoding of a source. It does not guess where a guess could change a word: bytes
//! that fit no encoding are refused, and a few stray ones become U+FFFD and are reported.

use std::cmp::Ordering;

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::ReadError;
use crate::transcript::problem::{Problem, ProblemKind};

/// The most stray bytes that are reported one by one. Beyond them only their number is reported.
const TOLD: usize = 20;

/// Decodes a source in UTF-8, UTF-16, GBK/GB18030, Big5, Shift JIS, EUC-JP, EUC-KR, Windows-1252 or its declared encoding, without
/// its byte-order mark. A few bytes outside the encoding become U+FFFD, with a problem for each.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Vec<Problem>), ReadError> {
    decode_as(bytes, None)
}

/// Decodes a source whose encoding may be named by `label`, as in a mail.
pub(crate) fn decode_as(bytes: &[u8], label: Option<&str>) -> Result<(String, Vec<Problem>), ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let (encoding, mark) = match declared(bytes, label) {
        Some(encoding) => (encoding, 0),
        None => recognise(bytes)?,
    };
    let body = &bytes[mark..];
    let whole = encoding.decode_without_bom_handling_and_without_replacement(body);
    let (text, problems) = if let Some(text) = whole {
        (text.into_owned(), Vec::new())
    } else {
        let (text, _) = encoding.decode_without_bom_handling(body);
        // A source may hold U+FFFD itself. It is then reported together with stray bytes.
        let stray = text.matches(LOST).count();
        if stray > few(text.chars().count()) {
            return Err(ReadError::NotText);
        }
        let problems = stray_problems(&text, encoding, stray);
        (text.into_owned(), problems)
    };
    // CHAT writes times between two control characters.
    let chat = text.trim_start().starts_with('@');
    if text.chars().any(|c| is_binary(c) && !(chat && c == '\u{15}')) {
        return Err(ReadError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok((text, problems))
}

/// The replacement for bytes that are no character.
const LOST: char = '\u{fffd}';

/// The most stray bytes that a text of this many characters may have.
fn few(chars: usize) -> usize {
    2 + chars / 100
}

fn stray_problems(text: &str, encoding: &'static Encoding, stray: usize) -> Vec<Problem> {
    let name = encoding.name();
    let last = text.lines().count();
    let mut problems: Vec<Problem> = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| line.contains(LOST)) {
        let problem = if index + 1 == last && line.ends_with(LOST) && text.ends_with(LOST) {
            ProblemKind::Cut(name.into())
        } else {
            ProblemKind::Stray(name.into())
        };
        problems.push(Problem::new(index + 1, problem));
    }
    if problems.len() > TOLD {
        let more = problems.len() - TOLD;
        problems.truncate(TOLD);
        problems.push(Problem::new(last, ProblemKind::MoreStray { lines: more, bytes: stray }));
    }
    problems
}

/// The encoding that a mail, a page or XML declares, if its bytes agree. Bytes in UTF-8 are read as
/// UTF-8, even if an old page declares something else.
fn declared(bytes: &[u8], label: Option<&str>) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let within = || {
        let page = head.trim_start().starts_with('<');
        let value =
            ["charset=", "encoding="].iter().find_map(|name| Some(head.split_once(name)?.1)).filter(|_| page)?;
        let value = value.trim_start_matches(['"', '\'']);
        Some(
            value
                .split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    let label = label.map(str::to_owned).or_else(within)?;
    let encoding = Encoding::for_label(label.as_bytes())
        .filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())?;
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|_| encoding)
}

/// Whether bytes are a Western text as Word saves it: each byte beyond ASCII has a character in
/// Windows-1252, in a place where that character occurs.
fn is_western(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if high == 0 || high * 3 > bytes.len() || bytes.contains(&0) {
        return false;
    }
    let beside = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied();
    let letter = |byte: Option<u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphabetic() || byte >= 0xc0 && byte != 0xd7 && byte != 0xf7)
    };
    let german = bytes.contains(&0x84) || bytes.contains(&0x82);
    let fits = |at: usize| {
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let opens = before.is_none_or(|byte| {
            byte.is_ascii_whitespace() || b"([-/\x93\x91\x97\x96".contains(&byte) || !byte.is_ascii()
        });
        match bytes[at] {
            // `ÿ` is in no word of ours.
            0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xff => false,
            // Quotation marks open words or close them.
            // German closes with the marks with which English opens.
            0x91 | 0x93 => opens || german,
            // `’98`, `’tis`: an apostrophe for omitted letters.
            0x92 if opens => after.is_some_and(|byte| byte.is_ascii_alphanumeric()),
            0x92 | 0x94 => !opens || letter(before),
            // `à`, `é`: words of one letter.
            0xc0 | 0xc9 | 0xe0 | 0xe9 if opens => true,
            0xc0..=0xfe | 0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f | 0x83 => letter(before) || letter(after),
            _ => true,
        }
    };
    let placed = (0..bytes.len()).filter(|at| !bytes[*at].is_ascii()).filter(|at| fits(*at)).count();
    placed == high
}

/// Whether bytes are a text in Japanese or Korean by their own letters: kana, Hangul. Without them the guess may be wrong.
fn is_told(guess: &'static Encoding, bytes: &[u8]) -> bool {
    if ![SHIFT_JIS, EUC_JP, EUC_KR].contains(&guess) {
        return false;
    }
    let Some(text) = guess.decode_without_bom_handling_and_without_replacement(bytes) else { return false };
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    let own = |c: &char| ('\u{3041}'..='\u{30fa}').contains(c) || ('\u{ac00}'..='\u{d7a3}').contains(c);
    letters > 0 && text.chars().filter(own).count() * 4 >= letters
}

/// The encoding, and the length of the byte-order mark.
fn recognise(bytes: &[u8]) -> Result<(&'static Encoding, usize), ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((encoding, mark));
    }
    let (good, bad) = utf8_sequences(bytes);
    // English in UTF-16 is UTF-8 with zero bytes.
    if bad == 0 && !bytes.contains(&0) {
        return Ok((UTF_8, 0));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok((encoding, 0));
    }
    if bad == 0 {
        return Ok((UTF_8, 0));
    }
    // Two bytes of another encoding seldom make a character of UTF-8, and three hardly ever.
    if good >= 4 * bad {
        return Ok((UTF_8, 0));
    }
    let guessed = |bytes: &[u8]| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Deny)
    };
    let ours = |bytes: &[u8]| Some(guessed(bytes)).filter(|guess| [GBK, BIG5].contains(guess) || is_told(guess, bytes));
    // The detector names the likeliest of all encodings of the web. A source in an unsupported one is
    // refused, not shown as wrong words. A file may have been cut within its last character.
    let cut = bytes.split_last().filter(|(last, _)| !last.is_ascii()).map_or(bytes, |(_, before)| before);
    if let Some(guess) = ours(bytes).or_else(|| ours(cut)) {
        return Ok((guess, 0));
    }
    if good == 0 && is_western(bytes) {
        return Ok((WINDOWS_1252, 0));
    }
    // Letters with a stray byte or two among them.
    if good == 0 && bad <= few(bytes.len()) { Ok((UTF_8, 0)) } else { Err(ReadError::NotText) }
}

/// The number of multi-byte characters of UTF-8, and the number of stretches that are not UTF-8.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for part in bytes.utf8_chunks() {
        good += part.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!part.invalid().is_empty());
    }
    (good, bad)
}

/// UTF-16 without a mark has line ends, spaces and digits as ASCII beside a zero byte, mostly on the
/// same side. No other encoding has that.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut little, mut big) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2) {
        little += usize::from(pair[1] == 0 && pair[0].is_ascii_graphic() || pair == b"\n\0");
        big += usize::from(pair[0] == 0 && pair[1].is_ascii_graphic() || pair == b"\0\n");
    }
    match little.cmp(&big) {
        Ordering::Greater => Some(UTF_16LE),
        Ordering::Less => Some(UTF_16BE),
        Ordering::Equal => None,
    }
}

/// Control characters that no text file holds. The upper ones occur in a text that was decoded wrongly
/// on its way.
fn is_binary(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{80}'..='\u{9f}')
}
