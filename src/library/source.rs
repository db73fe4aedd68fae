//! One source as it is shown: read, with what was decided about it applied.
//! Its file and its words stay as they are.

use std::collections::{BTreeMap, HashMap, HashSet, hash_map};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::index_builder::material;
use super::listing::Speaker;
use super::near_duplicates::Sketch;
use super::redaction::{Held, Holding};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::store::manifest::Edits;
use crate::library::store::vector_cache::{self, Key};
use crate::retrieval::corpus::Gone;
use crate::text::sanitize;
use crate::transcript::{self, Columns, Options, Part, Problem, Transcript};

/// A source that was read.
pub(crate) struct Reading {
    pub(crate) path: PathBuf,
    pub(crate) transcript: Arc<Transcript>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) gone: Gone,
    pub(crate) held: Held,
    pub(crate) speakers: Vec<Speaker>,
    /// Everybody who speaks: as shown, and as the source names them.
    pub(crate) names: Vec<(String, String)>,
    pub(crate) sketch: Sketch,
    /// Of all that is embedded of it.
    pub(crate) keys: Vec<Key>,
    pub(crate) edits: Edits,
    /// The day it was added, or its file last written.
    pub(crate) date: Option<String>,
}

impl Reading {
    /// Reads a source, holds back what was withdrawn, and applies what else was decided about it.
    pub(crate) fn new(
        name: &str,
        path: &Path,
        bytes: &[u8],
        edits: &Edits,
        told: &Options,
        holding: Holding<'_>,
    ) -> Result<Self, Error> {
        let (mut transcript, problems) = transcript_of(name, path, bytes, edits, told)?;
        let (mut gone, held) = holding.hold_back(&mut transcript);
        if let Some(on) = &held.copy_of {
            return Err(Error::HeldBack { file: transcript.name.clone(), on: on.clone() });
        }
        let mut edits = edits.clone();
        edits.title = edits.title.filter(|title| !holding.withdrawals.holds(title));
        let own = transcript.speakers.iter().map(|speaker| speaker.name.clone());
        let names = own
            .filter(|own| !held.people.contains(own.as_str()))
            .map(|own| (sanitize::short(edits.shown(&own)), own))
            .collect();
        let speakers = apply(&mut transcript, &edits, &held.people);
        gone.withheld |= !edits.pseudonyms.is_empty();
        let problems = holding.seen(seen(problems, &edits), &held);
        let sketch = Sketch::of(transcript.text());
        let transcript = Arc::new(transcript);
        let (material, ..) = material(std::slice::from_ref(&transcript));
        let keys = material.texts().map(vector_cache::key).collect();
        Ok(Self {
            path: path.to_owned(),
            transcript,
            problems,
            gone,
            held,
            speakers,
            names,
            sketch,
            keys,
            edits,
            date: None,
        })
    }

    /// Whether nothing that was withdrawn since it was read concerns it.
    pub(crate) fn is_untouched_by(&self, holding: Holding<'_>) -> bool {
        self.held.is_nothing() && holding.is_nothing_to(&self.transcript, &self.names)
    }

    pub(crate) fn sha256(&self) -> &str {
        &self.transcript.source_sha256
    }
}

/// A source as it is read with what was decided about its reading, and nothing of it held back.
pub(crate) fn transcript_of(
    name: &str,
    path: &Path,
    bytes: &[u8],
    edits: &Edits,
    told: &Options,
) -> Result<(Transcript, Vec<Problem>), Error> {
    let work = || {
        let mut options = told.clone();
        if !edits.interviewers.is_empty() {
            options.interviewers.clone_from(&edits.interviewers);
            options.for_all = false;
        }
        options.nobody_asks |= edits.nobody_asks;
        if !edits.columns.is_empty() {
            options.columns = columns(&edits.columns);
        }
        let read = |options: &Options| {
            transcript::read_with(name, bytes, options).map_err(|source| Error::Read { path: path.to_owned(), source })
        };
        let (mut transcript, mut problems) = read(&options)?;
        if let Some(asking) = asking_as_merged(&transcript, edits) {
            options.interviewers = asking;
            (transcript, problems) = read(&options)?;
        }
        Ok((transcript, problems))
    };
    // One file that brings the reader down is one file that is not read.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::Panicked { path: path.to_owned() }))
}

/// Who asks, where a speaker who asks and one who answers are said to be one: as the one does whose
/// name is used. Nothing where that changes nobody, or nobody would ask or answer.
fn asking_as_merged(transcript: &Transcript, edits: &Edits) -> Option<Vec<String>> {
    let asks = |name: &String| transcript.speakers.iter().find(|one| one.name == *name).map(|one| one.asks);
    let as_one = |own: &transcript::Speaker| edits.merged.get(&own.name).and_then(asks).unwrap_or(own.asks);
    let changed = transcript.speakers.iter().any(|own| as_one(own) != own.asks);
    let asking: Vec<String> =
        transcript.speakers.iter().filter(|own| as_one(own)).map(|own| own.name.clone()).collect();
    // Whoever only may ask is nobody that the answers can be left to.
    let answers = |own: &transcript::Speaker| !as_one(own) && own.role == transcript::Part::Answers;
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

/// The hash that a source is known by.
pub(crate) fn known_by(bytes: &[u8]) -> String {
    sha256_hex(&[bytes])
}

/// Puts the names to show; `withdrawn` are those who withdrew.
fn apply(transcript: &mut Transcript, edits: &Edits, withdrawn: &HashSet<String>) -> Vec<Speaker> {
    if let Some(title) = &edits.title {
        transcript.title.clone_from(title);
    }
    transcript.title = sanitize::short(&transcript.title);
    // Who asks is named as everybody is; what was told of them may name anybody.
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
                if !one.asks && one.role == Part::Asks {
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
    let mut speakers: BTreeMap<String, Speaker> = BTreeMap::new();
    let mut spellings: HashSet<(String, String)> = HashSet::new();
    for question in &mut transcript.questions {
        question.speaker = question.speaker.take().map(|own| shown(&own));
        for answer in &mut question.answers {
            let Some(own) = answer.interviewee.take() else { continue };
            let as_shown = shown(&own);
            let speaker = speakers.entry(as_shown.clone()).or_insert_with(|| Speaker {
                pseudonym: pseudonyms.contains(&as_shown),
                shown: as_shown.clone(),
                answers: 0,
                spellings: Vec::new(),
                in_words: 0,
                attributes: Vec::new(),
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
    // It is told of a pseudonym alone: of everybody, a long list of names would be looked for in all words.
    for speaker in speakers.values_mut().filter(|speaker| speaker.pseudonym) {
        let times = |name: &String| all.iter().map(|words| words.matches(name.as_str()).count()).sum::<usize>();
        speaker.in_words = speaker.spellings.iter().filter(|name| name.chars().count() > 1).map(times).sum();
    }
    speakers.into_values().collect()
}

/// The problems that may be told: none with a name that is not to be shown.
fn seen(problems: Vec<Problem>, edits: &Edits) -> Vec<Problem> {
    let names: Vec<&String> = edits.pseudonyms.keys().chain(edits.merged.keys()).collect();
    let hidden = |problem: &Problem| names.iter().any(|name| problem.problem.contains(name.as_str()));
    problems.into_iter().filter(|problem| !hidden(problem)).collect()
}

#[cfg(test)]
mod tests;
