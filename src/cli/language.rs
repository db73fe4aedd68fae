//! The option `--lang`: the language of the words around quotes.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::i18n::DisplayLanguage;

impl ValueEnum for DisplayLanguage {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let words = self.messages();
        let alias = Some(words.lang).filter(|tag| *tag != words.locale);
        Some(PossibleValue::new(words.locale).aliases(alias).help(words.own_name))
    }
}
