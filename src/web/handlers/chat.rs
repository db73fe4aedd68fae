//! `GET /`: the conversation. Each query in the address gets a reply, newest last. Without a query, the
//! page suggests some.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::collection::{self, Exported};
use crate::retrieval::corpus::Corpus;
use crate::search::Verdict;
use crate::transcript::Transcript;
use crate::web::conversation;
use crate::web::http::address::Address;
use crate::web::http::locale::Reader;
use crate::web::i18n::Text;
use crate::web::view::error::{Failure, Problem, render};
use crate::web::view::filters::Filters;
use crate::web::view::highlight::{self, Tone};
use crate::web::view::page::{Page, display_of, lang_as_shown, scripts};
use crate::web::view::turn::Turn;
use crate::web::{Site, Work};

/// The most characters of a query.
const QUERY_CHARS: usize = 2000;
/// The number of suggested questions on the start page, and after a query that found nothing.
const STARTERS: usize = 8;
const STARTERS_AFTER_NOTHING: usize = 4;
/// The fewest characters of a question that can be understood by itself.
const STARTER_CHARS: usize = 6;
/// The most interviews that the start page names.
const INTERVIEWS: usize = 12;

/// The conversation, or suggestions to begin one.
#[derive(Template)]
#[template(path = "chat.html", config = "web/askama.toml")]
struct ChatPage {
    page: Page,
    turns: Vec<Turn>,
    starters: Vec<Starter>,
    interviews: Vec<Interview>,
    /// The number of unnamed interviews, in words.
    more_interviews: Option<String>,
    /// A note about interviews that are not ready, or about an empty library.
    coming: Option<String>,
    /// The parameters that the form keeps.
    conversation: Vec<(&'static str, String)>,
    script: Option<&'static str>,
    filters: Filters,
    longest: usize,
    /// The conversation as files.
    exports: Vec<Exported>,
}

/// A question of an interview, to be asked again.
pub(crate) struct Starter {
    pub(crate) label: String,
    pub(crate) words: String,
    pub(crate) lang: &'static str,
    pub(crate) href: String,
}

/// A transcript to read.
struct Interview {
    title: String,
    size: String,
    href: String,
}

pub(crate) async fn show(
    State(site): State<Site>,
    reader: Reader,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let address = Address::read(parameters);
    if address.narrowed {
        // The filters of the form become part of the query, so one conversation has one address.
        let latest = if address.queries.is_empty() { "" } else { "#latest" };
        return Ok(Redirect::to(&(address.chat() + latest)).into_response());
    }
    let work = Work::of(&address);
    let page = move |site: &Site, corpus: &Corpus| page(site, corpus, reader.text, &address).map(|page| render(&page));
    site.with_corpus(work, page).await.map_err(|problem| reader.failure(problem))
}

fn page(site: &Site, corpus: &Corpus, text: &'static Text, address: &Address) -> Result<ChatPage, Problem> {
    let replies = conversation::replies(site, corpus, address, address.queries.len())?;
    let turn = |(i, reply): (usize, &conversation::Asked)| match reply {
        Err(error) => Ok(Turn::unclear(text, i + 1, &address.queries[i], error)),
        Ok(reply) => {
            let wanted = if reply.verdict == Verdict::NotSaid { STARTERS_AFTER_NOTHING } else { 0 };
            Turn::new(corpus, text, address, i + 1, reply, starters(corpus, address, wanted))
        }
    };
    let turns = replies.iter().enumerate().map(turn).collect::<Result<Vec<_>, Problem>>()?;
    let narrowed = replies.last().and_then(|reply| reply.as_ref().ok()).map(|reply| reply.read.filters.as_slice());
    let latest = if turns.is_empty() { "" } else { "#latest" };
    let page = Page::new(text, address.queries.last().map_or("", String::as_str), address).with_switch(
        address.script,
        &scripts(corpus),
        |display| address.in_script(display).chat() + latest,
    );
    let begins = turns.is_empty();
    let unnamed = corpus.transcripts.len().saturating_sub(INTERVIEWS);
    Ok(ChatPage {
        page,
        turns,
        starters: if begins { starters(corpus, address, STARTERS) } else { Vec::new() },
        interviews: if begins { interviews(corpus, text, address) } else { Vec::new() },
        coming: coming(corpus, text).filter(|_| begins),
        more_interviews: (begins && unnamed > 0).then(|| (text.more_interviews)(unnamed)),
        conversation: address.conversation().into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
        script: address.script_name(),
        filters: Filters::of(corpus, text, address, narrowed.unwrap_or_default()),
        longest: QUERY_CHARS,
        exports: if begins { Vec::new() } else { collection::offered(|format| address.export(&[], format)) },
    })
}

fn coming(corpus: &Corpus, text: &Text) -> Option<String> {
    match corpus.coming() {
        0 => corpus.transcripts.is_empty().then(|| text.coming.nothing.to_owned()),
        some => Some((text.coming.note)(some)),
    }
}

/// Refuses a query as long as a document.
pub(crate) fn check_length(query: &str) -> Result<(), Problem> {
    if query.chars().count() > QUERY_CHARS { Err(Problem::QueryTooLong { limit: QUERY_CHARS }) } else { Ok(()) }
}

/// The first questions of the interviews that are worth asking again, the same number from each.
fn starters(corpus: &Corpus, address: &Address, wanted: usize) -> Vec<Starter> {
    let numbered = corpus.transcripts.iter().enumerate();
    let of_each = numbered.map(|(t, transcript)| (t, worth_asking(transcript, wanted)));
    let of_each: Vec<(usize, Vec<usize>)> = of_each.filter(|(_, asked)| !asked.is_empty()).take(wanted).collect();
    let most = of_each.iter().map(|(_, asked)| asked.len()).max().unwrap_or(0);
    let rounds =
        (0..most).flat_map(|round| of_each.iter().filter_map(move |(t, asked)| Some((*t, *asked.get(round)?))));
    let mut chosen: Vec<(usize, usize)> = rounds.take(wanted).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|(t, q)| starter(corpus, address, t, q)).collect()
}

/// Questions that can be understood by themselves. If a transcript has none, all questions with words.
fn worth_asking(of: &Transcript, wanted: usize) -> Vec<usize> {
    let words = |q: &usize| of.words(of.questions[*q].span).trim();
    let whole = |q: &usize| words(q).ends_with(['?', '？']) && words(q).chars().count() >= STARTER_CHARS;
    let some: Vec<usize> = (0..of.questions.len()).filter(whole).take(wanted).collect();
    if some.is_empty() { (0..of.questions.len()).filter(|q| !words(q).is_empty()).take(wanted).collect() } else { some }
}

fn starter(corpus: &Corpus, address: &Address, transcript: usize, question: usize) -> Starter {
    let of = &corpus.transcripts[transcript];
    let display = display_of(of.script, address.script);
    let question = &of.questions[question];
    let words = highlight::one_line(corpus.view(transcript, display).words(question.span.range()));
    let lang = lang_as_shown(&words, of.script, display);
    Starter { label: question.label.clone(), lang, href: address.afresh(&words) + "#latest", words }
}

fn interviews(corpus: &Corpus, text: &Text, address: &Address) -> Vec<Interview> {
    let begin = |transcript: &Transcript| Interview {
        title: transcript.title.clone(),
        size: (text.size)(transcript.questions.len(), transcript.answers().count()),
        href: address.bare().source(&transcript.source_sha256),
    };
    corpus.transcripts.iter().take(INTERVIEWS).map(|transcript| begin(transcript)).collect()
}
