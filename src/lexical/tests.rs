use super::*;

fn found(texts: &[&str], query: &str) -> Vec<usize> {
    let index = LexicalIndex::new(texts).expect("an index in memory");
    index.best(query, 10).expect("a search").into_iter().map(|hit| hit.id).collect()
}

#[test]
fn the_text_with_the_rarer_words_comes_first() {
    assert_eq!(found(&["客服的工作", "客服喜欢跑步", "天气"], "客服跑步")[0], 1);
}

#[test]
fn scripts_and_width_and_case_meet() {
    assert_eq!(found(&["我們的頻道", "ＡＩ模型"], "频道"), [0]);
    assert_eq!(found(&["我們的頻道", "ＡＩ模型"], "ai"), [1]);
}

#[test]
fn english_words_meet_by_their_stems() {
    assert_eq!(found(&["she runs daily", "he sings"], "Who is running?"), [0]);
}

#[test]
fn words_too_common_to_mean_anything_match_nothing() {
    assert!(found(&["我们为什么会这样", "the way they do"], "为什么 the 怎么样?").is_empty());
}

#[test]
fn coverage_is_the_share_of_the_query_that_is_held() {
    let index = LexicalIndex::new(&["跑步健身", "旅行", "音乐"]).expect("an index in memory");
    let coverage = |query| index.best(query, 1).expect("a search").first().map_or(0.0, |hit| hit.coverage);
    assert!(coverage("跑步") > coverage("跑步 股票"));
    assert!(coverage("跑步") <= 1.0);
    assert!(coverage("股票").abs() < f32::EPSILON);
}

#[test]
fn any_query_is_answered() {
    for query in ["", "???", "😀", "的", "\"", "AND OR NOT (", "*:*"] {
        found(&["客服"], query);
    }
}
