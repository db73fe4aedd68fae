//! The words of the library, and the words of a query, as a slip is looked for among them.

use std::collections::HashSet;
use std::ops::Range;

use crate::retrieval::corpus::Corpus;
use crate::retrieval::lexical;
use crate::text::ranges::overlap;
use crate::text::segment;

/// The words of the library.
pub(super) struct UsedWords<'a> {
    pub(super) corpus: &'a Corpus,
    /// Sorted by their bytes, with their counts.
    pub(super) words: &'a [(String, usize)],
}

impl UsedWords<'_> {
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.words.binary_search_by(|(known, _)| known.as_str().cmp(word)).is_ok()
    }

    /// Returns whether somebody uses the words, in any sense.
    pub(super) fn is_used(&self, words: &str) -> bool {
        self.is_word(words)
            || (0..self.corpus.transcripts.len()).any(|at| self.corpus.folded(at).text().contains(words))
    }

    /// Returns the whole word of a stem, as it is used in a transcript.
    pub(super) fn whole(&self, stem: &str) -> Option<String> {
        let transcripts = 0..self.corpus.transcripts.len();
        transcripts.map(|at| self.corpus.folded(at).text()).find_map(|text| {
            text.match_indices(stem).find_map(|(at, _)| {
                if text[..at].ends_with(char::is_alphabetic) {
                    return None;
                }
                let rest = &text[at..];
                let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
                (stem_of(word) == stem).then(|| word.to_owned())
            })
        })
    }
}

pub(super) fn stem_of(word: &str) -> String {
    lexical::terms(word).into_iter().next().map_or_else(|| word.to_owned(), |term| term.text)
}

/// The words of a query. A slip is made in whole words: 和同 in 和同行 is no slip for 合同.
pub(super) struct Pieces {
    bounds: HashSet<usize>,
    /// Words that mean nothing by themselves: 过 in 吵过架 belongs to no other word.
    stopwords: Vec<Range<usize>>,
}

impl Pieces {
    pub(super) fn of(text: &str) -> Self {
        let mut pieces = Self { bounds: HashSet::from([0]), stopwords: Vec::new() };
        let mut at = 0;
        for word in segment::cut(text) {
            let range = at..at + word.len();
            at = range.end;
            pieces.bounds.insert(at);
            if segment::is_stopword(word) {
                pieces.stopwords.push(range);
            }
        }
        pieces
    }

    /// Returns whether a stretch begins and ends with words.
    pub(super) fn bounds(&self, range: &Range<usize>) -> bool {
        self.bounds.contains(&range.start) && self.bounds.contains(&range.end)
    }

    /// Returns whether a stretch is made of whole words that all mean something.
    pub(super) fn holds(&self, range: &Range<usize>) -> bool {
        self.bounds(range) && self.stopwords_in(range).next().is_none()
    }

    pub(super) fn stopwords_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        self.stopwords.iter().filter(|stop| overlap(stop, range))
    }
}

/// Returns a sound without the differences that many speakers do not make.
pub(super) fn loose(sound: &str) -> String {
    sound.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")
}
