//! The ways in which one person's name is written: with a title or an office, with brackets behind it,
//! with the family name first, in Chinese characters or spelt in letters. They recognise a person who
//! withdrew under another way. Pure; knows no text beyond a name.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use pinyin::ToPinyin as _;

use super::normalized_letters::letters;

/// Titles that stand behind a Chinese name, or before it.
const TITLES: &str = "先生 女士 小姐 太太 夫人 老师 教授 博士 院士 医生 大夫 医师 护士 律师 法官 经理 总监 主任 主管 院长 校长 所长 处长 \
 科长 局长 部长 书记 主席 秘书 同学 同志 师傅 阿姨 叔叔 大爷 大妈 大哥 大姐 记者 主持人 嘉宾 受访者 受访人 被访者 采访对象 访谈对象 \
 用户 客户 客服 顾客 患者 家属 员工 店长 司机 学生 家长 村民 居民 市民 网友 读者 观众 听众 专家 代表";
/// Titles that stand beside an English name.
const ENGLISH_TITLES: &str = "mr mrs ms miss mx dr doctor prof professor sir madam dame lord lady rev reverend hon sen senator rep \
 representative gov governor judge justice chairman chairwoman chairperson chair captain capt col gen general sgt lt officer nurse jr sr phd \
 md esq ii iii";
/// Surnames of two characters. They are nobody's whole name.
const TWO_SURNAMES: [&str; 12] =
    ["欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯"];

static TITLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| TITLES.split_whitespace().collect());
static ENGLISH_TITLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ENGLISH_TITLES.split_whitespace().collect());

/// The ways to write a name: its letters, and its letters without what is not the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ways {
    /// The first is the name as it is written.
    pub(crate) letters: BTreeSet<String>,
    /// For a name in Chinese characters, how it is spelt in letters.
    pub(crate) spelt: BTreeSet<String>,
    /// For a name in letters, with the family name first.
    pub(crate) turned: BTreeSet<String>,
}

impl Ways {
    pub(crate) fn of(name: &str) -> Self {
        let mut ways = Self { letters: BTreeSet::new(), spelt: BTreeSet::new(), turned: BTreeSet::new() };
        let whole = letters(name);
        if whole.is_empty() {
            ways.letters.insert(name.trim().to_owned());
            return ways;
        }
        ways.letters.insert(whole);
        for part in parts(name) {
            ways.add(&part);
        }
        ways
    }

    /// Adds a part of what was written that may be the whole name.
    fn add(&mut self, part: &str) {
        let folded = letters(part);
        if folded.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        if folded.chars().all(is_chinese) {
            let bare = untitled(&folded);
            if is_whole(bare) {
                self.letters.insert(bare.to_owned());
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
            words.iter().map(String::as_str).filter(|word| !word.is_empty() && !ENGLISH_TITLE.contains(word)).collect();
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
            {
                self.letters.insert(words.concat());
                self.turned.insert(format!("{last}{}", first.concat()));
            }
        }
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

pub(crate) fn is_chinese(c: char) -> bool {
    c >= '\u{2e80}'
}

/// The parts of `name` that may be the whole name. They stand before brackets, dashes and commas, in
/// brackets behind a title, or as Chinese words behind an office. `Quux, Mary` is also turned round.
fn parts(name: &str) -> Vec<String> {
    let open = ['(', '（', '[', '［', '【', '〔', '<'];
    let close = [')', '）', ']', '］', '】', '〕', '>'];
    let (outside, inside) = match name.split_once(open) {
        Some((outside, inside)) => (outside.trim(), inside.split(close).next().unwrap_or_default().trim()),
        None => (name.trim(), ""),
    };
    let mut found = vec![outside.to_owned()];
    if outside.is_empty() || TITLE.contains(letters(outside).as_str()) {
        found.push(inside.to_owned());
    }
    for dash in [" - ", " – ", " — ", "——", " | ", "｜", "/", "／"] {
        found.extend(outside.split(dash).filter(|part| part.len() < outside.len()).map(str::to_owned));
    }
    if let Some((family, given)) = outside.split_once([',', '，']) {
        found.push(family.to_owned());
        found.push(format!("{} {}", given.trim(), family.trim()));
    }
    // `江湾市副市长 林海`
    let words: Vec<&str> = outside.split([' ', '\u{3000}', '、']).filter(|word| !word.is_empty()).collect();
    let chinese = |word: &&str| word.chars().all(is_chinese) && word.chars().count() >= 2;
    found.extend(words.iter().filter(|word| chinese(word) && words.len() > 1).map(|word| (*word).to_owned()));
    found
}

/// A Chinese name without titles.
fn untitled(name: &str) -> &str {
    let mut name = name;
    loop {
        let before = name;
        for title in TITLE.iter() {
            let bare = name.strip_suffix(title).or_else(|| name.strip_prefix(title));
            name = bare.filter(|bare| is_whole(bare)).unwrap_or(name);
        }
        if name == before {
            return name;
        }
    }
}

/// Whether the letters are a title or the label of a role. They name nobody.
pub(crate) fn is_title(letters: &str) -> bool {
    TITLE.contains(letters) || ENGLISH_TITLE.contains(letters)
}

/// Whether the characters can be a whole name. A surname alone or a title is none.
fn is_whole(name: &str) -> bool {
    (2..=4).contains(&name.chars().count()) && !TITLE.contains(name) && !TWO_SURNAMES.contains(&name)
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
}
