//! The reader, a person or a program, and their language.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE};
use axum::http::request::Parts;

use crate::i18n::{DisplayLanguage, Messages};
use crate::text::script::Display;

/// The kind of reader, which decides the form of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// A person, who gets a page.
    Person,
    /// A program, which gets problem details (RFC 9457).
    Program,
    /// A chat client, which gets errors in the form of the `OpenAI` interface.
    ChatClient,
}

/// A person in front of the page, or a program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Locale {
    /// The interface in their language.
    pub(crate) text: &'static Messages,
    pub(crate) audience: Audience,
}

impl Locale {
    /// A person for each language of the interface.
    pub(crate) fn people() -> impl Iterator<Item = Self> {
        DisplayLanguage::ALL.iter().map(|language| Self { text: language.messages(), audience: Audience::Person })
    }

    /// The script that they read Chinese in, if their language shows it.
    pub(crate) fn script(self) -> Option<Display> {
        self.text.chinese_script
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Locale {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let wanted = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let language = wanted.and_then(preferred).unwrap_or(DisplayLanguage::English);
        Ok(Self { text: language.messages(), audience: Audience::of(parts) })
    }
}

impl Audience {
    fn of(parts: &Parts) -> Self {
        let path = parts.uri.path();
        if path.starts_with("/v1/") {
            return Self::ChatClient;
        }
        let accepts = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let wants_json = accepts.contains("json") && !accepts.contains("html");
        if path.starts_with("/api/") || path == "/mcp" || wants_json { Self::Program } else { Self::Person }
    }
}

/// Returns the first supported language of an `Accept-Language` header, by weight.
fn preferred(header: &str) -> Option<DisplayLanguage> {
    let mut wanted: Vec<(f32, &str)> = header
        .split(',')
        .map(|choice| {
            let mut parts = choice.split(';').map(str::trim);
            let language = parts.next().unwrap_or_default();
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse);
            (weight.unwrap_or(0.0), language)
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted.into_iter().find_map(|(_, tag)| DisplayLanguage::of_tag(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_first_language_it_can() {
        let spoken = |header| preferred(header).map(|language| language.messages().lang);
        assert_eq!(spoken("zh-CN,zh;q=0.9,en;q=0.8"), Some("zh-Hans"));
        assert_eq!(spoken("zh-TW"), Some("zh-Hant"));
        assert_eq!(spoken("zh-Hant-HK, en"), Some("zh-Hant"));
        assert_eq!(spoken("fr, en;q=0.3, zh;q=0.7"), Some("zh-Hans"));
        assert_eq!(spoken("zh;q=0, en-GB"), Some("en"));
        assert_eq!(spoken("fr, *"), None);
        assert_eq!(spoken("zh;q=many"), None);
    }
}
