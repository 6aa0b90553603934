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
    let keys_of = Keys::of(corpus);
    let letters: Vec<u32> = keys_of.iter().map(|keys| sum(keys.iter())).collect();
    // Hardly any other keys than those of sketches are kept: no other is asked for.
    let mut asked = Asked::default();
    keys_of.iter().flat_map(|keys| keys.iter().take(SKETCH)).for_each(|&key| asked.note(key));
    // Key, article, and whether the key stands for the article.
    let mut holders: Vec<(u64, u32, bool)> = Vec::new();
    for (article, keys) in (0..).zip(keys_of.iter()) {
        let kept = keys.iter().enumerate().filter(|&(_, &key)| asked.may_have(key));
        holders.extend(kept.map(|(place, &key)| (key, article, place < SKETCH)));
    }
    holders.sort_unstable();
    // Later article, earlier one: an article is found by its own least keys and by those of the other.
    let mut candidates: Vec<(u32, u32)> = Vec::new();
    for same in holders.chunk_by(|a, b| a.0 == b.0) {
        for &(_, article, _) in same.iter().filter(|&&(_, _, stands)| stands) {
            let others = same.iter().take(COMMON).map(|other| other.1).filter(|&other| other != article);
            candidates.extend(others.map(|other| (article.max(other), article.min(other))));
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
        let other = keys_of.get(original);
        let shared = sum(keys_of.get(article).iter().filter(|key| other.binary_search(key).is_ok()));
        if least >= LEAST_ARTICLE && shared * 2 >= least {
            pairs.push(Pair { article, original, share: f64::from(shared) / f64::from(all) });
        }
    }
    for pair in &pairs {
        corpus.articles[pair.article as usize].reprint = true;
    }
    pairs
}

/// A bit for each of some keys, in a table of 128 KiB; others may share it.
struct Asked(Vec<u64>);

impl Default for Asked {
    fn default() -> Self {
        Asked(vec![0; 1 << 14])
    }
}

impl Asked {
    fn bit(key: u64) -> (usize, u32) {
        ((key >> 50) as usize, (key >> 44) as u32 % 64)
    }

    fn note(&mut self, key: u64) {
        let (word, bit) = Asked::bit(key);
        self.0[word] |= 1 << bit;
    }

    fn may_have(&self, key: u64) -> bool {
        let (word, bit) = Asked::bit(key);
        self.0[word] >> bit & 1 != 0
    }
}

/// Article by article, the keys of the sentences that count, in order, each once.
struct Keys {
    keys: Vec<u64>,
    /// Where those of each article end.
    ends: Vec<usize>,
}

impl Keys {
    fn of(corpus: &Corpus<'_>) -> Keys {
        let mut all = Keys { keys: Vec::new(), ends: Vec::with_capacity(corpus.articles.len()) };
        let mut own: Vec<u64> = Vec::new();
        for article in &corpus.articles {
            own.clear();
            own.extend(article.sentences.iter().filter(|&&key| keys::letters(key) >= LEAST_SENTENCE));
            own.sort_unstable();
            own.dedup();
            all.keys.extend_from_slice(&own);
            all.ends.push(all.keys.len());
        }
        all
    }

    /// Those of one article.
    fn get(&self, article: u32) -> &[u64] {
        let end = article as usize;
        &self.keys[end.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[end]]
    }

    /// Those of each article.
    fn iter(&self) -> impl Iterator<Item = &[u64]> {
        (0..).take(self.ends.len()).map(|article| self.get(article))
    }
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
