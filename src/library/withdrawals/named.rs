//! Tells whether a name is that of somebody who withdrew.

use super::mentions::WithdrawnNames;
use super::person_names::SharedParts;
use super::roles::is_label;
use super::{Withdrawals, WithdrawnMatches};
use crate::library::store::manifest::Manifest;

/// A withdrawal with fewer marks of words cannot be missed in a text.
const FEW_MARKS: usize = 3;

impl Withdrawals {
    /// Whether a name, however it is written, is that of somebody who withdrew. It is compared with
    /// `marks`, those of the people who withdrew from the source or what stood in its file before, and with the
    /// withdrawals of which `found` has enough. `shared` is what the labels of the text have in common.
    ///
    /// A role or a number is anybody's. Where nothing of the withdrawn words is left in a file, another interview
    /// replaced it, and the role is somebody else's.
    pub(crate) fn is_withdrawn(
        &self,
        name: &str,
        shared: &SharedParts,
        (sha256, marks): (&str, &[String]),
        found: &WithdrawnMatches,
    ) -> bool {
        let Some(secret) = &self.secret else { return false };
        if marks.is_empty() && found.named.is_empty() {
            return false;
        }
        let own = secret.marks_of(name, shared);
        if !is_label(name) {
            let of_version =
                |number: &u32| self.each.get(*number as usize).is_some_and(|each| own.are_among(&each.names));
            return own.are_among(marks) || found.named.iter().any(of_version);
        }
        let source = secret.source(sha256);
        marks.iter().filter(|mark| own.has(mark)).any(|mark| {
            let mut of_mark = (0_u32..).zip(&self.each).filter(|(_, each)| each.names.contains(mark)).peekable();
            // What an earlier version of the program withdrew is not known otherwise.
            of_mark.peek().is_none()
                || of_mark.any(|(number, each)| {
                    source.as_ref() == Some(&each.source) || each.marks < FEW_MARKS || found.seen.contains(&number)
                })
        })
    }

    /// Whether a name stands for somebody who withdrew, because the speaker of this number says most of their words. A role
    /// is anybody's, unless it was theirs.
    pub(crate) fn is_known_by_words(&self, name: &str, speaker: u32, found: &WithdrawnMatches) -> bool {
        let Some(secret) = &self.secret else { return false };
        let mut of_speaker = found.people.iter().filter(|(who, _)| *who == speaker).peekable();
        if of_speaker.peek().is_none() || !is_label(name) {
            return of_speaker.peek().is_some();
        }
        let own = secret.marks_of(name, &SharedParts::default());
        of_speaker.any(|(_, number)| self.each.get(*number as usize).is_some_and(|each| own.are_among(&each.names)))
    }

    /// Whether a name is that of somebody who withdrew, from any source. A role or a number is anybody's.
    pub(crate) fn names(&self, name: &str) -> bool {
        let Some(secret) = self.secret.as_ref().filter(|_| !is_label(name)) else { return false };
        let own = secret.marks_of(name, &SharedParts::default());
        self.each.iter().any(|each| own.are_among(&each.names))
    }

    /// The names of everybody who withdrew, from any source. `None` if nobody did.
    pub(crate) fn all_names(&self) -> Option<WithdrawnNames<'_>> {
        WithdrawnNames::new(self.secret.as_ref()?, &self.names)
    }

    /// Whether a text that is not a source, such as a title or a file name, holds withdrawn words or the name
    /// of somebody who withdrew.
    pub fn tells_of(&self, text: &str) -> bool {
        self.holds(text) || self.all_names().is_some_and(|names| names.are_in(text))
    }

    /// Marks of the names of the people who withdrew from a source.
    pub(crate) fn names_from(&self, sha256: &str, manifest: &Manifest) -> Vec<String> {
        let decided = manifest.transcripts.get(sha256).map(|entry| entry.edits.withdrawn.clone()).unwrap_or_default();
        let mark = self.secret.as_ref().and_then(|secret| secret.source(sha256));
        decided.into_iter().chain(manifest.names_withdrawn_from(mark.as_deref())).collect()
    }

    /// Those of these names that withdrew by marks of version 1.
    pub fn to_be_learnt(&self, names: &[String], marks: &[String]) -> Vec<String> {
        let Some(secret) = &self.secret else { return Vec::new() };
        let old: Vec<String> = marks.iter().filter(|mark| mark.starts_with("1:")).cloned().collect();
        names.iter().filter(|name| secret.knows(name, &old)).cloned().collect()
    }
}
