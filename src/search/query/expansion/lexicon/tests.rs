use super::*;
use crate::hash::sha256_hex;

#[test]
fn the_file_is_the_one_that_was_measured_and_reads_to_its_end() {
    assert_eq!(&sha256_hex(&[FILE])[..16], "64fe584f4fcf12f6");
    let lexicon = Lexicon::read(FILE).expect("of the documented form");
    for vocabulary in &lexicon.vocabularies {
        assert!(vocabulary.ends.len() > 20_000);
        let words: Vec<_> = (0..vocabulary.ends.len()).map(|place| vocabulary.word(place).expect("UTF-8")).collect();
        assert!(words.is_sorted());
    }
}

#[test]
fn everyday_words_have_their_translations() {
    for (word, translation) in [("salari", "工资"), ("channel", "频道"), ("担心", "worri"), ("薪水", "salari")]
    {
        assert!(translations(word).iter().any(|(other, _)| *other == translation), "{word}");
    }
}

#[test]
fn chances_are_chances_and_best_comes_first() {
    for word in ["custom", "replac", "客服", "的", "", "zzzzzz"] {
        let found = translations(word);
        assert!(found.iter().all(|(_, chance)| (0.0..=1.0).contains(chance)));
        assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    }
}

#[test]
fn words_that_share_translations_are_paraphrases() {
    assert!(paraphrases("薪水").iter().any(|(other, _)| *other == "工资"));
    assert!(paraphrases("薪水").iter().all(|(other, _)| *other != "薪水"));
}

#[test]
fn a_file_cut_short_is_refused() {
    assert!(Lexicon::read(&FILE[..FILE.len() - 1]).is_none());
    assert!(Lexicon::read(b"YLEX2\n").is_none());
}
