//! Fuzzes the address of a quote.
#![no_main]

#[path = "../../tests/support/entry_points.rs"]
#[allow(dead_code)]
mod entry_points;
mod known;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|written: &str| entry_points::permalink(known::corpus(), written).expect("it is sound"));
