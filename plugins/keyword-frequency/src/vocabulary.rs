//! The words of a corpus and their counts.
//!
//! Every page brings some hundreds of words, most of them known, and every batch is merged into one
//! vocabulary. So a word costs no allocation of its own, and a merge looks words up by
//! the keys they have.

use std::fmt;
use std::ops::Range;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::summary::WordCount;
use crate::word_index::{Key, Vacant, WordIndex};

/// Words, each once, with their counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// All words, one after the other.
    text: String,
    entries: Vec<Entry>,
    index: WordIndex,
}

#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    /// Where the word stands in `text`.
    start: u32,
    end: u32,
    count: WordCount,
}

impl Vocabulary {
    /// Adds the word at this place of a text, or these counts to those of the word.
    pub(crate) fn add(&mut self, text: &str, place: Range<usize>, count: WordCount) {
        self.add_keyed(Key::at(text, place.clone()), &text[place], count);
    }

    /// Adds all words of another vocabulary.
    pub(crate) fn merge(&mut self, other: Vocabulary) {
        if self.entries.is_empty() {
            *self = other;
            return;
        }
        for entry in &other.entries {
            self.add_keyed(entry.key, other.word(entry), entry.count);
        }
    }

    /// The words and their counts, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &WordCount)> {
        self.entries.iter().map(|e| (self.word(e), &e.count))
    }

    fn word(&self, entry: &Entry) -> &str {
        &self.text[entry.start as usize..entry.end as usize]
    }

    fn find(&self, key: Key, word: &str) -> Result<usize, Vacant> {
        self.index.find(key, |i| {
            let known = &self.entries[i];
            known.key == key && (key.is_whole() || self.word(known) == word)
        })
    }

    fn add_keyed(&mut self, key: Key, word: &str, count: WordCount) {
        match self.find(key, word) {
            Ok(i) => self.entries[i].count.add(count),
            Err(vacant) => {
                let offset = |n: usize| u32::try_from(n).expect("a vocabulary is smaller than 4 GiB");
                let start = offset(self.text.len());
                self.text.push_str(word);
                self.entries.push(Entry { key, start, end: offset(self.text.len()), count });
                self.index.add(vacant, self.entries.iter().map(|e| e.key));
            }
        }
    }
}

/// Equal if the same words have the same counts, in whatever order they came.
impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        let counts_alike = |entry: &Entry| {
            other.find(entry.key, self.word(entry)).is_ok_and(|i| other.entries[i].count == entry.count)
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
            words.add(&word, 0..word.len(), count);
        }
        Ok(words)
    }
}
