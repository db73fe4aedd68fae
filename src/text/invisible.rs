//! Removes invisible characters. They split words for a search and hide names at the start of a line.
//! Characters that a script or an emoji needs stay.

/// Soft hyphens, zero-width spaces and joiners, marks of direction, byte-order marks.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
            | '\u{180e}'
    )
}

/// Scripts that are written from the right.
fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Letters beside which a joiner or non-joiner means nothing.
fn is_unjoined(c: Option<char>) -> bool {
    c.is_none_or(|c| !matches!(c, '\u{600}'..='\u{1fff}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..))
}

/// A text without its invisible characters.
pub(crate) fn without(text: String) -> String {
    if !text.contains(is_unseen) {
        return text;
    }
    let from_right = text.contains(is_from_right);
    let chars: Vec<char> = text.chars().collect();
    let keeps = |at: usize| {
        let (before, after) =
            (at.checked_sub(1).and_then(|before| chars.get(before)).copied(), chars.get(at + 1).copied());
        match chars[at] {
            // This may be part of a character that was decoded wrongly.
            '\u{ad}' => {
                let inner = |c: Option<char>| {
                    c.is_some_and(|c| matches!(c, '\u{80}'..='\u{bf}' | '\u{152}'..='\u{192}' | '\u{2c6}' | '\u{2dc}' | '\u{2013}'..='\u{203a}' | '€' | '™'))
                };
                let first = before.is_some_and(|before| ('\u{c2}'..='\u{f4}').contains(&before));
                let double = before.is_some_and(|before| ('\u{c2}'..='\u{df}').contains(&before));
                inner(before) || double || first && inner(after)
            }
            '\u{200c}' | '\u{200d}' => !(is_unjoined(before) && is_unjoined(after)),
            c if is_unseen(c) => {
                from_right && matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            }
            _ => true,
        }
    };
    (0..chars.len()).filter(|at| keeps(*at)).map(|at| chars[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_do_not_split_a_word() {
        for (text, seen) in [
            ("cus\u{ad}tomer ser\u{200b}vice", "customer service"),
            ("\u{200e}张三\u{feff}：好\u{2060}的", "张三：好的"),
            ("👩\u{200d}🔧 修", "👩\u{200d}🔧 修"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("Ã\u{ad}", "Ã\u{ad}"),
        ] {
            assert_eq!(without(text.to_owned()), seen);
        }
    }
}
