use super::*;
use crate::library::store::manifest::Edits;
use crate::transcript;

const TALK: &str = "Interviewer: What of the pineapple machine here?\nMary Quux: SECRETA the pineapple machine was \
terrible, was it not?\nBob Jones: BOBWORDS pineapple was fine with me, and the stairs were dry.\nInterviewer: Why was \
it?\nMary Quux: SECRETB pineapple leaked.\nBob Jones: It did pineapple.\nInterviewer: Did you tell anybody?\nMary \
Quux: No.\nBob Jones: Yes, I did.\n";

fn read(text: &str) -> Transcript {
    transcript::read("talk", text.as_bytes()).expect("an interview").0
}

fn withdrawn(text: &str, who: &str) -> Withdrawals {
    let is = |name: &str| name == who;
    Withdrawals::of_people(&[(&[who], said(&read(text), Some(&is)))])
}

fn holding<'a>(withdrawals: &'a Withdrawals, edits: &'a Edits) -> RedactionRules<'a> {
    RedactionRules { withdrawals, names: &edits.withdrawn, allowed: AllowedWithdrawn::Nothing }
}

/// All that is left of a text: what is said, and both of its texts.
fn left(text: &str, withdrawals: &Withdrawals) -> (Transcript, String) {
    let mut transcript = read(text);
    let edits = Edits::default();
    holding(withdrawals, &edits).hold_back(&mut transcript);
    for (_, _, answer) in transcript.answers() {
        for stretch in &answer.stretches {
            assert!(text.contains(transcript.words(*stretch)), "what is left is what the source says");
        }
    }
    let all = format!("{}\n{}\n{}", transcript.title, transcript.text(), transcript.restored.received());
    (transcript, all)
}

fn answers(transcript: &Transcript) -> Vec<String> {
    transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer)).collect()
}

#[test]
fn withdrawn_words_are_held_back_wherever_they_stand() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    for (what, text) in [
        ("the same", TALK.to_owned()),
        ("another speaker", TALK.replace("Mary Quux", "Somebody")),
        ("the name in another case", TALK.replace("Mary Quux", "MARY QUUX")),
        ("full width", TALK.replace("SECRETA the pineapple machine", "ＳＥＣＲＥＴＡ\u{3000}ｔｈｅ ｐｉｎｅａｐｐｌｅ ｍａｃｈｉｎｅ")),
        ("upper case", TALK.replace("SECRETB pineapple leaked", "SECRETB PINEAPPLE LEAKED")),
        ("other lines", TALK.replace(" was terrible", "\nwas terrible")),
        ("numbered", "Q1. What now?\nA1 SECRETA the pineapple machine was terrible, was it not?\nA2 SECRETB pineapple leaked.\nA3 Fine with me.\n".to_owned()),
        ("asked", "Q1. SECRETA the pineapple machine was terrible, was it not?\nA1 Fine with me, thank you.\nQ2. SECRETB pineapple leaked.\nA1 So it did.\n".to_owned()),
        ("a heading", "# SECRETA the pineapple machine was terrible\n\nAnn: What do you say?\nBo: SECRETB pineapple leaked. It was wet everywhere on the stairs of our house.\n".to_owned()),
        ("quoted", "Ann: What did she say?\nBo: As Mary put it, “SECRETA the pineapple machine was terrible”, and then she left. I stayed until the evening with the others. She said SECRETB pineapple leaked.\nAnn: And then?\nBo: Nothing.\n".to_owned()),
    ] {
        let (_, all) = left(&text, &withdrawals);
        let folded = crate::text::script::View::folded(&all).into_text();
        assert!(!folded.contains("secret"), "{what}: {all}");
    }
}

#[test]
fn what_others_said_stays() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    let (transcript, _) = left(TALK, &withdrawals);
    let stays = ["BOBWORDS pineapple was fine with me, and the stairs were dry.", "It did pineapple.", "Yes, I did."];
    assert_eq!(answers(&transcript), stays);
    assert_eq!(transcript.words(transcript.questions[0].span), "What of the pineapple machine here?");
    // Elsewhere nobody's short words are held back because she said them too.
    let other =
        "Ann: Did you tell anybody at the shipyard?\nBo: No.\nAnn: Was the machine terrible?\nBo: Yes, terrible.\n";
    let (transcript, _) = left(other, &withdrawals);
    assert_eq!(answers(&transcript), ["No.", "Yes, terrible."]);
}

#[test]
fn a_short_answer_is_known_by_what_is_around_it_in_another_version_only() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    let relabelled = TALK.replace("Mary Quux", "Zoe");
    let (transcript, _) = left(&relabelled, &withdrawals);
    assert!(!answers(&transcript).contains(&"No.".to_owned()), "{:?}", answers(&transcript));
    assert!(answers(&transcript).contains(&"Yes, I did.".to_owned()));
}

#[test]
fn words_are_known_in_either_script_and_around_edits() {
    let text = "記者：你怎麼看這台機器？\n張三：這台鳳梨機器從春天開始就一直漏水，樓梯全濕了。\n李四：我覺得還可以。\n記者：後來呢？\n張三：後來老闆把它賣掉了。\n李四：對。\n";
    let withdrawals = withdrawn(text, "張三");
    for text in [
        "记者：你怎么看？\n王五：这台凤梨机器从春天开始就一直漏水，楼梯全湿了。\n赵六：对，后来老板把它卖掉了。我们都很高兴，就一起去吃饭了，一直到晚上。\n".to_owned(),
        text.replace("樓梯全濕了", "樓梯也都濕了"),
        text.replace("張三", "张 三"),
    ] {
        let (_, all) = left(&text, &withdrawals);
        for words in ["春天", "賣掉", "卖掉"] {
            assert!(!all.contains(words), "{all}");
        }
    }
    let (transcript, _) = left("记者：机器怎么样？\n赵六：对。\n记者：漏水吗？\n赵六：我觉得还可以。\n", &withdrawals);
    assert_eq!(answers(&transcript), ["对。", "我觉得还可以。"]);
}

#[test]
fn what_is_left_of_an_answer_are_whole_sentences_or_nothing() {
    let withdrawals = withdrawn(TALK, "Mary Quux");
    let told = "Ann: What did she say?\nBo: I was at the harbour the whole day, with all of my sisters. She told us that \
SECRETA the pineapple machine was terrible. Mostly we went on painting the two boats that were left, until it was dark.\n";
    let (transcript, _) = left(told, &withdrawals);
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    let left: Vec<&str> = answer.stretches.iter().map(|stretch| transcript.words(*stretch)).collect();
    assert_eq!(
        left,
        [
            "I was at the harbour the whole day, with all of my sisters.",
            "Mostly we went on painting the two boats that were left, until it was dark."
        ]
    );
}
