//! Checks that a withdrawal takes no other person's words, name or pseudonym, and that nothing names who withdrew.

use std::fs;

use yuanhua::library::{Access, LibraryLimits, LibraryLocation, SourceStore, TranscriptChange};

use super::{anywhere, complained, over, said};
use crate::support::library::open_library;

const ONE: &str = "访谈员：做什么工作？\n王芳：我在渡口摆了三十年的豆腐摊。\n李强：我修鼓楼的钟。\n访谈员：后来呢？\n王芳：台风把整排箱网都掀翻了。\n李强：钟停在四点一刻。\n";
const OTHER: &str = "访谈员：做什么工作？\n赵敏：我养了三百只雏鸭。\n王芳：我把绘本搬到物流站。\n访谈员：后来呢？\n赵敏：孵化箱断了电。\n王芳：我把户口迁走了。\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let data = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(data.path().join(name), text).expect("written");
    }
    data
}

fn store(data: &tempfile::TempDir) -> SourceStore {
    let place = LibraryLocation::Folder(data.path().to_owned());
    SourceStore::open(place, LibraryLimits::default(), Access::Write).expect("it opens")
}

fn hash(store: &mut SourceStore, name: &str) -> String {
    let listing = store.listing().expect("listed");
    listing.items.iter().find(|item| item.name == name).expect("there").sha256.clone()
}

fn everybody(store: &mut SourceStore, name: &str) -> Vec<String> {
    let listing = store.listing().expect("listed");
    let item = listing.items.iter().find(|item| item.name == name).expect("there").clone();
    item.speakers.into_iter().map(|speaker| speaker.shown).collect()
}

fn pseudonym(speaker: &str, shown: &str) -> TranscriptChange {
    TranscriptChange::Pseudonym { speaker: speaker.to_owned(), shown: shown.to_owned() }
}

#[test]
fn a_pseudonym_stays_a_pseudonym_when_somebody_of_that_name_withdraws() {
    let data = folder(&[("one.txt", ONE), ("other.txt", &OTHER.replace("王芳", "孙七"))]);
    let mut store = store(&data);
    let (one, other) = (hash(&mut store, "one"), hash(&mut store, "other"));
    store.edit(&other, &pseudonym("赵敏", "王芳")).expect("given");
    store.withdraw(&one, Some("王芳")).expect("withdrawn");
    let shown = everybody(&mut store, "other");
    assert!(!shown.contains(&"赵敏".to_owned()) && !shown.contains(&"王芳".to_owned()), "{shown:?}");
    assert_eq!(shown.len(), 2, "{shown:?}");
}

#[test]
fn another_person_of_the_same_name_keeps_pseudonym_role_and_spelling() {
    let data = folder(&[("one.txt", ONE), ("other.txt", OTHER)]);
    let mut store = store(&data);
    let (one, other) = (hash(&mut store, "one"), hash(&mut store, "other"));
    store.edit(&other, &pseudonym("王芳", "丁女士")).expect("given");
    store.withdraw(&one, Some("王芳")).expect("withdrawn");
    store.edit(&other, &TranscriptChange::Title("鸭子".into())).expect("changed");
    assert_eq!(everybody(&mut store, "other"), ["丁女士", "赵敏"]);
    store.edit(&other, &pseudonym("丁女士", "戊女士")).expect("given");
    assert_eq!(everybody(&mut store, "other"), ["戊女士", "赵敏"]);
    store.edit(&other, &TranscriptChange::Interviewers(vec!["戊女士".into()])).expect("changed");
    let listing = store.listing().expect("listed");
    let item = listing.items.iter().find(|item| item.name == "other").expect("there");
    assert_eq!(item.interviewers, ["王芳"]);
}

#[test]
fn the_decisions_about_a_copy_forget_who_withdrew_from_another_file() {
    let copy = format!("访谈员：先问一句。\n李强：好。\n{ONE}");
    let data = folder(&[("one.txt", ONE), ("copy.txt", &copy)]);
    let mut store = store(&data);
    let (one, other) = (hash(&mut store, "one"), hash(&mut store, "copy"));
    store.edit(&other, &pseudonym("王芳", "丁女士")).expect("given");
    assert!(anywhere(&data.path().join(".yuanhua"), "王芳"));
    store.withdraw(&one, Some("王芳")).expect("withdrawn");
    assert!(!anywhere(&data.path().join(".yuanhua"), "王芳"), "the manifest names nobody who withdrew");
    assert_eq!(everybody(&mut store, "copy"), ["李强"]);
}

#[test]
fn a_role_is_somebody_elses_when_another_interview_takes_the_files_place() {
    let talk = |who: &str, words: [&str; 2]| {
        format!("访谈员：做什么工作？\n{who}：{}\n访谈员：后来呢？\n{who}：{}\n", words[0], words[1])
    };
    let first = talk("受访者", ["我在渡口摆了三十年的豆腐摊。", "台风把整排箱网都掀翻了。"]);
    let data = folder(&[("talk.txt", &first)]);
    let mut store = store(&data);
    let source = hash(&mut store, "talk");
    store.withdraw(&source, Some("受访者")).expect("withdrawn");
    fs::write(data.path().join("talk.txt"), format!("{first}访谈员：还有吗？\n受访者：好。\n")).expect("written");
    assert_eq!(everybody(&mut store, "talk"), [""; 0], "the same interview goes on");
    fs::write(data.path().join("talk.txt"), talk("受访者", ["我养了三百只雏鸭。", "孵化箱断了电。"])).expect("written");
    assert_eq!(everybody(&mut store, "talk"), ["受访者"]);
}

#[test]
fn who_withdrew_from_a_file_stays_withdrawn_when_it_is_withdrawn_and_added_again() {
    let text = ONE.replace("王芳", "发言人 2").replace("李强", "发言人 3")
        + "访谈员：好吗？\n发言人 2：好。\n发言人 3：行。\n";
    let data = folder(&[("one.txt", &text)]);
    said(data.path(), &["withdraw", "one", "--interviewee", "发言人 2"]);
    said(data.path(), &["withdraw", "one"]);
    let from = folder(&[("one.txt", &text)]);
    fs::remove_file(data.path().join("one.txt")).expect("removed");
    said(data.path(), &["add", "--again", &from.path().join("one.txt").display().to_string()]);
    let mut store = store(&data);
    assert_eq!(everybody(&mut store, "one"), ["发言人 3"]);
}

#[test]
fn what_many_say_is_nobodys() {
    let one = "访谈员：累吗？\n王芳：压力很大。\n访谈员：在哪里工作？\n王芳：我在北京工作。\n访谈员：孩子呢？\n王芳：没有孩子。\n\
访谈员：学历呢？\n王芳：大学本科。\n访谈员：工资呢？\n王芳：工资太低。\n";
    let other = "访谈员：累吗？\n赵敏：我们那时候压力很大，可是大家都不说。\n访谈员：在哪里工作？\n赵敏：我在北京工作。\n访谈员：孩子呢？\n赵敏：没有孩子。鸭子倒有三百只。\n";
    let data = folder(&[("one.txt", one), ("other.txt", other)]);
    let mut store = store(&data);
    let source = hash(&mut store, "one");
    store.withdraw(&source, Some("王芳")).expect("withdrawn");
    let listing = store.listing().expect("listed");
    let item = listing.items.iter().find(|item| item.name == "other").expect("there");
    assert_eq!((item.answers, item.withdrawn), (3, 0));
    // A copy is known all the same.
    fs::write(data.path().join("copy.txt"), one.replace("王芳", "孙七")).expect("written");
    let listing = store.listing().expect("listed");
    let item = listing.items.iter().find(|item| item.name == "copy").expect("there");
    assert_eq!(item.answers, 0, "{item:?}");
}

#[test]
fn a_summary_above_the_interview_does_not_keep_what_it_repeats() {
    for summary in [
        "摘要：王芳说台风把整排箱网都掀翻了，还摆过豆腐摊。\n\n",
        "访谈员：今天的客人说过，“台风把整排箱网都掀翻了”。\n李强：对。\n",
    ] {
        let data = folder(&[("one.txt", &format!("{summary}{ONE}"))]);
        said(data.path(), &["withdraw", "one", "--interviewee", "王芳"]);
        let shown = said(data.path(), &["check", &data.path().join("one.txt").display().to_string()]);
        assert!(!shown.contains("箱网"), "{shown}");
    }
}

#[test]
fn the_list_of_who_took_part_does_not_name_who_withdrew() {
    let text = format!(
        "豆腐和钟\n时间：2024年3月5日\n受访者：王芳，女，五十二岁，摊主；李强，男，钟表匠\n地点：渡口\n\n{ONE}"
    );
    let data = folder(&[("one.txt", &text)]);
    let check = || said(data.path(), &["check", "--json", &data.path().join("one.txt").display().to_string()]);
    assert!(check().contains("摊主"));
    said(data.path(), &["withdraw", "one", "--interviewee", "王芳"]);
    let shown = check();
    assert!(!shown.contains("王芳") && !shown.contains("摊主") && shown.contains("四点一刻"), "{shown}");
}

#[test]
fn a_kept_question_that_names_who_withdrew_is_forgotten_and_other_words_are_not() {
    let english = ONE.replace("王芳", "Will").replace("李强", "Bob").replace("访谈员", "Interviewer");
    let data = folder(&[("one.txt", ONE), ("english.txt", &english)]);
    for question in ["王芳怎么说？", "will the clock run again?", "What does Will say?"] {
        said(data.path(), &["saved", "--keep", question]);
    }
    said(data.path(), &["withdraw", "one", "--interviewee", "王芳"]);
    said(data.path(), &["withdraw", "english", "--interviewee", "Will"]);
    let kept = String::from_utf8_lossy(&over(data.path(), &["saved"]).stdout).into_owned();
    assert!(
        kept.contains("will the clock run again?") && !kept.contains("王芳") && !kept.contains("What does"),
        "{kept}"
    );
}

#[test]
fn what_was_added_last_is_told_without_what_was_withdrawn_since() {
    let data = folder(&[]);
    let library = open_library(data.path());
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let files =
        vec![file("王芳的豆腐摊.txt", ONE), file("other.txt", &OTHER.replace("王芳", "孙七")), file("王芳.xyz", "")];
    library.add(files, false).expect("added");
    let item = library
        .listing()
        .items
        .iter()
        .find(|item| item.title.contains("王芳") || item.name.contains("王芳"))
        .expect("there")
        .clone();
    assert!(format!("{:?}", library.report()).contains("王芳"));
    library.withdraw(&item.sha256, Some("王芳")).expect("withdrawn");
    let told = format!("{:?}", library.report());
    assert!(!told.contains("王芳") && told.contains("other"), "{told}");
    library.withdraw(&item.sha256, None).expect("withdrawn");
    assert!(library.report().iter().all(|outcome| outcome.added.as_ref().is_ok_and(|added| added.name == "other")));
}

#[test]
fn what_is_known_of_others_does_not_name_who_withdrew() {
    let data = folder(&[("one.txt", ONE), ("people.csv", "姓名,工作,搭档\n李强,钟表匠,王芳\n赵敏,养鸭,李强\n")]);
    let mut store = store(&data);
    let source = hash(&mut store, "one");
    let attributes = |store: &mut SourceStore| format!("{:?}", store.listing().expect("listed").items);
    assert!(attributes(&mut store).contains("搭档"));
    store.withdraw(&source, Some("王芳")).expect("withdrawn");
    let left = attributes(&mut store);
    assert!(left.contains("钟表匠") && !left.contains("王芳"), "{left}");
}

/// An interview about work. What its three people say is their own, except for `law`.
fn about_work(who: &str, law: &str, own: [&str; 2]) -> String {
    format!(
        "访谈员：合同呢？\n{who}：{law}\n访谈员：后来呢？\n{who}：{}\n访谈员：家里呢？\n{who}：{}\n",
        own[0], own[1]
    )
}

#[test]
fn the_name_of_a_law_that_all_mention_is_taken_from_nobody() {
    let (mut texts, laws) = (
        Vec::new(),
        [
            "他们违反中华人民共和国劳动合同法，我把条文贴在食堂门口。",
            "我连中华人民共和国劳动合同法都没翻过。",
            "工会发过一本中华人民共和国劳动合同法。",
        ],
    );
    let own = [
        ["我在渡口摆了三十年的豆腐摊。", "台风把整排箱网都掀翻了。"],
        ["我养了三百只雏鸭，孵化箱断了电。", "我把绘本搬到物流站。"],
        ["钟停在四点一刻，谁也不肯修。", "腌菜缸裂了缝，盐水淌得灶台发白。"],
    ];
    for (number, who) in ["王芳", "赵敏", "孙七"].into_iter().enumerate() {
        texts.push(about_work(who, laws[number], own[number]));
    }
    let names = ["one.txt", "two.txt", "three.txt"];
    let files: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    for whole in [false, true] {
        let data = folder(&files);
        let mut store = store(&data);
        let source = hash(&mut store, "one");
        store.withdraw(&source, (!whole).then_some("王芳")).expect("withdrawn");
        let shown = |store: &mut SourceStore, name: &str| {
            let all = store.holdings().expect("read").transcripts;
            all.iter().find(|one| one.name == name).map(|one| one.text().to_owned()).unwrap_or_default()
        };
        for (name, law) in [("two", laws[1]), ("three", laws[2])] {
            assert!(shown(&mut store, name).contains(law), "{name}, whole: {whole}");
        }
        let two = hash(&mut store, "two");
        store.withdraw(&two, (!whole).then_some("赵敏")).expect("withdrawn");
        assert!(shown(&mut store, "three").contains(laws[2]) && !shown(&mut store, "two").contains(laws[1]));
        // A later interview keeps it, too. A copy under another name and a quotation do not.
        let later = about_work("钱二", "中华人民共和国劳动合同法我背过。", ["我修鼓楼。", "我把户口迁走了。"]);
        let told = about_work("周八", "他讲“我把条文贴在食堂门口”，我就走了。", ["我划船。", "我骑马。"]);
        for (name, text) in [("later.txt", later), ("told.txt", told), ("copy.txt", texts[0].replace("王芳", "吴九"))]
        {
            fs::write(data.path().join(name), text).expect("written");
        }
        assert!(shown(&mut store, "later").contains("我背过"), "whole: {whole}");
        assert!(!shown(&mut store, "told").contains("食堂") && shown(&mut store, "told").contains("我划船"));
        let copy = shown(&mut store, "copy");
        assert!(!["条文", "劳动合同法", "豆腐", "箱网"].iter().any(|words| copy.contains(words)), "{copy}");
    }
}

#[test]
fn what_a_whole_round_talks_about_is_taken_from_nobody() {
    let text = "访谈员：您用哪家的卡？\n王芳：我用中国移动通信集团的卡，山里信号最好，去年基站被雷劈过一回。\n李强：中国移动通信集团的资费我看不懂，换过三次套餐，号码倒是一直没变，过年还送过一桶油。\n\
赵敏：单位统一办的中国移动通信集团，我没得挑，号码十年没变。\n访谈员：后来呢？\n王芳：后来我把旧手机埋在皂荚树底下。\n李强：她说去年基站被雷劈过一回，我倒没听见。\n赵敏：我只听见鸭子叫。\n";
    let data = folder(&[("round.txt", text)]);
    let mut store = store(&data);
    let source = hash(&mut store, "round");
    store.withdraw(&source, Some("王芳")).expect("withdrawn");
    let left = store.holdings().expect("read").transcripts[0].text().to_owned();
    for words in ["资费我看不懂", "我没得挑", "鸭子叫"] {
        assert!(left.contains(words), "{left}");
    }
    assert!(!["雷劈", "皂荚", "信号"].iter().any(|words| left.contains(words)), "{left}");
    assert!(!anywhere(&data.path().join(".yuanhua"), "雷劈"));
}

#[test]
fn where_nobody_has_a_name_the_message_says_what_can_be_withdrawn() {
    let data = folder(&[("q.txt", "Q1. 店里的设备怎么样？\nA1 那台磨豆机从开春起就一直漏油。\nA2 我觉得还可以。\n")]);
    for name in ["A1", "王芳"] {
        let complaint = complained(data.path(), &["withdraw", "q", "--interviewee", name]);
        assert!(complaint.contains("nobody has a name in q") && complaint.contains("takes all of it"), "{complaint}");
    }
    said(data.path(), &["withdraw", "q"]);
}
