//! Reads the files of a library that were listed, and lists those that are not read, with the reason.

use std::collections::HashMap;
use std::sync::Arc;

use super::library_state::LibraryState;
use super::location::LibraryLocation;
use super::read_pass::{
    FILES_READ_AHEAD, NewlyWithdrawn, ReadPass, SourceAsRead, SourceFile, SourceReader, names, unnamed,
};
use super::source::SourceReading;
use super::sources::SourceStore;
use super::store;
use super::unread::{Reason, Unread};
use crate::error::{ClosedReason, Error};
use crate::library::store::atomic_file::LinkPolicy;
use crate::library::store::file_stamp::FileStamp;
use crate::library::store::folder::Folder;
use crate::text::sanitize;

impl SourceStore {
    /// Reads the files that were listed. A file that was read before and is unchanged is not read again.
    pub(super) fn read_files(&mut self) -> (LibraryState, Vec<NewlyWithdrawn>) {
        let closed = match (&self.place, &self.folder) {
            (LibraryLocation::File(_), _) => Some(ClosedReason::OnlyAFile),
            (_, folder) => folder.as_ref().and_then(Folder::closed).cloned(),
        };
        let writable = self.folder.is_some() && closed.is_none();
        let mut pass = ReadPass::new(self.manifest().clone(), self.withdrawals(), writable);
        let mut state =
            LibraryState { closed, withdrawn: pass.withdrawals.tombstones(&pass.manifest), ..LibraryState::default() };
        let mut read_before = std::mem::take(&mut self.read);
        let stamps = &self.scan.transcripts;
        let mut now = HashMap::with_capacity(stamps.len() + 1);
        let names = names(stamps);
        let bundled = matches!(self.place, LibraryLocation::Home(_)).then(store::bundled);
        let bundled_stamp = bundled.as_ref().map(|source| FileStamp::bundled(source.path.clone()));
        let own = bundled.as_ref().zip(bundled_stamp.as_ref());
        let own = own.map(|(source, stamp)| SourceFile { stamp, name: source.name.clone(), bundled: Some(source) });
        let all: Vec<SourceFile<'_>> = stamps
            .iter()
            .zip(names)
            .map(|(stamp, name)| SourceFile { stamp, name, bundled: None })
            .chain(own)
            .collect();
        let links =
            if matches!(self.place, LibraryLocation::File(_)) { LinkPolicy::Followed } else { LinkPolicy::Refused };
        let reader =
            SourceReader { read_options: &self.read_options, limits: self.limits, links, derived: &self.derived };
        let mut counted = Counted { most: self.limits.passages, passages: 0, by_hash: HashMap::new() };
        let mut is_reported = false;
        for some in all.chunks(FILES_READ_AHEAD) {
            let new: Vec<&SourceFile<'_>> = some.iter().filter(|file| !read_before.contains_key(file.stamp)).collect();
            let mut ahead = reader.ahead(&new, &pass).into_iter();
            for file in some {
                let before = read_before.remove(file.stamp);
                let ahead = if before.is_none() { ahead.next().flatten() } else { None };
                if before.is_none() {
                    (self.report_read)(now.len(), stamps.len());
                    is_reported = true;
                }
                let read = reader.read(file, &mut pass, before, ahead);
                match counted.count(&read, &pass) {
                    Ok(reading) => state.readings.push(reading),
                    Err(reason) => state.unread.push(unread(file.stamp, &read, reason, &pass)),
                }
                now.insert(file.stamp.clone(), read);
            }
        }
        state.readings.sort_by(|a, b| a.transcript.name.cmp(&b.transcript.name));
        if is_reported {
            (self.report_read)(stamps.len(), stamps.len());
        }
        self.read = now;
        if let (false, Some(folder)) = (pass.followed.is_empty(), self.folder.as_mut())
            && let Err(error) = folder.follow(&pass.followed)
        {
            // The change is in force even if it could not be written down.
            tracing::warn!("{error}");
        }
        (state, pass.learnt)
    }
}

/// What was counted of the files so far.
struct Counted {
    /// The most texts that may be embedded.
    most: usize,
    passages: usize,
    /// The name of each source, by its SHA-256.
    by_hash: HashMap<String, String>,
}

impl Counted {
    /// Takes in a file, or tells why it is not read.
    fn count(&mut self, read: &SourceAsRead, pass: &ReadPass) -> Result<Arc<SourceReading>, Reason> {
        if let Some(on) = pass.withdrawals.of_source(&read.sha256, &pass.manifest) {
            return Err(Reason::Withdrawn(on.to_owned()));
        }
        if let Some(same) = self.by_hash.get(&read.sha256) {
            return Err(Reason::SameAs(same.clone()));
        }
        let reading = read.outcome.as_ref().map_err(|error| Reason::Failed(Arc::clone(error)))?;
        let (file, passages) = (reading.transcript.name.clone(), self.passages + reading.keys.len());
        if passages > self.most {
            return Err(Reason::Failed(Arc::new(Error::TooManyPassages { file, passages, most: self.most })));
        }
        self.passages = passages;
        self.by_hash.insert(read.sha256.clone(), file);
        Ok(Arc::clone(reading))
    }
}

/// The list entry of a file that is not read.
fn unread(stamp: &FileStamp, read: &SourceAsRead, reason: Reason, pass: &ReadPass) -> Unread {
    let held = match &reason {
        Reason::Failed(error) => match &**error {
            Error::HeldBack { on, .. } => Some(on.clone()),
            _ => None,
        },
        _ => None,
    };
    let sha256 = held.as_ref().map(|_| read.sha256.clone());
    let withdrawn = if let Reason::Withdrawn(on) = &reason { Some(on.clone()) } else { None };
    let file = sanitize::short(&stamp.path.file_name().unwrap_or_default().to_string_lossy());
    // The name of a file may contain withdrawn words.
    let file = if pass.withdrawals.tells_of(&file) { unnamed(&read.sha256) } else { file };
    Unread { file, reason, held: sha256, held_on: held.or(withdrawn) }
}
