//! The shapes and formats that people have transcripts in: each gives every
//! turn its speaker, and tells who asks.

use std::io::Write as _;

use crate::error::RefusedFile;
use crate::transcript::*;

/// Each turn as `(who, words)`, questions first, in the order of the source.
fn turns(transcript: &Transcript) -> Vec<(String, String)> {
    let mut all: Vec<(usize, String, String)> = Vec::new();
    for question in &transcript.questions {
        if question.label.starts_with('Q') {
            let who = question.speaker.clone().unwrap_or_else(|| "?".into());
            all.push((question.span.start(), who, transcript.words(question.span).to_owned()));
        }
        for answer in &question.answers {
            let who = answer.interviewee.clone().unwrap_or_else(|| "?".into());
            all.push((answer.span.start(), who, transcript.answer_text(answer)));
        }
    }
    all.sort();
    all.into_iter().map(|(_, who, words)| (who, words)).collect()
}

fn read_bytes(bytes: &[u8]) -> (Transcript, Vec<Problem>) {
    read("test", bytes).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)))
}

#[track_caller]
fn says(text: &str, expected: &[(&str, &str)]) -> Transcript {
    let (transcript, _) = read_bytes(text.as_bytes());
    let expected: Vec<(String, String)> =
        expected.iter().map(|(who, words)| ((*who).into(), (*words).into())).collect();
    assert_eq!(turns(&transcript), expected);
    transcript
}

/// When the words of an answer from an offset on begin.
fn starts(transcript: &Transcript, answer: &Answer, from: usize) -> Option<String> {
    let span = Span::new(transcript.text(), from..answer.span.end())?;
    transcript.timing_of(answer, span).map(|timing| timing.start())
}

#[track_caller]
fn asks(transcript: &Transcript, names: &[&str]) {
    let asking: Vec<&str> = transcript.speakers.iter().filter(|s| s.asks).map(|s| s.name.as_str()).collect();
    assert_eq!(asking, names, "{}", transcript.asking);
}

const TALK: [(&str, &str); 4] = [
    ("Ann Lee", "How did you begin?"),
    ("Bo Chen", "I began with a small shop. It was hard."),
    ("Ann Lee", "And what came next?"),
    ("Bo Chen", "Then we grew."),
];

#[test]
fn named_speakers_are_read_in_any_layout() {
    let shapes: [fn(&str, &str) -> String; 11] = [
        |who, words| format!("{who}: {words}\n\n"),
        |who, words| format!("{who}：{words}\n"),
        |who, words| format!("**{who}:** {words}\n\n"),
        |who, words| format!("**{who}**: {words}\n\n"),
        |who, words| format!("### {who}:\n{words}\n\n"),
        |who, words| format!("### {who}\n\n{words}\n\n"),
        |who, words| format!("[{who}] {words}\n"),
        |who, words| format!("{who} (00:12:03)\n{words}\n\n"),
        |who, words| format!("{who} (00:12:03): {words}\n"),
        |who, words| format!("[00:12:03] {who}: {words}\n"),
        |who, words| format!("00:12:03 {who}\n{words}\n"),
    ];
    for (index, shape) in shapes.iter().enumerate() {
        let text: String = TALK.iter().map(|(who, words)| shape(who, words)).collect();
        let transcript = says(&text, &TALK);
        asks(&transcript, &["Ann Lee"]);
        if index >= 7 {
            let (_, _, answer) = transcript.answers().next().expect("an answer");
            assert_eq!(starts(&transcript, answer, answer.span.start()).as_deref(), Some("00:12:03"), "{text}");
        }
    }
}

#[test]
fn capitals_numbers_roles_and_chinese_names_are_speakers() {
    for (asker, answerer) in [
        ("INTERVIEWER", "DR. SMITH"),
        ("Speaker 1", "Speaker 2"),
        ("说话人1", "说话人2"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("主持人", "受访者A"),
        ("记者", "张三"),
        ("採訪者", "林小姐"),
        ("主持人（李雷）", "韩梅梅"),
        ("I", "P1"),
        ("1", "2"),
    ] {
        let text = format!(
            "{asker}：你们怎么开始的？\n{answerer}：我们从小店开始，很难。\n后来好些了。\n{asker}：后来呢？\n{answerer}：后来就做大了，人也多了。\n"
        );
        let transcript = says(
            &text,
            &[
                (asker, "你们怎么开始的？"),
                (answerer, "我们从小店开始，很难。\n后来好些了。"),
                (asker, "后来呢？"),
                (answerer, "后来就做大了，人也多了。"),
            ],
        );
        asks(&transcript, &[asker]);
    }
}

#[test]
fn words_before_a_colon_are_not_all_speakers() {
    let text = "张三：你怎么看？\n李四：我的看法如下：第一：要快。\n注意：这句不是别人说的。\n他说：“好。”\n例如：去年。\n张三：还有呢？\n李四：时间：三天。网址 https://example.org/a 也有。\n";
    let transcript = says(
        text,
        &[
            ("张三", "你怎么看？"),
            ("李四", "我的看法如下：第一：要快。\n注意：这句不是别人说的。\n他说：“好。”\n例如：去年。"),
            ("张三", "还有呢？"),
            ("李四", "时间：三天。网址 https://example.org/a 也有。"),
        ],
    );
    assert_eq!(transcript.speakers.len(), 2);
}

#[test]
fn labels_with_dashes_and_in_bold_are_read() {
    says(
        "Q - Why?\n\nA - Because.\n\nQ - How?\n\nA - So.\n",
        &[("?", "Why?"), ("?", "Because."), ("?", "How?"), ("?", "So.")],
    );
    says(
        "**Q: Why so?**\n\nA: Because.\n\n**Q: And how?**\n\nA: So.\n",
        &[("?", "Why so?"), ("?", "Because."), ("?", "And how?"), ("?", "So.")],
    );
}

#[test]
fn front_matter_credits_and_footers_are_non_speech() {
    let text = "用户访谈记录\n\n时间：2024年3月1日\n地点：上海\n采访者：李雷\n受访者：韩梅梅\n\n李雷：您平时怎么买菜？\n韩梅梅：我一般去菜市场，有时候用手机买。\n李雷：为什么？\n韩梅梅：因为新鲜。\n\n版权所有，转载请注明出处\n";
    let transcript = says(
        text,
        &[
            ("李雷", "您平时怎么买菜？"),
            ("韩梅梅", "我一般去菜市场，有时候用手机买。"),
            ("李雷", "为什么？"),
            ("韩梅梅", "因为新鲜。"),
        ],
    );
    assert_eq!(transcript.title, "用户访谈记录");
    asks(&transcript, &["李雷"]);
}

#[test]
fn stage_directions_are_set_apart() {
    let text = "Ann: Why?\nBo: I like it. [laughs] It is good.\n\n(applause)\n\nIt really is. (laughter)\nAnn: Really?\n> （播放影片）\nBo: （笑）是的。\n";
    let transcript = says(
        text,
        &[("Ann", "Why?"), ("Bo", "I like it.\nIt is good.\nIt really is."), ("Ann", "Really?"), ("Bo", "是的。")],
    );
    asks(&transcript, &["Ann"]);
}

#[test]
fn the_interviewer_may_be_given() {
    let text = TALK.iter().map(|(who, words)| format!("{who}: {words}\n")).collect::<Vec<_>>().concat();
    let options = ReadOptions { interviewers: vec!["bo chen".into(), "Nobody".into()], ..ReadOptions::default() };
    let (transcript, problems) = read_with("test", text.as_bytes(), &options).expect("readable");
    asks(&transcript, &["Bo Chen"]);
    assert!(problems[0].problem.contains("Nobody here is called Nobody"), "{problems:?}");
}

#[test]
fn several_hosts_ask_one_guest() {
    let mut text = String::new();
    for turn in 0..6 {
        text.extend([format!(
            "Ann: What about part {turn}?\nGuy: Well, part {turn} is a long story that goes on and on, as it did for years.\nJo: Right. And how did it feel?\nGuy: It felt rather good, all things considered, and we kept going for a while.\n"
        )]);
    }
    asks(&read_bytes(text.as_bytes()).0, &["Ann", "Jo"]);
}

#[test]
fn a_text_without_questions_is_read_by_its_headings() {
    let (transcript, _) =
        read_bytes("# 谈话\n\n## 起初\n\n我们从小店开始。\n\n第二年好些。\n\n## 后来\n\n后来做大了。\n".as_bytes());
    assert_eq!(transcript.title, "谈话");
    let labels: Vec<&str> = transcript.questions.iter().map(|q| q.label.as_str()).collect();
    assert_eq!(labels, ["S1", "S2"]);
    assert_eq!(transcript.words(transcript.questions[1].span), "后来");
    assert_eq!(turns(&transcript)[0].1, "我们从小店开始。\n\n第二年好些。");
}

#[test]
fn captions_keep_their_times_and_voices() {
    let vtt = "WEBVTT\n\nNOTE made by hand\n\nintro\n00:00:01.000 --> 00:00:04.000\n<v Ann Lee>How did you begin?</v>\n\n00:00:05.000 --> 00:00:07.000 align:start\n<v Bo Chen>I began with\n\n00:00:07.000 --> 00:01:09.000\n<v Bo Chen>a small <i>shop</i> &amp; a dog.\n\n01:00:00.000 --> 01:00:02.000\n[Music]\n";
    let transcript =
        says(vtt, &[("Ann Lee", "How did you begin?"), ("Bo Chen", "I began with\na small shop & a dog.")]);
    assert_eq!(transcript.format, Format::WebVtt);
    let (_, _, answer) = transcript.answers().next().expect("an answer");
    let second = transcript.text().find("a small").expect("there");
    assert_eq!(starts(&transcript, answer, answer.span.start()).as_deref(), Some("00:00:05"));
    assert_eq!(starts(&transcript, answer, second).as_deref(), Some("00:00:07"));
    let srt = "1\n00:00:01,000 --> 00:00:04,000\nAnn: How did you begin?\n\n2\n00:00:05,000 --> 00:00:07,000\nBo: I began\n\n3\n00:00:07,500 --> 00:00:09,000\nwith a shop.\n\n4\n00:00:10,000 --> 00:00:12,000\nAnn: And then?\n\n5\n00:00:13,000 --> 00:00:15,000\nBo: Then we grew.\n";
    let transcript = says(
        srt,
        &[
            ("Ann", "How did you begin?"),
            ("Bo", "I began\nwith a shop."),
            ("Ann", "And then?"),
            ("Bo", "Then we grew."),
        ],
    );
    assert_eq!(transcript.format, Format::Srt);
}

#[test]
fn captions_without_speakers_are_an_account_with_times() {
    let srt = "1\n00:00:01,000 --> 00:00:04,000\n我们从小店开始\n\n2\n00:01:05,000 --> 00:01:07,000\n后来做大了\n";
    let (transcript, _) = read_bytes(srt.as_bytes());
    assert_eq!(turns(&transcript), [("?".to_owned(), "我们从小店开始\n后来做大了".to_owned())]);
}

const DEBATE: &str = r##"<?xml version="1.0" encoding="utf-8"?><!DOCTYPE akomaNtoso [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<akomaNtoso><debate><meta><references><TLCPerson href="/x" id="lin" showAs="林小姐"/><TLCPerson href="/y" id="tang" showAs="唐鳳"/></references></meta>
<debateBody><debateSection><heading>2020-05-13 來訪</heading>
<speech by="#lin"><p>您好，什麼都可以問嗎？</p></speech>
<speech by="#tang"><p>都可以，<i>真的</i> &amp; 請問。</p><p>第二段。</p></speech>
<narrative><p><i>（播放影片）</i></p></narrative>
<speech by="#lin"><p>為什麼 &b;？</p></speech>
<speech by="#tang"><p>因為有趣。</p></speech>
</debateSection></debateBody></debate></akomaNtoso>"##;

#[test]
fn akoma_ntoso_names_its_speakers_and_expands_no_entity() {
    let transcript = says(
        DEBATE,
        &[
            ("林小姐", "您好，什麼都可以問嗎？"),
            ("唐鳳", "都可以，真的 & 請問。\n第二段。"),
            ("林小姐", "為什麼 &b;？"),
            ("唐鳳", "因為有趣。"),
        ],
    );
    assert_eq!((transcript.format, transcript.title.as_str()), (Format::AkomaNtoso, "2020-05-13 來訪"));
    asks(&transcript, &["林小姐"]);
}

#[test]
fn tables_are_read_by_the_names_of_their_columns() {
    for (text, delimiter) in
        [("speaker,start,text\n", ','), ("说话人,开始时间,内容\n", ','), ("Speaker\tTime\tTranscript\n", '\t')]
    {
        let mut csv = text.to_owned();
        for (who, words) in TALK {
            csv.extend([format!("{who}{delimiter}00:12:03{delimiter}\"{words}\"\n")]);
        }
        let transcript = says(&csv, &TALK);
        assert_eq!(transcript.format, Format::Csv);
        asks(&transcript, &["Ann Lee"]);
    }
    says(
        "question,answer,name\nWhy?,Because.,Bo\nWhy?,No idea.,Cy\n",
        &[("?", "Why?"), ("Bo", "Because."), ("Cy", "No idea.")],
    );
    let options = ReadOptions {
        columns: Columns { text: Some("c".into()), speaker: Some("b".into()), time: None },
        ..ReadOptions::default()
    };
    let (told, problems) = read_with("test", b"a,b,c\n1,Ann,Why?\n2,Bo,Because.\n", &options).expect("a table");
    assert_eq!(turns(&told), [("Ann".to_owned(), "Why?".to_owned()), ("Bo".to_owned(), "Because.".to_owned())]);
    assert!(problems[0].problem.contains("words “c”"), "{problems:?}");
}

#[test]
fn json_is_read_by_the_names_of_its_fields() {
    let rows: Vec<serde_json::Value> =
        TALK.iter().map(|(who, words)| serde_json::json!({"speaker": who, "start": 12.5, "text": words})).collect();
    let shapes = [
        serde_json::json!(rows).to_string(),
        serde_json::json!({"title": "T", "segments": rows}).to_string(),
        rows.iter().map(serde_json::Value::to_string).collect::<Vec<_>>().join("\n"),
    ];
    for shape in shapes {
        let transcript = says(&shape, &TALK);
        assert_eq!(transcript.format, Format::Json);
        let (_, _, answer) = transcript.answers().next().expect("an answer");
        assert_eq!(starts(&transcript, answer, answer.span.start()).as_deref(), Some("00:00:12"));
    }
    let pairs = r#"[{"question": "Why?", "answers": [{"speaker": "Bo", "text": "Because."}, {"speaker": "Cy", "text": "No idea."}]}]"#;
    says(pairs, &[("?", "Why?"), ("Bo", "Because."), ("Cy", "No idea.")]);
}

#[test]
fn a_page_is_read_by_its_paragraphs() {
    let html = "<!DOCTYPE html><html><head><title>An interview</title><style>p{}</style></head><body><nav>Home: away</nav>\
        <h1>An interview</h1><p><b>Ann Lee:</b> How did you begin?</p><p><b>Bo Chen:</b> I began with a small shop. It was&nbsp;hard.</p>\
        <script>var a = 'b: c';</script><p>Ann Lee: And what came next?</p><p>Bo Chen: Then we <i>grew</i>.</p><footer>© us</footer></body></html>";
    let (transcript, _) = read_bytes(html.as_bytes());
    assert_eq!(turns(&transcript), TALK.map(|(who, words)| (who.to_owned(), words.to_owned())));
    assert_eq!((transcript.format, transcript.title.as_str()), (Format::Html, "An interview"));
    let marked = "<html><body><div class=\"speaker\">Ann</div><p>Why?</p><div class=\"speaker\">Bo</div><p>Because.</p><p>So.</p></body></html>";
    says(marked, &[("Ann", "Why?"), ("Bo", "Because.\nSo.")]);
}

/// A Word document of paragraphs.
pub(super) fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("begins");
    write!(archive, "<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>").expect("written");
    archive.finish().expect("finished").into_inner()
}

#[test]
fn a_word_document_is_read_by_its_paragraphs() {
    let mut body = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>An interview</w:t></w:r></w:p>".to_owned();
    for (who, words) in TALK {
        body.extend([format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{who}:</w:t></w:r><w:r><w:t xml:space=\"preserve\"> {words}</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>"
        )]);
    }
    let (transcript, _) = read_bytes(&docx(&body));
    assert_eq!(turns(&transcript), TALK.map(|(who, words)| (who.to_owned(), words.to_owned())));
    assert_eq!((transcript.format, transcript.title.as_str()), (Format::Docx, "An interview"));
    asks(&transcript, &["Ann Lee"]);
}

#[test]
fn a_source_beyond_a_limit_is_refused_with_its_name() {
    let refused = |bytes: &[u8]| read("test", bytes).expect_err("beyond a limit");
    let limits = ReadLimits::default();
    let bomb = docx(&" ".repeat(usize::try_from(limits.unpacked_bytes()).expect("fits") + 1));
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&bomb), ReadError::UnpacksTooLarge { megabytes: limits.unpacked_mib });
    let deep = format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(limits.nesting + 1));
    assert_eq!(refused(deep.as_bytes()), ReadError::TooDeep { levels: limits.nesting });
    let line = format!("Ann: why?\nBo: {}", "a".repeat(limits.line_bytes()));
    assert_eq!(refused(line.as_bytes()), ReadError::LongLine { line: 2, kilobytes: limits.line_kib });
    assert!(matches!(refused("[".repeat(100_000).as_bytes()), ReadError::NoQuestions | ReadError::Malformed { .. }));
    assert!(matches!(refused(b"{\\rtf1 hello}"), ReadError::Refused(RefusedFile::Rtf)));
    assert!(matches!(refused(b"PK\x03\x04 not a zip"), ReadError::Malformed { .. }));
}
