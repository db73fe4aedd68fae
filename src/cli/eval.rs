//! `yuanhua eval`: measures retrieval and verdicts on labelled queries.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::open_library::LibraryOptions;
use crate::eval::{self, EvalOptions};
use crate::search::RankingSignals;

/// Arguments of `eval`.
#[derive(Debug, Args)]
pub(super) struct EvalCommand {
    /// Labelled queries, a folder of such sets, or a folder of labelled transcripts
    ///
    /// A file has one JSON object a line: {"id": "1", "lang": "en", "query": "…", "relevant": {"Q1.A2": 2}}. An answer of one
    /// transcript is called Q1.A2, of several name:Q1.A2. An empty "relevant" says that nobody said it; "lang" is optional.
    ///
    /// A folder of sets holds such files, and folders with queries.jsonl and passages.jsonl. The output is a table.
    ///
    /// A folder of transcripts holds NAME.labels.jsonl beside NAME.md (or any other ending). A row is {"id": "1", "lang": "en",
    /// "kind": "…", "query": "…", "relevant": [{"line": 12, "starts": "first words", "grade": 2}]}. "line" counts the lines of the file
    /// from 1. The output has verdict figures, transcript by transcript.
    queries: PathBuf,
    /// Search these passages instead of the transcripts: one {"id": "…", "text": "…"} a line
    #[arg(long, value_name = "FILE")]
    passages: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// Search as a large library is searched before it is read closely; for a folder of labelled transcripts
    #[arg(long)]
    provisional: bool,
    /// The signals to rank by
    #[arg(long, value_enum, default_value_t = UsingArg::Fused)]
    using: UsingArg,
    /// Print the ranking and signals of every query before the figures, one JSON object a line
    #[arg(long)]
    trace: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UsingArg {
    /// Meaning and words together, as shipped
    Fused,
    /// Vectors alone
    Dense,
    /// Words alone, with their translations and synonyms
    Lexical,
    /// Plain BM25 over pairs of characters and Latin words, for comparison
    Plain,
}

impl From<UsingArg> for RankingSignals {
    fn from(using: UsingArg) -> Self {
        match using {
            UsingArg::Fused => Self::Fused,
            UsingArg::Dense => Self::Dense,
            UsingArg::Lexical => Self::Lexical,
            UsingArg::Plain => Self::Plain,
        }
    }
}

impl EvalCommand {
    pub(super) fn run(&self, library: &LibraryOptions) -> anyhow::Result<()> {
        let Self { json, provisional, trace, .. } = *self;
        let (queries, passages) = (self.queries.as_path(), self.passages.as_deref());
        let options = EvalOptions { queries, passages, json, provisional, using: self.using.into(), trace };
        let open = |encoder| Ok(library.to_ask_with(|| Ok(encoder))?.corpus().load_full());
        eval::run(&options, library.encoder()?, open)
    }
}
