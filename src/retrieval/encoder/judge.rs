//! The judge reads a question and a passage together, and says how far the passage answers the
//! question. It first reads each by itself, so that a passage is read only once. Then the question's
//! tokens attend to the passage's tokens (`models/train/judge_model.py`).

mod four_bits;
mod memory;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use fastembed::{InitOptionsUserDefined, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionInputValue};
use ort::value::Tensor;

use super::runtime;
use crate::error::Error;
use crate::lock::locked;
use crate::text::script::View;
use memory::EncodedText;
pub use memory::Memory;

/// The judge in the binary: the model that reads a text, the model that compares a question with a
/// passage, and the tokenizer of both.
static READER: &[u8] = include_bytes!("../../../models/judge-reader.onnx");
static JUDGE: &[u8] = include_bytes!("../../../models/judge.onnx");
static TOKENIZER: &[u8] = include_bytes!("../../../models/judge-tokenizer.json");
static BUILT_IN: LazyLock<Result<Judge, String>> = LazyLock::new(|| Judge::load().map_err(|error| error.to_string()));

/// The token between the interviewer's question and the passage. It ends a text.
const END: &str = "</s>";
/// The most tokens of a question, and of what was asked before a passage. Training used the same
/// limits.
const MAX_QUESTION_TOKENS: usize = 40;
const MAX_ASKED_BEFORE_TOKENS: usize = 24;
/// The most characters that are cut into tokens for these limits. More are never needed, and cutting is slow.
const MAX_CHARS: usize = 240;
/// The most tokens of a text that are read.
const MAX_TOKENS: usize = 512;
/// The numbers that the model makes of one token.
const TOKEN_WIDTH: usize = 384;
/// The most copies of the model. Each holds the weights once more.
const MAX_COPIES: usize = 4;
/// Loading a copy takes as long as some ten passages take to read. It pays when more are likely to follow, so a single
/// query makes do with the first copy.
const TEXTS_THAT_PAY_FOR_A_COPY: usize = 24;

/// A loaded judge, shared by all threads.
pub struct Judge {
    /// The copies that may run at once. Each is loaded when it pays, in order.
    copies: Vec<Mutex<Option<Loaded>>>,
    /// How many copies are loaded.
    loaded: AtomicUsize,
    /// How many texts were read.
    texts_read: AtomicUsize,
}

/// The two parts of the model. The first brings its tokenizer.
struct Loaded {
    reader: TextEmbedding,
    judge: Session,
}

/// A passage to judge.
#[derive(Debug, Clone, Copy)]
pub struct JudgePassage<'a> {
    /// What the interviewer asked before; may be empty.
    pub asked: &'a str,
    /// The passage.
    pub words: &'a str,
}

impl Judge {
    /// The judge in the binary. It is loaded when it is first needed.
    ///
    /// # Errors
    /// If the model cannot be run here.
    pub fn built_in() -> Result<&'static Self, Error> {
        BUILT_IN.as_ref().map_err(|reason| Error::Encoder(reason.clone()))
    }

    fn load() -> Result<Self, Error> {
        runtime::start()?;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let copies = (0..cores.min(MAX_COPIES)).map(|_| Mutex::new(None)).collect();
        Ok(Self { copies, loaded: AtomicUsize::new(0), texts_read: AtomicUsize::new(0) })
    }

    /// Loads one copy now, so that no query waits for it.
    ///
    /// # Errors
    /// If the model cannot be run here.
    pub fn warm(&self) -> Result<(), Error> {
        self.on(0, |_| Ok(()))
    }

    /// Loads as many copies as there are cores, so that each query runs on all of them at once.
    ///
    /// # Errors
    /// If the model cannot be run here.
    pub fn warm_all(&self) -> Result<(), Error> {
        (0..self.copies.len()).try_for_each(|copy| self.on(copy, |_| Ok(())))
    }

    /// How many copies a query uses: those that are loaded, and one more for each [`TEXTS_THAT_PAY_FOR_A_COPY`] texts that were read.
    fn in_use(&self) -> usize {
        let paid = 1 + self.texts_read.load(Ordering::Relaxed) / TEXTS_THAT_PAY_FOR_A_COPY;
        self.loaded.load(Ordering::Acquire).max(paid).min(self.copies.len())
    }

    /// Reads a passage before somebody asks, unless it is remembered.
    ///
    /// # Errors
    /// If the model fails to run.
    pub fn read_ahead(&self, memory: &Memory, passage: JudgePassage<'_>) -> Result<(), Error> {
        let text = self.text_of(passage)?;
        // A query begins with the first copy, so this takes the last.
        self.reading(memory, self.in_use() - 1, &text).map(|_| ())
    }

    /// How far each passage answers the question, as a logit, in order. The texts may have any script,
    /// width and case.
    ///
    /// # Errors
    /// If the model fails to run.
    pub fn score(&self, memory: &Memory, question: &str, passages: &[JudgePassage<'_>]) -> Result<Vec<f32>, Error> {
        let question = View::folded(question).into_text();
        let texts = passages.iter().map(|passage| self.text_of(*passage)).collect::<Result<Vec<_>, _>>()?;
        let mut scores: Vec<Option<f32>> = texts.iter().map(|text| memory.score(&question, text)).collect();
        let open: Vec<usize> = (0..texts.len()).filter(|at| scores[*at].is_none()).collect();
        if !open.is_empty() {
            let asked = self.reading(memory, 0, &self.last_tokens(&question, MAX_QUESTION_TOKENS)?)?;
            let made = self.over_cores(&open, |worker, at| {
                let passage = self.reading(memory, worker, &texts[at])?;
                self.on(worker, |copy| copy.ask(&asked, &passage))
            })?;
            for (at, score) in made {
                memory.keep_score(&question, &texts[at], score);
                scores[at] = Some(score);
            }
        }
        Ok(scores.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The logit of each part of a passage, over the tokens of that part alone, as they were read
    /// within the passage. `parts` are byte ranges of the passage's words. An empty part has
    /// `f32::MIN`. `None` if the passage was not read lately.
    ///
    /// # Errors
    /// If the model fails to run.
    pub fn score_parts(
        &self,
        memory: &Memory,
        question: &str,
        passage: JudgePassage<'_>,
        parts: &[Range<usize>],
    ) -> Result<Option<Vec<f32>>, Error> {
        let text = self.text_of(passage)?;
        let Some(reading) = memory.reading(&text) else { return Ok(None) };
        let question = self.last_tokens(&View::folded(question).into_text(), MAX_QUESTION_TOKENS)?;
        let asked = self.reading(memory, 0, &question)?;
        let view = View::folded(passage.words);
        // The interviewer's question stands before the words.
        let begins = text.len() - view.text().len();
        let tokens = self.on(0, |copy| copy.tokens(&text))?;
        let parts: Vec<Vec<usize>> = parts
            .iter()
            .map(|part| {
                if part.is_empty() {
                    return Vec::new();
                }
                let part = view.view_range(part.clone());
                let (start, end) = (begins + part.start, begins + part.end);
                let within = |token: &Range<usize>| !token.is_empty() && start < token.end && token.start < end;
                (0..tokens.len()).filter(|at| within(&tokens[*at])).collect()
            })
            .collect();
        let places: Vec<usize> = (0..parts.len()).filter(|at| !parts[*at].is_empty()).collect();
        let made = self.over_cores(&places, |worker, at| {
            let part = reading.some(&parts[at]);
            self.on(worker, |copy| copy.ask(&asked, &part))
        })?;
        let mut scores = vec![f32::MIN; parts.len()];
        for (at, score) in made {
            scores[at] = score;
        }
        Ok(Some(scores))
    }

    /// The text that the judge reads for a passage: folded, with what was asked before.
    fn text_of(&self, passage: JudgePassage<'_>) -> Result<String, Error> {
        let words = View::folded(passage.words).into_text();
        if passage.asked.trim().is_empty() {
            return Ok(words);
        }
        let asked = View::folded(passage.asked).into_text();
        let asked = self.last_tokens(&asked, MAX_ASKED_BEFORE_TOKENS)?;
        Ok(format!("{asked}{END} {words}"))
    }

    fn last_tokens(&self, folded: &str, most: usize) -> Result<String, Error> {
        self.on(0, |copy| copy.last_tokens(folded, most).map(str::to_owned))
    }

    /// The reading of a text, from memory or made now.
    fn reading(&self, memory: &Memory, worker: usize, text: &str) -> Result<Arc<EncodedText>, Error> {
        if let Some(known) = memory.reading(text) {
            return Ok(known);
        }
        let states = self.on(worker, |copy| copy.read(text))?;
        self.texts_read.fetch_add(1, Ordering::Relaxed);
        let reading = Arc::new(EncodedText::of(&states, TOKEN_WIDTH));
        memory.keep_reading(text, &reading);
        Ok(reading)
    }

    /// Runs `work` for each place, on as many cores as there are copies in use. Results come in any order.
    fn over_cores<T: Send>(
        &self,
        places: &[usize],
        work: impl Fn(usize, usize) -> Result<T, Error> + Sync,
    ) -> Result<Vec<(usize, T)>, Error> {
        let next = AtomicUsize::new(0);
        let share = |worker: usize| {
            let mut done = Vec::new();
            while let Some(at) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((*at, work(worker, *at)?));
            }
            Ok(done)
        };
        let shares: Vec<Result<Vec<(usize, T)>, Error>> = thread::scope(|scope| {
            let share = &share;
            let workers = self.in_use().min(places.len());
            let helpers: Vec<_> = (1..workers).map(|worker| scope.spawn(move || share(worker))).collect();
            let own = share(0);
            let stopped = || Err(Error::Encoder("one of the judge's threads stopped".into()));
            let others = helpers.into_iter().map(|helper| helper.join().unwrap_or_else(|_| stopped()));
            std::iter::once(own).chain(others).collect()
        });
        Ok(shares.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn on<T>(&self, worker: usize, run: impl FnOnce(&mut Loaded) -> Result<T, Error>) -> Result<T, Error> {
        // A panic elsewhere leaves the model usable.
        let mut copy = locked(&self.copies[worker]);
        if let Some(copy) = copy.as_mut() {
            return run(copy);
        }
        let copy = copy.insert(Loaded::load()?);
        self.loaded.fetch_max(worker + 1, Ordering::Release);
        run(copy)
    }
}

impl Loaded {
    fn load() -> Result<Self, Error> {
        let tokenizer = TokenizerFiles {
            tokenizer_file: TOKENIZER.to_vec(),
            config_file: br#"{"pad_token_id": 1}"#.to_vec(),
            special_tokens_map_file: b"{}".to_vec(),
            tokenizer_config_file: br#"{"model_max_length": 512, "pad_token": "<pad>"}"#.to_vec(),
        };
        let model =
            UserDefinedEmbeddingModel::new(four_bits::whole(READER).unwrap_or_else(|| READER.to_vec()), tokenizer);
        let options = InitOptionsUserDefined::new().with_max_length(MAX_TOKENS);
        let reader = TextEmbedding::try_new_from_user_defined(model, options).map_err(failed)?;
        let builder = Session::builder().map_err(failed)?;
        let mut builder = builder.with_optimization_level(GraphOptimizationLevel::Level3).map_err(failed)?;
        let judge = four_bits::whole(JUDGE);
        let judge = builder.commit_from_memory(judge.as_deref().unwrap_or(JUDGE)).map_err(failed)?;
        Ok(Self { reader, judge })
    }

    /// The end of a text, with at most `most` tokens.
    fn last_tokens<'a>(&self, text: &'a str, most: usize) -> Result<&'a str, Error> {
        let start = text.char_indices().rev().nth(MAX_CHARS).map_or(0, |(at, _)| at);
        let text = &text[start..];
        let encoded = self.reader.tokenizer.encode(text, false).map_err(failed)?;
        let offsets = encoded.get_offsets();
        let first = offsets.len().checked_sub(most).and_then(|at| offsets.get(at));
        Ok(first.and_then(|(start, _)| text.get(*start..)).unwrap_or(text))
    }

    /// One row of [`TOKEN_WIDTH`] numbers for each token of a text.
    fn read(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        let read = self.reader.transform([text], None).map_err(failed)?.into_raw();
        let (_, states) = read.first().and_then(|batch| batch.outputs.first()).ok_or_else(silent)?;
        let (_, states) = states.try_extract_tensor::<f32>().map_err(failed)?;
        Ok(states.to_vec())
    }

    /// The byte range of each token of a text. Tokens that enclose the text have empty ranges.
    fn tokens(&self, text: &str) -> Result<Vec<Range<usize>>, Error> {
        let encoded = self.reader.tokenizer.encode(text, true).map_err(failed)?;
        Ok(encoded.get_offsets().iter().map(|(start, end)| *start..*end).collect())
    }

    fn ask(&mut self, question: &EncodedText, passage: &EncodedText) -> Result<f32, Error> {
        let shape = |states: &[f32]| [1, states.len() / TOKEN_WIDTH, TOKEN_WIDTH];
        let (question, passage) = (question.states(), passage.states());
        let mask = vec![1.0_f32; passage.len() / TOKEN_WIDTH];
        let inputs: Vec<(Cow<'_, str>, SessionInputValue<'_>)> = vec![
            ("question".into(), Tensor::from_array((shape(&question), question)).map_err(failed)?.into()),
            ("passages".into(), Tensor::from_array((shape(&passage), passage)).map_err(failed)?.into()),
            ("passage_mask".into(), Tensor::from_array(([1, mask.len()], mask)).map_err(failed)?.into()),
        ];
        let outputs = self.judge.run(inputs).map_err(failed)?;
        let (_, logits) = outputs[0].try_extract_tensor::<f32>().map_err(failed)?;
        logits.first().copied().filter(|logit| logit.is_finite()).ok_or_else(silent)
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Encoder(format!("the judge: {error}"))
}

fn silent() -> Error {
    Error::Encoder("the judge said nothing".into())
}

#[cfg(test)]
mod tests;
