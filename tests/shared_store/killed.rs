//! Kills a server at random moments, as `kill -9` does, while it adds to a shared store and withdraws from it. Another
//! server, which has a copy of its own, must then find all that was acknowledged, and nothing that was withdrawn.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::{names, said};
use crate::support::seekdb::TestDatabase;
use crate::support::{binary, cases};

/// The number of transcripts that one process adds or withdraws.
const AT_ONCE: usize = 6;

#[test]
fn a_server_that_is_killed_loses_nothing_and_brings_nothing_back() {
    let Some(database) = TestDatabase::new() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (store, reader) = (database.address(), folder.path().join("reader"));
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let (mut here, mut gone) = (BTreeSet::<String>::new(), BTreeSet::<String>::new());
    let mut takes = Duration::from_millis(300);
    let mut killed = 0;
    // Words of each name stand in its transcript only.
    let words = |name: &str| format!("只有{name}说过的一句话");
    for round in 0..cases(10) {
        let withdraws = here.len() >= AT_ONCE && round % 2 == 1;
        let chosen: Vec<String> = if withdraws {
            here.iter().take(AT_ONCE).cloned().collect()
        } else {
            (0..AT_ONCE).map(|number| format!("talk-{round:02}-{number}")).collect()
        };
        let mut process = binary();
        process.arg(if withdraws { "withdraw" } else { "add" });
        for name in &chosen {
            let file = folder.path().join(format!("{name}.txt"));
            fs::write(&file, format!("Q1.您怎么看?\nA1 我想，{}。\n", words(name))).expect("written");
            process.arg(if withdraws { name.into() } else { file });
        }
        // Each process is a server that was never there before.
        let cache = folder.path().join(format!("cache-{round}"));
        process.env("YUANHUA_STORE", &store).env("XDG_CACHE_HOME", &cache);
        let began = Instant::now();
        let mut process = process.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut out = process.stdout.take().expect("piped");
        if round < 2 {
            // There is always acknowledged work to check.
            process.wait().expect("it ends");
            takes = began.elapsed();
        } else {
            std::thread::sleep(takes.mul_f64(rng.random_range(0.1..1.0)));
            killed += usize::from(process.try_wait().expect("it can be asked").is_none());
            process.kill().expect("it can be killed");
            process.wait().expect("it ends");
        }
        let mut printed = String::new();
        let _ = out.read_to_string(&mut printed);
        let acknowledged = |name: &String| printed.contains(name.as_str());
        let found: BTreeSet<String> = names(&store, &reader).into_iter().collect();
        for name in chosen {
            match (withdraws, found.contains(&name)) {
                (true, true) => assert!(!acknowledged(&name), "{name} came back"),
                (true, false) => drop((here.remove(&name), gone.insert(name))),
                (false, true) => drop(here.insert(name)),
                (false, false) => assert!(!acknowledged(&name), "{name} was lost"),
            }
        }
        assert_eq!(found, here, "every acknowledged transcript, and no other");
        for name in &gone {
            assert!(!database.holds(&words(name)), "the words of {name} are still stored");
        }
    }
    eprintln!("killed {killed} of {} while they worked; {} withdrawn", cases(10), gone.len());
    // A server that starts now says the same.
    let listed = said(&store, &folder.path().join("last"), &["list"]);
    assert!(gone.iter().all(|name| !listed.contains(name.as_str())), "{listed}");
}
