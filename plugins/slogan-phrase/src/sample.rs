//! A sample of the corpus with its text, for what can only be seen in text.
//!
//! Of all articles those of least content hash: the same ones however the pages are split, and an
//! article printed twice in the same words is one.

use banmian_core::{Article, Page};
use serde::{Deserialize, Serialize};

/// Articles of a sample: enough that what stands in one article of 5,000 is seen.
const MOST_ARTICLES: usize = 30_000;

/// Characters of an article that are read.
const MOST_CHARACTERS: usize = 6_000;

/// Articles with their text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(u64, Text)>", into = "Vec<(u64, Text)>")]
pub(crate) struct Sample {
    /// With their content hashes, as they came; some may be there twice, and more than wanted.
    articles: Vec<(u64, Text)>,
    /// From here on no hash is among the least; none as long as there are not enough.
    end: Option<u64>,
}

/// The text of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Text {
    /// One line a piece.
    pub(crate) text: String,
    /// Where kicker, main headline and deck end, with which it begins.
    pub(crate) headline_end: u32,
    /// Its date as YYYYMMDD; 0 if none is known.
    date: u32,
}

/// The content hash of an article by the keys of its sentences.
pub(crate) fn content(sentences: &[u64]) -> u64 {
    sentences.iter().fold(0, |hash: u64, &key| (hash.rotate_left(9) ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

impl Sample {
    /// Offers an article with the keys of its sentences.
    pub(crate) fn offer(&mut self, page: &Page, article: &Article, sentences: &[u64], date: u32) {
        let hash = content(sentences);
        if !sentences.is_empty() && self.end.is_none_or(|end| hash < end) {
            self.articles.push((hash, text_of(page, article, date)));
            self.trim();
        }
    }

    /// Adds another sample.
    pub(crate) fn merge(&mut self, other: Sample) {
        self.articles.extend(other.articles);
        self.trim();
    }

    /// Lets go of what is too much, once it is much.
    fn trim(&mut self) {
        if self.articles.len() < 2 * MOST_ARTICLES {
            return;
        }
        self.articles.sort_by_key(|&(hash, _)| hash);
        self.articles.dedup_by(|(hash, text), (first_hash, first)| {
            let same = hash == first_hash;
            if same {
                first.date = earlier(first.date, text.date);
            }
            same
        });
        self.end = self.articles.get(MOST_ARTICLES).map(|&(hash, _)| hash);
        self.articles.truncate(MOST_ARTICLES);
    }

    /// The articles of least content hash, in its order, each once.
    pub(crate) fn articles(&self) -> Vec<Sampled<'_>> {
        let articles = (0..).zip(&self.articles);
        let mut articles: Vec<Sampled<'_>> =
            articles.map(|(place, (hash, text))| Sampled { hash: *hash, place, text, date: text.date }).collect();
        articles.sort_by_key(|article| article.hash);
        articles.dedup_by(|article, first| {
            let same = article.hash == first.hash;
            if same {
                first.date = earlier(first.date, article.date);
            }
            same
        });
        articles.truncate(MOST_ARTICLES);
        articles
    }
}

/// Written down in order: equal samples are equal bytes.
impl From<Sample> for Vec<(u64, Text)> {
    fn from(sample: Sample) -> Self {
        let text = |a: Sampled<'_>| (a.hash, Text { date: a.date, ..a.text.clone() });
        sample.articles().into_iter().map(text).collect()
    }
}

impl From<Vec<(u64, Text)>> for Sample {
    fn from(articles: Vec<(u64, Text)>) -> Self {
        Sample { articles, end: None }
    }
}

/// What came in another order is the same.
impl PartialEq for Sample {
    fn eq(&self, other: &Self) -> bool {
        self.articles() == other.articles()
    }
}

impl Eq for Sample {}

/// The earlier of two dates; 0 is none.
fn earlier(a: u32, b: u32) -> u32 {
    if a == 0 || b == 0 { a.max(b) } else { a.min(b) }
}

/// An article of a sample.
#[derive(Debug)]
pub(crate) struct Sampled<'s> {
    /// Its content hash.
    pub(crate) hash: u64,
    /// In which place it came.
    pub(crate) place: u32,
    pub(crate) text: &'s Text,
    /// Earliest date as YYYYMMDD; 0 if none is known.
    pub(crate) date: u32,
}

/// Its own date says nothing: the article may have been printed before.
impl PartialEq for Sampled<'_> {
    fn eq(&self, other: &Self) -> bool {
        let of = |s: &Self| (s.hash, s.text.headline_end, s.date);
        of(self) == of(other) && self.text.text == other.text.text
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
