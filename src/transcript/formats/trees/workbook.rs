//! The parts of an XLSX workbook: its sheets, the words that cells share, and which styles show a date or a time.

use std::collections::HashMap;

use super::element::{Element, Node, SheetRows};

/// A sheet of a workbook.
pub(crate) struct SheetPart {
    pub(crate) name: String,
    /// The file of the archive with its cells.
    pub(crate) file: String,
}

/// The visible sheets in order, and whether days are counted from 1904.
pub(super) fn sheets(workbook: &Element, relations: &Element) -> (Vec<SheetPart>, bool) {
    let targets: HashMap<&str, &str> = relations
        .every("Relationship")
        .into_iter()
        .filter_map(|one| Some((one.attribute("Id")?, one.attribute("Target")?)))
        .collect();
    let visible = |sheet: &&Element| sheet.attribute("state").is_none_or(|state| state == "visible");
    let part = |sheet: &Element| {
        // `r:id` and `sheetId`: prefixes are dropped, and only the first is called `id`.
        let target = targets.get(sheet.attribute("id")?)?;
        let file = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        Some(SheetPart { name: sheet.attribute("name").unwrap_or_default().to_owned(), file })
    };
    let sheets = workbook.every("sheet").into_iter().filter(visible).filter_map(part).collect();
    let from_1904 = workbook.first("workbookPr").and_then(|one| one.attribute("date1904"));
    (sheets, from_1904.is_some_and(|value| value == "1" || value == "true"))
}

/// The words that cells share, by their number.
pub(super) fn shared(strings: &Element) -> Vec<String> {
    strings.every("si").into_iter().map(words).collect()
}

/// The words of a cell or of a shared string, without the readings of characters.
fn words(element: &Element) -> String {
    fn gather(element: &Element, within: bool, words: &mut String) {
        for node in &element.inside {
            match node {
                Node::Words(text) if within => words.push_str(text),
                Node::Words(_) => {}
                Node::Element(child) if child.name == "rPh" => {}
                Node::Element(child) => gather(child, child.name == "t", words),
            }
        }
    }
    let mut found = String::new();
    gather(element, false, &mut found);
    // Excel writes a carriage return this way.
    found.replace("_x000D_", "")
}

/// How a style shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberStyle {
    Plain,
    Percent,
    Date,
    DateTime,
    /// A time of day, or a time code. It may exceed a day.
    Time,
}

/// How each style of cells shows a number, by its number.
pub(super) fn styles(sheet: &Element) -> Vec<NumberStyle> {
    let codes: HashMap<&str, &str> = sheet
        .every("numFmt")
        .into_iter()
        .filter_map(|one| Some((one.attribute("numFmtId")?, one.attribute("formatCode")?)))
        .collect();
    let of = |style: &Element| {
        let id = style.attribute("numFmtId").unwrap_or("0");
        codes.get(id).map_or_else(|| built_in(id), |code| of_code(code))
    };
    let lists = sheet.first("cellXfs");
    lists.map(|list| list.children().map(of).collect()).unwrap_or_default()
}

/// The numbers of formats that no file explains (ECMA-376, 18.8.30). Those from 27 and from 50 on are dates of East Asia.
fn built_in(id: &str) -> NumberStyle {
    match id.parse::<u32>().unwrap_or(0) {
        9 | 10 => NumberStyle::Percent,
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => NumberStyle::Date,
        22 => NumberStyle::DateTime,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => NumberStyle::Time,
        _ => NumberStyle::Plain,
    }
}

/// What a format of the file shows, by the letters outside quotation marks and brackets.
fn of_code(code: &str) -> NumberStyle {
    let (mut quoted, mut bracket, mut escaped) = (false, String::new(), false);
    let (mut in_bracket, mut letters) = (false, String::new());
    for c in code.split(';').next().unwrap_or_default().chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => (in_bracket, bracket) = (true, String::new()),
            // Hours beyond a day: [h]:mm.
            ']' if in_bracket => {
                in_bracket = false;
                if bracket.chars().all(|c| "hms".contains(c.to_ascii_lowercase())) {
                    letters.push_str(&bracket);
                }
            }
            _ if in_bracket => bracket.push(c),
            _ => letters.push(c.to_ascii_lowercase()),
        }
    }
    let letters = letters.replace("general", "").replace("am/pm", "");
    let (date, time) = (letters.contains(['y', 'd']), letters.contains(['h', 's']));
    match (date, time) {
        (true, true) => NumberStyle::DateTime,
        (true, false) => NumberStyle::Date,
        (false, true) => NumberStyle::Time,
        _ if letters.contains('%') => NumberStyle::Percent,
        _ => NumberStyle::Plain,
    }
}

/// What the cells of all sheets share.
pub(super) struct Cells {
    pub(super) shared: Vec<String>,
    pub(super) styles: Vec<NumberStyle>,
    pub(super) from_1904: bool,
}

impl Cells {
    /// The cells of a sheet at their columns, row by row. A cell that was merged with those below it stands in each of
    /// their rows, as it is read.
    pub(super) fn rows(&self, sheet: &Element) -> SheetRows {
        let mut rows: Vec<(usize, Vec<(usize, String)>)> = Vec::new();
        for (at, row) in sheet.every("row").into_iter().enumerate() {
            let number = row.attribute("r").and_then(|number| number.parse().ok()).unwrap_or(at + 1);
            let mut cells: Vec<(usize, String)> = Vec::new();
            for cell in row.children().filter(|cell| cell.name == "c") {
                let after = cells.last().map_or(0, |(column, _)| column + 1);
                let column = cell.attribute("r").and_then(place).map_or(after, |(column, _)| column);
                cells.push((column, self.shown(cell)));
            }
            rows.push((number, cells));
        }
        for (first, last) in sheet.every("mergeCell").into_iter().filter_map(|one| range(one.attribute("ref")?)) {
            if first.0 == last.0 && first.1 < last.1 {
                merged_down(&mut rows, first.0, first.1, last.1);
            }
        }
        rows.into_iter().map(|(_, cells)| cells).collect()
    }

    /// A cell as it is shown, but for the number of digits.
    fn shown(&self, cell: &Element) -> String {
        let value = || {
            let value = cell.children().find(|child| child.name == "v");
            value.map(|value| value.words(&|_| true, &|_| false)).unwrap_or_default()
        };
        match cell.attribute("t").unwrap_or("n") {
            "s" => value().parse::<usize>().ok().and_then(|at| self.shared.get(at)).cloned().unwrap_or_default(),
            "inlineStr" => words(cell),
            "b" => if value() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => String::new(),
            "n" => {
                let style = cell.attribute("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                self.number(&value(), self.styles.get(style).copied().unwrap_or(NumberStyle::Plain))
            }
            _ => value(),
        }
    }

    fn number(&self, written: &str, style: NumberStyle) -> String {
        let Some(number) = written.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return written.to_owned();
        };
        let day = || self.day(number);
        let clock = |seconds: u64| format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        // Half a second more, as a fraction of a day is never exact.
        let seconds = |days: f64| if days < 0.0 { None } else { Some((days * 86_400.0 + 0.5) as u64) };
        let shown = match style {
            NumberStyle::Plain => None,
            // Fifteen digits are what a cell holds.
            NumberStyle::Percent => {
                format!("{:.10}", number * 100.0).parse::<f64>().ok().map(|part| format!("{part}%"))
            }
            NumberStyle::Date => day(),
            NumberStyle::DateTime => {
                day().zip(seconds(number.fract())).map(|(day, seconds)| format!("{day} {}", clock(seconds)))
            }
            NumberStyle::Time => seconds(number).map(clock),
        };
        shown.unwrap_or_else(|| number.to_string())
    }

    /// The date of a day's number. Day 60, the 29th of February 1900, never was.
    fn day(&self, number: f64) -> Option<String> {
        const BEFORE_FIRST: i32 = 2_415_020;
        let days = number.floor();
        if !(0.0..3_000_000.0).contains(&days) {
            return None;
        }
        let days = days as i32 + if self.from_1904 { 1_462 } else { 0 };
        let julian = BEFORE_FIRST + days - i32::from(days >= 60);
        let date = time::Date::from_julian_day(julian).ok()?;
        Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
    }
}

/// Puts a cell into the rows that it was merged with, where they hold something.
fn merged_down(rows: &mut [(usize, Vec<(usize, String)>)], column: usize, first: usize, last: usize) {
    let of = |cells: &Vec<(usize, String)>| cells.iter().find(|(at, _)| *at == column).map(|(_, words)| words.clone());
    let Some(words) = rows.iter().find(|(number, _)| *number == first).and_then(|(_, cells)| of(cells)) else { return };
    for (_, cells) in rows.iter_mut().filter(|(number, _)| (first + 1..=last).contains(number)) {
        if cells.iter().any(|(_, words)| !words.is_empty()) {
            cells.retain(|(at, _)| *at != column);
            cells.push((column, words.clone()));
            cells.sort_by_key(|(at, _)| *at);
        }
    }
}

/// The first and the last cell of `B2:B5`.
fn range(reference: &str) -> Option<((usize, usize), (usize, usize))> {
    let (first, last) = reference.split_once(':')?;
    Some((place(first)?, place(last)?))
}

/// The column of `AB12`, from 0, and its row, from 1.
fn place(reference: &str) -> Option<(usize, usize)> {
    let letters = reference.chars().take_while(char::is_ascii_uppercase).take(4);
    let column = letters.fold(0, |column, c| column * 26 + (c as usize - 'A' as usize) + 1);
    let row = reference.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().ok()?;
    Some((column.checked_sub(1)?, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_tells_dates_times_and_percentages_from_numbers() {
        for (code, style) in [
            ("yyyy/m/d", NumberStyle::Date),
            ("yyyy\"年\"m\"月\"d\"日\"", NumberStyle::Date),
            ("yyyy-mm-dd hh:mm", NumberStyle::DateTime),
            ("[h]:mm:ss", NumberStyle::Time),
            ("mm:ss.0", NumberStyle::Time),
            ("0.0%", NumberStyle::Percent),
            ("General", NumberStyle::Plain),
            ("#,##0\"days\"", NumberStyle::Plain),
            ("[Red]0.00", NumberStyle::Plain),
        ] {
            assert_eq!(of_code(code), style, "{code}");
        }
    }

    #[test]
    fn numbers_are_shown_as_their_style_shows_them() {
        let cells = Cells { shared: Vec::new(), styles: Vec::new(), from_1904: false };
        for (written, style, shown) in [
            ("45413", NumberStyle::Date, "2024-05-01"),
            ("45413.4375", NumberStyle::DateTime, "2024-05-01 10:30:00"),
            ("1", NumberStyle::Date, "1900-01-01"),
            ("0.0005787037037037037", NumberStyle::Time, "0:00:50"),
            ("1.5", NumberStyle::Time, "36:00:00"),
            ("0.07", NumberStyle::Percent, "7%"),
            ("0.10000000000000001", NumberStyle::Plain, "0.1"),
            ("13800000000", NumberStyle::Plain, "13800000000"),
            ("-1", NumberStyle::Date, "-1"),
            ("1e300", NumberStyle::Date, &1e300_f64.to_string()),
        ] {
            assert_eq!(cells.number(written, style), shown, "{written}");
        }
        let old = Cells { from_1904: true, ..cells };
        assert_eq!(old.number("43951", NumberStyle::Date), "2024-05-01");
    }

    #[test]
    fn places_are_columns_and_rows() {
        assert_eq!(place("A1"), Some((0, 1)));
        assert_eq!(place("AB12"), Some((27, 12)));
        assert_eq!((place("12"), place("A"), place("")), (None, None, None));
    }
}
