//! Files of labelled rows, one JSON object a line.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::search::Ranked;

/// A query and the answers that speak to it.
#[derive(Debug, Deserialize)]
pub(super) struct LabelledQuery {
    pub(super) id: String,
    pub(super) query: String,
    pub(super) lang: Option<String>,
    /// Grade by answer: 2 speaks to it, 1 touches it. It is empty if nobody said it.
    pub(super) relevant: HashMap<String, u32>,
}

/// A passage to search.
#[derive(Debug, Deserialize)]
pub(super) struct PassageRow {
    pub(super) id: String,
    pub(super) text: String,
    /// The question that it answers, if known.
    pub(super) question: Option<String>,
}

/// Every row of a file. Blank lines are skipped.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|error| Error::BadRow {
                path: path.to_owned(),
                line: index + 1,
                reason: error.to_string(),
            })
        })
        .collect()
}

/// The most answers of a ranking that are traced. The right one is seldom later.
pub(super) const MAX_TRACED: usize = 40;

/// The ranking of a query with its signals, for fitting and debugging.
pub(super) fn trace(query: &LabelledQuery, is_twin: bool, hits: &[Ranked], ids: &[String]) -> serde_json::Value {
    let ranked: Vec<_> = hits
        .iter()
        .zip(ids)
        .take(MAX_TRACED)
        .map(|(hit, id)| {
            serde_json::json!({
                "answer": id,
                "grade": query.relevant.get(id).copied().unwrap_or_default(),
                "score": hit.hit.score,
                "signals": hit.signals,
            })
        })
        .collect();
    serde_json::json!({ "id": query.id, "twin": is_twin, "query": query.query, "lang": query.lang, "ranked": ranked })
}
