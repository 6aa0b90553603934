//! Parts of speech already asked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use banmian_core::{Pos, Token};
use rustc_hash::FxBuildHasher;

/// Remembers the part of speech of words, up to a fixed number of them.
///
/// jieba guesses the part of speech of a word its dictionary lacks by a hidden Markov model of 256
/// states, at the cost of cutting whole sentences; on newspaper pages this is two fifths of all
/// tagging, and most of it is spent on the same few thousand names again and again. What it
/// guesses depends on the word alone, so it need be asked only once.
pub(crate) struct TagMemory {
    /// Part of speech and number of each word.
    tags: HashMap<u128, (Pos, u32), FxBuildHasher>,
    numbering: u64,
}

impl Default for TagMemory {
    fn default() -> Self {
        TagMemory { tags: HashMap::default(), numbering: new_numbering() }
    }
}

/// A name that no numbering of this process has.
fn new_numbering() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Words remembered at the beginning of a page at most; about 10 MB. A full memory is emptied: the frequent
/// words are back within a few pages.
const CAPACITY: usize = 200_000;

/// A word as an integer: its bytes and, in the highest byte, their number.
#[derive(Clone, Copy)]
pub(crate) struct Key(Option<u128>);

impl TagMemory {
    /// The key of a word in its text. Words of more than 15 bytes (five Chinese characters) are
    /// rare, and are never remembered.
    pub(crate) fn key(text: &str, word: Range<usize>) -> Key {
        if word.len() > 15 {
            return Key(None);
        }
        let bytes = text.as_bytes();
        let own = match bytes.get(word.start..word.start + 16).and_then(|wide| wide.try_into().ok()) {
            // Sixteen bytes at once, and those after the word struck out, is much quicker than
            // copying just the word.
            Some(wide) => u128::from_le_bytes(wide) & ((1 << (8 * word.len())) - 1),
            None => bytes[word.clone()].iter().rev().fold(0, |own, &byte| own << 8 | u128::from(byte)),
        };
        Key(Some(own | (word.len() as u128) << 120))
    }

    /// Makes room, if there is none, before a page; within a page every word keeps its number.
    pub(crate) fn begin_page(&mut self) {
        if self.tags.len() >= CAPACITY {
            self.tags.clear();
            self.numbering = new_numbering();
        }
    }

    /// The name of the numbering of words.
    pub(crate) fn numbering(&self) -> u64 {
        self.numbering
    }

    /// Part of speech and number of a word, if it is remembered.
    pub(crate) fn get(&self, key: Key) -> Option<(Pos, u32)> {
        self.tags.get(&key.0?).copied()
    }

    /// Remembers a word that is not remembered yet, if it is short enough, and gives it a number.
    pub(crate) fn insert(&mut self, key: Key, pos: Pos) -> (Pos, u32) {
        let Some(key) = key.0 else { return (pos, Token::NO_NUMBER) };
        let number = u32::try_from(self.tags.len()).unwrap_or(Token::NO_NUMBER);
        self.tags.insert(key, (pos, number));
        (pos, number)
    }
}
