//! The lexicons that normal forms of offices are made from: posts, bodies, systems, divisions.

use banmian_core::{Fault, Lexicon, LexiconRow, Resources};

use crate::divisions::Divisions;
use crate::lexicons::{GROUPS, Lexicons, each, twice, unknown};
use crate::office::{Body, BodyPlace, Level, Post, System};
use crate::settings::Settings;

impl Lexicons {
    /// Reads what tells base post, system, level and division.
    pub(crate) fn read_offices(&mut self, settings: &Settings, files: &Resources<'_>, faults: &mut Vec<Fault>) {
        each(&settings.systems, &["group", "system"], files, faults, |lexicon, row| {
            if !GROUPS.contains(&lexicon.field(row, 0)) {
                return unknown(lexicon, row, 0, &GROUPS.join(" "));
            }
            let system = match system(lexicon, row, 1) {
                Ok(system) => system,
                Err(fault) => return fault,
            };
            let known = self.groups.insert(lexicon.field(row, 0).to_owned(), system);
            known.map(|_| twice(lexicon, row))
        });
        each(&settings.posts, &["post", "base", "system", "level"], files, faults, |lexicon, row| {
            let (system, level) = match system(lexicon, row, 2).and_then(|s| Ok((s, level(lexicon, row, 3)?))) {
                Ok(told) => told,
                Err(fault) => return fault,
            };
            let post = Post { base: lexicon.field(row, 1).to_owned(), system, level };
            self.posts.insert(lexicon.field(row, 0).to_owned(), post).map(|_| twice(lexicon, row))
        });
        let mut rank = 0;
        each(&settings.bodies, &["body", "place", "system", "level"], files, faults, |lexicon, row| {
            let place = match lexicon.field(row, 1) {
                "any" => BodyPlace::Any,
                "end" => BodyPlace::End,
                "whole" => BodyPlace::Whole,
                _ => return unknown(lexicon, row, 1, "any end whole"),
            };
            let (system, level) = match system(lexicon, row, 2).and_then(|s| Ok((s, level(lexicon, row, 3)?))) {
                Ok(told) => told,
                Err(fault) => return fault,
            };
            rank += 1;
            let body = Body { place, system, level, rank };
            (!self.bodies.add(lexicon.field(row, 0), body)).then(|| twice(lexicon, row))
        });
        match files.get(&settings.divisions).map_err(|fault| vec![fault]).and_then(Divisions::read) {
            Ok(divisions) => self.divisions = divisions,
            Err(wrong) => faults.extend(wrong),
        }
    }

    /// True if the text begins with a kind of body, and so with no place: 公安局.
    pub(crate) fn starts_with_body(&self, chars: &[char]) -> bool {
        self.organizations.at(chars, 0).is_some_and(|(len, ())| len > 1)
    }
}

/// The system in a column, which may be empty.
fn system(lexicon: &Lexicon, row: &LexiconRow, column: usize) -> Result<Option<System>, Option<Fault>> {
    match lexicon.field(row, column) {
        "" => Ok(None),
        name => System::from_name(name).map(Some).ok_or_else(|| unknown(lexicon, row, column, System::ALL)),
    }
}

/// The level in a column, which may be empty.
fn level(lexicon: &Lexicon, row: &LexiconRow, column: usize) -> Result<Option<Level>, Option<Fault>> {
    match lexicon.field(row, column) {
        "" => Ok(None),
        name => Level::from_name(name).map(Some).ok_or_else(|| unknown(lexicon, row, column, Level::ALL)),
    }
}
