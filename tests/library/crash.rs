//! The real process is killed at random moments, as by `kill -9`, while it
//! adds and withdraws.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::{anywhere, names};
use crate::support::binary;

const MOMENTS: usize = 200;
/// Libraries that this happens to side by side: a process mostly waits, for the disk or to be killed.
const LIBRARIES: usize = 4;
/// Transcripts that one process adds or withdraws.
const AT_ONCE: usize = 12;

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let (killed, gone) = std::thread::scope(|scope| {
        let each: Vec<_> = (0..LIBRARIES).map(|library| scope.spawn(move || one_library(library))).collect();
        each.into_iter()
            .map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .fold((0, 0), |(killed, gone), one| (killed + one.0, gone + one.1))
    });
    eprintln!("killed {killed} of {MOMENTS} while they worked; {gone} withdrawn");
    assert!(killed > MOMENTS / 3, "most were killed while they worked");
    assert!(gone > 0, "some were withdrawn");
}

/// How many processes were killed while they worked, and how many transcripts withdrawn.
fn one_library(library: usize) -> (usize, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, files) = (folder.path().join("data"), folder.path().join("files"));
    fs::create_dir(&files).expect("made");
    let mut seed = [0; 32];
    seed[0] = u8::try_from(library).expect("few");
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let (mut here, mut gone) = (BTreeSet::new(), BTreeSet::new());
    let mut killed = 0;
    for moment in 0..MOMENTS / LIBRARIES {
        let withdraw = here.len() > AT_ONCE && rng.random_bool(0.4);
        let mut process = binary();
        let expected: Vec<String> = if withdraw {
            let some: Vec<String> = here.iter().take(AT_ONCE).cloned().collect();
            process.arg("withdraw").args(&some);
            some
        } else {
            let some: Vec<String> = (0..AT_ONCE).map(|n| format!("kan-{moment:03}-{n:02}-kan")).collect();
            for name in &some {
                fs::write(files.join(format!("{name}.txt")), own_interview(name)).expect("written");
            }
            process.arg("add").args(some.iter().map(|name| files.join(format!("{name}.txt"))));
            some
        };
        let mut process =
            process.arg("--data").arg(&data).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut out = BufReader::new(process.stdout.take().expect("piped"));
        // Mostly while files are written; now and then while they are embedded.
        let longest = if rng.random_bool(0.1) { 600_000 } else { 60_000 };
        std::thread::sleep(Duration::from_micros(rng.random_range(0..longest)));
        killed += usize::from(process.try_wait().expect("it can be asked").is_none());
        process.kill().expect("it can be killed");
        process.wait().expect("it ends");
        let mut line = String::new();
        let mut acknowledged = Vec::new();
        while out.read_line(&mut line).is_ok_and(|read| read > 0) {
            // A line without its end was not acknowledged.
            if line.ends_with('\n') {
                acknowledged.extend(expected.iter().find(|name| line.contains(name.as_str())).cloned());
            }
            line.clear();
        }
        acknowledged.dedup();
        check(&data, &files, withdraw, &expected, &acknowledged, &mut here, &mut gone);
    }
    (killed, gone.len())
}

fn check(
    data: &Path,
    files: &Path,
    withdraw: bool,
    expected: &[String],
    acknowledged: &[String],
    here: &mut BTreeSet<String>,
    gone: &mut BTreeSet<String>,
) {
    let found: BTreeSet<String> = if data.is_dir() { names(data).into_iter().collect() } else { BTreeSet::new() };
    if withdraw {
        for name in expected {
            // What was not acknowledged may be either, but whole.
            if acknowledged.contains(name) || !found.contains(name) {
                here.remove(name);
                gone.insert(name.clone());
            }
        }
    } else {
        here.extend(expected.iter().filter(|name| acknowledged.contains(name) || found.contains(*name)).cloned());
    }
    assert_eq!(found, *here, "every acknowledged transcript, and no other");
    for name in &found {
        let file = format!("{name}.txt");
        let (theirs, ours) = (fs::read(files.join(&file)), fs::read(data.join(&file)));
        assert_eq!(theirs.expect("there"), ours.expect("there"), "{name} is whole");
    }
    for name in gone.iter() {
        assert!(!found.contains(name), "{name} came back");
    }
    if withdraw {
        for name in expected.iter().filter(|name| gone.contains(*name)) {
            assert!(!anywhere(data, name), "the words of {name} are still there");
        }
    }
}

/// An interview that shares nothing but its questions with any other.
fn own_interview(name: &str) -> String {
    let mut seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut own = |count: usize| -> String {
        let mut words = String::new();
        for _ in 0..count {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words.extend(char::from_u32(0x4e00 + (seed >> 33) as u32 % 0x1400));
        }
        words
    };
    format!("Q1.你怎么看？\nA1 {}{name}{}。\nA2 {}。\n", own(9), own(9), own(12))
}
