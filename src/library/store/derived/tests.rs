use proptest::prelude::*;

use super::*;
use crate::library::store::vector_cache::key;

fn readings(count: u8) -> Vec<(Key, Vec<u8>)> {
    (0..count)
        .map(|n| (key(&format!("reading {n}")), format!("what was read, {n}; ").repeat(90).into_bytes()))
        .collect()
}

fn words() -> Vec<NamedBytes> {
    vec![("a.term".to_owned(), vec![7; 3_000]), ("meta.json".to_owned(), b"{}".to_vec())]
}

fn keys(readings: &[(Key, Vec<u8>)]) -> HashSet<Key> {
    readings.iter().map(|(key, _)| *key).collect()
}

fn changing(name: &str) -> bool {
    name == "meta.json"
}

struct Kept {
    folder: tempfile::TempDir,
    seal: RowSeal,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let seal = RowSeal::in_file(&folder.path().join("elsewhere/key")).expect("a key");
        Self { folder, seal }
    }

    fn at(&self, withdrawn: &str) -> Derived {
        Derived::new(CachePlace { path: path(self.folder.path(), withdrawn), is_writable: true }, self.seal.clone())
    }

    fn saved(&self) -> (Derived, Vec<(Key, Vec<u8>)>) {
        let (derived, readings) = (self.at("0"), readings(9));
        derived.save(&DerivedChange { keep: &keys(&readings), readings: &readings, words: Some(&words()), changing });
        (derived, readings)
    }
}

#[test]
fn what_was_kept_is_found_again_and_what_changed_is_the_new() {
    let kept = Kept::new();
    let (derived, readings) = kept.saved();
    let found = derived.load();
    assert_eq!((found.readings.len(), found.words), (9, words()));
    assert!(readings.iter().all(|(key, value)| found.readings.get(key) == Some(value)));
    let changed = vec![("b.term".to_owned(), vec![8; 9]), ("meta.json".to_owned(), b"{1}".to_vec())];
    derived.save(&DerivedChange { keep: &keys(&readings[..4]), readings: &[], words: Some(&changed), changing });
    let found = derived.load();
    assert_eq!((found.readings.len(), found.words), (4, changed));
}

#[test]
fn of_what_may_not_stay_nothing_is_left_on_the_disk() {
    let kept = Kept::new();
    let (before, readings) = kept.saved();
    let after = kept.at("1");
    let change = DerivedChange { keep: &keys(&readings[..4]), readings: &[], words: Some(&words()), changing };
    after.rewrite(before.path(), &change).expect("written");
    assert!(!before.path().exists());
    let bytes = fs::read(after.path()).expect("the file");
    for n in 0..9 {
        let words = format!("what was read, {n}; ");
        assert_eq!(bytes.windows(words.len()).any(|window| window == words.as_bytes()), n < 4, "{n}");
    }
    assert_eq!(after.load().readings.len(), 4);
    clear(kept.folder.path(), &path(kept.folder.path(), "2")).expect("cleared");
    assert!(!after.path().exists(), "a crash after a withdrawal leaves none of another name");
}

#[test]
fn what_another_process_keeps_is_read_and_left_as_it_is() {
    let kept = Kept::new();
    let others = CachePlace { is_writable: false, ..kept.at("0").place().clone() };
    let reader = Derived::new(others, kept.seal.clone());
    let nothing = DerivedChange { keep: &HashSet::new(), readings: &readings(1), words: Some(&words()), changing };
    reader.save(&nothing);
    assert!(!reader.path().exists() && reader.load().readings.is_empty());
    let (derived, readings) = kept.saved();
    let open_elsewhere = database(derived.path()).expect("open");
    assert_eq!(reader.load().readings.len(), readings.len(), "while its owner has it open, too");
    drop(open_elsewhere);
    let before = fs::read(derived.path()).expect("read");
    reader.save(&nothing);
    assert_eq!(fs::read(derived.path()).expect("read"), before);
    fs::write(derived.path(), "damaged").expect("written");
    assert!(reader.load().readings.is_empty());
    assert!(derived.path().exists(), "its owner makes it again");
}

#[test]
fn another_key_or_a_row_moved_elsewhere_counts_as_not_there() {
    let kept = Kept::new();
    let (derived, readings) = kept.saved();
    let other = RowSeal::in_file(&kept.folder.path().join("another")).expect("a key");
    let found = Derived::new(derived.place().clone(), other).load();
    assert!(found.readings.is_empty() && found.words.is_empty());
    let (one, another) = (derived.sealed(b"readings", &readings[0].0, b"words"), &readings[1].0);
    assert!(derived.unsealed(b"readings", &readings[0].0, &one).is_some());
    assert!(derived.unsealed(b"readings", another, &one).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_damaged_file_never_gives_anything_else(flips in prop::collection::vec((0.0..1.0_f64, 0..8_u8), 1..40), cut in prop::option::of(0.0..1.0_f64)) {
        let kept = Kept::new();
        let (derived, readings) = kept.saved();
        let mut bytes = fs::read(derived.path()).expect("the file");
        if let Some(cut) = cut {
            bytes.truncate((bytes.len() as f64 * cut) as usize);
        }
        let size = bytes.len();
        for (at, bit) in flips {
            if size > 0 { bytes[(size as f64 * at) as usize] ^= 1 << bit; }
        }
        fs::write(derived.path(), bytes).expect("written");
        let found = derived.load();
        for (key, value) in &found.readings {
            prop_assert!(readings.contains(&(*key, value.clone())));
        }
        prop_assert!(found.words.iter().all(|file| words().contains(file)));
        derived.save(&DerivedChange { keep: &keys(&readings), readings: &readings, words: Some(&words()), changing });
        let again = derived.load();
        prop_assert!(again.readings.len() == 9 || again.readings.is_empty());
    }
}
