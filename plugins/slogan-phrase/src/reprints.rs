//! Reprints (通稿): which article shares half of a text with an earlier one.
//!
//! The four least sentence keys of an article stand for it (bottom-k sketch: Broder 1997, *On the resemblance and containment of
//! documents*; Cohen and Kaplan 2007): two articles are candidates if one holds one of the least keys of the other. What they really share is then
//! counted on all keys, in letters, against the shorter one: on a rebuilt page a reprint may have run into its neighbour.

use banmian_core::TableSink;

use crate::corpus::Corpus;
use crate::keys;
use crate::statistics::rounded;

/// Keys that stand for an article.
const SKETCH: usize = 4;

/// Shorter sentences (完, 图为现场) stand in unrelated articles.
const LEAST_SENTENCE: u32 = 8;

/// Shorter articles are notices and captions that repeat by nature.
const LEAST_ARTICLE: u32 = 60;

/// Sentences of more articles than this are formulas of the paper, and no sign of a reprint.
const COMMON: usize = 64;

banmian_core::table! {
    /// An article that shares text with an earlier one: at least half of that of the shorter of the two.
    pub struct Reprint<'s> as "reprints" {
        /// Name of the page.
        page: &'s str,
        /// Number of the article on its page, from 1.
        article: u32,
        /// Name of the page of the original: of those that share half, the one of least date, then least name.
        original_page: &'s str,
        /// Number of the original on its page.
        original_article: u32,
        /// Share of the article's letters and digits in sentences that the original has, too.
        share: f64,
    }
}

/// An article and its original, as indices into [`Corpus::articles`].
pub(crate) struct Pair {
    article: u32,
    original: u32,
    share: f64,
}

/// Finds the reprints and marks them.
pub(crate) fn find(corpus: &mut Corpus<'_>) -> Vec<Pair> {
    // Article by article: the keys that count, in order.
    let keys_of: Vec<Vec<u64>> = corpus.articles.iter().map(|article| keys(article.sentences)).collect();
    let letters: Vec<u32> = keys_of.iter().map(|keys| sum(keys.iter())).collect();
    let mut holders: Vec<(u64, u32)> =
        (0..).zip(&keys_of).flat_map(|(i, keys)| keys.iter().map(move |&key| (key, i))).collect();
    holders.sort_unstable();
    // Later article, earlier one: an article is found by its own least keys and by those of the other.
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for (article, keys) in (0..).zip(&keys_of) {
        for &key in keys.iter().take(SKETCH) {
            let start = holders.partition_point(|h| h.0 < key);
            let others = holders[start..].iter().take(COMMON).take_while(|h| h.0 == key).map(|h| h.1);
            candidates
                .extend(others.filter(|&other| other != article).map(|other| (article.max(other), article.min(other))));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut pairs: Vec<Pair> = Vec::new();
    for &(article, original) in &candidates {
        // Articles are in the order of dates: the first is the original.
        if pairs.last().is_some_and(|p| p.article == article) {
            continue;
        }
        let (all, least) = (letters[article as usize], letters[article as usize].min(letters[original as usize]));
        let other = &keys_of[original as usize];
        let shared = sum(keys_of[article as usize].iter().filter(|key| other.binary_search(key).is_ok()));
        if least >= LEAST_ARTICLE && shared * 2 >= least {
            pairs.push(Pair { article, original, share: f64::from(shared) / f64::from(all) });
        }
    }
    for pair in &pairs {
        corpus.articles[pair.article as usize].reprint = true;
    }
    pairs
}

/// The keys of the sentences that count, in order, each once.
fn keys(sentences: &[u64]) -> Vec<u64> {
    let mut keys: Vec<u64> = sentences.iter().copied().filter(|&k| keys::letters(k) >= LEAST_SENTENCE).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn sum<'k>(keys: impl Iterator<Item = &'k u64>) -> u32 {
    keys.map(|&k| keys::letters(k)).sum()
}

/// Writes the table.
pub(crate) fn write(corpus: &Corpus<'_>, pairs: &[Pair], out: &mut TableSink<'_>) {
    let place = |article: u32| {
        let article = &corpus.articles[article as usize];
        (corpus.page_of(article).0, article.number)
    };
    for pair in pairs {
        let ((page, article), (original_page, original_article)) = (place(pair.article), place(pair.original));
        out.row(Reprint { page, article, original_page, original_article, share: rounded(pair.share) });
    }
}
