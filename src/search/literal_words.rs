//! The words that a query asks for literally, and the answers that use them.

use std::collections::HashSet;

use super::mentions::{self, Mention, MentionQuery, WordUse};
use super::query::{PreparedQuery, Query};
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::lexical;
use crate::text::find::folded;
use crate::text::script::Display;

/// The words that a query asks for literally, and the answers that use them.
pub(super) struct LiteralWords {
    /// Whether the query is only a keyword: the first of `words`.
    is_keyword: bool,
    /// Each word, with the answers that use it.
    words: Vec<(String, Vec<WordUse>)>,
    /// The answers in which a named person speaks about what the query asks that person's view of: the answer, or the
    /// interview question before it, has the words.
    pub(super) on_topic: Vec<usize>,
}

impl LiteralWords {
    /// Reads the words of a query, and finds them in the answers within reach.
    ///
    /// # Errors
    /// If the word index fails.
    pub(super) fn of(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Self, Error> {
        Ok(match mentions::mention_query(query) {
            None => Self { is_keyword: false, words: Vec::new(), on_topic: Vec::new() },
            Some(MentionQuery::Keyword(word)) => {
                let uses = mentions::answers_using_keyword(corpus, within, &word)?;
                Self { is_keyword: true, words: vec![(word, uses)], on_topic: Vec::new() }
            }
            Some(MentionQuery::Words(words)) => {
                let uses = |word: String| {
                    let uses = mentions::answers_using(corpus, within, &word)?;
                    Ok((word, uses))
                };
                let words = words.into_iter().map(uses).collect::<Result<_, Error>>()?;
                Self { is_keyword: false, words, on_topic: Vec::new() }
            }
        })
    }

    /// Returns what a query asks for literally of the people whom it names or leaves out: 食堂 in 除了李强还有谁提到食堂, or
    /// 算法 in 田军怎么看算法. `within` are their answers. If no answer has the words, those of the whole query stay.
    ///
    /// # Errors
    /// If the word index fails.
    pub(super) fn about(self, corpus: &Corpus, prepared: &PreparedQuery, within: &[usize]) -> Result<Self, Error> {
        let about = Query { text: prepared.text.clone(), ..prepared.query.clone() };
        if let Some(topic) = mentions::topic_of_view(&about).filter(|_| !prepared.people.only_by.is_empty()) {
            let uses = mentions::answers_using_keyword(corpus, within, &topic)?;
            let with_words: HashSet<usize> = uses.iter().map(|one| one.answer).collect();
            let is_on_topic = |answer: &usize| with_words.contains(answer) || is_asked_about(corpus, *answer, &topic);
            return Ok(Self { on_topic: within.iter().copied().filter(is_on_topic).collect(), ..self });
        }
        let Some(MentionQuery::Keyword(word)) = mentions::mention_query(&about) else { return Ok(self) };
        let uses = mentions::answers_using_keyword(corpus, within, &word)?;
        let is_used = !uses.is_empty();
        Ok(if is_used { Self { is_keyword: true, words: vec![(word, uses)], on_topic: Vec::new() } } else { self })
    }

    /// Returns the answers that use the keyword. There are none if the query is not a keyword.
    pub(super) fn answers_with_keyword(&self) -> &[WordUse] {
        self.words.first().filter(|_| self.is_keyword).map_or(&[], |(_, uses)| uses)
    }

    /// Returns the mentions for a reply: of a keyword in any case, of other words if somebody uses them.
    ///
    /// # Errors
    /// If the word index fails.
    pub(super) fn mentions(
        &self,
        corpus: &Corpus,
        query: &Query,
        display: Option<Display>,
    ) -> Result<Vec<Mention>, Error> {
        let shown = self.words.iter().filter(|(_, uses)| self.is_keyword || !uses.is_empty());
        let mention = |(word, uses): &(String, Vec<WordUse>)| {
            mentions::mention(corpus, &mentions::as_typed(query, word), uses, display)
        };
        shown.map(mention).collect()
    }
}

/// Returns whether the interview question before an answer has all words of a folded topic.
fn is_asked_about(corpus: &Corpus, answer: usize, topic: &str) -> bool {
    let index = &corpus.index;
    let question = index.question_of.get(answer).copied().flatten();
    let question = question.and_then(|at| index.texts.questions.get(at)).map_or("", AsRef::as_ref);
    let asked: HashSet<String> = lexical::terms(&folded(question)).into_iter().map(|term| term.text).collect();
    let topic = lexical::content_terms(topic);
    !topic.is_empty() && topic.iter().all(|term| asked.contains(&term.text))
}
