//! Words that turn against, deny or condition the words beside them, in Chinese and English. This module has the lists,
//! and tells these words from words that only look like them. It judges no quotation.

use crate::text::segment::is_chinese;

/// Turns that count anywhere.
const TURNS: &str =
    "但是 不过 可是 然而 尽管如此 话虽如此 可惜 美中不足 but however although though except nevertheless nonetheless";
/// Turns that count only at the beginning of a clause.
const TURNS_FIRST: &str = "但 只是 却 反而 问题是 只可惜 可问题 yet instead that%said on%the%other%hand";
/// Words that concede something before a turn.
const GRANTED: &str = "虽然 虽说 尽管 固然 although though even%though while";
const CONDITIONS: &str = "如果 假如 假设 要是 倘若 除非 只要 只有 前提 条件是 一旦 if unless provided%that only%if as%long%as \
 assuming on%condition";
const CONDITIONS_FIRST: &str = "若 除了 否则 不然 要不然 provided otherwise";
/// Conditions that restrict the sentence before them.
const RESTRICTIONS: &str =
    "除非 前提 条件是 否则 不然 要不然 只要 只有 unless only%if provided as%long%as otherwise on%condition";
const NEGATIONS: [char; 9] = ['不', '没', '未', '无', '非', '别', '勿', '莫', '甭'];
const ENGLISH_NEGATIONS: &str = "no not never none neither nor nobody nothing nowhere cannot without hardly barely rarely seldom unable \
 refuse refused refuses fail failed fails few little";
/// Chinese words with such a character that deny nothing.
const NEUTRAL: &str = "不仅 不但 不光 不只 不管 不论 不断 不同 不少 不错 不久 不过 不禁 不由 不愧 不得不 不妨 不止 不单 不一定非 不知不觉 \
 是不是 会不会 能不能 好不好 要不要 可不可以 有没有 行不行 对不对 想不想 愿不愿意 非常 除非 非要 非得 未来 未必不 没错 没想到 没准 \
 无论 无非 无数 无疑 特别 分别 别人 区别 个别 差别 类别 级别 识别 辨别 别的 性别 告别 别说 莫非 莫名 不客气 对不起 了不起 不好意思 差不多";
/// Words that deny the whole sentence before them.
const RETRACTIONS: &str = "才怪 不可能 不现实 不是的 没有的 骗你的 开玩笑 我不信 不太现实 不一定 未必 not%really just%kidding i%don't%think i%doubt";

/// The kind of words that are lost where a quotation is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// A negation: 不, 没, not, never …
    Negation,
    /// A turn: 但是, however …
    Turn,
    /// A condition: 如果, 除非, unless …
    Condition,
    /// A question: 吗.
    Question,
}

/// Returns a text in the form for comparison with these lists.
pub(super) fn folded(text: &str) -> String {
    super::units::plain(text).replace('’', "'")
}

/// Returns the position and length of the first of these words in a folded text.
fn find(text: &str, words: &str) -> Option<(usize, usize)> {
    let all = words.split_whitespace().map(|word| word.replace('%', " "));
    all.filter_map(|word| {
        text.match_indices(&word).find(|(at, _)| is_word(text, *at, word.len(), &word)).map(|(at, _)| (at, word.len()))
    })
    .min()
}

fn begins(text: &str, words: &str) -> Option<(usize, usize)> {
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let body = &text[start..];
    words.split_whitespace().map(|word| word.replace('%', " ")).find_map(|word| {
        (body.starts_with(&word) && is_word(body, 0, word.len(), &word)).then_some((start, word.len()))
    })
}

/// Returns whether this is a whole word. In scripts without spaces, it must not be part of certain other words.
fn is_word(text: &str, at: usize, len: usize, word: &str) -> bool {
    if word.chars().all(is_chinese) {
        let before = &text[..at];
        let other = word.starts_with('但') && before.ends_with(['不', '非'])
            || word == "但" && text[at + len..].starts_with(['凡', '愿'])
            || word == "可是" && before.ends_with(['尽', '许'])
            || word == "如果" && before.ends_with('比');
        return !other;
    }
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    apart(text[..at].chars().next_back()) && apart(text[at + len..].chars().next())
}

/// Finds a turn anywhere in the rest of a sentence, or at the beginning of one of its clauses.
pub(super) fn turn(rest: &str) -> Option<(usize, usize)> {
    find(rest, TURNS).or_else(|| first_of_clause(rest, TURNS_FIRST))
}

/// Finds a turn at the beginning of a sentence.
pub(super) fn begins_with_turn(sentence: &str) -> Option<(usize, usize)> {
    begins(sentence, TURNS).or_else(|| begins(sentence, TURNS_FIRST))
}

/// Finds a concession in the text before.
pub(super) fn granted(before: &str) -> Option<(usize, usize)> {
    find(before, GRANTED)
}

/// Finds a turn at the end of the text before: `很贵，但是|我会买`.
pub(super) fn ends_with_turn(before: &str) -> Option<(usize, usize)> {
    let bare = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let all = [TURNS, TURNS_FIRST].into_iter().flat_map(str::split_whitespace).map(|word| word.replace('%', " "));
    all.filter(|word| bare.ends_with(word.as_str()) && is_word(bare, bare.len() - word.len(), word.len(), word))
        .map(|word| (bare.len() - word.len(), word.len()))
        .min()
}

/// Finds a condition anywhere in a part of a sentence.
pub(super) fn condition(part: &str) -> Option<(usize, usize)> {
    find(part, CONDITIONS).or_else(|| first_of_clause(part, CONDITIONS_FIRST))
}

/// Finds a restriction of the previous sentence at the beginning of this one.
pub(super) fn begins_with_restriction(sentence: &str) -> Option<(usize, usize)> {
    begins(sentence, RESTRICTIONS)
}

/// Finds out whether a sentence or clause takes back the one before it.
pub(super) fn retracts(clause: &str) -> Option<(usize, usize)> {
    begins(clause.trim_start_matches(['那', '这', '也', '是', '我', '觉', '得', ' ', ',', '，']), RETRACTIONS)
        .map(|_| (0, clause.len()))
}

fn first_of_clause(text: &str, words: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for clause in text.split_inclusive(is_delimiter) {
        if let Some((from, len)) = begins(clause, words) {
            return Some((at + from, len));
        }
        at += clause.len();
    }
    None
}

/// Returns whether a character separates clauses.
pub(super) fn is_delimiter(c: char) -> bool {
    matches!(c, ',' | '，' | ';' | '；' | ':' | '：' | '—' | '、' | '…')
}

/// Finds the first negation in a folded text.
pub(super) fn negation(text: &str) -> Option<(usize, usize)> {
    let masked = without_neutral(text);
    let chinese = masked.char_indices().find(|(_, c)| NEGATIONS.contains(c)).map(|(at, c)| (at, c.len_utf8()));
    let english = masked.match_indices("n't").map(|(at, _)| {
        let start = masked[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |before| before + 1);
        (start, at + 3 - start)
    });
    english.chain(chinese).chain(find(&masked, ENGLISH_NEGATIONS)).min()
}

/// Returns the number of negations in a folded text.
pub(super) fn negations(text: &str) -> usize {
    let masked = without_neutral(text);
    let chinese = masked.chars().filter(|c| NEGATIONS.contains(c)).count();
    let words = masked.split(|c: char| !c.is_alphanumeric() && c != '\'');
    chinese
        + words
            .filter(|word| word.ends_with("n't") || ENGLISH_NEGATIONS.split_whitespace().any(|no| no == *word))
            .count()
}

/// Returns whether a text is nothing but a negation.
pub(super) fn is_negation(text: &str) -> bool {
    let bare = text.trim();
    !bare.is_empty()
        && (bare.chars().all(|c| NEGATIONS.contains(&c) || c == '有' && bare.contains('没'))
            || bare
                .split_whitespace()
                .all(|word| word.ends_with("n't") || ENGLISH_NEGATIONS.split_whitespace().any(|no| no == word)))
}

/// Returns the text with spaces in place of words that only look like negations. The number of bytes stays the same.
fn without_neutral(text: &str) -> String {
    // 不同 denies nothing, but 不同意 does.
    const DENYING: [&str; 4] = ["不同意", "不过去", "不管用", "不断开"];
    let mut masked = text.to_owned();
    for word in NEUTRAL.split_whitespace() {
        let places: Vec<usize> = masked.match_indices(word).map(|(at, _)| at).collect();
        for at in places {
            if !DENYING.iter().any(|denying| masked[at..].starts_with(denying)) {
                masked.replace_range(at..at + word.len(), &" ".repeat(word.len()));
            }
        }
    }
    masked
}

/// Returns whether one word denies the other: `possible` and `impossible`, `happy` and `unhappy`.
pub(super) fn is_denied_form(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= 4
        && ["un", "in", "im", "ir", "il", "dis", "non"].iter().any(|prefix| long.strip_prefix(prefix) == Some(short))
        || short.len() >= 3 && long.strip_prefix(short).is_some_and(|rest| rest == "less")
        || long.strip_suffix("n't") == Some(short)
        || long.strip_suffix("not") == Some(short)
        || matches!((short, long), ("can", "can't") | ("will", "won't") | ("shall", "shan't"))
}

/// Returns whether an English word is a number.
pub(super) fn is_number_word(word: &str) -> bool {
    const WORDS: &str = "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
 eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half double triple dozen twice \
 quarter third percent hundreds thousands millions";
    WORDS.split_whitespace().any(|one| one == word)
}

/// Returns whether a Chinese word has a numeral but counts nothing.
pub(super) fn is_neutral_number(word: &str) -> bool {
    const WORDS: &str = "一下 一些 一直 一样 一定 一般 一起 万一 十分 千万 一点 一旦 统一 唯一 一切 一种 一边 一方面 进一步 一会 一会儿 一时 \
 一致 一带 一向 一律 一再 一味 一度 一概 同一 单一 之一 一流 一线 三番两次 四面八方 七上八下 乱七八糟 九牛一毛 百般 半天";
    WORDS.split_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_told_from_words_that_look_like_them() {
        for text in ["不仅好用", "非常好", "是不是好用", "未来会好", "别人说", "a notable one", "无论如何"]
        {
            assert_eq!(negation(text), None, "{text}");
        }
        for (text, at) in [("并不好", 3), ("他没有说", 3), ("不同意", 0), ("i don't know", 2), ("it is not so", 6)]
        {
            assert_eq!(negation(text).map(|(at, _)| at), Some(at), "{text}");
        }
        assert_eq!(negations("不是不好，不仅如此"), 2);
    }

    #[test]
    fn turns_and_conditions_are_told_wherever_they_stand() {
        assert!(turn("，但是太贵").is_some() && turn("，但太贵").is_some() && turn(" but it's slow").is_some());
        assert!(turn("，不但便宜").is_none() && turn("attribute").is_none());
        assert!(
            condition("如果便宜").is_some() && condition("if it is cheap").is_some() && condition("比如果汁").is_none()
        );
    }
}
