//! Terms → best. The only room that names the text-search library; holds its
//! index in memory and knows nothing of vectors. What a text gets for a term hangs on
//! the texts of its own transcript alone, so that no file moves another's scores.

mod scores;
mod word_frequency;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tantivy::postings::Postings as _;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    Language, PreTokenizedString, SimpleTokenizer, Stemmer, TextAnalyzer, Token, TokenStream as _,
};
use tantivy::{
    DocAddress, DocId, DocSet as _, Index, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyDocument,
};

use crate::error::Error;
use crate::text::numerals;
use crate::text::script::View;
use crate::text::segment::{self, Term};
pub use scores::{LexicalHit, Scores};
use scores::{Statistics, Sums};
pub use word_frequency::rarity;

/// The writer's working memory, in bytes; the least that tantivy allows.
const WRITER_BYTES: usize = 15_000_000;
/// Texts indexed by their words, character pairs and characters, ranked by BM25.
#[derive(Clone)]
pub struct LexicalIndex {
    searcher: Searcher,
    fields: Fields,
    /// By segment and document, the position of the text as it was given.
    ids: Arc<Vec<Vec<usize>>>,
    /// By position, where the text is.
    addresses: Arc<Vec<DocAddress>>,
    /// By position, its words, pairs and characters, counted.
    lengths: Arc<Vec<[f32; Kind::COUNT]>>,
    /// By position, the transcript that it is of; `None` for one that was taken out.
    transcript_of: Vec<Option<usize>>,
    /// By transcript.
    transcripts: Vec<Statistics>,
}

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    /// One field for each [`Kind`], in its order.
    terms: [Field; Kind::COUNT],
}

/// One thing that a query asks for, in every form it may take in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// As the query has it.
    pub term: String,
    /// What it is.
    pub kind: Kind,
    /// The terms that speak for it, each with how far it does, 0 to 1.
    pub forms: Vec<(String, f32)>,
}

/// What a term is, and so where it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word or its stem.
    Word,
    /// Two neighbouring Chinese characters.
    Pair,
    /// One Chinese character: what 离职 and 离开 share.
    Character,
}

impl Kind {
    const COUNT: usize = 3;
}

impl LexicalIndex {
    /// Indexes texts of one transcript, in any script, width and case; each is known by its position.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn new<T: AsRef<str>>(texts: &[T]) -> Result<Self, Error> {
        Self::of_transcripts(texts, &vec![0; texts.len()])
    }

    /// The same of several transcripts; `transcript_of` says by position which each text is of.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn of_transcripts<T: AsRef<str>>(texts: &[T], transcript_of: &[usize]) -> Result<Self, Error> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields = Fields {
            id: schema.add_u64_field("id", FAST),
            terms: ["words", "pairs", "characters"].map(|name| schema.add_text_field(name, options.clone())),
        };
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_BYTES).map_err(failed)?;
        let mut lengths = Vec::with_capacity(texts.len());
        for (id, text) in texts.iter().enumerate() {
            let folded = View::folded(text.as_ref()).into_text();
            let held = [terms(&folded), segment::pairs(&folded), segment::characters(&folded)];
            lengths.push(held.each_ref().map(|terms| terms.len() as f32));
            let mut document = TantivyDocument::new();
            document.add_u64(fields.id, id as u64);
            for (field, terms) in fields.terms.iter().zip(held) {
                document.add_pre_tokenized_text(*field, tokens(terms));
            }
            writer.add_document(document).map_err(failed)?;
        }
        writer.commit().map_err(failed)?;
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        let searcher = reader.searcher();
        let (ids, addresses) = places(&searcher, texts.len())?;
        let transcript_of: Vec<Option<usize>> = transcript_of.iter().copied().map(Some).collect();
        let transcripts = scores::statistics(&lengths, &transcript_of);
        let (ids, addresses, lengths) = (Arc::new(ids), Arc::new(addresses), Arc::new(lengths));
        Ok(Self { searcher, fields, ids, addresses, lengths, transcript_of, transcripts })
    }

    /// The same without some of the texts, as if they had never been there.
    #[must_use]
    pub fn without(&self, texts: impl IntoIterator<Item = usize>) -> Self {
        let mut transcript_of = self.transcript_of.clone();
        for text in texts {
            if let Some(of) = transcript_of.get_mut(text) {
                *of = None;
            }
        }
        let transcripts = scores::statistics(&self.lengths, &transcript_of);
        Self { transcript_of, transcripts, ..self.clone() }
    }

    /// How every text answers to what is wanted.
    ///
    /// The forms of one thing count as that thing: its frequency in a text is
    /// theirs, each weighed by how far it speaks for it, and so is the number of
    /// texts that hold it (probabilistic structured queries: Darwish, Oard 2003).
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn scores(&self, wanted: &[Wanted]) -> Result<Scores, Error> {
        let mut sums = Sums::new(&self.lengths, &self.transcript_of, &self.transcripts);
        for one in wanted {
            for (form, weight) in &one.forms {
                self.each(&self.term(one.kind, form), |id, frequency| sums.hold(id, *weight, frequency))?;
            }
            sums.close(one);
        }
        Ok(sums.scores())
    }

    /// The `count` best for the words and pairs of a query themselves, best
    /// first; only texts that share a term.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn best(&self, query: &str, count: usize) -> Result<Vec<LexicalHit>, Error> {
        Ok(self.scores(&wanted(&View::folded(query).into_text()))?.best(count))
    }

    /// The texts that hold all that is wanted, ascending; none for nothing.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn holding(&self, wanted: &[Wanted]) -> Result<Vec<usize>, Error> {
        let mut all: Option<HashSet<usize>> = None;
        for one in wanted {
            let mut holding = HashSet::new();
            for (form, _) in &one.forms {
                self.each(&self.term(one.kind, form), |id, _| {
                    holding.insert(id);
                })?;
            }
            all = Some(match all {
                None => holding,
                Some(before) => before.intersection(&holding).copied().collect(),
            });
        }
        let mut all: Vec<usize> = all.unwrap_or_default().into_iter().collect();
        all.sort_unstable();
        Ok(all)
    }

    /// Every word as it is matched, with how many texts hold it, in the order of its bytes. Texts that were
    /// taken out count, too.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn words(&self) -> Result<Vec<(String, usize)>, Error> {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.terms[Kind::Word as usize]).map_err(failed)?;
            let mut terms = index.terms().stream().map_err(io_failed)?;
            while let Some((term, info)) = terms.next() {
                if let Ok(word) = std::str::from_utf8(term) {
                    *all.entry(word.to_owned()).or_default() += info.doc_freq as usize;
                }
            }
        }
        Ok(all.into_iter().collect())
    }

    /// The forms of what is wanted that one text holds, in the order of the query.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn held(&self, wanted: &[Wanted], id: usize) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        let Some(address) = self.addresses.get(id) else { return Ok(found) };
        for one in wanted {
            for (form, _) in &one.forms {
                let term = self.term(one.kind, form);
                let index = self.searcher.segment_reader(address.segment_ord).inverted_index(term.field());
                let postings = index.map_err(failed)?.read_postings(&term, IndexRecordOption::Basic);
                let Some(mut postings) = postings.map_err(io_failed)? else { continue };
                if postings.doc() <= address.doc_id && postings.seek(address.doc_id) == address.doc_id {
                    found.push(form.clone());
                }
            }
        }
        Ok(found)
    }

    fn term(&self, kind: Kind, text: &str) -> tantivy::Term {
        tantivy::Term::from_field_text(self.fields.terms[kind as usize], text)
    }

    /// Every text that holds a term, with how often.
    fn each(&self, term: &tantivy::Term, mut see: impl FnMut(usize, f32)) -> Result<(), Error> {
        for (segment, ids) in self.searcher.segment_readers().iter().zip(self.ids.iter()) {
            let index = segment.inverted_index(term.field()).map_err(failed)?;
            let postings = index.read_postings(term, IndexRecordOption::WithFreqs).map_err(io_failed)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                see(ids[postings.doc() as usize], postings.term_freq() as f32);
                postings.advance();
            }
        }
        Ok(())
    }
}

/// Where each text is: by segment and document its position, and the reverse.
fn places(searcher: &Searcher, size: usize) -> Result<(Vec<Vec<usize>>, Vec<DocAddress>), Error> {
    let mut ids = Vec::new();
    let mut addresses = vec![DocAddress::new(0, 0); size];
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let column = segment.fast_fields().u64("id").map_err(failed)?;
        let id = |document: DocId| column.first(document).unwrap_or_default() as usize;
        let of_segment: Vec<usize> = (0..segment.max_doc()).map(id).collect();
        for (document, id) in of_segment.iter().enumerate() {
            addresses[*id] = DocAddress::new(ordinal as u32, document as DocId);
        }
        ids.push(of_segment);
    }
    Ok((ids, addresses))
}

/// What a folded query asks for, in its own words only. A number is asked for in digits, which
/// every text is indexed by: its characters beside them would be one thing asked for twice.
pub fn wanted(folded: &str) -> Vec<Wanted> {
    let numbers = numerals::numbers(folded);
    let is_apart = |term: &Term| {
        numbers.iter().all(|n| n == term || n.range.end <= term.range.start || term.range.end <= n.range.start)
    };
    let words = content_terms(folded).into_iter().map(|term| (Kind::Word, term));
    let pairs = content(folded, segment::pairs).into_iter().map(|term| (Kind::Pair, term));
    let characters = content(folded, segment::characters).into_iter().map(|term| (Kind::Character, term));
    let apart = words.chain(pairs).chain(characters).filter(|(_, term)| is_apart(term));
    let mut seen = HashSet::new();
    apart.map(|(kind, term)| (kind, term.text)).filter(|one| seen.insert(one.clone())).map(own).collect()
}

/// What a folded query asks for by the yardstick of plain BM25: all pairs of
/// characters, and Latin words and numbers.
pub fn plain(folded: &str) -> Vec<Wanted> {
    let latin = terms(folded).into_iter().map(|term| (Kind::Word, term.text)).filter(|(_, text)| text.is_ascii());
    let pairs = segment::pairs(folded).into_iter().map(|term| (Kind::Pair, term.text));
    let mut seen = HashSet::new();
    latin.chain(pairs).filter(|one| seen.insert(one.clone())).map(own).collect()
}

fn own((kind, term): (Kind, String)) -> Wanted {
    Wanted { kind, forms: vec![(term.clone(), 1.0)], term }
}

/// The words of a folded text as they are matched: English ones by their stem.
pub fn terms(folded: &str) -> Vec<Term> {
    let mut terms = segment::words(folded);
    for term in &mut terms {
        if term.text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            term.text = stem(&term.text);
        }
    }
    terms
}

/// [`terms`] without the words too common to speak to anything.
pub fn content_terms(folded: &str) -> Vec<Term> {
    terms(folded).into_iter().filter(|term| !segment::is_stopword(&folded[term.range.clone()])).collect()
}

/// Pairs or characters that no stop word has a part in.
fn content(folded: &str, parts: impl Fn(&str) -> Vec<Term>) -> Vec<Term> {
    let stops: Vec<_> = segment::words(folded)
        .into_iter()
        .filter(|term| segment::is_stopword(&term.text))
        .map(|term| term.range)
        .collect();
    parts(folded)
        .into_iter()
        .filter(|part| stops.iter().all(|stop| stop.end <= part.range.start || part.range.end <= stop.start))
        .collect()
}

thread_local! {
    static STEMMER: RefCell<TextAnalyzer> = RefCell::new(
        TextAnalyzer::builder(SimpleTokenizer::default()).filter(Stemmer::new(Language::English)).build(),
    );
}

fn stem(word: &str) -> String {
    STEMMER.with_borrow_mut(|analyzer| {
        let mut stream = analyzer.token_stream(word);
        if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
    })
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

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
fn failed(error: tantivy::TantivyError) -> Error {
    Error::Lexical(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
fn io_failed(error: std::io::Error) -> Error {
    Error::Lexical(error.to_string())
}

#[cfg(test)]
mod tests;
