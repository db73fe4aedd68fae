use std::io::Read as _;

use super::*;
use crate::i18n::DisplayLanguage;
use crate::search::quote::Citation;

const SAID: &str = "*真的*，AI & <机器> 会帮忙。\n=1+1 也算。";

fn quote(text: &str, who: Option<&str>) -> ExportedQuote {
    ExportedQuote {
        text: text.to_owned(),
        lang: "zh-Hans",
        asked: "您怎么看 <AI>？".into(),
        title: "客服 & AI".into(),
        score: Some(0.871),
        uncertain: false,
        changed: false,
        replaced: false,
        citation: Citation {
            transcript: "客服".into(),
            question: "Q1".into(),
            answer: "A3".into(),
            interviewee: who.map(str::to_owned),
            role: None,
            line: 12,
            start: 10,
            end: 40,
            source_sha256: "ab".repeat(32),
            received: text.to_owned(),
            time: Some("00:12:03".into()),
            timing: None,
            permalink: "/q/abababababababab/cccccc.10.30.0123456789abcdef01234567".into(),
        },
        original: text.to_owned(),
    }
    .from_origin("http://localhost:8080")
}

fn export() -> Export {
    let part = ExportPart {
        query: Some("AI 会帮忙吗？".into()),
        verdict: Some("22 个回答中有 1 个说到这一点。".into()),
        quotes: vec![quote(SAID, Some("=王先生")), quote("=cmd|' /C calc'!A0", None)],
    };
    let gone = LeftOut { permalink: "http://localhost:8080/q/x/y".into(), why: "已被撤回。".into() };
    Export { title: "收藏".into(), parts: vec![part], left_out: vec![gone], method: None }
}

fn words(language: DisplayLanguage) -> &'static ExportWords {
    language.messages().export
}

fn text(format: ExportFormat, words: &ExportWords) -> String {
    String::from_utf8(export().bytes(format, words).expect("bytes")).expect("UTF-8")
}

#[test]
fn a_pasted_quote_has_its_whole_citation() {
    let one = quote(SAID, Some("王先生"));
    let plain = "“*真的*，AI & <机器> 会帮忙。\n=1+1 也算。”\n— Q1 · A3 · 王先生 · 《客服 & AI》 · 第 12 行 · 00:12:03\n\
                 问：您怎么看 <AI>？\nhttp://localhost:8080/q/abababababababab/cccccc.10.30.0123456789abcdef01234567\n";
    assert_eq!(one.pasted(ExportFormat::Text, words(DisplayLanguage::SimplifiedChinese)), plain);
    insta::assert_snapshot!("markdown", one.pasted(ExportFormat::Markdown, words(DisplayLanguage::SimplifiedChinese)));
    insta::assert_snapshot!("html", one.pasted(ExportFormat::Html, words(DisplayLanguage::English)));
}

#[test]
fn a_quote_tells_its_restoration_and_its_uncertainty() {
    let mut one = quote("后来才好", None);
    one.citation.received = "后[來]才好".into();
    (one.uncertain, one.changed) = (true, true);
    for format in [ExportFormat::Text, ExportFormat::Markdown, ExportFormat::Html] {
        let pasted = one.pasted(format, words(DisplayLanguage::English));
        assert!(pasted.contains("As received: 后") && pasted.contains("not certain") && pasted.contains("has changed"));
    }
}

#[test]
fn every_format_lists_missing_quotes_with_reasons() {
    for format in
        [ExportFormat::Text, ExportFormat::Markdown, ExportFormat::Html, ExportFormat::Csv, ExportFormat::Json]
    {
        let text = text(format, words(DisplayLanguage::SimplifiedChinese));
        assert!(text.contains("已被撤回。") && text.contains("http://localhost:8080/q/x/y"), "{format:?}: {text}");
    }
    insta::assert_snapshot!("whole_markdown", text(ExportFormat::Markdown, words(DisplayLanguage::TraditionalChinese)));
}

#[test]
fn a_spreadsheet_runs_no_words_as_a_formula() {
    let bytes = export().bytes(ExportFormat::Csv, words(DisplayLanguage::English)).expect("bytes");
    let table = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(table);
    assert_eq!(reader.headers().expect("a head").len(), crate::i18n::EXPORT_COLUMNS);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(&rows[0][1], SAID, "words that begin like no formula are exactly as they are");
    assert_eq!(&rows[0][4], "'=王先生");
    assert!(rows[0][16].contains("Interviewee") && !rows[0][16].contains("Quote"), "{}", &rows[0][16]);
    assert_eq!(&rows[1][1], "'=cmd|' /C calc'!A0");
    assert!(rows[1][16].contains("Quote"), "what was added is told");
    assert!(rows[2][1].is_empty() && rows[2][15].contains("已被撤回"), "no words where they may not be shown");
    assert!(std::str::from_utf8(table).expect("UTF-8").lines().next().is_some());
    assert!(table.ends_with(b"\r\n"));
}

#[test]
fn a_word_document_is_valid_and_holds_the_words() {
    let bytes = export().bytes(ExportFormat::Docx, words(DisplayLanguage::SimplifiedChinese)).expect("bytes");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let mut said = Vec::new();
    for name in names {
        let mut xml = String::new();
        zip.by_name(&name).expect("a part").read_to_string(&mut xml).expect("UTF-8");
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        let mut words = String::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Text(text) => words.push_str(&text.xml10_content()),
                quick_xml::events::Event::GeneralRef(name) => {
                    let known = quick_xml::escape::resolve_predefined_entity(&name.xml10_content());
                    words.push_str(known.expect("an entity that every reader knows"));
                }
                _ => {}
            }
        }
        said.push(words);
    }
    let all = said.join("\n");
    for words in ["*真的*，AI & <机器> 会帮忙。", "=1+1 也算。", "=cmd|' /C calc'!A0", "已被撤回。", "第 12 行"]
    {
        assert!(all.contains(words), "{words} in {all}");
    }
}

#[test]
fn control_characters_break_no_document() {
    let mut odd = export();
    odd.parts[0].quotes[0].text = "a\u{0}b\u{b}c\u{ffff}".into();
    let bytes = odd.bytes(ExportFormat::Docx, words(DisplayLanguage::English)).expect("bytes");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut xml = String::new();
    zip.by_name("word/document.xml").expect("a part").read_to_string(&mut xml).expect("UTF-8");
    assert!(xml.contains("a\u{fffd}b\u{fffd}c\u{fffd}"));
}

#[test]
fn json_is_exact() {
    let json: serde_json::Value =
        serde_json::from_str(&text(ExportFormat::Json, words(DisplayLanguage::English))).expect("JSON");
    let quotes = &json["parts"][0]["quotes"];
    assert_eq!(quotes[0]["text"], SAID);
    assert_eq!(quotes[1]["text"], "=cmd|' /C calc'!A0");
    assert_eq!(quotes[0]["citation"]["line"], 12);
}
