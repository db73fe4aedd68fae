//! Damaged and hostile bytes at every door: each reader, the query box, permalinks and
//! addresses, the manifest and the cache. None may panic, hang, or touch what is outside the
//! folder. `YUANHUA_CASES=20000 cargo test --release --test tests hostile` looks longer.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use yuanhua::hash::sha256_hex;
use yuanhua::library::Access;
use yuanhua::library::{Change, Limits, Place, Shelf, Stock};
use yuanhua::retrieval::corpus::Corpus;
use yuanhua::search::quote::Permalink;
use yuanhua::search::{self, query};
use yuanhua::transcript::{self, Columns, Options};
use yuanhua::web::Site;

use crate::pages::{body, encoder, fixture, get};

/// How many damaged inputs each door is tried with; dearer doors take a share of it.
fn cases() -> u32 {
    std::env::var("YUANHUA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

/// Tries a door; the input that breaks it is shown, made as small as can be.
fn tried<T: std::fmt::Debug + Clone>(
    cases: u32,
    given: impl Strategy<Value = T>,
    door: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let config = ProptestConfig { cases: cases.max(4), failure_persistence: None, ..ProptestConfig::default() };
    match TestRunner::new(config).run(&given, door) {
        Ok(()) => {}
        Err(TestError::Fail(why, input)) => panic!("{why}: {input:?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// One change to bytes, at a place in parts of 65,536.
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

/// A small source of every kind that there is a reader for.
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

/// UTF-16 with its mark.
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

/// Every span of what was read is of its text, and every word shown is found there.
fn sound(bytes: &[u8], options: &Options) -> Result<(), TestCaseError> {
    let Ok((transcript, problems)) = transcript::read_with("hostile", bytes, options) else { return Ok(()) };
    for (at, question, answer) in transcript.answers() {
        prop_assert!(transcript.at(at).is_some());
        prop_assert!(question.span.of_text(transcript.text()).is_some());
        for stretch in &answer.stretches {
            prop_assert!(stretch.of_text(transcript.text()).is_some());
            let _ = transcript.line_of(stretch.start());
        }
    }
    for problem in problems {
        prop_assert!(!problem.problem.is_empty());
    }
    Ok(())
}

#[test]
fn no_reader_breaks_on_any_bytes() {
    let columns = Columns { text: Some("text".into()), speaker: Some("1".into()), time: None };
    let few = transcript::Limits { unpacked_mib: 1, text_mib: 1, line_kib: 4, nesting: 8, turns: 50, pages: 2 };
    let ways = [
        Options::default(),
        Options { columns, interviewers: vec!["Ann".into()], ..Options::default() },
        Options { limits: few, ..Options::default() },
    ];
    for source in sources() {
        tried(cases(), (damage(), 0..ways.len()), |(changes, way)| {
            sound(&damaged(source.clone(), &changes), &ways[way])
        });
    }
    tried(cases(), prop::collection::vec(any::<u8>(), 0..400), |bytes| sound(&bytes, &ways[0]));
}

/// What people type, and what they do not.
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
    tried(cases(), (typed(), typed()), |(first, second)| {
        let _ = query::read(&first);
        let before = search::ask(corpus(), &first, search::Options::default()).ok();
        let options = search::Options { after: before.as_ref(), explain: true, ..search::Options::default() };
        if let Ok(reply) = search::ask(corpus(), &second, options) {
            for quote in &reply.quotes {
                prop_assert!(quote.check(corpus()).is_ok());
            }
        }
        Ok(())
    });
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
    tried(cases(), address, |(address, changes)| {
        let changed = String::from_utf8_lossy(&damaged(address.into_bytes(), &changes)).into_owned();
        let _ = changed.parse::<Permalink>();
        // As a browser would write it.
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

/// A folder with all that people decide, and a file beside it that is none of its business.
fn decided(root: &Path) -> Vec<u8> {
    let folder = root.join("folder");
    fs::create_dir(&folder).expect("made");
    for (name, text) in
        [("one.txt", "Host: Why?\nAnn: So.\nBob: No.\nHost: And?\nAnn: Yes.\n"), ("two.txt", "Q1.a?\nA1 b\n")]
    {
        fs::write(folder.join(name), text).expect("written");
    }
    fs::write(root.join("victim.txt"), "mine").expect("written");
    let shelf = Shelf::open(opened(&folder).expect("it opens"), encoder()).expect("it opens");
    shelf.fill(|_| {}).expect("it fills");
    let sha256 =
        |name: &str| shelf.listing().items.iter().find(|item| item.name == name).expect("listed").sha256.clone();
    let (one, two) = (sha256("one"), sha256("two"));
    shelf.edit(&one, &Change::Title("A title".into())).expect("changed");
    shelf.edit(&one, &Change::Pseudonym { speaker: "Bob".into(), shown: "B.".into() }).expect("changed");
    shelf.withdraw(&one, Some("Ann")).expect("withdrawn");
    shelf.withdraw(&two, None).expect("withdrawn");
    fs::read(folder.join(".yuanhua/manifest.json")).expect("a manifest")
}

fn opened(folder: &Path) -> Result<Stock, yuanhua::error::Error> {
    Stock::open(Place::Folder(folder.to_owned()), Limits::default(), Access::Write)
}

/// JSON without the white space around its signs.
fn compact(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = json.chars().filter(|c| {
        let keep = quoted || !c.is_whitespace();
        quoted ^= *c == '"' && !escaped;
        escaped = quoted && *c == '\\' && !escaped;
        keep
    });
    kept.collect()
}

/// The manifest as a stranger would seal it who changed what is in it.
fn sealed_again(manifest: &[u8], changes: &[Damage]) -> Option<Vec<u8>> {
    let all = compact(std::str::from_utf8(manifest).ok()?);
    let library = all.split_once("\"library\":")?.1.strip_suffix('}')?;
    let library_now = String::from_utf8(damaged(library.as_bytes().to_vec(), changes)).ok()?;
    Some(format!("{{\"sha256\":\"{}\",\"library\":{library_now}}}", sha256_hex(&[library_now.as_bytes()])).into_bytes())
}

#[test]
fn a_manifest_is_read_or_refused_and_reaches_nothing_outside() {
    let root = tempfile::tempdir().expect("a folder");
    let manifest = decided(root.path());
    let folder = root.path().join("folder");
    let names = ["../victim.txt", "/etc/hostname", ".yuanhua/manifest.json", "one.txt", ".", ""];
    let given = (damage(), any::<bool>(), prop::option::of(prop::sample::select(names.to_vec())));
    tried(cases() / 4, given, |(changes, seal, name)| {
        let before = name.map_or(manifest.clone(), |name| {
            String::from_utf8_lossy(&manifest).replace("one.txt", name).replace("two.txt", name).into_bytes()
        });
        let changed = if seal { sealed_again(&before, &changes) } else { Some(damaged(before, &changes)) };
        let Some(changed) = changed else { return Ok(()) };
        fs::write(folder.join(".yuanhua/manifest.json"), changed).expect("written");
        if let Ok(stock) = opened(&folder) {
            let _ = stock.listing();
        }
        prop_assert_eq!(fs::read(root.path().join("victim.txt")).unwrap_or_default(), b"mine");
        prop_assert!(folder.join("one.txt").exists());
        Ok(())
    });
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("folder");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("one.txt"), "Q1.网费谁出?\nA1 公司出网费。\n").expect("written");
    let cache = folder.join(".yuanhua/vectors.redb");
    drop({
        let shelf = Shelf::open(opened(&folder).expect("it opens"), encoder()).expect("it opens");
        shelf.fill(|_| {}).expect("it fills");
        shelf
    });
    let whole = fs::read(&cache).expect("a cache");
    tried(cases() / 8, damage(), |changes| {
        fs::write(&cache, damaged(whole.clone(), &changes)).expect("written");
        let shelf = Arc::new(Shelf::open(opened(&folder).expect("it opens"), encoder()).expect("it opens"));
        shelf.fill(|_| {}).expect("it fills");
        prop_assert_eq!(shelf.corpus().load().transcripts.len(), 1);
        Ok(())
    });
}
