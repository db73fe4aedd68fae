//! The replies to the queries of an address, oldest first. Each unfinished query follows up on the query before it. So
//! the turns that a reply depends on are answered first, however old they are.

use std::ops::Range;
use std::sync::Arc;

use super::site::Site;
use crate::api::MAX_QUERY_CHARS;
use crate::error::{Error, QueryError};
use crate::search::query::Query;
use crate::search::{self, Reply, SearchOptions};
use crate::web::context::PageContext;
use crate::web::http::address::Address;
use crate::web::problem::WebProblem;

/// The value of `drop=` that drops the limit on the quotes of a query, so that all are shown.
pub(super) const ALL_QUOTES: &str = "limit";
/// The most quotes of one reply on a page.
pub(super) const MAX_QUOTES_OF_REPLY: usize = 40;

/// A reply, or the reason why its query could not be asked. An error in one query does not affect the
/// others.
pub(super) type TurnReply = Result<Arc<Reply>, QueryError>;

/// Refuses a query as long as a document.
pub(super) fn check_length(query: &str) -> Result<(), WebProblem> {
    if query.chars().count() > MAX_QUERY_CHARS {
        Err(WebProblem::QueryTooLong { limit: MAX_QUERY_CHARS })
    } else {
        Ok(())
    }
}

/// Returns the replies to some turns of an address. Turns count from 0.
pub(super) fn replies(
    site: &Site,
    context: PageContext<'_>,
    turns: Range<usize>,
) -> Result<Vec<TurnReply>, WebProblem> {
    let PageContext { corpus, address, .. } = context;
    if address.is_too_long() {
        return Err(WebProblem::ConversationTooLong);
    }
    address.queries.iter().try_for_each(|query| check_length(query))?;
    let mut after: Option<Arc<Reply>> = None;
    let mut replies: Vec<TurnReply> = Vec::with_capacity(turns.len());
    for i in begin(context, turns.start)..turns.end.min(address.queries.len()) {
        let dropped = dropped(address, i);
        let mut options =
            SearchOptions { display: address.display(), after: after.as_deref(), dropped, ..SearchOptions::default() };
        if dropped.iter().any(|key| key == ALL_QUOTES) {
            options.limit = MAX_QUOTES_OF_REPLY;
        }
        let reply = match site.ask(corpus, &address.queries[i], options) {
            Err(Error::Query(error)) => Err(error),
            reply => Ok(reply?),
        };
        after = reply.as_ref().ok().map(Arc::clone).or(after);
        if i >= turns.start {
            replies.push(reply);
        }
    }
    Ok(replies)
}

/// Returns the turn where the follow-ups to turn `at` begin: the latest turn that does not follow up on another.
fn begin(context: PageContext<'_>, at: usize) -> usize {
    let PageContext { corpus, address, .. } = context;
    let (mut begin, mut before): (usize, Option<Query>) = (0, None);
    for (i, query) in address.queries.iter().enumerate().take(at + 1) {
        // The next query skips a query that cannot be asked.
        let Ok((read, goes_on)) = search::read_after(corpus, query, before.as_ref(), dropped(address, i)) else {
            continue;
        };
        if !goes_on {
            begin = i;
        }
        before = Some(read);
    }
    begin
}

fn dropped(address: &Address, turn: usize) -> &[String] {
    address.dropped.get(turn).map_or(&[], Vec::as_slice)
}
