//! Text as such: scripts, folding with a map back, words, numerals, what a screen may show.
//! Pure; knows no transcript.

pub mod find;
pub mod invisible;
pub mod numerals;
pub mod sanitize;
pub mod script;
pub mod segment;
