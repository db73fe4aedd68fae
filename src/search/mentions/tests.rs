use std::sync::Arc;

use super::*;
use crate::library;
use crate::retrieval::encoder::Encoder;
use crate::search::query;
use crate::transcript;

const INTERVIEW: &str = "Q1.您怎么放松?\nA1 我们部门每季度有團建,团建以后气氛好很多。\nA2 人工智能来了以后有点恐慌。\n\
Q2.客户要什么?\nA1 客户要的是情绪价值,而不是标准答案。\nA2 我觉得ＫＰＩ太多,burnout 的人不少,We all burn out.\nA3 人很重要。\n";

fn corpus() -> Corpus {
    let (transcript, _) = transcript::read("test", INTERVIEW.as_bytes()).expect("readable");
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    library::build(vec![transcript], Arc::new(encoder)).expect("it indexes")
}

fn keyword_of(query: &str) -> Option<String> {
    match mention_query(&query::read(query).expect("a query"))? {
        MentionQuery::Keyword(word) => Some(word),
        MentionQuery::Words(_) => None,
    }
}

#[test]
fn a_word_is_found_in_any_script_and_width_as_a_word_by_itself() {
    let corpus = corpus();
    let all: Vec<usize> = (0..corpus.answers.len()).collect();
    let users = |word: &str| {
        answers_using(&corpus, &all, word).expect("a search").into_iter().map(|one| one.answer).collect::<Vec<_>>()
    };
    assert_eq!(users("团建"), [0]);
    assert_eq!(users("團建"), [0]);
    assert_eq!(users("恐慌"), [1]);
    assert_eq!(users("情绪价值"), [2]);
    assert_eq!(users("kpi"), [3]);
    assert_eq!(users("ＫＰＩ"), [3]);
    assert_eq!(users("Burnout"), [3]);
    assert_eq!(users("人"), [3, 4], "人 is not in 人工智能");
    assert_eq!(users("智能"), [] as [usize; 0]);
    assert_eq!(users("burn"), [3]);
    assert_eq!(users("out of"), [] as [usize; 0]);
}

#[test]
fn a_query_of_a_word_or_for_who_uses_it_is_a_keyword() {
    for (query, word) in [
        ("团建", "团建"),
        ("情緒價值?", "情绪价值"),
        ("burnout", "burnout"),
        ("有没有人提到恐慌?", "恐慌"),
        ("谁说到了团建", "团建"),
        ("关于团建的内容", "团建"),
        ("Did anyone mention burnout?", "burnout"),
        ("KPI", "kpi"),
    ] {
        assert_eq!(keyword_of(query).as_deref(), Some(word), "{query}");
    }
    for query in [
        "公司给了什么支持?",
        "谁喜欢跑步",
        "How do you relax?",
        "客服是不是很累",
        "Does AI scare the staff?",
        "我很累了",
    ] {
        assert_eq!(keyword_of(query), None, "{query}");
    }
}

#[test]
fn a_place_that_is_listed_is_a_sentence_of_the_source() {
    let corpus = corpus();
    let all: Vec<usize> = (0..corpus.answers.len()).collect();
    for display in [None, Some(Display::Simplified), Some(Display::Traditional)] {
        let found = answers_using(&corpus, &all, "团建").expect("a search");
        let mention = mention(&corpus, "团建", &found, display).expect("a mention");
        assert_eq!(mention.answers, 1);
        let place = &mention.places[0];
        assert_eq!(folded(&place.text[place.marked.0..place.marked.1]), "团建");
        assert_eq!(folded(&place.text), folded(&place.citation.received));
    }
}

#[test]
fn a_short_question_is_no_keyword() {
    for query in
        ["食堂几点关门", "他女儿几岁", "展厅有多大", "图书馆哪年建的", "几号交表", "桥有多长", "门票多贵", "味道咋样"]
    {
        assert_eq!(keyword_of(query), None, "{query}");
    }
    for (query, word) in [("茶几", "茶几"), ("几何", "几何"), ("号码", "号码")] {
        assert_eq!(keyword_of(query).as_deref(), Some(word), "{query}");
    }
}

#[test]
fn what_happened_is_no_keyword_though_somebody_may_mention_it() {
    for query in ["有人提到被同事抢走客户吗", "有没有人说到他不想搬家"] {
        assert_eq!(keyword_of(query), None, "{query}");
    }
}

#[test]
fn a_number_is_found_in_either_writing() {
    let talk = "Q1.讲讲厂里\nA1 我九七年进厂,工资三百二十块。\nA2 我2008年来的,一天80块。\nA3 二〇一五年搬家,第一百八十天走的。\n";
    let (transcript, _) = transcript::read("talk", talk.as_bytes()).expect("readable");
    let corpus =
        library::build(vec![transcript], Arc::new(Encoder::built_in().expect("an encoder"))).expect("it indexes");
    let all: Vec<usize> = (0..corpus.answers.len()).collect();
    for (word, expected) in [
        ("1997", 0),
        ("1997年", 0),
        ("320块", 0),
        ("二〇〇八年", 1),
        ("八十块", 1),
        ("80块", 1),
        ("2015", 2),
        ("180天", 2),
    ] {
        let users: Vec<usize> =
            answers_using_keyword(&corpus, &all, word).expect("a search").iter().map(|one| one.answer).collect();
        assert_eq!(users, [expected], "{word}");
    }
    for word in ["20块", "80天", "1915"] {
        assert!(answers_using(&corpus, &all, word).expect("a search").is_empty(), "{word}");
    }
}
