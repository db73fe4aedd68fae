//! Transcripts as programs and people set them down, none of which was looked at
//! when the readers were made: who says what, and who asks.

use std::fmt::Write as _;

use crate::transcript::*;

/// Who says what, and who of them asks.
struct Talk {
    turns: &'static [(&'static str, &'static str)],
    asks: &'static [&'static str],
}

const ENGLISH: Talk = Talk {
    turns: &[
        ("Dana Whitfield", "Thanks for making the time. How did you first come to the harbour?"),
        (
            "Tomasz Zielinski",
            "By accident, really. My cousin had a boat, and one summer he broke his arm, so I went out in his place. I was seasick for a week.",
        ),
        ("Dana Whitfield", "And you stayed?"),
        (
            "Tomasz Zielinski",
            "I stayed. There is a moment when the engine stops and you hear nothing at all. Nobody had told me about that.",
        ),
        ("Dana Whitfield", "What has changed since then?"),
        (
            "Tomasz Zielinski",
            "The price of fuel, mostly. In the old days we went out for three days. Now: one day, sometimes half. The young ones have screens for everything.",
        ),
        ("Dana Whitfield", "Would you do it again?"),
        ("Tomasz Zielinski", "Yes, but I would learn to swim first."),
    ],
    asks: &["Dana Whitfield"],
};

const CHINESE: Talk = Talk {
    turns: &[
        ("何静", "先请您介绍一下自己，您是什么时候开始修钟表的？"),
        ("鲁师傅", "我十六岁跟着父亲学，到今年整四十年了。那时候一条街上有五家钟表店，现在只剩我这一家。"),
        ("何静", "最难修的是哪一种？"),
        ("鲁师傅", "老座钟。零件早就没有了，坏一个齿轮就要自己锉一个，一锉就是一整天，手上全是口子。"),
        ("何静", "有没有想过不做了？"),
        ("鲁师傅", "想过，孩子也劝我。可是有一个老太太，每年把她先生留下的怀表拿来上油，我不做了她找谁去？"),
        ("何静", "您有徒弟吗？"),
        ("鲁师傅", "没有，现在的年轻人坐不住。"),
    ],
    asks: &["何静"],
};

fn with(talk: &Talk, one: impl Fn(usize, &str, &str) -> String) -> String {
    talk.turns.iter().enumerate().map(|(at, (who, words))| one(at, who, words)).collect()
}

fn clock(at: usize) -> String {
    format!("{:02}:{:02}", at * 17 / 60, at * 17 % 60)
}

/// A talk as a program or a person would set it down, with its name.
#[expect(clippy::too_many_lines, reason = "a table")]
fn shapes(talk: &Talk) -> Vec<(&'static str, Vec<u8>)> {
    let mut all: Vec<(&'static str, String)> = vec![
        ("colon", with(talk, |_, who, words| format!("{who}: {words}\n\n"))),
        ("wide colon without blank lines", with(talk, |_, who, words| format!("{who}：{words}\n"))),
        ("bold with colon", with(talk, |_, who, words| format!("**{who}:** {words}\n\n"))),
        ("bold alone", with(talk, |_, who, words| format!("**{who}**\n\n{words}\n\n"))),
        ("heading", with(talk, |_, who, words| format!("### {who}：\n\n{words}\n\n"))),
        ("underscored", with(talk, |_, who, words| format!("__{who}:__ {words}\n\n"))),
        ("time after the name", with(talk, |at, who, words| format!("{who} (00:{})\n{words}\n\n", clock(at)))),
        ("time before the name", with(talk, |at, who, words| format!("[00:{}] {who}: {words}\n", clock(at)))),
        ("in brackets", with(talk, |_, who, words| format!("[{who}]\n{words}\n\n"))),
        ("in Chinese brackets", with(talk, |_, who, words| format!("【{who}】{words}\n"))),
        ("name on its own line", with(talk, |_, who, words| format!("{who}\n{words}\n\n"))),
        ("name on its own line with a colon", with(talk, |_, who, words| format!("{who}:\n{words}\n\n"))),
        ("a quote block", with(talk, |_, who, words| format!("> **{who}:** {words}\n>\n"))),
        ("a list", with(talk, |_, who, words| format!("- **{who}**: {words}\n"))),
        ("tabs", with(talk, |_, who, words| format!("{who}\t{words}\n"))),
        ("capitals", with(talk, |_, who, words| format!("{}: {words}\n\n", who.to_uppercase()))),
        (
            "Otter",
            with(talk, |at, who, words| format!("{who}  {}\n{words}\n\n", clock(at)[1..].to_owned()))
                + "\nTranscribed by https://otter.ai\n",
        ),
        (
            "Teams",
            "Meeting notes-20240312_140210-Meeting Recording\n\nMarch 12, 2024, 2:02PM\n\n42m 8s\n\n".to_owned()
                + &with(talk, |at, who, words| format!("{who}   {}\n{words}\n\n", clock(at)[1..].to_owned())),
        ),
        (
            "Tencent Meeting",
            "会议主题：访谈\n会议时间：2024/03/12 14:00-15:00\n\n".to_owned()
                + &with(talk, |at, who, words| format!("{who}(00:{}): {words}\n\n", clock(at))),
        ),
        ("iFlytek", with(talk, |at, who, words| format!("{who} 00:{}\n{words}\n\n", clock(at)))),
        ("Rev", with(talk, |at, who, words| format!("{who} ({}):\n{words}\n\n", clock(at)))),
        (
            "Zoom VTT",
            "WEBVTT\n\n".to_owned()
                + &with(talk, |at, who, words| {
                    format!("{}\n00:{}.000 --> 00:{}.000\n{who}: {words}\n\n", at + 1, clock(at), clock(at + 1))
                }),
        ),
        (
            "Teams VTT",
            "WEBVTT\n\n".to_owned()
                + &with(talk, |at, who, words| {
                    format!(
                        "0f2{at}/11-{at}\n00:{}.000 --> 00:{}.000\n<v {who}>{words}</v>\n\n",
                        clock(at),
                        clock(at + 1)
                    )
                }),
        ),
        (
            "VTT voices with classes",
            "WEBVTT - x\n\nSTYLE\n::cue(v) { color: red }\n\n".to_owned()
                + &with(talk, |at, who, words| {
                    format!(
                        "00:{}.000 --> 00:{}.000 line:0\n<v.first.loud {who}><c.yellow>{words}</c>\n\n",
                        clock(at),
                        clock(at + 1)
                    )
                }),
        ),
        (
            "SRT",
            with(talk, |at, who, words| {
                format!("{}\n00:{},000 --> 00:{},000\n{who}: {words}\n\n", at + 1, clock(at), clock(at + 1))
            }),
        ),
        (
            "SRT with chevrons",
            with(talk, |at, who, words| {
                format!("{}\n00:{},000 --> 00:{},000\n>> {who}: {words}\n\n", at + 1, clock(at), clock(at + 1))
            }),
        ),
        (
            "SRT with brackets",
            with(talk, |at, who, words| {
                format!("{}\n00:{},000 --> 00:{},000\n[{who}] {words}\n\n", at + 1, clock(at), clock(at + 1))
            }),
        ),
        (
            "HTML paragraphs",
            format!(
                "<!DOCTYPE html><html><body><h1>Talk</h1>{}</body></html>",
                with(talk, |_, who, words| format!("<p><strong>{who}</strong>: {words}</p>\n"))
            ),
        ),
        (
            "HTML list of terms",
            format!(
                "<html><body><dl>{}</dl></body></html>",
                with(talk, |_, who, words| format!("<dt>{who}</dt><dd>{words}</dd>"))
            ),
        ),
        (
            "HTML table",
            format!(
                "<html><body><table><tr><th>Who</th><th>What</th></tr>{}</table></body></html>",
                with(talk, |_, who, words| format!("<tr><td>{who}</td><td>{words}</td></tr>"))
            ),
        ),
        (
            "CSV with odd headers",
            "Nr.;Sprecher;Start Time (hh:mm:ss);Transcript Text\n".to_owned()
                + &with(talk, |at, who, words| format!("{at};{who};00:{};\"{words}\"\n", clock(at))),
        ),
        (
            "CSV of an export",
            "id,Speaker Name,Start,End,Utterance\n".to_owned()
                + &with(talk, |at, who, words| format!("{at},{who},{at}.5,{}.5,\"{words}\"\n", at + 1)),
        ),
        (
            "TSV of a table",
            "说话人姓名\t时间\t说话内容\n".to_owned()
                + &with(talk, |at, who, words| format!("{who}\t00:{}\t{words}\n", clock(at))),
        ),
    ];
    let json = |keys: [&str; 3], wrap: fn(Vec<serde_json::Value>) -> serde_json::Value| {
        let rows = talk.turns.iter().enumerate().map(|(at, (who, words))| {
            serde_json::json!({ keys[0]: who, keys[1]: words, keys[2]: at * 1700, "confidence": 0.9 })
        });
        wrap(rows.collect()).to_string()
    };
    all.push((
        "WhisperX",
        json(["speaker", "text", "start"], |rows| serde_json::json!({"segments": rows, "language": "en"})),
    ));
    all.push(("AssemblyAI", json(["speaker", "text", "start"], |rows| {
        serde_json::json!({"id": "x", "text": "all of it", "words": [{"text": "a", "start": 1, "speaker": null}], "utterances": rows})
    })));
    all.push(("Deepgram", json(["speaker", "transcript", "start"], |rows| {
        serde_json::json!({"metadata": {"request_id": "x"}, "results": {"channels": [{"alternatives": [{"transcript": "all", "words": [{"word": "a", "start": 0.1}]}]}], "utterances": rows}})
    })));
    let mut out: Vec<(&'static str, Vec<u8>)> =
        all.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
    let plain = &all[0].1;
    out.push(("UTF-16", [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect()));
    out.push(("GBK", encoding_rs::GBK.encode(plain).0.into_owned()));
    let body = talk.turns.iter().fold(String::new(), |mut body, (who, words)| {
        let cell = |words: &str, bold: &str| format!("<w:tc><w:p><w:r>{bold}<w:t>{words}</w:t></w:r></w:p></w:tc>");
        let _ = write!(body, "<w:tr>{}{}</w:tr>", cell(who, "<w:rPr><w:b/></w:rPr>"), cell(words, ""));
        body
    });
    out.push(("DOCX table", super::shapes::docx(&format!("<w:tbl>{body}</w:tbl>"))));
    let body = with(talk, |at, who, words| {
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{who}</w:t></w:r><w:r><w:t xml:space=\"preserve\">  {}</w:t></w:r><w:r><w:br/><w:t>{words}</w:t></w:r></w:p>",
            clock(at)[1..].to_owned()
        )
    });
    out.push(("DOCX of Teams", super::shapes::docx(&body)));
    out
}

/// Of a reading: each turn's speaker and words, in order.
fn read_turns(transcript: &Transcript) -> Vec<(usize, String, String)> {
    let mut all: Vec<(usize, String, String)> = Vec::new();
    for question in &transcript.questions {
        let who = question.speaker.clone().unwrap_or_default();
        all.push((question.span.start(), who, transcript.words(question.span).to_owned()));
        for answer in &question.answers {
            let who = answer.interviewee.clone().unwrap_or_default();
            all.push((answer.span.start(), who, transcript.answer_text(answer)));
        }
    }
    all.sort();
    all
}

#[test]
fn every_shape_gives_every_turn_its_speaker_and_tells_who_asks() {
    let mut wrong = Vec::new();
    let (mut right, mut all) = (0, 0);
    for talk in [ENGLISH, CHINESE] {
        for (shape, bytes) in shapes(&talk) {
            let (transcript, _) = match read("test", &bytes) {
                Ok(read) => read,
                Err(error) => {
                    all += talk.turns.len();
                    wrong.push(format!("{shape}: {error}"));
                    continue;
                }
            };
            let turns = read_turns(&transcript);
            let said = |who: &str, words: &str| {
                turns.iter().any(|(_, name, said)| name.to_lowercase() == who.to_lowercase() && said == words)
            };
            let here = talk.turns.iter().filter(|(who, words)| said(who, words)).count();
            right += here;
            all += talk.turns.len();
            let asking: Vec<String> =
                transcript.speakers.iter().filter(|one| one.asks).map(|one| one.name.to_lowercase()).collect();
            let asks: Vec<String> = talk.asks.iter().map(|name| name.to_lowercase()).collect();
            if here < talk.turns.len() || asking != asks {
                wrong.push(format!(
                    "{shape}: {here} of {}, asking {asking:?}; first {:?}",
                    talk.turns.len(),
                    turns.first()
                ));
            }
        }
    }
    println!("{right} of {all} turns by the right speaker");
    assert!(wrong.is_empty(), "{right} of {all}\n{}", wrong.join("\n"));
}
