//! `yuanhua check`: what is read from a transcript, as text or JSON.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::embed::Encoder;
use crate::error::Error;
use crate::eval::{self, SelfTest, Share};
use crate::ingest;
use crate::library;
use crate::transcript::{self, Problem, Transcript};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The transcript to read
    file: PathBuf,
    /// Print what was read as JSON
    #[arg(long)]
    json: bool,
}

/// What was read. Its JSON form is stable and documented in the README.
#[derive(Debug, Serialize)]
struct Report<'a> {
    title: &'a str,
    source_sha256: &'a str,
    questions: Vec<QuestionReport<'a>>,
    restorations: Vec<RestorationReport<'a>>,
    problems: &'a [Problem],
    /// Whether its own questions find their own answers; null where none says enough to be asked.
    self_test: Option<SelfTest>,
}

#[derive(Debug, Serialize)]
struct QuestionReport<'a> {
    label: &'a str,
    text: &'a str,
    answers: Vec<AnswerReport<'a>>,
}

#[derive(Debug, Serialize)]
struct AnswerReport<'a> {
    label: &'a str,
    interviewee: Option<&'a str>,
    text: String,
}

#[derive(Debug, Serialize)]
struct RestorationReport<'a> {
    line: usize,
    received: &'a str,
    restored: &'a str,
    proved: bool,
}

impl Check {
    pub(super) fn run(&self, encoder: impl FnOnce() -> Result<Encoder, Error>) -> anyhow::Result<()> {
        let source = library::source(self.file.clone())?;
        let (transcript, problems) = transcript::read(&source.name, &source.bytes)
            .map_err(|source| Error::Read { path: self.file.clone(), source })?;
        let corpus = ingest::build(vec![transcript.clone()], Arc::new(encoder()?))?;
        let report = Report::new(&transcript, &problems, eval::self_test(&corpus, 0)?);
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        } else {
            report.print(&mut out)?;
        }
        Ok(())
    }
}

impl<'a> Report<'a> {
    fn new(transcript: &'a Transcript, problems: &'a [Problem], self_test: Option<SelfTest>) -> Self {
        let answer = |answer: &'a transcript::Answer| AnswerReport {
            label: &answer.label,
            interviewee: answer.interviewee.as_deref(),
            text: transcript.answer_text(answer),
        };
        let question = |question: &'a transcript::Question| QuestionReport {
            label: &question.label,
            text: transcript.words(question.span),
            answers: question.answers.iter().map(answer).collect(),
        };
        let restoration = |r: &'a crate::restore::Restoration| RestorationReport {
            line: r.line,
            received: &r.received,
            restored: &r.restored,
            proved: r.proved,
        };
        Self {
            title: &transcript.title,
            source_sha256: &transcript.source_sha256,
            questions: transcript.questions.iter().map(question).collect(),
            restorations: transcript.restored.restorations().iter().map(restoration).collect(),
            problems,
            self_test,
        }
    }

    /// The report for a terminal, written to `out`.
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let answers: usize = self.questions.iter().map(|question| question.answers.len()).sum();
        writeln!(out, "{}\nsource sha256 {}", self.title, self.source_sha256)?;
        writeln!(out, "{} questions, {answers} answers", self.questions.len())?;
        for question in &self.questions {
            writeln!(out, "\n{} {}", question.label, question.text)?;
            for answer in &question.answers {
                let words: String = answer.text.chars().take(40).collect();
                writeln!(out, "  {} {}…", answer.label, words.replace('\n', " "))?;
            }
        }
        let proved = self.restorations.iter().filter(|r| r.proved).count();
        let uncertain = self.restorations.len() - proved;
        writeln!(out, "\n{proved} places restored with proof, {uncertain} left as received")?;
        for r in self.restorations.iter().filter(|r| r.proved && r.received.contains('?')) {
            writeln!(out, "  line {}: {} → {}", r.line, r.received, r.restored)?;
        }
        for problem in self.problems {
            writeln!(out, "  line {}: {}", problem.line, problem.problem)?;
        }
        if let Some(test) = &self.self_test {
            let percent = |share: &Share| {
                format!("{:.0}% [{:.0}, {:.0}]", share.value * 100.0, share.low * 100.0, share.high * 100.0)
            };
            let SelfTest { questions, hit_at_1, hit_at_3, hit_at_10, .. } = test;
            writeln!(
                out,
                "\nself-test: {questions} of its questions, asked as queries, find an own answer first {}, among 3 {}, \
                 among 10 {}",
                percent(hit_at_1),
                percent(hit_at_3),
                percent(hit_at_10)
            )?;
        }
        Ok(())
    }
}
