//! What a query means, as one vector.

use crate::error::Error;
use crate::retrieval::encoder::{Encoder, normalise};
use crate::text::script::View;
use crate::text::segment;

/// The unit vector of a query. One with numbers in characters stands halfway to itself in
/// digits: 零零后 is seldom written and so means little to an encoder, 00后 is what people write.
///
/// # Errors
/// When the encoder fails.
pub(super) fn vector(encoder: &Encoder, query: &str) -> Result<Vec<f32>, Error> {
    let mut vector = encoder.embed_one(query)?;
    let Some(in_digits) = segment::in_digits(View::folded(query).text()) else { return Ok(vector) };
    for (value, other) in vector.iter_mut().zip(encoder.embed_one(&in_digits)?) {
        *value += other;
    }
    normalise(&mut vector);
    Ok(vector)
}
