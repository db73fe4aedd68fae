use super::*;

fn relevant(grades: &[(&'static str, u32)]) -> HashMap<&'static str, u32> {
    grades.iter().copied().collect()
}

fn outcome(answerable: bool, score: f64) -> QueryOutcome {
    QueryOutcome { lang: None, answerable, ranking: Ranking::default(), score, said: score >= 0.5 }
}

#[test]
fn a_perfect_ranking_has_ndcg_one() {
    let ranking = Ranking::of(&["a", "b", "c"], &relevant(&[("a", 2), ("b", 1)]));
    assert!((ranking.ndcg - 1.0).abs() < 1e-12);
    assert_eq!(ranking.first, Some(1));
}

#[test]
fn ndcg_agrees_with_a_figure_worked_by_hand() {
    // Grade 2 at place 2, grade 1 at place 3: (3/log2(3) + 1/log2(4)) / (3/log2(2) + 1/log2(3)).
    let ranking = Ranking::of(&["x", "a", "b"], &relevant(&[("a", 2), ("b", 1)]));
    assert!((ranking.ndcg - (3.0 / 3f64.log2() + 0.5) / (3.0 + 1.0 / 3f64.log2())).abs() < 1e-12);
    assert_eq!(ranking.first, Some(2));
}

#[test]
fn auroc_counts_pairs_in_the_right_order_and_ties_half() {
    assert!((auroc(&[0.9, 0.4], &[0.1, 0.4]) - 0.875).abs() < 1e-12);
}

#[test]
fn an_interval_holds_its_value_and_repeats() {
    let values: Vec<f64> = (0..50).map(|i| f64::from(i % 2)).collect();
    let once = interval(&[&values], |samples| mean(&samples[0])).expect("rows");
    assert!(once.low < once.value && once.value < once.high);
    assert_eq!(interval(&[&values], |samples| mean(&samples[0])), Some(once));
}

#[test]
fn figures_without_rows_are_absent() {
    let rows = [outcome(true, 0.9)];
    let figures = figures(&rows.iter().collect::<Vec<_>>());
    assert!(figures.false_answer_rate.is_none() && figures.auroc.is_none());
    assert!(figures.ndcg_at_10.is_some());
}

#[test]
fn false_answers_and_false_refusals_are_counted_by_verdict() {
    let rows = [outcome(true, 0.9), outcome(true, 0.1), outcome(false, 0.6), outcome(false, 0.2)];
    let figures = figures(&rows.iter().collect::<Vec<_>>());
    assert!((figures.false_answer_rate.expect("rows").value - 0.5).abs() < 1e-12);
    assert!((figures.false_refusal_rate.expect("rows").value - 0.5).abs() < 1e-12);
}
