//! Kills the real process at random moments, as `kill -9` does, while it adds, renames, pseudonymises and withdraws.
//! `YUANHUA_CASES=200` kills it more often.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::Value;

use super::{anywhere, said};
use crate::support::{binary, cases};

/// The number of libraries that are tested side by side. A process mostly waits for the disk or to be killed.
const LIBRARIES: usize = 4;
/// The number of transcripts that one process adds or withdraws.
const AT_ONCE: usize = 12;
/// One in this many moments of a library is an addition that runs to its end, and another is such a withdrawal. So
/// there is always acknowledged work to check.
const TO_THE_END: usize = 8;

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let moments = cases(64) as usize;
    let (killed, gone, decided) = std::thread::scope(|scope| {
        let each: Vec<_> =
            (0..LIBRARIES).map(|library| scope.spawn(move || one_library(library, moments / LIBRARIES))).collect();
        each.into_iter()
            .map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .fold((0, 0, 0), |all, one| (all.0 + one.0, all.1 + one.1, all.2 + one.2))
    });
    eprintln!("killed {killed} of {moments} while they worked; {gone} withdrawn, {decided} renamed or pseudonymised");
    assert!(killed > moments / 3, "most were killed while they worked");
    assert!(gone >= moments, "{gone} were withdrawn");
    assert!(decided > 0, "some were renamed");
}

/// A library, and what the test knows to be in it.
struct Library {
    data: PathBuf,
    files: PathBuf,
    here: BTreeSet<String>,
    gone: BTreeSet<String>,
    /// Titles and pseudonyms that were acknowledged, by name.
    titles: BTreeMap<String, String>,
    pseudonyms: BTreeMap<String, String>,
}

/// The work of one process.
enum Work {
    Add(Vec<String>),
    Withdraw(Vec<String>),
    Title(String, String),
    Pseudonym(String, String),
}

/// Tests one library. Returns how many processes were killed while they worked, how many transcripts were withdrawn,
/// and how many were renamed or pseudonymised.
fn one_library(number: usize, moments: usize) -> (usize, usize, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, files) = (folder.path().join("data"), folder.path().join("files"));
    fs::create_dir(&files).expect("made");
    let mut seed = [0; 32];
    seed[0] = u8::try_from(number).expect("few");
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let (titles, pseudonyms) = (BTreeMap::new(), BTreeMap::new());
    let mut library = Library { data, files, here: BTreeSet::new(), gone: BTreeSet::new(), titles, pseudonyms };
    let mut killed = 0;
    let mut to_the_end = [moments / TO_THE_END; 2];
    // This is how long a process takes on this machine.
    let mut takes = Duration::from_millis(60);
    for moment in 0..moments {
        let some = |library: &Library| library.here.iter().nth(moment % library.here.len().max(1)).cloned();
        let work = match (library.here.len() > AT_ONCE, rng.random_range(0..10)) {
            (true, 0..5) => Work::Withdraw(library.here.iter().take(AT_ONCE).cloned().collect()),
            (true, 5) => Work::Title(some(&library).expect("there are"), format!("标题{moment}")),
            (true, 6) => Work::Pseudonym(some(&library).expect("there are"), format!("化名{moment}")),
            _ => Work::Add((0..AT_ONCE).map(|n| format!("kan-{moment:03}-{n:02}-kan")).collect()),
        };
        let mut process = binary();
        match &work {
            Work::Add(names) => {
                for name in names {
                    fs::write(library.files.join(format!("{name}.txt")), own_interview(name)).expect("written");
                }
                process.arg("add").args(names.iter().map(|name| library.files.join(format!("{name}.txt"))));
            }
            Work::Withdraw(names) => drop(process.arg("withdraw").args(names)),
            Work::Title(name, title) => drop(process.args(["rename", name, title])),
            Work::Pseudonym(name, shown) => drop(process.args(["speaker", name, SPEAKER, "--as", shown])),
        }
        process.arg("--data").arg(&library.data).stdout(Stdio::piped()).stderr(Stdio::null());
        let began = Instant::now();
        let mut process = process.spawn().expect("it runs");
        let mut out = BufReader::new(process.stdout.take().expect("piped"));
        let kind = match work {
            Work::Add(_) => Some(0),
            Work::Withdraw(_) => Some(1),
            _ => None,
        };
        if let Some(kind) = kind.filter(|kind| to_the_end[*kind] > 0) {
            to_the_end[kind] -= 1;
            process.wait().expect("it ends");
            takes = began.elapsed();
        } else {
            // The kill mostly comes while files are written, and sometimes while they are embedded.
            let share = if rng.random_bool(0.1) { 1.2 } else { 0.6 };
            std::thread::sleep(takes.mul_f64(rng.random_range(0.0..share)));
            killed += usize::from(process.try_wait().expect("it can be asked").is_none());
            process.kill().expect("it can be killed");
        }
        let done = process.wait().expect("it ends").success();
        let mut lines = Vec::new();
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|read| read > 0) {
            // A line without its end does not count as acknowledged.
            if line.ends_with('\n') {
                lines.push(line.clone());
            }
            line.clear();
        }
        library.check(&work, &lines, done);
    }
    (killed, library.gone.len(), library.titles.len() + library.pseudonyms.len())
}

impl Library {
    fn check(&mut self, work: &Work, lines: &[String], done: bool) {
        let rows: Value = if self.data.is_dir() {
            serde_json::from_str(&said(&self.data, &["list", "--json"])).expect("JSON")
        } else {
            Value::Array(Vec::new())
        };
        let rows: BTreeMap<String, Value> = rows
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| (row["name"].as_str().expect("a name").to_owned(), row.clone()))
            .collect();
        let acknowledged = |name: &String| lines.iter().any(|line| line.contains(name.as_str()));
        match work {
            Work::Withdraw(names) => {
                for name in names {
                    // Work that was not acknowledged may be done or not, but never by half.
                    if acknowledged(name) || !rows.contains_key(name) {
                        self.here.remove(name);
                        self.gone.insert(name.clone());
                    }
                }
            }
            Work::Add(names) => {
                let there = names.iter().filter(|name| acknowledged(name) || rows.contains_key(*name));
                self.here.extend(there.cloned());
            }
            Work::Title(name, title) => {
                if done || rows[name]["title"] == title.as_str() {
                    self.titles.insert(name.clone(), title.clone());
                }
            }
            Work::Pseudonym(name, shown) => {
                if done || rows[name]["speakers"].to_string().contains(shown) {
                    self.pseudonyms.insert(name.clone(), shown.clone());
                }
            }
        }
        let found: BTreeSet<String> = rows.keys().cloned().collect();
        assert_eq!(found, self.here, "every acknowledged transcript, and no other");
        for (name, row) in &rows {
            let file = format!("{name}.txt");
            let (theirs, ours) = (fs::read(self.files.join(&file)), fs::read(self.data.join(&file)));
            assert_eq!(theirs.expect("there"), ours.expect("there"), "{name} is whole");
            if let Some(title) = self.titles.get(name) {
                assert_eq!(row["title"], title.as_str(), "{name}");
            }
            if let Some(shown) = self.pseudonyms.get(name) {
                let speakers = row["speakers"].to_string();
                assert!(speakers.contains(shown) && !speakers.contains(SPEAKER), "{name}: {speakers}");
            }
        }
        if let Work::Withdraw(names) = work {
            for name in names.iter().filter(|name| self.gone.contains(*name)) {
                assert!(!anywhere(&self.data, name), "the words of {name} are still there");
            }
        }
    }
}

const SPEAKER: &str = "欧阳芳";

/// Returns an interview that shares nothing but its questions with any other.
fn own_interview(name: &str) -> String {
    let mut seed = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut own = |count: usize| -> String {
        let mut words = String::new();
        for _ in 0..count {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words.extend(char::from_u32(0x4e00 + (seed >> 33) as u32 % 0x1400));
        }
        words
    };
    format!("记者：你怎么看？\n{SPEAKER}：{}{name}{}。\n记者：还有呢？\n{SPEAKER}：{}。\n", own(9), own(9), own(12))
}
