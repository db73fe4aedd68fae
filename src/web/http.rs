//! The HTTP layer, without any page: addresses, host and origin, tokens, bodies, limits, assets.

pub(crate) mod address;
pub(crate) mod admission;
pub(crate) mod assets;
pub(crate) mod body;
pub(crate) mod catch_up;
pub(crate) mod connections;
pub(crate) mod download;
pub(crate) mod fixed_paths;
pub(crate) mod gate;
pub(crate) mod host;
pub(crate) mod locale;
pub(crate) mod metrics;
pub(crate) mod origin;
pub(crate) mod parameters;
