//! Interviews and quotes as MCP resources. The address of an interview holds the hash of its source, and the address of
//! a quote holds its permalink.

use rmcp::ErrorData;
use rmcp::model::{
    ListResourceTemplatesResult, ListResourcesResult, ReadResourceResult, Resource, ResourceContents, ResourceTemplate,
};
use serde_json::json;

use crate::api::{self, AnswerPart, Refusal, SCHEME, follow, one_line};
use crate::retrieval::corpus::Corpus;
use crate::transcript::Transcript;

/// Interviews on a page.
const PAGE: usize = 100;
/// The most bytes of an interview that is read in one piece.
const WHOLE: usize = 1 << 20;
const TEXT: &str = "text/plain";
const JSON: &str = "application/json";

/// Lists a page of the interviews.
pub(super) fn list(corpus: &Corpus, cursor: Option<&str>) -> Result<ListResourcesResult, Refusal> {
    let (page, next) = api::page(corpus, cursor, PAGE)?;
    let resource = |of: &&Transcript| {
        let size = format!("{} questions, {} answers", of.questions.len(), of.answers().count());
        Resource::new(api::resource_of(of), &of.name).with_title(&of.title).with_description(size).with_mime_type(TEXT)
    };
    let mut result = ListResourcesResult::with_all_items(page.iter().map(resource).collect());
    result.next_cursor = next;
    Ok(result)
}

/// The templates of the two kinds of address.
pub(super) fn templates() -> ListResourceTemplatesResult {
    let interview = ResourceTemplate::new(format!("{SCHEME}t/{{source_sha256}}"), "interview")
        .with_title("An interview")
        .with_description("All questions and answers of one interview, letter for letter.")
        .with_mime_type(TEXT);
    let quote = ResourceTemplate::new(format!("{SCHEME}q/{{source}}/{{words}}"), "quote")
        .with_title("A quote by its permalink")
        .with_description(
            "The words that a permalink cites, fresh from their source, with their citation; or that they changed or \
             were withdrawn.",
        )
        .with_mime_type(JSON);
    ListResourceTemplatesResult::with_all_items(vec![interview, quote])
}

/// Reads the resource at an address.
pub(super) fn read(corpus: &Corpus, uri: &str, origin: &str) -> Result<ReadResourceResult, ErrorData> {
    let path = uri.strip_prefix(SCHEME).and_then(|path| path.split_once('/'));
    let found = match path {
        Some(("t", sha256)) => interview(corpus, sha256).map(|words| (words, TEXT)),
        Some(("q", _)) => quote(corpus, uri, origin).map(|quote| (quote, JSON)),
        _ => Err(Refusal::Missing("an address that begins with yuanhua://t/ (an interview) or yuanhua://q/ (a quote)")),
    };
    match found {
        Ok((text, media_type)) => {
            Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(media_type)]))
        }
        Err(refusal) => Err(ErrorData::resource_not_found(refusal.to_string(), Some(json!({ "uri": uri })))),
    }
}

fn quote(corpus: &Corpus, uri: &str, origin: &str) -> Result<String, Refusal> {
    let linked = follow(corpus, uri)?;
    let display = corpus.transcripts[linked.place.transcript].script.default_display();
    let part = AnswerPart::new(corpus, linked.place, linked.span, display, origin)?;
    Ok(json!({ "text": part.text, "citation": part.citation, "source_changed": linked.changed }).to_string())
}

fn interview(corpus: &Corpus, sha256: &str) -> Result<String, Refusal> {
    let Some(found) = corpus.by_hash(sha256) else {
        return Err(match corpus.coming() {
            _ if corpus.was_withdrawn(sha256) => Refusal::Withdrawn,
            0 => Refusal::Gone,
            _ => Refusal::NotRead,
        });
    };
    let of = &corpus.transcripts[found];
    if of.text().len() > WHOLE { Err(Refusal::TooLong { mib: WHOLE >> 20 }) } else { Ok(whole(of)) }
}

/// Writes out an interview to read. We add the labels and the speakers. The words are the source's.
fn whole(of: &Transcript) -> String {
    let mut lines = vec![format!("# {}", of.title)];
    for question in &of.questions {
        let asked = one_line(of.words(question.span));
        lines.push(format!("\n{}{}: {asked}", question.label, speaker(question.speaker.as_deref(), false)));
        for answer in &question.answers {
            let who = speaker(answer.interviewee.as_deref(), answer.undecided);
            lines.push(format!("{}{who}: {}", answer.label, of.answer_text(answer)));
        }
    }
    lines.join("\n")
}

fn speaker(name: Option<&str>, undecided: bool) -> String {
    match (name, undecided) {
        (Some(name), true) => format!(" ({name}, may be the interviewer)"),
        (Some(name), false) => format!(" ({name})"),
        (None, true) => " (may be the interviewer)".to_owned(),
        (None, false) => String::new(),
    }
}
