//! What a run really uses of the settings.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use banmian_core::{Fault, Part, Pos, Resources};

use crate::columns::{Columns, Grouping};
use crate::folding::Folding;
use crate::phrases::Phrases;
use crate::reference::{FileCounts, Outside};
use crate::settings::{Export, Scope, Settings};
use crate::slices::Slice;
use crate::stop_words::StopWords;
use crate::word_index::Key;

/// What the first letter of a tag tells.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    /// No word of it counts.
    None,
    /// Every word of it counts: nearly all that a suite names.
    All,
    /// Some finer tags of it count.
    Some,
}

/// What a run uses.
pub(crate) struct Plan {
    /// Tells this plan from every other one of the process.
    pub(crate) name: u64,
    /// Which parts of speech count, by their first letter.
    classes: [Class; 256],
    /// The tags of more than one letter.
    finer: Vec<Pos>,
    min_length: usize,
    stop_words: StopWords,
    pub(crate) phrases: Phrases,
    /// By the number of the part of the page.
    read_parts: [bool; PARTS.len()],
    pub(crate) min_count: u64,
    /// The metadata that cells differ by.
    pub(crate) columns: Columns,
    pub(crate) folding: Folding,
    /// True if parts are counted for the longer words that they are of.
    pub(crate) joins: bool,
    pub(crate) keyness: Option<Keyness>,
    pub(crate) compare: Option<(Slice, Slice)>,
    pub(crate) keyness_min_count: u64,
    pub(crate) nodes: BTreeSet<String>,
    /// The nodes as the settings number them.
    pub(crate) node_list: Vec<String>,
    pub(crate) collocations: bool,
    pub(crate) window: usize,
    pub(crate) collocation_min_count: u64,
    pub(crate) ngrams: Vec<usize>,
    pub(crate) character_ngrams: Vec<usize>,
    pub(crate) ngram_min_count: u64,
    pub(crate) ngram_min_range: u64,
    /// True if sentences are read for pairs or n-grams.
    pub(crate) reads_neighbours: bool,
    pub(crate) trends: Option<Grouping>,
    pub(crate) trend_min_count: u64,
    pub(crate) article_keywords: u32,
    pub(crate) exports: Vec<Export>,
}

/// What the table `keyness` compares.
pub(crate) struct Keyness {
    pub(crate) target: Slice,
    pub(crate) reference: Reference,
}

/// What the target is compared with.
pub(crate) enum Reference {
    Slice(Slice),
    Outside(Outside),
}

impl Keyness {
    fn new(
        settings: &Settings,
        files: &Resources<'_>,
        columns: &mut Columns,
        faults: &mut Vec<Fault>,
    ) -> Option<Keyness> {
        let name = settings.reference.trim();
        if name.is_empty() {
            return None;
        }
        let target = Slice::read(&settings.target, columns, faults);
        let reference = match name {
            "general" => Reference::Outside(Outside::dictionary()),
            "rest" => {
                if matches!(target, Slice::All) {
                    let fault = Fault::at(&settings.reference, "there is no rest beside all pages");
                    faults.push(fault.help("name the pages with `target`, as in `paper=临江日报`"));
                }
                Reference::Slice(Slice::Rest(Box::new(target.clone())))
            }
            slice if slice.contains('=') => Reference::Slice(Slice::read(&settings.reference, columns, faults)),
            _ => {
                let told = |n: u64| (n > 0).then_some(n);
                let read = files.get(&settings.reference).map_err(|f| vec![f]).and_then(|file| {
                    FileCounts::read(&file, told(settings.reference_tokens), told(settings.reference_articles))
                });
                match read {
                    Ok(counts) => Reference::Outside(Outside::Counts(Box::new(counts))),
                    Err(wrong) => {
                        faults.extend(wrong);
                        return None;
                    }
                }
            }
        };
        Some(Keyness { target, reference })
    }
}

/// The parts of a page that can be read. Names of reporters would lead every list.
const PARTS: [(Part, Scope); 7] = [
    (Part::Kicker, Scope::Kicker),
    (Part::Main, Scope::Main),
    (Part::Deck, Scope::Deck),
    (Part::SectionHeading, Scope::SectionHeading),
    (Part::Paragraph, Scope::Body),
    (Part::Caption, Scope::Caption),
    (Part::Unattached, Scope::Unattached),
];

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
        let mut phrases = Phrases::default();
        for name in &settings.phrases {
            match files.get(name) {
                Ok(list) => {
                    let lines = list.text.trim_start_matches('\u{feff}').lines().map(str::trim);
                    lines.filter(|l| !l.starts_with('#')).for_each(|phrase| phrases.add(phrase));
                }
                Err(fault) => faults.push(fault),
            }
        }
        phrases.sort();
        if *settings.min_length > 20 {
            let message = format!("`min-length` is {}, longer than any word", *settings.min_length);
            faults.push(Fault::at(&settings.min_length, message).help("use 1 to 20; 2 leaves out single characters"));
        }
        let mut columns = Columns::new(settings, &mut faults);
        let keyness = Keyness::new(settings, files, &mut columns, &mut faults);
        let compare = match &*settings.compare {
            [] => None,
            [a, b] => Some([a, b].map(|s| Slice::read(s, &mut columns, &mut faults)).into()),
            [first, ..] => {
                let message = format!("`compare` has {} slices", settings.compare.len());
                faults.push(Fault::at(first, message).help("name two, as in [\"year=2019\", \"year=2020\"]"));
                None
            }
        };
        for n in settings.ngrams.iter().chain(&settings.character_ngrams).filter(|n| !(1..=8).contains(&***n)) {
            faults.push(Fault::at(n, format!("`{}` is no length of a run", **n)).help("use 1 to 8"));
        }
        if !["", "month", "year"].contains(&settings.trends.as_str()) {
            let message = format!("`{}` is no period", *settings.trends);
            faults.push(Fault::at(&settings.trends, message).help("use month or year"));
        }
        for node in settings.nodes.iter().filter(|n| n.trim().is_empty()) {
            faults.push(Fault::at(node, "a node is empty").help("write a word, or leave it out"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let scope = &settings.scope;
        let in_scope = |part: Part, own: Scope| {
            scope.is_empty()
                || scope.iter().any(|&s| s == own || s == Scope::All || (s == Scope::Headline && part.is_headline()))
        };
        let tags = settings.parts_of_speech.iter();
        let mut classes = [Class::None; 256];
        let mut finer: Vec<&str> = tags.map(|t| t.as_str()).collect();
        finer.sort_unstable();
        for tag in &finer {
            // Sorted: the single letter comes first.
            let class = &mut classes[usize::from(tag.as_bytes()[0])];
            *class = if tag.len() == 1 || *class == Class::All { Class::All } else { Class::Some };
        }
        static LAST: AtomicU64 = AtomicU64::new(0);
        Ok(Plan {
            name: LAST.fetch_add(1, Ordering::Relaxed) + 1,
            classes,
            finer: finer.into_iter().filter(|t| t.len() > 1).map(Pos::new).collect(),
            min_length: *settings.min_length as usize,
            stop_words,
            phrases,
            read_parts: PARTS.map(|(part, own)| in_scope(part, own)),
            joins: settings.join_parts && settings.phrases.is_empty(),
            min_count: u64::from(*settings.min_count),
            nodes: settings.nodes.iter().map(|n| n.trim().to_owned()).collect(),
            node_list: settings.nodes.iter().map(|n| n.trim().to_owned()).collect(),
            collocations: settings.collocations,
            window: if *settings.window == 0 { usize::MAX } else { *settings.window as usize },
            collocation_min_count: u64::from(settings.collocation_min_count).max(1),
            ngrams: settings.ngrams.iter().map(|n| **n as usize).collect(),
            character_ngrams: settings.character_ngrams.iter().map(|n| **n as usize).collect(),
            ngram_min_count: u64::from(settings.ngram_min_count).max(1),
            ngram_min_range: settings.ngram_min_range.into(),
            reads_neighbours: settings.collocations
                || !settings.ngrams.is_empty()
                || !settings.character_ngrams.is_empty(),
            trends: match settings.trends.as_str() {
                "month" => Some(Grouping::Date(7)),
                "year" => Some(Grouping::Date(4)),
                _ => None,
            },
            trend_min_count: settings.trend_min_count.into(),
            article_keywords: settings.article_keywords,
            exports: settings.exports.clone(),
            columns,
            keyness,
            compare,
            keyness_min_count: u64::from(*settings.keyness_min_count).max(1),
            folding: Folding::new(settings),
        })
    }

    /// True if a piece with this job is read.
    pub(crate) fn reads(&self, part: Part) -> bool {
        PARTS.iter().position(|(p, _)| *p == part).is_some_and(|i| self.read_parts[i])
    }

    /// What pairs and n-grams cost in memory, by what was seen on pages of 5,000 characters.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.collocations && self.nodes.is_empty() {
            let near = if self.window == usize::MAX {
                "in a sentence".to_owned()
            } else {
                format!("within {} words", self.window)
            };
            notes.push(format!(
                "collocations of all words {near} take some 80 bytes for each different pair: 0.25 MB a page at first, \
                 less as pairs repeat; name `nodes` to count theirs alone"
            ));
        } else if self.collocations {
            notes.push("collocations of the named nodes take some 180 bytes for each different pair".to_owned());
        }
        if self.writes_ngrams() {
            let lengths = self.ngrams.len() + self.character_ngrams.len();
            notes.push(format!(
                "n-grams of {lengths} length(s) take some 60 bytes for each different one and 4 for each page with it: {} kB \
                 a page at first, less as they repeat",
                lengths * 60
            ));
        }
        notes
    }

    /// True if the table of n-grams is asked for.
    pub(crate) fn writes_ngrams(&self) -> bool {
        !self.ngrams.is_empty() || !self.character_ngrams.is_empty()
    }

    /// True if a token, not punctuation, is counted.
    pub(crate) fn counts_token(&self, pos: Pos, word: &str) -> bool {
        self.counts_pos(pos) && !self.is_plainly_short(word.as_bytes()) && self.counts(word, Key::of(word))
    }

    /// True if a word that the corpus lacks would be counted, as far as its letters tell.
    pub(crate) fn counts_outside(&self, word: &str) -> bool {
        word.chars().any(char::is_alphanumeric)
            && !self.is_plainly_short(word.as_bytes())
            && self.counts(word, Key::of(word))
    }

    /// True if words of this part of speech are counted.
    #[inline]
    pub(crate) fn counts_pos(&self, pos: Pos) -> bool {
        match self.classes[usize::from(pos.class())] {
            Class::None => false,
            Class::All => true,
            Class::Some => self.finer.iter().any(|&tag| pos.is_a(tag)),
        }
    }

    /// The same of the bytes of a tag.
    pub(crate) fn counts_tag(&self, tag: [u8; 4]) -> bool {
        std::str::from_utf8(&tag).is_ok_and(|tag| self.counts_pos(Pos::new(tag.trim_end_matches('\0'))))
    }

    /// True if the word, not empty, is seen at a glance to be too short: a single character, and no number that
    /// is folded.
    #[inline]
    pub(crate) fn is_plainly_short(&self, word: &[u8]) -> bool {
        let is_short = word.len() <= 4 && self.min_length > 1 && word.len() == word[0].leading_ones().max(1) as usize;
        is_short && !self.folding.is_folded_number(word)
    }

    /// True if the word, of a part of speech that is counted and not plainly too short, is long enough
    /// and no stop word.
    #[inline]
    pub(crate) fn counts(&self, word: &str, key: Key) -> bool {
        // Of numbers all count, or what `#` is told would be less than there are.
        let long_enough = self.min_length <= 2
            || word.chars().count() >= self.min_length
            || self.folding.is_folded_number(word.as_bytes());
        long_enough && !self.stop_words.contains(word, key)
    }
}
