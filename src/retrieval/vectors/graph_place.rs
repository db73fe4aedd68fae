//! Where a graph is kept between starts. The library owns the files. The graph only fills a folder and reads it again.

use std::path::Path;

use crate::error::Error;

/// A place for the files of one graph.
pub trait GraphPlace: Send + Sync {
    /// Whether a folder is kept here.
    fn is_taken(&self) -> bool;

    /// Shows the folder that is kept, if it is whole. `read` tells whether it is of use. If it is not, it is deleted.
    fn show(&self, read: &mut dyn FnMut(&Path) -> bool);

    /// Keeps a folder in the place of the former. Whoever stops it half-way leaves the former or none.
    ///
    /// # Errors
    /// If it cannot be filled or moved to its place.
    fn keep(&self, fill: &dyn Fn(&Path) -> Result<(), Error>) -> Result<(), Error>;
}
