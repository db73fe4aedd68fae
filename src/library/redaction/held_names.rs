//! The names of the people who are held back from a transcript. They must not be in what is shown of it beside its
//! words: title, file name, columns, problems, the list of who took part.

use std::collections::HashSet;

use crate::library::withdrawals::mentions::names_somebody;
use crate::library::withdrawals::normalized_letters::letters;
use crate::library::withdrawals::person_names::Ways;
use crate::library::withdrawals::roles::is_label;

/// The names of the people who are held back.
pub(super) enum HeldNames {
    Few {
        /// All ways to write the names, and parts of them that name somebody here.
        ways: HashSet<String>,
        /// Roles and numbers, as letters.
        labels: Vec<String>,
    },
    /// Too many people to look for in every text. Any text may name one.
    Many,
}

impl HeldNames {
    const MOST: usize = 256;
    /// Bytes of a label that is hardly part of other words: two Chinese characters, or six letters.
    const TELLING: usize = 6;

    pub(super) fn of(people: &HashSet<String>) -> Self {
        if people.len() > Self::MOST {
            return Self::Many;
        }
        let (labels, names): (Vec<&String>, Vec<&String>) = people.iter().partition(|name| is_label(name));
        let ways = names.into_iter().flat_map(|name| Ways::of(name).in_own_source());
        let short = labels.iter().map(|label| letters(label)).filter(|label| label.chars().count() == 1);
        let ways = ways.chain(short).collect();
        Self::Few { ways, labels: labels.iter().map(|label| letters(label)).collect() }
    }

    /// Whether a text may name one of them. In doubt it may.
    pub(super) fn are_in(&self, text: &str) -> bool {
        match self {
            Self::Many => true,
            Self::Few { ways, labels } => {
                let is_way = |name: &str| ways.contains(name);
                !(ways.is_empty() && labels.is_empty())
                    && (names_somebody(text, is_way, |_| false)
                        || labels.iter().any(|label| label.len() >= Self::TELLING && letters(text).contains(label)))
            }
        }
    }

    /// Whether a file name may name one of them. Citations need it, so a doubt does not count.
    pub(super) fn are_named_by(&self, file: &str) -> bool {
        !matches!(self, Self::Many) && self.are_in(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_somebody_by_a_part_of_the_name_too() {
        let held = |name: &str, text: &str| HeldNames::of(&[name.to_owned()].into()).are_in(text);
        for (name, text) in [
            ("欧阳芳", "欧阳女士访谈录"),
            ("王芳", "王老师谈教学"),
            ("王小明", "小明的一天"),
            ("王芳", "小王和厂里的人"),
            ("安", "安的访谈"),
            ("安", "安老师"),
            ("Mary Quux", "A talk with Mary"),
            ("Mary Quux", "Ms Quux on candles"),
            ("Dr. Mary Quux", "Mary's farm"),
            ("发言人 2", "发言人2 的话"),
        ] {
            assert!(held(name, text), "{name}: {text}");
        }
        for (name, text) in [
            ("王芳", "王国的故事"),
            ("安", "安全生产"),
            ("A", "A study of farms"),
            ("May", "May we go on?"),
            ("1", "2021"),
            ("王小明", "李明"),
        ] {
            assert!(!held(name, text), "{name}: {text}");
        }
    }
}
