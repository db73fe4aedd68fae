//! Why tags on quotes cannot be read or changed.

use std::path::PathBuf;

/// The reason why tags cannot be read or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// The file of tags is damaged.
    #[error("{path} is damaged, so no tag is shown or changed; put back a copy, or move it away and tag your quotes again", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// There are too many tags.
    #[error("there are {most} tags already, which is the most; delete one first")]
    TooMany {
        /// Tags at most.
        most: usize,
    },
    /// Too many quotes are tagged.
    #[error("{most} quotes are tagged already, which is the most; remove the tags of one first")]
    TooManyQuotes {
        /// Quotes at most.
        most: usize,
    },
    /// A note is too long.
    #[error("a note has {most} characters at most, and this one has {characters}; shorten it")]
    NoteTooLong {
        /// How many it has.
        characters: usize,
        /// How many it may have.
        most: usize,
    },
    /// The name of a tag is too long.
    #[error("the name of a tag has {most} characters at most, and this one has {characters}; shorten it")]
    NameTooLong {
        /// How many it has.
        characters: usize,
        /// How many it may have.
        most: usize,
    },
    /// A tag without a name.
    #[error("a tag needs a name; type one")]
    NoName,
    /// No tag has this name.
    #[error("no tag is called “{name}”; the page of tags shows all names")]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// Another tag has this name.
    #[error("another tag is called “{name}” already; choose another name")]
    Taken {
        /// The name.
        name: String,
    },
    /// What was written holds withdrawn words or names somebody who withdrew.
    #[error(
        "this holds words that were withdrawn, or names somebody who withdrew, so nothing was kept; write it without them"
    )]
    Withdrawn,
}
