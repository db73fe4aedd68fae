//! The overview before the first question: who speaks, when, how much, and about what. The subjects are phrases of the
//! interviewees that lead to their places.

use std::sync::LazyLock;

use super::card::date;
use super::page::{display_of, lang_as_shown};
use crate::hash::sha256_hex;
use crate::i18n::Messages;
use crate::library;
use crate::retrieval::corpus::{Corpus, Phrase};
use crate::search::suggestions;
use crate::text::segment::is_chinese;
use crate::transcript::Transcript;
use crate::web::context::PageContext;

/// The most interviews that the start page names.
pub(crate) const MAX_INTERVIEWS: usize = 12;
/// The most names of interviewees for one interview.
const MAX_NAMES: usize = 6;
/// The number of phrases for the only interview, and for each of several.
const PHRASES: usize = 10;
const PHRASES_OF_SEVERAL: usize = 5;

/// The overview of one transcript.
pub(crate) struct Overview {
    pub(crate) title: String,
    pub(crate) href: String,
    /// Its interviewees, in words.
    pub(crate) who: String,
    /// A date from before the first question, as it is written there.
    pub(crate) when: Option<String>,
    pub(crate) how_much: String,
    pub(crate) phrases: Vec<Phrased>,
}

/// A phrase of an interviewee, and where it is said.
pub(crate) struct Phrased {
    pub(crate) words: String,
    pub(crate) lang: &'static str,
    pub(crate) answers: usize,
    /// The name for screen readers.
    pub(crate) name: String,
    pub(crate) href: String,
}

/// Returns the overviews of the first transcripts of a corpus.
pub(crate) fn of(context: PageContext<'_>) -> Vec<Overview> {
    let PageContext { corpus, .. } = context;
    let wanted = if corpus.transcripts.len() > 1 { PHRASES_OF_SEVERAL } else { PHRASES };
    let shown = 0..corpus.transcripts.len().min(MAX_INTERVIEWS);
    shown.map(|at| Overview::new(context, at, wanted)).collect()
}

/// Whether the bundled interview is the only one.
pub(crate) fn is_sample(corpus: &Corpus) -> bool {
    static BUNDLED: LazyLock<String> = LazyLock::new(|| sha256_hex(&[&library::bundled().bytes]));
    matches!(&corpus.transcripts[..], [one] if one.source_sha256 == *BUNDLED)
}

impl Overview {
    fn new(context: PageContext<'_>, at: usize, wanted: usize) -> Self {
        let PageContext { corpus, text, address } = context;
        let transcript = &*corpus.transcripts[at];
        let phrase = |phrase| Phrased::of(context, at, phrase);
        Self {
            title: transcript.title.clone(),
            href: address.script_only().source(&transcript.source_sha256),
            who: who(transcript, text),
            when: date(context, at),
            how_much: how_much(transcript, text),
            phrases: suggestions::phrases(corpus, at, wanted).into_iter().map(phrase).collect(),
        }
    }
}

impl Phrased {
    pub(crate) fn of(context: PageContext<'_>, at: usize, phrase: Phrase) -> Self {
        let PageContext { corpus, text, address } = context;
        let transcript = &*corpus.transcripts[at];
        let display = display_of(transcript.script, address.display());
        let words = corpus.view(at, display).words(phrase.span.range()).to_owned();
        Self {
            lang: lang_as_shown(&words, transcript.script, display),
            answers: phrase.answers,
            name: (text.desk.phrase)(&words, phrase.answers),
            href: address.source_at(&transcript.source_sha256, phrase.span.start(), phrase.span.end()),
            words,
        }
    }
}

fn who(transcript: &Transcript, text: &Messages) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (_, _, answer) in transcript.answers() {
        names.extend(answer.interviewee.as_deref().filter(|name| !names.contains(name)));
    }
    if names.is_empty() {
        return text.desk.unnamed.to_owned();
    }
    let mut who = names.iter().take(MAX_NAMES).copied().collect::<Vec<_>>().join(text.turn.comma);
    if let Some(others) = names.len().checked_sub(MAX_NAMES).filter(|others| *others > 0) {
        who.push(' ');
        who.push_str(&(text.desk.and_others)(others));
    }
    who
}

/// Counts the questions, the answers, the characters or words that were said, and the minutes if the source has times.
fn how_much(transcript: &Transcript, text: &Messages) -> String {
    let (mut chinese, mut words, mut last) = (0, 0, 0_u32);
    for (_, _, answer) in transcript.answers() {
        let said = transcript.answer_text(answer);
        chinese += said.chars().filter(|c| is_chinese(*c)).count();
        words += said.split_whitespace().filter(|word| !word.chars().any(is_chinese)).count();
        if let Some(timing) = transcript.timing_of(answer, answer.span) {
            last = last.max(timing.end_ms.unwrap_or(timing.start_ms));
        }
    }
    let said = if chinese >= words { (text.desk.characters)(chinese) } else { (text.desk.english_words)(words) };
    let mut parts = vec![(text.size)(transcript.questions.len(), transcript.answers().count()), said];
    parts.extend((last >= 60_000).then(|| (text.desk.minutes)(u64::from(last / 60_000))));
    parts.join(" · ")
}
