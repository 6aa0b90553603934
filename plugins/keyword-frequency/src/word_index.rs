//! Finding a word among many by a number made of its bytes.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;

/// A number for a word: its bytes and, in the highest byte, how many, if they are at most fifteen, as those of five
/// Chinese characters are; of longer words a hash and the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(u128);

/// The highest byte of the key of a longer word.
const LONGER: u128 = 0xFF << 120;

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

impl Key {
    /// The key of a word.
    pub(crate) fn of(word: &str) -> Self {
        Key::at(word, 0..word.len())
    }

    /// The key of the word at this place of a text.
    #[inline(always)]
    pub(crate) fn at(text: &str, place: Range<usize>) -> Self {
        let (text, start, length) = (text.as_bytes(), place.start, place.len());
        let Some(own) = OWN.get(length) else {
            return Key::hashed(&text[place]);
        };
        let bytes = match text.get(start..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => *bytes,
            None => std::array::from_fn(|i| text.get(start + i).copied().unwrap_or(0)),
        };
        // What stands behind the word is taken out.
        Key(u128::from_le_bytes(bytes) & own | (length as u128) << 120)
    }

    #[cold]
    fn hashed(word: &[u8]) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(word);
        let length = u32::try_from(word.len()).expect("words are shorter than 4 GiB");
        Key(u128::from(hasher.finish()) | u128::from(length) << 64 | LONGER)
    }

    /// True if the key is the word itself: equal keys are equal words.
    #[inline]
    pub(crate) fn is_whole(self) -> bool {
        self.0 < LONGER
    }

    /// The bytes of the word.
    #[inline]
    pub(crate) fn length(self) -> usize {
        if self.is_whole() { (self.0 >> 120) as usize } else { (self.0 >> 64) as u32 as usize }
    }

    /// Where its search begins, by the multiplicative method (Knuth 1973, 6.4).
    #[inline]
    fn first_slot(self, n_slots: usize) -> usize {
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        let both = ((self.0 >> 64) as u64).wrapping_mul(FACTOR) ^ self.0 as u64;
        (both.wrapping_mul(FACTOR) >> 32) as usize & (n_slots - 1)
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
        let (short, long) = ("中国人民共", "中国人民共a");
        assert!(Key::of(short).is_whole() && !Key::of(long).is_whole());
        assert_eq!([short, long, ""].map(|word| Key::of(word).length()), [15, 16, 0]);
    }
}
