//! The self-test: a transcript's own questions, asked as queries, should find their own answers. It
//! shows without labels whether retrieval works on a transcript.
//!
//! Elsewhere the question of an answer helps to find it. Here it must not, or the test would only show
//! that words equal themselves. So answers are ranked only by the words of this transcript's
//! interviewees: without vectors of questions, and without words of questions in the terms of answers.
//! Questions with fewer than two meaningful words ("And then?") are not asked. A long transcript is
//! tested on a sample, and the result says so.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use crate::error::Error;
use crate::retrieval::corpus::{Corpus, PassageIndex};
use crate::retrieval::encoder::Encoder;
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::{self, LexicalIndex};
use crate::retrieval::passage;
use crate::retrieval::vectors::VectorIndex;
use crate::search::query::PreparedQuery;
use crate::search::{RankingSignals, rank_using};
use crate::text::find::folded;
use crate::text::segment::Language;
use crate::transcript::{Span, Transcript};

/// The most questions asked of one transcript, evenly over it.
const MAX_QUESTIONS: usize = 200;
/// The most passages searched, from questions evenly over the transcript. They take the encoder some seconds.
const MAX_PASSAGES: usize = 1_000;
/// Passages embedded between two reports.
const PASSAGES_PER_BATCH: usize = 64;
/// The fewest words of a question that is asked.
const WORDS: usize = 2;

/// How often the questions of a transcript find their own answers.
#[derive(Debug, Clone, Serialize)]
pub struct SelfTest {
    /// Questions that were asked.
    pub questions: usize,
    /// Answers that were ranked.
    pub answers: usize,
    /// The number of all its questions; `None` if all were asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_of: Option<usize>,
    /// The share of questions with an own answer in the first place.
    pub hit_at_1: Share,
    /// The share of questions with an own answer among the first three.
    pub hit_at_3: Share,
    /// The share of questions with an own answer among the first ten.
    pub hit_at_10: Share,
}

/// A share, 0 to 1, with its 95 % interval (Wilson 1927, which holds for few rows too).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The share itself.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Asks a transcript, by its position in the corpus, its own questions; `None` if no question says
/// enough, or there are no answers.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn self_test(corpus: &Corpus, transcript: usize) -> Result<Option<SelfTest>, Error> {
    let Some(of) = corpus.transcripts.get(transcript) else { return Ok(None) };
    let sample = Sample::of(of);
    let mut own = Own::default();
    for (number, place) in corpus.answers.iter().enumerate().filter(|(_, place)| place.transcript == transcript) {
        let Some((_, _, answer)) = corpus.answer(*place).filter(|_| sample.holds(place.at.question)) else { continue };
        for passage in corpus.index.passages_of(number) {
            if let (Some(vector), Some(span)) = (corpus.index.passages.vector(passage), corpus.passages.get(passage)) {
                own.vectors.push(vector);
                own.passage(of.words(*span));
            }
        }
        own.answer(of.answer_text(answer), place.at.question);
    }
    own.test(of, &sample, &corpus.encoder)
}

/// Tests a transcript outside any corpus. `tell` gets the numbers of embedded passages and of all
/// passages.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn self_test_alone(
    of: &Transcript,
    encoder: &Encoder,
    mut tell: impl FnMut(usize, usize),
) -> Result<Option<SelfTest>, Error> {
    let sample = Sample::of(of);
    let unrestored = of.unrestored();
    let mut own = Own::default();
    for (at, _, answer) in of.answers().filter(|(at, _, _)| sample.holds(at.question)) {
        for span in answer.stretches.iter().flat_map(|span| passage::passages(of.text(), *span, &unrestored)) {
            own.passage(of.words(span));
        }
        own.answer(of.answer_text(answer), at.question);
    }
    for batch in own.texts.chunks(PASSAGES_PER_BATCH) {
        tell(own.vectors.len(), own.texts.len());
        own.vectors.extend(encoder.embed(batch)?);
    }
    tell(own.texts.len(), own.texts.len());
    own.test(of, &sample, encoder)
}

/// The questions of a transcript whose answers are searched.
struct Sample {
    /// `None` stands for all.
    questions: Option<HashSet<usize>>,
}

impl Sample {
    /// All, or an even sample with at most this number of passages.
    fn of(transcript: &Transcript) -> Self {
        let passages = Passages { transcript, unrestored: transcript.unrestored() };
        // In bit-reversed order, so that any prefix is even over all.
        let mut order: Vec<usize> = (0..transcript.questions.len()).collect();
        order.sort_by_key(|at| at.reverse_bits());
        let mut taken = HashSet::new();
        let mut room = MAX_PASSAGES;
        for question in order {
            let Some(left) = room.checked_sub(passages.of(question)) else {
                return Self { questions: Some(taken) };
            };
            room = left;
            taken.insert(question);
        }
        Self { questions: None }
    }

    fn holds(&self, question: usize) -> bool {
        self.questions.as_ref().is_none_or(|questions| questions.contains(&question))
    }
}

/// Counts the passages of questions.
struct Passages<'a> {
    transcript: &'a Transcript,
    unrestored: Vec<Span>,
}

impl Passages<'_> {
    fn of(&self, question: usize) -> usize {
        let answers = self.transcript.questions.get(question).map(|question| &question.answers[..]).unwrap_or_default();
        let stretches = answers.iter().flat_map(|answer| &answer.stretches);
        stretches.map(|span| passage::passages(self.transcript.text(), *span, &self.unrestored).len()).sum()
    }
}

/// The answers of one transcript, numbered anew, without their questions.
#[derive(Default)]
struct Own {
    words: Vec<String>,
    /// The question of each, by its position in the transcript.
    questions: Vec<usize>,
    /// Their passages, and which answer each is of.
    texts: Vec<String>,
    answer_of: Vec<usize>,
    vectors: Vec<Vec<f32>>,
}

impl Own {
    /// Adds a passage of the answer that comes next.
    fn passage(&mut self, words: &str) {
        self.texts.push(words.to_owned());
        self.answer_of.push(self.words.len());
    }

    fn answer(&mut self, words: String, question: usize) {
        self.words.push(words);
        self.questions.push(question);
    }

    fn test(self, of: &Transcript, sample: &Sample, encoder: &Encoder) -> Result<Option<SelfTest>, Error> {
        let folded_facts = |words: &String| Facts::of(&folded(words));
        let (vectors, known) = (VectorIndex::new(&self.vectors), vec![Some(0); self.words.len()]);
        let index = PassageIndex {
            centres: PassageIndex::centres(&vectors, &self.answer_of, &known),
            facts_of: self.texts.iter().map(folded_facts).collect(),
            // Nothing is judged.
            texts: Arc::default(),
            proposer: None,
            provisional: Vec::new(),
            transcript_of: vec![0; self.words.len()],
            passages: vectors,
            questions: VectorIndex::new(&[]),
            passage_terms: LexicalIndex::new(&self.texts)?,
            answer_terms: LexicalIndex::new(&self.words)?,
            answer_of: self.answer_of,
            question_of: vec![None; self.words.len()],
            language_of: self.words.iter().map(|words| Language::of(words)).collect(),
        };
        // A question that is asked twice has the answers of both turns.
        let mut answers_to: HashMap<String, Vec<usize>> = HashMap::new();
        for (answer, question) in self.questions.iter().enumerate() {
            if let Some(question) = of.questions.get(*question) {
                answers_to.entry(folded(of.words(question.span))).or_default().push(answer);
            }
        }
        let mut asked: Vec<&String> =
            answers_to.keys().filter(|words| lexical::content_terms(words).len() >= WORDS).collect();
        asked.sort_unstable();
        let step = asked.len().div_ceil(MAX_QUESTIONS).max(1);
        let mut places = Vec::new();
        for question in asked.into_iter().step_by(step) {
            let query = PreparedQuery::of_words(encoder, question)?;
            let ranked = rank_using(&index, encoder, &query, RankingSignals::Fused)?;
            let right = answers_to.get(question).map_or(&[][..], Vec::as_slice);
            places.push(ranked.iter().position(|one| right.contains(&one.hit.answer)));
        }
        let within =
            |k: usize| Share::of(places.iter().filter(|place| place.is_some_and(|at| at < k)).count(), places.len());
        Ok((!places.is_empty()).then(|| SelfTest {
            questions: places.len(),
            answers: self.questions.len(),
            sample_of: (step > 1 || sample.questions.is_some()).then_some(of.questions.len()),
            hit_at_1: within(1),
            hit_at_3: within(3),
            hit_at_10: within(10),
        }))
    }
}

impl Share {
    fn of(hits: usize, all: usize) -> Self {
        const Z: f64 = 1.96;
        let (n, p) = (all.max(1) as f64, hits as f64 / all.max(1) as f64);
        let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self { value: p, low: (middle - half).clamp(0.0, p), high: (middle + half).clamp(p, 1.0) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::library;
    use crate::retrieval::encoder::Encoder;
    use crate::transcript;

    fn tested(text: &str) -> Option<SelfTest> {
        let (transcript, _) = transcript::read("test", text.as_bytes()).expect("readable");
        let encoder = Arc::new(Encoder::built_in().expect("the built-in encoder loads"));
        let corpus = library::build(vec![transcript], encoder).expect("it indexes");
        self_test(&corpus, 0).expect("a test")
    }

    #[test]
    fn questions_find_their_own_answers() {
        let test = tested(
            "Q1.您下班以后怎么放松?\nA1 我每天跑步,也听音乐,这样很放松。\nQ2.公司报销网费吗?\nA1 网费每个月都可以报销。\n\
             Q3.然后呢?\nA1 没有了。\n",
        )
        .expect("questions");
        assert_eq!((test.questions, test.answers, test.sample_of), (2, 3, None));
        assert!(test.hit_at_1.value >= 0.5 && test.hit_at_3.value >= test.hit_at_1.value);
        assert!(test.hit_at_10.high <= 1.0 && test.hit_at_10.low < 1.0, "two are too few to be sure");
    }

    #[test]
    fn a_question_does_not_help_its_own_answer() {
        // Each answer speaks to the other question: with their questions they would be found.
        let test =
            tested("Q1.公司报销网费吗?\nA1 我每天去河边跑步听音乐。\nQ2.每天去哪里跑步听音乐?\nA1 公司会报销网费。\n")
                .expect("questions");
        assert!(test.hit_at_1.value < 0.01, "{:?}", test.hit_at_1);
    }

    #[test]
    fn a_long_transcript_is_tested_on_an_even_sample_and_says_so() {
        let many = (1..=3_000)
            .map(|n| format!("Q{n}.第{n}次去河边跑步以后感觉怎么样?\nA1 第{n}次很好。\n"))
            .collect::<Vec<_>>()
            .concat();
        let (transcript, _) = transcript::read("test", many.as_bytes()).expect("readable");
        let taken = Sample::of(&transcript).questions.expect("a sample");
        assert_eq!(taken.len(), MAX_PASSAGES);
        for third in [0..1_000, 1_000..2_000, 2_000..3_000] {
            let here = taken.iter().filter(|at| third.contains(*at)).count();
            assert!((250..=450).contains(&here), "{here} of {third:?}");
        }
        let few = "Q1.为什么跑步?\nA1 因为喜欢。\n";
        assert!(Sample::of(&transcript::read("test", few.as_bytes()).expect("readable").0).questions.is_none());
    }

    #[test]
    fn a_share_has_an_honest_interval() {
        let all = Share::of(8, 8);
        assert!((all.value - 1.0).abs() < 1e-9 && (all.low - 0.676).abs() < 0.005 && (all.high - 1.0).abs() < 1e-9);
        let none = Share::of(0, 8);
        assert!(none.low.abs() < 1e-9 && (none.high - 0.324).abs() < 0.005);
    }

    #[test]
    fn a_transcript_without_telling_questions_is_not_tested() {
        assert!(tested("Q1.为什么?\nA1 因为。\n").is_none());
    }
}
