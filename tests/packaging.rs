//! Checks that what packages hold agrees with the program: its options, commands and pages.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;

use crate::support::{printed, project, yuanhua};

fn text(path: &str) -> String {
    fs::read_to_string(project(path)).expect("a text of the project")
}

fn found(pattern: &str, text: &str) -> BTreeSet<String> {
    Regex::new(pattern).expect("a pattern").captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Returns the names of the commands, without `help`.
fn commands() -> Vec<String> {
    let help = printed(&["--help"]);
    let listed =
        help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of commands");
    let names =
        listed.lines().filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn unit_and_image_set_only_variables_that_the_program_reads() {
    let help = printed(&["--help"]);
    for file in [".packaging/yuanhua.service", ".packaging/default", ".packaging/Containerfile"] {
        let variables = found(r"(YUANHUA_[A-Z_]+)", &text(file));
        assert!(!variables.is_empty(), "{file}");
        for variable in variables {
            assert!(help.contains(&variable), "{file}: nobody explains {variable}");
        }
    }
}

#[test]
fn unit_and_image_run_commands_that_exist() {
    let unit = text(".packaging/yuanhua.service");
    let started = found(r"(?m)^ExecStart=/usr/bin/yuanhua (.+)$", &unit);
    assert_eq!(started.into_iter().collect::<Vec<_>>(), ["serve"]);
    let image = text(".packaging/Containerfile");
    let lists = found(r"(?m)(?:CMD|ENTRYPOINT) (\[.+\])$", &image);
    assert_eq!(lists.len(), 3, "{lists:?}");
    let commands = commands();
    for list in lists {
        let words: Vec<String> = serde_json::from_str(&list).expect("an image lists words as JSON");
        let mut own = words.into_iter().filter(|word| word != "yuanhua");
        let Some(command) = own.next() else { continue };
        assert!(commands.contains(&command), "there is no command {command}");
        let help = printed(&["help", &command]);
        for flag in own {
            assert!(help.contains(&flag), "{command} does not know {flag}");
        }
    }
}

/// Without a home the program knows no folder of the user, and would write into its working directory.
#[test]
fn unit_and_image_give_the_library_a_place() {
    let set = |file: &str, name: &str| text(file).lines().any(|line| line.contains(name));
    for (file, home, data) in [
        (".packaging/yuanhua.service", "HOME=%S/yuanhua ", "XDG_DATA_HOME=%S "),
        (".packaging/Containerfile", "HOME=/data ", "XDG_DATA_HOME=/data "),
    ] {
        assert!(set(file, home) && set(file, data), "{file}");
    }
}

/// A container has no other client for its health check.
#[test]
fn nobody_at_an_address_is_not_healthy() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port().to_string();
    drop(free);
    let output = yuanhua(&["doctor", "--running", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).expect("text");
    assert!(told.contains("FAIL") && told.contains("yuanhua serve opens it"), "{told}");
}

#[test]
fn every_command_has_a_man_page_that_tells_all_its_options() {
    let folder = tempfile::tempdir().expect("a folder");
    printed(&["man", "--into", &folder.path().display().to_string()]);
    let commands = commands();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let page = fs::read_to_string(folder.path().join(format!("yuanhua-{command}.1"))).expect("a page");
        let page = page.replace('\\', "");
        let flags = found(r"(?m)^ +(?:-[a-zA-Z], )?(--[a-z-]+)", &printed(&["help", &command]));
        assert!(!flags.is_empty(), "{command}");
        for flag in flags {
            assert!(page.contains(&flag), "the page of {command} lacks {flag}");
        }
    }
}

#[test]
fn every_shell_completes_every_command() {
    let commands = commands();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell}: {command}");
        }
    }
}

#[test]
fn the_release_builds_every_target_that_is_planned_with_the_planned_tool() {
    let (manifest, release) = (text("Cargo.toml"), text(".github/workflows/release.yml"));
    let planned = manifest.split("targets = [").nth(1).and_then(|rest| rest.split(']').next()).expect("targets");
    assert_eq!(found(r#""([a-z0-9_-]+)""#, planned), found(r"target: ([a-z0-9_-]+),", &release));
    assert_eq!(found(r#"cargo-dist-version = "(.+)""#, &manifest), found(r#"CARGO_DIST: "(.+)""#, &release));
}

#[test]
fn everything_that_the_debian_package_takes_from_the_tree_is_there() {
    let manifest = text("Cargo.toml");
    let assets = manifest.split("assets = [").nth(1).and_then(|rest| rest.split("\n]").next()).expect("assets");
    let sources = found(r#"(?m)^ +\["([^"]+)""#, assets);
    assert!(sources.len() > 5, "{sources:?}");
    let made = |source: &String| source.starts_with("target/");
    for source in sources.iter().filter(|source| !made(source)) {
        let folder = source.split('*').next().expect("a path");
        assert!(project(folder).exists(), "{source} is not there");
    }
    let generate = text(".packaging/generate");
    for name in sources.iter().filter_map(|source| source.strip_prefix("target/packaging/completions/")) {
        assert!(generate.contains(name), "nobody makes {name}");
    }
}
