//! Surveys as form programs export them (问卷星, Qualtrics, Google Forms, `SurveyMonkey` …): one row is
//! one respondent, with a number where no name is given, and one column is one question. Columns about
//! the person and the filling in and columns of choices are left out, and a problem lists them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::form;
use super::survey_columns::{self, Answers};
use crate::error::ReadError;
use crate::transcript::columns::{self, Layout, Places, key};
use crate::transcript::dialogue::names;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::read_options::Columns;

/// Columns that number the respondents.
const NUMBERS: &str = "编号 序号 答题序号 答卷编号 答卷id 问卷编号 responseid respondentid respondent id # no number participantid 受访者编号 用户id token";
/// Columns about the filling in.
const ABOUT: &str = "提交时间 提交答卷时间 填写时间 所用时间 答题时长 开始答题时间 结束答题时间 开始时间 结束时间 完成时间 来源 来源详情 来源渠道 来自ip ip \
 总分 提交人 时间戳 时间戳记 timestamp starttime completiontime startdate enddate startdate(utc) submitdate(utc) submitdate stagedate(utc) status \
 ipaddress progress duration(inseconds) finished recordeddate recipientlastname recipientfirstname recipientemail externalreference \
 externaldatareference locationlatitude locationlongitude distributionchannel userlanguage collectorid email emailaddress 电子邮件地址 邮箱 \
 firstname lastname customdata1 networkid submittedat lastmodifiedtime responsetype ending tags";

/// What form programs write where nobody answered.
const UNANSWERED: [&str; 6] = ["(空)", "（空）", "(跳过)", "（跳过）", "(跳過)", "（跳過）"];

/// The longest name or number of a person, in characters.
const NUMBER_CHARS: usize = 40;

/// The lists as sets: each column is looked for in them.
type Listed = LazyLock<HashSet<&'static str>>;
static NUMBERING: Listed = LazyLock::new(|| NUMBERS.split_whitespace().collect());
static FILLING: Listed = LazyLock::new(|| ABOUT.split_whitespace().collect());

/// Reads rows; `None` if they are no survey. The first row names the columns.
pub(crate) fn read(rows: &[Vec<String>], told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    if *told != Columns::default() {
        return Ok(None);
    }
    let Some((names, rows)) = headed(rows) else { return Ok(None) };
    let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
    let listed = |list: &Listed, at: usize| list.contains(keys[at].as_str());
    let known = Places::of(&names, &Columns::default());
    if known.text.is_some() && known.speaker.is_some() {
        return Ok(None);
    }
    // A row is a question with its answer.
    if known.question.is_some() && known.answer.is_some() {
        return Ok(None);
    }
    let about: Vec<usize> = (0..names.len()).filter(|at| listed(&NUMBERING, *at) || listed(&FILLING, *at)).collect();
    let person = person(&names, rows, &about, &keys);
    let holds: Vec<Answers> = (0..names.len())
        .map(|at| {
            let apart = about.binary_search(&at).is_ok() || columns::is_name(&names[at]) || Some(at) == person;
            if apart { Answers::No } else { survey_columns::answers(&names[at], &cells(rows, at).collect::<Vec<_>>()) }
        })
        .collect();
    let count = |which: Answers| holds.iter().filter(|holds| **holds == which).count();
    // A column of sentences is a question beside others that ask, or where a column names persons.
    let tells_people = person.is_some_and(|at| columns::is_name(&names[at]) || columns::is_person_number(&names[at]));
    let told = known.text.is_some() || known.time.is_some();
    let least = if count(Answers::Asked) > 0 || tells_people && !told && count(Answers::Sentences) >= 2 {
        Answers::Sentences
    } else {
        Answers::Asked
    };
    let answers: Vec<usize> = (0..names.len()).filter(|at| holds[*at] >= least).collect();
    let wordy = answers.iter().any(|at| cells(rows, *at).any(|cell| cell.chars().count() >= 4));
    // People also answer in two characters, where a column asks and the program numbered them.
    let wordy = wordy || about.len() >= 2 && answers.iter().any(|at| survey_columns::ends_asking(&names[*at]));
    // Nobody is named or numbered: each column asks, or tells a trait of who answers.
    let asked = answers.len() >= 2
        && answers.iter().filter(|at| survey_columns::ends_asking(&names[**at])).count() >= 2
        && (0..names.len()).all(|at| answers.binary_search(&at).is_ok() || columns::is_trait(&names[at]));
    if answers.is_empty() || !wordy || about.is_empty() && person.is_none() && !asked || rows.is_empty() {
        return Ok(None);
    }
    let number = person;
    let mut extract = Extract::new(limits);
    let left = (0..names.len()).filter(|at| Some(*at) != number && answers.binary_search(at).is_err());
    let left: Vec<String> = left.map(|at| names[at].trim().to_owned()).collect();
    let head = number.map_or_else(|| "#".to_owned(), |at| names[at].trim().to_owned());
    extract.problem(ProblemKind::ByPerson { head, left });
    extract.columns = Some(Layout { names: names.clone(), ..Layout::default() });
    for at in &answers {
        extract.push(LineKind::Asked, &names[*at].split_whitespace().collect::<Vec<_>>().join(" "), None)?;
        for (index, row) in rows.iter().enumerate() {
            let cell = row.get(*at).map(|cell| cell.trim()).unwrap_or_default();
            if cell.is_empty() || UNANSWERED.contains(&cell) {
                continue;
            }
            let who = number.and_then(|at| row.get(at)).map(|who| who.trim().to_owned());
            let who = who.filter(|who| !who.is_empty()).unwrap_or_else(|| (index + 1).to_string());
            extract.answer(Some(&who), cell, None)?;
        }
    }
    Ok(Some(extract))
}

/// The names of the columns, and the rows of answers. Some forms have two or three rows of names.
fn headed(rows: &[Vec<String>]) -> Option<(Vec<String>, &[Vec<String>])> {
    let (first, rest) = rows.split_first()?;
    // Qualtrics: the codes, the questions, the identifiers.
    if rest.get(1).is_some_and(|row| row.iter().any(|cell| cell.contains("\"ImportId\""))) {
        let questions = &rest[0];
        let codes = |at: usize| first.get(at).cloned().unwrap_or_default();
        let names = (0..first.len()).map(|at| {
            let code = key(&codes(at));
            if NUMBERING.contains(code.as_str()) || FILLING.contains(code.as_str()) {
                codes(at)
            } else {
                questions.get(at).cloned().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| codes(at))
            }
        });
        return Some((names.collect(), &rest[2..]));
    }
    // SurveyMonkey: the questions, then what each of their columns holds.
    let kinds = ["openendedresponse", "response", "开放式回答", "回应", "開放式回應"];
    if rest.first().is_some_and(|row| row.iter().any(|cell| kinds.contains(&key(cell).as_str()))) {
        return Some((first.clone(), &rest[1..]));
    }
    Some((first.clone(), rest))
}

fn cells(rows: &[Vec<String>], at: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// The column that names the persons, or else numbers them.
fn person(names: &[String], rows: &[Vec<String>], about: &[usize], keys: &[String]) -> Option<usize> {
    let distinct = |at: usize| {
        let all: HashSet<&str> = cells(rows, at).collect();
        all.len() == rows.len()
    };
    // `anonymous` in each row is no name. Two persons may have the same.
    let several = |at: usize| cells(rows, at).collect::<HashSet<&str>>().len() * 2 > rows.len();
    let short = |at: usize| cells(rows, at).all(|cell| cell.chars().count() <= NUMBER_CHARS && !form::is_said(cell));
    let mut all = 0..names.len();
    let by_name =
        all.clone().find(|at| columns::is_name(&names[*at]) && several(*at) && short(*at) && are_names(rows, *at));
    let by_number = about.iter().copied().find(|at| NUMBERING.contains(keys[*at].as_str()) && distinct(*at));
    by_name
        .or(by_number)
        .or_else(|| all.find(|at| columns::is_person_number(&names[*at]) && distinct(*at) && short(*at)))
}

fn are_names(rows: &[Vec<String>], at: usize) -> bool {
    let likely = cells(rows, at).filter(|cell| names::likeness(cell) > names::Likeness::None).count();
    likely * 5 >= rows.len() * 4
}
