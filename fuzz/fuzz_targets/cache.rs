//! Fuzzes a folder from a stranger, with any bytes as its cache.
#![no_main]

#[path = "../../tests/support/entry_points.rs"]
#[allow(dead_code)]
mod entry_points;

use std::sync::{Arc, LazyLock};

use entry_points::Decided;
use libfuzzer_sys::fuzz_target;
use yuanhua::retrieval::encoder::Encoder;

static DECIDED: LazyLock<Decided> =
    LazyLock::new(|| Decided::new(Arc::new(Encoder::built_in().expect("the built-in encoder loads"))));

fuzz_target!(|bytes: &[u8]| DECIDED.with(&[(DECIDED.cache(), bytes)]).expect("it is sound"));
