//! Whether something was withdrawn, as far as a snapshot has to know it. `library` keeps the marks and implements this.

/// What was withdrawn. Only marks of it are known.
pub trait WithdrawnLookup: Send + Sync {
    /// Whether a source was withdrawn as a whole, by its SHA-256 or the first sixteen digits of it.
    fn has(&self, sha256: &str) -> bool;

    /// Whether quoted words were withdrawn. `hash` is the hash that a permalink keeps of them.
    fn has_quote(&self, hash: &str) -> bool;

    /// Whether words that the program would offer by itself name somebody who withdrew.
    fn is_named_in(&self, words: &str) -> bool;
}
