use super::vector_cache::{Key, VectorCache, key};
use super::*;
use proptest::prelude::*;

fn vectors(count: u8) -> Vec<(Key, Vec<f32>)> {
    (0..count).map(|n| (key(&format!("text {n}")), vec![f32::from(n); 64])).collect()
}

#[test]
fn a_cache_gives_back_what_was_put_and_only_for_its_encoder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vectors.redb");
    let mut cache = VectorCache::open(Some(path.clone()), "one");
    let put = vectors(9);
    cache.put(&put);
    let mut again = VectorCache::open(Some(path.clone()), "one");
    assert_eq!(again.get(&[put[3].0]), [Some(put[3].1.clone())]);
    let mut other = VectorCache::open(Some(path), "two");
    assert_eq!(other.get(&[put[3].0]), [None]);
}

#[test]
fn what_is_not_retained_is_not_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vectors.redb");
    let mut cache = VectorCache::open(Some(path.clone()), "one");
    let put = vectors(9);
    cache.put(&put);
    cache.retain(&put[..5].iter().map(|(key, _)| *key).collect());
    let bytes = fs::read(&path).expect("the file");
    for (n, (key, _)) in put.iter().enumerate() {
        assert_eq!(bytes.windows(32).any(|window| window == key), n < 5, "{n}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_damaged_cache_never_gives_a_wrong_vector(flips in prop::collection::vec((0.0..1.0_f64, 0..8_u8), 1..40), cut in prop::option::of(0.0..1.0_f64)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vectors.redb");
        let mut cache = VectorCache::open(Some(path.clone()), "one");
        let put = vectors(60);
        cache.put(&put);
        let mut bytes = fs::read(&path).expect("the file");
        if let Some(cut) = cut {
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        let size = bytes.len();
        for (at, bit) in flips {
            if size > 0 { bytes[(size as f64 * at) as usize] ^= 1 << bit; }
        }
        fs::write(&path, bytes).expect("written");
        let keys: Vec<Key> = put.iter().map(|(key, _)| *key).collect();
        let mut cache = VectorCache::open(Some(path.clone()), "one");
        for (found, (_, vector)) in cache.get(&keys).into_iter().zip(&put) {
            prop_assert!(found.is_none_or(|found| found == *vector));
        }
        cache.put(&put);
        let all: Vec<_> = cache.get(&keys).into_iter().flatten().collect();
        prop_assert_eq!(all.len(), put.len());
    }
}
