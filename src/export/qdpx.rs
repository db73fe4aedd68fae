//! Tagged quotes as a project of REFI-QDA, which programs for qualitative analysis open: a zip of `project.qde`
//! and of each transcript as plain text. The text is what the library shows, so nothing that was withdrawn is
//! in it. Positions count Unicode code points. All identifiers are hashes: two exports are the same.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::contents::one_line;
use super::tagged::{TaggedQuote, tagged};
use super::xml::{escape, escape_lines};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::{TagColour, Tags, today};
use crate::retrieval::corpus::Corpus;
use crate::text::script::{Display, View};
use crate::transcript::Span;

/// The project of the tags and of all transcripts of a corpus.
///
/// # Errors
/// If it cannot be packed.
pub fn qdpx(corpus: &Corpus, tags: &Tags, display: Option<Display>) -> Result<Vec<u8>, Error> {
    let tagged = tagged(corpus, tags);
    let sources: Vec<PlainSource> = (0..corpus.transcripts.len())
        .map(|number| {
            PlainSource::of(corpus, number, display, tagged.iter().filter(|one| one.place.transcript == number))
        })
        .collect();
    let project = project(tags, &sources);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut write = |name: &str, text: &str| -> std::io::Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())
    };
    write("project.qde", &project).map_err(Error::Export)?;
    for source in &sources {
        write(&format!("sources/{}.txt", source.guid), &source.plain.text).map_err(Error::Export)?;
    }
    let packed = zip.finish().map_err(|error| Error::Export(error.into()))?;
    Ok(packed.into_inner())
}

/// A transcript as plain text, with what is tagged in it.
struct PlainSource {
    guid: String,
    title: String,
    plain: Plain,
    selections: Vec<Selection>,
}

/// A tagged quote in a plain text.
struct Selection {
    guid: String,
    label: String,
    /// Code points before it, and before its end.
    start: usize,
    end: usize,
    tags: Vec<String>,
    note: String,
    on: String,
    permalink: String,
}

/// A text with line feeds alone, and how many code points it has.
#[derive(Default)]
struct Plain {
    text: String,
    points: usize,
}

impl Plain {
    fn push(&mut self, text: &str) {
        let text = with_line_feeds(text);
        self.points += text.chars().count();
        self.text.push_str(&text);
    }
}

fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A stretch of an answer, and how many code points stand before it in the plain text.
struct Placed {
    stretch: Span,
    before: usize,
}

impl PlainSource {
    fn of<'a>(
        corpus: &Corpus,
        number: usize,
        display: Option<Display>,
        tagged: impl Iterator<Item = &'a TaggedQuote<'a>>,
    ) -> Self {
        let transcript = &*corpus.transcripts[number];
        let view = corpus.view(number, display.unwrap_or(transcript.script.default_display()));
        let mut plain = Plain::default();
        let mut placed: Vec<Placed> = Vec::new();
        plain.push(&one_line(&transcript.title));
        plain.push("\n");
        for question in &transcript.questions {
            let asked = one_line(view.words(question.span.range()));
            plain.push(format!("\n{} {asked}", question.label).trim_end_matches(' '));
            plain.push("\n");
            for answer in &question.answers {
                let who = answer.interviewee.as_deref().map(|who| format!(" {}", one_line(who))).unwrap_or_default();
                plain.push(&format!("\n{}{who}\n", answer.label));
                for stretch in &answer.stretches {
                    placed.push(Placed { stretch: *stretch, before: plain.points });
                    plain.push(view.words(stretch.range()));
                    plain.push("\n");
                }
            }
        }
        let selections = tagged.filter_map(|one| Selection::of(corpus, view, &placed, one)).collect();
        let guid = guid("source", &transcript.source_sha256);
        Self { guid, title: one_line(&transcript.title), plain, selections }
    }
}

impl Selection {
    fn of(corpus: &Corpus, view: &View, placed: &[Placed], one: &TaggedQuote<'_>) -> Option<Self> {
        let Placed { stretch, before } = placed.iter().find(|placed| placed.stretch.contains(one.span))?;
        let (whole, part) = (view.view_range(stretch.range()), view.view_range(one.span.range()));
        let points = |end: usize| view.text().get(whole.start..end).map(|text| with_line_feeds(text).chars().count());
        let (_, question, answer) = corpus.answer(one.place)?;
        Some(Self {
            guid: guid("selection", &one.tagging.permalink),
            label: format!("{} · {}", question.label, answer.label),
            start: before + points(part.start)?,
            end: before + points(part.end)?,
            tags: one.tagging.tags.clone(),
            note: one.tagging.note.clone(),
            on: one.tagging.on.clone(),
            permalink: one.tagging.permalink.clone(),
        })
    }
}

/// An identifier that follows from what it is of.
fn guid(kind: &str, of: &str) -> String {
    let mut hex = sha256_hex(&[b"qda\n", kind.as_bytes(), b"\n", of.as_bytes()]);
    hex.truncate(32);
    // RFC 9562 calls identifiers of one's own making version 8.
    hex.replace_range(12..13, "8");
    hex.replace_range(16..17, "a");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The colour of a code, as the pages show it by day.
fn colour(colour: TagColour) -> &'static str {
    match colour {
        TagColour::Red => "#B3261E",
        TagColour::Orange => "#B45309",
        TagColour::Yellow => "#8A6D00",
        TagColour::Green => "#2E7D32",
        TagColour::Teal => "#00796B",
        TagColour::Blue => "#1D5FB4",
        TagColour::Purple => "#7B3FA0",
        TagColour::Grey => "#5F6368",
    }
}

/// `project.qde`. Its elements stand in the order that the schema asks for.
fn project(tags: &Tags, sources: &[PlainSource]) -> String {
    let user = guid("user", "");
    let days = || sources.iter().flat_map(|source| &source.selections).map(|one| one.on.as_str());
    let day = |day: &str| format!("{day}T00:00:00Z");
    let made = day(&days().max().map_or_else(today, str::to_owned));
    let by = |on: &str| format!("creatingUser=\"{user}\" creationDateTime=\"{}\"", escape(on));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"Yuanhua\" origin=\"Yuanhua {}\" creatingUserGUID=\"{user}\" \
         creationDateTime=\"{made}\">\n<Users>\n<User guid=\"{user}\" name=\"Yuanhua\"/>\n</Users>\n",
        env!("CARGO_PKG_VERSION")
    );
    // Writing to a String cannot fail. The schema wants at least one code in a book of codes.
    if !tags.tags.is_empty() {
        xml.push_str("<CodeBook>\n<Codes>\n");
        for tag in &tags.tags {
            let (guid, name, colour) = (guid("code", &tag.name), escape(&tag.name), colour(tag.colour));
            let _ = writeln!(xml, "<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\" color=\"{colour}\"/>");
        }
        xml.push_str("</Codes>\n</CodeBook>\n");
    }
    if !sources.is_empty() {
        xml.push_str("<Sources>\n");
        for source in sources {
            let (guid, name) = (&source.guid, escape(&source.title));
            let path = format!("plainTextPath=\"internal://{guid}.txt\"");
            let _ = writeln!(xml, "<TextSource guid=\"{guid}\" name=\"{name}\" {path} {}>", by(&made));
            for one in &source.selections {
                one.write(&mut xml, &by(&day(&one.on)));
            }
            xml.push_str("</TextSource>\n");
        }
        xml.push_str("</Sources>\n");
    }
    xml.push_str("</Project>\n");
    xml
}

impl Selection {
    fn write(&self, xml: &mut String, by: &str) {
        let (guid_of_it, name) = (&self.guid, escape(&self.label));
        let place = format!("startPosition=\"{}\" endPosition=\"{}\"", self.start, self.end);
        let _ = writeln!(xml, "<PlainTextSelection guid=\"{guid_of_it}\" name=\"{name}\" {place} {by}>");
        if !self.note.is_empty() {
            let _ = writeln!(xml, "<Description>{}</Description>", escape_lines(&self.note));
        }
        for tag in &self.tags {
            let (coding, code) = (guid("coding", &format!("{}\n{tag}", self.permalink)), guid("code", tag));
            let _ = writeln!(xml, "<Coding guid=\"{coding}\" {by}><CodeRef targetGUID=\"{code}\"/></Coding>");
        }
        xml.push_str("</PlainTextSelection>\n");
    }
}
