//! Titles, columns, speakers and who asks, changed on the library page.

use std::fs;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yuanhua::library::{Library, TranscriptChange};

use crate::support::library::{COOKING, RUNNING, TALK, TestLibrary, open_store};
use crate::support::site::encoder;

#[tokio::test]
async fn the_library_page_lists_what_there_is() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("copy.md", &format!("{RUNNING}\n")), ("empty.txt", "")]);
    let page = library.get("/library").await.1;
    insta::with_settings!({ filters => vec![
        (r"/static/[a-z.]*[0-9a-f]{8,}[^\x22]*", "/static/[file]"),
        (r"\d{4}-\d{2}-\d{2}", "[date]"),
        (r"/[^ ]*/(empty\.txt)", "[folder]/$1"),
    ] }, { insta::assert_snapshot!("library_page", page); });
}

#[tokio::test]
async fn a_title_can_be_changed_and_changed_back() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let change = format!("/library/{}/change", library.sha256("running"));
    assert_eq!(library.form(&change, "title=Moving+%26+resting").await.0, StatusCode::SEE_OTHER);
    assert!(library.get("/").await.1.contains("Moving &#38; resting"));
    library.form(&change, "title=").await;
    assert!(library.get("/library").await.1.contains("关于跑步"));
    assert_eq!(library.form(&change, "nothing=1").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(library.form("/library/0000/change", "title=x").await.0, StatusCode::NOT_FOUND);
}

#[test]
fn a_changed_title_is_kept_when_the_file_changes() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let title = TranscriptChange::Title("跑步的人".to_owned());
    library.edit(&library.sha256("running"), &title).expect("changed");
    fs::write(library.path().join("running.txt"), format!("{RUNNING}A3 我游泳。\n")).expect("written");
    library.fill(|_| {}).expect("it fills");
    let listing = library.listing();
    assert_eq!((listing.items[0].title.as_str(), listing.items[0].answers), ("跑步的人", 3));
}

#[tokio::test]
async fn names_and_titles_have_a_limited_length_and_no_control_characters() {
    let library = TestLibrary::of(&[(
        "bees.csv",
        &TALK.replace("said", "text").replace("speaker,", "x,").replace("wer", "speaker"),
    )]);
    let change = format!("/library/{}/change", library.sha256("bees"));
    let (status, page) = library.form(&change, &format!("title={}", "x".repeat(2000))).await;
    assert!(status == StatusCode::BAD_REQUEST && page.contains("200 characters at most"), "{status} {page}");
    library.form(&change, "speaker=%E8%80%81%E5%91%A8&shown=P%1B%5B31m%E2%80%AE1").await;
    library.form(&change, "title=T%1B%5B2J%E2%80%AEx%0D%0Ay").await;
    let listed = format!("{:?}", library.listing());
    for control in ["\\u{1b}", "\\u{202e}", "\\r", "\\n"] {
        assert!(!listed.contains(control), "{control} in {listed}");
    }
}

#[tokio::test]
async fn columns_speakers_and_who_asks_are_set_on_the_page() {
    let library = TestLibrary::of(&[("bees.csv", &TALK.replace("said", "text"))]);
    let sha256 = library.sha256("bees");
    let change = format!("/library/{sha256}/change");
    let page = library.get("/library").await.1;
    // The program guessed the first column that is called `speaker`. The page shows the guess and lets it be changed.
    assert!(page.contains("<option selected>speaker</option>"), "{page}");
    let columns = "text_column=text&speaker_column=wer&time_column=when";
    assert_eq!(library.form(&change, columns).await.0, StatusCode::SEE_OTHER);
    let page = library.get("/library").await.1;
    assert!(page.contains("<option selected>wer</option>") && page.contains("安妮 asks"), "{page}");
    let wrong = "text_column=none&speaker_column=&time_column=";
    assert_eq!(library.form(&change, wrong).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(library.form(&change, "interviewers=nobody").await.0, StatusCode::NOT_FOUND);
    library.form(&change, "interviewers=%E8%80%81%E5%91%A8").await;
    assert!(library.get("/library").await.1.contains("老周 asks"));
    library.form(&change, "interviewers=").await;
    library.form(&change, "speaker=%E8%80%81+%E5%91%A8&into=%E8%80%81%E5%91%A8").await;
    library.form(&change, "speaker=%E8%80%81%E5%91%A8&shown=Beekeeper+A").await;
    let permalink = format!("/t/{}", &sha256[..16]);
    for shown in
        [library.get("/library").await.1, library.get(&permalink).await.1, library.quotes("冬天喂什么？").await]
    {
        assert!(shown.contains("Beekeeper A") && !shown.contains("老周") && !shown.contains("老 周"), "{shown}");
    }
    let (status, receipt) = library.form(&format!("/library/{sha256}/withdraw"), "who=Beekeeper+A&sure=yes").await;
    assert_eq!(status, StatusCode::OK);
    assert!(receipt.contains("2 answers"), "{receipt}");
    for shown in
        [library.get("/library").await.1, library.get(&permalink).await.1, library.quotes("冬天喂什么？").await]
    {
        assert!(!shown.contains("Beekeeper A") && !shown.contains("三箱") && !shown.contains("糖水"), "{shown}");
    }
    // The withdrawals also hold after a restart.
    let folder = library.close();
    let again = Library::open(open_store(folder.path()), encoder()).expect("it opens");
    again.fill(|_| {}).expect("it fills");
    let corpus = again.corpus().load_full();
    assert!(corpus.transcripts.iter().all(|transcript| transcript.answers().count() == 0));
}

/// A visit in which both people ask a little. The visitor speaks first.
const VISIT: &str = "许明：我先介绍一下修钟社，去年修了一百多口老钟，三口是光绪年间的。\n唐一：我觉得很有意义，小时候家里也有一口，搬家的时候丢了。\n许明：现在的困难是没有零件，年轻人也不愿意学，只剩四个人了。\n唐一：零件的事可以找职业学校，他们有车床，学生也要做东西。\n许明：所以今天来，是想请您看看能不能放进学校里去？\n唐一：课时不一定要有，社团也可以，一个礼拜两个钟头就够了。\n许明：展览办过一回，来了两百人，多半是老人，孩子很少。\n唐一：你们的展览是在哪里办的，是在老邮局那边吗？\n许明：零件我们自己车，车一个要三天，坏了就得重来。\n唐一：那就放到图书馆去，孩子放学都在那里，一天有几百个。\n";

#[tokio::test]
async fn the_page_asks_who_asks_if_that_is_unsure_and_an_answer_settles_it() {
    let library = TestLibrary::of(&[("visit.txt", VISIT)]);
    let change = format!("/library/{}/change", library.sha256("visit"));
    let page = library.get("/library").await.1;
    assert!(page.contains("Who asks here?") && page.contains("value=\"唐一\">唐一</button>"), "{page}");
    let quoted = library.quotes("零件可以找谁？").await;
    assert!(quoted.contains("找职业学校") && quoted.contains("\"role\":\"undecided\""), "{quoted}");
    assert_eq!(library.form(&change, "asks=").await.0, StatusCode::SEE_OTHER);
    let page = library.get("/library").await.1;
    assert!(!page.contains("Who asks here?"), "{page}");
    let quoted = library.quotes("零件可以找谁？").await;
    assert!(quoted.contains("找职业学校") && !quoted.contains("undecided"), "{quoted}");
    library.form(&change, "asks=%E5%94%90%E4%B8%80").await;
    let page = library.get("/library").await.1;
    assert!(page.contains("唐一 asks") && !page.contains("Who asks here?"), "{page}");
    assert!(!library.quotes("零件可以找谁？").await.contains("找职业学校，他们有车床，学生"));
}

#[tokio::test]
async fn a_transcript_is_tested_with_its_own_questions() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("cooking.txt", COOKING)]);
    let (status, page) = library.get(&format!("/library/{}/self-test", library.sha256("running"))).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("1 of its own questions") && page.contains("came first for 100 %"), "{page}");
}

#[tokio::test]
async fn another_site_can_change_nothing() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let withdraw = format!("/library/{}/withdraw", library.sha256("running"));
    let from = |origin: &[(&'static str, &'static str)]| {
        let request = Request::post(&withdraw).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = origin.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(Body::from("sure=yes")).expect("a request")
    };
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
        &[("origin", "http://elsewhere.example"), ("host", "127.0.0.1:8080")],
        &[("origin", "null"), ("host", "127.0.0.1:8080")],
        &[],
    ] {
        assert_eq!(library.send(from(foreign)).await.0, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    assert_eq!(library.listing().items.len(), 1);
    let ours = from(&[("origin", "http://192.168.1.5:8080"), ("host", "192.168.1.5:8080")]);
    assert_eq!(library.send(ours).await.0, StatusCode::OK);
}
