//! Mail, and files in its form: a web page saved by Chrome or `WeChat` (MHTML), a message (EML). It
//! finds the part with the words and reads none.

use mailparse::{MailHeaderMap, ParsedMail};

use super::decode;
use crate::error::ReadError;

/// The part of a message that holds the words.
pub(crate) struct MailPart {
    pub(crate) text: String,
    /// The subject.
    pub(crate) title: Option<String>,
    /// The name of who wrote it.
    pub(crate) writer: Option<String>,
}

/// Whether bytes begin with the headers of a message.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8 << 10)];
    let head = String::from_utf8_lossy(head);
    let mut names: Vec<String> = Vec::new();
    for line in head.trim_start_matches('\u{feff}').lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        names.push(name.to_lowercase());
    }
    let has = |name: &str| names.iter().any(|own| own == name);
    let typed = has("content-type") || has("mime-version");
    typed && (has("from") || has("subject") || has("snapshot-content-location") || has("mime-version"))
}

/// The page or the text of a message.
pub(crate) fn part(bytes: &[u8]) -> Result<MailPart, ReadError> {
    let malformed = |reason: String| ReadError::Malformed { format: "mail or MHTML", reason };
    let mail = mailparse::parse_mail(bytes).map_err(|error| malformed(error.to_string()))?;
    let archive = mail.headers.get_first_value("Snapshot-Content-Location").is_some()
        || mail.ctype.mimetype.eq_ignore_ascii_case("multipart/related");
    let kinds = if archive { ["text/html", "text/plain"] } else { ["text/plain", "text/html"] };
    let found = kinds.iter().find_map(|kind| find(&mail, kind, 0));
    let found = found.ok_or_else(|| malformed("no part of it holds text".to_owned()))?;
    let body = found.get_body_raw().map_err(|error| malformed(error.to_string()))?;
    let declared = found.ctype.params.get("charset").map(String::as_str);
    let (text, _) = decode::decode_as(&body, declared)?;
    let title = mail.headers.get_first_value("Subject").map(|title| title.trim().to_owned());
    let writer = mail.headers.get_first_value("From").as_deref().and_then(name);
    Ok(MailPart { text, title: title.filter(|title| !title.is_empty()), writer })
}

/// The name in an address: `Ann Lee <ann@example.org>`.
fn name(address: &str) -> Option<String> {
    let (name, _) = address.split_once('<')?;
    let name = name.trim().trim_matches(['"', '\'']).trim();
    (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
}

/// Parts nested deeper are ignored.
const DEEPEST: usize = 16;

/// The first part of a kind that is not empty.
fn find<'a, 'b>(mail: &'a ParsedMail<'b>, kind: &str, depth: usize) -> Option<&'a ParsedMail<'b>> {
    if depth > DEEPEST || mail.get_content_disposition().disposition == mailparse::DispositionType::Attachment {
        return None;
    }
    let own = mail.subparts.is_empty() && mail.ctype.mimetype.eq_ignore_ascii_case(kind);
    if own && mail.get_body_raw().is_ok_and(|body| body.iter().any(|byte| !byte.is_ascii_whitespace())) {
        return Some(mail);
    }
    mail.subparts.iter().find_map(|part| find(part, kind, depth + 1))
}
