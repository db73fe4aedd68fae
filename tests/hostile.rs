//! Sends damaged and hostile bytes to every entry point: each reader, the query box, permalinks and addresses, and every
//! file of a folder from a stranger. None may panic, hang, or touch anything outside the folder.
//! The entry points are in `support/entry_points.rs`.
//! For a longer search, run `YUANHUA_CASES=20000 cargo test --release --test tests hostile`.

use std::fs;
use std::io::{Cursor, Write as _};
use std::sync::OnceLock;

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use yuanhua::retrieval::corpus::Corpus;
use yuanhua::transcript::{self, Columns, ReadOptions};
use yuanhua::web::Site;

use crate::support::cases;
use crate::support::entry_points::{self, Decided};
use crate::support::site::{body, encoder, fixture, get};

/// Tries an entry point with many inputs. If an input breaks it, the input is shown, made as small as possible.
fn tried<T: std::fmt::Debug + Clone>(
    cases: u32,
    given: impl Strategy<Value = T>,
    entry_point: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let config = ProptestConfig { cases: cases.max(4), failure_persistence: None, ..ProptestConfig::default() };
    match TestRunner::new(config).run(&given, entry_point) {
        Ok(()) => {}
        Err(TestError::Fail(why, input)) => panic!("{why}: {input:?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// One change to bytes. A place is given in parts of 65,536 of the length.
#[derive(Debug, Clone)]
enum Damage {
    Flip(u16, u8),
    Insert(u16, Vec<u8>),
    Delete(u16, u16),
    Repeat(u16, u16, u8),
    Splice(u16, u16),
    Cut(u16),
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let telling = prop::sample::select(vec![
        &b"<"[..],
        b">",
        b"\"",
        b"{",
        b"[",
        b"}",
        b"]",
        b",",
        b"|",
        b"\n",
        b"\t",
        b"-->",
        b"&#x110000;",
        b"]]>",
        b"\\u",
        b"%PDF",
        b"obj",
        b"stream",
        b"endstream",
        b"/Length 99999999",
        b"-1",
        b"18446744073709551616",
        b"\0",
        b"\xff\xfe",
        "（".as_bytes(),
        "？".as_bytes(),
        "\u{feff}".as_bytes(),
        "\u{202e}".as_bytes(),
        b"Q999999999999.",
        b"A1",
        b"99:99:99,999",
    ]);
    let inserted = prop_oneof![telling.prop_map(<[u8]>::to_vec), prop::collection::vec(any::<u8>(), 1..24)];
    let one = prop_oneof![
        4 => (any::<u16>(), any::<u8>()).prop_map(|(at, by)| Damage::Flip(at, by)),
        4 => (any::<u16>(), inserted).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        2 => (any::<u16>(), 1..400u16).prop_map(|(at, length)| Damage::Delete(at, length)),
        2 => (any::<u16>(), 1..400u16, 1..40u8).prop_map(|(at, length, times)| Damage::Repeat(at, length, times)),
        1 => (any::<u16>(), any::<u16>()).prop_map(|(from, to)| Damage::Splice(from, to)),
        1 => any::<u16>().prop_map(Damage::Cut),
    ];
    prop::collection::vec(one, 0..8)
}

fn damaged(mut bytes: Vec<u8>, changes: &[Damage]) -> Vec<u8> {
    for change in changes {
        let at = |place: &u16| usize::from(*place) * bytes.len() / 65_536;
        match change {
            Damage::Flip(place, by) => {
                let at = at(place);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= by;
                }
            }
            Damage::Insert(place, inserted) => {
                let at = at(place);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Damage::Delete(place, length) => {
                let from = at(place);
                bytes.drain(from..(from + usize::from(*length)).min(bytes.len()));
            }
            Damage::Repeat(place, length, times) => {
                let from = at(place);
                let part = bytes[from..(from + usize::from(*length)).min(bytes.len())].repeat(usize::from(*times));
                bytes.splice(from..from, part);
            }
            Damage::Splice(from, to) => {
                let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
                let part = bytes[from..to].to_vec();
                bytes.extend(part);
            }
            Damage::Cut(place) => {
                let at = at(place);
                bytes.truncate(at);
            }
        }
    }
    bytes
}

/// Returns a small source of every kind that has a reader.
fn sources() -> &'static [Vec<u8>] {
    static SOURCES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let texts = [
            "关于跑步\nQ1.您平时做什么?\nA1 我跑步,服務(wù)很好。\nA2 我爬山。\nQ2:为什么?\nA:因为喜欢。\n",
            "---\ntitle: A talk\n---\nHost (00:01): What of it?\nAnn Lee: I like it (laughs). It is so.\n\n**Host:** Why?\n**Ann Lee:** Because.\n",
            "主持人：请问您怎么看？\n张三：我觉得很好。[00:12:03]\n李四：（笑）我也是。\n",
            "1\n00:00:01,000 --> 00:00:02,000\n<i>Ann:</i> Hello {\\an8} there\n\n2\n00:00:03,000 --> 00:00:04,000\nBob: Why?\n",
            "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000\n<v Ann Lee>Hello &amp; welcome</v>\n\n00:03.000 --> 00:04.000\n- Yes\n- No\n",
            "speaker,text,start\nHost,\"What, of it?\",12.5\nAnn,\"It \"\"is\"\"\nso\",00:13\nBob,No,\n",
            "问题\t张三\t李四\n您为什么来?\t因为近\t因为好\n您喜欢吗?\t喜欢\t不喜欢\n",
            "# Talk\n\n| Speaker | Words |\n|:---|---|\n| Host | What \\| why? |\n| **Ann** | So<br>it is |\n",
            "{\"title\":\"T\",\"speakers\":[{\"id\":0,\"name\":\"Ann\"}],\"segments\":[{\"speaker\":0,\"text\":\"Hi\",\"start\":1.5},{\"speaker\":1,\"text\":\"Why?\"}]}",
            "{\"speaker\":\"A\",\"word\":\"hi\",\"start\":1}\n{\"speaker\":\"B\",\"word\":\"yes\",\"start\":2}\n",
            "<!doctype html><html><head><title>T</title></head><body><h2>Q1: why?</h2><p><b>Ann:</b> because &lt;so&gt;</p><table><tr><td>a</td><td>b?</td></tr></table></body></html>",
            "<?xml version=\"1.0\"?><akomaNtoso><debate><references><TLCPerson id=\"p\" showAs=\"Ann\"/></references><speech by=\"#p\"><from>Ann:</from><p>We &amp; they</p></speech><question by=\"#q\"><p>Why?</p></question></debate></akomaNtoso>",
        ];
        let mut sources: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        sources.push(encoding(texts[2], 0xfeff));
        sources.push(docx(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Talk</w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Host:</w:t></w:r>\
             <w:r><w:t xml:space=\"preserve\"> Why?</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ann</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ));
        for name in ["canteen.pdf", "night-bus.pdf"] {
            sources.push(fs::read(crate::support::project("tests/fixtures/pdf").join(name)).expect("the fixture"));
        }
        sources
    })
}

/// Returns a text in UTF-16 with its byte-order mark.
fn encoding(text: &str, mark: u16) -> Vec<u8> {
    std::iter::once(mark).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("word/document.xml", stored).expect("memory takes it");
    write!(archive, "<w:document><w:body>{body}</w:body></w:document>").expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

/// Returns files of every kind that has a reader, as people have them.
fn fixtures() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut folders = vec![crate::support::project("tests/fixtures/reading")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the fixtures") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending != "said") {
                found.push(fs::read(path).expect("a fixture"));
            }
        }
    }
    found
}

fn sound(result: entry_points::Checked) -> Result<(), TestCaseError> {
    result.map_err(TestCaseError::fail)
}

#[test]
fn no_reader_breaks_on_any_bytes() {
    let columns = Columns { text: Some("text".into()), speaker: Some("1".into()), time: None };
    let few = transcript::ReadLimits { unpacked_mib: 1, text_mib: 1, line_kib: 4, nesting: 8, turns: 50, pages: 2 };
    let ways = [
        ReadOptions::default(),
        ReadOptions { columns, interviewers: vec!["Ann".into()], ..ReadOptions::default() },
        ReadOptions { limits: few, ..ReadOptions::default() },
    ];
    for source in sources() {
        tried(cases(64), (damage(), 0..ways.len()), |(changes, way)| {
            sound(entry_points::read(&damaged(source.clone(), &changes), &ways[way]))
        });
    }
    for source in fixtures() {
        tried(cases(64) / 8, (damage(), 0..ways.len()), |(changes, way)| {
            sound(entry_points::read(&damaged(source.clone(), &changes), &ways[way]))
        });
    }
    tried(cases(64), prop::collection::vec(any::<u8>(), 0..400), |bytes| sound(entry_points::read(&bytes, &ways[0])));
}

/// Generates what people type, and what they do not.
fn typed() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "“",
        "”",
        "「",
        "」",
        "-",
        "q:",
        "Q:",
        "who:",
        "in:",
        "-q:",
        "q:1",
        "q:1-99999999999999999999",
        "who:\"",
        "为什么",
        "还有呢?",
        "那90后呢?",
        "why?",
        "anyone else?",
        "服務(wù)",
        "网费",
        " ",
        "\u{3000}",
        "\n",
        "\0",
        "\u{1b}[31m",
        "\u{202e}",
        "🏃‍♀️",
        "ﬃ",
        "İ",
        "ß",
        "𠮷",
        "%00",
        "&q=",
        "<script>",
    ]);
    let any_text =
        prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(any_text, 0..10).prop_map(|pieces| pieces.concat())
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(fixture)
}

#[test]
fn the_query_box_takes_whatever_is_typed() {
    tried(cases(64), (typed(), typed()), |(first, second)| sound(entry_points::ask(corpus(), &first, &second)));
}

#[test]
fn permalinks_and_addresses_are_read_or_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let site = Site::new(fixture());
    let page = runtime.block_on(async { body(get(site.clone(), "/?q=%E7%BD%91%E8%B4%B9", "zh-CN").await).await });
    let link = |from: &str| page.split('"').find(|part| part.starts_with(from)).expect("a link").replace("&#38;", "&");
    let addresses = [
        link("/q/"),
        link("/t/"),
        link("/?q="),
        "/export?quote=/q/0/0.1.2.3&as=csv".into(),
        "/library/0/self-test".into(),
    ];
    let address = (prop::sample::select(addresses.to_vec()), damage());
    tried(cases(64), address, |(address, changes)| {
        let changed = String::from_utf8_lossy(&damaged(address.into_bytes(), &changes)).into_owned();
        sound(entry_points::permalink(corpus(), &changed))?;
        // This is the address as a browser would write it.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/?=&.%-_:+".contains(&byte);
        let written: String = changed
            .bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        let written = format!("/{}", written.trim_start_matches('/'));
        let status = runtime.block_on(async { get(site.clone(), &written, "en").await.status() });
        prop_assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{}", written);
        Ok(())
    });
}

#[test]
fn a_manifest_is_read_or_refused_and_reaches_nothing_outside() {
    let decided = Decided::new(encoder());
    let manifest = &decided.files.iter().find(|(name, _)| name == entry_points::MANIFEST).expect("a manifest").1;
    let names = ["../victim.txt", "/etc/hostname", ".yuanhua/manifest.json", "one.txt", ".", ""];
    let given = (damage(), any::<bool>(), prop::option::of(prop::sample::select(names.to_vec())));
    tried(cases(64) / 4, given, |(changes, seal, name)| {
        let before = name.map_or(manifest.clone(), |name| {
            String::from_utf8_lossy(manifest).replace("one.txt", name).replace("two.txt", name).into_bytes()
        });
        let changed = if seal {
            entry_points::sealed_again(&before, |library| damaged(library, &changes))
        } else {
            Some(damaged(before, &changes))
        };
        changed.map_or(Ok(()), |changed| sound(decided.with(&[(entry_points::MANIFEST, changed.as_slice())])))
    });
}

#[test]
fn every_other_file_of_a_folder_is_read_or_refused_too() {
    let decided = Decided::new(encoder());
    let manifest = &decided.files.iter().find(|(name, _)| name == entry_points::MANIFEST).expect("a manifest").1;
    for (name, whole) in decided.files.iter().filter(|(name, _)| name != entry_points::MANIFEST) {
        tried(cases(64) / 8, (damage(), any::<bool>()), |(changes, vouch)| {
            let bytes = damaged(whole.clone(), &changes);
            // The file is tried with a manifest that vouches for it, and without one.
            let vouching = if vouch { entry_points::vouching(manifest, whole, &bytes) } else { None };
            let manifest = vouching.as_ref().unwrap_or(manifest);
            sound(decided.with(&[(entry_points::MANIFEST, manifest.as_slice()), (name.as_str(), bytes.as_slice())]))
        });
    }
}

#[test]
fn what_an_owner_puts_in_beside_withdrawn_words_is_read_or_held_back() {
    let decided = Decided::new(encoder());
    let own = fs::read(decided.folder().join("one.txt")).expect("there");
    let mut all = sources().to_vec();
    all.push(own);
    for source in all {
        tried(cases(64) / 16, damage(), |changes| {
            sound(decided.with(&[("put-in.txt", damaged(source.clone(), &changes).as_slice())]))
        });
    }
}
