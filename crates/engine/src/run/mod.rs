//! One parallel pass over the corpus.
//!
//! Pages are dealt out in small batches to a pool of threads; what comes back is written in page
//! order and folded into one summary for each analyzer. Memory is bounded by the number of batches
//! on their way, never by the corpus.

mod batch;
mod collect;
mod folder;
mod tables;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Instant;

use banmian_annotate::Segmenter;
use banmian_core::{Row, TableSchema};
use banmian_corpus::{Corpus, Failure, Input, Inputs};
use banmian_output::Encoder;
use thiserror::Error;

pub use batch::Counts;
pub use collect::{AnalyzerDigest, Digest, TableDigest};
pub use folder::OutputError;
pub use tables::{ArticleRow, FailureRow, PageRow};

use self::batch::{BatchResult, Shared, TablePlan, needs_words, read_batch};
use self::collect::Collector;
use self::folder::OutputFolder;
use crate::quiet;
use crate::suite::Suite;

/// What a run needs beside suite and corpus.
pub struct RunOptions<'a> {
    /// The output folder.
    pub out: &'a Path,
    /// Worker threads; 0 means one for each processor.
    pub threads: usize,
    /// Set from outside to stop the run; nothing is left half-written.
    pub interrupt: &'a AtomicBool,
    /// Told the bytes of input dealt with so far.
    pub progress: &'a dyn Fn(u64),
    /// True if the corpus is the sample that ships; the manifest says so.
    pub sample: bool,
    /// Makes the report from what the run came to: the content of `report.html`.
    pub report: &'a dyn Fn(&Digest) -> String,
    /// The corpus paths as given, for the log alone.
    pub corpus_paths: Vec<String>,
}

/// Why a run left nothing.
#[derive(Debug, Error)]
pub enum RunError {
    /// The output folder cannot be used or written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Interrupted from outside.
    #[error("interrupted")]
    Interrupted,
    /// The operating system gives no threads.
    #[error("no threads: {0}")]
    Threads(String),
}

/// Pages in a batch, at most: enough to make the merging of summaries cheap.
const BATCH_PAGES: usize = 32;
/// Bytes in a batch, beyond which no page is added.
const BATCH_BYTES: u64 = 512 << 10;

/// Reads the whole corpus and leaves tables, report and manifest in the output folder.
pub fn run(suite: &Suite, corpus: Corpus, options: &RunOptions<'_>) -> Result<Digest, RunError> {
    let started = Instant::now();
    let folder = OutputFolder::open(options.out)?;
    let plan = plan(suite);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .thread_name(|i| format!("banmian-{i}"))
        .build()
        .map_err(|e| RunError::Threads(e.to_string()))?;
    let segmenter = needs_words(suite).then(|| {
        let segmenter = Segmenter::new(&suite.dictionaries);
        if suite.simplify { segmenter } else { segmenter.as_printed() }
    });
    let shared = Shared { suite, segmenter, tables: &plan, interrupt: options.interrupt, spare: Mutex::default() };
    let mut collector = Collector::new(suite, &plan, folder)?;
    collector.listed(&corpus)?;
    deal_out(&pool, &shared, &corpus, &mut collector, options)?;
    if options.interrupt.load(Ordering::Relaxed) {
        return Err(RunError::Interrupted);
    }
    collector.finish(options, started, pool.current_num_threads())
}

/// All tables of the run: the engine's own, then each analyzer's.
fn plan(suite: &Suite) -> Vec<TablePlan> {
    let table = |instance, schema: &'static TableSchema| {
        let encoder = Encoder::new(schema, &suite.formats);
        TablePlan { instance, schema, encoder, head_full: AtomicBool::new(false) }
    };
    let own = [PageRow::SCHEMA, ArticleRow::SCHEMA, FailureRow::SCHEMA].map(|schema| table(None, schema));
    let asked = suite.analyzers.iter().enumerate();
    own.into_iter()
        .chain(asked.flat_map(|(i, a)| {
            let written = a.manifest.tables.iter().filter(|schema| a.analyzer.writes(schema));
            written.map(move |schema| table(Some(i), schema))
        }))
        .collect()
}

/// Deals batches to the pool and collects what comes back, in order.
fn deal_out(
    pool: &rayon::ThreadPool,
    shared: &Shared<'_>,
    corpus: &Corpus,
    collector: &mut Collector<'_>,
    options: &RunOptions<'_>,
) -> Result<(), RunError> {
    let (sender, receiver) = mpsc::channel::<(u64, BatchResult)>();
    let mut sender = Some(sender);
    // Counted from the oldest batch not yet written, so that one slow page cannot let the others
    // pile up behind it.
    let window = 4 * pool.current_num_threads() as u64;
    pool.in_place_scope(|scope| {
        let mut batches = Batches { inputs: Inputs::new(&corpus.sources).with(shared.suite.reading.clone()) };
        let mut waiting = BTreeMap::new();
        let (mut dealt, mut written) = (0, 0);
        let mut exhausted = false;
        loop {
            while !exhausted && dealt < written + window && !options.interrupt.load(Ordering::Relaxed) {
                // Files of several pages are opened here.
                let quiet = quiet::here();
                let next = batches.next();
                drop(quiet);
                match next {
                    Some(inputs) => {
                        let sender = sender.clone().expect("kept until the corpus is exhausted");
                        let number = dealt;
                        scope.spawn(move |_| {
                            // The receiver is gone only after a failed write, when all is lost anyway.
                            let _ = sender.send((number, read_batch(inputs, shared)));
                        });
                        dealt += 1;
                    }
                    // With the last sender gone, a batch lost to a fault of ours ends the run
                    // instead of making it wait for ever.
                    None => (exhausted, sender) = (true, None),
                }
            }
            if written == dealt {
                collector.skipped(batches.inputs.skipped());
                return Ok(());
            }
            let (number, result) = receiver.recv().expect("every batch dealt out comes back");
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&written) {
                let rows = collector.take(result)?;
                if let Ok(mut spare) = shared.spare.lock() {
                    spare.push(rows);
                }
                (options.progress)(collector.input_bytes());
                written += 1;
            }
        }
    })
}

struct Batches<'a> {
    inputs: Inputs<'a>,
}

impl Iterator for Batches<'_> {
    type Item = Vec<Input>;

    fn next(&mut self) -> Option<Vec<Input>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH_PAGES
            && bytes < BATCH_BYTES
            && let Some(input) = self.inputs.next()
        {
            bytes += input.size;
            batch.push(input);
        }
        (!batch.is_empty()).then_some(batch)
    }
}

/// A failure of the listing, for [`Collector::listed`].
fn listing_failure(failure: &Failure) -> FailureRow {
    FailureRow { page: failure.page.clone(), part: "reading".to_owned(), message: failure.error.to_string() }
}
