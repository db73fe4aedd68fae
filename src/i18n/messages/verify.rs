//! The words about the quotations of a report.

/// The words about the quotations of a report.
#[derive(Debug)]
pub struct VerifyWords {
    /// The language as a BCP 47 tag.
    pub(crate) lang: &'static str,
    /// The title of a report.
    pub(crate) report_title: &'static str,
    /// The marks around the title of an interview.
    pub(crate) title_marks: [&'static str; 2],
    pub(crate) comma: &'static str,
    /// What stands between two sentences.
    pub(crate) between_sentences: &'static str,
    /// The marks around a few words of the source within a sentence.
    pub(crate) word_marks: [&'static str; 2],

    pub(crate) exact: &'static str,
    pub(crate) also: fn(usize) -> String,
    pub(crate) dressed: fn(&str) -> String,
    pub(crate) dress: DressWords,
    pub(crate) close: fn(&str) -> String,
    pub(crate) change: ChangeWords,
    pub(crate) negation_dropped: &'static str,
    pub(crate) negation_added: &'static str,
    pub(crate) cut: fn(&str) -> String,
    pub(crate) lost: CutLossWords,
    pub(crate) spliced: fn(usize) -> String,
    pub(crate) other_speaker: fn(named: &str, said_by: &str) -> String,
    pub(crate) unknown_speaker: fn(named: &str) -> String,
    pub(crate) said_by: fn(&str) -> String,
    pub(crate) names_nobody: &'static str,
    pub(crate) only_asked: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) nothing_near: &'static str,
    /// The heading of the passage that is nearest to a quotation that was not found.
    pub(crate) nearest: &'static str,
    pub(crate) as_received: &'static str,
    pub(crate) may_ask: &'static str,
    /// The notes on a permalink that does not lead to the quoted words.
    pub(crate) linked: PermalinkNotes,

    pub(crate) line: fn(usize) -> String,
    /// The place of a quotation in the report.
    pub(crate) at: fn(number: usize, line: usize) -> String,
    /// The heading of the report's words.
    pub(crate) report_says: &'static str,
    /// The heading of the source's words.
    pub(crate) source_says: &'static str,
    /// The text in place of words that one side lacks.
    pub(crate) nothing: &'static str,
    /// The label of the link to the source.
    pub(crate) read: &'static str,
    /// The sentence if nothing is quoted.
    pub(crate) none: &'static str,
    pub(crate) summary: fn(hold: usize, fail: usize, too_short: usize) -> String,
    pub(crate) searched: fn(transcripts: usize, questions: usize, answers: usize, not_yet: usize) -> String,

    // The page.
    /// The link in the bar of every page.
    pub(crate) short: &'static str,
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) paste: &'static str,
    pub(crate) file: &'static str,
    pub(crate) button: &'static str,
    pub(crate) more: fn(usize) -> String,
}

/// What may differ while the words are the same.
#[derive(Debug)]
pub(crate) struct DressWords {
    pub(crate) script: &'static str,
    pub(crate) width: &'static str,
    pub(crate) case: &'static str,
    pub(crate) punctuation: &'static str,
}

/// How words differ.
#[derive(Debug)]
pub(crate) struct ChangeWords {
    pub(crate) negation: &'static str,
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
    pub(crate) condition: &'static str,
    pub(crate) order: &'static str,
    pub(crate) words: &'static str,
    pub(crate) left_out: &'static str,
    pub(crate) added: &'static str,
    pub(crate) notation: &'static str,
}

/// What is lost where a quotation is cut.
#[derive(Debug)]
pub(crate) struct CutLossWords {
    pub(crate) negation: &'static str,
    pub(crate) turn: &'static str,
    pub(crate) condition: &'static str,
    pub(crate) question: &'static str,
}

/// The notes on a permalink that does not lead to the quoted words.
#[derive(Debug)]
pub(crate) struct PermalinkNotes {
    pub(crate) other_words: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) gone: &'static str,
}
