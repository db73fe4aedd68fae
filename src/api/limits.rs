//! Limits of what readers and programs may ask at once.

/// The most characters of a query. A longer one is a document, not a question.
pub const MAX_QUERY_CHARS: usize = 2_000;
/// The most earlier queries of a conversation that a program may send. The latest ones count.
pub const MAX_EARLIER_QUERIES: usize = 8;
