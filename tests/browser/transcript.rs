//! Tests of reading a transcript in the real browser: with and without JavaScript, by keyboard, on a narrow screen,
//! and in the dark.

use fantoccini::key::Key;

use super::driver::{Browser, Look};

async fn open_source(browser: &Browser) -> String {
    browser.goto("/").await;
    let link = browser.find(".interviews li a").await.attr("href").await.expect("an attribute").expect("an address");
    browser.goto(&link).await;
    link
}

/// Searches for words and steps to the second place.
async fn find_words(browser: &Browser) {
    open_source(browser).await;
    browser.find(".find input").await.send_keys("客戶").await.expect("typed");
    browser.find(".find button").await.click().await.expect("sent");
    let first = browser.find("mark.found.now").await.text().await.expect("text");
    assert_eq!(first, "客户", "Traditional finds Simplified");
    let step = browser.find("a.step[rel=next]").await;
    step.click().await.expect("stepped");
    let second = browser.find("#found-2.now").await;
    assert_eq!(second.text().await.expect("text"), "客户");
    assert_eq!(browser.find(".now-at").await.text().await.expect("text"), "2");
    if browser.look.javascript {
        let seen = "const r = document.getElementById('found-2').getBoundingClientRect();
                    return r.top >= 0 && r.bottom <= innerHeight && document.documentElement.scrollWidth <= innerWidth;";
        browser.until(seen, "the place is in view, and nothing is wider than the page").await;
    }
}

#[tokio::test]
async fn words_are_found_from_place_to_place() {
    let Some(browser) = Browser::open("finding words", Look::default()).await else { return };
    find_words(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn words_are_found_without_javascript() {
    let look = Look { javascript: false, ..Look::default() };
    let Some(browser) = Browser::open("finding words without JavaScript", look).await else { return };
    find_words(&browser).await;
    open_source(&browser).await;
    browser.find(".self-test a").await.click().await.expect("followed");
    browser.find(".tested table").await;
    browser.close().await;
}

#[tokio::test]
async fn words_are_found_on_a_dark_phone() {
    let look = Look { width: 390, height: 844, phone: true, dark: true, ..Look::default() };
    let Some(browser) = Browser::open("finding words on a phone", look).await else { return };
    find_words(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn the_self_test_comes_in_place_and_restorations_lead_to_their_words() {
    let Some(browser) = Browser::open("looking at a source", Look::default()).await else { return };
    open_source(&browser).await;
    browser.find(".self-test a").await.click().await.expect("asked for");
    browser.find(".title .tested table").await;
    browser.until("return location.pathname.startsWith('/t/');", "the page is the same").await;
    browser.find(".restorations summary").await.click().await.expect("opened");
    browser.find(".restorations td a").await.click().await.expect("followed");
    let seen = "const place = document.querySelector('[id^=\"r-\"]:target');
                const r = place.nextElementSibling.getBoundingClientRect();
                return r.top >= 0 && r.bottom <= innerHeight;";
    browser.until(seen, "the restored words are in view").await;
    browser.close().await;
}

#[tokio::test]
async fn the_outline_follows_the_reader() {
    let Some(browser) = Browser::open("reading on", Look::default()).await else { return };
    open_source(&browser).await;
    browser.client.execute("document.getElementById('q5').scrollIntoView();", Vec::new()).await.expect("scrolled");
    let follows = "return document.querySelector('.toc a[aria-current]').hash === '#q5';";
    browser.until(follows, "the outline is at the question that is read").await;
    browser.close().await;
}

/// Walks through the page with Tab. The focus can be seen, it follows the order of the page, it reaches everything,
/// and it leaves the page at the end.
async fn walk(browser: &Browser, page: &str) {
    const TABS: usize = 400;
    let here = "const on = document.activeElement;
        if (!on || on === document.body) return 'out';
        const r = on.getBoundingClientRect(), style = getComputedStyle(on);
        const drawn = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
            || getComputedStyle(on.parentElement).boxShadow !== 'none';
        if (!drawn || r.width === 0 || r.height === 0) return 'unseen: ' + on.outerHTML.slice(0, 120);
        const walked = (window.walked ??= []), before = walked.at(-1);
        if (before && on === walked[0]) return 'out';
        walked.push(on);
        const follows = !before || before.compareDocumentPosition(on) & Node.DOCUMENT_POSITION_FOLLOWING;
        return follows ? 'on' : 'back: ' + on.outerHTML.slice(0, 120);";
    let missed = "return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')]
        .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => !window.walked.includes(one)).map((one) => one.outerHTML.slice(0, 120));";
    browser.client.execute("document.activeElement.blur(); scrollTo(0, 0);", Vec::new()).await.expect("begun");
    browser.press(Key::Tab).await;
    browser.until("return document.activeElement.matches('.skip');", "the first stop skips to what matters").await;
    for _ in 0..TABS {
        let state = browser.client.execute(here, Vec::new()).await.expect("looked");
        let state = state.as_str().unwrap_or_default().to_owned();
        assert!(["on", "out"].contains(&state.as_str()), "{page}: {state}");
        if state == "out" {
            let missed = browser.client.execute(missed, Vec::new()).await.expect("looked");
            assert_eq!(missed.as_array().map(Vec::len), Some(0), "{page} has what Tab does not come to: {missed:#}");
            return;
        }
        browser.press(Key::Tab).await;
    }
    panic!("{page}: Tab does not come to an end");
}

#[tokio::test]
async fn tab_leads_through_every_page_and_out_of_it() {
    let Some(browser) = Browser::open("by Tab", Look::default()).await else { return };
    browser.goto("/?q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F").await;
    walk(&browser, "the chat").await;
    let quote = browser.find(".card .permalink").await.attr("href").await.expect("an attribute").expect("an address");
    open_source(&browser).await;
    walk(&browser, "a source").await;
    // The first page is left out, because there the box has the focus from the start.
    for address in [quote.as_str(), "/library", &format!("/collection?quote={quote}")] {
        browser.goto(address).await;
        walk(&browser, address).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn at_four_hundred_percent_nothing_scrolls_sideways() {
    // 1280 px at 400 % are 320 CSS px.
    let look = Look { width: 320, height: 640, phone: true, language: "en", ..Look::default() };
    let Some(browser) = Browser::open("magnified", look).await else { return };
    let source = open_source(&browser).await;
    let found = format!("{source}?find=%E5%AE%A2%E6%9C%8D");
    for address in ["/", "/?q=%E8%B7%91%E6%AD%A5", "/library", "/nowhere", &source, &found] {
        browser.goto(address).await;
        let fits = "return document.documentElement.scrollWidth <= 320;";
        let wide =
            "return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > 321)
            .map((one) => one.outerHTML.slice(0, 90)).slice(0, 5).join(' | ');";
        let wide = browser.client.execute(wide, Vec::new()).await.expect("looked");
        browser.until(fits, &format!("{address} is no wider than the screen: {wide}")).await;
    }
    browser.close().await;
}
