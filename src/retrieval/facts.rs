//! The kind of fact that a query asks for, and the kinds that a passage holds: "how many" is not
//! answered without a number. Pure. It expects folded text ([`crate::text::script::View::folded`]).
//!
//! It knows only kinds that leave a trace in writing: amounts, money, dates, durations, ages, times of day.
//! Answers to which, why and how have too many forms. People and places are in nearly as many wrong passages as
//! right ones (`src/guide/measuring.md`).

mod asked;
mod held;
mod kind;

pub use asked::asked;
pub use kind::Fact;

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

#[cfg(test)]
mod tests;
