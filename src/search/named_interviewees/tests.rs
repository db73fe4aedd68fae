use std::sync::{Arc, LazyLock};

use super::*;
use crate::library;
use crate::retrieval::encoder::Encoder;
use crate::transcript;

const PANEL: &str = "Host: 各位好,今天請到陳美玲（Mei-Ling Chen）和 Jerod Santo。如何放鬆?\n陳美玲: 我每天早上跑步。\nHost: And you?\n\
Jerod Santo: I play the piano, and Chen would say too loudly.\nHost: 還有嗎?\n王小明: 我喜歡下棋。\nHost: And now?\nJerod Santo: Nothing else.\n";
const TEAM: &str = "主持人：怎么放松？\n周建国：我在河边跑步。\n赵兰：我跟院里的邻居下棋。\n主持人：还有吗？\n周建国：没有了。\n赵兰：也没有了。\n";
const STUDIO: &str = "Host: How do you relax?\nTom: I run by the river.\nMaya: I paint.\nHost: Anything else?\nTom: No.\nMaya: Nothing.\n";

fn corpus(name: &str, text: &str) -> Corpus {
    let (transcript, _) = transcript::read(name, text.as_bytes()).expect("readable");
    library::build(vec![transcript], Arc::new(Encoder::built_in().expect("it loads"))).expect("it indexes")
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| corpus("panel", PANEL));
static ZH: LazyLock<Corpus> = LazyLock::new(|| corpus("team", TEAM));
static EN: LazyLock<Corpus> = LazyLock::new(|| corpus("studio", STUDIO));

fn named(query: &str) -> Option<(Vec<String>, bool)> {
    of(&CORPUS, query).map(|named| {
        let only = !named.people.only_by.is_empty();
        (if only { named.people.only_by } else { named.people.all_but }, only)
    })
}

/// The people whose words alone are searched, and the question that is asked them.
fn asked(query: &str) -> (String, String) {
    let corpus = if query.chars().any(crate::text::segment::is_chinese) { &ZH } else { &EN };
    of(corpus, query).map_or_else(Default::default, |named| (named.people.only_by.join("+"), named.about))
}

/// The people whose words are not searched, and the question that is asked the others.
fn left_out(query: &str) -> (String, String) {
    let corpus = if query.chars().any(crate::text::segment::is_chinese) { &ZH } else { &EN };
    of(corpus, query).map_or_else(Default::default, |named| {
        assert!(named.people.only_by.is_empty(), "{query}");
        (named.people.all_but.join("+"), named.about)
    })
}

fn unknown(query: &str) -> Option<(String, Vec<String>)> {
    let corpus = if query.chars().any(crate::text::segment::is_chinese) { &ZH } else { &EN };
    of(corpus, query).and_then(|named| named.people.nobody_called).map(|one| (one.name, one.near))
}

#[test]
fn who_is_asked_about_is_found_by_any_name_that_the_source_gives() {
    for (query, name) in [
        ("陈美玲怎么放松?", "陳美玲"),
        ("What does Mei-Ling Chen say about running?", "陳美玲"),
        ("美玲對跑步的看法", "陳美玲"),
        ("What did Jerod say about the piano?", "Jerod Santo"),
        ("王老师怎么说?", "王小明"),
        ("王校長怎麼說?", "王小明"),
        ("What does Wang Xiaoming think of chess?", "王小明"),
        ("Xiaoming Wang's opinion on chess", "王小明"),
        ("Does Mr. Santo play?", "Jerod Santo"),
    ] {
        assert_eq!(named(query), Some((vec![name.to_owned()], true)), "{query}");
    }
}

#[test]
fn a_name_in_passing_restricts_nothing_and_no_word_is_a_name() {
    assert_eq!(named("谁批评过陈美玲?"), Some((vec![], false)));
    for query in ["How do you relax?", "santo domingo", "王国里谁说了算?", "谁跑步", "陳美玲"] {
        assert_eq!(named(query), None, "{query}");
    }
}

#[test]
fn the_subject_of_a_question_is_asked_it_in_its_own_words() {
    for (query, who, about) in [
        ("周建国怎么看跑步?", "周建国", "你怎么看跑步?"),
        ("周建國想去哪裡", "周建国", "你想去哪裡"),
        ("周建国有没有受过伤", "周建国", "你有没有受过伤"),
        ("赵兰的老公支持她吗", "赵兰", "你的老公支持你吗"),
        ("赵兰觉得跑步怎么样", "赵兰", "跑步怎么样"),
        ("赵兰身体怎么样", "赵兰", "身体怎么样"),
        ("赵兰建议他们去哪", "赵兰", "你建议他们去哪"),
        ("为什么赵兰不跑步", "赵兰", "为什么你不跑步"),
        ("What did Tom say about the river?", "Tom", "What about the river?"),
        ("Did Maya run?", "Maya", "Did you run?"),
        ("did maya run", "Maya", "did you run"),
        ("Has Tom ever painted?", "Tom", "Have you ever painted?"),
        ("How old are Tom's children?", "Tom", "How old are your children?"),
        ("How does Tom feel about rivers?", "Tom", "What about your rivers?"),
        ("What does Maya think of Tom's music?", "Maya", "What about Tom's music?"),
        ("Does Tom like his boat?", "Tom", "Do you like your boat?"),
    ] {
        assert_eq!(asked(query), (who.to_owned(), about.to_owned()), "{query}");
    }
}

#[test]
fn whoever_is_only_talked_about_restricts_nothing() {
    for query in [
        "谁认识赵兰",
        "大家怎么看赵兰",
        "大家觉得赵兰怎么样",
        "谁遇到过赵兰说的那种事",
        "赵兰说的那种事谁遇到过",
        "建国以来有什么变化",
        "What do they think of Tom?",
        "Who knows Maya?",
        "Do people like what Tom does?",
    ] {
        assert_eq!(asked(query).0, "", "{query}");
        assert_eq!(left_out(query).0, "", "{query}");
    }
}

#[test]
fn a_role_that_is_named_like_a_speaker_restricts_nothing() {
    let text = "主持人：怎么放松？\n产品经理：我在河边跑步。\n赵兰：我下棋。\n主持人：还有吗？\n产品经理：没有。\n赵兰：没有。\n";
    let corpus = corpus("roles", text);
    let only_by = |query: &str| of(&corpus, query).map(|named| named.people.only_by).unwrap_or_default();
    assert_eq!(only_by("产品经理需要什么本事"), [""; 0]);
    assert_eq!(only_by("产品经理怎么看跑步"), ["产品经理"]);
}

#[test]
fn whoever_is_left_out_or_opposed_is_not_searched() {
    for (query, who, about) in [
        ("除了周建国以外谁跑步", "周建国", "谁跑步"),
        ("除了赵兰还有谁受过伤", "赵兰", "谁受过伤"),
        ("除了周建国提到的，冬天还有什么问题", "周建国", "冬天有什么问题"),
        ("除周建国之外，谁下棋", "周建国", "谁下棋"),
        ("谁不同意赵兰说的", "赵兰", "谁不同意"),
        ("有誰反駁趙蘭說的跑步好", "赵兰", "跑步好"),
        ("谁和赵兰的看法不一样", "赵兰", "谁不一样"),
        ("谁反对赵兰的看法", "赵兰", "谁反对"),
        ("Who else besides Maya paints?", "Maya", "Who paints?"),
        ("Besides Tom, who runs?", "Tom", "who runs?"),
        ("What do people other than Tom say about rivers?", "Tom", "What do people say about rivers?"),
        ("Who disagrees with Tom about rivers?", "Tom", "Who disagrees about rivers?"),
    ] {
        assert_eq!(left_out(query), (who.to_owned(), about.to_owned()), "{query}");
    }
}

#[test]
fn two_people_who_are_compared_are_both_asked() {
    for (query, who, about) in [
        ("周建国和赵兰谁跑得多", "周建国+赵兰", "谁跑得多"),
        ("谁跑得多，周建国还是赵兰？", "周建国+赵兰", "谁跑得多？"),
        ("周建国和赵兰对跑步的看法有什么不同", "周建国+赵兰", "跑步怎么样"),
        ("周建国和赵兰在放松方式上有什么不同", "周建国+赵兰", "放松方式怎么样"),
        ("How do Tom and Maya differ in when they run?", "Tom+Maya", "When do you run?"),
        ("How do Tom and Maya differ in their music?", "Tom+Maya", "What about your music?"),
    ] {
        assert_eq!(asked(query), (who.to_owned(), about.to_owned()), "{query}");
    }
}

#[test]
fn the_same_given_name_after_another_surname_is_somebody_else() {
    assert_eq!(asked("建国怎么看跑步").0, "周建国");
    assert_eq!(asked("张建国怎么看跑步").0, "");
    assert_eq!(unknown("张建国怎么看跑步"), Some(("张建国".to_owned(), vec!["周建国".to_owned()])));
}

#[test]
fn a_name_that_nobody_has_is_told_and_a_word_is_no_name() {
    let near = |name: &str, near: &[&str]| Some((name.to_owned(), near.iter().map(|&one| one.to_owned()).collect()));
    assert_eq!(unknown("赵敏怎么看跑步"), near("赵敏", &["赵兰"]));
    assert_eq!(unknown("孫娜對跑步有什麼看法"), near("孫娜", &[]));
    assert_eq!(unknown("What does Maja think about rivers?"), near("Maja", &["Maya"]));
    assert_eq!(unknown("Did Svetlana run?"), near("Svetlana", &[]));
    for query in [
        "高管怎么看跑步",
        "经理觉得怎么样",
        "金融怎么看",
        "邻居说什么",
        "方法怎么说",
        "时间怎么看",
        "大家怎么看",
        "Does Python work?",
        "What did Management say?",
        "Does running help?",
        "When did Greenland join?",
        "What does The Team think?",
    ] {
        assert_eq!(unknown(query), None, "{query}");
    }
}
