//! The different words of one page, found by their bytes.

use std::hash::Hasher;

use banmian_core::TextRange;
use rustc_hash::FxHasher;

/// A word of the page.
pub(crate) struct Seen {
    key: u64,
    /// Where it stands first.
    pub(crate) first: TextRange,
    /// True if it is counted; none until that is asked.
    pub(crate) counted: Option<bool>,
    /// The tag of its first occurrence.
    pub(crate) pos: [u8; 4],
    /// Occurrences.
    pub(crate) count: u32,
    /// Articles it occurs in.
    pub(crate) articles: u32,
    /// The article it was last seen in.
    pub(crate) last_article: Option<u32>,
}

/// The words of a page by first occurrence, and a table to find them in.
pub(crate) struct SeenWords {
    words: Vec<Seen>,
    /// Indices into `words`, plus one; at least half are 0, which is none. As many as a power of two.
    slots: Vec<u32>,
}

impl SeenWords {
    /// No words yet, of a page of so many tokens.
    pub(crate) fn new(n_tokens: usize) -> Self {
        // About a third of the tokens are words that were not seen before.
        SeenWords { words: Vec::with_capacity(n_tokens / 3), slots: vec![0; n_tokens.next_power_of_two().max(16)] }
    }

    /// The word in this place of the page's text.
    pub(crate) fn word(&mut self, text: &str, place: TextRange) -> &mut Seen {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let key = key(text.as_bytes(), place);
        let mut slot = first_slot(key, self.slots.len());
        loop {
            match self.slots[slot] {
                0 => break,
                n => {
                    let index = n as usize - 1;
                    let known = &self.words[index];
                    if known.key == key && (is_whole(key) || text[known.first.bytes()] == text[place.bytes()]) {
                        return &mut self.words[index];
                    }
                }
            }
            slot = (slot + 1) % self.slots.len();
        }
        let fresh = Seen { key, first: place, counted: None, pos: [0; 4], count: 0, articles: 0, last_article: None };
        self.words.push(fresh);
        self.slots[slot] = u32::try_from(self.words.len()).expect("fewer words than bytes");
        self.words.last_mut().expect("a word was just added")
    }

    fn grow(&mut self) {
        let n_slots = self.slots.len() * 2;
        self.slots = vec![0; n_slots];
        for (word, number) in self.words.iter().zip(1..) {
            let mut slot = first_slot(word.key, n_slots);
            while self.slots[slot] != 0 {
                slot = (slot + 1) % n_slots;
            }
            self.slots[slot] = number;
        }
    }
}

impl IntoIterator for SeenWords {
    type Item = Seen;
    type IntoIter = std::vec::IntoIter<Seen>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.into_iter()
    }
}

/// A number for a word: its bytes, if they are at most eight, as those of two Chinese characters
/// are; else their hash. The lowest byte tells which, for no text has a byte of 255.
fn key(text: &[u8], place: TextRange) -> u64 {
    let word = &text[place.bytes()];
    if word.len() > 8 {
        let mut hasher = FxHasher::default();
        hasher.write(word);
        return hasher.finish() | 0xFF;
    }
    let start = place.start as usize;
    match text.get(start..start + 8).and_then(|b| b.first_chunk()) {
        // What follows the word in the text is shifted out.
        Some(bytes) => u64::from_le_bytes(*bytes) << (64 - 8 * word.len()) >> (64 - 8 * word.len()),
        None => {
            let mut bytes = [0; 8];
            bytes[..word.len()].copy_from_slice(word);
            u64::from_le_bytes(bytes)
        }
    }
}

/// True if a key is the word itself. A zero byte in a word does not hide in the padding: no page
/// has one.
fn is_whole(key: u64) -> bool {
    key & 0xFF != 0xFF
}

/// Where the search for a key begins, by the multiplicative method (Knuth 1973, 6.4).
fn first_slot(key: u64, n_slots: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - n_slots.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use banmian_core::TextRange;

    use super::SeenWords;

    #[test]
    fn words_are_found_again_wherever_they_stand() {
        let words = ["会议", "会", "议会", "中国人民政治协商会议", "中国人民", "a", "ab", "中国人民"];
        let text = words.concat().repeat(3);
        let mut seen = SeenWords::new(0);
        let mut at = 0;
        for word in words.iter().cycle().take(words.len() * 3) {
            seen.word(&text, TextRange::new(at, at + word.len())).count += 1;
            at += word.len();
        }
        let found: Vec<_> = seen.into_iter().map(|w| (&text[w.first.bytes()], w.count)).collect();
        let expected =
            [("会议", 3), ("会", 3), ("议会", 3), ("中国人民政治协商会议", 3), ("中国人民", 6), ("a", 3), ("ab", 3)];
        assert_eq!(found, expected);
    }
}
