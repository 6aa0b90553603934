//! Which words are frequent and telling.
//!
//! Counts content words over a corpus, with the articles and pages they occur in, their rate per
//! 10,000 tokens and their TF-IDF. Start with [`Settings`], then `find.rs`.

mod association;
mod attraction;
mod cells;
mod columns;
mod compare;
mod corpus_parts;
mod dispersion;
mod exports;
mod find;
mod finding;
mod folding;
mod fuller;
mod joints;
mod neighbours;
mod not_persons;
#[cfg(test)]
mod oracle;
mod phrases;
mod plan;
mod reference;
mod seen;
mod settings;
mod slices;
mod stop_words;
mod summary;
mod tables;
mod tallies;
mod trend;
mod vocabulary;
mod word_index;

use banmian_core::{
    Analyzer, DocumentSink, Fault, Manifest, Needs, Page, Resources, Row, TableSchema, TableSink, Words,
};

pub use finding::{Both, Finding};
pub use settings::{Export, Scope, Settings};
pub use summary::Summary;
pub use tables::{ArticleKeyword, Collocation, Comparison, Key, Ngram, Node, TrendRow, TrendTest, Word};

/// Counts content words.
pub struct KeywordFrequency {
    plan: plan::Plan,
}

impl Analyzer for KeywordFrequency {
    type Settings = Settings;
    type Finding = Finding;
    type Summary = Summary;

    const MANIFEST: Manifest = Manifest {
        name: "keyword-frequency",
        version: 3,
        doc: "Which words are frequent and telling: counts, rates, TF-IDF and dispersion of content words.",
        needs: Needs::Words,
        tables: &[
            ArticleKeyword::SCHEMA,
            Word::SCHEMA,
            Node::SCHEMA,
            Key::SCHEMA,
            Comparison::SCHEMA,
            Collocation::SCHEMA,
            Ngram::SCHEMA,
            TrendRow::SCHEMA,
            TrendTest::SCHEMA,
        ],
    };

    fn new(settings: Settings, files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        plan::Plan::new(&settings, files).map(|plan| KeywordFrequency { plan })
    }

    fn analyze(&self, page: &Page, words: &Words, out: &mut Vec<Finding>) {
        find::find(&self.plan, page, words, out);
    }

    fn writes(&self, table: &TableSchema) -> bool {
        match table.name {
            "keyness" => self.plan.keyness.is_some(),
            "comparison" => self.plan.compare.is_some(),
            "nodes" => !self.plan.nodes.is_empty(),
            "collocations" => self.plan.collocations,
            "ngrams" => self.plan.writes_ngrams(),
            "trends" | "trend_tests" => self.plan.trends.is_some(),
            "article_keywords" => self.plan.article_keywords > 0,
            _ => true,
        }
    }

    fn notes(&self) -> Vec<String> {
        self.plan.notes()
    }

    fn absorb(&self, page: &Page, findings: &[Finding], into: &mut Summary) {
        into.absorb(&self.plan, page, findings);
    }

    fn evidence(&self, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
        if let Finding::Keyword { first, rank, score } = *finding {
            out.row(ArticleKeyword {
                word: page.slice(first),
                rank,
                score: f64::from(score) / 10_000.0,
                place: page.place(first),
            });
        }
    }

    fn documents(&self, summary: &Summary, out: &mut DocumentSink<'_>) {
        exports::write(&self.plan, summary, out);
    }

    fn tables(&self, summary: &Summary, out: &mut TableSink<'_>) {
        tables::write(&self.plan, summary, out);
    }
}
