use super::cache_place::CachePlace;
use super::vector_cache::{Key, VectorCache, key};
use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

fn vectors(count: u8) -> Vec<(Key, Vec<f32>)> {
    (0..count).map(|n| (key(&format!("text {n}")), vec![f32::from(n); 64])).collect()
}

fn own(folder: &Path) -> CachePlace {
    CachePlace { path: folder.to_owned(), is_writable: true }
}

/// The one file of vectors in a folder.
fn the_file(folder: &Path) -> PathBuf {
    let mut all = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let file = all.next().expect("a file");
    assert_eq!(all.next(), None);
    file
}

fn holds(folder: &Path, part: &[u8]) -> bool {
    let mut all = fs::read_dir(folder).expect("a folder").map(|entry| fs::read(entry.expect("there").path()));
    all.any(|bytes| bytes.expect("read").windows(part.len()).any(|window| window == part))
}

fn keys(vectors: &[(Key, Vec<f32>)]) -> HashSet<Key> {
    vectors.iter().map(|(key, _)| *key).collect()
}

#[test]
fn a_cache_gives_back_what_was_put_and_only_for_its_encoder() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |encoder: &str| VectorCache::open(Some(own(folder.path())), encoder);
    let put = vectors(9);
    open("one").put(&put);
    let mut again = open("one");
    assert_eq!(again.get(&[put[3].0, key("?"), put[1].0]), [Some(put[3].1.clone()), None, Some(put[1].1.clone())]);
    assert_eq!(open("two").get(&[put[3].0]), [None]);
}

#[test]
fn a_cache_of_another_process_is_read_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let (put, others) = (vectors(9), CachePlace { is_writable: false, ..own(folder.path()) });
    let mut missing = VectorCache::open(Some(others.clone()), "one");
    missing.put(&put[..1]);
    assert_eq!(missing.get(&[put[0].0, put[1].0]), [Some(put[0].1.clone()), None], "what is new is in memory");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let mut owner = VectorCache::open(Some(own(folder.path())), "one");
    owner.put(&put);
    let before = fs::read(the_file(folder.path())).expect("read");
    let mut reader = VectorCache::open(Some(others.clone()), "one");
    assert_eq!(reader.get(&[put[3].0]), [Some(put[3].1.clone())]);
    reader.put(&[(key("new"), vec![1.0; 64])]);
    reader.retain(&HashSet::new(), "withdrawn");
    assert!(reader.is_swept_for("anything"), "that is for the owner to do");
    assert_eq!(fs::read(the_file(folder.path())).expect("read"), before);
    owner.retain(&keys(&put[..2]), "withdrawn");
    assert_eq!(reader.get(&[put[8].0]), [None], "what the owner removes meanwhile is not read");
    fs::write(the_file(folder.path()), "damaged").expect("written");
    assert_eq!(VectorCache::open(Some(others), "one").get(&[put[0].0]), [None]);
    assert!(the_file(folder.path()).exists());
}

#[test]
fn of_what_is_not_retained_no_byte_stays_in_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let state_folder = folder.path();
    for encoder in ["one", "two"] {
        VectorCache::open(Some(own(state_folder)), encoder).put(&vectors(9));
    }
    for earlier in ["vectors.redb", "vectors.new"] {
        fs::write(state_folder.join(earlier), vectors(9)[4].0).expect("written");
    }
    let (put, mut cache) = (vectors(9), VectorCache::open(Some(own(state_folder)), "one"));
    let keep = [&put[..2], &put[3..4], &put[7..8]].concat();
    assert!(!cache.is_swept_for("the withdrawal"));
    cache.retain(&keys(&keep), "the withdrawal");
    assert!(cache.is_swept_for("the withdrawal"));
    for (key, vector) in &put {
        let numbers = vector.iter().take(4).flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let kept = keep.iter().any(|(other, _)| other == key);
        // Zeros are no vector of anybody.
        let is_zero = vector[0] == 0.0;
        assert_eq!(
            (holds(state_folder, key), is_zero || holds(state_folder, &numbers)),
            (kept, is_zero || kept),
            "{vector:?}"
        );
    }
    let mut again = VectorCache::open(Some(own(state_folder)), "one");
    let all: Vec<Key> = put.iter().map(|(key, _)| *key).collect();
    let expected: Vec<_> = put.iter().map(|one| keep.contains(one).then(|| one.1.clone())).collect();
    assert_eq!(again.get(&all), expected);
}

#[test]
fn a_withdrawal_that_was_interrupted_is_known_and_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || VectorCache::open(Some(own(folder.path())), "one");
    let (put, mut cache) = (vectors(9), open());
    cache.retain(&HashSet::new(), "before");
    cache.put(&put);
    assert!(open().is_swept_for("before"));
    let before = fs::read(the_file(folder.path())).expect("the file");
    cache.retain(&keys(&put[3..]), "after");
    assert!(open().is_swept_for("after"));
    // The header may count less rows before what is behind them is overwritten. The rows behind them go at the start.
    let after = fs::read(the_file(folder.path())).expect("the file");
    let half = [&after[..], &before[after.len()..]].concat();
    fs::write(the_file(folder.path()), half).expect("written");
    drop(open());
    assert_eq!(fs::read(the_file(folder.path())).expect("the file"), after);
    // Nothing may be done yet.
    fs::write(the_file(folder.path()), before).expect("written");
    let mut again = open();
    assert!(!again.is_swept_for("after"));
    again.retain(&keys(&put[3..]), "after");
    assert!(put[..3].iter().all(|(key, _)| !holds(folder.path(), key)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_damaged_cache_never_gives_a_wrong_vector(flips in prop::collection::vec((0.0..1.0_f64, 0..8_u8), 1..40), cut in prop::option::of(0.0..1.0_f64)) {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || VectorCache::open(Some(own(folder.path())), "one");
        let put = vectors(60);
        open().put(&put);
        let path = the_file(folder.path());
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
        let mut cache = open();
        for (found, (_, vector)) in cache.get(&keys).into_iter().zip(&put) {
            prop_assert!(found.is_none_or(|found| found == *vector));
        }
        cache.put(&put);
        let all: Vec<_> = cache.get(&keys).into_iter().flatten().collect();
        prop_assert_eq!(all.len(), put.len());
    }

    #[test]
    fn a_cache_holds_what_was_put_and_retained_in_any_order(changes in prop::collection::vec((prop::bool::ANY, prop::collection::vec(0..40_u8, 0..20)), 1..12)) {
        let folder = tempfile::tempdir().expect("a folder");
        let (all, mut expected) = (vectors(40), HashSet::new());
        let mut cache = VectorCache::open(Some(own(folder.path())), "one");
        for (puts, some) in changes {
            let some: Vec<_> = some.into_iter().map(|at| all[usize::from(at)].clone()).collect();
            if puts {
                cache.put(&some);
                expected.extend(keys(&some));
            } else {
                cache.retain(&keys(&some), "a mark");
                expected.retain(|key| keys(&some).contains(key));
            }
            let wanted: Vec<Key> = all.iter().map(|(key, _)| *key).collect();
            let kept: Vec<_> = all.iter().map(|(key, vector)| expected.contains(key).then(|| vector.clone())).collect();
            prop_assert_eq!(cache.get(&wanted), kept.clone());
            prop_assert_eq!(VectorCache::open(Some(own(folder.path())), "one").get(&wanted), kept);
        }
    }
}
