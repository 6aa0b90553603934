//! The different texts of a summary, each once, known by number: person keys, organizations, posts, dates, names of pages.
//!
//! Thousands of counts are of one text, and many texts of a batch of pages are in the summary already when it is merged. So a
//! text costs its letters and some 24 bytes, and what is counted holds numbers.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Texts, numbered from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TextList {
    /// All texts, one after the other.
    letters: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Texts that are found again, numbered in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    list: TextList,
    /// Half of the hash, and number plus one, where the hash says or in the next free slot; at least half of them are free. As many as a
    /// power of two.
    slots: Vec<(u32, u32)>,
}

impl TextList {
    fn push(&mut self, text: &str) {
        self.letters.push_str(text);
        self.ends.push(self.letters.len());
    }

    /// The text of a number.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[at]]
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All texts, by number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..).zip(&self.ends).map(|(number, _)| self.get(number))
    }
}

impl Texts {
    /// The number of a text, which is added if it is new.
    pub(crate) fn add(&mut self, text: &str) -> u32 {
        if self.slots.len() < 2 * (self.list.len() + 1) {
            self.grow();
        }
        let hash = hash(text);
        let mut slot = self.first_slot(hash);
        while let (known, number @ 1..) = self.slots[slot] {
            if known == hash && self.get(number - 1) == text {
                return number - 1;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.list.push(text);
        let count = u32::try_from(self.list.len()).expect("fewer texts than 4 billion");
        self.slots[slot] = (hash, count);
        count - 1
    }

    fn grow(&mut self) {
        let slots = vec![(0, 0); (2 * self.slots.len()).max(64)];
        for known in std::mem::replace(&mut self.slots, slots).into_iter().filter(|known| known.1 != 0) {
            let mut slot = self.first_slot(known.0);
            while self.slots[slot].1 != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = known;
        }
    }

    fn first_slot(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// Adds all texts of another; the new number of each, by its old one.
    pub(crate) fn merge(&mut self, other: &Texts) -> Vec<u32> {
        other.list.iter().map(|text| self.add(text)).collect()
    }

    /// The text of a number.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> &str {
        self.list.get(number)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Tells, by their numbers, whether a text comes before another.
    pub(crate) fn order(&self) -> impl Fn(u32, u32) -> bool + Copy {
        |a, b| a != b && self.get(a) < self.get(b)
    }

    /// All texts in order, and the place of each there, by its number here.
    pub(crate) fn in_order(&self) -> (TextList, Vec<u32>) {
        // The first eight bytes settle most comparisons.
        let texts = self.list.iter().zip(0..).map(|(text, number)| (beginning(text), text, number));
        let mut order: Vec<(u64, &str, u32)> = texts.collect();
        order.sort_unstable();
        let mut list = TextList::default();
        let mut ranks = vec![0; order.len()];
        for (&(_, text, number), rank) in order.iter().zip(0..) {
            list.push(text);
            ranks[number as usize] = rank;
        }
        (list, ranks)
    }
}

impl Serialize for TextList {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for TextList {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut list = TextList::default();
        Vec::<String>::deserialize(from)?.iter().for_each(|text| list.push(text));
        Ok(list)
    }
}

/// The first eight bytes as a number, in the order of texts.
fn beginning(text: &str) -> u64 {
    let bytes = text.as_bytes();
    u64::from_be_bytes(std::array::from_fn(|i| bytes.get(i).copied().unwrap_or(0)))
}

fn hash(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn a_text_keeps_its_number_however_many_there_are() {
        let words: Vec<String> = (0..500).map(|i| format!("罗成玉@白鹿{}县", i % 300)).collect();
        let mut texts = Texts::default();
        let numbers: Vec<u32> = words.iter().map(|word| texts.add(word)).collect();
        assert_eq!(texts.len(), 300);
        assert!(numbers.iter().zip(&words).all(|(&number, word)| texts.get(number) == word));
        assert_eq!(texts.add(""), 300);
        assert_eq!(texts.get(300), "");
    }

    #[test]
    fn ranks_are_places_in_the_order_of_texts() {
        let mut texts = Texts::default();
        for text in ["县", "", "县委", "a", "嘉峪关市政协", "嘉峪关市", "a\0"] {
            texts.add(text);
        }
        let (list, ranks) = texts.in_order();
        assert_eq!(list.iter().collect::<Vec<_>>(), ["", "a", "a\0", "县", "县委", "嘉峪关市", "嘉峪关市政协"]);
        assert_eq!(ranks, [3, 0, 4, 1, 6, 5, 2]);
    }
}
