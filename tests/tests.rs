//! Tests of the product, run against the library and the real binary.

mod architecture;
mod browser;
mod cli;
mod disclosing;
mod documents;
#[cfg(feature = "catalogue")]
mod encoders;
mod exports;
mod hostile;
mod interview;
mod keeping;
mod kinds;
mod large_library;
mod library;
mod logging;
mod looking_after;
mod marking;
mod mcp;
mod packaging;
mod pages;
mod people;
mod programs;
mod reading;
mod recordings;
mod saved_questions;
mod serving;
mod shared_store;
mod starting;
mod support;
mod tags;
mod terminal;
mod verifying;
mod withdrawing;
mod withdrawn_talks;
