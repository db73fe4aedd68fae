//! Fuzzes the query box with two lines: any query, and any query that goes on from it.
#![no_main]

#[path = "../../tests/support/entry_points.rs"]
#[allow(dead_code)]
mod entry_points;
mod known;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    let (first, second) = words.split_once('\n').unwrap_or((words, words));
    entry_points::ask(known::corpus(), first, second).expect("it is sound");
});
