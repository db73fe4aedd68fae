//! Who asks, with how sure; and that nothing becomes unquotable where it is not sure.

use crate::transcript::*;

/// A visit: both ask a little, the visitor first.
fn visit() -> String {
    let visitor = [
        "我先介绍一下我们的修钟社，去年修了一百多口老钟，其中有三口是光绪年间的。",
        "现在的困难是没有零件，年轻人也不愿意学，社里只剩四个人了。",
        "所以今天来，是想请您看看有没有办法，能不能放进学校里去？",
        "学校那边我们去过两次，他们说没有课时，老师也不够。",
        "展览办过一回，来了两百人，多半是老人，孩子很少。",
        "零件我们自己车，车一个要三天，坏了就得重来。",
    ];
    let visited = [
        "我觉得这件事很有意义，我小时候家里也有一口，后来搬家的时候丢了，很可惜。",
        "零件的事可以找职业学校，他们有车床，学生也要做东西，两边都好。",
        "课时不一定要有，社团也可以，一个礼拜两个钟头就够了。",
        "你们的展览是在哪里办的，是在老邮局那边吗？",
        "那就对了，放到图书馆去，孩子放学都在那里，一天有几百个。",
        "我请图书馆的同事跟你们联系，下个月就可以开始。",
    ];
    let turns = visitor.iter().zip(visited).map(|(one, other)| format!("许明：{one}\n唐一：{other}\n"));
    turns.collect::<Vec<_>>().concat()
}

#[test]
fn an_undecided_speaker_can_be_quoted_except_in_questions() {
    let (transcript, _) = read("test", visit().as_bytes()).expect("it is an interview");
    let undecided: Vec<&str> = transcript
        .speakers
        .iter()
        .filter(|speaker| speaker.role == SpeakerRole::Undecided)
        .map(|speaker| speaker.name.as_str())
        .collect();
    assert_eq!(undecided, ["许明", "唐一"], "{:?}", transcript.speakers);
    let said = |words: &str| {
        transcript.answers().find(|(_, _, answer)| transcript.answer_text(answer).starts_with(words)).map(|(.., it)| it)
    };
    assert!(said("零件的事可以找职业学校").is_some_and(|answer| answer.undecided));
    assert!(said("现在的困难是没有零件").is_some_and(|answer| answer.undecided));
    // What asks by its form is the question to what follows.
    assert!(said("你们的展览是在哪里办的").is_none());
    assert!(transcript.questions.iter().any(|question| transcript.words(question.span).starts_with("你们的展览")));
}

#[test]
fn one_choice_of_the_user_decides_who_asks() {
    let told = ReadOptions { interviewers: vec!["唐一".into()], ..ReadOptions::default() };
    let (transcript, _) = read_with("test", visit().as_bytes(), &told).expect("it is an interview");
    assert!(
        transcript.answers().all(|(.., answer)| answer.interviewee.as_deref() == Some("许明") && !answer.undecided)
    );
    let nobody = ReadOptions { nobody_asks: true, ..ReadOptions::default() };
    let (transcript, _) = read_with("test", visit().as_bytes(), &nobody).expect("it is a conversation");
    assert_eq!(transcript.answers().count(), 12);
    assert!(transcript.answers().all(|(.., answer)| !answer.undecided));
    assert!(transcript.speakers.iter().all(|speaker| speaker.role == SpeakerRole::Answers && !speaker.asks));
}
