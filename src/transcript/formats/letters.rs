//! Letters and mail that answer numbered questions: a greeting, each question with its answer below, a close. It reads
//! plain text and knows no headers.

use std::sync::LazyLock;

use regex::Regex;

use super::form;
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;

struct Patterns {
    greeting: Regex,
    close: Regex,
    number: Regex,
    wrote: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        greeting: Regex::new(
            r"(?i)^(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you|liebe[rs]?|hallo|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|ciao|bonjour|chère?|hola|estimad[oa]|gentile|buongiorno)\b.{0,60}[,!:.，！：]?|(?:尊敬的|敬爱的|敬愛的|亲爱的|親愛的).{1,20}|.{0,12}(?:您好|你好|大家好)[,，!！。:：]?)$",
        )
        .ok()?,
        close: Regex::new(
            r"(?i)^(?:(?:(?:with|my|our|all)\s+)*(?:(?:best|kind|kindest|warm|warmest|many)\s+)*(?:regards|wishes|thanks|greetings|best)(?:\s+(?:again|from .{1,20}|and .{1,20}))?|cheers|sincerely(?: yours)?|yours(?: sincerely| truly| faithfully)?|take care|talk soon|love|thank you(?: again| so much| very much)?|(?:mit\s+)?(?:(?:viele|liebe|beste|herzliche|freundliche)[nr]?\s+)+gr(?:ü|ue)(?:ß|ss)en?(?:\s+.{1,30})?|(?:vg|lg|mfg)|(?:bien\s+)?cordialement|bien à (?:vous|toi)|(?:un\s+|cordiali\s+)?(?:saludos?|saluti)(?:\s+cordiales)?|敬具|よろしくお(?:願|ねが)い(?:いた)?します|(?:此致|敬礼|敬禮|祝好|祝您|祝你|顺祝|順祝|顺颂|順頌|谢谢|謝謝).{0,10}|--)[,.!，。！]?$",
        )
        .ok()?,
        number: Regex::new(
            r"^(?:>\s*)*(?:(?:[QＱ]\s*)?\d{1,2}\s*[.．、)）:：]|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[、，,：:])\s*(?P<rest>\S.*)$",
        )
        .ok()?,
        wrote: Regex::new(r"(?i)^(?:on .{4,100} wrote:|am .{4,100} schrieb.{0,80}:|le .{4,100} a écrit\s?:|el .{4,100} escribió\s?:|il .{4,100} ha scritto\s?:|.{0,60}(?:写道|寫道)[:：]?|-+ ?(?:original message|urspr(?:ü|ue)ngliche nachricht|原始邮件|原始郵件) ?-+)$").ok()?,
    })
});

/// Reads a letter; `None` for any other text. It greets somebody, and at least two numbered lines ask.
pub(super) fn read(text: &str, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let Some(patterns) = PATTERNS.as_ref() else { return Ok(None) };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let numbered = |at: usize| patterns.number.captures(lines[at])?.name("rest").map(|rest| rest.as_str());
    // Where none asks, each numbered line below an empty one is a topic: `一、关于员工安置`.
    let by_topic = !(0..lines.len()).filter_map(numbered).any(form::asks);
    let asked = |at: usize| {
        let question = numbered(at)?;
        let topic = || by_topic && at > 0 && lines[at - 1].is_empty() && is_topic(question);
        (form::asks(question) || topic()).then(|| question.to_owned())
    };
    let questions: Vec<usize> = (0..lines.len()).filter(|at| asked(*at).is_some()).collect();
    let greeted = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .take(GREETING_LINES)
        .any(|(at, line)| questions.first().is_some_and(|first| at < *first) && patterns.greeting.is_match(line));
    let [first, .., last] = questions[..] else { return Ok(None) };
    // Answers stand between the questions, not in a list below them.
    let between = |pair: &[usize]| lines[pair[0] + 1..pair[1]].iter().any(|line| !line.is_empty());
    let answered = questions.windows(2).filter(|pair| between(pair)).count();
    if !greeted || answered * 2 < questions.len() || by_topic && questions.len() < TOPICS {
        return Ok(None);
    }
    let close = close(patterns, &lines, last);
    let mut extract = Extract::new(limits);
    let mut open = false;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        if at < first || at >= close || patterns.wrote.is_match(line) {
            extract.push(LineKind::Aside, line, None)?;
        } else if let Some(question) = asked(at) {
            extract.part();
            extract.push(LineKind::Asked, &question, None)?;
            open = false;
        } else if open {
            extract.push(LineKind::Words, line, None)?;
        } else {
            extract.answer(None, line, None)?;
            open = true;
        }
    }
    Ok(Some(extract))
}

/// Whether a line says whose mail is quoted below it.
pub(super) fn is_wrote(line: &str) -> bool {
    PATTERNS.as_ref().is_some_and(|patterns| patterns.wrote.is_match(line))
}

/// Whether a number stands before the words of a line.
pub(super) fn is_numbered(line: &str) -> bool {
    PATTERNS.as_ref().is_some_and(|patterns| patterns.number.is_match(line))
}

/// A line without the number before it.
pub(super) fn unnumbered(line: &str) -> &str {
    let found = PATTERNS.as_ref().and_then(|patterns| patterns.number.captures(line));
    found.and_then(|found| found.name("rest")).map_or(line, |rest| rest.as_str())
}

/// The line with which a letter closes, below at least one other; the number of lines if there is none.
pub(super) fn closes(lines: &[&str]) -> usize {
    PATTERNS.as_ref().map_or(lines.len(), |patterns| closing(patterns, lines, 1))
}

/// The fewest topics of a letter in which no numbered line asks, and the most characters of one.
const TOPICS: usize = 3;
const TOPIC_CHARS: usize = 40;

fn is_topic(words: &str) -> bool {
    words.chars().count() <= TOPIC_CHARS && !words.ends_with(['。', '.', '！', '!', '：', ':', '；', ';', '，', ','])
}

/// A greeting stands in these lines at the top.
const GREETING_LINES: usize = 4;
/// The most lines after the words that close a letter: name, office, telephone.
const SIGNATURE_LINES: usize = 12;

/// The line with which the letter closes, after its last question and an answer to it.
fn close(patterns: &Patterns, lines: &[&str], last: usize) -> usize {
    let answered = (last + 1..lines.len()).find(|at| !lines[*at].is_empty()).unwrap_or(lines.len());
    closing(patterns, lines, answered + 1)
}

fn closing(patterns: &Patterns, lines: &[&str], from: usize) -> usize {
    let end = lines.len();
    (from..end)
        .find(|at| {
            let below = lines[*at..].iter().filter(|line| !line.is_empty()).count();
            patterns.close.is_match(lines[*at]) && below <= SIGNATURE_LINES
        })
        .unwrap_or(end)
}
