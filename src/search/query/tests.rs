use proptest::prelude::*;

use super::*;
use crate::error::QueryError;
use crate::text::find::{find, folded};

fn asked(typed: &str) -> Query {
    read(typed).expect("a query")
}

fn filters(typed: &str) -> Vec<String> {
    asked(typed).filters.iter().map(ToString::to_string).collect()
}

#[test]
fn plain_words_are_words_to_match() {
    let query = asked("AI 会取代人工吗?");
    assert_eq!((query.text.as_str(), query.open), ("AI 会取代人工吗?", true));
    assert!(query.phrases.is_empty() && query.without.is_empty() && query.filters.is_empty());
}

#[test]
fn what_stands_in_quotation_marks_is_held_word_for_word() {
    for typed in
        ["\"情绪价值\"", "“情绪价值”", "「情绪价值」", "『情绪价值』", "＂情绪价值＂", "“情绪价值\"", "\" 情绪价值 \""]
    {
        let query = asked(typed);
        assert_eq!(query.phrases, ["情绪价值"], "{typed}");
        assert_eq!(query.text, "情绪价值", "{typed}");
        assert!(query.only_lists(), "{typed}");
    }
    let query = asked("AI 能给“情绪价值”吗?");
    assert_eq!((query.text.as_str(), query.open), ("AI 能给情绪价值吗?", true));
    assert_eq!(query.phrases, ["情绪价值"]);
}

#[test]
fn a_mark_without_its_other_side_is_a_character() {
    for typed in ["15\" screen", "“没有完", "\"\"", "「」 ?", "it's"] {
        assert!(asked(typed).phrases.is_empty(), "{typed}");
    }
}

#[test]
fn a_dash_before_a_word_leaves_it_out() {
    let query = asked("AI -机器人 －培訓 -\"two words\" e-mail - -- x-y");
    assert_eq!(query.without, ["机器人", "培訓", "two words"]);
    assert_eq!(query.text, "AI e-mail - -- x-y");
    assert_eq!(asked("-00后?").without, ["00后"]);
}

#[test]
fn filters_say_where_to_look() {
    assert_eq!(filters("q:1"), ["q:1"]);
    assert_eq!(filters("怎么看 Q:Q2,3 who:A3"), ["q:Q2", "q:3", "who:A3"]);
    assert_eq!(filters("怎么看q：2?"), ["q:2"]);
    assert_eq!(filters("who:\"Jerod Santo\" in:ai"), ["who:\"Jerod Santo\"", "in:ai"]);
    assert_eq!(filters("who:“Jerod Santo” -q:4"), ["who:\"Jerod Santo\"", "-q:4"]);
    assert_eq!(filters("speaker:A1 question:2 transcript:x"), ["who:A1", "q:2", "in:x"]);
    assert_eq!(asked("跑步 who:A3").text, "跑步");
    assert!(asked("q:1").only_lists() && !asked("跑步 q:1").only_lists());
}

#[test]
fn what_only_looks_like_a_filter_is_words() {
    for typed in
        ["Q：您怎么看待AI？", "Q: How do you relax?", "http://x.example", "AI:人工", "note: x", "12:30", "比例3:1"]
    {
        let query = asked(typed);
        assert!(query.filters.is_empty() && query.open, "{typed}");
    }
}

#[test]
fn an_empty_or_unknown_filter_is_a_sentence() {
    for typed in ["q:", "怎么看 who: A3", "in:?", "who:\"\" x"] {
        assert!(matches!(read(typed), Err(QueryError::EmptyFilter { .. })), "{typed}");
    }
    let unknown = read("speeker:A3").expect_err("no such filter");
    assert_eq!(
        unknown.to_string(),
        "there is no filter “speeker:”; use q:, who: or in:, or a space after the colon to search for the word"
    );
}

#[test]
fn words_are_found_in_any_script_width_and_case_across_line_breaks() {
    let holds = |text: &str, words: &str| !find(&folded(text), &folded(words)).is_empty();
    assert!(holds("提供不了——情緒價值。", "情绪价值"));
    assert!(holds("用ＡＩ来做", "ai"));
    assert!(holds("情绪\n价值", "情绪价值"));
    assert!(holds("we said   it\nwell", "said it well"));
    assert!(holds("AI 客服", "AI客服") && holds("AI客服", "AI 客服"));
    assert!(!holds("we start", "art") && !holds("2000后", "00后") && !holds("saidit", "said it"));
    assert!(holds("了90后", "90后"));
}

proptest! {
    #[test]
    fn anything_typed_is_read_or_refused_with_a_sentence(typed in "([\"“”「」\\-－:：a-z0-9Q客服 ,。]|q:|who:|in:){0,24}") {
        let _ = read(&typed);
    }

    #[test]
    fn a_query_without_operators_is_its_own_text(typed in "[a-zA-Z0-9客服怎么看？。 ]{0,30}") {
        let query = asked(&typed);
        prop_assert_eq!(query.text, typed.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn a_list_written_out_is_read_the_same(
        phrase in "[客服a-z]{1,4}", without in "[机器x]{1,3}", label in 1..99usize, who in "[A-Z][a-z]{1,5} [A-Z][a-z]{1,5}",
    ) {
        let query = asked(&format!("“{phrase}” -{without} q:{label} -who:\"{who}\""));
        prop_assert_eq!(asked(&query.to_string()), query);
    }

    #[test]
    fn what_is_found_is_what_was_looked_for(before in "[客服a ]{0,6}", words in "[情绪价值b]{1,5}", after in "[客服a ]{0,6}") {
        let text = format!("{before}{words}{after}");
        for place in find(&text, &words) {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&text[place]), bare(&words));
        }
    }
}

fn after(previous: &str, typed: &str) -> Option<Carried> {
    dropping(previous, typed, &[])
}

fn dropping(previous: &str, typed: &str, dropped: &[&str]) -> Option<Carried> {
    let dropped: Vec<String> = dropped.iter().map(|key| (*key).to_owned()).collect();
    follow_up(&asked(previous), &asked(typed), &dropped, |name| name == "jerod")
}

fn read_as(previous: &str, typed: &str) -> String {
    after(previous, typed).map_or_else(|| "(whole)".to_owned(), |carried| carried.read_as)
}

#[test]
fn what_about_puts_one_thing_in_the_place_of_its_like() {
    for (previous, typed, read) in [
        ("00后员工有什么特点?", "那90后呢?", "90后员工有什么特点?"),
        ("00後員工有什麼特點?", "那90後呢?", "90后員工有什麼特點?"),
        ("国内的客服怎么做?", "那海外呢?", "海外的客服怎么做?"),
        (
            "What are the advantages of remote work?",
            "what about disadvantages?",
            "What are the disadvantages of remote work?",
        ),
        ("How was 2023 for you?", "And 2024?", "How was 2024 for you?"),
        ("客服怎么培训?", "海外呢?", "海外 客服怎么培训?"),
        ("How do you serve customers?", "What about overseas?", "overseas How do you serve customers?"),
        ("怎么看AI?", "那A3呢?", "怎么看AI? who:a3"),
        ("怎么看AI? who:A1", "那A3怎么看?", "怎么看AI? who:a3"),
        ("Why Elixir?", "what about Jerod?", "Why Elixir? who:jerod"),
        ("怎么看AI? q:1", "那Q2呢", "怎么看AI? q:q2"),
    ] {
        assert_eq!(read_as(previous, typed), read, "{typed}");
        assert_eq!(after(previous, typed).map(|carried| carried.reading), Some(FollowUpRule::Instead));
    }
}

#[test]
fn why_and_how_ask_on_about_the_same() {
    for typed in ["为什么?", "為什麼呢？", "那为什么呢", "why?", "Why is that?", "How come?"] {
        let carried = after("AI会取代人工吗? q:1", typed).expect("a follow-up");
        assert_eq!(carried.reading, FollowUpRule::Why, "{typed}");
        assert!(carried.query.text.starts_with("AI会取代人工吗?") && carried.query.filters.len() == 1);
    }
    for typed in ["比如呢?", "怎么做到的?", "For example?", "how?"] {
        assert_eq!(after("AI会取代人工吗?", typed).expect("a follow-up").reading, FollowUpRule::More, "{typed}");
    }
}

#[test]
fn others_are_the_same_without_those_already_shown() {
    for typed in [
        "还有别人这么说吗?",
        "還有嗎？",
        "其他人呢?",
        "还有呢",
        "还有谁?",
        "anyone else?",
        "What about the others?",
        "more",
    ] {
        let carried = after("谁喜欢跑步?", typed).expect("a follow-up");
        assert_eq!((carried.reading, carried.read_as.as_str()), (FollowUpRule::Others, "谁喜欢跑步?"), "{typed}");
        assert!(carried.leaves_out_shown());
    }
    assert!(!dropping("谁喜欢跑步?", "还有吗", &["shown"]).expect("a follow-up").leaves_out_shown());
}

#[test]
fn a_word_that_stands_for_the_topic_brings_it_along() {
    assert_eq!(read_as("怎么看待智能客服?", "它有什么缺点?"), "它有什么缺点? 看待 智能 客服");
    assert_eq!(read_as("Who likes remote work?", "Is it cheaper?"), "Is it cheaper? likes remote work");
}

#[test]
fn a_question_that_is_whole_carries_nothing() {
    for typed in [
        "AI会取代人工吗?",
        "公司给了什么支持?",
        "How do you relax after work?",
        "q:2",
        "\"跑步\"",
        "为什么要学习新技术?",
        "谁?",
    ] {
        assert_eq!(after("谁喜欢跑步? q:1", typed), None, "{typed}");
    }
    assert_eq!(follow_up(&Query::default(), &asked("为什么?"), &[], |_| false), None);
}

#[test]
fn what_was_carried_can_be_taken_back() {
    let keys = |carried: &Carried| carried.chips.iter().map(Chip::key).collect::<Vec<_>>();
    let all = after("00后员工有什么特点? q:3 -领导", "那90后呢?").expect("a follow-up");
    assert_eq!(keys(&all), ["topic:员工", "topic:特点", "without:领导", "filter:q:3"]);
    let fewer =
        dropping("00后员工有什么特点? q:3 -领导", "那90后呢?", &["topic:员工", "filter:q:3"]).expect("a follow-up");
    assert_eq!(keys(&fewer), ["topic:特点", "without:领导"]);
    assert_eq!(fewer.read_as, "90后 有什么特点? -领导");
}

proptest! {
    #[test]
    fn whatever_follows_is_read_the_same_each_time(
        previous in "[00后员工AI a-z?]{0,12}", typed in "(那|还有|为什么|呢|它|what about |why|[a-z客服0-9 ]){0,4}",
    ) {
        if let (Ok(previous), Ok(typed)) = (read(&previous), read(&typed)) {
            let once = follow_up(&previous, &typed, &[], |_| false);
            prop_assert_eq!(&once, &follow_up(&previous, &typed, &[], |_| false));
            if let Some(carried) = once {
                let keys: Vec<String> = carried.chips.iter().map(Chip::key).collect();
                let bare = follow_up(&previous, &typed, &keys, |_| false).expect("it stays a follow-up");
                prop_assert!(bare.chips.is_empty(), "{:?}", bare.chips);
            }
        }
    }
}

#[test]
fn questions_that_are_whole_are_not_taken_for_follow_ups() {
    let material = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("models/train/work/measured");
    let before = asked("谁喜欢跑步?");
    for set in ["interview_dev.jsonl", "vcsum_dev/queries.jsonl", "stard_dev/queries.jsonl", "xquad_en/queries.jsonl"] {
        let Ok(text) = std::fs::read_to_string(material.join(set)) else {
            eprintln!("skipped: {set} is not here");
            continue;
        };
        let query = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row");
            asked(row["query"].as_str().expect("its query"))
        };
        let taken = text.lines().filter(|line| follow_up(&before, &query(line), &[], |_| false).is_some()).count();
        assert!(taken * 100 <= text.lines().count(), "{taken} questions of {set} are read as follow-ups");
    }
}
