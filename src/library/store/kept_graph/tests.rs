use super::*;
use crate::retrieval::vectors::{Vector, VectorIndex};

/// A state folder of a library, and the seal of its user.
struct Corner {
    folder: tempfile::TempDir,
    graphs: KeptGraphs,
}

impl Corner {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), graphs: KeptGraphs::default() }
    }

    fn at(&self, withdrawn: &str, encoder: &str) -> Arc<dyn GraphPlace> {
        let seal = RowSeal::in_file(&self.folder.path().join("key")).expect("a key");
        self.graphs.at(&path(self.folder.path(), withdrawn), "passages", seal, encoder)
    }

    fn kept(&self) -> PathBuf {
        self.folder.path().join("graph-w-passages")
    }
}

/// Whether a folder is shown, and what is in it.
fn shown(place: &Arc<dyn GraphPlace>) -> Option<String> {
    let mut found = None;
    place.show(&mut |folder| {
        found = fs::read_to_string(folder.join("links")).ok();
        true
    });
    found
}

fn written(text: &'static str) -> impl Fn(&Path) -> Result<(), Error> {
    move |folder| fs::write(folder.join("links"), text).map_err(|source| Error::Write { path: folder.into(), source })
}

#[test]
fn what_is_kept_last_is_shown_to_the_same_encoder() {
    let state_folder = Corner::new();
    assert_eq!(shown(&state_folder.at("w", "one")), None);
    for text in ["first", "second"] {
        state_folder.at("w", "one").keep(&written(text)).expect("kept");
        assert_eq!(shown(&state_folder.at("w", "one")).as_deref(), Some(text));
    }
    assert!(state_folder.at("w", "one").is_taken());
    assert_eq!(shown(&state_folder.at("w", "two")), None);
    assert!(!state_folder.kept().exists(), "what is of no use is deleted");
}

#[test]
fn a_damaged_or_foreign_folder_is_deleted_and_nothing_of_it_is_read() {
    let damages: [fn(&Path); 6] = [
        |folder| fs::write(folder.join("links"), "firsT").expect("written"),
        |folder| fs::write(folder.join("links"), "firs").expect("written"),
        |folder| fs::write(folder.join("more"), "").expect("written"),
        |folder| fs::remove_file(folder.join("links")).expect("removed"),
        |folder| fs::remove_file(folder.join(SEAL)).expect("removed"),
        |folder| fs::write(folder.join(SEAL), [0; 16]).expect("written"),
    ];
    for damage in damages {
        let state_folder = Corner::new();
        state_folder.at("w", "one").keep(&written("first")).expect("kept");
        damage(&state_folder.kept());
        assert_eq!(shown(&state_folder.at("w", "one")), None);
        assert!(!state_folder.kept().exists());
        // Another user's key does not open it.
        state_folder.at("w", "one").keep(&written("first")).expect("kept again");
        fs::remove_file(state_folder.folder.path().join("key")).expect("removed");
        assert_eq!(shown(&state_folder.at("w", "one")), None);
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_deleted_through_a_link() {
    use std::os::unix::fs::symlink;
    let (state_folder, elsewhere) = (Corner::new(), tempfile::tempdir().expect("a folder"));
    fs::write(elsewhere.path().join("links"), "theirs").expect("written");
    for name in ["graph-w-passages", "graph-w-passages.new", "graph-x-passages"] {
        symlink(elsewhere.path(), state_folder.folder.path().join(name)).expect("linked");
    }
    assert_eq!(shown(&state_folder.at("w", "one")), None);
    state_folder.at("w", "one").keep(&written("ours")).expect("kept");
    assert_eq!(shown(&state_folder.at("w", "one")).as_deref(), Some("ours"));
    clear(state_folder.folder.path(), None).expect("cleared");
    assert_eq!(fs::read_to_string(elsewhere.path().join("links")).expect("there"), "theirs");
}

#[test]
fn a_withdrawal_deletes_what_is_kept_and_stops_what_is_being_written() {
    let state_folder = Corner::new();
    let before = state_folder.at("w", "one");
    before.keep(&written("first")).expect("kept");
    let withdraws = |folder: &Path| {
        state_folder.graphs.forget(state_folder.folder.path())?;
        // The folder may be gone now.
        fs::create_dir_all(folder).and_then(|()| fs::write(folder.join("links"), "late")).expect("written");
        Ok(())
    };
    before.keep(&withdraws).expect("dropped");
    assert_eq!(fs::read_dir(state_folder.folder.path()).expect("a folder").count(), 1, "only the key is left");
    assert_eq!(shown(&before), None);
    state_folder.at("w2", "one").keep(&written("after")).expect("kept");
    clear(state_folder.folder.path(), Some(&path(state_folder.folder.path(), "w2"))).expect("cleared");
    assert_eq!(shown(&state_folder.at("w2", "one")).as_deref(), Some("after"));
}

#[test]
fn a_graph_that_fails_half_way_leaves_the_former() {
    let state_folder = Corner::new();
    state_folder.at("w", "one").keep(&written("first")).expect("kept");
    let fails = |folder: &Path| Err(Error::NoFile { path: folder.to_owned() });
    state_folder.at("w", "one").keep(&fails).expect_err("it fails");
    assert_eq!(shown(&state_folder.at("w", "one")).as_deref(), Some("first"));
    assert!(!state_folder.folder.path().join("graph-w-passages.new").exists());
}

#[test]
fn a_graph_of_vectors_is_read_again_and_a_damaged_one_is_made_anew() {
    let state_folder = Corner::new();
    let vectors: Vec<Vec<f32>> = (0..500).map(|at| (at as f32 / 100.0).sin_cos()).map(|(x, y)| vec![x, y]).collect();
    let index = || VectorIndex::graphed_at(Vector::pack(&vectors), state_folder.at("w", "one"));
    let first = index().nearest(&[0.6, 0.8], 5);
    let links = state_folder.kept().join("links.hnsw.graph");
    let whole = fs::read(&links).expect("kept");
    assert_eq!(index().nearest(&[0.6, 0.8], 5), first);
    assert_eq!(fs::read(&links).expect("kept"), whole, "what has not grown is not written again");
    for at in [0, 5, 100, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        fs::write(&links, damaged).expect("written");
        assert_eq!(index().nearest(&[0.6, 0.8], 5), first);
        assert!(state_folder.at("w", "one").is_taken(), "it is kept again");
    }
}
