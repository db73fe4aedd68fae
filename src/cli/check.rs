//! `yuanhua check`: what is read from a transcript, as text or JSON.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::open_library::LibraryOptions;
use super::progress_line::ProgressLine;
use crate::eval::{self, SelfTest, Share};
use crate::i18n::en::count::count;
use crate::library;
use crate::terminal::{self, Name};
use crate::transcript::{self, Coverage, Format, NonSpeechReason, Problem, Speaker, SpeakerRole, Timing, Transcript};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckCommand {
    /// The transcript to read
    file: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// The most lines shown for each reason why words are set apart. The JSON has all of them.
const SHOWN_LINES: usize = 12;

/// The result of reading. Its JSON form is stable and documented in [`crate::guide::api`].
#[derive(Debug, Serialize)]
struct Report<'a> {
    title: &'a str,
    source_sha256: &'a str,
    format: Format,
    speakers: &'a [Speaker],
    #[serde(skip_serializing_if = "str::is_empty")]
    asking: &'a str,
    questions: Vec<QuestionReport<'a>>,
    words: WordsReport<'a>,
    restorations: Vec<RestorationReport<'a>>,
    problems: &'a [Problem],
    /// The days on which the words that are held back from it were withdrawn.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    held_on: &'a [String],
    /// The result of its self-test; null if none of its questions says enough to be asked.
    self_test: Option<SelfTest>,
}

#[derive(Debug, Serialize)]
struct QuestionReport<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    text: &'a str,
    answers: Vec<AnswerReport<'a>>,
}

#[derive(Debug, Serialize)]
struct AnswerReport<'a> {
    label: &'a str,
    interviewee: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<SpeakerRole>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing: Option<Timing>,
    text: String,
}

/// The account of all words: each is in one turn, or is set apart with the reason.
#[derive(Debug, Serialize)]
struct WordsReport<'a> {
    all: usize,
    in_turns: usize,
    set_apart: Vec<ApartReport<'a>>,
    #[serde(skip)]
    reasons: Vec<(NonSpeechReason, usize)>,
}

#[derive(Debug, Serialize)]
struct ApartReport<'a> {
    line: usize,
    why: NonSpeechReason,
    words: usize,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct RestorationReport<'a> {
    line: usize,
    received: &'a str,
    restored: &'a str,
    proved: bool,
}

impl CheckCommand {
    pub(super) fn run(&self, options: &LibraryOptions) -> anyhow::Result<()> {
        // Words that were withdrawn from its folder, or from the library, are held back here too.
        let library::SourceCheck { transcript, problems, held_on } =
            library::check(&self.file, &options.location, options.limits, &options.reading)?;
        let mut progress = ProgressLine::default();
        let show = |done, total| progress.passages(done, total, None);
        let tested = eval::self_test_alone(&transcript, &options.encoder()?, show)?;
        progress.clear();
        let report = Report::new(&transcript, &problems, &held_on, tested);
        if self.json {
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&report)?)?;
        } else {
            report.print(&mut terminal::out())?;
        }
        Ok(())
    }
}

impl<'a> Report<'a> {
    fn new(
        transcript: &'a Transcript,
        problems: &'a [Problem],
        held_on: &'a [String],
        self_test: Option<SelfTest>,
    ) -> Self {
        let answer = |answer: &'a transcript::Answer| {
            let timing = transcript.timing_of(answer, answer.span);
            AnswerReport {
                label: &answer.label,
                interviewee: answer.interviewee.as_deref(),
                role: answer.undecided.then_some(SpeakerRole::Undecided),
                time: timing.map(|timing| timing.start()),
                timing,
                text: transcript.answer_text(answer),
            }
        };
        let question = |question: &'a transcript::Question| QuestionReport {
            label: &question.label,
            speaker: question.speaker.as_deref(),
            text: transcript.words(question.span),
            answers: question.answers.iter().map(answer).collect(),
        };
        let restoration = |r: &'a crate::restore::Restoration| RestorationReport {
            line: r.line,
            received: &r.received,
            restored: &r.restored,
            proved: r.proved,
        };
        let Coverage { words, in_turns, apart, .. } = &transcript.tally;
        let apart = apart.iter().map(|apart| {
            let text = transcript.words(apart.span);
            ApartReport { line: apart.line, why: apart.why, words: apart.words, text }
        });
        let words = WordsReport {
            all: *words,
            in_turns: *in_turns,
            set_apart: apart.collect(),
            reasons: transcript.tally.reasons(),
        };
        Self {
            words,
            title: &transcript.title,
            source_sha256: &transcript.source_sha256,
            format: transcript.format,
            speakers: &transcript.speakers,
            asking: &transcript.asking,
            questions: transcript.questions.iter().map(question).collect(),
            restorations: transcript.restored.restorations().iter().map(restoration).collect(),
            problems,
            held_on,
            self_test,
        }
    }

    /// Prints the report for a terminal.
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        self.print_summary(out)?;
        self.print_answers(out)?;
        self.print_words(out)?;
        self.print_restorations(out)?;
        if !self.held_on.is_empty() {
            writeln!(out, "it holds words that were withdrawn on {}; they are held back", self.held_on.join(", "))?;
        }
        for problem in self.problems {
            writeln!(out, "  line {}: {}", problem.line, problem.problem)?;
        }
        self.self_test.as_ref().map_or(Ok(()), |test| print_self_test(test, out))
    }

    fn print_summary(&self, out: &mut impl Write) -> io::Result<()> {
        let answers: usize = self.questions.iter().map(|question| question.answers.len()).sum();
        writeln!(out, "{}\nsource sha256 {}", Name(self.title), self.source_sha256)?;
        let (asked, answers) = (count(self.questions.len(), "question"), count(answers, "answer"));
        writeln!(out, "read as {}: {asked}, {answers}", self.format)?;
        for (does, role) in
            [("asks", SpeakerRole::Asks), ("answers", SpeakerRole::Answers), ("may ask", SpeakerRole::Undecided)]
        {
            let named = self.speakers.iter().filter(|speaker| speaker.role == role);
            let named: Vec<String> =
                named.map(|speaker| format!("{} ({})", Name(&speaker.name), count(speaker.turns, "turn"))).collect();
            if !named.is_empty() {
                writeln!(out, "who {does}: {}", named.join(", "))?;
            }
        }
        if !self.asking.is_empty() {
            writeln!(out, "told from: {}", self.asking)?;
        }
        Ok(())
    }

    fn print_answers(&self, out: &mut impl Write) -> io::Result<()> {
        for question in &self.questions {
            let who = question.speaker.map(|who| format!("{}: ", Name(who))).unwrap_or_default();
            writeln!(out, "\n{} {who}{}", question.label, question.text)?;
            for answer in &question.answers {
                let words: String = answer.text.chars().take(40).collect();
                let who = answer.interviewee.map(|who| format!("{}: ", Name(who))).unwrap_or_default();
                let time = answer.time.as_ref().map(|time| format!("[{time}] ")).unwrap_or_default();
                writeln!(out, "  {} {time}{who}{}…", answer.label, words.replace('\n', " "))?;
            }
        }
        Ok(())
    }

    fn print_words(&self, out: &mut impl Write) -> io::Result<()> {
        let WordsReport { all, in_turns, set_apart, reasons } = &self.words;
        writeln!(out, "\n{}: {in_turns} in turns, {} set apart", count(*all, "word"), all - in_turns)?;
        for (why, words) in reasons {
            let lines = set_apart.iter().filter(|apart| apart.why == *why);
            let some: Vec<String> = lines.clone().take(SHOWN_LINES).map(|apart| apart.line.to_string()).collect();
            let more = if lines.count() > SHOWN_LINES { " …" } else { "" };
            writeln!(out, "  {words} {why}: line {}{more}", some.join(", "))?;
        }
        Ok(())
    }

    fn print_restorations(&self, out: &mut impl Write) -> io::Result<()> {
        let proved = self.restorations.iter().filter(|r| r.proved).count();
        let uncertain = self.restorations.len() - proved;
        writeln!(out, "\n{} restored with proof, {uncertain} uncertain", count(proved, "place"))?;
        for r in self.restorations.iter().filter(|r| r.proved && r.received.contains('?')) {
            writeln!(out, "  line {}: {} → {}", r.line, r.received, r.restored)?;
        }
        Ok(())
    }
}

/// How well the transcript's own questions find its answers.
fn print_self_test(test: &SelfTest, out: &mut impl Write) -> io::Result<()> {
    let percent =
        |share: &Share| format!("{:.0}% [{:.0}, {:.0}]", share.value * 100.0, share.low * 100.0, share.high * 100.0);
    let SelfTest { questions, answers, sample_of, hit_at_1, hit_at_3, hit_at_10 } = test;
    let sample = sample_of.map(|all| format!(" (a sample of its {all}, among {})", count(*answers, "answer")));
    let sample = sample.unwrap_or_default();
    writeln!(
        out,
        "\nself-test: {questions} of its questions{sample}, asked as queries, find an own answer first {}, among 3 {}, \
         among 10 {}",
        percent(hit_at_1),
        percent(hit_at_3),
        percent(hit_at_10)
    )
}
