//! `banmian run`: a suite over a corpus, and a short summary of what was found.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use banmian_core::{Cell, Fault, FaultPlace};
use banmian_corpus::{Corpus, CorpusPath, Source, find};
use banmian_engine::run::{Digest, RunError, RunOptions, TableDigest};
use banmian_engine::suite::{self, Extra, Suite, SuiteError, SuiteSource};
use banmian_engine::{Entry, builtin};
use banmian_output::Format;
use banmian_report::grouped;

use crate::args::RunArgs;
use crate::show::{plural, say, tell};
use crate::{Status, progress, render};

static INTERRUPT: AtomicBool = AtomicBool::new(false);

pub(crate) fn run(args: &RunArgs, entries: &[Entry]) -> Result<Status> {
    let sample = args.suite.is_none() && args.corpus.is_empty();
    let source = suite_source(args.suite.as_deref().unwrap_or("default"));
    let base = PathBuf::new();
    let corpus = args.corpus.iter().map(|p| CorpusPath { pattern: p.clone(), base: base.clone() }).collect::<Vec<_>>();
    let extra = Extra {
        corpus: (!corpus.is_empty()).then_some(corpus),
        formats: args.format.as_ref().map(|names| formats(names)).transpose()?,
        no_corpus: sample,
    };
    let suite = match suite::load(&source, entries, extra) {
        Ok(suite) => suite,
        Err(error) => return Ok(unusable(&error)),
    };
    let corpus = match corpus_of(&suite, sample, !args.corpus.is_empty())? {
        Ok(corpus) => corpus,
        Err(error) => return Ok(unusable(&error)),
    };
    // The first Ctrl-C asks the run to stop and clear up; a second one ends the program at once.
    ctrlc::set_handler(|| {
        if INTERRUPT.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })
    .context("Ctrl-C cannot be handled")?;
    let started = Instant::now();
    let bar = progress::bar(corpus.sources.iter().map(|s| s.size).sum());
    let options = RunOptions {
        out: &args.out,
        threads: args.threads.into(),
        interrupt: &INTERRUPT,
        progress: &|bytes| bar.set_position(bytes),
        sample,
        report: &banmian_report::html,
        corpus_paths: suite.corpus.iter().map(|p| p.pattern.clone()).collect(),
    };
    let ended = banmian_engine::run::run(&suite, corpus, &options);
    bar.finish_and_clear();
    match ended {
        Ok(digest) => {
            // The results are in place, whether or not anyone reads this.
            let _ = say(&summary(&digest, args, started));
            Ok(if digest.counts.failures > 0 { Status::Partial } else { Status::Done })
        }
        Err(RunError::Interrupted) => {
            tell("interrupted: nothing was written");
            Ok(Status::Interrupted)
        }
        Err(e) => Err(e.into()),
    }
}

/// A name that ships, unless a file of that name exists.
pub(crate) fn suite_source(name: &str) -> SuiteSource {
    let path = PathBuf::from(name);
    if builtin::suite(name).is_some() && !path.is_file() {
        SuiteSource::Builtin(name.to_owned())
    } else {
        SuiteSource::File(path)
    }
}

pub(crate) fn unusable(error: &SuiteError) -> Status {
    tell(&render::suite_error(error));
    Status::Unusable
}

fn formats(names: &[String]) -> Result<Vec<Format>> {
    let mut formats = Vec::new();
    for name in names {
        match Format::named(name.trim()) {
            Ok(format) => formats.push(format),
            Err(e) => bail!("--format: {e}; use csv, jsonl or both"),
        }
    }
    formats.sort();
    formats.dedup();
    Ok(formats)
}

/// The corpus of a suite, or the faults of its paths.
fn corpus_of(suite: &Suite, sample: bool, from_arguments: bool) -> Result<Result<Corpus, SuiteError>> {
    if sample {
        let sources = builtin::SAMPLE.iter().map(|(name, text)| Source::builtin(name, text)).collect();
        return Ok(Ok(Corpus { sources, ..Corpus::default() }));
    }
    let errors = match find(&suite.corpus) {
        Ok(corpus) => return Ok(Ok(corpus)),
        Err(errors) => errors,
    };
    if from_arguments {
        let messages: Vec<_> = errors.iter().map(|(_, e)| e.to_string()).collect();
        bail!("--corpus: {}", messages.join("; "));
    }
    let fault = |(index, e): &(usize, banmian_corpus::FindError)| {
        let place = suite.corpus_places.get(*index).copied().flatten();
        Fault { message: e.to_string(), help: None, place: place.map_or(FaultPlace::Settings, FaultPlace::Suite) }
    };
    Ok(Err(SuiteError { files: suite.files.clone(), faults: errors.iter().map(fault).collect() }))
}

/// What was found and where the files are.
fn summary(digest: &Digest, args: &RunArgs, started: Instant) -> String {
    let counts = digest.counts;
    let mut lines = Vec::new();
    if digest.sample {
        lines.push("This is the sample corpus; use --corpus to read pages of your own.\n".to_owned());
    }
    lines.push(format!(
        "{} · {} · {} · {:.1} s",
        plural(counts.pages, "page"),
        plural(counts.articles, "article"),
        plural(counts.characters, "character"),
        started.elapsed().as_secs_f64()
    ));
    let width = digest.analyzers.iter().map(|a| a.name.chars().count()).max().unwrap_or(0);
    for analyzer in &digest.analyzers {
        let tables = match &analyzer.failed {
            Some(message) => format!("failed: {message}"),
            None => tables_line(&analyzer.tables),
        };
        lines.push(format!("  {:width$}  {tables}", analyzer.name));
        if let Some(most) = analyzer.tables.iter().find(|t| sums_up(t)).and_then(most_frequent) {
            lines.push(format!("  {:width$}  {most}", ""));
        }
    }
    if counts.skipped_files > 0 {
        lines.push(format!("{} of other kinds passed over", plural(counts.skipped_files, "file")));
    }
    if counts.failures > 0 {
        let failures = &digest.tables.last().expect("failures are a table of every run").head;
        lines.push(format!("\n{}:", plural(counts.failures, "failure")));
        for row in failures.iter().take(5) {
            let cells: Vec<_> = row.iter().map(cell_text).filter(|t| !t.is_empty()).collect();
            lines.push(format!("  {}", cells.join(": ")));
        }
        if counts.failures > 5 {
            lines.push(format!("  … all of them in {}", args.out.join("failures").display()));
        }
    }
    lines.push(format!("\nTables: {}", args.out.display()));
    lines.push(format!("Report: {}\n", args.out.join("report.html").display()));
    lines.join("\n")
}

/// True for a table over the whole corpus whose rows are not of single pages.
fn sums_up(table: &TableDigest) -> bool {
    !table.schema.evidence && table.schema.columns.first().is_some_and(|column| column.name != "page")
}

/// What was found, the first table of each sort by name; the others are counted.
fn tables_line(tables: &[TableDigest]) -> String {
    let first = [tables.iter().find(|t| t.schema.evidence), tables.iter().find(|t| sums_up(t))];
    let told: Vec<_> = first.into_iter().flatten().collect();
    let mut parts: Vec<_> = told.iter().map(|t| format!("{} {}", grouped(t.n_rows), t.schema.name)).collect();
    let others = tables.len() - told.len();
    if others > 0 {
        parts.push(format!("and {}", plural(others as u64, "more table")));
    }
    parts.join(", ")
}

/// The first values of a table that is sorted by what is most frequent; each value once.
fn most_frequent(table: &TableDigest) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in table.head.iter().filter_map(|row| row.first()).map(cell_text) {
        if names.len() < 6 && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| format!("{}: {} …", table.schema.name, names.join("、")))
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Integer(i) => i.to_string(),
        Cell::Float(f) => f.to_string(),
        Cell::Boolean(b) => b.to_string(),
        Cell::Empty => String::new(),
    }
}
