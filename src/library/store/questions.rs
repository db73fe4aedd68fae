//! The file of the questions that were kept in a folder: permalinks and counts, no words of anybody.

use std::fs;
use std::path::Path;

use super::atomic_file::{self, LinkPolicy};
use super::folder::Folder;
use crate::error::Error;
use crate::library::saved_questions::SavedQuestion;

const QUESTIONS: &str = "questions.json";
/// Bytes of it at most.
const MOST_QUESTIONS: u64 = 16 << 20;

impl Folder {
    /// The questions that were kept in it, as they are on disk now.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn questions(&self) -> Result<Vec<SavedQuestion>, Error> {
        Self::questions_in(self.root())
    }

    /// The questions that were kept in the folder at `root`, whether or not it is open.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn questions_in(root: &Path) -> Result<Vec<SavedQuestion>, Error> {
        let path = Self::state_folder_of(root).join(QUESTIONS);
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return Ok(Vec::new());
        }
        let bytes = atomic_file::read(&path, MOST_QUESTIONS, LinkPolicy::Refused)?;
        serde_json::from_slice(&bytes).map_err(|_| Error::BadQuestions { path })
    }

    /// Writes them down.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn keep_questions(&mut self, questions: &[SavedQuestion]) -> Result<(), Error> {
        self.writable()?;
        let path = self.state_folder().join(QUESTIONS);
        let bytes = serde_json::to_vec_pretty(questions)
            .map_err(|error| Error::Write { path: path.clone(), source: error.into() })?;
        let temporary = self.state_folder().join("questions.new");
        atomic_file::prepare(&temporary, &bytes)?;
        atomic_file::place(&temporary, &path)
    }
}
