//! A cache of recent replies. The address of a turn holds all turns before it, so each reply is shown again with every
//! turn that follows. The cache lets it be searched only once.

use std::sync::Arc;

use super::snapshot_cache::SnapshotCache;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::query::Query;
use crate::search::{Reply, SearchOptions};
use crate::text::script::Display;

/// The most replies in the cache. These are more than the turns of the longest
/// [`Address`](super::http::address::Address).
const MAX_REPLIES: usize = 96;

/// The latest replies over one snapshot.
pub(super) struct RecentReplies(SnapshotCache<ReplyKey, Arc<Reply>>);

/// Everything that a reply depends on, besides the snapshot.
#[derive(PartialEq)]
struct ReplyKey {
    query: String,
    limit: usize,
    display: Option<Display>,
    dropped: Vec<String>,
    explain: bool,
    /// The query of the turn before, and the answers that were shown.
    after: Option<(Query, Vec<AnswerPlace>)>,
    /// The interviews that were not ready. They may be ready now, or known to be unreadable.
    coming: usize,
}

impl Default for RecentReplies {
    fn default() -> Self {
        Self(SnapshotCache::new(MAX_REPLIES))
    }
}

impl RecentReplies {
    /// Empties the cache if it is of another snapshot.
    pub(super) fn turn_to(&self, corpus: &Arc<Corpus>) {
        self.0.turn_to(corpus);
    }

    /// Returns the cached reply to the same query, or makes it now.
    pub(super) fn get_or_make<E>(
        &self,
        corpus: &Corpus,
        query: &str,
        options: SearchOptions<'_>,
        make: impl FnOnce() -> Result<Reply, E>,
    ) -> Result<Arc<Reply>, E> {
        let key = ReplyKey::of(corpus, query, options);
        if let Some(reply) = self.0.get(corpus, &key) {
            return Ok(reply);
        }
        // The cache is not locked meanwhile, so two equal queries at once are both searched.
        let reply = Arc::new(make()?);
        self.0.put(corpus, ReplyKey { coming: reply.coming, ..key }, Arc::clone(&reply));
        Ok(reply)
    }
}

impl ReplyKey {
    fn of(corpus: &Corpus, query: &str, options: SearchOptions<'_>) -> Self {
        let SearchOptions { limit, display, after, dropped, explain } = options;
        Self {
            query: query.to_owned(),
            limit,
            display,
            dropped: dropped.to_vec(),
            explain,
            after: after.map(|reply| (reply.read.clone(), reply.shown.clone())),
            coming: corpus.coming(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::retrieval::encoder::Encoder;
    use crate::{library, search, transcript};

    #[test]
    fn nothing_of_a_snapshot_that_was_replaced_is_shown() {
        let encoder = Arc::new(Encoder::built_in().expect("it loads"));
        let corpus = |text: &str| {
            let (transcript, _) = transcript::read("test", text.as_bytes()).expect("readable");
            Arc::new(library::build(vec![transcript], Arc::clone(&encoder)).expect("it indexes"))
        };
        let recent = RecentReplies::default();
        let mut made = 0;
        let mut ask = |corpus: &Corpus| {
            let reply = recent.get_or_make(corpus, "谁跑步?", SearchOptions::default(), || {
                made += 1;
                search::ask(corpus, "谁跑步?", SearchOptions::default())
            });
            (reply.map_err(|error: Error| error.to_string()).expect("a reply").quotes[0].text.clone(), made)
        };
        let (before, after) = (corpus("Q1.您呢?\nA1 我每天跑步。\n"), corpus("Q1.您呢?\nA1 我从不跑步。\n"));
        recent.turn_to(&before);
        assert_eq!(ask(&before), ("我每天跑步。".to_owned(), 1));
        assert_eq!(ask(&before).1, 1);
        recent.turn_to(&after);
        assert_eq!(ask(&after), ("我从不跑步。".to_owned(), 2));
        // A reader who still has the old snapshot is answered from it, and leaves nothing behind.
        assert_eq!(ask(&before), ("我每天跑步。".to_owned(), 3));
        assert_eq!(ask(&after), ("我从不跑步。".to_owned(), 3));
    }
}
