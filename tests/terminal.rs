//! Checks that a terminal shows other people's text without obeying it.

use std::fs;

use crate::support::{complaint, yuanhua};

/// Returns whether anything in the text would move, recolour or reorder what a terminal shows.
fn acts(shown: &str) -> bool {
    shown.chars().any(|c| {
        c.is_control() && c != '\n' && c != '\t'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}txt";

#[cfg(unix)]
#[test]
fn no_text_of_strangers_acts_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    let title = serde_json::to_string(HOSTILE).expect("JSON");
    let name = serde_json::to_string(&format!("Ann{HOSTILE}")).expect("JSON");
    let json = format!(
        "{{\"title\": {title}, \"turns\": [{{\"speaker\": \"Host\", \"text\": \"What of the pineapple?\"}}, \
         {{\"speaker\": {name}, \"text\": \"The pineapple \u{202e}was{} good.\"}}]}}",
        "\\u001b[31m"
    );
    fs::write(folder.path().join(format!("a{HOSTILE}\nb.json")), &json).expect("written");
    fs::write(folder.path().join(format!("bad{HOSTILE}.txt")), "nothing to read").expect("written");
    fs::write(folder.path().join("plain.json"), &json).expect("written");
    let plain = folder.path().join("plain.json").display().to_string();
    let hostile = folder.path().join(format!("bad{HOSTILE}.txt")).display().to_string();
    for args in [
        vec!["list", "--data", &data],
        vec!["list", "--json", "--data", &data],
        vec!["ask", "pineapple", "--explain", "--data", &data],
        vec!["ask", "pineapple", "--json", "--data", &data],
        vec!["check", &plain],
        vec!["check", "--json", &plain],
        vec!["check", &hostile],
        vec!["rename", HOSTILE, "x", "--data", &data],
        vec!["ask", &format!("who:{HOSTILE}"), "--data", &data],
        vec!["add", &hostile, "--data", &data],
        vec!["speaker", "plain", HOSTILE, "--as", "x", "--data", &data],
        vec!["speaker", "plain", &format!("Ann{HOSTILE}"), "--as", HOSTILE, "--data", &data],
        vec!["list", "--data", &data],
        vec!["withdraw", "plain", "--interviewee", HOSTILE, "--data", &data],
        vec![&format!("--{HOSTILE}")],
    ] {
        let output = yuanhua(&args);
        for shown in [output.stdout, output.stderr] {
            let shown = String::from_utf8(shown).expect("UTF-8");
            assert!(!acts(&shown), "{args:?}: {shown:?}");
        }
    }
}

#[test]
fn an_error_shows_hostile_names_inert() {
    let said = complaint(&["check", "/nowhere/\u{1b}[31mred.txt"]);
    assert!(said.contains("/nowhere/\\u{1b}[31mred.txt"), "{said}");
}

#[test]
fn without_a_terminal_there_are_no_colours() {
    for args in [vec!["--help"], vec!["ask"], vec!["--nonsense"]] {
        let output = yuanhua(&args);
        let shown = [output.stdout, output.stderr].concat();
        assert!(!String::from_utf8(shown).expect("UTF-8").contains('\u{1b}'), "{args:?}");
    }
}
