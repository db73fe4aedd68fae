//! Lets the judge score the answers that the cheap signals put first. The judge is not asked in these cases:
//!
//! - The query only lists, or is a keyword that answers use. Then nothing depends on meaning.
//! - The answer is clearly not near (`surely_not` in `models/calibration.json`) or beyond doubt (`surely`). This is
//!   decided for each answer alone, so it does not depend on other files.
//! - The answer is in doubt, but comes after the first [`MAX_JUDGED`] ones in doubt.
//!
//! A question for whoever it was (谁…, did anyone …) is asked twice, as typed and as it is put to one person. The mean
//! counts. (Over 234 questions to six invented interviews, AUROC is .86 in place of .85.)

use std::collections::{BTreeMap, BTreeSet};

use super::query::PreparedQuery;
use super::ranking::{self, Judgement, Ranked};
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::PassageIndex;
use crate::retrieval::encoder::{Judge, JudgePassage, Memory};

/// The most answers that are judged. Later ones seldom match. (Twelve order the answers better than eight; a second
/// passage of each changes nothing.)
const MAX_JUDGED: usize = 12;

/// Lets the judge read the first answers with the query, and sorts the answers again.
///
/// # Errors
/// If the judge fails.
pub fn judge(index: &PassageIndex, query: &PreparedQuery, ranked: &mut [Ranked]) -> Result<(), Error> {
    let thresholds = score::calibration()?.thresholds;
    let is_open = |one: &&Ranked| one.hit.score > thresholds.surely_not && one.hit.score < thresholds.surely;
    let judgements = read(index, query, ranked.iter().filter(is_open).take(MAX_JUDGED))?;
    ranking::judged(index, query, ranked, &judgements)
}

/// Adds the value of the judge to the first answers. Scores and order do not change.
///
/// # Errors
/// If the judge fails.
pub fn trace(index: &PassageIndex, query: &PreparedQuery, ranked: &mut [Ranked]) -> Result<(), Error> {
    let first = ranked.len().min(MAX_JUDGED);
    let judgements = read(index, query, ranked[..first].iter())?;
    for one in &mut ranked[..first] {
        if let Some(judgement) = judgements.get(&one.hit.answer) {
            one.signals = ranking::with_judgement(index, query, one.signals, *judgement);
        }
    }
    Ok(())
}

/// Lets the judge read all passages before somebody asks, so that no reply waits for the reading. A
/// library of more passages than are remembered is not read ahead. `goes_on` is called before each passage: it may
/// wait, and returns `false` to stop.
///
/// # Errors
/// If the judge fails.
pub(super) fn read_ahead(index: &PassageIndex, mut goes_on: impl FnMut() -> bool) -> Result<(), Error> {
    // Passages may share a window. Then the judge reads it once.
    let window = |passage: usize| {
        let range = index.texts.windows.get(passage)?;
        Some((index.answer_of[passage], range.start, range.end))
    };
    let mut seen = BTreeSet::new();
    let passages: Vec<usize> = (0..index.answer_of.len()).filter(|at| seen.insert(window(*at))).collect();
    if passages.len() > Memory::MAX_READ_AHEAD {
        return Ok(());
    }
    let judge = Judge::built_in()?;
    for passage in passages.into_iter().filter_map(|passage| index.judge_passage(passage)) {
        if !goes_on() {
            return Ok(());
        }
        judge.read_ahead(&index.texts.memory, passage)?;
    }
    Ok(())
}

/// Returns the judgements by answer number. The judge reads the best passage of each answer.
fn read<'a>(
    index: &PassageIndex,
    query: &PreparedQuery,
    answers: impl Iterator<Item = &'a Ranked>,
) -> Result<BTreeMap<usize, Judgement>, Error> {
    let read = |one: &Ranked| Some((one.hit.answer, one.hit.passage, index.judge_passage(one.hit.passage)?));
    let passages: Vec<(usize, usize, JudgePassage<'_>)> = answers.filter_map(read).collect();
    if passages.is_empty() || query.text.is_empty() {
        return Ok(BTreeMap::new());
    }
    let texts: Vec<JudgePassage<'_>> = passages.iter().map(|(_, _, text)| *text).collect();
    let judge = Judge::built_in()?;
    let mut values = judge.score(&index.texts.memory, &query.text, &texts)?;
    if let Some(put) = &query.put_to_one {
        let others = judge.score(&index.texts.memory, put, &texts)?;
        values.iter_mut().zip(others).for_each(|(value, other)| *value = f32::midpoint(*value, other));
    }
    let judged = passages.iter().zip(values);
    Ok(judged.map(|((answer, passage, _), value)| (*answer, Judgement { passage: *passage, value })).collect())
}
