//! The place of a cache, and whether this process may change it.

use std::path::PathBuf;

/// Where something is kept between starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachePlace {
    /// The file, or the folder of the files.
    pub path: PathBuf,
    /// Whether this process may change it. Otherwise another process does, or the folder cannot be written. It may be
    /// read even so.
    pub is_writable: bool,
}
