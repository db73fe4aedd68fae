//! Prints the evidence of who asks, for `models/train/roles.py`, which fits the weights of `roles`.

use std::fs;

use crate::transcript::dialogue::turn::DialogueItem;
use crate::transcript::dialogue::turns;
use crate::transcript::dialogue::{names, roles};
use crate::transcript::*;

/// A transcript and who asks in it.
#[derive(serde::Deserialize)]
struct Labelled {
    path: String,
    asks: Vec<String>,
}

fn print(name: &str, bytes: &[u8], asks: &[String]) {
    let Ok((_, extract)) = formats::extract(bytes, &ReadOptions::default()) else { return };
    let restored = restore(&extract.text);
    let turns = turns::read(restored.text(), &extract.hints);
    let said: Vec<_> = turns
        .items
        .iter()
        .filter_map(|item| if let DialogueItem::Turn(turn) = item { Some(turn) } else { None })
        .collect();
    let seen = roles::seen(restored.text(), &said);
    // Nobody is to be told apart where one speaks, or nobody has a name.
    if seen.len() > 1 {
        for (speaker, evidence) in seen {
            let label = asks.iter().any(|asks| names::key(asks) == names::key(&speaker));
            println!("{}", serde_json::json!({"of": name, "speaker": speaker, "asks": label, "evidence": evidence}));
        }
    }
}

#[test]
#[ignore = "prints the evidence of the transcripts that ROLES lists, a JSON object with path and asks a line"]
fn the_evidence_of_labelled_transcripts() {
    let list = std::env::var("ROLES").expect("ROLES names the list of labelled transcripts");
    for line in fs::read_to_string(list).expect("the list is readable").lines() {
        let Labelled { path, asks } = serde_json::from_str(line).expect("a path and who asks");
        print(&path, &fs::read(&path).expect("a transcript is readable"), &asks);
    }
    let tried = [super::tried::TRIED, super::tried::DIALOGUE].into_iter().flat_map(|file| file.split("\n=== "));
    for tried in tried.map(|tried| tried.trim_start_matches("=== ")) {
        let (head, rest) = tried.split_once('\n').expect("a line of its name");
        let (name, asks) = head.split_once(" | ").expect("who asks");
        let (source, _) = rest.split_once("\n--- says\n").expect("what it says");
        let asks: Vec<String> = asks.split("; ").map(str::to_owned).collect();
        print(name, source.as_bytes(), &asks);
    }
}
