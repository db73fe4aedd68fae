//! A question for whoever it was → the same question as it is put to one person: 谁不能喝咖啡 → 你不能喝咖啡吗, Did anyone
//! move? → Did you move? Interviewers ask like this, so the judge knows this form best. This module is pure.

use crate::text::pattern::patterns;

// All patterns are matched with text as it is typed.
patterns! {
    ZH = r"^(?:请问|請問)?(?:有没有人|有沒有人|有没有谁|有沒有誰|有谁|有誰|有人|谁|誰|哪些人|哪位|哪几位|哪幾位|什么人|什麼人)(?:会|會)?";
    EN_ANYONE = r"(?i)^(does|do|did|has|have|is|are|was|were) (?:any|some)(?:one|body)\b";
    EN_WHO = r"(?i)^who(?:['’]s| is| was)? ";
    EN_WHOSE = r"(?i)^whose ";
}

/// Returns a question for whoever it was as it is put to one person. `None` for other questions.
pub(super) fn put_to_one(question: &str) -> Option<String> {
    let question = question.trim().trim_end_matches(['?', '？', '。']);
    if let Some(who) = ZH.find(question) {
        let rest = &question[who.end()..];
        let asks = if rest.ends_with(['吗', '嗎', '呢']) { "" } else { "吗" };
        return (rest.chars().count() > 1).then(|| format!("你{rest}{asks}？"));
    }
    if let Some(anyone) = EN_ANYONE.captures(question) {
        let rest = &question[anyone.get(0)?.end()..];
        let verb = match anyone.get(1)?.as_str().to_lowercase().as_str() {
            "does" | "do" => "Do",
            "did" => "Did",
            "has" | "have" => "Have",
            "is" | "are" => "Are",
            _ => "Were",
        };
        return Some(format!("{verb} you{rest}?"));
    }
    if let Some(who) = EN_WHO.find(question) {
        return Some(format!("Are you the one who {}?", &question[who.end()..]));
    }
    let whose = EN_WHOSE.find(question)?;
    Some(format!("Your {}?", &question[whose.end()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_for_whoever_it_was_is_put_to_one_person() {
        for (question, put) in [
            ("谁不能喝咖啡", "你不能喝咖啡吗？"),
            ("有沒有人遲到過嗎？", "你遲到過嗎？"),
            ("哪位会修自行车?", "你修自行车吗？"),
            ("Did anyone move house?", "Did you move house?"),
            ("Has anybody been robbed?", "Have you been robbed?"),
            ("Who keeps bees?", "Are you the one who keeps bees?"),
            ("Whose shop burnt down?", "Your shop burnt down?"),
        ] {
            assert_eq!(put_to_one(question).as_deref(), Some(put), "{question}");
        }
    }

    #[test]
    fn other_questions_are_left_as_they_are() {
        for question in ["谁", "食堂是谁开的", "租金多少钱", "When did it open?", "What do they fear?", "whoever", ""]
        {
            assert_eq!(put_to_one(question), None, "{question}");
        }
    }
}
