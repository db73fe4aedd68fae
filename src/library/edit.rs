//! Edits and withdrawals. Each change is on disk and in the snapshot when the call returns.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::handle::Library;
use super::library_state::LibraryState;
use super::listed_speaker::ListedSpeaker;
use super::recordings::Recordings;
use super::source::SourceReading;
use super::sources::SourceStore;
use super::transcript_change::{ChangedSource, TranscriptChange};
use crate::error::{Error, TagError};
use crate::library::store::folder::{Folder, WithdrawnSpeech};
use crate::library::withdrawals::key::same_name_among;
use crate::library::withdrawals::person_names::SharedParts;
use crate::library::withdrawals::shared_words::OtherVoice;
use crate::text::sanitize::{self, LONGEST_NAME};

/// What a withdrawal removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// SHA-256 of the source.
    pub sha256: String,
    /// The interviewee who withdrew; `None` for a whole transcript. The library does not keep the
    /// name.
    pub interviewee: Option<String>,
    /// Answers that are no longer found, shown or exported.
    pub answers: usize,
    /// Names of other transcripts in which the same words are held back from now on.
    pub elsewhere: Vec<String>,
    /// Embedded texts, passages and questions, that are no longer in the index or the cache.
    pub passages: usize,
    /// Whether the file was deleted. A file that its owner put there is never deleted.
    pub file_deleted: bool,
    /// Where the file is, if it is still there.
    pub file: Option<String>,
}

impl Library {
    /// Changes how a transcript is shown, at once.
    ///
    /// # Errors
    /// If there is no such transcript or speaker, or it cannot be written down.
    pub fn edit(&self, sha256: &str, change: &TranscriptChange) -> Result<(), Error> {
        self.writer().store.edit(sha256, change)?;
        // A change of who asks changes the answers, and so the texts to embed.
        self.fill_rest()
    }

    /// Withdraws a transcript, or one interviewee's part in it, at once.
    ///
    /// # Errors
    /// If there is no such transcript or interviewee, or it cannot be written down.
    pub fn withdraw(&self, sha256: &str, interviewee: Option<&str>) -> Result<Receipt, Error> {
        let receipt = {
            let mut writer = self.writer();
            let receipt = writer.store.withdraw(sha256, interviewee);
            // Where a list of the owner's could not be cleaned, the words are withdrawn all the same.
            writer.publish()?;
            receipt
        };
        // What is left may need other vectors, as a question that is read without the one before now.
        if let Err(error) = self.fill_rest() {
            tracing::warn!("{error}");
        }
        receipt
    }

    /// Reads a source from now on, although it contains withdrawn words.
    ///
    /// # Errors
    /// If there is no such file, or it cannot be written down.
    pub fn allow(&self, sha256: &str) -> Result<(), Error> {
        self.writer().store.allow(sha256)?;
        self.fill_rest()
    }
}

impl SourceStore {
    /// Changes how a transcript is shown.
    ///
    /// # Errors
    /// If there is no such transcript or speaker, or it cannot be written down.
    pub fn edit(&mut self, sha256: &str, change: &TranscriptChange) -> Result<(), Error> {
        self.in_turn(|store| store.edit_in_turn(sha256, change))
    }

    fn edit_in_turn(&mut self, sha256: &str, change: &TranscriptChange) -> Result<(), Error> {
        if let TranscriptChange::Title(name) | TranscriptChange::Pseudonym { shown: name, .. } = change {
            check_length(name)?;
        }
        self.refuse_withdrawn(change)?;
        let state = self.refresh()?;
        let reading = state.find(sha256)?;
        let recordings = Recordings(&self.scan.recordings);
        let edit = change.clone().prepare(&ChangedSource { state: &state, reading, recordings })?;
        self.change(|folder| folder.edit(sha256, &reading.path, edit))
    }

    /// Refuses to write down withdrawn words, or the name of somebody who withdrew, as tags and notes refuse them.
    fn refuse_withdrawn(&mut self, change: &TranscriptChange) -> Result<(), Error> {
        let withdrawals = self.withdrawals();
        let tells = match change {
            TranscriptChange::Title(text) | TranscriptChange::Pseudonym { shown: text, .. } => {
                withdrawals.tells_of(text)
            }
            TranscriptChange::Attributes { attributes, .. } => {
                attributes.iter().any(|(name, value)| withdrawals.tells_of(name) || withdrawals.tells_of(value))
            }
            _ => false,
        };
        if tells { Err(TagError::Withdrawn.into()) } else { Ok(()) }
    }

    /// Withdraws a transcript, or one interviewee's part in it. When this returns, the words are in no file
    /// beside the transcripts.
    ///
    /// # Errors
    /// If there is no such transcript or interviewee, or it cannot be written down.
    pub fn withdraw(&mut self, sha256: &str, interviewee: Option<&str>) -> Result<Receipt, Error> {
        self.in_turn(|store| store.withdraw_in_turn(sha256, interviewee))
    }

    fn withdraw_in_turn(&mut self, sha256: &str, interviewee: Option<&str>) -> Result<Receipt, Error> {
        let before = self.refresh()?;
        // Whoever asks saw it just now.
        let reading = before.find(sha256).map_err(|_| Error::SourceChanged)?;
        let withdrawn = match interviewee {
            None => {
                let turns = self.said(reading, &[])?;
                let said = WithdrawnSpeech { turns: &turns, others: &others(&before, reading, &[]) };
                self.change(|folder| folder.withdraw(sha256, &said))
            }
            Some(shown) => {
                let spellings = before.spellings(sha256, shown)?;
                let turns = self.said(reading, &spellings)?;
                let said = WithdrawnSpeech { turns: &turns, others: &others(&before, reading, &spellings) };
                let shared = SharedParts::among(labels(reading), before.readings.iter().flat_map(|one| labels(one)));
                let file =
                    |folder: &mut Folder| folder.withdraw_person(sha256, &reading.path, &spellings, &shared, &said);
                self.change(file).map(|()| false)
            }
        };
        // Its file and its recording may be deleted. This comes even after a failure: a withdrawal that failed
        // half-way may be in force.
        if reading.path.parent() == Some(self.root()) {
            self.scan.see_again(&reading.path);
        }
        self.scan.see_recordings_again();
        let after = self.read_files().0;
        let forgotten = self.forget_withdrawn(&before, &after);
        let file_deleted = withdrawn?;
        forgotten?;
        let left = after.find(sha256).ok();
        let by_hash: HashMap<&str, &Arc<SourceReading>> =
            after.readings.iter().map(|now| (now.sha256(), now)).collect();
        let changed = |other: &&Arc<SourceReading>| {
            other.sha256() != sha256
                && by_hash.get(other.sha256()).is_none_or(|now| {
                    now.transcript.answers().count() < other.transcript.answers().count()
                        || now.held.on != other.held.on
                })
        };
        let elsewhere = before.readings.iter().filter(changed).map(|other| other.transcript.name.clone()).collect();
        let answers = |reading: &SourceReading| reading.transcript.answers().count();
        Ok(Receipt {
            sha256: sha256.to_owned(),
            interviewee: interviewee.map(str::to_owned),
            elsewhere,
            answers: answers(reading) - left.map_or(0, answers),
            passages: reading.keys.len() - left.map_or(0, |left| left.keys.len()),
            file_deleted,
            file: (!file_deleted && reading.path.exists()).then(|| reading.path.display().to_string()),
        })
    }
}

impl SourceStore {
    /// Reads a source from now on, although it contains withdrawn words. The source is a listed
    /// transcript, or a file that is held back.
    ///
    /// # Errors
    /// If there is no such source, or the decision cannot be written down.
    pub fn allow(&mut self, sha256: &str) -> Result<(), Error> {
        self.in_turn(|store| store.allow_in_turn(sha256))
    }

    fn allow_in_turn(&mut self, sha256: &str) -> Result<(), Error> {
        let state = self.refresh()?;
        if state.find(sha256).is_err() && !state.unread.iter().any(|one| one.held.as_deref() == Some(sha256)) {
            return Err(Error::NoSuchTranscript { name: sha256.to_owned() });
        }
        self.change(|folder| folder.allow(sha256))
    }
}

impl LibraryState {
    fn find(&self, sha256: &str) -> Result<&SourceReading, Error> {
        let found = self.readings.iter().find(|reading| reading.sha256() == sha256);
        found.map(AsRef::as_ref).ok_or_else(|| Error::NoSuchTranscript { name: sha256.to_owned() })
    }

    /// How the source spells the person shown as `shown`. Interviewees come first, then all other
    /// speakers.
    fn spellings(&self, sha256: &str, shown: &str) -> Result<Vec<String>, Error> {
        let reading = self.find(sha256)?;
        let shared = shared(reading);
        let same = |one: &str, other: &str| same_name_among(one, other, &shared);
        let exact = reading.speakers.iter().find(|speaker| speaker.shown == shown);
        let speaker = exact.or_else(|| reading.speakers.iter().find(|speaker| same(&speaker.shown, shown)));
        let one = |own: &String| reading.edits.merged.get(own).unwrap_or(own).clone();
        let mut found = match speaker {
            Some(speaker) => {
                let people: BTreeSet<String> = speaker.spellings.iter().map(one).collect();
                if speaker.pseudonym && people.len() > 1 && !people.contains(shown) {
                    let names = people.into_iter().collect::<Vec<_>>().join(", ");
                    let (shown, transcript) = (shown.to_owned(), reading.transcript.name.clone());
                    return Err(Error::SeveralPeople { shown, transcript, names });
                }
                speaker.spellings.clone()
            }
            None => self.anyone(sha256, shown)?,
        };
        // Another writing of the same name is the same person.
        let others = reading.names.iter().map(|(_, own)| own).filter(|own| found.iter().any(|one| same(one, own)));
        let others: Vec<String> = others.cloned().collect();
        found.extend(others);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// How the source spells the speaker shown as `shown`, in any role.
    pub(super) fn anyone(&self, sha256: &str, shown: &str) -> Result<Vec<String>, Error> {
        let reading = self.find(sha256)?;
        let exactly = |(as_shown, own): &&(String, String)| as_shown == shown || own == shown;
        let shared = shared(reading);
        let same = |one: &str| same_name_among(one, shown, &shared);
        let nearly = |(as_shown, own): &&(String, String)| same(as_shown) || same(own);
        let own = |(_, own): &(String, String)| own.clone();
        let mut found: Vec<String> = reading.names.iter().filter(exactly).map(own).collect();
        if found.is_empty() {
            found = reading.names.iter().filter(nearly).map(own).collect();
        }
        if found.is_empty() { Err(unknown(reading, shown)) } else { Ok(found) }
    }
}

/// The others than who withdraws from a transcript under these names: each other interview, and each other interviewee of
/// the same. Without names everybody of it withdraws.
fn others<'a>(state: &'a LibraryState, from: &'a SourceReading, withdraws: &[String]) -> Vec<OtherVoice<'a>> {
    let voice = |reading: &'a SourceReading, person: Option<&'a str>| OtherVoice {
        transcript: &reading.transcript,
        sketch: &reading.sketch,
        person,
    };
    let stays = |speaker: &&ListedSpeaker| {
        !withdraws.is_empty() && !speaker.spellings.iter().any(|own| withdraws.contains(own))
    };
    let beside = from.speakers.iter().filter(stays).map(|speaker| voice(from, Some(&speaker.shown)));
    let elsewhere = state.readings.iter().filter(|reading| reading.sha256() != from.sha256());
    beside.chain(elsewhere.map(|reading| voice(reading, None))).collect()
}

/// What the labels of a transcript have in common.
fn shared(reading: &SourceReading) -> SharedParts {
    SharedParts::of(labels(reading))
}

/// The labels of a transcript.
fn labels(reading: &SourceReading) -> impl Iterator<Item = &str> {
    reading.names.iter().map(|(_, own)| own.as_str())
}

/// Refuses a name that is too long. The name is not cut.
fn check_length(name: &str) -> Result<(), Error> {
    let characters = name.trim().chars().count();
    if characters <= LONGEST_NAME { Ok(()) } else { Err(Error::NameTooLong { characters, most: LONGEST_NAME }) }
}

fn unknown(reading: &SourceReading, shown: &str) -> Error {
    let (speaker, transcript) = (sanitize::short(shown), reading.transcript.name.clone());
    if reading.names.is_empty() {
        return Error::NobodyNamed { speaker, transcript };
    }
    Error::NoSuchSpeaker {
        speaker,
        transcript,
        names: reading.names.iter().map(|(shown, _)| shown.as_str()).collect::<Vec<_>>().join(", "),
    }
}
