//! Tests of adding transcripts on the library page, with the file picker and by dropping files on it. A bad file of a
//! batch fails alone, by name.

use std::path::Path;

use fantoccini::Locator;

use super::driver::{Browser, Look};

const RUNNING: &str = "关于跑步\nQ1.您平时做什么运动?\nA1 我每天早上沿着河边跑步五公里。\n";
const COOKING: &str = "关于做饭\nQ1.您会做什么菜?\nA1 我最拿手的是红烧肉，要炖两个小时。\n";
const SWIMMING: &str = "关于游泳\nQ1.您会游泳吗?\nA1 我在水库里学会了仰泳，从来不用泳圈。\n";

/// Opens the page of a library that holds nothing yet, and waits until the library is open. The page loads itself anew
/// then, and a script that ran before would speak to a page that is going.
async fn library(what: &str, look: Look) -> Option<(Browser, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let browser = Browser::open_over(what, look, Some(folder.path())).await?;
    browser.goto("/library").await;
    let open = "return document.readyState === 'complete' && document.querySelector('.work').hidden;";
    browser.until(open, "the library is open").await;
    Some((browser, folder))
}

/// Waits until the two good files are in the list and only the bad one is reported, with its reason.
async fn both_and_not_the_third(browser: &Browser, good: [&str; 2], bad: &str) {
    let told = format!(
        "const titles = [...document.querySelectorAll('.item h2')].map((title) => title.innerText);
         const bad = [...document.querySelectorAll('.report .bad')].map((line) => line.innerText);
         return {good:?}.every((title) => titles.includes(title)) && titles.length === 2
             && bad.length === 1 && bad[0].startsWith('{bad}') && bad[0].length > '{bad}'.length + 12
             && document.querySelectorAll('.report .good').length === 2;"
    );
    browser.until(&told, "two transcripts are there, and the third file is told alone").await;
}

fn kept(folder: &Path, file: &str, text: &str) {
    assert_eq!(std::fs::read_to_string(folder.join(file)).expect("it is in the folder"), text);
}

/// Asks a query and checks that the quote holds the words.
async fn ask(browser: &Browser, query: &str, said: &str) {
    browser.goto(&format!("/?q={query}")).await;
    let quote = browser.find(".card blockquote").await.text().await.expect("text");
    assert!(quote.contains(said), "{quote}");
}

#[tokio::test]
async fn files_are_added_with_the_file_picker_and_a_bad_one_fails_alone() {
    for javascript in [true, false] {
        let look = Look { javascript, ..Look::default() };
        let Some((browser, folder)) = library("adding with the file picker", look).await else { return };
        let from = tempfile::tempdir().expect("a temporary folder");
        let files = [("running.txt", RUNNING), ("cooking.txt", COOKING), ("scan.txt", " \n\n ")];
        let paths: Vec<String> = files
            .iter()
            .map(|(name, text)| {
                let path = from.path().join(name);
                std::fs::write(&path, text).expect("written");
                path.display().to_string()
            })
            .collect();
        // The picker takes several files, one a line. With scripts, the page sends them by itself.
        browser.find("input[type=file]").await.send_keys(&paths.join("\n")).await.expect("chosen");
        if !javascript {
            browser.client.find(Locator::Css("form.add button")).await.expect("a button").click().await.expect("sent");
        }
        both_and_not_the_third(&browser, ["关于跑步", "关于做饭"], "scan.txt").await;
        kept(folder.path(), "running.txt", RUNNING);
        assert!(!folder.path().join("scan.txt").exists(), "what could not be read is not kept");
        ask(&browser, "%E7%BA%A2%E7%83%A7%E8%82%89%E6%80%8E%E4%B9%88%E5%81%9A%3F", "红烧肉").await;
        browser.close().await;
    }
}

#[tokio::test]
async fn files_are_added_by_dropping_them_on_the_page_and_a_bad_one_fails_alone() {
    let Some((browser, folder)) = library("adding by dropping files", Look::default()).await else { return };
    // A file manager does the same: it carries files over the page, then lets them go.
    let drag = format!(
        "const carried = new DataTransfer();
         for (const [name, text] of [['cooking.txt', {COOKING:?}], ['swimming.md', {SWIMMING:?}], ['photo.png', '\\u0000\\u0001']]) {{
             carried.items.add(new File([text], name));
         }}
         const event = (kind) => new DragEvent(kind, {{ bubbles: true, cancelable: true, dataTransfer: carried }});
         const main = document.querySelector('main');
         main.dispatchEvent(event('dragenter'));
         const shown = document.body.classList.contains('dropping');
         const over = event('dragover');
         main.dispatchEvent(over);
         const drop = event('drop');
         main.dispatchEvent(drop);
         return shown && over.defaultPrevented && drop.defaultPrevented && !document.body.classList.contains('dropping');"
    );
    let taken = browser.client.execute(&drag, Vec::new()).await.expect("dropped");
    assert_eq!(taken, serde_json::Value::Bool(true), "the page shows that it takes files, and takes them");
    both_and_not_the_third(&browser, ["关于做饭", "关于游泳"], "photo.png").await;
    kept(folder.path(), "swimming.md", SWIMMING);
    ask(&browser, "%E8%B0%81%E4%BC%9A%E4%BB%B0%E6%B3%B3%3F", "仰泳").await;
    // A text that is dragged over the page is not mistaken for files.
    browser.goto("/library").await;
    let text = "const carried = new DataTransfer();
        carried.setData('text/plain', 'words');
        document.querySelector('main').dispatchEvent(new DragEvent('dragenter', { bubbles: true, dataTransfer: carried }));
        return document.body.classList.contains('dropping');";
    assert_eq!(browser.client.execute(text, Vec::new()).await.expect("dragged"), serde_json::Value::Bool(false));
    browser.close().await;
}
