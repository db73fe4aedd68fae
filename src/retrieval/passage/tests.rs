use proptest::prelude::*;

use super::*;

fn whole(text: &str) -> Span {
    Span::new(text, 0..text.len()).expect("the whole text")
}

fn texts(text: &str, spans: &[Span]) -> Vec<String> {
    spans.iter().map(|span| span.of_text(text).expect("of this text").to_owned()).collect()
}

#[test]
fn sentences_end_with_their_marks_and_closing_quotes() {
    let text = "他说：“不会！”然后走了。真的?!是;也许……\nIt costs 3.5 yuan. Yes (really.) End";
    let expected =
        ["他说：“不会！”", "然后走了。", "真的?!", "是;", "也许……", "It costs 3.5 yuan.", "Yes (really.) End"];
    assert_eq!(texts(text, &sentences(text, whole(text), &[])), expected);
}

#[test]
fn a_passage_is_a_window_of_whole_sentences() {
    let text = "一。".repeat(10);
    let passages = passages(&text, whole(&text), &[]);
    assert_eq!(passages.len(), 10 - WINDOW_SENTENCES + 1);
    assert!(passages.iter().all(|span| span.len() == WINDOW_SENTENCES * "一。".len()));
}

#[test]
fn damage_does_not_end_a_sentence() {
    let text = "发展非?;鸨矣X得很好。对。";
    let wound = Span::new(text, "发展非".len().."发展非?;鸨矣X得".len()).expect("whole characters");
    assert_eq!(texts(text, &sentences(text, whole(text), &[wound])), ["发展非?;鸨矣X得很好。", "对。"]);
}

#[test]
fn a_short_answer_is_one_passage() {
    let text = "我觉得不会。";
    assert_eq!(texts(text, &passages(text, whole(text), &[])), [text]);
}

proptest! {
    #[test]
    fn sentences_and_passages_lose_no_words(text in "[一二a. 。！？?;…”\n]{0,60}") {
        let stretch = whole(&text);
        let words = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
        let sentences = sentences(&text, stretch, &[]);
        prop_assert_eq!(texts(&text, &sentences).iter().map(|s| words(s)).sum::<usize>(), words(&text));
        prop_assert!(sentences.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        let passages = passages(&text, stretch, &[]);
        for sentence in &sentences {
            prop_assert!(passages.iter().any(|passage| passage.contains(*sentence)));
        }
    }
}
