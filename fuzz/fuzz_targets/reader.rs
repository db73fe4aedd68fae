//! Fuzzes every reader with any bytes.
#![no_main]

#[path = "../../tests/support/entry_points.rs"]
#[allow(dead_code)]
mod entry_points;

use libfuzzer_sys::fuzz_target;
use yuanhua::transcript::ReadOptions;

fuzz_target!(|bytes: &[u8]| entry_points::read(bytes, &ReadOptions::default()).expect("it is sound"));
