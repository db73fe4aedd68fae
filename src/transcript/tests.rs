mod alone;
mod asking;
mod changing;
mod evidence;
mod grids;
mod measured;
mod readers;
mod settings;
mod shapes;
mod spreadsheets;
mod strangers;
mod tables;
mod tried;
mod unseen;

use proptest::prelude::*;

use super::*;

/// The restored words of every answer, by label.
fn answers(transcript: &Transcript) -> Vec<(String, String)> {
    transcript.answers().map(|(_, q, a)| (format!("{}.{}", q.label, a.label), transcript.answer_text(a))).collect()
}

fn read_text(text: &str) -> Transcript {
    read("test", text.as_bytes()).expect("it is an interview").0
}

#[test]
fn numbered_questions_and_answers_are_read_in_any_spacing() {
    let transcript = read_text("Q1.第一问?\nA1 甲说。\nA2乙说。\n乙接着说。\nQ2. 第二问?\nA1丙说。\n");
    let expected = [("Q1.A1", "甲说。"), ("Q1.A2", "乙说。\n乙接着说。"), ("Q2.A1", "丙说。")];
    assert_eq!(answers(&transcript), expected.map(|(label, words)| (label.to_owned(), words.to_owned())));
    assert_eq!(transcript.words(transcript.questions[1].span), "第二问?");
}

#[test]
fn the_expected_number_tells_a_label_from_the_words_glued_to_it() {
    let transcript = read_text("Q1.员工?\nA190后为主体。\nA2 00后也有。\n");
    assert_eq!(answers(&transcript)[0].1, "90后为主体。");
    assert_eq!(answers(&transcript)[1].1, "00后也有。");
}

#[test]
fn an_answer_may_begin_on_the_line_of_its_question() {
    let transcript = read_text("Q1. 您了解吗?您想说什么?A1 了解,并且支持。\nA2 不了解。\n");
    assert_eq!(transcript.words(transcript.questions[0].span), "您了解吗?您想说什么?");
    assert_eq!(answers(&transcript), [("Q1.A1".into(), "了解,并且支持。".into()), ("Q1.A2".into(), "不了解。".into())]);
}

#[test]
fn page_furniture_is_non_speech() {
    let text = "Q1.问?\n上下滑動查看回答\n……\nA1 甲说。\n左右滑动查看更多\n甲接着说。\n……\nQ2.再问?\nA1 乙。";
    let transcript = read_text(text);
    let (_, _, first) = transcript.answers().next().expect("an answer");
    assert_eq!(first.stretches.len(), 2);
    let all: String = answers(&transcript).into_iter().map(|(_, words)| words).collect();
    assert!(!all.contains("查看") && !all.contains('…'), "{all}");
    assert_eq!(transcript.words(transcript.questions[0].span), "问?");
}

#[test]
fn looser_labels_are_read_too() {
    let transcript = read_text("访谈录\n\n问：您好吗？\n答：很好。\n\n问：为什么？\n答：天气好。\n");
    assert_eq!(transcript.title, "访谈录");
    assert_eq!(answers(&transcript), [("Q1.A1".into(), "很好。".into()), ("Q2.A1".into(), "天气好。".into())]);
    let transcript = read_text("Q: How are you?\nA: Fine.\n");
    assert_eq!(answers(&transcript), [("Q1.A1".into(), "Fine.".into())]);
}

#[test]
fn a_gap_in_the_numbers_is_a_problem_and_loses_no_words() {
    let (transcript, problems) = read("test", "Q1.问?\nA1 甲。\nQ3.问?\nA1 乙。\n".as_bytes()).expect("readable");
    assert_eq!(transcript.questions[1].label, "Q3");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].line, 3);
}

#[test]
fn a_question_without_an_answer_is_a_problem() {
    let (_, problems) = read("test", "Q1.问?\nQ2.再问?\nA1 乙。\n".as_bytes()).expect("readable");
    assert_eq!(problems, [Problem::new(1, ProblemKind::Unanswered("Q1".into()))]);
}

#[test]
fn a_source_is_read_in_every_promised_encoding() {
    let text = "Q1.您怎麼看待客戶服務對於企業的價值？\nA1 我覺得服務是用戶和企業之間的一個橋樑，它能直接樹立企業的品牌形象。\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let sources = [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        encoding_rs::GBK.encode(text).0.into_owned(),
        encoding_rs::BIG5.encode(text).0.into_owned(),
        utf16(u16::to_le_bytes, b"\xFF\xFE"),
        utf16(u16::to_be_bytes, b"\xFE\xFF"),
        utf16(u16::to_le_bytes, b""),
        utf16(u16::to_be_bytes, b""),
    ];
    for bytes in sources {
        let (transcript, _) = read("test", &bytes).expect("a promised encoding");
        assert_eq!(transcript.text(), text);
    }
}

#[test]
fn bad_input_is_refused_with_a_sentence() {
    let refused = |bytes: &[u8]| read("test", bytes).expect_err("not an interview");
    assert_eq!(refused(b""), ReadError::Empty);
    assert_eq!(refused(b" \n\t\r\n"), ReadError::Empty);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ReadError::NotText);
    assert_eq!(refused(b"\x00\x01\x02\x03"), ReadError::NotText);
    assert_eq!(refused("只是一段文字。".as_bytes()), ReadError::NoQuestions);
}

#[test]
fn lines_are_counted_in_the_source() {
    let transcript = read_text("标题\n\nQ1.问?\nA1 甲。\n");
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    assert_eq!(transcript.line_of(answer.span.start()), 4);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read("test", &bytes);
    }

    #[test]
    fn any_lines_are_read_or_refused(lines in proptest::collection::vec("(Q[0-9]{0,3}[.:]?|A[0-9]{0,3}|问：|答：|……|)[a-z90后 ?。]{0,12}", 0..12)) {
        let text = lines.join("\n");
        if let Ok((transcript, _)) = read("test", text.as_bytes()) {
            for (_, _, answer) in transcript.answers() {
                prop_assert!(!answer.stretches.is_empty());
                for stretch in &answer.stretches {
                    prop_assert!(answer.span.contains(*stretch));
                    prop_assert!(!transcript.words(*stretch).trim().is_empty());
                }
            }
        }
    }

    #[test]
    fn a_span_never_cuts_a_character(text in "\\PC{0,20}", a in 0usize..80, b in 0usize..80) {
        if let Some(span) = Span::new(&text, a..b) {
            prop_assert!(span.of_text(&text).is_some());
        }
    }

    #[test]
    fn no_word_of_a_turn_is_lost(turns in proptest::collection::vec(("Ann|Bo|张三", proptest::collection::vec("[a-z]{1,8}( [a-z]{1,8}){0,6}[.?]", 1..4)), 4..20)) {
        let text = turns.iter().map(|(who, lines)| format!("{who}: {}\n\n", lines.join("\n\n"))).collect::<Vec<_>>().concat();
        if let Ok((transcript, _)) = read("test", text.as_bytes()) {
            let mut said: Vec<(usize, String)> = Vec::new();
            for question in &transcript.questions {
                said.push((question.span.start(), transcript.words(question.span).to_owned()));
                said.extend(question.answers.iter().map(|a| (a.span.start(), transcript.answer_text(a))));
            }
            let all: String = said.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("\n");
            for words in turns.iter().flat_map(|(_, lines)| lines) {
                prop_assert!(all.contains(words.as_str()), "{words} is lost of\n{text}");
            }
        }
    }

    #[test]
    fn every_word_stands_in_one_turn_or_is_set_apart(text in "(?s)((Ann|Bo|记者|张三|客户|Q1|A1|问|答|家属|INTERVIEWER|Mr\\. Brown)?[:：. ]{0,2}([a-z]{1,6}|嗯|好的|我们走了|\\[inaudible 00:01:02\\]|\\(laughter\\)|00:01|\\[00:12:01\\]|>> |=== x ===|=====|# h|—|\\?|。|版权所有|12| ){0,5}[.?。？]?\n{1,2}){0,14}") {
        if let Ok((transcript, _)) = read("test", text.as_bytes()) {
            let tally = &transcript.tally;
            let lost: Vec<&str> = tally.apart.iter().filter(|apart| apart.why == NonSpeechReason::Lost).map(|apart| transcript.words(apart.span)).collect();
            prop_assert!(lost.is_empty(), "{lost:?} are lost of\n{text}");
            prop_assert_eq!(tally.twice, 0, "in two turns of\n{}", text);
            prop_assert_eq!(tally.words, tally.in_turns + tally.apart.iter().map(|apart| apart.words).sum::<usize>());
        }
    }

    #[test]
    fn any_text_of_a_container_is_read_or_refused(head in "(<\\?xml|<html>|WEBVTT|\\[\\{|\\{\"text\":|speaker,text|1\n00:00:01,000 --> 00:00:02,000|PK\\x03\\x04)", rest in "(?s)[<>a-z&;:=\"',{}\\[\\]0-9 \n-]{0,120}") {
        let _ = read("test", format!("{head}{rest}").as_bytes());
    }
}
