//! Finds addresses, employers and places, by the dictionaries and by typical endings.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::clue::{Clue, ClueKind};
use super::lists::{ALSO_WORDS, CHINESE_PLACES, EMPLOYERS, ENGLISH_EMPLOYERS, ENGLISH_PLACES, ENGLISH_PLACES_OF_TWO};
use super::reading::Reading;
use crate::text::pattern::patterns;
use crate::text::segment::{JIEBA, is_chinese};

patterns! {
    CHINESE_ADDRESS = concat!(
        r"(?:\p{Han}{2,6}?(?:省|市|自治区))?(?:\p{Han}{1,6}?(?:市|区|县|州|镇|乡))?\p{Han}{1,8}?(?:路|街|大道|巷|胡同|弄|里|段|村|小区|花园|新村|公寓|大厦|广场)",
        r"(?:[一二三四五六七八九十]段)?[0-9A-Za-z一二三四五六七八九十百-]{1,8}(?:号楼|号院|号|弄|栋|幢|座|楼|室|巷)(?:[0-9A-Za-z一二三四五六七八九十百-]{1,6}(?:号楼|号|栋|幢|座|单元|层|楼|室|户)(?:之\d+)?)*(?:[0-9]{2,4})?"
    );
    ENGLISH_ADDRESS = r"(?-u:\b)\d{1,5}[A-Za-z]?\s(?:\p{Lu}[\p{L}'’]+\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Square|Terrace|Crescent|Way|Place)(?-u:\b)(?:,?\s(?:Apt|Apartment|Flat|Unit|Suite)\.?\s?\w{1,5})?";
    // Endings of the names of Chinese employers.
    CHINESE_EMPLOYER = r"[\p{Han}A-Za-z0-9]{2,16}?(?:股份有限公司|有限责任公司|有限公司|集团公司|公司|集团|银行|大学|学院|医院|中学|小学|高中|研究院|研究所|事务所|幼儿园|电视台|报社|出版社|酒店)";
    ENGLISH_EMPLOYER = r"(?-u:\b)(?:University of \p{Lu}\p{L}+|(?:\p{Lu}[\p{L}'’&.-]+\s){1,4}(?:Inc|Ltd|Limited|LLC|Corp|Corporation|Company|Group|Bank|University|College|Hospital|High School|School|Institute|Agency|Clinic|Foundation|GmbH|PLC|Partners|Associates)(?-u:\b))";
    AT_WORK = r"(?-u:\b)(?:work(?:ed|ing|s)? (?:at|for)|job at|joined|hired by|employed (?:at|by)|taught at|teach at|studied at|graduated from)\s(?:the\s)?(\p{Lu}[\p{L}'’&.-]*\p{L}(?:\s\p{Lu}[\p{L}'’&.-]*\p{L}){0,3})";
    IN_PLACE = r"(?-u:\b)(?:live[sd]? in|living in|grew up in|born in|moved to|come from|comes from|came from|based in|move back to)\s(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){0,2})";
    PLACE_OF_TWO_WORDS = &format!(r"(?-u:\b)(?:{ENGLISH_PLACES_OF_TWO})(?-u:\b)");
    WORD_WITH_CAPITAL = r"(?-u:\b)\p{Lu}[\p{L}'’]+(?-u:\b)";
}

/// Words before the name of an employer that are not part of it.
const BEFORE_EMPLOYER: [&str; 42] = [
    "以前在",
    "之前在",
    "现在在",
    "后来在",
    "曾经在",
    "去了",
    "来到",
    "进了",
    "考上",
    "毕业于",
    "就职于",
    "加入",
    "离开",
    "在",
    "去",
    "到",
    "的",
    "是",
    "从",
    "和",
    "跟",
    "与",
    "给",
    "为",
    "把",
    "被",
    "让",
    "对",
    "向",
    "我们",
    "你们",
    "他们",
    "这家",
    "那家",
    "一家",
    "我",
    "你",
    "他",
    "她",
    "家",
    "了",
    "说",
];
/// Words before 公司 and the like that name no particular employer.
const ANY_EMPLOYER: &str = "我们 你们 他们 她们 咱们 自己 这家 那家 一家 每家 哪家 这个 那个 某个 一个 大 小 总 分 子 母 老 新 旧 外 本 贵 该 其他 别的 同一 外企 国企 民营 私营 上市 \
 互联网 科技 外包 人力 软件 游戏 保险 物流 快递 广告 外贸 电商 传统 大型 小型 中小 家族 传媒 教育 培训 综合 三甲 公立 私立 社区 县 市 省 重点 普通 名牌 职业 技术 本地 当地 整个 全 各 几家 多家 \
 两家 有的 很多 许多 所有 另一家 另外 前 商业 投资 上 读 念 考 住 去 开 找 换 进 中 初 高 到 在 回 来 该 星级 五星级 地方 企业 客服 服务 客户 跨国 创业 初创 好 读完 毕业 大 去过 民办 师范 医学";
static TOWNS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| CHINESE_PLACES.split_whitespace().collect());
static ENGLISH_TOWNS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| ENGLISH_PLACES.split_whitespace().collect());
static FIRMS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| ENGLISH_EMPLOYERS.split_whitespace().collect());
/// Months and weekdays. They begin with a capital, but are no names.
const CALENDAR: &str = "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday \
 Saturday Sunday I";

pub(super) fn find(reading: &Reading) -> Vec<Clue> {
    let text = reading.text();
    let mut found = Vec::new();
    let mut add = |kind, range: Range<usize>, sure| found.push(Clue { kind, range, sure });
    for one in CHINESE_ADDRESS.find_iter(text) {
        let skipped = leading(one.as_str());
        add(ClueKind::Address, one.start() + skipped..one.end(), false);
    }
    for one in ENGLISH_ADDRESS.find_iter(text) {
        add(ClueKind::Address, one.range(), false);
    }
    for one in CHINESE_EMPLOYER.find_iter(text) {
        let skipped = leading(one.as_str());
        let name = &one.as_str()[skipped..];
        if is_own_name(name) {
            add(ClueKind::Employer, one.start() + skipped..one.end(), false);
        }
    }
    for one in ENGLISH_EMPLOYER.find_iter(text) {
        let first = one.as_str().split_whitespace().next().unwrap_or_default();
        let skipped = if ["The", "A", "My", "Our", "This", "At", "In"].contains(&first) { first.len() + 1 } else { 0 };
        if one.as_str()[skipped..].contains(' ') {
            add(ClueKind::Employer, one.start() + skipped..one.end(), false);
        }
    }
    for (pattern, kind) in [(&AT_WORK, ClueKind::Employer), (&IN_PLACE, ClueKind::Place)] {
        for one in pattern.captures_iter(text).filter_map(|found| found.get(1)) {
            if !CALENDAR.split_whitespace().any(|day| one.as_str().split_whitespace().next() == Some(day)) {
                add(kind, one.range(), false);
            }
        }
    }
    for one in PLACE_OF_TWO_WORDS.find_iter(text) {
        add(ClueKind::Place, one.range(), true);
    }
    for one in WORD_WITH_CAPITAL.find_iter(text) {
        if ENGLISH_TOWNS.contains(one.as_str()) {
            add(ClueKind::Place, one.range(), true);
        } else if FIRMS.contains(one.as_str()) {
            add(ClueKind::Employer, one.range(), true);
        }
    }
    from_dictionary(text, &mut add);
    found
}

/// Adds Chinese towns and employers that match whole words of the segmenter.
fn from_dictionary(text: &str, add: &mut impl FnMut(ClueKind, Range<usize>, bool)) {
    for firm in EMPLOYERS.split_whitespace() {
        // Two characters may be the end of one word and the beginning of the next.
        for (at, _) in text.match_indices(firm) {
            if firm.chars().count() > 2 || is_word_of(text, at, firm) {
                add(ClueKind::Employer, at..at + firm.len(), true);
            }
        }
    }
    let tags = JIEBA.tag(text, false);
    let bounds: BTreeSet<usize> = tags
        .iter()
        .scan(0, |end, tag| {
            *end += tag.word.len();
            Some(*end)
        })
        .chain([0])
        .collect();
    // The segmenter may split a town. The town must begin and end where words do.
    for town in TOWNS.iter().filter(|town| !ALSO_WORDS.split_whitespace().any(|other| other == **town)) {
        for (at, _) in text.match_indices(town) {
            if bounds.contains(&at) && bounds.contains(&(at + town.len())) {
                add(ClueKind::Place, at..at + town.len(), true);
            }
        }
    }
    let mut at = 0;
    for tag in tags {
        let (word, range) = (tag.word, at..at + tag.word.len());
        at += word.len();
        if !word.chars().all(is_chinese) || word.chars().count() < 2 {
            continue;
        }
        let town = word.trim_end_matches(['市', '省', '县', '区', '州', '镇']);
        let doubtful = ALSO_WORDS.split_whitespace().any(|other| other == word);
        if !doubtful && (TOWNS.contains(word) || TOWNS.contains(town)) {
            add(ClueKind::Place, range, true);
        } else if word.chars().count() > 2 && word.ends_with(['市', '省', '县', '镇', '乡']) && tag.tag == "ns" {
            add(ClueKind::Place, range, false);
        }
    }
}

/// Returns whether the segmenter cuts out this word at this place.
fn is_word_of(text: &str, at: usize, word: &str) -> bool {
    // A few characters of context are enough.
    let from = text[..at].char_indices().rev().nth(5).map_or(0, |(from, _)| from);
    let until = text[at + word.len()..].char_indices().nth(6).map_or(text.len(), |(end, _)| at + word.len() + end);
    let mut here = from;
    JIEBA.tag(&text[from..until], false).iter().any(|tag| {
        let is = here == at && tag.word == word;
        here += tag.word.len();
        is
    })
}

/// Returns the number of bytes in a run before the name in it.
fn leading(run: &str) -> usize {
    let mut skipped = 0;
    for word in ["我住在", "住在", "家住", "地址是", "地址", "搬到", "位于", "就在"] {
        if let Some(at) = run.find(word) {
            skipped = skipped.max(at + word.len());
        }
    }
    // Leading words are removed as long as a name is left after them.
    let mut again = true;
    while again {
        again = false;
        for word in BEFORE_EMPLOYER {
            if run[skipped..].starts_with(word) && run[skipped + word.len()..].chars().count() >= 4 {
                skipped += word.len();
                again = true;
            }
        }
    }
    // Everything up to a verb of going or being is removed: `干过两年后去了阿里集团`.
    for word in ["以前在", "之前在", "去了", "进了", "加入", "考上", "毕业于", "就职于", "离开", "在"]
    {
        if let Some(at) = run[skipped..].rfind(word)
            && run[skipped + at + word.len()..].chars().count() >= 4
        {
            skipped += at + word.len();
        }
    }
    skipped
}

/// Returns whether the words before 公司 or 医院 are a name of their own.
fn is_own_name(name: &str) -> bool {
    const ENDS: [&str; 21] = [
        "股份有限公司",
        "有限责任公司",
        "有限公司",
        "集团公司",
        "公司",
        "集团",
        "银行",
        "大学",
        "学院",
        "医院",
        "中学",
        "小学",
        "高中",
        "研究院",
        "研究所",
        "事务所",
        "幼儿园",
        "电视台",
        "报社",
        "出版社",
        "酒店",
    ];
    let Some(stem) = ENDS.iter().find_map(|end| name.strip_suffix(end)) else { return false };
    if stem.chars().count() < 2 {
        return false;
    }
    // General words are removed: 一家大公司 has no name.
    let mut rest = stem;
    let mut generic: Vec<&str> = ANY_EMPLOYER.split_whitespace().collect();
    generic.sort_by_key(|word| std::cmp::Reverse(word.len()));
    while let Some(word) = generic.iter().find(|word| rest.ends_with(**word)) {
        rest = &rest[..rest.len() - word.len()];
    }
    // Words such as `打电话给银行` or `常去医院` end with a verb or particle before the employer. They are no name.
    let last = JIEBA.tag(stem, false).last().map_or("", |tag| tag.tag);
    if !name.ends_with("有限公司") && ["v", "p", "c", "d", "r", "q", "f", "m", "ul", "uj", "ud"].contains(&last) {
        return false;
    }
    let said = ["我", "你", "他", "她", "们", "这", "那", "个", "的", "了", "些", "什么", "哪", "不", "很"];
    let formal = name.ends_with("有限公司");
    rest.chars().count() >= 2 && (formal || !said.iter().any(|word| rest.contains(word))) && rest.chars().count() <= 12
}
