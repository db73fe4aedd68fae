//! The terms by which texts and queries meet: words and their stems, pairs of Chinese characters, and
//! characters. Pure; knows no index.

use std::cell::RefCell;
use std::collections::HashSet;

use tantivy::tokenizer::{Language, SimpleTokenizer, Stemmer, TextAnalyzer, TokenStream as _};

use crate::text::numerals;
use crate::text::segment::{self, Term};

/// One thing that a query asks for, with all forms that it may have in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The term, as the query has it.
    pub term: String,
    /// The kind of the term.
    pub kind: TermKind,
    /// The terms that stand for it. Each has a weight, 0 to 1.
    pub forms: Vec<(String, f32)>,
}

/// The kind of a term. Each kind has a field of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// A word or its stem.
    Word,
    /// Two neighbouring Chinese characters.
    Pair,
    /// One Chinese character: what 离职 and 离开 share.
    Character,
}

impl TermKind {
    pub(super) const COUNT: usize = 3;
}

/// What a folded query asks for, in its own words. A number is asked for in digits, which every text is
/// indexed by. Its characters are left out, because they would ask for the number twice.
pub fn wanted(folded: &str) -> Vec<Wanted> {
    let numbers = numerals::numbers(folded);
    let is_apart = |term: &Term| {
        numbers.iter().all(|n| n == term || n.range.end <= term.range.start || term.range.end <= n.range.start)
    };
    let words = content_terms(folded).into_iter().map(|term| (TermKind::Word, term));
    let pairs = content(folded, segment::pairs).into_iter().map(|term| (TermKind::Pair, term));
    let characters = content(folded, segment::characters).into_iter().map(|term| (TermKind::Character, term));
    let apart = words.chain(pairs).chain(characters).filter(|(_, term)| is_apart(term));
    let mut seen = HashSet::new();
    apart.map(|(kind, term)| (kind, term.text)).filter(|one| seen.insert(one.clone())).map(own).collect()
}

/// What a folded query asks for in plain BM25, which serves as a yardstick: all character pairs, Latin
/// words and numbers.
pub fn plain(folded: &str) -> Vec<Wanted> {
    let latin = terms(folded).into_iter().map(|term| (TermKind::Word, term.text)).filter(|(_, text)| text.is_ascii());
    let pairs = segment::pairs(folded).into_iter().map(|term| (TermKind::Pair, term.text));
    let mut seen = HashSet::new();
    latin.chain(pairs).filter(|one| seen.insert(one.clone())).map(own).collect()
}

fn own((kind, term): (TermKind, String)) -> Wanted {
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
