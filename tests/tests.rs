//! Tests of the product, run against the library and the real binary.

mod architecture;
mod browser;
mod cli;
mod disclosure;
mod documents;
#[cfg(feature = "catalogue")]
mod encoders;
mod exports;
mod hostile;
mod interview;
mod permalinks;
mod kinds;
mod large_library;
mod library;
mod library_page;
mod logging;
mod highlighted_clause;
mod mcp;
mod packaging;
mod pages;
mod people;
mod http_api;
mod reading;
mod recordings;
mod saved_questions;
mod server;
mod shared_store;
mod restart;
mod support;
mod tags;
mod terminal;
mod verify;
mod withdrawing;
