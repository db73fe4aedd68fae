//! The words about what could reveal who somebody is.

use crate::i18n::messages::{ClueNames, DisclosureWords};
use crate::i18n::numbers::heavenly_stem;

pub(super) static WORDS: DisclosureWords = DisclosureWords {
    kinds: ClueNames {
        name: "姓名",
        phone: "电话号码",
        id_number: "证件号码",
        card: "银行卡号",
        email: "电子邮箱",
        account: "账号",
        plate: "车牌",
        address: "地址",
        employer: "单位",
        place: "地名",
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
    ordinal: heavenly_stem,
    check: "先检查可识别身份的信息",
    title: "导出之前：谁会被认出来？",
    intro: "填在框里的字会在各处代替这些字词，名字的各种叫法一并代替，并放在方括号里。把框清空，就保留原来的字词。固定链接仍通向未改动的原话，能打开这个库的人都看得到。",
    replace_by: |words| format!("“{words}”替换为"),
    format: "格式",
    button: "按此替换并导出",
};
