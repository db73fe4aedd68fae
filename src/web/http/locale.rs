//! The reader, a person or a program, and their language.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE};
use axum::http::request::Parts;

use crate::text::script::Display;
use crate::web::i18n::Text;
use crate::web::i18n::en;
use crate::web::i18n::zh_hans;
use crate::web::i18n::zh_hant;

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
    pub(crate) text: &'static Text,
    pub(crate) audience: Audience,
}

impl Locale {
    /// A person for each language of the interface.
    pub(crate) fn people() -> [Self; 3] {
        [&en::EN, &zh_hans::ZH_HANS, &zh_hant::ZH_HANT].map(|text| Self { text, audience: Audience::Person })
    }

    /// The script that they read Chinese in, if their language shows it.
    pub(crate) fn script(self) -> Option<Display> {
        match self.text.lang {
            "zh-Hant" => Some(Display::Traditional),
            "zh-Hans" => Some(Display::Simplified),
            _ => None,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Locale {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let wanted = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self { text: wanted.and_then(preferred).unwrap_or(&en::EN), audience: Audience::of(parts) })
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
fn preferred(header: &str) -> Option<&'static Text> {
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
    wanted.into_iter().find_map(|(_, language)| spoken(language))
}

fn spoken(language: &str) -> Option<&'static Text> {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split('-');
    match parts.next()? {
        "en" => Some(&en::EN),
        "zh" if parts.any(|part| ["hant", "tw", "hk", "mo"].contains(&part)) => Some(&zh_hant::ZH_HANT),
        "zh" => Some(&zh_hans::ZH_HANS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_first_language_it_can() {
        let spoken = |header| preferred(header).map(|text| text.lang);
        assert_eq!(spoken("zh-CN,zh;q=0.9,en;q=0.8"), Some("zh-Hans"));
        assert_eq!(spoken("zh-TW"), Some("zh-Hant"));
        assert_eq!(spoken("zh-Hant-HK, en"), Some("zh-Hant"));
        assert_eq!(spoken("fr, en;q=0.3, zh;q=0.7"), Some("zh-Hans"));
        assert_eq!(spoken("zh;q=0, en-GB"), Some("en"));
        assert_eq!(spoken("fr, *"), None);
        assert_eq!(spoken("zh;q=many"), None);
    }
}
