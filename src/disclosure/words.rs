//! The phrases for clues in each language of the interface.

use super::clue::ClueKind;

/// The words of one language.
#[derive(Debug)]
pub struct DisclosurePhrases {
    /// The language as a BCP 47 tag.
    pub lang: &'static str,
    /// The name of a kind of clue.
    pub kind: fn(ClueKind) -> &'static str,
    /// The sentence if nothing was found.
    pub none: &'static str,
    /// The sentence with the number of clues.
    pub found: fn(usize) -> String,
    /// A statement of what the rules cannot see.
    pub unseen: &'static str,
    /// The note for clues that are found only by their form.
    pub perhaps: &'static str,
    /// The phrase for the number of places.
    pub times: fn(usize) -> String,
    pub(super) interviewee: &'static str,
    pub(super) person: &'static str,
    pub(super) employer: &'static str,
    pub(super) place: &'static str,
    pub(super) ordinal: fn(usize) -> String,
}

/// Returns `A`, `B` … and then numbers.
fn letter(number: usize) -> String {
    let letter = u8::try_from(number)
        .ok()
        .filter(|number| (1..=26).contains(number))
        .map(|number| char::from(b'A' + number - 1));
    letter.map_or_else(|| format!(" {number}"), |letter| format!(" {letter}"))
}

/// Returns 甲, 乙 … and then numbers.
fn stem(number: usize) -> String {
    const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    number.checked_sub(1).and_then(|at| STEMS.get(at)).map_or_else(|| number.to_string(), char::to_string)
}

/// English.
pub static EN: DisclosurePhrases = DisclosurePhrases {
    lang: "en",
    kind: |kind| match kind {
        ClueKind::Name => "name",
        ClueKind::Phone => "phone number",
        ClueKind::IdNumber => "ID number",
        ClueKind::Card => "bank card",
        ClueKind::Email => "e-mail address",
        ClueKind::Account => "account",
        ClueKind::Plate => "number plate",
        ClueKind::Address => "address",
        ClueKind::Employer => "employer or school",
        ClueKind::Place => "place",
    },
    none: "Nothing was found that these rules know.",
    found: |n| format!("{n} found that could tell who somebody is."),
    unseen: "This is found by rules and word lists. They do not see who can be known by what they tell, by a rare job or an unusual story, \
             by a nickname, a voice or a photo, nor names that are written like common words. Somebody who knows the people should read it too.",
    perhaps: "perhaps",
    times: |n| if n == 1 { "once".to_owned() } else { format!("{n} times") },
    interviewee: "Interviewee",
    person: "Person",
    employer: "Employer",
    place: "Place",
    ordinal: letter,
};

/// Simplified Chinese.
pub static ZH_HANS: DisclosurePhrases = DisclosurePhrases {
    lang: "zh-Hans",
    kind: |kind| match kind {
        ClueKind::Name => "姓名",
        ClueKind::Phone => "电话号码",
        ClueKind::IdNumber => "证件号码",
        ClueKind::Card => "银行卡号",
        ClueKind::Email => "电子邮箱",
        ClueKind::Account => "账号",
        ClueKind::Plate => "车牌",
        ClueKind::Address => "地址",
        ClueKind::Employer => "单位",
        ClueKind::Place => "地名",
    },
    none: "按这些规则没有找到什么。",
    found: |n| format!("找到 {n} 处可能让人认出是谁的字词。"),
    unseen: "这是按规则和词表找的。它看不出一个人会不会因为所讲的事、少见的职业、特别的经历、绰号、声音或照片被认出来，也看不出与常用词同形的名字。\
             请再由认识这些人的人读一遍。",
    perhaps: "可能",
    times: |n| format!("{n} 次"),
    interviewee: "受访者",
    person: "某人",
    employer: "某单位",
    place: "某地",
    ordinal: stem,
};

/// Traditional Chinese.
pub static ZH_HANT: DisclosurePhrases = DisclosurePhrases {
    lang: "zh-Hant",
    kind: |kind| match kind {
        ClueKind::Name => "姓名",
        ClueKind::Phone => "電話號碼",
        ClueKind::IdNumber => "證件號碼",
        ClueKind::Card => "銀行卡號",
        ClueKind::Email => "電子郵箱",
        ClueKind::Account => "帳號",
        ClueKind::Plate => "車牌",
        ClueKind::Address => "地址",
        ClueKind::Employer => "單位",
        ClueKind::Place => "地名",
    },
    none: "按這些規則沒有找到什麼。",
    found: |n| format!("找到 {n} 處可能讓人認出是誰的字詞。"),
    unseen: "這是按規則和詞表找的。它看不出一個人會不會因為所講的事、少見的職業、特別的經歷、綽號、聲音或照片被認出來，也看不出與常用詞同形的名字。\
             請再由認識這些人的人讀一遍。",
    perhaps: "可能",
    times: |n| format!("{n} 次"),
    interviewee: "受訪者",
    person: "某人",
    employer: "某單位",
    place: "某地",
    ordinal: stem,
};
