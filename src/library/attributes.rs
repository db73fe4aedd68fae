//! `people.csv` beside the transcripts: what their owner knows of interviewees, as role, age group or
//! region. A row is told of whoever answers under its name, by the name that is shown: never of anybody
//! who withdrew, and never with a name that a pseudonym stands for. The file is only read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::place::LibraryLocation;
use super::sources::SourceStore;
use super::store::atomic_file::{self, LinkPolicy};
use super::withdrawals::Withdrawals;
use crate::error::Error;
use crate::text::find::folded;
use crate::text::sanitize;

/// The name of the file.
const FILE: &str = "people.csv";
/// Bytes, rows and columns that are read at most.
const MOST: u64 = 1 << 20;
const ROWS: usize = 5_000;
const COLUMNS: usize = 12;
/// What the column of names is called; otherwise it is the first.
const NAMES: [&str; 10] =
    ["name", "speaker", "interviewee", "participant", "who", "姓名", "名字", "受访者", "说话人", "发言人"];

/// What is told of people, by their folded names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes(HashMap<String, Vec<(String, String)>>);

/// Where the file of a folder is.
pub(crate) fn path(root: &Path) -> PathBuf {
    root.join(FILE)
}

/// Whether a file of this name holds attributes, and no transcript.
pub(crate) fn is_ours(name: &str) -> bool {
    name.eq_ignore_ascii_case(FILE)
}

impl Attributes {
    /// The attributes in a folder; none where there is no such file, or it cannot be read.
    pub(crate) fn of_folder(root: &Path, withdrawals: &Withdrawals) -> Self {
        let path = path(root);
        if std::fs::symlink_metadata(&path).is_err() {
            return Self::default();
        }
        match atomic_file::read(&path, MOST, LinkPolicy::Refused).and_then(|bytes| Self::read(&bytes, &path)) {
            Ok(mut read) => {
                for told in read.0.values_mut() {
                    told.retain(|(attribute, value)| !withdrawals.holds(attribute) && !withdrawals.holds(value));
                }
                read
            }
            Err(error) => {
                tracing::warn!("{error}");
                Self::default()
            }
        }
    }

    fn read(bytes: &[u8], path: &Path) -> Result<Self, Error> {
        let bad = |error: csv::Error| Error::Io { path: path.to_owned(), source: std::io::Error::other(error) };
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            // As a spreadsheet in Chinese saves it.
            Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
        };
        let first = text.lines().next().unwrap_or_default();
        let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| first.bytes().filter(|b| b == mark).count());
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).flexible(true).from_reader(text.as_bytes());
        let heads: Vec<String> = reader.headers().map_err(bad)?.iter().map(sanitize::short).collect();
        let names = heads.iter().position(|head| NAMES.contains(&folded(head).trim())).unwrap_or(0);
        let mut all: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for row in reader.records().take(ROWS) {
            let row = row.map_err(bad)?;
            let name = key(row.get(names).unwrap_or_default());
            if name.is_empty() {
                continue;
            }
            let told = all.entry(name).or_default();
            for (head, value) in heads.iter().zip(row.iter()).take(COLUMNS + 1) {
                let value = sanitize::short(value);
                let is_name = heads.get(names) == Some(head);
                if !is_name && !head.is_empty() && !value.is_empty() && !told.iter().any(|(known, _)| known == head) {
                    told.push((head.clone(), value));
                }
            }
        }
        Ok(Self(all))
    }

    /// What is told of somebody with these names.
    pub(crate) fn of<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> Vec<(String, String)> {
        names.into_iter().find_map(|name| self.0.get(&key(name))).cloned().unwrap_or_default()
    }
}

fn key(name: &str) -> String {
    folded(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl SourceStore {
    /// What the owner tells of people.
    pub(crate) fn attributes(&self) -> Attributes {
        match &self.place {
            LibraryLocation::Home(root) | LibraryLocation::Folder(root) => {
                Attributes::of_folder(root, &self.decided().1)
            }
            LibraryLocation::File(_) => Attributes::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Attributes {
        Attributes::read(text, Path::new(FILE)).expect("a table")
    }

    #[test]
    fn a_row_is_of_whoever_has_its_name_in_any_script_width_and_case() {
        let told = read("\u{feff}姓名,角色,地区\n王芳,主管,北京\nAnn Lee,Nurse,\n".as_bytes());
        let role = |name: &str| told.of([&name.to_owned()]);
        assert_eq!(role("王芳"), [("角色".to_owned(), "主管".to_owned()), ("地区".to_owned(), "北京".to_owned())]);
        assert_eq!(role("ａnn  lee"), [("角色".to_owned(), "Nurse".to_owned())]);
        assert!(role("Bob").is_empty());
    }

    #[test]
    fn the_column_of_names_may_stand_anywhere_and_other_marks_may_part_the_columns() {
        let told = read(b"role;name\nmanager;Ann\n;Bob\n");
        assert_eq!(told.of([&"Ann".to_owned()]), [("role".to_owned(), "manager".to_owned())]);
        assert!(told.of([&"Bob".to_owned()]).is_empty());
        let chinese = encoding_rs::GB18030.encode("姓名,角色\n王芳,主管\n").0.into_owned();
        assert_eq!(read(&chinese).of([&"王芳".to_owned()]).len(), 1, "as a spreadsheet in Chinese saves it");
        assert_eq!(read(b""), Attributes::default());
    }
}
