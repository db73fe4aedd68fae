//! The note that not everything is read yet, as pages show it.

use std::fmt::{self, Display, Formatter};

use crate::i18n::Messages;
use crate::retrieval::ReadSoFar;

/// A note that not everything is read yet.
pub(crate) struct PendingNote {
    /// About interviews that cannot be searched.
    coming: Option<String>,
    /// About passages that are not read closely. The page brings it up to date.
    pub(crate) closely: Option<String>,
}

impl PendingNote {
    /// Makes the note; `None` if everything is read.
    pub(crate) fn of(text: &Messages, coming: usize, reading: Option<ReadSoFar>) -> Option<Self> {
        let coming = (coming > 0).then(|| (text.pending.note)(coming));
        let closely = reading.map(text.pending.closely);
        (coming.is_some() || closely.is_some()).then_some(Self { coming, closely })
    }

    /// The note about interviews that cannot be searched, or nothing.
    pub(crate) fn coming(&self) -> &str {
        self.coming.as_deref().unwrap_or_default()
    }
}

impl Display for PendingNote {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        let closely = self.closely.as_deref().unwrap_or_default();
        let between = if self.coming.is_some() && self.closely.is_some() { " " } else { "" };
        write!(to, "{}{between}{closely}", self.coming())
    }
}
