//! The languages that the program speaks, and the choice of one.

use super::messages::Messages;
use super::{en, zh_hans, zh_hant};
use crate::text::script::Script;
use crate::text::segment::is_chinese;

/// Declares the languages: for each, its name here and its messages.
macro_rules! languages {
    ($($(#[$doc:meta])* $language:ident => $messages:path,)+) => {
        /// A language that the program speaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum DisplayLanguage {
            $($(#[$doc])* $language,)+
        }

        impl DisplayLanguage {
            /// All languages.
            pub const ALL: &[Self] = &[$(Self::$language),+];

            /// Returns everything that the program says in this language.
            pub fn messages(self) -> &'static Messages {
                match self {
                    $(Self::$language => &$messages,)+
                }
            }
        }
    };
}

languages! {
    /// English.
    English => en::MESSAGES,
    /// 简体中文.
    SimplifiedChinese => zh_hans::MESSAGES,
    /// 繁體中文.
    TraditionalChinese => zh_hant::MESSAGES,
}

impl DisplayLanguage {
    /// Returns the language that a BCP 47 tag names, as far as the program speaks it.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let mut subtags = tag.split('-');
        let first = subtags.next()?;
        let mut same =
            Self::ALL.iter().copied().filter(|language| language.messages().lang.split('-').next() == Some(first));
        let rule = same.clone().find(|language| language.messages().distinct_subtags.is_empty());
        let distinct =
            |language: &Self| subtags.clone().any(|subtag| language.messages().distinct_subtags.contains(&subtag));
        same.find(distinct).or(rule)
    }

    /// Returns the language of a text in this script.
    pub(crate) fn of_text(script: Script, text: &str) -> Self {
        match script {
            Script::Simplified | Script::Mixed => Self::SimplifiedChinese,
            Script::Traditional => Self::TraditionalChinese,
            Script::Neutral if text.chars().any(is_chinese) => Self::SimplifiedChinese,
            Script::Neutral => Self::English,
        }
    }
}
