//! Tests of the kinds of source that people have. Every file under `fixtures/reading/KIND` has a `.said` file beside
//! it with the turns that it holds. A turn is one line: `who | asks or says | time | words`.
//! The line has `?` if nobody is named, and `-` if there is no time.
//! `cargo test --release kinds -- --nocapture` prints the table of the guide.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use yuanhua::transcript::{self, Transcript};

use crate::support::project;

/// Returns every turn in the order of the source, as a `.said` file writes it.
fn turns(transcript: &Transcript) -> Vec<String> {
    let mut all: Vec<(usize, String)> = Vec::new();
    let folded = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = |name: &Option<String>| name.clone().unwrap_or_else(|| "?".to_owned());
    for question in &transcript.questions {
        if question.label.starts_with('Q') {
            let (who, words) = (named(&question.speaker), folded(transcript.words(question.span)));
            all.push((question.span.start(), format!("{who} | asks | - | {words}")));
        }
        for answer in &question.answers {
            let time =
                transcript.timing_of(answer, answer.span).map_or_else(|| "-".to_owned(), |time| time.to_string());
            let (who, words) = (named(&answer.interviewee), folded(&transcript.answer_text(answer)));
            all.push((answer.span.start(), format!("{who} | says | {time} | {words}")));
        }
    }
    all.sort();
    all.into_iter().map(|(_, turn)| turn).collect()
}

/// Returns a turn, without the time if it is a question. [`turns`] gives no time for a question.
fn untimed(turn: &str) -> String {
    let parts: Vec<&str> = turn.splitn(4, " | ").collect();
    match parts[..] {
        [who, "asks", _, words] => format!("{who} | asks | - | {words}"),
        _ => turn.to_owned(),
    }
}

/// Counts how well the files of a kind were read.
#[derive(Default)]
struct Tally {
    files: usize,
    turns: usize,
    right: usize,
    lost: usize,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of fixtures").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

#[test]
fn every_kind_of_source_is_read_turn_by_turn() {
    let root = project("tests/fixtures/reading");
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    for folder in files(&root).into_iter().filter(|path| path.is_dir()) {
        let kind = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for file in files(&folder).into_iter().filter(|file| file.extension().is_none_or(|ending| ending != "said")) {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            let said = fs::read_to_string(folder.join(format!("{name}.said"))).expect("what it says");
            let said: Vec<String> = said.lines().map(untimed).collect();
            let read =
                transcript::read(&name, &fs::read(&file).expect("a fixture")).map(|(transcript, _)| turns(&transcript));
            let turns = read.unwrap_or_else(|error| vec![error.to_string()]);
            let tally = kinds.entry(kind.clone()).or_default();
            tally.files += 1;
            tally.turns += said.len();
            tally.right += said.iter().filter(|turn| turns.contains(turn)).count();
            let all = turns.join("\n");
            let words = said.iter().filter_map(|turn| turn.splitn(4, " | ").last()).flat_map(str::split_whitespace);
            tally.lost += words.filter(|word| !all.contains(word)).count();
            if turns != said {
                wrong.push(format!("{kind}/{name}\n  read {turns:#?}\n  not {said:#?}"));
            }
        }
    }
    println!("| kind | files | turns right | words lost |\n|---|---|---|---|");
    let row = |(kind, tally): (&String, &Tally)| {
        format!("| {kind} | {} | {} of {} | {} |", tally.files, tally.right, tally.turns, tally.lost)
    };
    let rows: Vec<String> = kinds.iter().map(row).collect();
    println!("{}", rows.join("\n"));
    assert!(wrong.is_empty(), "{} files are not read right\n{}", wrong.len(), wrong.join("\n"));
    let document = |path: &str| fs::read_to_string(project(path)).expect("a document");
    let guide = document("src/guide/formats.md");
    for row in rows {
        assert!(guide.contains(&row), "src/guide/formats.md lacks {row}");
    }
    let sum = |count: fn(&Tally) -> usize| kinds.values().map(count).sum::<usize>();
    // Another test counts the shapes of dialogue in text. Their row is taken from the guide.
    let shapes = guide.lines().find(|line| line.starts_with("| dialogue in text")).expect("its row");
    let cells: Vec<&str> = shapes.split('|').map(str::trim).collect();
    let shape_files: usize = cells[2].parse().expect("a number");
    let (right, all) = cells[3].split_once(" of ").expect("turns");
    let [right, all]: [usize; 2] = [right, all].map(|number| number.parse().expect("a number"));
    let turns = format!("{} of {}", sum(|tally| tally.right) + right, sum(|tally| tally.turns) + all);
    let files = format!("{} small files", sum(|tally| tally.files) + shape_files);
    let readme = document("README.md");
    assert!(readme.contains(&turns) && readme.contains(&files), "the README lacks {turns} turns of {files}");
}
