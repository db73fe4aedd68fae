//! Measures how the time of each step grows with its input, from reading bytes to making what is searched.
//! The command is `cargo bench --bench readers [-- NAME]`. It prints seconds for three sizes, each twice the one
//! before, and the slope. A slope of 1 is linear, and 2 is quadratic. It decides nothing.

use std::fs;
use std::io::{Cursor, Write as _};
use std::sync::Arc;
use std::time::Instant;

use yuanhua::library::Access;
use yuanhua::library::{self, LibraryLimits, LibraryLocation, SourceStore};
use yuanhua::retrieval::encoder::Encoder;
use yuanhua::transcript;

type Made = fn(usize) -> Vec<u8>;

/// The inputs of the readers. Each has a name, its smallest size, and a function that makes it.
const READERS: &[(&str, usize, Made)] = &[
    ("csv: one line of commas", 225_000, |n| ",".repeat(n).into()),
    ("csv: rows, each a new speaker", 25_000, |n| rows("speaker,text\n", n, |i| format!("S{i},hi {i}?\n"))),
    ("csv: a person a column", 2_000, |n| {
        let names = (0..n).map(|i| format!(",Ann{i} Lee")).collect::<Vec<_>>().concat();
        format!("question{names}\nWhat is it for you?{0}\nWhy is it so?{0}\n", ",yes indeed".repeat(n)).into()
    }),
    ("csv: a question a column", 5_000, |n| {
        let asked = (0..n).map(|i| format!(",what is {i}?")).collect::<Vec<_>>().concat();
        format!("name{asked}\nAnn{0}\nBob{0}\n", ",yes indeed".repeat(n)).into()
    }),
    ("markdown: one line of pipes", 250_000, |n| "|".repeat(n).into()),
    ("markdown: a table", 25_000, |n| rows("| speaker | text |\n|---|---|\n", n, |i| format!("| S{i} | hi {i}? |\n"))),
    ("webvtt: a line of <", 75_000, |n| format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}", "<".repeat(n)).into()),
    ("webvtt: a line of <a", 75_000, |n| format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}", "<a".repeat(n)).into()),
    ("srt: cues", 12_000, |n| {
        rows("", n, |i| {
            format!("{i}\n00:{:02}:{:02},000 --> 00:59:59,000\nAnn{}: words {i}.\n\n", i / 60 % 60, i % 60, i % 9)
        })
    }),
    ("text: 40 k speakers", 10_000, |n| rows("", n, |i| format!("Name{i}: what is it {i}?\n"))),
    ("text: credits above questions", 10_000, |n| {
        let credits = (0..n).map(|i| format!("Field{i}: value\n")).collect::<Vec<_>>().concat();
        format!("{credits}Q1: why is it?\nAnn: so.\nQ2: and then?\nAnn: no.\n").into()
    }),
    ("text: numbered questions", 10_000, |n| rows("", n, |i| format!("Q{}. a?\nA1 b\n", i + 1))),
    ("text: questions without answers", 10_000, |n| rows("", n, |i| format!("Q: why is it {i}?\n\n"))),
    ("text: damaged places", 500, |n| rows("Q1.怎么样?\nA1 ", n, |i| format!("第{i}次服務(wù)很好。"))),
    ("json: turns", 25_000, |n| {
        let turns: Vec<String> = (0..n).map(|i| format!("{{\"speaker\":\"S{i}\",\"text\":\"hi {i}?\"}}")).collect();
        format!("[{}]", turns.join(",")).into()
    }),
    ("html: paragraphs", 12_000, |n| {
        rows("<!doctype html><body>", n, |i| format!("<p><b>S{}:</b> words {i}.</p>", i % 9))
    }),
    ("csv: a survey, a column a question", 4_000, |n| {
        let asked = (0..n).map(|i| format!(",{i}. why is it so?")).collect::<Vec<_>>().concat();
        format!("序号{asked}\n1{0}\n2{0}\n", ",because it is".repeat(n)).into()
    }),
    ("csv: a survey, a row a person", 10_000, |n| {
        rows("序号,您为什么来？,您觉得怎么样？\n", n, |i| format!("{i},因为住得近{i},我觉得挺好的{i}\n"))
    }),
    ("webvtt: times in a line", 40_000, |n| {
        let words = (0..n).map(|i| format!("<00:00:{:02}.000><c> w{i}</c>", i % 60)).collect::<Vec<_>>().concat();
        format!("WEBVTT\n\n00:00.000 --> 01:00.000\nword{words}\n").into()
    }),
    ("webvtt: <1 and no end", 75_000, |n| format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}>", "<1".repeat(n)).into()),
    ("srt: two cues of many lines", 20_000, |n| {
        let cue = |at: usize| format!("{at}\n00:00:0{at},000 --> 00:00:0{},000\n{}b{at}\n\n", at + 1, "a\n".repeat(n));
        (cue(1) + &cue(2) + &cue(3)).into()
    }),
    ("ass: events", 10_000, |n| {
        rows("[Script Info]\n[Events]\n", n, |i| {
            format!("Dialogue: 0,0:{:02}:{:02}.00,0:59:59.00,D,Ann{},0,0,0,,words {i}\n", i / 60 % 60, i % 60, i % 9)
        })
    }),
    ("chat: LINE without tabs", 12_000, |n| {
        rows("[LINE] 與小美的聊天記錄\n2024/03/05 週二\n", n, |i| {
            format!("14:{:02} Name{} words {i}\n", i % 60, i / 2)
        })
    }),
    ("chat: WhatsApp", 12_000, |n| {
        rows("", n, |i| format!("05/03/2024, 14:{:02} - Ann{}: words {i}\n", i % 60, i % 9))
    }),
    ("talkbank: tiers", 12_000, |n| {
        rows("@UTF8\n@Begin\n", n, |i| format!("*AN{}:\twords {i} . \u{15}{i}_{}\u{15}\n", i % 9, i + 1))
    }),
    ("talkbank: a line of times", 60_000, |n| format!("@UTF8\n@Begin\n*ANN:\tyes .{}\n", " 1_2".repeat(n)).into()),
    ("textgrid: intervals", 10_000, |n| {
        let head = format!(
            "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n0 9999 <exists> 1\n\"IntervalTier\" \"Ann\" 0 9999 {n}\n"
        );
        rows(&head, n, |i| format!("{i} {} \"words {i}\"\n", i + 1))
    }),
    ("elan: annotations", 6_000, |n| {
        let slots = (0..n)
            .map(|i| format!("<TIME_SLOT TIME_SLOT_ID=\"t{i}\" TIME_VALUE=\"{i}00\"/>"))
            .collect::<Vec<_>>()
            .concat();
        let said = (0..n).map(|i| {
            format!("<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{i}\" TIME_SLOT_REF1=\"t{i}\"><ANNOTATION_VALUE>words {i}.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>")
        });
        format!(
            "<ANNOTATION_DOCUMENT>{slots}<TIER TIER_ID=\"Ann\">{}</TIER></ANNOTATION_DOCUMENT>",
            said.collect::<Vec<_>>().concat()
        )
        .into()
    }),
    ("elan: a tier an annotation", 3_000, |n| {
        let tier = |i: usize| {
            format!(
                "<TIER TIER_ID=\"x{i}\" PARTICIPANT=\"Ann\"><ANNOTATION><REF_ANNOTATION><ANNOTATION_VALUE>words {i}.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>"
            )
        };
        format!("<ANNOTATION_DOCUMENT>{}</ANNOTATION_DOCUMENT>", (0..n).map(tier).collect::<Vec<_>>().concat()).into()
    }),
    ("exmaralda: events", 6_000, |n| {
        let line = (0..=n).map(|i| format!("<tli id=\"T{i}\" time=\"{i}\"/>")).collect::<Vec<_>>().concat();
        let said = (0..n)
            .map(|i| format!("<event start=\"T{i}\" end=\"T{}\">words {i}. </event>", i + 1))
            .collect::<Vec<_>>()
            .concat();
        format!("<basic-transcription><speaker id=\"S\"><abbreviation>Ann</abbreviation></speaker>{line}<tier speaker=\"S\" type=\"t\">{said}</tier></basic-transcription>").into()
    }),
    ("transcriber: turns", 6_000, |n| {
        let turn = |i: usize| {
            format!(
                "<Turn speaker=\"s{}\" startTime=\"{i}\" endTime=\"{}\"><Sync time=\"{i}\"/>words {i}</Turn>",
                i % 9,
                i + 1
            )
        };
        format!("<Trans><Section>{}</Section></Trans>", (0..n).map(turn).collect::<Vec<_>>().concat()).into()
    }),
    ("tei: utterances", 6_000, |n| {
        let said = (0..n).map(|i| format!("<u who=\"#s{}\">words {i}.</u>", i % 9)).collect::<Vec<_>>().concat();
        format!("<TEI><text><body>{said}</body></text></TEI>").into()
    }),
    ("ttml: paragraphs", 6_000, |n| {
        let said = (0..n)
            .map(|i| format!("<p begin=\"{i}s\" end=\"{}s\">Ann{}: words {i}.</p>", i + 1, i % 9))
            .collect::<Vec<_>>()
            .concat();
        format!("<tt><body><div>{said}</div></body></tt>").into()
    }),
    ("xml: speeches of Akoma Ntoso", 6_000, |n| {
        let said = (0..n)
            .map(|i| format!("<speech by=\"#s{}\"><p>words {i}.</p></speech>", i % 9))
            .collect::<Vec<_>>()
            .concat();
        format!("<?xml version=\"1.0\"?><akomaNtoso><debate>{said}</debate></akomaNtoso>").into()
    }),
    ("xml: one tag of attributes", 25_000, |n| {
        let many = (0..n).map(|i| format!(" a{i}=\"\"")).collect::<Vec<_>>().concat();
        format!("<?xml version=\"1.0\"?><akomaNtoso><debate><speech{many} by=\"#s\"><p>words.</p></speech></debate></akomaNtoso>").into()
    }),
    ("tei: one tag of attributes", 25_000, |n| {
        let many = (0..n).map(|i| format!(" a{i}=\"\"")).collect::<Vec<_>>().concat();
        format!("<TEI><text><body><u{many} who=\"#s\">words.</u></body></text></TEI>").into()
    }),
    ("html: attributes and classes", 25_000, |n| {
        let many = (0..n).map(|i| format!(" a{i}=\"\"")).collect::<Vec<_>>().concat();
        let classes = (0..n).map(|i| format!("c{i} ")).collect::<Vec<_>>().concat();
        format!("<!doctype html><body><p{many} class=\"{classes}\"><b>Ann:</b> words.</p><p><b>Bo:</b> yes.</p>").into()
    }),
    ("html: rows of a table", 10_000, |n| {
        rows("<!doctype html><body><table>", n, |i| format!("<tr><td>Ann{}</td><td>words {i}</td></tr>", i % 9))
    }),
    ("mail: a message of lines", 12_000, |n| {
        rows("From: a@b.c\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n", n, |i| {
            format!("Ann{}: words {i}.\n", i % 9)
        })
    }),
    ("json: words one by one", 25_000, |n| {
        let words =
            (0..n).map(|i| format!("{{\"word\":\"w{i}\",\"start\":{i},\"end\":{i}.5,\"speaker\":{}}}", i / 50 % 2));
        format!("{{\"words\":[{}]}}", words.collect::<Vec<_>>().join(",")).into()
    }),
    ("json: a list a field", 6_000, |n| {
        let lists = (0..n).map(|i| format!("\"f{i}\":[{{\"speaker\":\"S{i}\",\"text\":\"hi {i}?\"}}]"));
        format!("{{{}}}", lists.collect::<Vec<_>>().join(",")).into()
    }),
    ("json: one row of fields", 12_000, |n| {
        let fields = (0..n).map(|i| format!("\"f{i}\":{i}")).collect::<Vec<_>>().join(",");
        format!("[{{\"speaker\":\"A\",\"text\":\"hi?\",{fields}}},{{\"speaker\":\"B\",\"text\":\"yes\",{fields}}}]")
            .into()
    }),
    ("text: a name and a title a line", 6_000, |n| {
        rows("", n, |i| format!("Jane Do{i}, Vice President\n\nSo it is {i}.\n\n"))
    }),
    ("text: interjections in a long answer", 6_000, |n| {
        let long = "I went on and on. ".repeat(n);
        rows(&format!("Host: why is it?\nAnn: {long}\n"), n, |i| {
            format!("Host: Right.\nInterviewer: {}\n", if i % 2 == 0 { "Yeah." } else { "Okay." })
        })
    }),
    ("text: dividers and headings", 12_000, |n| {
        rows("", n, |i| format!("=== Part {i} ===\n\n## Ann{i}\n\nwords {i}.\n\n"))
    }),
    ("text: turns on one line", 12_000, |n| {
        rows("", n, |i| format!("{}：你好吗{i}？", if i % 2 == 0 { "记者" } else { "张三" }))
    }),
    ("text: prose in one line", 200_000, |n| format!("Host: why?\nAnn: {}\n", "so (it) is. ".repeat(n / 12)).into()),
    ("text: UTF-8 read as Windows-1252", 12_000, |n| {
        rows("", n, |i| format!("Ann{}: it couldnâ€™t be {i}â€¦\n", i % 9))
    }),
    ("text: UTF-8 read as GBK", 1_500, |n| {
        let said =
            (0..n).map(|i| format!("主持人：你好，很难吗{i}\n张三：我觉得挺好的。\n")).collect::<Vec<_>>().concat();
        encoding_rs::GBK.decode(said.as_bytes()).0.into_owned().into()
    }),
    ("text: entities", 12_000, |n| rows("", n, |i| format!("Ann{}: R&amp;D &#23458;&#26381; {i}\n", i % 9))),
    ("text: many damaged lines", 500, |n| {
        rows("Q1.怎么样?\nA1 好\n", n, |i| format!("A{} 第{i}次服務(wù)很好,我們?nèi)斯ひ婚_始。\n", i + 2))
    }),
    ("docx: paragraphs", 6_000, |n| {
        docx(
            &(0..n)
                .map(|i| format!("<w:p><w:r><w:t>Ann{}: words {i}.</w:t></w:r></w:p>", i % 9))
                .collect::<Vec<_>>()
                .concat(),
        )
    }),
    ("odt: paragraphs and styles", 4_000, |n| {
        let styles = (0..n)
            .map(|i| {
                format!(
                    "<style:style style:name=\"P{i}\"><style:text-properties fo:font-weight=\"bold\"/></style:style>"
                )
            })
            .collect::<Vec<_>>()
            .concat();
        let lines = (0..n)
            .map(|i| format!("<text:p text:style-name=\"P{i}\">Ann{}: words {i}.</text:p>", i % 9))
            .collect::<Vec<_>>()
            .concat();
        let content = format!(
            "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{lines}</office:text></office:body></office:document-content>"
        );
        zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
    }),
    ("epub: a chapter of lines", 6_000, |n| {
        let lines = (0..n).map(|i| format!("<p>Ann{}: words {i}.</p>", i % 9)).collect::<Vec<_>>().concat();
        zipped(&[
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>"),
            (
                "p.opf",
                "<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>",
            ),
            ("a.xhtml", &format!("<html><body>{lines}</body></html>")),
        ])
    }),
    ("pdf: pages", 50, |n| pdf(n, 40)),
    ("pdf: one page of lines", 2_000, |n| pdf(1, n)),
    ("docx: one paragraph", 4_000_000, |n| docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(n)))),
];

fn rows(head: &str, n: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    std::iter::once(head.to_owned()).chain((0..n).map(row)).collect::<String>().into()
}

fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("memory takes it");
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    write!(archive, "<w:document xmlns:w=\"{word}\"><w:body>{body}</w:body></w:document>").expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory takes it");
        archive.write_all(text.as_bytes()).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

/// Makes a PDF. Each page has lines, and each line has a speaker.
fn pdf(pages: usize, lines: usize) -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let fonts = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let kids: Vec<Object> = (0..pages)
        .map(|page| {
            let drawn = (0..lines)
                .map(|line| {
                    format!(
                        "BT /F1 10 Tf 50 {} Td (Ann{}: words {page} {line}.) Tj ET\n",
                        780 - line % 50 * 14,
                        line % 9
                    )
                })
                .collect::<Vec<_>>()
                .concat();
            let content = document.add_object(Stream::new(dictionary! {}, drawn.into_bytes()));
            document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }).into()
        })
        .collect();
    let edges: Vec<Object> = [0, 0, 595, 842].map(Object::Integer).to_vec();
    let count = i64::try_from(pages).unwrap_or_default();
    let all =
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => fonts, "MediaBox" => edges };
    document.objects.insert(tree, Object::Dictionary(all));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes it");
    bytes
}

/// Times a step at three sizes and prints the slope.
fn slope(name: &str, least: usize, mut timed: impl FnMut(usize) -> f64) {
    let seconds = [least, 2 * least, 4 * least].map(&mut timed);
    let slope = (seconds[2] / seconds[0]).log2() / 2.0;
    let [a, b, c] = seconds;
    println!("{name:<36} {a:>8.3} {b:>8.3} {c:>8.3} s for {least}, ×2, ×4   slope {slope:.2}");
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for (name, least, made) in READERS.iter().filter(|(name, ..)| name.contains(&wanted)) {
        slope(name, *least, |n| {
            let bytes = made(n);
            // A refusal must come in time too.
            seconds(|| drop(transcript::read("bench", &bytes)))
        });
    }
    if "library: tiny files, listed".contains(&wanted) {
        slope("library: tiny files, listed", 1_250, |n| {
            let folder = tempfile::tempdir().expect("a folder");
            for i in 0..n {
                let text = format!("Q1. What of {i}?\nA1 It is {i} and more.\n");
                fs::write(folder.path().join(format!("{i:05}.txt")), text).expect("written");
            }
            seconds(|| listed(folder.path()))
        });
    }
    if "library: one file of speakers, listed".contains(&wanted) {
        slope("library: one file of speakers, listed", 10_000, |n| {
            let folder = tempfile::tempdir().expect("a folder");
            let text = rows("", n, |i| format!("Name{i}: what is it {i}?\n"));
            fs::write(folder.path().join("speakers.txt"), text).expect("written");
            seconds(|| listed(folder.path()))
        });
    }
    if "library: a list beside withdrawn words".contains(&wanted) {
        slope("library: a list beside withdrawn words", 2_500, |n| {
            let folder = tempfile::tempdir().expect("a folder");
            let other = rows("", n, |i| format!("Ann{i}: what else is there to say of {i}, and of other things?\n"));
            fs::write(folder.path().join("other.txt"), other).expect("written");
            let text =
                rows("", n, |i| format!("Name{i}: I was at the harbour number {i} with my sisters.\nHost: Why?\n"));
            fs::write(folder.path().join("own.txt"), text).expect("written");
            let mut store = SourceStore::open(
                LibraryLocation::Folder(folder.path().to_owned()),
                LibraryLimits::default(),
                Access::Write,
            )
            .expect("it opens");
            let own =
                store.listing().expect("a list").items.into_iter().find(|item| item.name == "own").expect("listed");
            seconds(|| drop(store.withdraw(&own.sha256, None).expect("it is withdrawn")))
        });
    }
    if "snapshot: one long answer".contains(&wanted) {
        let encoder = Arc::new(Encoder::built_in().expect("the built-in encoder loads"));
        slope("snapshot: one long answer", 60_000, |n| {
            let text = format!("Q1. a?\nA1 {}\n", "好a ".repeat(n / 5));
            let (transcript, _) = transcript::read("bench", text.as_bytes()).expect("an interview");
            seconds(|| drop(library::build(vec![transcript], Arc::clone(&encoder))))
        });
    }
    if "snapshot: short answers".contains(&wanted) {
        let encoder = Arc::new(Encoder::built_in().expect("the built-in encoder loads"));
        slope("snapshot: short answers", 250, |n| {
            let text = rows("Q1. a?\n", n, |i| format!("A{} answer {i}.\n", i + 1));
            let (transcript, _) = transcript::read("bench", &text).expect("an interview");
            seconds(|| drop(library::build(vec![transcript], Arc::clone(&encoder))))
        });
    }
}

fn listed(folder: &std::path::Path) {
    let store =
        SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::ReadAtLeast);
    store.and_then(|mut store| store.listing()).expect("it is listed");
}
