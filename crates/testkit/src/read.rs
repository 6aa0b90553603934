//! From raw text to what an analyzer sees, by the same layout and segmenter as a real run.

use std::sync::{Arc, OnceLock};

use banmian_annotate::{Segmenter, split_sentences};
use banmian_core::{Analyzer, CellRef, Cells, Issue, Page, Resources, TableSchema, TableSink, Words};

/// A page and its words.
pub struct Reading {
    /// The rebuilt page.
    pub page: Page,
    /// Its words.
    pub words: Words,
}

/// Rebuilds a page from raw text, without cutting words.
pub fn page(id: &str, issue: Issue, raw: &str) -> Page {
    let mut page = banmian_layout::read_page(id, issue, raw);
    split_sentences(&mut page);
    page
}

/// Rebuilds a page and cuts its words.
pub fn read(id: &str, issue: Issue, raw: &str) -> Reading {
    static SEGMENTER: OnceLock<Segmenter> = OnceLock::new();
    let page = page(id, issue, raw);
    let words = SEGMENTER.get_or_init(|| Segmenter::new(&[])).words(&page);
    Reading { page, words }
}

/// The lexicons that ship, and no others.
pub fn resources() -> Resources<'static> {
    Resources::new(&|name, _| {
        let builtin = name.strip_prefix("builtin:").and_then(banmian_engine::builtin::lexicon);
        builtin.map(Arc::from).ok_or_else(|| format!("there is no `{name}`"))
    })
}

/// An analyzer with these settings; panics with its faults.
pub fn build<A: Analyzer>(settings: A::Settings) -> A {
    A::new(settings, &resources()).unwrap_or_else(|faults| panic!("these settings are at fault: {faults:#?}"))
}

/// All rows of one run over the readings, evidence first, with the schema of their table.
pub fn rows<A: Analyzer>(analyzer: &A, readings: &[Reading]) -> Vec<(&'static TableSchema, Cells)> {
    let mut rows = Vec::new();
    let mut write = |schema, cells: &[CellRef<'_>]| rows.push((schema, cells.iter().map(|c| c.to_cell()).collect()));
    let mut sink = TableSink::new(&mut write);
    let mut summary = A::Summary::default();
    for reading in readings {
        let mut findings = Vec::new();
        analyzer.analyze(&reading.page, &reading.words, &mut findings);
        analyzer.absorb(&reading.page, &findings, &mut summary);
        for finding in &findings {
            analyzer.evidence(&reading.page, finding, &mut sink);
        }
    }
    analyzer.tables(&summary, &mut sink);
    rows
}
