//! The kinds of fact, and the patterns that they are found by.

use regex::Regex;
use serde::Serialize;

/// A kind of fact that its writing reveals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// 多少, how much, what share.
    Amount,
    /// 多少个, 几个, how many: a number of things, not of hours or of yuan.
    Count,
    /// 多少钱, how much does it cost.
    Money,
    /// 什么时候, 哪年, when, what year.
    Date,
    /// When something will be: a date, or how long until then.
    ComingDate,
    /// 几点, what time.
    TimeOfDay,
    /// 多久, 几年, how long.
    Duration,
    /// 几岁, how old is she.
    Age,
}

impl Fact {
    pub(super) const ALL: [Self; 8] = [
        Self::Amount,
        Self::Count,
        Self::Money,
        Self::Date,
        Self::ComingDate,
        Self::TimeOfDay,
        Self::Duration,
        Self::Age,
    ];
}

pub(super) fn pattern(pattern: &str) -> Regex {
    // The patterns are constants, and a test compiles each.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

macro_rules! patterns {
    ($($name:ident: $pattern:expr;)*) => {
        $(static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::retrieval::facts::kind::pattern($pattern));)*
    };
}
pub(super) use patterns;
