//! One source as it is shown: read, with the decisions about it applied. Its file and its words stay as
//! they are.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, hash_map};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::indexed::Indexed;
use super::listed_speaker::ListedSpeaker;
use super::near_duplicates::Sketch;
use super::redaction::{HeldBack, RedactionRules};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::store::manifest::Edits;
use crate::library::store::vector_cache::{self, Key};
use crate::library::withdrawals::{AllowedWithdrawn, Withdrawals};
use crate::lock::locked;
use crate::retrieval::corpus::Gone;
use crate::text::sanitize;
use crate::transcript::{self, Columns, Problem, ReadOptions, SpeakerRole, Stored, Transcript};

/// A source that was read.
pub(crate) struct SourceReading {
    pub(crate) path: PathBuf,
    pub(crate) transcript: Arc<Transcript>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) gone: Gone,
    pub(crate) held: HeldBack,
    pub(crate) speakers: Vec<ListedSpeaker>,
    /// Every speaker: the shown name, and the name in the source.
    pub(crate) names: Vec<(String, String)>,
    pub(crate) sketch: Sketch,
    /// The keys of its embedded texts.
    pub(crate) keys: Vec<Key>,
    pub(crate) indexed: Arc<Indexed>,
    /// The key under which it is kept between starts; `None` if it is not kept.
    pub(crate) kept: Option<Key>,
    pub(crate) edits: Edits,
    /// The day it was added, or the day its file was last written.
    pub(crate) date: Option<String>,
    named: NamesWithdrawn,
}

/// Whether a reading names somebody who withdrew, and the withdrawals that this was found for.
type NamesWithdrawn = Mutex<Option<(Weak<Withdrawals>, bool)>>;

impl SourceReading {
    /// Reads a source, holds back what was withdrawn, and applies the other decisions about it.
    pub(crate) fn new(
        name: &str,
        path: &Path,
        bytes: &[u8],
        edits: &Edits,
        read_options: &ReadOptions,
        holding: RedactionRules<'_>,
    ) -> Result<Self, Error> {
        let (mut transcript, problems) = transcript_of(name, path, bytes, edits, read_options)?;
        let (mut gone, held) = holding.hold_back(&mut transcript);
        if let Some(on) = &held.copy_of {
            return Err(Error::HeldBack { file: transcript.name.clone(), on: on.clone() });
        }
        let mut edits = edits.clone();
        edits.forget_words(|words| holding.withdrawals.tells_of(words));
        let own = transcript.speakers.iter().map(|speaker| speaker.name.clone());
        let names = own
            .filter(|own| !held.people.contains(own.as_str()))
            .map(|own| (sanitize::short(edits.shown(&own)), own))
            .collect();
        let speakers = apply(&mut transcript, &edits, &held.people);
        gone.withheld |= !edits.pseudonyms.is_empty();
        gone.withdrew = !edits.withdrawn.is_empty() || !held.is_nothing();
        let problems = holding.seen(seen(problems, &edits), &held);
        let sketch = Sketch::of(transcript.text());
        let indexed = Arc::new(Indexed::of(&transcript));
        let keys = indexed.embedded(&transcript).map(|text| vector_cache::key(&text)).collect();
        Ok(Self {
            path: path.to_owned(),
            transcript: Arc::new(transcript),
            problems,
            gone,
            held,
            speakers,
            names,
            sketch,
            keys,
            indexed,
            kept: None,
            edits,
            date: None,
            named: NamesWithdrawn::default(),
        })
    }

    /// Whether it may be kept: nothing of it is held back, and it names nobody who withdrew.
    pub(crate) fn may_be_kept(&self, withdrawals: &Arc<Withdrawals>) -> bool {
        self.held.is_nothing() && !self.names_who_withdrew(withdrawals)
    }

    /// Whether a speaker, any text of it, or the name of its file has the name of somebody who withdrew, from any source.
    pub(crate) fn names_who_withdrew(&self, withdrawals: &Arc<Withdrawals>) -> bool {
        if self.held.renamed {
            return true;
        }
        let mut named = locked(&self.named);
        match &*named {
            Some((of, named)) if Weak::as_ptr(of) == Arc::as_ptr(withdrawals) => *named,
            _ => named.insert((Arc::downgrade(withdrawals), self.find_withdrawn_names(withdrawals))).1,
        }
    }

    fn find_withdrawn_names(&self, withdrawals: &Withdrawals) -> bool {
        let Some(withdrawn) = withdrawals.all_names() else { return false };
        let own = self.names.iter().map(|(_, own)| own);
        let mut named = own.chain(self.speakers.iter().flat_map(|speaker| &speaker.spellings));
        let transcript = &self.transcript;
        named.any(|name| withdrawals.names(name))
            || [&transcript.title, &transcript.name].iter().any(|text| withdrawn.are_in(text))
            || withdrawn.are_in(transcript.text())
            || !transcript.restored.restorations().is_empty() && withdrawn.are_in(transcript.restored.received())
    }

    /// The bytes to keep; `None` if they cannot be written.
    pub(crate) fn to_keep(&self) -> Option<Vec<u8>> {
        let row = Row {
            transcript: Stored::new(&self.transcript, &self.problems),
            withheld: self.gone.withheld,
            speakers: self.speakers.as_slice().into(),
            names: self.names.as_slice().into(),
            sketch: Cow::Borrowed(&self.sketch),
            indexed: Cow::Borrowed(&*self.indexed),
        };
        let mut bytes = u32::try_from(self.keys.len()).ok()?.to_le_bytes().to_vec();
        bytes.extend(self.keys.iter().flatten());
        serde_json::to_writer(&mut bytes, &row).ok()?;
        Some(bytes)
    }

    /// Makes a kept reading again, of a source at `path`. `None` if the bytes are not whole.
    pub(crate) fn from_kept(bytes: &[u8], path: &Path, edits: &Edits, holding: RedactionRules<'_>) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let (keys, rest) = rest.split_at_checked(count.checked_mul(size_of::<Key>())?)?;
        let keys: Vec<Key> = keys.as_chunks::<{ size_of::<Key>() }>().0.to_vec();
        let row: Row<'_> = serde_json::from_slice(rest).ok()?;
        let (transcript, problems) = row.transcript.into_transcript()?;
        let indexed = Arc::new(row.indexed.into_owned());
        let whole = indexed.is_of(&transcript) && keys.len() == transcript.questions.len() + indexed.passages();
        let mut edits = edits.clone();
        edits.forget_words(|words| holding.withdrawals.tells_of(words));
        whole.then(|| Self {
            path: path.to_owned(),
            transcript: Arc::new(transcript),
            problems,
            gone: Gone { answers: Vec::new(), withheld: row.withheld, withdrew: !edits.withdrawn.is_empty() },
            held: HeldBack::default(),
            speakers: row.speakers.into_owned(),
            names: row.names.into_owned(),
            sketch: row.sketch.into_owned(),
            keys,
            indexed,
            kept: None,
            edits,
            date: None,
            named: NamesWithdrawn::default(),
        })
    }

    /// Whether no later withdrawal concerns it.
    pub(crate) fn is_untouched_by(&self, holding: RedactionRules<'_>) -> bool {
        self.held.is_nothing() && holding.is_nothing_to(&self.transcript, &self.names)
    }

    pub(crate) fn sha256(&self) -> &str {
        &self.transcript.source_sha256
    }
}

/// The kept form of a reading. It follows the keys of the embedded texts.
#[derive(Serialize, Deserialize)]
struct Row<'a> {
    transcript: Stored<'a>,
    withheld: bool,
    speakers: Cow<'a, [ListedSpeaker]>,
    names: Cow<'a, [(String, String)]>,
    sketch: Cow<'a, Sketch>,
    indexed: Cow<'a, Indexed>,
}

/// The key of a kept reading: a hash of all that it depends on, except the withdrawals. The name of the
/// file it is kept in stands for these. `None` for a source with withdrawn words that somebody allowed:
/// no cache holds them, so no edit of the source leaves them behind.
pub(crate) fn kept_by(
    name: &str,
    sha256: &str,
    edits: &Edits,
    allowed: AllowedWithdrawn,
    read_options: &ReadOptions,
) -> Option<Key> {
    if allowed != AllowedWithdrawn::Nothing {
        return None;
    }
    let edits = serde_json::to_vec(edits).ok()?;
    // `for_all` counts only if interviewers are named.
    let read_options =
        ReadOptions { for_all: read_options.for_all && !read_options.interviewers.is_empty(), ..read_options.clone() };
    let mut hash = Sha256::new();
    for part in [name.as_bytes(), sha256.as_bytes(), &edits, format!("{read_options:?}").as_bytes()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    Some(hash.finalize().into())
}

/// A source as it is read with the decisions about its reading. Nothing of it is held back.
pub(crate) fn transcript_of(
    name: &str,
    path: &Path,
    bytes: &[u8],
    edits: &Edits,
    read_options: &ReadOptions,
) -> Result<(Transcript, Vec<Problem>), Error> {
    let work = || {
        let mut options = read_options.clone();
        if !edits.interviewers.is_empty() {
            options.interviewers.clone_from(&edits.interviewers);
            options.for_all = false;
        }
        options.nobody_asks |= edits.nobody_asks;
        if !edits.columns.is_empty() {
            options.columns = columns(&edits.columns);
        }
        let read = |options: &ReadOptions| {
            transcript::read_with(name, bytes, options).map_err(|source| Error::Read { path: path.to_owned(), source })
        };
        let (mut transcript, mut problems) = read(&options)?;
        if let Some(asking) = asking_as_merged(&transcript, edits) {
            options.interviewers = asking;
            (transcript, problems) = read(&options)?;
        }
        Ok((transcript, problems))
    };
    // A file that makes the reader panic is not read. The others are.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::Panicked { path: path.to_owned() }))
}

/// Who asks after speakers were merged. A merged speaker has the role of the speaker whose name stays.
/// `None` if no role changes, or if nobody would ask or nobody would answer.
fn asking_as_merged(transcript: &Transcript, edits: &Edits) -> Option<Vec<String>> {
    let asks = |name: &String| transcript.speakers.iter().find(|one| one.name == *name).map(|one| one.asks);
    let as_one = |own: &transcript::Speaker| edits.merged.get(&own.name).and_then(asks).unwrap_or(own.asks);
    let changed = transcript.speakers.iter().any(|own| as_one(own) != own.asks);
    let asking: Vec<String> =
        transcript.speakers.iter().filter(|own| as_one(own)).map(|own| own.name.clone()).collect();
    // A speaker whose role is undecided cannot be the only one who answers.
    let answers = |own: &transcript::Speaker| !as_one(own) && own.role == transcript::SpeakerRole::Answers;
    let both = !asking.is_empty() && transcript.speakers.iter().any(answers);
    (changed && both).then_some(asking)
}

const PARTS: [&str; 3] = ["speaker", "text", "time"];

/// Columns as the manifest keeps them.
pub(crate) fn named(columns: &Columns) -> BTreeMap<String, String> {
    let all = [&columns.speaker, &columns.text, &columns.time];
    PARTS.iter().zip(all).filter_map(|(part, name)| Some(((*part).to_owned(), name.clone()?))).collect()
}

fn columns(named: &BTreeMap<String, String>) -> Columns {
    let [speaker, text, time] = PARTS.map(|part| named.get(part).cloned());
    Columns { speaker, text, time }
}

/// The SHA-256 that a source is known by.
pub(crate) fn known_by(bytes: &[u8]) -> String {
    sha256_hex(&[bytes])
}

/// Puts the names to show, and counts the answers of each interviewee. `withdrawn` are the people who
/// withdrew.
fn apply(transcript: &mut Transcript, edits: &Edits, withdrawn: &HashSet<String>) -> Vec<ListedSpeaker> {
    if let Some(title) = &edits.title {
        transcript.title.clone_from(title);
    }
    transcript.title = sanitize::short(&transcript.title);
    // `asking` is a sentence that may name anybody, so any edit clears it.
    if edits != &Edits::default() {
        transcript.asking.clear();
    }
    let shown = |own: &str| sanitize::short(edits.shown(own));
    transcript.speakers.retain(|speaker| !withdrawn.contains(&speaker.name));
    for speaker in &mut transcript.speakers {
        speaker.name = shown(&speaker.name);
    }
    // Two spellings of one speaker are one.
    let mut one_each: Vec<transcript::Speaker> = Vec::new();
    let mut number_of: HashMap<String, usize> = HashMap::new();
    for speaker in transcript.speakers.drain(..) {
        match number_of.entry(speaker.name.clone()) {
            hash_map::Entry::Occupied(number) => {
                let one = &mut one_each[*number.get()];
                one.turns += speaker.turns;
                one.asks &= speaker.asks;
                if !one.asks && one.role == SpeakerRole::Asks {
                    one.role = speaker.role;
                }
            }
            hash_map::Entry::Vacant(number) => {
                number.insert(one_each.len());
                one_each.push(speaker);
            }
        }
    }
    transcript.speakers = one_each;
    let pseudonyms: HashSet<String> = edits.pseudonyms.values().map(|pseudonym| sanitize::short(pseudonym)).collect();
    let mut speakers: BTreeMap<String, ListedSpeaker> = BTreeMap::new();
    let mut spellings: HashSet<(String, String)> = HashSet::new();
    for question in &mut transcript.questions {
        question.speaker = question.speaker.take().map(|own| shown(&own));
        for answer in &mut question.answers {
            let Some(own) = answer.interviewee.take() else { continue };
            let as_shown = shown(&own);
            let speaker = speakers.entry(as_shown.clone()).or_insert_with(|| ListedSpeaker {
                pseudonym: pseudonyms.contains(&as_shown),
                shown: as_shown.clone(),
                answers: 0,
                spellings: Vec::new(),
                in_words: 0,
                attributes: Vec::new(),
                typed: Vec::new(),
                aliases: Vec::new(),
            });
            speaker.answers += 1;
            if spellings.insert((as_shown.clone(), own.clone())) {
                speaker.spellings.push(own);
            }
            answer.interviewee = Some(as_shown);
        }
    }
    let words: Vec<String> = transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer)).collect();
    let asked = transcript.questions.iter().map(|question| transcript.words(question.span));
    let all: Vec<&str> = words.iter().map(String::as_str).chain(asked).chain([transcript.title.as_str()]).collect();
    // This is counted for pseudonyms only. For everybody, a long list of names would be looked for in
    // all words.
    for speaker in speakers.values_mut().filter(|speaker| speaker.pseudonym) {
        let times = |name: &String| all.iter().map(|words| words.matches(name.as_str()).count()).sum::<usize>();
        speaker.in_words = speaker.spellings.iter().filter(|name| name.chars().count() > 1).map(times).sum();
    }
    speakers.into_values().collect()
}

/// The problems that may be shown: none with a name that another replaces.
fn seen(problems: Vec<Problem>, edits: &Edits) -> Vec<Problem> {
    let names: Vec<&String> = edits.pseudonyms.keys().chain(edits.merged.keys()).collect();
    let hidden = |problem: &Problem| names.iter().any(|name| problem.problem.contains(name.as_str()));
    problems.into_iter().filter(|problem| !hidden(problem)).collect()
}

#[cfg(test)]
mod tests;
