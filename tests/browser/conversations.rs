//! Tests of working with conversations: kept ones, long ones, keys, the way back from a source, and the first minute.

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;

use super::driver::{Browser, Look};

async fn run(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("the script runs")
}

async fn press(browser: &Browser, css: &str, keys: &str) {
    browser.find(css).await.send_keys(keys).await.expect("typed");
}

async fn ask(browser: &Browser, query: &str) {
    press(browser, "#ask", &format!("{query}{}", char::from(Key::Enter))).await;
}

/// Clicks by script, without the scrolling of a click by hand.
async fn click(browser: &Browser, css: &str) {
    browser.find(css).await;
    run(browser, &format!("document.querySelector({css:?}).click();")).await;
}

#[tokio::test]
async fn conversations_are_kept_renamed_deleted_and_not_kept_at_will() {
    let Some(browser) = Browser::open("keeping chats", Look::default()).await else { return };
    ask(&browser, "谁喜欢跑步?").await;
    browser.find("#turn-1").await;
    ask(&browser, "为什么?").await;
    browser.find("#turn-2").await;
    click(&browser, "[data-desk=new]").await;
    browser.find(".hello").await;
    browser.goto("/?q=%E5%AE%A2%E6%9C%8D").await;
    browser.find("#turn-1").await;
    let words = run(&browser, "return JSON.stringify(localStorage);").await;
    let words = words.as_str().expect("text");
    assert!(words.contains("谁喜欢跑步") && !words.contains("我喜欢跑步"), "questions, and no quoted word: {words}");

    click(&browser, "[data-desk=chats]").await;
    let rows = "const rows = [...document.querySelectorAll('#chats[open] .chat-list li')];
                return rows.length === 2 && rows[1].querySelector('.chat-name').textContent === '谁喜欢跑步?'
                    && rows[1].querySelector('.many').textContent === '2'
                    && rows[1].querySelector('[data-as=docx]').href.includes('/export?as=docx&q=');";
    browser.until(rows, "two chats, the newest first").await;
    click(&browser, "#chats li:nth-child(2) [data-do=rename]").await;
    run(&browser, "document.querySelector('#chats li:nth-child(2) .renaming input').value = '运动';").await;
    press(&browser, "#chats li:nth-child(2) .renaming input", &char::from(Key::Enter).to_string()).await;
    browser.until("return document.querySelectorAll('.chat-name')[1]?.textContent === '运动';", "renamed").await;
    click(&browser, "#chats li:nth-child(1) [data-do=delete]").await;
    browser.until("return document.querySelectorAll('.chat-list li').length === 1;", "deleted").await;
    click(&browser, "#chats .undo").await;
    browser.until("return document.querySelectorAll('.chat-list li').length === 2;", "back").await;
    click(&browser, "#chats li:nth-child(2) .chat-name").await;
    browser.find("#turn-2").await;
    browser.until("return location.search.split('q=').length === 3;", "the chat is open again").await;

    click(&browser, "[data-desk=chats]").await;
    click(&browser, "#keep-chats").await;
    browser.goto("/?q=%E5%BF%83%E6%83%85").await;
    browser.find("#turn-1").await;
    click(&browser, "[data-desk=chats]").await;
    browser
        .until(
            "return document.querySelectorAll('.chat-list li').length === 2
                 && !document.getElementById('keep-chats').checked;",
            "what is asked while it is off is not kept",
        )
        .await;
    click(&browser, "#chats .delete-all").await;
    click(&browser, "#chats .delete-all").await;
    browser.until("return document.querySelectorAll('.chat-list li').length === 0;", "none is left").await;
    browser.close().await;
}

#[tokio::test]
async fn no_turn_of_a_long_conversation_vanishes() {
    let Some(browser) = Browser::open("asking ten times", Look::default()).await else { return };
    let nine = "q=%E5%AE%A2%E6%9C%8D&".repeat(8);
    browser.goto(&format!("/?{nine}q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F")).await;
    let folded = "return document.querySelectorAll('.turn').length === 9
                      && document.querySelectorAll('.turn.earlier').length === 1;";
    browser.until(folded, "nine turns, the first without its reply").await;
    click(&browser, "#turn-1 .unfold a").await;
    browser.find("#turn-1:not(.earlier) .card").await;
    ask(&browser, "为什么?").await;
    browser.find("#turn-10").await;
    let whole = "return document.querySelectorAll('.turn').length === 10
                     && Boolean(document.querySelector('#turn-1 .card'))
                     && document.querySelector('#turn-1 a.cite').search.split('q=').length === 11
                     && document.querySelector('#turn-10 .read-as').textContent.includes('跑步');";
    browser.until(whole, "all ten stand, the first as it was, and the tenth goes on from the ninth").await;
    browser.close().await;
}

#[tokio::test]
async fn back_closes_the_source_and_stays_in_the_chat() {
    for look in [Look::default(), Look { width: 390, height: 844, phone: true, ..Look::default() }] {
        let Some(browser) = Browser::open("going back", look).await else { return };
        ask(&browser, "谁喜欢跑步?").await;
        click(&browser, ".card a.cite").await;
        browser.find("#panel[open] #here").await;
        browser.client.back().await.expect("back");
        let closed = "return !document.getElementById('panel').open && location.pathname === '/'
                          && document.querySelectorAll('.turn').length === 1;";
        browser.until(closed, "the source is closed, the chat is here").await;
        browser.client.forward().await.expect("forward");
        browser.find("#panel[open] #here").await;
        press(&browser, ".panel-body", &char::from(Key::Escape).to_string()).await;
        browser.until(closed, "closed by key").await;
        browser.until("return !history.state?.sheet;", "and no dead step is left for Back").await;
        browser.close().await;
    }
}

#[tokio::test]
async fn keys_walk_through_the_quotes_and_are_told_by_a_question_mark() {
    let Some(browser) = Browser::open("by keys", Look::default()).await else { return };
    browser.goto("/?q=AI%20%E4%BC%9A%E5%8F%96%E4%BB%A3%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97").await;
    browser.find(".card").await;
    let on = |n: u8| format!("return document.activeElement.closest('.card')?.id === 'turn-1-quote-{n}';");
    let key =
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true }));";
    let press_key = async |letter: &str| {
        browser.client.execute(key, vec![Value::from(letter)]).await.expect("pressed");
    };
    for (letter, at) in [("j", 1), ("j", 2), ("k", 1), ("3", 3)] {
        press_key(letter).await;
        browser.until(&on(at), letter).await;
    }
    press_key("?").await;
    browser.until("return document.getElementById('keys').open;", "the keys are told").await;
    click(&browser, "#single-keys").await;
    click(&browser, "#keys .close").await;
    press_key("?").await;
    browser.until("return !document.getElementById('keys').open;", "no single key acts where none is wanted").await;
    click(&browser, "[data-desk=keys]").await;
    browser.until("return document.getElementById('keys').open;", "the button still tells them").await;
    browser.close().await;
}

#[tokio::test]
async fn the_first_page_says_what_there_is_in_the_interviewees_words() {
    let Some(browser) = Browser::open("the first minute", Look { language: "zh-TW", ..Look::default() }).await else {
        return;
    };
    let first = "const starters = [...document.querySelectorAll('.starters a')];
                 const line = parseFloat(getComputedStyle(document.querySelector('.starters .words')).lineHeight);
                 return document.querySelector('.sample').textContent.includes('範例訪談')
                     && Boolean(document.querySelector('.sample input[type=file]'))
                     && document.querySelector('.formats dd').textContent.includes('.txt')
                     && starters.length === 4
                     && starters.every((one) => one.querySelector('.size').textContent
                         && one.querySelector('.words').scrollHeight <= 2 * line + 2)
                     && document.querySelectorAll('.phrases a').length >= 4;";
    browser.until(&format!("return (() => {{ {first} }})();"), "sample, formats, four starters, phrases").await;
    let phrase = browser.find(".phrases a q").await.text().await.expect("text");
    click(&browser, ".phrases a").await;
    let there = format!("return document.querySelector('#panel[open] #here')?.innerText === {};", Value::from(phrase));
    browser.until(&there, "a phrase is a quote of the source").await;

    // A reader in Taiwan reads Traditional. The address does not say so.
    browser.goto("/?q=%E6%83%85%E7%BB%AA%E4%BB%B7%E7%9B%B4").await;
    let query = browser.find("#query-1").await.text().await.expect("text");
    assert_eq!(query, "情绪价直", "it stands as it was typed");
    let told =
        "return [...document.querySelectorAll('.turn p.note')].some((one) => one.textContent.includes('情绪价值'));";
    browser.until(told, "what was searched instead, in the script that was typed").await;
    let traditional = "return document.querySelector('.card blockquote').textContent.includes('價值')
                           && document.querySelector('.script [aria-current]').textContent.includes('繁')
                           && !location.search.includes('script');";
    browser.until(traditional, "in Traditional by the reader's language").await;
    click(&browser, ".next .starters a").await;
    browser.find("#turn-2").await;
    assert_eq!(browser.client.find_all(Locator::Css(".turn")).await.expect("turns").len(), 2, "it goes on");
    browser.close().await;
}
