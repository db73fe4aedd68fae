//! Patterns (regular expressions) that are constants of the program. Each is compiled at its first use.

use regex::Regex;

/// Declares patterns as `LazyLock<Regex>`. A test of the same module compiles all of them, so none fails on a user's
/// machine. A module declares its patterns in one place.
macro_rules! patterns {
    ($($(#[$attribute:meta])* $name:ident = $pattern:expr;)*) => {
        $(
            $(#[$attribute])*
            static $name: std::sync::LazyLock<regex::Regex> =
                std::sync::LazyLock::new(|| $crate::text::pattern::compiled($pattern));
        )*

        #[cfg(test)]
        #[test]
        fn every_pattern_compiles() {
            $(std::sync::LazyLock::force(&$name);)*
        }
    };
}
pub(crate) use patterns;

/// Compiles a pattern that is a constant.
pub(crate) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}
