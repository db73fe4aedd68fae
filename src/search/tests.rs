use std::sync::{Arc, LazyLock};

use super::*;
use crate::embed::Encoder;
use crate::{ingest, transcript};

const INTERVIEW: &str = "Q1.您怎么放松?\nA1 我每天跑步,跑步让我头脑清空。\nA2 我也跑步,还听音乐。\nA3 我喜欢做饭。\n\
Q2.公司给了什么支持?\nA1 公司报销网费。\nA2 发了一台显示器。\n";

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let (transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    ingest::build(vec![transcript], Arc::new(encoder)).expect("it indexes")
});

fn reply(query: &str) -> Reply {
    ask(&CORPUS, query, Options::default()).expect("a reply")
}

#[test]
fn answers_that_say_it_come_first_one_quote_each() {
    let reply = reply("谁喜欢跑步?");
    assert_eq!(reply.verdict, Verdict::Said);
    let mut first: Vec<&str> = reply.quotes.iter().take(2).map(|quote| quote.citation.answer.as_str()).collect();
    first.sort_unstable();
    assert_eq!(first, ["A1", "A2"]);
    let mut places: Vec<_> = reply.quotes.iter().map(|quote| quote.place).collect();
    places.dedup();
    assert_eq!(places.len(), reply.quotes.len());
}

#[test]
fn the_tally_counts_answers_and_names_their_questions() {
    let tally = reply("谁喜欢跑步?").tally;
    assert!(tally.speaking >= 2);
    assert_eq!(tally.answers, 5);
    assert!(tally.questions.contains(&(0, "Q1".to_owned())));
}

#[test]
fn both_scripts_of_a_query_get_the_same_reply() {
    let places = |query: &str| reply(query).quotes.iter().map(|quote| quote.place).collect::<Vec<_>>();
    assert_eq!(places("谁会听音乐?"), places("誰會聽音樂?"));
}

#[test]
fn what_nobody_said_is_not_quoted_as_said() {
    let reply = reply("火星上有水吗?");
    assert_ne!(reply.verdict, Verdict::Said);
    assert_eq!(reply.tally.speaking, 0);
    assert!(reply.quotes.len() <= 1);
}

#[test]
fn no_more_is_shown_than_asked_for_and_all_is_counted() {
    let reply = ask(&CORPUS, "谁喜欢跑步?", Options { limit: 1, display: None }).expect("a reply");
    assert_eq!(reply.quotes.len(), 1);
    assert!(reply.tally.speaking >= 2);
}

#[test]
fn any_query_gets_a_reply() {
    let long = "跑步".repeat(500);
    for query in ["", " ", "?", "😀😀", "跑", "\u{0}", "ａ１", &long] {
        reply(query);
    }
}
