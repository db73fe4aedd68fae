//! Request bodies. A form is read whole and in time before its handler runs. An upload is read file by
//! file, after room for it is reserved.

use std::future::Future;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequestParts as _, Multipart, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_DISPOSITION;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout;

use super::gate::Permit;
use super::locale::Locale;
use crate::config::ServerLimits;
use crate::error::Error;
use crate::library::{IncomingRecording, LibraryLimits};
use crate::web::problem::{NotServed, WebProblem};
use crate::web::site::Site;

/// The most MiB of a recording: some ten hours of an interview.
pub(crate) const RECORDING_MIB: usize = 2 << 10;
/// The most bytes of a form without an upload.
const MAX_FORM_BYTES: usize = 1 << 20;

/// Reads a form before it is handled, so that an incomplete one blocks nothing.
pub(crate) async fn read_whole(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(reader) = Locale::from_request_parts(&mut parts, &()).await;
    match form(&site, body).await {
        Ok(body) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => reader.failure(problem).into_response(),
    }
}

async fn form(site: &Site, body: Body) -> Result<Body, WebProblem> {
    let _permit = site.gates.forms.enter().await?;
    let bytes = in_time(site.limits.form_timeout, to_bytes(body, MAX_FORM_BYTES)).await?;
    bytes.map(Body::from).map_err(|_| WebProblem::BadForm)
}

/// Reads the files of an upload, by name.
pub(crate) async fn files(
    form: &mut Multipart,
    limits: &ServerLimits,
    library: &LibraryLimits,
) -> Result<Vec<(String, Vec<u8>)>, WebProblem> {
    let refused = refused_above(library.file_mib);
    let read = async {
        let mut files = Vec::new();
        while let Some(mut field) = in_time(limits.chunk_timeout, form.next_field()).await?.map_err(&refused)? {
            // An empty picker sends one file without a name.
            let Some(name) = name(&field) else { continue };
            if files.len() == library.files {
                return Err(WebProblem::Library(Error::TooManyFiles { file: name, most: library.files }));
            }
            files.push((name, whole_field(&mut field, limits, &refused).await?));
        }
        Ok(files)
    };
    in_time(limits.upload_timeout, read).await?
}

/// A recording, written to disk part by part. `begin` makes its file, by the name that was sent.
pub(crate) async fn recording(
    form: &mut Multipart,
    limits: &ServerLimits,
    begin: impl FnOnce(&str) -> Result<IncomingRecording, Error>,
) -> Result<(String, IncomingRecording), WebProblem> {
    let refused = refused_above(RECORDING_MIB as u64);
    while let Some(mut field) = in_time(limits.chunk_timeout, form.next_field()).await?.map_err(&refused)? {
        let Some(name) = name(&field) else { continue };
        let mut incoming = begin(&name).map_err(WebProblem::Library)?;
        while let Some(piece) = in_time(limits.chunk_timeout, field.chunk()).await?.map_err(&refused)? {
            incoming.write(&piece).map_err(WebProblem::Library)?;
        }
        return Ok((name, incoming));
    }
    Err(WebProblem::BadForm)
}

/// A report from a form: its file, or the pasted text.
pub(crate) struct Sent {
    /// The name of the file; empty for pasted text.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the report of a form: the file if one was chosen, or else the text.
pub(crate) async fn report(form: &mut Multipart, limits: &ServerLimits, mib: usize) -> Result<Sent, WebProblem> {
    let refused = refused_above(mib as u64);
    let read = async {
        let mut found: Option<Sent> = None;
        while let Some(mut field) = in_time(limits.chunk_timeout, form.next_field()).await?.map_err(&refused)? {
            let name = name(&field).unwrap_or_default();
            let bytes = whole_field(&mut field, limits, &refused).await?;
            let is_better = found.as_ref().is_none_or(|found| found.name.is_empty());
            if !bytes.iter().all(u8::is_ascii_whitespace) && is_better {
                found = Some(Sent { name, bytes });
            }
        }
        found.ok_or(WebProblem::BadForm)
    };
    in_time(limits.upload_timeout, read).await?
}

/// Waits until an upload may be read. If there is no room for it, the upload is discarded, because a browser reads the
/// reason only after it has sent everything.
pub(crate) async fn upload_permit(site: &Site, form: &mut Multipart) -> Result<Permit, WebProblem> {
    match site.gates.uploads.enter().await {
        Ok(permit) => Ok(permit),
        Err(problem) => {
            discard(form, &site.limits).await;
            Err(problem)
        }
    }
}

/// Returns the problem with an upload that cannot be read. Its limit is in MiB.
fn refused_above(mib: u64) -> impl Fn(MultipartError) -> WebProblem {
    move |error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => WebProblem::TooLarge { mib },
        _ => WebProblem::BadForm,
    }
}

async fn whole_field(
    field: &mut Field<'_>,
    limits: &ServerLimits,
    refused: impl Fn(MultipartError) -> WebProblem,
) -> Result<Vec<u8>, WebProblem> {
    let mut bytes = Vec::new();
    while let Some(piece) = in_time(limits.chunk_timeout, field.chunk()).await?.map_err(&refused)? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

async fn discard(form: &mut Multipart, limits: &ServerLimits) {
    let rest = async {
        while let Ok(Some(mut field)) = form.next_field().await {
            while let Ok(Some(_)) = field.chunk().await {}
        }
    };
    // After this time, the rest is not awaited.
    let _ = timeout(limits.form_timeout, rest).await;
}

/// Returns the name of a file. A name that is not UTF-8 is shown with � where it cannot be read.
fn name(field: &Field<'_>) -> Option<String> {
    let named = field.file_name().map(str::to_owned).or_else(|| {
        let header = String::from_utf8_lossy(field.headers().get(CONTENT_DISPOSITION)?.as_bytes()).into_owned();
        let (_, name) = header.split_once("filename=")?;
        Some(name.trim_start_matches('"').split('"').next().unwrap_or_default().to_owned())
    });
    named.filter(|name| !name.is_empty())
}

async fn in_time<T>(limit: Duration, coming: impl Future<Output = T>) -> Result<T, WebProblem> {
    timeout(limit, coming).await.map_err(|_| WebProblem::NotServed(NotServed::TooSlow))
}
