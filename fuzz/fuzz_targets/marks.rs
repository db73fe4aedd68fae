//! Fuzzes a folder from a stranger. Any bytes are its marks of withdrawn words, and its manifest vouches for them.
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

fuzz_target!(|bytes: &[u8]| {
    let file = |start: &str| DECIDED.files.iter().find(|(name, _)| name.starts_with(start)).expect("it is there");
    let (name, before) = file(".yuanhua/withdrawn/");
    let vouching = entry_points::vouching(&file(entry_points::MANIFEST).1, before, bytes).expect("a manifest");
    DECIDED.with(&[(entry_points::MANIFEST, vouching.as_slice()), (name.as_str(), bytes)]).expect("it is sound");
});
