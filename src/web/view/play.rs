//! The link that plays a quote: the part of the recording from its first word to its last.

use crate::retrieval::corpus::Corpus;
use crate::transcript::{Answer, Span, Transcript};

/// The digits of a source's SHA-256 in the address of its recording.
const HASH_DIGITS: usize = 16;

/// A part of a recording.
pub(crate) struct Play {
    /// Its address. The part stands in the fragment, which browsers understand without script.
    pub(crate) href: String,
    /// The start in milliseconds.
    pub(crate) from: u32,
    /// The end in milliseconds, where known.
    pub(crate) to: Option<u32>,
    /// `00:12:03`
    pub(crate) start: String,
}

impl Play {
    /// The words at `span` of an answer, if the source has times.
    pub(crate) fn of(transcript: &Transcript, answer: &Answer, span: Span) -> Option<Self> {
        let (from, to) = transcript.playing(answer, span)?;
        let seconds = |ms: u32| format!("{}.{:03}", ms / 1000, ms % 1000);
        let end = to.map(|to| format!(",{}", seconds(to))).unwrap_or_default();
        let start = transcript.timing_of(answer, span)?.start();
        Some(Self { href: format!("{}#t={}{end}", address(transcript), seconds(from)), from, to, start })
    }

    /// The same of a transcript in a corpus, if it has a recording.
    pub(crate) fn recorded(corpus: &Corpus, transcript: &Transcript, answer: &Answer, span: Span) -> Option<Self> {
        is_recorded(corpus, transcript).then(|| Self::of(transcript, answer, span)).flatten()
    }
}

/// Whether a transcript has a recording that may be played.
pub(crate) fn is_recorded(corpus: &Corpus, transcript: &Transcript) -> bool {
    corpus.additions.recordings.contains(&transcript.source_sha256)
}

/// The address of a transcript's recording.
pub(crate) fn address(transcript: &Transcript) -> String {
    let sha256 = &transcript.source_sha256;
    format!("/sound/{}", sha256.get(..HASH_DIGITS).unwrap_or(sha256))
}
