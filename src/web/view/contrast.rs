//! The table of a query that compares two sides: what answers say about each side, in two columns. Each cell is a
//! stretch of a source, and links to it.

use super::evidence;
use super::highlight::{self, Highlight, Segment};
use super::page::{display_of, lang_as_shown, lang_as_written};
use crate::search::{self, Contrasted, Reply};
use crate::web::context::PageContext;

/// The two columns of a reply.
pub(crate) struct ContrastTable {
    pub(crate) caption: String,
    pub(crate) sides: [String; 2],
    /// The language of the sides as typed.
    pub(crate) lang: &'static str,
    pub(crate) rows: Vec<ContrastRow>,
}

/// One answer.
pub(crate) struct ContrastRow {
    /// `Q3 · A2`
    pub(crate) label: String,
    /// The interviewee, and the interview if there are several.
    pub(crate) who: Option<String>,
    pub(crate) cells: Vec<Vec<ContrastCell>>,
}

/// A stretch of the answer.
pub(crate) struct ContrastCell {
    pub(crate) segments: Vec<Segment>,
    pub(crate) lang: &'static str,
    pub(crate) href: String,
}

impl ContrastTable {
    /// Makes the table, or returns `None` if the query compares nothing or nobody speaks about one of the sides.
    pub(crate) fn of(context: PageContext<'_>, turn: usize, reply: &Reply) -> Option<Self> {
        let PageContext { corpus, text, .. } = context;
        let contrast = search::contrast(corpus, reply)?;
        let lang = lang_as_written(&reply.query);
        let rows = contrast.rows.iter().filter_map(|row| ContrastRow::of(context, turn, row));
        let [first, second] = &contrast.sides;
        Some(Self {
            caption: (text.evidence.side_by_side)(first, second),
            rows: rows.collect(),
            sides: contrast.sides,
            lang,
        })
    }
}

impl ContrastRow {
    fn of(context: PageContext<'_>, turn: usize, row: &Contrasted) -> Option<Self> {
        let PageContext { corpus, address, .. } = context;
        let (transcript, question, answer) = corpus.answer(row.place)?;
        let number = row.place.transcript;
        let display = display_of(transcript.script, address.display());
        let view = corpus.view(number, display);
        let cell = |span: &crate::transcript::Span| ContrastCell {
            segments: highlight::paragraphs(transcript, view, *span, Highlight::default())
                .into_iter()
                .flatten()
                .collect(),
            lang: lang_as_shown(view.words(span.range()), transcript.script, display),
            href: address.source_at_words(&transcript.source_sha256, *span, turn),
        };
        let interview = (corpus.transcripts.len() > 1).then(|| evidence::interview(context, number));
        let who: Vec<String> = answer.interviewee.clone().into_iter().chain(interview).collect();
        Some(Self {
            label: format!("{} · {}", question.label, answer.label),
            who: (!who.is_empty()).then(|| who.join(" · ")),
            cells: row.spans.iter().map(|spans| spans.iter().map(cell).collect()).collect(),
        })
    }
}
