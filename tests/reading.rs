//! Tests of the page of a transcript: finding words in it, its order, and what it tells of its source.

use yuanhua::web::Site;

use crate::support::site::{body, corpus_of, fixture, get, html};

const NAMED: &str = "Moderator: How do you work?\nAnn (00:00:05): From home, mostly.\nBob (00:00:09): In the office.\n\
                     (laughter)\nAnd sometimes outside.\nModerator: Why?\nAnn (00:00:21): It is quiet there.\n\
                     Bob (00:00:30): My team is there.\n";
const CHANNELS: &str = "Q1.频道怎么选?\nA1 我看ＡＢＣ频道。\nA2 没有频道，只有 abc 电台。\nQ2.为什么?\nA1 因为好看。\n";

fn address(of: &yuanhua::retrieval::corpus::Corpus, rest: &str) -> String {
    format!("/t/{}{rest}", &of.transcripts[0].source_sha256[..16])
}

async fn page(name: &str, source: &str, rest: &str) -> String {
    let corpus = corpus_of(name, source.as_bytes());
    let address = address(&corpus, rest);
    html(Site::new(corpus), &address, "en").await
}

#[tokio::test]
async fn words_are_found_in_every_script_width_and_case() {
    for (find, places) in [("%E9%A0%BB%E9%81%93", 3), ("%E9%A2%91%E9%81%93", 3), ("Abc", 2), ("%EF%BD%81bc", 2)] {
        let page = page("channels", CHANNELS, &format!("?find={find}")).await;
        assert!(page.contains(&format!("<span role=\"status\">{places} places</span>")), "{find}: {page}");
        assert_eq!(page.matches("<mark class=\"found").count(), places, "{find}");
        assert!(page.contains("at=2#found-2"), "the next place is a link: {page}");
        let last = page.contains("<a class=\"step\" rel=\"prev\"") && page.contains(&format!("at={places}#"));
        assert!(last, "before the first comes the last");
    }
}

#[tokio::test]
async fn words_that_stand_apart_are_found_apart_and_it_says_so() {
    let page = page("channels", CHANNELS, "?find=%E7%94%B5%E5%8F%B0+%E5%A5%BD%E7%9C%8B").await;
    assert!(page.contains("Nowhere together; 2 × one of the words"), "{page}");
}

#[tokio::test]
async fn a_search_without_matches_says_so_and_its_text_stays_text() {
    let page = page("channels", CHANNELS, "?find=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(page.contains("Not found in this interview") && !page.contains("<script>alert"), "{page}");
}

#[tokio::test]
async fn each_interviewees_answers_stand_together_with_their_questions() {
    let page = page("named", NAMED, "?by=interviewee").await;
    let (ann, bob) = (page.find("id=\"who-1\"").expect("Ann"), page.find("id=\"who-2\"").expect("Bob"));
    let (first, second) = (&page[ann..bob], &page[bob..]);
    assert!(first.contains("From home, mostly.") && first.contains("It is quiet there."), "{first}");
    assert!(second.contains("My team is there.") && !second.contains("From home"), "{second}");
    assert!(first.contains("#q2\"><span lang=\"en\">Why?"), "each answer leads to its question: {first}");
    assert!(page.contains("00:00:21</time>"), "and says when it was given");
}

#[tokio::test]
async fn a_stage_direction_is_shown_apart_from_the_words() {
    let page = page("named", NAMED, "").await;
    assert!(page.contains("<p class=\"aside\" title=\"set apart: not speech, never quoted\">(laughter)</p>"), "{page}");
}

#[tokio::test]
async fn unnamed_answers_are_not_grouped() {
    let page = page("channels", CHANNELS, "?by=interviewee").await;
    assert!(page.contains("need not be the same person") && !page.contains("id=\"who-1\""), "{page}");
    assert!(page.contains("#q1-a2\">A2</a>"), "each answer is still a link away: {page}");
}

#[tokio::test]
async fn a_restoration_in_the_list_leads_to_its_place() {
    let damaged = "Q1.您喜歡現(xiàn)在的服務(wù)嗎?\nA1 我覺得服務(wù)很好,人工智能也不錯。\n";
    let page = page("damaged", damaged, "").await;
    let links = page.matches("<a href=\"#r-").count();
    assert!(links >= 2, "{page}");
    for link in 0..links {
        assert_eq!(page.matches(&format!("<span id=\"r-{link}\"></span>")).count(), 1, "place {link} is there once");
    }
}

#[tokio::test]
async fn every_page_leads_to_the_start_and_the_library_and_says_where_it_is() {
    let start = html(Site::new(fixture()), "/", "en").await;
    assert!(start.contains("href=\"/\" aria-current=\"page\">Ask</a> <a href=\"/library\">Interviews</a>"), "{start}");
    let source = page("named", NAMED, "").await;
    assert!(source.contains("<a href=\"/library\">Interviews</a>") && source.contains("href=\"#text\""), "{source}");
}

#[tokio::test]
async fn the_first_page_is_light() {
    let start = html(Site::new(fixture()), "/", "en").await;
    let assets = start.split('"').filter(|part| part.starts_with("/static/"));
    let mut bytes = start.len();
    for asset in assets {
        let response = get(Site::new(fixture()), asset, "en").await;
        let kept = response.headers()["cache-control"].to_str().expect("ASCII").to_owned();
        assert!(kept.contains("immutable"), "{asset} is fetched once: {kept}");
        bytes += body(response).await.len();
    }
    assert!(bytes < 100_000, "the start page and all that it asks for are {bytes} bytes");
}
