//! Surveys as form programs export them (问卷星, Qualtrics, Google Forms, `SurveyMonkey` …): one row is
//! one respondent, with a number where no name is given, and one column is one question. Columns about
//! the filling in and columns of choices are left out, and a problem lists them.

use std::collections::HashSet;
use std::sync::LazyLock;

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
    let about: Vec<usize> = (0..names.len()).filter(|at| listed(&NUMBERING, *at) || listed(&FILLING, *at)).collect();
    let answers: Vec<usize> = (0..names.len())
        .filter(|at| {
            about.binary_search(at).is_err() && !columns::is_name(&names[*at]) && is_answered(&names[*at], rows, *at)
        })
        .collect();
    let asked = answers.len() == names.len() && answers.len() >= 2 && answers.iter().all(|at| ends_asking(&names[*at]));
    let wordy = answers.iter().any(|at| cells(rows, *at).any(|cell| cell.chars().count() >= 4));
    if answers.is_empty() || !wordy || about.is_empty() && !asked || rows.is_empty() {
        return Ok(None);
    }
    let distinct = |at: &usize| {
        let all: HashSet<&str> = cells(rows, *at).collect();
        all.len() == rows.len()
    };
    let by_name = (0..names.len()).find(|at| columns::is_name(&names[*at]) && distinct(at) && are_names(rows, *at));
    let number = by_name.or_else(|| about.iter().copied().find(|at| listed(&NUMBERING, *at) && distinct(at)));
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
            if cell.is_empty() {
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

fn are_names(rows: &[Vec<String>], at: usize) -> bool {
    let likely = cells(rows, at).filter(|cell| names::likeness(cell) > names::Likeness::None).count();
    likely * 5 >= rows.len() * 4
}

fn ends_asking(name: &str) -> bool {
    let name = name.trim().trim_end_matches(|c: char| c.is_whitespace() || "*）)】]".contains(c));
    name.ends_with(['?', '？', '吗', '呢', '嗎']) && name.chars().count() >= 4
}

/// Whether a column is a question that rows answer in their own words.
fn is_answered(name: &str, rows: &[Vec<String>], at: usize) -> bool {
    const ASKING: [&str; 34] = [
        "什么", "什麼", "怎么", "怎麼", "为何", "為何", "如何", "哪", "多少", "请", "請", "描述", "看法", "建议",
        "建議", "意见", "意見", "原因", "其他", "why", "what", "how", "which", "when ", "where", "tell ", "describe",
        "please", "explain", "comment", "suggest", "anything", "share", "feedback",
    ];
    let all: Vec<&str> = cells(rows, at).collect();
    let numeric = |cell: &&&str| cell.chars().all(|c| c.is_ascii_digit() || ".-/%:".contains(c));
    if all.is_empty() || all.iter().filter(numeric).count() * 2 > all.len() {
        return false;
    }
    if ends_asking(name) {
        return true;
    }
    let folded = name.to_lowercase();
    let asks = ASKING.iter().any(|word| folded.contains(word)) || name.contains(['?', '？']);
    let numbered =
        folded.trim_start().trim_start_matches(['q', '第', '（', '(']).starts_with(|c: char| c.is_ascii_digit());
    let distinct: HashSet<&&str> = all.iter().collect();
    let mean = all.iter().map(|cell| cell.chars().count()).sum::<usize>() / all.len();
    let open = distinct.len() * 3 > all.len() * 2 && mean >= 4 || mean >= 12;
    open && (asks || numbered)
}
