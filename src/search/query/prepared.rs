//! A query with all that is compared with answers, made in one place and handed to ranking,
//! question match, highlighting and explanation. Finds nothing.

use super::{Query, expansion};
use crate::error::Error;
use crate::retrieval::encoder::{Encoder, normalise};
use crate::retrieval::facts::{self, Fact};
use crate::retrieval::lexical::{Kind, Wanted};
use crate::text::find::folded;
use crate::text::segment::{self, Language};

/// What a query asks for, in every form that something is compared by.
#[derive(Debug, Clone)]
pub struct PreparedQuery {
    /// As it was read: its words, phrases, words left out and filters.
    pub query: Query,
    /// What is looked for: the words of the query, without names where it names people.
    pub text: String,
    /// The same in one script, width and case.
    pub folded: String,
    /// The unit vector of what is looked for; empty for no words.
    pub vector: Vec<f32>,
    /// What is looked for in every form that a text may say it in: translations and synonyms too.
    pub terms: Vec<Wanted>,
    /// The words among them, and the names: what is marked where it stands.
    pub words: Vec<Wanted>,
    /// The language that is asked in.
    pub language: Language,
    /// The kind of fact that is asked for, where it is one that can be told.
    pub fact: Option<Fact>,
    /// Interviewees whose own words are asked for, as the sources write them.
    pub people: Vec<String>,
}

impl PreparedQuery {
    /// Prepares a query that names nobody.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn new(encoder: &Encoder, query: Query) -> Result<Self, Error> {
        let text = query.text.clone();
        Self::about(encoder, query, text, Vec::new())
    }

    /// Prepares words that are no more than words: nothing in them is syntax.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn of_words(encoder: &Encoder, words: &str) -> Result<Self, Error> {
        Self::new(encoder, Query { text: words.to_owned(), open: true, ..Query::default() })
    }

    /// Prepares a query that names `people`; `text` is what it asks about.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn about(encoder: &Encoder, query: Query, text: String, people: Vec<String>) -> Result<Self, Error> {
        let folded_text = folded(&text);
        let terms = expansion::wanted(&folded_text);
        let mut words = if text == query.text { terms.clone() } else { expansion::wanted(&folded(&query.text)) };
        words.retain(|one| one.kind == Kind::Word);
        Ok(Self {
            vector: vector(encoder, &text, &folded_text)?,
            language: Language::of(&text),
            fact: facts::asked(&folded_text),
            folded: folded_text,
            query,
            text,
            terms,
            words,
            people,
        })
    }
}

/// The unit vector of a query. One with numbers in characters stands halfway to itself in
/// digits: 零零后 is seldom written and so means little to an encoder, 00后 is what people write.
fn vector(encoder: &Encoder, text: &str, folded_text: &str) -> Result<Vec<f32>, Error> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut vector = encoder.embed_one(text)?;
    let Some(in_digits) = segment::in_digits(folded_text) else { return Ok(vector) };
    for (value, other) in vector.iter_mut().zip(encoder.embed_one(&in_digits)?) {
        *value += other;
    }
    normalise(&mut vector);
    Ok(vector)
}
