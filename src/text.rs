//! Text: scripts, folding with a map back, words, numerals, safe display. Pure; it knows no transcript.

pub(crate) mod edit_distance;
pub mod find;
pub mod invisible;
pub(crate) mod names;
pub mod numerals;
pub(crate) mod pattern;
pub(crate) mod ranges;
pub mod sanitize;
pub mod script;
pub mod segment;
mod term;

/// Loads the tables that every query needs. A caller can do this in the background.
pub fn load_tables() {
    script::load_tables();
    segment::load_dictionary();
}
