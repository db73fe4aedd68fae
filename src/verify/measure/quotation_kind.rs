//! The kinds of quotations that are made, and whether the findings name what was done.

use crate::verify::differences::WordChange;
use crate::verify::finding::{CheckedQuotation, Dress, Finding};
use crate::verify::wording::Lost;

/// The kind of a made quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuotationKind {
    Sentence,
    Sentences,
    Clause,
    Elided,
    Inserted,
    OtherScript,
    OtherMarks,
    NegationDropped,
    NegationAdded,
    NumberChanged,
    ClauseNegationDropped,
    ClauseNegationAdded,
    ClauseNumberChanged,
    WordsSwapped,
    WordReplaced,
    SpeakersExchanged,
    UnknownSpeaker,
    Spliced,
    CutBeforeTurn,
    QuestionAsAnswer,
    Paraphrased,
}

/// All kinds, with their names in the figures.
pub(super) const KINDS: [(QuotationKind, &str); 21] = [
    (QuotationKind::Sentence, "a sentence, as it is"),
    (QuotationKind::Sentences, "two or three sentences, as they are"),
    (QuotationKind::Clause, "a clause, as it is"),
    (QuotationKind::Elided, "a sentence left out, with ……"),
    (QuotationKind::Inserted, "with an editor’s words in brackets"),
    (QuotationKind::OtherScript, "in the other script"),
    (QuotationKind::OtherMarks, "marks in another width"),
    (QuotationKind::NegationDropped, "a negation dropped"),
    (QuotationKind::NegationAdded, "a negation added"),
    (QuotationKind::NumberChanged, "a number changed"),
    (QuotationKind::ClauseNegationDropped, "a clause, its negation dropped"),
    (QuotationKind::ClauseNegationAdded, "a clause, a negation added"),
    (QuotationKind::ClauseNumberChanged, "a clause, its number changed"),
    (QuotationKind::WordsSwapped, "two words exchanged"),
    (QuotationKind::WordReplaced, "a word replaced"),
    (QuotationKind::SpeakersExchanged, "said by another speaker"),
    (QuotationKind::UnknownSpeaker, "said by nobody of the library"),
    (QuotationKind::Spliced, "spliced from two turns"),
    (QuotationKind::CutBeforeTurn, "cut before a 但是 or but"),
    (QuotationKind::QuestionAsAnswer, "a question quoted as an answer"),
    (QuotationKind::Paraphrased, "paraphrased"),
];

impl QuotationKind {
    /// Returns whether the quotation is what somebody says, in any form that an editor may give it.
    pub(super) fn is_honest(self) -> bool {
        matches!(
            self,
            Self::Sentence
                | Self::Sentences
                | Self::Clause
                | Self::Elided
                | Self::Inserted
                | Self::OtherScript
                | Self::OtherMarks
        )
    }

    /// Returns whether the words of a made quotation must be nobody's. The others alter the speaker or the place of a cut.
    pub(super) fn alters_words(self) -> bool {
        !self.is_honest()
            && !matches!(
                self,
                Self::SpeakersExchanged | Self::UnknownSpeaker | Self::CutBeforeTurn | Self::QuestionAsAnswer
            )
    }

    /// Returns whether the findings name what was done.
    pub(super) fn is_named(self, checked: &CheckedQuotation) -> bool {
        let any = |is: &dyn Fn(&Finding) -> bool| checked.findings.iter().any(is);
        let changed = |wanted: WordChange| {
            any(
                &|finding| matches!(finding, Finding::Close { differences, .. } if differences.first().is_some_and(|one| one.change == wanted)),
            )
        };
        let lost = |wanted: Lost| {
            any(&|finding| matches!(finding, Finding::Cut { lost, .. } if lost.iter().any(|one| one.what == wanted)))
        };
        let is_exact = |finding: &Finding| matches!(finding, Finding::Exact { .. });
        match self {
            Self::Sentence | Self::Sentences | Self::Clause | Self::Elided | Self::Inserted => any(&is_exact),
            Self::OtherScript => {
                any(&|finding| matches!(finding, Finding::Dressed { but_for, .. } if but_for.contains(&Dress::Script)))
            }
            Self::OtherMarks => any(
                &|finding| matches!(finding, Finding::Dressed { but_for, .. } if but_for.iter().all(|dress| matches!(dress, Dress::Width | Dress::Punctuation))),
            ),
            Self::NegationDropped | Self::ClauseNegationDropped => {
                changed(WordChange::Negation) || lost(Lost::Negation)
            }
            Self::NegationAdded | Self::ClauseNegationAdded => changed(WordChange::Negation),
            Self::NumberChanged | Self::ClauseNumberChanged => changed(WordChange::Number),
            Self::WordsSwapped | Self::WordReplaced => any(&|finding| matches!(finding, Finding::Close { .. })),
            Self::SpeakersExchanged => any(&|finding| matches!(finding, Finding::OtherSpeaker { .. })),
            Self::UnknownSpeaker => any(&|finding| matches!(finding, Finding::UnknownSpeaker { .. })),
            Self::Spliced => any(&|finding| matches!(finding, Finding::Spliced { .. })),
            Self::CutBeforeTurn => lost(Lost::Turn),
            Self::QuestionAsAnswer => any(&|finding| matches!(finding, Finding::OnlyAsked { .. })),
            Self::Paraphrased => {
                !checked.holds
                    && any(&|finding| {
                        matches!(finding, Finding::Close { .. } | Finding::NotFound { .. } | Finding::Spliced { .. })
                    })
            }
        }
    }
}
