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
/// Every token of a run is looked up here. What that costs is the wait for memory, so a word and all
/// that is known of it are in one place, which is searched by a few instructions.
pub(crate) struct TagMemory {
    /// Words by hash, a power of two of places, at most half of them taken.
    words: Vec<Word>,
    n_words: u32,
    numbering: u64,
}

#[derive(Clone, Copy, Default)]
struct Word {
    /// 0 for a free place.
    key: u128,
    pos: Pos,
    number: u32,
    rarity: Rarity,
}

/// How well the dictionary knows a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Rarity {
    /// Well, or it is no word that could be part of another.
    #[default]
    Usual,
    /// Hardly.
    Rare,
    /// Not at all.
    Guessed,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) pos: Pos,
    pub(crate) number: u32,
    pub(crate) rarity: Rarity,
}

/// Words remembered at the beginning of a page at most; some 16 MB. A full memory is emptied: the frequent
/// words are back within a few pages.
const CAPACITY: u32 = 200_000;

/// The bits of the first so many bytes.
const OWN: [u128; 16] = {
    let mut own = [0; 16];
    let mut length = 1;
    while length < own.len() {
        own[length] = own[length - 1] << 8 | 0xFF;
        length += 1;
    }
    own
};

/// A word as an integer: its bytes and, in the highest byte, their number; 0 for one that is too long.
#[derive(Clone, Copy)]
pub(crate) struct Key(u128);

impl Default for TagMemory {
    fn default() -> Self {
        TagMemory { words: vec![Word::default(); 1 << 12], n_words: 0, numbering: new_numbering() }
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
            Some(wide) => u128::from_le_bytes(*wide) & OWN[length],
            None => bytes[word].iter().rev().fold(0, |own, &byte| own << 8 | u128::from(byte)),
        };
        Key(own | (length as u128) << 120)
    }

    /// Makes room, if there is none, before a page; within a page every word keeps its number.
    pub(crate) fn begin_page(&mut self) {
        if self.n_words >= CAPACITY {
            *self = TagMemory::default();
        }
    }

    /// The name of the numbering of words.
    pub(crate) fn numbering(&self) -> u64 {
        self.numbering
    }

    /// What is known of a word, if it is remembered.
    #[inline]
    pub(crate) fn get(&self, key: Key) -> Option<Known> {
        let words = &*self.words;
        let mut place = first_place(key);
        loop {
            let word = &words[place & (words.len() - 1)];
            if word.key == key.0 {
                let known = Known { pos: word.pos, number: word.number, rarity: word.rarity };
                return (key.0 != 0).then_some(known);
            }
            if word.key == 0 {
                return None;
            }
            place += 1;
        }
    }

    /// Remembers a word that is not remembered yet, if it is short enough, and gives it a number.
    #[cold]
    pub(crate) fn insert(&mut self, key: Key, pos: Pos, rarity: Rarity) -> Known {
        if key.0 == 0 {
            return Known { pos, number: Token::NO_NUMBER, rarity };
        }
        let number = self.n_words;
        self.n_words += 1;
        if self.n_words as usize * 2 > self.words.len() {
            let grown = vec![Word::default(); self.words.len() * 2];
            let old = std::mem::replace(&mut self.words, grown);
            old.into_iter().filter(|word| word.key != 0).for_each(|word| self.put(word));
        }
        self.put(Word { key: key.0, pos, number, rarity });
        Known { pos, number, rarity }
    }

    /// Puts a word into the first free place.
    fn put(&mut self, word: Word) {
        let mask = self.words.len() - 1;
        let mut place = first_place(Key(word.key)) & mask;
        while self.words[place].key != 0 {
            place = (place + 1) & mask;
        }
        self.words[place] = word;
    }
}

/// Where the search for a word begins, by the multiplicative method (Knuth 1973, 6.4).
#[inline]
fn first_place(key: Key) -> usize {
    let folded = key.0 as u64 ^ ((key.0 >> 64) as u64).rotate_left(23);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use banmian_core::{Pos, Token};

    use super::{CAPACITY, Known, Rarity, TagMemory};

    #[test]
    fn words_keep_their_tags_and_numbers_until_the_memory_is_full() {
        let mut memory = TagMemory::default();
        let numbering = memory.numbering();
        let words: Vec<String> = (0..CAPACITY).map(|n| format!("词{n}。")).collect();
        for (number, word) in (0..).zip(&words) {
            memory.begin_page();
            let key = TagMemory::key(word, 0..word.len() - 3);
            assert_eq!(memory.get(key), None);
            let known = Known { pos: Pos::new("n"), number, rarity: Rarity::Rare };
            assert_eq!(memory.insert(key, known.pos, known.rarity), known);
        }
        for (number, word) in (0..).zip(&words) {
            // The same word with much behind it.
            let text = format!("{word}后面还有许多字");
            let known = Known { pos: Pos::new("n"), number, rarity: Rarity::Rare };
            assert_eq!(memory.get(TagMemory::key(&text, 0..word.len() - 3)), Some(known));
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
        let known = memory.insert(key, Pos::new("nt"), Rarity::Usual);
        assert_eq!((known.pos, known.number), (Pos::new("nt"), Token::NO_NUMBER));
        assert_eq!(memory.get(key), None);
    }
}
