//! The table `words`: counts, rates and weights, from the merged summary.

use std::cmp::Reverse;

use banmian_core::TableSink;

use crate::settings::Plan;
use crate::summary::Summary;

banmian_core::table! {
    /// A word of the corpus, the most frequent first.
    pub struct Word<'w> as "words" {
        /// The word.
        word: &'w str,
        /// Its part of speech in jieba's tag set: n noun, v verb, vn verbal noun, nr person, ns place …
        pos: &'w str,
        /// Occurrences in the parts of the page that are read.
        count: u64,
        /// Articles it occurs in; occurrences in unattached text count for none.
        articles: u64,
        /// Pages it occurs on.
        pages: u64,
        /// Occurrences per 10,000 tokens; tokens are all words but punctuation and space.
        per_10k: f64,
        /// TF-IDF: occurrences per 10,000 tokens × ln(articles of the corpus / articles with the word).
        /// High for words frequent in few articles, 0 for words of every article or of none.
        tfidf: f64,
    }
}

/// Writes the words by count, then in order of code points.
pub(crate) fn write(plan: &Plan, summary: &Summary, out: &mut TableSink<'_>) {
    let counted = summary.words.iter().filter(|(_, count)| count.count >= plan.min_count);
    let mut words: Vec<_> = counted.map(|(word, count)| (Reverse(count.count), beginning(word), word, count)).collect();
    words.sort_unstable_by_key(|&(count, beginning, word, _)| (count, beginning, word));
    for (_, _, word, count) in words {
        let per_10k = count.count as f64 * 10_000.0 / summary.tokens as f64;
        // A word of unattached text alone tells nothing of any article.
        let idf = if count.articles == 0 { 0.0 } else { (summary.articles as f64 / count.articles as f64).ln() };
        out.row(Word {
            word,
            pos: tag(&count.pos),
            count: count.count,
            articles: count.articles,
            pages: count.pages,
            per_10k: rounded(per_10k),
            tfidf: rounded(per_10k * idf),
        });
    }
}

/// The first eight bytes of a word as a number: where those of two words differ, they are in the
/// order of the words.
fn beginning(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut first = [0; 8];
    let length = bytes.len().min(8);
    first[..length].copy_from_slice(&bytes[..length]);
    u64::from_be_bytes(first)
}

fn tag(bytes: &[u8; 4]) -> &str {
    let length = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[..length]).unwrap_or_default()
}

/// Four decimals: what a reader can use, and the same digits on every platform.
fn rounded(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}
