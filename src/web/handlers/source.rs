//! `GET /t/{hash}`: a transcript as an outline, with the cited span highlighted. `GET /t/{hash}/received`: its text as
//! received.

mod find_in_page;
mod outline;
mod people;

use std::collections::HashSet;
use std::ops::Range;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::find_transcript;
use crate::retrieval::corpus::{Corpus, Gone};
use crate::transcript::{self, ProblemKind, Span, Transcript};
use crate::web::context::PageContext;
use crate::web::conversation;
use crate::web::http::address::{self, Address, ByteRange, SourceView};
use crate::web::http::locale::Locale;
use crate::web::http::parameters::Parameters;
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::highlight::{Highlight, HighlightTone};
use crate::web::view::page::{Page, display_of, lang_as_shown};
use crate::web::view::play;
use crate::web::view::quote_strip::QuoteStrip;
use crate::web::view::tags;
use find_in_page::FindInPage;
use outline::{QuestionView, Shown};
use people::Person;

/// The page of a transcript, perhaps at a citation.
#[derive(Template)]
#[template(path = "source.html", config = "web/askama.toml")]
struct SourcePage {
    page: Page,
    title: String,
    size: String,
    sha256: String,
    /// `None` if it would reveal a person with a pseudonym.
    received_href: Option<String>,
    /// The address of the reply that cites this, if any.
    back: Option<String>,
    /// `Q1 · A2`, if something is cited.
    cited: Option<String>,
    views: Views,
    find: FindInPage,
    /// The parameters that the search form keeps.
    kept: Vec<(&'static str, String)>,
    /// The quotes of the reply from which the page was opened.
    hits: Option<QuoteStrip>,
    asked: Vec<QuestionView>,
    /// The people, if the answers are ordered by person.
    people: Vec<Person>,
    restorations: Vec<Restored>,
    /// The number of restorations, in words.
    restored: String,
    /// The problems of the source.
    problems: Vec<transcript::Problem>,
    /// The address of its recording.
    recording: Option<String>,
    /// Where selected words get tags; a script adds which.
    to_tag: String,
}

/// The order of the answers, and links to other orders.
struct Views {
    by_interviewee: bool,
    question_href: String,
    interviewee_href: String,
}

/// A damaged place in the list.
struct Restored {
    line: usize,
    /// Its place on the page, if it is displayed.
    anchor: Option<String>,
    received: String,
    shown: String,
    lang: &'static str,
    proved: bool,
}

pub(crate) async fn show(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let address = Address::read(parameters).for_reader(reader.script());
    let work = Work::of(&address);
    let page = move |site: &Site, corpus: &Corpus| {
        let context = PageContext { corpus, text: reader.text, address: &address };
        page(site, context, &hash).map(|page| render(&page))
    };
    site.with_corpus(work, page).await.map_err(|problem| reader.failure(problem))
}

/// The text as received, for comparison.
pub(crate) async fn received(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
) -> Result<Response, Failure> {
    let text = site.with_corpus(Work::Page, move |_, corpus| {
        let number = find_transcript(corpus, &hash)?;
        if corpus.gone(number).is_some_and(|gone| gone.withheld) {
            return Err(WebProblem::Withheld);
        }
        Ok(corpus.transcripts[number].restored.received().to_owned())
    });
    let text = text.await.map_err(|problem| reader.failure(problem))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn page(site: &Site, context: PageContext<'_>, hash: &str) -> Result<SourcePage, WebProblem> {
    let PageContext { corpus, text, address } = context;
    let number = find_transcript(corpus, hash)?;
    let transcript = &*corpus.transcripts[number];
    let sha256 = &transcript.source_sha256;
    let highlight = highlight(transcript, address)?;
    let display = display_of(transcript.script, address.display());
    let gone = corpus.gone(number).cloned().unwrap_or_default();
    let matches = find_in_page::find(corpus, number, address.reading.find.as_deref());
    let recorded = play::is_recorded(corpus, transcript);
    let view = corpus.view(number, display);
    let shown = Shown { transcript, view, display, highlight, found: &matches.spans, names: !gone.withheld, recorded };

    let mut asked: Vec<QuestionView> =
        transcript.questions.iter().map(|question| shown.question(text, question)).collect();
    let cited = cited_label(&asked, highlight, &gone)?;
    add_withdrawn(&mut asked, &gone);
    add_tags(&mut asked, site, context, number);
    let named = asked.iter().flat_map(|asked| &asked.answers).any(|said| said.interviewee.is_some());
    // A search covers the answers. If nobody is named, they are shown by question.
    let by_interviewee = address.reading.by_interviewee && (named || address.reading.find.is_none());
    let mut people = if by_interviewee { people::of(&mut asked, address, sha256) } else { Vec::new() };
    let find = FindInPage::of(context, sha256, &matches, &mut asked, &mut people);
    let restorations = restorations(&shown, &gone, &find_in_page::restored_places(&asked, &people));
    let proved = restorations.iter().filter(|r| r.proved).count();
    let here = if highlight.cited.is_some() { "#here" } else { "" };
    let page =
        Page::new(text, &transcript.title, address).with_switch(address.display(), &[transcript.script], |script| {
            address.in_script(script).source(sha256) + here
        });
    Ok(SourcePage {
        page,
        title: transcript.title.clone(),
        size: (text.size)(transcript.questions.len(), transcript.answers().count()),
        sha256: sha256.clone(),
        received_href: (!gone.withheld).then(|| address::received(sha256)),
        back: (!address.queries.is_empty()).then(|| address.chat_at_turn()),
        cited,
        views: Views {
            by_interviewee,
            question_href: in_order(address, false).source(sha256),
            interviewee_href: in_order(address, true).source(sha256),
        },
        find,
        kept: kept(address),
        hits: hits(site, context, (number, highlight.cited))?,
        asked,
        people,
        problems: if gone.withheld { Vec::new() } else { problems(site, transcript) },
        recording: recorded.then(|| play::address(transcript)),
        restored: (text.restorations)(proved, restorations.len() - proved),
        restorations,
        to_tag: address.to_tag_selected(sha256),
    })
}

/// Returns the label of the answer that holds the cited words, if any are cited. It fails if no answer holds them.
fn cited_label(asked: &[QuestionView], highlight: Highlight, gone: &Gone) -> Result<Option<String>, WebProblem> {
    let mut answers = asked.iter().flat_map(|asked| asked.answers.iter().map(move |said| (asked, said)));
    let cited = answers.find(|(_, said)| said.cited);
    match (highlight.cited, cited) {
        (Some(span), None) if gone.answers.iter().any(|(_, _, words)| words.contains(span)) => {
            Err(WebProblem::Withdrawn)
        }
        (Some(_), None) => Err(WebProblem::NobodysWords),
        (_, cited) => Ok(cited.map(|(asked, said)| format!("{} · {}", asked.label, said.label))),
    }
}

/// Adds the labels of withdrawn answers to their questions.
fn add_withdrawn(asked: &mut [QuestionView], gone: &Gone) {
    for asked in asked {
        asked.withdrawn = gone.answers.iter().filter(|gone| gone.0 == asked.label).map(|gone| gone.1.clone()).collect();
    }
}

/// Adds the tags of the quotes to their answers.
fn add_tags(asked: &mut [QuestionView], site: &Site, context: PageContext<'_>, transcript: usize) {
    for (at, links) in tags::of_answers(site, context, transcript) {
        if let Some(said) = asked.get_mut(at.question).and_then(|asked| asked.answers.get_mut(at.answer)) {
            said.tags = links;
        }
    }
}

/// Lists the restorations, except those in withdrawn words. `displayed` holds those that the page shows in the text.
fn restorations(shown: &Shown<'_>, gone: &Gone, displayed: &HashSet<usize>) -> Vec<Restored> {
    let is_gone = |place: &Range<usize>| {
        gone.answers.iter().any(|(_, _, words)| words.start() < place.end && place.start < words.end())
    };
    let all = shown.transcript.restored.restorations().iter().enumerate();
    let left = all.filter(|(_, restoration)| !is_gone(&restoration.restored_span));
    let restored = left.map(|(i, restoration)| {
        let words = shown.view.words(restoration.restored_span.clone());
        Restored {
            line: restoration.line,
            anchor: displayed.contains(&i).then(|| format!("r-{i}")),
            received: restoration.received.clone(),
            shown: words.to_owned(),
            lang: lang_as_shown(words, shown.transcript.script, shown.display),
            proved: restoration.proved,
        }
    });
    restored.collect()
}

fn in_order(address: &Address, by_interviewee: bool) -> Address {
    address.with_view(SourceView { by_interviewee, at: None, ..address.reading.clone() })
}

/// Returns the parameters that a search within the page keeps.
fn kept(address: &Address) -> Vec<(&'static str, String)> {
    let mut kept: Vec<(&'static str, String)> =
        address.conversation().into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    kept.extend(address.turn.map(|turn| ("turn", turn.to_string())));
    kept.extend(address.script_name().map(|name| ("script", name.to_owned())));
    kept.extend(address.reading.by_interviewee.then(|| ("by", address::BY_INTERVIEWEE.to_owned())));
    kept
}

/// Returns the problems of the source, except restorations, which have their own list.
fn problems(site: &Site, transcript: &Transcript) -> Vec<transcript::Problem> {
    let Some(library) = &site.library else { return Vec::new() };
    let listing = library.listing();
    let Some(item) = listing.items.iter().find(|item| item.sha256 == transcript.source_sha256) else {
        return Vec::new();
    };
    let uncertain: Vec<_> = transcript.restored.restorations().iter().filter(|r| !r.proved).collect();
    let is_restoration = |problem: &transcript::Problem| {
        let ProblemKind::Doubt { received, .. } = &problem.what else { return false };
        uncertain.iter().any(|r| r.line == problem.line && r.received == *received)
    };
    item.problems.iter().filter(|problem| !is_restoration(problem)).cloned().collect()
}

/// Returns the quotes of the reply from which a source was opened.
fn hits(site: &Site, context: PageContext<'_>, cited: (usize, Option<Span>)) -> Result<Option<QuoteStrip>, WebProblem> {
    let PageContext { address, .. } = context;
    let Some(turn) = address.turn.filter(|turn| (1..=address.queries.len()).contains(turn)) else { return Ok(None) };
    let reply = conversation::replies(site, context, turn - 1..turn)?.pop();
    let reply = reply.and_then(Result::ok);
    Ok(reply.and_then(|reply| QuoteStrip::of(context, turn, &reply, cited)))
}

/// Returns the cited span of an address, after a check that it is whole characters of this transcript.
fn highlight(transcript: &Transcript, address: &Address) -> Result<Highlight, WebProblem> {
    let span = |place: Result<Option<ByteRange>, ()>| match place {
        Ok(None) => Ok(None),
        Ok(Some(place)) => Span::new(transcript.text(), place.start..place.end)
            .filter(|span| !span.is_empty())
            .map(Some)
            .ok_or(WebProblem::BadSpan),
        Err(()) => Err(WebProblem::BadSpan),
    };
    let (cited, marked) = (span(address.span())?, span(address.mark())?);
    match (cited, marked) {
        (Some(cited), Some(marked)) if !cited.contains(marked) => Err(WebProblem::BadSpan),
        (None, Some(_)) => Err(WebProblem::BadSpan),
        _ => Ok(Highlight { cited, marked, timed: false }),
    }
}
