//! Parts of speech already asked for.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use banmian_core::{Pos, Token};

/// Remembers the part of speech of words, up to a fixed number of them.
///
/// jieba guesses the part of speech of a word its dictionary lacks by a hidden Markov model of 256
/// states, at the cost of cutting whole sentences; on newspaper pages this is two fifths of all
/// tagging, and most of it is spent on the same few thousand names again and again. What it
/// guesses depends on the word alone, so it need be asked only once.
///
/// Every token of a run is looked up here, so this is no general map but a list of words and a table of
/// their places, which is searched by a few instructions.
pub(crate) struct TagMemory {
    /// The words, by their numbers.
    words: Vec<Word>,
    /// Numbers plus one, by hash, and 0 for none; a power of two, at least half of them 0.
    slots: Vec<u32>,
    numbering: u64,
}

struct Word {
    key: u128,
    pos: Pos,
}

/// Words remembered at the beginning of a page at most; about 10 MB. A full memory is emptied: the frequent
/// words are back within a few pages.
const CAPACITY: usize = 200_000;

/// A word as an integer: its bytes and, in the highest byte, their number; 0 for one that is too long.
#[derive(Clone, Copy)]
pub(crate) struct Key(u128);

impl Default for TagMemory {
    fn default() -> Self {
        TagMemory { words: Vec::new(), slots: vec![0; 1 << 12], numbering: new_numbering() }
    }
}

/// A name that no numbering of this process has.
fn new_numbering() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl TagMemory {
    /// The key of a word in its text. Words of more than 15 bytes (five Chinese characters) are
    /// rare, and are never remembered.
    #[inline]
    pub(crate) fn key(text: &str, word: Range<usize>) -> Key {
        let length = word.len();
        if length > 15 {
            return Key(0);
        }
        let bytes = text.as_bytes();
        let own = match bytes.get(word.start..).and_then(<[u8]>::first_chunk::<16>) {
            // Sixteen bytes at once, and those after the word struck out, is much quicker than
            // copying just the word.
            Some(wide) => u128::from_le_bytes(*wide) & ((1 << (8 * length)) - 1),
            None => bytes[word].iter().rev().fold(0, |own, &byte| own << 8 | u128::from(byte)),
        };
        Key(own | (length as u128) << 120)
    }

    /// Makes room, if there is none, before a page; within a page every word keeps its number.
    pub(crate) fn begin_page(&mut self) {
        if self.words.len() >= CAPACITY {
            *self = TagMemory::default();
        }
    }

    /// The name of the numbering of words.
    pub(crate) fn numbering(&self) -> u64 {
        self.numbering
    }

    /// Part of speech and number of a word, if it is remembered.
    #[inline]
    pub(crate) fn get(&self, key: Key) -> Option<(Pos, u32)> {
        let slots = &*self.slots;
        let mut slot = first_slot(key);
        loop {
            let number = slots[slot & (slots.len() - 1)].checked_sub(1)?;
            let word = &self.words[number as usize];
            if word.key == key.0 {
                return Some((word.pos, number));
            }
            slot += 1;
        }
    }

    /// Remembers a word that is not remembered yet, if it is short enough, and gives it a number.
    #[cold]
    pub(crate) fn insert(&mut self, key: Key, pos: Pos) -> (Pos, u32) {
        if key.0 == 0 {
            return (pos, Token::NO_NUMBER);
        }
        let number = u32::try_from(self.words.len()).expect("a page has fewer words than bytes");
        self.words.push(Word { key: key.0, pos });
        if self.words.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for number in 0..=number {
                self.place(number);
            }
        } else {
            self.place(number);
        }
        (pos, number)
    }

    /// Puts the number of a word into the first free slot.
    fn place(&mut self, number: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = first_slot(Key(self.words[number as usize].key)) & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = number + 1;
    }
}

/// Where the search for a word begins, by the multiplicative method (Knuth 1973, 6.4).
#[inline]
fn first_slot(key: Key) -> usize {
    let folded = key.0 as u64 ^ ((key.0 >> 64) as u64).rotate_left(23);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use banmian_core::{Pos, Token};

    use super::{CAPACITY, TagMemory};

    #[test]
    fn words_keep_their_tags_and_numbers_until_the_memory_is_full() {
        let mut memory = TagMemory::default();
        let numbering = memory.numbering();
        let words: Vec<String> = (0..CAPACITY).map(|n| format!("词{n}。")).collect();
        for (number, word) in (0..).zip(&words) {
            memory.begin_page();
            let key = TagMemory::key(word, 0..word.len() - 3);
            assert_eq!(memory.get(key), None);
            assert_eq!(memory.insert(key, Pos::new("n")), (Pos::new("n"), number));
        }
        for (number, word) in (0..).zip(&words) {
            // The same word with much behind it.
            let text = format!("{word}后面还有许多字");
            assert_eq!(memory.get(TagMemory::key(&text, 0..word.len() - 3)), Some((Pos::new("n"), number)));
        }
        assert_eq!(memory.numbering(), numbering);
        memory.begin_page();
        assert_ne!(memory.numbering(), numbering, "numbers begin anew");
        assert_eq!(memory.get(TagMemory::key(&words[0], 0..words[0].len() - 3)), None);
    }

    #[test]
    fn long_words_are_not_remembered() {
        let word = "中国人民政治协商会议";
        let mut memory = TagMemory::default();
        let key = TagMemory::key(word, 0..word.len());
        assert_eq!(memory.insert(key, Pos::new("nt")), (Pos::new("nt"), Token::NO_NUMBER));
        assert_eq!(memory.get(key), None);
    }
}
