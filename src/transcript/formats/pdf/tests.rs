//! PDF files of several programs, whole and damaged.

use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};
use proptest::prelude::*;

use super::*;
use crate::transcript::format::Format;
use crate::transcript::problem::Problem;
use crate::transcript::{ReadOptions, Transcript, read_with};

/// Printed by Chromium, with its running head and page numbers.
static CANTEEN: &[u8] = include_bytes!("../../../../tests/fixtures/pdf/canteen.pdf");
static NIGHT_BUS: &[u8] = include_bytes!("../../../../tests/fixtures/pdf/night-bus.pdf");

fn opened(bytes: &[u8]) -> Result<(Transcript, Vec<Problem>), ReadError> {
    read_with("test", bytes, &ReadOptions::default())
}

fn transcript(bytes: &[u8]) -> Transcript {
    opened(bytes).unwrap_or_else(|error| panic!("{error}")).0
}

/// A page for each list of operations, with fonts of these encodings as F0, F1 …
fn pdf(fonts: &[&str], pages: &[Vec<u8>]) -> Document {
    let mut document = Document::with_version("1.5");
    let mut named = Dictionary::new();
    for (at, encoding) in fonts.iter().enumerate() {
        let font = if *encoding == "WinAnsiEncoding" {
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => *encoding }
        } else {
            let own = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light", "DW" => 1000 };
            let own = document.add_object(own);
            dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => *encoding, "DescendantFonts" => vec![own.into()] }
        };
        let font = document.add_object(font);
        named.set(format!("F{at}"), font);
    }
    let resources = document.add_object(dictionary! { "Font" => named });
    let tree = document.new_object_id();
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.clone()));
            document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }).into()
        })
        .collect();
    let about = dictionary! {
        "Type" => "Pages", "Count" => i64::try_from(kids.len()).expect("few"), "Kids" => kids, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    document.objects.insert(tree, about.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
        .trailer
        .set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it is written");
    bytes
}

/// Lines of words at 12 points, 18 apart, each `(x, y, words as bytes)`.
fn drawn(font: &str, lines: &[(f64, f64, Vec<u8>)]) -> Vec<u8> {
    let hex = |bytes: &[u8]| {
        bytes.iter().flat_map(|byte| format!("{byte:02x}").chars().collect::<Vec<_>>()).collect::<String>()
    };
    let line = |(x, y, words): &(f64, f64, Vec<u8>)| format!("BT /{font} 12 Tf {x} {y} Td <{}> Tj ET\n", hex(words));
    lines.iter().map(line).collect::<String>().into_bytes()
}

fn said(transcript: &Transcript) -> Vec<(String, String, String)> {
    let all = transcript.answers().map(|(_, question, answer)| {
        let asked = transcript.words(question.span).to_owned();
        (asked, answer.interviewee.clone().unwrap_or_default(), transcript.answer_text(answer))
    });
    all.collect()
}

#[test]
fn wrapped_lines_become_paragraphs_and_running_heads_are_non_speech() {
    let read = transcript(NIGHT_BUS);
    assert_eq!((read.format, read.title.as_str()), (Format::Pdf, "An interview about night buses"));
    let said = said(&read);
    assert_eq!(said.len(), 4, "{}", read.text());
    assert_eq!(said[1].0, "Who rides with you at that hour?");
    assert_eq!(
        (said[1].1.as_str(), said[1].2.as_str()),
        (
            "Rosa Marsh",
            "Bakers, nurses, two students who always share one pair of earphones. There is a well-known trumpet player who pays with coins that he has counted beforehand. They are quiet people. They say good morning when they get on, even though it is the middle of the night for me.\nOne of the bakers brings me a roll every Friday. I keep it for the last stop."
        )
    );
    assert!(said[2].2.ends_with("written by somebody who has never waited for a red light."), "{}", said[2].2);
    assert!(said.iter().all(|(_, _, words)| !words.contains("file:") && !words.contains("/3")), "{}", read.text());
}

#[test]
fn chinese_is_joined_without_spaces_and_radicals_are_characters() {
    let read = transcript(CANTEEN);
    assert_eq!(read.title, "社区食堂访谈录");
    let said = said(&read);
    assert_eq!(said.len(), 5, "{}", read.text());
    assert!(said.iter().all(|(_, who, words)| who == "陈阿姨" && !words.contains(['\n', ' '])), "{}", read.text());
    assert_eq!(said[2].0, "一个月要花多少钱？");
    assert_eq!(
        said[2].2,
        "一顿十二块，一个月三百块出头，比自己买菜便宜，也省力气。我算过的，自己烧要开火，还要走很远的路去菜场，拎回来手都酸。"
    );
}

type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[test]
fn the_chinese_encodings_of_older_programs_are_read() {
    let lines = [
        "记者：您什么时候来的？",
        "张三：我是去年春天来的，",
        "后来就没有走。",
        "记者：后来呢？",
        "张三：这里的人好。",
    ];
    let gbk = |words: &str| encoding_rs::GBK.encode(words).0.into_owned();
    let big5 = |words: &str| {
        encoding_rs::BIG5
            .encode(crate::text::script::View::new(words, crate::text::script::Display::Traditional).text())
            .0
            .into_owned()
    };
    let ucs2 = |words: &str| words.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let encodings: [(&str, Encode<'_>); 3] = [("GBK-EUC-H", &gbk), ("UniGB-UCS2-H", &ucs2), ("ETen-B5-H", &big5)];
    for (encoding, encode) in encodings {
        let placed: Vec<_> =
            lines.iter().enumerate().map(|(at, words)| (72.0, 700.0 - 18.0 * at as f64, encode(words))).collect();
        let read = transcript(&bytes(pdf(&[encoding], &[drawn("F0", &placed)])));
        let said = said(&read);
        assert_eq!(said.len(), 2, "{encoding}: {}", read.text());
        let words = crate::text::script::simplified(&said[0].2);
        assert_eq!(words, "我是去年春天来的，后来就没有走。", "{encoding}");
    }
}

#[test]
fn a_paragraph_continues_over_the_page_without_repeated_lines() {
    let page = |head: &str, lines: &[&str], number: usize| {
        let mut placed = vec![(72.0, 790.0, head.as_bytes().to_vec())];
        placed.extend(
            lines.iter().enumerate().map(|(at, words)| (72.0, 700.0 - 18.0 * at as f64, words.as_bytes().to_vec())),
        );
        placed.push((290.0, 50.0, format!("{number}").into_bytes()));
        drawn("F0", &placed)
    };
    let first = ["Ann: What did you see there?", "Bo: I saw a very long street that went on and on without a"];
    let second = ["house in it, and at the end of it there was a lamp.", "Ann: And then?", "Bo: Then I went home."];
    let read = transcript(&bytes(pdf(
        &["WinAnsiEncoding"],
        &[page("Oral history 7", &first, 1), page("Oral history 7", &second, 2)],
    )));
    let said = said(&read);
    assert_eq!(
        said[0].2,
        "I saw a very long street that went on and on without a house in it, and at the end of it there was a lamp."
    );
    assert_eq!(said[1].2, "Then I went home.");
    assert!(said.iter().all(|(_, _, words)| !words.contains("Oral history")));
}

#[test]
fn a_pdf_without_text_says_what_to_do() {
    let empty = bytes(pdf(&[], &[b"0 0 100 100 re f".to_vec()]));
    assert_eq!(opened(&empty).expect_err("no text"), SCANNED);
    let untold = bytes(pdf(&["Identity-H"], &[drawn("F0", &[(72.0, 700.0, vec![0, 1, 0, 2, 0, 3])])]));
    assert_eq!(opened(&untold).expect_err("no meaning"), UNTOLD);
    let mut locked = pdf(&["WinAnsiEncoding"], &[drawn("F0", &[(72.0, 700.0, b"Ann: why?".to_vec())])]);
    let version = EncryptionVersion::V2 {
        document: &locked,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).expect("a key");
    locked.encrypt(&state).expect("encrypted");
    assert_eq!(opened(&bytes(locked)).expect_err("locked"), LOCKED);
    assert!(matches!(opened(b"%PDF-1.7\nnothing of it"), Err(ReadError::Malformed { format: "PDF", .. })));
}

#[test]
fn the_unpacked_size_of_a_pdf_is_limited() {
    let limits = ReadLimits { unpacked_mib: 1, pages: 2, ..ReadLimits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let mut bomb = pdf(&[], &[b" ".repeat(2 << 20)]);
    bomb.compress();
    let bomb = bytes(bomb);
    assert!(bomb.len() < 1 << 17);
    assert_eq!(read_with("test", &bomb, &options).expect_err("too much"), ReadError::UnpacksTooLarge { megabytes: 1 });
    let many = bytes(pdf(&[], &vec![b" ".to_vec(); 3]));
    assert_eq!(
        read_with("test", &many, &options).expect_err("too many"),
        ReadError::TooManyPages { pages: 3, most: 2 }
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_damaged_pdf_is_read_or_refused(
        flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..30),
        cut in prop::option::of(0.0..1.0_f64),
        which in any::<bool>(),
    ) {
        let simple = drawn("F0", &[(72.0, 700.0, b"Ann: why?".to_vec()), (72.0, 680.0, b"Bo: because.".to_vec())]);
        let mut damaged = if which { NIGHT_BUS.to_vec() } else { bytes(pdf(&["WinAnsiEncoding"], &[simple])) };
        for (at, byte) in flips {
            let at = (damaged.len() as f64 * at) as usize;
            damaged[at] = byte;
        }
        if let Some(cut) = cut {
            damaged.truncate((damaged.len() as f64 * cut) as usize);
        }
        let _ = opened(&damaged);
    }

    #[test]
    fn unknown_operations_are_skipped(content in "(?s)([0-9./-]{1,6} |<[0-9a-f]{0,8}> |\\(a\\) |/F0 |\\[|\\]|q |Q |cm |BT |ET |Tf |Td |TD |Tm |T\\* |Tj |TJ |' |\" |Do |Tz ){0,60}") {
        let _ = opened(&bytes(pdf(&["WinAnsiEncoding"], &[content.into_bytes()])));
    }
}
