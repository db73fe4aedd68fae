//! Tests of taking quotes away: copying, permalinks, the collection, and exports.

use std::fs;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;

use super::driver::{Browser, Look};

const ASKED: &str = "/?q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F";
const PHONE: Look = Look { width: 390, height: 844, phone: true, dark: false, javascript: true, language: "zh-CN" };

/// Records what the page writes into the clipboard. That is what a person who copies finds there.
const CLIPBOARD: &str = "window.copied = null;
    navigator.clipboard.write = async ([item]) => {
        const copied = {};
        for (const kind of item.types) copied[kind] = await (await item.getType(kind)).text();
        window.copied = copied;
    };";

async fn script(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("it runs")
}

async fn click(browser: &Browser, css: &str) {
    browser.click(css).await;
}

#[tokio::test]
async fn a_quote_is_copied_with_its_citation_in_the_form_that_was_chosen() {
    let Some(browser) = Browser::open("copying", Look::default()).await else { return };
    browser.goto(ASKED).await;
    let said = browser.find(".card blockquote").await.text().await.expect("text");
    script(&browser, CLIPBOARD).await;
    for (number, kind) in [(0, "text/plain"), (1, "text/plain"), (2, "text/html")] {
        script(&browser, "window.copied = null;").await;
        click(&browser, ".card .menu summary").await;
        click(&browser, &format!(".card .menu [data-copy='{number}']")).await;
        browser.until("return window.copied !== null;", "it is copied").await;
        let copied = script(&browser, "return window.copied;").await;
        let text = copied[kind].as_str().expect("a form");
        assert!(text.contains(&said) && text.contains("Q7 · A2"), "{kind}: {text}");
        assert!(text.contains(&format!("{}/q/", browser.origin())), "the permalink is whole: {text}");
        let told = "return document.querySelector('.card .told').textContent === '已复制'
                    && !document.querySelector('.card .menu').open
                    && document.activeElement.matches('.card .menu summary');";
        browser.until(told, "it says so, closes, and the focus is where it was").await;
    }
    assert!(script(&browser, "return window.copied['text/plain'];").await.as_str().expect("text").contains("— Q7"));
    browser.close().await;
}

#[tokio::test]
async fn a_clipboard_that_refuses_is_told_in_words_with_a_way_out() {
    let Some(browser) = Browser::open("failing to copy", Look::default()).await else { return };
    browser.goto(ASKED).await;
    script(&browser, "navigator.clipboard.write = () => Promise.reject(new Error('no'));").await;
    // This is done by keyboard alone.
    browser.find(".card .menu summary").await.send_keys(&char::from(Key::Enter).to_string()).await.expect("pressed");
    browser
        .find(".card .menu [data-copy='0']")
        .await
        .send_keys(&char::from(Key::Enter).to_string())
        .await
        .expect("pressed");
    browser
        .until("return document.querySelector('.card .told').textContent.includes('浏览器不允许复制');", "told")
        .await;
    click(&browser, ".card .told a").await;
    browser
        .until("return location.pathname.startsWith('/q/') && document.body.textContent.includes('跑步');", "the text")
        .await;
    browser.close().await;
}

/// Follows the permalink of the first card to its page, and from there to the source.
async fn follow_permalink(browser: &Browser) {
    browser.goto(ASKED).await;
    let said = browser.find(".card blockquote").await.text().await.expect("text");
    click(browser, ".card .menu summary").await;
    click(browser, ".card .menu .permalink").await;
    let shown = browser.find(".slip blockquote").await.text().await.expect("text");
    assert_eq!(shown, said, "the same words");
    let told = browser.find("h1.outcome").await.text().await.expect("text");
    assert_eq!(told, "来源中的原话如下。");
    click(browser, ".slip a.cite").await;
    let here = browser.find("#here").await.text().await.expect("text");
    assert!(said.contains(&here) && !here.is_empty(), "the source at the words: {here}");
}

#[tokio::test]
async fn a_permalink_leads_to_the_quote_and_on_to_its_source() {
    let Some(browser) = Browser::open("by permalink", Look::default()).await else { return };
    follow_permalink(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn a_permalink_and_the_text_to_copy_need_no_javascript() {
    let Some(browser) =
        Browser::open("by permalink, without JavaScript", Look { javascript: false, ..Look::default() }).await
    else {
        return;
    };
    follow_permalink(&browser).await;
    browser.goto(ASKED).await;
    click(&browser, ".card .menu summary").await;
    click(&browser, ".card .menu [data-copy='0']").await;
    let text = browser.find("body").await.text().await.expect("text");
    assert!(text.contains("跑步") && text.contains("— Q7 · A2") && text.contains("/q/"), "{text}");
    browser.goto("/collection").await;
    assert!(browser.find("main").await.text().await.expect("text").contains("收藏需要 JavaScript"));
    browser.close().await;
}

async fn keep_show_and_let_go(browser: &Browser) {
    browser.goto(ASKED).await;
    browser
        .until("return document.querySelector('a.kept .count').textContent === '';", "nothing is kept at first")
        .await;
    let roomy = "const box = document.querySelector('.card .star').getBoundingClientRect();
                 return !matchMedia('(pointer: coarse)').matches || (box.width >= 44 && box.height >= 44);";
    browser.until(roomy, "the star has room for a finger").await;
    click(browser, ".card .star").await;
    browser.until("return document.querySelector('a.kept .count').textContent === '1';", "one is kept").await;
    let stored = script(browser, "return localStorage.getItem('yuanhua.kept');").await;
    let stored = stored.as_str().expect("a list");
    assert!(stored.starts_with("[\"/q/") && stored.is_ascii(), "an address and no words: {stored}");

    click(browser, "a.kept").await;
    let said = browser.find(".slip blockquote").await.text().await.expect("text");
    assert!(said.contains("跑步"), "{said}");
    let fits = "return location.pathname === '/collection' && !location.search
                && document.documentElement.scrollWidth <= innerWidth;";
    browser.until(fits, "the collection fits").await;

    // The file that the link gives holds what was kept.
    script(
        browser,
        "document.querySelector('[data-export=markdown]').addEventListener('click', (e) => e.preventDefault());",
    )
    .await;
    click(browser, "[data-export=markdown]").await;
    let fetched = "const link = document.querySelector('[data-export=markdown]');
                   if (!window.file) { window.file = ''; fetch(link.href).then((r) => r.text()).then((t) => { window.file = t; }); }
                   return window.file.startsWith('# 收藏') && window.file.includes('跑步') && window.file.includes('/q/');";
    browser.until(fetched, "the export holds the quote").await;

    click(browser, ".slip .star").await;
    browser.until("return localStorage.getItem('yuanhua.kept') === '[]';", "it is let go").await;
    browser.goto("/collection").await;
    browser.find(".nothing-kept").await;
}

#[tokio::test]
async fn a_star_keeps_a_quote_which_is_shown_exported_and_let_go() {
    let Some(browser) = Browser::open("keeping", Look::default()).await else { return };
    keep_show_and_let_go(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn a_collection_is_put_in_order_by_keyboard_and_stays_so() {
    let Some(browser) = Browser::open("putting in order", Look::default()).await else { return };
    browser.goto("/?q=AI%20%E4%BC%9A%E5%8F%96%E4%BB%A3%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97").await;
    browser.find(".card .star").await;
    script(&browser, "[...document.querySelectorAll('.card .star')].slice(0, 3).forEach((star) => star.click());")
        .await;
    browser.goto("/collection").await;
    browser.find(".one .move").await;
    let labels = "return [...document.querySelectorAll('.one .label')].map((label) => label.textContent).join();";
    let before = script(&browser, labels).await;
    let before: Vec<&str> = before.as_str().expect("labels").split(',').collect();
    let down = browser.find(".one:first-of-type .move[data-by='1']").await;
    down.send_keys(&char::from(Key::Enter).to_string()).await.expect("pressed");
    let wanted = format!("{},{},{}", before[1], before[0], before[2]);
    assert_eq!(script(&browser, labels).await, wanted);
    let told = "return document.getElementById('moved').textContent === '现在是第 2 条'
                && document.activeElement.matches('.one:nth-of-type(2) .move');";
    browser.until(told, "it says where it is now, and the focus is still on it").await;
    browser.goto("/collection").await;
    browser.find(".one .move").await;
    assert_eq!(script(&browser, labels).await, wanted, "the order is kept");
    let ends = "return document.querySelectorAll('.move:disabled').length === 2;";
    browser.until(ends, "the first goes no further up, the last no further down").await;
    browser.close().await;
}

#[tokio::test]
async fn a_collection_fits_a_phone() {
    let Some(browser) = Browser::open("keeping on a phone", PHONE).await else { return };
    keep_show_and_let_go(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn what_was_withdrawn_vanishes_from_collections_and_permalinks() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let (file, words) = (folder.path().join("talk.txt"), "我每天跑步，跑步让我头脑清空。");
    fs::write(&file, format!("Q1.你怎么放松？\nA1 {words}\nA2 我听音乐，音乐让我安静下来。\n")).expect("written");
    let added = crate::support::binary().arg("add").arg(&file).arg("--data").arg(&data).output().expect("it runs");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let Some(browser) = Browser::open_over("withdrawing what was kept", Look::default(), Some(&data)).await else {
        return;
    };
    browser.goto("/?q=%E8%B7%91%E6%AD%A5").await;
    let permalink = browser.find(".card .permalink").await.attr("href").await.expect("a link").expect("an address");
    click(&browser, ".card .star").await;
    browser.goto("/library").await;
    click(&browser, "details.change summary").await;
    click(&browser, "form.withdraw input[name=sure]").await;
    click(&browser, "form.withdraw button").await;
    browser.find(".receipt").await;
    browser.goto("/collection").await;
    let told = browser.find(".missing").await.text().await.expect("text");
    assert!(told.contains("已被撤回"), "{told}");
    browser.goto(&permalink).await;
    assert!(browser.find("h1.outcome").await.text().await.expect("text").contains("已被撤回"));
    let page = browser.client.source().await.expect("a page");
    assert!(!page.contains("头脑清空"), "no word of it is left");
    assert_eq!(browser.client.find_all(Locator::Css(".slip")).await.expect("cards").len(), 0);
    browser.close().await;
}
