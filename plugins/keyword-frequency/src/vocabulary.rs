//! The different forms of a corpus, each with a number: words, n-grams.
//!
//! Every page brings some hundreds of words, most of them known, and every batch is merged into one
//! vocabulary. So a word costs no allocation of its own (32 bytes, its letters, and 8 to 16 bytes of
//! index), and a merge looks words up by the keys they have.

use std::ops::Range;

use crate::word_index::{Key, Vacant, WordIndex};

/// Forms, each once, numbered from 0 in the order they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// All forms, one after the other.
    text: String,
    entries: Vec<Entry>,
    index: WordIndex,
}

/// What is known of a form over all pages, beside its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub(crate) struct Facts {
    /// The least of its tags: jieba tags a word alike everywhere, but for a user's dictionary.
    pub(crate) pos: [u8; 4],
    /// Pages it occurs on.
    pub(crate) pages: u32,
    /// Its most occurrences in one article, or in the unattached text of one page.
    pub(crate) most: u32,
}

#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    /// Where the form begins in `text`.
    start: u32,
    facts: Facts,
}

impl Vocabulary {
    /// The number of the form at this place of a text, after these facts are added to its own.
    #[inline]
    pub(crate) fn add(&mut self, text: &str, place: Range<usize>, facts: Facts) -> u32 {
        self.add_keyed(Key::at(text, place.clone()), text, place, facts)
    }

    /// Adds all forms of another vocabulary; the new number of each, by its old one.
    pub(crate) fn merge(&mut self, other: &Vocabulary) -> Vec<u32> {
        let add = |e: &Entry| self.add_keyed(e.key, &other.text, e.place(), e.facts);
        other.entries.iter().map(add).collect()
    }

    /// Makes room for so many forms, of usual length.
    pub(crate) fn reserve(&mut self, forms: usize) {
        self.text.reserve(forms * 8);
        self.entries.reserve(forms);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The form with this number, and what is known of it.
    pub(crate) fn get(&self, number: u32) -> (&str, Facts) {
        let entry = &self.entries[number as usize];
        (self.word(entry), entry.facts)
    }

    /// The number of a form.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.find(Key::of(word), word.as_bytes()).ok().map(|i| i as u32)
    }

    fn word(&self, entry: &Entry) -> &str {
        &self.text[entry.place()]
    }

    #[inline(always)]
    fn find(&self, key: Key, word: &[u8]) -> Result<usize, Vacant> {
        self.index.find(key, |i| {
            let known = &self.entries[i];
            known.key == key && (key.is_whole() || self.text.as_bytes()[known.place()] == *word)
        })
    }

    #[inline(always)]
    fn add_keyed(&mut self, key: Key, text: &str, place: Range<usize>, facts: Facts) -> u32 {
        match self.find(key, &text.as_bytes()[place.clone()]) {
            Ok(i) => {
                self.entries[i].facts.add(facts);
                i as u32
            }
            Err(vacant) => {
                let start = u32::try_from(self.text.len()).expect("a vocabulary is smaller than 4 GiB");
                self.text.push_str(&text[place]);
                self.entries.push(Entry { key, start, facts });
                self.index.add(vacant, self.entries.iter().map(|e| e.key));
                self.entries.len() as u32 - 1
            }
        }
    }
}

impl Entry {
    /// Where the form stands in the text.
    fn place(&self) -> Range<usize> {
        self.start as usize..self.start as usize + self.key.length()
    }
}

impl Facts {
    #[inline]
    fn add(&mut self, other: Facts) {
        if self.pos != other.pos {
            self.pos = self.pos.min(other.pos);
        }
        self.pages += other.pages;
        self.most = self.most.max(other.most);
    }
}
