//! Which official formulations (提法) and slogans (口号) circulate on the pages.
//!
//! Read `settings`, then `find`: the method step by step. `pass` cuts the page and looks for the phrases of `lexicon` with `machine`;
//! `numbered`, `quoted`, `couplet` and `series` find those that no lexicon has; `overlap` decides between
//! them. `frames` is apart: the grammar of instruction. `absorb` makes numbers of a page, and at the end `corpus` lays them out for the tables:
//! `circulation` (phrases), `families`, `timeline`, `diffusion`, `density`, `reprints`,
//! and `discover` reads a `sample` of the articles for what no lexicon has.

mod absorb;
mod anaphora;
mod circulation;
mod corpus;
mod couplet;
mod density;
mod diffusion;
mod discover;
mod entry_check;
mod families;
mod find;
mod finding;
mod fixed;
mod fold;
mod found;
mod found_file;
mod frames;
mod keys;
mod letter;
mod lexicon;
mod machine;
mod matcher;
mod members;
mod numbered;
mod overlap;
mod pass;
mod prefixes;
mod quoted;
mod reprints;
mod sample;
mod series;
mod settings;
mod shape;
mod speaker;
mod statistics;
mod summary;
mod tables;
mod text;
mod timeline;
mod vocabulary;
mod weigh;
mod word_index;

use banmian_core::{Analyzer, DocumentSink, Fault, Manifest, Needs, Page, Resources, Row, TableSink, Words};

pub use circulation::Phrase;
pub use density::Density;
pub use diffusion::Arrival;
pub use families::Variant;
pub use finding::{Finding, Frame, FrameFinding, Kind, PhraseFinding};
pub use found_file::DiscoveredRow;
pub use reprints::Reprint;
pub use settings::{Period, Settings};
pub use summary::Phrases;
pub use tables::{FrameRow, Mention};
pub use timeline::Moment;

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
        version: 3,
        doc: "Which official formulations (提法) and slogans (口号) are in circulation, and where",
        needs: Needs::Words,
        tables: &[
            Mention::SCHEMA,
            FrameRow::SCHEMA,
            Phrase::SCHEMA,
            Variant::SCHEMA,
            Moment::SCHEMA,
            Arrival::SCHEMA,
            DiscoveredRow::SCHEMA,
            Density::SCHEMA,
            Reprint::SCHEMA,
        ],
    };

    fn new(settings: Settings, files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        Ok(SloganPhrase { plan: settings.check(files)? })
    }

    fn analyze(&self, page: &Page, words: &Words, out: &mut Vec<Finding>) {
        find::find(&self.plan, page, words, out);
    }

    fn absorb(&self, page: &Page, findings: &[Finding], into: &mut Phrases) {
        absorb::absorb(&self.plan, page, findings, into);
    }

    fn evidence(&self, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
        tables::evidence(&self.plan, page, finding, out);
    }

    fn tables(&self, summary: &Phrases, out: &mut TableSink<'_>) {
        tables::tables(&self.plan, summary, out);
    }

    fn documents(&self, summary: &Phrases, out: &mut DocumentSink<'_>) {
        found_file::document(&self.plan, summary, out);
    }
}
