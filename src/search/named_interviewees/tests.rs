use std::sync::{Arc, LazyLock};

use super::*;
use crate::library;
use crate::retrieval::encoder::Encoder;
use crate::transcript;

const PANEL: &str = "Host: 各位好,今天請到陳美玲（Mei-Ling Chen）和 Jerod Santo。如何放鬆?\n陳美玲: 我每天早上跑步。\nHost: And you?\n\
Jerod Santo: I play the piano, and Chen would say too loudly.\nHost: 還有嗎?\n王小明: 我喜歡下棋。\nHost: And now?\nJerod Santo: Nothing else.\n";

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let (transcript, _) = transcript::read("panel", PANEL.as_bytes()).expect("readable");
    library::build(vec![transcript], Arc::new(Encoder::built_in().expect("it loads"))).expect("it indexes")
});

fn named(query: &str) -> Option<(Vec<String>, bool)> {
    of(&CORPUS, query).map(|named| (named.people, named.only))
}

#[test]
fn who_is_asked_about_is_found_by_any_name_that_the_source_gives() {
    for (query, name) in [
        ("陈美玲怎么放松?", "陳美玲"),
        ("What does Mei-Ling Chen say about running?", "陳美玲"),
        ("美玲對跑步的看法", "陳美玲"),
        ("What did Jerod say about the piano?", "Jerod Santo"),
        ("王老师怎么说?", "王小明"),
        ("What does Wang Xiaoming think of chess?", "王小明"),
        ("Xiaoming Wang's opinion on chess", "王小明"),
    ] {
        assert_eq!(named(query), Some((vec![name.to_owned()], true)), "{query}");
    }
}

#[test]
fn a_name_in_passing_restricts_nothing_and_no_word_is_a_name() {
    assert_eq!(named("谁批评过陈美玲?"), Some((vec!["陳美玲".to_owned()], false)));
    for query in ["How do you relax?", "santo domingo", "王国里谁说了算?", "谁跑步", "陳美玲"] {
        assert_eq!(named(query), None, "{query}");
    }
}

#[test]
fn what_is_asked_about_is_left_when_the_name_is_taken_away() {
    assert_eq!(of(&CORPUS, "陈美玲怎么看跑步?").expect("named").about, "怎么看跑步?");
    assert_eq!(
        of(&CORPUS, "What did Jerod say about the piano?").expect("named").about,
        "What did say about the piano?"
    );
}
