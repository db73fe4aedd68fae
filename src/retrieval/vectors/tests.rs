use super::*;
use proptest::prelude::*;

/// Unit vectors in the plane, one a degree.
fn fan(count: usize) -> Vec<Vec<f32>> {
    (0..count).map(|degree| (degree as f32).to_radians()).map(|angle| vec![angle.cos(), angle.sin()]).collect()
}

#[test]
fn the_nearest_come_first_with_their_cosines() {
    let index = VectorIndex::new(fan(90));
    let found = index.nearest(&[1.0, 0.0], 3);
    assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [0, 1, 2]);
    assert!((found[1].1 - 1f32.to_radians().cos()).abs() < 1e-6);
}

#[test]
fn a_small_index_finds_every_vector() {
    let index = VectorIndex::new(fan(300));
    assert_eq!(index.nearest(&[0.6, 0.8], 300).len(), 300);
}

#[test]
fn a_graph_finds_what_a_scan_finds() {
    let (scan, graph) =
        (VectorIndex::new(fan(300)), VectorIndex::scanned_up_to(100, fan(300).into_iter().map(Vector::from).collect()));
    assert!(scan.graph.is_none() && graph.graph.is_some());
    // A little beside a vector, so that no two are equally near.
    for degree in [0.2_f32, 31.2, 87.2, 200.2] {
        let angle = degree.to_radians();
        let query = [angle.cos(), angle.sin()];
        assert_eq!(scan.nearest(&query, 10), graph.nearest(&query, 10), "{degree}");
    }
}

#[test]
fn a_text_without_meaning_is_near_to_nothing() {
    let index = VectorIndex::new(vec![vec![0.0, 0.0], vec![0.0, 1.0]]);
    assert_eq!(index.nearest(&[0.0, 1.0], 2)[0].0, 1);
}

#[test]
fn an_empty_index_finds_nothing() {
    assert!(VectorIndex::new(Vec::new()).nearest(&[1.0], 5).is_empty());
}

proptest! {
    #[test]
    fn a_product_by_lanes_equals_the_plain_product(pairs in prop::collection::vec((-1.0..1.0_f32, -1.0..1.0_f32), 0..200)) {
        let (a, b): (Vec<f32>, Vec<f32>) = pairs.iter().copied().unzip();
        let plain: f64 = pairs.iter().map(|(x, y)| f64::from(*x) * f64::from(*y)).sum();
        prop_assert!((f64::from(dot(&a, &b)) - plain).abs() < 1e-4);
    }
}
