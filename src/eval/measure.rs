//! Asks labelled queries and notes how each was answered: the ranking, the score and the verdict.

use std::io::Write as _;

use super::metrics::{self, QueryOutcome};
use super::rows::{self, LabelledQuery, PassageRow};
use crate::error::Error;
use crate::library::{self, AnswerText, Material};
use crate::retrieval::corpus::{AnswerPlace, Corpus, PassageIndex};
use crate::retrieval::encoder::Encoder;
use crate::retrieval::passage;
use crate::search::query::PreparedQuery;
use crate::search::{self, Ranked, RankingSignals, Verdict};
use crate::terminal;
use crate::transcript::Span;

/// The searched index, and the names of its answers in the labels.
pub(super) struct LabelledIndex<'a> {
    pub(super) index: &'a PassageIndex,
    pub(super) encoder: &'a Encoder,
    pub(super) ids: &'a [String],
}

/// `Q1.A2`; with several transcripts, `name:Q1.A2`.
pub(super) fn answer_ids(corpus: &Corpus) -> Vec<String> {
    let several = corpus.transcripts.len() > 1;
    let id = |place: &AnswerPlace| {
        let (transcript, question, answer) = corpus.answer(*place)?;
        let prefix = if several { format!("{}:", transcript.name) } else { String::new() };
        Some(format!("{prefix}{}.{}", question.label, answer.label))
    };
    corpus.answers.iter().map(|place| id(place).unwrap_or_default()).collect()
}

/// Each passage of the file as an answer, to the question of its row if any.
pub(super) fn passage_index(rows: &[PassageRow], encoder: &Encoder) -> Result<(PassageIndex, Vec<String>), Error> {
    let windows = |text: &str| -> Vec<String> {
        let Some(whole) = Span::new(text, 0..text.len()) else { return Vec::new() };
        passage::passages(text, whole, &[])
            .into_iter()
            .filter_map(|span| span.of_text(text).map(str::to_owned))
            .collect()
    };
    let mut material = Material::default();
    for row in rows {
        let question = row.question.as_ref().map(|question| {
            material.questions.push(question.clone());
            material.questions.len() - 1
        });
        let (words, passages) = (row.text.clone(), windows(&row.text));
        material.answers.push(AnswerText { transcript: 0, question, words, passages });
    }
    let index = library::index(&material, encoder)?;
    Ok((index, rows.iter().map(|row| row.id.clone()).collect()))
}

pub(super) fn measure(
    over: &LabelledIndex<'_>,
    queries: &[LabelledQuery],
    using: RankingSignals,
    trace: bool,
) -> anyhow::Result<Vec<QueryOutcome>> {
    let mut outcomes = Vec::with_capacity(queries.len());
    for query in queries {
        let prepared = PreparedQuery::of_words(over.encoder, &query.query)?;
        let mut hits = search::rank_using(over.index, over.encoder, &prepared, using)?;
        let ids_of = |hits: &[Ranked]| -> Vec<String> {
            hits.iter().filter_map(|hit| over.ids.get(hit.hit.answer)).cloned().collect()
        };
        if trace {
            let mut traced = hits.clone();
            search::trace(over.index, &prepared, &mut traced)?;
            writeln!(terminal::out(), "{}", rows::trace(query, false, &traced, &ids_of(&traced)))?;
            trace_twin(over, query, &prepared)?;
        }
        if using == RankingSignals::Fused {
            search::judge(over.index, &prepared, &mut hits)?;
        }
        let ids = ids_of(&hits);
        let top = hits.first().map_or(0.0, |found| found.hit.score);
        outcomes.push(QueryOutcome {
            lang: query.lang.clone(),
            answerable: !query.relevant.is_empty(),
            ranking: metrics::Ranking::of(&ids, &query.relevant),
            score: f64::from(top),
            said: Verdict::of(top) == Verdict::Said,
        });
    }
    Ok(outcomes)
}

/// The ranking for a query without its relevant answers.
fn trace_twin(over: &LabelledIndex<'_>, query: &LabelledQuery, prepared: &PreparedQuery) -> anyhow::Result<()> {
    let right = |answer: &usize| over.ids.get(*answer).is_some_and(|id| query.relevant.contains_key(id));
    let (right, rest): (Vec<usize>, Vec<usize>) = (0..over.ids.len()).partition(right);
    if right.is_empty() {
        return Ok(());
    }
    let index = over.index.without(&right.into_iter().collect());
    let mut hits = search::rank_within(&index, over.encoder, prepared, &rest)?;
    search::trace(&index, prepared, &mut hits)?;
    let ids: Vec<String> = hits.iter().filter_map(|hit| over.ids.get(hit.hit.answer)).cloned().collect();
    writeln!(terminal::out(), "{}", rows::trace(query, true, &hits, &ids))?;
    Ok(())
}
