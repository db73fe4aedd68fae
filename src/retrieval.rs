//! Passages, their vectors, the word index, and one immutable snapshot of them all. It knows neither
//! typed queries nor files.

pub mod candidates;
pub mod corpus;
pub mod encoder;
pub mod facts;
pub mod interview_question;
pub mod lexical;
pub mod passage;
pub mod permalink;
mod read_so_far;
pub mod vectors;

pub use read_so_far::ReadSoFar;
