//! Every reader of a container: whatever is said, each word stands in a turn of its speaker, once
//! and in its order, and nothing else does.

use proptest::prelude::*;

use crate::transcript::*;

/// `(speaker, words)`; the speakers take turns.
type Talk = Vec<(&'static str, String)>;

fn talk() -> impl Strategy<Value = Talk> {
    // `#` begins no heading, `"` and `,` part no cells, `<` opens no tag that there is none of.
    let sentence = "(# |)[a-z]{2,8}(,? [a-z]{1,8}|, \"[a-z]{2,6}\"| & [a-z]{2,5}| 3 < 4){1,6}[.?]";
    proptest::collection::vec(sentence, 4..12).prop_map(|said| {
        let names = ["Interviewer", "Jo Doe"];
        said.into_iter().enumerate().map(|(at, words)| (names[at % 2], words)).collect()
    })
}

fn clock_at(seconds: usize, point: char) -> String {
    format!("{:02}:{:02}:{:02}{point}000", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

fn srt(talk: &Talk) -> String {
    let cue = |(at, (who, words)): (usize, &(&str, String))| {
        format!("{}\n{} --> {}\n{who}: {words}\n\n", at + 1, clock_at(at * 4, ','), clock_at(at * 4 + 3, ','))
    };
    talk.iter().enumerate().map(cue).collect::<Vec<_>>().concat()
}

fn vtt(talk: &Talk) -> String {
    let cue = |(at, (who, words)): (usize, &(&str, String))| {
        format!("{} --> {}\n<v {who}>{}</v>\n\n", clock_at(at * 4, '.'), clock_at(at * 4 + 3, '.'), escaped(words))
    };
    format!("WEBVTT\n\n{}", talk.iter().enumerate().map(cue).collect::<Vec<_>>().concat())
}

fn ass(talk: &Talk) -> String {
    let cue = |(at, (who, words)): (usize, &(&str, String))| {
        format!("Dialogue: 0,0:00:{:02}.00,0:00:{:02}.90,Default,{who},0,0,0,,{{\\i1}}{words}\n", at * 4, at * 4 + 3)
    };
    format!("[Script Info]\nTitle: t\n\n[Events]\n{}", talk.iter().enumerate().map(cue).collect::<Vec<_>>().concat())
}

fn ttml(talk: &Talk) -> String {
    let cue = |(at, (who, words)): (usize, &(&str, String))| {
        format!(
            "<p begin=\"{}s\" end=\"{}s\">{who}: {}</p>",
            at * 4,
            at * 4 + 3,
            escaped(words).replacen(' ', "<br/>", 1)
        )
    };
    let cues = talk.iter().enumerate().map(cue).collect::<Vec<_>>().concat();
    format!("<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>{cues}</div></body></tt>")
}

fn elan(talk: &Talk) -> String {
    let mut text = String::from("<ANNOTATION_DOCUMENT><TIME_ORDER>");
    for at in 0..talk.len() {
        let (from, to) = (at * 4000, at * 4000 + 3000);
        text.extend([format!(
            "<TIME_SLOT TIME_SLOT_ID=\"a{at}\" TIME_VALUE=\"{from}\"/><TIME_SLOT TIME_SLOT_ID=\"b{at}\" TIME_VALUE=\"{to}\"/>"
        )]);
    }
    text += "</TIME_ORDER>";
    for tier in ["Jo Doe", "Interviewer"] {
        text.extend([format!("<TIER TIER_ID=\"{tier}\">")]);
        for (at, (_, words)) in talk.iter().enumerate().filter(|(_, (who, _))| *who == tier) {
            text.extend([format!(
                "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"n{at}\" TIME_SLOT_REF1=\"a{at}\" TIME_SLOT_REF2=\"b{at}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>",
                escaped(words)
            )]);
        }
        text += "</TIER>";
    }
    text + "</ANNOTATION_DOCUMENT>"
}

fn tei(talk: &Talk) -> String {
    let turn = |(who, words): &(&str, String)| format!("<u who=\"{who}\"><seg>{}</seg></u>", escaped(words));
    let turns = talk.iter().map(turn).collect::<Vec<_>>().concat();
    let turns = turns.replace("who=\"Jo Doe\"", "who=\"#J\"");
    format!(
        "<TEI><teiHeader><person xml:id=\"J\"><persName>Jo Doe</persName></person></teiHeader><text><body>{turns}</body></text></TEI>"
    )
}

fn textgrid(talk: &Talk) -> String {
    let mut text = String::from("\"ooTextFile\"\n\"TextGrid\"\n0\n100\n<exists>\n2\n");
    for tier in ["Interviewer", "Jo Doe"] {
        let own = talk.iter().enumerate().filter(|(_, (who, _))| *who == tier);
        text.extend([format!("\"IntervalTier\"\n\"{tier}\"\n0\n100\n{}\n", own.clone().count())]);
        for (at, (_, words)) in own {
            text.extend([format!("{}\n{}\n\"{}\"\n", at * 4, at * 4 + 3, words.replace('"', "\"\""))]);
        }
    }
    text
}

fn rows(talk: &Talk) -> String {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["start", "speaker", "text"]).expect("memory");
    for (at, (who, words)) in talk.iter().enumerate() {
        rows.write_record([&(at * 4000).to_string(), *who, words.as_str()]).expect("memory");
    }
    String::from_utf8(rows.into_inner().expect("memory")).expect("UTF-8")
}

fn segments(talk: &Talk) -> String {
    let rows: Vec<serde_json::Value> = talk
        .iter()
        .enumerate()
        .map(|(at, (who, words))| serde_json::json!({"speaker": who, "text": words, "begin_time": at * 4000, "end_time": at * 4000 + 3000}))
        .collect();
    let whole: Vec<&str> = talk.iter().map(|(_, words)| words.as_str()).collect();
    serde_json::json!({"transcripts": [{"text": whole.join(" "), "sentences": rows}]}).to_string()
}

fn by_word(talk: &Talk) -> String {
    let mut words = Vec::new();
    for (at, (who, said)) in talk.iter().enumerate() {
        for (n, word) in said.split(' ').enumerate() {
            let start = at * 4000 + n * 100;
            words.push(serde_json::json!({"word": word, "speaker": who, "start": start, "end": start + 90}));
        }
    }
    serde_json::json!({"text": "", "words": words}).to_string()
}

fn telegram(talk: &Talk) -> String {
    let rows: Vec<serde_json::Value> = talk
        .iter()
        .enumerate()
        .map(|(at, (who, words))| {
            let (first, rest) = words.split_at(words.find(' ').unwrap_or(0));
            let text = serde_json::json!([first, {"type": "bold", "text": rest}]);
            serde_json::json!({"id": at, "type": "message", "from": who, "date": format!("2024-03-05T14:{at:02}:00"), "text": text})
        })
        .collect();
    serde_json::json!({"name": "Talk", "type": "personal_chat", "messages": rows}).to_string()
}

fn whatsapp(talk: &Talk) -> String {
    talk.iter()
        .enumerate()
        .map(|(at, (who, words))| format!("[05/03/2024, 14:{at:02}:00] {who}: {words}\n"))
        .collect::<Vec<_>>()
        .concat()
}

fn line(talk: &Talk) -> String {
    let messages = talk
        .iter()
        .enumerate()
        .map(|(at, (who, words))| format!("14:{at:02}\t{who}\t{words}\n"))
        .collect::<Vec<_>>()
        .concat();
    format!("[LINE] Chat history with Jo\nSaved on: 2024/03/05 20:20\n\n2024/03/05（二）\n{messages}")
}

fn page(talk: &Talk) -> String {
    let turns =
        talk.iter().map(|(who, words)| format!("<p><b>{who}:</b> {}</p>", escaped(words))).collect::<Vec<_>>().concat();
    format!("<html><body>{turns}</body></html>")
}

/// A `#` alone on a line is drawn, not said.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(str::to_owned).collect()
}

#[track_caller]
fn keeps_all(name: &str, source: &str, talk: &Talk) {
    let (transcript, _) = read("test", source.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}\n{source}"));
    let mut said: Vec<(usize, Option<String>, String)> = Vec::new();
    for question in &transcript.questions {
        if question.label.starts_with('Q') {
            said.push((question.span.start(), question.speaker.clone(), transcript.words(question.span).to_owned()));
        }
        for answer in &question.answers {
            said.push((answer.span.start(), answer.interviewee.clone(), transcript.answer_text(answer)));
        }
    }
    said.sort_by_key(|(at, _, _)| *at);
    let read: Vec<(String, String)> = said
        .into_iter()
        .flat_map(|(_, who, text)| words(&text).into_iter().map(move |word| (who.clone().unwrap_or_default(), word)))
        .collect();
    let expected: Vec<(String, String)> =
        talk.iter().flat_map(|(who, text)| words(text).into_iter().map(|word| ((*who).to_owned(), word))).collect();
    assert_eq!(read, expected, "{name}\n{source}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_reader_loses_or_makes_a_word(talk in talk()) {
        type Write = fn(&Talk) -> String;
        let readers: [(&str, Write); 15] = [
            ("SRT", srt), ("WebVTT", vtt), ("ASS", ass), ("TTML", ttml), ("ELAN", elan), ("TEI", tei), ("TextGrid", textgrid),
            ("CSV", rows), ("segments", segments), ("words", by_word), ("Telegram", telegram), ("WhatsApp", whatsapp),
            ("LINE", line), ("HTML", page), ("JSON lines", |talk| {
                talk.iter().map(|(who, words)| serde_json::json!({"speaker": who, "text": words}).to_string() + "\n").collect::<Vec<_>>().concat()
            }),
        ];
        for (name, write) in readers {
            keeps_all(name, &write(&talk), &talk);
        }
    }
}
