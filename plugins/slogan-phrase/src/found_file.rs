//! The table `discovered` and the file `found.tsv`, a lexicon of what was discovered.

use std::sync::OnceLock;

use banmian_core::{DocumentSink, TableSink};

use crate::corpus::{Corpus, written};
use crate::discover::{Discovered, discover};
use crate::sample::content;
use crate::settings::Plan;
use crate::statistics::{rounded, share};
use crate::summary::Phrases;

banmian_core::table! {
    /// A formulation that no lexicon has, the most widely and freely used first. Found in a sample of articles, and no kind of `mentions`.
    pub struct DiscoveredRow<'s> as "discovered" {
        /// The formulation.
        phrase: &'s str,
        /// Times it stands in the sample.
        count: u64,
        /// Articles of the sample it stands in.
        articles: u64,
        /// Times in quotation marks.
        quoted_count: u64,
        /// Times in kicker, main headline or deck.
        headline_count: u64,
        /// How much more frequent it is than its parts would have it by chance, in bits: the least over all places to cut it.
        cohesion: f64,
        /// How freely what stands before it changes: entropy in bits. Edges of text and marks count each as one of its own.
        left_entropy: f64,
        /// The same for what stands after it.
        right_entropy: f64,
        /// Articles × the lesser entropy: what the table is sorted by.
        score: f64,
        /// Earliest date in the sample, as YYYY-MM-DD, or empty.
        first_date: String,
        /// Share of the articles of the corpus that are in the sample.
        share_read: f64,
    }
}

/// What was discovered, once it was asked for: the table and the file want the same. No part of what a summary says.
#[derive(Default)]
pub(crate) struct Memo(OnceLock<Vec<Discovered>>);

impl Clone for Memo {
    fn clone(&self) -> Self {
        Memo::default()
    }
}

impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Memo {}

impl std::fmt::Debug for Memo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memo")
    }
}

fn discovered<'s>(plan: &Plan, summary: &'s Phrases) -> &'s [Discovered] {
    summary.discovered.0.get_or_init(|| discover(plan, &summary.sample))
}

/// Writes the table.
pub(crate) fn write(plan: &Plan, corpus: &Corpus<'_>, out: &mut TableSink<'_>) {
    let summary = corpus.summary;
    let sampled = summary.sample.articles();
    let is_read = |hash| sampled.binary_search_by_key(&hash, |article| article.hash).is_ok();
    let read = corpus.articles.iter().filter(|a| is_read(content(a.sentences))).count() as u64;
    for found in discovered(plan, summary) {
        out.row(DiscoveredRow {
            phrase: &found.phrase,
            count: found.count,
            articles: found.articles,
            quoted_count: found.quoted,
            headline_count: found.headline,
            cohesion: rounded(found.cohesion),
            left_entropy: rounded(found.left_entropy),
            right_entropy: rounded(found.right_entropy),
            score: rounded(found.score),
            first_date: written(found.first),
            share_read: rounded(share(read, corpus.articles.len() as u64)),
        });
    }
}

/// Writes the lexicon: strike what is wrong, name the file in the suite, and the next run counts the rest exactly. Its
/// entries are core formulations, so that they count inside longer phrases, too.
pub(crate) fn document(plan: &Plan, summary: &Phrases, out: &mut DocumentSink<'_>) {
    const NAME: &str = "found.tsv";
    let found = discovered(plan, summary);
    if found.is_empty() {
        return;
    }
    out.append(NAME, "# Formulations found by banmian that no lexicon of the suite has. Strike what is wrong and name this file in the suite:\n");
    out.append(NAME, "# lexicons = [\"found.tsv\", …].\n");
    out.append(NAME, "phrase\tclass\tvariants\tfamily\ttheme\tsince\tnote\n");
    for found in found {
        let since = if found.first == 0 { String::new() } else { written(found.first)[..7].to_owned() };
        let line =
            format!("{}\tcore\t\t\t\t{since}\t{} articles, {} times\n", found.phrase, found.articles, found.count);
        out.append(NAME, &line);
    }
}
