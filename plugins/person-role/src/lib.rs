//! Who is named as holding which office.
//!
//! Reading order: `settings` (what a suite may say), `lexicons` (what is known of the language),
//! `find` (one page to findings, with the steps of the method in the files it names), `resolve`
//! (what was left out and is put back), `summary` and `tables`.

mod bodies;
mod by_hand;
mod characters;
mod corpus_tables;
mod cut_bodies;
mod divisions;
mod events;
mod exports;
mod find;
mod finding;
mod joints;
mod keys;
mod lexicons;
mod line;
mod lists;
mod names;
mod office;
mod office_lexicons;
mod offices;
mod ordered;
mod organizations;
mod pairs;
mod people;
mod pieces;
mod resolve;
mod roles;
mod scene;
mod scores;
mod search;
mod settings;
mod summary;
mod tables;
mod tally;
mod texts;
mod walk;
mod word_set;

use std::collections::BTreeSet;

use banmian_core::{Analyzer, DocumentSink, Fault, Manifest, Needs, Page, Resources, Row, TableSink, Words};

use ordered::Ordered;
use people::People;

pub use corpus_tables::{CoMention, EventRow, OfficeRow, Person, TenureRow};
pub use finding::{Basis, Event, Finding, Kind};
pub use keys::{InList, Reason};
pub use office::{Level, LevelBasis, Office, System};
pub use settings::{Export, Settings};
pub use summary::PersonRoleSummary;
pub use tables::{Mention, NameOrder};

/// The analyzer: settings and lexicons, ready to read pages.
pub struct PersonRole {
    finder: find::Finder,
    settings: Settings,
}

impl Analyzer for PersonRole {
    type Settings = Settings;
    type Finding = Finding;
    type Summary = PersonRoleSummary;
    const MANIFEST: Manifest = Manifest {
        name: "person-role",
        version: 5,
        doc: "Who is named as holding which office, and in which organization.",
        needs: Needs::Words,
        tables: &[
            Mention::SCHEMA,
            Person::SCHEMA,
            TenureRow::SCHEMA,
            OfficeRow::SCHEMA,
            EventRow::SCHEMA,
            CoMention::SCHEMA,
            NameOrder::SCHEMA,
        ],
    };

    fn new(settings: Settings, files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        let finder = settings.check(files)?;
        Ok(PersonRole { finder, settings })
    }

    fn analyze(&self, page: &Page, words: &Words, out: &mut Vec<Finding>) {
        self.finder.find(page, words, out);
        out.retain(|f| *self.settings.bylines || f.kind != Kind::Byline);
    }

    fn absorb(&self, page: &Page, findings: &[Finding], into: &mut PersonRoleSummary) {
        into.absorb(page, findings, *self.settings.co_mention_limit as usize);
    }

    fn evidence(&self, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
        out.row(tables::mention(page, finding));
        if let Some(row) = tables::name_order(page, finding) {
            out.row(row);
        }
    }

    fn tables(&self, summary: &PersonRoleSummary, out: &mut TableSink<'_>) {
        let summary = Ordered::from(summary);
        corpus_tables::write(&summary, &People::of(&summary, &self.finder.lexicons), out);
    }

    fn documents(&self, summary: &PersonRoleSummary, out: &mut DocumentSink<'_>) {
        if self.settings.exports.is_empty() {
            return;
        }
        let summary = Ordered::from(summary);
        let people = People::of(&summary, &self.finder.lexicons);
        let exports: BTreeSet<Export> = self.settings.exports.iter().map(|e| **e).collect();
        for export in exports {
            exports::write(export, &summary, &people, out);
        }
    }
}
