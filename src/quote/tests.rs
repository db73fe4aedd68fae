use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::embed::Encoder;
use crate::{ingest, transcript};

const INTERVIEW: &str = "Q1.您怎麼看待后面的變化?\nA1 我們在頻道里討論過。但是,有人不同意!于是我們再談。\n上下滑動查看回答\n他說:“后來才好。”我覺得很有意思。\nA2 I like running. It clears my head.\nQ2.还有呢?\nA1 沒有。\n";

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let (transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    ingest::build(vec![transcript], Arc::new(encoder)).expect("it indexes")
});

fn displays() -> impl Strategy<Value = Option<Display>> {
    prop_oneof![
        Just(None),
        Just(Some(Display::Original)),
        Just(Some(Display::Simplified)),
        Just(Some(Display::Traditional)),
    ]
}

proptest! {
    #[test]
    fn every_quote_is_what_its_source_says_at_its_span(
        passage in 0..CORPUS.passages.len(),
        query in "(頻道|跑步|后來|running|意思|[a-z一-三]{0,3}){1,3}",
        display in displays(),
    ) {
        let answer = CORPUS.index.answer_of[passage];
        let quote = quote(&CORPUS, &query, &Hit { answer, passage, score: 0.5 }, display).expect("a quote");
        let (transcript, _, answer) = CORPUS.answer(quote.place).expect("its answer");
        let said = &transcript.text()[quote.citation.start..quote.citation.end];
        prop_assert!(transcript.answer_text(answer).contains(said), "{said} is not in the answer");
        prop_assert_eq!(View::folded(&quote.text).into_text(), View::folded(said).into_text());
        if quote.display == Display::Original {
            prop_assert_eq!(&quote.text, said);
        }
        let marked = &quote.text[quote.marked.0..quote.marked.1];
        let marked_source = &transcript.text()[quote.marked_span.range()];
        prop_assert!(!marked.trim().is_empty());
        prop_assert_eq!(View::folded(marked).into_text(), View::folded(marked_source).into_text());
        prop_assert_eq!(quote.citation.received.as_str(), said, "nothing was restored here");
    }

    #[test]
    fn a_quote_that_was_tampered_with_is_refused(passage in 0..CORPUS.passages.len(), at in 0usize..40) {
        let answer = CORPUS.index.answer_of[passage];
        let genuine = quote(&CORPUS, "頻道", &Hit { answer, passage, score: 0.5 }, None).expect("a quote");
        let mut forged = genuine.clone();
        let at = forged.text.char_indices().nth(at % forged.text.chars().count()).expect("in the text").0;
        forged.text.insert(at, '不');
        prop_assert!(forged.check(&CORPUS).is_err());
        let mut stale = genuine;
        stale.citation.source_sha256 = "0".repeat(64);
        prop_assert!(stale.check(&CORPUS).is_err());
    }
}

#[test]
fn the_sentence_that_speaks_to_the_query_is_marked() {
    let passage = CORPUS
        .passages
        .iter()
        .position(|span| span.of_text(CORPUS.transcripts[0].text()).expect("of this text").contains("running"));
    let hit = Hit { answer: 1, passage: passage.expect("a passage"), score: 0.5 };
    let quote = quote(&CORPUS, "who goes running?", &hit, None).expect("a quote");
    assert_eq!(&quote.text[quote.marked.0..quote.marked.1], "I like running.");
}
