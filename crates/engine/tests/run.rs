//! Runs of the engine with analyzers made for the test: panics, order, the output folder.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use banmian_core::{
    Analyzer, DocumentSink, Fault, Manifest, Needs, Page, Resources, Row, Summary, TableSink, TextRange, Words,
    schemars::JsonSchema,
};
use banmian_corpus::{CorpusPath, find};
use banmian_engine::Entry;
use banmian_engine::run::{Digest, OutputError, RunError, RunOptions, run};
use banmian_engine::suite::{Extra, Suite, SuiteSource, load};
use serde::{Deserialize, Serialize};

banmian_core::table! {
    /// Every 会 of a page.
    pub struct Found as "found" at place {
        /// The character.
        character: String,
    }
}

banmian_core::table! {
    /// How many there are.
    pub struct Total as "total" {
        /// All of them.
        count: u64,
    }
}

#[derive(Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Settings {
    /// Panic in `analyze` of a page that holds this.
    panic_in_analyze: String,
    /// Panic in `absorb` of a page that holds this.
    panic_in_absorb: String,
    /// Panic in `tables`.
    panic_in_tables: bool,
    /// Write a document.
    document: bool,
    /// Panic in the middle of it.
    panic_in_documents: bool,
}

/// Finds the character 会, or panics where its settings say so.
struct Meetings(Settings);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Count(u64);

impl Summary for Count {
    fn merge(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Analyzer for Meetings {
    type Settings = Settings;
    type Finding = TextRange;
    type Summary = Count;
    const MANIFEST: Manifest = Manifest {
        name: "meetings",
        version: 1,
        doc: "Finds 会.",
        needs: Needs::Text,
        tables: &[Found::SCHEMA, Total::SCHEMA],
    };

    fn new(settings: Settings, _: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        Ok(Meetings(settings))
    }

    fn analyze(&self, page: &Page, _: &Words, out: &mut Vec<TextRange>) {
        assert!(!holds(page, &self.0.panic_in_analyze), "no answer for this page");
        out.extend(page.text.match_indices('会').map(|(i, c)| TextRange::new(i, i + c.len())));
    }

    fn absorb(&self, page: &Page, findings: &[TextRange], into: &mut Count) {
        assert!(!holds(page, &self.0.panic_in_absorb), "the summary is broken");
        into.0 += findings.len() as u64;
    }

    fn evidence(&self, page: &Page, finding: &TextRange, out: &mut TableSink<'_>) {
        out.row(Found { character: page.slice(*finding).to_owned(), place: page.place(*finding) });
    }

    fn tables(&self, summary: &Count, out: &mut TableSink<'_>) {
        assert!(!self.0.panic_in_tables, "no tables");
        out.row(Total { count: summary.0 });
    }

    fn documents(&self, summary: &Count, out: &mut DocumentSink<'_>) {
        if self.0.document {
            out.append("count.txt", "会 was found ");
            assert!(!self.0.panic_in_documents, "half a document");
            out.append("count.txt", &format!("{} times\n", summary.0));
        }
    }
}

fn holds(page: &Page, text: &str) -> bool {
    !text.is_empty() && page.text.contains(text)
}

const ENTRIES: &[Entry] = &[Entry::of::<Meetings>()];

fn suite(folder: &Path, analyzers: &str) -> Suite {
    let extra = Extra {
        corpus: Some(vec![CorpusPath { pattern: "pages".to_owned(), base: folder.to_owned() }]),
        ..Extra::default()
    };
    let source = SuiteSource::Text { name: "test".to_owned(), text: analyzers.to_owned() };
    load(&source, ENTRIES, extra).expect("the suite is sound")
}

fn pages(folder: &Path, texts: &[&str]) {
    fs::create_dir_all(folder.join("pages")).unwrap();
    for (i, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("pages/{:02}.txt", i + 1)), text).unwrap();
    }
}

static NEVER: AtomicBool = AtomicBool::new(false);

fn options<'a>(out: &'a Path, threads: usize, interrupt: &'a AtomicBool) -> RunOptions<'a> {
    RunOptions {
        out,
        threads,
        interrupt,
        progress: &|_| {},
        sample: false,
        report: &|_| "<p>".to_owned(),
        corpus_paths: Vec::new(),
    }
}

fn run_in(folder: &Path, analyzers: &str, threads: usize) -> Result<Digest, RunError> {
    let suite = suite(folder, analyzers);
    let corpus = find(&suite.corpus).expect("the corpus is there");
    run(&suite, corpus, &options(&folder.join("out"), threads, &NEVER))
}

/// A file of the results, without its byte order mark.
fn result(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("out").join(name)).unwrap().trim_start_matches('\u{feff}').to_owned()
}

/// All files of the results but the log, name and content.
fn results(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.join("out")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("run.log.json") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn rows_come_in_page_order_whatever_the_number_of_threads() {
    let texts: Vec<String> = (0..200).map(|i| format!("第{i}次会议。{}", "会上发言。".repeat(i % 7))).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut all = Vec::new();
    for threads in [1, 2, 8] {
        let dir = tempfile::tempdir().unwrap();
        pages(dir.path(), &texts);
        run_in(dir.path(), "[analyzers.meetings]", threads).unwrap();
        all.push(results(dir.path()));
    }
    assert!(all[0].iter().any(|(name, bytes)| name == "out/meetings/found.csv" && bytes.len() > 10_000));
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}

#[test]
fn a_panic_in_analyze_loses_one_page_of_one_analyzer() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。", "坏页开会。", "又开会。"]);
    let suite = "[analyzers.careful]\nuse = \"meetings\"\n[analyzers.meetings]\npanic-in-analyze = \"坏页\"";
    let digest = run_in(dir.path(), suite, 2).unwrap();
    assert_eq!(digest.counts.failures, 1);
    assert_eq!(result(dir.path(), "failures.csv"), "page,part,message\n02.txt,meetings,no answer for this page\n");
    assert_eq!(result(dir.path(), "meetings/total.csv"), "count\n2\n");
    assert_eq!(result(dir.path(), "careful/total.csv"), "count\n3\n");
}

#[test]
fn a_panic_in_absorb_ends_the_analyzer_and_leaves_it_no_tables() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。", "坏页开会。", "又开会。", "坏页再来。"]);
    let suite = "[analyzers.careful]\nuse = \"meetings\"\n[analyzers.meetings]\npanic-in-absorb = \"坏页\"";
    let digest = run_in(dir.path(), suite, 2).unwrap();
    assert_eq!(digest.analyzers[1].failed.as_deref(), Some("the summary is broken"));
    let failures = result(dir.path(), "failures.csv");
    assert_eq!(failures.lines().count(), 2, "only the first panic is told: {failures}");
    assert!(failures.contains("02.txt,meetings,the summary is broken"), "{failures}");
    assert!(!dir.path().join("out/meetings").join("found.csv").exists());
    assert_eq!(result(dir.path(), "careful/total.csv"), "count\n3\n");
}

#[test]
fn a_panic_in_tables_ends_the_analyzer() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    let digest = run_in(dir.path(), "[analyzers.meetings]\npanic-in-tables = true", 1).unwrap();
    assert_eq!((digest.counts.failures, digest.analyzers[0].tables.len()), (1, 0));
    assert!(!dir.path().join("out/meetings/found.csv").exists());
}

#[test]
fn documents_are_files_of_the_run() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。", "又开会了，会很长。"]);
    let digest = run_in(dir.path(), "[analyzers.meetings]\ndocument = true", 1).unwrap();
    assert_eq!(result(dir.path(), "meetings/count.txt"), "会 was found 3 times\n");
    assert!(digest.manifest["files"].as_array().unwrap().contains(&"meetings/count.txt".into()));

    let digest = run_in(dir.path(), "[analyzers.meetings]\ndocument = true\npanic-in-documents = true", 1).unwrap();
    assert_eq!((digest.counts.failures, digest.analyzers[0].tables.len()), (1, 0));
    assert!(!dir.path().join("out/meetings").exists(), "neither half a document nor tables");
}

#[test]
fn a_run_takes_the_place_of_an_earlier_one_and_of_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    run_in(dir.path(), "[analyzers.first]\nuse = \"meetings\"", 1).unwrap();
    fs::write(dir.path().join("out/notes.txt"), "mine").unwrap();
    run_in(dir.path(), "[analyzers.second]\nuse = \"meetings\"", 1).unwrap();
    assert!(!dir.path().join("out/first").exists(), "stale tables are removed");
    assert!(dir.path().join("out/second/total.csv").exists());
    assert_eq!(result(dir.path(), "notes.txt"), "mine", "a user's own file stays");

    fs::remove_file(dir.path().join("out/manifest.json")).unwrap();
    let error = run_in(dir.path(), "[analyzers.second]\nuse = \"meetings\"", 1).unwrap_err();
    assert!(matches!(error, RunError::Output(OutputError::Foreign(_))), "{error}");
}

#[test]
fn an_interrupted_run_leaves_the_earlier_one_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    run_in(dir.path(), "[analyzers.meetings]", 1).unwrap();
    let before = results(dir.path());
    pages(dir.path(), &["开会了。", "会会会。"]);
    let suite = suite(dir.path(), "[analyzers.meetings]");
    let interrupted = AtomicBool::new(false);
    interrupted.store(true, Ordering::Relaxed);
    let out = dir.path().join("out");
    let error = run(&suite, find(&suite.corpus).unwrap(), &options(&out, 1, &interrupted)).unwrap_err();
    assert!(matches!(error, RunError::Interrupted));
    assert_eq!(results(dir.path()), before);

    let fresh = dir.path().join("fresh");
    run(&suite, find(&suite.corpus).unwrap(), &options(&fresh, 1, &interrupted)).unwrap_err();
    assert!(!fresh.exists(), "a run that never finished leaves no folder");
}

#[test]
fn a_second_run_is_kept_out_of_a_folder_in_use() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    let out = dir.path().join("out");
    let suite = suite(dir.path(), "[analyzers.meetings]");
    let second = |_: &Digest| {
        let corpus = find(&suite.corpus).unwrap();
        let error = run(&suite, corpus, &options(&out, 1, &NEVER)).unwrap_err();
        assert!(matches!(error, RunError::Output(OutputError::Locked(_))), "{error}");
        String::new()
    };
    let first = RunOptions { report: &second, ..options(&out, 1, &NEVER) };
    run(&suite, find(&suite.corpus).unwrap(), &first).unwrap();
}

#[test]
fn a_run_that_cannot_be_published_leaves_the_earlier_one() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    run_in(dir.path(), "[analyzers.meetings]", 1).unwrap();
    let report = dir.path().join("out/report.html");
    fs::remove_file(&report).unwrap();
    fs::create_dir(&report).unwrap();
    let before = results(dir.path());
    run_in(dir.path(), "[analyzers.meetings]", 1).unwrap_err();
    assert_eq!(results(dir.path()), before);
    fs::remove_dir(&report).unwrap();
    run_in(dir.path(), "[analyzers.meetings]", 1).unwrap();
}

#[test]
fn a_folder_with_a_lock_of_others_is_foreign() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    fs::create_dir(dir.path().join("out")).unwrap();
    fs::write(dir.path().join("out/banmian.lock"), "").unwrap();
    fs::write(dir.path().join("out/pages.csv"), "mine").unwrap();
    let error = run_in(dir.path(), "[analyzers.meetings]", 1).unwrap_err();
    assert!(matches!(error, RunError::Output(OutputError::Foreign(_))), "{error}");
    assert_eq!(fs::read_to_string(dir.path().join("out/pages.csv")).unwrap(), "mine");
}

#[test]
fn the_corpus_hash_covers_metadata() {
    let hash = |line: &str| {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("pages")).unwrap();
        fs::write(dir.path().join("pages/a.jsonl"), line).unwrap();
        run_in(dir.path(), "[analyzers.meetings]", 1).unwrap().manifest["corpus_hash"].clone()
    };
    let first = hash(r#"{"text":"开会了。","date":"2023-02-03"}"#);
    assert_eq!(first, hash(r#"{"date":"2023-02-03","text":"开会了。"}"#));
    assert_ne!(first, hash(r#"{"text":"开会了。","date":"2023-02-04"}"#));
}

#[test]
fn a_manifest_made_by_others_cannot_reach_outside_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    pages(dir.path(), &["开会了。"]);
    fs::write(dir.path().join("precious.txt"), "keep").unwrap();
    fs::create_dir(dir.path().join("out")).unwrap();
    let manifest = r#"{"program":"banmian","files":["../precious.txt","/etc/hostname",""]}"#;
    fs::write(dir.path().join("out/manifest.json"), manifest).unwrap();
    run_in(dir.path(), "[analyzers.meetings]", 1).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("precious.txt")).unwrap(), "keep");
}
