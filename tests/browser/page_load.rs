//! Tests of how the pages open: at their top, within the window, quick to load, and without complaints of the browser.

use serde_json::Value;

use super::driver::{Browser, Look};

/// The address of two turns. The first reply has several quotes. Nobody was asked about the second query.
const TURNS: &str = "/?q=AI%20%E4%BC%9A%E5%8F%96%E4%BB%A3%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97\
                     &q=%E6%80%8E%E4%B9%88%E5%81%9A%E7%BA%A2%E7%83%A7%E8%82%89%3F";

async fn run(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("it runs")
}

/// Returns an address for every kind of page.
async fn addresses(browser: &Browser) -> Vec<String> {
    browser.goto(TURNS).await;
    let found = run(
        browser,
        "const of = (css) => document.querySelector(css).getAttribute('href');
         return [of('.card .permalink'), of('.card a.cite')];",
    )
    .await;
    let found: Vec<&str> = found.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let [quote, cited] = found[..] else { panic!("{found:?}") };
    let source = cited.split('?').next().expect("a path");
    vec![
        "/".to_owned(),
        TURNS.to_owned(),
        quote.to_owned(),
        cited.to_owned(),
        format!("{source}?find=%E5%AE%A2%E6%9C%8D"),
        format!("/collection?quote={quote}"),
        "/collection".to_owned(),
        "/library".to_owned(),
    ]
}

#[tokio::test]
async fn the_first_page_begins_at_its_top_and_writing_does_not_move_it() {
    for (height, address) in [(860, "/"), (560, "/"), (700, TURNS)] {
        let Some(browser) = Browser::open("at the top", Look { height, ..Look::default() }).await else { return };
        browser.goto(address).await;
        let ready = "return scrollY === 0 && (location.search !== '' || document.activeElement.id === 'ask');";
        browser.until(ready, "at its top, and the first page ready to be written on").await;
        browser.find("#ask").await.send_keys("有没有人说过这些话").await.expect("typed");
        browser.until("return scrollY === 0;", "nothing moves while one writes").await;
        browser.close().await;
    }
}

#[tokio::test]
async fn a_phone_is_not_given_a_keyboard_unasked() {
    let look = Look { width: 390, height: 844, phone: true, ..Look::default() };
    let Some(browser) = Browser::open("on a phone, at first", look).await else { return };
    browser
        .until("return scrollY === 0 && document.activeElement === document.body;", "the words are read first")
        .await;
    browser.close().await;
}

#[tokio::test]
async fn no_page_scrolls_sideways_on_the_smallest_phone() {
    let look = Look { width: 320, height: 640, phone: true, language: "en", ..Look::default() };
    let Some(browser) = Browser::open("at 320 px", look).await else { return };
    for address in addresses(&browser).await {
        browser.goto(&address).await;
        run(&browser, "document.querySelectorAll('details').forEach((one) => { one.open = true; });").await;
        let wide = run(&browser, "return document.documentElement.scrollWidth;").await;
        assert_eq!(wide, 320, "{address}");
    }
    browser.close().await;
}

#[tokio::test]
async fn every_page_is_light_leads_to_the_collection_and_makes_the_browser_complain_of_nothing() {
    let Some(browser) = Browser::open("without complaints", Look::default()).await else { return };
    for address in addresses(&browser).await {
        browser.goto(&address).await;
        browser.find(".bar a.kept[href='/collection']").await;
    }
    assert_eq!(browser.complaints().await, [""; 0], "in the browser's log");
    // This browser has nothing in its cache, as on a first visit.
    let Some(fresh) = Browser::open("for the first time", Look::default()).await else { return };
    let bytes = "return ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))
                     .reduce((sum, entry) => sum + entry.transferSize, 0);";
    let bytes = run(&fresh, bytes).await.as_f64().expect("a number");
    assert!(bytes > 10_000.0 && bytes < 100_000.0, "{bytes} bytes come over the wire");
    fresh.close().await;
    browser.close().await;
}

/// Prints how quick the page is, as medians of nine runs.
/// The command is `cargo test --test tests how_quick -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "prints timings; decides nothing"]
async fn how_quick() {
    let Some(browser) = Browser::open("how quick", Look::default()).await else { return };
    let ask = "const start = performance.now();
        window.told = {};
        new MutationObserver((_, observer) => {
            const turn = document.querySelector('.turn');
            if (turn && told.shown === undefined) told.shown = performance.now() - start;
            if (turn && turn.querySelector('.card')) { told.whole = performance.now() - start; observer.disconnect(); }
        }).observe(document.body, { childList: true, subtree: true });
        const box = document.querySelector('#ask');
        box.value = 'AI会取代人工客服吗?';
        box.form.requestSubmit();";
    let mut times = vec![Vec::new(); 4];
    for _ in 0..9 {
        browser.goto("/").await;
        let opened = "const page = performance.getEntriesByType('navigation')[0];
                      return [page.responseEnd, page.domContentLoadedEventEnd];";
        let opened = run(&browser, opened).await;
        run(&browser, ask).await;
        browser.until("return window.told.whole !== undefined;", "a reply").await;
        let asked = run(&browser, "return [told.shown, told.whole];").await;
        let all = [&opened[0], &opened[1], &asked[0], &asked[1]];
        times.iter_mut().zip(all).for_each(|(times, time)| times.push(time.as_f64().expect("a time")));
    }
    let names = ["first page received", "first page can be used", "question shown", "whole reply shown"];
    for (name, mut times) in names.into_iter().zip(times) {
        times.sort_by(f64::total_cmp);
        println!("{name}: {:.0} ms", times[4]);
    }
    browser.close().await;
}
