//! The kind of fact that a query asks for, and the kinds that a passage holds: "how many" is not
//! answered without a number. Pure. It expects folded text ([`crate::text::script::View::folded`]).
//!
//! It knows only kinds that leave a trace in writing: amounts, money, dates, durations, ages, times of day.
//! Answers to which, why and how have too many forms. People and places are in nearly as many wrong passages as
//! right ones (`src/guide/measuring.md`).

mod asked;
mod held;

use regex::Regex;
use serde::Serialize;

pub use asked::asked;

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
    const ALL: [Self; 8] = [
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

/// The kinds of fact that a text holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts(u8);

impl Facts {
    /// Finds the kinds of fact in a folded text.
    pub fn of(folded: &str) -> Self {
        let held = Fact::ALL.into_iter().filter(|fact| held::holds(folded, *fact));
        held.fold(Self::default(), Self::with)
    }

    fn with(self, fact: Fact) -> Self {
        Self(self.0 | 1 << fact as u8)
    }

    /// The kinds as a number, for storing.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// The kinds of a stored number.
    pub(crate) fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Whether it holds this kind.
    pub fn has(self, fact: Fact) -> bool {
        self.0 & 1 << fact as u8 != 0
    }

    /// The kinds of both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

fn pattern(pattern: &str) -> Regex {
    // The patterns are constants, and a test compiles each.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

macro_rules! patterns {
    ($($name:ident: $pattern:expr;)*) => {
        $(static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| super::pattern($pattern));)*
    };
}
use patterns;

#[cfg(test)]
mod tests;
