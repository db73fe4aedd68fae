//! Some 140 small transcripts as programs and people set them down (`tried.txt`): every turn has
//! its speaker, nothing else is a turn, and who asks is told. In the file each begins with
//! `=== name | who asks; who else`, and after `--- says` stands a turn a line, its white space
//! folded, `?` where nobody is named.

use crate::transcript::*;

pub(super) const TRIED: &str = include_str!("tried.txt");
/// Press conferences, hearings, calls, fields, dividers, holes: what only a look at all lines tells.
pub(super) const DIALOGUE: &str = include_str!("dialogue.txt");

/// Fields, lists, summaries, credits and heads of pages around an interview.
const AROUND: &str = include_str!("around.txt");
/// Labels and layouts of files that strangers brought.
const KINDS: &str = include_str!("kinds.txt");

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every turn as the file writes it.
fn turns(transcript: &Transcript) -> Vec<String> {
    let mut all = Vec::new();
    let mut turn = |who: &Option<String>, words: &str| {
        all.push(format!("{} | {}", who.as_deref().unwrap_or("?"), folded(words)));
    };
    for question in &transcript.questions {
        if question.label.starts_with('Q') {
            turn(&question.speaker, transcript.words(question.span));
        }
        for answer in &question.answers {
            turn(&answer.interviewee, &transcript.answer_text(answer));
        }
    }
    all
}

#[test]
fn every_tried_shape_is_read_turn_by_turn() {
    let mut wrong = Vec::new();
    let (mut shapes, mut right, mut all) = (0, 0, 0);
    let tried = [TRIED, DIALOGUE, AROUND, KINDS].into_iter().flat_map(|file| file.split("\n=== "));
    for tried in tried.map(|tried| tried.trim_start_matches("=== ")) {
        let (head, rest) = tried.split_once('\n').expect("a line of its name");
        let (name, asks) = head.split_once(" | ").expect("who asks");
        let (source, says) = rest.split_once("\n--- says\n").expect("what it says");
        let says: Vec<&str> = says.lines().filter(|line| !line.is_empty()).collect();
        shapes += 1;
        all += says.len();
        let transcript = match read("test", source.as_bytes()) {
            Ok((transcript, _)) => transcript,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let lost: Vec<&str> = transcript
            .tally
            .apart
            .iter()
            .filter(|apart| apart.why == NonSpeechReason::Lost)
            .map(|apart| transcript.words(apart.span))
            .collect();
        if !lost.is_empty() || transcript.tally.twice > 0 {
            wrong.push(format!("{name}: lost {lost:?}, twice {}", transcript.tally.twice));
        }
        let turns = turns(&transcript);
        right += says.iter().filter(|line| turns.iter().any(|turn| turn == *line)).count();
        let asking: Vec<&str> =
            transcript.speakers.iter().filter(|one| one.asks).map(|one| one.name.as_str()).collect();
        if turns != says || asking.join("; ") != asks {
            wrong.push(format!("{name}: asking {asking:?}\n  read {turns:#?}\n  not {says:#?}"));
        }
    }
    println!("{shapes} shapes, {right} of {all} turns by the right speaker");
    assert!(wrong.is_empty() && shapes > 170, "{shapes} shapes, {right} of {all}\n{}", wrong.join("\n"));
}

#[test]
fn a_few_stray_bytes_are_kept_and_reported_with_their_line() {
    let text = "问：你好吗？\n答：很好，谢谢你的关心。\n问：为什么？\n答：因为今天天气好";
    let read = |bytes: &[u8]| read("test", bytes).expect("it is an interview");
    // Cut in the middle of the last character.
    let (transcript, problems) = read(&text.as_bytes()[..text.len() - 1]);
    assert!(transcript.text().ends_with("因为今天天气\u{fffd}"), "{}", transcript.text());
    assert_eq!((problems.len(), problems[0].line), (1, 4), "{problems:?}");
    assert!(problems[0].problem.contains("in the middle of a character"), "{problems:?}");
    // A stray byte between characters.
    let at = text.find("谢谢").expect("there");
    let stray = [&text.as_bytes()[..at], b"\xff", &text.as_bytes()[at..]].concat();
    let (transcript, problems) = read(&stray);
    assert!(transcript.text().contains("很好，\u{fffd}谢谢"), "{}", transcript.text());
    assert_eq!((problems.len(), problems[0].line), (1, 2), "{problems:?}");
    // One among letters, and a file in GBK that was cut.
    let (_, problems) = read(b"Ann: How are you?\nBo: Fine, it\xffs a good day.\nAnn: Why?\nBo: No noise.\n");
    assert_eq!((problems.len(), problems[0].line), (1, 2), "{problems:?}");
    let text = "主持人：你好吗？今天我们聊聊工作上的事情。\n张三：很好，谢谢你的关心。\n主持人：为什么这么说？\n张三：因为今天天气好";
    let gbk = encoding_rs::GBK.encode(text).0;
    let (transcript, problems) = read(&gbk[..gbk.len() - 1]);
    assert!(transcript.text().contains("谢谢你的关心") && problems[0].line == 4, "{problems:?}");
}

#[test]
fn a_table_without_a_row_of_names_is_read_and_its_columns_can_be_given() {
    let text = "1,Nora Quist,00:00:01,\"So, what brought you here?\"\n2,Abel Okoro,00:00:05,\"My aunt. She said: come.\"\n3,Nora Quist,00:00:19,\"And was there any work?\"\n4,Abel Okoro,00:00:22,\"There was, for a year.\"\n";
    let (transcript, problems) = read("test", text.as_bytes()).expect("a table");
    assert_eq!(transcript.format, Format::Csv);
    assert_eq!(turns(&transcript)[0], "Nora Quist | So, what brought you here?");
    let layout = transcript.columns.expect("its columns");
    assert_eq!(
        (layout.speaker.as_deref(), layout.text.as_deref(), layout.time.as_deref()),
        (Some("2"), Some("4"), Some("3"))
    );
    assert!(problems.iter().any(|problem| problem.problem.contains("no row of names")), "{problems:?}");
    let told = Columns { text: Some("2".into()), speaker: Some("1".into()), time: None };
    let (transcript, _) = read_with("test", text.as_bytes(), &ReadOptions { columns: told, ..ReadOptions::default() })
        .expect("as it was told");
    assert_eq!(transcript.columns.and_then(|layout| layout.text).as_deref(), Some("2"));
}
