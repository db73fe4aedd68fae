//! The full text of an interview question. "张敏，您呢？" and "And you, Ann?" ask the same as the question
//! before, so its words are added. This text is never shown.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::pattern::patterns;
use crate::text::script::View;
use crate::text::segment::{self, is_chinese};
use crate::transcript::Transcript;

/// The longest question that needs the one before, in Chinese characters. A letter counts as a third.
const MAX_UNFINISHED_CHARS: usize = 48;
/// The longest form of address before or after a comma, in Chinese characters and in words of letters.
const MAX_ADDRESS_CHARS: usize = 4;
const MAX_ADDRESS_WORDS: usize = 3;

/// Words that ask without naming a subject. Stop words are not listed. Chinese words are cut as the
/// segmenter cuts them.
static SAYING_NOTHING: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "呢 觉得 认为 以为 感觉 看 看待 怎么看 想 怎么想 说 谈谈 谈 说说 讲讲 讲 聊聊 聊 分享 回答 补充 一下 下 \
 意见 看法 想法 观点 感受 态度 原因 理由 为何 为啥 好 好的 谢谢 感谢 嗯 对 是 是的 接下来 接着 下面 请 请问 请教 问 先生 女士 小姐 老师 教授 \
 博士 部长 主任 委员 总 经理 总监 同学 另外 其他 其他人 别人 另 另一位 一位 位 这位 那位 下一位 还 还有 别的 各位 大家 自己 本人 方面 同样 一样 问题 \
 这个 例子 举 举例 举个 比如 比如说 例如 具体 继续 然后 后来 结果 又 再 呀 哦 啦 的话 来说 而言 至于 轮到 换 \
 also again same too else anything something think thoughts thought feel view views opinion take say tell us more add go ahead please \
 next then so because reason thanks thank okay ok yes yeah right well mr mrs ms dr sir madam professor example instance give explain \
 elaborate comment comments respond answer question yourself yours agree like see look over"
        .split_whitespace()
        .collect()
});
/// Titles after a surname, by which an interviewer addresses somebody.
const TITLES: &str = "老师|教授|先生|女士|小姐|博士|经理|总监|主任|部长|委员|总|同学";

patterns! {
    // A person who is addressed at the beginning: 李总, 王老师, or 李雷 in 李雷您呢.
    TURNED_TO =
        &format!(r"^(?:那么|那|好的?|嗯)?\s*(?:\p{{Han}}{{1,3}}(?:{TITLES})|\p{{Han}}{{2,3}}(?:[您你]呢))");
}

/// Signs of a question. A turn without them does not continue an earlier question.
const ASKS: [&str; 16] = [
    "?",
    "？",
    "呢",
    "吗",
    "怎么",
    "如何",
    "为什么",
    "为何",
    "请",
    "谈谈",
    "说说",
    "讲讲",
    "what",
    "how",
    "why",
    "you",
];

/// The words of each question of a transcript, in order. A question that continues another has the
/// other's words first.
pub fn in_full(transcript: &Transcript) -> Vec<String> {
    let names = names(transcript);
    let mut whole: Option<&str> = None;
    let full = |words: &'_ str, before: Option<&str>| match before {
        Some(before) => format!("{before}\n{words}"),
        None => words.to_owned(),
    };
    let mut found = Vec::with_capacity(transcript.questions.len());
    for question in &transcript.questions {
        let words = transcript.words(question.span);
        let goes_on = goes_on(words, &names);
        found.push(full(words, whole.filter(|_| goes_on)));
        if !goes_on {
            whole = Some(words).filter(|words| !words.trim().is_empty());
        }
    }
    found
}

/// The names of all speakers and their parts, folded, the longest first.
fn names(transcript: &Transcript) -> Vec<String> {
    let asked = transcript.questions.iter().filter_map(|question| question.speaker.as_deref());
    let answered = transcript.answers().filter_map(|(_, _, answer)| answer.interviewee.as_deref());
    let mut names: Vec<String> = Vec::new();
    let speakers: HashSet<&str> = asked.chain(answered).collect();
    for name in speakers.into_iter().map(|name| View::folded(name).into_text()) {
        let chars: Vec<char> = name.chars().collect();
        let is_chinese_name = (2..=3).contains(&chars.len()) && chars.iter().all(|c| is_chinese(*c));
        if is_chinese_name {
            // 张敏 is asked as 张老师, 张总, 张女士.
            names.extend(
                ["老师", "总", "女士", "先生", "教授", "博士", "经理"].map(|title| format!("{}{title}", chars[0])),
            );
            names.extend((chars.len() == 3).then(|| chars[1..].iter().collect::<String>()));
        } else {
            names.extend(name.split_whitespace().filter(|word| word.chars().count() > 1).map(str::to_owned));
        }
        names.push(name);
    }
    // By text too, so that equal names are neighbours: every question is searched for every name.
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

/// Whether a question does not say what it asks about.
fn goes_on(words: &str, names: &[String]) -> bool {
    let folded = View::folded(words.trim()).into_text();
    let width: usize = folded.chars().map(|c| if is_chinese(c) { 3 } else { 1 }).sum();
    if folded.is_empty() || width > 3 * MAX_UNFINISHED_CHARS || !ASKS.iter().any(|asks| folded.contains(asks)) {
        return false;
    }
    let mut rest = folded;
    for name in names {
        rest = without(&rest, name);
    }
    let pieces: Vec<&str> =
        rest.split(['，', ',', '、', '。', '.', '!', '！', '?', '？', ':', '：', ';', '；', '\n']).collect();
    let last = pieces.len() - 1;
    let says = |piece: &str| {
        let piece = piece.trim();
        let turned_to = TURNED_TO.find(piece).map_or(0, |found| found.end());
        let mut words =
            segment::cut(&piece[turned_to..]).into_iter().filter(|word| word.chars().any(char::is_alphanumeric));
        words.any(|word| !segment::is_stopword(word) && !SAYING_NOTHING.contains(word))
    };
    let speaking: Vec<usize> = (0..pieces.len()).filter(|at| says(pieces[*at])).collect();
    match speaking[..] {
        [] => true,
        // A name that no speaker of this transcript has, next to a question to "you".
        [one] => {
            let others = pieces.iter().enumerate().filter(|(at, _)| *at != one).map(|(_, piece)| *piece);
            let asks_you = others.into_iter().any(|piece| ["您", "你", "you"].iter().any(|you| piece.contains(you)));
            (one == 0 || one == last || pieces[one + 1..].iter().all(|piece| piece.trim().is_empty()))
                && asks_you
                && is_called(pieces[one].trim())
        }
        _ => false,
    }
}

/// Whether a piece between commas may be a form of address.
fn is_called(piece: &str) -> bool {
    if piece.chars().all(is_chinese) {
        piece.chars().count() <= MAX_ADDRESS_CHARS
    } else {
        piece.split_whitespace().count() <= MAX_ADDRESS_WORDS
            && piece.chars().all(|c| c.is_alphabetic() || " .'’-".contains(c))
    }
}

/// Removes a name from a text. A name in letters is removed only where it is a whole word.
fn without(text: &str, name: &str) -> String {
    if name.chars().any(is_chinese) {
        return text.replace(name, " ");
    }
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for (at, found) in text.match_indices(name) {
        let (before, after) = (text[..at].chars().next_back(), text[at + found.len()..].chars().next());
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !joins(before) && !joins(after) {
            rest.push_str(&text[end..at]);
            end = at + found.len();
        }
    }
    rest.push_str(&text[end..]);
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript;

    fn asked(text: &str) -> Vec<String> {
        let (transcript, _) = transcript::read("test", text.as_bytes()).expect("readable");
        in_full(&transcript)
    }

    #[test]
    fn a_question_that_only_turns_to_somebody_asks_what_the_one_before_asked() {
        let names = [];
        for words in [
            "张敏，您呢？",
            "您呢？",
            "那您觉得呢",
            "张老师，您怎么看？",
            "好的，谢谢。李总您呢？",
            "為什麼？",
            "能举个例子吗？",
            "And you?",
            "What about you, Jerod?",
            "Jerod, what do you think?",
            "Same question to you.",
            "Why is that?",
        ] {
            assert!(goes_on(words, &names), "{words}");
        }
        for words in [
            "您平时怎么放松？",
            "公司呢，给了什么支持？",
            "您怎么看加班？",
            "工资涨了吗？",
            "How do you relax?",
            "What do you think about the new office?",
            "Do you run alone?",
            "",
            "谢谢大家。",
        ] {
            assert!(!goes_on(words, &names), "{words}");
        }
    }

    #[test]
    fn each_name_is_looked_for_once_however_often_somebody_speaks() {
        let turns = "记者：您好吗？\n张敏：很好。\n李雷：也好。\n".repeat(200);
        let (transcript, _) = transcript::read("test", turns.as_bytes()).expect("readable");
        assert!(names(&transcript).len() < 30, "{:?}", names(&transcript));
    }

    #[test]
    fn the_words_of_the_question_before_are_carried_past_several() {
        let text = "主持人：您平时怎么放松？\n王小明：我每天跑步。\n主持人：张敏，您呢？\n张敏：我喜欢做饭。\n\
            主持人：那李雷您呢？\n李雷：睡觉。\n主持人：公司报销网费吗？\n王小明：报销的，每个月一百块。\n";
        let asked = asked(text);
        assert_eq!(asked[0], "您平时怎么放松？");
        assert_eq!(asked[1], "您平时怎么放松？\n张敏，您呢？");
        assert_eq!(asked[2], "您平时怎么放松？\n那李雷您呢？");
        assert_eq!(asked[3], "公司报销网费吗？");
    }
}
