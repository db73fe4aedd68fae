//! Passages and queries → unit vectors. The only room that names `fastembed`
//! or `ort`.

use std::sync::Mutex;

use fastembed::{InitOptionsUserDefined, Pooling, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};

use crate::error::Error;
use crate::hash::sha256_hex;
use crate::script::View;

/// The built-in encoder, part of the binary.
static MODEL: &[u8] = include_bytes!("../models/model.onnx");
static TOKENIZER: &[u8] = include_bytes!("../models/tokenizer.json");
static CONFIG: &[u8] = include_bytes!("../models/config.json");
static SPECIAL_TOKENS: &[u8] = include_bytes!("../models/special_tokens_map.json");
static TOKENIZER_CONFIG: &[u8] = include_bytes!("../models/tokenizer_config.json");

/// Longer passages are cut here, in tokens.
const MAX_TOKENS: usize = 512;
/// Passages per run of the model.
const BATCH: usize = 4;

/// A loaded encoder. Shared by all threads; one text is encoded at a time.
pub struct Encoder {
    // fastembed asks for exclusive use while it encodes.
    model: Mutex<TextEmbedding>,
    fingerprint: String,
}

impl Encoder {
    /// Loads the encoder that is built into the binary.
    ///
    /// # Errors
    /// When the model cannot be run here.
    pub fn built_in() -> Result<Self, Error> {
        runtime::start()?;
        let files = TokenizerFiles {
            tokenizer_file: TOKENIZER.to_vec(),
            config_file: CONFIG.to_vec(),
            special_tokens_map_file: SPECIAL_TOKENS.to_vec(),
            tokenizer_config_file: TOKENIZER_CONFIG.to_vec(),
        };
        let model = UserDefinedEmbeddingModel::new(MODEL.to_vec(), files).with_pooling(Pooling::Mean);
        let options = InitOptionsUserDefined::new().with_max_length(MAX_TOKENS);
        let model = TextEmbedding::try_new_from_user_defined(model, options).map_err(failed)?;
        Ok(Self { model: Mutex::new(model), fingerprint: sha256_hex(&[MODEL, TOKENIZER])[..16].to_owned() })
    }

    /// A name for this encoder's vector space: vectors of two must never meet.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// One unit vector per text, in order. Texts in any script, width and case.
    ///
    /// # Errors
    /// When the model fails to run.
    pub fn embed<T: AsRef<str>>(&self, texts: &[T]) -> Result<Vec<Vec<f32>>, Error> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let folded: Vec<String> = texts.iter().map(|text| View::folded(text.as_ref()).into_text()).collect();
        // A panic elsewhere leaves the model as usable as before.
        let mut model = self.model.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // A batch is padded to its longest text: like with like wastes least.
        let mut order: Vec<usize> = (0..folded.len()).collect();
        order.sort_by_key(|i| folded[*i].len());
        let sorted: Vec<&str> = order.iter().map(|i| folded[*i].as_str()).collect();
        let mut vectors = vec![Vec::new(); folded.len()];
        for (i, mut vector) in order.into_iter().zip(model.embed(&sorted, Some(BATCH)).map_err(failed)?) {
            normalise(&mut vector);
            vectors[i] = vector;
        }
        Ok(vectors)
    }

    /// The unit vector of one text.
    ///
    /// # Errors
    /// When the model fails to run.
    pub fn embed_one(&self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(&[text])?.pop().ok_or_else(|| Error::Encoder("no vector came back".into()))
    }
}

/// The pure-Rust runtime, with the one call that this ort makes and it lacks.
#[cfg(feature = "built-in-runtime")]
mod runtime {
    use std::ffi::c_char;
    use std::sync::Once;

    use ort::sys::{OrtApi, OrtStatusPtr, OrtTensorTypeAndShapeInfo};

    use crate::error::Error;

    static START: Once = Once::new();

    #[expect(clippy::unnecessary_wraps, reason = "the other runtime can fail to start")]
    pub(super) fn start() -> Result<(), Error> {
        START.call_once(|| {
            let api = OrtApi { SetSymbolicDimensions: set_symbolic_dimensions, ..ort_tract::api() };
            // False only when a backend was set before; then that one is used.
            let _ = ort::set_api(api);
        });
        Ok(())
    }

    /// fastembed turns on ort's `api-24`, with which ort describes the inputs of
    /// a session once more for its model editor and panics where the names of
    /// dimensions cannot be set. Nothing reads them here.
    extern "system" fn set_symbolic_dimensions(
        _info: *mut OrtTensorTypeAndShapeInfo,
        _names: *mut *const c_char,
        _count: usize,
    ) -> OrtStatusPtr {
        OrtStatusPtr::default()
    }
}

/// An ONNX Runtime library of the user's own.
#[cfg(all(feature = "ort-load-dynamic", not(feature = "built-in-runtime")))]
mod runtime {
    use crate::error::Error;

    pub(super) fn start() -> Result<(), Error> {
        let path = std::env::var_os("ORT_DYLIB_PATH")
            .ok_or_else(|| Error::Encoder("ORT_DYLIB_PATH names no ONNX Runtime library".into()))?;
        let runtime = ort::init_from(path).map_err(|error| Error::Encoder(error.to_string()))?;
        // False only when it was started before.
        runtime.commit();
        Ok(())
    }
}

#[cfg(not(any(feature = "built-in-runtime", feature = "ort-load-dynamic")))]
compile_error!("the encoder needs a runtime: enable the feature built-in-runtime or ort-load-dynamic");

#[expect(clippy::needless_pass_by_value, reason = "shaped for map_err")]
fn failed(error: fastembed::Error) -> Error {
    Error::Encoder(error.to_string())
}

/// To length one; a text without a known token stays at the origin, near to nothing.
fn normalise(vector: &mut [f32]) {
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
