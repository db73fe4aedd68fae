//! Reads the objects of a PDF: dictionaries, numbers, names.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

/// The dictionary that `object` is or refers to.
pub(super) fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a lopdf::Dictionary> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_dict().ok().or_else(|| object.as_stream().ok().map(|stream| &stream.dict))
}

/// A number, whole or not.
pub(super) fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

pub(super) type ByName<T> = BTreeMap<Vec<u8>, T>;
