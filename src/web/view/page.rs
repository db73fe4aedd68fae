//! The frame of every page: the words of the interface, assets, the script switch, and the language of
//! quoted words.

use super::highlight::Damage;
use crate::i18n::Messages;
use crate::retrieval::corpus::Corpus;
use crate::text::script::{Display, Script};
use crate::text::segment::is_chinese;
use crate::web::http::address::Address;
use crate::web::http::assets;

/// The frame of a page.
pub(crate) struct Page {
    pub(crate) text: &'static Messages,
    pub(crate) title: String,
    /// The script switch; empty if there is no Chinese to show.
    pub(crate) switch: Vec<ScriptLink>,
    /// The start page in the chosen script.
    pub(crate) home: String,
    /// The collection in the chosen script.
    pub(crate) collection: String,
}

/// One position of the script switch.
pub(crate) struct ScriptLink {
    pub(crate) sign: &'static str,
    pub(crate) name: &'static str,
    pub(crate) href: String,
    pub(crate) current: bool,
}

impl Page {
    /// Makes a page without a switch.
    pub(crate) fn new(text: &'static Messages, title: &str, address: &Address) -> Self {
        let title = if title.is_empty() { text.name.to_owned() } else { format!("{title} · {}", text.name) };
        let (home, collection) = (address.script_only().chat(), address.collection(&[]));
        Self { text, title, switch: Vec::new(), home, collection }
    }

    /// The address of a file of `web/static`.
    #[allow(clippy::unused_self, reason = "templates call it on the page that they have")]
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// The words about a damaged place.
    pub(crate) fn damage_note(&self, damage: &Damage) -> String {
        match damage {
            Damage { proved: true, received, .. } => (self.text.received_as)(received),
            Damage { changed: true, received, .. } => (self.text.likeliest_for)(received),
            _ => self.text.looks_damaged.to_owned(),
        }
    }

    /// The words of a damaged place with their explanation, for screen readers.
    pub(crate) fn damage_label(&self, words: &str, damage: &Damage) -> String {
        (self.text.turn.restored)(words, &self.damage_note(damage))
    }

    /// Returns the page with a switch for these scripts. `href` is the address of a choice.
    pub(crate) fn with_switch(
        mut self,
        chosen: Option<Display>,
        scripts: &[Script],
        href: impl Fn(Display) -> String,
    ) -> Self {
        if scripts.iter().all(|script| *script == Script::Neutral) {
            return self;
        }
        let mut defaults: Vec<Display> = scripts.iter().map(|script| script.default_display()).collect();
        defaults.dedup();
        // If the defaults differ, none is current until one is chosen.
        let current = chosen.or(if let [one] = defaults[..] { Some(one) } else { None });
        let displays = [Display::Original, Display::Simplified, Display::Traditional];
        self.switch = displays
            .into_iter()
            .zip(&self.text.scripts)
            .map(|(display, choice)| ScriptLink {
                sign: choice.sign,
                name: choice.name,
                href: href(display),
                current: current == Some(display),
            })
            .collect();
        self
    }
}

/// The scripts of all transcripts of a corpus.
pub(crate) fn scripts(corpus: &Corpus) -> Vec<Script> {
    corpus.transcripts.iter().map(|transcript| transcript.script).collect()
}

/// The script that a transcript is shown in.
pub(crate) fn display_of(script: Script, chosen: Option<Display>) -> Display {
    chosen.unwrap_or(script.default_display())
}

/// Returns the BCP 47 tag for displayed words of a transcript; empty if unknown, as in HTML.
pub(crate) fn lang_as_shown(words: &str, script: Script, display: Display) -> &'static str {
    if !words.chars().any(is_chinese) {
        return lang_of_letters(words);
    }
    match (display, script) {
        (Display::Simplified, _) | (Display::Original, Script::Simplified) => "zh-Hans",
        (Display::Traditional, _) | (Display::Original, Script::Traditional) => "zh-Hant",
        (Display::Original, Script::Mixed | Script::Neutral) => "zh",
    }
}

/// Returns the BCP 47 tag for words that a person typed.
pub(crate) fn lang_as_written(words: &str) -> &'static str {
    lang_as_shown(words, Script::of(words), Display::Original)
}

fn lang_of_letters(words: &str) -> &'static str {
    let mut letters = words.chars().filter(|c| c.is_alphabetic()).peekable();
    if letters.peek().is_some() && letters.all(|c| c.is_ascii()) { "en" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_carry_the_language_of_their_display() {
        assert_eq!(lang_as_shown("客服", Script::Mixed, Display::Simplified), "zh-Hans");
        assert_eq!(lang_as_shown("客服", Script::Mixed, Display::Original), "zh");
        assert_eq!(lang_as_shown("客服", Script::Traditional, Display::Original), "zh-Hant");
        assert_eq!(lang_as_shown("It’s fine.", Script::Neutral, Display::Original), "en");
        assert_eq!(lang_as_shown("Cómo está", Script::Neutral, Display::Original), "");
        assert_eq!(lang_as_written("什麼是人工客服?"), "zh-Hant");
        assert_eq!(lang_as_written("123"), "");
    }
}
