//! One quote as a picture: an SVG with the words as they are shown, all of them, wrapped by how wide their
//! characters are, and the citation. It needs no font of ours: widths are taken on the safe side.

use std::fmt::Write as _;

use super::contents::{ExportedQuote, lines};
use super::xml::escape;
use crate::i18n::ExportWords;
use crate::text::segment::is_chinese;

const WIDTH: usize = 1_200;
const HEIGHT: usize = 675;
/// Where all text begins, and how much room it has.
const LEFT: f32 = 96.0;
const ROOM: f32 = 1_020.0;
const TOP: f32 = 72.0;
/// The sizes of the words, the first that fits.
const SIZES: [f32; 9] = [60.0, 52.0, 46.0, 40.0, 36.0, 32.0, 28.0, 25.0, 22.0];
const LEADING: f32 = 1.5;
/// The citation and the address below it.
const CITED: f32 = 22.0;
const CITED_LINES: usize = 3;
const LINK: f32 = 16.0;

const SERIF: &str = "'Iowan Old Style', Charter, 'Source Serif 4', Georgia, 'Songti SC', 'Songti TC', \
     'Noto Serif CJK SC', 'Noto Serif CJK TC', 'Source Han Serif SC', SimSun, PMingLiU, serif";
const SANS: &str = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'PingFang SC', 'PingFang TC', \
     'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans CJK TC', sans-serif";

/// The picture of a quote; `None` if its words are too long for one.
pub fn card(entry: &ExportedQuote, words: &ExportWords) -> Option<String> {
    let mut cited = wrapped(&format!("— {}", entry.source(words)), CITED);
    if cited.len() > CITED_LINES {
        cited.truncate(CITED_LINES);
        cited.last_mut()?.push('…');
    }
    let link = if width(&entry.citation.permalink, LINK) <= ROOM { entry.citation.permalink.as_str() } else { "" };
    let foot = HEIGHT as f32 - 52.0;
    let cited_top = foot - LINK * 1.8 - cited.len() as f32 * CITED * LEADING;
    let room = cited_top - 24.0 - TOP;
    let (size, said) = SIZES.into_iter().find_map(|size| {
        let said: Vec<String> = lines(&entry.text).flat_map(|line| wrapped(line, size)).collect();
        (said.len() as f32 * size * LEADING <= room).then_some((size, said))
    })?;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         xml:lang=\"{}\" role=\"img\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#faf8f4\"/>\n",
        escape(entry.lang)
    );
    // Short words stand in the middle of their room.
    let height = said.len() as f32 * size * LEADING;
    let top = TOP + (room - height) / 2.0;
    // Writing to a String cannot fail.
    let _ =
        writeln!(svg, "<rect x=\"56\" y=\"{top:.0}\" width=\"8\" height=\"{height:.0}\" rx=\"4\" fill=\"#d9a400\"/>");
    text(&mut svg, &said, (top, size, LEADING), &format!("font-family=\"{SERIF}\" fill=\"#25221d\""));
    text(&mut svg, &cited, (cited_top, CITED, LEADING), &format!("font-family=\"{SANS}\" fill=\"#67615a\""));
    let link = [link.to_owned()];
    text(
        &mut svg,
        &link,
        (foot - LINK, LINK, 1.0),
        "font-family=\"ui-monospace, Consolas, monospace\" fill=\"#67615a\"",
    );
    svg.push_str("</svg>\n");
    Some(svg)
}

/// Lines one below another.
fn text(svg: &mut String, lines: &[String], (top, size, leading): (f32, f32, f32), look: &str) {
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let base = top + number as f32 * size * leading + size * (leading + 0.7) / 2.0;
        let line = escape(line);
        let _ = writeln!(svg, "<text x=\"{LEFT:.0}\" y=\"{base:.1}\" font-size=\"{size:.0}\" {look}>{line}</text>");
    }
}

/// How wide a text is at most.
fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|c| ems(c) * size).sum()
}

/// How wide a character is at most, in the fonts that are named.
fn ems(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '!' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.98,
        'a'..='z' | '0'..='9' => 0.62,
        ' '..='~' => 0.76,
        c if c.is_alphabetic() && !is_chinese(c) && c < '\u{1100}' => 0.8,
        _ => 1.0,
    }
}

/// A line in as many as it needs. Words of letters stay whole where one line holds them; no line begins with a
/// sign that closes, or ends with one that opens.
fn wrapped(line: &str, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut taken = 0.0;
    for unit in units(line) {
        let wide = width(unit, size);
        if taken + width(unit.trim_end(), size) > ROOM && taken > 0.0 {
            lines.push(String::new());
            taken = 0.0;
        }
        if wide <= ROOM {
            if let Some(last) = lines.last_mut() {
                last.push_str(unit);
            }
            taken += wide;
            continue;
        }
        // Longer than a line: cut anywhere.
        for c in unit.chars() {
            if taken + ems(c) * size > ROOM {
                lines.push(String::new());
                taken = 0.0;
            }
            if let Some(last) = lines.last_mut() {
                last.push(c);
            }
            taken += ems(c) * size;
        }
    }
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The parts of a line between which it may be broken.
fn units(line: &str) -> Vec<&str> {
    let opens = |c: char| "“‘（「『《〈【〔([{".contains(c);
    let closes = |c: char| "”’）」』》〉】〕)]}，。、；：？！…—·,.;:?!%".contains(c);
    let stands_alone = |c: char| is_chinese(c) || ('\u{3000}'..='\u{ffef}').contains(&c);
    let mut units = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, c) in line.char_indices() {
        let may_break = before.is_some_and(|before| {
            !opens(before)
                && !closes(c)
                && !c.is_whitespace()
                && (before.is_whitespace() || stands_alone(before) || stands_alone(c) || closes(before) && opens(c))
        });
        if may_break {
            units.push(&line[from..at]);
            from = at;
        }
        before = Some(c);
    }
    units.push(&line[from..]);
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_every_character_and_begin_with_no_closing_sign() {
        let said = "我每天跑步，跑步让我头脑清空。“真的吗？”他问：AI and a-very-long-word-indeed 会帮忙，30%的人（包括我）都这么说……".repeat(4);
        for size in SIZES {
            let lines = wrapped(&said, size);
            let packed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(packed(&lines.concat()), packed(&said));
            for line in &lines {
                assert!(width(line, size) <= ROOM + 0.5, "{line}");
                assert!(
                    !line.starts_with(['，', '。', '？', '”', '）', '…']) && !line.ends_with(['“', '（']),
                    "{line}"
                );
            }
        }
        let long = "x".repeat(500);
        assert_eq!(wrapped(&long, 60.0).concat(), long);
    }
}
