//! Hearing a quote: its part of the recording plays, the words are marked as they are said, and a click
//! on other words goes there.

use serde_json::Value;

use super::driver::{Browser, Look};
use crate::recordings::{CAPTIONS, silence};

const AUDIO: &str = "const audio = document.querySelector('.player audio');";

async fn script(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("it runs")
}

/// Opens a browser over a talk and its recording.
pub(super) async fn open(what: &str, look: Look) -> Option<(Browser, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("talk.srt"), CAPTIONS).expect("written");
    std::fs::write(folder.path().join("talk.wav"), silence(20)).expect("written");
    let browser = Browser::open_over(what, look, Some(folder.path())).await?;
    Some((browser, folder))
}

#[tokio::test]
async fn a_quote_is_heard_from_its_first_word_to_its_last() {
    let Some((browser, _folder)) = open("hearing a quote", Look::default()).await else { return };
    browser.goto("/?q=Who%20likes%20running%3F").await;
    browser.click(".card a.play").await;
    let plays = format!("{AUDIO} return audio && audio.currentTime >= 3.5 && !audio.paused;");
    browser.until(&plays, "it plays from the first word").await;
    let ends = format!(
        "{AUDIO} const to = Number(document.querySelector('.card a.play').dataset.to) / 1000;
         return audio.paused && audio.currentTime >= to && audio.currentTime < to + 1.5;"
    );
    browser.until(&ends, "it stops after the last word").await;
    browser.click(".player button").await;
    let closed = "return !document.querySelector('.player') && document.activeElement.matches('.card a.play');";
    browser.until(closed, "the player closes, and the focus is where it was").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test]
async fn the_words_are_marked_as_they_are_said_and_a_click_on_others_goes_there() {
    let Some((browser, _folder)) = open("reading along", Look::default()).await else { return };
    browser.goto("/?q=Who%20likes%20running%3F").await;
    let source = script(&browser, "return document.querySelector('.card a.cite').getAttribute('href');").await;
    browser.goto(source.as_str().expect("an address")).await;
    browser.click("#q1-a1 .speaker a.play").await;
    let said = "const range = [...(CSS.highlights.get('spoken') ?? [])][0];
                return document.querySelector('#q1-a1').matches('.speaking') && range?.toString().includes('river');";
    browser.until(said, "the first cue is marked").await;
    script(&browser, "document.querySelector('.player audio').pause();").await;
    browser.click("#q2-a1 .words p").await;
    let there = format!(
        "{AUDIO} const range = [...(CSS.highlights.get('spoken') ?? [])][0];
         return audio.currentTime >= 14.4 && document.querySelector('#q2-a1').matches('.speaking')
             && range?.toString().includes('pigeons');"
    );
    browser.until(&there, "the click goes to its words").await;
    browser.close().await;
}

#[tokio::test]
async fn without_javascript_the_link_is_the_part_of_the_recording() {
    let look = Look { javascript: false, ..Look::default() };
    let Some((browser, _folder)) = open("hearing without JavaScript", look).await else { return };
    browser.goto("/?q=Who%20likes%20running%3F").await;
    let link = browser.find(".card a.play").await;
    let href = link.attr("href").await.expect("an attribute").expect("an address");
    assert!(href.starts_with("/sound/") && href.contains("#t=3.500,"), "{href}");
    browser.close().await;
}
