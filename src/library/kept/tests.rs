use super::*;
use crate::library::store::derived;
use crate::retrieval::vectors::Vector;

fn vectors(count: usize) -> Vec<Vector> {
    let vector = |at: usize| vec![(at as f32).cos(), (at as f32).sin(), (at as f32 * 0.37).cos()];
    Vector::pack(&(0..count).map(vector).collect::<Vec<Vec<f32>>>())
}

#[test]
fn a_graph_is_kept_between_starts_and_again_when_much_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let seal = RowSeal::in_file(&folder.path().join("key")).expect("a key");
    let open = || {
        let mut data = DerivedData::sealed_by(Some(seal.clone()));
        data.at(Some(derived::path(folder.path(), "0")));
        data
    };
    let (passages, none) = (VectorIndex::graphed(vectors(300)), VectorIndex::new(&[]));
    open().keep_graphs([&passages, &none]);
    let mut data = open();
    let [found, of_questions] = data.graphs();
    assert!(found.as_ref() == passages.graph() && of_questions.is_none());
    let bytes = || std::fs::read(derived::path(folder.path(), "0")).expect("the file");
    let before = bytes();
    data.keep_graphs([&passages, &none]);
    assert!(before == bytes(), "nothing has changed");
    let grown = VectorIndex::graphed(vectors(2_000));
    data.keep_graphs([&grown, &none]);
    assert!(open().graphs()[0].as_ref() == grown.graph());
}
