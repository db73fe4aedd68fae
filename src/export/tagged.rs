//! Tagged quotes, found in their sources as they are now, and the same as a table for a spreadsheet.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::contents::ExportedQuote;
use super::table::inert_cell;
use crate::error::Error;
use crate::library::{Tagging, Tags};
use crate::retrieval::corpus::{AnswerPlace, Corpus, Gone, Sources};
use crate::retrieval::permalink::version;
use crate::search::quote::{Permalink, Resolution};
use crate::text::script::Display;
use crate::transcript::Span;

/// A tagged quote whose words are here.
pub struct TaggedQuote<'a> {
    /// Its tags and its note.
    pub tagging: &'a Tagging,
    /// Who said it, where.
    pub place: AnswerPlace,
    /// Its words.
    pub span: Span,
}

impl TaggedQuote<'_> {
    /// Who said it, if the source names them.
    pub fn interviewee<'c>(&self, corpus: &'c Corpus) -> Option<&'c str> {
        corpus.answer(self.place).and_then(|(_, _, answer)| answer.interviewee.as_deref())
    }
}

/// Every tagged quote whose words are in a corpus, in the order of the sources.
pub fn tagged<'a>(corpus: &Corpus, tags: &'a Tags) -> Vec<TaggedQuote<'a>> {
    found(corpus, tags, None)
}

/// Those of one transcript.
pub(crate) fn tagged_in<'a>(corpus: &Corpus, tags: &'a Tags, transcript: usize) -> Vec<TaggedQuote<'a>> {
    found(corpus, tags, Some(transcript))
}

fn found<'a>(corpus: &Corpus, tags: &'a Tags, only: Option<usize>) -> Vec<TaggedQuote<'a>> {
    let mut versions: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, transcript) in corpus.transcripts.iter().enumerate() {
        versions.entry(version(transcript)).or_default().push(number);
    }
    let find = |tagging: &'a Tagging| {
        let link = tagging.permalink.parse::<Permalink>().ok()?;
        let (place, span) = match corpus.by_hash(link.source()) {
            Some(here) if only.is_some_and(|only| only != here) => None,
            Some(_) => place_of(link.find(corpus)),
            None => in_versions(corpus, &link, versions.get(link.version())?),
        }?;
        Some(TaggedQuote { tagging, place, span })
    };
    let mut all: Vec<TaggedQuote<'a>> = tags.taggings.iter().filter_map(find).collect();
    all.retain(|one| only.is_none_or(|only| one.place.transcript == only));
    all.sort_by_key(|one| (one.place.transcript, one.span.start(), one.span.end()));
    all
}

/// Of a source that is not here only other versions are looked through: with thousands of tags, all transcripts
/// would take minutes. A permalink by itself is looked for everywhere.
fn in_versions(corpus: &Corpus, link: &Permalink, numbers: &[usize]) -> Option<(AnswerPlace, Span)> {
    let transcripts: Vec<_> = numbers.iter().map(|number| Arc::clone(&corpus.transcripts[*number])).collect();
    let gone: Vec<Gone> = numbers.iter().map(|number| corpus.gone(*number).cloned().unwrap_or_default()).collect();
    let sources = Sources { transcripts: &transcripts, gone: &gone, withdrawn: &*corpus.withdrawn };
    let (place, span) = place_of(link.find_in(&sources))?;
    Some((AnswerPlace { transcript: numbers[place.transcript], ..place }, span))
}

fn place_of(found: Resolution) -> Option<(AnswerPlace, Span)> {
    match found {
        Resolution::Here(place, span) | Resolution::Elsewhere(place, span) => Some((place, span)),
        _ => None,
    }
}

/// The number of columns.
const COLUMNS: usize = 9;

/// Tagged quotes as a table, one row for each tag: RFC 4180 with a byte order mark, which Excel needs. No
/// spreadsheet runs any of its cells.
///
/// # Errors
/// If a quote does not match its source.
pub fn tagged_rows(
    corpus: &Corpus,
    tags: &Tags,
    columns: [&str; COLUMNS],
    display: Option<Display>,
    origin: &str,
) -> Result<Vec<u8>, Error> {
    let mut rows =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let broken = |error: csv::Error| Error::Export(io::Error::other(error.to_string()));
    rows.write_record(columns).map_err(broken)?;
    for one in tagged(corpus, tags) {
        let entry = ExportedQuote::new(corpus, one.place, one.span, display)?.from_origin(origin);
        let citation = &entry.citation;
        let none = [String::new()];
        let names = if one.tagging.tags.is_empty() { none.as_slice() } else { &one.tagging.tags };
        for tag in names {
            let cells: [&str; COLUMNS] = [
                tag,
                &one.tagging.note,
                &entry.text,
                citation.interviewee.as_deref().unwrap_or_default(),
                &citation.question,
                &citation.answer,
                &entry.title,
                &citation.permalink,
                &one.tagging.on,
            ];
            rows.write_record(cells.map(inert_cell)).map_err(broken)?;
        }
    }
    rows.into_inner().map_err(|error| Error::Export(io::Error::other(error.to_string())))
}
