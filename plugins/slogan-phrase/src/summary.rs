//! What is known of any number of pages: numbers for every page, and the text of every phrase once.
//!
//! All questions over the corpus are answered from these at the end, so a page costs little: keys of
//! its sentences, which sentence holds which phrase, and what each article is.

use std::collections::BTreeMap;

use banmian_core::Summary;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::finding::Kind;
use crate::found_file::Memo;
use crate::sample::Sample;

/// Pages by name, and what their numbers stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrases {
    /// Pages by name.
    pub(crate) pages: BTreeMap<String, PageRecord>,
    /// Phrases by key.
    #[serde(serialize_with = "in_order")]
    pub(crate) phrases: FxHashMap<u64, PhraseRecord>,
    /// Papers by key.
    pub(crate) papers: BTreeMap<u64, String>,
    /// How often a phrase stands inside a mention of another: inner, outer → times.
    #[serde(serialize_with = "in_order")]
    pub(crate) nested: FxHashMap<(u64, u64), u64>,
    /// Articles with their text, for discovery.
    pub(crate) sample: Sample,
    #[serde(skip)]
    pub(crate) discovered: Memo,
}

/// One phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PhraseRecord {
    /// The form under which it is counted.
    pub(crate) canonical: String,
    pub(crate) kind: Kind,
    /// Number of its entry over all lexicons; none for what only a rule found.
    pub(crate) entry: Option<u32>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PageRecord {
    /// Key of its paper.
    pub(crate) paper: u64,
    /// Date as YYYYMMDD; 0 if not known.
    pub(crate) date: u32,
    /// Keys of its sentences, see [`crate::keys::sentence`], in order: those of the articles come first.
    pub(crate) sentences: Vec<u64>,
    /// Its articles.
    pub(crate) articles: Vec<ArticleRecord>,
    /// Mentions and plain policy words in page order.
    pub(crate) mentions: Vec<MentionRecord>,
}

/// One article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ArticleRecord {
    /// Key of the place of its dateline; 0 if it has none.
    pub(crate) place: u64,
    /// One past its last sentence.
    pub(crate) sentences_end: u32,
    /// Letters and digits.
    pub(crate) letters: u32,
    /// Letters and digits in mentions and plain policy words, none counted twice.
    pub(crate) covered: u32,
    /// Mentions.
    pub(crate) mentions: u32,
}

/// One mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MentionRecord {
    /// Key of its phrase.
    pub(crate) phrase: u64,
    /// The sentence of the page it begins in.
    pub(crate) sentence: u32,
    /// In kicker, main headline or deck.
    pub(crate) headline: bool,
}

/// Writes a map in the order of its keys: equal summaries are equal bytes.
fn in_order<K: Ord + Serialize, V: Serialize, S: Serializer>(map: &FxHashMap<K, V>, to: S) -> Result<S::Ok, S::Error> {
    map.iter().collect::<BTreeMap<_, _>>().serialize(to)
}

impl Summary for Phrases {
    fn merge(&mut self, mut other: Self) {
        // The engine names every page once.
        if self.pages.len() < other.pages.len() {
            std::mem::swap(&mut self.pages, &mut other.pages);
        }
        self.pages.extend(other.pages);
        self.papers.append(&mut other.papers);
        self.sample.merge(other.sample);
        self.discovered = Memo::default();
        other.phrases.into_iter().for_each(|(key, phrase)| self.note(key, phrase.entry, || phrase));
        other.nested.into_iter().for_each(|(pair, times)| *self.nested.entry(pair).or_default() += times);
    }
}

impl Phrases {
    /// Notes a phrase, and that it is this entry of a lexicon.
    pub(crate) fn note(&mut self, key: u64, entry: Option<u32>, record: impl FnOnce() -> PhraseRecord) {
        let known = self.phrases.entry(key).or_insert_with(record);
        // The least, so that the order does not matter.
        known.entry = [known.entry, entry].into_iter().flatten().min();
    }
}
