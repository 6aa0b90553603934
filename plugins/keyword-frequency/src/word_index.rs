//! Finding a word among many by a number made of its bytes.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;

/// A number for a word: its bytes, if they are at most eight, as those of two Chinese characters
/// are; else their hash. The lowest byte tells which, for no text has a byte of 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u64);

impl Key {
    /// The key of a word.
    pub(crate) fn of(word: &str) -> Self {
        Key::at(word, 0..word.len())
    }

    /// The key of the word at this place of a text.
    #[inline(always)]
    pub(crate) fn at(text: &str, place: Range<usize>) -> Self {
        let (text, start, length) = (text.as_bytes(), place.start, place.len());
        if length > 8 {
            return Key::hashed(&text[place]);
        }
        let bytes = match text.get(start..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => *bytes,
            None => std::array::from_fn(|i| text.get(start + i).copied().unwrap_or(0)),
        };
        // What stands behind the word is taken out.
        let behind = 64 - 8 * length as u32;
        Key(u64::from_le_bytes(bytes) & u64::MAX.checked_shr(behind).unwrap_or(0))
    }

    fn hashed(word: &[u8]) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(word);
        Key(hasher.finish() | 0xFF)
    }

    /// True if the key is the word itself: equal keys are equal words. No page has a zero byte, which
    /// would look like padding.
    #[inline]
    pub(crate) fn is_whole(self) -> bool {
        self.0 & 0xFF != 0xFF
    }

    /// Where its search begins, by the multiplicative method (Knuth 1973, 6.4).
    #[inline]
    fn first_slot(self, n_slots: usize) -> usize {
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (n_slots - 1)
    }
}

/// A table of the indices of a list of words. The list is kept by whoever has more to say of a word.
#[derive(Clone, Debug)]
pub(crate) struct WordIndex {
    /// Indices plus one; at least half are 0, which is none. As many as a power of two.
    slots: Vec<u32>,
    n_words: usize,
}

/// Where a word is missing in an index.
pub(crate) struct Vacant(usize);

impl Default for WordIndex {
    fn default() -> Self {
        WordIndex { slots: vec![0; 16], n_words: 0 }
    }
}

impl WordIndex {
    /// The index of the word with this key; of words whose key is not whole, `is_same` tells.
    #[inline]
    pub(crate) fn find(&self, key: Key, is_same: impl Fn(usize) -> bool) -> Result<usize, Vacant> {
        let slots = &*self.slots;
        let mut slot = key.first_slot(slots.len());
        loop {
            match slots[slot & (slots.len() - 1)] {
                0 => return Err(Vacant(slot & (slots.len() - 1))),
                n if is_same(n as usize - 1) => return Ok(n as usize - 1),
                _ => slot += 1,
            }
        }
    }

    /// Notes the next word of the list, just found missing. `keys` are those of all words, with it.
    #[inline]
    pub(crate) fn add(&mut self, vacant: Vacant, keys: impl Iterator<Item = Key>) {
        self.n_words += 1;
        self.slots[vacant.0] = u32::try_from(self.n_words).expect("fewer words than four thousand million");
        if self.n_words * 2 > self.slots.len() {
            self.grow(keys);
        }
    }

    #[cold]
    fn grow(&mut self, keys: impl Iterator<Item = Key>) {
        self.slots = vec![0; self.slots.len() * 2];
        for (key, number) in keys.zip(1..) {
            let Err(vacant) = self.find(key, |_| false) else { continue };
            self.slots[vacant.0] = number;
        }
    }

    /// Forgets all words, and keeps its room.
    pub(crate) fn clear(&mut self) {
        self.slots.fill(0);
        self.n_words = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_key_is_made_of_the_word_alone() {
        let text = "中国人民政治协商会议a";
        assert_eq!(Key::at(text, 0..6), Key::of("中国"));
        assert_eq!(Key::at(text, 27..31), Key::of("议a"));
        assert_eq!(Key::at(text, 0..12), Key::of("中国人民"));
        assert_ne!(Key::of("中国"), Key::of("国中"));
        assert!(Key::of("中国").is_whole() && !Key::of("中国人").is_whole());
    }
}
