//! Analyzers of any type behind one object, so that a run can hold a list of them.
//!
//! One dynamic call per page and analyzer; all inside is typed. This is the only place with a
//! downcast, and plugin authors never see it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use banmian_core::{
    Analyzer, DocumentSink, Fault, Manifest, Page, Resources, Summary, TableSchema, TableSink, Words, WriteRow,
    WriteText,
};
use serde_json::Value as Json;

use crate::quiet;
use crate::suite::{Settings, SettingsFault};

/// An analyzer as the list of analyzers holds it: its manifest and how to build it.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Name, version, doc, tables.
    pub manifest: Manifest,
    /// The JSON schema of its settings.
    pub schema: fn() -> Json,
    /// Its settings when a suite says nothing.
    pub defaults: fn() -> Json,
    pub(crate) build: BuildFn,
}

type BuildFn = fn(&Settings, &Resources<'_>) -> Result<Built, Vec<SettingsFault>>;

/// An analyzer with its settings, ready to read.
pub(crate) struct Built {
    pub(crate) analyzer: Arc<dyn AnyAnalyzer>,
    /// The settings as resolved: defaults filled in.
    pub(crate) settings: Json,
}

impl Entry {
    /// The entry of one analyzer.
    pub const fn of<A: Analyzer>() -> Self {
        Entry {
            manifest: A::MANIFEST,
            schema: || schemars::schema_for!(A::Settings).to_value(),
            defaults: || to_json(&A::Settings::default()),
            build: build::<A>,
        }
    }
}

fn build<A: Analyzer>(settings: &Settings, files: &Resources<'_>) -> Result<Built, Vec<SettingsFault>> {
    let typed: A::Settings = settings.read()?;
    let resolved = to_json(&typed);
    let analyzer = A::new(typed, files).map_err(|faults: Vec<Fault>| settings.place_all(faults))?;
    Ok(Built { analyzer: Arc::new(Typed(Arc::new(analyzer))), settings: resolved })
}

fn to_json<T: serde::Serialize>(settings: &T) -> Json {
    serde_json::to_value(settings).expect("settings are plain data with string keys")
}

/// An analyzer of any type.
pub(crate) trait AnyAnalyzer: Send + Sync {
    /// An empty summary that can read pages.
    fn start(&self) -> Box<dyn Partial>;
    /// False for a table that its settings have switched off.
    fn writes(&self, table: &TableSchema) -> bool;
    /// What to know of its settings before a long run.
    fn notes(&self) -> Vec<String>;
}

/// What went wrong while one page was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// `analyze` panicked: this page has no answer, and nothing of it was counted or written.
    Page(String),
    /// `absorb` or `evidence` panicked: the analyzer's summary and rows can no longer be trusted.
    Analyzer(String),
}

/// An analyzer and its summary so far.
pub(crate) trait Partial: Send {
    /// Reads a page: findings into the summary, evidence rows to `write`.
    fn read<'a>(&mut self, page: &Page, words: &Words, write: &'a mut WriteRow<'a>) -> Result<(), ReadError>;
    /// Adds the summary of another partial of the same analyzer.
    fn merge(&mut self, other: Box<dyn Partial>);
    /// The rows at the end; the error is the message of a panic.
    fn tables<'a>(&self, write: &'a mut WriteRow<'a>) -> Result<(), String>;
    /// The documents at the end; the error is the message of a panic.
    fn documents<'a>(&self, write: &'a mut WriteText<'a>) -> Result<(), String>;
    /// For the downcast in `merge`.
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

struct Typed<A: Analyzer>(Arc<A>);

struct TypedPartial<A: Analyzer> {
    analyzer: Arc<A>,
    summary: A::Summary,
    /// Empty between pages; its room is kept.
    findings: Vec<A::Finding>,
}

impl<A: Analyzer> AnyAnalyzer for Typed<A> {
    fn start(&self) -> Box<dyn Partial> {
        Box::new(TypedPartial { analyzer: self.0.clone(), summary: A::Summary::default(), findings: Vec::new() })
    }

    fn writes(&self, table: &TableSchema) -> bool {
        self.0.writes(table)
    }

    fn notes(&self) -> Vec<String> {
        self.0.notes()
    }
}

impl<A: Analyzer> Partial for TypedPartial<A> {
    fn read<'a>(&mut self, page: &Page, words: &Words, write: &'a mut WriteRow<'a>) -> Result<(), ReadError> {
        let analyzer = &*self.analyzer;
        let (findings, summary) = (&mut self.findings, &mut self.summary);
        // A panic leaves some.
        findings.clear();
        caught(|| analyzer.analyze(page, words, findings)).map_err(ReadError::Page)?;
        caught(|| {
            let mut sink = TableSink::new(write);
            for finding in &*findings {
                analyzer.evidence(page, finding, &mut sink);
            }
            analyzer.absorb(page, findings, summary);
            findings.clear();
        })
        .map_err(ReadError::Analyzer)
    }

    fn merge(&mut self, other: Box<dyn Partial>) {
        let other = other.into_any().downcast::<Self>().expect("the engine merges partials of one analyzer only");
        self.summary.merge(other.summary);
    }

    fn tables<'a>(&self, write: &'a mut WriteRow<'a>) -> Result<(), String> {
        caught(|| self.analyzer.tables(&self.summary, &mut TableSink::new(write)))
    }

    fn documents<'a>(&self, write: &'a mut WriteText<'a>) -> Result<(), String> {
        caught(|| self.analyzer.documents(&self.summary, &mut DocumentSink::new(write)))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// Runs `f`; a panic becomes its message and prints nothing. What `f` was changing must not be used after a panic.
pub fn caught<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    let _quiet = quiet::here();
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without message".to_owned())
    })
}
