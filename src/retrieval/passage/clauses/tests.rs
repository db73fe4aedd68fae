use super::*;

fn cut(sentence: &str) -> Vec<&str> {
    let whole = Span::new(sentence, 0..sentence.len()).expect("a span");
    clauses(sentence, whole).into_iter().filter_map(|clause| clause.of_text(sentence)).collect()
}

#[test]
fn a_sentence_is_cut_at_its_commas_and_a_connective_stays_with_what_it_connects() {
    assert_eq!(
        cut("我觉得未来可能会替代一部分工作,可能让流程更加简单、便利,但它还是不能完全代替人的服务。"),
        ["我觉得未来可能会替代一部分工作,", "可能让流程更加简单、便利,", "但它还是不能完全代替人的服务。"]
    );
    assert_eq!(cut("所以我的结论是，新人头三个月必须到办公室。"), ["所以我的结论是，新人头三个月必须到办公室。"]);
    assert_eq!(cut("它提供不了一个东西——情绪价值。"), ["它提供不了一个东西——情绪价值。"]);
    assert_eq!(cut("说到底，它比一枚公章安全得多。"), ["说到底，它比一枚公章安全得多。"]);
    assert_eq!(
        cut("You cannot teach them to care, so I hire for attitude."),
        ["You cannot teach them to care,", "so I hire for attitude."]
    );
}

#[test]
fn quoted_words_numbers_and_lists_stay_whole() {
    assert_eq!(cut("他说“我们不急着上线,先把账对清楚再说”。"), ["他说“我们不急着上线,先把账对清楚再说”。"]);
    assert_eq!(cut("We spent about 12,500 euros on it last year."), ["We spent about 12,500 euros on it last year."]);
    assert_eq!(cut("一线员工基本上是00后为主,90后已经成了领导。"), ["一线员工基本上是00后为主,", "90后已经成了领导。"]);
    assert_eq!(cut("健身、听音乐、旅行、爬山都是惯用的减压方式。"), ["健身、听音乐、旅行、爬山都是惯用的减压方式。"]);
}
