//! Tests of the product, run against the library and the real binary.

mod architecture;
mod browser;
mod cli;
mod disclosure;
mod documents;
#[cfg(feature = "catalogue")]
mod encoders;
mod exports;
mod highlighted_clause;
mod hostile;
mod http_api;
mod interview;
mod kinds;
mod large_library;
mod library;
mod library_page;
mod logging;
mod mcp;
mod packaging;
mod pages;
mod people;
mod permalinks;
mod reading;
mod recordings;
mod restart;
mod saved_questions;
mod server;
mod shared_store;
mod support;
mod tags;
mod terminal;
mod verify;
mod withdrawing;
mod withdrawn_talks;
