//! The reasons why a file is not read, in Chinese. In English, an error's own sentence is used.

use super::sentences::sentence;
use crate::error::Error;
use crate::library::Reason;

/// In English.
pub(super) fn en(reason: &Reason) -> String {
    match reason {
        // The page names the file beside it.
        Reason::Failed(error) => match &**error {
            Error::Read { source, .. } => sentence(&source.to_string()),
            other => other.to_string(),
        },
        other => other.to_string(),
    }
}

/// 简体中文
pub(super) fn zh_hans(reason: &Reason) -> String {
    match reason {
        Reason::Withdrawn(on) => format!("已于 {on} 撤回，不再读取。"),
        Reason::SameAs(name) => format!("和 {name} 完全相同，只算一份。"),
        Reason::Failed(error) => super::errors::zh_hans(error),
    }
}

/// 繁體中文
pub(super) fn zh_hant(reason: &Reason) -> String {
    match reason {
        Reason::Withdrawn(on) => format!("已於 {on} 撤回，不再讀取。"),
        Reason::SameAs(name) => format!("和 {name} 完全相同，只算一份。"),
        Reason::Failed(error) => super::errors::zh_hant(error),
    }
}
