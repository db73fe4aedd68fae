//! What the words of a label say of its turn: `记者问` asks, `李守义答` answers, `自问` is a question that somebody asks
//! alone. It reads a label by itself and knows no other line.

use std::sync::LazyLock;

use regex::Regex;

use super::names::LabelRole;

/// The longest name before a verb, in characters.
const NAME_CHARS: usize = 10;

/// A label with a verb in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LabelWords<'a> {
    /// The name beside the verb; `None` if the label says that somebody asks or answers alone.
    pub(super) name: Option<&'a str>,
    /// What the verb says of the turn.
    pub(super) role: LabelRole,
    pub(super) number: Option<usize>,
}

struct Patterns {
    alone: Regex,
    verb: Regex,
    bracket: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let (asks, answers) = ("自?[问問]|提[问問]|追[问問]|[发發][问問]|[设設][问問]|反[问問]", "自?答|回答|作答|解答");
    let own = "我自己|自己|自我|我|自";
    let number = r"\s*[\#_-]?\s*(?P<n>\d{1,3})?";
    let (question, answer) = ("question|query|ask(?:s|ed|ing)?|q", "answer(?:s|ed|ing)?|reply|response|a");
    let me = "(?:my)?self|me";
    Some(Patterns {
        // `自问`, `问自己`, `我问自己`, `我的问题`; `Self-question`, `Q (to myself)`, `I ask myself`, `My answer`.
        alone: Regex::new(&format!(
            r"(?xi)^(?:
              (?:(?:{own})(?:的)?(?:(?P<a>{asks}|[问問][题題])|(?P<b>{answers}))(?:{own})?)
            | (?:(?P<c>{asks})|(?P<d>{answers}))\s*[（(]?\s*(?:{own})\s*[）)]?
            | (?P<e>扪心自[问問]|捫心自[问問])
            | (?:i\s+)?(?:(?P<f>ask(?:ed|ing)?)|(?P<g>answer(?:ed|ing)?))\s+(?:to\s+)?(?:{me})
            | i\s+(?:(?P<h>ask(?:ed)?)|(?P<i>answer(?:ed)?))
            | (?:self|my|my\s+own)[-\s]+(?:(?P<j>{question})|(?P<k>{answer}))
            | (?:(?P<l>{question})|(?P<m>{answer}))\s*[(（]\s*(?:(?:to|by|for|from)\s+)?(?:{me})\s*[)）]
            | (?:(?P<o>{question})|(?P<p>{answer}))\s+(?:to|by|for|from)\s+(?:{me})
            ){number}$"
        ))
        .ok()?,
        verb: Regex::new(&format!(r"^(?P<name>.+?)\s*(?:(?P<a>{asks})|(?P<b>{answers})){number}$")).ok()?,
        // `Ann (asking)`, `王小明（答）`.
        bracket: Regex::new(&format!(
            r"(?i)^(?P<name>[^(（]+?)\s*[(（]\s*(?:(?P<a>{asks}|asking|questions?|q)|(?P<b>{answers}|answering|answers?|a))\s*[)）]{number}$"
        ))
        .ok()?,
    })
});

/// Whether a label is surely that of somebody who asks alone. `我问` may stand in a story, and `自问` does not.
pub(super) fn is_self(label: &str) -> bool {
    label.starts_with(['自', 'S', 's']) && read(label).is_some_and(|words| words.name.is_none())
}

/// Reads a label, if there is a verb in it.
pub(super) fn read(label: &str) -> Option<LabelWords<'_>> {
    let patterns = PATTERNS.as_ref()?;
    let label = label.trim();
    let number = |found: &regex::Captures<'_>| found.name("n").and_then(|number| number.as_str().parse().ok());
    if let Some(found) = patterns.alone.captures(label) {
        let asks = ["a", "c", "e", "f", "h", "j", "l", "o"].iter().any(|group| found.name(group).is_some());
        return Some(LabelWords { name: None, role: role(asks), number: number(&found) });
    }
    let found = patterns.bracket.captures(label).or_else(|| patterns.verb.captures(label))?;
    let name = found.name("name")?.as_str().trim();
    let named = (1..=NAME_CHARS).contains(&name.chars().count()) && !is_told_of(name) && !is_noun(label);
    let role = role(found.name("a").is_some());
    named.then(|| LabelWords { name: Some(name), role, number: number(&found) })
}

/// The role that a whole word of a label tells: `问题`, `Answer`.
pub(super) fn of_word(word: &str) -> Option<LabelRole> {
    const ASKS: [&str; 17] = [
        "问",
        "問",
        "提问",
        "提問",
        "追问",
        "追問",
        "问题",
        "問題",
        "質問",
        "질문",
        "question",
        "frage",
        "pregunta",
        "domanda",
        "pergunta",
        "vraag",
        "вопрос",
    ];
    const ANSWERS: [&str; 13] = [
        "答",
        "回答",
        "답변",
        "answer",
        "response",
        "reply",
        "antwort",
        "réponse",
        "respuesta",
        "risposta",
        "resposta",
        "antwoord",
        "ответ",
    ];
    let word = word.to_lowercase();
    if ASKS.contains(&word.as_str()) {
        Some(LabelRole::Asks)
    } else {
        ANSWERS.contains(&word.as_str()).then_some(LabelRole::Answers)
    }
}

fn role(asks: bool) -> LabelRole {
    if asks { LabelRole::Asks } else { LabelRole::Answers }
}

/// `他问：` stands in a story, and `请问：` begins a question. Neither is the label of a turn.
fn is_told_of(name: &str) -> bool {
    const NOBODY: &str = "他 她 它 他们 她们 他們 她們 有人 我们 我們 请 請 提 追 反 发 發 设 設 询 詢 查 回 作 解";
    NOBODY.split(' ').any(|nobody| nobody == name)
}

/// `法律顾问` is a person, and no law that asks.
fn is_noun(label: &str) -> bool {
    ["顾问", "顧問", "学问", "學問", "访问", "訪問", "慰问", "慰問", "疑问", "疑問"]
        .iter()
        .any(|noun| label.ends_with(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_who_asks_alone_is_told_by_the_label() {
        for (asks, answers) in [
            ("自问", "自答"),
            ("自問", "自答"),
            ("问自己", "答自己"),
            ("自我提问", "自我回答"),
            ("我问自己", "我回答自己"),
            ("我问", "我答"),
            ("我的问题", "我的回答"),
            ("扪心自问", "自答"),
            ("问（自己）", "答（自己）"),
            ("自问1", "自答 1"),
            ("Self-question", "Self-answer"),
            ("SELF QUESTION", "SELF ANSWER"),
            ("Q(self)", "A(self)"),
            ("Q (to myself)", "A (to myself)"),
            ("Question to self", "Answer to self"),
            ("I ask myself", "I answer"),
            ("Asking myself", "Answering myself"),
            ("My question", "My answer"),
        ] {
            for (label, expected) in [(asks, LabelRole::Asks), (answers, LabelRole::Answers)] {
                let found = read(label).unwrap_or_else(|| panic!("{label} has a verb"));
                assert_eq!((found.role, found.name), (expected, None), "{label}");
            }
        }
        assert_eq!(read("自问12").and_then(|found| found.number), Some(12));
    }

    #[test]
    fn a_name_stands_beside_its_verb() {
        for (label, name, expected) in [
            ("记者问", "记者", LabelRole::Asks),
            ("记者提问", "记者", LabelRole::Asks),
            ("李守义答", "李守义", LabelRole::Answers),
            ("李守义回答", "李守义", LabelRole::Answers),
            ("李守义（答）", "李守义", LabelRole::Answers),
            ("Me (asking)", "Me", LabelRole::Asks),
            ("Ann (A)", "Ann", LabelRole::Answers),
        ] {
            let found = read(label).unwrap_or_else(|| panic!("{label} has a verb"));
            assert_eq!((found.name, found.role), (Some(name), expected), "{label}");
        }
    }

    #[test]
    fn other_words_are_no_verbs_of_a_label() {
        for label in [
            "法律顾问",
            "请问",
            "反问",
            "他问",
            "她答",
            "Masking",
            "Alpha",
            "问",
            "答",
            "Ann",
            "自己",
            "学问",
            "Self",
            "A",
            "Myself",
        ] {
            assert_eq!(read(label), None, "{label}");
        }
    }
}
