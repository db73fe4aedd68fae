//! `GET /`: the conversation. Each query in the address gets a reply, newest last. Without a query, the
//! page suggests some.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Redirect, Response};

use super::collection::{self, Exported};
use crate::api::MAX_QUERY_CHARS;
use crate::i18n::Messages;
use crate::library::{ENDINGS, Library, ListedTranscript};
use crate::retrieval::corpus::Corpus;
use crate::search::suggestions::{self, Suggested};
use crate::search::{Reply, Verdict};
use crate::transcript::Transcript;
use crate::web::context::PageContext;
use crate::web::conversation;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::parameters::Parameters;
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, html, render};
use crate::web::view::filters::{self, Filters};
use crate::web::view::formats::{self, FormatFamily};
use crate::web::view::highlight::{self, HighlightTone};
use crate::web::view::overview::{self, Overview};
use crate::web::view::page::{Page, display_of, lang_as_shown, lang_as_written, scripts};
use crate::web::view::pending_note::PendingNote;
use crate::web::view::starter::Starter;
use crate::web::view::turn::TurnView;

/// The number of suggested questions on the start page, after a query that found nothing, and after one
/// that found something.
const STARTERS: usize = 4;
const STARTERS_AFTER_NOTHING: usize = 4;
const NEXT_QUESTIONS: usize = 3;
/// The number of latest turns whose replies are on the page. Earlier turns are shown as questions only.
const TURNS_WITH_REPLY: usize = 8;

/// The conversation, or suggestions to begin one.
#[derive(Template)]
#[template(path = "chat.html", config = "web/askama.toml")]
struct ChatPage {
    page: Page,
    /// The earlier turns, without their replies.
    earlier: Vec<Earlier>,
    turns: Vec<TurnView>,
    starters: Vec<Starter>,
    /// Other questions of the interviews, suggested after the newest reply.
    next: Vec<Starter>,
    /// A suggestion of what the newest query may have meant.
    meant: Option<Starter>,
    /// The address of the people who speak to the newest query, if any attributes of people are known.
    by_attribute: Option<String>,
    /// Whether the next question begins a new conversation.
    full: bool,
    /// Whether there is only the bundled interview.
    sample: bool,
    /// Whether any interview has a recording.
    plays: bool,
    /// The form to add interviews, if the start page has it.
    adding: Option<Adding>,
    interviews: Vec<Overview>,
    /// The number of interviews that the page does not name, in words.
    more_interviews: Option<String>,
    /// A note about interviews that are not ready or not read closely.
    coming: Option<PendingNote>,
    /// A note about an empty library.
    nothing: Option<&'static str>,
    /// The parameters that the form keeps.
    conversation: Vec<(&'static str, String)>,
    script: Option<&'static str>,
    filters: Filters,
    longest: usize,
    /// The conversation as files.
    exports: Vec<Exported>,
}

/// An earlier turn.
struct Earlier {
    /// Its 1-based place in the address.
    number: usize,
    words: String,
    lang: &'static str,
    /// The conversation up to it.
    href: String,
}

/// The data of the form to add interviews.
struct Adding {
    accept: String,
    kinds: Vec<FormatFamily>,
    mib: u64,
}

pub(crate) async fn show(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let address = Address::read(parameters).for_reader(reader.script());
    if address.narrowed {
        // The filters of the form become part of the query, so one conversation has one address.
        let latest = if address.queries.is_empty() { "" } else { "#latest" };
        return Ok(Redirect::to(&(address.chat() + latest)).into_response());
    }
    if address.is_start() {
        return start(site, reader, address).await;
    }
    let work = Work::of(&address);
    let page = move |site: &Site, corpus: &Corpus| {
        page(site, PageContext { corpus, text: reader.text, address: &address }).map(|page| render(&page))
    };
    site.with_corpus(work, page).await.map_err(|problem| reader.failure(problem))
}

/// Renders the start page in each language, so that the first reader does not wait for it.
pub(crate) async fn warm(site: Site) {
    for reader in Locale::people() {
        let address = Address::default().for_reader(reader.script());
        if let Err(failure) = start(site.clone(), reader, address).await {
            // The first reader is told.
            tracing::debug!("the start page is not ready: {}", failure.problem.status());
        }
    }
}

/// The start page. It is rendered once for each snapshot, language and script, because it can be long work. A kept one
/// waits for nothing.
async fn start(site: Site, reader: Locale, address: Address) -> Result<Response, Failure> {
    if let Some(kept) = site.start_page(reader.text, &address) {
        return Ok(Html(kept).into_response());
    }
    // Whoever opens the page will ask.
    site.read_ahead();
    let page = move |site: &Site, corpus: &Corpus| {
        site.keep_start_page(corpus, reader.text, &address, || {
            let page = page(site, PageContext { corpus, text: reader.text, address: &address })?;
            html(&page).map(Bytes::from).ok_or(WebProblem::Broken)
        })
    };
    let page = site.with_corpus(Work::Page, page).await;
    page.map(|page| Html(page).into_response()).map_err(|problem| reader.failure(problem))
}

fn page(site: &Site, context: PageContext<'_>) -> Result<ChatPage, WebProblem> {
    let PageContext { corpus, text, address } = context;
    let all = address.queries.len();
    let first = all.saturating_sub(TURNS_WITH_REPLY);
    let replies = conversation::replies(site, context, first..all)?;
    let turn = |(i, reply): (usize, &conversation::TurnReply)| match reply {
        Err(error) => Ok(TurnView::unclear(text, i + 1, &address.queries[i], error)),
        Ok(reply) => {
            let wanted = if reply.verdict == Verdict::NotSaid { STARTERS_AFTER_NOTHING } else { 0 };
            TurnView::new(context, i + 1, reply, starters(context, wanted))
        }
    };
    let turns = (first..).zip(&replies).map(turn).collect::<Result<Vec<_>, WebProblem>>()?;
    let newest = replies.last().and_then(|reply| reply.as_deref().ok());
    let narrowed = newest.map(|reply| reply.read.filters.as_slice());
    let latest = if turns.is_empty() { "" } else { "#latest" };
    let page = Page::new(text, address.queries.last().map_or("", String::as_str), address).with_switch(
        address.display(),
        &scripts(corpus),
        |display| address.in_script(display).chat() + latest,
    );
    let begins = turns.is_empty();
    let sample = begins && overview::is_sample(corpus);
    let unnamed = corpus.transcripts.len().saturating_sub(overview::MAX_INTERVIEWS);
    let conversation = if address.is_full() { Vec::new() } else { address.conversation() };
    Ok(ChatPage {
        page,
        earlier: (1..=first).map(|number| Earlier::of(context, number)).collect(),
        turns,
        starters: if begins { starters(context, STARTERS) } else { Vec::new() },
        next: newest.map_or_else(|| Ok(Vec::new()), |reply| next(context, reply))?,
        meant: newest.and_then(|reply| meant(context, reply)),
        by_attribute: newest.filter(|_| has_attributes(site)).map(|_| address.people()),
        full: address.is_full(),
        sample,
        plays: !corpus.additions.recordings.is_empty(),
        adding: site.library.as_ref().filter(|_| sample).and_then(|library| Adding::to(library, text)),
        interviews: if begins { overview::of(context) } else { Vec::new() },
        coming: PendingNote::of(text, corpus.coming(), corpus.read_so_far()).filter(|_| begins),
        nothing: (begins && corpus.transcripts.is_empty() && corpus.coming() == 0).then_some(text.pending.nothing),
        more_interviews: (begins && unnamed > 0).then(|| (text.more_interviews)(unnamed)),
        conversation: conversation.into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
        script: address.script_name(),
        filters: Filters::of(context, narrowed.unwrap_or_default()),
        longest: MAX_QUERY_CHARS,
        exports: if begins { Vec::new() } else { collection::offered(|format| address.export(&[], format)) },
    })
}

impl Earlier {
    fn of(context: PageContext<'_>, number: usize) -> Self {
        let PageContext { address, .. } = context;
        let typed = &address.queries[number - 1];
        let (words, _) = filters::apart(context, number, typed);
        Self { number, words, lang: lang_as_written(typed), href: address.chat_up_to(number) }
    }
}

impl Adding {
    /// Returns the form, or `None` if nothing can be added.
    fn to(library: &Library, text: &'static Messages) -> Option<Self> {
        library.listing().closed.is_none().then(|| Self {
            accept: ENDINGS.map(|ending| format!(".{ending}")).join(","),
            kinds: formats::kinds(text),
            mib: library.limits().file_mib,
        })
    }
}

fn has_attributes(site: &Site) -> bool {
    let of_any = |item: &ListedTranscript| item.speakers.iter().any(|speaker| !speaker.attributes.is_empty());
    site.library.as_ref().is_some_and(|library| library.listing().items.iter().any(of_any))
}

/// Returns questions of the interviews near the query. After a reply without quotes, other questions are offered.
fn next(context: PageContext<'_>, reply: &Reply) -> Result<Vec<Starter>, WebProblem> {
    let PageContext { corpus, address, .. } = context;
    if reply.verdict == Verdict::NotSaid {
        return Ok(Vec::new());
    }
    let near = suggestions::questions_near(corpus, &reply.read, &address.queries, NEXT_QUESTIONS)?;
    Ok(near.into_iter().map(|one| starter(context, one, |words| address.with_next_query(words))).collect())
}

/// A suggestion of what the newest query may have meant.
fn meant(context: PageContext<'_>, reply: &Reply) -> Option<Starter> {
    let PageContext { address, .. } = context;
    reply.did_you_mean.clone().map(|words| Starter {
        label: String::new(),
        lang: lang_as_written(&words),
        href: address.with_query(address.queries.len(), words.clone()),
        title: String::new(),
        words,
    })
}

/// Questions of the interviews that are worth asking again, the same number from each.
fn starters(context: PageContext<'_>, wanted: usize) -> Vec<Starter> {
    let PageContext { corpus, address, .. } = context;
    let numbered = corpus.transcripts.iter().enumerate();
    let of_each = numbered.map(|(t, transcript)| worth_asking(corpus, t, transcript, wanted));
    let of_each: Vec<Vec<Suggested>> = of_each.filter(|asked| !asked.is_empty()).take(wanted).collect();
    let most = of_each.iter().map(Vec::len).max().unwrap_or(0);
    let rounds = (0..most).flat_map(|round| of_each.iter().filter_map(move |asked| asked.get(round).copied()));
    let mut chosen: Vec<Suggested> = rounds.take(wanted).collect();
    chosen.sort_unstable_by_key(|one| (one.transcript, one.question));
    chosen.into_iter().map(|one| starter(context, one, |words| address.new_chat(words) + "#latest")).collect()
}

/// Questions that can be understood by themselves, those with the most answers first. If a transcript has
/// none, all questions with words.
fn worth_asking(corpus: &Corpus, transcript: usize, of: &Transcript, wanted: usize) -> Vec<Suggested> {
    let numbered = || of.questions.iter().enumerate();
    let mut some: Vec<Suggested> = numbered()
        .filter_map(|(question, asked)| {
            Some(Suggested { transcript, question, span: suggestions::askable(of, asked)? })
        })
        .collect();
    some.sort_by_key(|one| std::cmp::Reverse(of.questions[one.question].answers.len()));
    if some.is_empty() {
        let all = numbered().map(|(question, asked)| Suggested { transcript, question, span: asked.span });
        some = all.filter(|one| !of.words(one.span).trim().is_empty()).collect();
    }
    some.retain(|one| suggestions::may_be_offered(corpus, transcript, one.span));
    some.truncate(wanted);
    some
}

fn starter(context: PageContext<'_>, one: Suggested, href: impl Fn(&str) -> String) -> Starter {
    let PageContext { corpus, address, .. } = context;
    let of = &corpus.transcripts[one.transcript];
    let display = display_of(of.script, address.display());
    let words = highlight::one_line(corpus.view(one.transcript, display).words(one.span.range()));
    let lang = lang_as_shown(&words, of.script, display);
    let label = of.questions[one.question].label.clone();
    Starter { label, lang, href: href(&words), words, title: of.title.clone() }
}
