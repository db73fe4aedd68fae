//! Tests of a reply as a table of evidence. Each question comes once, with a line for each answer. A query that
//! compares gets two columns.

use std::fs;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;

use super::driver::{Browser, Look};

/// The address of the query "AI能代替人工客服吗".
const MANY: &str = "/?q=AI%E8%83%BD%E4%BB%A3%E6%9B%BF%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97";
/// The address of the query "90后和00后有什么不同".
const COMPARED: &str = "/?q=90%E5%90%8E%E5%92%8C00%E5%90%8E%E6%9C%89%E4%BB%80%E4%B9%88%E4%B8%8D%E5%90%8C";
/// The address of the query "Do you work from home?".
const NAMED: &str = "/?q=Do%20you%20work%20from%20home%3F";

const INTERVIEWS: [(&str, &str); 2] = [
    (
        "one.md",
        "# Work at Acme\n\nDate: 5 March 2024\n\nModerator: Do you work from home?\nAnn: I work from home most days.\n\
         Bob: I work from home on Fridays.\nCy: We sell shoes.\n",
    ),
    ("two.md", "# Work at Bolt\n\nModerator: Do you work from home?\nDee: I never work from home, it is too loud.\n"),
];

async fn run(browser: &Browser, script: &str) -> Value {
    browser.client.execute(script, Vec::new()).await.expect("it runs")
}

#[tokio::test]
async fn a_reply_is_lines_of_evidence_that_open_to_cards() {
    let Some(browser) = Browser::open("reading evidence", Look::default()).await else { return };
    browser.goto(MANY).await;
    let glance = "const turn = document.querySelector('.turn');
                  const asked = [...turn.querySelectorAll('.asked-once .label')].map((one) => one.textContent);
                  const lines = [...turn.querySelectorAll('details.line')];
                  const numbers = lines.map((line) => line.querySelector('summary .number').textContent);
                  return asked.length === new Set(asked).size && asked[0] === 'Q1' && lines.length > 3
                      && numbers.join() === numbers.map((_, at) => at + 1).join()
                      && lines.every((line) => !line.open && line.querySelectorAll('summary mark').length > 0
                          && line.querySelector('blockquote').textContent.includes(line.querySelector('summary mark').textContent))
                      && /6 个回答中有 \\d 个说到/.test(turn.querySelector('.counted').textContent)
                      && [...turn.querySelectorAll('.note')].some((note) => note.textContent.includes('不作判断'))
                      && document.querySelector('.line summary').getBoundingClientRect().height < 120;";
    browser.until(glance, "each question once, a marked clause for each answer").await;
    // With the keyboard, Tab goes from line to line without a stop between, and Enter opens a line.
    run(&browser, "document.querySelectorAll('.line > summary')[0].focus();").await;
    let first = browser.client.active_element().await.expect("a focus");
    first.send_keys(&char::from(Key::Tab).to_string()).await.expect("pressed");
    let second = "return document.activeElement === document.querySelectorAll('.line > summary')[1];";
    browser.until(second, "the next stop is the next line").await;
    let focused = browser.client.active_element().await.expect("a focus");
    focused.send_keys(&char::from(Key::Enter).to_string()).await.expect("pressed");
    let open = "const line = document.querySelectorAll('.line')[1];
                return line.open && line.querySelector('a.cite').checkVisibility({ visibilityProperty: true });";
    browser.until(open, "the card is there with its citation").await;
    browser.click(".open-all button").await;
    let all = "return [...document.querySelectorAll('.line')].every((line) => line.open)
                   && document.querySelector('.open-all button').textContent === '全部收起';";
    browser.until(all, "all are open").await;
    browser.click(".open-all button").await;
    browser.until("return !document.querySelector('.line[open]');", "and closed again").await;
    run(&browser, "document.querySelector('.card .number').click();").await;
    browser.find("#panel[open] #here").await;
    browser.until("return Boolean(document.querySelector('.line .being-read'));", "its line is the one read").await;
    browser.close().await;
}

#[tokio::test]
async fn lines_columns_and_all_quotes_need_no_javascript_and_fit_a_phone() {
    let look = Look { width: 390, height: 844, phone: true, javascript: false, ..Look::default() };
    let Some(browser) = Browser::open("evidence without JavaScript", look).await else { return };
    browser.goto(MANY).await;
    browser.press_enter(".line:nth-of-type(2) > summary").await;
    let quote = browser.find(".line[open] blockquote").await.text().await.expect("text");
    assert!(!quote.is_empty());
    let small = "return [...document.querySelectorAll('.line[open] a.number, .line > summary, .chip, .menu > summary, .map > summary')]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => [one.getBoundingClientRect(), one]).filter(([box]) => box.height < 43.9 || box.width < 43.9)
        .map(([box, one]) => `${one.outerHTML.slice(0, 60)} ${box.width}x${box.height}`);";
    let touched = "return matchMedia('(pointer: coarse)').matches;";
    if run(&browser, touched).await == Value::Bool(true) {
        let small = run(&browser, small).await;
        assert_eq!(small.as_array().map(Vec::len), Some(0), "room for a finger: {small:#}");
    }
    let fits = "return document.documentElement.scrollWidth <= innerWidth;";
    browser.until(fits, "it does not scroll sideways").await;
    browser.goto(COMPARED).await;
    let columns = "const table = document.querySelector('.contrast table');
                   const heads = [...table.querySelectorAll('thead th')].map((head) => head.textContent);
                   const cells = [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
                   return heads[1] === '90后' && heads[2] === '00后' && cells.every((row) => row.length === 2)
                       && cells.some(([left, right]) => left.includes('责任感') && right.includes('自主'))
                       && document.querySelector('.contrast figcaption').textContent.includes('不作判断')
                       && document.documentElement.scrollWidth <= innerWidth;";
    browser.until(columns, "each side has its own column, with the words of both").await;
    browser.press_enter(".contrast .to-source").await;
    let here = browser.find("#here").await.text().await.expect("text");
    assert!(!here.is_empty(), "a cell leads to its words");
    browser.close().await;
}

#[tokio::test]
async fn evidence_of_several_interviews_says_who_where_and_when() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in INTERVIEWS {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let look = Look { language: "en", dark: true, ..Look::default() };
    let Some(browser) = Browser::open_over("evidence of two", look, Some(folder.path())).await else { return };
    browser.goto(NAMED).await;
    let told = "const groups = [...document.querySelectorAll('.evidence')];
                const of = (title) => groups.find((group) => group.querySelector('.interview').textContent.includes(title));
                const one = of('Work at Acme'), two = of('Work at Bolt');
                return groups.length === 2 && one.querySelector('.counted').textContent.includes('5 March 2024')
                    && /[23] of 3 who were asked/.test(one.querySelector('.counted').textContent)
                    && !/20\\d\\d/.test(two.querySelector('.counted').textContent)
                    && one.querySelector('summary .who').textContent === 'Ann'
                    && one.querySelector('.card .source').textContent.includes('5 March 2024');";
    browser.until(told, "speaker, interview, and the date that it tells").await;
    let links = browser.client.find_all(Locator::Css(".card a.cite")).await.expect("links").len();
    assert!(links > 1);
    browser.close().await;
}
