//! The kinds of fact that a query may ask for.

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
