//! The words about what could reveal who somebody is.

use crate::i18n::messages::{ClueNames, DisclosureWords};
use crate::i18n::numbers::heavenly_stem;

pub(super) static WORDS: DisclosureWords = DisclosureWords {
    kinds: ClueNames {
        name: "姓名",
        phone: "電話號碼",
        id_number: "證件號碼",
        card: "銀行卡號",
        email: "電子郵箱",
        account: "帳號",
        plate: "車牌",
        address: "地址",
        employer: "單位",
        place: "地名",
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
    ordinal: heavenly_stem,
    check: "先檢查可識別身分的資訊",
    title: "匯出之前：誰會被認出來？",
    intro: "填在框裡的字會在各處代替這些字詞，名字的各種叫法一併代替，並放在方括號裡。把框清空，就保留原來的字詞。固定連結仍通向未改動的原話，能打開這個庫的人都看得到。",
    replace_by: |words| format!("「{words}」替換為"),
    format: "格式",
    button: "按此替換並匯出",
};
