//! The library: the sources, the decisions about them, and the snapshots made from both. It owns
//! the write path: bytes → transcript → passages → vectors and terms → snapshot. It knows nothing
//! of queries.

mod add;
pub(crate) mod attributes;
mod check;
mod dates;
mod edit;
mod health;
mod index_builder;
mod kept;
mod limits;
mod listing;
mod look;
mod near_duplicates;
mod place;
mod progress;
mod recordings;
mod redaction;
mod saved_questions;
mod source;
mod sources;
mod store;
mod tags;
mod watch;
mod withdrawals;
mod writer;

pub use add::{AddOutcome, Added, ExistingSources};
pub use check::{SourceCheck, check};
pub use dates::{day, today};
pub use edit::{Receipt, TranscriptChange};
pub use health::Health;
pub use index_builder::{AnswerText, Material, build, index};
pub use limits::LibraryLimits;
pub use listing::{ListedSpeaker, ListedTranscript, Listing, Reason, Unread};
pub use place::LibraryLocation;
pub use progress::Progress;
pub use recordings::{IncomingRecording, RECORDINGS};
pub use saved_questions::{MOST_SAVED, SavedQuestion};
pub use sources::{Holdings, SourceStore};
pub use store::atomic_file::{LinkPolicy, read};
pub use store::file_stamp::FileStamp;
pub use store::folder::Folder;
pub use store::lock::Access;
pub use store::manifest::{Edits, Manifest, SourceEntry};
pub use store::vector_cache::{Key, VectorCache, key};
pub use store::{ENDINGS, Source, bundled, check_ending, files, source};
pub use tags::{MOST_NOTE, MOST_TAGGED, MOST_TAGS, Tag, TagColour, Tagging, Tags};
pub use watch::watch;
pub use withdrawals::fingerprints::{TurnOwner, WithdrawnTurn};
pub use withdrawals::key::same_name;
pub use withdrawals::{AllowedWithdrawn, Withdrawals, WithdrawnMatches, WithdrawnSources, merge};
pub use writer::Library;
