//! Tags on quotes: counted and exported with the words as they are now, gone with what is withdrawn, and never
//! a word of anybody on the disk.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use regex::Regex;
use tower::ServiceExt as _;
use url::form_urlencoded;
use yuanhua::library::{Library, Tagging};
use yuanhua::search::quote::{Permalink, Resolution};
use yuanhua::text::script::{Display, View};
use yuanhua::transcript::Span;
use yuanhua::web::{Site, app};

use crate::support::library::open_library;

const WHO: &str = "欧阳芳";
const TALK: &str = "主持人：您怎么看店里的设备？\n\
    欧阳芳：那台磨豆机从开春起就一直漏油，地板上滑得站不住人。我觉得该换新的。\n\
    李四：能用就行，我是这么想的，能用就行。地板确实滑 & <旧>。\n\
    主持人：后来呢？\n\
    欧阳芳：后来我们把它抬进了仓库。\n\
    李四：后来换了新的，我觉得还可以，大家都高兴。\n";

struct Reply {
    status: StatusCode,
    location: String,
    bytes: Vec<u8>,
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

async fn send(library: &Arc<Library>, request: Request<Body>) -> Reply {
    let response = app(Site::of_library(Arc::clone(library))).oneshot(request).await.expect("a response");
    let status = response.status();
    let location = response.headers().get(header::LOCATION).map(|to| to.to_str().expect("ASCII").to_owned());
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec();
    Reply { status, location: location.unwrap_or_default(), bytes }
}

async fn get(library: &Arc<Library>, address: &str) -> Reply {
    let request = Request::get(address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty());
    send(library, request.expect("a request")).await
}

fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn post_from(library: &Arc<Library>, from: &str, address: &str, fields: &[(&str, &str)]) -> Reply {
    let request = Request::post(address)
        .header("sec-fetch-site", from)
        .header(header::ACCEPT_LANGUAGE, "en")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(encoded(fields)));
    send(library, request.expect("a request")).await
}

async fn post(library: &Arc<Library>, address: &str, fields: &[(&str, &str)]) -> Reply {
    post_from(library, "same-origin", address, fields).await
}

fn sample_library(folder: &Path) -> Arc<Library> {
    fs::write(folder.join("talk.txt"), TALK).expect("written");
    open_library(folder)
}

/// The address of words in the talk, after other words.
fn link_after(library: &Library, before: &str, words: &str) -> Permalink {
    let corpus = library.corpus().load_full();
    let talk = corpus.transcripts.iter().find(|one| one.name == "talk").expect("the talk");
    let from = talk.text().find(before).expect("the words before");
    let start = from + talk.text()[from..].find(words).expect("the words");
    Permalink::of(talk, Span::new(talk.text(), start..start + words.len()).expect("a span"))
}

fn link(library: &Library, words: &str) -> String {
    link_after(library, "", words).to_string()
}

/// What the words of an address are now.
fn words_of(library: &Library, link: &str) -> Option<(usize, String)> {
    let corpus = library.corpus().load_full();
    match link.parse::<Permalink>().expect("a permalink").find(&corpus) {
        Resolution::Here(place, span) | Resolution::Elsewhere(place, span) => {
            Some((span.start(), corpus.transcripts[place.transcript].words(span).to_owned()))
        }
        _ => None,
    }
}

fn stored(folder: &Path) -> String {
    fs::read_to_string(folder.join(".yuanhua/tags.json")).expect("tags are kept")
}

fn taggings(library: &Library) -> Vec<Tagging> {
    library.tags().expect("the tags").taggings.clone()
}

#[tokio::test]
async fn quotes_are_tagged_by_our_own_forms_shown_with_their_words_and_stored_without() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    assert!(get(&library, "/tags").await.text().contains("Nothing is tagged yet."));
    let quote = link(&library, "地板确实滑 & <旧>。");
    let fields = [("quote", quote.as_str()), ("new", "地板"), ("note", "再问一次\r\n值得核对")];
    assert_eq!(post_from(&library, "cross-site", "/tags/save", &fields).await.status, StatusCode::FORBIDDEN);
    let saved = post(&library, "/tags/save", &fields).await;
    assert_eq!((saved.status, saved.location.starts_with("/t/")), (StatusCode::SEE_OTHER, true), "{}", saved.location);
    let source = get(&library, &saved.location).await.text();
    assert!(source.contains("class=\"tag hue-blue\"") && source.contains(">地板</a>"), "{source}");

    let file = stored(folder.path());
    assert!(file.contains("/q/") && file.contains("再问一次\\n值得核对") && !file.contains("确实"), "{file}");
    let tags = get(&library, "/tags").await.text();
    let counted = "aria-label=\"地板, 李四: 1\">1</a>";
    assert!(tags.contains("1 quote") && tags.contains(counted) && !tags.contains(WHO), "{tags}");

    let one = get(&library, &format!("/tags?{}", encoded(&[("tag", "地板")]))).await.text();
    assert!(one.contains("地板确实滑 &#38; &#60;旧&#62;。") && one.contains("再问一次\n值得核对"), "{one}");
    assert!(one.contains("Q1 · A2") && one.contains("/tags/edit?quote="), "{one}");
    let nobody = get(&library, &format!("/tags?{}", encoded(&[("tag", "地板"), ("who", WHO)]))).await.text();
    assert!(nobody.contains("0 quotes") && !nobody.contains("确实"), "{nobody}");
    assert_eq!(get(&library, "/tags?tag=none").await.status, StatusCode::NOT_FOUND);

    let edit = get(&library, &format!("/tags/edit?{}", encoded(&[("quote", &quote)]))).await.text();
    assert!(edit.contains("value=\"地板\" checked") && edit.contains("值得核对</textarea>"), "{edit}");
    // The same name in another script is the same tag.
    let fields = [("quote", quote.as_str()), ("tag", "地板"), ("new", "設備")];
    assert_eq!(post(&library, "/tags/save", &fields).await.status, StatusCode::SEE_OTHER);
    let fields = [("quote", quote.as_str()), ("tag", "地板"), ("new", "设备")];
    assert_eq!(post(&library, "/tags/save", &fields).await.status, StatusCode::SEE_OTHER);
    let one = &taggings(&library)[0];
    assert_eq!((one.tags.as_slice(), one.note.as_str()), (["地板".to_owned(), "設備".to_owned()].as_slice(), ""));

    let change = [("tag", "地板"), ("name", "=滑"), ("colour", "red")];
    assert_eq!(post(&library, "/tags/change", &change).await.status, StatusCode::SEE_OTHER);
    assert!(get(&library, "/tags").await.text().contains("tag hue-red"));
    let taken = [("tag", "=滑"), ("name", "设备"), ("colour", "red")];
    assert_eq!(post(&library, "/tags/change", &taken).await.status, StatusCode::CONFLICT);
    assert_eq!(post(&library, "/tags/delete", &[("tag", "設備")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(taggings(&library)[0].tags, ["=滑"]);
    assert_eq!(post(&library, "/tags/remove", &[("quote", &quote)]).await.status, StatusCode::SEE_OTHER);
    assert!(taggings(&library).is_empty());
}

#[tokio::test]
async fn a_new_version_of_a_source_keeps_the_tags_of_what_it_still_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    for (words, note) in [("能用就行", "still said"), ("后来换了新的", "not any more")] {
        let link = link(&library, words);
        let fields = [("quote", link.as_str()), ("new", "设备"), ("note", note)];
        assert_eq!(post(&library, "/tags/save", &fields).await.status, StatusCode::SEE_OTHER);
    }
    let edited = format!("主持人：开始吧。\n王五：好。\n{}", TALK.replace("后来换了新的", "后来买了新的"));
    fs::write(folder.path().join("talk.txt"), edited).expect("written");
    library.fill(|_| {}).expect("it fills");
    let page = get(&library, "/tags").await.text();
    assert!(page.contains("1 quote cannot be shown") && page.contains(">1</a>"), "{page}");
    let sha256 = library.listing().items[0].sha256.clone();
    assert!(get(&library, &format!("/t/{}", &sha256[..16])).await.text().contains(">设备</a>"));
    let one = get(&library, &format!("/tags?{}", encoded(&[("tag", "设备")]))).await.text();
    assert!(one.contains("still said") && one.contains("not any more") && !one.contains("换了新的"), "{one}");
}

#[tokio::test]
async fn selected_words_are_found_in_any_script_where_they_were_selected() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let sha256 = library.listing().items[0].sha256[..16].to_owned();
    let find = async |answer: &str, words: &str, before: &str| {
        let fields = [("source", sha256.as_str()), ("answer", answer), ("words", words), ("before", before)];
        let reply = get(&library, &format!("/tags/edit?{}", encoded(&fields))).await;
        let query = reply.location.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
        let quote = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "quote");
        (reply.status, quote.and_then(|(_, link)| words_of(&library, &link)))
    };
    let first = TALK.find("能用就行").expect("said");
    let second = TALK.rfind("能用就行").expect("said twice");
    for (before, start) in [("0", first), ("5", first), ("13", second), ("99", second)] {
        let found = find("Q1.A2", "能用就行", before).await;
        assert_eq!(found, (StatusCode::SEE_OTHER, Some((start, "能用就行".to_owned()))), "{before}");
    }
    let found = find("Q2.A1", " 抬進了\n倉庫 ", "8").await.1.map(|(_, words)| words);
    assert_eq!(found.as_deref(), Some("抬进了仓库"));
    // Another answer says it, and a label, which nobody says.
    for (answer, words) in [("Q1.A1", "能用就行"), ("Q1.A2", "李四"), ("Q9.A1", "能用就行"), ("Q1.A2", " ")] {
        assert_eq!(find(answer, words, "0").await.0, StatusCode::NOT_FOUND, "{answer} {words}");
    }
}

#[tokio::test]
async fn tags_go_with_withdrawn_words_however_few_and_others_keep_theirs() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let tag = |link: &Permalink, names: &[&str], note: &str| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        library.tag_quote(link, &names, note).expect("tagged");
    };
    let others = [link_after(&library, "后来换了", "我觉得"), link_after(&library, "", "地板确实滑")];
    tag(&link_after(&library, "", "磨豆机"), &["设备"], "磨豆机的事");
    tag(&link_after(&library, "", "我觉得"), &["看法"], "");
    tag(&link_after(&library, "", "后来我们把它抬进了仓库。"), &["设备"], "");
    tag(&others[0], &["看法"], "她说过：那台磨豆机从开春起就一直漏油");
    tag(&others[1], &["设备", "那台磨豆机从开春起就一直漏油"], "和欧阳芳说的一样");
    assert_eq!(taggings(&library).len(), 5);

    let sha256 = library.listing().items[0].sha256.clone();
    library.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    let look = |library: &Arc<Library>| {
        let file = stored(folder.path());
        for gone in ["磨豆机", "漏油", "仓库", WHO] {
            assert!(!file.contains(gone), "{gone}: {file}");
        }
        let left: Vec<(String, Vec<String>, String)> =
            taggings(library).into_iter().map(|one| (one.permalink, one.tags, one.note)).collect();
        let wanted = [("看法", &others[0]), ("设备", &others[1])];
        assert_eq!(left, wanted.map(|(tag, link)| (link.to_string(), vec![tag.to_owned()], String::new())));
    };
    look(&library);
    let tags = get(&library, "/tags").await.text();
    assert!(tags.contains("李四") && !tags.contains(WHO) && !tags.contains("磨豆机"), "{tags}");
    // Nothing of it is written again.
    let quote = others[0].to_string();
    for note in ["她说过：那台磨豆机从开春起就一直漏油", "和欧阳芳说的一样"] {
        let refused = post(&library, "/tags/save", &[("quote", &quote), ("tag", "看法"), ("note", note)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(!refused.text().contains("磨豆机"));
    }
    look(&library);
    drop(library);
    // A list from before, put back: a start cleans it, too.
    let before = [link_of(TALK, "磨豆机"), link_of(TALK, "地板确实滑")];
    let one = |link: &str| format!(r#"{{"permalink":"{link}","tags":[],"note":"x","on":"2026-01-01"}}"#);
    let file = format!(r#"{{"tags":[],"taggings":[{},{}]}}"#, one(&before[0]), one(&before[1]));
    fs::write(folder.path().join(".yuanhua/tags.json"), file).expect("written");
    let library = crate::support::library::open_library(folder.path());
    assert_eq!(taggings(&library).iter().map(|one| one.permalink.as_str()).collect::<Vec<_>>(), [before[1].as_str()]);
}

fn link_of(text: &str, words: &str) -> String {
    let (talk, _) = yuanhua::transcript::read("talk", text.as_bytes()).expect("an interview");
    let start = talk.text().find(words).expect("the words");
    Permalink::of(&talk, Span::new(talk.text(), start..start + words.len()).expect("a span")).to_string()
}

#[tokio::test]
async fn a_damaged_file_is_told_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let (file, quote) = (folder.path().join(".yuanhua/tags.json"), link(&library, "能用就行"));
    let unknown = format!(r#"{{"tags":[],"taggings":[{{"permalink":"{quote}","tags":["x"],"note":"","on":""}}]}}"#);
    for damaged in ["{\"tags\": [", "[]", &unknown] {
        fs::write(&file, damaged).expect("written");
        let told = get(&library, "/tags").await;
        assert_eq!(told.status, StatusCode::INTERNAL_SERVER_ERROR, "{damaged}");
        assert!(told.text().contains("tags.json is damaged"), "{}", told.text());
        let saved = post(&library, "/tags/save", &[("quote", &quote), ("new", "x")]).await;
        assert_eq!(saved.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(fs::read_to_string(&file).expect("there"), damaged);
        let sha256 = &library.listing().items[0].sha256[..16];
        assert_eq!(get(&library, &format!("/t/{sha256}")).await.status, StatusCode::OK, "words are read all the same");
    }
    // A withdrawal tells that it could not be cleaned, and is in force.
    let sha256 = library.listing().items[0].sha256.clone();
    let told = library.withdraw(&sha256, Some(WHO)).expect_err("it is damaged").to_string();
    assert!(told.contains("tags.json is damaged"), "{told}");
    assert!(!get(&library, &format!("/t/{}", &sha256[..16])).await.text().contains("磨豆机"));
}

#[tokio::test]
async fn names_and_notes_have_limits_and_no_page_acts_on_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let quote = link(&library, "能用就行");
    for (field, value, status) in [
        ("note", "长".repeat(2_000), StatusCode::SEE_OTHER),
        ("note", "长".repeat(2_001), StatusCode::BAD_REQUEST),
        ("new", "长".repeat(201), StatusCode::BAD_REQUEST),
        ("new", "<b>\u{202e}x</b>".to_owned(), StatusCode::SEE_OTHER),
        ("tag", "\u{200b} ".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let reply = post(&library, "/tags/save", &[("quote", &quote), (field, &value)]).await;
        assert_eq!(reply.status, status, "{field}: {}", reply.text());
    }
    let page = get(&library, "/tags").await.text();
    assert!(page.contains("&#60;b&#62;x&#60;/b&#62;") && !page.contains("<b>"), "{page}");
    let wrong = post(&library, "/tags/save", &[("quote", "/q/no/link"), ("new", "x")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_table_has_a_row_for_each_tag_and_no_cell_that_a_spreadsheet_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let quote = link(&library, "能用就行");
    let fields = [("quote", quote.as_str()), ("tag", "=SUM(A1)"), ("tag", "设备"), ("note", "@cmd")];
    assert_eq!(post(&library, "/tags/save", &fields).await.status, StatusCode::SEE_OTHER);
    let table = get(&library, "/tags.csv").await.text();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows[0], "\u{feff}Tag,Note,Quote,Interviewee,Question,Answer,Interview,Permalink,Day");
    assert!(rows[1].starts_with("'=SUM(A1),'@cmd,能用就行,李四,Q1,A2,talk,"), "{table}");
    assert!(rows[2].starts_with("设备,'@cmd,能用就行,") && rows[2].contains(&quote), "{table}");
    assert_eq!(rows.len(), 3);
}

/// The files of a zip, by name.
fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let (name, mut text) = (file.name().to_owned(), String::new());
        file.read_to_string(&mut text).expect("UTF-8");
        files.push((name, text));
    }
    files
}

/// What a pattern finds in a text, by group.
fn all(pattern: &str, text: &str) -> Vec<Vec<String>> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let groups = |found: regex::Captures<'_>| {
        found.iter().skip(1).map(|part| part.map_or("", |part| part.as_str()).to_owned()).collect()
    };
    pattern.captures_iter(text).map(groups).collect()
}

const GUID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}";

#[tokio::test]
async fn a_project_of_refi_qda_cuts_out_exactly_the_tagged_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let said = ["地板上滑得站不住人。", "地板确实滑 & <旧>。", "能用就行", "后来我们把它抬进了仓库。"];
    for (number, words) in said.iter().enumerate() {
        let note = if number == 1 { "再问 <一次>\n核对" } else { "" };
        let names = ["A & B".to_owned(), "设备".to_owned()];
        let link = link(&library, words).parse().expect("a permalink");
        library.tag_quote(&link, &names[..=usize::from(number > 0)], note).expect("tagged");
    }
    for (script, display) in [("original", Display::Original), ("traditional", Display::Traditional)] {
        let address = format!("/tags.qdpx?script={script}");
        let first = get(&library, &address).await;
        assert_eq!(first.bytes, get(&library, &address).await.bytes, "two exports are the same");
        let files = unzipped(&first.bytes);
        let (name, project) = &files[0];
        assert_eq!((name.as_str(), files.len()), ("project.qde", 2));
        let mut reader = quick_xml::Reader::from_str(project);
        while !matches!(reader.read_event().expect("it is XML"), quick_xml::events::Event::Eof) {}
        let (path, text) = &files[1];
        assert!(!text.contains('\r') && text.starts_with("talk\n\nQ1 "), "{text}");
        let source = format!(r#"<TextSource guid="({GUID})" name="talk" plainTextPath="internal://({GUID}).txt""#);
        let source = &all(&source, project)[0];
        assert_eq!((format!("sources/{}.txt", source[0]), &source[0]), (path.clone(), &source[1]));
        let by = format!(r#"creatingUser="{GUID}" creationDateTime="\d{{4}}-\d\d-\d\dT00:00:00Z""#);
        let place = format!(
            r#"<PlainTextSelection guid="{GUID}" name="Q\d · A\d" startPosition="(\d+)" endPosition="(\d+)" {by}>"#
        );
        let letters: Vec<char> = text.chars().collect();
        let number = |digits: &String| digits.parse::<usize>().expect("a number");
        let cut = all(&place, project).into_iter().map(|at| letters[number(&at[0])..number(&at[1])].iter().collect());
        let in_order = [said[0], said[2], said[1], said[3]].map(|words| View::new(words, display).into_text());
        assert_eq!(cut.collect::<Vec<String>>(), in_order, "{project}");
        let code = format!(r##"<Code guid="({GUID})" name="([^"]+)" isCodable="true" color="#[0-9A-F]{{6}}"/>"##);
        let codes = all(&code, project);
        assert_eq!(codes.iter().map(|code| code[1].as_str()).collect::<Vec<_>>(), ["A &amp; B", "设备"]);
        for (code, times) in codes.iter().zip([4, 3]) {
            assert_eq!(project.matches(&format!("<CodeRef targetGUID=\"{}\"/></Coding>", code[0])).count(), times);
        }
        assert!(project.contains("<Description>再问 &lt;一次&gt;\n核对</Description>"), "{project}");
        if let Some(kept) = std::env::var_os("YUANHUA_KEEP_QDPX") {
            fs::write(Path::new(&kept).join(format!("{script}.qdpx")), &first.bytes).expect("written");
        }
    }
    let sha256 = library.listing().items[0].sha256.clone();
    library.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    for (name, text) in unzipped(&get(&library, "/tags.qdpx").await.bytes) {
        assert!(!text.contains(WHO) && !text.contains("磨豆机") && !text.contains("仓库"), "{name}: {text}");
    }
}

#[tokio::test]
async fn a_card_shows_all_words_of_a_quote_and_none_is_made_of_too_many() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("long.txt"),
        format!("主持人：您说？\n王五：{}\n", "今天天气不错，我们去河边走走。".repeat(80)),
    )
    .expect("written");
    let library = sample_library(folder.path());
    let card = async |link: &str, script: &str| {
        get(&library, &format!("/card.svg?{}", encoded(&[("quote", link), ("script", script)]))).await
    };
    let quote = link(&library, "能用就行，我是这么想的，能用就行。地板确实滑 & <旧>。");
    let shown = card(&quote, "original").await;
    assert_eq!(shown.status, StatusCode::OK);
    let svg = shown.text();
    let lines = r#"font-size="\d\d" font-family="'Iowan[^>]*>([^<]*)</text>"#;
    let said: String = all(lines, &svg).concat().concat();
    assert_eq!(said.replace(' ', ""), "能用就行，我是这么想的，能用就行。地板确实滑&amp;&lt;旧&gt;。", "{svg}");
    assert!(
        svg.contains("Q1 · A2 · 李四") && svg.contains(&quote) && svg.contains("width=\"1200\" height=\"675\""),
        "{svg}"
    );
    assert!(card(&quote, "traditional").await.text().contains("地板確實滑"));
    let page = get(&library, &quote).await.text();
    assert!(page.contains("/card.svg?quote=") && page.contains("Card (SVG)"), "{page}");

    let corpus = library.corpus().load_full();
    let long = corpus.transcripts.iter().find(|one| one.name == "long").expect("the long one");
    let long = Permalink::of(long, long.questions[0].answers[0].span).to_string();
    let refused = card(&long, "original").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Too long for a card"));
    let page = get(&library, &long).await.text();
    assert!(page.contains("too long for a card") && !page.contains("/card.svg"), "{page}");

    let hers = link(&library, "后来我们把它抬进了仓库。");
    let sha256 = library.listing().items.iter().find(|item| item.name == "talk").expect("listed").sha256.clone();
    library.withdraw(&sha256, Some(WHO)).expect("withdrawn");
    let gone = card(&hers, "original").await;
    assert!(gone.status == StatusCode::GONE && !gone.text().contains("仓库"));
    assert_eq!(card("/q/x", "original").await.status, StatusCode::BAD_REQUEST);
}
