//! The share of turns that get the right speaker, on real transcripts that do
//! not come with the code. Counted independently, by the shape of each.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use crate::transcript::*;

/// Paragraphs with their speaker, told by the one mark that a sample uses.
fn expected(name: &str, text: &str) -> Vec<(String, String)> {
    let mut who = None;
    let mut all = Vec::new();
    for line in text.lines().map(str::trim) {
        let (marked, words) = if name.starts_with("audreyt") {
            (line.strip_prefix("### ").map(|name| name.trim_end_matches([':', '：', ' '])), "")
        } else {
            match line.strip_prefix("**").and_then(|rest| rest.split_once(":**")) {
                Some((name, words)) => (Some(name), words),
                None => (None, line),
            }
        };
        let words = if name.starts_with("audreyt") { line } else { words };
        who = marked.map(str::to_owned).or(who);
        let said = !words.is_empty() && !words.starts_with(['#', '>']) && !words.starts_with("**Break");
        if let Some(who) = who.clone().filter(|_| said) {
            all.push((who, words.to_owned()));
        }
    }
    all
}

/// The first characters that are words, without brackets and spaces.
fn essence(words: &str) -> String {
    let mut depth = 0i32;
    let mut out = String::new();
    for c in words.chars() {
        depth += i32::from("[（(".contains(c));
        if depth == 0 && c.is_alphanumeric() {
            out.push(c);
        }
        depth = (depth - i32::from("]）)".contains(c))).max(0);
    }
    out
}

#[test]
fn speakers_of_real_transcripts_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/train/work/samples");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: there are no samples beside the project");
        return;
    };
    for path in files.flatten().map(|file| file.path()).filter(|path| path.is_file()) {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("a sample is readable");
        let (transcript, _) = read(&name, &bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        if name.starts_with("bitcoin") || path.extension().is_some_and(|ending| ending == "xml") {
            continue;
        }
        let mut said: HashMap<String, String> = HashMap::new();
        for question in &transcript.questions {
            let who = question.speaker.clone().unwrap_or_default();
            *said.entry(who).or_default() += &essence(transcript.words(question.span));
            for answer in &question.answers {
                let who = answer.interviewee.clone().unwrap_or_default();
                *said.entry(who).or_default() += &essence(&transcript.answer_text(answer));
            }
        }
        let text = String::from_utf8(bytes).expect("a sample is UTF-8");
        let turns = expected(&name, &text);
        let right = turns
            .iter()
            .filter(|(who, words)| said.get(who).is_some_and(|said| said.contains(&essence(words))))
            .count();
        println!("{name}: {right} of {} paragraphs by the right speaker", turns.len());
        assert!(right * 100 >= turns.len() * 95, "{name}: {right} of {}", turns.len());
    }
}
