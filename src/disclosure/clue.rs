//! A clue: words of a text that could tell who somebody is.

use std::ops::Range;

use serde::Serialize;

use crate::i18n::DisclosureWords;

/// The kind of a clue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClueKind {
    /// The name of a person.
    Name,
    /// A telephone number.
    Phone,
    /// The number of an identity card, a passport or a social security record.
    IdNumber,
    /// The number of a bank card.
    Card,
    /// An e-mail address.
    Email,
    /// An account in a chat or a social network.
    Account,
    /// The number plate of a car.
    Plate,
    /// The address of a street, a house or a flat.
    Address,
    /// A company, a school or a hospital.
    Employer,
    /// A town, a county or a province.
    Place,
}

impl ClueKind {
    /// Returns its name.
    pub(crate) fn name(self, words: &DisclosureWords) -> &'static str {
        let names = &words.kinds;
        match self {
            Self::Name => names.name,
            Self::Phone => names.phone,
            Self::IdNumber => names.id_number,
            Self::Card => names.card,
            Self::Email => names.email,
            Self::Account => names.account,
            Self::Plate => names.plate,
            Self::Address => names.address,
            Self::Employer => names.employer,
            Self::Place => names.place,
        }
    }
}

/// Words that could tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// The kind of the words.
    pub kind: ClueKind,
    /// The byte range in the text.
    pub range: Range<usize>,
    /// Whether a checksum or a list confirms it. Otherwise only the form of the words suggests it.
    pub sure: bool,
}
