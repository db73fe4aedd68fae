//! Checks the quotations of reports against a library that is indexed once, on all cores.

use super::finding::{CheckedQuotation, Searched, Verified};
use super::index::Index;
use super::naming::{NamedPeople, People};
use super::quotations::{self, Quotation};
use super::report::Report;
use super::searched_library::SearchedLibrary;

/// A library that is indexed for checking. It can check several reports.
pub struct Verifier<'a> {
    pub(super) library: SearchedLibrary<'a>,
    pub(super) index: Index,
    pub(super) people: People,
}

/// The number of quotations that one thread takes at a time.
const QUOTATIONS_PER_BATCH: usize = 16;

impl<'a> Verifier<'a> {
    /// Builds the index. The time grows with the size of the library.
    pub fn new(library: &SearchedLibrary<'a>) -> Self {
        Self { library: *library, index: Index::new(library), people: People::new(library) }
    }

    /// Checks every quotation of a report.
    pub fn verify(&self, report: &Report) -> Verified {
        let all = quotations::all(report);
        let named = self.people.of(&all);
        let looked: Vec<usize> = (0..all.len()).filter(|at| !all[*at].is_too_short()).collect();
        let quotations = self.check_all(&all, &named, &looked);
        let hold = quotations.iter().filter(|checked| checked.holds).count();
        let questions = self.library.transcripts.iter().flat_map(|transcript| &transcript.questions);
        Verified {
            searched: Searched {
                transcripts: self.library.transcripts.len(),
                questions: questions.clone().filter(|question| question.label.starts_with('Q')).count(),
                answers: questions.map(|question| question.answers.len()).sum(),
                not_yet: self.library.coming,
            },
            hold,
            fail: quotations.len() - hold,
            too_short: all.len() - looked.len(),
            quotations,
        }
    }

    /// Checks quotations on all cores. Each thread takes the next batch that is free.
    fn check_all(&self, all: &[Quotation], named: &[Option<NamedPeople>], looked: &[usize]) -> Vec<CheckedQuotation> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(looked.len().div_ceil(QUOTATIONS_PER_BATCH)).max(1);
        let next = std::sync::atomic::AtomicUsize::new(0);
        let work = || {
            let mut done: Vec<CheckedQuotation> = Vec::new();
            loop {
                let from = next.fetch_add(QUOTATIONS_PER_BATCH, std::sync::atomic::Ordering::Relaxed);
                let Some(batch) =
                    looked.get(from..looked.len().min(from + QUOTATIONS_PER_BATCH)).filter(|some| !some.is_empty())
                else {
                    return done;
                };
                done.extend(batch.iter().map(|at| self.check(all, named, *at)));
            }
        };
        let mut checked: Vec<CheckedQuotation> = if threads == 1 {
            work()
        } else {
            std::thread::scope(|scope| {
                let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
                let done = |thread: std::thread::ScopedJoinHandle<'_, Vec<CheckedQuotation>>| {
                    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                };
                running.into_iter().flat_map(done).collect()
            })
        };
        checked.sort_by_key(|one| one.number);
        checked
    }
}
