//! The one writer of a run: takes what workers send, in page order, and finishes the tables.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::atomic::Ordering;
use std::time::Instant;

use banmian_core::{Cells, Manifest, Row, TableSchema};
use banmian_corpus::{Corpus, Sidecar, Unused};
use banmian_output::header;
use serde_json::{Value as Json, json};

use super::batch::{BatchResult, Counts, EncodedRows, Ended, FAILURES, HEAD_ROWS, TablePlan, Times, table_index};
use super::folder::{OutputError, OutputFolder};
use super::{FailureRow, RunError, RunOptions, listing_failure};
use crate::erased::{Partial, caught};
use crate::suite::Suite;

/// What a run came to: what the summary on the terminal and the report are made of.
#[derive(Debug)]
pub struct Digest {
    /// The manifest as written.
    pub manifest: Json,
    /// Counts over the corpus.
    pub counts: Counts,
    /// True if the corpus is the sample that ships.
    pub sample: bool,
    /// The engine's own tables: pages, articles, failures.
    pub tables: Vec<TableDigest>,
    /// The analyzers, in the order of the suite.
    pub analyzers: Vec<AnalyzerDigest>,
}

/// An analyzer's part of a run.
#[derive(Debug)]
pub struct AnalyzerDigest {
    /// Its name in the suite.
    pub name: String,
    /// What it is.
    pub manifest: Manifest,
    /// Its tables; none if it failed.
    pub tables: Vec<TableDigest>,
    /// Why it has no tables.
    pub failed: Option<String>,
}

/// A table of a run: its first rows and how many there are.
#[derive(Debug)]
pub struct TableDigest {
    /// Names, types and meaning of its columns.
    pub schema: &'static TableSchema,
    /// The first rows, at most 200.
    pub head: Vec<Cells>,
    /// All rows.
    pub n_rows: u64,
}

/// Rows of a summary's table that are held before they are written: tables may have millions, and those of a few hundred rows are
/// still in the processor's caches when they are written.
const ROWS_AT_ONCE: u64 = 512;

/// Takes results in page order.
pub(super) struct Collector<'a> {
    suite: &'a Suite,
    plan: &'a [TablePlan],
    folder: OutputFolder,
    tables: Vec<OpenTable>,
    /// For each analyzer its summary so far, or why it ended.
    partials: Vec<Result<Box<dyn Partial>, String>>,
    corpus_hash: blake3::Hasher,
    counts: Counts,
    times: Times,
    input_bytes: u64,
}

struct OpenTable {
    /// Name without ending, relative to the output folder.
    name: String,
    writers: Vec<BufWriter<File>>,
    n_rows: u64,
    head: Vec<Cells>,
}

impl<'a> Collector<'a> {
    /// Opens every table, so that one without rows exists all the same.
    pub(super) fn new(suite: &'a Suite, plan: &'a [TablePlan], mut folder: OutputFolder) -> Result<Self, OutputError> {
        let mut tables = Vec::new();
        for table in plan {
            let name = match table.instance {
                Some(i) => format!("{}/{}", suite.analyzers[i].name, table.schema.name),
                None => table.schema.name.to_owned(),
            };
            let mut writers = Vec::new();
            for format in &suite.formats {
                let file_name = format!("{name}.{}", format.name());
                let mut writer = folder.create(&file_name)?;
                writer.write_all(&header(table.schema, *format)).map_err(|e| folder.error(&file_name, e))?;
                writers.push(writer);
            }
            tables.push(OpenTable { name, writers, n_rows: 0, head: Vec::new() });
        }
        let partials = suite.analyzers.iter().map(|i| Ok(i.analyzer.start())).collect();
        Ok(Collector {
            suite,
            plan,
            folder,
            tables,
            partials,
            corpus_hash: blake3::Hasher::new(),
            counts: Counts::default(),
            times: Times::default(),
            input_bytes: 0,
        })
    }

    /// Bytes of input dealt with so far.
    pub(super) fn input_bytes(&self) -> u64 {
        self.input_bytes
    }

    /// Takes what the listing of the corpus told already.
    pub(super) fn listed(&mut self, corpus: &Corpus) -> Result<(), OutputError> {
        self.counts.skipped_files = corpus.n_skipped;
        for failure in &corpus.failures {
            self.fail(listing_failure(failure))?;
        }
        Ok(())
    }

    /// Takes how many entries of archives were of kinds that are not read.
    pub(super) fn skipped(&mut self, entries: u64) {
        self.counts.skipped_files += entries;
    }

    /// Takes the next batch in page order; its rows are given back empty, to be filled again.
    pub(super) fn take(&mut self, mut batch: BatchResult) -> Result<Vec<EncodedRows>, OutputError> {
        for (index, partial) in batch.partials.into_iter().enumerate() {
            let Ok(summary) = &mut self.partials[index] else { continue };
            match partial {
                Ok(partial) => {
                    if let Err(message) = caught(|| summary.merge(partial)) {
                        self.end_analyzer(index, String::new(), message)?;
                    }
                }
                Err(Ended { page, message }) => self.end_analyzer(index, page, message)?,
            }
        }
        for (index, rows) in batch.rows.iter_mut().enumerate() {
            // Rows of an analyzer that has ended are dropped with its tables.
            if self.plan[index].instance.is_none_or(|i| self.partials[i].is_ok()) {
                self.append(index, rows)?;
            }
            rows.clear();
        }
        for (page, hash) in batch.hashes {
            self.corpus_hash.update(page.as_bytes()).update(&[0]).update(hash.as_bytes());
        }
        self.counts.add(batch.counts);
        self.times.add(&batch.times);
        self.input_bytes += batch.input_bytes;
        Ok(batch.rows)
    }

    /// Writes rows of a table, and leaves them empty.
    fn append(&mut self, index: usize, rows: &mut EncodedRows) -> Result<(), OutputError> {
        let table = &mut self.tables[index];
        for (writer, bytes) in table.writers.iter_mut().zip(rows.encoded.files()) {
            writer.write_all(bytes).map_err(|e| self.folder.error(&table.name, e))?;
        }
        table.n_rows += rows.n_rows;
        let room = HEAD_ROWS - table.head.len();
        table.head.extend(rows.head.drain(..).take(room));
        if table.head.len() == HEAD_ROWS {
            self.plan[index].head_full.store(true, Ordering::Relaxed);
        }
        rows.clear();
        Ok(())
    }

    fn fail(&mut self, row: FailureRow) -> Result<(), OutputError> {
        let mut rows = EncodedRows::default();
        row.write(&mut |cells| rows.push(cells, &self.plan[FAILURES]));
        self.counts.failures += 1;
        self.append(FAILURES, &mut rows)
    }

    /// Ends an analyzer: its summary cannot be trusted, so it has no tables in this run.
    fn end_analyzer(&mut self, index: usize, page: String, message: String) -> Result<(), OutputError> {
        let part = self.suite.analyzers[index].name.clone();
        let told = format!("{message} (the analyzer was ended and has no tables in this run)");
        self.fail(FailureRow { page, part, message: told })?;
        self.partials[index] = Err(message);
        for (table, plan) in self.tables.iter_mut().zip(self.plan).filter(|(_, p)| p.instance == Some(index)) {
            table.writers.clear();
            (table.n_rows, table.head) = (0, Vec::new());
            plan.head_full.store(true, Ordering::Relaxed);
            for format in &self.suite.formats {
                self.folder.discard(&format!("{}.{}", table.name, format.name()))?;
            }
        }
        Ok(())
    }

    /// Writes the tables of the summaries, report, log and manifest, and publishes the run.
    pub(super) fn finish(
        mut self,
        options: &RunOptions<'_>,
        started: Instant,
        threads: usize,
    ) -> Result<Digest, RunError> {
        let reading_done = started.elapsed();
        self.unused_sidecar_rows()?;
        self.corrections_of_other_pages()?;
        for index in 0..self.suite.analyzers.len() {
            self.summary_tables(index)?;
            self.documents(index)?;
        }
        for table in &mut self.tables {
            for writer in &mut table.writers {
                writer.flush().map_err(|e| self.folder.error(&table.name, e))?;
            }
        }
        let mut digest = self.digest(options.sample);
        let names = [self.folder.names(), vec!["report.html".to_owned(), "run.log.json".to_owned()]].concat();
        digest.manifest["files"] = json!(names);
        self.folder.write("report.html", (options.report)(&digest).as_bytes())?;
        let seconds = |d: &std::time::Duration| (d.as_secs_f64() * 1000.0).round() / 1000.0;
        let analyzers = self.suite.analyzers.iter().zip(&self.times.analyzers);
        let log = json!({
            "corpus": options.corpus_paths,
            "out": options.out.display().to_string(),
            "suite": self.suite.files.iter().map(|f| &f.name).collect::<Vec<_>>(),
            "threads": threads,
            "started_unix_seconds": std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |d| d.as_secs().saturating_sub(started.elapsed().as_secs())),
            "seconds": { "pages": seconds(&reading_done), "total": seconds(&started.elapsed()) },
            "thread_seconds": {
                "reading": seconds(&self.times.reading),
                "layout": seconds(&self.times.layout),
                "words": seconds(&self.times.words),
                "analyzers": analyzers.map(|(a, t)| (a.name.clone(), seconds(t))).collect::<BTreeMap<_, _>>(),
            },
        });
        let mut text = serde_json::to_vec_pretty(&log).expect("a log is plain data");
        text.push(b'\n');
        self.folder.write("run.log.json", &text)?;
        if options.interrupt.load(Ordering::Relaxed) {
            return Err(RunError::Interrupted);
        }
        self.folder.publish(&digest.manifest)?;
        Ok(digest)
    }

    /// Metadata for pages that the corpus does not have is a mistake of one or the other.
    fn unused_sidecar_rows(&mut self) -> Result<(), OutputError> {
        let Some(Unused { sidecar, rows, unused, first }) =
            self.suite.metadata.sidecar.as_ref().and_then(Sidecar::unused)
        else {
            return Ok(());
        };
        let message = format!("{unused} of its {rows} rows tell of no page that was read; the first is `{first}`");
        self.fail(FailureRow { page: sidecar.to_owned(), part: "metadata".to_owned(), message })
    }

    /// A correction of a page that was not read fits nothing.
    fn corrections_of_other_pages(&mut self) -> Result<(), OutputError> {
        let (file, pages) = self.suite.corrections.unseen();
        for page in pages {
            let message = format!("`{file}` corrects this page, which was not read");
            self.fail(FailureRow { page: page.to_owned(), part: "corrections".to_owned(), message })?;
        }
        Ok(())
    }

    /// Writes the tables of one analyzer's summary as they are made, some rows at a time.
    fn summary_tables(&mut self, index: usize) -> Result<(), OutputError> {
        let ended = Err("its tables are written".to_owned());
        let partial = match std::mem::replace(&mut self.partials[index], ended) {
            Ok(partial) => partial,
            Err(message) => {
                self.partials[index] = Err(message);
                return Ok(());
            }
        };
        let plan = self.plan;
        let mut waiting: BTreeMap<usize, EncodedRows> = BTreeMap::new();
        let (mut failed, mut unknown_table) = (None, None);
        let told = partial.tables(&mut |schema, cells| {
            let table = match table_index(plan, index, schema) {
                Ok(table) => table,
                Err(message) => {
                    unknown_table = Some(message);
                    return;
                }
            };
            let rows = waiting.entry(table).or_default();
            rows.push(cells, &plan[table]);
            if rows.n_rows == ROWS_AT_ONCE && failed.is_none() {
                failed = self.append(table, rows).err();
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        for (table, mut rows) in waiting {
            self.append(table, &mut rows)?;
        }
        match unknown_table.map_or(told, Err) {
            Ok(()) => {
                self.partials[index] = Ok(partial);
                Ok(())
            }
            Err(message) => self.end_analyzer(index, String::new(), message),
        }
    }

    /// Writes the documents of one analyzer's summary, piece by piece.
    fn documents(&mut self, index: usize) -> Result<(), OutputError> {
        let Ok(partial) = &self.partials[index] else { return Ok(()) };
        let folder = &mut self.folder;
        let analyzer = &self.suite.analyzers[index].name;
        let mut open: BTreeMap<String, BufWriter<File>> = BTreeMap::new();
        let mut failed = None;
        let told = partial.documents(&mut |name, text| {
            if failed.is_none() {
                failed = append_to_document(folder, &mut open, &format!("{analyzer}/{name}"), text).err();
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        for (name, writer) in &mut open {
            writer.flush().map_err(|e| folder.error(name, e))?;
        }
        if let Err(message) = told {
            for name in open.keys() {
                folder.discard(name)?;
            }
            self.end_analyzer(index, String::new(), message)?;
        }
        Ok(())
    }

    fn digest(&mut self, sample: bool) -> Digest {
        let mut digests = self.tables.iter_mut().zip(self.plan).map(|(table, plan)| {
            let head = std::mem::take(&mut table.head);
            (plan.instance, TableDigest { schema: plan.schema, head, n_rows: table.n_rows })
        });
        let own = digests.by_ref().take(3).map(|(_, d)| d).collect();
        let mut by_analyzer: BTreeMap<usize, Vec<TableDigest>> = BTreeMap::new();
        for (instance, digest) in digests {
            by_analyzer.entry(instance.expect("analyzers' tables follow the engine's")).or_default().push(digest);
        }
        let analyzer = |(index, partial): (usize, &Result<_, String>)| {
            let instance = &self.suite.analyzers[index];
            let tables = by_analyzer.remove(&index).unwrap_or_default();
            AnalyzerDigest {
                name: instance.name.clone(),
                manifest: instance.manifest,
                tables: if partial.is_ok() { tables } else { Vec::new() },
                failed: partial.as_ref().err().cloned(),
            }
        };
        let analyzers: Vec<_> = self.partials.iter().enumerate().map(analyzer).collect();
        let manifest = self.manifest(&analyzers, sample);
        Digest { manifest, counts: self.counts, sample, tables: own, analyzers }
    }

    fn manifest(&self, analyzers: &[AnalyzerDigest], sample: bool) -> Json {
        let hash = |json: &Json| blake3::hash(json.to_string().as_bytes()).to_hex().to_string();
        let told = analyzers.iter().zip(&self.suite.analyzers).map(|(digest, instance)| {
            let rows: BTreeMap<_, _> = digest.tables.iter().map(|t| (t.schema.name, t.n_rows)).collect();
            let told = json!({
                "use": instance.manifest.name,
                "version": instance.manifest.version,
                "settings_hash": hash(&instance.settings),
                "rows": rows,
                "failed": digest.failed,
            });
            (digest.name.clone(), told)
        });
        json!({
            "program": "banmian",
            "version": env!("CARGO_PKG_VERSION"),
            "sample": sample,
            "suite": self.suite.resolved,
            "suite_hash": hash(&self.suite.resolved),
            "segmenter": banmian_annotate::SEGMENTER,
            "lexicons": self.suite.resources,
            "corpus_hash": self.corpus_hash.finalize().to_hex().to_string(),
            "counts": self.counts,
            "corrections_by": self.suite.corrections.authors(),
            "analyzers": told.collect::<serde_json::Map<_, _>>(),
        })
    }
}

/// Adds text to a document, which is made with its first piece.
fn append_to_document(
    folder: &mut OutputFolder,
    open: &mut BTreeMap<String, BufWriter<File>>,
    name: &str,
    text: &str,
) -> Result<(), OutputError> {
    if !open.contains_key(name) {
        assert!(!folder.names().iter().any(|n| n == name), "a document must not have the name of a table");
        open.insert(name.to_owned(), folder.create(name)?);
    }
    let writer = open.get_mut(name).expect("just made");
    writer.write_all(text.as_bytes()).map_err(|e| folder.error(name, e))
}
