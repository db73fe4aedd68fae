//! A query → what it asks for, in every form that a text may say it in: its own
//! words, character pairs and characters, their translations, and words that mean the same.
//! Decides no ranking.

mod lexicon;

use crate::retrieval::lexical::{self, Kind, Wanted};

/// How far a word of the same meaning speaks for the one asked for, at most …
const PARAPHRASE: f32 = 0.6;
/// … and how likely it must be to count, and how many do.
const PARAPHRASE_LIKELY: f32 = 0.08;
const PARAPHRASES: usize = 6;

/// What a folded query asks for, in texts of either language.
///
/// A word is looked for as it is, in the other language by its translations
/// (Darwish, Oard 2003: probabilistic structured queries) and in its own by words
/// that share translations with it. A translation counts by the square root of its probability:
/// which word a text says it by is a matter of style, and half of the
/// probability is not half of the meaning. Both always, so that a file in one language does not
/// change what is found in files of the other.
pub(crate) fn wanted(folded: &str) -> Vec<Wanted> {
    let mut wanted = lexical::wanted(folded);
    for one in wanted.iter_mut().filter(|one| one.kind == Kind::Word) {
        for (form, weight) in others(&one.term) {
            if one.forms.iter().all(|(known, _)| known != form) {
                one.forms.push((form.to_owned(), weight));
            }
        }
    }
    wanted
}

/// Other forms of a term. Numbers have none.
fn others(term: &str) -> Vec<(&'static str, f32)> {
    if term.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let likely = |chance: f32| (chance >= PARAPHRASE_LIKELY).then_some(PARAPHRASE * chance.sqrt());
    let translations = lexicon::translations(term).into_iter().map(|(word, chance)| (word, chance.sqrt()));
    let paraphrases = lexicon::paraphrases(term).into_iter().take(PARAPHRASES);
    translations.chain(paraphrases.filter_map(|(word, chance)| Some((word, likely(chance)?)))).collect()
}

#[cfg(test)]
mod tests;
