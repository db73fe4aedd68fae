//! `yuanhua bench`: how fast a search is, in a table or as JSON; and the vectors of the measurement, for other programs.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::error::Error;
use crate::eval::speed::sample::Sampler;
use crate::eval::speed::{self, MachineSpeed, MethodSpeed, ReplySpeed, SizeSpeed};
use crate::retrieval::corpus::Corpus;
use crate::terminal;

/// The numbers of vectors that are measured.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// The most vectors that can be asked for.
const MAX_VECTORS: u64 = 1_000_000;
/// The most queries that can be asked for.
const MAX_QUERIES: u64 = 100_000;

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub(super) struct BenchCommand {
    /// The largest number of vectors
    ///
    /// Vectors are those of the library's passages. Where more are asked for, pairs of these are mixed with a little noise. A
    /// million need 4 GB of memory with a graph, and 2 GB without.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1_000..=MAX_VECTORS), value_name = "N")]
    vectors: u64,
    /// The number of queries that are timed
    ///
    /// Queries are the interview questions of the library. Where more are asked for, pairs of these are mixed.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=MAX_QUERIES), value_name = "N")]
    queries: u64,
    /// Build no graph
    ///
    /// A graph of a million vectors takes hours to build.
    #[arg(long)]
    scan_only: bool,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// Write the vectors to this folder as `NumPy` files instead: vectors.npy and queries.npy
    ///
    /// `benches/peers.py` measures other libraries on them.
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
}

/// All figures. Their JSON form is stable.
#[derive(Debug, Serialize)]
struct Figures {
    machine: MachineSpeed,
    replies: ReplySpeed,
    sizes: Vec<SizeSpeed>,
}

impl BenchCommand {
    /// Measures, or writes the vectors.
    pub(super) fn run(&self, corpus: &Corpus) -> anyhow::Result<()> {
        let sampler = Sampler::of(corpus, usize::try_from(self.queries)?)
            .ok_or_else(|| anyhow::anyhow!("the library has no answers; name one that has with --data"))?;
        let most = usize::try_from(self.vectors)?;
        if let Some(folder) = &self.export {
            return Ok(export(&sampler, most, folder)?);
        }
        let machine = speed::machine_speed();
        let replies = speed::reply_speed(corpus)?;
        let mut out = terminal::out();
        if !self.json {
            write!(out, "{}", introduction(&sampler, &machine, &replies))?;
        }
        let wanted = SIZES.into_iter().filter(|size| *size < most).chain([most]);
        let mut sizes = Vec::new();
        for count in wanted {
            let size = speed::size_speed(&sampler, count, &machine, !self.scan_only)?;
            if !self.json {
                write!(out, "{}", rows(&size))?;
                out.flush()?;
            }
            sizes.push(size);
        }
        drop(out);
        if self.json {
            let figures = Figures { machine, replies, sizes };
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&figures)?)?;
        }
        Ok(())
    }
}

fn introduction(sampler: &Sampler, machine: &MachineSpeed, replies: &ReplySpeed) -> String {
    format!(
        "machine: {} cores; memory {:.1} GB/s on one core, {:.1} on all; {:.0} billion operations a second on one core\n\
         query: encoding {:.1} ms, whole reply {:.1} ms (99 of 100: {:.1}), over {} questions of the library\n\
         vectors: {} real passages of the library; more are mixed from pairs of these, with noise\n\n\
         | vectors | by | recall@10 | recall@256 | a second, one core | all cores | ten: p50, p99 ms | 256: p50, p99 ms | MB read a query | of memory speed | of processor speed | built in s | MB of vectors | MB of the program, or more for the graph |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
        machine.cores,
        machine.bytes_per_s_one_core / 1e9,
        machine.bytes_per_s_all_cores / 1e9,
        machine.operations_per_s_one_core / 1e9,
        replies.encoding.p50_ms,
        replies.reply.p50_ms,
        replies.reply.p99_ms,
        replies.questions,
        sampler.real(),
    )
}

fn rows(size: &SizeSpeed) -> String {
    let row = |by: &str, of: &MethodSpeed, built: String, memory: String| {
        let limits = of.limits.map_or_else(
            || "– | – | –".to_owned(),
            |limits| {
                format!(
                    "{:.2} | {:.0} % | {:.0} %",
                    limits.bytes_per_query / 1e6,
                    limits.part_of_memory_speed * 100.0,
                    limits.part_of_processor_speed * 100.0
                )
            },
        );
        format!(
            "| {} | {by} | {:.3} | {:.3} | {:.0} | {:.0} | {:.2}, {:.2} | {:.2}, {:.2} | {limits} | {built} | {:.0} | {memory} |\n",
            size.vectors,
            of.recall_at_10,
            of.recall_at_256,
            of.qps_one_core,
            of.qps_all_cores,
            of.ten.p50_ms,
            of.ten.p99_ms,
            of.many.p50_ms,
            of.many.p99_ms,
            size.vector_bytes as f64 / 1e6,
        )
    };
    let mb = |bytes: Option<u64>| bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{:.0}", bytes as f64 / 1e6));
    let built = size.graph_build_s.map_or_else(String::new, |built| format!("{built:.1}"));
    let graph = size.graph.as_ref().map(|graph| row("graph", graph, built, mb(size.graph_bytes)));
    row("scan", &size.scan, "–".to_owned(), mb(size.resident_bytes)) + &graph.unwrap_or_default()
}

fn export(sampler: &Sampler, count: usize, folder: &Path) -> Result<(), Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let width = sampler.queries().first().map_or(0, Vec::len);
    let (vectors, queries) = (folder.join("vectors.npy"), folder.join("queries.npy"));
    numpy(&vectors, count, width, sampler.numbers(count)).map_err(failed(&vectors))?;
    let all = sampler.queries().iter().cloned();
    numpy(&queries, sampler.queries().len(), width, all).map_err(failed(&queries))
}

/// Writes rows of numbers in the form of `NumPy`, version 1.0.
fn numpy(path: &Path, rows: usize, width: usize, all: impl Iterator<Item = Vec<f32>>) -> io::Result<()> {
    let about = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {width}), }}");
    // The header is as long as 64 or a multiple of it, and ends a line.
    let header = format!("{about:<117}\n");
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(b"\x93NUMPY\x01\x00")?;
    file.write_all(&(header.len() as u16).to_le_bytes())?;
    file.write_all(header.as_bytes())?;
    for row in all {
        row.iter().try_for_each(|x| file.write_all(&x.to_le_bytes()))?;
    }
    file.flush()
}
