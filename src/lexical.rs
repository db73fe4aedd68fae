//! Terms → best. The only room that names the text-search library; holds its
//! index in memory and knows nothing of vectors.

use std::cell::RefCell;
use std::collections::HashSet;

use tantivy::postings::Postings as _;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    Language, PreTokenizedString, SimpleTokenizer, Stemmer, TextAnalyzer, Token, TokenStream as _,
};
use tantivy::{
    DocAddress, DocId, DocSet as _, Index, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyDocument,
};

use crate::error::Error;
use crate::script::View;
use crate::segment::{self, Term};

/// The writer's working memory, in bytes; the least that tantivy allows.
const WRITER_BYTES: usize = 15_000_000;
/// BM25's usual constants (Robertson, Zaragoza 2009).
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What BM25 gives a term at most, in units of its idf.
const TERM_CEILING: f32 = K1 + 1.0;

/// Texts indexed by their words, character pairs and characters, ranked by BM25.
pub struct LexicalIndex {
    searcher: Searcher,
    fields: Fields,
    /// By segment and document, the position of the text as it was given.
    ids: Vec<Vec<usize>>,
    /// By position, where the text is.
    addresses: Vec<DocAddress>,
    /// By position, its words, pairs and characters, counted.
    lengths: Vec<[f32; Kind::COUNT]>,
    /// The same per text on average.
    average: [f32; Kind::COUNT],
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

/// How every text answers to what is wanted, by position.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// BM25 over all that is wanted.
    pub bm25: Vec<f32>,
    /// What a text that holds all of it, often, could get at most.
    pub ceiling: f32,
}

/// A text that shares terms with the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LexicalHit {
    /// Position of the text, as given to [`LexicalIndex::new`].
    pub id: usize,
    /// BM25 over words, character pairs and characters.
    pub score: f32,
    /// `score` as a share, 0 to 1, of what a text with every term of the query could get.
    pub coverage: f32,
}

impl Scores {
    /// The BM25 of one text as a share, 0 to 1, of the ceiling.
    pub fn share(&self, id: usize) -> f32 {
        let score = self.bm25.get(id).copied().unwrap_or_default();
        if self.ceiling > 0.0 { (score / self.ceiling).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The `count` best, best first; only texts that hold something wanted.
    pub fn best(&self, count: usize) -> Vec<LexicalHit> {
        let mut hits: Vec<LexicalHit> = (0..self.bm25.len())
            .filter(|id| self.bm25[*id] > 0.0)
            .map(|id| LexicalHit { id, score: self.bm25[id], coverage: self.share(id) })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        hits.truncate(count);
        hits
    }
}

impl LexicalIndex {
    /// Indexes texts in any script, width and case; each is known by its position.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn new<T: AsRef<str>>(texts: &[T]) -> Result<Self, Error> {
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
        let average = std::array::from_fn(|kind| {
            let total: f32 = lengths.iter().map(|length: &[f32; Kind::COUNT]| length[kind]).sum();
            (total / texts.len().max(1) as f32).max(1.0)
        });
        let (ids, addresses) = places(&searcher, texts.len())?;
        Ok(Self { searcher, fields, ids, addresses, lengths, average })
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
        let size = self.addresses.len();
        let mut scores = Scores { bm25: vec![0.0; size], ceiling: 0.0 };
        let mut held = vec![0.0_f32; size];
        for one in wanted {
            let mut touched = Vec::new();
            for (form, weight) in &one.forms {
                let term = self.term(one.kind, form);
                self.each(&term, |id, frequency| {
                    if held[id] <= 0.0 {
                        touched.push(id);
                    }
                    held[id] += weight * frequency;
                })?;
            }
            let idf = self.rarity(one)?;
            scores.ceiling += idf * TERM_CEILING;
            let kind = one.kind as usize;
            for id in touched {
                let frequency = std::mem::take(&mut held[id]);
                let length = self.lengths[id][kind] / self.average[kind];
                scores.bm25[id] += idf * TERM_CEILING * frequency / (frequency + K1 * (1.0 - B + B * length));
            }
        }
        Ok(scores)
    }

    /// How much it says that a text holds one thing: its inverse document frequency.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn rarity(&self, one: &Wanted) -> Result<f32, Error> {
        let mut holding = 0.0;
        for (form, weight) in &one.forms {
            holding += weight * self.searcher.doc_freq(&self.term(one.kind, form)).map_err(failed)? as f32;
        }
        Ok(idf(self.addresses.len(), holding))
    }

    /// The `count` best for the words and pairs of a query themselves, best
    /// first; only texts that share a term.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn best(&self, query: &str, count: usize) -> Result<Vec<LexicalHit>, Error> {
        Ok(self.scores(&wanted(&View::folded(query).into_text()))?.best(count))
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
        for (segment, ids) in self.searcher.segment_readers().iter().zip(&self.ids) {
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
    let numbers = segment::numbers(folded);
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

/// Never negative, as in Lucene and tantivy.
fn idf(size: usize, holding: f32) -> f32 {
    let (size, holding) = (size as f32, holding.min(size as f32));
    (1.0 + (size - holding + 0.5) / (holding + 0.5)).ln()
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
