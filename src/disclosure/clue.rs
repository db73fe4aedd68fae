//! A clue: words of a text that could tell who somebody is.

use std::ops::Range;

use serde::Serialize;

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
