//! Findings as a file of HTML that stands alone: with links into the sources, and nothing to fetch.

use askama::Template;

use super::{CheckedQuotation, PlaceInSource, ReportWords, Verified, told};

/// The file.
#[derive(Template)]
#[template(path = "verify-report.html", config = "web/askama.toml")]
struct ReportPage<'a> {
    words: &'a ReportWords,
    style: &'static str,
    summary: String,
    searched: String,
    all: Vec<CheckedQuotation>,
}

/// The file's text; `href` says where a place is read.
///
/// # Errors
/// When it cannot be put together, which needs no more than memory.
pub fn page(
    verified: &Verified,
    words: &ReportWords,
    href: &dyn Fn(&PlaceInSource) -> Option<String>,
) -> Result<String, askama::Error> {
    let page = ReportPage {
        words,
        style: include_str!("../../web/static/verify.css"),
        summary: verified.summary(words),
        searched: verified.searched_told(words),
        all: told(verified, words, href),
    };
    page.render()
}
