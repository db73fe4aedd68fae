//! The kinds of files that can be read, for the list where files are dropped.

use crate::i18n::Messages;
use crate::library::ENDINGS;

/// The endings of each kind. Other endings are those of annotated transcripts.
const KINDS: [&[&str]; 5] = [
    &["txt", "text", "md", "markdown"],
    &["docx", "odt", "pdf", "epub"],
    &["srt", "vtt", "sbv", "ass", "ssa", "ttml", "dfxp", "itt", "srv1", "srv2", "srv3", "json3"],
    &["csv", "tsv", "json", "jsonl", "ndjson", "xlsx", "ods"],
    &["html", "htm", "xhtml", "mhtml", "mht", "eml", "zip"],
];

/// A kind of files.
pub(crate) struct FormatFamily {
    pub(crate) name: &'static str,
    /// `.docx .odt`
    pub(crate) endings: String,
}

/// Returns all kinds of files that can be read.
pub(crate) fn kinds(text: &Messages) -> Vec<FormatFamily> {
    let dotted = |endings: Vec<&str>| endings.iter().map(|one| format!(".{one}")).collect::<Vec<_>>().join(" ");
    let named = KINDS.iter().map(|kind| kind.iter().filter(|one| ENDINGS.contains(one)).copied().collect());
    let others = ENDINGS.iter().filter(|one| !KINDS.iter().any(|kind| kind.contains(one))).copied().collect();
    let all = named.chain(std::iter::once(others));
    let kinds = text.desk.kinds.iter().zip(all).map(|(name, endings)| FormatFamily { name, endings: dotted(endings) });
    kinds.filter(|kind| !kind.endings.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::DisplayLanguage;

    #[test]
    fn every_ending_is_listed_once() {
        let all = kinds(DisplayLanguage::English.messages())
            .into_iter()
            .map(|kind| kind.endings)
            .collect::<Vec<_>>()
            .join(" ");
        for ending in ENDINGS {
            assert_eq!(all.split(' ').filter(|one| *one == format!(".{ending}")).count(), 1, "{ending}");
        }
    }
}
