use proptest::prelude::*;

use super::*;

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words");
    Span::new(text, start..start + words.len()).expect("a span")
}

/// Returns the quote for some words of a text with one stretch.
fn quoted<'a>(text: &'a str, words: &str) -> (&'a str, Vec<Caution>) {
    let all = Span::new(text, 0..text.len()).expect("all");
    let (span, cautions) = whole(text, &[all], span(text, words), &[]);
    (span.of_text(text).expect("words"), cautions)
}

#[test]
fn a_quote_that_stands_alone_is_left_alone() {
    let text = "我每天跑步。跑步让我头脑清空。我也听音乐。";
    assert_eq!(quoted(text, "跑步让我头脑清空。"), ("跑步让我头脑清空。", vec![]));
    assert_eq!(quoted("I run. It rains. We sing.", "I run.").0, "I run.");
}

#[test]
fn a_turn_a_denial_or_a_condition_that_follows_is_quoted_too() {
    for (text, words) in [
        ("AI会代替人工。但是要很多年。我等着。", "AI会代替人工。"),
        ("AI會代替人工。不過我不擔心。我等著。", "AI會代替人工。"),
        ("有人说AI会代替人工。我不同意。我等着。", "有人说AI会代替人工。"),
        ("AI会代替人工。除非它学不会。我等着。", "AI会代替人工。"),
        ("AI会代替人工吗?很难。我等着。", "AI会代替人工吗?"),
        ("AI will replace us. However, not soon. We wait here.", "AI will replace us."),
        ("Some say AI will replace us. I don't think so. We wait here.", "Some say AI will replace us."),
        ("AI will replace us. Unless it fails. We wait here.", "AI will replace us."),
    ] {
        let (quote, cautions) = quoted(text, words);
        assert!(quote.len() > words.len() && !quote.contains("等") && !quote.contains("wait"), "{quote}");
        assert_eq!(cautions, []);
    }
}

#[test]
fn what_a_first_word_points_back_to_is_quoted_too() {
    for (text, words) in [
        ("公司报销网费。这很有帮助。", "这很有帮助。"),
        ("公司報銷網費。它很有幫助。", "它很有幫助。"),
        ("我喜欢跑步。但是我没有时间。", "但是我没有时间。"),
        ("你要学习。否则会落后。", "否则会落后。"),
        ("They pay for it. That helps.", "That helps."),
        ("You must learn. Otherwise you fall behind.", "Otherwise you fall behind."),
    ] {
        assert_eq!(quoted(text, words), (text, vec![]), "{words}");
    }
}

#[test]
fn words_that_only_look_like_a_turn_or_a_denial_extend_nothing() {
    for text in
        ["我跑步。不仅如此,我每天都听很长时间的音乐,还喜欢做饭。", "我跑步。不断学习。", "I run. Nothing else matters."]
    {
        let first = &text[..=text.find(['。', '.']).expect("a stop") + if text.is_ascii() { 0 } else { 2 }];
        let (quote, _) = quoted(text, first);
        assert_eq!(quote == first, !text.contains("Nothing else"), "{quote}");
    }
    assert_eq!(quoted("I run. Buttons are blue and round and many.", "I run.").0, "I run.");
}

#[test]
fn the_first_sentence_of_an_answer_is_resolved_by_its_question() {
    assert_eq!(quoted("这很有帮助。我喜欢。", "这很有帮助。"), ("这很有帮助。", vec![]));
}

#[test]
fn what_would_grow_too_long_is_flagged() {
    let long = "很".repeat(MAX_QUOTE_WIDTH);
    let text = format!("AI会代替人工。但是{long}。");
    assert_eq!(quoted(&text, "AI会代替人工。"), ("AI会代替人工。", vec![Caution::GoesOnWithTurn]));
    let text = format!("{long}。这很好。");
    assert_eq!(quoted(&text, "这很好。"), ("这很好。", vec![Caution::BeginsUnresolved]));
}

#[test]
fn page_furniture_is_never_crossed_and_flagged() {
    let text = "AI会代替人工。\n广告\n但是要很多年。";
    let stretches = [span(text, "AI会代替人工。"), span(text, "但是要很多年。")];
    assert_eq!(whole(text, &stretches, stretches[0], &[]), (stretches[0], vec![Caution::GoesOnWithTurn]));
    assert_eq!(whole(text, &stretches, stretches[1], &[]), (stretches[1], vec![Caution::BeginsWithTurn]));
}

fn sentence() -> impl Strategy<Value = String> {
    let opening = prop_oneof![
        3 => Just(""), 1 => Just("但是"), 1 => Just("这"), 1 => Just("如果"), 1 => Just("不"), 1 => Just("否则"),
        1 => Just("However "), 1 => Just("that "), 1 => Just("没"),
    ];
    (opening, "[客服跑步a-z ]{1,60}", prop_oneof![4 => Just("。"), 1 => Just("?"), 1 => Just(". ")])
        .prop_map(|(opening, words, stop)| format!("{opening}客{words}{stop}"))
}

proptest! {
    #[test]
    fn growing_never_shrinks_never_leaves_and_is_done_at_once(
        parts in prop::collection::vec(sentence(), 1..12), first in 0usize..12, count in 1usize..4,
    ) {
        let text = parts.concat();
        let all = Span::new(&text, 0..text.len()).expect("all");
        let sentences = passage::sentences(&text, all, &[]);
        let first = first % sentences.len();
        let last = (first + count - 1).min(sentences.len() - 1);
        let core = sentences[first].through(sentences[last]);
        let (grown, cautions) = whole(&text, &[all], core, &[]);
        prop_assert!(grown.contains(core) && all.contains(grown));
        prop_assert!(sentences.iter().any(|s| s.start() == grown.start()));
        prop_assert!(sentences.iter().any(|s| s.end() == grown.end()));
        prop_assert!(grown == core || width(grown.of_text(&text).expect("words")) <= MAX_QUOTE_WIDTH);
        prop_assert_eq!(whole(&text, &[all], grown, &[]), (grown, cautions));
    }
}
