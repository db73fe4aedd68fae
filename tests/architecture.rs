//! Tests of the house rules that a compiler does not check.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("src/build.rs") {
                // Cargo runs this file before it compiles the program. It is not part of the program.
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                files.push((path, text));
            }
        }
    }
    files
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("under src");
    let first = inside.components().next().expect("a file").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The top-level modules ("rooms") in the order of their dependencies. Each may use only those after it.
const ORDER: [&str; 22] = [
    "main",
    "cli",
    "web",
    "mcp",
    "api",
    "verify",
    "eval",
    "saved",
    "export",
    "disclosure",
    "search",
    "library",
    "retrieval",
    "transcript",
    "restore",
    "text",
    "hash",
    "lock",
    "terminal",
    "config",
    "error",
    "guide",
];
/// Pairs of modules that must not use each other, although the order would allow it.
const APART: [(&str, &str); 2] = [("search", "library"), ("library", "search")];
/// The uses against the order that remain for now: a file, and the module that it uses.
const STILL: [(&str, &str); 1] = [("corpus.rs", "library")];

#[test]
fn dependencies_point_one_way() {
    for (path, text) in sources() {
        let from = room(&path);
        if from == "lib" || path.ends_with("tests.rs") {
            continue;
        }
        let own =
            ORDER.iter().position(|room| *room == from).unwrap_or_else(|| panic!("{from} has no place in the order"));
        for used in text.lines().filter_map(|line| line.trim().strip_prefix("use crate::")) {
            let names: Vec<&str> = match used.strip_prefix('{') {
                Some(group) => group.trim_end_matches(['}', ';']).split(", ").collect(),
                None => vec![used],
            };
            for name in names {
                let to = name.split([':', ';', ',']).next().unwrap_or_default().trim();
                let theirs = ORDER
                    .iter()
                    .position(|room| *room == to)
                    .unwrap_or_else(|| panic!("{to} has no place in the order"));
                let open_to_all = ["config", "error"].contains(&to);
                let still = STILL.iter().any(|(file, used)| path.ends_with(file) && *used == to);
                assert!(theirs >= own || open_to_all || still, "{} uses {to}, which is above it", path.display());
                assert!(!APART.contains(&(from.as_str(), to)), "{from} must not know {to}");
            }
        }
    }
}

/// Other people's text must not control a terminal. One module writes all text and makes it harmless.
#[test]
fn only_one_module_writes_to_a_terminal() {
    for (path, text) in sources() {
        // `terminal.rs` is that module. `open_library.rs` draws a progress bar, which holds only our own numbers.
        let exempt =
            ["terminal.rs", "open_library.rs"].iter().any(|name| path.ends_with(name)) || path.ends_with("tests.rs");
        let inside = path.components().any(|part| part.as_os_str() == "tests");
        for line in text.lines().filter(|_| !exempt && !inside) {
            let writes =
                ["println!(", "print!(", "io::stdout()", "io::stderr()"].iter().any(|door| line.contains(door));
            assert!(!writes || line.contains("is_terminal"), "{}: {line}", path.display());
        }
    }
}

#[test]
fn each_engine_is_named_in_one_module_only() {
    let engines = [
        ("fastembed", "retrieval/encoder"),
        ("ort", "retrieval/encoder"),
        ("hnsw_rs", "retrieval/vectors"),
        ("tantivy", "retrieval/lexical"),
        ("redb", "library/store"),
        ("rmcp", "mcp"),
    ];
    for (engine, home) in engines {
        for (path, text) in sources() {
            let uses = text.lines().any(|line| {
                line.trim_start().starts_with(&format!("use {engine}::")) || line.contains(&format!(" {engine}::"))
            });
            let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("under src");
            let at_home = inside.with_extension("").starts_with(home);
            assert!(!uses || at_home, "{} names {engine}", path.display());
        }
    }
}

#[test]
fn modules_with_children_are_files_beside_their_folders() {
    for (path, _) in sources() {
        assert!(!path.ends_with("mod.rs"), "{} should be a file beside its folder", path.display());
    }
}

#[test]
fn every_source_file_says_why_it_exists() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!") || path.ends_with("tests.rs"), "{} does not open with //!", path.display());
    }
}

/// A public type name has one meaning in the whole source tree.
#[test]
fn no_two_types_that_others_see_have_one_name() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources() {
        for line in text.lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if words.any(|word| ["struct", "enum", "trait", "type"].contains(&word)) {
                let name = words.next().unwrap_or_default().to_owned();
                homes.entry(name).or_default().push(path.display().to_string());
            }
        }
    }
    assert!(homes.len() > 200, "the types are found");
    homes.retain(|_, homes| homes.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}

#[test]
fn no_source_file_outgrows_a_reader() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500 || path.ends_with("tests.rs"), "{} has {lines} lines", path.display());
    }
}
