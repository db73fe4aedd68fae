use std::collections::BTreeMap;

use super::*;
use crate::i18n::DisplayLanguage;

/// Written for the rules, and read while the rules were made.
const TUNING: &str = include_str!("../../tests/fixtures/disclosure/tuning.txt");
/// Written before the rules. It was read before they were finished, so it is not a blind test.
const HELD_OUT: &str = include_str!("../../tests/fixtures/disclosure/held-out.txt");

/// Splits a labelled line such as `我叫【name:王小明】` into the text without marks and the marked ranges.
fn labelled(line: &str) -> (String, Vec<(ClueKind, Range<usize>)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('【') {
        text.push_str(before);
        let (marked, after) = after.split_once('】').expect("a mark that ends");
        let (kind, words) = marked.split_once(':').expect("a kind");
        let kind = match kind {
            "name" => ClueKind::Name,
            "phone" => ClueKind::Phone,
            "id" => ClueKind::IdNumber,
            "card" => ClueKind::Card,
            "email" => ClueKind::Email,
            "account" => ClueKind::Account,
            "plate" => ClueKind::Plate,
            "address" => ClueKind::Address,
            "employer" => ClueKind::Employer,
            "place" => ClueKind::Place,
            other => panic!("no kind {other}"),
        };
        marks.push((kind, text.len()..text.len() + words.len()));
        text.push_str(words);
        rest = after;
    }
    (text + rest, marks)
}

/// Counts the clues that are right, wrong and missed, and lists the errors.
fn measured(set: &str) -> (usize, usize, usize, String) {
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut told = String::new();
    for line in set.lines().filter(|line| !line.trim().is_empty()) {
        let (text, marks) = labelled(line);
        let found = clues(&text, &[]);
        // A clue is right if its kind is right and it overlaps most of the mark.
        let fits = |clue: &Clue, (kind, range): &(ClueKind, Range<usize>)| {
            let shared = clue.range.end.min(range.end).saturating_sub(clue.range.start.max(range.start));
            clue.kind == *kind && shared * 2 > range.len() && shared * 2 > clue.range.len()
        };
        for mark in &marks {
            if found.iter().any(|clue| fits(clue, mark)) {
                right += 1;
            } else {
                missed += 1;
                told.extend(["missed ", &text[mark.1.clone()], " in ", &text, "\n"]);
            }
        }
        for clue in found.iter().filter(|clue| !marks.iter().any(|mark| fits(clue, mark))) {
            wrong += 1;
            told.extend([format!("{:?} wrongly: {} in {text}\n", clue.kind, &text[clue.range.clone()])]);
        }
    }
    (right, wrong, missed, told)
}

#[test]
fn clues_are_found_in_two_labelled_sets() {
    let (mut told, mut good) = (String::new(), true);
    for (name, set, least) in [("tuning", TUNING, 88), ("held out", HELD_OUT, 80)] {
        let (right, wrong, missed, errors) = measured(set);
        told.extend([format!("{name}: {right} right, {wrong} wrong, {missed} missed\n{errors}")]);
        // Precision and recall, in percent.
        good &= right * 100 >= (right + wrong) * least && right * 100 >= (right + missed) * least;
    }
    assert!(good, "{told}");
    println!("{told}");
}

#[test]
fn those_who_speak_are_found_in_every_form() {
    let known = ["欧阳娜娜".to_owned(), "Ann Novak".to_owned(), "受访者3".to_owned()];
    let found =
        |text: &str| clues(text, &known).iter().map(|clue| text[clue.range.clone()].to_owned()).collect::<Vec<_>>();
    assert_eq!(found("歐陽娜娜說娜娜很好"), ["歐陽娜娜", "娜娜"]);
    assert_eq!(found("they asked Novak, not annoyed"), ["Novak"]);
    assert!(found("受访者3不在").is_empty());
}

#[test]
fn replacements_are_consistent_and_always_visible() {
    let pairs = |all: &[(&str, &str)]| {
        Replacements::of(&all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>())
    };
    let one = pairs(&[("张小三", "受访者甲"), ("13812345678", "电话号码")]);
    assert_eq!(
        one.apply("老张来了，张小三說小三就是張總。13812345678").as_deref(),
        Some("[受访者甲]来了，[受访者甲]說[受访者甲]就是[受访者甲]。[电话号码]")
    );
    assert_eq!(one.apply("谁也没来"), None);
    // Two people have this surname, so 老张 may be either.
    assert_eq!(pairs(&[("张小三", "甲"), ("张大四", "乙")]).apply("老张和张大四").as_deref(), Some("老张和[乙]"));
    assert_eq!(
        pairs(&[("Ann Novak", "Interviewee A")]).apply("ann novak, Novak’s Annex").as_deref(),
        Some("[Interviewee A], [Interviewee A]’s Annex")
    );
    assert!(pairs(&[("张三", " ")]).is_empty(), "what is left empty stays");
}

#[test]
fn forms_of_one_name_get_one_suggestion() {
    let texts = ["我叫王小明，大家叫我老王。", "李雷的电话是13812345678，王小明知道。"];
    let groups = groups(texts.iter().copied(), &["李雷".to_owned()]);
    let suggested = suggested(&groups, &["李雷".to_owned()], DisplayLanguage::SimplifiedChinese.messages().disclosure);
    let of: BTreeMap<&str, &str> =
        groups.iter().map(|one| one.words.as_str()).zip(suggested.iter().map(String::as_str)).collect();
    assert_eq!(
        (of["王小明"], of["老王"], of["李雷"], of["13812345678"]),
        ("某人甲", "某人甲", "受访者甲", "电话号码"),
        "{of:?}"
    );
    let twice = groups.iter().find(|one| one.words == "王小明").expect("found");
    assert_eq!((twice.count, twice.contexts.len()), (2, 2));
}

#[test]
fn a_text_of_any_kind_stops_nothing() {
    for text in ["", "＠＠＠", "【】", "𠮷野家在哪里", "a\u{301}b@c.de", "０１３８１２３４５６７８９", "\u{0}\n\n"]
    {
        for clue in clues(text, &[]) {
            assert!(text.get(clue.range.clone()).is_some(), "{text}");
        }
    }
}
