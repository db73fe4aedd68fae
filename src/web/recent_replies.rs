//! A cache of recent replies. The address of a turn holds all turns before it, so each reply is shown again with every
//! turn that follows. The cache lets it be searched only once. It holds nothing of a snapshot that was replaced.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, Weak};

use crate::lock::locked;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::query::Query;
use crate::search::{Reply, SearchOptions};
use crate::text::script::Display;

/// The most replies in the cache. These are more than the turns of the longest
/// [`Address`](super::http::address::Address).
const KEPT: usize = 96;

/// The latest replies over one snapshot.
#[derive(Default)]
pub(super) struct RecentReplies(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    snapshot: Weak<Corpus>,
    /// The replies, latest last.
    replies: VecDeque<(Asked, Arc<Reply>)>,
}

/// Everything that a reply depends on, besides the snapshot.
#[derive(PartialEq)]
struct Asked {
    query: String,
    limit: usize,
    display: Option<Display>,
    dropped: Vec<String>,
    explain: bool,
    /// The query of the turn before, and the answers that were shown.
    after: Option<(Query, Vec<AnswerPlace>)>,
}

impl RecentReplies {
    /// Empties the cache if it is of another snapshot.
    pub(super) fn of_snapshot(&self, corpus: &Arc<Corpus>) {
        let mut kept = self.kept();
        if !std::ptr::eq(kept.snapshot.as_ptr(), Arc::as_ptr(corpus)) {
            *kept = Kept { snapshot: Arc::downgrade(corpus), replies: VecDeque::new() };
        }
    }

    /// Returns the cached reply to the same query, or makes it now.
    pub(super) fn get_or_make<E>(
        &self,
        corpus: &Corpus,
        query: &str,
        options: SearchOptions<'_>,
        make: impl FnOnce() -> Result<Reply, E>,
    ) -> Result<Arc<Reply>, E> {
        let asked = Asked::of(query, options);
        if let Some(known) = self.kept().find(corpus, &asked) {
            return Ok(known);
        }
        // The lock is not held meanwhile, so two equal queries at once are both searched.
        let reply = Arc::new(make()?);
        self.kept().keep(corpus, asked, &reply);
        Ok(reply)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        locked(&self.0)
    }
}

impl Kept {
    fn find(&mut self, corpus: &Corpus, asked: &Asked) -> Option<Arc<Reply>> {
        let at = self.is_of(corpus).then(|| self.replies.iter().position(|(of, _)| of == asked)).flatten()?;
        let (of, reply) = self.replies.remove(at)?;
        // The interviews that were not ready then may be ready now, or known to be unreadable.
        (reply.coming == corpus.coming()).then(|| {
            self.replies.push_back((of, Arc::clone(&reply)));
            reply
        })
    }

    fn keep(&mut self, corpus: &Corpus, asked: Asked, reply: &Arc<Reply>) {
        if !self.is_of(corpus) {
            return;
        }
        if self.replies.len() >= KEPT {
            self.replies.pop_front();
        }
        self.replies.push_back((asked, Arc::clone(reply)));
    }

    fn is_of(&self, corpus: &Corpus) -> bool {
        std::ptr::eq(self.snapshot.as_ptr(), corpus)
    }
}

impl Asked {
    fn of(query: &str, options: SearchOptions<'_>) -> Self {
        let SearchOptions { limit, display, after, dropped, explain } = options;
        Self {
            query: query.to_owned(),
            limit,
            display,
            dropped: dropped.to_vec(),
            explain,
            after: after.map(|reply| (reply.read.clone(), reply.shown.clone())),
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
        recent.of_snapshot(&before);
        assert_eq!(ask(&before), ("我每天跑步。".to_owned(), 1));
        assert_eq!(ask(&before).1, 1);
        recent.of_snapshot(&after);
        assert_eq!(ask(&after), ("我从不跑步。".to_owned(), 2));
        // A reader who still has the old snapshot is answered from it, and leaves nothing behind.
        assert_eq!(ask(&before), ("我每天跑步。".to_owned(), 3));
        assert_eq!(ask(&after), ("我从不跑步。".to_owned(), 3));
    }
}
