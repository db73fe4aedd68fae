//! Walks through tags and recordings by keyboard alone, by the tree that a screen reader is given, and by finger.

use std::collections::HashMap;
use std::time::Duration;

use fantoccini::key::Key;
use serde_json::Value;

use super::driver::{Browser, Look};
use super::playback::open;

const ENGLISH: Look = Look { width: 1280, height: 860, phone: false, dark: false, javascript: true, language: "en" };
/// A question that one answer of the talk speaks to.
const ASKED: &str = "/?q=Who%20runs%20along%20the%20river%3F";

async fn run(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("it runs")
}

async fn type_in(browser: &Browser, words: &str) {
    for key in words.chars() {
        let focused = browser.client.active_element().await.expect("a focus");
        focused.send_keys(&key.to_string()).await.expect("typed");
    }
}

/// Tags the quote of the chat with "sport" and a note. The focus is on the first place of the tag's page.
async fn tag_by_keyboard(browser: &Browser) {
    browser.goto(ASKED).await;
    browser.find(".card .to-tag").await;
    browser.tab_to(".card .to-tag").await;
    browser.press(Key::Enter).await;
    browser.find("input[name=new]").await;
    browser.tab_to("input[name=new]").await;
    type_in(browser, "sport").await;
    browser.tab_to("textarea[name=note]").await;
    type_in(browser, "ask again").await;
    browser.tab_to(".tagging button").await;
    browser.press(Key::Enter).await;
    browser.until("return !location.pathname.startsWith('/tags/edit');", "saved").await;
}

#[tokio::test]
async fn a_quote_is_tagged_renamed_and_heard_by_keyboard_alone() {
    let Some((browser, _folder)) = open("by keyboard alone", ENGLISH).await else { return };
    tag_by_keyboard(&browser).await;
    browser.goto("/tags").await;
    browser.tab_to(".tag-list a").await;
    browser.press(Key::Enter).await;
    browser.find("h1.tag").await;
    browser.tab_to(".change summary").await;
    browser.press(Key::Enter).await;
    browser.tab_to(".change input[name=name]").await;
    run(&browser, "document.activeElement.select();").await;
    type_in(&browser, "running").await;
    browser.tab_to(".change .button").await;
    browser.press(Key::Enter).await;
    browser.until("return document.querySelector('h1.tag')?.textContent === 'running';", "renamed").await;

    browser.goto(ASKED).await;
    browser.find(".card a.play").await;
    browser.tab_to(".card a.play").await;
    browser.press(Key::Enter).await;
    let heard = "const audio = document.querySelector('.player audio');
                 return audio === document.activeElement && !audio.paused && audio.currentTime >= 3.5;";
    browser.until(heard, "it plays, and the player has the focus").await;
    browser.press(Key::Escape).await;
    let closed = "return !document.querySelector('.player') && document.activeElement.matches('.card a.play');";
    browser.until(closed, "Escape closes the player and leads back").await;
    assert_eq!(browser.complaints().await, [""; 0], "in the browser's log");
    browser.close().await;
}

/// The names of each role on the open page. Whatever can be used has a name.
async fn named(browser: &Browser, page: &str) -> HashMap<String, Vec<String>> {
    let mut by_role: HashMap<String, Vec<String>> = HashMap::new();
    let mut tree = browser.accessibility_tree().await;
    // The browser makes the tree some time after the page.
    for _ in 0..50 {
        if tree.iter().any(|(role, _)| role == "heading") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        tree = browser.accessibility_tree().await;
    }
    for (role, name) in tree {
        let used = ["button", "link", "textbox", "checkbox", "combobox", "region", "table", "image", "Audio"];
        assert!(!used.contains(&role.as_str()) || !name.is_empty(), "{page}: a {role} without a name");
        by_role.entry(role).or_default().push(name);
    }
    by_role
}

#[tokio::test]
async fn a_screen_reader_is_told_of_tags_notes_and_the_player() {
    let Some((browser, _folder)) = open("by the tree of a screen reader", ENGLISH).await else { return };
    tag_by_keyboard(&browser).await;
    let holds = |of: &HashMap<String, Vec<String>>, role: &str, name: &str| {
        let names = of.get(role).cloned().unwrap_or_default();
        assert!(names.iter().any(|known| known.contains(name)), "no {role} is called {name}: {names:?}");
    };
    browser.goto("/tags").await;
    let tags = named(&browser, "tags").await;
    for (role, name) in [
        ("heading", "Tags"),
        ("link", "sport"),
        ("table", "Tags by interviewee"),
        ("columnheader", "Zelda"),
        ("rowheader", "sport"),
        ("link", "sport, Zelda: 1"),
        ("navigation", "Save as"),
    ] {
        holds(&tags, role, name);
    }
    browser.click(".tag-list a").await;
    browser.find("h1.tag").await;
    run(&browser, "document.querySelector('.change').open = true;").await;
    let tag = named(&browser, "a tag").await;
    for (role, name) in [("heading", "sport"), ("blockquote", ""), ("textbox", "Name"), ("combobox", "Colour")] {
        holds(&tag, role, name);
    }
    browser.click(".tags-of .edit").await;
    browser.find("input[name=new]").await;
    let edit = named(&browser, "a quote to tag").await;
    for (role, name) in
        [("checkbox", "sport"), ("group", "Tags"), ("textbox", "New tag"), ("textbox", "Note"), ("button", "Save")]
    {
        holds(&edit, role, name);
    }
    browser.goto(ASKED).await;
    browser.click(".card a.play").await;
    browser.find(".player audio").await;
    let chat = named(&browser, "the player").await;
    for (role, name) in [("region", "Recording"), ("button", "Close"), ("link", "Play")] {
        holds(&chat, role, name);
    }
    browser.close().await;
}

#[tokio::test]
async fn tags_and_the_player_are_for_fingers_on_a_phone() {
    let look = Look { width: 360, height: 740, phone: true, ..ENGLISH };
    let Some((browser, _folder)) = open("by finger", look).await else { return };
    // What is pressed is 44 px high, but for links within a sentence.
    let small = "return [...document.querySelectorAll('main :is(button, select, summary, input:not([type=hidden]), label.tag, .tag, .to-tag, .play), .player button')]
        .filter((one) => one.checkVisibility() && !one.closest('h1') && !one.matches('label.tag input'))
        .map((one) => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 90)])
        .filter(([height]) => height > 0 && height < 43.5).map(String);";
    let fits = "return document.documentElement.scrollWidth <= innerWidth;";
    browser.goto(ASKED).await;
    let edit = browser.find(".card .to-tag").await.attr("href").await.expect("an attribute").expect("an address");
    browser.goto(&edit).await;
    browser.find("input[name=new]").await.send_keys("sport").await.expect("typed");
    browser.click(".tagging button").await;
    browser.until("return !location.pathname.startsWith('/tags/edit');", "saved").await;
    for address in [edit.as_str(), "/tags", "/tags?tag=sport"] {
        browser.goto(address).await;
        run(&browser, "document.querySelectorAll('details').forEach((one) => { one.open = true; });").await;
        assert_eq!(run(&browser, small).await, Value::Array(Vec::new()), "{address}");
        browser.until(fits, address).await;
    }
    browser.goto(ASKED).await;
    browser.click(".card a.play").await;
    browser.find(".player audio").await;
    let clear = "const player = document.querySelector('.player').getBoundingClientRect();
                 return player.bottom <= innerHeight + 1 && player.height >= 44 && player.right <= innerWidth;";
    browser.until(clear, "the player stands in the window").await;
    assert_eq!(run(&browser, small).await, Value::Array(Vec::new()), "the chat with a player");
    browser.until(fits, "the chat with a player").await;
    browser.close().await;
}
