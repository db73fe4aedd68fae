//! What a column of a survey holds: answers, or something about the person and the filling in. Its name and its cells
//! tell. It knows no other column.

use std::collections::HashSet;

use super::form;
use crate::transcript::columns;

/// How surely a column holds answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answers {
    /// It holds something else.
    No,
    /// Sentences, under a name that does not ask.
    Sentences,
    /// Its name asks, and people answer in their own words.
    Asked,
}

/// The rows from which few distinct answers are choices.
const CHOICE_ROWS: usize = 6;

/// How surely the column called `name` with these cells holds answers.
pub(super) fn answers(name: &str, all: &[&str]) -> Answers {
    const WEAK: [&str; 14] =
        ["多少", "请", "請", "描述", "其他", "您", "你", "最", "tell ", "please", "anything", "share", "your ", "you "];
    let numeric = |cell: &&&str| cell.chars().all(|c| c.is_ascii_digit() || ".-/%: 年月日岁歲".contains(c));
    if all.is_empty() || all.iter().filter(numeric).count() * 2 > all.len() {
        return Answers::No;
    }
    if ends_asking(name) {
        return Answers::Asked;
    }
    if columns::is_trait(name) {
        return Answers::No;
    }
    let distinct: HashSet<&&str> = all.iter().collect();
    let mean = all.iter().map(|cell| cell.chars().count()).sum::<usize>() / all.len();
    let open = distinct.len() * 3 > all.len() * 2 && mean >= 4 || mean >= 12;
    let choices = all.len() >= CHOICE_ROWS && distinct.len() * 3 <= all.len() * 2 && mean < 12;
    if asks_in_words(name) && !choices {
        return Answers::Asked;
    }
    let folded = name.to_lowercase();
    let topic = form::is_topic(name) || name.contains(['?', '？']) || WEAK.iter().any(|word| folded.contains(word));
    if open && (topic || !bare(&folded).eq(folded.trim())) {
        return Answers::Asked;
    }
    // `最满意的地方` may be answered in two characters. `满意度` is chosen.
    let brief = distinct.len() * 3 > all.len() * 2 && mean >= 2 && !name.trim_end().ends_with(['度', '分', '级', '級']);
    if brief && form::is_topic(name) {
        return Answers::Asked;
    }
    let sentences = all.iter().filter(|cell| form::is_said(cell)).count();
    if sentences * 2 >= all.len() && mean >= 5 && distinct.len() * 3 > all.len() * 2 {
        return Answers::Sentences;
    }
    Answers::No
}

/// Whether a column's name ends by asking.
pub(super) fn ends_asking(name: &str) -> bool {
    let name = name.trim().trim_end_matches(|c: char| c.is_whitespace() || "*）)】]".contains(c));
    name.ends_with(['?', '？', '吗', '呢', '嗎']) && name.chars().count() >= 4
}

/// Whether a name asks without a mark at its end: `离职原因是什么`, `Describe a typical day`.
fn asks_in_words(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "什么", "什麼", "怎么", "怎麼", "怎样", "怎樣", "为何", "為何", "如何", "哪些", "哪里", "哪裡", "多久", "是否",
    ];
    const FIRST: [&str; 27] = [
        "why", "what", "what's", "how", "describe", "tell", "which", "when", "where", "who", "explain", "would", "do",
        "did", "does", "are", "is", "have", "has", "can", "could", "should", "list", "share", "talk", "name", "walk",
    ];
    let folded = name.to_lowercase();
    let mut words = bare(&folded).split_whitespace();
    let first = words.next().unwrap_or_default();
    let asks = FIRST.contains(&first) && words.count() >= 2;
    name.chars().count() >= 4 && (asks || WORDS.iter().any(|word| name.contains(word)))
}

/// A name without the number before it: `Q3. `, `4、`, `（2）`.
fn bare(name: &str) -> &str {
    let rest = name.trim_start().trim_start_matches(['q', '第', '（', '(']);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".、．)）: ：题題".contains(c))
    } else {
        name.trim()
    }
}
