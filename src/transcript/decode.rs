//! Bytes → text: which encoding a source is in. Must not guess where a guess
//! could change a word: bytes that fit no encoding are refused.

use std::cmp::Ordering;

use encoding_rs::{BIG5, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::ReadError;

/// Decodes a source in UTF-8, UTF-16, GBK/GB18030 or Big5, without its byte-order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let (encoding, mark) = recognise(bytes)?;
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
        .ok_or(ReadError::NotText)?
        .into_owned();
    if text.chars().any(is_binary) {
        return Err(ReadError::NotText);
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(text)
}

/// The encoding, and how many bytes of mark precede the text.
fn recognise(bytes: &[u8]) -> Result<(&'static Encoding, usize), ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((encoding, mark));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok((UTF_8, 0));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok((encoding, 0));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    // The detector names the most likely of all the web's encodings; a source
    // in one that we do not promise is refused, not shown as wrong words.
    [GBK, BIG5].contains(&guess).then_some((guess, 0)).ok_or(ReadError::NotText)
}

/// Text in UTF-16 without a mark has its line ends, spaces and digits as ASCII
/// beside a zero byte, mostly on the same side, which no other encoding has.
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

/// Control characters that no text file holds.
fn is_binary(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}
