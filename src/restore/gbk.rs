//! The code page of the damage: exactly CP936, which is also Python's `gbk`. `encoding_rs` decodes GBK
//! by the larger GB18030 table, so this file filters out the pairs that CP936 leaves unmapped. Such a
//! pair vanishes in the damage, and a proof needs to know exactly which pairs do. Single bytes other
//! than ASCII (0x80, 0xFF) are outside the model.

use std::sync::OnceLock;

/// The first byte of a pair, 0x81 to 0xFE.
pub(super) const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;

/// Whether `byte` opens a pair.
pub(super) fn is_lead(byte: u8) -> bool {
    LEADS.contains(&byte)
}

/// Whether `byte` may close a pair.
pub(super) fn is_trail(byte: u8) -> bool {
    matches!(byte, 0x40..=0x7E | 0x80..=0xFE)
}

/// One encoded character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// One ASCII byte.
    Ascii(u8),
    /// A byte pair, lead then trail.
    Pair(u8, u8),
}

struct Page {
    /// Character of each pair, U+0000 where there is none.
    decode: Vec<char>,
    /// Pair of each BMP character, 0 where there is none.
    encode: Vec<u16>,
    /// For each first byte, the trails that map to no character.
    unmapped: Vec<Vec<u8>>,
}

fn cell(lead: u8, trail: u8) -> usize {
    usize::from(lead - 0x81) * 256 + usize::from(trail)
}

/// Pairs that `encoding_rs` maps and CP936 does not, apart from the private use
/// area.
fn beyond_cp936(lead: u8, trail: u8) -> bool {
    matches!(
        (lead, trail),
        (0xA2, 0xE3)
            | (0xA3, 0xA0)
            | (0xA6, 0xD9..=0xDF | 0xEC | 0xED | 0xF3)
            | (0xA8, 0xBC | 0xBF)
            | (0xA9, 0x89..=0x95)
            | (0xFE, 0x50..=0xA0)
    )
}

fn page() -> &'static Page {
    static PAGE: OnceLock<Page> = OnceLock::new();
    PAGE.get_or_init(|| {
        let trails = || (0x40..=0xFEu8).filter(|&byte| is_trail(byte));
        // One decoding of all pairs, one a line, is far quicker than one decoding per pair.
        let mut bytes = Vec::with_capacity(126 * 190 * 3);
        for lead in LEADS {
            for trail in trails() {
                bytes.extend_from_slice(&[lead, trail, b'\n']);
            }
        }
        let (text, _) = encoding_rs::GBK.decode_without_bom_handling(&bytes);
        let mut lines = text.split('\n');
        let mut page =
            Page { decode: vec!['\0'; 126 * 256], encode: vec![0; 0x1_0000], unmapped: vec![Vec::new(); 256] };
        for lead in LEADS {
            for trail in trails() {
                let mut chars = lines.next().unwrap_or("").chars();
                let only = match (chars.next(), chars.next()) {
                    (Some(c), None) => Some(c),
                    _ => None,
                };
                let mapped = only.filter(|&c| {
                    u32::from(c) < 0x1_0000
                        && c != '\u{FFFD}'
                        && !matches!(c, '\u{E000}'..='\u{F8FF}')
                        && !beyond_cp936(lead, trail)
                });
                if let Some(c) = mapped {
                    page.decode[cell(lead, trail)] = c;
                    page.encode[c as usize] = u16::from_be_bytes([lead, trail]);
                } else {
                    page.unmapped[usize::from(lead)].push(trail);
                }
            }
        }
        page
    })
}

/// The character of a pair; `None` where the pair maps to nothing or is no pair.
pub(super) fn decode(lead: u8, trail: u8) -> Option<char> {
    if !is_lead(lead) || !is_trail(trail) {
        return None;
    }
    let c = page().decode[cell(lead, trail)];
    (c != '\0').then_some(c)
}

/// The code of a character; `None` where the code page has none.
pub(super) fn encode(c: char) -> Option<Code> {
    if c.is_ascii() {
        return Some(Code::Ascii(c as u8));
    }
    let code = page().encode.get(c as usize).copied().unwrap_or(0);
    let [lead, trail] = code.to_be_bytes();
    (code != 0).then_some(Code::Pair(lead, trail))
}

/// The trails which make an unmapped pair with this lead byte.
pub(super) fn unmapped(lead: u8) -> &'static [u8] {
    &page().unmapped[usize::from(lead)]
}
