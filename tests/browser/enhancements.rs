//! Tests of what the page does beyond links and forms: keys, and turns that come in place.

use fantoccini::Locator;
use fantoccini::key::Key;

use super::driver::{Browser, Look};

async fn type_in(browser: &Browser, keys: &str) {
    browser.find("#ask").await.send_keys(keys).await.expect("typed");
}

/// Returns a key as the driver writes it.
fn key(key: Key) -> String {
    char::from(key).to_string()
}

async fn turns(browser: &Browser) -> usize {
    browser.client.find_all(Locator::Css(".turn")).await.expect("turns").len()
}

#[tokio::test]
async fn enter_asks_but_never_while_an_input_method_composes() {
    let Some(browser) = Browser::open("composing Chinese", Look::default()).await else { return };
    type_in(&browser, "pao").await;
    // Browsers report composition by `isComposing`. Safari reports it just afterwards, by the key code.
    for told in ["isComposing: true", "keyCode: 229"] {
        let press = format!(
            "const press = new KeyboardEvent('keydown', {{ key: 'Enter', {told}, bubbles: true, cancelable: true }});
             return document.getElementById('ask').dispatchEvent(press);"
        );
        browser.until(&press, "the input method keeps its Enter").await;
    }
    type_in(&browser, &(key(Key::Shift) + &key(Key::Enter))).await;
    browser.until("return document.getElementById('ask').value === 'pao\\n';", "Shift+Enter breaks the line").await;
    assert_eq!(turns(&browser).await, 0, "nothing was asked yet");
    type_in(&browser, &key(Key::Null)).await;
    type_in(&browser, &key(Key::Enter)).await;
    browser.find(".turn").await;
    browser.close().await;
}

#[tokio::test]
async fn a_second_question_keeps_the_first_and_the_browsers_back_takes_it_away() {
    let Some(browser) = Browser::open("asking twice", Look::default()).await else { return };
    for (number, query) in [(1, "谁喜欢跑步?"), (2, "AI能帮忙写话术吗?")] {
        type_in(&browser, &(query.to_owned() + &key(Key::Enter))).await;
        browser.find(&format!("#turn-{number}")).await;
    }
    assert_eq!(turns(&browser).await, 2);
    let newest = "return [...document.querySelectorAll('.turn .query')].at(-1).textContent === 'AI能帮忙写话术吗?'
                  && document.getElementById('ask').value === ''
                  && document.getElementById('status').textContent !== '';";
    browser.until(newest, "the newest turn is last, the box is free, and the verdict is announced").await;
    browser.client.back().await.expect("back");
    browser.until("return document.querySelectorAll('.turn').length === 1;", "the first turn alone").await;
    browser.close().await;
}

#[tokio::test]
async fn a_slash_leads_to_the_box_and_an_arrow_recalls_the_question() {
    let Some(browser) = Browser::open("by keyboard", Look::default()).await else { return };
    browser.goto("/?q=%E8%B7%91%E6%AD%A5").await;
    browser.find(".turn").await;
    browser.find("body").await.send_keys("/").await.expect("pressed");
    browser.until("return document.activeElement.id === 'ask';", "the box is in focus").await;
    type_in(&browser, &key(Key::Up)).await;
    browser.until("return document.getElementById('ask').value === '跑步';", "the question is recalled").await;
    browser.close().await;
}

#[tokio::test]
async fn no_page_asks_another_machine_for_anything() {
    let Some(browser) = Browser::open("by itself", Look::default()).await else { return };
    browser.goto("/?q=%E8%B7%91%E6%AD%A5").await;
    let own = "const asked = performance.getEntriesByType('resource').map((entry) => entry.name);
               return asked.length >= 2 && asked.every((name) => name.startsWith(location.origin));";
    browser.until(own, "style and script come from here, and nothing comes from elsewhere").await;
    browser.close().await;
}
