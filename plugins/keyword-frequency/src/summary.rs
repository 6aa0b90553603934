//! What is known of any number of pages: counts of words, and the denominators of their rates.

use banmian_core::Page;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::vocabulary::Vocabulary;

/// Counts over pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// All words but punctuation and space, before any filter.
    pub(crate) tokens: u64,
    /// Articles, those without a counted word included.
    pub(crate) articles: u64,
    pub(crate) words: Vocabulary,
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
                    let count = WordCount { pos, count: count.into(), articles: articles.into(), pages: 1 };
                    self.words.add(&page.text, first.bytes(), count);
                }
            }
        }
    }
}

impl banmian_core::Summary for Summary {
    fn merge(&mut self, other: Self) {
        self.tokens += other.tokens;
        self.articles += other.articles;
        self.words.merge(other.words);
    }
}

impl WordCount {
    pub(crate) fn add(&mut self, other: WordCount) {
        self.pos = self.pos.min(other.pos);
        self.count += other.count;
        self.articles += other.articles;
        self.pages += other.pages;
    }
}
