//! The person who answers, by a field above an interview in which nobody is named: `采访对象：林小满`, `Interviewee: Rosa
//! Lind`, or the name on a form. It reads the lines above the first question and no turn.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::field::listed;
use super::header;
use super::name_lexicon;
use super::names::{self, LabelRole, Likeness};
use super::non_speech;
use super::person_name;
use super::speaker_labels::{self, LabelStyle};
use crate::text::script::simplified;
use crate::text::segment::is_chinese;

/// Words of a form for the person whom it is about, in Simplified and lower case.
const NAMES: &str = "姓名 员工姓名 员工 离职员工 学生姓名 客户姓名 患者姓名 用户姓名 氏名 お名前 名前 이름 name full\u{a0}name employee employee\u{a0}name staff\u{a0}member \
 customer\u{a0}name patient\u{a0}name nom nom\u{a0}et\u{a0}prénom nombre vor-\u{a0}und\u{a0}nachname";

/// Values that say that a name is withheld, in Simplified and lower case.
const WITHHELD: &str = "anonymous anonym anonyme anónimo unknown none n/a withheld confidential redacted 匿名 无 保密 未知 不详 略 某 不愿透露姓名";

/// The longest value of such a field, in characters.
const VALUE_CHARS: usize = 80;

/// A code for a person: `S-017`, `P3`.
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[A-Za-z]{1,4}[-_ ]?\d{1,4}$").ok());

/// The one person whom the lines above the first question name as the interviewee.
pub(super) fn of<'a>(above: impl Iterator<Item = &'a str>) -> Option<String> {
    let (mut answering, mut named) = (HashSet::new(), HashSet::new());
    for (name, value) in above.flat_map(fields) {
        let key = names::key(names::clean(name));
        // `受访者姓名`, `Name of interviewee`.
        let own = key.strip_suffix("姓名").or_else(|| key.strip_suffix(" name"));
        let own = own.or_else(|| key.strip_prefix("name of ")).filter(|own| !own.is_empty()).unwrap_or(&key);
        let answers = |name: &str| header::part(name) == Some(LabelRole::Answers);
        if answers(&key) || answers(own) {
            answering.insert(person(value));
        } else if header::is_in(NAMES, &key) {
            named.insert(person(value));
        }
    }
    // A field about who answers tells more than the name on a form. Two names tell nothing.
    let found = if answering.is_empty() { named } else { answering };
    let mut found = found.into_iter();
    let only = found.next().flatten();
    only.filter(|_| found.next().is_none())
}

/// The lines below the head of a part that may name its interviewee.
const PART_LINES: usize = 6;

/// Who answers from which byte on: by the lines above the first question, and anew in each part of a text that holds
/// several interviews. A part whose head names nobody has no name.
pub(super) fn in_parts(text: &str, first: usize) -> Vec<(usize, Option<String>)> {
    let mut named = vec![(0, of(text.get(..first).unwrap_or_default().lines()))];
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            let from = at;
            at += line.len();
            (from, line.trim())
        })
        .collect();
    for (index, (from, line)) in lines.iter().enumerate().filter(|(_, (from, _))| *from > first) {
        if non_speech::is_part(header::bare(line)) && !line.is_empty() {
            let head = lines[index + 1..].iter().map(|(_, line)| *line).filter(|line| !line.is_empty());
            let head = head.take(PART_LINES).take_while(|line| !speaker_labels::is_label(line));
            named.push((*from, of(head)));
        }
    }
    named
}

/// The fields of a line, by colons or by the cells of a row.
fn fields(line: &str) -> Vec<(&str, &str)> {
    let marks = |c: char| c.is_whitespace() || "_->#|•·".contains(c);
    if line.contains('\t') || line.trim().starts_with('|') {
        let cells: Vec<&str> = line.split(['\t', '|']).map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let pairs = cells.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        let bare = |name: &'_ str| -> usize { name.trim_end_matches([':', '：', ' ', '*']).len() };
        return pairs.map(|(name, value)| (&name[..bare(name)], value)).collect();
    }
    let bare = line.trim_matches(marks);
    let Some(mark) = speaker_labels::mark(bare, false) else { return Vec::new() };
    let colon = matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold) && mark.label.is_none();
    if !colon || mark.rest.is_empty() || mark.rest.chars().count() > VALUE_CHARS {
        return Vec::new();
    }
    header::fields(&mark)
}

/// The person whom a value names: `林小满（化名）`, `Greta Oakes, ferry captain`.
fn person(value: &str) -> Option<String> {
    let value = value.trim_matches(['*', '_', ' ', '"', '\'']);
    let own = |part: &str| names::clean(part.split(['（', '(']).next().unwrap_or(part).trim()).to_owned();
    let parts = listed(value);
    let name = own(parts.first()?);
    let folded = simplified(&name).to_lowercase();
    let several = parts.iter().skip(1).any(|part| {
        let part = simplified(&own(part));
        name_lexicon::is_full_name(&part) && !name_lexicon::is_noun(&part)
    });
    let joined = [" and ", " & ", "、", " und ", " et "].iter().any(|sign| value.contains(sign));
    if several || joined || header::is_in(WITHHELD, &folded) || !(1..=40).contains(&name.chars().count()) {
        return None;
    }
    let code = CODE.as_ref().is_some_and(|code| code.is_match(&name));
    (code || is_person(&name)).then_some(name)
}

fn is_person(name: &str) -> bool {
    if name.chars().any(is_chinese) {
        let count = name.chars().count();
        return count <= 8
            && (name_lexicon::is_full_name(&simplified(name)) || person_name::is_somebody(name, &HashSet::new()));
    }
    let words = name.split_whitespace().count();
    (1..=4).contains(&words)
        && names::likeness(name) >= Likeness::Fair
        && !name_lexicon::is_english_noun(name)
        && !name.chars().any(|c| c.is_ascii_digit() || "?!/".contains(c))
}
