//! The words about what could reveal who somebody is.

/// The words about what could reveal who somebody is.
#[derive(Debug)]
pub struct DisclosureWords {
    /// The names of the kinds of clues.
    pub(crate) kinds: ClueNames,
    /// The sentence if nothing was found.
    pub(crate) none: &'static str,
    /// The sentence with the number of clues.
    pub(crate) found: fn(usize) -> String,
    /// A statement of what the rules cannot see.
    pub(crate) unseen: &'static str,
    /// The note for clues that are found only by their form.
    pub(crate) perhaps: &'static str,
    /// The phrase for the number of places.
    pub(crate) times: fn(usize) -> String,
    pub(crate) interviewee: &'static str,
    pub(crate) person: &'static str,
    pub(crate) employer: &'static str,
    pub(crate) place: &'static str,
    pub(crate) ordinal: fn(usize) -> String,

    // The page.
    /// The link beside the formats of an export.
    pub(crate) check: &'static str,
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) replace_by: fn(&str) -> String,
    pub(crate) format: &'static str,
    pub(crate) button: &'static str,
}

/// The names of the kinds of clues.
#[derive(Debug)]
pub(crate) struct ClueNames {
    pub(crate) name: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) id_number: &'static str,
    pub(crate) card: &'static str,
    pub(crate) email: &'static str,
    pub(crate) account: &'static str,
    pub(crate) plate: &'static str,
    pub(crate) address: &'static str,
    pub(crate) employer: &'static str,
    pub(crate) place: &'static str,
}
