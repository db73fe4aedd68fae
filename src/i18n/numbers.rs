//! Numbers as several languages write them.

/// Returns a number with a comma between groups of three digits.
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// Returns whole minutes, and the seconds that remain.
pub(super) fn minutes_and_seconds(left_s: u64) -> (u64, u64) {
    (left_s / 60, left_s % 60)
}

/// Returns 甲, 乙 … and then numbers.
pub(super) fn heavenly_stem(number: usize) -> String {
    const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    number.checked_sub(1).and_then(|at| STEMS.get(at)).map_or_else(|| number.to_string(), char::to_string)
}

#[cfg(test)]
mod tests {
    #[test]
    fn large_numbers_are_written_in_groups() {
        for (n, written) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::thousands(n), written);
        }
    }
}
