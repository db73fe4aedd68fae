//! Fuzzes every reader with any bytes.
#![no_main]

#[path = "../../tests/support/doors.rs"]
#[allow(dead_code)]
mod doors;

use libfuzzer_sys::fuzz_target;
use yuanhua::transcript::ReadOptions;

fuzz_target!(|bytes: &[u8]| doors::read(bytes, &ReadOptions::default()).expect("it is sound"));
