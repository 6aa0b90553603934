//! The contract of an analyzer: one question asked of every page.
//!
//! Four types, four jobs: settings → findings of one page → summary of many → rows. A new analyzer
//! is a new crate that implements [`Analyzer`] and one line in the list of analyzers.

use std::fmt::Debug;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{DocumentSink, Fault, Page, Resources, TableSchema, TableSink, Words};

/// One question: a pure function from a page to findings, and the bookkeeping around it.
///
/// Everything but [`new`](Analyzer::new) must depend on its arguments alone: no I/O, no clock, no
/// environment, no random numbers, no state that changes. The engine calls `analyze` on many
/// threads; a panic there loses that page's answer and is recorded, a panic elsewhere ends the
/// analyzer.
pub trait Analyzer: Sized + Send + Sync + 'static {
    /// What the suite file may say; unknown keys are refused by the engine.
    type Settings: DeserializeOwned + Serialize + JsonSchema + Default;
    /// One thing seen on one page, with its place. Owned, small, written down and read back.
    type Finding: Serialize + DeserializeOwned + PartialEq + Debug + Send;
    /// What is known after any number of pages.
    type Summary: Summary;
    /// Name, version, one-line doc, needs, tables.
    const MANIFEST: Manifest;

    /// Checks settings and prepares patterns. Reports every fault, not the first.
    fn new(settings: Self::Settings, files: &Resources) -> Result<Self, Vec<Fault>>;
    /// Reads one page. Cannot fail; no match is simply no finding. Findings come in page order.
    fn analyze(&self, page: &Page, words: &Words, out: &mut Vec<Self::Finding>);
    /// Adds one page to the summary; called for every page, also without findings, so that it can
    /// count denominators. Short and dull on purpose.
    fn absorb(&self, page: &Page, findings: &[Self::Finding], into: &mut Self::Summary);
    /// Writes one row per finding as the page is read. Analyzers without evidence leave this empty.
    fn evidence(&self, _page: &Page, _finding: &Self::Finding, _out: &mut TableSink<'_>) {}
    /// False for a table of the manifest that these settings have switched off: it is left out of the run
    /// altogether, instead of standing there without rows.
    fn writes(&self, _table: &TableSchema) -> bool {
        true
    }
    /// What whoever checks a suite should know of these settings before a long run: what they cost in memory, say. A sentence each.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
    /// Writes the summary's rows, sorted by a full key. Rates and rankings are computed here.
    fn tables(&self, summary: &Self::Summary, out: &mut TableSink<'_>);
    /// Writes whole files in the forms of other programs, where a setting asks for them. Most analyzers write none.
    fn documents(&self, _summary: &Self::Summary, _out: &mut DocumentSink<'_>) {}
}

/// What is known of any number of pages; summaries merge.
///
/// A commutative monoid: merging [`Default`] changes nothing, grouping and order do not matter, and
/// any split of the pages gives the same bytes. So a summary holds integers and ordered sets; no
/// floating-point sums, no "top N by count". `banmian_testkit::laws` checks this.
pub trait Summary: Default + Clone + PartialEq + Debug + Send + Serialize + DeserializeOwned + 'static {
    /// Adds what `other` knows.
    fn merge(&mut self, other: Self);
}

/// What the engine and the manual need to know of an analyzer.
#[derive(Clone, Copy, Debug)]
pub struct Manifest {
    /// Name in suites and folders, in kebab case: `keyword-frequency`.
    pub name: &'static str,
    /// Raised whenever any finding changes.
    pub version: u32,
    /// One line: the question it answers.
    pub doc: &'static str,
    /// What `analyze` reads.
    pub needs: Needs,
    /// Its tables, evidence first.
    pub tables: &'static [&'static TableSchema],
}

/// What `analyze` reads; words are cut only when some analyzer of the suite asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needs {
    /// The clean text alone.
    Text,
    /// Pieces and articles.
    Articles,
    /// Words with parts of speech; without this need, `analyze` gets empty [`Words`].
    Words,
}
