//! The replies to the turns of an address, oldest first: each unfinished query goes on
//! from the turn before.

use super::Site;
use crate::error::{Error, QueryError};
use crate::retrieval::corpus::Corpus;
use crate::search::{Options, Reply};
use crate::web::handlers::chat::check_length;
use crate::web::http::address::Address;
use crate::web::view::error::Problem;

/// A turn's reply, or why its query could not be asked: a slip in one turn does not
/// cost the others.
pub(super) type Asked = Result<Reply, QueryError>;

/// The replies to the first `turns` of an address.
pub(super) fn replies(site: &Site, corpus: &Corpus, address: &Address, turns: usize) -> Result<Vec<Asked>, Problem> {
    let mut replies: Vec<Asked> = Vec::with_capacity(turns.min(address.queries.len()));
    for (i, query) in address.queries.iter().take(turns).enumerate() {
        check_length(query)?;
        let dropped = address.dropped.get(i).map_or(&[][..], Vec::as_slice);
        let after = replies.iter().rev().find_map(|reply| reply.as_ref().ok());
        let options = Options { display: address.script, after, dropped, ..Options::default() };
        let reply = match site.ask(corpus, query, options) {
            Err(Error::Query(error)) => Err(error),
            reply => Ok(reply?),
        };
        replies.push(reply);
    }
    Ok(replies)
}
