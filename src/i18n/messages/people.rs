//! The words of the pages of people.

/// The words of the pages of people.
#[derive(Debug)]
pub(crate) struct PeopleWords {
    pub(crate) title: &'static str,
    pub(crate) note: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) how: &'static str,
    /// The note that there is no such person. It does not reveal whether there ever was one.
    pub(crate) unknown: &'static str,
    pub(crate) question: &'static str,
    pub(crate) count: &'static str,
    pub(crate) by: fn(attribute: &str) -> String,
    pub(crate) not_told: &'static str,
    pub(crate) said_most: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) asked_and_said: fn(questions: usize, answers: usize, interviews: usize) -> String,
    pub(crate) ask_only: fn(&str) -> String,
    pub(crate) only_them: &'static str,
    pub(crate) who_speaks: fn(query: &str, speaking: usize, people: usize) -> String,
    /// The columns: attribute, value, people, people who speak to the query, their answers.
    pub(crate) columns: [&'static str; 5],
    pub(crate) of: fn(speaking: usize, people: usize) -> String,
    pub(crate) as_csv: &'static str,
    pub(crate) by_attribute: &'static str,
    pub(crate) all: &'static str,
}
