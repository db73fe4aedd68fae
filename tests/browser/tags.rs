//! Tags: words are selected in a source, get a tag, and stand on its page; a quote becomes a picture.

use std::fs;

use fantoccini::key::Key;
use serde_json::Value;

use super::driver::{Browser, Look};

const TALK: &str =
    "主持人：您怎么看店里的设备？\n王五：能用就行，我是这么想的，能用就行。\n李四：地板确实滑，要小心。\n";

async fn run(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("it runs")
}

/// Selects characters of the first answer.
async fn select(browser: &Browser, from: usize, to: usize) {
    let select = format!(
        "const words = document.querySelector('.answer .words p').firstChild;
         getSelection().setBaseAndExtent(words, {from}, words, {to});"
    );
    run(browser, &select).await;
}

#[tokio::test]
async fn selected_words_get_a_tag_and_stand_on_its_page() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talk.txt"), TALK).expect("written");
    let phone = Look { width: 390, height: 844, phone: true, dark: true, ..Look::default() };
    for look in [Look::default(), phone] {
        let Some(browser) = Browser::open_over("tagging", look, Some(folder.path())).await else { return };
        browser.goto("/").await;
        let source = browser.find(".interviews li a[href^='/t/']").await.attr("href").await.expect("an attribute");
        let source = source.expect("an address");
        browser.goto(&source).await;
        select(&browser, 12, 16).await;
        browser.find(".tag-selected:not([hidden])").await;
        let beside = "const link = document.querySelector('.tag-selected').getBoundingClientRect();
            const words = getSelection().getRangeAt(0).getBoundingClientRect();
            return link.top >= words.bottom && link.top - words.bottom < 40 && link.left >= 0 && link.right <= innerWidth
                && link.height >= 24;";
        browser.until(beside, "the link stands beside the words").await;
        run(&browser, "document.querySelector('.tag-selected').focus();").await;
        let escape = char::from(Key::Escape).to_string();
        browser.find(".tag-selected").await.send_keys(&escape).await.expect("pressed");
        browser.until("return document.querySelector('.tag-selected').hidden;", "Escape hides it").await;
        // Across two answers nothing is offered.
        let across = "const all = document.querySelectorAll('.answer .words p');
                      getSelection().setBaseAndExtent(all[0].firstChild, 2, all[1].firstChild, 2);";
        run(&browser, across).await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        assert_eq!(run(&browser, "return document.querySelector('.tag-selected').hidden;").await, true);

        select(&browser, 12, 16).await;
        browser.find(".tag-selected:not([hidden])").await;
        browser.click(".tag-selected").await;
        let quote = browser.find(".slip blockquote").await.text().await.expect("text");
        assert_eq!(quote, "能用就行", "the quote is what was selected");
        let tag = if look.phone { "凑合" } else { "态度" };
        browser.find("input[name=new]").await.send_keys(tag).await.expect("typed");
        browser.find("textarea[name=note]").await.send_keys("说了两次").await.expect("typed");
        browser.click(".tagging button").await;
        browser.until("return location.pathname.startsWith('/t/');", "back in the source").await;
        // It is the second place that is tagged.
        let here = browser.find("#here").await.text().await.expect("text");
        let after = run(&browser, "return document.querySelector('#here').previousSibling.textContent;").await;
        assert_eq!((here.as_str(), after.as_str()), ("能用就行", Some("能用就行，我是这么想的，")));
        browser
            .click(&format!(".answer .tags-of a[href*='{}']", if look.phone { "%E5%87%91" } else { "%E6%80%81" }))
            .await;
        browser.until("return location.pathname === '/tags';", "the page of the tag").await;
        let page = browser.find("main").await.text().await.expect("text");
        assert!(page.contains(tag) && page.contains("说了两次") && page.contains("能用就行"), "{page}");
        let fits = "return document.documentElement.scrollWidth <= innerWidth;";
        browser.until(fits, "nothing goes beyond the window").await;
        browser.close().await;
    }
}

#[tokio::test]
async fn a_quote_becomes_a_picture_in_the_browser() {
    let Some(browser) = Browser::open("drawing a card", Look::default()).await else { return };
    browser.goto("/?q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F").await;
    let permalink = browser.find(".card .permalink").await.attr("href").await.expect("a link").expect("an address");
    browser.goto(&permalink).await;
    browser.find("button.png:not([hidden])").await;
    let watch = "window.saved = null;
        const make = URL.createObjectURL;
        URL.createObjectURL = (file) => {
            createImageBitmap(file).then((picture) => { window.saved = [file.type, picture.width, picture.height].join(' '); });
            return make.call(URL, file);
        };
        HTMLAnchorElement.prototype.click = () => {};";
    run(&browser, watch).await;
    browser.click("button.png").await;
    browser.until("return window.saved === 'image/png 2400 1350';", "a PNG is made").await;
    assert_eq!(browser.complaints().await, [""; 0], "in the browser's log");
    browser.close().await;
}
