//! The number of slips between two words.

/// Returns the fewest letters to insert, leave out or replace (Levenshtein).
pub(crate) fn edits<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, one) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = corner + usize::from(one != other);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// Returns the fewest letters to insert, leave out, replace, or swap with their neighbour (optimal string alignment).
pub(crate) fn edits_and_swaps<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_swapped_are_one_slip() {
        assert_eq!(edits_and_swaps(b"burnuot", b"burnout"), 1);
        assert_eq!(edits(b"burnuot", b"burnout"), 2);
    }

    #[test]
    fn equal_words_have_no_slips_and_an_empty_one_lacks_every_letter() {
        for distance in [edits, edits_and_swaps] {
            assert_eq!(distance(b"abc", b"abc"), 0);
            assert_eq!(distance(b"", b"abc"), 3);
            assert_eq!(distance(b"abc", b""), 3);
        }
    }
}
