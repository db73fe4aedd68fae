//! Provides one small interview to ask.

use std::sync::{Arc, LazyLock};

use yuanhua::library;
use yuanhua::retrieval::corpus::Corpus;
use yuanhua::retrieval::encoder::Encoder;
use yuanhua::transcript;

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let text = include_str!("../../../tests/fixtures/remote-work.txt");
    let (transcript, _) = transcript::read("known", text.as_bytes()).expect("an interview");
    let encoder = Arc::new(Encoder::built_in().expect("the built-in encoder loads"));
    library::build(vec![transcript], encoder).expect("it indexes")
});

pub fn corpus() -> &'static Corpus {
    &CORPUS
}
