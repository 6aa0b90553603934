//! Who is named as holding which office.
//!
//! Reading order: `settings` (what a suite may say), `lexicons` (what is known of the language),
//! `find` (one page to findings, with the steps of the method in the files it names), `resolve`
//! (what was left out and is put back), `summary` and `tables`.

mod characters;
mod events;
mod find;
mod finding;
mod lexicons;
mod line;
mod lists;
mod names;
mod organizations;
mod pairs;
mod pieces;
mod resolve;
mod roles;
mod scene;
mod scores;
mod search;
mod settings;
mod summary;
mod tables;
mod word_set;

use banmian_core::{Analyzer, Fault, Manifest, Needs, Page, Resources, Row, TableSink, Words};

pub use finding::{Basis, Event, Finding, Kind};
pub use settings::Settings;
pub use summary::{PersonRoleCount, PersonRoleSummary};
pub use tables::{Mention, Person};

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
        version: 1,
        doc: "Who is named as holding which office, and in which organization.",
        needs: Needs::Words,
        tables: &[Mention::SCHEMA, Person::SCHEMA],
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
        into.absorb(page, findings);
    }

    fn evidence(&self, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
        out.row(tables::mention(page, finding));
    }

    fn tables(&self, summary: &PersonRoleSummary, out: &mut TableSink<'_>) {
        tables::people(summary, out);
    }
}
