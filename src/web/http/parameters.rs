//! The parameters of an address and the fields of a form, in the order in which they were sent.

/// Parameters or fields: names with their values. A name may come more than once.
pub(crate) type Parameters = Vec<(String, String)>;

/// Returns the first value with a name.
pub(crate) fn first<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Returns each value of one name that is followed by a value of another, with that value.
pub(crate) fn pairs<'a>(
    parameters: &'a [(String, String)],
    first: &'a str,
    second: &'a str,
) -> impl Iterator<Item = (String, String)> + 'a {
    let pairs = parameters.windows(2).filter(move |two| two[0].0 == first && two[1].0 == second);
    pairs.map(|two| (two[0].1.clone(), two[1].1.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_belong_to_the_name_before_them() {
        let sent = [("what", "a"), ("with", "1"), ("what", "b"), ("what", "c"), ("with", "3"), ("with", "4")];
        let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let pair = |what: &str, with: &str| (what.to_owned(), with.to_owned());
        assert_eq!(pairs(&sent, "what", "with").collect::<Vec<_>>(), [pair("a", "1"), pair("c", "3")]);
        assert_eq!((first(&sent, "with"), first(&sent, "other")), (Some("1"), None));
    }
}
