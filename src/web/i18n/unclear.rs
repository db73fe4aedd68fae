//! Why a query cannot be asked, in Chinese. In English, an error's own sentence is used.

use super::sentences::list;
use crate::error::{QueryError, from_to};

/// 简体中文
pub(super) fn zh_hans(error: &QueryError) -> String {
    match error {
        QueryError::EmptyFilter { name, .. } => format!("“{name}:” 后面要紧跟内容，例如 q:1、who:A3 或 in:访谈名。"),
        QueryError::UnknownFilter { name } => {
            format!("没有 “{name}:” 这种条件；可以用 q:、who: 或 in:。如果要找这个词，请在冒号后加一个空格。")
        }
        QueryError::NoQuestion { label, there } => {
            format!("这里没有问题 {label}{}", there_are(&from_to(there, " 到 ")))
        }
        QueryError::NoSpeaker { name, there } => format!("这里没有叫 {name} 的人{}", there_are(there)),
        QueryError::NoTranscript { name, there } => format!("这里没有叫 {name} 的访谈{}", there_are(there)),
    }
}

/// 繁體中文
pub(super) fn zh_hant(error: &QueryError) -> String {
    match error {
        QueryError::EmptyFilter { name, .. } => format!("「{name}:」後面要緊跟內容，例如 q:1、who:A3 或 in:訪談名。"),
        QueryError::UnknownFilter { name } => {
            format!("沒有「{name}:」這種條件；可以用 q:、who: 或 in:。如果要找這個詞，請在冒號後加一個空格。")
        }
        QueryError::NoQuestion { label, there } => {
            format!("這裡沒有問題 {label}{}", there_are(&from_to(there, " 到 ")))
        }
        QueryError::NoSpeaker { name, there } => format!("這裡沒有叫 {name} 的人{}", there_are(there)),
        QueryError::NoTranscript { name, there } => format!("這裡沒有叫 {name} 的訪談{}", there_are(there)),
    }
}

fn there_are(some: &[String]) -> String {
    if some.is_empty() { "。".to_owned() } else { format!("：有 {}。", list(some, "、", " 和 ")) }
}
