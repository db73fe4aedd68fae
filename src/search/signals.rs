//! The signals of an answer for a query. A score is computed from them alone.

use serde::Serialize;
use utoipa::ToSchema;

/// The signals of an answer for a query. The words of the query count in all forms, with translations and synonyms.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct Signals {
    /// The cosine of the query and the nearest passage.
    pub meaning: f32,
    /// The mean cosine of the query and the nearest three passages.
    pub near: f32,
    /// `meaning` minus the cosine of the query and the whole transcript. A short transcript counts with the usual cosine.
    pub above: f32,
    /// The cosine of the query and the interview question.
    pub question: f32,
    /// The BM25 of the answer and its question for the query's words, characters and character pairs, as a share of the
    /// most that a text could get.
    pub words: f32,
    /// The same for the passage.
    pub passage_words: f32,
    /// The share of the query's words in the passage, weighted by rarity.
    pub passage_held: f32,
    /// The same share in the answer and its question.
    pub held: f32,
    /// How much the answer or its question holds the rarest of them, 0 to 1.
    pub rarest: f32,
    /// The rarity of the rarest word that neither of them holds.
    pub missing: f32,
    /// The rarity of the rarest word that nobody in the transcript uses.
    pub nowhere: f32,
    /// 1 if the query asks for a kind of fact that the passage lacks, else 0.
    pub lacks_fact: f32,
    /// 1 if the query asks a fact of something that neither the passage nor its question names, else 0. Only judged
    /// passages are compared.
    pub off_subject: f32,
    /// 1 if the query asks for a kind of fact, else 0. Another fact of that kind is easily taken for the right one.
    pub asks_fact: f32,
    /// The length of the answer, as the logarithm of its number of passages.
    pub length: f32,
    /// 1 if a Chinese query meets an answer in another language, else 0. Only translations match then, and all signals
    /// are weaker.
    pub from_chinese: f32,
    /// 1 if a query in another language meets a Chinese answer, else 0.
    pub to_chinese: f32,
    /// The value of the judge for the query and the passage, if it read them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judge: Option<f32>,
}

impl Signals {
    /// Returns each signal with its name.
    pub(super) fn named(&self) -> [(&'static str, f32); 18] {
        [
            ("meaning", self.meaning),
            ("near", self.near),
            ("above", self.above),
            ("question", self.question),
            ("words", self.words),
            ("passage_words", self.passage_words),
            ("passage_held", self.passage_held),
            ("held", self.held),
            ("rarest", self.rarest),
            ("missing", self.missing),
            ("nowhere", self.nowhere),
            ("lacks_fact", self.lacks_fact),
            ("off_subject", self.off_subject),
            ("asks_fact", self.asks_fact),
            ("length", self.length),
            ("from_chinese", self.from_chinese),
            ("to_chinese", self.to_chinese),
            ("judge", self.judge.unwrap_or_default()),
        ]
    }
}
