//! Determines the format of a source from its bytes alone: a file's ending may be wrong, and a pasted
//! text has none.

mod answer_matrix;
mod archive;
mod ass;
mod chats;
mod cue_turns;
mod cues;
pub(super) mod decode;
mod document_tables;
mod docx;
mod form;
mod forum;
mod html;
mod json;
mod letters;
mod mail;
mod markdown_table;
mod pdf;
mod praat;
mod quoted_mail;
mod spreadsheet;
mod survey;
mod survey_columns;
mod table;
mod talkbank;
mod trees;
mod xml;

use super::extract::{Extract, LineKind};
use super::format::Format;
use super::read_options::ReadOptions;
use crate::error::{ReadError, RefusedFile};

/// The text of a source, and what its container says about the lines.
pub(super) fn extract(bytes: &[u8], options: &ReadOptions) -> Result<(Format, Extract), ReadError> {
    let limits = options.limits;
    if pdf::is_pdf(bytes) {
        return Ok((Format::Pdf, pdf::read(bytes, limits)?));
    }
    refuse_foreign(bytes)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return archive::read(bytes, &options.columns, limits);
    }
    if mail::is_mail(bytes) {
        let part = mail::part(bytes)?;
        let answers = quoted_mail::read(&part.text, part.writer.as_deref(), options.limits)?;
        let (format, mut extract) = match answers {
            Some(answers) => (Format::Text, answers),
            None => of_text(part.text, options)?,
        };
        extract.title = part.title.or(extract.title);
        return Ok((format, extract));
    }
    let (text, problems) = decode::decode(bytes)?;
    let (format, mut extract) = of_text(text, options)?;
    extract.problems.splice(0..0, problems);
    Ok((format, extract))
}

/// Replaces the line ends of old Macs and word processors by `\n`.
fn with_our_line_ends(text: String) -> String {
    const OTHERS: [char; 4] = ['\u{2028}', '\u{2029}', '\u{b}', '\u{c}'];
    if !text.contains(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        return text;
    }
    let lone = text.replace("\r\n", "\n").contains('\r');
    let text = if lone { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    if text.contains(OTHERS) { text.replace(OTHERS, "\n") } else { text }
}

fn of_text(text: String, options: &ReadOptions) -> Result<(Format, Extract), ReadError> {
    let limits = options.limits;
    let text = if text.trim_start().starts_with(['{', '[', '<']) { text } else { with_our_line_ends(text) };
    if cues::is_cues(&text) {
        let format = if cues::is_vtt(&text) { Format::WebVtt } else { Format::Srt };
        return Ok((format, cues::read(&text, limits)?));
    }
    if ass::is_ass(&text) {
        return Ok((Format::Ass, ass::read(&text, limits)?));
    }
    if talkbank::is_chat(&text) {
        return Ok((Format::TalkBank, talkbank::read(&text, limits)?));
    }
    if praat::is_textgrid(&text) {
        return Ok((Format::TextGrid, praat::read(&text, limits)?));
    }
    if let Some(read) = trees::read(&text, limits)? {
        return Ok(read);
    }
    if xml::is_xml(&text) {
        let format = if xml::is_akoma_ntoso(&text) { Format::AkomaNtoso } else { Format::Xml };
        return Ok((format, xml::read(&text, limits)?));
    }
    if html::is_html(&text) {
        let page = html::read(&text, &options.columns, limits)?;
        // It may be a live chat that was sent as a page.
        let plain = page.hints.iter().all(|hint| hint.kind == LineKind::Plain);
        let chat = if plain { chats::read(&page.text, limits)? } else { None };
        return Ok((Format::Html, chat.unwrap_or(page)));
    }
    if let Some(value) = json::parse(&text)? {
        return Ok((Format::Json, json::read(&value, &options.columns, limits)?));
    }
    if let Some(extract) = chats::read(&text, limits)? {
        return Ok((Format::Chat, extract));
    }
    if let Some(extract) = markdown_table::read(&text, &options.columns, limits)? {
        return Ok((Format::Text, extract));
    }
    if let Some(extract) = table::read(&text, &options.columns, limits)? {
        return Ok((Format::Csv, extract));
    }
    if let Some(extract) = quoted_mail::read(&text, None, limits)? {
        return Ok((Format::Text, extract));
    }
    if let Some(extract) = letters::read(&text, limits)? {
        return Ok((Format::Text, extract));
    }
    Ok((Format::Text, Extract::plain(text, limits)))
}

/// Refuses files that people mistake for text, and names their kind.
fn refuse_foreign(bytes: &[u8]) -> Result<(), ReadError> {
    let kinds: [(&[u8], RefusedFile); 6] = [
        (b"{\\rtf", RefusedFile::Rtf),
        (b"\xD0\xCF\x11\xE0", RefusedFile::OldOffice),
        (b"ID3", RefusedFile::Audio),
        (b"RIFF", RefusedFile::AudioOrVideo),
        (b"OggS", RefusedFile::Audio),
        (b"\x1f\x8b", RefusedFile::Compressed),
    ];
    match kinds.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        Some((_, kind)) => Err(ReadError::Refused(*kind)),
        None => Ok(()),
    }
}
