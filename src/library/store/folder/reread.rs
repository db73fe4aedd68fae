//! Takes in decisions that were put into an open folder from elsewhere, without opening it anew.

use super::Folder;
use crate::error::Error;

impl Folder {
    /// Reads the decisions on disk again. Withdrawals that did not change stay the same object, so that nothing is read
    /// again for them.
    ///
    /// # Errors
    /// Those of reading a manifest, as in [`Folder::open`]. Then the decisions stay as they were.
    pub(crate) fn reread(&mut self) -> Result<(), Error> {
        let Self { manifest, secret, words, withdrawals, .. } = Self::read(&self.root, &self.state_folder())?;
        if manifest.words != self.manifest.words || manifest.key != self.manifest.key {
            self.withdrawals = withdrawals;
        }
        (self.manifest, self.secret, self.words) = (manifest, secret, words);
        Ok(())
    }
}
