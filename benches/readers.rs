//! How the time of each step grows with what it is given, from bytes to what is searched:
//! `cargo bench --bench readers [-- NAME]`. Prints seconds for three sizes, each twice the one
//! before, and the slope: 1 is linear, 2 is the square. Decides nothing.

use std::fs;
use std::io::{Cursor, Write as _};
use std::sync::Arc;
use std::time::Instant;

use yuanhua::library::Access;
use yuanhua::library::{self, Limits, Place, Stock};
use yuanhua::retrieval::encoder::Encoder;
use yuanhua::transcript;

type Made = fn(usize) -> Vec<u8>;

/// What each reader is given, and the smallest size of it.
const READERS: [(&str, usize, Made); 17] = [
    ("csv: one line of commas", 225_000, |n| ",".repeat(n).into()),
    ("csv: rows, each a new speaker", 25_000, |n| rows("speaker,text\n", n, |i| format!("S{i},hi {i}?\n"))),
    ("csv: a person a column", 2_000, |n| {
        let names = (0..n).map(|i| format!(",Ann{i} Lee")).collect::<Vec<_>>().concat();
        format!("question{names}\nWhat is it for you?{0}\nWhy is it so?{0}\n", ",yes indeed".repeat(n)).into()
    }),
    ("csv: a question a column", 5_000, |n| {
        let asked = (0..n).map(|i| format!(",what is {i}?")).collect::<Vec<_>>().concat();
        format!("name{asked}\nAnn{0}\nBob{0}\n", ",yes indeed".repeat(n)).into()
    }),
    ("markdown: one line of pipes", 250_000, |n| "|".repeat(n).into()),
    ("markdown: a table", 25_000, |n| rows("| speaker | text |\n|---|---|\n", n, |i| format!("| S{i} | hi {i}? |\n"))),
    ("webvtt: a line of <", 75_000, |n| format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}", "<".repeat(n)).into()),
    ("webvtt: a line of <a", 75_000, |n| format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}", "<a".repeat(n)).into()),
    ("srt: cues", 12_000, |n| {
        rows("", n, |i| {
            format!("{i}\n00:{:02}:{:02},000 --> 00:59:59,000\nAnn{}: words {i}.\n\n", i / 60 % 60, i % 60, i % 9)
        })
    }),
    ("text: 40 k speakers", 10_000, |n| rows("", n, |i| format!("Name{i}: what is it {i}?\n"))),
    ("text: credits above questions", 10_000, |n| {
        let credits = (0..n).map(|i| format!("Field{i}: value\n")).collect::<Vec<_>>().concat();
        format!("{credits}Q1: why is it?\nAnn: so.\nQ2: and then?\nAnn: no.\n").into()
    }),
    ("text: numbered questions", 10_000, |n| rows("", n, |i| format!("Q{}. a?\nA1 b\n", i + 1))),
    ("text: questions without answers", 10_000, |n| rows("", n, |i| format!("Q: why is it {i}?\n\n"))),
    ("text: damaged places", 500, |n| rows("Q1.怎么样?\nA1 ", n, |i| format!("第{i}次服務(wù)很好。"))),
    ("json: turns", 25_000, |n| {
        let turns: Vec<String> = (0..n).map(|i| format!("{{\"speaker\":\"S{i}\",\"text\":\"hi {i}?\"}}")).collect();
        format!("[{}]", turns.join(",")).into()
    }),
    ("html: paragraphs", 12_000, |n| {
        rows("<!doctype html><body>", n, |i| format!("<p><b>S{}:</b> words {i}.</p>", i % 9))
    }),
    ("docx: one paragraph", 4_000_000, |n| docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(n)))),
];

fn rows(head: &str, n: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    std::iter::once(head.to_owned()).chain((0..n).map(row)).collect::<String>().into()
}

fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("memory takes it");
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    write!(archive, "<w:document xmlns:w=\"{word}\"><w:body>{body}</w:body></w:document>").expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

/// Times it at three sizes.
fn slope(name: &str, least: usize, mut timed: impl FnMut(usize) -> f64) {
    let seconds = [least, 2 * least, 4 * least].map(&mut timed);
    let slope = (seconds[2] / seconds[0]).log2() / 2.0;
    let [a, b, c] = seconds;
    println!("{name:<36} {a:>8.3} {b:>8.3} {c:>8.3} s for {least}, ×2, ×4   slope {slope:.2}");
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    for (name, least, made) in READERS.into_iter().filter(|(name, ..)| name.contains(&wanted)) {
        slope(name, least, |n| {
            let bytes = made(n);
            // What is refused is refused in time too.
            seconds(|| drop(transcript::read("bench", &bytes)))
        });
    }
    if "library: tiny files, listed".contains(&wanted) {
        slope("library: tiny files, listed", 1_250, |n| {
            let folder = tempfile::tempdir().expect("a folder");
            for i in 0..n {
                let text = format!("Q1. What of {i}?\nA1 It is {i} and more.\n");
                fs::write(folder.path().join(format!("{i:05}.txt")), text).expect("written");
            }
            seconds(|| listed(folder.path()))
        });
    }
    if "library: one file of speakers, listed".contains(&wanted) {
        slope("library: one file of speakers, listed", 10_000, |n| {
            let folder = tempfile::tempdir().expect("a folder");
            let text = rows("", n, |i| format!("Name{i}: what is it {i}?\n"));
            fs::write(folder.path().join("speakers.txt"), text).expect("written");
            seconds(|| listed(folder.path()))
        });
    }
    if "snapshot: short answers".contains(&wanted) {
        let encoder = Arc::new(Encoder::built_in().expect("the built-in encoder loads"));
        slope("snapshot: short answers", 250, |n| {
            let text = rows("Q1. a?\n", n, |i| format!("A{} answer {i}.\n", i + 1));
            let (transcript, _) = transcript::read("bench", &text).expect("an interview");
            seconds(|| drop(library::build(vec![transcript], Arc::clone(&encoder))))
        });
    }
}

fn listed(folder: &std::path::Path) {
    let stock = Stock::open(Place::Folder(folder.to_owned()), Limits::default(), Access::ReadAtLeast);
    stock.and_then(|stock| stock.listing()).expect("it is listed");
}
