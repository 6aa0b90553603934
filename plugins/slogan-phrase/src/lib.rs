//! Which official formulations (提法) and slogans (口号) circulate on the pages.
//!
//! Read `settings`, then `find`: the method step by step. `pass` cuts the page and looks for the phrases of `lexicon` with `trie`;
//! `numbered`, `quoted`, `couplet` and `series` find those that no lexicon has; `overlap` decides between
//! them.

mod anaphora;
mod couplet;
mod entry_check;
mod find;
mod finding;
mod fixed;
mod fold;
mod found;
mod letter;
mod lexicon;
mod numbered;
mod overlap;
mod pass;
mod quoted;
mod series;
mod settings;
mod speaker;
mod summary;
mod tables;
mod text;
mod trie;
mod vocabulary;
mod weigh;

use banmian_core::{Analyzer, Fault, Manifest, Needs, Page, Resources, Row, TableSink, Words};

pub use finding::{Finding, Kind};
pub use settings::Settings;
pub use summary::{Circulation, Phrases};
pub use tables::{Mention, Phrase};

/// Finds formulations and slogans.
pub struct SloganPhrase {
    plan: settings::Plan,
}

impl Analyzer for SloganPhrase {
    type Settings = Settings;
    type Finding = Finding;
    type Summary = Phrases;

    const MANIFEST: Manifest = Manifest {
        name: "slogan-phrase",
        version: 1,
        doc: "Which official formulations (提法) and slogans (口号) are in circulation, and where",
        needs: Needs::Words,
        tables: &[Mention::SCHEMA, Phrase::SCHEMA],
    };

    fn new(settings: Settings, files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        Ok(SloganPhrase { plan: settings.check(files)? })
    }

    fn analyze(&self, page: &Page, words: &Words, out: &mut Vec<Finding>) {
        find::find(&self.plan, page, words, out);
    }

    fn absorb(&self, page: &Page, findings: &[Finding], into: &mut Phrases) {
        tables::absorb(&self.plan, page, findings, into);
    }

    fn evidence(&self, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
        tables::evidence(&self.plan, page, finding, out);
    }

    fn tables(&self, summary: &Phrases, out: &mut TableSink<'_>) {
        tables::tables(&self.plan, summary, out);
    }
}
