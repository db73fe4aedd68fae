//! The people whom a query names, and what it wants of them. This module is pure.

use serde::Serialize;
use utoipa::ToSchema;

/// The people whom a query names, and what it wants of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleAsked {
    /// The interviewees whose own words alone are asked for, as the sources write them.
    pub only_by: Vec<String>,
    /// The interviewees whom the query leaves out: 除了李强, people other than Tom.
    pub all_but: Vec<String>,
    /// Somebody whose words are asked for, and whom the library does not know.
    pub nobody_called: Option<UnknownName>,
}

/// A name that is asked for, and that nobody in the library has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnknownName {
    /// The name as typed.
    pub name: String,
    /// The interviewees whose names are nearly the same.
    pub near: Vec<String>,
}
