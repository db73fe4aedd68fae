//! The handlers, one for each page. A handler reads a request, asks the query, and fills the view.

pub(crate) mod api;
pub(crate) mod card;
pub(crate) mod chat;
pub(crate) mod chat_completions;
pub(crate) mod collection;
pub(crate) mod disclosure;
pub(crate) mod health;
pub(crate) mod library;
pub(crate) mod mcp;
pub(crate) mod people;
pub(crate) mod permalink;
pub(crate) mod recording;
pub(crate) mod saved;
pub(crate) mod source;
pub(crate) mod tags;
pub(crate) mod verify;
