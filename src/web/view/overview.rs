//! The overview before the first question: who speaks, when, how much, and about what. The subjects are phrases of the
//! interviewees that lead to their places.

use std::sync::LazyLock;

use regex::Regex;

use super::page::{display_of, lang_as_shown};
use crate::hash::sha256_hex;
use crate::i18n::Messages;
use crate::library;
use crate::retrieval::corpus::{Corpus, Phrase};
use crate::search::suggestions;
use crate::text::segment::is_chinese;
use crate::transcript::{Span, Transcript};
use crate::web::context::PageContext;

/// The most interviews that the start page names.
pub(crate) const INTERVIEWS: usize = 12;
/// The most names of interviewees for one interview.
const NAMES: usize = 6;
/// The number of phrases for the only interview, and for each of several.
const PHRASES: usize = 10;
const PHRASES_OF_SEVERAL: usize = 5;
/// The number of bytes that are searched for a date, because dates stand near the beginning of a transcript.
const HEAD: usize = 1_500;

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
    let shown = 0..corpus.transcripts.len().min(INTERVIEWS);
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
            when: told_date(transcript),
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
    let mut who = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(text.turn.comma);
    if let Some(others) = names.len().checked_sub(NAMES).filter(|others| *others > 0) {
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

/// Returns a date from before the first question. Nothing is worked out from the file.
fn told_date(transcript: &Transcript) -> Option<String> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?:19|20)\d\d\s?(?:年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|[-/.]\d{1,2}[-/.]\d{1,2}\b)|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b",
        )
        .ok()
    });
    let text = transcript.text();
    let first = transcript
        .questions
        .iter()
        .flat_map(|question| std::iter::once(question.span).chain(question.answers.iter().map(|answer| answer.span)));
    let begins = first.filter(|span| !span.is_empty()).map(Span::start).min().unwrap_or(text.len());
    let mut end = begins.min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    DATE.as_ref()?.find(&text[..end]).map(|date| date.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript;

    fn date_of(source: &str) -> Option<String> {
        let (talk, _) = transcript::read("2019-01-01 talk", source.as_bytes()).expect("an interview");
        told_date(&talk)
    }

    #[test]
    fn the_date_is_the_one_that_the_text_tells_before_the_talk() {
        let talk = "主持人：您怎么看待远程办公?\n小王：2021年3月4日以后好多了。\n";
        assert_eq!(date_of(talk), None, "neither the file's nor one that is talked about");
        assert_eq!(date_of(&format!("访谈记录\n2024年5月6日\n\n{talk}")).as_deref(), Some("2024年5月6日"));
        let english = "Moderator: How do you work?\nAnn: From home.\n";
        assert_eq!(date_of(&format!("Interview, May 6, 2024\n\n{english}")).as_deref(), Some("May 6, 2024"));
    }
}
