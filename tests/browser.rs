//! Tests of the product in a real browser: headless Chromium, driven by chromedriver.
//!
//! If either is missing, the tests say so and are skipped. With `YUANHUA_REQUIRE_BROWSER=1`, as in CI, a missing
//! program is a failure.

mod accessibility;
mod adding;
mod conversations;
mod driver;
mod enhancements;
mod evidence;
mod keyboard;
mod large_library;
mod page_load;
mod playback;
mod quotes;
mod tags;
mod transcript;
mod turns;

use driver::{Browser, Look, Server};
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::support::project;

/// A query that one answer of the bundled interview speaks to. `SAID` is a word of that answer.
const QUERY: &str = "谁喜欢跑步?";
const SAID: &str = "跑步";

/// Asks in the box, checks the quote, and follows its citation. The quote's marked words must be highlighted and in
/// view in the source.
async fn ask_and_follow(browser: &Browser) {
    let client = &browser.client;
    client.find(Locator::Css("#ask")).await.expect("a box").send_keys(QUERY).await.expect("typed");
    if browser.look.javascript {
        let enter = char::from(Key::Enter).to_string();
        client.find(Locator::Css("#ask")).await.expect("a box").send_keys(&enter).await.expect("sent");
    } else {
        client.find(Locator::Css(".composer button")).await.expect("a button").click().await.expect("sent");
    }
    let query = browser.find(".turn:not(.pending) .query").await;
    assert_eq!(query.text().await.expect("text"), QUERY, "the question stands as asked");
    let verdict = browser.find(".turn:not(.pending) .verdict").await.text().await.expect("text");
    assert!(verdict.contains("22"), "the verdict counts: {verdict}");
    let quote = browser.find(".card blockquote").await.text().await.expect("text");
    assert!(quote.contains(SAID), "the quote holds the words: {quote}");
    let label = browser.find(".card .label").await.text().await.expect("text");
    assert!(label.starts_with('Q') && label.contains("· A"), "the quote is cited: {label}");
    let marked = browser.find(".card blockquote mark").await.text().await.expect("text");

    browser.click(".card a.cite").await;
    if browser.look.javascript {
        read_beside_the_chat(browser, &marked).await;
        browser.find(".panel-page").await.click().await.expect("followed");
        browser.until("return location.pathname.startsWith('/t/');", "the source has a page of its own").await;
    }
    let here = browser.find("#here").await;
    assert_eq!(here.text().await.expect("text"), marked, "the source highlights the quote's marked words");
    let address = client.current_url().await.expect("an address");
    assert!(address.path().starts_with("/t/") && address.fragment() == Some("here"), "{address}");
    if browser.look.javascript {
        let in_view = "const r = document.getElementById('here').getBoundingClientRect();
                       return r.top >= 0 && r.bottom <= innerHeight;";
        browser.until(in_view, "the highlighted words are in view").await;
    }
}

/// Checks that the citation opens at its words without leaving the chat, and that Escape leads back to it.
async fn read_beside_the_chat(browser: &Browser, marked: &str) {
    // The panel slides in. Its words are not seen until it has come to rest.
    let highlighted = format!(
        "return document.querySelector('#panel[open] #here')?.innerText === {};",
        serde_json::to_string(marked).expect("JSON")
    );
    browser.until(&highlighted, "the panel highlights the quote's marked words").await;
    let in_view = "const here = document.getElementById('here').getBoundingClientRect();
                   const panel = document.querySelector('.panel-body').getBoundingClientRect();
                   return location.pathname === '/' && here.top >= panel.top && here.top < panel.bottom
                       && document.documentElement.scrollWidth <= innerWidth;";
    browser.until(in_view, "the words are in view, in the chat").await;
    let escape = char::from(Key::Escape).to_string();
    browser.find(".panel-body").await.send_keys(&escape).await.expect("pressed");
    let back = "return !document.getElementById('panel').open && document.activeElement.matches('.card a.cite');";
    browser.until(back, "Escape leads back to the citation").await;
    browser.click(".card a.cite").await;
    browser.find("#panel[open] #here").await;
}

#[tokio::test]
async fn a_person_asks_sees_a_cited_quote_and_finds_its_words_in_the_source() {
    let Some(browser) = Browser::open("asking", Look::default()).await else { return };
    ask_and_follow(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn the_page_works_without_javascript() {
    let look = Look { javascript: false, ..Look::default() };
    let Some(browser) = Browser::open("without JavaScript", look).await else { return };
    ask_and_follow(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn the_page_fits_a_phone() {
    let look = Look { width: 390, height: 844, phone: true, ..Look::default() };
    let Some(browser) = Browser::open("on a phone", look).await else { return };
    let fits = "return document.documentElement.scrollWidth <= innerWidth && innerWidth === 390;";
    browser.until(fits, "the start page does not scroll sideways").await;
    ask_and_follow(&browser).await;
    browser.until(fits, "the source page does not scroll sideways").await;
    browser.close().await;
}

#[tokio::test]
async fn the_page_is_dark_where_the_reader_wants_it_dark() {
    let look = Look { dark: true, ..Look::default() };
    let Some(browser) = Browser::open("in the dark", look).await else { return };
    let dark = "const shade = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, x) => sum + Number(x), 0);
                const style = getComputedStyle(document.body);
                return shade(style.backgroundColor) < 150 && shade(style.color) > 500;";
    browser.until(dark, "light words on a dark page").await;
    ask_and_follow(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn the_script_switch_changes_the_words_shown_and_nothing_else() {
    let Some(browser) = Browser::open("switching scripts", Look::default()).await else { return };
    browser.goto("/?q=%E8%B7%91%E6%AD%A5").await;
    let label = browser.find(".card .label").await.text().await.expect("text");
    assert!(browser.find(".card blockquote").await.text().await.expect("text").contains("觉得"));
    browser.find(".script a:nth-of-type(3)").await.click().await.expect("switched");
    browser.until("return document.querySelector('.card blockquote').innerText.includes('覺得');", "Traditional").await;
    assert_eq!(browser.find(".card .label").await.text().await.expect("text"), label);
    browser.close().await;
}

#[tokio::test]
async fn what_nobody_said_is_not_quoted() {
    let Some(browser) = Browser::open("asking for what nobody said", Look::default()).await else { return };
    browser.goto("/?q=%E6%80%8E%E4%B9%88%E5%81%9A%E7%BA%A2%E7%83%A7%E8%82%89%3F").await;
    let turn = browser.find(".turn").await;
    let class = turn.attr("class").await.expect("an attribute").unwrap_or_default();
    assert!(!class.split(' ').any(|kind| kind == "said"), "{class}");
    browser.close().await;
}

/// Takes the README's screenshots. Each should stay under 200 KB.
/// The command is `cargo test --test tests screenshots -- --ignored`.
#[tokio::test]
#[ignore = "writes web/screenshots; run it when the page has changed"]
async fn screenshots() {
    let shots = [
        ("start", "/", Look::default()),
        ("chat", "/?q=AI%E4%BC%9A%E5%8F%96%E4%BB%A3%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97%3F", Look::default()),
        ("english", "/?q=How+do+you+relax+by+running%3F", Look { language: "en", ..Look::default() }),
        (
            "phone-dark",
            "/?q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F",
            Look { width: 390, height: 844, phone: true, dark: true, ..Look::default() },
        ),
    ];
    for (name, address, look) in shots {
        let Some(browser) = Browser::open(name, look).await else { return };
        browser.goto(address).await;
        browser.save_screenshot(name).await;
        if name == "chat" {
            let open_map = "const map = document.querySelector('.map'); map.open = true; map.scrollIntoView();";
            browser.client.execute(open_map, Vec::new()).await.expect("opened");
            browser.save_screenshot("map").await;
            browser.client.execute("scrollTo(0, 0);", Vec::new()).await.expect("scrolled");
            // This page is full of characters too. A smaller window keeps the picture under 200 KB.
            browser.client.set_window_size(1120, 720).await.expect("a window");
            browser.click(".line > summary").await;
            browser.click(".card header .number").await;
            browser.find("#panel[open] #here").await;
            browser.until("return document.getAnimations().length === 0;", "the panel stands").await;
            browser.save_screenshot("beside").await;
            browser.find(".panel-page").await.click().await.expect("followed");
            browser.until("return location.pathname.startsWith('/t/');", "the source").await;
            // This page is full of characters. A smaller window keeps the picture under 200 KB.
            browser.client.set_window_size(1080, 640).await.expect("a window");
            browser.client.execute("location.hash = ''; location.hash = 'here';", Vec::new()).await.expect("scrolled");
            browser.save_screenshot("source").await;
        }
        browser.close().await;
    }
}

#[test]
fn a_taken_port_is_a_sentence_with_a_remedy() {
    let server = Server::start();
    let port = server.address.rsplit(':').next().expect("a port");
    let said = crate::support::complaint(&["--port", port]);
    assert!(said.contains("already in use") && said.contains("--port"), "{said}");
}
