use std::io::ErrorKind;
use std::sync::Arc;

use super::*;
use crate::error::{ClosedReason, Error, ReadError};
use crate::transcript;

const EN: &Messages = &en::MESSAGES;
const HANS: &Messages = &zh_hans::MESSAGES;
const HANT: &Messages = &zh_hant::MESSAGES;

fn under(labels: &[&str]) -> Vec<Spoken> {
    vec![Spoken { title: None, labels: labels.iter().map(|label| (*label).to_owned()).collect() }]
}

#[test]
fn every_language_is_found_by_its_own_tag() {
    for language in DisplayLanguage::ALL {
        let words = language.messages();
        assert_eq!(DisplayLanguage::of_tag(words.lang), Some(*language));
        assert_eq!(DisplayLanguage::of_tag(words.locale), Some(*language));
    }
    assert_eq!(DisplayLanguage::of_tag("zh-Hant-HK"), Some(DisplayLanguage::TraditionalChinese));
    assert_eq!(DisplayLanguage::of_tag("zh-SG"), Some(DisplayLanguage::SimplifiedChinese));
    assert_eq!(DisplayLanguage::of_tag("fr"), None);
}

#[test]
fn a_verdict_only_counts_and_places() {
    assert_eq!((EN.said)(3, 22, &under(&["Q1", "Q8"])), "3 of 22 answers speak to this, under Q1 and Q8");
    assert_eq!((EN.said)(1, 22, &under(&["Q1"])), "1 of 22 answers speaks to this, under Q1");
    assert_eq!((HANS.said)(3, 22, &under(&["Q1", "Q8"])), "22 个回答中有 3 个说到这一点，见 Q1 和 Q8");
    assert_eq!((HANT.said)(4, 22, &under(&["Q1", "Q2", "Q8"])), "22 個回答中有 4 個說到這一點，見 Q1、Q2 和 Q8");
}

#[test]
fn a_verdict_over_several_interviews_names_them() {
    let in_two = vec![
        Spoken { title: Some("One".into()), labels: vec!["Q1".into()] },
        Spoken { title: Some("Two".into()), labels: vec!["Q2".into(), "Q3".into()] },
    ];
    assert_eq!((EN.said)(3, 40, &in_two), "3 of 40 answers speak to this, in “One” (Q1) and “Two” (Q2 and Q3)");
    let in_many: Vec<Spoken> = (0..5).map(|_| Spoken { title: Some("X".into()), labels: vec![] }).collect();
    assert_eq!((EN.said)(9, 40, &in_many), "9 of 40 answers speak to this, in 5 interviews");
    assert_eq!((HANS.said)(9, 40, &in_many), "40 个回答中有 9 个说到这一点，见于 5 篇访谈");
}

#[test]
fn errors_on_a_chinese_page_are_in_chinese() {
    let of = |error: Error| ((HANS.errors.error)(&error), (HANT.errors.error)(&error));
    let nobody = Error::NoSuchSpeaker { speaker: "甲".into(), transcript: "访谈".into(), names: "乙、丙".into() };
    assert_eq!(of(nobody).0, "访谈 里没有叫 甲 的人；里面的名字有：乙、丙。");
    let full = Error::Write { path: "a.txt".into(), source: ErrorKind::StorageFull.into() };
    assert_eq!(
        of(full),
        ("无法写入 a.txt；磁盘满了：请腾出空间再试。".into(), "無法寫入 a.txt；磁碟滿了：請騰出空間再試。".into())
    );
    let busy = ClosedReason::Folder(Arc::new(Error::Busy { path: "folder".into() }));
    for why in [ClosedReason::OnlyAFile, busy, ClosedReason::SampleInterview, ClosedReason::NoLibrary] {
        let english = why.to_string();
        let (simplified, traditional) = of(Error::Closed { why });
        for (told, begins) in [(simplified, "这里什么都不能改："), (traditional, "這裡什麼都不能改：")]
        {
            assert!(told.starts_with(begins) && told.ends_with('。') && !told.contains(&english), "{told}");
        }
    }
}

#[test]
fn a_refused_file_is_described_by_its_kind() {
    let refused = |bytes: &[u8]| transcript::read("a", bytes).expect_err("it is refused");
    let told = |words: &Messages, source: ReadError| (words.errors.error)(&Error::Read { path: "a".into(), source });
    for (bytes, sentence) in [
        (&b"ID3\x03"[..], "这是录音或录像。请先转写成文字。"),
        (b"\x1f\x8b\x08", "这是压缩文件。请先解压，再添加里面的访谈。"),
        (b"{\\rtf1 hello}", "这种格式读不了。请另存为 DOCX、PDF 或纯文本再试。"),
        (b" \n", "文件是空的，没有可读的内容。"),
    ] {
        assert_eq!(told(HANS, refused(bytes)), sentence);
    }
    assert_eq!(told(HANT, refused(b"RIFF")), "這是錄音或錄影。請先轉寫成文字。");
}

#[test]
fn problems_have_chinese_sentences() {
    let told = |bytes: &[u8], words: &Messages| -> Vec<String> {
        transcript::read("a", bytes).expect("it is read").1.iter().map(words.errors.source_problem).collect()
    };
    assert_eq!(told("Q1.甲？\nA1 乙。\nQ3.丙？\n".as_bytes(), HANS), ["这里应是 Q2，来源写作 Q3。", "Q3 没有回答。"]);
    let table = "speaker,text\nAnn,Why?\nBo,Because.\n".as_bytes();
    assert_eq!(told(table, HANS), ["读取的列：话“text”，说话人“speaker”，时间无。"]);
    assert_eq!(told(table, HANT), ["讀取的欄：話「text」，說話人「speaker」，時間無。"]);
}
