use std::sync::Arc;

use super::*;
use crate::library;
use crate::retrieval::encoder::Encoder;
use crate::search::{SearchOptions, ask};
use crate::transcript;

#[test]
fn each_side_has_its_own_words_and_those_who_tell_of_both_come_first() {
    let text = "Q1.团队里90后和00后各有什么特点?\nA1 00后更看重自己的感受,喜欢直说。\n\
                A2 无论是90后还是00后都很努力。因为90后在职场的时间长,他们的责任感更强一点,而00后更加自主,所以要分开带。\n";
    let (transcript, _) = transcript::read("ages", text.as_bytes()).expect("readable");
    let encoder = Arc::new(Encoder::built_in().expect("it loads"));
    let corpus = library::build(vec![transcript], encoder).expect("it indexes");
    let reply = ask(&corpus, "90后和00后有什么不同?", SearchOptions::default()).expect("a reply");
    let contrast = contrast(&corpus, &reply).expect("it compares");
    assert_eq!(contrast.sides, ["90后", "00后"]);
    let words = |row: &Contrasted, side: usize| {
        let (transcript, _, _) = corpus.answer(row.place).expect("an answer");
        row.spans[side].iter().map(|span| transcript.words(*span).to_owned()).collect::<Vec<_>>()
    };
    let both = &contrast.rows[0];
    assert_eq!(words(both, 0), ["因为90后在职场的时间长,他们的责任感更强一点,"]);
    assert_eq!(words(both, 1), ["而00后更加自主,"]);
    assert!(contrast.rows[1].spans[0].is_empty());
    assert_eq!(words(&contrast.rows[1], 1), ["00后更看重自己的感受,喜欢直说。"]);
}
