//! One conversation, set down in each way that people do, comes back whole: no word is lost.

use std::fmt::Write;

use proptest::prelude::*;

use crate::transcript::*;

/// A speaker and what is said.
type Said = (&'static str, String);

/// One conversation in a format, by its name.
fn set_down(format: &str, said: &[Said]) -> String {
    let mut text = String::new();
    let clock = |at: usize| format!("00:{:02}:{:02}", at / 60, at % 60);
    let head = match format {
        "vtt" => "WEBVTT\n\n",
        "csv" => "speaker,text\n",
        "json" => "[",
        "html" => "<html><body>\n",
        _ => "",
    };
    text.push_str(head);
    for (at, (who, words)) in said.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = match format {
            "colon" => writeln!(text, "{who}: {words}"),
            "colon, line below" => write!(text, "{who}：\n{words}\n\n"),
            "old mac" => write!(text, "{who}: {words}\r"),
            "line separator" => write!(text, "{who}: {words}\u{2028}"),
            "one paragraph" => write!(text, "{who}：{words}"),
            "bold" => write!(text, "**{who}:** {words}\n\n"),
            "heading" => write!(text, "### {who}：\n{words}\n\n"),
            "bracket" => writeln!(text, "[{who}] {words}"),
            "timed" => write!(text, "{who} {}\n{words}\n\n", clock(at)),
            "time first" => writeln!(text, "[{}] {who}: {words}", clock(at)),
            "titled" => write!(text, "{who} -- {who} and Sons\n\n{words}\n\n"),
            "divided" => write!(text, "{who}: {words}\n==========\n"),
            "srt" => write!(text, "{}\n{},000 --> {},900\n{who}: {words}\n\n", at + 1, clock(at), clock(at)),
            "vtt" => write!(text, "{}.000 --> {}.900\n<v {who}>{words}</v>\n\n", clock(at), clock(at)),
            "csv" => writeln!(text, "{who},\"{words}\""),
            "json" => write!(text, "{}{{\"speaker\":\"{who}\",\"text\":\"{words}\"}}", if at > 0 { "," } else { "" }),
            "json lines" => writeln!(text, "{{\"speaker\":\"{who}\",\"text\":\"{words}\"}}"),
            "html" => writeln!(text, "<p><b>{who}:</b> {words}</p>"),
            _ => unreachable!("a format without a shape"),
        };
    }
    text.push_str(match format {
        "json" => "]",
        "html" => "</body></html>",
        _ => "",
    });
    text
}

const FORMATS: [&str; 18] = [
    "colon",
    "colon, line below",
    "old mac",
    "line separator",
    "one paragraph",
    "bold",
    "heading",
    "bracket",
    "timed",
    "time first",
    "titled",
    "divided",
    "srt",
    "vtt",
    "csv",
    "json",
    "json lines",
    "html",
];

/// Everything that is in a turn, or set apart.
fn kept(transcript: &Transcript) -> (String, String) {
    let asked = transcript.questions.iter().map(|question| transcript.words(question.span).to_owned());
    let said = transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer));
    let apart = transcript.tally.apart.iter().map(|apart| transcript.words(apart.span).to_owned());
    (asked.chain(said).collect::<Vec<_>>().join("\n"), apart.collect::<Vec<_>>().join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_layout_keeps_every_word(parts in proptest::collection::vec("[a-z]{2,9}( [a-z]{2,9}){1,8}[.?]", 4..14), hole in any::<bool>()) {
        let said: Vec<Said> = parts
            .into_iter()
            .enumerate()
            .map(|(at, words)| {
                let words = if hole && at == 1 { words.replacen(' ', " [inaudible 00:00:07] ", 1) } else { words };
                (if at % 2 == 0 { "Ann Lee" } else { "王建国" }, words)
            })
            .collect();
        for format in FORMATS {
            let text = set_down(format, &said);
            let (transcript, _) = read("test", text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{format}: {error}\n{text}")))?;
            let tally = &transcript.tally;
            prop_assert!(tally.apart.iter().all(|apart| apart.why != NonSpeechReason::Lost) && tally.twice == 0, "{format}: {tally:?}\n{text}");
            let (turns, apart) = kept(&transcript);
            for (who, words) in &said {
                prop_assert!(turns.contains(words.as_str()), "{format}: “{words}” of {who} is in no turn of\n{text}\nset apart: {apart}");
            }
        }
    }
}
