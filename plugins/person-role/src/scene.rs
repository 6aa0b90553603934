//! What the steps look at: one line at a time, the lexicons, and where roles begin and end.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use banmian_core::{Page, TextRange, Words};

use crate::finding::Event;
use crate::lexicons::{Lexicons, RoleNoun};
use crate::line::Line;
use crate::names::Memo;
use crate::office::Office;

/// What a pattern of the search is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern {
    /// A role noun.
    Noun(RoleNoun),
    /// A word that only holds the letters of a role: 书记处.
    Trap,
    /// A set phrase of name and title; the title has so many characters.
    Pair(usize),
}

/// A role noun in a line, by character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) pattern: Pattern,
}

/// The line that is looked at, and what is known of it so far. One scene serves a whole page, so
/// that its space is asked for once.
pub(crate) struct Scene<'a> {
    pub(crate) lexicons: &'a Lexicons,
    pub(crate) line: Line,
    /// By character, and one more for the end of the line.
    pub(crate) role_starts: Vec<bool>,
    pub(crate) role_ends: Vec<bool>,
    pub(crate) min_score: f32,
    pub(crate) memo: Memo,
    /// What a line such as 免去： above says of this one.
    pub(crate) carried: Option<Event>,
    /// What stands between a role and a rank (主席奈温将军) is a name: start and end.
    pub(crate) sure_names: Vec<(usize, usize)>,
    /// Room for the role nouns of a line.
    pub(crate) hits: Vec<Hit>,
    /// The office of a finding that is not complete.
    pub(crate) unknown: Arc<Office>,
}

thread_local! {
    /// Room for the lines of a page: to get it anew for each is dear.
    static ROOM: Cell<Line> = Cell::default();
}

impl Drop for Scene<'_> {
    fn drop(&mut self) {
        ROOM.set(std::mem::take(&mut self.line));
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn new(lexicons: &'a Lexicons, min_score: f32) -> Self {
        Scene {
            lexicons,
            line: ROOM.take(),
            role_starts: Vec::new(),
            role_ends: Vec::new(),
            min_score,
            memo: Memo::new(),
            carried: None,
            sure_names: Vec::new(),
            hits: Vec::new(),
            unknown: Arc::default(),
        }
    }

    /// Turns to a range of the page, over which these words stand.
    pub(crate) fn read(&mut self, page: &Page, words: &Words, tokens: Range<usize>, range: TextRange) {
        self.line.read(page, words, tokens, range, &self.lexicons.characters);
        for flags in [&mut self.role_starts, &mut self.role_ends] {
            flags.clear();
            flags.resize(self.line.len() + 1, false);
        }
        self.memo.forget_all();
        self.sure_names.clear();
        self.carried = None;
    }

    /// From now on a role, with its organization, starts at `at`.
    pub(crate) fn mark_role(&mut self, at: usize) {
        if !std::mem::replace(&mut self.role_starts[at], true) {
            self.memo.forget(at);
        }
    }
}
