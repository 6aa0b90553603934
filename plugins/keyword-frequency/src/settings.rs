//! What the suite may say, and what a run really uses of it.

use banmian_core::{Fault, Located, Part, Pos, Resources, schemars::JsonSchema};
use serde::{Deserialize, Serialize};

use crate::stop_words::StopWords;
use crate::word_index::Key;

/// Settings of `keyword-frequency`.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Parts of speech to count, in jieba's tag set. A tag also means the tags that begin with it:
    /// `n` counts `nr` (persons), `ns` (places) and `nt` (organizations), too.
    pub parts_of_speech: Vec<Located<String>>,
    /// Fewest characters of a word.
    pub min_length: Located<u32>,
    /// Words that are not counted: files with one word a line, `#` for comments.
    pub stop_words: Vec<Located<String>>,
    /// The parts of the page to read. Empty: all.
    pub scope: Vec<Scope>,
    /// Fewest occurrences in the corpus for a word to have a row.
    pub min_count: Located<u32>,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Kickers, main headlines and decks.
    Headline,
    /// Paragraphs and section headings.
    Body,
    /// Texts of pictures.
    Caption,
    /// Text that no article could be found for.
    Unattached,
}

impl Default for Settings {
    fn default() -> Self {
        let located = |names: &[&str]| names.iter().map(|n| (*n).to_owned().into()).collect();
        Settings {
            parts_of_speech: located(&["n", "v", "a", "i", "l", "j", "eng"]),
            min_length: 2.into(),
            stop_words: located(&["builtin:stop-words"]),
            scope: Vec::new(),
            min_count: 1.into(),
        }
    }
}

/// What a run uses.
pub(crate) struct Plan {
    /// The one-letter tags, by letter: nearly all that a suite names.
    classes: [bool; 256],
    /// The finer tags.
    finer: Vec<Pos>,
    min_length: usize,
    stop_words: StopWords,
    scope: Vec<Scope>,
    pub(crate) min_count: u64,
}

/// The tags of jieba's dictionary and models, first letters only: every tag begins with one.
const TAG_LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

impl Plan {
    /// Checks the settings; every fault at once.
    pub(crate) fn new(settings: &Settings, files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        for tag in &settings.parts_of_speech {
            if tag.is_empty() || tag.len() > 4 || !tag.chars().all(|c| TAG_LETTERS.contains(c)) {
                let message = format!("`{}` is not a part of speech", **tag);
                faults.push(Fault::at(tag, message).help("use tags such as `n`, `nr`, `v`, `vn`, `a`, `i`"));
            }
        }
        let mut stop_words = StopWords::default();
        for name in &settings.stop_words {
            match files.get(name) {
                Ok(list) => stop_words.extend(
                    list.text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|l| !l.starts_with('#')),
                ),
                Err(fault) => faults.push(fault),
            }
        }
        if *settings.min_length > 20 {
            let message = format!("`min-length` is {}, longer than any word", *settings.min_length);
            faults.push(Fault::at(&settings.min_length, message).help("use 1 to 20; 2 leaves out single characters"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let tags = settings.parts_of_speech.iter();
        let mut classes = [false; 256];
        tags.clone().filter(|t| t.len() == 1).for_each(|t| classes[usize::from(t.as_bytes()[0])] = true);
        Ok(Plan {
            classes,
            finer: tags.filter(|t| t.len() > 1).map(|t| Pos::new(t)).collect(),
            min_length: *settings.min_length as usize,
            stop_words,
            scope: settings.scope.clone(),
            min_count: u64::from(*settings.min_count),
        })
    }

    /// True if a piece with this job is read.
    pub(crate) fn reads(&self, part: Part) -> bool {
        let scope = match part {
            Part::Kicker | Part::Main | Part::Deck => Scope::Headline,
            Part::SectionHeading | Part::Paragraph => Scope::Body,
            Part::Caption => Scope::Caption,
            Part::Unattached => Scope::Unattached,
            // Names of reporters would lead every list.
            Part::Byline | Part::Furniture => return false,
        };
        self.scope.is_empty() || self.scope.contains(&scope)
    }

    /// True if words of this part of speech are counted.
    pub(crate) fn counts_pos(&self, pos: Pos) -> bool {
        self.classes[usize::from(pos.class())] || self.finer.iter().any(|&tag| pos.is_a(tag))
    }

    /// True if the word, not empty, is seen at a glance to be too short: a single character.
    pub(crate) fn is_plainly_short(&self, word: &[u8]) -> bool {
        let first_character = word[0].leading_ones().max(1) as usize;
        word.len() == first_character && self.min_length > 1
    }

    /// True if the word, of a part of speech that is counted and not plainly too short, is long enough
    /// and no stop word.
    pub(crate) fn counts(&self, word: &str, key: Key) -> bool {
        let long_enough = self.min_length <= 2 || word.chars().count() >= self.min_length;
        long_enough && !self.stop_words.contains(word, key)
    }
}
