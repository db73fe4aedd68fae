//! Tests which clause of a quote is marked, against pairs of a query and an answer that a person marked. Half of the
//! pairs were looked at while the marking was developed. The other half was held out.

use std::sync::Arc;

use yuanhua::library;
use yuanhua::retrieval::corpus::{AnswerPlace, Corpus};
use yuanhua::retrieval::encoder::Encoder;
use yuanhua::search::query::{self, PreparedQuery};
use yuanhua::search::{quote, ranked};
use yuanhua::text::script::{Display, simplified};
use yuanhua::transcript;

use crate::support::project;

/// The smallest number of pairs that must be marked exactly, of 30 in each half. The present numbers are a little
/// above.
const AT_LEAST: usize = 18;

fn corpus(path: &str, encoder: &Arc<Encoder>) -> Corpus {
    let bytes = std::fs::read(project(path)).expect("it is here");
    let (transcript, _) = transcript::read(path, &bytes).expect("readable");
    library::build(vec![transcript], Arc::clone(encoder)).expect("it indexes")
}

/// Returns words without punctuation, which is not compared.
fn bare(words: &str) -> String {
    let folded = simplified(words).to_lowercase();
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the marked clause of an answer, whatever other answers say.
fn marked(corpus: &Corpus, question: &str, answer: &str, asked: &str) -> String {
    let is = |place: &AnswerPlace| {
        let (_, to, given) = corpus.answer(*place).expect("an answer");
        to.label == question && given.label == answer
    };
    let at = corpus.answers.iter().position(is).unwrap_or_else(|| panic!("no {question} {answer}"));
    let read = query::read(asked).expect("a query");
    let best = ranked(corpus, &read, &[at]).expect("ranked");
    let Some(best) = best.first() else { return String::new() };
    let prepared = PreparedQuery::of_words(&corpus.encoder, asked).expect("prepared");
    let quote = quote::quotes(corpus, &prepared, &[best.hit], Some(Display::Simplified)).expect("a quote").remove(0);
    quote.text[quote.marked.0..quote.marked.1].to_owned()
}

#[test]
fn the_clause_that_answers_is_marked() {
    let encoder = Arc::new(Encoder::built_in().expect("it loads"));
    let corpora = [
        ("bundled", corpus("data/ai-customer-service.txt", &encoder)),
        ("zh", corpus("tests/fixtures/marks/zh.txt", &encoder)),
        ("en", corpus("tests/fixtures/marks/en.txt", &encoder)),
    ];
    let pairs = std::fs::read_to_string(project("tests/fixtures/marks/pairs.tsv")).expect("it is here");
    let mut exact = [0, 0];
    for line in pairs.lines().filter(|line| !line.starts_with('#')) {
        let [half, name, question, answer, asked, clauses] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("six columns: {line}")
        };
        let corpus = &corpora.iter().find(|(known, _)| *known == name).expect("a transcript").1;
        let marked = marked(corpus, question, answer, asked);
        let is_exact = clauses.split('|').any(|clause| bare(clause) == bare(&marked));
        exact[usize::from(half == "held-out")] += usize::from(is_exact);
        if !is_exact && half != "held-out" {
            println!("{name} {question} {answer} {asked}\n  marked: {marked}\n  wanted: {clauses}");
        }
    }
    println!("exact clauses: {} of 30 in development, {} of 30 held out", exact[0], exact[1]);
    assert!(exact.iter().all(|many| *many >= AT_LEAST), "{exact:?}");
}
