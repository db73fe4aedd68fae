//! The letters of a text, written in one way. Case, width, script, accents, white space and punctuation
//! make no difference. Each letter knows where in the text it stands. Without what editors leave out
//! (`嗯`, `uh`, times, a word said twice), a verbatim transcript and its edited copy have the same
//! letters too.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::decompose_canonical;

use super::radicals::ordinary;
use crate::text::script::View;

/// The letters of a text.
pub(crate) struct NormalizedLetters {
    pub(crate) chars: Vec<char>,
    /// The start and end of each letter in the text, in bytes.
    at: Vec<(u32, u32)>,
    /// How each letter stands beside the one before it.
    beside: Vec<Beside>,
}

/// How a letter stands beside the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// It begins a word.
    Apart,
    /// It continues a word of an alphabet.
    Within,
    /// It is a digit behind a colon, as in a time.
    Time,
    /// It stands in brackets that hold a few words: a stage direction, a time. Or it is the number of a note, as
    /// `²` and `①`.
    Aside,
}

/// Fillers that editors leave out, each of one to three characters.
const FILLERS: &str = "嗯 呃 唔 诶 欸 哎 唉 噢 喔 哦 啊 呀 嘛 吧 呢 哈 呵 哇 啦 咯 呗 对 那个 这个 就是说 就是 然后 的话 是的 好的 没错 明白";
/// English fillers that editors leave out, each of one or two words.
const ENGLISH_FILLERS: &str = "uh um uhm umm uhh er erm hm hmm mm mhm ah oh eh huh well like so just ok okay yeah yes yep right actually \
 basically really literally obviously anyway youknow imean kindof sortof";

static LEFT_OUT: LazyLock<HashSet<Vec<char>>> = LazyLock::new(|| {
    FILLERS.split_whitespace().chain(ENGLISH_FILLERS.split_whitespace()).map(|word| word.chars().collect()).collect()
});
/// The first letters of all fillers. They rule out most words at once.
static FIRST: LazyLock<HashSet<char>> =
    LazyLock::new(|| LEFT_OUT.iter().filter_map(|word| word.first()).copied().collect());
/// Characters of the longest Chinese filler.
const LONGEST_FILLER: usize = 3;
/// The most characters in brackets that count as an aside.
const LONGEST_ASIDE: usize = 24;

/// The most bytes of a text that is looked at. No text that is read is as long.
const LONGEST: usize = u32::MAX as usize;

impl NormalizedLetters {
    pub(crate) fn of(text: &str) -> Self {
        let room = text.len() / 2;
        let (chars, at, beside) = (Vec::with_capacity(room), Vec::with_capacity(room), Vec::with_capacity(room));
        let mut found = Self { chars, at, beside };
        if text.len() > LONGEST {
            return found;
        }
        let view = View::folded(text);
        let asides = asides(view.text());
        let mut asides = asides.iter().peekable();
        let mut before = (usize::MAX, 0..0);
        // The end of the letter before in the view, and that letter.
        let mut last: Option<(usize, char)> = None;
        for (at, c) in view.text().char_indices().filter(|(_, c)| c.is_alphanumeric() || is_radical(*c)) {
            let source = if before.0 == at { before.1.clone() } else { view.source_range(at..at + c.len_utf8()) };
            before = (at, source.clone());
            while asides.next_if(|aside| aside.end <= at).is_some() {}
            let between = last.and_then(|(end, before)| Some((before, view.text().get(end..at)?)));
            found.beside.push(match between {
                _ if asides.peek().is_some_and(|aside| aside.start <= at) => Beside::Aside,
                _ if text.get(source.clone()).is_some_and(is_note) => Beside::Aside,
                Some((before, "" | "'" | "’")) if !is_chinese(before) && !is_chinese(c) => Beside::Within,
                Some((before, ":")) if before.is_ascii_digit() && c.is_ascii_digit() => Beside::Time,
                _ => Beside::Apart,
            });
            last = Some((at + c.len_utf8(), c));
            found.chars.push(plain(c));
            found.at.push((source.start as u32, source.end as u32));
        }
        found
    }

    /// Those of some letters that remain without what editors leave out. `owners` tells for each letter of the
    /// text whose it is; nothing is taken together across the words of two. Without them all are of one.
    pub(crate) fn lean(&self, of: &[usize], owners: &[u32]) -> Vec<usize> {
        // The words that are kept, as parts of `of`.
        let mut kept: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        while from < of.len() {
            let word = self.word(of, owners, from);
            from = word.end;
            let first = of[word.start];
            let is_time = word.clone().any(|k| self.beside[of[k]] == Beside::Time);
            if self.beside[first] == Beside::Aside || is_time || self.is_filler(of, &word) {
                continue;
            }
            kept.push(word);
            self.once(of, owners, &mut kept);
        }
        kept.into_iter().flatten().map(|k| of[k]).collect()
    }

    /// The word that begins at a letter: a word of an alphabet, a Chinese filler, or one Chinese
    /// character.
    fn word(&self, of: &[usize], owners: &[u32], from: usize) -> Range<usize> {
        let of_one = |end: &usize| owners.get(of[from]) == owners.get(of[end - 1]);
        if is_chinese(self.chars[of[from]]) {
            let longest = (from + LONGEST_FILLER).min(of.len());
            let mut ends = (from + 1..=longest).rev().filter(of_one);
            let filler = ends.find(|end| self.is_filler(of, &(from..*end)));
            return from..filler.unwrap_or(from + 1);
        }
        let goes_on = |k: usize| {
            let (before, here) = (of[k - 1], of[k]);
            here == before + 1 && matches!(self.beside[here], Beside::Within | Beside::Time)
        };
        from..(from + 1..of.len()).find(|k| !goes_on(*k)).unwrap_or(of.len())
    }

    fn is_filler(&self, of: &[usize], word: &Range<usize>) -> bool {
        if !FIRST.contains(&self.chars[of[word.start]]) {
            return false;
        }
        let letters: Vec<char> = of[word.clone()].iter().take(16).map(|number| self.chars[*number]).collect();
        letters.len() == word.len() && LEFT_OUT.contains(&letters)
    }

    /// Removes the last word if it repeats the one before, and the last two if they repeat the two
    /// before. Also removes two words that are a filler together.
    fn once(&self, of: &[usize], owners: &[u32], kept: &mut Vec<Range<usize>>) {
        let of_one =
            |one: &Range<usize>, other: &Range<usize>| owners.get(of[one.start]) == owners.get(of[other.start]);
        let same = |one: &Range<usize>, other: &Range<usize>| {
            let letters = |word: &Range<usize>| of[word.clone()].iter().map(|number| self.chars[*number]);
            one.len() == other.len() && of_one(one, other) && letters(one).eq(letters(other))
        };
        if let [.., before, last] = kept.as_slice() {
            if same(before, last) {
                kept.pop();
                return;
            }
            let two = before.start..last.end;
            let beside = before.end == last.start && of_one(before, last);
            if beside && !is_chinese(self.chars[of[last.start]]) && self.is_filler(of, &two) {
                kept.truncate(kept.len() - 2);
                return;
            }
        }
        if let [.., a, b, c, d] = kept.as_slice()
            && same(a, c)
            && same(b, d)
        {
            kept.truncate(kept.len() - 2);
        }
    }

    pub(crate) fn chars(&self) -> impl Iterator<Item = char> + '_ {
        self.chars.iter().copied()
    }

    /// Where in the text some of the letters stand.
    pub(crate) fn source(&self, letters: Range<usize>) -> Range<usize> {
        match (self.at.get(letters.start), letters.end.checked_sub(1).and_then(|last| self.at.get(last))) {
            (Some(first), Some(last)) => first.0 as usize..(last.1 as usize).max(first.0 as usize),
            _ => 0..0,
        }
    }

    /// The numbers of the letters that begin within a range of the text.
    pub(crate) fn in_range(&self, range: &Range<usize>) -> Range<usize> {
        let before = |end: usize| self.at.partition_point(|(start, _)| (*start as usize) < end);
        let first = before(range.start);
        first..before(range.end).max(first)
    }
}

/// The letters of a text, as they are compared.
pub(crate) fn letters(text: &str) -> String {
    NormalizedLetters::of(text).chars().collect()
}

/// The places where a few words stand in brackets on one line.
fn asides(text: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>'), ('〔', '〕'), ('{', '}')];
    let mut found = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    for (at, c) in text.char_indices() {
        if let Some((start, close, left)) = open {
            open = match left.checked_sub(1) {
                Some(left) if c != close && c != '\n' => Some((start, close, left)),
                _ => None,
            };
            if c == close && left > 0 {
                found.push(start..at + c.len_utf8());
            }
        }
        if let Some((_, close)) = PAIRS.iter().find(|(begin, _)| *begin == c) {
            open = Some((at, *close, LONGEST_ASIDE));
        }
    }
    found
}

/// Whether a character is printed for an ordinary one, although it is no letter by itself.
fn is_radical(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2eff}')
}

/// Whether a character of the source is the number of a note, written small or in a circle.
fn is_note(of: &str) -> bool {
    let note = |c: char| matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '①'..='⒛' | '⓪'..='⓿' | '❶'..='➓');
    !of.is_empty() && of.chars().all(note)
}

/// Whether a letter is a word by itself.
pub(super) fn is_chinese(c: char) -> bool {
    c >= '\u{2e80}'
}

/// A letter without its accents. Characters that script converters disagree on become one.
fn plain(c: char) -> char {
    match c {
        '著' => '着',
        '乾' => '干',
        '妳' => '你',
        '牠' | '祂' => '它',
        '姊' => '姐',
        '甚' => '什',
        '藉' => '借',
        '隣' => '邻',
        '粧' => '妆',
        '暱' => '昵',
        '衞' => '卫',
        '敍' => '叙',
        '枱' => '台',
        '幺' => '么',
        '簷' => '檐',
        '痺' => '痹',
        '颚' => '腭',
        '鲶' => '鲇',
        '馀' => '余',
        '锺' => '钟',
        '讬' => '托',
        '谘' => '咨',
        '钜' => '巨',
        '迳' => '径',
        '缐' => '线',
        '砲' => '炮',
        '碁' => '棋',
        '窰' => '窑',
        '麺' => '面',
        'ß' => 's',
        'ı' => 'i',
        '\u{2e80}'..='\u{2eff}' => ordinary(c),
        // A syllable of Korean is no accented letter.
        '\u{AC00}'..='\u{D7A3}' => c,
        _ if c.is_ascii() => c,
        _ => {
            let mut first = None;
            decompose_canonical(c, |part| {
                first.get_or_insert(part);
            });
            first.unwrap_or(c)
        }
    }
}

/// How much a letter weighs. A Chinese character weighs as much as three letters of an alphabet.
pub(crate) fn weight(c: char) -> u32 {
    if is_chinese(c) { 3 } else { 1 }
}

/// The shortest stretch from each letter on that weighs enough. The last letters have none.
pub(crate) fn windows(letters: &[char], enough: u32) -> impl Iterator<Item = Range<usize>> + '_ {
    let (mut end, mut weighs) = (0, 0);
    (0..letters.len()).map_while(move |start| {
        while weighs < enough {
            weighs += weight(*letters.get(end)?);
            end += 1;
        }
        weighs -= weight(letters[start]);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writings_of_the_same_words_have_the_same_letters() {
        assert_eq!(letters("The Pineapple\n machine—was “terrible”!"), "thepineapplemachinewasterrible");
        assert_eq!(letters("ＴＨＥ　ｐｉｎｅ\u{200b}ap-\nple"), "thepineapple");
        assert_eq!(letters("用戶都說好，頭髮也不掉了。"), letters("用户都说好 头发也不掉了"));
        assert_eq!(letters("看著麵包乾了"), letters("看着面包干了"));
        assert_eq!(letters("牠們衞生得甚麼似的，姊姊藉了枱燈"), letters("它们卫生得什么似的，姐姐借了台灯"));
        assert_eq!(letters("re\u{301}sumé naïve"), "resumenaive");
    }

    #[test]
    fn letters_know_where_they_stand() {
        let text = "Ａ：他說「頭髮」掉了";
        let found = NormalizedLetters::of(text);
        let at = found.chars.iter().position(|c| *c == '头').expect("it is there");
        assert_eq!(&text[found.source(at..at + 2)], "頭髮");
        let said = text.find('他').expect("there")..text.len();
        assert_eq!(found.in_range(&said).len(), 6);
    }

    #[test]
    fn word_for_word_and_edited_the_same_words_have_the_same_letters() {
        let lean = |text: &str| -> String {
            let found = NormalizedLetters::of(text);
            let all: Vec<usize> = (0..found.chars.len()).collect();
            found.lean(&all, &[]).into_iter().map(|number| found.chars[number]).collect()
        };
        for (verbatim, edited) in [
            ("嗯，我、我觉得呃那个机器啊一直漏水。", "我觉得机器一直漏水。"),
            ("就是说，楼梯（笑）全湿了，对，全湿了", "楼梯全湿了，全湿了"),
            (
                "Uh, the the pineapple, you know, machine [laughs] was, um, terrible.",
                "The pineapple machine was terrible.",
            ),
            ("磨¹豆²机从开春起③就一直漏油。", "磨豆机从开春起就一直漏油。"),
            ("It was it was (00:12:03) I mean broken at 00:12 again.", "It was broken at again."),
        ] {
            assert_eq!(lean(verbatim), lean(edited), "{verbatim}");
        }
        assert_eq!(lean("dinosaurs and unlikely umbrellas"), "dinosaursandunlikelyumbrellas");
        // A long text in brackets is what was said.
        assert_eq!(lean("(the pineapple machine was terrible)"), "thepineapplemachinewasterrible");
    }

    #[test]
    fn a_word_that_two_people_say_in_a_row_is_said_twice() {
        let found = NormalizedLetters::of("问价格价格高得离谱");
        let all: Vec<usize> = (0..found.chars.len()).collect();
        assert_eq!(found.lean(&all, &[]).len(), 7);
        assert_eq!(found.lean(&all, &[0, 0, 0, 1, 1, 1, 1, 1, 1]), all);
        assert_eq!(letters("⻔口⻋都停不下"), letters("门口车都停不下"));
    }

    #[test]
    fn a_window_is_the_shortest_that_weighs_enough() {
        let letters: Vec<char> = "ab头发cd".chars().collect();
        let found: Vec<Range<usize>> = windows(&letters, 6).collect();
        assert_eq!(found, [0..4, 1..4, 2..4]);
        assert_eq!(windows(&letters, 100).count(), 0);
    }
}
