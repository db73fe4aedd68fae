//! Builds sentences: lists of items, and the messages of errors.

/// Turns an error's message, which begins in lower case and has no full stop, into a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}

/// Joins items as `a, b and c`, in the language.
pub(super) fn list(items: &[String], comma: &str, and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(comma)),
    }
}
