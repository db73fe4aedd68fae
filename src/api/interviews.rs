//! `list_interviews`: which interviews there are, a page at a time, in the order of their names.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cite::SCHEME;
use super::refusal::Refusal;
use crate::retrieval::corpus::Corpus;
use crate::transcript::Transcript;

/// Interviews on a page, by default and at most.
const LIMIT: usize = 20;
const MOST: usize = 100;
/// Interviewees that are named of one interview.
const NAMED: usize = 20;

/// Which interviews to list.
#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListInterviews {
    /// Interviews on a page, 1 to 100; 20 where it is left out.
    #[serde(default)]
    #[param(minimum = 1, maximum = 100)]
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    #[serde(default)]
    cursor: Option<String>,
}

/// Interviews there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct Interviews {
    /// In the order of their names.
    #[serde(rename = "interviews")]
    on_this_page: Vec<Interview>,
    /// How many there are on all pages.
    total: usize,
    /// Interviews that are still being read, and not listed yet.
    not_searched_yet: usize,
    /// Given where there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// One interview.
#[derive(Debug, Serialize, ToSchema)]
pub struct Interview {
    /// What citations call it, as `get_answer` takes it.
    name: String,
    /// What people call it.
    title: String,
    /// How many questions it has.
    questions: usize,
    /// How many answers it has.
    answers: usize,
    /// Who answers, where the source names the speakers: the first 20.
    interviewees: Vec<String>,
    /// How many are named in it.
    interviewees_in_all: usize,
    /// SHA-256 of the source.
    source_sha256: String,
    /// The address of the interview on Yuanhua's own page, for people.
    permalink: String,
    /// The address of the interview for `resources/read`.
    resource: String,
}

impl ListInterviews {
    /// A page of the interviews.
    ///
    /// # Errors
    /// When the limit or the cursor cannot be used.
    pub fn answer(&self, corpus: &Corpus, origin: &str) -> Result<Interviews, Refusal> {
        let limit @ 1..=MOST = self.limit.unwrap_or(LIMIT) else {
            return Err(Refusal::BadLimit { most: MOST });
        };
        let (page, next_cursor) = page(corpus, self.cursor.as_deref(), limit)?;
        Ok(Interviews {
            on_this_page: page.iter().map(|transcript| Interview::new(transcript, origin)).collect(),
            total: corpus.transcripts.len(),
            not_searched_yet: corpus.coming(),
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
            interviewees: named.into_iter().take(NAMED).cloned().collect(),
            source_sha256: transcript.source_sha256.clone(),
            permalink: format!("{origin}/t/{}", transcript.source_sha256),
            resource: resource_of(transcript),
        }
    }
}

/// The resource that an interview is.
pub fn resource_of(transcript: &Transcript) -> String {
    format!("{SCHEME}t/{}", transcript.source_sha256)
}

/// A page of the transcripts, and the cursor of the next. It names the last one that was shown, so that none is
/// skipped or shown twice when others come or go.
///
/// # Errors
/// When the cursor is none of ours.
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
