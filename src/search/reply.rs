//! The reply to a query, which the page, the JSON, the terminal and MCP share.

use serde::Serialize;
use utoipa::ToSchema;

use super::answer_scores::Strength;
use super::explain::Explained;
use super::mentions::Mention;
use super::query::follow_up::Carried;
use super::query::{Query, UnknownName};
use super::quote::Quote;
use super::verdict::Verdict;
use crate::retrieval::ReadSoFar;
use crate::retrieval::corpus::AnswerPlace;

/// The reply to a query: a verdict, and the quotes that support it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reply {
    /// The query as asked.
    pub query: String,
    /// Whether anybody said it.
    pub verdict: Verdict,
    /// Whether any interview question is near the query. If nobody said it, this tells whether anybody was asked.
    pub asked: bool,
    /// The number of transcripts that are not ready. The verdict is about the others.
    #[serde(skip_serializing_if = "is_zero")]
    pub coming: usize,
    /// How many of the passages that were searched are read closely, until all are. The others are found by their words
    /// and rough meaning, so nobody can be said not to have said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<ReadSoFar>,
    /// One quote for each answer, best first. A named interviewee's second quote comes after everybody's first.
    pub quotes: Vec<Quote>,
    /// Literal mentions, whatever the verdict: of the whole query if it is a word or two, or else of its most telling
    /// words.
    pub mentions: Vec<Mention>,
    /// The interviewees that the query names. Only their words were searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_by: Vec<String>,
    /// The interviewees that the query leaves out. Only the words of others were searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all_but: Vec<String>,
    /// A name whose words are asked for, and that nobody has. What others say does not count as said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nobody_called: Option<UnknownName>,
    /// Whether the query asks who is for or against something. Stance is not judged: words for both sides are found.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stance_not_judged: bool,
    /// Whether the query asks who does *not* do something. Negation is judged by its words alone: those who do it may be
    /// found too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negation_not_judged: bool,
    /// The query as it may have been meant, if a word of it is used nowhere and a similar one is. The typed words were
    /// searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
    /// The query that was searched in place of the typed one. Nobody answers the typed words, and what is changed in them
    /// is a slip: it is used nowhere and in no dictionary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched_instead: Option<String>,
    /// How an unfinished query was completed from the turn before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// The explanation of each score, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explained: Vec<Explained>,
    /// The query as read. The next query may go on from it.
    #[serde(skip)]
    pub read: Query,
    /// The answers shown so far, in this reply and in the replies that it goes on from.
    #[serde(skip)]
    pub shown: Vec<AnswerPlace>,
    /// The counts behind the verdict, for the page. They are not part of the JSON.
    #[serde(skip)]
    pub tally: VerdictCounts,
    /// The score of each answer within the filters, in the order of the sources, for the page.
    #[serde(skip)]
    pub strengths: Vec<Strength>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The counts of the answers that speak to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// The number of answers that speak to it, shown or not.
    pub speaking: usize,
    /// The number of answers within the filters of the query.
    pub answers: usize,
    /// Whether the query has only phrases and filters. Then no probability is needed.
    pub listed: bool,
    /// The labels of the questions behind those answers, in order, each with the position of its transcript.
    pub questions: Vec<(usize, String)>,
}
