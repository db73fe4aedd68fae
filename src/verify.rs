//! Checks whether the quotations of a report are what the interviews say. Each quotation is searched in the library
//! word for word. The finding says that it is exact, or how it differs. This module is pure: a library and a report go
//! in, findings come out. It never measures likeness by a number, and never shows words that were withdrawn.
//!
//! | file | why |
//! |---|---|
//! | `report` | bytes → paragraphs, links |
//! | `quotations` | paragraphs → quotations, editors' marks |
//! | `naming`, `strangers` | the people that the report names; names that nobody in the library has |
//! | `units` | text → units to compare, with their places |
//! | `index` | the places of the units in all turns |
//! | `align`, `differences`, `wording` | the words that differ, and the effect of that |
//! | `cut` | what is lost where a quotation is cut |
//! | `verifier`, `case`, `check` | a quotation → findings |
//! | `placed_pieces` | the places of words between an editor's marks |
//! | `finding`, `place` | a finding, and the place of its words |
//! | `altered` | a quotation that no place has word for word |
//! | `sentences` | findings in sentences |
//! | `measure` | the share of altered quotations that is caught |

mod align;
mod altered;
mod case;
mod check;
mod cut;
mod differences;
mod finding;
mod index;
mod measure;
mod naming;
mod page;
mod place;
mod placed_pieces;
mod quotations;
mod report;
mod searched_library;
mod sentences;
mod strangers;
#[cfg(test)]
mod tests;
mod units;
mod verifier;
mod wording;

pub use differences::WordChange;
pub use finding::{
    CheckedQuotation, Differing, Dress, Finding, LostWords, PermalinkOutcome, PlaceInSource, Searched, SplicedPart,
    Verified,
};
pub use measure::{Measured, measure};
pub use page::page;
pub use report::Report;
pub use searched_library::SearchedLibrary;
pub use sentences::{Run, ShownQuotation, ShownSourcePlace, in_words};
pub use verifier::Verifier;
pub use wording::Lost;

/// Checks every quotation of a report.
pub fn verify(library: &SearchedLibrary<'_>, report: &Report) -> Verified {
    Verifier::new(library).verify(report)
}
