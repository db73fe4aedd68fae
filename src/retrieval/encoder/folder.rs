//! An encoder in a folder with the layout of sentence-transformers. Required are `model.onnx` (or
//! `onnx/model.onnx`) and `tokenizer.json`. Optional are `config.json`, `tokenizer_config.json`,
//! `special_tokens_map.json`, `1_Pooling/config.json` and the prompts of
//! `config_sentence_transformers.json`.

use std::fs;
use std::path::Path;

use fastembed::{Pooling, TokenizerFiles};
use serde_json::Value;

use super::choice::Prefixes;
use crate::error::Error;

/// The files of the folder.
#[derive(Clone)]
pub(super) struct Files {
    pub(super) model: Vec<u8>,
    pub(super) tokenizer: TokenizerFiles,
    pub(super) pooling: Pooling,
    pub(super) prefixes: Prefixes,
}

/// Reads the folder.
///
/// # Errors
/// [`Error::EncoderFolder`] when a required file is missing or malformed.
pub(super) fn read(folder: &Path) -> Result<Files, Error> {
    let refuse = |reason: String| Error::EncoderFolder { folder: folder.to_owned(), reason };
    if !folder.is_dir() {
        return Err(refuse("there is no such folder".into()));
    }
    let model = [folder.join("model.onnx"), folder.join("onnx").join("model.onnx")]
        .into_iter()
        .find(|path| path.is_file())
        .ok_or_else(|| refuse("it has no model.onnx".into()))?;
    if model.with_extension("onnx_data").exists() {
        return Err(refuse("its weights are in a second file, model.onnx_data; export it as one file".into()));
    }
    let tokenizer = folder.join("tokenizer.json");
    if !tokenizer.is_file() {
        return Err(refuse("it has no tokenizer.json".into()));
    }
    let config = optional(&folder.join("config.json"), refuse)?;
    let mut tokenizer_config = optional(&folder.join("tokenizer_config.json"), refuse)?;
    complete(&mut tokenizer_config, &config);
    let special_tokens = optional(&folder.join("special_tokens_map.json"), refuse)?;
    let pooling = optional(&folder.join("1_Pooling").join("config.json"), refuse)?;
    let prompts = optional(&folder.join("config_sentence_transformers.json"), refuse)?;
    let prompt =
        |names: &[&str]| names.iter().find_map(|name| prompts["prompts"][name].as_str()).unwrap_or_default().to_owned();
    Ok(Files {
        model: bytes(&model)?,
        tokenizer: TokenizerFiles {
            tokenizer_file: bytes(&tokenizer)?,
            config_file: config.to_string().into_bytes(),
            special_tokens_map_file: special_tokens.to_string().into_bytes(),
            tokenizer_config_file: tokenizer_config.to_string().into_bytes(),
        },
        pooling: if pooling["pooling_mode_cls_token"] == true { Pooling::Cls } else { Pooling::Mean },
        prefixes: Prefixes { query: prompt(&["query"]), passage: prompt(&["passage", "document"]) },
    })
}

/// Adds two fields that fastembed requires and many folders leave out.
fn complete(tokenizer_config: &mut Value, config: &Value) {
    if let Some(fields) = tokenizer_config.as_object_mut() {
        let longest = config["max_position_embeddings"].as_u64().unwrap_or(512);
        if !fields.get("model_max_length").is_some_and(Value::is_number) {
            fields.insert("model_max_length".into(), longest.into());
        }
        let named = |token: &Value| token.is_string() || token["content"].is_string();
        if !fields.get("pad_token").is_some_and(named) {
            fields.insert("pad_token".into(), "[PAD]".into());
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}

/// Reads a JSON object. A missing file gives an empty one.
fn optional(path: &Path, refuse: impl Fn(String) -> Error) -> Result<Value, Error> {
    if !path.is_file() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    match serde_json::from_slice(&bytes(path)?) {
        Ok(value @ Value::Object(_)) => Ok(value),
        _ => Err(refuse(format!("{} is no JSON object", path.display()))),
    }
}
