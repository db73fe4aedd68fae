//! Questions that were kept, and who spoke to them then: by permalinks, which hold hashes and no words.
//! A question that holds withdrawn words is forgotten with them.

use serde::{Deserialize, Serialize};

use super::dates::today;
use super::sources::SourceStore;
use super::writer::Library;
use crate::error::Error;
use crate::library::store::folder::Folder;
use crate::library::withdrawals::Withdrawals;
use crate::lock::locked;

/// A question that was kept, with what its reply was when somebody last looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuestion {
    /// As it was typed.
    pub query: String,
    /// The day on which somebody last looked at its reply, `2026-01-31`.
    pub on: String,
    /// Permalinks of the quotes of those who spoke to it then.
    pub voices: Vec<String>,
    /// How many answers spoke to it.
    pub speaking: usize,
    /// Of how many.
    pub answers: usize,
    /// What the interviews were then, as a hash.
    pub corpus: String,
}

/// Questions that are kept at most.
pub const MOST_SAVED: usize = 200;

impl SourceStore {
    /// The questions that were kept.
    ///
    /// # Errors
    /// When the file cannot be read or is damaged.
    pub fn saved_questions(&self) -> Result<Vec<SavedQuestion>, Error> {
        let mut folder = locked(&self.folder);
        let Some(folder) = folder.as_mut() else { return Ok(Vec::new()) };
        let (mut questions, withdrawals) = (folder.questions()?, folder.withdrawals());
        if forget_withdrawn(&mut questions, &withdrawals) && folder.closed().is_none() {
            folder.keep_questions(&questions)?;
        }
        Ok(questions)
    }

    /// Changes which questions are kept.
    ///
    /// # Errors
    /// When they cannot be written, or would be too many.
    pub fn change_saved(&self, change: impl FnOnce(&mut Vec<SavedQuestion>)) -> Result<(), Error> {
        self.in_turn(|| self.change_saved_in_turn(change))
    }

    fn change_saved_in_turn(&self, change: impl FnOnce(&mut Vec<SavedQuestion>)) -> Result<(), Error> {
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
    /// When it cannot be written.
    pub fn save_question(&self, question: SavedQuestion) -> Result<(), Error> {
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
    /// When it cannot be written.
    pub fn forget_question(&self, query: &str) -> Result<(), Error> {
        self.change_saved(|questions| questions.retain(|one| one.query != query))
    }
}

impl Library {
    /// The files, and what was decided about them.
    pub fn stock(&self) -> &SourceStore {
        &self.stock
    }
}

/// Leaves out questions with withdrawn words; whether there were any.
fn forget_withdrawn(questions: &mut Vec<SavedQuestion>, withdrawals: &Withdrawals) -> bool {
    let before = questions.len();
    questions.retain(|one| !withdrawals.holds(&one.query));
    questions.len() < before
}
