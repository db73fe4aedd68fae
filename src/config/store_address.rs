//! The address of a shared store. It holds a password, so it is never shown as it was typed.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The address of a shared store, `mysql://USER:PASSWORD@HOST:PORT/DATABASE`. Shown, it has no password.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreAddress(String);

impl StoreAddress {
    /// Returns the whole address, for the database client alone.
    pub(crate) fn with_password(&self) -> &str {
        &self.0
    }

    /// Returns the host, the port and the database, or `None` if they cannot be told from the password.
    pub(crate) fn place(&self) -> Option<&str> {
        let rest = self.0.strip_prefix("mysql://")?;
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        let place = place.split_once('?').map_or(place, |(place, _)| place);
        (place.matches('/').count() == 1).then_some(place)
    }
}

impl FromStr for StoreAddress {
    type Err = Infallible;

    /// Takes every text. An error of the command line would show what was typed, so the text is checked later.
    fn from_str(typed: &str) -> Result<Self, Infallible> {
        Ok(Self(typed.to_owned()))
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mysql://{}", self.place().unwrap_or("…"))
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_shows_its_password() {
        let shown = |typed: &str| {
            let Ok(address) = typed.parse::<StoreAddress>();
            format!("{address} {address:?}")
        };
        for typed in [
            "mysql://me:s3cret@db:2881/interviews",
            "mysql://me:s3@cret@db:2881/interviews",
            "mysql://me:s3/cret@db/x/y",
            "mysql:/me:s3cret@db:2881/interviews",
            "me:s3cret@db",
            "mysql://db/interviews?password=s3cret",
        ] {
            assert!(!shown(typed).contains("s3") && !shown(typed).contains("cret"), "{}", shown(typed));
        }
        assert!(shown("mysql://me:s3cret@db:2881/interviews").starts_with("mysql://db:2881/interviews "));
    }
}
