//! Checks the quotations of a report against the interviews, for programs. Nothing of a report is kept.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::verify::{self, Report, SearchedLibrary, Verified};
use crate::web::http::locale::Locale;
use crate::web::http::origin::SameSite;
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;
use crate::web::view::problem_details::ProblemDetails;

/// A report to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportSent {
    /// The text of the report: Markdown, HTML, CSV, JSON or plain text, 1 MiB at most.
    text: String,
    /// The format of the report. If it is left out, it is detected from the text.
    #[serde(default)]
    format: Option<ReportFormat>,
}

/// The format of a report that is text.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReportFormat {
    Markdown,
    Html,
    Csv,
    Json,
    Text,
}

/// Check the quotations of a report
///
/// Looks for every quotation in the interviews, word for word, and says whether it is exact or how it differs. The
/// reply is the same JSON as from `yuanhua verify --json`. The report is not kept.
#[utoipa::path(
    post,
    path = "/api/verify",
    tag = "Checking",
    request_body = ReportSent,
    responses(
        (status = 200, description = "What is found of each quotation", body = Verified),
        (status = 400, description = "There is no report in it", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Too much is asked at once", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn verify(
    State(site): State<Site>,
    reader: Locale,
    _: SameSite,
    sent: Result<Json<ReportSent>, JsonRejection>,
) -> Result<Json<Verified>, Failure> {
    let failed = |problem| reader.failure(problem);
    let Json(sent) = sent.map_err(|_| failed(WebProblem::BadRequest))?;
    if sent.text.trim().is_empty() {
        return Err(failed(WebProblem::Missing));
    }
    let withdrawals = site.library.as_ref().map(|library| library.withdrawals()).unwrap_or_default();
    let checked = site.with_corpus(Work::Query, move |_, corpus| {
        let report = Report::of_text(sent.format.map_or("", ReportFormat::file), &sent.text);
        Ok(verify::verify(&SearchedLibrary::of(corpus, &withdrawals), &report))
    });
    checked.await.map(Json).map_err(failed)
}

impl ReportFormat {
    /// The name of a file of this format.
    fn file(self) -> &'static str {
        match self {
            Self::Markdown => "report.md",
            Self::Html => "report.html",
            Self::Csv => "report.csv",
            Self::Json => "report.json",
            Self::Text => "report.txt",
        }
    }
}
