use std::sync::LazyLock;

use super::*;
use crate::retrieval::vectors::dot;

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::built_in().expect("the built-in encoder loads"));

fn cosine(a: &str, b: &str) -> f32 {
    let vectors = ENCODER.embed(&[a, b]).expect("it embeds");
    dot(&vectors[0], &vectors[1])
}

#[test]
fn vectors_have_length_one_or_are_at_the_origin() {
    let long = "客服".repeat(2_000);
    for text in ["我喜欢跑步", "running", "😀", "", " ", "\u{0}", "跑", &long] {
        let vector = ENCODER.embed_one(text).expect("it embeds");
        let length = dot(&vector, &vector).sqrt();
        assert!((length - 1.0).abs() < 1e-3 || length == 0.0, "{text:?} has length {length}");
    }
}

#[test]
fn scripts_width_and_case_give_the_same_vector() {
    assert!(cosine("怎樣看待頻道裡的討論?", "怎样看待频道里的讨论?") > 0.999);
    assert!(cosine("ＡＩ", "ai") > 0.999);
}

#[test]
fn a_translation_is_nearer_than_another_subject() {
    let query = "How do you relax after work?";
    assert!(cosine(query, "下班后您怎么放松?") > cosine(query, "公司的股票什么时候上市?"));
}

#[test]
fn a_text_has_the_same_vector_alone_and_among_others() {
    let alone = ENCODER.embed_one("我喜欢跑步").expect("it embeds");
    let among =
        ENCODER.embed(&["我喜欢跑步", "a much longer text about the company and its customers"]).expect("it embeds");
    assert!(dot(&alone, &among[0]) > 0.999);
}

/// Real questions of every kind that people type.
const QUERIES: [(&str, &str); 6] = [
    ("疫情期間大家怎麼放鬆?", "疫情期间大家怎么放松?"),
    ("頻道裡的訊息太多了", "频道里的讯息太多了"),
    ("您對人工智慧客服有什麼看法", "您对人工智慧客服有什么看法"),
    ("她說後來就沒有再聯絡了", "她说后来就没有再联络了"),
    ("為什麼員工離職率這麼高?", "为什么员工离职率这么高?"),
    ("ＡＩ會取代客服嗎?😀", "AI会取代客服吗?😀"),
];

#[test]
fn a_query_in_either_script_has_nearly_the_same_vector() {
    for (traditional, simplified) in QUERIES {
        let near = cosine(traditional, simplified);
        assert!(near > 0.999, "{traditional} / {simplified}: {near}");
    }
}

#[test]
fn speech_without_punctuation_means_what_it_means_with_it() {
    let written = "我们客服团队有二十个人，主要是九零后。他们愿意学新东西，就是压力大的时候容易离职。";
    let spoken: String = written.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    assert!(cosine(written, &spoken) > 0.85, "{}", cosine(written, &spoken));
}

#[test]
fn a_long_query_still_finds_its_subject() {
    let asked = "客服机器人能不能安抚生气的客户 ".repeat(60);
    assert!(cosine(&asked, "机器人安抚不了情绪激动的客户") > cosine(&asked, "今年的苹果收成很好"));
}

#[test]
fn emoji_and_mixed_scripts_leave_the_subject_in_place() {
    for query in ["😀客服 robot 怎麼样 🤖", "KPI考核太累了😭", "work-life balance 怎么做到"] {
        let vector = ENCODER.embed_one(query).expect("it embeds");
        assert!((dot(&vector, &vector) - 1.0).abs() < 1e-3, "{query}");
    }
    assert!(
        cosine("work-life balance 怎么做到", "怎么平衡工作和生活")
            > cosine("work-life balance 怎么做到", "苹果多少钱一斤")
    );
}

#[test]
fn many_texts_get_the_vectors_that_each_gets_alone() {
    let texts: Vec<String> = (0..130).map(|i| format!("第{i}位受访者说了{}", "很多话，".repeat(i % 7))).collect();
    let together = ENCODER.embed(&texts).expect("it embeds");
    for i in [0, 1, 64, 65, 128, 129] {
        let alone = ENCODER.embed(&texts[i..=i]).expect("it embeds");
        assert!(dot(&together[i], &alone[0]) > 0.9999, "{}", texts[i]);
    }
}

#[test]
fn an_encoder_has_a_fingerprint() {
    assert_eq!(ENCODER.fingerprint().len(), 16);
}
