//! Quotes as a Word document. It has only the parts that Word and `LibreOffice` need, with named styles and links to
//! the quotes.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::contents::{Export, ExportedQuote, lines};
use super::xml::escape;
use crate::i18n::ExportWords;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const STYLES: &str = include_str!("styles.xml");

pub(super) fn all(export: &Export, words: &ExportWords) -> io::Result<Vec<u8>> {
    let mut document = Document::default();
    document.paragraph("Title", &[Run::Plain(&export.title)]);
    for part in &export.parts {
        if let Some(query) = &part.query {
            document.paragraph("Heading1", &[Run::Plain(query)]);
        }
        if let Some(verdict) = &part.verdict {
            document.paragraph("Normal", &[Run::Plain(verdict)]);
        }
        for quote in &part.quotes {
            entry(&mut document, quote, words);
        }
    }
    if !export.left_out.is_empty() {
        document.paragraph("Heading1", &[Run::Plain(words.left_out)]);
        for one in &export.left_out {
            document.paragraph(
                "Normal",
                &[Run::Plain(&one.why), Run::Plain(" "), Run::Link(&one.permalink, &one.permalink)],
            );
        }
    }
    if let Some(method) = &export.method {
        document.paragraph("Heading1", &[Run::Plain(&method.title)]);
        for paragraph in &method.paragraphs {
            document.paragraph("Normal", &[Run::Plain(paragraph)]);
        }
    }
    document.pack()
}

fn entry(document: &mut Document, entry: &ExportedQuote, words: &ExportWords) {
    for line in lines(&entry.text) {
        document.paragraph("Quote", &[Run::Plain(line)]);
    }
    document.paragraph("Citation", &[Run::Plain("— "), Run::Link(&entry.source(words), &entry.citation.permalink)]);
    document.paragraph("Citation", &[Run::Plain(words.asked), Run::Plain(&entry.asked)]);
    for note in entry.notes(words) {
        for line in lines(&note) {
            document.paragraph("Citation", &[Run::Plain(line)]);
        }
    }
    document.paragraph("Citation", &[Run::Link(&entry.citation.permalink, &entry.citation.permalink)]);
}

enum Run<'a> {
    Plain(&'a str),
    /// The text and target of a link.
    Link(&'a str, &'a str),
}

/// The body so far, and the targets of its links.
#[derive(Default)]
struct Document {
    body: String,
    links: Vec<String>,
}

impl Document {
    fn paragraph(&mut self, style: &str, runs: &[Run<'_>]) {
        // Writing to a String cannot fail.
        let _ = write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        for run in runs {
            let text = |words: &str| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(words));
            let _ = match run {
                Run::Plain(words) => write!(self.body, "<w:r>{}</w:r>", text(words)),
                Run::Link(words, to) => {
                    self.links.push((*to).to_owned());
                    let (id, text) = (self.links.len(), text(words));
                    let style = "<w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr>";
                    write!(self.body, "<w:hyperlink r:id=\"rId{}\"><w:r>{style}{text}</w:r></w:hyperlink>", id + 1)
                }
            };
        }
        self.body.push_str("</w:p>");
    }

    fn pack(self) -> io::Result<Vec<u8>> {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let document = format!(
            "{HEAD}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"{OFFICE}\"><w:body>{}<w:sectPr/></w:body></w:document>",
            self.body
        );
        let mut relations = format!(
            "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>"
        );
        for (i, link) in self.links.iter().enumerate() {
            let _ = write!(
                relations,
                "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                i + 2,
                escape(link)
            );
        }
        relations.push_str("</Relationships>");
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let parts = [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", &relations),
            ("word/styles.xml", STYLES),
        ];
        for (name, text) in parts {
            zip.start_file(name, options)?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}
