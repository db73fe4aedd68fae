//! Checks with random actions that the page never shows withdrawn words, whatever an owner does.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use proptest::prelude::*;
use serde_json::json;
use tower::ServiceExt as _;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SourceStore, TranscriptChange};
use yuanhua::search::quote::{Permalink, Resolution};
use yuanhua::transcript::Columns;
use yuanhua::web::{Site, app};

use crate::support::library::open_library;

/// The person who withdraws. `THEIRS` holds what they said: Chinese and English, long and short.
const WHO: &str = "欧阳芳";
const THEIRS: [&str; 4] = [
    "那台磨豆机从开春起就一直漏油，地板上滑得站不住人。",
    "后来我们把它抬进了仓库。",
    "The grinder leaked oil over the whole floor, from March on.",
    "嗯。",
];
/// Words that give the withdrawn answers away, in either script.
const TELLING: [&str; 9] = ["磨豆机", "磨豆機", "漏油", "抬进", "抬進", "仓库", "倉庫", "grinder", "leaked oil"];
/// The words of the others.
const OTHERS: [&str; 4] = ["我觉得还可以，能用就行。", "地板确实滑。", "It was fine with me, mostly.", "嗯。"];
const ASKED: [&str; 4] = ["您怎么看店里的设备？", "后来呢？", "What of the machines?", "您同意吗？"];

fn talk() -> String {
    let turn = |i: usize| format!("主持人：{}\n{WHO}：{}\n李四：{}\n", ASKED[i], THEIRS[i], OTHERS[i]);
    (0..4).map(turn).collect()
}

/// An action of an owner on a file or on the page.
#[derive(Debug, Clone)]
enum Deed {
    NewLine,
    Before(String),
    Between(usize, String),
    Rename,
    Copy,
    Relabel(String),
    Traditional,
    Upper,
    FullWidth,
    Wrap(usize),
    Table,
    Subtitles,
    Numbered,
    Merge,
    Split(usize),
    Quote(usize),
    Heading(usize),
    Fillers(usize),
    Encoding(usize),
    Halves,
    Page,
    Messages,
    Add(bool),
    Asks(String),
    Column,
    Title(String),
}

fn deed() -> impl Strategy<Value = Deed> {
    let name = prop_oneof![Just("王五"), Just("欧 阳 芳"), Just("歐陽芳"), Just("发言人2"), Just("李四"), Just("Zoe")];
    let name = name.prop_map(str::to_owned);
    let text =
        prop_oneof![Just("主持人：开场白。\n"), Just("记录：无\n\n"), Just("李四：我先说两句，今天天气不错。\n")];
    prop_oneof![
        Just(Deed::NewLine),
        text.clone().prop_map(|text| Deed::Before(text.to_owned())),
        (0..9_usize, text).prop_map(|(at, text)| Deed::Between(at, text.to_owned())),
        Just(Deed::Rename),
        Just(Deed::Copy),
        name.clone().prop_map(Deed::Relabel),
        Just(Deed::Traditional),
        Just(Deed::Upper),
        Just(Deed::FullWidth),
        (5..30_usize).prop_map(Deed::Wrap),
        Just(Deed::Table),
        Just(Deed::Subtitles),
        Just(Deed::Numbered),
        Just(Deed::Merge),
        (1..10_usize).prop_map(Deed::Split),
        (0..3_usize).prop_map(Deed::Quote),
        (0..3_usize).prop_map(Deed::Heading),
        (2..9_usize).prop_map(Deed::Fillers),
        (0..3_usize).prop_map(Deed::Encoding),
        Just(Deed::Halves),
        Just(Deed::Page),
        Just(Deed::Messages),
        any::<bool>().prop_map(Deed::Add),
        name.clone().prop_map(Deed::Asks),
        Just(Deed::Column),
        name.prop_map(Deed::Title),
    ]
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Returns the turns of the file as it was, so that they can be written in another format.
fn turns() -> Vec<(&'static str, &'static str)> {
    (0..4).flat_map(|i| [("主持人", ASKED[i]), (WHO, THEIRS[i]), ("李四", OTHERS[i])]).collect()
}

fn other_form(deed: &Deed) -> Option<(&'static str, String)> {
    match deed {
        Deed::Table => {
            let rows = turns().into_iter().enumerate().map(|(i, (who, words))| format!("S{i},{who},\"{words}\"\n"));
            Some(("table.csv", format!("id,speaker,text\n{}", rows.collect::<String>())))
        }
        Deed::Subtitles => {
            let cue = |(i, (who, words)): (usize, (&str, &str))| {
                format!("{}\n00:00:{:02},000 --> 00:00:{:02},500\n{who}：{words}\n\n", i + 1, i * 2, i * 2 + 1)
            };
            Some(("cues.srt", turns().into_iter().enumerate().map(cue).collect()))
        }
        Deed::Numbered => {
            let asked = |i: usize| format!("Q{}. {}\nA1 {}\nA2 {}\n", i + 1, ASKED[i], THEIRS[i], OTHERS[i]);
            Some(("numbered.txt", (0..4).map(asked).collect()))
        }
        Deed::Merge => {
            Some(("merged.txt", format!("主持人：先问您一句。\n赵六：我住在河边，每天划船上班。\n{}", talk())))
        }
        Deed::Page => {
            let line = |(who, words): (&str, &str)| format!("<p><b>{who}：</b>{words}</p>\n");
            Some((
                "page.html",
                format!("<!doctype html><body>{}</body>", turns().into_iter().map(line).collect::<String>()),
            ))
        }
        Deed::Messages => {
            let row = |(who, words): (&str, &str)| format!("{{\"speaker\":\"{who}\",\"text\":\"{words}\"}}");
            Some(("messages.json", format!("[{}]", turns().into_iter().map(row).collect::<Vec<_>>().join(","))))
        }
        Deed::Quote(i) => {
            let told = format!(
                "主持人：他怎么说？\n赵六：他跟我讲，“{}”我也没法子，就先回家吃饭去了，到晚上才回来。\n",
                THEIRS[*i]
            );
            Some(("quoted.txt", told))
        }
        Deed::Heading(i) => {
            Some(("heading.md", format!("# {}\n\n主持人：您住哪里？\n赵六：我住在河边，每天划船上班。\n", THEIRS[*i])))
        }
        _ => None,
    }
}

/// Does a deed to the file with this number.
fn act(folder: &Path, library: &Library, which: usize, deed: &Deed) {
    let files = texts(folder);
    let Some(path) = files.get(which % files.len().max(1)) else { return };
    // A file that was saved in another encoding stays as it is.
    let Ok(text) = fs::read_to_string(path) else { return };
    let rewrite = |text: String| fs::write(path, text).expect("written");
    let at_line = |n: usize| text.match_indices('\n').nth(n).map_or(text.len(), |(at, _)| at + 1);
    let listing = library.listing();
    let item = listing.items.get(which % listing.items.len().max(1));
    match deed {
        Deed::NewLine => rewrite(format!("{text}\n")),
        Deed::Before(more) => rewrite(format!("{more}{text}")),
        Deed::Between(n, more) => rewrite(format!("{}{more}{}", &text[..at_line(*n)], &text[at_line(*n)..])),
        Deed::Rename => fs::rename(path, path.with_file_name(format!("renamed-{which}.txt"))).expect("renamed"),
        Deed::Copy => drop(fs::copy(path, path.with_file_name(format!("copy-{which}.txt"))).expect("copied")),
        Deed::Relabel(name) => rewrite(text.replace(WHO, name)),
        Deed::Traditional => {
            rewrite(yuanhua::text::script::View::new(&text, yuanhua::text::script::Display::Traditional).into_text());
        }
        Deed::Upper => rewrite(text.to_uppercase()),
        Deed::FullWidth => rewrite(
            text.chars()
                .map(|c| if c.is_ascii_alphabetic() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
                .collect(),
        ),
        Deed::Wrap(width) => {
            let mut wrapped = String::new();
            for (i, c) in text.chars().enumerate() {
                if i % width == width - 1 && c != '：' && c.is_alphabetic() {
                    wrapped.push('\n');
                }
                wrapped.push(c);
            }
            rewrite(wrapped);
        }
        // A word-for-word transcript has filler words.
        Deed::Fillers(every) => {
            let mut said = String::new();
            for (i, c) in text.chars().enumerate() {
                said.push(c);
                if i % every == 0 && c.is_alphabetic() && !c.is_ascii() && !said.ends_with(['人', '芳', '四']) {
                    said.push_str("，嗯，");
                }
            }
            rewrite(said.replace("leaked", "uh, leaked"));
        }
        Deed::Encoding(which) => {
            let bytes = match which {
                0 => encoding_rs::GBK.encode(&text).0.into_owned(),
                1 => {
                    let view = yuanhua::text::script::View::new(&text, yuanhua::text::script::Display::Traditional)
                        .into_text();
                    encoding_rs::BIG5.encode(&view).0.into_owned()
                }
                _ => std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            };
            fs::write(path, bytes).expect("written");
        }
        // Each turn is split between two people.
        Deed::Halves => {
            let halved = |line: &str| match line.split_once('，') {
                Some((before, after)) => format!("{before}，\n赵六：{after}\n"),
                None => format!("{line}\n"),
            };
            rewrite(text.lines().map(halved).collect());
        }
        Deed::Split(n) => {
            fs::write(path.with_file_name("second.txt"), &text[at_line(*n)..]).expect("written");
            rewrite(text[..at_line(*n)].to_owned());
        }
        Deed::Add(again) => drop(library.add(vec![("added.txt".to_owned(), format!("{text}\n").into_bytes())], *again)),
        Deed::Asks(name) => {
            if let Some(item) = item {
                drop(library.edit(&item.sha256, &TranscriptChange::Interviewers(vec![name.clone()])));
            }
        }
        Deed::Column => {
            let columns = Columns { speaker: Some("id".into()), text: Some("text".into()), time: None };
            if let Some(item) = item {
                drop(library.edit(&item.sha256, &TranscriptChange::Columns(columns)));
            }
        }
        Deed::Title(title) => {
            if let Some(item) = item {
                drop(library.edit(&item.sha256, &TranscriptChange::Title(title.clone())));
            }
        }
        other => {
            if let Some((name, text)) = other_form(other) {
                fs::write(folder.join(name), text).expect("written");
            }
        }
    }
}

fn tell(what: &str, shown: &str) {
    let folded = yuanhua::text::script::View::folded(shown).into_text();
    for words in TELLING {
        let words = yuanhua::text::script::View::folded(words).into_text();
        assert!(!folded.contains(&words), "{what}: {words} in {shown}");
    }
}

/// Looks at everything that is shown, and at everything on the disk except the owner's own files.
/// If `whole`, the whole interview was withdrawn and nobody withdrew by name. A part of the file without telling words
/// is then an interview of its own. It is shown and kept with its names.
fn look(folder: &Path, library: &Arc<Library>, whole: bool) {
    let corpus = library.corpus().load_full();
    for transcript in &corpus.transcripts {
        tell("the text", transcript.text());
        tell("the text as received", transcript.restored.received());
        tell("the title", &transcript.title);
    }
    tell("the list", &format!("{:?}", library.listing()));
    let mut addresses = ["/", "/library", "/tags", "/tags.csv"].map(str::to_owned).to_vec();
    for query in ["%E6%BC%8F%E6%B2%B9", "grinder", "%E8%AE%BE%E5%A4%87"] {
        addresses.push(format!("/api/ask?q={query}&limit=20"));
    }
    for query in ["%E8%AE%BE%E5%A4%87", "lou%20you", "mo%20dou%20ji"] {
        addresses.extend(["/", "/people", "/people.csv"].map(|page| format!("{page}?q={query}")));
    }
    let mut person = "/people?who=".to_owned();
    person.extend(WHO.bytes().map(|byte| format!("%{byte:02X}")));
    addresses.push(person);
    addresses.push("/export?q=%E5%9C%B0%E6%9D%BF&as=csv".to_owned());
    for item in &library.listing().items {
        addresses.extend(["", "/received"].map(|end| format!("/t/{}{end}", &item.sha256[..16])));
    }
    let site = app(Site::of_library(Arc::clone(library)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for address in addresses {
        let shown = runtime.block_on(async {
            let request = Request::get(&address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty());
            let response = site.clone().oneshot(request.expect("a request")).await.expect("one");
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
            String::from_utf8_lossy(&bytes).into_owned()
        });
        // A page repeats the query, so the words of the query are removed.
        let query = address.contains("grinder") || address.contains("%E6%BC%8F");
        let shown = if query { shown.replacen("grinder", "", 9).replacen("漏油", "", 9) } else { shown };
        tell(&address, &shown);
    }
    for (tool, arguments) in [
        ("ask", json!({ "query": "设备", "limit": 20 })),
        ("ask", json!({ "query": "地板" })),
        ("list_interviews", json!({})),
        ("verify_quotes", json!({ "text": "“地板确实滑，还有人说了别的话。”" })),
    ] {
        tell(tool, &runtime.block_on(called(&site, "tools/call", &json!({ "name": tool, "arguments": arguments }))));
    }
    let resources = runtime.block_on(called(&site, "resources/list", &json!({})));
    tell("the resources", &resources);
    for item in &library.listing().items {
        let uri = json!({ "uri": format!("yuanhua://t/{}", item.sha256) });
        tell("an interview as a resource", &runtime.block_on(called(&site, "resources/read", &uri)));
    }
    let shows_her = corpus.transcripts.iter().any(|transcript| transcript.text().contains(WHO));
    let mut folders = vec![folder.join(".yuanhua")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let kept = String::from_utf8_lossy(&fs::read(&path).expect("read")).into_owned();
                tell(&path.display().to_string(), &kept);
                let derived = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("derived-"));
                let may = whole && derived && shows_her;
                assert!(may || !kept.contains(WHO), "{} names who withdrew", path.display());
            }
        }
    }
}

/// Returns what an assistant is told.
async fn called(site: &axum::Router, method: &str, params: &serde_json::Value) -> String {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let request = Request::post("/mcp")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream");
    let request = request.body(Body::from(message.to_string())).expect("a request");
    let response = site.clone().oneshot(request).await.expect("one");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    let told = String::from_utf8_lossy(&bytes).into_owned();
    assert!(told.contains("\"result\"") || told.contains("\"error\""), "{told}");
    told
}

/// Tags a word or two of who will withdraw, a sentence of them, and a sentence of another. Its address.
fn tag_theirs_and_others(library: &Library) -> String {
    let corpus = library.corpus().load_full();
    let own = &corpus.transcripts[0];
    let link = |words: &str| {
        let start = own.text().find(words).expect("said");
        Permalink::of(own, yuanhua::transcript::Span::new(own.text(), start..start + words.len()).expect("a span"))
    };
    for (words, note) in [("磨豆机", "磨豆机的事"), (THEIRS[1], "倉庫？"), ("从", ""), (OTHERS[0], "能用")]
    {
        library.tag_quote(&link(words), &["设备".to_owned()], note).expect("tagged");
    }
    link(OTHERS[0]).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::cases(16), max_shrink_iters: 20, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_an_owner_does_brings_back_withdrawn_words(
        whole in prop::bool::weighted(0.3),
        deeds in prop::collection::vec((0..8_usize, deed()), 1..6),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("own.txt"), talk()).expect("written");
        let library = open_library(folder.path());
        let sha256 = library.listing().items[0].sha256.clone();
        let others = tag_theirs_and_others(&library);
        library.withdraw(&sha256, (!whole).then_some(WHO)).expect("withdrawn");
        look(folder.path(), &library, whole);
        let tagged = library.tags().expect("the tags").taggings.clone();
        let left: Vec<&str> = tagged.iter().map(|one| one.permalink.as_str()).collect();
        prop_assert_eq!(left, if whole { vec![] } else { vec![others.as_str()] });
        for (which, deed) in deeds {
            let again = matches!(deed, Deed::Add(true)) && whole;
            if again {
                // This would bring the interview back on purpose.
                continue;
            }
            act(folder.path(), &library, which, &deed);
            library.fill(|_| {}).expect("it fills");
            look(folder.path(), &library, whole);
        }
    }
}

#[test]
fn no_cache_names_who_withdrew_though_another_interview_does() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("own.txt"), talk()).expect("written");
    let names_her = format!("主持人：谁在店里？\n赵六：{WHO}在店里，我住在河边，每天划船上班。\n");
    fs::write(folder.path().join("names-her.txt"), names_her).expect("written");
    fs::write(folder.path().join("other.txt"), "主持人：您住哪里？\n孙七：我住在山上，每天骑马上班。\n")
        .expect("written");
    let library = open_library(folder.path());
    let sha256 = library.listing().items.iter().find(|item| item.name == "own").expect("listed").sha256.clone();
    library.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    library.fill(|_| {}).expect("it fills");
    look(folder.path(), &library, false);
    fs::write(folder.path().join("later.txt"), format!("主持人：还有谁？\n周八：也许{WHO}，我不清楚。\n"))
        .expect("written");
    library.fill(|_| {}).expect("it fills");
    look(folder.path(), &library, false);
    let shown = library.corpus().load_full();
    assert_eq!(shown.transcripts.iter().filter(|transcript| transcript.text().contains(WHO)).count(), 2);
}

#[test]
fn a_permalink_to_withdrawn_words_says_so_wherever_they_stood() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("own.txt"), talk()).expect("written");
    fs::write(at("other.txt"), "Q1. 早上吃什么？\nA1 我吃馒头和豆浆。\n").expect("written");
    let library = open_library(folder.path());
    let links: Vec<(bool, Permalink)> = {
        let corpus = library.corpus().load_full();
        let own = corpus.transcripts.iter().find(|one| one.name == "own").expect("it is there");
        // The others, who did not withdraw, said “嗯。” too. Those words belong to nobody alone, so they are left out.
        let spans = own.answers().map(|(_, _, answer)| (answer.interviewee.as_deref() == Some(WHO), answer.span));
        spans
            .filter(|(theirs, span)| *theirs || own.words(*span) != "嗯。")
            .map(|(theirs, span)| (theirs, Permalink::of(own, span)))
            .collect()
    };
    let sha256 = library.listing().items.iter().find(|item| item.name == "own").expect("listed").sha256.clone();
    library.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    let look = |what: &str| {
        library.fill(|_| {}).expect("it fills");
        let corpus = library.corpus().load_full();
        for (theirs, link) in &links {
            let found = link.find(&corpus);
            assert_eq!(found == Resolution::Withdrawn, *theirs, "{what}: {found:?}");
        }
    };
    look("withdrawn");
    fs::write(at("own.txt"), format!("李四：我先说两句，今天天气不错。\n{}", talk())).expect("written");
    look("moved");
    fs::rename(at("own.txt"), at("new.txt")).expect("renamed");
    fs::write(at("new.txt"), format!("主持人：开始吧。\n{}", talk())).expect("written");
    look("renamed and moved");
    // The words of the others are gone with their file. Withdrawn words still count as withdrawn.
    fs::remove_file(at("new.txt")).expect("removed");
    library.fill(|_| {}).expect("it fills");
    let corpus = library.corpus().load_full();
    for (theirs, link) in links {
        assert_eq!(link.find(&corpus), if theirs { Resolution::Withdrawn } else { Resolution::Gone });
    }
}

#[test]
fn words_that_somebody_else_withdrew_too_keep_their_links_and_tags_when_their_own_file_is_edited() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let common = "没有了，谢谢您。";
    let one = format!("{}主持人：还有吗？\n{WHO}：{common}\n", talk());
    let other = format!("主持人：鸭子呢？\n孙七：孵化箱断了电，剩下十七只。\n主持人：还有吗？\n孙七：{common}\n");
    fs::write(at("one.txt"), one).expect("written");
    fs::write(at("other.txt"), &other).expect("written");
    let library = open_library(folder.path());
    let (links, sha256): (Vec<Permalink>, String) = {
        let corpus = library.corpus().load_full();
        let link = |name: &str| {
            let one = corpus.transcripts.iter().find(|one| one.name == name).expect("there");
            let start = one.text().find(common).expect("said");
            let span = yuanhua::transcript::Span::new(one.text(), start..start + common.len()).expect("a span");
            Permalink::of(one, span)
        };
        let sha256 = library.listing().items.iter().find(|item| item.name == "one").expect("listed").sha256.clone();
        (["one", "other"].map(link).to_vec(), sha256)
    };
    for link in &links {
        library.tag_quote(link, &["谢".to_owned()], "").expect("tagged");
    }
    library.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    fs::write(at("other.txt"), format!("主持人：开始吧，先说说今天的天气。\n{other}")).expect("written");
    library.fill(|_| {}).expect("it fills");
    let corpus = library.corpus().load_full();
    assert_eq!(links[0].find(&corpus), Resolution::Withdrawn);
    assert!(matches!(links[1].find(&corpus), Resolution::Elsewhere(..)), "{:?}", links[1].find(&corpus));
    let tagged: Vec<String> =
        library.tags().expect("the tags").taggings.iter().map(|one| one.permalink.clone()).collect();
    assert_eq!(tagged, [links[1].to_string()]);
    // Where the file is gone, nobody can tell whose words they were.
    fs::remove_file(at("other.txt")).expect("removed");
    library.fill(|_| {}).expect("it fills");
    assert_eq!(links[1].find(&library.corpus().load_full()), Resolution::Withdrawn);
}

#[test]
fn what_another_process_withdraws_is_withdrawn_here_too() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("own.txt"), talk()).expect("written");
    let writes = open_library(folder.path());
    let opened = |place| SourceStore::open(place, LibraryLimits::default(), Access::ReadAtLeast).expect("it opens");
    let reads =
        [LibraryLocation::Folder(folder.path().to_owned()), LibraryLocation::File(folder.path().join("own.txt"))];
    let reads =
        reads.map(|place| Arc::new(Library::open(opened(place), crate::support::site::encoder()).expect("it opens")));
    for library in &reads {
        library.fill(|_| {}).expect("it fills");
        yuanhua::library::watch(Arc::downgrade(library));
    }
    let says = |library: &Arc<Library>| {
        let corpus = library.corpus().load_full();
        corpus.transcripts.iter().any(|transcript| transcript.text().contains("磨豆机"))
    };
    assert!(reads.iter().all(says));
    let sha256 = writes.listing().items[0].sha256.clone();
    writes.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    let until = Instant::now() + Duration::from_mins(2);
    while reads.iter().any(says) {
        assert!(Instant::now() < until, "it is never taken in");
        std::thread::sleep(Duration::from_millis(50));
    }
}
