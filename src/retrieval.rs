//! Passages, their vectors, the word index, and one immutable snapshot of them all. It knows neither
//! typed queries nor files.

pub mod candidates;
pub mod corpus;
pub mod encoder;
pub mod facts;
pub mod interview_question;
pub mod lexical;
pub mod passage;
mod passage_index;
pub mod permalink;
mod read_so_far;
pub mod vectors;
mod withdrawn_lookup;

pub use read_so_far::ReadSoFar;
pub use withdrawn_lookup::WithdrawnLookup;
