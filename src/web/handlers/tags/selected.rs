//! Words that a reader selected in an answer, as the page shows it → their address. They are found in any
//! script; of several places the one counts that is nearest to where they were selected.

use crate::retrieval::corpus::Corpus;
use crate::search::quote::Permalink;
use crate::text::find::folded;
use crate::transcript::Span;
use crate::web::handlers::find_transcript;
use crate::web::http::parameters;
use crate::web::problem::WebProblem;

/// The most characters of a selection.
const MAX_SELECTION_CHARS: usize = 4_000;

/// What was selected.
pub(super) struct Selected {
    /// The beginning of the source's SHA-256.
    source: String,
    question: String,
    answer: String,
    words: String,
    /// Characters of the answer before it, without white space.
    before: usize,
}

impl Selected {
    /// Reads the parameters of a request.
    pub(super) fn read(parameters: &[(String, String)]) -> Option<Self> {
        let parameter = |name: &str| parameters::first(parameters, name);
        let (question, answer) = parameter("answer")?.rsplit_once('.')?;
        let words = parameter("words").filter(|words| words.chars().count() <= MAX_SELECTION_CHARS)?;
        let before = parameter("before").and_then(|before| before.parse().ok()).unwrap_or_default();
        Some(Self {
            source: parameter("source")?.to_ascii_lowercase(),
            question: question.to_owned(),
            answer: answer.to_owned(),
            words: words.to_owned(),
            before,
        })
    }

    /// Finds the words.
    ///
    /// # Errors
    /// If no answer with these labels says them.
    pub(super) fn find(&self, corpus: &Corpus) -> Result<Permalink, WebProblem> {
        let number = find_transcript(corpus, &self.source)?;
        let transcript = &*corpus.transcripts[number];
        let is_asked = |label: &str| label == self.question;
        let answer =
            transcript.answers().find(|(_, question, answer)| is_asked(&question.label) && answer.label == self.answer);
        let (_, _, answer) = answer.ok_or(WebProblem::NobodysWords)?;
        let wanted = packed(&folded(&self.words)).0;
        let view = corpus.folded(number);
        let mut passed = 0;
        let mut places: Vec<(usize, Span)> = Vec::new();
        for stretch in answer.stretches.iter().filter(|_| !wanted.is_empty()) {
            let shown = view.view_range(stretch.range());
            let (letters, at) = packed(view.text().get(shown.clone()).unwrap_or_default());
            for start in (0..=letters.len()).filter(|start| letters[*start..].starts_with(&wanted)) {
                let last = start + wanted.len() - 1;
                let range = shown.start + at[start].0..shown.start + at[last].1;
                // A view knows whole pieces; what is around the words of an answer is not quoted with them.
                let source = view.source_range(range);
                let within = source.start.max(stretch.start())..source.end.min(stretch.end());
                places.extend(Span::new(transcript.text(), within).map(|span| (passed + start, span)));
            }
            passed += letters.len();
        }
        let nearest = places.into_iter().min_by_key(|(before, _)| before.abs_diff(self.before));
        let (_, span) = nearest.ok_or(WebProblem::NobodysWords)?;
        Ok(Permalink::of(transcript, span))
    }
}

/// Characters without white space, and where each begins and ends in the text.
fn packed(text: &str) -> (Vec<char>, Vec<(usize, usize)>) {
    text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, c)| (c, (at, at + c.len_utf8()))).unzip()
}
