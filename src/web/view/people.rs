//! Interviewees as the pages show them: with their displayed names, the attributes that the owner gave, their
//! questions, and their answers. A person who withdrew is in no snapshot, and so on no page.

use std::collections::BTreeMap;

use super::filters;
use super::highlight::{self, Highlight, Segment};
use super::overview::Phrased;
use super::page::{display_of, lang_as_shown};
use crate::library::Listing;
use crate::retrieval::corpus::Corpus;
use crate::search::{Reply, Verdict, suggestions};
use crate::web::context::PageContext;
use crate::web::http::address::Address;

/// The number of phrases for one person.
const PHRASES: usize = 8;
/// The most people whom the filters of a link name.
const MAX_PEOPLE_IN_LINK: usize = 20;

/// A person whom a transcript names.
#[derive(Default)]
pub(crate) struct Interviewee {
    pub(crate) name: String,
    /// The titles of the interviews.
    pub(crate) interviews: Vec<String>,
    pub(crate) answers: usize,
    /// The attributes and their values, in the order of the file.
    pub(crate) attributes: Vec<(String, String)>,
    /// The number of their answers that speak to the query.
    pub(crate) speaking: usize,
}

impl Interviewee {
    pub(crate) fn value(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }
}

/// Returns everybody whom the transcripts of a snapshot name, in the order of the names. With a reply, people outside
/// its filters are left out.
pub(crate) fn everybody(corpus: &Corpus, listing: Option<&Listing>, reply: Option<&Reply>) -> Vec<Interviewee> {
    let mut all: BTreeMap<String, Interviewee> = BTreeMap::new();
    for transcript in &corpus.transcripts {
        let speakers = listing.into_iter().flat_map(|listing| &listing.items);
        let speakers = speakers.filter(|item| item.sha256 == transcript.source_sha256).flat_map(|item| &item.speakers);
        let speakers: Vec<_> = speakers.collect();
        for (_, _, answer) in transcript.answers() {
            let Some(name) = &answer.interviewee else { continue };
            let one =
                all.entry(name.clone()).or_insert_with(|| Interviewee { name: name.clone(), ..Default::default() });
            one.answers += 1;
            if one.interviews.last() != Some(&transcript.title) {
                one.interviews.push(transcript.title.clone());
                let speaker = speakers.iter().find(|speaker| speaker.shown == *name);
                for (attribute, value) in speaker.into_iter().flat_map(|speaker| &speaker.attributes) {
                    if one.value(attribute).is_none() {
                        one.attributes.push((attribute.clone(), value.clone()));
                    }
                }
            }
        }
    }
    let Some(reply) = reply else { return all.into_values().collect() };
    let mut within: BTreeMap<&str, usize> = BTreeMap::new();
    for strength in &reply.strengths {
        let Some((_, _, answer)) = corpus.answer(strength.place) else { continue };
        let Some(name) = &answer.interviewee else { continue };
        *within.entry(name.as_str()).or_default() += usize::from(Verdict::of(strength.score) == Verdict::Said);
    }
    let asked = all.into_values().filter_map(|one| {
        let speaking = *within.get(one.name.as_str())?;
        Some(Interviewee { speaking, ..one })
    });
    asked.collect()
}

/// People by the values of one attribute.
pub(crate) struct ByAttribute {
    pub(crate) attribute: String,
    pub(crate) heading: String,
    pub(crate) rows: Vec<Group>,
}

/// People with the same value.
pub(crate) struct Group {
    pub(crate) value: String,
    pub(crate) people: usize,
    /// The number of people who speak to the query.
    pub(crate) speaking: usize,
    /// The number of their answers that speak to the query.
    pub(crate) answers: usize,
    /// Their names.
    pub(crate) names: String,
    /// The address that asks the query of these people only.
    pub(crate) href: Option<String>,
}

/// Returns a table for each attribute.
pub(crate) fn tables(people: &[Interviewee], context: PageContext<'_>) -> Vec<ByAttribute> {
    let PageContext { text, address, .. } = context;
    let mut attributes: Vec<&str> = Vec::new();
    for (attribute, _) in people.iter().flat_map(|one| &one.attributes) {
        if !attributes.contains(&attribute.as_str()) {
            attributes.push(attribute);
        }
    }
    let table = |attribute: &str| {
        let mut values: Vec<Option<&str>> = people.iter().map(|one| one.value(attribute)).collect();
        values.sort_unstable_by_key(|value| (value.is_none(), *value));
        values.dedup();
        let rows = values.into_iter().map(|value| {
            let some: Vec<&Interviewee> = people.iter().filter(|one| one.value(attribute) == value).collect();
            let names: Vec<&str> = some.iter().map(|one| one.name.as_str()).collect();
            Group {
                value: value.unwrap_or(text.people.not_told).to_owned(),
                people: some.len(),
                speaking: some.iter().filter(|one| one.speaking > 0).count(),
                answers: some.iter().map(|one| one.speaking).sum(),
                href: only(address, &names),
                names: names.join(text.turn.comma),
            }
        });
        ByAttribute { heading: (text.people.by)(attribute), attribute: attribute.to_owned(), rows: rows.collect() }
    };
    attributes.into_iter().map(table).collect()
}

/// Returns the address that asks the newest query of some people only.
fn only(address: &Address, names: &[&str]) -> Option<String> {
    let query = address.queries.last()?;
    let filters = (names.len() <= MAX_PEOPLE_IN_LINK)
        .then(|| names.iter().map(|name| filters::by_name(name)).collect::<Option<Vec<_>>>())??;
    Some(address.new_chat(&format!("{query} {}", filters.join(" "))) + "#latest")
}

/// All questions to one person, and their answers.
pub(crate) struct Portrait {
    pub(crate) name: String,
    pub(crate) counts: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) phrases: Vec<Phrased>,
    pub(crate) exchanges: Vec<Exchange>,
    /// The address of a chat that asks only this person.
    pub(crate) ask: Option<String>,
}

/// A question to a person, and the answer.
pub(crate) struct Exchange {
    /// The title and the address of the interview, at its first exchange only.
    pub(crate) title: Option<(String, String)>,
    /// `Q1 · A2`
    pub(crate) label: String,
    pub(crate) question: String,
    pub(crate) lang: &'static str,
    pub(crate) paragraphs: Vec<Vec<Segment>>,
    pub(crate) href: String,
}

/// Returns the person of this name, or `None` if nobody is shown by it.
pub(crate) fn portrait(context: PageContext<'_>, listing: Option<&Listing>, name: &str) -> Option<Portrait> {
    let PageContext { corpus, text, address } = context;
    let one = everybody(corpus, listing, None).into_iter().find(|one| one.name == name)?;
    let mut exchanges = Vec::new();
    let mut phrases = Vec::new();
    let mut questions = 0;
    for (at, transcript) in corpus.transcripts.iter().enumerate() {
        let display = display_of(transcript.script, address.display());
        let view = corpus.view(at, display);
        let sha256 = &transcript.source_sha256;
        let mut title = Some((transcript.title.clone(), address.script_only().source(sha256)));
        for question in &transcript.questions {
            let own = question.answers.iter().filter(|answer| answer.interviewee.as_deref() == Some(name));
            for (nth, answer) in own.enumerate() {
                questions += usize::from(nth == 0);
                let words = highlight::one_line(view.words(question.span.range()));
                let paragraphs = answer
                    .stretches
                    .iter()
                    .flat_map(|words| highlight::paragraphs(transcript, view, *words, Highlight::default()));
                exchanges.push(Exchange {
                    title: title.take(),
                    label: format!("{} · {}", question.label, answer.label),
                    lang: lang_as_shown(view.words(answer.span.range()), transcript.script, display),
                    question: words,
                    paragraphs: paragraphs.collect(),
                    href: address.source_at(sha256, answer.span.start(), answer.span.end()),
                });
            }
        }
        if title.is_none() {
            phrases.extend(suggestions::phrases_by(corpus, at, name, PHRASES).into_iter().map(|phrase| (at, phrase)));
        }
    }
    phrases.sort_by(|(_, a), (_, b)| b.weight.total_cmp(&a.weight));
    phrases.truncate(PHRASES);
    Some(Portrait {
        counts: (text.people.asked_and_said)(questions, exchanges.len(), one.interviews.len()),
        attributes: one.attributes,
        phrases: phrases.into_iter().map(|(at, phrase)| Phrased::of(context, at, phrase)).collect(),
        exchanges,
        ask: filters::by_name(name),
        name: one.name,
    })
}
