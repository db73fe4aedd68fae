//! `GET /t/{hash}`: a transcript as an outline, with the cited span
//! highlighted; `GET /t/{hash}/received`: its text as it came.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Site;
use super::address::{self, Address, Place};
use super::conversation;
use super::error::{Failure, Problem, render};
use super::hits::Hits;
use super::marking::{self, Highlight, Run, Tone};
use super::page::{Page, display_of, lang_as_shown};
use super::reader::Reader;
use super::text::Text;
use crate::corpus::Corpus;
use crate::script::{Display, View};
use crate::transcript::{Answer, Question, Span, Transcript};

/// One transcript to read, perhaps at a citation.
#[derive(Template)]
#[template(path = "source.html", config = "web/askama.toml")]
struct SourcePage {
    page: Page,
    title: String,
    size: String,
    sha256: String,
    /// None where it would name who is not to be named.
    received_href: Option<String>,
    /// Where the reply is that cites this, where there is one.
    back: Option<String>,
    /// `Q1 · A2`, where something is cited.
    cited: Option<String>,
    /// The quotes of the turn that this was opened from.
    hits: Option<Hits>,
    asked: Vec<Asked>,
    restorations: Vec<Restored>,
    /// How many there are, in words.
    restored: String,
}

/// A question and what was answered.
struct Asked {
    label: String,
    /// For links within the page.
    anchor: String,
    words: String,
    lang: &'static str,
    answers_in_words: String,
    /// Whether the citation is of one of its answers.
    cited: bool,
    answers: Vec<Said>,
    /// The labels of answers that were withdrawn.
    withdrawn: Vec<String>,
}

/// One answer.
struct Said {
    label: String,
    anchor: String,
    interviewee: Option<String>,
    lang: &'static str,
    paragraphs: Vec<Vec<Run>>,
    /// The cited words as received, where they differ.
    received: Option<String>,
    cited: bool,
}

/// A damaged place, as the list shows it.
struct Restored {
    line: usize,
    received: String,
    shown: String,
    lang: &'static str,
    proved: bool,
}

pub(super) async fn show(
    State(site): State<Site>,
    reader: Reader,
    Path(hash): Path<String>,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let address = Address::read(parameters);
    let page = site.with_corpus(move |site, corpus| page(site, corpus, reader.text, &hash, &address)).await;
    page.map(|page| render(&page)).map_err(|problem| reader.failure(problem))
}

/// The text as received, for whoever wants to compare.
pub(super) async fn received(
    State(site): State<Site>,
    reader: Reader,
    Path(hash): Path<String>,
) -> Result<Response, Failure> {
    let text = site.with_corpus(move |_, corpus| {
        let number = find(corpus, &hash)?;
        if corpus.gone(number).is_some_and(|gone| gone.withheld) {
            return Err(Problem::Withheld);
        }
        Ok(corpus.transcripts[number].restored.received().to_owned())
    });
    let text = text.await.map_err(|problem| reader.failure(problem))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn find(corpus: &Corpus, hash: &str) -> Result<usize, Problem> {
    let hash = hash.to_ascii_lowercase();
    corpus.by_hash(&hash).ok_or(if corpus.was_withdrawn(&hash) { Problem::Withdrawn } else { Problem::UnknownSource })
}

fn page(
    site: &Site,
    corpus: &Corpus,
    text: &'static Text,
    hash: &str,
    address: &Address,
) -> Result<SourcePage, Problem> {
    let number = find(corpus, hash)?;
    let transcript = &*corpus.transcripts[number];
    let highlight = highlight(transcript, address)?;
    let display = display_of(transcript.script, address.script);
    let shown = Shown { transcript, view: corpus.view(number, display), display, highlight };

    let here = if highlight.cited.is_some() { "#here" } else { "" };
    let sha256 = &transcript.source_sha256;
    let page =
        Page::new(text, &transcript.title, address).with_switch(address.script, &[transcript.script], |script| {
            address.in_script(script).source(sha256) + here
        });
    let mut asked: Vec<Asked> = transcript.questions.iter().map(|question| shown.question(text, question)).collect();
    let cited = asked.iter().find_map(|asked| {
        asked.answers.iter().find(|said| said.cited).map(|said| format!("{} · {}", asked.label, said.label))
    });
    let gone = corpus.gone(number).cloned().unwrap_or_default();
    if let (Some(span), None) = (highlight.cited, &cited) {
        let withdrawn = gone.answers.iter().any(|(_, _, words)| words.contains(span));
        return Err(if withdrawn { Problem::Withdrawn } else { Problem::NobodysWords });
    }
    for asked in &mut asked {
        asked.withdrawn = gone.answers.iter().filter(|gone| gone.0 == asked.label).map(|gone| gone.1.clone()).collect();
    }
    let is_gone = |place: &std::ops::Range<usize>| {
        gone.answers.iter().any(|(_, _, words)| words.start() < place.end && place.start < words.end())
    };
    let restorations: Vec<Restored> = transcript
        .restored
        .restorations()
        .iter()
        .filter(|r| !is_gone(&r.restored_span))
        .map(|r| {
            let words = shown.view.words(r.restored_span.clone());
            Restored {
                line: r.line,
                received: r.received.clone(),
                shown: words.to_owned(),
                lang: lang_as_shown(words, transcript.script, display),
                proved: r.proved,
            }
        })
        .collect();
    let proved = restorations.iter().filter(|r| r.proved).count();
    Ok(SourcePage {
        page,
        title: transcript.title.clone(),
        size: (text.size)(transcript.questions.len(), transcript.answers().count()),
        sha256: sha256.clone(),
        received_href: (!gone.withheld).then(|| address::received(sha256)),
        back: (!address.queries.is_empty()).then(|| address.chat_at_turn()),
        cited,
        hits: hits(site, corpus, text, address, (number, highlight.cited))?,
        asked,
        restored: (text.restorations)(proved, restorations.len() - proved),
        restorations,
    })
}

/// The quotes of the turn that a source was opened from.
fn hits(
    site: &Site,
    corpus: &Corpus,
    text: &'static Text,
    address: &Address,
    cited: (usize, Option<Span>),
) -> Result<Option<Hits>, Problem> {
    let Some(turn) = address.turn.filter(|turn| (1..=address.queries.len()).contains(turn)) else { return Ok(None) };
    let reply = conversation::replies(site, corpus, address, turn)?.pop();
    let reply = reply.and_then(Result::ok);
    Ok(reply.and_then(|reply| Hits::of(corpus, text, address, turn, &reply, cited)))
}

/// What the address cites, proved to be whole characters of this transcript.
fn highlight(transcript: &Transcript, address: &Address) -> Result<Highlight, Problem> {
    let span = |place: Result<Option<Place>, ()>| match place {
        Ok(None) => Ok(None),
        Ok(Some(place)) => Span::new(transcript.text(), place.start..place.end)
            .filter(|span| !span.is_empty())
            .map(Some)
            .ok_or(Problem::BadSpan),
        Err(()) => Err(Problem::BadSpan),
    };
    let (cited, marked) = (span(address.span())?, span(address.mark())?);
    match (cited, marked) {
        (Some(cited), Some(marked)) if !cited.contains(marked) => Err(Problem::BadSpan),
        (None, Some(_)) => Err(Problem::BadSpan),
        _ => Ok(Highlight { cited, marked }),
    }
}

/// A transcript in the script it is shown in.
struct Shown<'a> {
    transcript: &'a Transcript,
    view: &'a View,
    display: Display,
    highlight: Highlight,
}

impl Shown<'_> {
    fn question(&self, text: &Text, question: &Question) -> Asked {
        let words = marking::one_line(self.view.words(question.span.range()));
        let anchor = question.label.to_lowercase();
        let answers: Vec<Said> = question.answers.iter().map(|answer| self.answer(&anchor, answer)).collect();
        Asked {
            label: question.label.clone(),
            lang: lang_as_shown(&words, self.transcript.script, self.display),
            words,
            answers_in_words: (text.answers)(answers.len()),
            cited: answers.iter().any(|said| said.cited),
            answers,
            withdrawn: Vec::new(),
            anchor,
        }
    }

    fn answer(&self, question: &str, answer: &Answer) -> Said {
        let quoted = self.highlight.cited.filter(|cited| answer.stretches.iter().any(|words| words.contains(*cited)));
        let highlight = if quoted.is_some() { self.highlight } else { Highlight::default() };
        let paragraphs = answer
            .stretches
            .iter()
            .flat_map(|stretch| {
                let here = highlight.cited.is_some_and(|cited| stretch.contains(cited));
                let highlight = if here { highlight } else { Highlight::default() };
                marking::paragraphs(self.transcript, self.view, *stretch, highlight)
            })
            .collect();
        Said {
            label: answer.label.clone(),
            anchor: format!("{question}-{}", answer.label.to_lowercase()),
            interviewee: answer.interviewee.clone(),
            lang: lang_as_shown(&self.transcript.answer_text(answer), self.transcript.script, self.display),
            paragraphs,
            received: quoted.and_then(|span| self.received(span)),
            cited: quoted.is_some(),
        }
    }

    fn received(&self, span: Span) -> Option<String> {
        let restored = &self.transcript.restored;
        let received = restored.received().get(restored.received_range(span.range()))?;
        (received != self.transcript.words(span)).then(|| received.to_owned())
    }
}
