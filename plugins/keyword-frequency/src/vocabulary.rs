//! The words of a corpus and their counts.
//!
//! Every page brings some hundreds of words, most of them known, and every batch is merged into one
//! vocabulary. So a word costs no allocation of its own, and its hash is computed once: a merge
//! looks words up by the hashes they have.

use std::fmt;
use std::hash::Hasher;

use rustc_hash::FxHasher;
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::summary::WordCount;

/// Words, each once, with their counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// All words, one after the other.
    text: String,
    entries: Vec<Entry>,
    /// Indices into `entries`, plus one; at least half are 0, which is none. As many as a power of
    /// two, or none at all.
    slots: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Entry {
    hash: u32,
    /// Where the word stands in `text`.
    start: u32,
    end: u32,
    count: WordCount,
}

impl Vocabulary {
    /// Adds a word, or these counts to those of the word.
    pub(crate) fn add(&mut self, word: &str, count: WordCount) {
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        self.add_hashed(word, hasher.finish() as u32, count);
    }

    /// Adds all words of another vocabulary.
    pub(crate) fn merge(&mut self, other: Vocabulary) {
        if self.entries.is_empty() {
            *self = other;
            return;
        }
        for entry in &other.entries {
            self.add_hashed(other.word(entry), entry.hash, entry.count);
        }
    }

    /// The words and their counts, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &WordCount)> {
        self.entries.iter().map(|e| (self.word(e), &e.count))
    }

    fn word(&self, entry: &Entry) -> &str {
        &self.text[entry.start as usize..entry.end as usize]
    }

    fn add_hashed(&mut self, word: &str, hash: u32, count: WordCount) {
        if self.entries.len() * 2 >= self.slots.len() {
            self.grow();
        }
        match self.find(word, hash) {
            Ok(index) => self.entries[index].count.add(count),
            Err(slot) => {
                let offset = |n: usize| u32::try_from(n).expect("a vocabulary is smaller than 4 GiB");
                let start = offset(self.text.len());
                self.text.push_str(word);
                self.entries.push(Entry { hash, start, end: offset(self.text.len()), count });
                self.slots[slot] = offset(self.entries.len());
            }
        }
    }

    /// The index of a word, or the empty slot where it belongs. There must be one.
    fn find(&self, word: &str, hash: u32) -> Result<usize, usize> {
        let mut slot = hash as usize & (self.slots.len() - 1);
        loop {
            let Some(index) = self.slots[slot].checked_sub(1) else { return Err(slot) };
            let entry = &self.entries[index as usize];
            if entry.hash == hash && self.word(entry) == word {
                return Ok(index as usize);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    fn grow(&mut self) {
        let n_slots = (self.slots.len() * 2).max(1 << 10);
        self.slots = vec![0; n_slots];
        for (entry, number) in self.entries.iter().zip(1..) {
            let mut slot = entry.hash as usize & (n_slots - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (n_slots - 1);
            }
            self.slots[slot] = number;
        }
    }
}

/// Equal if the same words have the same counts, in whatever order they came.
impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        let counts_alike = |entry: &Entry| {
            other.find(self.word(entry), entry.hash).is_ok_and(|index| other.entries[index].count == entry.count)
        };
        self.entries.len() == other.entries.len() && self.entries.iter().all(counts_alike)
    }
}

/// Words stand in order, so that equal vocabularies are equal bytes.
impl Serialize for Vocabulary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_unstable_by_key(|(word, _)| *word);
        let mut map = serializer.serialize_map(Some(sorted.len()))?;
        for (word, count) in sorted {
            map.serialize_entry(word, count)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadWords)
    }
}

struct ReadWords;

impl<'de> Visitor<'de> for ReadWords {
    type Value = Vocabulary;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words and their counts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vocabulary, A::Error> {
        let mut words = Vocabulary::default();
        while let Some((word, count)) = map.next_entry::<String, WordCount>()? {
            words.add(&word, count);
        }
        Ok(words)
    }
}
