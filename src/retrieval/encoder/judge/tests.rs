use super::*;

const ASKED: &str = "这次调薪是怎么定的？";
const RUNNING: &str = "我每天早上六点去江边跑步，跑完再去上班，整个人都清醒了。";
const WAGES: &str = "今年平均涨了百分之四，绩效好的能到百分之八，九月份开始发。";

fn told(words: &str) -> JudgePassage<'_> {
    JudgePassage { asked: "", words }
}

fn scores_of(memory: &Memory, question: &str, words: &[&str]) -> Vec<f32> {
    let told: Vec<JudgePassage<'_>> = words.iter().map(|words| told(words)).collect();
    Judge::built_in().expect("it loads").score(memory, question, &told).expect("it judges")
}

#[test]
fn what_was_read_before_is_judged_as_it_was_the_first_time() {
    let memory = Memory::default();
    let first = scores_of(&memory, ASKED, &[RUNNING, WAGES]);
    let read_for_another = Memory::default();
    scores_of(&read_for_another, "谁跑步？", &[RUNNING, WAGES]);
    assert_eq!(first, scores_of(&read_for_another, ASKED, &[RUNNING, WAGES]));
    assert_eq!(first, scores_of(&memory, ASKED, &[RUNNING, WAGES]));
}

#[test]
fn each_passage_is_judged_by_itself() {
    let memory = Memory::default();
    let together = scores_of(&memory, ASKED, &[RUNNING, WAGES, RUNNING]);
    assert_eq!(together[0].to_bits(), together[2].to_bits());
    let by_itself = scores_of(&Memory::default(), ASKED, &[WAGES])[0];
    assert_eq!(together[1].to_bits(), by_itself.to_bits());
}

#[test]
fn every_script_is_judged_alike() {
    let memory = Memory::default();
    let [simplified, traditional] =
        ["這次調薪是怎麼定的？", ASKED].map(|asked| scores_of(&memory, asked, &[WAGES])[0].to_bits());
    assert_eq!(simplified, traditional);
}

#[test]
fn nothing_that_is_asked_or_told_stops_it() {
    let long = "很长的一段话。".repeat(400);
    for question in ["", "?", "😀", long.as_str()] {
        for words in ["", "\n", "😀", long.as_str()] {
            assert!(scores_of(&Memory::default(), question, &[words])[0].is_finite());
        }
    }
}

#[test]
fn what_was_asked_before_is_read_with_the_passage() {
    let judge = Judge::built_in().expect("it loads");
    let told = [told("对，差不多。"), JudgePassage { asked: ASKED, words: "对，差不多。" }];
    let scores = judge.score(&Memory::default(), ASKED, &told).expect("it judges");
    assert!((scores[0] - scores[1]).abs() > f32::EPSILON);
}

/// `cargo test --release --lib judge::tests::quickness -- --ignored --nocapture`
#[test]
#[ignore = "prints timings"]
fn quickness() {
    let judge = Judge::built_in().expect("it loads");
    let parts: Vec<String> = (0..8).map(|at| format!("{at}{}", [RUNNING, WAGES, RUNNING].concat())).collect();
    let told: Vec<JudgePassage<'_>> = parts.iter().map(|words| told(words)).collect();
    let memory = Memory::default();
    for (name, asked) in [("with loading", ASKED), ("read before", "谁跑步？"), ("another", ASKED), ("another", ASKED)]
    {
        let began = std::time::Instant::now();
        let memory = if name == "another" { &Memory::default() } else { &memory };
        judge.score(memory, asked, &told).expect("it judges");
        println!("{name}: {:.0?} for {} passages", began.elapsed(), told.len());
    }
}

#[test]
fn the_parts_of_a_passage_are_told_apart_without_reading_it_again() {
    let judge = Judge::built_in().expect("it loads");
    let memory = Memory::default();
    let words = format!("{RUNNING}{WAGES}");
    let parts = [0..RUNNING.len(), RUNNING.len()..words.len(), 0..0];
    for asked in ["", ASKED] {
        let told = JudgePassage { asked, words: &words };
        assert_eq!(judge.score_parts(&memory, ASKED, told, &parts).expect("it judges"), None, "not read yet");
        judge.score(&memory, ASKED, &[told]).expect("it judges");
        let scores = judge.score_parts(&memory, ASKED, told, &parts).expect("it judges").expect("it was read");
        assert!(scores[0].is_finite() && scores[1].is_finite() && (scores[0] - scores[1]).abs() > f32::EPSILON);
        assert!(scores[2] <= f32::MIN);
    }
}

#[test]
fn a_passage_that_was_read_ahead_is_judged_the_same() {
    let memory = Memory::default();
    let judge = Judge::built_in().expect("it loads");
    judge.read_ahead(&memory, told(WAGES)).expect("it reads");
    assert_eq!(scores_of(&memory, ASKED, &[WAGES]), scores_of(&Memory::default(), ASKED, &[WAGES]));
}
