//! What one worker does: a handful of pages from raw text to encoded rows and partial summaries.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use banmian_annotate::{Segmenter, split_sentences};
use banmian_core::{CellRef, Cells, Issue, Needs, Page, Row, TableSchema, Words};
use banmian_corpus::{Failure, Input, RawPage};
use banmian_layout::RawText;
use banmian_output::{Encoded, Encoder};

use super::tables::{FailureRow, article_rows, characters_of_pieces, page_row};
use crate::erased::{Partial, ReadError, caught};
use crate::quiet;
use crate::suite::Suite;

/// What all workers share.
pub(super) struct Shared<'a> {
    pub(super) suite: &'a Suite,
    pub(super) segmenter: Option<Segmenter>,
    pub(super) tables: &'a [TablePlan],
    pub(super) interrupt: &'a AtomicBool,
    /// Rows of batches that are written: empty, with the room they took.
    pub(super) spare: Mutex<Vec<Vec<EncodedRows>>>,
}

/// A table of the run and where it belongs.
pub(super) struct TablePlan {
    /// Index of its analyzer in the suite; none for the engine's own tables.
    pub(super) instance: Option<usize>,
    pub(super) schema: &'static TableSchema,
    pub(super) encoder: Encoder,
    /// Set once the report has the rows it shows, so that workers stop keeping more.
    pub(super) head_full: AtomicBool,
}

/// Rows of one table on their way to bytes in every format of the suite.
#[derive(Default)]
pub(super) struct EncodedRows {
    pub(super) encoded: Encoded,
    pub(super) n_rows: u64,
    /// The first rows as cells, for the report.
    pub(super) head: Vec<Cells>,
}

/// How many rows of a table the report may show.
pub(super) const HEAD_ROWS: usize = 200;

/// What a batch of pages came to.
#[derive(Default)]
pub(super) struct BatchResult {
    /// The rows of each table.
    pub(super) rows: Vec<EncodedRows>,
    /// For each analyzer its summary of the batch, or how it ended.
    pub(super) partials: Vec<Result<Box<dyn Partial>, Ended>>,
    /// Name and content hash of each page read.
    pub(super) hashes: Vec<(String, blake3::Hash)>,
    pub(super) counts: Counts,
    pub(super) times: Times,
    /// Bytes of input dealt with, for the progress bar.
    pub(super) input_bytes: u64,
}

/// How an analyzer ended before its time.
pub(super) struct Ended {
    pub(super) page: String,
    pub(super) message: String,
}

/// Counts of the run; sums over pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Pages read.
    pub pages: u64,
    /// Articles rebuilt.
    pub articles: u64,
    /// Characters of clean text, spaces included.
    pub characters: u64,
    /// Rows in `failures`.
    pub failures: u64,
    /// Corrections by hand that were laid upon pages.
    pub corrections: u64,
    /// Files of kinds that are not read, passed over in folders and archives.
    pub skipped_files: u64,
}

impl Counts {
    pub(super) fn add(&mut self, other: Counts) {
        self.pages += other.pages;
        self.articles += other.articles;
        self.characters += other.characters;
        self.failures += other.failures;
        self.corrections += other.corrections;
        self.skipped_files += other.skipped_files;
    }
}

/// Time that workers spent, added up over threads. Goes to the log alone.
#[derive(Default)]
pub(super) struct Times {
    pub(super) reading: Duration,
    pub(super) layout: Duration,
    pub(super) words: Duration,
    pub(super) analyzers: Vec<Duration>,
}

impl Times {
    pub(super) fn add(&mut self, other: &Times) {
        self.reading += other.reading;
        self.layout += other.layout;
        self.words += other.words;
        self.analyzers.resize(self.analyzers.len().max(other.analyzers.len()), Duration::ZERO);
        for (sum, time) in self.analyzers.iter_mut().zip(&other.analyzers) {
            *sum += *time;
        }
    }
}

/// Index of the engine's own tables in the plan.
pub(super) const PAGES: usize = 0;
pub(super) const ARTICLES: usize = 1;
pub(super) const FAILURES: usize = 2;

/// Reads a batch of pages. Stops early, with what is done, once the run is interrupted.
///
/// Every step is taken for all pages of the batch before the next: the tables that a step walks
/// (dictionary, lexicons) then stay in the processor's caches.
pub(super) fn read_batch(inputs: Vec<Input>, shared: &Shared<'_>) -> BatchResult {
    let mut batch = Batch { shared, failures: Vec::new(), out: BatchResult::default() };
    batch.out.rows = shared.spare.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default();
    batch.out.rows.resize_with(shared.tables.len(), EncodedRows::default);
    batch.out.partials = shared.suite.analyzers.iter().map(|i| Ok(i.analyzer.start())).collect();
    batch.out.times.analyzers = vec![Duration::ZERO; shared.suite.analyzers.len()];
    batch.read(inputs);
    batch.finish()
}

struct Batch<'a> {
    shared: &'a Shared<'a>,
    /// Number of the page within the batch, and what went wrong.
    failures: Vec<(usize, FailureRow)>,
    out: BatchResult,
}

/// A page on its way through the steps, with its number within the batch.
struct Laid {
    number: usize,
    page: Page,
    /// Name of the encoding that its text was in.
    encoding: &'static str,
    words: Words,
}

impl Batch<'_> {
    fn read(&mut self, inputs: Vec<Input>) {
        let mut pages = Vec::with_capacity(inputs.len());
        for (number, input) in inputs.into_iter().enumerate() {
            if self.interrupted() {
                return;
            }
            self.out.input_bytes += input.read;
            if let Some(raw) = self.load(number, input) {
                pages.extend(self.lay_out(number, raw));
            }
        }
        if let Some(segmenter) = &self.shared.segmenter {
            let start = Instant::now();
            pages.retain_mut(|laid| match caught(|| segmenter.words(&laid.page)) {
                Ok(words) => {
                    laid.words = words;
                    true
                }
                Err(message) => {
                    self.fail(laid.number, &laid.page.id, "words", &message);
                    false
                }
            });
            self.out.times.words += start.elapsed();
        }
        for laid in &pages {
            self.own_rows(&laid.page, laid.encoding);
        }
        for index in 0..self.shared.suite.analyzers.len() {
            let start = Instant::now();
            pages
                .iter()
                .take_while(|_| !self.shared.interrupt.load(Ordering::Relaxed))
                .for_each(|laid| self.ask(index, laid));
            self.out.times.analyzers[index] += start.elapsed();
        }
    }

    fn interrupted(&self) -> bool {
        self.shared.interrupt.load(Ordering::Relaxed)
    }

    /// Reads a page; none if it cannot be read.
    fn load(&mut self, number: usize, input: Input) -> Option<RawPage> {
        let start = Instant::now();
        let loaded = {
            // Readers of damaged files may panic; they tell it themselves.
            let _quiet = quiet::here();
            input.load(&self.shared.suite.metadata)
        };
        self.out.times.reading += start.elapsed();
        match loaded {
            Ok((raw, warning)) => {
                if let Some(warning) = warning {
                    self.input_failure(number, &warning);
                }
                Some(raw)
            }
            Err(failure) => {
                self.input_failure(number, &failure);
                None
            }
        }
    }

    /// Rebuilds a page; none if that fails.
    fn lay_out(&mut self, number: usize, raw: RawPage) -> Option<Laid> {
        let mut hasher = blake3::Hasher::new();
        let Issue { paper, date, edition, other } =
            raw.issue.clone().or(raw.after_furniture.clone().unwrap_or_default());
        for part in [&paper, &date, &edition, &raw.text] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        if let Some(print) = &raw.print {
            print.bytes(|bytes| {
                hasher.update(bytes);
            });
        }
        if let Some(marks) = &raw.marks {
            marks.bytes(|bytes| {
                hasher.update(bytes);
            });
        }
        for part in other.iter().flat_map(|(name, value)| [name, value]) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        self.out.hashes.push((raw.page.clone(), hasher.finalize()));
        let start = Instant::now();
        let corrections = self.shared.suite.corrections.of(&raw.page);
        let mut corrected = (0, Vec::new());
        let text = RawText { text: &raw.text, print: raw.print.as_ref(), marks: raw.marks.as_ref() };
        let laid_out = caught(|| {
            let mut page = banmian_layout::read_page(&raw.page, raw.issue.clone(), text);
            if let Some(last) = &raw.after_furniture
                && raw.issue.is_incomplete()
            {
                page.issue = page.issue.clone().or(banmian_layout::read_issue(&page)).or(last.clone());
            }
            if let Some(corrections) = corrections {
                corrected = corrections.apply(&mut page);
            }
            split_sentences(&mut page);
            page
        });
        self.out.times.layout += start.elapsed();
        let (applied, misfits) = corrected;
        self.out.counts.corrections += applied;
        misfits.iter().for_each(|message| self.fail(number, &raw.page, "corrections", message));
        match laid_out {
            Ok(page) => Some(Laid { number, page, encoding: raw.encoding, words: Words::default() }),
            Err(message) => {
                self.fail(number, &raw.page, "layout", &message);
                None
            }
        }
    }

    /// Writes the engine's own rows of a page.
    fn own_rows(&mut self, page: &Page, encoding: &str) {
        self.out.counts.pages += 1;
        self.out.counts.articles += page.articles.len() as u64;
        self.out.counts.characters += page.text.chars().count() as u64;
        let characters = characters_of_pieces(page);
        self.row(PAGES, &page_row(page, encoding, &characters));
        for row in article_rows(page, &characters) {
            self.row(ARTICLES, &row);
        }
    }

    /// Puts one analyzer's question to a page.
    fn ask(&mut self, index: usize, Laid { number, page, words, .. }: &Laid) {
        let BatchResult { partials, rows, .. } = &mut self.out;
        let Ok(partial) = &mut partials[index] else { return };
        let tables = self.shared.tables;
        let mut unknown_table = None;
        let told = partial.read(page, words, &mut |schema, cells| match table_index(tables, index, schema) {
            Ok(table) => rows[table].push(cells, &tables[table]),
            Err(message) => unknown_table = Some(message),
        });
        let ended = match (told, unknown_table) {
            (Ok(()), None) => return,
            (Err(ReadError::Page(message)), _) => {
                return self.fail(*number, &page.id, &self.shared.suite.analyzers[index].name, &message);
            }
            // What it wrote of this page is dropped with all its tables.
            (Err(ReadError::Analyzer(message)), _) | (Ok(()), Some(message)) => message,
        };
        partials[index] = Err(Ended { page: page.id.clone(), message: ended });
    }

    fn input_failure(&mut self, number: usize, failure: &Failure) {
        // A page that cannot be read is part of the corpus, too.
        self.out.hashes.push((failure.page.clone(), blake3::hash(failure.error.to_string().as_bytes())));
        self.fail(number, &failure.page, "reading", &failure.error.to_string());
    }

    fn fail(&mut self, number: usize, page: &str, part: &str, message: &str) {
        let row = FailureRow { page: page.to_owned(), part: part.to_owned(), message: message.to_owned() };
        self.failures.push((number, row));
        self.out.counts.failures += 1;
    }

    fn row(&mut self, table: usize, row: &impl Row) {
        row.write(&mut |cells| self.out.rows[table].push(cells, &self.shared.tables[table]));
    }

    /// The result, failures in the order of the pages.
    fn finish(mut self) -> BatchResult {
        let mut failures = std::mem::take(&mut self.failures);
        failures.sort_by_key(|(number, _)| *number);
        failures.iter().for_each(|(_, row)| self.row(FAILURES, row));
        self.out
    }
}

impl EncodedRows {
    /// Forgets all rows, and keeps their room.
    pub(super) fn clear(&mut self) {
        self.encoded.clear();
        self.n_rows = 0;
        self.head.clear();
    }

    /// Encodes one more row of `table`; keeps it as cells, too, if the report may want it.
    pub(super) fn push(&mut self, cells: &[CellRef<'_>], table: &TablePlan) {
        table.encoder.push(cells, &mut self.encoded);
        self.n_rows += 1;
        if self.head.len() < HEAD_ROWS && !table.head_full.load(Ordering::Relaxed) {
            self.head.push(cells.iter().map(|c| c.to_cell()).collect());
        }
    }
}

/// Index of an analyzer's table in the plan; the error is for the author of the analyzer.
pub(super) fn table_index(
    tables: &[TablePlan],
    instance: usize,
    schema: &'static TableSchema,
) -> Result<usize, String> {
    let same = |known: &TableSchema| std::ptr::eq(known, schema) || known.name == schema.name;
    let found = tables.iter().position(|t| t.instance == Some(instance) && same(t.schema));
    found.ok_or_else(|| format!("table `{}` is not in the analyzer's manifest", schema.name))
}

/// True if some analyzer of the suite reads words.
pub(super) fn needs_words(suite: &Suite) -> bool {
    suite.analyzers.iter().any(|i| i.manifest.needs == Needs::Words)
}
