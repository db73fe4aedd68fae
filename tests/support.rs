//! Helpers that several tests need.

pub(crate) mod entry_points;
#[cfg(feature = "catalogue")]
pub(crate) mod hub;
pub(crate) mod json_schema;
pub(crate) mod library;
pub(crate) mod seekdb;
pub(crate) mod site;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns a path inside the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns the number of cases that a slow test tries: the value of `YUANHUA_CASES`, or `usual`.
pub(crate) fn cases(usual: u32) -> u32 {
    std::env::var("YUANHUA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// Returns a command for the real binary, apart from the settings and data of the person who tests.
pub(crate) fn binary() -> Command {
    let mut binary = Command::new(env!("CARGO_BIN_EXE_yuanhua"));
    let nowhere = std::env::temp_dir().join("yuanhua-tests-have-no-home");
    binary
        .env_remove("YUANHUA_DATA")
        .env_remove("YUANHUA_STORE")
        .env("XDG_DATA_HOME", &nowhere)
        .env("XDG_CACHE_HOME", nowhere);
    binary
}

/// Runs the real binary.
pub(crate) fn yuanhua(args: &[&str]) -> Output {
    binary().args(args).output().expect("the binary runs")
}

/// Returns what the binary printed. The binary must succeed.
pub(crate) fn printed(args: &[&str]) -> String {
    let output = yuanhua(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

/// Returns what the binary complained of. The binary must fail.
pub(crate) fn complaint(args: &[&str]) -> String {
    let output = yuanhua(args);
    assert_eq!(output.status.code(), Some(1), "{args:?} should fail without a panic");
    let said = String::from_utf8(output.stderr).expect("it prints UTF-8");
    assert!(!said.contains("panicked"), "{said}");
    said
}
