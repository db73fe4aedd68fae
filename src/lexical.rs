//! Terms → best. The only room that names the text-search library; holds its
//! index in memory and knows nothing of vectors.

use std::cell::RefCell;
use std::collections::HashSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{
    Language, PreTokenizedString, SimpleTokenizer, Stemmer, TextAnalyzer, Token, TokenStream as _,
};
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument};

use crate::error::Error;
use crate::script::View;
use crate::segment::{self, Term};

/// The writer's working memory, in bytes; the least that tantivy allows.
const WRITER_BYTES: usize = 15_000_000;
/// What BM25 with tantivy's k1 = 1.2 gives a term at most, in units of its idf.
const TERM_CEILING: f32 = 2.2;

/// Texts indexed by their words and character pairs, ranked by BM25.
pub struct LexicalIndex {
    reader: IndexReader,
    fields: Fields,
    size: usize,
}

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    words: Field,
    pairs: Field,
}

/// A text that shares terms with the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LexicalHit {
    /// Position of the text, as given to [`LexicalIndex::new`].
    pub id: usize,
    /// BM25 over words and character pairs.
    pub score: f32,
    /// `score` as a share, 0 to 1, of what a text with every term of the query could get.
    pub coverage: f32,
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
            words: schema.add_text_field("words", options.clone()),
            pairs: schema.add_text_field("pairs", options),
        };
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_BYTES).map_err(failed)?;
        for (id, text) in texts.iter().enumerate() {
            let folded = View::folded(text.as_ref()).into_text();
            let mut document = TantivyDocument::new();
            document.add_u64(fields.id, id as u64);
            document.add_pre_tokenized_text(fields.words, tokens(terms(&folded)));
            document.add_pre_tokenized_text(fields.pairs, tokens(segment::pairs(&folded)));
            writer.add_document(document).map_err(failed)?;
        }
        writer.commit().map_err(failed)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        Ok(Self { reader, fields, size: texts.len() })
    }

    /// The `count` best, best first; only texts that share a term.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn best(&self, query: &str, count: usize) -> Result<Vec<LexicalHit>, Error> {
        let folded = View::folded(query).into_text();
        let searcher = self.reader.searcher();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut ceiling = 0.0;
        for (field, term) in self.query_terms(&folded) {
            let term = tantivy::Term::from_field_text(field, &term);
            let holding = searcher.doc_freq(&term).map_err(failed)?;
            ceiling += idf(self.size, holding) * TERM_CEILING;
            clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        }
        if clauses.is_empty() || count == 0 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(count).order_by_score();
        let found = searcher.search(&BooleanQuery::new(clauses), &top).map_err(failed)?;
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let ids = searcher.segment_reader(address.segment_ord).fast_fields().u64("id").map_err(failed)?;
            let id = ids.first(address.doc_id).unwrap_or_default() as usize;
            hits.push(LexicalHit { id, score, coverage: (score / ceiling).clamp(0.0, 1.0) });
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        Ok(hits)
    }

    fn query_terms(&self, folded: &str) -> Vec<(Field, String)> {
        let words = content_terms(folded).into_iter().map(|term| (self.fields.words, term.text));
        let pairs = content_pairs(folded).into_iter().map(|term| (self.fields.pairs, term.text));
        let mut seen = HashSet::new();
        words.chain(pairs).filter(|term| seen.insert(term.clone())).collect()
    }
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

/// Character pairs that no stop word has a part in.
fn content_pairs(folded: &str) -> Vec<Term> {
    let stops: Vec<_> = segment::words(folded)
        .into_iter()
        .filter(|term| segment::is_stopword(&term.text))
        .map(|term| term.range)
        .collect();
    segment::pairs(folded)
        .into_iter()
        .filter(|pair| stops.iter().all(|stop| stop.end <= pair.range.start || pair.range.end <= stop.start))
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

/// Tantivy's own formula, so that the ceiling is one.
fn idf(size: usize, holding: u64) -> f32 {
    let (size, holding) = (size as f32, holding as f32);
    (1.0 + (size - holding + 0.5) / (holding + 0.5)).ln()
}

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
fn failed(error: tantivy::TantivyError) -> Error {
    Error::Lexical(error.to_string())
}

#[cfg(test)]
mod tests;
