//! Sentence → altered sentence. The rules are plain and of their own: the search does not use them, so they measure it
//! fairly. `None` means that the sentence has no words for the alteration.

use std::ops::{Range, RangeInclusive};

use crate::text::segment::{self, is_chinese};
use crate::verify::units;

/// The weight of a clause that is quoted by itself: a character counts one, a word two.
const CLAUSE_WEIGHT: RangeInclusive<usize> = 8..=20;

/// A random generator (xorshift) that gives the same numbers each time.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn seeded() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    /// Returns a number below `bound`, or 0 if there is none.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Returns a clause of a sentence.
pub(super) fn clause<'a>(sentence: &'a str, random: &mut Random) -> Option<&'a str> {
    let clauses = sentence
        .split(['，', ',', '；', ';', '：', ':'])
        .map(|clause| clause.trim().trim_end_matches(['。', '.', '！', '？']));
    let short: Vec<&str> = clauses.filter(|clause| CLAUSE_WEIGHT.contains(&units::weight(clause))).collect();
    short.get(random.below(short.len().max(1))).copied()
}

/// Takes away the first negation that can be taken away.
pub(super) fn without_negation(sentence: &str) -> Option<String> {
    for word in ["没有", "并不", "不会", "不是", "不能", "不想", "不要", "不用", "沒有", "並不", "不會"]
    {
        if let Some(at) = sentence.find(word) {
            // 没有 → 有, 不会 → 会
            let first = word.chars().next()?.len_utf8();
            let drop = if word.starts_with(['并', '並']) { first..word.len() } else { 0..first };
            let after = &sentence[at + drop.end..];
            // 会不会 and 是不是 ask. They do not deny.
            let asked = after.chars().next().is_some_and(|c| sentence[..at].ends_with(c));
            if asked {
                continue;
            }
            return Some(format!("{}{after}", &sentence[..at + drop.start]));
        }
    }
    for (word, instead) in [(" not ", " "), ("n't ", " "), ("n’t ", " "), (" never ", " ")] {
        if let Some(at) = sentence.find(word) {
            let before = &sentence[..at];
            if before.ends_with("ca") || before.ends_with("wo") || before.ends_with("Ca") || before.ends_with("Wo") {
                continue;
            }
            return Some(format!("{before}{instead}{}", &sentence[at + word.len()..]));
        }
    }
    None
}

/// Denies what is said.
pub(super) fn with_negation(sentence: &str) -> Option<String> {
    for (word, instead) in [
        ("可以", "不可以"),
        ("能够", "不能够"),
        ("会有", "不会有"),
        ("是一个", "不是一个"),
        ("觉得", "不觉得"),
        ("喜欢", "不喜欢"),
        ("會", "不會"),
        ("覺得", "不覺得"),
    ] {
        if let Some(at) = sentence.find(word)
            && !sentence[..at].ends_with(['不', '没', '沒', '不'])
        {
            return Some(sentence.replacen(word, instead, 1));
        }
    }
    for (word, instead) in [
        (" is ", " is not "),
        (" can ", " cannot "),
        (" was ", " was not "),
        (" will ", " will not "),
        (" are ", " are not "),
    ] {
        if sentence.contains(word) {
            return Some(sentence.replacen(word, instead, 1));
        }
    }
    None
}

/// Changes the first number.
pub(super) fn with_other_number(sentence: &str) -> Option<String> {
    if let Some(at) = sentence.find(|c: char| c.is_ascii_digit()) {
        let digit = sentence[at..].chars().next()?.to_digit(10)?;
        return Some(format!("{}{}{}", &sentence[..at], digit % 9 + 1, &sentence[at + 1..]));
    }
    for (word, instead) in [
        ("三个", "五个"),
        ("两个", "四个"),
        ("三個", "五個"),
        ("兩個", "四個"),
        ("第一", "第二"),
        (" two ", " seven "),
        (" three ", " nine "),
        (" ten ", " six "),
        ("十年", "八年"),
    ] {
        if sentence.contains(word) {
            return Some(sentence.replacen(word, instead, 1));
        }
    }
    None
}

/// Returns the ranges of the meaningful words of a sentence.
pub(super) fn words(sentence: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for word in segment::cut(sentence) {
        let range = at..at + word.len();
        at += word.len();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters >= if word.chars().any(is_chinese) { 2 } else { 4 } {
            found.push(range);
        }
    }
    found
}

/// Exchanges two words.
pub(super) fn swapped(sentence: &str, random: &mut Random) -> Option<String> {
    let words = words(sentence);
    let (i, j) = (random.below(words.len().max(1)), random.below(words.len().max(1)));
    let (a, b) = (words.get(i.min(j))?.clone(), words.get(i.max(j))?.clone());
    (i != j && sentence[a.clone()].to_lowercase() != sentence[b.clone()].to_lowercase()).then(|| {
        let (head, between, tail) = (&sentence[..a.start], &sentence[a.end..b.start], &sentence[b.end..]);
        format!("{head}{}{between}{}{tail}", &sentence[b.clone()], &sentence[a.clone()])
    })
}

/// Puts a word of another sentence in place of one.
pub(super) fn with_other_word(sentence: &str, from: &str, random: &mut Random) -> Option<String> {
    let (own, theirs) = (words(sentence), words(from));
    let (a, b) = (own.get(random.below(own.len().max(1)))?, theirs.get(random.below(theirs.len().max(1)))?);
    let (old, new) = (&sentence[a.clone()], &from[b.clone()]);
    (old.to_lowercase() != new.to_lowercase()).then(|| format!("{}{new}{}", &sentence[..a.start], &sentence[a.end..]))
}

/// Returns a paraphrase: some common words are replaced, and the clauses are reversed.
pub(super) fn paraphrased(sentence: &str) -> Option<String> {
    const OTHERS: &str = "觉得:认为 但是:不过 非常:十分 很多:许多 因为:由于 所以:因此 可以:能够 一些:若干 帮助:协助 客户:顾客 问题:难题 \
 我们:咱们 他们:那些人 现在:眼下 然后:接着 比如:譬如 喜欢:爱 重要:关键 提升:提高 解决:处理 工作:干活 员工:职员 企业:公司 公司:单位 \
 覺得:認為 非常:十分 因為:由於 可以:能夠 一些:若干 客戶:顧客 問題:難題 我們:咱們 他們:那些人 現在:眼下 然後:接著 其實:事實上 \
 大家:各位 时候:当口 應該:理當 应该:理当 需要:得 了解:知道 \
 think:believe really:truly very:quite people:folks because:since want:wish things:stuff going:about start:begin good:fine \
 great:splendid lot:heap kind:sort right:correct know:understand need:require many:numerous make:create use:employ";
    let mut text = sentence.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut changed = 0;
    for pair in OTHERS.split_whitespace() {
        let (word, other) = pair.split_once(':')?;
        if text.contains(word) && !text.contains(other) {
            text = text.replacen(word, other, 1);
            changed += 1;
        }
    }
    let comma = if text.contains('，') { "，" } else { ", " };
    let mut clauses: Vec<&str> = text.split(comma).collect();
    if clauses.len() > 1 {
        clauses.reverse();
        changed += 2;
    }
    (changed >= 3).then(|| clauses.join(comma))
}
