//! Finds withdrawn words again: in any text, under any name, in any role. There are two rules, because
//! common words belong to nobody:
//!
//! 1. *Anywhere*, eight Chinese characters or 24 letters in a row belong to the person who withdrew
//!    (fourteen or 42 if all words are very common). So does a shorter sentence with four characters or
//!    twelve letters of other words.
//! 2. In *another version* of what was withdrawn, a tenth of either text is the same. There a turn of
//!    a word or two is recognised by what is around it. The names of the people who withdrew are
//!    recognised where several answers are the same, or a third of both texts. What many say (`我在北京工作。`) is held
//!    back with people half of whose words are the same, if nobody is known by name. The questions and headings
//!    of a transcript that was withdrawn as a whole are recognised where half of the answers are the same,
//!    without the longest that both share.
//!
//! Measured on sixteen interviews, an earlier and wider form of rule 1 found something in 0.03 % of
//! the sentences of other interviews, and in 0.7 % of those of other people in the same. A retelling
//! in other words is not found.

mod allowed;
pub(crate) mod common_words;
pub(crate) mod fingerprints;
pub(crate) mod key;
pub(crate) mod mentions;
mod named;
pub(crate) mod normalized_letters;
pub(crate) mod person_names;
mod radicals;
pub(crate) mod roles;
pub(crate) mod shared_words;
pub(crate) mod spoken;
mod withdrawn_sources;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::library::store::manifest::Manifest;
pub use allowed::AllowedWithdrawn;
use fingerprints::{AROUND, Fingerprints};
use key::{Marker, WithdrawalKey};
use mentions::WithdrawnNames;
use normalized_letters::{NormalizedLetters, windows};
use spoken::{SpokenLetters, SpokenStretch, Stream};
pub use withdrawn_sources::WithdrawnSources;

/// A text is another version of a withdrawn text if one part in this many of either is the same.
const VERSION: u32 = 10;

/// A text with half of the marks of a withdrawal is another version of it, from this number on.
const MOST_LEAST: usize = 4;

/// Parts of a text in letters, by the number of the withdrawal that they belong to.
type Covered = BTreeMap<u32, Vec<Range<usize>>>;

/// What of a text has marks of withdrawals.
#[derive(Default)]
struct Matched {
    /// What belongs to somebody.
    covered: Covered,
    /// That together with short sentences that anybody may say.
    likely: Covered,
    /// Which marks were found of each withdrawal.
    marks: BTreeMap<u32, HashSet<u64>>,
}

/// Bytes of the shortest text that is recognised by itself.
const LEAST: usize = 12;

/// All that was withdrawn from a folder.
#[derive(Debug, Default)]
pub struct Withdrawals {
    secret: Option<WithdrawalKey>,
    each: Vec<Withdrawal>,
    /// Every window: its mark, the number of its withdrawal, and whose words it is.
    windows: Vec<(u64, u32, WindowOwner)>,
    /// Short sentences: how many letters, the mark, the number of the withdrawal, and whether anybody may say it.
    sentences: Vec<(u8, u64, u32, bool)>,
    /// Turns between others: mark, number of the withdrawal, first letter, how many letters.
    between: Vec<(u64, u32, u8, u8)>,
    /// The lengths of the short sentences in letters, ascending.
    lengths: Vec<u8>,
    /// Marks of all that can have been quoted, ascending.
    quotes: Arc<Vec<u64>>,
    /// Marks of all names.
    names: Arc<HashSet<u128>>,
}

/// Whose the words of a window are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum WindowOwner {
    /// Those of the person who withdrew.
    Own,
    /// Theirs, and many may say the same.
    Many,
    /// Nobody's in particular, in a transcript that was withdrawn as a whole.
    Rest,
}

/// One withdrawal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Withdrawal {
    /// The day.
    pub(crate) on: String,
    /// The mark of the source.
    pub(crate) source: String,
    /// Marks of the names of the people who withdrew; empty for a whole transcript.
    pub(crate) names: Vec<String>,
    pub(crate) weight: u32,
    /// How many marks of own words there are.
    pub(crate) marks: usize,
}

/// The withdrawn parts of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithdrawnMatches {
    /// The ranges in bytes of the text. They ascend, and no two touch.
    pub ranges: Vec<Range<usize>>,
    /// In another version of what was withdrawn, what many say, with people most of whose words are the same. They are
    /// who withdrew, unless that person is known by name there.
    ordinary: Vec<Range<usize>>,
    /// The days on which they were withdrawn.
    pub on: BTreeSet<String>,
    /// Numbers of withdrawals of which any words are in the text.
    seen: Vec<u32>,
    /// Numbers of withdrawals. The text is another version of what each of them withdrew.
    versions: Vec<u32>,
    /// Those of which so much is in the text that a name in both is one person's.
    named: Vec<u32>,
    /// Who says most of what somebody withdrew, whatever the text calls them: the number of the speaker and of the
    /// withdrawal.
    people: Vec<(u32, u32)>,
    /// The day on which a transcript that is nearly this text was withdrawn as a whole.
    pub copy_of: Option<String>,
}

impl WithdrawnMatches {
    /// Whether no withdrawal concerns the text.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.versions.is_empty()
    }

    /// Counts what many say as withdrawn, because nobody is known by name.
    pub(crate) fn take_ordinary(&mut self) {
        self.ranges.append(&mut self.ordinary);
        merge(&mut self.ranges);
    }

    /// Takes in what was found in another form of the same text. `here` maps its ranges into this text.
    pub fn join(&mut self, other: Self, here: impl Fn(Range<usize>) -> Range<usize>) {
        self.ranges.extend(other.ranges.into_iter().map(&here));
        merge(&mut self.ranges);
        self.ordinary.extend(other.ordinary.into_iter().map(&here));
        self.on.extend(other.on);
        self.seen.extend(other.seen);
        self.versions.extend(other.versions);
        self.named.extend(other.named);
        self.people.extend(other.people);
        self.copy_of = self.copy_of.take().or(other.copy_of);
    }
}

impl Withdrawals {
    pub(crate) fn new<'a>(
        secret: Option<WithdrawalKey>,
        all: impl Iterator<Item = (Withdrawal, &'a Fingerprints)>,
    ) -> Self {
        let mut made = Self { secret, ..Self::default() };
        let mut quotes = Vec::new();
        for (number, (each, words)) in (0_u32..).zip(all) {
            for (marks, whose) in
                [(&words.own, WindowOwner::Own), (&words.facts, WindowOwner::Many), (&words.rest, WindowOwner::Rest)]
            {
                made.windows.extend(marks.iter().map(|mark| (*mark, number, whose)));
            }
            made.sentences.extend(words.sentences.iter().map(|(letters, mark)| (*letters, *mark, number, false)));
            made.sentences.extend(words.ordinary.iter().map(|(letters, mark)| (*letters, *mark, number, true)));
            made.between.extend(words.between.iter().map(|(mark, from, letters)| (*mark, number, *from, *letters)));
            quotes.extend(&words.quotes);
            let marks = words.own.len() + words.facts.len() + words.sentences.len() + words.ordinary.len();
            made.each.push(Withdrawal { weight: words.weight, marks, ..each });
        }
        quotes.sort_unstable();
        made.quotes = Arc::new(quotes);
        made.names = Arc::new(WithdrawnNames::numbers(made.each.iter().flat_map(|each| &each.names)));
        made.windows.sort_unstable();
        made.sentences.sort_unstable();
        made.between.sort_unstable();
        made.lengths =
            made.sentences.iter().map(|(letters, ..)| *letters).collect::<BTreeSet<u8>>().into_iter().collect();
        made
    }

    /// Withdrawals of people, by their names and what they and others said.
    #[cfg(test)]
    pub(crate) fn of_people(each: &[(&[&str], Vec<crate::library::withdrawals::fingerprints::WithdrawnTurn>)]) -> Self {
        let secret = WithdrawalKey::random().expect("chance");
        let made = each.iter().map(|(names, said)| {
            let names = names.iter().flat_map(|name| secret.names(name)).collect();
            (
                Withdrawal { on: "2026-11-25".to_owned(), names, ..Withdrawal::default() },
                Fingerprints::of(&secret, said),
            )
        });
        let made: Vec<(Withdrawal, Fingerprints)> = made.collect();
        Self::new(Some(secret), made.iter().map(|(each, words)| (each.clone(), words)))
    }

    /// Whether nothing was withdrawn.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// The day on which a source was withdrawn as a whole, if it was.
    pub fn of_source<'a>(&self, sha256: &str, manifest: &'a Manifest) -> Option<&'a str> {
        let mark = self.secret.as_ref()?.source(sha256)?;
        manifest.tombstone(Some(&mark)).map(|stone| stone.on.as_str())
    }

    /// Which withdrawn words may be read in a source.
    pub fn allowed(&self, sha256: &str, manifest: &Manifest) -> AllowedWithdrawn {
        manifest.allowed(self.secret.as_ref().and_then(|secret| secret.source(sha256)).as_deref())
    }

    /// Whether a source was withdrawn as a whole and has no marks of words yet. They are learnt while
    /// the source is here.
    pub fn is_to_be_learnt(&self, sha256: &str, manifest: &Manifest) -> bool {
        let Some(mark) = self.secret.as_ref().and_then(|secret| secret.source(sha256)) else { return false };
        let known = manifest.words.iter().any(|words| words.source == mark && words.names.is_empty());
        manifest.tombstone(Some(&mark)).is_some() && !known
    }

    /// The sources that were withdrawn as a whole.
    pub fn tombstones(&self, manifest: &Manifest) -> WithdrawnSources {
        let marks = manifest.withdrawn.iter().map(|stone| (stone.source.clone(), stone.on.clone())).collect();
        let (quotes, names) = (Arc::clone(&self.quotes), Arc::clone(&self.names));
        WithdrawnSources { secret: self.secret.clone(), marks, quotes, names }
    }

    /// Whether a short text, such as a title or a sentence about a file, holds withdrawn words.
    pub fn holds(&self, text: &str) -> bool {
        !self.is_empty() && text.len() >= LEAST && !self.find(text, &[], AllowedWithdrawn::Nothing).ranges.is_empty()
    }

    /// Finds withdrawn words in a text. `said` is what is spoken in it, in order.
    pub fn find(&self, text: &str, said: &[SpokenStretch], allowed: AllowedWithdrawn) -> WithdrawnMatches {
        let (Some(secret), false) = (&self.secret, self.is_empty()) else { return WithdrawnMatches::default() };
        let marker = secret.letters();
        let letters = NormalizedLetters::of(text);
        let spoken = SpokenLetters::of(&letters, said);
        let streams: Vec<Stream> = spoken.rows().into_iter().map(|row| Stream::new(&marker, &letters, row)).collect();
        let mut parts = self.matched(&marker, &spoken, &streams);
        let is_allowed =
            |number: &u32| allowed != AllowedWithdrawn::Nothing && self.each[*number as usize].names.is_empty();
        parts.covered.retain(|number, _| !is_allowed(number));
        parts.likely.retain(|number, _| !is_allowed(number));
        let mut found = self.versions(&spoken, &mut parts);
        let versions: BTreeSet<u32> = found.versions.iter().copied().collect();
        for stream in streams.iter().filter(|_| !versions.is_empty()) {
            self.in_versions(&marker, &spoken, stream, &versions, &mut parts.covered);
        }
        let mut ordinary = self.of_versions(&spoken, &mut parts, &mut found);
        if allowed == AllowedWithdrawn::All {
            let WithdrawnMatches { seen, versions, named, .. } = found;
            return WithdrawnMatches { seen, versions, named, ..WithdrawnMatches::default() };
        }
        let mut covered = parts.covered;
        covered.retain(|_, parts| !parts.is_empty());
        found.on.extend(covered.keys().map(|number| self.each[*number as usize].on.clone()));
        let mut parts: Vec<Range<usize>> = covered.into_values().flatten().collect();
        merge(&mut parts);
        found.ranges = parts.into_iter().map(|part| letters.source(part)).collect();
        merge(&mut found.ranges);
        merge(&mut ordinary);
        found.ordinary = ordinary.into_iter().map(|part| letters.source(part)).collect();
        found
    }

    /// What of a text has marks of a withdrawal.
    fn matched(&self, marker: &Marker, spoken: &SpokenLetters<'_>, streams: &[Stream]) -> Matched {
        let mut parts = Matched::default();
        for stream in streams {
            let spans = self.in_windows(stream).chain(self.in_sentences(marker, stream));
            for (number, mark, is_many, span) in spans {
                let here = if is_many { &mut parts.likely } else { &mut parts.covered };
                here.entry(number).or_default().extend(spoken.parts(stream, span));
                parts.marks.entry(number).or_default().insert(mark);
            }
        }
        for (number, own) in &parts.covered {
            parts.likely.entry(*number).or_default().extend(own.iter().cloned());
        }
        parts
    }

    /// Of which withdrawals the text holds words, and of which it is another version.
    fn versions(&self, spoken: &SpokenLetters<'_>, parts: &mut Matched) -> WithdrawnMatches {
        let mut found = WithdrawnMatches::default();
        for (number, likely) in &mut parts.likely {
            merge(likely);
            found.seen.push(*number);
            let whole = &self.each[*number as usize];
            let own = parts.covered.entry(*number).or_default();
            merge(own);
            let own = spoken.covered(own);
            let marks = parts.marks.get(number).map_or(0, HashSet::len);
            let has_most = marks >= MOST_LEAST && marks * 2 >= whole.marks;
            let is_version = match whole.names.as_slice() {
                [] => spoken.covered(likely).has_half(whole.weight),
                _ => own.is_version(whole.weight, VERSION) || has_most,
            };
            if is_version {
                found.versions.push(*number);
            }
            if own.is_by_same_people(whole.weight, VERSION) || has_most {
                found.named.push(*number);
            }
        }
        found
    }

    /// What many say, of the people most of whose words are the same. Also notes who is known by their words, and of which
    /// transcript the text is a copy.
    fn of_versions(
        &self,
        spoken: &SpokenLetters<'_>,
        parts: &mut Matched,
        found: &mut WithdrawnMatches,
    ) -> Vec<Range<usize>> {
        let mut ordinary: Vec<Range<usize>> = Vec::new();
        for number in &found.versions {
            let (own, all) = (parts.covered.entry(*number).or_default(), parts.likely.entry(*number).or_default());
            all.extend(own.iter().cloned());
            merge(all);
            let each = &self.each[*number as usize];
            if !each.names.is_empty() {
                let people = spoken.who_says_most(own, each.weight);
                found.people.extend(people.into_iter().map(|who| (who, *number)));
            }
            if each.names.is_empty() && spoken.covered(all).is_copy() {
                found.copy_of = Some(each.on.clone());
            }
            let theirs = spoken.with_whom_they_are_most(all);
            if !theirs.is_empty() {
                found.on.insert(each.on.clone());
            }
            ordinary.extend(theirs);
        }
        ordinary
    }

    /// Stretches that tell whose they are, and those that many may say: the number of the withdrawal, the mark, whether
    /// many may say it, and the letters.
    fn in_windows<'a>(&'a self, stream: &'a Stream) -> impl Iterator<Item = (u32, u64, bool, Range<usize>)> + 'a {
        let windows = stream.windows.iter().flat_map(|(window, mark)| {
            self.of_window(*mark).iter().map(|(mark, number, whose)| (*number, *mark, *whose, window.clone()))
        });
        let spoken = windows.filter(|(_, _, whose, _)| *whose != WindowOwner::Rest);
        spoken.map(|(number, mark, whose, window)| (number, mark, whose == WindowOwner::Many, window))
    }

    /// Short sentences in the same way.
    fn in_sentences<'a>(
        &'a self,
        marker: &'a Marker,
        stream: &'a Stream,
    ) -> impl Iterator<Item = (u32, u64, bool, Range<usize>)> + 'a {
        let starts = if self.sentences.is_empty() { 0..0 } else { 0..stream.letters.len() };
        let parts = starts.flat_map(|start| self.lengths.iter().map(move |letters| (start, *letters)));
        parts.flat_map(move |(start, letters)| {
            let span = start..start + usize::from(letters);
            let mark = stream.letters.get(span.clone()).map(|part| marker.mark(part));
            let first = mark.map_or(0, |mark| self.sentences.partition_point(|one| (one.0, one.1) < (letters, mark)));
            let found = self.sentences[first..]
                .iter()
                .take_while(move |one| Some((one.0, one.1)) == mark.map(|mark| (letters, mark)));
            found.map(move |(_, mark, number, is_many)| (*number, *mark, *is_many, span.clone()))
        })
    }

    /// In another version questions and short turns count, too.
    fn in_versions(
        &self,
        marker: &Marker,
        spoken: &SpokenLetters<'_>,
        stream: &Stream,
        versions: &BTreeSet<u32>,
        covered: &mut Covered,
    ) {
        for (window, mark) in &stream.windows {
            let counts =
                |(_, whose, owner): &&(u64, u32, WindowOwner)| *owner != WindowOwner::Many && versions.contains(whose);
            for (_, whose, _) in self.of_window(*mark).iter().filter(counts) {
                covered.entry(*whose).or_default().extend(spoken.parts(stream, window.clone()));
            }
        }
        // Somebody's turns one after the other have other surroundings than they had.
        if self.between.is_empty() || !stream.is_in_order() {
            return;
        }
        for window in windows(&stream.letters, AROUND) {
            let mark = marker.mark(&stream.letters[window.clone()]);
            let first = self.between.partition_point(|one| one.0 < mark);
            for (_, whose, from, letters) in self.between[first..].iter().take_while(|one| one.0 == mark) {
                let from = window.start + usize::from(*from);
                let theirs = from..(from + usize::from(*letters)).min(window.end);
                if versions.contains(whose) && !theirs.is_empty() {
                    covered.entry(*whose).or_default().extend(spoken.parts(stream, theirs));
                }
            }
        }
    }

    fn of_window(&self, mark: u64) -> &[(u64, u32, WindowOwner)] {
        let first = self.windows.partition_point(|one| one.0 < mark);
        let last = first + self.windows[first..].iter().take_while(|one| one.0 == mark).count();
        &self.windows[first..last]
    }
}

/// Sorts ranges and joins those that touch.
pub fn merge(ranges: &mut Vec<Range<usize>>) {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges.drain(..) {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    *ranges = merged;
}
