//! Text documents of `OpenDocument`: paragraphs as lines, headings as headings, rows of tables with
//! tabs between cells. `document_tables` tells which tables hold questions and answers. Notes, comments and deleted text
//! are left out.

use std::collections::HashSet;

use super::element::{Element, Node, SheetRows};
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::formats::document_tables::{self, DocumentTables};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;

/// Elements that are not part of what is written.
const UNSAID: [&str; 7] =
    ["note", "annotation", "tracked-changes", "ruby-text", "hidden-text", "hidden-paragraph", "forms"];

pub(super) fn read(tree: &Element, told: &Columns, limits: ReadLimits) -> Result<Extract, ReadError> {
    let body = tree.first("body").and_then(|body| body.first("text")).unwrap_or(tree);
    let mut walk = Walk {
        extract: Extract::new(limits),
        tables: DocumentTables::default(),
        bold: styles(tree, "font-weight", "bold"),
        titles: styles(tree, "name", "Title"),
    };
    walk.element(body)?;
    walk.extract.weigh_bold();
    let tables = walk.tables.all(walk.extract.hints.len());
    document_tables::read(walk.extract, &tables, told, limits)
}

/// The names of styles that set a property.
fn styles(tree: &Element, property: &str, value: &str) -> HashSet<String> {
    let sets = |style: &&Element| {
        style.attribute("parent-style-name") == Some(value)
            || style.children().any(|properties| properties.attribute(property) == Some(value))
    };
    let found = tree.every("style").into_iter().filter(sets);
    found.filter_map(|style| style.attribute("name")).map(str::to_owned).chain([value.to_owned()]).collect()
}

struct Walk {
    extract: Extract,
    tables: DocumentTables,
    /// The names of styles that are bold.
    bold: HashSet<String>,
    /// The names of styles for titles.
    titles: HashSet<String>,
}

impl Walk {
    fn element(&mut self, element: &Element) -> Result<(), ReadError> {
        let style = element.attribute("style-name").unwrap_or_default();
        match element.name.as_str() {
            name if UNSAID.contains(&name) => Ok(()),
            "h" => self.extract.push(LineKind::Heading, &words(element), None),
            "p" if self.titles.contains(style) => {
                let title = words(element);
                self.extract.title.get_or_insert_with(|| title.clone());
                self.extract.push(LineKind::Aside, &title, None)
            }
            "p" => {
                let kind = if self.is_bold(element) { LineKind::Bold } else { LineKind::Plain };
                self.extract.push(kind, &words(element), None)
            }
            "table" => {
                self.tables.begin();
                element.children().try_for_each(|child| self.element(child))?;
                self.tables.end(self.extract.hints.len());
                Ok(())
            }
            "table-row" => self.row(element),
            _ => element.children().try_for_each(|child| self.element(child)),
        }
    }

    /// Whether all words of a paragraph are bold.
    fn is_bold(&self, element: &Element) -> bool {
        let is_bold =
            |element: &Element| element.attribute("style-name").is_some_and(|style| self.bold.contains(style));
        let spans: Vec<&Element> = element.children().filter(|child| child.name == "span").collect();
        let loose = element
            .inside
            .iter()
            .any(|node| matches!(node, Node::Words(words) if words.chars().any(char::is_alphanumeric)));
        is_bold(element) || !loose && !spans.is_empty() && spans.iter().all(|span| is_bold(span))
    }

    fn row(&mut self, element: &Element) -> Result<(), ReadError> {
        let paragraphs = |cell: &Element| {
            let found = cell.every("p").into_iter().chain(cell.every("h")).map(words);
            found.filter(|words| !words.trim().is_empty()).collect::<Vec<String>>()
        };
        let cells = element.children().filter(|cell| cell.name == "table-cell").map(paragraphs);
        let mut cells: Vec<Vec<String>> = cells.collect();
        self.tables.begin_row(self.extract.hints.len());
        for cell in &cells {
            self.tables.begin_cell();
            self.tables.words(&cell.join("\n"));
        }
        cells.retain(|cell| !cell.is_empty());
        for line in row(&cells) {
            self.extract.push(LineKind::Plain, &line, None)?;
        }
        self.tables.end_row(self.extract.hints.len());
        Ok(())
    }
}

/// The most rows or cells that one repeated row or cell becomes.
const MAX_REPEATS: usize = 1_000;

/// Each sheet of a spreadsheet, with its name. Cells stand at their columns. An empty row or cell may be repeated a
/// million times, so it only moves what follows.
pub(super) fn sheets(tree: &Element) -> Vec<(String, SheetRows)> {
    let hidden = styles(tree, "display", "false");
    let shown = |table: &&Element| table.attribute("style-name").is_none_or(|style| !hidden.contains(style));
    let tables = tree.every("table").into_iter().filter(shown);
    tables.map(|table| (table.attribute("name").unwrap_or_default().to_owned(), rows(table))).collect()
}

fn rows(table: &Element) -> SheetRows {
    let repeated = |element: &Element, attribute: &str| {
        element.attribute(attribute).and_then(|times| times.parse::<usize>().ok()).unwrap_or(1).max(1)
    };
    let mut rows = Vec::new();
    for row in table.every("table-row") {
        let (mut column, mut cells) = (0_usize, Vec::new());
        for cell in row.children().filter(|cell| cell.name.ends_with("table-cell")) {
            let paragraphs = cell.children().filter(|child| child.name == "p").map(words).collect::<Vec<_>>();
            let (shown, times) = (paragraphs.join("\n"), repeated(cell, "number-columns-repeated"));
            if !shown.trim().is_empty() {
                cells.extend((0..times.min(MAX_REPEATS)).map(|at| (column + at, shown.clone())));
            }
            column = column.saturating_add(times);
        }
        let times = if cells.is_empty() { 1 } else { repeated(row, "number-rows-repeated").min(MAX_REPEATS) };
        rows.extend(std::iter::repeat_n(cells, times));
    }
    rows
}

/// A longer cell before the last holds words, not a name or a time.
const SHORT: usize = 60;

/// Names beside words become one line, with a tab between.
fn row(cells: &[Vec<String>]) -> Vec<String> {
    let Some((last, before)) = cells.split_last() else { return Vec::new() };
    if !before.iter().all(|cell| cell.len() == 1 && cell[0].chars().count() <= SHORT) {
        return cells.concat();
    }
    let first: Vec<&str> = before.iter().flatten().chain(last.first()).map(|cell| cell.trim()).collect();
    std::iter::once(first.join("\t")).chain(last.iter().skip(1).cloned()).collect()
}

fn words(element: &Element) -> String {
    let mut line = String::new();
    gather(element, &mut line);
    line
}

fn gather(element: &Element, line: &mut String) {
    for node in &element.inside {
        match node {
            Node::Words(words) => {
                // White space becomes one space, as in HTML.
                for c in words.chars() {
                    let space = c.is_ascii_whitespace();
                    if !space || !line.ends_with([' ', '\n', '\t']) && !line.is_empty() {
                        line.push(if space { ' ' } else { c });
                    }
                }
            }
            Node::Element(child) => match child.name.as_str() {
                name if UNSAID.contains(&name) => {}
                "s" => line.push(' '),
                "tab" => line.push('\t'),
                "line-break" => line.push('\n'),
                _ => gather(child, line),
            },
        }
    }
}
