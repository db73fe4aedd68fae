//! A reply as the page shows it: a verdict that only counts, and quotes as cards. It adds no word to a
//! quote.

use super::answer_map::AnswerMap;
use super::card::Card;
use super::contrast::ContrastTable;
use super::evidence::{self, QuestionGroup};
use super::filters::{self, ChipLink};
use super::mentions::MentionList;
use super::page::lang_as_written;
use super::pending_note::PendingNote;
use super::starter::Starter;
use crate::error::QueryError;
use crate::i18n::{Messages, Spoken};
use crate::retrieval::corpus::Corpus;
use crate::search::query::{Carried, Wish};
use crate::search::{Reply, Verdict, VerdictCounts};
use crate::text::find::folded;
use crate::web::context::PageContext;
use crate::web::conversation::{ALL_QUOTES, MAX_QUOTES_OF_REPLY};
use crate::web::problem::WebProblem;

/// A query and its reply.
pub(crate) struct TurnView {
    /// Its 1-based place in the address.
    pub(crate) number: usize,
    /// The query as typed.
    pub(crate) query: String,
    /// The query without the filters at its end. Each filter can be removed.
    pub(crate) words: String,
    pub(crate) narrowed: Vec<ChipLink>,
    pub(crate) query_lang: &'static str,
    /// `said`, `related`, `not-said` or `unclear`, for the style sheet.
    pub(crate) kind: &'static str,
    /// The reading of an unfinished query, in words.
    pub(crate) read_as: Option<String>,
    /// The links for what it carried over from the query before.
    pub(crate) chips: Vec<ChipLink>,
    pub(crate) verdict: String,
    /// Sentences about a restricted search and about what is not judged.
    pub(crate) notes: Vec<String>,
    /// Literal mentions of words of the query.
    pub(crate) mentions: Vec<MentionList>,
    /// The note about interviews that are not ready or not read closely, and the address to ask again.
    pub(crate) coming: Option<(PendingNote, String)>,
    /// The quotes by interview question.
    pub(crate) groups: Vec<QuestionGroup>,
    /// The number of quotes.
    pub(crate) quotes: usize,
    /// The two columns of a query that compares.
    pub(crate) contrast: Option<ContrastTable>,
    /// The map of how strongly every answer speaks to the query.
    pub(crate) map: Option<AnswerMap>,
    /// The note that there are more quotes than shown.
    pub(crate) only_best: Option<String>,
    /// The link that shows them too.
    pub(crate) all: Option<ChipLink>,
    /// Suggested questions, if nobody said it.
    pub(crate) starters: Vec<Starter>,
}

impl TurnView {
    /// Makes the view of a reply.
    ///
    /// # Errors
    /// If a quote does not match its source.
    pub(crate) fn new(
        context: PageContext<'_>,
        number: usize,
        reply: &Reply,
        starters: Vec<Starter>,
    ) -> Result<Self, WebProblem> {
        let PageContext { text, address, .. } = context;
        let numbered = (1..).zip(evidence::shown_order(reply));
        let cards = numbered.map(|(i, at)| Card::new(context, (number, i), reply.verdict, &reply.quotes[at]));
        let cards = cards.collect::<Result<Vec<_>, _>>()?;
        let (kind, verdict) = verdict(context, reply);
        let (quotes, speaking) = (cards.len(), reply.tally.speaking);
        let mentions = reply.mentions.iter().map(|mention| MentionList::of(context, mention));
        let (words, narrowed) = filters::apart(context, number, &reply.query);
        Ok(Self {
            number,
            query: reply.query.clone(),
            words,
            narrowed,
            map: AnswerMap::of(context, number, reply),
            query_lang: lang_as_written(&reply.query),
            kind,
            read_as: reply.carried.as_ref().map(|carried| (text.read_as)(&carried.read_as)),
            chips: carried_chips(context, number, reply),
            verdict,
            notes: notes(context, reply),
            mentions: mentions.collect(),
            coming: PendingNote::of(text, reply.coming, reply.reading).map(|note| (note, address.chat())),
            only_best: (speaking > quotes).then(|| (text.only_best)(quotes)),
            all: all(context, number, quotes, speaking),
            contrast: ContrastTable::of(context, number, reply),
            groups: evidence::groups(context, reply, cards),
            quotes,
            starters,
        })
    }

    /// Makes the view of a query that could not be asked, with the reason.
    pub(crate) fn unclear(text: &'static Messages, number: usize, query: &str, error: &QueryError) -> Self {
        Self {
            number,
            query: query.to_owned(),
            words: query.to_owned(),
            narrowed: Vec::new(),
            map: None,
            query_lang: lang_as_written(query),
            kind: "unclear",
            read_as: None,
            chips: Vec::new(),
            verdict: (text.errors.query)(error),
            notes: Vec::new(),
            mentions: Vec::new(),
            coming: None,
            groups: Vec::new(),
            quotes: 0,
            contrast: None,
            only_best: None,
            all: None,
            starters: Vec::new(),
        }
    }
}

/// Returns what was carried over from the query before, each with the address without it.
fn carried_chips(context: PageContext<'_>, number: usize, reply: &Reply) -> Vec<ChipLink> {
    let PageContext { text, address, .. } = context;
    let chips = reply.carried.iter().flat_map(|carried| &carried.chips).map(|chip| {
        let words = if chip.text.is_empty() { text.but_those_shown.to_owned() } else { chip.text.clone() };
        ChipLink { take_back: (text.take_back)(&words), words, href: address.without_carried(number, &chip.key()) }
    });
    chips.collect()
}

/// Returns the kind of the verdict for the style sheet, and the verdict as a sentence.
fn verdict(context: PageContext<'_>, reply: &Reply) -> (&'static str, String) {
    let PageContext { corpus, text, .. } = context;
    let tally = &reply.tally;
    let further = reply.carried.as_ref().is_some_and(Carried::leaves_out_shown);
    // A slip in the query is no proof that nobody said it.
    let slip = reply.did_you_mean.is_some();
    match reply.verdict {
        // Interviews that are not ready may say it.
        Verdict::NotSaid if reply.coming > 0 => ("not-said", text.pending.not_said.to_owned()),
        Verdict::Related if reply.coming > 0 => ("related", text.pending.related.to_owned()),
        // So may passages that are not read closely.
        Verdict::NotSaid if reply.reading.is_some() => ("not-said", text.pending.not_found.to_owned()),
        Verdict::Related if reply.reading.is_some() => ("related", text.pending.only_related.to_owned()),
        Verdict::Said if tally.listed => ("said", (text.listed)(tally.speaking, tally.answers, &places(corpus, tally))),
        Verdict::Said => ("said", (text.said)(tally.speaking, tally.answers, &places(corpus, tally))),
        Verdict::Related | Verdict::NotSaid if further => {
            (if reply.quotes.is_empty() { "not-said" } else { "related" }, text.nobody_else.to_owned())
        }
        Verdict::NotSaid if corpus.transcripts.is_empty() => ("not-said", text.pending.nothing.to_owned()),
        Verdict::NotSaid if tally.listed => ("not-said", text.nothing_listed.to_owned()),
        Verdict::Related if slip => ("related", text.verdict.related_as_typed.to_owned()),
        Verdict::NotSaid if slip => ("not-said", text.verdict.not_said_as_typed.to_owned()),
        Verdict::Related => ("related", text.related.to_owned()),
        Verdict::NotSaid if !reply.asked => ("not-said", text.never_asked.to_owned()),
        Verdict::NotSaid => ("not-said", text.not_said.to_owned()),
    }
}

/// Returns sentences about a restricted search and about what is not judged.
fn notes(context: PageContext<'_>, reply: &Reply) -> Vec<String> {
    let PageContext { text, .. } = context;
    let instead = reply.searched_instead.as_deref().map(text.turn.searched_instead);
    let only_by = (!reply.only_by.is_empty()).then(|| (text.turn.only_by)(&reply.only_by.join(text.turn.comma)));
    let all_but = (!reply.all_but.is_empty()).then(|| (text.turn.all_but)(&reply.all_but.join(text.turn.comma)));
    let nobody = reply.nobody_called.as_ref();
    let nobody = nobody.map(|one| (text.turn.nobody_called)(&one.name, &one.near.join(text.turn.comma)));
    let stance = reply.stance_not_judged.then(|| text.turn.stance.to_owned());
    let negation = reply.negation_not_judged.then(|| text.turn.negation.to_owned());
    let wants = Wish::of(&folded(&reply.read.text));
    let whether =
        (stance.is_none() && wants == Wish::Whether && reply.verdict == Verdict::Said && reply.quotes.len() > 1)
            .then(|| text.evidence.whether.to_owned());
    let limits = instead.into_iter().chain(only_by).chain(all_but).chain(nobody);
    limits.chain(stance).chain(negation).chain(whether).collect()
}

/// Returns the link to all quotes of a turn, or to as many as a page holds.
fn all(context: PageContext<'_>, turn: usize, shown: usize, speaking: usize) -> Option<ChipLink> {
    let PageContext { text, address, .. } = context;
    (shown < speaking && shown < MAX_QUOTES_OF_REPLY).then(|| {
        let words = if speaking <= MAX_QUOTES_OF_REPLY {
            (text.evidence.show_all)(speaking)
        } else {
            (text.evidence.show_most)(MAX_QUOTES_OF_REPLY, speaking)
        };
        ChipLink { take_back: words.clone(), words, href: address.without_carried(turn, ALL_QUOTES) }
    })
}

/// Returns the labels of matching questions, by interview if there are several.
fn places(corpus: &Corpus, tally: &VerdictCounts) -> Vec<Spoken> {
    let mut places: Vec<(usize, Spoken)> = Vec::new();
    for (transcript, label) in &tally.questions {
        match places.last_mut() {
            Some((last, spoken)) if last == transcript => spoken.labels.push(label.clone()),
            _ => {
                let several = corpus.transcripts.len() > 1;
                let title = corpus.transcripts.get(*transcript).filter(|_| several).map(|t| t.title.clone());
                places.push((*transcript, Spoken { title, labels: vec![label.clone()] }));
            }
        }
    }
    places.into_iter().map(|(_, spoken)| spoken).collect()
}
