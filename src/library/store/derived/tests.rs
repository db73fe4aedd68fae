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
        Derived::new(path(self.folder.path(), withdrawn), self.seal.clone())
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
fn another_key_or_a_row_moved_elsewhere_counts_as_not_there() {
    let kept = Kept::new();
    let (derived, readings) = kept.saved();
    let other = RowSeal::in_file(&kept.folder.path().join("another")).expect("a key");
    let found = Derived::new(derived.path().to_owned(), other).load();
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

#[test]
fn graphs_are_found_again_until_a_withdrawal() {
    let kept = Kept::new();
    let (before, readings) = kept.saved();
    let graph = |byte: u8| vec![("passages".to_owned(), vec![byte; 5_000])];
    before.save_graphs(&graph(1));
    before.save_graphs(&graph(2));
    let found = before.load();
    assert_eq!((found.graphs, found.readings.len()), (graph(2), 9));
    let after = kept.at("1");
    let change = DerivedChange { keep: &keys(&readings), readings: &[], words: Some(&words()), changing };
    after.rewrite(before.path(), &change).expect("written");
    assert_eq!((after.load().graphs, after.load().readings.len()), (Vec::new(), 9));
    let bytes = fs::read(after.path()).expect("the file");
    assert!(!bytes.windows(64).any(|window| window == [2; 64]), "nothing of it is left on the disk");
}

#[test]
fn a_graph_under_another_name_or_key_counts_as_not_there() {
    let kept = Kept::new();
    let (derived, _) = kept.saved();
    derived.save_graphs(&[("passages".to_owned(), vec![7; 50])]);
    let other = RowSeal::in_file(&kept.folder.path().join("elsewhere/other")).expect("a key");
    assert!(Derived::new(derived.path().to_owned(), other).load().graphs.is_empty());
    let database = database(derived.path()).expect("open");
    let transaction = database.begin_write().expect("begun");
    {
        let mut table = transaction.open_table(GRAPHS).expect("a table");
        let row = table.get("passages").expect("read").expect("there").value().to_vec();
        table.insert("questions", row.as_slice()).expect("written");
    }
    transaction.commit().expect("written");
    drop(database);
    let names: Vec<String> = derived.load().graphs.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["passages"]);
}
