mod keeping;

use super::*;
use proptest::prelude::*;

/// Unit vectors in the plane, one a degree.
fn fan(count: usize) -> Vec<Vec<f32>> {
    (0..count).map(|degree| (degree as f32).to_radians()).map(|angle| vec![angle.cos(), angle.sin()]).collect()
}

/// Numbers from −1 to 1 that look random.
fn chance(seed: u64) -> impl Iterator<Item = f32> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    })
}

fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    vector.into_iter().map(|x| x / length).collect()
}

/// Unit vectors around centres, as passages lie around subjects.
fn clusters(count: usize, width: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut numbers = chance(seed);
    let centres: Vec<Vec<f32>> = (0..count.div_ceil(50)).map(|_| numbers.by_ref().take(width).collect()).collect();
    let around = |centre: &Vec<f32>, numbers: &mut dyn Iterator<Item = f32>| {
        unit(centre.iter().zip(numbers.take(width)).map(|(x, by)| x + by * 0.7).collect())
    };
    (0..count).map(|at| around(&centres[at % centres.len()], &mut numbers)).collect()
}

fn scanned(vectors: &[Vec<f32>]) -> VectorIndex {
    VectorIndex::scanned(Vector::pack(vectors))
}

fn graphed(vectors: &[Vec<f32>]) -> VectorIndex {
    VectorIndex::graphed(Vector::pack(vectors))
}

/// An index whose graph grew out of that of an earlier one.
fn grown(earlier: &VectorIndex, vectors: &[Vec<f32>]) -> VectorIndex {
    VectorIndex::of(Vector::pack(vectors), 0, Some(earlier)).ready()
}

/// How many of the ten nearest by a scan a graph finds, over all queries.
fn recall(graph: &VectorIndex, scan: &VectorIndex, queries: &[Vec<f32>]) -> f64 {
    let found = queries.iter().map(|query| {
        let (found, right) = (graph.nearest(query, 10), scan.nearest(query, 10));
        right.iter().filter(|hit| found.contains(hit)).count()
    });
    found.sum::<usize>() as f64 / (10 * queries.len()) as f64
}

#[test]
fn the_nearest_come_first_with_their_cosines() {
    let index = VectorIndex::new(&fan(90));
    let found = index.nearest(&[1.0, 0.0], 3);
    assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [0, 1, 2]);
    assert!((found[1].1 - 1f32.to_radians().cos()).abs() < 1e-5);
}

#[test]
fn a_small_index_finds_every_vector() {
    let index = VectorIndex::new(&fan(300));
    assert_eq!(index.nearest(&[0.6, 0.8], 300).len(), 300);
}

#[test]
fn a_graph_finds_what_a_scan_finds() {
    let (vectors, queries) = (clusters(3_000, 48, 1), clusters(100, 48, 2));
    let (scan, graph) = (scanned(&vectors), graphed(&vectors));
    assert!(scan.graph.is_none() && graph.graph.is_some());
    assert!(recall(&graph, &scan, &queries) > 0.98);
    assert_eq!(graph.nearest(&queries[0], 2_000), scan.nearest(&queries[0], 2_000), "many are scanned");
}

#[test]
fn a_graph_grows_and_the_index_before_finds_its_own() {
    let (vectors, queries) = (clusters(3_000, 48, 4), clusters(100, 48, 5));
    let before = graphed(&vectors[..2_000]);
    // The old ones have other positions.
    let after: Vec<Vec<f32>> = vectors[2_000..].iter().chain(&vectors[..2_000]).cloned().collect();
    let now = grown(&before, &after);
    assert!(recall(&now, &scanned(&after), &queries) > 0.98);
    assert!(recall(&before, &scanned(&vectors[..2_000]), &queries) > 0.9, "new vectors are in its way at most");
}

#[test]
fn a_graph_is_made_anew_when_a_vector_is_gone() {
    let (vectors, queries) = (clusters(1_500, 32, 6), clusters(50, 32, 7));
    let now = grown(&graphed(&vectors), &vectors[500..]);
    assert!(recall(&now, &scanned(&vectors[500..]), &queries) > 0.98);
}

#[test]
fn searches_go_on_while_a_graph_is_made() {
    let (vectors, queries) = (clusters(2_000, 48, 8), clusters(20, 48, 9));
    let index = VectorIndex::of(Vector::pack(&vectors), 0, None);
    let scan = scanned(&vectors);
    for query in queries.iter().cycle().take(2_000) {
        let (found, right) = (index.nearest(query, 10), scan.nearest(query, 10));
        assert!(found.len() == 10 && found[0] == right[0]);
        if index.graph.as_ref().is_some_and(|graph| graph.get().is_some()) {
            break;
        }
    }
}

#[test]
fn equal_vectors_are_all_found_in_their_order() {
    let vectors: Vec<Vec<f32>> = clusters(200, 16, 10).into_iter().cycle().take(1_000).collect();
    let (scan, graph) = (scanned(&vectors), graphed(&vectors));
    for index in [&scan, &graph] {
        let found = index.nearest(&vectors[7], 5);
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [7, 207, 407, 607, 807]);
    }
}

#[test]
fn a_text_without_meaning_is_near_to_nothing() {
    let index = VectorIndex::new(&[vec![0.0, 0.0], vec![0.0, 1.0]]);
    assert_eq!(index.nearest(&[0.0, 1.0], 2)[0].0, 1);
}

#[test]
fn an_empty_index_finds_nothing() {
    assert!(VectorIndex::new(&[]).nearest(&[1.0], 5).is_empty());
}

#[test]
fn numbers_that_are_none_cause_no_panic() {
    for odd in [f32::NAN, f32::INFINITY, f32::MIN_POSITIVE / 4.0, f32::MAX] {
        let vectors = vec![vec![odd, 0.5], vec![1.0], vec![0.0, 1.0, 1.0]];
        for index in [scanned(&vectors), graphed(&vectors)] {
            assert_eq!(index.nearest(&[0.0, 1.0], 3).len(), 3);
            assert_eq!(index.nearest(&[odd, odd], 2).len(), 2);
        }
    }
}

#[test]
fn a_mean_is_that_of_the_vectors_given() {
    let index = VectorIndex::new(&fan(91));
    let (mean, count) = index.mean([0, 90]);
    assert_eq!(count, 2);
    assert!(mean.iter().all(|x| (x - 0.5).abs() < 1e-5), "{mean:?}");
    assert!(index.mean([]).0.is_empty());
    // A vector at the origin says nothing.
    let index = VectorIndex::new(&[vec![0.0, 0.0], vec![0.6, 0.8]]);
    assert_eq!(index.mean([0, 1]).1, 1);
}

proptest! {
    #[test]
    fn a_product_by_lanes_equals_the_plain_product(pairs in prop::collection::vec((-1.0..1.0_f32, -1.0..1.0_f32), 0..200)) {
        let (a, b): (Vec<f32>, Vec<f32>) = pairs.iter().copied().unzip();
        let plain: f64 = pairs.iter().map(|(x, y)| f64::from(*x) * f64::from(*y)).sum();
        prop_assert!((f64::from(dot(&a, &b)) - plain).abs() < 1e-4);
    }

    #[test]
    fn a_scan_finds_what_plain_sorting_finds(count in 1..700_usize, width in 1..70_usize, wanted in 0..20_usize, seed: u64) {
        let vectors: Vec<Vec<f32>> = clusters(count, width, seed);
        let index = scanned(&vectors);
        let query = clusters(1, width, seed ^ 1).remove(0);
        let mut plain: Vec<(usize, f32)> = (0..count).map(|id| (id, index.cosine(id, &query))).collect();
        plain.sort_by(|a, b| b.1.total_cmp(&a.1));
        plain.truncate(wanted);
        prop_assert_eq!(index.nearest(&query, wanted), plain);
    }

    #[test]
    fn a_packed_vector_is_the_vector(width in 1..700_usize, seed: u64) {
        let vector = clusters(1, width, seed).remove(0);
        let query = clusters(1, width, seed ^ 1).remove(0);
        let packed = Vector::pack(std::slice::from_ref(&vector)).remove(0);
        prop_assert!((packed.dot(&query) - dot(&vector, &query)).abs() < 2e-5);
        prop_assert!(packed.numbers().zip(&vector).all(|(a, b)| (a - b).abs() < 2e-5));
    }
}
