//! Passages and queries → unit vectors. Only this module names `fastembed` and `ort`.

#[cfg(feature = "catalogue")]
mod catalogue;
mod choice;
mod folder;
mod judge;
mod onnx_file;
mod provisional;
mod runtime;
mod scale;
mod sessions;
mod static_table;

use std::path::Path;

use fastembed::{InitOptionsUserDefined, Pooling, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};
use rayon::prelude::*;

pub use choice::EncoderChoice;
pub use judge::{Judge, JudgePassage, Memory};

use crate::error::Error;
use crate::hash::sha256_hex;
use crate::text::script::{Display, View};
use choice::Prefixes;
use folder::Files;
use provisional::ProvisionalForm;
use scale::{Landmarks, PAIRS, Scale};
use sessions::{MAX_TOKENS, Sessions};

/// The built-in encoder, part of the binary.
static MODEL: &[u8] = include_bytes!("../../models/model.onnx");
static TOKENIZER: &[u8] = include_bytes!("../../models/tokenizer.json");
static CONFIG: &[u8] = include_bytes!("../../models/config.json");
static SPECIAL_TOKENS: &[u8] = include_bytes!("../../models/special_tokens_map.json");
static TOKENIZER_CONFIG: &[u8] = include_bytes!("../../models/tokenizer_config.json");

/// Texts that are cut into tokens together.
const CUT_TOGETHER: usize = 256;

/// A loaded encoder, shared by all threads.
pub struct Encoder {
    sessions: Sessions,
    fingerprint: String,
    prefixes: Prefixes,
    folds: Folds,
    scale: Scale,
    provisional: ProvisionalForm,
}

/// The folding that an encoder expects.
#[derive(Debug, Clone, Copy)]
enum Folds {
    /// Simplified, one width, lower case: ours.
    All,
    /// Simplified, otherwise as written. Other encoders may distinguish case.
    Script,
}

impl Encoder {
    /// Loads the encoder that is built into the binary.
    ///
    /// # Errors
    /// If the model cannot be run here.
    pub fn built_in() -> Result<Self, Error> {
        runtime::start()?;
        let load = || {
            let tokenizer = TokenizerFiles {
                tokenizer_file: TOKENIZER.to_vec(),
                config_file: CONFIG.to_vec(),
                special_tokens_map_file: SPECIAL_TOKENS.to_vec(),
                tokenizer_config_file: TOKENIZER_CONFIG.to_vec(),
            };
            from_bytes(MODEL.to_vec(), tokenizer, Pooling::Mean)
        };
        Ok(Self {
            sessions: Sessions::start(load, false)?,
            fingerprint: fingerprint(&sha256_hex(&[MODEL, TOKENIZER])),
            prefixes: Prefixes::default(),
            folds: Folds::All,
            scale: Scale::SAME,
            provisional: ProvisionalForm::built_in(MODEL),
        })
    }

    /// Loads the chosen encoder. Catalogue models are kept in the folder `fetched`. A missing one is
    /// fetched from `endpoint`, or from the usual hub.
    ///
    /// # Errors
    /// If it cannot be downloaded, read or run. Each error says what to do.
    pub fn open(choice: &EncoderChoice, fetched: &Path, endpoint: Option<String>) -> Result<Self, Error> {
        match choice {
            EncoderChoice::BuiltIn => Self::built_in(),
            EncoderChoice::Folder(folder) => Self::in_folder(folder),
            #[cfg(feature = "catalogue")]
            EncoderChoice::Catalogue(model) => {
                runtime::start()?;
                let kept = catalogue::CachedModel::new(model.clone(), fetched, endpoint)?;
                kept.fetch()?;
                let print = kept.fingerprint()?;
                // Models that scale their numbers by the batch must not see one.
                let one_by_one = TextEmbedding::get_quantization_mode(model) == fastembed::QuantizationMode::Dynamic;
                Self::other(Sessions::start(move || kept.load(), one_by_one)?, &print, Prefixes::of(model))
            }
            #[cfg(not(feature = "catalogue"))]
            EncoderChoice::Catalogue(_) => {
                let _ = (fetched, endpoint);
                Err(Error::Encoder("this yuanhua was built without the catalogue (feature `catalogue`)".into()))
            }
        }
    }

    fn in_folder(folder: &Path) -> Result<Self, Error> {
        runtime::start()?;
        let Files { model, tokenizer, pooling, prefixes } = folder::read(folder)?;
        let print = sha256_hex(&[&model, &tokenizer.tokenizer_file]);
        let refused = folder.to_owned();
        let load = move || {
            from_bytes(model.clone(), tokenizer.clone(), pooling.clone())
                .map_err(|error| Error::EncoderFolder { folder: refused.clone(), reason: error.to_string() })
        };
        Self::other(Sessions::start(load, false)?, &print, prefixes)
    }

    /// An encoder other than the built-in one. Its cosines are converted to our scale.
    fn other(sessions: Sessions, print: &str, prefixes: Prefixes) -> Result<Self, Error> {
        // Other prefixes or another folding give other vectors.
        let fingerprint = fingerprint(&sha256_hex(&[
            print.as_bytes(),
            prefixes.query.as_bytes(),
            b"\n",
            prefixes.passage.as_bytes(),
            b"script",
        ]));
        let (folds, scale, provisional) = (Folds::Script, Scale::SAME, ProvisionalForm::Nothing { width: 0 });
        let mut encoder = Self { sessions, fingerprint, prefixes, folds, scale, provisional };
        encoder.provisional = ProvisionalForm::Nothing { width: encoder.embed_one(PAIRS[0].0)?.len() };
        let landmarks = encoder.landmarks()?;
        if let Some(scale) = landmarks.to_built_in() {
            encoder.scale = scale;
        } else {
            tracing::warn!("this encoder hardly tells related from unrelated texts; its scores mean little");
        }
        Ok(encoder)
    }

    /// The name of this encoder's vector space. Vectors of two spaces must never mix.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// A cosine on the scale of the built-in encoder. The scores are fit on that scale.
    pub fn comparable(&self, cosine: f32) -> f32 {
        self.scale.of(cosine)
    }

    /// One unit vector per passage, in order. The texts may have any script, width and case.
    ///
    /// # Errors
    /// If the model fails to run.
    pub fn embed<T: AsRef<str>>(&self, texts: &[T]) -> Result<Vec<Vec<f32>>, Error> {
        let prepared: Vec<String> =
            texts.iter().map(|text| self.prepared(&self.prefixes.passage, text.as_ref())).collect();
        // A batch is padded to its longest text, so texts of similar length go together.
        let mut order: Vec<usize> = (0..prepared.len()).collect();
        order.sort_by_key(|i| prepared[*i].len());
        let sorted: Vec<&str> = order.iter().map(|i| prepared[*i].as_str()).collect();
        let mut vectors = vec![Vec::new(); prepared.len()];
        for (i, mut vector) in order.into_iter().zip(self.sessions.embed(&sorted)?) {
            normalise(&mut vector);
            vectors[i] = vector;
        }
        Ok(vectors)
    }

    /// One provisional vector per passage, in order. They must never be kept as if they were those of [`Encoder::embed`].
    ///
    /// # Errors
    /// If a text cannot be cut into tokens.
    pub fn embed_provisionally<T: AsRef<str> + Sync>(&self, texts: &[T]) -> Result<Vec<Vec<f32>>, Error> {
        let mut vectors = Vec::with_capacity(texts.len());
        for some in texts.chunks(CUT_TOGETHER) {
            let some: Vec<String> =
                some.par_iter().map(|text| self.prepared(&self.prefixes.passage, text.as_ref())).collect();
            let tokens = self.sessions.tokens(&some)?;
            vectors.par_extend(tokens.par_iter().map(|tokens| self.provisional.vector(tokens)));
        }
        Ok(vectors)
    }

    /// The unit vector of a query.
    ///
    /// # Errors
    /// If the model fails to run.
    pub fn embed_one(&self, query: &str) -> Result<Vec<f32>, Error> {
        let prepared = self.prepared(&self.prefixes.query, query);
        let mut vector =
            self.sessions.embed(&[&prepared])?.pop().ok_or_else(|| Error::Encoder("no vector came back".into()))?;
        normalise(&mut vector);
        Ok(vector)
    }

    /// Measures the encoder on the pairs of [`scale`].
    fn landmarks(&self) -> Result<Landmarks, Error> {
        let queries = PAIRS.iter().map(|(query, _)| self.embed_one(query)).collect::<Result<Vec<_>, _>>()?;
        let passages = self.embed(&PAIRS.map(|(_, passage)| passage))?;
        Ok(Landmarks::of(&queries, &passages))
    }

    fn prepared(&self, prefix: &str, text: &str) -> String {
        match self.folds {
            Folds::All => View::folded(text).into_text(),
            Folds::Script => format!("{prefix}{}", View::new(text, Display::Simplified).text()),
        }
    }
}

fn from_bytes(model: Vec<u8>, tokenizer: TokenizerFiles, pooling: Pooling) -> Result<TextEmbedding, Error> {
    let model = UserDefinedEmbeddingModel::new(model, tokenizer).with_pooling(pooling);
    let options = InitOptionsUserDefined::new().with_max_length(MAX_TOKENS);
    TextEmbedding::try_new_from_user_defined(model, options).map_err(|error| Error::Encoder(error.to_string()))
}

/// This is short enough to read, and long enough to be unique.
fn fingerprint(sha256: &str) -> String {
    sha256.chars().take(16).collect()
}

/// Scales a vector to length one. A text without a known token stays at the origin, near nothing.
pub(crate) fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length.is_finite() && length > f32::EPSILON {
        for x in vector.iter_mut() {
            *x /= length;
        }
    } else {
        vector.fill(0.0);
    }
}

#[cfg(test)]
mod tests;
