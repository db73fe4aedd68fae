//! How fast a search is, beside what the machine can do. It measures the shipped code and decides nothing.

mod machine;
pub mod sample;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::Serialize;

use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::vectors::VectorIndex;
use crate::search::{self, SearchOptions};
pub use machine::{MachineSpeed, machine_speed};
use sample::Sampler;

/// The number of nearest vectors in the figures that other libraries are compared by.
const NEAREST_IN_COMPARISONS: usize = 10;
/// The number of nearest vectors that a reply asks for.
const NEAREST_FOR_A_REPLY: usize = 256;
/// The number of times that each search is timed.
const ROUNDS: usize = 3;
/// The number of real questions that are asked to time whole replies.
const TIMED_REPLIES: usize = 50;

/// The figures of one number of vectors.
#[derive(Debug, Clone, Serialize)]
pub struct SizeSpeed {
    /// How many vectors.
    pub vectors: usize,
    /// How many of them are passages of the library. The rest is mixed from these.
    pub real: usize,
    /// Bytes in memory of the vectors.
    pub vector_bytes: usize,
    /// The exact scan.
    pub scan: MethodSpeed,
    /// The graph, if it was measured.
    pub graph: Option<MethodSpeed>,
    /// Seconds to build the graph, on all cores.
    pub graph_build_s: Option<f64>,
    /// Bytes of the whole program in memory, with these vectors. `None` where the system does not tell.
    pub resident_bytes: Option<u64>,
    /// Bytes that it takes more once the graph is built.
    pub graph_bytes: Option<u64>,
}

/// The figures of one way to search.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MethodSpeed {
    /// The part of the ten nearest that it finds.
    pub recall_at_10: f64,
    /// The part of the 256 nearest that it finds.
    pub recall_at_256: f64,
    /// Queries a second for the ten nearest, on one core.
    pub qps_one_core: f64,
    /// Queries a second for the ten nearest, on all cores.
    pub qps_all_cores: f64,
    /// The time of a query for the ten nearest, on one core.
    pub ten: QueryTimes,
    /// The time of a query for the 256 nearest, as a reply asks for them, on all cores.
    pub many: QueryTimes,
    /// How near a scan is to what the machine can do. `None` for a graph, which does not tell what it compares.
    pub limits: Option<ScanLimits>,
}

/// What a scan for the ten nearest reads and computes, beside the limits of the machine.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ScanLimits {
    /// Bytes of vectors that a query reads.
    pub bytes_per_query: f64,
    /// Multiplications and additions of a query.
    pub operations_per_query: f64,
    /// The time of a query at the speed of the memory, as a part of its time.
    pub part_of_memory_speed: f64,
    /// The same at the speed of the processor.
    pub part_of_processor_speed: f64,
}

/// Median and 99th percentile, in milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct QueryTimes {
    /// Half of all are faster.
    pub p50_ms: f64,
    /// 99 of a hundred are faster.
    pub p99_ms: f64,
}

/// The time of a reply and of its first step.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ReplySpeed {
    /// How many questions were asked.
    pub questions: usize,
    /// The encoder alone.
    pub encoding: QueryTimes,
    /// A whole reply, with the judge.
    pub reply: QueryTimes,
}

/// Measures the search among `count` vectors of the library or mixed from them, by a scan, and by a graph if wanted.
///
/// # Errors
/// If a pool of threads cannot be made.
pub fn size_speed(
    sampler: &Sampler,
    count: usize,
    machine: &MachineSpeed,
    with_graph: bool,
) -> Result<SizeSpeed, Error> {
    let one_core = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .map_err(|error| Error::Encoder(format!("no thread can be started ({error})")))?;
    let vectors = sampler.vectors(count);
    let scan = VectorIndex::scanned(vectors.clone());
    let queries = sampler.queries();
    let of = |index: &VectorIndex| one_core.install(|| method_speed(index, &scan, queries));
    let all = |index: &VectorIndex, speed: MethodSpeed| on_all_cores(index, queries, speed);
    let scan_speed = of(&scan);
    let limits = Some(limits(&scan, scan_speed, machine));
    let scan_speed = all(&scan, MethodSpeed { limits, ..scan_speed });
    let resident_bytes = machine::resident_bytes();
    let began = Instant::now();
    let graph = with_graph.then(|| VectorIndex::graphed(vectors));
    let graph_build_s = graph.as_ref().map(|_| began.elapsed().as_secs_f64());
    let graph_bytes = graph.as_ref().and_then(|_| machine::resident_bytes()?.checked_sub(resident_bytes?));
    Ok(SizeSpeed {
        vectors: count,
        real: sampler.real().min(count),
        vector_bytes: scan.bytes(),
        scan: scan_speed,
        graph: graph.map(|graph| all(&graph, of(&graph))),
        graph_build_s,
        resident_bytes,
        graph_bytes,
    })
}

fn method_speed(index: &VectorIndex, scan: &VectorIndex, queries: &[Vec<f32>]) -> MethodSpeed {
    let ten = times(queries, |query| drop(index.nearest(query, NEAREST_IN_COMPARISONS)));
    let seconds = ten.iter().sum::<Duration>().as_secs_f64() / queries.len().max(1) as f64;
    MethodSpeed {
        recall_at_10: recall(index, scan, queries, NEAREST_IN_COMPARISONS),
        recall_at_256: recall(index, scan, queries, NEAREST_FOR_A_REPLY),
        qps_one_core: seconds.recip(),
        qps_all_cores: 0.0,
        ten: QueryTimes::of(ten),
        many: QueryTimes { p50_ms: 0.0, p99_ms: 0.0 },
        limits: None,
    }
}

/// A scan reads the high bytes of all vectors.
fn limits(scan: &VectorIndex, speed: MethodSpeed, machine: &MachineSpeed) -> ScanLimits {
    let width = scan.vectors().first().map_or(0, |vector| vector.numbers().len());
    let bytes_per_query = (scan.len() * width) as f64;
    let operations_per_query = 2.0 * bytes_per_query;
    ScanLimits {
        bytes_per_query,
        operations_per_query,
        part_of_memory_speed: bytes_per_query / machine.bytes_per_s_one_core * speed.qps_one_core,
        part_of_processor_speed: operations_per_query / machine.operations_per_s_one_core * speed.qps_one_core,
    }
}

fn on_all_cores(index: &VectorIndex, queries: &[Vec<f32>], speed: MethodSpeed) -> MethodSpeed {
    let all = times(&[queries], |queries| {
        queries.par_iter().for_each(|query| drop(index.nearest(query, NEAREST_IN_COMPARISONS)));
    });
    let qps_all_cores = queries.len() as f64 / all.iter().sum::<Duration>().as_secs_f64();
    MethodSpeed {
        qps_all_cores,
        many: QueryTimes::of(times(queries, |query| drop(index.nearest(query, NEAREST_FOR_A_REPLY)))),
        ..speed
    }
}

/// The part of what a scan finds that an index finds.
fn recall(index: &VectorIndex, scan: &VectorIndex, queries: &[Vec<f32>], count: usize) -> f64 {
    let found = |query: &Vec<f32>| {
        let right = scan.nearest(query, count);
        let found: HashSet<usize> = index.nearest(query, count).into_iter().map(|hit| hit.0).collect();
        (right.iter().filter(|hit| found.contains(&hit.0)).count(), right.len())
    };
    let (found, all) = queries.iter().map(found).fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    found as f64 / all.max(1) as f64
}

/// Asks the library some of its own interview questions.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn reply_speed(corpus: &Corpus) -> Result<ReplySpeed, Error> {
    let texts = &corpus.index.texts.questions;
    let questions: Vec<&Arc<str>> = texts.iter().step_by(texts.len().div_ceil(TIMED_REPLIES).max(1)).collect();
    let options = SearchOptions { limit: 5, display: None, after: None, dropped: &[], explain: false };
    let (mut encoding, mut reply) = (Vec::new(), Vec::new());
    for question in &questions {
        let began = Instant::now();
        corpus.encoder.embed_one(question)?;
        encoding.push(began.elapsed());
        let began = Instant::now();
        // A long question may not be a query; then its refusal is quick and says nothing.
        if search::ask(corpus, question, options).is_ok() {
            reply.push(began.elapsed());
        }
    }
    Ok(ReplySpeed { questions: reply.len(), encoding: QueryTimes::of(encoding), reply: QueryTimes::of(reply) })
}

/// The times of the fastest of some rounds, as others may use the machine.
fn times<T>(of: &[T], mut work: impl FnMut(&T)) -> Vec<Duration> {
    let mut timed = |one: &T| {
        let began = Instant::now();
        work(one);
        began.elapsed()
    };
    let rounds = (0..ROUNDS).map(|_| of.iter().map(&mut timed).collect::<Vec<Duration>>());
    let rounds: Vec<Vec<Duration>> = rounds.collect();
    rounds.into_iter().min_by_key(|times| times.iter().sum::<Duration>()).unwrap_or_default()
}

impl QueryTimes {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
        let ms = |part| at(part).map_or(0.0, |time| time.as_secs_f64() * 1e3);
        Self { p50_ms: ms(50), p99_ms: ms(99) }
    }
}
