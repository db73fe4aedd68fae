//! Checks that a start uses what an earlier start derived, and that no reply shows whether it did.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SourceStore, TranscriptChange};
use yuanhua::retrieval::vectors::VectorIndex;
use yuanhua::search;

use crate::support::site::encoder;
use crate::support::{binary, cases, project};

const WHO: [&str; 3] = ["欧阳芳", "李四", "Zoe"];
const SAID: [&str; 8] = [
    "我每天早上沿着河边跑步五公里，去年跑了三百天。",
    "客服回复太慢了，我等了两个小时才退款。",
    "The refund took three weeks, and nobody told me why.",
    "我們的頻道去年開始做訪談，觀眾很多。",
    "那台磨豆机一直漏油。后来我们把它抬进了仓库。",
    "还可以吧。",
    "I run along the river on most mornings.",
    "退款的事我没有意见，流程也清楚。",
];
const QUERIES: [&str; 5] = ["有人跑步吗？", "退款要多久", "Who was refunded?", "頻道", "磨豆机漏油"];

fn talk(number: usize) -> String {
    let turn = |k: usize| {
        let (who, said) = (WHO[(number + k) % WHO.len()], SAID[(number * 3 + k * 5) % SAID.len()]);
        format!("主持人：第{}个问题，您怎么看？\n{who}：{said}（{number}）\n", k + 1)
    };
    (0..2 + number % 3).map(turn).collect()
}

fn open(folder: &Path, key: Option<&Path>) -> Library {
    let store = SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
        .expect("it opens");
    let store = match key {
        Some(key) => store.kept_under(key),
        None => store,
    };
    let library = Library::open(store, encoder()).expect("it opens");
    library.fill(|_| {}).expect("it fills");
    library
}

/// Returns everything that a person sees of a library.
fn seen(library: &Library) -> Vec<String> {
    let corpus = library.corpus().load_full();
    let ask = |query: &&str| {
        let reply = search::ask(&corpus, query, search::SearchOptions { explain: true, ..Default::default() });
        serde_json::to_string_pretty(&reply.expect("a reply")).expect("JSON")
    };
    QUERIES.iter().map(ask).chain([format!("{:#?}", library.listing())]).collect()
}

#[derive(Debug, Clone)]
enum Step {
    Add(usize),
    Drop(usize),
    Title(usize),
    Asks(usize, usize),
    Pseudonym(usize, usize),
    Withdraw(usize),
    WithdrawPerson(usize, usize),
    Damage(f64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..9_usize).prop_map(Step::Add),
        1 => (0..9_usize).prop_map(Step::Drop),
        1 => (0..9_usize).prop_map(Step::Title),
        1 => (0..9_usize, 0..3_usize).prop_map(|(which, who)| Step::Asks(which, who)),
        1 => (0..9_usize, 0..3_usize).prop_map(|(which, who)| Step::Pseudonym(which, who)),
        1 => (0..9_usize).prop_map(Step::Withdraw),
        1 => (0..9_usize, 0..3_usize).prop_map(|(which, who)| Step::WithdrawPerson(which, who)),
        1 => (0.0..1.0_f64).prop_map(Step::Damage),
    ]
}

fn derived(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder.join(".yuanhua")).ok()?;
    let mut found = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("derived-")));
    let one = found.next();
    assert!(found.next().is_none(), "there is one at most");
    one
}

fn act(folder: &Path, library: &Library, step: &Step) {
    let listing = library.listing();
    let sha256 = |which: usize| listing.items.get(which % listing.items.len().max(1)).map(|item| item.sha256.clone());
    match step {
        Step::Add(number) => drop(library.add(vec![(format!("{number}.txt"), talk(*number).into_bytes())], false)),
        Step::Drop(number) => {
            fs::write(folder.join(format!("own-{number}.txt")), talk(*number + 10)).expect("written");
        }
        Step::Title(which) => {
            sha256(*which).map(|sha256| library.edit(&sha256, &TranscriptChange::Title(format!("标题{which}"))));
        }
        Step::Asks(which, who) => {
            sha256(*which)
                .map(|sha256| library.edit(&sha256, &TranscriptChange::Interviewers(vec![WHO[*who].to_owned()])));
        }
        Step::Pseudonym(which, who) => {
            let change = TranscriptChange::Pseudonym { speaker: WHO[*who].to_owned(), shown: "某人".to_owned() };
            sha256(*which).map(|sha256| library.edit(&sha256, &change));
        }
        Step::Withdraw(which) => {
            sha256(*which).map(|sha256| library.withdraw(&sha256, None));
        }
        Step::WithdrawPerson(which, who) => {
            sha256(*which).map(|sha256| library.withdraw(&sha256, Some(WHO[*who])));
        }
        Step::Damage(_) => {}
    }
}

fn damage(folder: &Path, at: f64) {
    let Some(path) = derived(folder) else { return };
    let mut bytes = fs::read(&path).expect("the file");
    if at < 0.3 {
        bytes.truncate((bytes.len() as f64 * at * 3.0) as usize);
    } else {
        let size = bytes.len();
        for n in 0..20 {
            bytes[(size as f64 * at) as usize * (n + 1) % size] ^= 1 << (n % 8);
        }
    }
    fs::write(path, bytes).expect("written");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(64) / 16, max_shrink_iters: 20, ..ProptestConfig::default() })]
    #[test]
    fn whatever_was_done_before_a_start_answers_as_if_all_were_made_anew(
        steps in prop::collection::vec(step(), 2..7),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, key) = (folder.path().join("data"), folder.path().join("key"));
        fs::create_dir(&data).expect("made");
        fs::write(data.join("first.txt"), talk(20)).expect("written");
        for step in steps {
            let library = open(&data, Some(&key));
            act(&data, &library, &step);
            library.fill(|_| {}).expect("it fills");
            let now = seen(&library);
            drop(library);
            if let Step::Damage(at) = step {
                damage(&data, at);
            }
            prop_assert_eq!(&now, &seen(&open(&data, Some(&key))), "from what was kept");
            prop_assert_eq!(&now, &seen(&open(&data, None)), "made anew");
        }
    }
}

/// Returns all that a snapshot is made of, and what is said of it.
fn made_of(library: &Library) -> Vec<String> {
    let (corpus, listing) = (library.corpus().load_full(), library.listing());
    let (index, texts) = (&corpus.index, &corpus.index.texts);
    let replies = QUERIES.iter().map(|query| {
        let reply = search::ask(&corpus, query, search::SearchOptions { explain: true, ..Default::default() });
        serde_json::to_string_pretty(&reply.expect("a reply")).expect("JSON")
    });
    let numbers =
        |of: &VectorIndex| -> Vec<Vec<f32>> { of.vectors().iter().map(|of| of.numbers().collect()).collect() };
    let made = [
        format!("{:?} {:?}", corpus.answers, corpus.passages),
        format!("{:?} {:?} {:?}", index.answer_of, index.question_of, index.transcript_of),
        format!("{:?} {:?}", index.language_of, index.facts_of),
        format!("{:?} {:?} {:?}", texts.questions, texts.answers, texts.windows),
        format!("{:?} {:?}", corpus.gone, index.answer_terms.words().expect("words")),
        format!("{:?} {:?}", numbers(&index.questions), numbers(&index.passages)),
        format!("{:?}", index.centres),
        format!("{listing:#?}"),
    ];
    made.into_iter().chain(replies).collect()
}

/// Copies a library with its decisions and its vectors, and without what is derived of its words. A text gets the
/// same vector again only among the same texts, so the vectors come with it.
fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).expect("an entry");
        if path.is_dir() {
            copied(&path, &to.join(name));
        } else if !name.to_string_lossy().starts_with("derived-") {
            fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(64) / 16, max_shrink_iters: 20, ..ProptestConfig::default() })]
    #[test]
    fn a_library_that_grew_step_by_step_is_as_if_all_were_made_anew(
        steps in prop::collection::vec(step(), 3..9),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, key) = (folder.path().join("data"), folder.path().join("key"));
        fs::create_dir(&data).expect("made");
        fs::write(data.join("first.txt"), talk(20)).expect("written");
        let grown = open(&data, Some(&key));
        for (number, step) in steps.iter().enumerate() {
            act(&data, &grown, step);
            if matches!(step, Step::Drop(_)) {
                grown.fill(|_| {}).expect("it fills");
            }
            let copy = folder.path().join(format!("copy-{number}"));
            copied(&data, &copy);
            let anew = made_of(&open(&copy, None));
            for (grown, anew) in made_of(&grown).iter().zip(&anew) {
                prop_assert_eq!(grown, anew, "after {:?}", step);
            }
        }
    }
}

#[test]
fn what_another_user_derived_is_not_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("made");
    fs::write(data.join("a.txt"), talk(0)).expect("written");
    let ask = |home: &str| {
        let asked = binary()
            .env("XDG_DATA_HOME", folder.path().join(home))
            .args(["ask", "有人跑步吗？", "--json", "--data"])
            .arg(&data)
            .output();
        String::from_utf8(asked.expect("it runs").stdout).expect("UTF-8")
    };
    let first = ask("one");
    assert!(first.contains("河边跑步"), "{first}");
    assert!(derived(&data).is_some(), "it is kept");
    assert_eq!(ask("one"), first);
    assert_eq!(ask("another"), first, "another's key: it is read anew");
}

#[test]
fn the_bundled_interview_is_kept_like_any_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("made");
    fs::copy(project("data/ai-customer-service.txt"), data.join("bundled.txt")).expect("copied");
    let key = folder.path().join("key");
    let first = seen(&open(&data, Some(&key)));
    assert_eq!(first, seen(&open(&data, Some(&key))));
}

#[test]
fn a_second_process_reads_what_the_first_keeps_and_leaves_it_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, key) = (folder.path().join("data"), folder.path().join("key"));
    fs::create_dir(&data).expect("made");
    for number in 0..4 {
        fs::write(data.join(format!("{number}.txt")), talk(number)).expect("written");
    }
    let first = open(&data, Some(&key));
    let kept = || -> Vec<(PathBuf, Vec<u8>)> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(data.join(".yuanhua")).expect("it is there").flatten().map(|file| file.path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        files.into_iter().map(|path| (path.clone(), fs::read(path).expect("read"))).collect()
    };
    let before = kept();
    let place = LibraryLocation::Folder(data.clone());
    let store = SourceStore::open(place, LibraryLimits::default(), Access::ReadAtLeast).expect("it can be read");
    let second = Library::open(store.kept_under(&key), encoder()).expect("it opens");
    assert!(second.listing().closed.is_some(), "the first process has it");
    assert!(second.listing().items.iter().all(|item| item.ready), "nothing has to be embedded again");
    let replies = |library: &Library| seen(library)[..QUERIES.len()].to_vec();
    assert_eq!(replies(&second), replies(&first));
    assert_eq!(kept(), before);
}

#[test]
fn the_bundled_interview_is_read_once_until_there_is_a_library() {
    let home = tempfile::tempdir().expect("a folder");
    let cache = home.path().join("cache/yuanhua/bundled");
    let run = |args: &[&str]| {
        let mut program = binary();
        program.env("XDG_DATA_HOME", home.path().join("data")).env("XDG_CACHE_HOME", home.path().join("cache"));
        let output = program.args(args).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let first = run(&["ask", "压力", "--json"]);
    let names = fs::read_dir(cache.join(".yuanhua")).expect("something is kept").flatten();
    let names: Vec<String> = names.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    for start in ["derived-", "vectors-"] {
        assert!(names.iter().any(|name| name.starts_with(start)), "{start}: {names:?}");
    }
    assert_eq!(run(&["ask", "压力", "--json"]), first);
    let talk_file = home.path().join("talk.txt");
    fs::write(&talk_file, talk(0)).expect("written");
    run(&["add", &talk_file.display().to_string()]);
    assert!(!cache.exists(), "the library keeps its own from now on");
    assert!(run(&["ask", "有人跑步吗？", "--json"]).contains("河边跑步"));
}
