//! One source as it is shown: read, with what was decided about it applied.
//! Its file and its words stay as they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::alike::Sketch;
use super::listing::Speaker;
use super::material;
use crate::corpus::Gone;
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::{self, Edits, Key};
use crate::transcript::{self, Columns, Options, Part, Problem, Transcript};

/// A source that was read.
pub(super) struct Reading {
    pub(super) path: PathBuf,
    pub(super) transcript: Arc<Transcript>,
    pub(super) problems: Vec<Problem>,
    pub(super) gone: Gone,
    pub(super) speakers: Vec<Speaker>,
    /// Everybody who speaks: as shown, and as the source names them.
    pub(super) names: Vec<(String, String)>,
    pub(super) sketch: Sketch,
    /// Of all that is embedded of it.
    pub(super) keys: Vec<Key>,
    pub(super) edits: Edits,
    /// The day it was added, or its file last written.
    pub(super) date: Option<String>,
}

impl Reading {
    /// Reads a source and applies what was decided about it.
    pub(super) fn new(name: &str, path: &Path, bytes: &[u8], edits: &Edits, told: &Options) -> Result<Self, Error> {
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
        let sketch = Sketch::of(transcript.text());
        let own = transcript.speakers.iter().map(|speaker| speaker.name.clone());
        let names =
            own.filter(|own| !edits.has_withdrawn(own)).map(|own| (edits.shown(&own).to_owned(), own)).collect();
        let (gone, speakers) = apply(&mut transcript, edits);
        let problems = seen(&transcript, problems, edits, &gone);
        let transcript = Arc::new(transcript);
        let (material, ..) = material(std::slice::from_ref(&transcript));
        let keys = material.texts().map(library::key).collect();
        Ok(Self {
            path: path.to_owned(),
            transcript,
            problems,
            gone,
            speakers,
            names,
            sketch,
            keys,
            edits: edits.clone(),
            date: None,
        })
    }

    pub(super) fn sha256(&self) -> &str {
        &self.transcript.source_sha256
    }
}

/// Who asks, where a speaker who asks and one who answers are said to be one: as the one does whose
/// name is used. Nothing where that changes nobody, or nobody would ask or answer.
fn asking_as_merged(transcript: &Transcript, edits: &Edits) -> Option<Vec<String>> {
    let asks = |name: &String| transcript.speakers.iter().find(|one| one.name == *name).map(|one| one.asks);
    let as_one = |own: &transcript::Speaker| edits.merged.get(&own.name).and_then(asks).unwrap_or(own.asks);
    let changed = transcript.speakers.iter().any(|own| as_one(own) != own.asks);
    let asking: Vec<String> =
        transcript.speakers.iter().filter(|own| as_one(own)).map(|own| own.name.clone()).collect();
    let both = !asking.is_empty() && asking.len() < transcript.speakers.len();
    (changed && both).then_some(asking)
}

const PARTS: [&str; 3] = ["speaker", "text", "time"];

/// Columns as the manifest keeps them.
pub(super) fn named(columns: &Columns) -> BTreeMap<String, String> {
    let all = [&columns.speaker, &columns.text, &columns.time];
    PARTS.iter().zip(all).filter_map(|(part, name)| Some(((*part).to_owned(), name.clone()?))).collect()
}

fn columns(named: &BTreeMap<String, String>) -> Columns {
    let [speaker, text, time] = PARTS.map(|part| named.get(part).cloned());
    Columns { speaker, text, time }
}

/// The hash that a source is known by.
pub(super) fn known_by(bytes: &[u8]) -> String {
    sha256_hex(&[bytes])
}

/// Puts the names to show, and takes out the answers of who withdrew.
fn apply(transcript: &mut Transcript, edits: &Edits) -> (Gone, Vec<Speaker>) {
    if let Some(title) = &edits.title {
        transcript.title.clone_from(title);
    }
    // Who asks is named as everybody is; what was told of them may name anybody.
    if edits != &Edits::default() {
        transcript.asking.clear();
    }
    transcript.speakers.retain(|speaker| !edits.has_withdrawn(&speaker.name));
    for speaker in &mut transcript.speakers {
        speaker.name = edits.shown(&speaker.name).to_owned();
    }
    // Two spellings of one speaker are one.
    let mut one_each: Vec<transcript::Speaker> = Vec::new();
    for speaker in transcript.speakers.drain(..) {
        match one_each.iter_mut().find(|one| one.name == speaker.name) {
            Some(one) => {
                one.turns += speaker.turns;
                one.asks &= speaker.asks;
                if !one.asks && one.role == Part::Asks {
                    one.role = speaker.role;
                }
            }
            None => one_each.push(speaker),
        }
    }
    transcript.speakers = one_each;
    for question in &mut transcript.questions {
        question.speaker =
            question.speaker.take().filter(|own| !edits.has_withdrawn(own)).map(|own| edits.shown(&own).to_owned());
    }
    let mut gone = Gone { answers: Vec::new(), withheld: !edits.pseudonyms.is_empty() };
    let mut speakers: BTreeMap<String, Speaker> = BTreeMap::new();
    for question in &mut transcript.questions {
        let label = &question.label;
        question.answers.retain_mut(|answer| {
            let Some(own) = answer.interviewee.clone() else { return true };
            if edits.has_withdrawn(&own) {
                gone.answers.push((label.clone(), answer.label.clone(), answer.span));
                return false;
            }
            let shown = edits.shown(&own).to_owned();
            let speaker = speakers.entry(shown.clone()).or_insert_with(|| Speaker {
                pseudonym: edits.pseudonyms.values().any(|pseudonym| *pseudonym == shown),
                shown: shown.clone(),
                answers: 0,
                spellings: Vec::new(),
                in_words: 0,
            });
            speaker.answers += 1;
            if !speaker.spellings.contains(&own) {
                speaker.spellings.push(own);
            }
            answer.interviewee = Some(shown);
            true
        });
    }
    gone.withheld |= !gone.answers.is_empty();
    let words: Vec<String> = transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer)).collect();
    let asked = transcript.questions.iter().map(|question| transcript.words(question.span));
    let all: Vec<&str> = words.iter().map(String::as_str).chain(asked).chain([transcript.title.as_str()]).collect();
    for speaker in speakers.values_mut() {
        let times = |name: &String| all.iter().map(|words| words.matches(name.as_str()).count()).sum::<usize>();
        speaker.in_words = speaker.spellings.iter().filter(|name| name.chars().count() > 1).map(times).sum();
    }
    (gone, speakers.into_values().collect())
}

/// The problems that may be told: none inside words that were withdrawn, and
/// none with a name that is not to be shown.
fn seen(transcript: &Transcript, problems: Vec<Problem>, edits: &Edits, gone: &Gone) -> Vec<Problem> {
    let lines: Vec<_> = gone
        .answers
        .iter()
        .map(|(_, _, span)| transcript.line_of(span.start())..=transcript.line_of(span.end()))
        .collect();
    let names: Vec<&String> = edits.pseudonyms.keys().chain(edits.merged.keys()).collect();
    let hidden = |problem: &Problem| {
        lines.iter().any(|lines| lines.contains(&problem.line))
            || names.iter().any(|name| problem.problem.contains(name.as_str()))
    };
    problems.into_iter().filter(|problem| !hidden(problem)).collect()
}

#[cfg(test)]
mod tests;
