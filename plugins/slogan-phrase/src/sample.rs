//! A sample of the corpus with its text, for what can only be seen in text.
//!
//! Of all articles those of least content hash: the same ones however the pages are split, and an
//! article printed twice in the same words is one.

use std::collections::BTreeMap;

use banmian_core::{Article, Page};
use serde::{Deserialize, Serialize};

/// Articles of a sample: enough that what stands in one article of 5,000 is seen.
const MOST_ARTICLES: usize = 30_000;

/// Characters of an article that are read.
const MOST_CHARACTERS: usize = 6_000;

/// Articles with their text, by content hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sample(BTreeMap<u64, Text>);

/// The text of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Text {
    /// One line a piece.
    pub(crate) text: String,
    /// Where kicker, main headline and deck end, with which it begins.
    pub(crate) headline_end: u32,
    /// Earliest date as YYYYMMDD; 0 if none is known.
    pub(crate) date: u32,
}

/// The content hash of an article by the keys of its sentences.
pub(crate) fn content(sentences: &[u64]) -> u64 {
    sentences.iter().fold(0, |hash: u64, &key| (hash.rotate_left(9) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

impl Sample {
    /// Offers an article with the keys of its sentences.
    pub(crate) fn offer(&mut self, page: &Page, article: &Article, sentences: &[u64], date: u32) {
        let hash = content(sentences);
        let full = self.0.len() >= MOST_ARTICLES;
        if sentences.is_empty() || full && self.0.last_key_value().is_some_and(|(&last, _)| hash > last) {
            return;
        }
        self.add(hash, date, || text_of(page, article, date));
    }

    fn add(&mut self, hash: u64, date: u32, text: impl FnOnce() -> Text) {
        let known = self.0.entry(hash).or_insert_with(text);
        if date != 0 && (known.date == 0 || date < known.date) {
            known.date = date;
        }
        if self.0.len() > MOST_ARTICLES {
            self.0.pop_last();
        }
    }

    /// Adds another sample.
    pub(crate) fn merge(&mut self, other: Sample) {
        for (hash, text) in other.0 {
            self.add(hash, text.date, || text);
        }
    }

    /// True if the article with these keys is in it.
    pub(crate) fn holds(&self, sentences: &[u64]) -> bool {
        self.0.contains_key(&content(sentences))
    }

    /// The articles, in the order of their hashes.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.0.values()
    }
}

fn text_of(page: &Page, article: &Article, date: u32) -> Text {
    let pieces = page.pieces_of(article);
    let start = pieces.first().map_or(0, |p| p.range.start as usize);
    let end = pieces.last().map_or(start, |p| p.range.end as usize);
    let text = &page.text[start..end];
    // Shorter in bytes is shorter in characters.
    let most = if text.len() <= MOST_CHARACTERS { None } else { text.char_indices().nth(MOST_CHARACTERS) };
    let text = most.map_or(text, |(end, _)| &text[..end]);
    let headlines = pieces.iter().take_while(|p| p.part.is_headline()).last();
    let headline_end = headlines.map_or(0, |p| p.range.end as usize - start).min(text.len());
    Text { text: text.to_owned(), headline_end: u32::try_from(headline_end).unwrap_or(0), date }
}
