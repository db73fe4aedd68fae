//! A transcript in the form in which a cache keeps it. It holds all that was read, so that an unchanged
//! source is not read again. Writes no files.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::problem::ProblemKind;
use super::timing::Times;
use super::{Coverage, Format, Layout, Problem, Question, Span, Speaker, Transcript};
use crate::restore::{DamageTable, Restoration, Restored};
use crate::text::script::Script;

/// A transcript with its problems, as a cache keeps it. The restored text is left out, because it
/// follows from the received one.
#[derive(Serialize, Deserialize)]
pub struct Stored<'a> {
    name: Cow<'a, str>,
    title: Cow<'a, str>,
    source_sha256: Cow<'a, str>,
    received: Cow<'a, str>,
    restorations: Cow<'a, [Restoration]>,
    damage: Cow<'a, DamageTable>,
    script: Script,
    questions: Cow<'a, [Question]>,
    format: Format,
    speakers: Cow<'a, [Speaker]>,
    columns: Cow<'a, Option<Layout>>,
    asking: Cow<'a, str>,
    tally: Cow<'a, Coverage>,
    times: Cow<'a, Times>,
    problems: Vec<(usize, Cow<'a, ProblemKind>)>,
}

impl<'a> Stored<'a> {
    /// Collects what is kept.
    pub fn new(transcript: &'a Transcript, problems: &'a [Problem]) -> Self {
        let restored = &transcript.restored;
        Self {
            name: transcript.name.as_str().into(),
            title: transcript.title.as_str().into(),
            source_sha256: transcript.source_sha256.as_str().into(),
            received: restored.received().into(),
            restorations: restored.restorations().into(),
            damage: Cow::Borrowed(restored.table()),
            script: transcript.script,
            questions: transcript.questions.as_slice().into(),
            format: transcript.format,
            speakers: transcript.speakers.as_slice().into(),
            columns: Cow::Borrowed(&transcript.columns),
            asking: transcript.asking.as_str().into(),
            tally: Cow::Borrowed(&transcript.tally),
            times: Cow::Borrowed(&transcript.times),
            problems: problems.iter().map(|problem| (problem.line, Cow::Borrowed(&problem.what))).collect(),
        }
    }

    /// Makes the transcript again. `None` if a span does not fit its text.
    pub fn into_transcript(self) -> Option<(Transcript, Vec<Problem>)> {
        let (restorations, damage) = (self.restorations.into_owned(), self.damage.into_owned());
        let transcript = Transcript {
            name: self.name.into_owned(),
            title: self.title.into_owned(),
            source_sha256: self.source_sha256.into_owned(),
            restored: Restored::from_parts(self.received.into_owned(), restorations, damage)?,
            script: self.script,
            questions: self.questions.into_owned(),
            format: self.format,
            speakers: self.speakers.into_owned(),
            columns: self.columns.into_owned(),
            asking: self.asking.into_owned(),
            tally: self.tally.into_owned(),
            times: self.times.into_owned(),
        };
        let problems = self.problems.into_iter().map(|(line, what)| Problem::new(line, what.into_owned()));
        let sound = spans(&transcript).all(|span| is_of(span, transcript.text()));
        sound.then(|| (transcript, problems.collect()))
    }
}

fn spans(transcript: &Transcript) -> impl Iterator<Item = Span> {
    let answers = transcript.questions.iter().flat_map(|question| &question.answers);
    let said = answers.flat_map(|answer| answer.stretches.iter().copied().chain([answer.span]));
    let asked = transcript.questions.iter().map(|question| question.span);
    asked.chain(said).chain(transcript.tally.apart.iter().map(|apart| apart.span))
}

fn is_of(span: Span, text: &str) -> bool {
    span.start() <= span.end() && span.of_text(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn again(name: &str, bytes: &[u8]) -> (Transcript, Transcript) {
        let (transcript, problems) = read(name, bytes).expect("it reads");
        let kept = serde_json::to_vec(&Stored::new(&transcript, &problems)).expect("JSON");
        let stored: Stored<'_> = serde_json::from_slice(&kept).expect("as it was written");
        let (restored, told) = stored.into_transcript().expect("of one text");
        assert_eq!(told, problems);
        (transcript, restored)
    }

    #[test]
    fn a_transcript_is_the_same_again() {
        let damaged = std::fs::read("data/ai-customer-service.txt").expect("the bundled interview");
        let captions = "1\n00:00:01,000 --> 00:00:04,000\n张三：你好吗？\n\n2\n00:00:05,000 --> 00:00:09,000\n李四：很好，谢谢。\n";
        let table = "speaker,text,time\n主持人,您怎么看？,0\n受访者,我觉得\u{fffd}还好。,3\n";
        for (name, bytes) in [("a", damaged.as_slice()), ("b", captions.as_bytes()), ("c", table.as_bytes())] {
            let (before, after) = again(name, bytes);
            assert_eq!(format!("{before:?}"), format!("{after:?}"));
        }
    }

    #[test]
    fn a_place_that_cuts_a_character_is_refused() {
        let (transcript, problems) = read("a", "记者：你怎么看？\n张三：我觉得很好。\n".as_bytes()).expect("it reads");
        let kept = serde_json::to_string(&Stored::new(&transcript, &problems)).expect("JSON");
        let span = transcript.questions[0].span;
        let cut = kept.replace(&format!("\"start\":{}", span.start()), &format!("\"start\":{}", span.start() + 1));
        assert_ne!(cut, kept);
        let stored: Stored<'_> = serde_json::from_str(&cut).expect("still of its form");
        assert!(stored.into_transcript().is_none());
    }
}
