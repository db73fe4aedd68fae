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

#[test]
fn texts_of_another_transcript_change_no_score() {
    let own = ["客服的工作很忙", "客服喜欢跑步", "天气很好"];
    let alone = LexicalIndex::new(&own).expect("an index in memory");
    let others = ["跑步 跑步 跑步", "跑步的人很多很多很多", "客服跑步", "工作"];
    let together =
        LexicalIndex::of_transcripts(&[&own[..], &others[..]].concat(), &[0, 0, 0, 1, 1, 1, 2]).expect("an index");
    for query in ["客服跑步", "谁喜欢跑步?", "天气怎么样", "股票"] {
        let wanted = wanted(query);
        let (alone, together) = (alone.scores(&wanted).expect("scores"), together.scores(&wanted).expect("scores"));
        let of = |scores: &Scores, id| {
            [scores.share(id), scores.held(id), scores.rarest(id), scores.missing(id), scores.nowhere(id)]
        };
        for id in 0..own.len() {
            for (alone, together) in of(&alone, id).into_iter().zip(of(&together, id)) {
                assert!((alone - together).abs() < f32::EPSILON, "{query} {id}");
            }
        }
    }
}

#[test]
fn a_text_that_was_taken_out_is_as_if_it_had_never_been() {
    let texts = ["客服的工作很忙", "客服喜欢跑步", "天气很好"];
    let without = LexicalIndex::new(&texts).expect("an index").without([1]);
    let never = LexicalIndex::new(&["客服的工作很忙", "天气很好"]).expect("an index");
    let wanted = wanted("客服跑步");
    let (without, never) = (without.scores(&wanted).expect("scores"), never.scores(&wanted).expect("scores"));
    assert!(without.share(1).abs() < f32::EPSILON);
    assert!((without.share(0) - never.share(0)).abs() < f32::EPSILON);
    assert!((without.nowhere(0) - never.nowhere(0)).abs() < f32::EPSILON);
}
