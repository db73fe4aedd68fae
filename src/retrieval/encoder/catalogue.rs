//! An encoder of fastembed's catalogue, downloaded by fastembed on first use. Only this file uses a
//! network.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use fastembed::{EmbeddingModel, TextEmbedding, TextInitOptions};

use super::choice::short;
use super::sessions::MAX_TOKENS;
use crate::error::Error;
use crate::hash::sha256_hex;

/// The interval between progress lines of a download without a terminal.
const TELL_EVERY: Duration = Duration::from_secs(5);
/// The default source of fastembed, unless `HF_ENDPOINT` names another.
const HUB: &str = "the Hugging Face hub";

/// A model of the catalogue and where it is kept.
#[derive(Clone)]
pub(super) struct CachedModel {
    model: EmbeddingModel,
    code: String,
    file: String,
    /// The folder of all fetched models.
    cache: PathBuf,
    /// The value of `HF_ENDPOINT`.
    endpoint: Option<String>,
}

impl CachedModel {
    /// A model of the catalogue, in a folder of fetched models.
    pub(super) fn new(model: EmbeddingModel, cache: &Path, endpoint: Option<String>) -> Result<Self, Error> {
        let info = TextEmbedding::get_model_info(&model).map_err(|error| Error::Encoder(error.to_string()))?;
        let (code, file) = (info.model_code.clone(), info.model_file.clone());
        Ok(Self { model, code, file, cache: cache.to_owned(), endpoint })
    }

    /// Downloads missing files, checks them and loads the model.
    ///
    /// # Errors
    /// [`Error::EncoderFetch`] when it cannot be fetched. [`Error::EncoderDamaged`] when a file differs
    /// from what the hub announced. [`Error::Encoder`] when it cannot be run.
    pub(super) fn fetch(&self) -> Result<TextEmbedding, Error> {
        if self.path(&self.file).is_none() {
            let (name, from) = (short(&self.code), self.from());
            tracing::info!("fetching the encoder {name} from {from} into {}; once only", self.cache.display());
        }
        let loaded = self.telling(|| self.load());
        // A damaged file may load.
        if let Some(file) = self.damaged() {
            return Err(Error::EncoderDamaged { file });
        }
        loaded
    }

    /// Loads what [`CachedModel::fetch`] has fetched.
    pub(super) fn load(&self) -> Result<TextEmbedding, Error> {
        let options = TextInitOptions::new(self.model.clone())
            .with_cache_dir(self.cache.clone())
            .with_max_length(MAX_TOKENS)
            .with_show_download_progress(std::io::stderr().is_terminal());
        TextEmbedding::try_new(options).map_err(|error| {
            let reason = chain(&error);
            match error {
                fastembed::Error::ModelRetrieval { .. } => self.not_fetched(reason),
                _ if reason.contains("API error") => self.not_fetched(reason),
                _ => Error::Encoder(reason),
            }
        })
    }

    /// A name for its vectors: the hash of what makes them.
    pub(super) fn fingerprint(&self) -> Result<String, Error> {
        let read = |file: &str| {
            let path = self.path(file).unwrap_or_else(|| self.cache.join(file));
            fs::read(&path).map_err(|source| Error::Io { path, source })
        };
        Ok(sha256_hex(&[&read(&self.file)?, &read("tokenizer.json")?]))
    }

    fn not_fetched(&self, reason: String) -> Error {
        Error::EncoderFetch { name: short(&self.code).to_owned(), from: self.from(), reason, cache: self.cache.clone() }
    }

    fn from(&self) -> String {
        self.endpoint.clone().unwrap_or_else(|| HUB.to_owned())
    }

    fn home(&self) -> PathBuf {
        self.cache.join(format!("models--{}", self.code.replace('/', "--")))
    }

    /// Where a fetched file is.
    fn path(&self, file: &str) -> Option<PathBuf> {
        let commit = fs::read_to_string(self.home().join("refs").join("main")).ok()?;
        let path = self.home().join("snapshots").join(commit.trim()).join(file);
        path.is_file().then_some(path)
    }

    /// The first file whose content is not what the hub announced. It names large
    /// files by their SHA-256, and the downloader keeps them under that name.
    fn damaged(&self) -> Option<PathBuf> {
        [self.file.as_str(), "tokenizer.json"].into_iter().find_map(|file| {
            let kept = fs::canonicalize(self.path(file)?).ok()?;
            let announced = kept.file_name()?.to_string_lossy().into_owned();
            let is_sha256 = announced.len() == 64 && announced.chars().all(|c| c.is_ascii_hexdigit());
            (is_sha256 && sha256_hex(&[&fs::read(&kept).ok()?]) != announced.to_lowercase()).then_some(kept)
        })
    }

    /// Runs a task that may fetch, and reports its progress now and then.
    fn telling<T>(&self, fetch: impl FnOnce() -> T) -> T {
        if std::io::stderr().is_terminal() {
            return fetch();
        }
        let (done, waiting) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                let mut last = self.bytes();
                while waiting.recv_timeout(TELL_EVERY) == Err(RecvTimeoutError::Timeout) {
                    let now = self.bytes();
                    if now > last {
                        tracing::info!("fetching the encoder {}: {} MB so far", short(&self.code), now / 1_000_000);
                        last = now;
                    }
                }
            });
            let fetched = fetch();
            drop(done);
            fetched
        })
    }

    /// Bytes fetched so far.
    fn bytes(&self) -> u64 {
        let files = fs::read_dir(self.home().join("blobs")).into_iter().flatten().flatten();
        files.filter_map(|file| Some(file.metadata().ok()?.len())).sum()
    }
}

/// An error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        let words = source.to_string();
        if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        cause = source.source();
    }
    told
}
