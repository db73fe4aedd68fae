//! The JSON that programs get, over HTTP and over MCP: interviews, answers and citations. This module only looks things
//! up and copies them. It runs no retrieval and adds no words about what was said.

mod answer;
mod cite;
mod cursor;
mod interviews;
mod limits;
mod refusal;

pub use answer::{AnswerPart, AnswerWithSource, GetAnswer, LinkedWords, follow};
pub use cite::{Cited, Quoted, SCHEME, ScriptChoice, one_line, resource_of_permalink};
pub use cursor::CursorSeal;
pub use interviews::{Interview, Interviews, ListInterviews, page, resource_of};
pub use limits::{MAX_EARLIER_QUERIES, MAX_QUERY_CHARS};
pub use refusal::Refusal;
