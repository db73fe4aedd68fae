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

fn places(query: &str) -> Vec<String> {
    let options = Options { limit: 50, ..Options::default() };
    let quotes = ask(&CORPUS, query, options).expect("a reply").quotes;
    let mut places: Vec<String> =
        quotes.iter().map(|quote| format!("{}.{}", quote.citation.question, quote.citation.answer)).collect();
    places.sort_unstable();
    places
}

fn refused(query: &str) -> String {
    ask(&CORPUS, query, Options::default()).expect_err("a complaint").to_string()
}

#[test]
fn a_phrase_is_held_by_every_answer_that_is_quoted() {
    assert_eq!(places("\"跑步\""), ["Q1.A1", "Q1.A2"]);
    assert_eq!(places("谁喜欢“聽音樂”?"), ["Q1.A2"]);
    assert_eq!(places("「报销網費」"), ["Q2.A1"]);
    assert_eq!(places("\"跑步很累\""), [""; 0]);
    let reply = reply("\"头脑清空\"");
    assert!(reply.quotes[0].text.contains("头脑清空"));
}

#[test]
fn what_is_left_out_is_in_no_answer_that_is_quoted() {
    assert_eq!(places("谁喜欢跑步? -音乐").iter().filter(|place| *place == "Q1.A2").count(), 0);
    assert_eq!(places("\"跑步\" -音樂"), ["Q1.A1"]);
    assert_eq!(places("-跑步"), ["Q1.A3", "Q2.A1", "Q2.A2"]);
}

#[test]
fn filters_narrow_before_anything_is_counted() {
    assert_eq!(places("q:1"), ["Q1.A1", "Q1.A2", "Q1.A3"]);
    assert_eq!(places("q:1,2 who:a2"), ["Q1.A2", "Q2.A2"]);
    assert_eq!(places("-q:1 in:te"), ["Q2.A1", "Q2.A2"]);
    let tally = reply("谁喜欢跑步? q:1").tally;
    assert_eq!(tally.answers, 3);
    assert!(tally.questions.iter().all(|(_, label)| label == "Q1"));
    let limited = ask(&CORPUS, "q:1", Options { limit: 1, ..Options::default() }).expect("a reply");
    assert_eq!((limited.quotes.len(), limited.tally.speaking, limited.tally.listed), (1, 3, true));
}

#[test]
fn a_filter_that_names_what_is_not_there_says_what_is() {
    assert_eq!(refused("跑步 q:99"), "there is no question 99 here: there are Q1 and Q2");
    assert_eq!(refused("who:A9"), "nobody here is called A9: there are A1, A2, A3");
    assert_eq!(refused("who:A3 q:2"), "nobody here is called A3: there are A1 and A2");
    assert_eq!(refused("in:nowhere"), "no transcript here is called nowhere: there is test");
}
