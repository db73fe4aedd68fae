use proptest::prelude::*;

use super::*;
use crate::retrieval::lexical::{Scores, wanted};

const WORDS: [&str; 12] =
    ["客服", "跑步", "天气", "很忙", "喜欢", "投诉", "退款", "三千块", "running", "refund", "去年", "没有"];

/// A transcript whose texts follow from its number.
fn texts(id: u64) -> TranscriptTexts {
    let text = |n: u64| -> String {
        (0..=n % 5)
            .map(|k| WORDS[((id * 7 + n * 3 + k * k) % WORDS.len() as u64) as usize])
            .collect::<Vec<_>>()
            .join("，")
    };
    let answers = 1 + id % 3;
    let passages = (0..answers * 2).map(text).collect();
    TranscriptTexts { id, passages, answers: (0..answers).map(|n| text(n + 11)).collect() }
}

fn size(texts: &TranscriptTexts) -> (u64, usize, usize) {
    (texts.id, texts.passages.len(), texts.answers.len())
}

fn anew(all: &[u64]) -> WordIndex {
    let mut index = WordIndex::new().expect("an index");
    let texts: Vec<TranscriptTexts> = all.iter().map(|id| texts(*id)).collect();
    index.update(&all.iter().copied().collect(), &texts).expect("it grows");
    index
}

fn scores(index: &WordIndex, all: &[u64]) -> Vec<Vec<[f32; 5]>> {
    let sizes: Vec<_> = all.iter().map(|id| size(&texts(*id))).collect();
    let snapshot = index.snapshot(&sizes).expect("whole");
    assert_eq!(snapshot.facts.len(), sizes.iter().map(|(_, passages, _)| passages).sum::<usize>());
    let of = |scores: &Scores, id| {
        [scores.share(id), scores.held(id), scores.rarest(id), scores.missing(id), scores.nowhere(id)]
    };
    let mut found = Vec::new();
    for query in ["客服跑步", "谁去年没有退款?", "running refund", "股票"] {
        let wanted = wanted(query);
        for (part, count) in [
            (&snapshot.passages, sizes.iter().map(|one| one.1).sum::<usize>()),
            (&snapshot.answers, sizes.iter().map(|one| one.2).sum()),
        ] {
            let scores = part.scores(&wanted).expect("scores");
            found.push((0..count).map(|id| of(&scores, id)).collect());
        }
    }
    found
}

/// Whether any part of the index still lists a term, as its files have it.
fn holds(index: &WordIndex, word: &str) -> bool {
    let again = WordIndex::from_files(index.files().expect("its files")).expect("the same again");
    let lists = |segment: &SegmentReader, field: Field| {
        let dictionary = segment.inverted_index(field).expect("an index");
        let mut terms = dictionary.terms().stream().expect("its terms");
        let mut found = false;
        while terms.advance() {
            found |= terms.key() == word.as_bytes();
        }
        found
    };
    let fields = again.fields.terms.concat();
    let searcher = searcher(&again.index).expect("a searcher");
    searcher.segment_readers().iter().any(|segment| fields.iter().any(|field| lists(segment, *field)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever came and went, and however often it was kept and given back: as one made anew.
    #[test]
    fn an_index_that_grew_answers_as_one_made_anew(
        steps in prop::collection::vec((prop::collection::btree_set(0..20_u64, 0..9), any::<bool>()), 1..8),
    ) {
        let mut index = WordIndex::new().expect("an index");
        for (here, again) in steps {
            let all: Vec<u64> = here.into_iter().collect();
            let texts: Vec<TranscriptTexts> = all.iter().map(|id| texts(*id)).collect();
            index.update(&all.iter().copied().collect(), &texts).expect("it changes");
            prop_assert!(all.iter().all(|id| index.holds(*id)));
            if again {
                index = WordIndex::from_files(index.files().expect("its files")).expect("the same again");
            }
            prop_assert_eq!(scores(&index, &all), scores(&anew(&all), &all));
            prop_assert!(index.snapshot(&[(99, 1, 1)]).is_err(), "what is not there is not made up");
        }
    }
}

#[test]
fn of_what_was_taken_out_no_term_is_left() {
    let mut index = WordIndex::new().expect("an index");
    let secret =
        TranscriptTexts { id: 1, passages: vec!["pineapple SECRETA".to_owned()], answers: vec!["secretb".to_owned()] };
    let other =
        TranscriptTexts { id: 2, passages: vec!["pineapple tart".to_owned()], answers: vec!["tart".to_owned()] };
    index.update(&HashSet::from([1, 2]), &[secret, other]).expect("it grows");
    assert!(holds(&index, "secreta") && holds(&index, "secretb"));
    let before = index.snapshot(&[(1, 1, 1), (2, 1, 1)]).expect("whole");
    assert!(index.update(&HashSet::from([2]), &[]).expect("it shrinks"));
    assert!(!holds(&index, "secreta") && !holds(&index, "secretb"));
    assert!(holds(&index, "pineappl") && !index.holds(1));
    assert!(!index.update(&HashSet::from([2]), &[]).expect("nothing to do"));
    // Whoever searches still does so in what was there when they began.
    assert_eq!(before.passages.best("secreta", 1).expect("found").len(), 1);
}

#[test]
fn many_changes_leave_few_parts() {
    let mut index = WordIndex::new().expect("an index");
    for last in 1..=40_u64 {
        index.update(&(0..last).collect(), &[texts(last - 1)]).expect("it grows");
    }
    assert!(index.index.searchable_segment_ids().expect("its parts").len() <= MAX_PARTS);
    let all: Vec<u64> = (0..40).collect();
    assert_eq!(scores(&index, &all), scores(&anew(&all), &all));
}

#[test]
fn what_is_no_index_is_refused() {
    assert!(WordIndex::from_files([]).is_err());
    assert!(WordIndex::from_files([("meta.json".to_owned(), b"{}".to_vec())]).is_err());
    let mut files = anew(&[1, 2]).files().expect("its files");
    files.remove(0);
    let refused = WordIndex::from_files(files).and_then(|index| index.snapshot(&[size(&texts(1))]).map(drop));
    assert!(refused.is_err());
}
