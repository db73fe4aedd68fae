//! What finds passages: passages, their vectors, the word index, and one immutable snapshot of them
//! all. Knows neither queries as people type them nor files.

pub mod corpus;
pub mod encoder;
pub mod facts;
pub mod lexical;
pub mod passage;
pub mod vectors;
