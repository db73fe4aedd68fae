//! `ask`: the same reply as on the chat page, a page of quotes at a time.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{Cited, CursorSeal, MAX_EARLIER_QUERIES, MAX_QUERY_CHARS, Quoted, Refusal, ScriptChoice};
use crate::retrieval::ReadSoFar;
use crate::retrieval::corpus::Corpus;
use crate::search::query::UnknownName;
use crate::search::{self, Mention, Reply, SearchOptions, Verdict};

/// Quotes on a page, by default and at most.
const DEFAULT_QUOTES: usize = 6;
const MAX_QUOTES: usize = 20;
/// The most places that are shown for a word.
const MAX_PLACES_OF_WORD: usize = 3;

/// A query and its options.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    /// Your query in Chinese or English, as you would ask a colleague who was there. “Words in quotation marks” are
    /// found verbatim, and -word excludes a word. q:1, who:A3 and in:name say where to look.
    query: String,
    /// The earlier queries, oldest first, if this query follows up on them ("why?", "那90后呢?").
    #[serde(default)]
    after: Vec<String>,
    /// The number of quotes on a page, 1 to 20. The default is 6.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 20)]
    limit: Option<usize>,
    /// The script to show Chinese in. By default, it is shown as in the transcript.
    #[serde(default)]
    #[schema(inline)]
    script: Option<ScriptChoice>,
    /// The `next_cursor` of the previous page for the same query.
    #[serde(default)]
    cursor: Option<String>,
}

/// The verdict and the quotes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AskReply {
    /// The query as asked.
    query: String,
    /// `said`: at least one answer speaks to the query. `related`: nobody said it, and the one quote is only near the
    /// query. `not_said`: nobody said it, and there is nothing to quote.
    verdict: VerdictShown,
    /// The verdict, as a sentence.
    statement: String,
    /// Whether any interview question is near the query. If not, nobody was asked.
    was_asked: bool,
    /// The number of answers that speak to the query, on all pages.
    answers_speaking: usize,
    /// The number of answers that were searched.
    answers_searched: usize,
    /// The number of interviews that could not be searched yet. If it is above 0, the verdict covers only the others.
    interviews_not_searched: usize,
    /// How many of the passages that were searched are read closely, until all are. The others were found by their words
    /// and rough meaning only, so nobody can be said not to have said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<ReadSoFar>,
    /// The interviewees that the query names. Only their words were searched.
    only_by: Vec<String>,
    /// The interviewees that the query leaves out. Only the words of others were searched.
    all_but: Vec<String>,
    /// A name whose words are asked for, and that nobody in the library has, with names that are nearly the same. What
    /// others say is then no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    nobody_called: Option<UnknownName>,
    /// Whether the query asks who is for or against something. Stance is not judged, so the quotes may take either
    /// side.
    stance_not_judged: bool,
    /// Whether the query asks who does *not* do something. Negation is not judged reliably, so the quotes may be of those
    /// who do.
    negation_not_judged: bool,
    /// The query as it may have been meant, if it seems to hold a slip. It was searched as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    did_you_mean: Option<String>,
    /// The query that was searched in place of the written one, which nobody answers and which holds a slip.
    #[serde(skip_serializing_if = "Option::is_none")]
    searched_instead: Option<String>,
    /// The reading of an unfinished query, after the queries before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<String>,
    /// One quote for each answer, best first.
    quotes: Vec<Quoted>,
    /// The literal mentions of words of the query, whatever the verdict.
    mentions: Vec<Mentioned>,
    /// The cursor of the next page, if there are more quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// The verdict, as the tool writes it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum VerdictShown {
    Said,
    Related,
    NotSaid,
}

/// A word of the query, and the answers that use it.
#[derive(Debug, Serialize, ToSchema)]
struct Mentioned {
    /// The word as typed.
    word: String,
    /// The number of answers that use it.
    answers: usize,
    /// The first sentences that use it.
    places: Vec<Sentence>,
}

/// A sentence that uses a word.
#[derive(Debug, Serialize, ToSchema)]
struct Sentence {
    /// The sentence, letter for letter.
    text: String,
    /// The citation of the sentence.
    citation: Cited,
}

impl Ask {
    pub(super) fn answer(&self, corpus: &Corpus, origin: &str) -> Result<AskReply, Refusal> {
        let limit = self.check()?;
        let display = self.script.map(ScriptChoice::display);
        let script = format!("{display:?}");
        let call: Vec<&str> = self.after.iter().chain([&self.query, &script]).map(String::as_str).collect();
        let seal = CursorSeal::of(corpus, &call);
        let from = seal.position(self.cursor.as_deref())?;
        let until = from.saturating_add(limit);
        let of = SearchOptions { limit: until, display, ..SearchOptions::default() };
        let mut before: Option<Reply> = None;
        for earlier in &self.after {
            before = Some(search::ask(corpus, earlier, SearchOptions { after: before.as_ref(), ..of })?);
        }
        let reply = search::ask(corpus, &self.query, SearchOptions { after: before.as_ref(), ..of })?;
        let more = reply.verdict == Verdict::Said && until < reply.tally.speaking;
        Ok(AskReply {
            verdict: match reply.verdict {
                Verdict::Said => VerdictShown::Said,
                Verdict::Related => VerdictShown::Related,
                Verdict::NotSaid => VerdictShown::NotSaid,
            },
            statement: statement(&reply),
            was_asked: reply.asked,
            answers_speaking: reply.tally.speaking,
            answers_searched: reply.tally.answers,
            interviews_not_searched: reply.coming,
            reading: reply.reading,
            stance_not_judged: reply.stance_not_judged,
            negation_not_judged: reply.negation_not_judged,
            did_you_mean: reply.did_you_mean.clone(),
            searched_instead: reply.searched_instead.clone(),
            read_as: reply.carried.as_ref().map(|carried| carried.read_as.clone()),
            quotes: reply.quotes.iter().skip(from).map(|quote| Quoted::new(corpus, quote, origin)).collect(),
            mentions: reply.mentions.iter().map(|mention| Mentioned::new(corpus, mention, origin)).collect(),
            next_cursor: more.then(|| seal.after(until)),
            query: reply.query,
            only_by: reply.only_by,
            all_but: reply.all_but,
            nobody_called: reply.nobody_called,
        })
    }

    /// Checks the arguments and returns the number of quotes on a page.
    fn check(&self) -> Result<usize, Refusal> {
        if self.query.trim().is_empty() {
            return Err(Refusal::Missing("a `query`"));
        }
        if self.after.len() > MAX_EARLIER_QUERIES {
            return Err(Refusal::TooManyBefore { most: MAX_EARLIER_QUERIES });
        }
        if self.after.iter().chain([&self.query]).any(|query| query.chars().count() > MAX_QUERY_CHARS) {
            return Err(Refusal::QueryTooLong { limit: MAX_QUERY_CHARS });
        }
        match self.limit.unwrap_or(DEFAULT_QUOTES) {
            limit @ 1..=MAX_QUOTES => Ok(limit),
            _ => Err(Refusal::BadLimit { most: MAX_QUOTES }),
        }
    }
}

impl Mentioned {
    fn new(corpus: &Corpus, mention: &Mention, origin: &str) -> Self {
        let sentence = |place: &search::Mentioned| Sentence {
            text: place.text.clone(),
            citation: Cited::at(corpus, &place.citation, place.place, place.display, origin),
        };
        Self {
            word: mention.word.clone(),
            answers: mention.answers,
            places: mention.places.iter().take(MAX_PLACES_OF_WORD).map(sentence).collect(),
        }
    }
}

/// Returns the verdict as a sentence that only counts answers.
pub(super) fn statement(reply: &Reply) -> String {
    let tally = &reply.tally;
    let mut statement = match reply.verdict {
        Verdict::Said if tally.listed => format!("{} of {} answers hold it.", tally.speaking, tally.answers),
        Verdict::Said if tally.speaking == 1 => format!("1 of {} answers speaks to this.", tally.answers),
        Verdict::Said => format!("{} of {} answers speak to this.", tally.speaking, tally.answers),
        Verdict::Related if reply.reading.is_some() => {
            "Nobody who said this was found yet. The quote is only related.".to_owned()
        }
        Verdict::NotSaid if reply.reading.is_some() => "Nobody who said it was found yet.".to_owned(),
        Verdict::NotSaid if reply.did_you_mean.is_some() => "Nobody said it as it is written here.".to_owned(),
        Verdict::Related if reply.did_you_mean.is_some() => {
            "Nobody said this as it is written here. The quote is the nearest to it, and only related.".to_owned()
        }
        Verdict::Related => "Nobody said this. The quote is the nearest to it, and only related.".to_owned(),
        Verdict::NotSaid if reply.asked => "Nobody said it.".to_owned(),
        Verdict::NotSaid => "Nobody said it, and no question of an interview was near it.".to_owned(),
    };
    if let Some(read) = reply.reading {
        // Writing to a String cannot fail.
        let _ = write!(statement, " {} of {} passages are read closely: ask again later.", read.closely, read.passages);
    }
    if reply.coming > 0 {
        statement += " Some interviews could not be searched yet: ask again later.";
    }
    statement
}
