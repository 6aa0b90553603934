//! The table `density`: how much of each article is formulations.

use banmian_core::TableSink;

use crate::corpus::Corpus;
use crate::statistics::{rounded, share};

banmian_core::table! {
    /// An article and how much of it is formulations and slogans, in the order of date, page and number.
    pub struct Density<'s> as "density" {
        /// Name of the page.
        page: &'s str,
        /// Number of the article on its page, from 1.
        article: u32,
        /// Letters and digits of the article, headlines included.
        characters: u32,
        /// Letters and digits in mentions and in plain policy words, none counted twice.
        in_formulations: u32,
        /// The second as a share of the first.
        density: f64,
        /// Mentions.
        mentions: u32,
    }
}

/// Writes the table.
pub(crate) fn write(corpus: &Corpus<'_>, out: &mut TableSink<'_>) {
    for article in &corpus.articles {
        let record = article.record;
        out.row(Density {
            page: corpus.page_of(article).0,
            article: article.number,
            characters: record.letters,
            in_formulations: record.covered,
            density: rounded(share(record.covered.into(), record.letters.into())),
            mentions: record.mentions,
        });
    }
}
