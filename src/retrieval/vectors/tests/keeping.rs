//! A graph that is kept between starts.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::error::Error;

/// A place without a seal.
#[derive(Clone)]
struct GraphFolder(Arc<tempfile::TempDir>);

impl GraphFolder {
    fn new() -> Self {
        Self(Arc::new(tempfile::tempdir().expect("a folder")))
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("kept")
    }

    /// All that is kept, in one row of bytes.
    fn bytes(&self) -> Vec<u8> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(self.folder()).expect("kept").map(|entry| entry.expect("an entry").path()).collect();
        files.sort_unstable();
        files.iter().flat_map(|file| fs::read(file).expect("it is read")).collect()
    }

    fn index(&self, vectors: &[Vec<f32>]) -> VectorIndex {
        VectorIndex::graphed_at(Vector::pack(vectors), Arc::new(self.clone()))
    }
}

impl GraphPlace for GraphFolder {
    fn is_taken(&self) -> bool {
        self.folder().exists()
    }

    fn show(&self, read: &mut dyn FnMut(&Path) -> bool) {
        if self.is_taken() && !read(&self.folder()) {
            fs::remove_dir_all(self.folder()).expect("removed");
        }
    }

    fn keep(&self, fill: &dyn Fn(&Path) -> Result<(), Error>) -> Result<(), Error> {
        let fresh = self.0.path().join("fresh");
        fs::create_dir(&fresh).expect("made");
        fill(&fresh)?;
        let _ = fs::remove_dir_all(self.folder());
        fs::rename(&fresh, self.folder()).expect("moved");
        Ok(())
    }
}

/// The hashes in the kept files.
fn kept_hashes(graph: &GraphFolder) -> HashSet<u64> {
    let bytes = fs::read(graph.folder().join("hashes")).expect("kept");
    bytes.as_chunks().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect()
}

fn hashes(vectors: &[Vec<f32>]) -> HashSet<u64> {
    Vector::pack(vectors).iter().map(Vector::hash).collect()
}

#[test]
fn a_kept_graph_that_grows_finds_what_a_scan_finds() {
    let (vectors, queries) = (clusters(3_000, 48, 11), clusters(100, 48, 12));
    let graph = GraphFolder::new();
    graph.index(&vectors[..1_000]);
    let grown = graph.index(&vectors[..2_000]);
    assert!(recall(&grown, &scanned(&vectors[..2_000]), &queries) > 0.98);
    let again = graph.index(&vectors);
    assert!(recall(&again, &scanned(&vectors), &queries) > 0.98);
    assert_eq!(kept_hashes(&graph), hashes(&vectors));
}

#[test]
fn a_graph_is_not_written_for_a_small_change() {
    let vectors = clusters(1_200, 16, 13);
    let graph = GraphFolder::new();
    graph.index(&vectors[..1_000]);
    let before = graph.bytes();
    graph.index(&vectors[..1_000]);
    let now = graph.index(&vectors[..1_030]);
    assert!(graph.bytes() == before);
    assert_eq!(now.nearest(&vectors[1_020], 1)[0].0, 1_020, "what was added is found all the same");
    graph.index(&vectors);
    assert!(graph.bytes() != before);
}

#[test]
fn a_vector_that_is_gone_is_in_no_kept_graph_and_is_never_found() {
    let (vectors, queries) = (clusters(1_500, 32, 14), clusters(50, 32, 15));
    let graph = GraphFolder::new();
    graph.index(&vectors);
    let left = &vectors[500..];
    let now = graph.index(left);
    assert!(recall(&now, &scanned(left), &queries) > 0.98);
    for gone in &vectors[..500] {
        let found = now.nearest(gone, 5);
        assert!(found.len() == 5 && found.iter().all(|(_, cosine)| *cosine < 0.9999), "{found:?}");
    }
    assert_eq!(kept_hashes(&graph), hashes(left));
}

#[test]
fn a_kept_graph_holds_no_vector() {
    let vectors = clusters(300, 32, 16);
    let graph = GraphFolder::new();
    graph.index(&vectors);
    let kept = graph.bytes();
    let parts: HashSet<Vec<u8>> =
        Vector::pack(&vectors).iter().map(|v| v.high()[..8].iter().map(|x| x.cast_unsigned()).collect()).collect();
    assert!(kept.windows(8).all(|window| !parts.contains(window)));
    let numbers: HashSet<Vec<u8>> =
        vectors.iter().map(|v| v[..2].iter().flat_map(|x| x.to_le_bytes()).collect()).collect();
    assert!(kept.windows(8).all(|window| !numbers.contains(window)));
}

#[test]
fn a_graph_whose_files_are_missing_or_of_another_graph_is_made_again() {
    let vectors = clusters(400, 16, 17);
    let (graph, other) = (GraphFolder::new(), GraphFolder::new());
    other.index(&vectors[..200]);
    for file in ["hashes", "links.hnsw.graph", "links.hnsw.data"] {
        let first = graph.index(&vectors).nearest(&vectors[3], 5);
        fs::remove_file(graph.folder().join(file)).expect("removed");
        assert_eq!(graph.index(&vectors).nearest(&vectors[3], 5), first, "{file} is missing");
        assert_eq!(kept_hashes(&graph), hashes(&vectors));
        fs::copy(other.folder().join(file), graph.folder().join(file)).expect("copied");
        assert_eq!(graph.index(&vectors).nearest(&vectors[3], 5), first, "{file} is another's");
        assert_eq!(kept_hashes(&graph), hashes(&vectors));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_kept_graph_finds_what_it_found_before(count in 1..900_usize, width in 1..48_usize, seed: u64) {
        let vectors = clusters(count, width, seed);
        let graph = GraphFolder::new();
        let (before, after) = (graph.index(&vectors), graph.index(&vectors));
        for query in clusters(20, width, seed ^ 1) {
            let near = |index: &VectorIndex| {
                let mut near = index.graph.as_ref()?.get()?.near(&query, 10);
                near.sort_unstable();
                Some(near)
            };
            prop_assert_eq!(near(&after), near(&before));
            prop_assert_eq!(after.nearest(&query, count / MIN_COUNT_FOR_SCAN), before.nearest(&query, count / MIN_COUNT_FOR_SCAN));
        }
    }
}
