//! What is known of any number of pages: counts of words, and the denominators of their rates.

use banmian_core::Page;
use rustc_hash::FxHashMap;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::finding::Finding;

/// Counts over pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// All words but punctuation and space, before any filter.
    pub(crate) tokens: u64,
    /// Articles, those without a counted word included.
    pub(crate) articles: u64,
    #[serde(serialize_with = "in_order")]
    pub(crate) words: FxHashMap<Box<str>, WordCount>,
}

/// Counts of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WordCount {
    /// The least of its tags: jieba tags a word alike everywhere, but for a user's dictionary.
    pub(crate) pos: [u8; 4],
    pub(crate) count: u64,
    pub(crate) articles: u64,
    pub(crate) pages: u64,
}

impl Summary {
    pub(crate) fn absorb(&mut self, page: &Page, findings: &[Finding]) {
        self.articles += page.articles.len() as u64;
        for finding in findings {
            match *finding {
                Finding::Tokens(n) => self.tokens += u64::from(n),
                Finding::Word { first, pos, count, articles } => {
                    let fresh = WordCount { pos, count: count.into(), articles: articles.into(), pages: 1 };
                    add(&mut self.words, page.slice(first), fresh);
                }
            }
        }
    }
}

impl banmian_core::Summary for Summary {
    fn merge(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.articles += other.articles;
        if self.words.is_empty() {
            self.words = other.words;
            return;
        }
        #[allow(clippy::iter_over_hash_type, reason = "sums do not depend on the order of their parts")]
        for (word, count) in other.words {
            match self.words.get_mut(&word) {
                Some(known) => known.add(count),
                None => drop(self.words.insert(word, count)),
            }
        }
    }
}

impl WordCount {
    fn add(&mut self, other: WordCount) {
        self.pos = self.pos.min(other.pos);
        self.count += other.count;
        self.articles += other.articles;
        self.pages += other.pages;
    }
}

fn add(words: &mut FxHashMap<Box<str>, WordCount>, word: &str, count: WordCount) {
    match words.get_mut(word) {
        Some(known) => known.add(count),
        None => drop(words.insert(word.into(), count)),
    }
}

/// A hash map has no order of its own; written down, words stand in order, so that equal
/// summaries are equal bytes.
fn in_order<S: Serializer>(words: &FxHashMap<Box<str>, WordCount>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sorted: Vec<_> = words.iter().collect();
    sorted.sort_unstable_by_key(|(word, _)| *word);
    let mut map = serializer.serialize_map(Some(sorted.len()))?;
    for (word, count) in sorted {
        map.serialize_entry(word, count)?;
    }
    map.end()
}
