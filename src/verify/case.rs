//! What is known of a quotation while it is checked, and where its words were found.

use std::ops::Range;

use super::finding::PermalinkOutcome;
use super::naming::NamedPeople;
use super::place::Spot;
use super::quotations::{CitedLabels, Quotation};
use super::units::Unit;

/// What is known of a quotation during its check.
pub(super) struct Case<'a> {
    pub(super) quotation: &'a Quotation,
    pub(super) named: Option<&'a NamedPeople>,
    /// The name that the report gives, if nobody in the library has it.
    pub(super) stranger: Option<String>,
    /// The labels that the report cites.
    pub(super) labels: Option<CitedLabels>,
    pub(super) units: Vec<Unit>,
    /// The ids of `units`.
    pub(super) ids: Vec<u32>,
    pub(super) link: Option<FollowedLink>,
    /// The quotation before it in its paragraph, and the one after it.
    pub(super) before: Option<&'a Quotation>,
    pub(super) after: Option<&'a Quotation>,
}

/// The permalink of a quotation, followed.
pub(super) struct FollowedLink {
    pub(super) outcome: PermalinkOutcome,
    /// The place that it leads to, if the words are still there.
    pub(super) spot: Option<Spot>,
}

/// The turn and the units where words were found.
#[derive(Debug, Clone)]
pub(super) struct QuotationMatch {
    pub(super) turn: usize,
    /// Ranges in ascending order. There are several if an editor left something out.
    pub(super) units: Vec<Range<usize>>,
}

impl Case<'_> {
    /// Returns the units of a part of the quotation.
    pub(super) fn units_in(&self, range: &Range<usize>) -> Vec<Unit> {
        let within = |unit: &&Unit| range.start <= unit.range().start && unit.range().end <= range.end;
        self.units.iter().filter(within).copied().collect()
    }

    /// Returns the place that the permalink leads to.
    pub(super) fn linked_spot(&self) -> Option<&Spot> {
        self.link.as_ref()?.spot.as_ref()
    }
}
