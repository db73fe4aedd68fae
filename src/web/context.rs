//! What every page is made of.

use crate::i18n::Messages;
use crate::retrieval::corpus::Corpus;
use crate::web::http::address::Address;

/// A snapshot of the interviews, shown in the words of one language at one address.
#[derive(Clone, Copy)]
pub(super) struct PageContext<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) text: &'static Messages,
    pub(super) address: &'a Address,
}
