//! Writes the findings as one HTML file. It has links to the sources and loads nothing.

use askama::Template;

use super::finding::{PlaceInSource, Verified};
use super::sentences::{ShownQuotation, in_words};
use crate::i18n::VerifyWords;

/// The template of the file.
#[derive(Template)]
#[template(path = "verify-report.html", config = "web/askama.toml")]
struct ReportPage<'a> {
    words: &'a VerifyWords,
    style: &'static str,
    summary: String,
    searched: String,
    all: Vec<ShownQuotation>,
}

/// Returns the text of the file. `href` returns the address where a place can be read.
///
/// # Errors
/// If the template fails, which only a lack of memory can cause.
pub fn page(
    verified: &Verified,
    words: &VerifyWords,
    href: &dyn Fn(&PlaceInSource) -> Option<String>,
) -> Result<String, askama::Error> {
    let page = ReportPage {
        words,
        style: include_str!("../../web/static/verify.css"),
        summary: verified.summary(words),
        searched: verified.searched_sentence(words),
        all: in_words(verified, words, href),
    };
    page.render()
}
