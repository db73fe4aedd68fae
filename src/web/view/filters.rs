//! The filters beside the box: the choices, and the chosen ones. Each is written as in a query, so the query language
//! alone defines its meaning.

use super::highlight;
use super::page::{display_of, lang_as_shown};
use crate::retrieval::corpus::Corpus;
use crate::search::query::{self, Filter, FilterKind, Query};
use crate::web::context::PageContext;

/// The most choices of one sort. Others can be typed.
const MAX_CHOICES: usize = 60;
/// The most characters of a question in a choice.
const MAX_QUESTION_CHARS: usize = 36;

/// A link and its words, such as something carried over and the address without it.
pub(crate) struct ChipLink {
    pub(crate) words: String,
    pub(crate) take_back: String,
    pub(crate) href: String,
}

/// The filters that the form offers.
pub(crate) struct Filters {
    /// The filters of the newest query. The next query keeps them unless they are unchecked.
    pub(crate) active: Vec<FilterOption>,
    /// The interviews; empty if there is only one.
    pub(crate) interviews: Vec<FilterOption>,
    pub(crate) interviewees: Vec<FilterOption>,
    /// The questions, by interview.
    pub(crate) questions: Vec<(String, Vec<FilterOption>)>,
}

/// One filter.
pub(crate) struct FilterOption {
    /// The filter, as written in a query.
    pub(crate) filter: String,
    pub(crate) words: String,
    pub(crate) lang: &'static str,
}

impl Filters {
    /// Returns the filters of a corpus. `narrowed` holds those of the newest query.
    pub(crate) fn of(context: PageContext<'_>, narrowed: &[Filter]) -> Self {
        let PageContext { corpus, text, address } = context;
        let several = corpus.transcripts.len() > 1;
        let name = |transcript: usize| written(FilterKind::Transcript, &corpus.transcripts[transcript].name);
        let interviews = corpus.transcripts.iter().enumerate().take(MAX_CHOICES).filter(|_| several);
        let interviews = interviews.filter_map(|(at, transcript)| {
            Some(FilterOption { filter: name(at)?, words: transcript.title.clone(), lang: "" })
        });
        let mut questions: Vec<(String, Vec<FilterOption>)> = Vec::new();
        let mut left = MAX_CHOICES;
        for (at, transcript) in corpus.transcripts.iter().enumerate() {
            let display = display_of(transcript.script, address.display());
            let view = (left > 0).then(|| corpus.view(at, display));
            let Some(view) = view else { break };
            let choices = transcript.questions.iter().filter(|question| !question.answers.is_empty()).take(left);
            let choices: Vec<FilterOption> = choices
                .filter_map(|question| {
                    let words = shortened(&highlight::one_line(view.words(question.span.range())));
                    let lang = lang_as_shown(&words, transcript.script, display);
                    let question_filter = written(FilterKind::Question, &question.label)?;
                    let filter = if several { format!("{} {question_filter}", name(at)?) } else { question_filter };
                    Some(FilterOption { filter, words: format!("{} {words}", question.label), lang })
                })
                .collect();
            left -= choices.len();
            if !choices.is_empty() {
                questions.push((transcript.title.clone(), choices));
            }
        }
        let active = narrowed.iter().map(|filter| FilterOption {
            filter: filter.to_string(),
            words: (text.turn.by)(filter.by, &filter.value, filter.not),
            lang: "",
        });
        Self {
            active: active.collect(),
            interviews: interviews.collect(),
            interviewees: interviewees(corpus),
            questions,
        }
    }
}

/// Returns the named interviewees, or the labels of the answers if nobody is named.
fn interviewees(corpus: &Corpus) -> Vec<FilterOption> {
    let mut names: Vec<&str> = Vec::new();
    let mut labels: Vec<&str> = Vec::new();
    for transcript in &corpus.transcripts {
        if names.len() == MAX_CHOICES {
            break;
        }
        for (_, _, answer) in transcript.answers() {
            let (known, name) = match &answer.interviewee {
                Some(who) => (&mut names, who.as_str()),
                None => (&mut labels, answer.label.as_str()),
            };
            if known.len() < MAX_CHOICES && !known.contains(&name) {
                known.push(name);
            }
        }
    }
    let known = if names.is_empty() { labels } else { names };
    let choice =
        |name: &str| Some(FilterOption { filter: written(FilterKind::Who, name)?, words: name.to_owned(), lang: "" });
    known.into_iter().filter_map(choice).collect()
}

/// Returns a filter as written in a query, if possible.
fn written(by: FilterKind, value: &str) -> Option<String> {
    let filter = Filter { by, value: value.to_owned(), not: false };
    let quoted = format!("{}:\"{}\"", by.name(), value);
    let plain = filter.to_string();
    let reads = |written: &String| query::read(written).is_ok_and(|read| read.filters == [filter.clone()]);
    [plain, quoted].into_iter().find(reads)
}

/// Returns the filter that only this person passes, as written in a query, if possible.
pub(crate) fn by_name(name: &str) -> Option<String> {
    written(FilterKind::Who, name)
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= MAX_QUESTION_CHARS {
        return words.to_owned();
    }
    words.chars().take(MAX_QUESTION_CHARS).chain(" …".chars()).collect()
}

/// Returns a query without the filters at its end, and each filter with the address that removes it.
pub(crate) fn apart(context: PageContext<'_>, turn: usize, typed: &str) -> (String, Vec<ChipLink>) {
    let PageContext { text, address, .. } = context;
    let Ok(read) = query::read(typed) else { return (typed.to_owned(), Vec::new()) };
    let mut words = typed.trim_end();
    for filter in read.filters.iter().rev() {
        let plain = filter.to_string();
        let quoted = format!("{}{}:\"{}\"", if filter.not { "-" } else { "" }, filter.by.name(), filter.value);
        let rest = [plain, quoted].iter().find_map(|written| words.strip_suffix(written.as_str()));
        let Some(rest) = rest.filter(|rest| rest.ends_with(char::is_whitespace)) else { break };
        words = rest.trim_end();
    }
    let chips = read.filters.iter().enumerate().filter_map(|(at, filter)| {
        let mut fewer = Query { filters: read.filters.clone(), ..read.clone() };
        fewer.filters.remove(at);
        let asked = fewer.to_string();
        let words = (text.turn.by)(filter.by, &filter.value, filter.not);
        (!asked.is_empty()).then(|| ChipLink {
            take_back: (text.turn.without_filter)(&words),
            words,
            href: address.with_query(turn, asked),
        })
    });
    (words.to_owned(), chips.collect())
}
