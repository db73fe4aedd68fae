//! Questions that were kept, and who spoke to them then: by permalinks, which hold hashes and no words.
//! A question that holds withdrawn words, or names somebody who withdrew, is forgotten with them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::dates::today;
use super::handle::Library;
use super::library_state::LibraryState;
use super::sources::SourceStore;
use super::tags::withdrawn::Holds;
use crate::error::{Error, TagError};
use crate::library::store::folder::Folder;
use crate::library::withdrawals::Withdrawals;

/// A question that was kept, with what its reply was when somebody last looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuestion {
    /// As it was typed.
    pub query: String,
    /// The day on which somebody last looked at its reply, `2026-01-31`.
    pub on: String,
    /// Permalinks of the quotes of those who spoke to it then.
    pub voices: Vec<String>,
    /// How many more there were, which were withdrawn since. Nothing of them is kept, no hash either.
    #[serde(default, skip_serializing_if = "is_none")]
    pub withdrawn: usize,
    /// How many answers spoke to it.
    pub speaking: usize,
    /// Of how many.
    pub answers: usize,
    /// What the interviews were then, as a hash.
    pub corpus: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Questions that are kept at most.
pub const MOST_SAVED: usize = 200;

impl SourceStore {
    /// The questions that were kept.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn saved_questions(&mut self) -> Result<Vec<SavedQuestion>, Error> {
        let Some(folder) = self.folder.as_mut() else { return Ok(Vec::new()) };
        let (mut questions, withdrawals) = (folder.questions()?, folder.withdrawals());
        if forget_withdrawn(&mut questions, &withdrawals) && folder.closed().is_none() {
            folder.keep_questions(&questions)?;
        }
        Ok(questions)
    }

    /// Forgets kept questions that tell of what was withdrawn, and the voices that were. `before` is what was there, if it
    /// is known.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub(super) fn forget_saved(&mut self, before: Option<&LibraryState>, after: &LibraryState) -> Result<(), Error> {
        let withdrawals = self.withdrawals();
        let before = before.map(|before| Holds::of(before, Arc::clone(&withdrawals)));
        let after = Holds::of(after, Arc::clone(&withdrawals));
        let Some(folder) = self.folder.as_mut().filter(|folder| folder.closed().is_none()) else { return Ok(()) };
        let mut questions = folder.questions()?;
        let mut forgot = forget_withdrawn(&mut questions, &withdrawals);
        for question in &mut questions {
            let voices = question.voices.len();
            question.voices.retain(|link| !after.has_lost(link, before.as_ref()));
            question.withdrawn += voices - question.voices.len();
            forgot |= question.voices.len() < voices;
        }
        if forgot { folder.keep_questions(&questions) } else { Ok(()) }
    }

    /// Changes which questions are kept.
    ///
    /// # Errors
    /// If they cannot be written, or would be too many.
    pub fn change_saved(&mut self, change: impl FnOnce(&mut Vec<SavedQuestion>)) -> Result<(), Error> {
        self.in_turn(|store| store.change_saved_in_turn(change))
    }

    fn change_saved_in_turn(&mut self, change: impl FnOnce(&mut Vec<SavedQuestion>)) -> Result<(), Error> {
        self.change(|folder: &mut Folder| {
            let (mut questions, withdrawals) = (folder.questions()?, folder.withdrawals());
            change(&mut questions);
            forget_withdrawn(&mut questions, &withdrawals);
            if questions.len() > MOST_SAVED {
                return Err(Error::TooManyQuestions { most: MOST_SAVED });
            }
            folder.keep_questions(&questions)
        })
    }

    /// Keeps a question with its present reply; one that is kept already is looked at anew.
    ///
    /// # Errors
    /// If it tells of what was withdrawn, or cannot be written.
    pub fn save_question(&mut self, question: SavedQuestion) -> Result<(), Error> {
        if self.withdrawals().tells_of(&question.query) {
            return Err(TagError::Withdrawn.into());
        }
        self.change_saved(|questions| {
            let question = SavedQuestion { on: today(), ..question };
            match questions.iter_mut().find(|one| one.query == question.query) {
                Some(one) => *one = question,
                None => questions.push(question),
            }
        })
    }

    /// Forgets a question.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn forget_question(&mut self, query: &str) -> Result<(), Error> {
        self.change_saved(|questions| questions.retain(|one| one.query != query))
    }
}

impl Library {
    /// The questions that were kept. Nobody who only reads waits for the writer.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn saved_questions(&self) -> Result<Vec<SavedQuestion>, Error> {
        let Some(root) = self.folder() else { return Ok(Vec::new()) };
        let mut questions = Folder::questions_in(root)?;
        if forget_withdrawn(&mut questions, &self.withdrawals()) {
            return self.writer().store.saved_questions();
        }
        Ok(questions)
    }

    /// Keeps a question with its present reply; one that is kept already is looked at anew.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save_question(&self, question: SavedQuestion) -> Result<(), Error> {
        self.writer().store.save_question(question)
    }

    /// Forgets a question.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn forget_question(&self, query: &str) -> Result<(), Error> {
        self.writer().store.forget_question(query)
    }
}

/// Leaves out questions with withdrawn words, or with the name of somebody who withdrew; whether there were any.
fn forget_withdrawn(questions: &mut Vec<SavedQuestion>, withdrawals: &Withdrawals) -> bool {
    let before = questions.len();
    questions.retain(|one| !withdrawals.tells_of(&one.query));
    questions.len() < before
}
