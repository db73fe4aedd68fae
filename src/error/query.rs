//! The reasons why a query cannot be asked.

/// The reason why a query cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A filter has no value.
    #[error("“{name}:” needs a value right after the colon, e.g. {example}")]
    EmptyFilter {
        /// The name of the filter: `q`, `who` or `in`.
        name: &'static str,
        /// The filter with values.
        example: &'static str,
    },
    /// A filter does not exist.
    #[error("there is no filter “{name}:”; use q:, who: or in:, or a space after the colon to search for the word")]
    UnknownFilter {
        /// The name as typed.
        name: String,
    },
    /// No question has this number.
    #[error("there is no question {label} here: {}", there_are(&from_to(.there, " to ")))]
    NoQuestion {
        /// The label as typed.
        label: String,
        /// The questions that exist, in order.
        there: Vec<String>,
    },
    /// No speaker has this name.
    #[error("nobody here is called {name}: {}", there_are(.there))]
    NoSpeaker {
        /// The name as typed.
        name: String,
        /// Some of the names that exist.
        there: Vec<String>,
    },
    /// No transcript has this name.
    #[error("no transcript here is called {name}: {}", there_are(.there))]
    NoTranscript {
        /// The name as typed.
        name: String,
        /// Some of the names that exist.
        there: Vec<String>,
    },
}

/// Returns up to two labels unchanged, and more than two as one range, such as `Q1 to Q8`.
pub(crate) fn from_to(labels: &[String], to: &str) -> Vec<String> {
    match labels {
        [first, _, .., last] => vec![format!("{first}{to}{last}")],
        few => few.to_vec(),
    }
}

fn there_are(some: &[String]) -> String {
    match some {
        [] => "there are none".to_owned(),
        [one] if one.contains(" to ") => format!("there are {one}"),
        [one] => format!("there is {one}"),
        [first, last] => format!("there are {first} and {last}"),
        more => format!("there are {}", more.join(", ")),
    }
}
