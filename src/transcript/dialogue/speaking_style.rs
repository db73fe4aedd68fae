//! How each speaker speaks: how often they ask, how briefly, whether they open, introduce and hand on
//! the word. It only measures; `roles` decides who asks.

use std::collections::{HashMap, HashSet};

use super::turn::Turn;
use crate::text::script::simplified;

/// How one speaker speaks.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one observation")]
pub(crate) struct SpeakingStyle {
    pub(crate) name: String,
    pub(crate) turns: usize,
    pub(crate) chars: usize,
    /// Share of the turns that ask something, 0 to 1.
    pub(crate) asking: f64,
    /// Whether the first turn is theirs.
    pub(crate) opens: bool,
    /// Whether the last turn is theirs.
    pub(crate) closes: bool,
    /// Whether they present a guest: `今天我们请到`, `my guest today is`.
    pub(crate) introduces: bool,
    /// Whether they thank for having been asked: `谢谢主持人`, `thanks for having me`.
    pub(crate) introduced: bool,
    /// Share of the others who speak right after them, 0 to 1.
    pub(crate) hands: f64,
}

impl SpeakingStyle {
    /// The mean length of a turn, in characters.
    pub(crate) fn length(&self) -> f64 {
        self.chars as f64 / self.turns.max(1) as f64
    }
}

/// How each speaker speaks, in the order of their first words.
pub(crate) fn of(text: &str, turns: &[&Turn]) -> Vec<SpeakingStyle> {
    let mut order: Vec<SpeakingStyle> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    let mut followers: Vec<HashSet<usize>> = Vec::new();
    let mut before: Option<usize> = None;
    for turn in turns {
        let Some(name) = turn.speaker.as_deref() else {
            before = None;
            continue;
        };
        let index = *at.entry(name).or_insert_with(|| {
            order.push(SpeakingStyle { name: name.to_owned(), opens: order.is_empty(), ..SpeakingStyle::default() });
            followers.push(HashSet::new());
            order.len() - 1
        });
        if let Some(before) = before.replace(index).filter(|before| *before != index) {
            followers[before].insert(index);
        }
        let words: Vec<&str> = turn.stretches.iter().filter_map(|stretch| stretch.of_text(text)).collect();
        let manner = &mut order[index];
        manner.turns += 1;
        manner.chars += words.iter().map(|words| words.chars().count()).sum::<usize>();
        manner.asking += asking(&words);
        if manner.turns <= 2 {
            let folded = simplified(&words.concat()).to_lowercase();
            manner.introduces |= INTRODUCES.iter().any(|words| folded.contains(words));
            manner.introduced |= INTRODUCED.iter().any(|words| folded.contains(words));
        }
    }
    if let Some(last) = before {
        order[last].closes = true;
    }
    let others = order.len().saturating_sub(1).max(1) as f64;
    for (manner, followers) in order.iter_mut().zip(followers) {
        manner.asking /= manner.turns.max(1) as f64;
        manner.hands = followers.len() as f64 / others;
    }
    order
}

/// Words of a person who presents a guest, in Simplified and lower case.
const INTRODUCES: [&str; 32] = [
    "今天我们请到",
    "今天请到",
    "今天我们邀请",
    "我们请来",
    "请来了",
    "今天的嘉宾",
    "做客",
    "欢迎来到",
    "欢迎收听",
    "欢迎收看",
    "这里是",
    "本期嘉宾",
    "接受我们的采访",
    "接受采访",
    "感谢您接受",
    "谢谢您接受",
    "有请",
    "欢迎各位",
    "my guest",
    "our guest",
    "welcome to",
    "welcome back",
    "joined by",
    "joining us",
    "joining me",
    "thanks for coming on",
    "thanks for joining",
    "thank you for joining",
    "thank you for coming",
    "thanks for taking the time",
    "thank you for taking the time",
    "come to order",
];

/// Words of a guest who was presented.
const INTRODUCED: [&str; 18] = [
    "谢谢主持人",
    "感谢主持人",
    "谢谢邀请",
    "感谢邀请",
    "谢谢你们的邀请",
    "谢谢您的邀请",
    "听众朋友",
    "观众朋友们好",
    "谢谢您的提问",
    "感谢您的提问",
    "谢谢你的提问",
    "我来回答",
    "thanks for having me",
    "thank you for having me",
    "thanks for inviting",
    "thank you for inviting",
    "glad to be here",
    "happy to be here",
];

/// A turn asks if it ends by asking. Only its last sentences count.
const LAST_CHARS: usize = 120;

/// The probability that a turn asks something, 0 to 1.
pub(crate) fn asking(words: &[&str]) -> f64 {
    const ASKS: [&str; 22] = [
        "吗",
        "什么",
        "怎么",
        "为何",
        "如何",
        "是不是",
        "有没有",
        "能不能",
        "可不可以",
        "会不会",
        "哪些",
        "哪个",
        "多少",
        "请问",
        "请您",
        "请你",
        "聊聊",
        "谈谈",
        "说说",
        "介绍一下",
        "分享一下",
        "有请",
    ];
    const INVITES: [&str; 12] = [
        "tell us",
        "tell me",
        "walk us",
        "walk me",
        "talk about",
        "describe",
        "can you explain",
        "i'd like to hear",
        "wondering",
        "i wonder",
        "just wonder",
        "i'm curious",
    ];
    let Some(last) = words.last() else { return 0.0 };
    let skip = last.chars().count().saturating_sub(LAST_CHARS);
    let tail: String = last.chars().skip(skip).collect();
    if ends_asking(&tail) {
        return 1.0;
    }
    if tail.contains(['?', '？']) || ends_in_ka(&tail) {
        return 0.8;
    }
    let folded = simplified(&tail).to_lowercase();
    // Recognisers write no question marks.
    let bare = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    if bare.ends_with('吗') {
        return 0.8;
    }
    if UNMARKED.iter().any(|end| bare.ends_with(end)) {
        return 0.5;
    }
    let invites = ASKS.iter().chain(&INVITES).any(|word| folded.contains(word));
    if invites { 0.5 } else { 0.0 }
}

/// Whether Japanese words end by asking, which takes no question mark: `何ですか。`
pub(super) fn ends_in_ka(words: &str) -> bool {
    let bare = words.trim_end_matches(|c: char| c.is_whitespace() || "。」』）".contains(c));
    ["すか", "せんか", "ょうか", "のか", "たか", "しますか", "ないか"].iter().any(|end| bare.ends_with(end))
        && !["そうですか", "そうなのか", "どうか"].contains(&bare)
}

/// Endings of questions without a question mark, in Simplified.
const UNMARKED: [&str; 16] = [
    "几年",
    "几个",
    "几点",
    "几次",
    "几岁",
    "几天",
    "多久",
    "多大",
    "多远",
    "是谁",
    "哪里",
    "哪儿",
    "哪年",
    "哪一年",
    "呢",
    "怎么样",
];

/// Whether the last sentence is a question. `谢谢。` after it does not count.
pub(crate) fn ends_asking(words: &str) -> bool {
    let trimmed =
        |words: &str| words.trim_end_matches(|c: char| c.is_whitespace() || "\"”’」』)）*_".contains(c)).len();
    let words = &words[..trimmed(words)];
    let bare = words.trim_end_matches(['。', '.', '！', '!']);
    let bare = ["谢谢大家", "谢谢您", "谢谢", "謝謝您", "謝謝", "Thank you", "Thanks", "thank you", "thanks"]
        .iter()
        .find_map(|thanks| bare.strip_suffix(thanks))
        .map_or(words, |rest| &rest[..trimmed(rest)]);
    bare.ends_with(['?', '？'])
}

/// Whether a turn has the form of a question: it is short and ends by asking.
pub(crate) fn is_question(words: &[&str]) -> bool {
    let chars: usize = words.iter().map(|words| words.chars().count()).sum();
    let asks = |last: &&str| {
        let bare = last.trim_end_matches(|c: char| c.is_whitespace() || ".。！!".contains(c));
        ends_asking(last) || bare.ends_with(['吗', '嗎'])
    };
    words.last().is_some_and(asks) && chars <= QUESTION_CHARS
}

/// The most characters of a turn that is a question by its form alone.
const QUESTION_CHARS: usize = 600;

/// Words that let another speaker go on, in Simplified and lower case, without punctuation.
const INTERJECTIONS: &str = "嗯 嗯嗯 嗯哼 唔 对 对对 对对对 对的 对啊 对呀 没错 是 是的 是啊 是呀 哦 噢 喔 哦哦 啊 哎 诶 唉 呵呵 哈哈 哈哈哈 好 好的 好好 好好好 行 可以 明白 \
 明白了 了解 了解了 知道了 懂了 原来如此 这样啊 这样 原来是这样 确实 的确 \
 right yeah yep yup mm mmm mhm hm hmm hmmm uh huh uh-huh mm-hm mm-hmm mhmm okay ok sure exactly wow oh ah aha totally absolutely definitely cool nice great \
 interesting gotcha indeed true alright";
/// The most words of an interjection: `Yeah, yeah, right.`
const INTERJECTED: usize = 4;

/// Whether a turn only lets another speaker go on: `嗯。`, `对，对。`, `Right.`, `Mm-hm. Yeah.`
pub(crate) fn is_interjection(words: &[&str]) -> bool {
    let all = simplified(&words.join(" ")).to_lowercase();
    if all.len() > 60 || all.contains(['?', '？']) {
        return false;
    }
    let parts: Vec<&str> = all
        .split(|c: char| !c.is_alphanumeric() && !"-'’".contains(c))
        .map(|part| part.trim_matches(['-', '\'', '’']))
        .filter(|part| !part.is_empty())
        .collect();
    let known = |part: &&str| INTERJECTIONS.split_whitespace().any(|word| word == *part);
    let phrase =
        ["i see", "got it", "of course", "makes sense", "all right", "go on"].contains(&parts.join(" ").as_str());
    phrase || (1..=INTERJECTED).contains(&parts.len()) && parts.iter().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interjection_asks_nothing() {
        for words in [
            "嗯。",
            "对，对。",
            "哦，这样啊。",
            "是的。",
            "明白了。",
            "Right.",
            "Yeah, yeah.",
            "Mm-hm.",
            "Uh-huh, okay.",
            "I see.",
            "嗯嗯……",
        ] {
            assert!(is_interjection(&[words]), "{words}");
        }
        for words in
            ["对吗？", "Right?", "嗯，后来呢？", "No.", "好的，我们开始吧。", "对，九条线。", "Yes, in May.", ""]
        {
            assert!(!is_interjection(&[words]), "{words}");
        }
    }

    #[test]
    fn thanks_after_a_question_do_not_change_it() {
        assert!(is_question(&["请问今年会增加线路吗？谢谢。"]));
        assert!(is_question(&["Why did the cost fall? Thank you."]));
        assert!(!is_question(&["会，三条线。谢谢。"]));
    }
}
