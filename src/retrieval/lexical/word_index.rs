//! The word index as it grows: one tantivy index over the passages and answers of all transcripts.
//! Whole transcripts are added and removed. Its files can be kept and given back. It writes no files
//! itself.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::index::SegmentId;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{
    DocAddress, DocId, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, SegmentReader, TantivyDocument,
};

use super::index::{LexicalIndex, NOWHERE, failed, io_failed};
use super::scores;
use super::terms::{TermKind, terms};
use crate::error::Error;
use crate::retrieval::facts::Facts;
use crate::text::script::View;
use crate::text::segment::{self, Term};

/// The writer's working memory in bytes: the least that tantivy allows, and the amount for many texts.
const MIN_WRITER_BYTES: usize = 15_000_000;
const WRITER_BYTES_FOR_MANY: usize = 100_000_000;
/// The fewest texts that count as many. All cores read them.
const MIN_TEXTS_IN_PARALLEL: usize = 256;
/// The most parts of the index. A query looks into each part, so the smallest are merged when there are more.
const MAX_PARTS: usize = 12;
/// The names of tantivy's list of parts and its list of files.
const META: &str = "meta.json";
const MANAGED: &str = ".managed.json";

/// The name and the content of one of tantivy's files.
pub type IndexFile = (String, Vec<u8>);

/// All passages and answers, found by their words.
pub struct WordIndex {
    directory: RamDirectory,
    index: Index,
    fields: Fields,
    transcripts: HashSet<u64>,
}

/// The texts of one transcript, which has a number of its own.
#[derive(Debug, Default)]
pub struct TranscriptTexts {
    /// Its number.
    pub id: u64,
    /// Its passages.
    pub passages: Vec<String>,
    /// Its answers, each with its question.
    pub answers: Vec<String>,
}

/// The index at one moment, over some of its transcripts.
pub struct Snapshot {
    /// One text per passage.
    pub passages: LexicalIndex,
    /// One text per answer.
    pub answers: LexicalIndex,
    /// The kinds of fact that each passage holds.
    pub facts: Vec<Facts>,
}

#[derive(Clone, Copy)]
struct Fields {
    /// The number of the transcript.
    transcript: Field,
    /// The text's position in its transcript, times two. An answer adds one.
    place: Field,
    /// How many words, pairs and characters it has.
    lengths: [Field; TermKind::COUNT],
    /// The kinds of fact that it holds.
    facts: Field,
    /// The terms of passages and of answers, in one field for each [`TermKind`].
    terms: [[Field; TermKind::COUNT]; 2],
}

/// Whether a text is a passage or an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Passage,
    Answer,
}

impl WordIndex {
    /// An empty index.
    ///
    /// # Errors
    /// If the library refuses, which is a bug.
    pub fn new() -> Result<Self, Error> {
        let directory = RamDirectory::create();
        let (schema, fields) = schema();
        let index = Index::builder().schema(schema).open_or_create(directory.clone()).map_err(failed)?;
        Ok(Self { directory, index, fields, transcripts: HashSet::new() })
    }

    /// The index that consists of these files.
    ///
    /// # Errors
    /// If the files are no such index.
    pub fn from_files(files: impl IntoIterator<Item = IndexFile>) -> Result<Self, Error> {
        let directory = RamDirectory::create();
        for (name, bytes) in files {
            directory.atomic_write(Path::new(&name), &bytes).map_err(io_failed)?;
        }
        let (schema, fields) = schema();
        let index = Index::open(directory.clone()).map_err(failed)?;
        if index.schema() != schema {
            return Err(Error::Lexical("the word index is of another form".into()));
        }
        let mut transcripts = HashSet::new();
        for segment in searcher(&index)?.segment_readers() {
            let column = segment.fast_fields().u64("transcript").map_err(failed)?;
            transcripts.extend(segment.doc_ids_alive().filter_map(|document| column.first(document)));
        }
        Ok(Self { directory, index, fields, transcripts })
    }

    /// The files that it consists of. A file never changes under its name, except those of
    /// [`WordIndex::changing`].
    ///
    /// # Errors
    /// If the library refuses, which is a bug.
    pub fn files(&self) -> Result<Vec<IndexFile>, Error> {
        let meta = self.index.load_metas().map_err(failed)?;
        let mut files = Vec::new();
        for path in meta.list_segment_files() {
            let Ok(file) = self.directory.open_read(&path) else { continue };
            let bytes = file.read_bytes().map_err(io_failed)?;
            files.push((path.to_string_lossy().into_owned(), bytes.as_slice().to_vec()));
        }
        files.sort();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).chain([META]).collect();
        let managed = serde_json::to_vec(&names).map_err(|error| Error::Lexical(error.to_string()))?;
        let meta = self.directory.atomic_read(Path::new(META)).map_err(|error| Error::Lexical(error.to_string()))?;
        files.extend([(META.to_owned(), meta), (MANAGED.to_owned(), managed)]);
        Ok(files)
    }

    /// Whether a file of this name may change.
    pub fn changing(name: &str) -> bool {
        [META, MANAGED].contains(&name)
    }

    /// Whether it holds a transcript. It never holds one without texts.
    pub fn holds(&self, id: u64) -> bool {
        self.transcripts.contains(&id)
    }

    /// Removes all transcripts except those in `keep`, then adds others. No term of a removed
    /// transcript is left. Returns whether anything changed.
    ///
    /// # Errors
    /// If the library refuses, which is a bug.
    pub fn update(&mut self, keep: &HashSet<u64>, add: &[TranscriptTexts]) -> Result<bool, Error> {
        let gone: Vec<u64> = self.transcripts.difference(keep).copied().collect();
        let new: Vec<(u64, Of, usize, &str)> = add
            .iter()
            .filter(|texts| keep.contains(&texts.id) && !self.transcripts.contains(&texts.id))
            .flat_map(|texts| {
                let of = |of: Of, all: &'_ [String]| {
                    let places = 0..all.len();
                    places.map(move |place| (texts.id, of, place)).collect::<Vec<_>>()
                };
                let passages = of(Of::Passage, &texts.passages).into_iter().zip(&texts.passages);
                let answers = of(Of::Answer, &texts.answers).into_iter().zip(&texts.answers);
                passages.chain(answers).map(|((id, of, place), text)| (id, of, place, text.as_str()))
            })
            .collect();
        if gone.is_empty() && new.is_empty() {
            return Ok(false);
        }
        let memory = if new.len() < MIN_TEXTS_IN_PARALLEL { MIN_WRITER_BYTES } else { WRITER_BYTES_FOR_MANY };
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, memory).map_err(failed)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for id in &gone {
            writer.delete_term(tantivy::Term::from_field_u64(self.fields.transcript, *id));
        }
        self.add(&writer, &new)?;
        writer.commit().map_err(failed)?;
        self.merge(&mut writer)?;
        writer.garbage_collect_files().wait().map_err(failed)?;
        writer.wait_merging_threads().map_err(failed)?;
        self.transcripts.retain(|id| keep.contains(id));
        self.transcripts.extend(new.iter().map(|(id, ..)| *id));
        Ok(true)
    }

    fn add(&self, writer: &IndexWriter, new: &[(u64, Of, usize, &str)]) -> Result<(), Error> {
        let cores =
            if new.len() < MIN_TEXTS_IN_PARALLEL { 1 } else { thread::available_parallelism().map_or(1, usize::from) };
        let next = AtomicUsize::new(0);
        let work = || -> Result<(), Error> {
            while let Some((id, of, place, text)) = new.get(next.fetch_add(1, Ordering::Relaxed)) {
                writer.add_document(self.fields.document(*id, *of, *place, text)).map_err(failed)?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
            let own = work();
            let stopped = || Err(Error::Lexical("one of its threads stopped".into()));
            others.into_iter().map(|other| other.join().unwrap_or_else(|_| stopped())).fold(own, Result::and)
        })
    }

    /// Rewrites parts with removed texts, and joins the smallest parts if there are too many.
    fn merge(&self, writer: &mut IndexWriter) -> Result<(), Error> {
        let parts = || self.index.searchable_segment_metas().map_err(failed);
        for part in parts()?.iter().filter(|part| part.has_deletes()) {
            writer.merge(&[part.id()]).wait().map_err(failed)?;
        }
        let mut parts = parts()?;
        if parts.len() > MAX_PARTS {
            parts.sort_by_key(|part| std::cmp::Reverse(part.max_doc()));
            let small: Vec<SegmentId> = parts.iter().skip(MAX_PARTS / 3).map(tantivy::SegmentMeta::id).collect();
            writer.merge(&small).wait().map_err(failed)?;
        }
        Ok(())
    }

    /// The index as it is now, over these transcripts in this order. Each item is the transcript's
    /// number and its counts of passages and answers.
    ///
    /// # Errors
    /// If a transcript is not wholly in it, or the library refuses.
    pub fn snapshot(&self, of: &[(u64, usize, usize)]) -> Result<Snapshot, Error> {
        let searcher = searcher(&self.index)?;
        let passages = Places::new(of.iter().map(|(id, passages, _)| (*id, *passages)));
        let answers = Places::new(of.iter().map(|(id, _, answers)| (*id, *answers)));
        let mut facts = vec![Facts::default(); passages.transcript_of.len()];
        let mut found = [passages, answers];
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let columns = Columns::of(segment)?;
            for places in &mut found {
                places.ids.push(vec![NOWHERE; segment.max_doc() as usize]);
            }
            for document in segment.doc_ids_alive() {
                let Some((transcript, place)) = columns.place(document) else { continue };
                let of = (place % 2) as usize;
                let at = found[of].put(ordinal, document, transcript, (place / 2) as usize, columns.lengths(document));
                if let (0, Some(at)) = (of, at) {
                    facts[at] = columns.facts(document);
                }
            }
        }
        let [passages, answers] = found;
        if passages.found != passages.transcript_of.len() || answers.found != answers.transcript_of.len() {
            return Err(Error::Lexical("a transcript is not whole in the word index".into()));
        }
        let [of_passages, of_answers] = self.fields.terms;
        Ok(Snapshot {
            passages: passages.index(searcher.clone(), of_passages),
            answers: answers.index(searcher, of_answers),
            facts,
        })
    }
}

impl Fields {
    fn document(&self, id: u64, of: Of, place: usize, text: &str) -> TantivyDocument {
        let folded = View::folded(text).into_text();
        let held = [terms(&folded), segment::pairs(&folded), segment::characters(&folded)];
        let mut document = TantivyDocument::new();
        document.add_u64(self.transcript, id);
        document.add_u64(self.place, place as u64 * 2 + u64::from(of == Of::Answer));
        for (field, terms) in self.lengths.iter().zip(&held) {
            document.add_u64(*field, terms.len() as u64);
        }
        if of == Of::Passage {
            document.add_u64(self.facts, u64::from(Facts::of(&folded).bits()));
        }
        for (field, terms) in self.terms[of as usize].iter().zip(held) {
            document.add_pre_tokenized_text(*field, tokens(terms));
        }
        document
    }
}

/// What tantivy stores of each document besides its terms.
struct Columns {
    transcript: tantivy::columnar::Column<u64>,
    place: tantivy::columnar::Column<u64>,
    lengths: [tantivy::columnar::Column<u64>; TermKind::COUNT],
    facts: Option<tantivy::columnar::Column<u64>>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> Result<Self, Error> {
        let column = |name: &str| segment.fast_fields().u64(name).map_err(failed);
        let [words, pairs, characters] = LENGTHS;
        Ok(Self {
            transcript: column("transcript")?,
            place: column("place")?,
            lengths: [column(words)?, column(pairs)?, column(characters)?],
            // There is none if the part holds only answers.
            facts: column("facts").ok(),
        })
    }

    fn place(&self, document: DocId) -> Option<(u64, u64)> {
        Some((self.transcript.first(document)?, self.place.first(document)?))
    }

    fn lengths(&self, document: DocId) -> [f32; TermKind::COUNT] {
        self.lengths.each_ref().map(|column| column.first(document).unwrap_or_default() as f32)
    }

    fn facts(&self, document: DocId) -> Facts {
        let bits = self.facts.as_ref().and_then(|column| column.first(document)).unwrap_or_default();
        Facts::from_bits(u8::try_from(bits).unwrap_or_default())
    }
}

/// The places of a snapshot's texts, while they are gathered.
struct Places {
    /// By the number of a transcript, its first text and how many texts it has.
    starts: HashMap<u64, (usize, usize)>,
    ids: Vec<Vec<u32>>,
    addresses: Vec<DocAddress>,
    lengths: Vec<[f32; TermKind::COUNT]>,
    transcript_of: Vec<Option<usize>>,
    found: usize,
}

impl Places {
    fn new(of: impl Iterator<Item = (u64, usize)>) -> Self {
        let (mut starts, mut transcript_of) = (HashMap::new(), Vec::new());
        for (position, (id, texts)) in of.enumerate() {
            starts.insert(id, (transcript_of.len(), texts));
            transcript_of.resize(transcript_of.len() + texts, Some(position));
        }
        let addresses = vec![DocAddress::new(0, 0); transcript_of.len()];
        let lengths = vec![[0.0; TermKind::COUNT]; transcript_of.len()];
        Self { starts, ids: Vec::new(), addresses, lengths, transcript_of, found: 0 }
    }

    /// Notes the place of a text if it belongs to these transcripts. Returns its position.
    fn put(
        &mut self,
        segment: usize,
        document: DocId,
        transcript: u64,
        place: usize,
        lengths: [f32; TermKind::COUNT],
    ) -> Option<usize> {
        let (start, texts) = self.starts.get(&transcript).copied()?;
        let at = (place < texts).then_some(start + place)?;
        self.ids[segment][document as usize] = u32::try_from(at).ok()?;
        self.addresses[at] = DocAddress::new(segment as u32, document);
        self.lengths[at] = lengths;
        self.found += 1;
        Some(at)
    }

    fn index(self, searcher: Searcher, fields: [Field; TermKind::COUNT]) -> LexicalIndex {
        let transcripts = scores::statistics(&self.lengths, &self.transcript_of);
        LexicalIndex {
            searcher,
            fields,
            ids: Arc::new(self.ids),
            addresses: Arc::new(self.addresses),
            lengths: Arc::new(self.lengths),
            transcript_of: self.transcript_of,
            transcripts,
        }
    }
}

/// The fields of the lengths, one for each [`TermKind`].
const LENGTHS: [&str; TermKind::COUNT] = ["word_count", "pair_count", "character_count"];

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let options = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        transcript: schema.add_u64_field("transcript", FAST | INDEXED),
        place: schema.add_u64_field("place", FAST),
        lengths: LENGTHS.map(|name| schema.add_u64_field(name, FAST)),
        facts: schema.add_u64_field("facts", FAST),
        terms: [["words", "pairs", "characters"], ["answer_words", "answer_pairs", "answer_characters"]]
            .map(|names| names.map(|name| schema.add_text_field(name, options.clone()))),
    };
    (schema.build(), fields)
}

fn searcher(index: &Index) -> Result<Searcher, Error> {
    let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
    Ok(reader.searcher())
}

fn tokens(terms: Vec<Term>) -> PreTokenizedString {
    let tokens = terms
        .into_iter()
        .enumerate()
        .map(|(position, term)| Token {
            offset_from: term.range.start,
            offset_to: term.range.end,
            position,
            text: term.text,
            position_length: 1,
        })
        .collect();
    // The text itself is not stored.
    PreTokenizedString { text: String::new(), tokens }
}

#[cfg(test)]
mod tests;
