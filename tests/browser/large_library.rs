//! Tests of the page over a large library: it answers at once, and its note follows the reading without a reload.

use super::driver::{Browser, Look};

/// More than are embedded before the page opens.
const ANSWERS: usize = 420;

#[tokio::test]
async fn a_large_library_is_asked_at_once_and_the_note_follows_the_reading() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answer = |k: usize| format!("A{} 我吃了第{k}号苹果。\n", k % 10 + 1);
    let answers: String = (0..ANSWERS)
        .map(|k| if k % 10 == 0 { format!("Q{}.您吃了什么?\n{}", k / 10 + 1, answer(k)) } else { answer(k) })
        .collect();
    let answers = answers + "Q90.您平时做什么运动?\nA1 我每天早上沿着河边跑步五公里。\n";
    std::fs::write(folder.path().join("apples.txt"), answers).expect("written");
    let Some(browser) = Browser::open_over("a large library", Look::default(), Some(folder.path())).await else {
        return;
    };
    browser.goto("/?q=%E8%B7%91%E6%AD%A5").await;
    let quote = browser.find(".card blockquote").await.text().await.expect("text");
    assert!(quote.contains("跑步"), "{quote}");
    let told = "const note = document.querySelector('.coming .closely');
                return note !== null && note.classList.contains('done') && note.innerText === note.dataset.done;";
    browser.until(told, "the note says that all passages are read closely").await;
    let again = browser.find(".coming a").await.attr("href").await.expect("read").expect("an address");
    browser.goto(&again).await;
    assert!(browser.find(".card blockquote").await.text().await.expect("text").contains("跑步"));
    browser.until("return document.querySelector('.closely') === null;", "the note is gone").await;
}
