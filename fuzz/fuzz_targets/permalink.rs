//! Fuzzes the address of a quote.
#![no_main]

#[path = "../../tests/support/doors.rs"]
#[allow(dead_code)]
mod doors;
mod known;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|written: &str| doors::permalink(known::corpus(), written).expect("it is sound"));
