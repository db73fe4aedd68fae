//! A line of progress on a terminal. It holds only our own numbers.

use std::io::{IsTerminal as _, Write as _};

use crate::library::Progress;

/// Fewer passages are done before anybody would read a line about them.
const MANY_PASSAGES: usize = 100;
/// Fewer files are read before anybody would read a line about them.
const MANY_FILES: usize = 200;
/// The files between two updates.
const FILES_BETWEEN_UPDATES: usize = 50;

/// Shows how many files are read.
pub(super) fn files_read(done: usize, all: usize) {
    let mut err = std::io::stderr().lock();
    if all >= MANY_FILES && (done.is_multiple_of(FILES_BETWEEN_UPDATES) || done == all) && err.is_terminal() {
        let line = if done < all { format!("{done} of {all} files read") } else { String::new() };
        // A terminal that is gone needs no progress.
        let _ = write!(err, "\r\x1b[K{line}");
        let _ = err.flush();
    }
}

/// A line of progress. It appears only in a terminal.
#[derive(Default)]
pub(super) struct ProgressLine {
    shown: bool,
}

impl ProgressLine {
    /// Shows the progress.
    pub(super) fn show(&mut self, progress: Progress) {
        self.passages(progress.done, progress.total, progress.left_s);
    }

    /// Shows how many passages are done, and the seconds left.
    pub(super) fn passages(&mut self, done: usize, total: usize, left_s: Option<u64>) {
        let mut err = std::io::stderr().lock();
        if total <= MANY_PASSAGES || !err.is_terminal() {
            return;
        }
        let left = left_s.map(|seconds| format!(", {} left", duration(seconds))).unwrap_or_default();
        self.shown = true;
        // A terminal that is gone needs no progress.
        let _ = write!(err, "\r\x1b[K{done} of {total} passages{left}");
        let _ = err.flush();
    }

    /// Removes the line.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
