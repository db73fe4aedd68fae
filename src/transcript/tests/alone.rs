//! Interviews in which one person asks and answers, and questions that stand in quotation marks.

use crate::transcript::*;

const ASKED: [&str; 3] = ["为什么做这个产品？", "最难的是什么？", "后悔吗？"];
const ANSWERED: [&str; 3] = [
    "因为我自己每天都要用它，市面上的都不好用，所以就自己做了一个。",
    "最难的是坚持，每天晚上下班以后才有时间写。",
    "不后悔，虽然没有赚到钱，但学到了很多东西。",
];

/// Three questions and answers, set down in this shape.
fn text(shape: impl Fn(&str, &str) -> String) -> String {
    ASKED.iter().zip(ANSWERED).map(|(asked, answered)| shape(asked, answered)).collect::<Vec<_>>().concat()
}

/// What is read from a text: each question without quotation marks around it, and its answers.
fn read_as(text: &str) -> Vec<(String, Vec<String>)> {
    let (transcript, _) = read("test", text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(transcript.tally.apart.iter().all(|apart| apart.why != NonSpeechReason::Lost), "{text}");
    let marks = |c: char| "“”「」『』\"‘’".contains(c);
    let asked = |question: &Question| transcript.words(question.span).trim_matches(marks).to_owned();
    let answered = |question: &Question| {
        question.answers.iter().map(|answer| transcript.answer_text(answer).trim_matches(marks).to_owned()).collect()
    };
    let each = transcript.questions.iter().filter(|question| question.label.starts_with('Q'));
    each.map(|question| (asked(question), answered(question))).collect()
}

#[track_caller]
fn is_read(text: &str) {
    let expected: Vec<(String, Vec<String>)> =
        ASKED.iter().zip(ANSWERED).map(|(asked, answered)| ((*asked).into(), vec![answered.into()])).collect();
    assert_eq!(read_as(text), expected, "{text}");
}

#[test]
fn one_person_may_ask_and_answer() {
    for (asks, answers) in [
        ("自问", "自答"),
        ("自問", "自答"),
        ("问自己", "答自己"),
        ("我问", "我答"),
        ("自我提问", "自我回答"),
        ("问（自己）", "答（自己）"),
        ("自问", "答"),
        ("问", "自答"),
        ("王小明问", "王小明答"),
        ("王小明（问）", "王小明（答）"),
        ("Self-question", "Self-answer"),
        ("Q(self)", "A(self)"),
        ("Q (to myself)", "A"),
        ("I ask myself", "I answer"),
        ("Me (asking)", "Me (answering)"),
    ] {
        is_read(&text(|asked, answered| format!("{asks}：{asked}\n{answers}：{answered}\n\n")));
        is_read(&text(|asked, answered| format!("**{asks}：** {asked}\n\n**{answers}：** {answered}\n\n")));
    }
    is_read(&text(|asked, answered| format!("【自问】{asked}\n【自答】{answered}\n")));
    is_read(&text(|asked, answered| format!("自问：{asked} 自答：{answered} ")));
    let number = std::cell::Cell::new(0);
    is_read(&text(|asked, answered| {
        number.set(number.get() + 1);
        format!("自问{0}：{asked}\n自答{0}：{answered}\n", number.get())
    }));
}

#[test]
fn whoever_asks_and_answers_is_nobodys_interviewer() {
    let source = text(|asked, answered| format!("王小明问：{asked}\n王小明答：{answered}\n"));
    let (transcript, _) = read("test", source.as_bytes()).expect("an interview");
    assert!(transcript.speakers.iter().all(|speaker| !speaker.asks), "{:?}", transcript.speakers);
    assert!(transcript.answers().all(|(_, _, answer)| answer.interviewee.as_deref() == Some("王小明")));
    // Two who ask one another: each turn is what its verb says.
    let both =
        "林一问：你怎么看？\n王二答：我看很好，大家都喜欢。\n王二问：你呢？\n林一答：我也觉得好，就是贵了一点。\n";
    let pair = |asked: &str, answered: &str| (asked.to_owned(), vec![answered.to_owned()]);
    assert_eq!(
        read_as(both),
        [pair("你怎么看？", "我看很好，大家都喜欢。"), pair("你呢？", "我也觉得好，就是贵了一点。")]
    );
}

#[test]
fn what_somebody_asked_themselves_inside_an_interview_is_no_turn() {
    let source = "记者：那一年您在想什么？\n王小明：我天天自言自语。\n我问：还干不干？\n我答：干。\n后来就一直干到现在。\n记者：现在呢？\n王小明：现在不问了，老了，只想歇一歇。\n";
    let (transcript, _) = read("test", source.as_bytes()).expect("an interview");
    assert_eq!(read_as(source).len(), 2);
    assert!(transcript.speakers.iter().any(|speaker| speaker.name == "记者" && speaker.asks));
    assert!(read_as(source)[0].1[0].contains("我问：还干不干？"), "{:?}", read_as(source));
}

#[test]
fn questions_may_stand_in_quotation_marks() {
    for (open, close) in [("“", "”"), ("「", "」"), ("『", "』"), ("\"", "\""), ("‘", "’"), ("”", "”")]
    {
        is_read(&text(|asked, answered| format!("{open}{asked}{close}\n{answered}\n\n")));
        is_read(&text(|asked, answered| format!("{open}{asked}{close}\n\n{answered}\n\n")));
        is_read(&format!(
            "# 产品笔记\n\n{}",
            text(|asked, answered| format!("{open}{asked}{close}\n\n{answered}\n\n"))
        ));
        is_read(&text(|asked, answered| format!("{open}{asked}{close}\n答：{answered}\n")));
        is_read(&text(|asked, answered| format!("{open}{asked}{close}\n王小明：{answered}\n\n")));
        is_read(&text(|asked, answered| format!("**{open}{asked}{close}**\n\n{answered}\n\n")));
        is_read(&text(|asked, answered| format!("## {open}{asked}{close}\n\n{answered}\n\n")));
    }
    is_read(&text(|asked, answered| format!("“{asked}”\n“{answered}”\n")));
}

#[test]
fn a_story_with_dialogue_has_no_questions() {
    let story = "那天我一个人走在路上。\n\n“你是谁？”\n\n没有人回答。风从河上吹来，带着煤烟的味道，我就继续走。\n\n走到桥头的时候天已经黑了，卖糖的老头还在那里。\n\n“买糖吗？”\n\n我摇摇头。\n\n“那你买什么？”\n\n“不买。”我说。\n\n后来我才知道他早就不卖糖了。\n";
    assert_eq!(read_as(story), []);
    let begun = "“你是谁？”他问。\n\n“过路的。”\n\n“去哪里？”\n\n“过桥。”我说完就走了，没有回头。\n\n“等一等！”他在后面喊。\n\n天黑了。\n";
    assert_eq!(read_as(begun), []);
}
