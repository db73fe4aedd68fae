//! A query → its terms in every form that a text may use: its words, character pairs and characters, their
//! translations, and synonyms.

mod lexicon;

use crate::retrieval::lexical::{self, TermKind, Wanted};

/// The highest weight of a synonym. A word as it was typed weighs 1.
const MAX_SYNONYM_WEIGHT: f32 = 0.6;
/// The lowest probability of a synonym that counts, and the most synonyms of a term.
const MIN_SYNONYM_PROBABILITY: f32 = 0.08;
const MAX_SYNONYMS: usize = 6;
/// The lowest probability of a word that may stand for a term at all.
const MIN_LOOSE_PROBABILITY: f32 = 0.02;

/// Returns the terms of a folded query, for texts of both languages.
///
/// A word is searched as it is, by its translations in the other language (Darwish, Oard 2003: probabilistic structured
/// queries), and by words of its own language with the same translations. A translation is weighted by the square root
/// of its probability, because the choice of a word is a matter of style. Both languages always count. So a file in one
/// language does not change what is found in files of the other.
pub(crate) fn wanted(folded: &str) -> Vec<Wanted> {
    let mut wanted = lexical::wanted(folded);
    for one in wanted.iter_mut().filter(|one| one.kind == TermKind::Word) {
        for (form, weight) in others(&one.term) {
            if one.forms.iter().all(|(known, _)| known != form) {
                one.forms.push((form.to_owned(), weight));
            }
        }
    }
    wanted
}

/// Returns words of either language that may stand for a term, even if they seldom do.
pub(super) fn loosely(term: &str) -> impl Iterator<Item = String> {
    let paraphrases = lexicon::paraphrases(term).into_iter().filter(|(_, chance)| *chance >= MIN_LOOSE_PROBABILITY);
    lexicon::translations(term).into_iter().chain(paraphrases).map(|(word, _)| word.to_owned())
}

/// Returns other forms of a term. Numbers have none.
fn others(term: &str) -> Vec<(&'static str, f32)> {
    if term.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let likely = |chance: f32| (chance >= MIN_SYNONYM_PROBABILITY).then_some(MAX_SYNONYM_WEIGHT * chance.sqrt());
    let translations = lexicon::translations(term).into_iter().map(|(word, chance)| (word, chance.sqrt()));
    let paraphrases = lexicon::paraphrases(term).into_iter().take(MAX_SYNONYMS);
    translations.chain(paraphrases.filter_map(|(word, chance)| Some((word, likely(chance)?)))).collect()
}

#[cfg(test)]
mod tests;
