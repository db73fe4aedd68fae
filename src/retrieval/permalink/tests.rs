use std::sync::{Arc, LazyLock};

use super::*;
use crate::library;
use crate::retrieval::corpus::Gone;
use crate::retrieval::encoder::Encoder;
use crate::transcript;

static ENCODER: LazyLock<Arc<Encoder>> =
    LazyLock::new(|| Arc::new(Encoder::built_in().expect("the built-in encoder loads")));

const SAID: &str = "我每天跑步，跑步让我头脑清空。";

fn interview(first: &str, second: &str) -> String {
    format!("Q1.你怎么放松？\nA1 {first}\nA2 {second}\n")
}

fn corpus(named: &[(&str, &str)]) -> Corpus {
    let read = |(name, text): &(&str, &str)| transcript::read(name, text.as_bytes()).expect("an interview").0;
    library::build(named.iter().map(read).collect(), Arc::clone(&ENCODER)).expect("it indexes")
}

fn span(corpus: &Corpus, words: &str) -> Span {
    let text = corpus.transcripts[0].text();
    let start = text.find(words).expect("the words");
    Span::new(text, start..start + words.len()).expect("a span")
}

/// Returns the permalink of some words of the first transcript.
fn link(corpus: &Corpus, words: &str) -> Permalink {
    let made = Permalink::of(&corpus.transcripts[0], span(corpus, words));
    let written = made.to_string();
    assert!(written.len() < 70 && written.is_ascii(), "{written} is short");
    assert_eq!(written.parse(), Ok(made.clone()), "it is read as it is written");
    made
}

fn words_at(corpus: &Corpus, place: AnswerPlace, span: Span) -> &str {
    corpus.transcripts[place.transcript].words(span)
}

#[test]
fn a_permalink_leads_to_its_words_and_to_who_said_them() {
    let corpus = corpus(&[("a", &interview(SAID, &format!("我听音乐。{SAID}")))]);
    let text = corpus.transcripts[0].text();
    for start in text.match_indices(SAID).map(|(at, _)| at) {
        let span = Span::new(text, start..start + SAID.len()).expect("a span");
        let Resolution::Here(place, found) = Permalink::of(&corpus.transcripts[0], span).find(&corpus) else {
            panic!("it is here")
        };
        assert_eq!(found, span);
        assert!(corpus.answer(place).expect("an answer").2.span.contains(span));
    }
}

#[test]
fn words_that_moved_or_were_broken_into_lines_anew_are_found_again() {
    let before = corpus(&[("a", &interview(SAID, "我听音乐。"))]);
    let broken = SAID.replace('，', "，\n");
    let after = corpus(&[
        ("other", &interview("无关。", "没有。")),
        ("a", &interview("我听音乐。", &format!("嗯。{broken}好。"))),
    ]);
    let Resolution::Elsewhere(place, found) = link(&before, SAID).find(&after) else {
        panic!("it is in the new version")
    };
    assert_eq!(words_at(&after, place, found), broken);
    assert_eq!(after.answer(place).expect("an answer").2.label, "A2");
}

#[test]
fn words_that_a_new_version_does_not_say_are_not_found_in_it() {
    let before = corpus(&[("a", &interview(SAID, "我听音乐。"))]);
    let changed = interview("我每天跑步，跑步不让我头脑清空。", "我听音乐。");
    let link = link(&before, SAID);
    assert_eq!(link.find(&corpus(&[("a", &changed)])), Resolution::Changed { transcript: 0 });
    assert_eq!(link.find(&corpus(&[("b", &changed)])), Resolution::Gone);
    // The interviewer asks it now, and a question is never quoted.
    let asked = corpus(&[("a", &format!("Q1.{SAID}？\nA1 是的，没错。\n"))]);
    assert_eq!(link.find(&asked), Resolution::Changed { transcript: 0 });
}

#[test]
fn withdrawn_words_are_withdrawn_in_every_version() {
    let text = interview(SAID, "我听音乐。");
    let before = corpus(&[("a", &text)]);
    let link = link(&before, SAID);
    let mut whole = corpus(&[("copy", &format!("\n{text}"))]);
    let sources = [before.transcripts[0].source_sha256.clone()];
    whole.withdrawn = Arc::new(crate::library::WithdrawnSources::of(&sources).expect("a key"));
    assert_eq!(link.find(&whole), Resolution::Withdrawn);
    for (name, text) in [("a", text.clone()), ("a", format!("\n{text}"))] {
        let mut one = corpus(&[(name, &text)]);
        let mut transcript = (*one.transcripts[0]).clone();
        let gone = transcript.questions[0].answers.remove(0);
        one.transcripts[0] = Arc::new(transcript);
        one.gone = vec![Gone { answers: vec![("Q1".into(), "A1".into(), gone.span)], withheld: true, withdrew: true }];
        assert_eq!(link.find(&one), Resolution::Withdrawn);
    }
}

/// A few words are no sentence, by which alone nobody could tell whose they were.
#[test]
fn a_few_withdrawn_words_are_not_found_where_another_says_them() {
    let before = corpus(&[("a", &interview(SAID, "跑步也让我头脑清空，还有音乐。"))]);
    let few = link(&before, "头脑清空");
    let Resolution::Here(_, span) = few.find(&before) else { panic!("it is here") };
    assert_eq!(span.start(), before.transcripts[0].text().find("头脑清空").expect("the words"));
    let mut after = corpus(&[("a", &interview(SAID, "跑步也让我头脑清空，还有音乐。"))]);
    let mut transcript = (*after.transcripts[0]).clone();
    let gone = transcript.questions[0].answers.remove(0);
    after.transcripts[0] = Arc::new(transcript);
    after.gone = vec![Gone { answers: vec![("Q1".into(), "A1".into(), gone.span)], withheld: true, withdrew: true }];
    assert_eq!(few.find(&after), Resolution::Withdrawn);
}

#[test]
fn an_altered_address_finds_no_other_words() {
    let corpus = corpus(&[("a", &interview(SAID, "我听音乐。"))]);
    let mut link = link(&corpus, SAID);
    link.words.len -= 3;
    assert_eq!(link.find(&corpus), Resolution::Unsaid { transcript: 0 });
    for bad in [
        "",
        "/q/",
        "/q/0123456789abcdef",
        "/q/0123456789abcdef/aaaaaa.1.2",
        "/q/0123456789abcdeX/aaaaaa.1.2.0123456789abcdef01234567",
        "/q/0123456789abcdef/aaaaaa.-1.2.0123456789abcdef01234567",
        "/q/0123456789abcdef/aaaaaa.1.0.0123456789abcdef01234567",
        "/q/0123456789abcdef/aaaaaa.1.99999999999.0123456789abcdef01234567",
        "/q/0123456789abcdef/aaaaaa.1.2.0123456789abcdef0123456é",
    ] {
        assert_eq!(bad.parse::<Permalink>(), Err(BadPermalink), "{bad}");
    }
}
