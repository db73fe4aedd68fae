//! The words of the page that shows what could reveal who somebody is, in each language.

use crate::disclosure::{self, DisclosurePhrases};

/// The words of one language.
#[derive(Debug)]
pub(crate) struct DisclosureWords {
    /// The words about clues.
    pub(crate) words: &'static DisclosurePhrases,
    /// The link beside the formats of an export.
    pub(crate) check: &'static str,
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) replace_by: fn(&str) -> String,
    pub(crate) format: &'static str,
    pub(crate) button: &'static str,
}

pub(super) static EN: DisclosureWords = DisclosureWords {
    words: &disclosure::EN,
    check: "Check for identities first",
    title: "Before you export: who can be recognised?",
    intro: "What stands in a field replaces the words everywhere, in every form of a name, in square brackets. Empty a field to leave \
            the words as they are. Permalinks still lead to the unchanged words, for whoever can open this library.",
    replace_by: |words| format!("Replace “{words}” by"),
    format: "Format",
    button: "Export with these replacements",
};

pub(super) static ZH_HANS: DisclosureWords = DisclosureWords {
    words: &disclosure::ZH_HANS,
    check: "先检查可识别身份的信息",
    title: "导出之前：谁会被认出来？",
    intro: "填在框里的字会在各处代替这些字词，名字的各种叫法一并代替，并放在方括号里。把框清空，就保留原来的字词。固定链接仍通向未改动的原话，能打开这个库的人都看得到。",
    replace_by: |words| format!("“{words}”替换为"),
    format: "格式",
    button: "按此替换并导出",
};

pub(super) static ZH_HANT: DisclosureWords = DisclosureWords {
    words: &disclosure::ZH_HANT,
    check: "先檢查可識別身分的資訊",
    title: "匯出之前：誰會被認出來？",
    intro: "填在框裡的字會在各處代替這些字詞，名字的各種叫法一併代替，並放在方括號裡。把框清空，就保留原來的字詞。固定連結仍通向未改動的原話，能打開這個庫的人都看得到。",
    replace_by: |words| format!("「{words}」替換為"),
    format: "格式",
    button: "按此替換並匯出",
};
