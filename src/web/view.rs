//! The structs that the templates show. They add no word to what was said.

mod answer_map;
mod card;
mod contrast;
pub(crate) mod error;
mod evidence;
pub(crate) mod filters;
pub(crate) mod formats;
pub(crate) mod highlight;
pub(crate) mod kept_quote;
mod mentions;
pub(crate) mod overview;
pub(crate) mod page;
pub(crate) mod pending_note;
pub(crate) mod people;
pub(crate) mod play;
pub(crate) mod problem_details;
pub(crate) mod quote_strip;
mod quote_view;
pub(crate) mod starter;
mod surroundings;
pub(crate) mod tags;
pub(crate) mod turn;
