//! The chosen encoder, and the prefixes of its texts.

use std::path::{Path, PathBuf};

use fastembed::{EmbeddingModel, TextEmbedding};

use crate::error::Error;

/// An encoder to load.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum EncoderChoice {
    /// The encoder in the binary.
    #[default]
    BuiltIn,
    /// An encoder of fastembed's catalogue, fetched on first use.
    Catalogue(EmbeddingModel),
    /// A folder with `model.onnx` and `tokenizer.json`.
    Folder(PathBuf),
}

impl EncoderChoice {
    /// Reads `built-in`, a name of the catalogue, or a folder.
    ///
    /// # Errors
    /// [`Error::UnknownEncoder`] when the name is none of them.
    pub fn read(name: &str) -> Result<Self, Error> {
        if name.eq_ignore_ascii_case("built-in") {
            return Ok(Self::BuiltIn);
        }
        if Path::new(name).is_dir() || name.contains(['/', '\\']) {
            return Ok(Self::Folder(PathBuf::from(name)));
        }
        let asked = squeezed(name);
        let mut models = TextEmbedding::list_supported_models();
        // A model and its smaller copy may share a repository. The plain name means the model.
        models.sort_by_key(|info| own_name(&info.model).len());
        let own = models.iter().find(|info| squeezed(&own_name(&info.model)) == asked);
        own.or_else(|| models.iter().find(|info| squeezed(short(&info.model_code)) == asked))
            .map(|info| Self::Catalogue(info.model.clone()))
            .ok_or_else(|| Error::UnknownEncoder { name: name.to_owned(), known: names().join(", ") })
    }
}

/// fastembed's name for a model: `BGESmallZHV15`.
fn own_name(model: &EmbeddingModel) -> String {
    format!("{model:?}")
}

/// The names of the catalogue, as people write them.
fn names() -> Vec<String> {
    let mut names: Vec<String> =
        TextEmbedding::list_supported_models().iter().map(|info| short(&info.model_code).to_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// `Xenova/bge-small-zh-v1.5` → `bge-small-zh-v1.5`
pub(super) fn short(code: &str) -> &str {
    code.rsplit('/').next().unwrap_or(code)
}

/// Keeps letters and digits only. `bge-small-zh-v1.5`, `BGESmallZHV15` and `bge_small_zh_v15` become
/// equal.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text that an encoder expects before a query or a passage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Prefixes {
    pub(super) query: String,
    pub(super) passage: String,
}

#[cfg(feature = "catalogue")]
impl Prefixes {
    fn new(query: &str, passage: &str) -> Self {
        Self { query: query.to_owned(), passage: passage.to_owned() }
    }

    /// The prefixes with which a catalogue model was trained, from its model card.
    pub(super) fn of(model: &EmbeddingModel) -> Self {
        use EmbeddingModel as M;
        const SEARCH: &str = "Represent this sentence for searching relevant passages: ";
        match model {
            M::MultilingualE5Small | M::MultilingualE5Base | M::MultilingualE5Large => {
                Self::new("query: ", "passage: ")
            }
            M::BGESmallZHV15 | M::BGELargeZHV15 => Self::new("为这个句子生成表示以用于检索相关文章：", ""),
            M::BGESmallENV15
            | M::BGESmallENV15Q
            | M::BGEBaseENV15
            | M::BGEBaseENV15Q
            | M::BGELargeENV15
            | M::BGELargeENV15Q
            | M::MxbaiEmbedLargeV1
            | M::MxbaiEmbedLargeV1Q
            | M::SnowflakeArcticEmbedXS
            | M::SnowflakeArcticEmbedXSQ
            | M::SnowflakeArcticEmbedS
            | M::SnowflakeArcticEmbedSQ
            | M::SnowflakeArcticEmbedM
            | M::SnowflakeArcticEmbedMQ
            | M::SnowflakeArcticEmbedMLong
            | M::SnowflakeArcticEmbedMLongQ
            | M::SnowflakeArcticEmbedL
            | M::SnowflakeArcticEmbedLQ => Self::new(SEARCH, ""),
            M::NomicEmbedTextV1 | M::NomicEmbedTextV15 | M::NomicEmbedTextV15Q | M::ModernBertEmbedLarge => {
                Self::new("search_query: ", "search_document: ")
            }
            M::EmbeddingGemma300M | M::EmbeddingGemma300MQ | M::EmbeddingGemma300MQ4 => {
                Self::new("task: search result | query: ", "title: none | text: ")
            }
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogue_model_is_known_by_any_spelling_of_its_name() {
        for name in ["bge-small-zh-v1.5", "BGESmallZHV15", "BGE-Small-ZH-v1.5"] {
            assert_eq!(
                EncoderChoice::read(name).expect("known"),
                EncoderChoice::Catalogue(EmbeddingModel::BGESmallZHV15),
                "{name}"
            );
        }
        let e5 = EncoderChoice::read("multilingual-e5-small").expect("known");
        assert_eq!(e5, EncoderChoice::Catalogue(EmbeddingModel::MultilingualE5Small));
    }

    #[test]
    fn every_model_of_the_catalogue_has_a_name_that_finds_it() {
        for info in TextEmbedding::list_supported_models() {
            assert!(
                matches!(EncoderChoice::read(short(&info.model_code)), Ok(EncoderChoice::Catalogue(_))),
                "{}",
                info.model_code
            );
            assert_eq!(
                EncoderChoice::read(&format!("{:?}", info.model)).expect("known"),
                EncoderChoice::Catalogue(info.model)
            );
        }
    }

    #[test]
    fn a_path_is_a_folder_and_another_word_is_refused_with_what_there_is() {
        assert_eq!(EncoderChoice::read("./model").expect("a path"), EncoderChoice::Folder(PathBuf::from("./model")));
        assert_eq!(EncoderChoice::read("built-in").expect("known"), EncoderChoice::BuiltIn);
        let refused = EncoderChoice::read("gpt").expect_err("no such encoder").to_string();
        assert!(refused.contains("“gpt”") && refused.contains("multilingual-e5-small"), "{refused}");
    }

    #[cfg(feature = "catalogue")]
    #[test]
    fn models_trained_with_prefixes_get_them() {
        assert_eq!(Prefixes::of(&EmbeddingModel::MultilingualE5Small), Prefixes::new("query: ", "passage: "));
        assert_eq!(Prefixes::of(&EmbeddingModel::AllMiniLML6V2), Prefixes::default());
    }
}
