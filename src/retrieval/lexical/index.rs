//! An index over texts at one moment, which clones share. It finds the texts that hold a term, and has
//! them scored.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet as _, Searcher, TERMINATED};

use super::scores::{self, LexicalHit, Scores, Statistics, Sums};
use super::terms::{TermKind, Wanted, wanted};
use crate::error::Error;
use crate::text::script::View;

/// Texts indexed by words, character pairs and characters, and ranked by BM25. Clones share the index.
#[derive(Clone)]
pub struct LexicalIndex {
    pub(super) searcher: Searcher,
    /// One field for each [`TermKind`], in its order.
    pub(super) fields: [Field; TermKind::COUNT],
    /// For each segment and document, the position of its text; [`NOWHERE`] if the document is not in
    /// this index.
    pub(super) ids: Arc<Vec<Vec<u32>>>,
    /// The address of each text.
    pub(super) addresses: Arc<Vec<DocAddress>>,
    /// For each text, how many words, pairs and characters it has.
    pub(super) lengths: Arc<Vec<[f32; TermKind::COUNT]>>,
    /// The transcript of each text; `None` for a text that was taken out.
    pub(super) transcript_of: Vec<Option<usize>>,
    /// The statistics of each transcript.
    pub(super) transcripts: Vec<Statistics>,
}

/// The position of a document that is not in this index.
pub(super) const NOWHERE: u32 = u32::MAX;

impl LexicalIndex {
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
    /// If the library refuses, which is a bug.
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
    /// If the library refuses, which is a bug.
    pub fn best(&self, query: &str, count: usize) -> Result<Vec<LexicalHit>, Error> {
        Ok(self.scores(&wanted(&View::folded(query).into_text()))?.best(count))
    }

    /// The texts that hold everything wanted, ascending. Empty if nothing is wanted.
    ///
    /// # Errors
    /// If the library refuses, which is a bug.
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
    /// If the library refuses, which is a bug.
    pub fn words(&self) -> Result<Vec<(String, usize)>, Error> {
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields[TermKind::Word as usize]).map_err(failed)?;
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
    /// If the library refuses, which is a bug.
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

    fn term(&self, kind: TermKind, text: &str) -> tantivy::Term {
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

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
pub(super) fn failed(error: tantivy::TantivyError) -> Error {
    Error::Lexical(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
pub(super) fn io_failed(error: std::io::Error) -> Error {
    Error::Lexical(error.to_string())
}
