//! An interviewee as people see them: shown name, pseudonym, what is known of them.

use serde::{Deserialize, Serialize};

/// An interviewee.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListedSpeaker {
    /// The name that is shown.
    pub shown: String,
    /// Whether the shown name is a pseudonym.
    pub pseudonym: bool,
    /// How many answers they gave.
    pub answers: usize,
    /// Their names in the source.
    pub spellings: Vec<String>,
    /// How often their own names occur in the words and the title, where a pseudonym does not
    /// replace them. It is counted for pseudonymised interviewees only.
    pub in_words: usize,
    /// What the owner knows of them: names of attributes and their values.
    #[serde(skip)]
    pub attributes: Vec<(String, String)>,
    /// The same as far as it was typed on the library page.
    #[serde(skip)]
    pub typed: Vec<(String, String)>,
    /// Their other names. A pseudonym has none.
    #[serde(skip)]
    pub aliases: Vec<String>,
}
