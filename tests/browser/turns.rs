//! Tests of what stands around a turn: the next turn in its place, filters, numbered quotes, the strip, the words
//! before and after, and the map of the answers.

use fantoccini::Locator;
use fantoccini::key::Key;

use super::driver::{Browser, Look};

/// The address of the query "AI 会取代人工客服吗". Six answers speak to it.
const MANY: &str = "/?q=AI%20%E4%BC%9A%E5%8F%96%E4%BB%A3%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97";

async fn press(browser: &Browser, keys: &str) {
    browser.find("#ask").await.send_keys(keys).await.expect("typed");
}

async fn ask(browser: &Browser, query: &str) {
    press(browser, &format!("{query}{}", char::from(Key::Enter))).await;
}

async fn run(browser: &Browser, script: &str) {
    browser.client.execute(script, Vec::new()).await.expect("the script runs");
}

async fn click(browser: &Browser, css: &str) {
    browser.click(css).await;
}

#[tokio::test]
async fn the_next_turn_comes_in_place_and_leaves_the_first_as_it_was_left() {
    let Some(browser) = Browser::open("asking in place", Look::default()).await else { return };
    ask(&browser, "谁喜欢跑步?").await;
    browser.find("#turn-1").await;
    run(&browser, "window.same = true; document.querySelector('#turn-1 .map').open = true;").await;
    ask(&browser, "为什么?").await;
    browser.find("#turn-2").await;
    let kept = "const links = [...document.querySelectorAll('#turn-1 a.cite')];
                return window.same && document.querySelector('#turn-1 .map').open
                    && location.search.split('q=').length === 3
                    && links.every((link) => link.search.split('&q=').length === 3);";
    browser.until(kept, "the same page, the map still open, and its links know both turns").await;
    browser.client.back().await.expect("back");
    browser.until("return document.querySelectorAll('.turn').length === 1;", "the first turn alone").await;
    browser.client.forward().await.expect("forward");
    browser.until("return document.querySelectorAll('.turn').length === 2;", "both again").await;
    browser.close().await;
}

#[tokio::test]
async fn escape_stops_a_question_and_gives_it_back() {
    let Some(browser) = Browser::open("stopping", Look::default()).await else { return };
    run(
        &browser,
        "window.fetch = (address, { signal }) => new Promise((_, no) =>
             signal.addEventListener('abort', () => no(new DOMException('', 'AbortError'))));",
    )
    .await;
    ask(&browser, "谁喜欢跑步?").await;
    let waiting = "const turn = document.querySelector('.turn.pending');
                   return turn?.querySelector('.query').textContent === '谁喜欢跑步?'
                       && document.getElementById('ask').value === '';";
    browser.until(waiting, "the question stands at once").await;
    press(&browser, &char::from(Key::Escape).to_string()).await;
    let back = "return !document.querySelector('.turn') && Boolean(document.querySelector('.hello'))
                    && document.getElementById('ask').value === '谁喜欢跑步?'
                    && document.activeElement.id === 'ask';";
    browser.until(back, "it is back in the box").await;
    browser.close().await;
}

#[tokio::test]
async fn a_question_that_gets_no_reply_is_kept_and_can_be_asked_again() {
    let Some(browser) = Browser::open("while the program is closed", Look::default()).await else { return };
    run(&browser, "window.real = fetch; window.fetch = () => Promise.reject(new TypeError('closed'));").await;
    ask(&browser, "谁喜欢跑步?").await;
    browser.find(".turn.failed").await;
    browser.until("return document.getElementById('ask').value === '谁喜欢跑步?';", "nothing is lost").await;
    run(&browser, "window.fetch = window.real;").await;
    click(&browser, ".turn.failed .again button").await;
    browser.find("#turn-1.said").await;
    browser.until("return !document.querySelector('.pending');", "the reply is in its place").await;
    browser.close().await;
}

#[tokio::test]
async fn arrows_walk_through_the_earlier_questions() {
    let Some(browser) = Browser::open("recalling", Look::default()).await else { return };
    browser.goto("/?q=%E8%B7%91%E6%AD%A5&q=%E5%AE%A2%E6%9C%8D").await;
    for (key, stands) in [(Key::Up, "客服"), (Key::Up, "跑步"), (Key::Down, "客服"), (Key::Down, "")] {
        press(&browser, &char::from(key).to_string()).await;
        browser.until(&format!("return document.getElementById('ask').value === '{stands}';"), stands).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn filters_narrow_the_question_and_can_be_taken_away() {
    for javascript in [true, false] {
        let look = Look { javascript, ..Look::default() };
        let Some(browser) = Browser::open("filtering", look).await else { return };
        press(&browser, "AI会取代人工客服吗").await;
        click(&browser, ".filters summary").await;
        let questions = browser.find(".filters label:last-of-type select").await;
        questions.select_by_value("q:Q1").await.expect("chosen");
        click(&browser, ".composer-inner button").await;
        browser.find("#turn-1 .narrowed .chip").await;
        let query = browser.find("#query-1").await.text().await.expect("text");
        assert_eq!(query, "AI会取代人工客服吗", "the filter is a chip, not part of the words");
        let verdict = browser.find("#turn-1 .verdict").await.text().await.expect("text");
        assert!(verdict.contains("6 个回答"), "only Q1 is asked: {verdict}");
        browser.find(".narrow .chip.active input:checked").await;
        click(&browser, "#turn-1 .narrowed .chip").await;
        browser.client.wait().for_element(Locator::Css("#turn-1:not(:has(.narrowed))")).await.expect("without it");
        let verdict = browser.find("#turn-1 .verdict").await.text().await.expect("text");
        assert!(verdict.contains("22"), "all are asked again: {verdict}");
        browser.close().await;
    }
}

#[tokio::test]
async fn numbers_lead_to_quotes_and_the_strip_from_one_to_the_next() {
    let Some(browser) = Browser::open("walking through the quotes", Look::default()).await else { return };
    browser.goto(&format!("{MANY}#turn-1-quote-2")).await;
    let second = "const card = document.querySelector('.card:target');
                  return card.closest('details').open && card.querySelector('.number').textContent === '2';";
    browser.until(second, "a link to the second opens its line").await;
    let second = browser.find(".card:target mark").await.text().await.expect("text");
    run(&browser, "document.querySelector('.card .number').click();").await;
    let current = |n: u8| {
        format!(
            "const open = document.querySelector('.panel-hits .number[aria-current]');
             return open?.textContent === '{n}' && document.querySelectorAll('.panel-hits rect.current').length === 1
                 && document.querySelector('.card.being-read .number').textContent === '{n}';"
        )
    };
    browser.until(&current(1), "the strip shows where the first is").await;
    click(&browser, ".panel-hits .step[rel=next]").await;
    browser.until(&current(2), "and then where the second is").await;
    browser.until("return document.activeElement.rel === 'next';", "the next step is at the same key").await;
    let here = browser.find("#panel #here").await.text().await.expect("text");
    assert_eq!(here, second, "the panel is at the second quote");
    browser.close().await;
}

#[tokio::test]
async fn a_quote_widens_in_place_without_becoming_longer() {
    let look = Look { javascript: false, ..Look::default() };
    let Some(browser) = Browser::open("widening without JavaScript", look).await else { return };
    browser.goto(MANY).await;
    click(&browser, ".line:has(.around) > summary").await;
    let quote = browser.find(".card:has(.around) blockquote").await.text().await.expect("text");
    click(&browser, ".card .around summary").await;
    let beside = browser.find(".card .around[open] .beside-quote").await.text().await.expect("text");
    let same = browser.find(".card:has(.around) blockquote").await.text().await.expect("text");
    assert!(!beside.is_empty() && same == quote && !quote.contains(&beside), "{beside}");
    browser.close().await;
}

#[tokio::test]
async fn a_restored_word_says_what_was_received_and_is_no_stop_before_the_links() {
    let Some(browser) = Browser::open("reading restorations", Look::default()).await else { return };
    browser.goto(MANY).await;
    let stops = "const words = [...document.querySelectorAll('main [data-told]')];
                 return words.length > 1 && words.every((one) => one.tabIndex < 0);";
    browser.until(stops, "restored words are no stops").await;
    let told = "const word = document.querySelector('blockquote [data-told]');
                word.closest('details').open = true;
                word.focus();
                return document.activeElement === word && word.ariaLabel.includes(word.textContent)
                    ? getComputedStyle(word, '::after').content : word.outerHTML;";
    let told = browser.client.execute(told, Vec::new()).await.expect("it runs");
    assert!(
        told.as_str().is_some_and(|told| told.starts_with("\"收到时为")),
        "pointed at, the received text is shown: {told}"
    );
    browser.close().await;
}

#[tokio::test]
async fn the_map_is_a_table_of_all_answers_that_leads_to_their_words() {
    for look in [Look::default(), Look { width: 390, height: 844, phone: true, dark: true, ..Look::default() }] {
        let Some(browser) = Browser::open("with a map", look).await else { return };
        browser.goto(MANY).await;
        run(&browser, "document.querySelector('.map').scrollIntoView();").await;
        click(&browser, ".map summary").await;
        let whole = "const map = document.querySelector('.map');
                     const names = [...map.querySelectorAll('a.cell')].map((cell) => cell.ariaLabel);
                     const folded = map.querySelector('.quiet-rows');
                     const shown = [...map.querySelectorAll('th[scope=row]')].filter((row) => !folded.contains(row));
                     const speaks = (row) => Boolean(row.closest('tr').querySelector('.cell.strong'));
                     return map.querySelector('caption') && map.querySelectorAll('th[scope=row]').length === 8
                         && !folded.open && shown.length < 8 && shown.every(speaks) && !folded.querySelector('.cell.strong')
                         && names.length === 22 && names.every((name) => /^Q\\d+ · A\\d+.+%/.test(name))
                         && document.documentElement.scrollWidth <= innerWidth;";
        browser
            .until(&format!("return Boolean((() => {{ {whole} }})());"), "every answer has a cell with a name")
            .await;
        run(&browser, "document.querySelector('a.cell.strong').click();").await;
        browser.until("return Boolean(document.querySelector('#panel[open] #here'));", "its words").await;
        browser.close().await;
    }
}
