//! What the owner knows of interviewees, such as role, age group or region. It is typed on the library
//! page, or stands in `people.csv` beside the transcripts. A row of the file is about everybody who
//! answers under its name or under another name that it gives. People who withdrew have no attributes,
//! and a pseudonym has no other names. The file is only read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::store::atomic_file::{self, LinkPolicy};
use super::withdrawals::Withdrawals;
use crate::error::Error;
use crate::text::find::folded;
use crate::text::sanitize;

/// The name of the file.
const FILE: &str = "people.csv";
/// The most bytes, rows and columns that are read.
const MAX_BYTES: u64 = 1 << 20;
const ROWS: usize = 5_000;
const COLUMNS: usize = 12;
/// Names of the column of names. Otherwise it is the first column.
const NAMES: [&str; 10] =
    ["name", "speaker", "interviewee", "participant", "who", "姓名", "名字", "受访者", "说话人", "发言人"];

/// Names of the column with other names of a person. Several are separated.
const ALIASES: [&str; 10] =
    ["alias", "aliases", "also known as", "aka", "other names", "别名", "又名", "别称", "化名", "英文名"];
const SEPARATORS: [char; 8] = [';', '；', '、', '|', '/', ',', '，', '\n'];

/// What is known of people, by their folded names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes(HashMap<String, Arc<Known>>);

/// What is known of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Names of attributes and their values.
    pub(crate) attributes: Vec<(String, String)>,
    /// All their names.
    pub(crate) names: Vec<String>,
}

impl Known {
    fn add(&mut self, attribute: &str, value: &str) {
        let (attribute, value) = (sanitize::short(attribute), sanitize::short(value));
        if attribute.is_empty() || value.is_empty() {
            return;
        }
        if is_alias(&attribute) {
            let names = value.split(SEPARATORS).map(str::trim).filter(|name| !name.is_empty());
            self.names.extend(names.map(str::to_owned));
        } else if !self.attributes.iter().any(|(known, _)| *known == attribute) {
            self.attributes.push((attribute, value));
        }
    }
}

fn is_alias(attribute: &str) -> bool {
    ALIASES.contains(&folded(attribute).trim())
}

/// Attributes as somebody typed them: without empty ones, each once.
pub(crate) fn typed(given: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (attribute, value) in given {
        let (attribute, value) = (sanitize::short(&attribute), sanitize::short(&value));
        let known = kept.iter().any(|(name, _)| *name == attribute);
        if !attribute.is_empty() && !value.is_empty() && !known && kept.len() < COLUMNS {
            kept.push((attribute, value));
        }
    }
    kept
}

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
        match atomic_file::read(&path, MAX_BYTES, LinkPolicy::Refused).and_then(|bytes| Self::read(&bytes, &path)) {
            Ok(mut read) => {
                for known in read.0.values_mut() {
                    let known = Arc::make_mut(known);
                    known
                        .attributes
                        .retain(|(name, value)| !withdrawals.tells_of(name) && !withdrawals.tells_of(value));
                    known.names.retain(|name| !withdrawals.names(name));
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
        let mut all: HashMap<String, Arc<Known>> = HashMap::new();
        let mut aliases = Vec::new();
        for row in reader.records().take(ROWS) {
            let row = row.map_err(bad)?;
            let name = sanitize::short(row.get(names).unwrap_or_default());
            if key(&name).is_empty() {
                continue;
            }
            let known = Arc::make_mut(all.entry(key(&name)).or_default());
            known.names.push(name.clone());
            let cells = heads.iter().zip(row.iter()).take(COLUMNS + 1).enumerate().filter(|(at, _)| *at != names);
            for (_, (head, value)) in cells {
                known.add(head, value);
            }
            aliases.push(key(&name));
        }
        for name in aliases {
            let Some(known) = all.get(&name).cloned() else { continue };
            for other in &known.names {
                // A row of its own counts before another name in somebody's row.
                all.entry(key(other)).or_insert_with(|| Arc::clone(&known));
            }
        }
        Ok(Self(all))
    }

    /// What is known of somebody with these names. `typed` counts before the file.
    pub(crate) fn of<'a>(&self, names: impl IntoIterator<Item = &'a String>, typed: &[(String, String)]) -> Known {
        let mut known = Known::default();
        for (attribute, value) in typed {
            known.add(attribute, value);
        }
        let row = names.into_iter().find_map(|name| self.0.get(&key(name)));
        for (attribute, value) in row.iter().flat_map(|row| &row.attributes) {
            known.add(attribute, value);
        }
        known.names.extend(row.iter().flat_map(|row| row.names.iter().cloned()));
        known
    }
}

fn key(name: &str) -> String {
    folded(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Attributes {
        Attributes::read(text, Path::new(FILE)).expect("a table")
    }

    fn of(told: &Attributes, name: &str) -> Known {
        told.of([&name.to_owned()], &[])
    }

    #[test]
    fn a_row_is_about_everybody_who_has_its_name_in_any_script_width_and_case() {
        let told = read("\u{feff}姓名,角色,地区\n王芳,主管,北京\nAnn Lee,Nurse,\n".as_bytes());
        let role = |name: &str| of(&told, name).attributes;
        assert_eq!(role("王芳"), [("角色".to_owned(), "主管".to_owned()), ("地区".to_owned(), "北京".to_owned())]);
        assert_eq!(role("ａnn  lee"), [("角色".to_owned(), "Nurse".to_owned())]);
        assert!(role("Bob").is_empty());
    }

    #[test]
    fn the_column_of_names_may_stand_anywhere_and_other_marks_may_separate_the_columns() {
        let told = read(b"role;name\nmanager;Ann\n;Bob\n");
        assert_eq!(of(&told, "Ann").attributes, [("role".to_owned(), "manager".to_owned())]);
        assert!(of(&told, "Bob").attributes.is_empty());
        let chinese = encoding_rs::GB18030.encode("姓名,角色\n王芳,主管\n").0.into_owned();
        assert_eq!(of(&read(&chinese), "王芳").attributes.len(), 1, "as a spreadsheet in Chinese saves it");
        assert_eq!(read(b""), Attributes::default());
    }

    #[test]
    fn a_person_is_found_by_each_of_their_names() {
        let told = read("name,alias,role\n唐凤,Audrey Tang; Autrijus,minister\nAutrijus,,bird\n".as_bytes());
        for name in ["唐鳳", "audrey tang"] {
            let known = of(&told, name);
            assert_eq!(known.names, ["唐凤", "Audrey Tang", "Autrijus"], "{name}");
            assert_eq!(known.attributes, [("role".to_owned(), "minister".to_owned())], "{name}");
        }
        assert_eq!(of(&told, "Autrijus").attributes[0].1, "bird", "a row of its own counts first");
    }

    #[test]
    fn what_was_typed_counts_before_the_file() {
        let told = read(b"name,role,age\nAnn,manager,40s\n");
        let typed = typed(vec![
            ("role".into(), " nurse ".into()),
            ("role".into(), "doctor".into()),
            ("alias".into(), "Annie、Nan".into()),
            (String::new(), "x".into()),
        ]);
        let known = told.of([&"Ann".to_owned()], &typed);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(known.attributes, [pair("role", "nurse"), pair("age", "40s")]);
        assert_eq!(known.names, ["Annie", "Nan", "Ann"]);
    }
}
