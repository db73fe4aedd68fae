use proptest::prelude::*;

use super::*;
use crate::error::QueryError;

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
