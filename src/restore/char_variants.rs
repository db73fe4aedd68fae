//! Character-level folding of Traditional to Simplified, for ranking only: which variants of a
//! character the code page has. Displayed text is folded by `text::script`, not here.

use std::collections::HashMap;
use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::gbk;

/// The fold, for all characters of the code page.
pub(super) struct CharVariants {
    /// Simplified form of each BMP character, by UTF-16 code.
    fold: Vec<u16>,
    /// Simplified form → all characters that fold to it, if there are several.
    variants: HashMap<u16, Vec<char>>,
}

/// The one fold, made at its first use.
pub(super) fn script() -> &'static CharVariants {
    static SCRIPT: OnceLock<CharVariants> = OnceLock::new();
    SCRIPT.get_or_init(CharVariants::new)
}

impl CharVariants {
    fn new() -> Self {
        let chars: Vec<char> =
            (0x81..=0xFE).flat_map(|lead| (0x40..=0xFE).filter_map(move |trail| gbk::decode(lead, trail))).collect();
        let mut fold: Vec<u16> = (0..=u16::MAX).collect();
        // Without the converter every character is its own fold. The ranking is worse and the proof is the same.
        if let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) {
            let joined: String = chars.iter().flat_map(|&c| [c, '\n']).collect();
            let folded = converter.convert(&joined);
            for (&c, line) in chars.iter().zip(folded.split('\n')) {
                let mut line = line.chars();
                if let (Some(to), None) = (line.next(), line.next())
                    && let Ok(to) = u16::try_from(u32::from(to))
                {
                    fold[c as usize] = to;
                }
            }
        }
        let mut variants: HashMap<u16, Vec<char>> = HashMap::new();
        for &c in &chars {
            variants.entry(fold[c as usize]).or_default().push(c);
        }
        variants.retain(|_, group| group.len() > 1);
        Self { fold, variants }
    }

    /// The Simplified form, as a UTF-16 code; 0 outside the BMP.
    pub(super) fn fold(&self, c: char) -> u16 {
        self.fold.get(c as usize).copied().unwrap_or(0)
    }

    /// Whether the character has another, Simplified form.
    pub(super) fn is_traditional(&self, c: char) -> bool {
        u32::from(self.fold(c)) != u32::from(c)
    }

    /// All characters with this fold, if there are several.
    pub(super) fn variants(&self, folded: u16) -> Option<&[char]> {
        self.variants.get(&folded).map(Vec::as_slice)
    }
}
