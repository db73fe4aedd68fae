//! Checks that what the README and the guide say of the program is true.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::support::{printed, project};

/// The largest number of words that a first visitor reads to the end.
const WORDS: usize = 900;
/// The largest picture in the README, in bytes.
const PICTURE: u64 = 150_000;

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(project("").join(path)).expect("a document is UTF-8")
}

fn chapters() -> Vec<PathBuf> {
    let entries = fs::read_dir(project("src/guide")).expect("the guide");
    let files = entries.map(|entry| entry.expect("the guide is readable").path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

fn documents() -> Vec<PathBuf> {
    let own = ["README.md", "models/MODEL_CARD.md", "models/train/README.md"].map(project);
    chapters().into_iter().chain(own).collect()
}

/// Counts the words of a text. A Chinese character counts as a word.
fn words(text: &str) -> usize {
    Regex::new(r"\p{Han}|[^\s\p{Han}]*[\p{L}\p{N}--\p{Han}][^\s\p{Han}]*").expect("a pattern").find_iter(text).count()
}

/// Returns the targets of links and pictures.
fn links(text: &str) -> Vec<String> {
    let pattern = Regex::new(r"\]\(([^)\s]+)\)").expect("a pattern");
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Returns the code in lines and in blocks of shell commands, without commands for cargo, python or pip.
fn commands(text: &str) -> Vec<String> {
    let inline = Regex::new(r"`([^`\n]+)`").expect("a pattern");
    let block = Regex::new(r"(?s)```sh\n(.*?)```").expect("a pattern");
    let spans = inline.captures_iter(text).map(|found| found[1].to_owned());
    let lines = block.captures_iter(text).flat_map(|found| found[1].lines().map(str::to_owned).collect::<Vec<_>>());
    let own = |code: String| match code.split_once("cargo run --release -- ") {
        Some((_, rest)) => Some(rest.to_owned()),
        None if ["cargo", "python", "pip", "build"].iter().any(|other| code.contains(other)) => None,
        None => Some(code),
    };
    spans.chain(lines).filter_map(own).collect()
}

/// Returns the names of the program's commands, and the help of all of them.
fn help() -> (Vec<String>, String) {
    let mut all = printed(&["--help"]);
    let listed = all.split("Commands:\n").nth(1).expect("a list of commands");
    let names: Vec<String> = listed
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    for name in &names {
        all.push_str(&printed(&["help", name]));
    }
    (names, all)
}

#[test]
fn a_first_visitor_reads_the_readme_to_the_end() {
    let words = words(&text("README.md"));
    assert!(words <= WORDS, "the README has {words} words");
}

#[test]
fn every_link_leads_to_a_file_of_the_repository() {
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document is UTF-8");
        for link in links(&text).into_iter().filter(|link| !link.contains("://") && !link.starts_with('#')) {
            let target = document.parent().expect("a folder").join(&link);
            let target =
                target.canonicalize().unwrap_or_else(|_| panic!("{}: {link} is not there", document.display()));
            let root = project("").canonicalize().expect("the repository");
            assert!(target.starts_with(root), "{}: {link} is outside the repository", document.display());
        }
    }
}

#[test]
fn the_readme_has_one_picture_and_it_is_small() {
    let pictures: Vec<String> = links(&text("README.md"))
        .into_iter()
        .filter(|link| Path::new(link).extension().is_some_and(|ending| ending == "png"))
        .collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    let bytes = fs::metadata(project(&pictures[0])).expect("the picture").len();
    assert!(bytes <= PICTURE, "{} has {bytes} bytes", pictures[0]);
}

#[test]
fn every_chapter_of_the_guide_is_in_its_contents_and_in_the_crate_documentation() {
    let (contents, modules) = (text("src/guide/README.md"), text("src/guide.rs"));
    for chapter in chapters() {
        let name = chapter.file_name().expect("a name").to_string_lossy().into_owned();
        if name != "README.md" {
            assert!(contents.contains(&format!("({name})")), "the contents lack {name}");
            assert!(modules.contains(&format!("guide/{name}")), "src/guide.rs lacks {name}");
        }
    }
}

#[test]
fn every_flag_that_a_document_names_is_explained_by_the_help() {
    let (_, help) = help();
    let flag = Regex::new(r"(?:^|[\s\[(])(--[a-z][a-z-]+)").expect("a pattern");
    let known: BTreeSet<&str> =
        flag.captures_iter(&help).filter_map(|found| found.get(1)).map(|m| m.as_str()).collect();
    for document in chapters().into_iter().chain([project("README.md")]) {
        let text = fs::read_to_string(&document).expect("a document is UTF-8");
        for code in commands(&text) {
            for named in flag.captures_iter(&code) {
                assert!(known.contains(&named[1]), "{}: nobody explains {} of {code}", document.display(), &named[1]);
            }
        }
    }
}

#[test]
fn every_command_stands_in_the_guide() {
    let (names, _) = help();
    let (guide, measuring) = (text("src/guide/commands.md"), text("src/guide/measuring.md"));
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        let command = format!("`yuanhua {name}");
        assert!(guide.contains(&command) || measuring.contains(&command), "the guide lacks {name}");
    }
}

/// The figures in the README must be those in the guide, which says how they were measured.
#[test]
fn the_figures_of_the_readme_stand_in_the_guide() {
    let (readme, guide) = (text("README.md"), text("src/guide/measuring.md"));
    let chinese = text("src/guide/zh.md");
    let row = |first: &str| -> Vec<String> {
        let found = guide.lines().find(|line| line.starts_with(&format!("| {first} |")));
        found.expect("a row").split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let names = row("transcript");
    let means = row("mean, with the judge");
    for wanted in ["hit@1", "hit@10", "false answers", "false refusals"] {
        let column = names.iter().position(|name| name == wanted).expect("a column");
        let share: f64 = means[column].parse().expect("a share");
        let percent = format!("| {:.0} % |", share * 100.0);
        assert!(readme.contains(&percent), "the README lacks {wanted} as {percent}");
        let percent = format!(" {:.0} % ", share * 100.0);
        if wanted.starts_with("false") {
            let told = readme.split("## 中文").nth(1).expect("a Chinese part");
            assert!(told.contains(&percent), "the README's Chinese part lacks {wanted} as{percent}");
            assert!(chinese.contains(&percent), "the Chinese guide lacks {wanted} as{percent}");
        }
    }
}
