//! The entry points of outside data: bytes for a reader, words for the query box, an address, and each file that a folder
//! from a stranger may have. An entry point accepts data or refuses it. What it accepts must be sound.
//! The property tests and the targets of `cargo fuzz` share these functions.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use yuanhua::hash::sha256_hex;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SourceStore, TranscriptChange};
use yuanhua::retrieval::corpus::Corpus;
use yuanhua::retrieval::encoder::Encoder;
use yuanhua::search::quote::Permalink;
use yuanhua::search::{self, query};
use yuanhua::transcript::{self, ReadOptions};

/// The result of an entry point. The error says what is not sound about the data that it accepted.
pub(crate) type Checked = Result<(), String>;

fn ensure(holds: bool, what: &str) -> Checked {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// Gives bytes to a reader. Every span must lie in the text, and every problem must say something.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Checked {
    let Ok((transcript, problems)) = transcript::read_with("hostile", bytes, options) else { return Ok(()) };
    for (at, question, answer) in transcript.answers() {
        ensure(transcript.at(at).is_some(), "an answer has its place")?;
        ensure(question.span.of_text(transcript.text()).is_some(), "a question is of its text")?;
        for stretch in &answer.stretches {
            ensure(stretch.of_text(transcript.text()).is_some(), "an answer is of its text")?;
            let _ = transcript.line_of(stretch.start());
        }
    }
    ensure(problems.iter().all(|problem| !problem.problem.is_empty()), "a problem says something")
}

/// Asks a query, and then one that goes on from it. Every quote must be what its source says.
pub(crate) fn ask(corpus: &Corpus, first: &str, second: &str) -> Checked {
    let _ = query::read(first);
    let before = search::ask(corpus, first, search::SearchOptions::default()).ok();
    let options = search::SearchOptions { after: before.as_ref(), explain: true, ..search::SearchOptions::default() };
    match search::ask(corpus, second, options) {
        Ok(reply) => ensure(reply.quotes.iter().all(|quote| quote.check(corpus).is_ok()), "a quote is of its source"),
        Err(_) => Ok(()),
    }
}

/// Reads a permalink and looks it up. If it is valid, writing it and reading it again must give the same permalink.
pub(crate) fn permalink(corpus: &Corpus, written: &str) -> Checked {
    let Ok(link) = written.parse::<Permalink>() else { return Ok(()) };
    let _ = link.find(corpus);
    ensure(link.to_string().parse() == Ok(link), "a permalink is read as it is written")
}

/// A folder with decisions of people: a title, a pseudonym and withdrawals. A file beside it must stay untouched.
pub(crate) struct Decided {
    root: tempfile::TempDir,
    encoder: Arc<Encoder>,
    /// All files in the folder that are not transcripts, by their path.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// The start of the name of a file that holds cached vectors.
const CACHE: &str = ".yuanhua/vectors-";
/// The file that holds people's decisions.
pub(crate) const MANIFEST: &str = ".yuanhua/manifest.json";

const ONE: &str = "Host: Why do you work there?\nAnn: Because the harbour is near, and I like the boats.\nBob: No.\nHost: And?\nAnn: Yes.\n";

impl Decided {
    /// Makes the folder. It is deleted with this value.
    pub(crate) fn new(encoder: Arc<Encoder>) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let mut made = Self { root, encoder, files: Vec::new() };
        let folder = made.folder();
        fs::create_dir(&folder).expect("made");
        for (name, text) in
            [("one.txt", ONE), ("two.txt", "Q1.a?\nA1 b\n"), ("three.txt", "Q1.网费谁出?\nA1 公司出网费。\n")]
        {
            fs::write(folder.join(name), text).expect("written");
        }
        fs::write(made.root.path().join("victim.txt"), "mine").expect("written");
        let library = Library::open(opened(&folder).expect("it opens"), Arc::clone(&made.encoder)).expect("it opens");
        library.fill(|_| {}).expect("it fills");
        let sha256 =
            |name: &str| library.listing().items.iter().find(|item| item.name == name).expect("listed").sha256.clone();
        let (one, two) = (sha256("one"), sha256("two"));
        library.edit(&one, &TranscriptChange::Title("A title".into())).expect("changed");
        library
            .edit(&one, &TranscriptChange::Pseudonym { speaker: "Bob".into(), shown: "B.".into() })
            .expect("changed");
        library.withdraw(&one, Some("Ann")).expect("withdrawn");
        library.withdraw(&two, None).expect("withdrawn");
        drop(library);
        gather(&folder.join(".yuanhua"), ".yuanhua", &mut made.files);
        made.files.sort();
        made
    }

    /// The file that holds the cached vectors.
    pub(crate) fn cache(&self) -> &str {
        let found = self.files.iter().find(|(name, _)| name.starts_with(CACHE));
        &found.expect("a cache").0
    }

    /// Returns the path of the folder.
    pub(crate) fn folder(&self) -> std::path::PathBuf {
        self.root.path().join("folder")
    }

    /// Opens the folder with some files as a stranger would have them, and the others as they were. The folder is
    /// opened or refused, and nothing outside may be touched.
    pub(crate) fn with(&self, changed: &[(&str, &[u8])]) -> Checked {
        let own = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        for (name, bytes) in own.chain(changed.iter().copied()) {
            let path = self.folder().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        let opened = opened(&self.folder()).and_then(|store| Library::open(store, Arc::clone(&self.encoder)));
        // A damaged cache is made anew. Everything else is as it was.
        let only_cache = changed.iter().all(|(name, _)| *name == self.cache());
        ensure(!only_cache || opened.is_ok(), "a cache is no reason not to open")?;
        if let Ok(library) = opened
            && library.fill(|_| {}).is_ok()
        {
            // Somebody who can write decisions may decide. A cache decides nothing.
            let corpus = library.corpus().load_full();
            let said = corpus.transcripts.iter().any(|transcript| transcript.text().contains("the harbour is near"));
            ensure(
                !only_cache || !said && corpus.transcripts.len() == 2,
                "what was withdrawn stays so, and all else is here",
            )?;
        }
        let victim = fs::read(self.root.path().join("victim.txt")).unwrap_or_default();
        ensure(victim == b"mine", "what is outside stays as it is")?;
        ensure(self.folder().join("one.txt").exists(), "an owner's file stays")
    }
}

fn gather(folder: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{name}/{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            gather(&path, &name, files);
        } else {
            files.push((name, fs::read(&path).expect("read")));
        }
    }
}

fn opened(folder: &Path) -> Result<SourceStore, yuanhua::error::Error> {
    SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
}

/// Returns a manifest whose content a stranger changed and sealed again.
pub(crate) fn sealed_again(manifest: &[u8], changed: impl Fn(Vec<u8>) -> Vec<u8>) -> Option<Vec<u8>> {
    let all = compact(std::str::from_utf8(manifest).ok()?);
    let library = all.split_once("\"library\":")?.1.strip_suffix('}')?;
    let now = String::from_utf8(changed(library.as_bytes().to_vec())).ok()?;
    Some(format!("{{\"sha256\":\"{}\",\"library\":{now}}}", sha256_hex(&[now.as_bytes()])).into_bytes())
}

/// Returns a manifest that vouches for a changed file of marks, sealed as a stranger would seal it.
pub(crate) fn vouching(manifest: &[u8], before: &[u8], after: &[u8]) -> Option<Vec<u8>> {
    let (before, after) = (sha256_hex(&[before]), sha256_hex(&[after]));
    sealed_again(manifest, |library| String::from_utf8_lossy(&library).replace(&before, &after).into_bytes())
}

/// Returns JSON without white space outside strings.
fn compact(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = json.chars().filter(|c| {
        let keep = quoted || !c.is_whitespace();
        quoted ^= *c == '"' && !escaped;
        escaped = quoted && *c == '\\' && !escaped;
        keep
    });
    kept.collect()
}
