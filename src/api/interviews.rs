//! `list_interviews`: the interviews, a page at a time, in the order of their names.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cite::SCHEME;
use super::refusal::Refusal;
use crate::retrieval::ReadSoFar;
use crate::retrieval::corpus::Corpus;
use crate::transcript::Transcript;

/// Interviews on a page, by default and at most.
const DEFAULT_INTERVIEWS: usize = 20;
const MAX_INTERVIEWS: usize = 100;
/// The most interviewees that are named for one interview.
const MAX_INTERVIEWEES: usize = 20;

/// The page of interviews to list.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInterviews {
    /// The number of interviews on a page, 1 to 100. The default is 20.
    #[serde(default)]
    #[param(minimum = 1, maximum = 100)]
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// The `next_cursor` of the previous page.
    #[serde(default)]
    cursor: Option<String>,
}

/// A page of the interviews.
#[derive(Debug, Serialize, ToSchema)]
pub struct Interviews {
    /// The interviews on this page, in the order of their names.
    #[serde(rename = "interviews")]
    on_this_page: Vec<Interview>,
    /// The number of interviews on all pages.
    total: usize,
    /// The number of interviews that are still being read. They are not listed yet.
    not_searched_yet: usize,
    /// How many passages of all interviews are read closely, until all are.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<ReadSoFar>,
    /// The cursor of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// One interview.
#[derive(Debug, Serialize, ToSchema)]
pub struct Interview {
    /// The name in citations. `get_answer` takes it.
    name: String,
    /// The title, for people.
    title: String,
    /// The number of questions.
    questions: usize,
    /// The number of answers.
    answers: usize,
    /// The first 20 interviewees, if the source names the speakers.
    interviewees: Vec<String>,
    /// The number of all named interviewees.
    interviewees_in_all: usize,
    /// SHA-256 of the source.
    source_sha256: String,
    /// The address of the interview on Yuanhua's own page, for people.
    permalink: String,
    /// The address of the interview for `resources/read`.
    resource: String,
}

impl ListInterviews {
    /// Returns a page of the interviews.
    ///
    /// # Errors
    /// If the limit or the cursor is invalid.
    pub fn answer(&self, corpus: &Corpus, origin: &str) -> Result<Interviews, Refusal> {
        let limit @ 1..=MAX_INTERVIEWS = self.limit.unwrap_or(DEFAULT_INTERVIEWS) else {
            return Err(Refusal::BadLimit { most: MAX_INTERVIEWS });
        };
        let (page, next_cursor) = page(corpus, self.cursor.as_deref(), limit)?;
        Ok(Interviews {
            on_this_page: page.iter().map(|transcript| Interview::new(transcript, origin)).collect(),
            total: corpus.transcripts.len(),
            not_searched_yet: corpus.coming(),
            reading: corpus.read_so_far(),
            next_cursor,
        })
    }
}

impl Interview {
    fn new(transcript: &Transcript, origin: &str) -> Self {
        let named: BTreeSet<&String> =
            transcript.answers().filter_map(|(_, _, answer)| answer.interviewee.as_ref()).collect();
        Self {
            name: transcript.name.clone(),
            title: transcript.title.clone(),
            questions: transcript.questions.len(),
            answers: transcript.answers().count(),
            interviewees_in_all: named.len(),
            interviewees: named.into_iter().take(MAX_INTERVIEWEES).cloned().collect(),
            source_sha256: transcript.source_sha256.clone(),
            permalink: format!("{origin}/t/{}", transcript.source_sha256),
            resource: resource_of(transcript),
        }
    }
}

/// Returns the resource address of an interview.
pub fn resource_of(transcript: &Transcript) -> String {
    format!("{SCHEME}t/{}", transcript.source_sha256)
}

/// Returns a page of the transcripts and the cursor of the next page. The cursor names the last transcript shown, so
/// none is skipped or repeated when others come or go.
///
/// # Errors
/// If the cursor is malformed.
pub fn page<'a>(
    corpus: &'a Corpus,
    cursor: Option<&str>,
    limit: usize,
) -> Result<(Vec<&'a Transcript>, Option<String>), Refusal> {
    let all: Vec<&Transcript> = corpus.transcripts.iter().map(|transcript| &**transcript).collect();
    let after =
        |of: &Transcript, name: &str, sha256: &str| (of.name.as_str(), of.source_sha256.as_str()) > (name, sha256);
    let mut ordered = all;
    ordered.sort_by(|a, b| (&a.name, &a.source_sha256).cmp(&(&b.name, &b.source_sha256)));
    let from = match cursor {
        None => 0,
        Some(cursor) => {
            let (sha256, name) = cursor.split_once('.').ok_or(Refusal::BadCursor)?;
            let name = percent_decode_str(name).decode_utf8().map_err(|_| Refusal::BadCursor)?;
            ordered.partition_point(|of| !after(of, &name, sha256))
        }
    };
    let page: Vec<&Transcript> = ordered.iter().skip(from).take(limit).copied().collect();
    let more = from + page.len() < ordered.len();
    let next = page.last().filter(|_| more);
    let next = next.map(|last| format!("{}.{}", last.source_sha256, utf8_percent_encode(&last.name, NON_ALPHANUMERIC)));
    Ok((page, next))
}
