use std::sync::LazyLock;

use super::*;
use crate::index::dot;

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

#[test]
fn an_encoder_has_a_fingerprint() {
    assert_eq!(ENCODER.fingerprint().len(), 16);
}
