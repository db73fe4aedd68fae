//! The ways in which one person's name is written: with a title or an office, with brackets behind it,
//! with the family name first, in Chinese characters or spelt in letters. They recognise a person who
//! withdrew under another way. Pure; knows no text beyond a name and the other labels of its transcript.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use pinyin::ToPinyin as _;

use super::normalized_letters::{is_chinese, letters};
use super::roles::{is_english_title, is_number, is_role, is_title, is_whole, looks_like_a_name, titled, untitled};
use crate::text::names;

/// The ways to write a name: its letters, and its letters without what is not the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ways {
    /// The letters of the name as it is written, and of its parts that may be the whole name.
    pub(crate) letters: BTreeSet<String>,
    /// For a name in Chinese characters, how it is spelt in letters.
    pub(crate) spelt: BTreeSet<String>,
    /// For a name in letters, with the family name first.
    pub(crate) turned: BTreeSet<String>,
    /// Those of the letters that are the name without a doubt.
    sure: BTreeSet<String>,
    /// For a name in letters, its words.
    words: BTreeSet<String>,
}

/// What the labels of one transcript have in common. A part that different labels share, such as an
/// employer, names nobody, unless one of them is no more than this part.
#[derive(Debug, Clone, Default)]
pub(crate) struct SharedParts(HashSet<String>);

/// So many labels of one transcript, or of all, share a part that names nobody.
const IN_ONE: usize = 2;
const IN_ALL: usize = 3;

impl SharedParts {
    /// Of the labels of one transcript.
    pub(crate) fn of<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        Self::by(labels, IN_ONE)
    }

    /// Of the labels of one transcript, and of those of `all` transcripts beside it. One person may have two employers,
    /// so a part that names nobody is shared by more.
    pub(crate) fn among<'a>(labels: impl IntoIterator<Item = &'a str>, all: impl IntoIterator<Item = &'a str>) -> Self {
        let mut shared = Self::of(labels);
        shared.0.extend(Self::by(all, IN_ALL).0);
        shared
    }

    /// The parts that so many different labels share.
    fn by<'a>(labels: impl IntoIterator<Item = &'a str>, least: usize) -> Self {
        let labels: BTreeMap<String, &str> = labels.into_iter().map(|label| (letters(label), label)).collect();
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let mut sure: HashSet<String> = labels.keys().cloned().collect();
        let mut doubtful: HashSet<String> = HashSet::new();
        for (whole, label) in &labels {
            let ways = Ways::of(label);
            let named: Vec<&String> = ways.letters.iter().filter(|way| looks_like_a_name(way)).collect();
            match named.as_slice() {
                [one] => sure.extend([(*one).clone()]),
                several => doubtful.extend(several.iter().map(|way| (*way).clone())),
            }
            sure.extend(ways.sure.iter().cloned());
            for way in ways.letters.into_iter().filter(|way| way != whole) {
                *times.entry(way).or_default() += 1;
            }
        }
        let is_shared = |(way, count): (String, usize)| {
            let is_sure = sure.contains(&way) && (!doubtful.contains(&way) || labels.contains_key(&way));
            (count >= least && !is_sure).then_some(way)
        };
        Self(times.into_iter().filter_map(is_shared).collect())
    }
}

impl Ways {
    pub(crate) fn of(name: &str) -> Self {
        Self::among(name, &SharedParts::default())
    }

    /// The ways to write the name of a speaker, beside others whose labels share parts with this one.
    pub(crate) fn among(name: &str, shared: &SharedParts) -> Self {
        let new = BTreeSet::new;
        let mut ways = Self { letters: new(), spelt: new(), turned: new(), sure: new(), words: new() };
        let whole = letters(name);
        if whole.is_empty() {
            ways.letters.insert(name.trim().to_owned());
            return ways;
        }
        ways.letters.insert(whole);
        let parts = Parts::of(name);
        if let Some(whole) = parts.whole {
            ways.add(&whole, true, shared);
        }
        for part in parts.others {
            ways.add(&part, false, shared);
        }
        ways
    }

    /// Adds a part of what was written that may be the whole name. If it is `all` of it, it is the name
    /// without a doubt.
    fn add(&mut self, part: &str, all: bool, shared: &SharedParts) {
        let folded = letters(part);
        if folded.chars().any(char::is_numeric) {
            return;
        }
        if folded.chars().all(is_chinese) {
            let bare = untitled(&folded);
            if is_whole(bare) && !is_role(bare) && !shared.0.contains(bare) {
                self.letters.insert(bare.to_owned());
                if all && (bare == folded || looks_like_a_name(bare)) {
                    self.sure.insert(bare.to_owned());
                }
                let spelt: Option<Vec<String>> =
                    bare.chars().map(|c| Some(c.to_pinyin()?.plain().replace('ü', "u"))).collect();
                if let Some([family, given @ ..]) = spelt.as_deref() {
                    self.spelt.insert(format!("{family}{}", given.concat()));
                    self.spelt.insert(format!("{}{family}", given.concat()));
                }
            }
            return;
        }
        let words: Vec<String> = part.split(|c: char| c.is_whitespace() || c == '.').map(letters).collect();
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !word.is_empty() && !is_english_title(word)).collect();
        let middle = |at: usize| at > 0 && at + 1 < words.len();
        let full: Vec<&str> = words
            .iter()
            .enumerate()
            .filter(|(at, word)| !(middle(*at) && word.chars().count() == 1))
            .map(|(_, word)| *word)
            .collect();
        for words in [&words, &full] {
            if let [first @ .., last] = words.as_slice()
                && !first.is_empty()
                && !shared.0.contains(&words.concat())
            {
                self.words.extend(words.iter().filter(|word| word.chars().count() > 1).map(|word| (*word).to_owned()));
                self.letters.insert(words.concat());
                self.turned.insert(format!("{last}{}", first.concat()));
                if all {
                    self.sure.insert(words.concat());
                }
            }
        }
    }

    /// All ways to write the name, and what names its bearer among people who know of whom they speak: a first or a last
    /// name, `王老师`, `小王`.
    pub(crate) fn in_own_source(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = self.letters.iter().chain(&self.turned).chain(&self.spelt).cloned().collect();
        for name in self.letters.iter().filter(|name| looks_like_a_name(name)) {
            let surname = names::compound_surname(name).map_or_else(|| first_character(name), str::len);
            let (family, given) = name.split_at(surname);
            all.extend(Some(given.to_owned()).filter(|given| given.chars().count() > 1));
            all.extend(titled(family));
        }
        all.extend(self.words.iter().cloned());
        all
    }

    /// Whether two names are the same.
    pub(crate) fn meet(&self, other: &Self) -> bool {
        let one = |a: &Self, b: &Self| !a.turned.is_disjoint(&b.letters) || a.latin().any(|way| b.spelt.contains(way));
        !self.letters.is_disjoint(&other.letters) || one(self, other) || one(other, self)
    }

    /// The ways that are written in letters.
    pub(crate) fn latin(&self) -> impl Iterator<Item = &String> {
        self.letters.iter().chain(&self.turned).filter(|way| !way.chars().any(is_chinese))
    }
}

fn first_character(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The parts of a label that may be the whole name.
struct Parts {
    /// The label, if it is in one piece.
    whole: Option<String>,
    others: Vec<String>,
}

impl Parts {
    /// They stand before brackets, dashes and commas, in brackets behind a title, or as Chinese words
    /// beside an office. `Quux, Mary` is also turned round. A role, a department and a number name nobody.
    fn of(name: &str) -> Self {
        let open = ['(', '（', '[', '［', '【', '〔', '<'];
        let close = [')', '）', ']', '］', '】', '〕', '>'];
        let (outside, inside) = match name.split_once(open) {
            Some((outside, inside)) => (outside.trim(), inside.split(close).next().unwrap_or_default().trim()),
            None => (name.trim(), ""),
        };
        let mut found: Vec<String> = Vec::new();
        for dash in [" - ", " – ", " — ", "——", " | ", "｜", "/", "／"] {
            found.extend(outside.split(dash).filter(|part| part.len() < outside.len()).map(str::to_owned));
        }
        if let Some((family, given)) = outside.split_once([',', '，']) {
            found.extend([family, given].map(str::to_owned));
            found.push(format!("{} {}", given.trim(), family.trim()));
        }
        // `江湾市副市长 林海`
        let words: Vec<&str> = outside.split([' ', '\u{3000}', '、']).filter(|word| !word.is_empty()).collect();
        if words.len() > 1 && words.last().is_some_and(|last| is_number(last)) {
            return Self { whole: None, others: Vec::new() };
        }
        let chinese = |word: &&str| word.chars().all(is_chinese) && word.chars().count() >= 2;
        found.extend(words.iter().filter(|word| chinese(word) && words.len() > 1).map(|word| (*word).to_owned()));
        if found.is_empty() && inside.is_empty() {
            return Self { whole: Some(outside.to_owned()), others: found };
        }
        found.push(outside.to_owned());
        if outside.is_empty() || is_title(letters(outside).as_str()) || is_role(outside) {
            found.push(inside.to_owned());
        }
        found.retain(|part| !letters(part).is_empty() && !is_role(part) && !is_number(part));
        // Beside what looks like the name of a person, other Chinese words are none.
        let is_named = |part: &String| looks_like_a_name(untitled(&letters(part)));
        if found.iter().any(is_named) {
            found.retain(|part| is_named(part) || !letters(part).chars().all(is_chinese));
        }
        Self { whole: None, others: found }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        Ways::of(one).meet(&Ways::of(other))
    }

    #[test]
    fn one_person_is_known_by_other_ways_of_writing_the_name() {
        for (one, other) in [
            ("Mary Quux", "MARY  QUUX"),
            ("Mary Quux", "Ｍａｒｙ　Ｑｕｕｘ"),
            ("Mary Quux", "Ms. Mary Quux"),
            ("Dr Mary Quux", "mary quux"),
            ("Mary Quux", "Quux, Mary"),
            ("Mary Quux", "Mary J. Quux, PhD"),
            ("Mary Quux", "Mary Quux (she/her)"),
            ("Mary Quux", "Mary Quux - Vice President"),
            ("张三", "張三"),
            ("张三", "张三先生"),
            ("张三", "张三（客服）"),
            ("张三老师", "受访者张三"),
            ("张三", "嘉宾（张三）"),
            ("张三", "客服经理 张三"),
            ("张三", "Zhang San"),
            ("张三", "San Zhang"),
            ("ZHANG SAN", "張三女士"),
            ("San Zhang", "张三"),
            ("吕方", "Lü Fang"),
            ("欧阳芳", "欧 阳 芳"),
            ("王芳", "王芳经理"),
            ("王芳", "销售部 王芳"),
            ("王芳经理", "销售部 王芳"),
            ("采购王芳", "财务部（王芳）"),
            ("班主任 王芳", "王芳老师"),
            ("护士长、王芳", "王芳"),
            ("王芳，护士长", "王芳"),
            ("二车间／周大山", "周大山"),
            ("P2 王芳", "王芳"),
            ("Vice President - Mary Quux", "Mary Quux"),
            ("Officer Mary Quux - Police Department", "Mary Quux"),
        ] {
            assert!(same(one, other) && same(other, one), "{one} {other}");
        }
    }

    #[test]
    fn others_are_others() {
        for (one, other) in [
            ("Mary Quux", "Mary Quuz"),
            ("Mr. Smith", "Mrs. Smith"),
            ("Mary Quux", "Mary Jones"),
            ("Mary Quux - Vice President", "Bob Jones - Vice President"),
            ("Ann Lee - Chief Executive Officer", "Bob Ray - Chief Executive Officer"),
            ("Sales Team (Mary Quux)", "Sales Team (Bob Jones)"),
            ("Participant B", "Participant C"),
            ("Speaker One", "Speaker Two"),
            ("发言人 2", "发言人 3"),
            ("组员 甲", "组员 乙"),
            ("参与者 2", "参与者 3"),
            ("王芳 1", "王芳 2"),
            ("销售部 王芳", "销售部 李强"),
            ("班主任 王芳", "班主任 李强"),
            ("张家村村民 王大娘", "张家村村民 李大爷"),
            ("二车间／周大山", "二车间／吴小海"),
            ("住院部——周大山", "住院部——吴小海"),
            ("护士长、周大山", "护士长、吴小海"),
            ("学生组长", "员工组长"),
            ("财务部（王芳）", "财务部（李强）"),
            ("张三", "章三"),
            ("张老师", "张经理"),
            ("欧阳先生", "欧阳女士"),
            ("嘉宾（张三）", "嘉宾（李四）"),
            ("Speaker 1 (Ann)", "Speaker 1 (Bob)"),
            ("受访者", "受访者张三"),
            ("说话人1", "说话人2"),
            ("…", "—"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} {other}");
        }
    }

    #[test]
    fn what_different_labels_of_a_transcript_share_names_nobody() {
        let labels = ["Acme Ltd - Ann Lee", "Acme Ltd - Bob Ray", "宏远 小梅", "宏远 阿强", "常务 王芳", "常务 李强"];
        for labels in [
            labels,
            ["Blue Boat | Ann Lee", "Blue Boat | Bob Ray", "宏远／小梅", "宏远／阿强", "常务／王芳", "常务／李强"],
        ] {
            let shared = SharedParts::of(labels);
            let ways: Vec<Ways> = labels.iter().map(|label| Ways::among(label, &shared)).collect();
            for (i, one) in ways.iter().enumerate() {
                for (k, other) in ways.iter().enumerate().filter(|(k, _)| *k != i) {
                    assert!(!one.meet(other), "{} {}", labels[i], labels[k]);
                }
            }
            for (way, name) in ways.iter().zip(["Ann Lee", "Bob Ray", "小梅", "阿强", "王芳", "李强"]) {
                assert!(way.meet(&Ways::of(name)), "{name}");
            }
        }
    }

    #[test]
    fn an_employer_of_several_interviewees_names_nobody_and_a_person_with_two_employers_stays_one() {
        let all = [
            "宏远 小梅",
            "宏远 阿强",
            "宏远 大刘",
            "Blue Boat | Ann Lee",
            "Blue Boat | Bob Ray",
            "Blue Boat | Cy Poe",
            "Red Barn | Ann Lee",
        ];
        let of = |label: &str| Ways::among(label, &SharedParts::among(["访谈员", label], all));
        for label in ["宏远 小梅", "Blue Boat | Ann Lee"] {
            let ways = of(label);
            assert!(!ways.meet(&Ways::of("宏远")) && !ways.meet(&Ways::of("Blue Boat")), "{label}");
        }
        assert!(of("宏远 小梅").meet(&Ways::of("小梅")) && of("Blue Boat | Ann Lee").meet(&Ways::of("Ann Lee")));
    }

    #[test]
    fn one_person_under_two_labels_of_a_transcript_stays_one() {
        for labels in [
            ["王芳经理", "王芳"],
            ["销售部 王芳", "王芳"],
            ["销售部 王芳", "王芳老师"],
            ["Mary Quux - Vice President", "Mary Quux"],
            ["Dr Mary Quux", "Mary J. Quux"],
            ["宏远 小梅", "小梅"],
        ] {
            let shared = SharedParts::of(labels);
            assert!(Ways::among(labels[0], &shared).meet(&Ways::among(labels[1], &shared)), "{labels:?}");
        }
    }
}
