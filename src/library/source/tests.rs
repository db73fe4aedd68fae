use super::*;

/// An interview with 张三, who is spelt in two ways, and 李四.
fn interview() -> Transcript {
    let text = "访谈\nQ1.你们好吗?\nA1 我很好，李四也很好。\nA2 我们都好。\nA3 还行。\n";
    let (mut transcript, _) = transcript::read("interview", text.as_bytes()).expect("an interview");
    for (answer, name) in transcript.questions[0].answers.iter_mut().zip(["张三", "李四", "张 三"]) {
        answer.interviewee = Some(name.to_owned());
    }
    transcript
}

fn names(transcript: &Transcript) -> Vec<&str> {
    transcript.answers().filter_map(|(_, _, answer)| answer.interviewee.as_deref()).collect()
}

#[test]
fn spellings_are_merged_and_pseudonyms_stand_for_all_of_them() {
    let mut edits = Edits::default();
    edits.merged.insert("张 三".into(), "张三".into());
    edits.pseudonyms.insert("张三".into(), "P1".into());
    edits.pseudonyms.insert("李四".into(), "P2".into());
    let mut transcript = interview();
    let words = transcript.text().to_owned();
    let speakers = apply(&mut transcript, &edits, &HashSet::new());
    assert_eq!(names(&transcript), ["P1", "P2", "P1"]);
    assert_eq!(transcript.text(), words, "no word is changed");
    assert_eq!(speakers[0].spellings, ["张三", "张 三"]);
    assert_eq!((speakers[0].in_words, speakers[1].in_words), (0, 1), "李四 is named in an answer");
}

#[test]
fn a_name_that_controls_a_terminal_or_has_no_end_is_shown_inert() {
    let mut edits = Edits::default();
    edits.pseudonyms.insert("张三".into(), "P\u{1b}[2J\u{202e}1".into());
    edits.title = Some(format!("A{}", "长".repeat(900)));
    let mut transcript = interview();
    let speakers = apply(&mut transcript, &edits, &HashSet::new());
    assert_eq!(names(&transcript)[0], "P\u{fffd}[2J1");
    assert!(speakers.iter().any(|speaker| speaker.shown == "P\u{fffd}[2J1" && speaker.pseudonym));
    assert_eq!(transcript.title.chars().count(), crate::text::sanitize::LONGEST_NAME + 1);
}

#[test]
fn who_asks_and_who_answers_may_be_one_and_is_listed_once() {
    let text = "Ann: Why did you come?\nBo: For the work, and for my brother.\nAnn L.: And then?\nBo: Then the yard closed.\nAnn: Did you leave?\nBo: I could not.\n";
    let read = |from: &str, into: &str| {
        let mut edits = Edits::default();
        let withdrawals = crate::library::Withdrawals::default();
        let nothing = RedactionRules {
            withdrawals: &withdrawals,
            names: &[],
            allowed: crate::library::AllowedWithdrawn::Nothing,
        };
        edits.merged.insert(from.into(), into.into());
        let reading = SourceReading::new(
            "yard",
            Path::new("yard.txt"),
            text.as_bytes(),
            &edits,
            &ReadOptions::default(),
            nothing,
        );
        let reading = reading.expect("an interview");
        let speakers: Vec<(String, bool)> =
            reading.transcript.speakers.iter().map(|one| (one.name.clone(), one.asks)).collect();
        (speakers, reading.speakers.iter().map(|one| one.shown.clone()).collect::<Vec<_>>())
    };
    let is = |name: &str, asks| (name.to_owned(), asks);
    assert_eq!(read("Ann L.", "Ann"), (vec![is("Ann", true), is("Bo", false)], vec!["Bo".to_owned()]));
    // All would ask, and no answer be left.
    assert_eq!(read("Bo", "Ann").1, ["Ann"]);
    // Nobody would ask: the questions stay what they are, and the name is listed once.
    let (speakers, answering) = read("Ann", "Bo");
    assert_eq!(speakers.iter().filter(|(name, _)| name == "Bo").count(), 1, "{speakers:?}");
    assert_eq!(answering.iter().filter(|name| *name == "Bo").count(), 1, "{answering:?}");
}
