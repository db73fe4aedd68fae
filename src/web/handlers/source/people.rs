//! The answers grouped by interviewee, if the source names speakers. The number of an answer does not identify a person
//! across questions.

use super::outline::{AnswerView, QuestionView};
use crate::web::http::address::{Address, SourceView};

/// An interviewee, or all unnamed ones.
pub(super) struct Person {
    pub(super) name: Option<String>,
    /// For links within the page.
    pub(super) anchor: String,
    pub(super) answers: Vec<AnsweredQuestion>,
}

/// An answer and its question.
pub(super) struct AnsweredQuestion {
    pub(super) question: String,
    pub(super) lang: &'static str,
    /// The question with all its answers.
    pub(super) href: String,
    pub(super) said: AnswerView,
}

/// Groups the answers by person, in the order of their first words. The list is empty if the source names nobody.
pub(super) fn of(asked: &mut [QuestionView], address: &Address, sha256: &str) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    if asked.iter().flat_map(|asked| &asked.answers).all(|said| said.interviewee.is_none()) {
        return people;
    }
    let by_question = address.with_view(SourceView { find: address.reading.find.clone(), ..SourceView::default() });
    let page = by_question.source(sha256);
    for one in asked {
        for said in std::mem::take(&mut one.answers) {
            let answered = |said| AnsweredQuestion {
                question: one.words.clone(),
                lang: one.lang,
                href: format!("{page}#{}", one.anchor),
                said,
            };
            match people.iter_mut().find(|person| person.name == said.interviewee) {
                Some(person) => person.answers.push(answered(said)),
                None => people.push(Person {
                    name: said.interviewee.clone(),
                    anchor: format!("who-{}", people.len() + 1),
                    answers: vec![answered(said)],
                }),
            }
        }
    }
    // Unnamed speakers come last.
    people.sort_by_key(|person| person.name.is_none());
    people
}
