//! Tests of WCAG 2.2 AA, as far as a machine can tell. axe-core runs inside every kind of page in the real browser.
//! The driver runs it, because the policy of the pages would refuse a script element.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fantoccini::Locator;
use serde_json::Value;

use super::driver::{Browser, Look};

/// The source of axe-core. It is vendored from the npm registry, for tests alone.
const AXE: &str = include_str!("vendor/axe.min.js");

/// Runs all rules that axe has for WCAG up to 2.2 AA, and its best practices.
const RUN: &str = "const rules =
        { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
        (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 160)} (${node.failureSummary})`))),
        (error) => done([String(error)]));";

/// Returns what axe finds wrong with the open page.
async fn violations(browser: &Browser) -> Vec<String> {
    // The bar and the box cover whatever is scrolled beneath them. At the foot of the page the box covers nothing.
    let foot = "document.querySelector('.bar')?.style.setProperty('position', 'static');
                scrollTo(0, document.documentElement.scrollHeight);";
    browser.client.execute(foot, Vec::new()).await.expect("scrolled");
    browser.client.execute(AXE, Vec::new()).await.expect("axe is there");
    // Moving parts are judged after they have come to rest.
    browser.until("return document.getAnimations().every((one) => one.playState !== 'running');", "at rest").await;
    let found = browser.client.execute_async(RUN, Vec::new()).await.expect("axe runs");
    let found = found.as_array().expect("a list").iter();
    found.map(|one| one.as_str().unwrap_or("?").to_owned()).collect()
}

/// A browser, and what axe found wrong so far.
struct Audit {
    browser: Browser,
    wrong: String,
}

impl Audit {
    /// Checks the open page.
    async fn check(&mut self, page: &str) {
        let found = violations(&self.browser).await;
        self.note(page, found);
    }

    fn note(&mut self, page: &str, found: Vec<String>) {
        for one in found {
            let _ = writeln!(self.wrong, "{page}: {one}");
        }
    }
}

/// Checks every kind of page, over a library that may be changed.
async fn every_page_is_accessible(what: &str, look: Look) {
    let folder = tempfile::tempdir().expect("a folder");
    write_library(folder.path());
    let Some(browser) = Browser::open_over(what, look, Some(folder.path())).await else { return };
    let mut audit = Audit { browser, wrong: String::new() };
    let source = source_address(&audit.browser).await;
    audit.browser.goto("/?q=%E8%B7%91%E6%AD%A5").await;
    let quote = audit.browser.find(".card .permalink").await.attr("href").await.expect("a link").expect("an address");
    for (page, address) in pages(&source, &quote) {
        audit.browser.goto(&address).await;
        if ["the library", "a permalink", "said", "a comparison"].contains(&page) {
            open_every_detail(&audit.browser).await;
        }
        audit.check(page).await;
    }
    check_sheets(&mut audit).await;
    for (page, found) in keeping_and_tagging(&audit.browser, &quote).await {
        audit.note(page, found);
    }
    check_own_collection(&mut audit).await;
    check_panel_and_citation(&mut audit).await;
    check_self_test_and_receipt(&mut audit).await;
    let Audit { browser, wrong } = audit;
    browser.close().await;
    assert!(wrong.is_empty(), "{what}:\n{wrong}");
}

/// Writes a library with everything that a page may show: names, attributes, and a file that is not read.
fn write_library(folder: &Path) {
    for entry in fs::read_dir(super::project("data")).expect("the bundled interview").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "txt") {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
        }
    }
    fs::write(folder.join("named.txt"), NAMED).expect("written");
    fs::write(folder.join("people.csv"), "name,role\nAnn,nurse\nBob,driver\n").expect("written");
    fs::write(folder.join("unreadable.txt"), "\u{1}\u{2}\u{3}").expect("written");
}

/// The pages that an address opens, with what is special about each.
fn pages(source: &str, quote: &str) -> Vec<(&'static str, String)> {
    vec![
        ("the start page", "/".to_owned()),
        ("said", "/?q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F".to_owned()),
        (
            "related and not said",
            "/?q=AI%20budget&q=%E6%80%8E%E4%B9%88%E5%81%9A%E7%BA%A2%E7%83%A7%E8%82%89%3F".to_owned(),
        ),
        ("a follow-up, unclear", "/?q=00%E5%90%8E&q=%E4%B8%BA%E4%BB%80%E4%B9%88%3F&q=nosuch%3Ax".to_owned()),
        ("a comparison", COMPARED.to_owned()),
        (
            "lines of evidence",
            "/?q=AI%E8%83%BD%E4%BB%A3%E6%9B%BF%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97&drop=limit".to_owned(),
        ),
        (
            "a long conversation, perhaps meant otherwise",
            "/?q=1&q=2&q=3&q=4&q=5&q=6&q=7&q=8&q=%E6%83%85%E7%BB%AA%E4%BB%B7%E7%9B%B4".to_owned(),
        ),
        ("people", "/people?q=home".to_owned()),
        ("a person", "/people?who=Ann".to_owned()),
        ("nobody", "/people?who=Nobody".to_owned()),
        ("who can be recognised", "/disclosure?q=%22%E5%AE%A2%E6%9C%8D%22".to_owned()),
        ("no tags", "/tags".to_owned()),
        ("no such tag", "/tags?tag=none".to_owned()),
        ("no kept question", "/saved?q=%E8%B7%91%E6%AD%A5".to_owned()),
        ("the library", "/library".to_owned()),
        ("nothing here", "/nowhere".to_owned()),
        ("an unknown source", "/t/0000000000000000".to_owned()),
        ("a wrong citation", format!("{source}?span=1-2")),
        ("a source", source.to_owned()),
        ("a collection", format!("/collection?quote={quote}&quote=/q/gone")),
        ("an empty collection", "/collection".to_owned()),
        ("a bad permalink", "/q/gone/gone".to_owned()),
        ("a quote to tag", format!("/tags/edit?quote={quote}")),
        ("a permalink", quote.to_owned()),
    ]
}

/// Checks the list of kept conversations and the list of keys.
async fn check_sheets(audit: &mut Audit) {
    audit.browser.goto("/?q=%E5%AE%A2%E6%9C%8D").await;
    for (button, sheet) in [("chats", "#chats"), ("keys", "#keys")] {
        let opener = audit.browser.find(&format!("[data-desk={button}]:not([hidden])")).await;
        opener.click().await.expect("opened");
        audit.browser.find(&format!("{sheet}[open]")).await;
        audit.check(sheet).await;
        audit.browser.find(&format!("{sheet} .close")).await.click().await.expect("closed");
    }
}

/// Checks a collection that is kept in the browser, in an order of its own.
async fn check_own_collection(audit: &mut Audit) {
    audit.browser.goto("/?q=AI%20%E4%BC%9A%E5%8F%96%E4%BB%A3%E4%BA%BA%E5%B7%A5%E5%AE%A2%E6%9C%8D%E5%90%97").await;
    audit.browser.find(".card .star:not([hidden])").await;
    let keep = "document.querySelectorAll('.card .star').forEach((star) => star.click());";
    audit.browser.client.execute(keep, Vec::<Value>::new()).await.expect("kept");
    audit.browser.goto("/collection").await;
    audit.browser.find(".one .move").await;
    audit.check("a collection of one's own").await;
}

/// Checks a source beside the chat, and on a page of its own.
async fn check_panel_and_citation(audit: &mut Audit) {
    audit.browser.goto("/?q=%E8%B0%81%E5%96%9C%E6%AC%A2%E8%B7%91%E6%AD%A5%3F").await;
    audit.browser.click(".card a.cite").await;
    audit.browser.find("#panel[open] #here").await;
    audit.check("the panel").await;
    audit.browser.find(".panel-page").await.click().await.expect("followed");
    audit.browser.until("return location.pathname.startsWith('/t/');", "the source").await;
    open_every_detail(&audit.browser).await;
    audit.check("a citation").await;
}

/// Checks the self-test of a transcript, and the receipt of its withdrawal.
async fn check_self_test_and_receipt(audit: &mut Audit) {
    audit.browser.goto("/library").await;
    let link = audit.browser.client.find(Locator::Css("a[href$='/self-test']")).await.expect("a link");
    link.click().await.expect("followed");
    audit.check("the self-test").await;
    audit.browser.goto("/library").await;
    let sure = "const form = document.querySelector('form.withdraw');
                form.querySelector('[name=sure]').checked = true; form.submit(); return true;";
    audit.browser.until(sure, "withdrawn").await;
    audit.browser.until("return location.pathname.endsWith('/withdraw');", "a receipt").await;
    audit.check("a receipt").await;
}

/// What is wrong with the pages on which a question is kept and a quote gets tags, and that show them.
async fn keeping_and_tagging(browser: &Browser, quote: &str) -> Vec<(&'static str, Vec<String>)> {
    browser.goto("/saved?q=%E8%B7%91%E6%AD%A5").await;
    browser.find(".keep-form button").await.click().await.expect("kept");
    browser.find(".question").await;
    let mut found = vec![("kept questions", violations(browser).await)];
    for tag in ["running", "worth asking again"] {
        browser.goto(&format!("/tags/edit?quote={quote}&from=running")).await;
        browser.find("input[name=new]").await.send_keys(tag).await.expect("typed");
        browser.find("textarea[name=note]").await.send_keys("A note.").await.expect("typed");
        found.push(("tags of a quote", violations(browser).await));
        browser.click(".tagging button").await;
        browser.until("return location.pathname === '/tags';", "saved").await;
    }
    browser.goto("/tags").await;
    found.push(("tags", violations(browser).await));
    browser.click(".tag-list a").await;
    browser.find("h1.tag").await;
    open_every_detail(browser).await;
    found.push(("a tag", violations(browser).await));
    browser.click(".slip a.cite").await;
    browser.find(".answer .tags-of a").await;
    found.push(("a tagged source", violations(browser).await));
    found
}

/// The address of the query "90后和00后有什么不同".
const COMPARED: &str = "/?q=90%E5%90%8E%E5%92%8C00%E5%90%8E%E6%9C%89%E4%BB%80%E4%B9%88%E4%B8%8D%E5%90%8C";

/// An interview with names, times and a stage direction.
const NAMED: &str = "Moderator: How do you work?\nAnn (00:00:05): From home, mostly.\nBob (00:00:09): In the office.\n\
                     Moderator: Why?\nAnn (00:00:21): It is quiet there. (laughter)\nBob (00:00:30): My team is there.\n";

async fn source_address(browser: &Browser) -> String {
    browser.goto("/").await;
    let link = browser.find(".interviews li a").await.attr("href").await.expect("an attribute");
    link.expect("an address")
}

async fn open_every_detail(browser: &Browser) {
    let open = "document.querySelectorAll('details').forEach((one) => { one.open = true; });";
    browser.client.execute(open, Vec::<Value>::new()).await.expect("opened");
}

// No colour depends on the width or the language, so two looks see every page, every rule and all colours.
const PHONE: Look = Look { width: 390, height: 844, phone: true, dark: true, javascript: true, language: "en" };

#[tokio::test]
async fn every_page_is_accessible_in_chinese_by_day() {
    every_page_is_accessible("accessible", Look::default()).await;
}

#[tokio::test]
async fn every_page_is_accessible_on_an_english_phone_by_night() {
    every_page_is_accessible("accessible, on a phone", PHONE).await;
}
