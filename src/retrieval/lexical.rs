//! Finds the best texts for terms. Only this module names the text-search library. The index is in
//! memory and knows no vectors. A score depends only on texts of the same transcript, so that no file
//! moves the scores of another.

mod scores;
mod word_frequency;
mod word_index;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::{Language, SimpleTokenizer, Stemmer, TextAnalyzer, TokenStream as _};
use tantivy::{DocAddress, DocSet as _, Searcher, TERMINATED};

use crate::error::Error;
use crate::text::numerals;
use crate::text::script::View;
use crate::text::segment::{self, Term};
pub use scores::{LexicalHit, Scores};
use scores::{Statistics, Sums};
pub use word_frequency::rarity;
pub use word_index::{IndexFile, Snapshot, TranscriptTexts, WordIndex};

/// Texts indexed by words, character pairs and characters, and ranked by BM25. Clones share the index.
#[derive(Clone)]
pub struct LexicalIndex {
    searcher: Searcher,
    /// One field for each [`Kind`], in its order.
    fields: [Field; Kind::COUNT],
    /// For each segment and document, the position of its text; [`NOWHERE`] if the document is not in
    /// this index.
    ids: Arc<Vec<Vec<u32>>>,
    /// The address of each text.
    addresses: Arc<Vec<DocAddress>>,
    /// For each text, how many words, pairs and characters it has.
    lengths: Arc<Vec<[f32; Kind::COUNT]>>,
    /// The transcript of each text; `None` for a text that was taken out.
    transcript_of: Vec<Option<usize>>,
    /// The statistics of each transcript.
    transcripts: Vec<Statistics>,
}

/// The position of a document that is not in this index.
const NOWHERE: u32 = u32::MAX;

/// One thing that a query asks for, with all forms that it may have in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The term, as the query has it.
    pub term: String,
    /// The kind of the term.
    pub kind: Kind,
    /// The terms that stand for it. Each has a weight, 0 to 1.
    pub forms: Vec<(String, f32)>,
}

/// The kind of a term. Each kind has a field of its own.
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
    /// Indexes texts of one transcript, in any script, width and case. Each text is known by its
    /// position.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn new<T: AsRef<str>>(texts: &[T]) -> Result<Self, Error> {
        Self::of_transcripts(texts, &vec![0; texts.len()])
    }

    /// Indexes texts of several transcripts. `transcript_of` has the transcript of each text.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn of_transcripts<T: AsRef<str>>(texts: &[T], transcript_of: &[usize]) -> Result<Self, Error> {
        let passages = texts.iter().map(|text| text.as_ref().to_owned()).collect();
        let mut index = WordIndex::new()?;
        index.update(&HashSet::from([0]), &[TranscriptTexts { id: 0, passages, answers: Vec::new() }])?;
        let mut one = index.snapshot(&[(0, texts.len(), 0)])?.passages;
        one.transcript_of = transcript_of.iter().copied().map(Some).collect();
        one.transcripts = scores::statistics(&one.lengths, &one.transcript_of);
        Ok(one)
    }

    /// The same index without some texts, as if they had never been there.
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

    /// Scores every text for what is wanted.
    ///
    /// All forms of one wanted thing count as that thing. Its frequency in a text is the weighted sum
    /// over its forms, and so is the number of texts that hold it (probabilistic structured queries:
    /// Darwish, Oard 2003).
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

    /// The `count` best texts for the words, pairs and characters of a query itself, best first. A text
    /// without any of its terms is left out.
    ///
    /// # Errors
    /// When the library refuses, which is a bug.
    pub fn best(&self, query: &str, count: usize) -> Result<Vec<LexicalHit>, Error> {
        Ok(self.scores(&wanted(&View::folded(query).into_text()))?.best(count))
    }

    /// The texts that hold everything wanted, ascending. Empty if nothing is wanted.
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
            let index = segment.inverted_index(self.fields[Kind::Word as usize]).map_err(failed)?;
            let mut terms = index.terms().stream().map_err(io_failed)?;
            while let Some((term, info)) = terms.next() {
                if let Ok(word) = std::str::from_utf8(term) {
                    *all.entry(word.to_owned()).or_default() += info.doc_freq as usize;
                }
            }
        }
        Ok(all.into_iter().collect())
    }

    /// The wanted forms that one text holds, in the order of the query.
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
        tantivy::Term::from_field_text(self.fields[kind as usize], text)
    }

    /// Calls `see` for every text that holds a term, with the term's frequency.
    fn each(&self, term: &tantivy::Term, mut see: impl FnMut(usize, f32)) -> Result<(), Error> {
        for (segment, ids) in self.searcher.segment_readers().iter().zip(self.ids.iter()) {
            let index = segment.inverted_index(term.field()).map_err(failed)?;
            let postings = index.read_postings(term, IndexRecordOption::WithFreqs).map_err(io_failed)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                if let Some(id) = ids.get(postings.doc() as usize).filter(|id| **id != NOWHERE) {
                    see(*id as usize, postings.term_freq() as f32);
                }
                postings.advance();
            }
        }
        Ok(())
    }
}

/// What a folded query asks for, in its own words. A number is asked for in digits, which every text is
/// indexed by. Its characters are left out, because they would ask for the number twice.
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

/// What a folded query asks for in plain BM25, which serves as a yardstick: all character pairs, Latin
/// words and numbers.
pub fn plain(folded: &str) -> Vec<Wanted> {
    let latin = terms(folded).into_iter().map(|term| (Kind::Word, term.text)).filter(|(_, text)| text.is_ascii());
    let pairs = segment::pairs(folded).into_iter().map(|term| (Kind::Pair, term.text));
    let mut seen = HashSet::new();
    latin.chain(pairs).filter(|one| seen.insert(one.clone())).map(own).collect()
}

fn own((kind, term): (Kind, String)) -> Wanted {
    Wanted { kind, forms: vec![(term.clone(), 1.0)], term }
}

/// The words of a folded text as they are matched. English words become their stems.
pub fn terms(folded: &str) -> Vec<Term> {
    let mut terms = segment::words(folded);
    for term in &mut terms {
        if term.text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            term.text = stem(&term.text);
        }
    }
    terms
}

/// [`terms`] without stop words.
pub fn content_terms(folded: &str) -> Vec<Term> {
    terms(folded).into_iter().filter(|term| !segment::is_stopword(&folded[term.range.clone()])).collect()
}

/// Pairs or characters that do not overlap a stop word.
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
