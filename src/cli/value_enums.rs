//! The values of options that are types of other modules: languages, scripts and file formats.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::export::ExportFormat;
use crate::i18n::DisplayLanguage;
use crate::text::script::Display;

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

impl ValueEnum for Display {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Original, Self::Simplified, Self::Traditional]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Original => "original",
            Self::Simplified => "simplified",
            Self::Traditional => "traditional",
        }))
    }
}

impl ValueEnum for ExportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Text, Self::Markdown, Self::Html, Self::Csv, Self::Docx, Self::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Json => "json",
        }))
    }
}
