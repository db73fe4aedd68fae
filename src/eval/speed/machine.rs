//! What the machine can do: bytes a second from memory, and operations a second in the processor.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;

use crate::retrieval::vectors::{Vector, VectorIndex};

/// Bytes that no cache holds.
const LARGE: usize = 256 << 20;
/// Vectors that the nearest cache holds, and their width.
const CACHED_VECTORS: usize = 24;
const DIMENSIONS: usize = 640;
/// How often these are multiplied by a query.
const TIMES: usize = 5_000;
/// Each is measured so often. The best counts, as others may use the machine.
const ROUNDS: usize = 5;

/// Measured limits of the machine.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MachineSpeed {
    /// Its cores.
    pub cores: usize,
    /// Bytes a second that one core reads from memory.
    pub bytes_per_s_one_core: f64,
    /// Bytes a second that all cores read from memory.
    pub bytes_per_s_all_cores: f64,
    /// Multiplications and additions a second of one core, on bytes in its nearest cache.
    pub operations_per_s_one_core: f64,
}

/// Measures the machine, for about a second.
pub fn machine_speed() -> MachineSpeed {
    let large = vec![1_u64; LARGE / 8];
    let sum = |part: &[u64]| part.iter().fold(0_u64, |sum, x| sum.wrapping_add(*x));
    let cores = rayon::current_num_threads();
    let all = || black_box(&large).par_chunks(large.len().div_ceil(cores)).map(sum).max();
    let few: Vec<Vec<f32>> = (0..CACHED_VECTORS).map(|at| vec![1.0 + at as f32; DIMENSIONS]).collect();
    let (index, query) = (VectorIndex::scanned(Vector::pack(&few)), vec![1.0; DIMENSIONS]);
    let operations = TIMES * CACHED_VECTORS * DIMENSIONS * 2;
    MachineSpeed {
        cores,
        bytes_per_s_one_core: best(LARGE, || sum(black_box(&large))),
        bytes_per_s_all_cores: best(LARGE, all),
        operations_per_s_one_core: best(operations, || index.multiply(&query, TIMES)),
    }
}

/// The amount of work done in a second.
fn best<T>(amount: usize, mut work: impl FnMut() -> T) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let began = Instant::now();
        black_box(work());
        amount as f64 / began.elapsed().as_secs_f64()
    });
    rounds.fold(0.0, f64::max)
}

/// The bytes of this program in memory. Linux tells them.
pub(super) fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim_end().parse::<u64>().ok()? << 10)
}
