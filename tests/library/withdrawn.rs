//! Checks that what was withdrawn never comes back, whatever is edited, renamed, copied, converted, relabelled or read
//! in another way.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use yuanhua::library::{self, Access, Library, LibraryLimits, LibraryLocation, SourceStore};
use yuanhua::search;
use yuanhua::transcript::{Columns, ReadOptions};

use super::{anywhere, complained, interview, names, over, said, vectors};
use crate::support::site::encoder;

const TALK: &str = "Interviewer: What of the pineapple machine here?\nMary Quux: SECRETA the pineapple machine was \
terrible, was it not?\nBob Jones: BOBWORDS pineapple was fine with me.\nInterviewer: Why was it?\nMary Quux: SECRETB \
pineapple leaked.\nBob Jones: It did pineapple.\n";
const TABLE: &str = "speaker,id,text\nInterviewer,S0,What of the pineapple machine?\nMary Quux,S1,SECRETA the pineapple \
machine was terrible.\nBob Jones,S2,BOBWORDS pineapple was fine with me.\nInterviewer,S0,Why was it so?\nMary \
Quux,S1,SECRETB pineapple leaked.\nBob Jones,S2,It did pineapple leak.\n";

/// Returns everything that the program says of a folder. This is the output of its commands, and for the folder and
/// each file alone the data that all commands and pages are made from.
fn everything(data: &Path, flags: &[&str]) -> String {
    let mut all = String::new();
    for args in [&["ask", "pineapple", "--limit", "50", "--json"][..], &["list"], &["list", "--json"]] {
        let output = over(data, &[args, flags].concat());
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let _ = writeln!(all, "\n$ {args:?}\n{out}{err}");
        assert!(!all.contains("panicked"), "{all}");
    }
    let told = options(flags);
    let whole = LibraryLocation::Folder(data.to_owned());
    let _ = writeln!(all, "{}", opened(whole.clone(), &told));
    for entry in fs::read_dir(data).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let _ = match library::check(&path, &whole, LibraryLimits::default(), &told) {
                Ok(read) => writeln!(all, "{:?} {:?} {:?}", read.transcript, read.problems, read.held_on),
                Err(error) => writeln!(all, "{error}"),
            };
            let _ = writeln!(all, "{}", opened(LibraryLocation::File(path), &told));
        }
    }
    all
}

/// Returns a library as commands and pages have it: its list, its transcripts, what is withdrawn from them, and
/// replies.
fn opened(place: LibraryLocation, told: &ReadOptions) -> String {
    // The key of the seal lies outside every library.
    let key = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seal.key");
    let open = || {
        let store =
            SourceStore::open(place, LibraryLimits::default(), Access::Write)?.kept_under(&key).read_as(told.clone());
        let library = Library::open(store, encoder())?;
        library.fill(|_| {})?;
        Ok::<_, yuanhua::error::Error>(library)
    };
    let library = match open() {
        Ok(library) => library,
        Err(error) => return error.to_string(),
    };
    let corpus = library.corpus().load_full();
    let mut all = format!("{:#?}", library.listing());
    for (transcript, gone) in corpus.transcripts.iter().zip(&corpus.gone) {
        let _ = writeln!(all, "{transcript:?} {gone:?}");
    }
    for query in ["pineapple", "Was the pineapple machine terrible?"] {
        let options = search::SearchOptions { limit: 50, explain: true, ..search::SearchOptions::default() };
        let reply = search::ask(&corpus, query, options).expect("a reply");
        let _ = writeln!(all, "{}", serde_json::to_string(&reply).expect("JSON"));
    }
    all
}

/// Returns the read options that the flags ask for.
fn options(flags: &[&str]) -> ReadOptions {
    let mut options = ReadOptions { for_all: true, ..ReadOptions::default() };
    for pair in flags.chunks(2) {
        match pair {
            ["--interviewer", name] => options.interviewers.push((*name).to_owned()),
            ["--columns", columns] => {
                let named = |part: &str| {
                    let mut all = columns.split(',').filter_map(|one| one.split_once('='));
                    all.find(|(given, _)| *given == part).map(|(_, name)| name.to_owned())
                };
                options.columns = Columns { speaker: named("speaker"), text: named("text"), time: named("time") };
            }
            other => panic!("{other:?} is no flag of these tests"),
        }
    }
    options
}

/// Checks that nothing of Mary's is said in any way, or kept beside the owner's files. Returns all that is said.
fn holds(data: &Path, flags: &[&str], what: &str) -> String {
    let all = everything(data, flags);
    let lower = all.to_lowercase();
    for words in ["secreta", "secretb", "ｓｅｃｒｅｔ"] {
        assert!(!lower.contains(words), "{what}: {words} in {all}");
        assert!(!anywhere(&data.join(".yuanhua"), words) && !anywhere(&data.join(".yuanhua"), &words.to_uppercase()));
    }
    for name in ["Mary", "Quux"] {
        assert!(!anywhere(&data.join(".yuanhua"), name), "{what}: {name} is kept");
    }
    all
}

/// Makes a folder in which Mary withdrew from `own.txt`.
fn folder(text: &str) -> tempfile::TempDir {
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("own.txt"), text).expect("written");
    said(data.path(), &["withdraw", "own", "--interviewee", "Mary Quux"]);
    data
}

fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).expect("there");
    fs::write(path, before + text).expect("written");
}

#[test]
fn a_file_that_was_withdrawn_whole_stays_so_when_its_owner_edits_it() {
    let data = tempfile::tempdir().expect("a folder");
    let own = data.path().join("own.txt");
    fs::write(&own, TALK).expect("written");
    fs::write(data.path().join("other.txt"), "Q1. a?\nA1 b is what I say.\n").expect("written");
    said(data.path(), &["withdraw", "own"]);
    holds(data.path(), &[], "withdrawn");
    append(&own, "\n");
    let all = holds(data.path(), &[], "a newline more");
    assert!(all.contains("nearly the same as an interview that was withdrawn on"), "{all}");
    fs::rename(&own, data.path().join("new.txt")).expect("renamed");
    append(
        &data.path().join("new.txt"),
        "Interviewer: And now?\nBob Jones: Now we have coffee, mostly in the mornings.\n",
    );
    holds(data.path(), &[], "renamed and gone on");
    assert_eq!(names(data.path()), ["other"]);
    // The owner decides to allow the file.
    said(data.path(), &["allow", "new.txt"]);
    assert!(String::from_utf8_lossy(&over(data.path(), &["ask", "pineapple"]).stdout).contains("SECRETA"));
    append(&data.path().join("new.txt"), "\n");
    holds(data.path(), &[], "what was decided was decided of that file");
}

#[test]
fn a_withdrawal_deletes_kept_graphs_and_a_start_deletes_those_of_before() {
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("own.txt"), TALK).expect("written");
    fs::write(data.path().join("other.txt"), "Q1. a?\nA1 b is what I say.\n").expect("written");
    said(data.path(), &["list"]);
    let state_folder = data.path().join(".yuanhua");
    let named = |start: &str| {
        let all = fs::read_dir(&state_folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        let mut all = all.map(|name| name.to_string_lossy().into_owned());
        all.find(|name| name.starts_with(start))
    };
    let derived = named("derived-").expect("kept");
    let present = derived.replace("derived-", "graph-").replace(".redb", "-passages");
    for name in [present.as_str(), "graph-0123456789abcdef-passages"] {
        fs::create_dir(state_folder.join(name)).expect("made");
        fs::write(state_folder.join(name).join("hashes"), "numbers").expect("written");
    }
    said(data.path(), &["list"]);
    assert_eq!(named("graph-"), Some(present), "only that of the present withdrawals stays");
    said(data.path(), &["withdraw", "own"]);
    assert_eq!(named("graph-"), None);
}

#[test]
fn who_withdrew_stays_withdrawn_when_files_are_renamed_copied_and_edited() {
    let data = folder(TALK);
    let at = |name: &str| data.path().join(name);
    holds(data.path(), &[], "withdrawn");
    fs::rename(at("own.txt"), at("new.txt")).expect("renamed");
    holds(data.path(), &[], "renamed");
    append(&at("new.txt"), "\n");
    holds(data.path(), &[], "renamed, then edited");
    fs::copy(at("new.txt"), at("copy.txt")).expect("copied");
    append(&at("copy.txt"), "\n");
    let all = holds(data.path(), &[], "an edited copy beside it");
    assert!(all.contains("BOBWORDS") && all.contains("holds words that were withdrawn on"), "{all}");
    for (name, text) in [
        ("merged.txt", format!("Interviewer: What of boats?\nZoe: Boats are for the summer, I would say.\n{TALK}")),
        ("part.txt", TALK.lines().skip(3).collect::<Vec<_>>().join("\n")),
        ("case.txt", TALK.replace("Mary Quux", "MARY  QUUX")),
        ("wide.txt", TALK.replace("Mary Quux", "Ｍａｒｙ　Ｑｕｕｘ")),
        ("label.txt", TALK.replace("Mary Quux", "Speaker 2")),
        ("wrapped.md", TALK.replace(" the pineapple", "\nthe pine-\napple")),
        ("quoted.txt", "Ann: What did she say?\nBo: “SECRETA the pineapple machine was terrible”, she said, and SECRETB pineapple leaked.\n".to_owned()),
        ("asked.txt", "Q1. SECRETA the pineapple machine was terrible, was it not?\nA1 I liked it well enough.\n".to_owned()),
        ("heading.md", "# SECRETA the pineapple machine was terrible\n\nAnn: And?\nBo: I liked it well enough, mostly.\n".to_owned()),
        ("table.csv", TABLE.to_owned()),
        ("headless.csv", "SECRETA the pineapple machine was terrible,5\nSECRETB pineapple leaked,6\n".to_owned()),
        ("cues.srt", "1\n00:00:01,000 --> 00:00:04,000\nAnn: And then?\n\n2\n00:00:04,000 --> 00:00:06,000\nBo: SECRETA the pineapple\n\n3\n00:00:06,000 --> 00:00:09,000\nBo: machine was terrible, was it not?\n".to_owned()),
        ("turns.json", r#"[{"speaker":"Ann","text":"And then, tell me?"},{"speaker":"Bo","text":"SECRETA the pineapple machine was terrible."},{"speaker":"Ann","text":"Why?"},{"speaker":"Bo","text":"SECRETB pineapple leaked."}]"#.to_owned()),
    ] {
        fs::write(at(name), text).expect("written");
    }
    holds(data.path(), &[], "in many forms");
    // Each file is also added from elsewhere.
    let (from, to) = (tempfile::tempdir().expect("a folder"), folder(TALK));
    for entry in fs::read_dir(data.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let file = from.path().join(path.file_name().expect("a name"));
            fs::copy(&path, &file).expect("copied");
            append(&file, "\n");
            over(to.path(), &["add", &file.display().to_string()]);
            over(to.path(), &["add", &file.display().to_string(), "--again"]);
        }
    }
    holds(to.path(), &[], "added");
}

/// Returns the talk with Mary's words said in another way.
fn her_words(first: &str, second: &str) -> String {
    TALK.replace("SECRETA the pineapple machine was terrible, was it not?", first)
        .replace("SECRETB pineapple leaked.", second)
}

fn utf16(text: &str, mark: u16) -> Vec<u8> {
    let unit: fn(u16) -> [u8; 2] =
        if mark == 0xfeff { u16::to_le_bytes } else { |unit| unit.swap_bytes().to_le_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
}

fn docx(text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("memory takes it");
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let lines: String = text.lines().map(paragraph).collect();
    std::io::Write::write_all(&mut archive, format!("<w:document><w:body>{lines}</w:body></w:document>").as_bytes())
        .expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

#[test]
fn withdrawn_words_are_known_in_every_other_form_of_them() {
    let data = folder(TALK);
    let paragraph = |line: &str| format!("<p>{line}</p>\n");
    let page: String = TALK.lines().map(paragraph).collect();
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("utf16le.txt", utf16(TALK, 0xfeff)),
        ("utf16be.txt", utf16(TALK, 0xfffe)),
        ("page.html", format!("<!doctype html><html><body>{page}</body></html>").into()),
        ("talk.docx", docx(TALK)),
        (
            "fillers.txt",
            her_words(
                "SECRETA uh the, um, pineapple, you know, machine was was terrible, was it not?",
                "SECRETB, er, pineapple (laughs) leaked.",
            )
            .into(),
        ),
        (
            "timed.txt",
            her_words(
                "SECRETA the (00:12) pineapple [00:00:14] machine was terrible, was it not?",
                "SECRETB [crosstalk] pineapple 0:15 leaked.",
            )
            .into(),
        ),
        (
            "turns.txt",
            TALK.replace("SECRETA the pineapple machine", "SECRETA the pineapple\nBob Jones: Yes.\nMary Quux: machine")
                .into(),
        ),
        ("lines.txt", TALK.replace("SECRETB pineapple leaked.", "SECRETB\nTom Poe: pineapple leaked.").into()),
        (
            "spaced.txt",
            her_words("S E C R E T A  the  pine apple machine was terrible, was it not?", "SECRETB-pineapple-leaked.")
                .into(),
        ),
        (
            "bold.md",
            her_words(
                "**SECRETA** the *pineapple* machine was terrible, was it not?",
                "_SECRETB_ pineapple **leaked**.",
            )
            .into(),
        ),
        (
            "soft.txt",
            her_words(
                "SEC\u{ad}RETA the pine\u{200b}apple machine was terrible, was it not?",
                "SECRETB pineap\u{ad}ple leaked.",
            )
            .into(),
        ),
        (
            "entities.txt",
            her_words("SECRETA the pine&#97;pple machine was terrible, was it not?", "SECRETB pineapple le&#x61;ked.")
                .into(),
        ),
        (
            "styled.txt",
            her_words("𝐒𝐄𝐂𝐑𝐄𝐓𝐀 𝐭𝐡𝐞 𝐩𝐢𝐧𝐞𝐚𝐩𝐩𝐥𝐞 𝐦𝐚𝐜𝐡𝐢𝐧𝐞 𝐰𝐚𝐬 𝐭𝐞𝐫𝐫𝐢𝐛𝐥𝐞, was it not?", "ⓈⒺⒸⓇⒺⓉⒷ pineapple leaked.").into(),
        ),
    ];
    for (name, bytes) in forms {
        fs::write(data.path().join(name), bytes).expect("written");
    }
    holds(data.path(), &[], "in every form");
}

#[test]
fn chinese_words_are_known_in_every_encoding_and_script() {
    const WORDS: [&str; 2] = ["磨豆机从开春起就一直漏油", "后来我们把它抬进了仓库"];
    let talk = format!(
        "记者：设备怎么样？\n欧阳芳：{}，地板上滑得站不住人。\n李四：我觉得还可以，能用就行。\n记者：后来呢？\n欧阳芳：{}。\n李四：地板确实滑。\n",
        WORDS[0], WORDS[1]
    );
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("own.txt"), &talk).expect("written");
    said(data.path(), &["withdraw", "own", "--interviewee", "欧阳芳"]);
    let traditional = yuanhua::text::script::View::new(&talk, yuanhua::text::script::Display::Traditional).into_text();
    let fillers = talk.replace("从开春起", "嗯，从、从那个开春起").replace("把它抬", "呃，把它啊抬");
    let encoded = |text: &str, encoding: &'static encoding_rs::Encoding| encoding.encode(text).0.into_owned();
    let forms = [
        ("gbk.txt", encoded(&talk, encoding_rs::GBK)),
        ("big5.txt", encoded(&traditional, encoding_rs::BIG5)),
        ("traditional.txt", traditional.clone().into_bytes()),
        ("utf16.txt", utf16(&traditional, 0xfeff)),
        ("fillers.txt", fillers.into_bytes()),
        ("spaced.txt", talk.replace("从开春起就", "从 开 春 起 就").into_bytes()),
        ("title.txt", talk.replace("欧阳芳", "店员 歐陽芳女士").into_bytes()),
        ("split.txt", talk.replace("就一直", "就\n李四：嗯。\n欧阳芳：一直").into_bytes()),
    ];
    for (name, bytes) in forms {
        fs::write(data.path().join(name), bytes).expect("written");
    }
    let all = yuanhua::text::script::View::folded(&everything(data.path(), &[])).into_text();
    for words in ["磨豆机", "漏油", "仓库", "抬进"] {
        assert!(!all.contains(words), "{words} in {all}");
    }
}

#[test]
fn who_withdrew_is_known_under_a_title_and_in_another_spelling() {
    for (who, others) in [
        ("Mary Quux", ["Ms. Mary Quux", "Quux, Mary", "Mary Quux (she/her)", "MARY QUUX"]),
        ("张三", ["张三先生", "張三", "客服 张三", "Zhang San"]),
    ] {
        for other in others {
            let data = tempfile::tempdir().expect("a folder");
            let own = data.path().join("own.txt");
            let talk = TALK.replace("Mary Quux", who);
            fs::write(&own, &talk).expect("written");
            said(data.path(), &["withdraw", "own", "--interviewee", who]);
            // A new answer in the same file belongs to the same person.
            let more =
                format!("Interviewer: Anything else?\n{other}: Only that SECRETC was in the cellar.\nBob Jones: No.\n");
            fs::write(&own, talk.replace(who, other) + &more).expect("written");
            let all = said(data.path(), &["export", "--transcript", "own", "--as", "json"]);
            assert!(!all.contains("SECRETC") && !all.contains("SECRETA") && all.contains("BOBWORDS"), "{other}: {all}");
        }
    }
}

#[test]
fn a_list_says_when_what_a_file_holds_was_withdrawn() {
    let data = folder(TALK);
    fs::write(data.path().join("copy.txt"), TALK.replace("Mary Quux", "Zoe")).expect("written");
    fs::write(data.path().join("other.txt"), "Q1. a?\nA1 b is what I say.\n").expect("written");
    let rows: Value = serde_json::from_str(&said(data.path(), &["list", "--json"])).expect("JSON");
    let row =
        |name: &str| rows.as_array().expect("rows").iter().find(|row| row["name"] == name).cloned().expect("listed");
    let day = row("copy")["held_on"][0].as_str().expect("a day").to_owned();
    assert_eq!(day.len(), "2026-01-31".len());
    assert_eq!(row("other")["held_on"], serde_json::json!([]));
    said(data.path(), &["withdraw", "other"]);
    let rows: Value = serde_json::from_str(&said(data.path(), &["list", "--json"])).expect("JSON");
    let held = rows.as_array().expect("rows").iter().find(|row| row["name"] == "other.txt").expect("listed");
    assert_eq!((held["held_on"][0].as_str(), held["answers"].as_u64()), (Some(day.as_str()), Some(0)));
    assert!(held["not_read"].as_str().expect("why").contains("withdrawn"));
}

#[test]
fn no_flag_and_no_column_brings_back_who_withdrew() {
    let data = folder(TALK);
    for flags in [&["--interviewer", "Mary Quux"][..], &["--interviewer", "Bob Jones"], &["--interviewer", "mary quux"]]
    {
        holds(data.path(), flags, "another role");
    }
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("columns.csv"), TABLE).expect("written");
    said(data.path(), &["withdraw", "columns", "--interviewee", "mary  QUUX"]);
    for columns in
        ["text=text,speaker=id", "text=text", "text=speaker,speaker=text", "text=text,speaker=id,time=speaker"]
    {
        let all = holds(data.path(), &["--columns", columns], columns);
        assert!(columns != "text=text,speaker=id" || all.contains("BOBWORDS"), "{all}");
    }
    said(data.path(), &["withdraw", "columns", "--interviewee", "Bob Jones"]);
    assert!(!holds(data.path(), &[], "both").contains("BOBWORDS"));
}

#[test]
fn what_was_said_of_other_things_is_not_held_back() {
    let data = folder(TALK);
    let other = "Interviewer: What of the pineapple machine here?\nAnn Bell: Yes, I think so.\nInterviewer: Was it terrible?\n\
    Ann Bell: No, pineapple was fine.\nInterviewer: Why was it?\nAnn Bell: The machine was new.\n";
    fs::write(data.path().join("other.txt"), other).expect("written");
    let rows: Value = serde_json::from_str(&said(data.path(), &["list", "--json"])).expect("JSON");
    let row = rows.as_array().expect("rows").iter().find(|row| row["name"] == "other").expect("it is listed");
    assert_eq!((row["questions"].as_u64(), row["answers"].as_u64()), (Some(3), Some(3)), "{row}");
    let exported = said(data.path(), &["export", "--transcript", "other", "--as", "json"]);
    for words in ["Yes, I think so.", "No, pineapple was fine.", "The machine was new."] {
        assert!(exported.contains(words), "{exported}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_from_elsewhere_brings_nothing_back() {
    let (data, elsewhere) = (folder(TALK), tempfile::tempdir().expect("a folder"));
    let link = elsewhere.path().join("link.txt");
    std::os::unix::fs::symlink(data.path().join("own.txt"), &link).expect("linked");
    let (asked, checked) =
        (said(&link, &["ask", "pineapple", "--json"]), said(&link, &["check", &link.display().to_string()]));
    for shown in [asked, checked] {
        assert!(!shown.contains("SECRET") && shown.contains("BOBWORDS"), "{shown}");
    }
}

#[test]
fn what_is_withdrawn_with_its_file_is_not_added_again_by_a_new_line() {
    let (from, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let file = from.path().join("own.txt");
    fs::write(&file, TALK).expect("written");
    let path = file.display().to_string();
    said(data.path(), &["add", &path]);
    assert!(said(data.path(), &["withdraw", "own"]).contains("deleted"));
    assert!(complained(data.path(), &["add", &path]).contains("was withdrawn on"));
    append(&file, "\n");
    assert!(complained(data.path(), &["add", &path]).contains("nearly the same as an interview that was withdrawn"));
    assert!(names(data.path()).is_empty());
    holds(data.path(), &[], "refused");
    // `--again` says that the withdrawal no longer holds.
    said(data.path(), &["add", &path, "--again"]);
    assert_eq!(names(data.path()), ["own"]);
    assert!(String::from_utf8_lossy(&over(data.path(), &["ask", "pineapple"]).stdout).contains("SECRETA"));
}

#[test]
fn without_its_key_or_its_marks_a_folder_is_not_opened() {
    let data = folder(TALK);
    let state_folder = data.path().join(".yuanhua");
    let key = fs::read(state_folder.join("key")).expect("the key");
    for other in [None, Some("0".repeat(64))] {
        match other {
            None => fs::remove_file(state_folder.join("key")).expect("removed"),
            Some(other) => fs::write(state_folder.join("key"), other).expect("written"),
        }
        let complaint = complained(data.path(), &["ask", "pineapple"]);
        assert!(
            complaint.contains("nobody can tell what was withdrawn") && complaint.contains("put it back"),
            "{complaint}"
        );
    }
    fs::write(state_folder.join("key"), key).expect("written");
    let marks =
        fs::read_dir(state_folder.join("withdrawn")).expect("a folder").next().expect("one").expect("an entry").path();
    let whole = fs::read(&marks).expect("the marks");
    append(&marks, "own 0000000000000000\n");
    assert!(complained(data.path(), &["list"]).contains("it says who withdrew"));
    fs::remove_file(&marks).expect("removed");
    assert!(complained(data.path(), &["list"]).contains("it says who withdrew"));
    fs::write(&marks, whole).expect("put back");
    holds(data.path(), &[], "put back");
    let manifest = state_folder.join("manifest.json");
    let decided = fs::read(&manifest).expect("the manifest");
    fs::remove_file(&manifest).expect("removed");
    for _ in 0..2 {
        assert!(
            complained(data.path(), &["ask", "pineapple"]).contains("put back a copy"),
            "no start forgets the marks"
        );
    }
    fs::write(&manifest, decided).expect("put back");
    holds(data.path(), &[], "the manifest is put back");
}

/// Writes a manifest as the first version wrote it, with its hash.
fn first_version(state_folder: &Path, library: &str) {
    use yuanhua::hash::sha256_hex;
    fs::create_dir_all(state_folder).expect("made");
    let sealed = format!("{{\"sha256\":\"{}\",\"library\":{library}}}", sha256_hex(&[library.as_bytes()]));
    fs::write(state_folder.join("manifest.json"), sealed).expect("written");
}

#[test]
fn what_an_earlier_version_withdrew_stays_withdrawn_and_its_words_are_learnt() {
    use yuanhua::hash::sha256_hex;
    let edits = |withdrawn: &str| {
        format!(r#"{{"title":null,"interviewers":[],"merged":{{}},"pseudonyms":{{}},"withdrawn":[{withdrawn}]}}"#)
    };
    let mary = sha256_hex(&[b"interviewee\n", b"Mary Quux"]);
    let own = sha256_hex(&[TALK.as_bytes()]);
    for library in [
        format!(
            r#"{{"version":1,"transcripts":{{"{own}":{{"file":"own.txt","added":null,"edits":{}}}}},"withdrawn":[]}}"#,
            edits(&format!("\"{mary}\""))
        ),
        format!(r#"{{"version":1,"transcripts":{{}},"withdrawn":[{{"sha256":"{own}","on":"2026-01-02"}}]}}"#),
    ] {
        let data = tempfile::tempdir().expect("a folder");
        fs::write(data.path().join("own.txt"), TALK).expect("written");
        let state_folder = data.path().join(".yuanhua");
        first_version(&state_folder, &library);
        holds(data.path(), &[], "opened");
        let manifest = fs::read_to_string(state_folder.join("manifest.json")).expect("there");
        assert!(manifest.contains("\"version\": 2") && !manifest.contains(&mary), "{manifest}");
        append(&data.path().join("own.txt"), "\n");
        fs::rename(data.path().join("own.txt"), data.path().join("new.txt")).expect("renamed");
        fs::write(data.path().join("label.txt"), TALK.replace("Mary Quux", "Zoe")).expect("written");
        holds(data.path(), &[], "its words are known");
    }
}

#[test]
fn the_vectors_of_withdrawn_words_go_even_if_the_program_is_killed_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let files = ["跑步", "唱歌"].map(|words| folder.path().join(format!("{words}.txt")));
    for (file, words) in files.iter().zip(["跑步", "唱歌"]) {
        fs::write(file, interview(words)).expect("written");
        said(&data, &["add", &file.display().to_string()]);
    }
    let holds = |words: &str| {
        let key = library::key(&format!("我觉得{words}很好，大家都这么说。"));
        fs::read(vectors(&data)).expect("read").windows(key.len()).any(|window| window == key)
    };
    assert!(holds("跑步") && holds("唱歌"));
    let before = fs::read(vectors(&data)).expect("read");
    said(&data, &["withdraw", "跑步"]);
    assert!(!holds("跑步") && holds("唱歌"));
    // The withdrawal is decided, and nothing is swept yet.
    fs::write(vectors(&data), before).expect("written");
    said(&data, &["ask", "唱歌"]);
    assert!(!holds("跑步") && holds("唱歌"));
}
