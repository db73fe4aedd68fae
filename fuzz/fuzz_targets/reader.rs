//! Any bytes for every reader.
#![no_main]

#[path = "../../tests/support/doors.rs"]
#[allow(dead_code)]
mod doors;

use libfuzzer_sys::fuzz_target;
use yuanhua::transcript::Options;

fuzz_target!(|bytes: &[u8]| doors::read(bytes, &Options::default()).expect("it is sound"));
