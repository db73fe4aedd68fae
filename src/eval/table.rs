//! A folder of labelled sets → one table: BM25, each signal alone, and both together as shipped. The
//! table in `src/guide/measuring.md` is its output.
//!
//! A set is a file `NAME.jsonl` of queries over the transcripts, or a folder with `passages.jsonl` and
//! `queries.jsonl`. Folders `X_zh` and `X_en` whose queries have the same ids are crossed: the queries
//! of one over the passages of the other.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::measure::{LabelledIndex, answer_ids, measure, passage_index};
use super::metrics::{self, Figure, Figures, QueryOutcome};
use super::rows::{self, LabelledQuery};
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::Encoder;
use crate::search::RankingSignals;

/// The systems compared by hit@1, in the order of the columns. The last is shipped.
const SYSTEMS: [RankingSignals; 4] =
    [RankingSignals::Plain, RankingSignals::Lexical, RankingSignals::Dense, RankingSignals::Fused];
const HEADER: &str = "\
| set | queries | BM25: hit@1 | words: hit@1 | meaning: hit@1 | **together: hit@1** | hit@10 (BM25) | nDCG@10 (BM25) \
| AUROC | false answers | false refusals |\n|---|---|---|---|---|---|---|---|---|---|---|";

/// Measures every set of a folder and prints a Markdown table, set by set.
pub(super) fn print(
    folder: &Path,
    encoder: Encoder,
    corpus: impl FnOnce(Encoder) -> Result<Arc<Corpus>, Error>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let (files, folders) = sets(folder)?;
    writeln!(out, "{HEADER}")?;
    for set in &folders {
        let passages = rows::read(&set.join("passages.jsonl"))?;
        let (index, ids) = passage_index(&passages, &encoder)?;
        let over = LabelledIndex { index: &index, encoder: &encoder, ids: &ids };
        let queries: Vec<LabelledQuery> = rows::read(&set.join("queries.jsonl"))?;
        print_set(&name(set), &over, &queries, out)?;
        if let Some(other) = other_language(set, &folders) {
            let crossed: Vec<LabelledQuery> = rows::read(&other.join("queries.jsonl"))?;
            let known: HashSet<&str> = queries.iter().map(|query| query.id.as_str()).collect();
            if crossed.iter().all(|query| known.contains(query.id.as_str())) {
                print_set(&format!("{} → {}", name(&other), name(set)), &over, &crossed, out)?;
            }
        }
    }
    if !files.is_empty() {
        let corpus = corpus(encoder)?;
        let ids = answer_ids(&corpus);
        let over = LabelledIndex { index: &corpus.index, encoder: &corpus.encoder, ids: &ids };
        for file in &files {
            print_set(&name(file), &over, &rows::read::<LabelledQuery>(file)?, out)?;
        }
    }
    Ok(())
}

/// The files and the folders that are sets, by name.
fn sets(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Error> {
    let failed = |source: io::Error| Error::Io { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries.map(|entry| Ok(entry.map_err(failed)?.path())).collect::<Result<Vec<_>, Error>>()?;
    paths.sort();
    let is_file = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "jsonl");
    let is_folder = |path: &PathBuf| path.join("passages.jsonl").is_file() && path.join("queries.jsonl").is_file();
    Ok((paths.iter().filter(|path| is_file(path)).cloned().collect(), paths.into_iter().filter(is_folder).collect()))
}

fn name(set: &Path) -> String {
    set.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn other_language(set: &Path, folders: &[PathBuf]) -> Option<PathBuf> {
    let own = name(set);
    let other = own
        .strip_suffix("_zh")
        .map(|stem| format!("{stem}_en"))
        .or_else(|| own.strip_suffix("_en").map(|stem| format!("{stem}_zh")))?;
    folders.iter().find(|folder| name(folder) == other).cloned()
}

fn print_set(
    set: &str,
    over: &LabelledIndex<'_>,
    queries: &[LabelledQuery],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let measured: Vec<Figures> = SYSTEMS
        .into_iter()
        .map(|using| {
            let outcomes = measure(over, queries, using, false)?;
            Ok(metrics::figures(&outcomes.iter().collect::<Vec<&QueryOutcome>>()))
        })
        .collect::<anyhow::Result<_>>()?;
    let figure = |system: usize, wanted: &str| {
        let named = measured[system].named();
        named.into_iter().find_map(|(name, figure)| if name == wanted { figure } else { None })
    };
    let shipped = SYSTEMS.len() - 1;
    let beside = |name| match (figure(shipped, name), figure(0, name)) {
        (Some(own), Some(yardstick)) => format!("{} ({})", short(own.value), short(yardstick.value)),
        _ => "–".to_owned(),
    };
    let whole = |system, name| figure(system, name).map_or_else(|| "–".to_owned(), in_words);
    let mut cells = vec![set.to_owned(), queries.len().to_string()];
    cells.extend((0..SYSTEMS.len()).map(|system| whole(system, "hit@1")));
    cells.extend(["hit@10", "nDCG@10"].map(beside));
    cells.extend(["AUROC", "false-answer rate", "false-refusal rate"].map(|name| whole(shipped, name)));
    writeln!(out, "| {} |", cells.join(" | "))?;
    out.flush()?;
    Ok(())
}

fn in_words(figure: Figure) -> String {
    format!("{} [{}, {}]", short(figure.value), short(figure.low), short(figure.high))
}

/// Two digits without the leading zero.
fn short(value: f64) -> String {
    let digits = format!("{value:.2}");
    digits.strip_prefix('0').map_or(digits.clone(), str::to_owned)
}
