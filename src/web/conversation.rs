//! The replies to the queries of an address, oldest first. Each unfinished query goes on from the one
//! before.

use std::sync::Arc;

use super::Site;
use crate::error::{Error, QueryError};
use crate::retrieval::corpus::Corpus;
use crate::search::{Options, Reply};
use crate::web::handlers::chat::check_length;
use crate::web::http::address::Address;
use crate::web::view::error::Problem;

/// What a query drops (`drop=` in an address) to show all quotes: the limit of their number.
pub(super) const ALL_QUOTES: &str = "limit";
/// The most quotes of one reply on a page.
pub(super) const MOST_QUOTES: usize = 40;

/// A reply, or the reason why its query could not be asked. An error in one query does not affect the
/// others.
pub(super) type Asked = Result<Arc<Reply>, QueryError>;

/// The replies to the first `turns` of an address.
pub(super) fn replies(site: &Site, corpus: &Corpus, address: &Address, turns: usize) -> Result<Vec<Asked>, Problem> {
    let mut replies: Vec<Asked> = Vec::with_capacity(turns.min(address.queries.len()));
    for (i, query) in address.queries.iter().take(turns).enumerate() {
        check_length(query)?;
        let dropped = address.dropped.get(i).map_or(&[][..], Vec::as_slice);
        let after = replies.iter().rev().find_map(|reply| reply.as_deref().ok());
        let mut options = Options { display: address.script, after, dropped, ..Options::default() };
        if dropped.iter().any(|key| key == ALL_QUOTES) {
            options.limit = MOST_QUOTES;
        }
        let reply = match site.ask(corpus, query, options) {
            Err(Error::Query(error)) => Err(error),
            reply => Ok(reply?),
        };
        replies.push(reply);
    }
    Ok(replies)
}
