//! The sources that were withdrawn as a whole, known only by their marks.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::key::WithdrawalKey;
use super::mentions::WithdrawnNames;
use crate::error::Error;
use crate::retrieval::WithdrawnLookup;

/// Sources that were withdrawn as a whole. Only a mark of their SHA-256 is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithdrawnSources {
    pub(super) secret: Option<WithdrawalKey>,
    /// Their marks, each with the day.
    pub(super) marks: BTreeMap<String, String>,
    /// Marks of all withdrawn words that can have been quoted, ascending.
    pub(super) quotes: Arc<Vec<u64>>,
    /// Marks of the names of everybody who withdrew.
    pub(super) names: Arc<HashSet<u128>>,
}

impl WithdrawnSources {
    /// The withdrawn sources with these SHA-256 hashes, under a random key that is not stored.
    ///
    /// # Errors
    /// If no random key can be drawn.
    pub fn of(sources: &[String]) -> Result<Self, Error> {
        let secret = WithdrawalKey::random()?;
        let marks = sources.iter().filter_map(|sha256| Some((secret.source(sha256)?, String::new()))).collect();
        Ok(Self { secret: Some(secret), marks, quotes: Arc::default(), names: Arc::default() })
    }

    /// The day on which a source was withdrawn, if it is among them.
    pub fn day(&self, sha256: &str) -> Option<&str> {
        let mark = self.secret.as_ref().and_then(|secret| secret.source(sha256))?;
        self.marks.get(&mark).map(String::as_str)
    }
}

impl WithdrawnLookup for WithdrawnSources {
    fn has(&self, sha256: &str) -> bool {
        self.day(sha256).is_some()
    }

    fn has_quote(&self, hash: &str) -> bool {
        let mark = self.secret.as_ref().map(|secret| secret.letters().quote(hash));
        mark.is_some_and(|mark| self.quotes.binary_search(&mark).is_ok())
    }

    fn is_named_in(&self, words: &str) -> bool {
        let names = self.secret.as_ref().and_then(|secret| WithdrawnNames::new(secret, &self.names));
        names.is_some_and(|names| names.are_in(words))
    }
}
