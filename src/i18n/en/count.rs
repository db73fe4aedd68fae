//! The plural of English nouns.

/// Returns a number with its noun: `1 question`, `2 questions`.
pub(crate) fn count(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn a_count_of_one_has_a_singular_noun() {
        assert_eq!(
            [count(0, "problem"), count(1, "problem"), count(2, "problem")],
            ["0 problems", "1 problem", "2 problems"]
        );
    }
}
