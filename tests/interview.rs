//! Tests of what must hold for the bundled interview.

use yuanhua::text::script::simplified;
use yuanhua::transcript::{Transcript, read};

use crate::support::project;

fn interview() -> Transcript {
    let bytes = std::fs::read(project("data/ai-customer-service.txt")).expect("the interview is bundled");
    read("ai-customer-service", &bytes).expect("the interview is readable").0
}

#[test]
fn the_bundled_interview_is_the_file_as_received() {
    assert_eq!(interview().source_sha256, "c4dd286eae28eca61175431c79480fccd181dd12251b0fd74f273434d3e41f61");
}

#[test]
fn it_has_eight_questions_and_twenty_two_answers() {
    let answers: Vec<usize> = interview().questions.iter().map(|question| question.answers.len()).collect();
    assert_eq!(answers, [6, 3, 2, 1, 3, 2, 2, 3]);
}

#[test]
fn its_labels_are_read_where_they_are_glued_or_on_one_line() {
    let interview = interview();
    let first_words = |q: usize| simplified(interview.words(interview.questions[q].answers[0].span));
    assert!(first_words(2).starts_with("90后为主体"), "{}", first_words(2));
    assert!(first_words(3).starts_with("了解,并且非常支持"), "{}", first_words(3));
    assert!(simplified(interview.words(interview.questions[3].span)).ends_with("您想对他们说什么?"));
}

#[test]
fn its_five_misaligned_damaged_spans_are_restored() {
    let text = simplified(interview().text());
    for words in [
        "如果没有我们人工一开始的训练",
        "毕竟我们人是有感知的",
        "去服务客户",
        "的发展非常火爆我觉得",
        "参与到公司的整体战略中去。客服到底在企业里面",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn no_pinyin_and_no_page_furniture_is_left_in_an_answer() {
    let interview = interview();
    for (_, question, answer) in interview.answers() {
        let words = interview.answer_text(answer);
        let has_pinyin = words.split('(').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
        assert!(!has_pinyin, "{} {}: {words}", question.label, answer.label);
        assert!(!simplified(&words).contains("滑动查看"), "{words}");
    }
}

#[test]
fn damaging_its_restored_text_gives_back_the_received_text_exactly() {
    let restored = interview().restored;
    assert_eq!(yuanhua::restore::damage(restored.text(), restored.table()).as_deref(), Some(restored.received()));
}

#[test]
fn every_restoration_of_it_is_proved_or_marked_uncertain() {
    let restored = interview().restored;
    let uncertain: Vec<&str> =
        restored.restorations().iter().filter(|place| !place.proved).map(|place| place.restored.as_str()).collect();
    // Without its last character, this text would be damaged to the same bytes. So it is uncertain.
    assert_eq!(uncertain, ["人是有感知的"]);
}
