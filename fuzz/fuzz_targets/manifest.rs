//! Fuzzes a folder from a stranger, with any bytes as its manifest.
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
    DECIDED.with(&[(entry_points::MANIFEST, bytes)]).expect("it is sound");
    // The same bytes are tried with a seal, which anybody can make.
    if let Ok(library) = std::str::from_utf8(bytes) {
        let seal = yuanhua::hash::sha256_hex(&[library.as_bytes()]);
        let sealed = format!("{{\"sha256\":\"{seal}\",\"library\":{library}}}");
        DECIDED.with(&[(entry_points::MANIFEST, sealed.as_bytes())]).expect("it is sound");
    }
});
