//! Permalinks: short addresses of quotes. They are made of content hashes and hold no words. They survive another
//! reading of the source. This module finds the words again, or tells what became of them.
//! Quotes have permalinks, and so do the library's tags.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::corpus::{AnswerPlace, Corpus, Sources};
use crate::hash::{PERMALINK_DIGITS, permalink_hash, sha256_hex};
use crate::transcript::{AnswerAt, Span, Transcript};

/// The beginning of every permalink.
pub const PREFIX: &str = "/q/";
/// The number of hex digits for the SHA-256 of the source, of its name, and of the words.
const SOURCE: usize = 16;
const NAME: usize = 6;
const WORDS: usize = PERMALINK_DIGITS;
/// The most bytes of words. No quote comes near it.
const MAX_BYTES: usize = 1 << 20;

/// `/q/SOURCE/NAME.START.LENGTH.WORDS`: the hash of the words, and where to look for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalink {
    /// The first digits of the SHA-256 of the source.
    source: String,
    /// The first digits of the SHA-256 of the source's name. Another version has the same name.
    name: String,
    /// The start of the words in the restored text when they were quoted.
    start: usize,
    words: Sealed,
}

/// The hash of the words without white space, because saving may change white space.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sealed {
    /// The number of bytes of the words.
    len: usize,
    sha256: String,
    /// A rolling hash, to find candidates quickly.
    rolling: u32,
}

/// The outcome of a search for the words of a permalink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The source holds them.
    Here(AnswerPlace, Span),
    /// The source has changed or is gone, but another version or another transcript holds the words.
    Elsewhere(AnswerPlace, Span),
    /// Another version of the source is here, without the words.
    Changed {
        /// The position of the transcript in the corpus.
        transcript: usize,
    },
    /// The source is here unchanged, but none of its answers holds the words.
    Unsaid {
        /// The position of the transcript in the corpus.
        transcript: usize,
    },
    /// The words or their source were withdrawn.
    Withdrawn,
    /// The source is not here in any version.
    Gone,
}

/// The text is not a permalink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a permalink is /q/ and four parts of digits, as it was copied")]
pub struct BadPermalink;

impl Permalink {
    /// Returns the permalink of some words of a transcript.
    pub fn of(transcript: &Transcript, span: Span) -> Self {
        let digits = |hash: &str, n: usize| hash.get(..n).unwrap_or(hash).to_owned();
        Self {
            source: digits(&transcript.source_sha256, SOURCE),
            name: version(transcript),
            start: span.start(),
            words: Sealed::of(&Packed::new(transcript, span).bytes),
        }
    }

    /// The first sixteen digits of the source's SHA-256.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What other versions of the source have in common with it, as [`version`] makes it.
    pub fn version(&self) -> &str {
        &self.name
    }

    /// The hash of the words, as [`permalink_hash`] makes it.
    pub fn words_hash(&self) -> &str {
        &self.words.sha256
    }

    /// Finds the words: at their place, in the rest of the source, or in its other versions.
    pub fn find(&self, corpus: &Corpus) -> Resolution {
        self.find_in(&corpus.sources())
    }

    /// Finds the words in transcripts that need not be indexed.
    pub fn find_in(&self, sources: &Sources<'_>) -> Resolution {
        if sources.withdrawn.has(&self.source) {
            return Resolution::Withdrawn;
        }
        match self.look(sources) {
            found @ Resolution::Here(_, span) if span.start() == self.start => found,
            // Others may have withdrawn the same words. Nobody withdrew from this file.
            found @ (Resolution::Here(place, _) | Resolution::Elsewhere(place, _))
                if self.is_of_untouched(sources, place.transcript) =>
            {
                found
            }
            // A withdrawal holds wherever the words are now. It is better to show too little than to show a withdrawn
            // person's words under the name of somebody else who says them too.
            _ if sources.withdrawn.has_quote(&self.words.sha256) => Resolution::Withdrawn,
            found => found,
        }
    }

    /// Whether a transcript is a version of the source, and nothing was withdrawn from it.
    fn is_of_untouched(&self, sources: &Sources<'_>, number: usize) -> bool {
        sources.gone.get(number).is_none_or(|gone| !gone.withdrew) && version(&sources.transcripts[number]) == self.name
    }

    fn look(&self, sources: &Sources<'_>) -> Resolution {
        let all = sources.transcripts;
        if let Some(number) = all.iter().position(|one| one.source_sha256.starts_with(&self.source)) {
            return match self.look_in(sources, number) {
                Some(Looked::Said(place, span)) => Resolution::Here(place, span),
                Some(Looked::Withdrawn) => Resolution::Withdrawn,
                None => Resolution::Unsaid { transcript: number },
            };
        }
        let is_version = |number: &usize| version(&all[*number]) == self.name;
        let (mut versions, others): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(is_version);
        let changed = versions.first().copied();
        versions.extend(others);
        let found = versions.into_iter().find_map(|number| self.look_in(sources, number));
        match (found, changed) {
            (Some(Looked::Said(place, span)), _) => Resolution::Elsewhere(place, span),
            (Some(Looked::Withdrawn), _) => Resolution::Withdrawn,
            (None, Some(transcript)) => Resolution::Changed { transcript },
            (None, None) => Resolution::Gone,
        }
    }

    /// Returns the place in one transcript that is nearest to the former place of the words.
    fn look_in(&self, sources: &Sources<'_>, number: usize) -> Option<Looked> {
        let transcript = &*sources.transcripts[number];
        let said = transcript.answers().flat_map(|(at, _, answer)| {
            answer
                .stretches
                .iter()
                .flat_map(move |stretch| self.words.places(transcript, *stretch))
                .map(move |s| (at, s))
        });
        let nearest = || said.min_by_key(|(_, span)| span.start().abs_diff(self.start));
        let nearest: Option<(AnswerAt, Span)> = self.in_place(transcript).or_else(nearest);
        let exactly = nearest.filter(|(_, span)| span.start() == self.start);
        let gone = sources.gone.get(number).map(|gone| gone.answers.as_slice()).unwrap_or_default();
        // It is better to show too little than a withdrawn person's words under another name.
        if exactly.is_none() && gone.iter().any(|(_, _, span)| !self.words.places(transcript, *span).is_empty()) {
            return Some(Looked::Withdrawn);
        }
        // Words that were held back cannot be compared. In the same version, their place decides. In another version,
        // it is enough that any words were held back.
        let was_here = |span: &Span| span.start() <= self.start && self.start < span.end();
        let same = transcript.source_sha256.starts_with(&self.source);
        let is_version = version(transcript) == self.name;
        let held = gone.iter().any(|(_, _, span)| if same { was_here(span) } else { is_version });
        // Where they stood nothing is left of them: the same words elsewhere are others' words.
        if held && (nearest.is_none() || same && exactly.is_none()) {
            return Some(Looked::Withdrawn);
        }
        nearest.map(|(at, span)| Looked::Said(AnswerPlace { transcript: number, at }, span))
    }
}

impl Permalink {
    /// The words exactly where they were, without a look at the rest of the transcript.
    fn in_place(&self, transcript: &Transcript) -> Option<(AnswerAt, Span)> {
        transcript.answers().find_map(|(at, _, answer)| {
            let holds = |stretch: &&Span| stretch.start() <= self.start && self.start < stretch.end();
            let stretch = answer.stretches.iter().find(holds)?;
            Some((at, self.words.at(transcript, self.start..stretch.end())?))
        })
    }
}

enum Looked {
    Said(AnswerPlace, Span),
    Withdrawn,
}

/// What all versions of a transcript have in common: a hash of its name.
pub fn version(transcript: &Transcript) -> String {
    let hash = sha256_hex(&[b"name\n", transcript.name.as_bytes()]);
    hash.get(..NAME).unwrap_or(&hash).to_owned()
}

/// A stretch without white space, with the position of each byte in the text.
struct Packed {
    bytes: Vec<u8>,
    at: Vec<usize>,
}

impl Packed {
    fn new(transcript: &Transcript, span: Span) -> Self {
        let mut packed = Self { bytes: Vec::with_capacity(span.len()), at: Vec::with_capacity(span.len()) };
        for (at, character) in transcript.words(span).char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let mut buffer = [0; 4];
            for (i, byte) in character.encode_utf8(&mut buffer).bytes().enumerate() {
                packed.bytes.push(byte);
                packed.at.push(span.start() + at + i);
            }
        }
        packed
    }
}

const BASE: u32 = 0x0100_0193;

fn roll(hash: u32, byte: u8) -> u32 {
    hash.wrapping_mul(BASE).wrapping_add(u32::from(byte) + 1)
}

impl Sealed {
    fn of(bytes: &[u8]) -> Self {
        let rolling = bytes.iter().fold(0, |hash, byte| roll(hash, *byte));
        Self { len: bytes.len(), sha256: permalink_hash(bytes), rolling }
    }

    /// The span of exactly these words, if a part of a transcript begins with them.
    fn at(&self, transcript: &Transcript, part: Range<usize>) -> Option<Span> {
        let words = transcript.text().get(part.clone())?;
        if words.starts_with(char::is_whitespace) {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.len.min(words.len()));
        for (at, character) in words.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            if bytes.len() >= self.len {
                let end = part.start + at + character.len_utf8();
                return Span::new(transcript.text(), part.start..end).filter(|_| Self::of(&bytes) == *self);
            }
        }
        None
    }

    /// Returns all places where a stretch of a transcript says exactly these words.
    fn places(&self, transcript: &Transcript, stretch: Span) -> Vec<Span> {
        if self.len == 0 || stretch.len() < self.len {
            return Vec::new();
        }
        let packed = Packed::new(transcript, stretch);
        let leaving = (0..self.len).fold(1_u32, |power, _| power.wrapping_mul(BASE));
        let mut places = Vec::new();
        let mut hash = 0_u32;
        for (end, byte) in packed.bytes.iter().enumerate() {
            hash = roll(hash, *byte);
            if let Some(left) = end.checked_sub(self.len) {
                hash = hash.wrapping_sub(leaving.wrapping_mul(u32::from(packed.bytes[left]) + 1));
            }
            let Some(start) = (end + 1).checked_sub(self.len) else { continue };
            if hash == self.rolling && permalink_hash(&packed.bytes[start..=end]) == self.sha256 {
                places.extend(Span::new(transcript.text(), packed.at[start]..packed.at[end] + 1));
            }
        }
        places
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, name, start, words } = self;
        write!(f, "{PREFIX}{source}/{name}.{start}.{}.{}{:08x}", words.len, words.sha256, words.rolling)
    }
}

impl FromStr for Permalink {
    type Err = BadPermalink;

    fn from_str(written: &str) -> Result<Self, BadPermalink> {
        let hex = |digits: &str, n: usize| {
            let whole = digits.len() == n && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            whole.then(|| digits.to_ascii_lowercase()).ok_or(BadPermalink)
        };
        let number = |digits: &str| digits.parse::<usize>().map_err(|_| BadPermalink);
        let (source, rest) = written.strip_prefix(PREFIX).unwrap_or(written).split_once('/').ok_or(BadPermalink)?;
        let parts: Vec<&str> = rest.split('.').collect();
        let [name, start, len, words] = parts[..] else { return Err(BadPermalink) };
        let (sha256, rolling) = words.split_at_checked(WORDS).ok_or(BadPermalink)?;
        let len = number(len).ok().filter(|len| (1..=MAX_BYTES).contains(len)).ok_or(BadPermalink)?;
        Ok(Self {
            source: hex(source, SOURCE)?,
            name: hex(name, NAME)?,
            start: number(start)?,
            words: Sealed {
                len,
                sha256: hex(sha256, WORDS)?,
                rolling: u32::from_str_radix(&hex(rolling, 8)?, 16).map_err(|_| BadPermalink)?,
            },
        })
    }
}

#[cfg(test)]
mod tests;
