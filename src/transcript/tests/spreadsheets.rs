//! XLSX and ODS, as survey tools, spreadsheet programs and researchers write them.

use std::io::Write as _;

use super::grids::said_in as said;
use crate::transcript::*;

/// An XLSX workbook of sheets: name, attributes of the sheet, rows.
fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let shared = "<sst><si><t>问题</t><rPh sb=\"0\" eb=\"2\"><t>もんだい</t></rPh></si><si><t>受访者</t></si><si><t>回答</t></si>\
                  <si><r><t>三年</t></r><r><rPr><b/></rPr><t>多了。</t></r></si></sst>";
    let styles = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy/m/d\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"21\"/></cellXfs></styleSheet>";
    let (mut listed, mut related) = (String::new(), String::new());
    for (at, (name, attributes, _)) in sheets.iter().enumerate() {
        listed.extend([format!("<sheet name=\"{name}\" sheetId=\"{0}\" {attributes} r:id=\"rId{0}\"/>", at + 1)]);
        related.extend([format!("<Relationship Id=\"rId{0}\" Target=\"worksheets/sheet{0}.xml\"/>", at + 1)]);
    }
    let mut parts = vec![
        ("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{listed}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{related}</Relationships>")),
        ("xl/sharedStrings.xml".to_owned(), shared.to_owned()),
        ("xl/styles.xml".to_owned(), styles.to_owned()),
    ];
    for (at, (_, _, rows)) in sheets.iter().enumerate() {
        parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), format!("<worksheet>{rows}</worksheet>")));
    }
    archive(&parts)
}

fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("begins");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// Rows of cells with words of their own, from A1 on.
fn rows(cells: &[&[&str]]) -> String {
    let cell = |words: &&str| format!("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>");
    let row = |row: &&[&str]| format!("<row>{}</row>", row.iter().map(cell).collect::<String>());
    format!("<sheetData>{}</sheetData>", cells.iter().map(row).collect::<String>())
}

#[test]
fn a_workbook_of_questions_and_answers_is_read_row_by_row() {
    // The question is merged over both answers. The first row uses shared words.
    let sheet = "<sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"str\"><f>\"您\"</f><v>您来了多久？</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>王芳</t></is></c>\
        <c r=\"C2\" t=\"s\"><v>3</v></c></row>\
        <row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>李强</t></is></c><c r=\"C3\" t=\"inlineStr\"><is><t>刚来，还不到一个月。</t></is></c></row>\
        </sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>";
    let bytes = xlsx(&[("访谈", "", sheet)]);
    let (transcript, _) = read("test", &bytes).expect("a transcript");
    assert_eq!(transcript.format, Format::Xlsx);
    assert_eq!(said(&bytes), ["Q1: 您来了多久？", "王芳 | 三年多了。", "李强 | 刚来，还不到一个月。"]);
}

#[test]
fn a_workbook_of_a_survey_tool_is_a_question_a_column() {
    let sheet = rows(&[
        &["序号", "提交答卷时间", "1、您觉得食堂怎么样？", "2、您想加什么菜？"],
        &["1", "2024/5/1 10:30:00", "饭菜太油了，\n我都自己带饭。", "想要面食。"],
        &["2", "2024/5/1 11:02:00", "挺好的，便宜。", ""],
    ]);
    let said = said(&xlsx(&[("Sheet1", "", &sheet)]));
    assert_eq!(said.len(), 5, "{said:?}");
    assert!(said[1].ends_with("饭菜太油了，\n我都自己带饭。") && said[4].ends_with("想要面食。"), "{said:?}");
}

#[test]
fn sheets_follow_one_another_and_what_is_no_speech_is_set_apart() {
    let [first, second] = [("Ann", "It is quiet."), ("Bob", "It is loud.")]
        .map(|(who, words)| rows(&[&["Speaker", "Text"], &["Interviewer", "How is your office?"], &[who, words]]));
    let codes = rows(&[&["noise"], &["light"]]);
    let secret = rows(&[&["Speaker", "Text"], &["Eve", "Nobody sees this."]]);
    let bytes =
        xlsx(&[("Ann", "", &first), ("Bob", "", &second), ("Codes", "", &codes), ("x", "state=\"hidden\"", &secret)]);
    let all = said(&bytes).join("\n");
    assert!(all.contains("Ann | It is quiet.") && all.contains("Bob | It is loud."), "{all}");
    assert!(!all.contains("noise") && !all.contains("Nobody sees"), "{all}");
    let (transcript, _) = read("test", &bytes).expect("a transcript");
    assert!(transcript.text().contains("noise"), "set apart, not lost");
}

#[test]
fn a_workbook_of_lines_is_a_dialogue() {
    let sheet = rows(&[
        &["主持人：您为什么做客服？"],
        &["王芳：因为喜欢跟人聊天。"],
        &["主持人：累吗？"],
        &["王芳：累，但是值得。"],
    ]);
    let said = said(&xlsx(&[("Sheet1", "", &sheet)]));
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(said[3], "王芳 | 累，但是值得。");
}

#[test]
fn a_sheet_of_opendocument_is_read_as_it_is_shown() {
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Tabelle1\">\
         <table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row>\
         <table:table-row><table:table-cell><office:annotation><text:p>check this</text:p></office:annotation><text:p>Ann</text:p>\
         </table:table-cell><table:table-cell><text:p>Two years.</text:p><text:p>And a bit.</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        cell("Speaker"),
        cell("Text"),
        cell("Interviewer"),
        cell("How long have you been here?"),
    );
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet".to_owned();
    let bytes = archive(&[("mimetype".to_owned(), mimetype), ("content.xml".to_owned(), content)]);
    assert_eq!(said(&bytes), ["Q1: How long have you been here?", "Ann | Two years.\nAnd a bit."]);
    assert_eq!(read("test", &bytes).expect("a transcript").0.format, Format::Ods);
}

#[test]
fn a_sheet_that_claims_a_million_cells_is_refused_and_a_broken_one_is_told() {
    let far = |row| format!("<row><c r=\"{}1\" t=\"str\"><v>x</v></c></row>", column(row));
    let far = (0..3_000).map(far).collect::<Vec<_>>().concat();
    let refused = read("test", &xlsx(&[("x", "", &format!("<sheetData>{far}</sheetData>"))]));
    assert!(matches!(refused, Err(crate::error::ReadError::TooLong { .. })), "{refused:?}");
    let whole =
        rows(&[&["Speaker", "Text"], &["Interviewer", "Why?"], &["Ann", "For the view."], &["Ann", "And the lift."]]);
    let (cut, _) = whole.split_at(whole.rfind("<row>").expect("rows") + 9);
    let (transcript, problems) = read("test", &xlsx(&[("x", "", cut)])).expect("a transcript");
    assert!(transcript.text().contains("For the view."));
    assert!(!problems.is_empty(), "the file breaks off");
    assert!(read("test", &archive(&[("xl/workbook.bin".to_owned(), "x".to_owned())])).is_err());
}

/// The letters of a column, from 0.
fn column(mut at: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + (at % 26) as u8));
        if at < 26 {
            return letters;
        }
        at = at / 26 - 1;
    }
}
