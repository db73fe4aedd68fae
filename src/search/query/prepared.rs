//! A prepared query. It is made in one place and passed to ranking, question match, highlighting and explanation. This
//! module searches nothing.

use super::put_to_one::put_to_one;
use super::{PeopleAsked, Query, Subject, expansion};
use crate::error::Error;
use crate::retrieval::encoder::{Encoder, normalise};
use crate::retrieval::facts::{self, Fact};
use crate::retrieval::lexical::{TermKind, Wanted};
use crate::text::find::folded;
use crate::text::segment::{self, Language};

/// A query in every form that is compared with answers.
#[derive(Debug, Clone)]
pub struct PreparedQuery {
    /// The query as read: words, phrases, excluded words and filters.
    pub query: Query,
    /// The words of the query, as a question to the people who are searched.
    pub text: String,
    /// `text` in one script, width and case.
    pub folded: String,
    /// The unit vector of the text. It is empty if there are no words.
    pub vector: Vec<f32>,
    /// The terms in every form, including translations and synonyms.
    pub terms: Vec<Wanted>,
    /// The words of the whole query, with the names, for highlighting.
    pub words: Vec<Wanted>,
    /// The language of the query.
    pub language: Language,
    /// The kind of fact that is asked for, if it is known.
    pub fact: Option<Fact>,
    /// What the fact is asked of. It has no words if one person is asked: people speak of their own things in other words.
    pub subject: Subject,
    /// The query as it is put to one person, if it asks for whoever it was.
    pub put_to_one: Option<String>,
    /// The people whom the query names, and what it wants of them.
    pub people: PeopleAsked,
}

impl PreparedQuery {
    /// Prepares a query that names nobody.
    ///
    /// # Errors
    /// If the encoder fails.
    pub fn new(encoder: &Encoder, query: Query) -> Result<Self, Error> {
        let text = query.text.clone();
        Self::about(encoder, query, text, PeopleAsked::default())
    }

    /// Prepares plain words, without query syntax.
    ///
    /// # Errors
    /// If the encoder fails.
    pub fn of_words(encoder: &Encoder, words: &str) -> Result<Self, Error> {
        Self::new(encoder, Query { text: words.to_owned(), open: true, ..Query::default() })
    }

    /// Prepares a query that names `people`. `text` is the question to those who are searched.
    ///
    /// # Errors
    /// If the encoder fails.
    pub fn about(encoder: &Encoder, query: Query, text: String, people: PeopleAsked) -> Result<Self, Error> {
        let folded_text = folded(&text);
        let terms = expansion::wanted(&folded_text);
        let mut words = if text == query.text { terms.clone() } else { expansion::wanted(&folded(&query.text)) };
        words.retain(|one| one.kind == TermKind::Word);
        let fact = facts::asked(&folded_text);
        Ok(Self {
            vector: vector(encoder, &text, &folded_text)?,
            language: Language::of(&text),
            subject: Subject::of(&folded_text, fact.filter(|_| people.only_by.is_empty()), &terms),
            put_to_one: put_to_one(&text),
            fact,
            folded: folded_text,
            query,
            text,
            terms,
            words,
            people,
        })
    }
}

/// Returns the unit vector of a query. Numbers in characters are averaged with their form in digits: people write 00后,
/// and 零零后 means little to an encoder.
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
