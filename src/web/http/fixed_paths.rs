//! Addresses that are answered before anybody is admitted: they tell no word of a transcript.

/// The address of the health check.
pub(crate) const HEALTH: &str = "/healthz";

/// The address of the readiness check.
pub(crate) const READY: &str = "/readyz";

/// The address of files without words of transcripts.
pub(crate) const STATIC: &str = "/static/";
