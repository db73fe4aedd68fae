//! What programs are given in JSON, over HTTP and over MCP alike: interviews, answers, citations.
//! Looks up and copies; no retrieval here, and no words of its own about what was said.

mod answer;
mod cite;
mod cursor;
mod interviews;
mod refusal;

pub use answer::{AnswerPart, AnswerWithSource, GetAnswer, LinkedWords, follow};
pub use cite::{Cited, Quoted, SCHEME, ScriptChoice, one_line, resource_of_permalink};
pub use cursor::CursorSeal;
pub use interviews::{Interview, Interviews, ListInterviews, page, resource_of};
pub use refusal::Refusal;
