//! Many strings looked for in many texts at once.

use rustc_hash::FxHashMap;

use crate::letter::{self, Letter};

/// Bits of the table of beginnings: 8 KiB, which stay in the nearest cache.
const BITS: u32 = 16;

/// Strings of two letters or more.
pub(crate) struct Matcher {
    strings: Vec<String>,
    /// By hash of the first two letters: whether a string may begin so. Most places of a text are told by one look.
    may_begin: Vec<u64>,
    /// By the first two letters: the strings.
    begins: FxHashMap<(Letter, Letter), Vec<u32>>,
}

#[inline]
fn slot(a: Letter, b: Letter) -> usize {
    ((a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA77)) >> (32 - BITS)) as usize
}

impl Matcher {
    /// Looks for these; shorter ones than two letters are never found.
    pub(crate) fn new(strings: Vec<String>) -> Self {
        let mut may_begin = vec![0; 1 << (BITS - 6)];
        let mut begins: FxHashMap<_, Vec<u32>> = FxHashMap::default();
        for (i, string) in (0..).zip(&strings) {
            let mut letters = letter::letters(string);
            if let (Some(a), Some(b)) = (letters.next(), letters.next()) {
                may_begin[slot(a, b) / 64] |= 1 << (slot(a, b) % 64);
                begins.entry((a, b)).or_default().push(i);
            }
        }
        Matcher { strings, may_begin, begins }
    }

    pub(crate) fn strings(&self) -> &[String] {
        &self.strings
    }

    /// Tells every place where a string begins: its number, and the place in bytes. Overlapping ones too.
    pub(crate) fn scan(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let Some((mut a, mut length)) = letter::first(bytes) else { return };
        let mut at = 0;
        while let Some((b, next)) = letter::first(&bytes[at + length..]) {
            let slot = slot(a, b);
            if self.may_begin[slot / 64] >> (slot % 64) & 1 != 0 {
                for &i in self.begins.get(&(a, b)).into_iter().flatten() {
                    if bytes[at..].starts_with(self.strings[i as usize].as_bytes()) {
                        found(i as usize, at);
                    }
                }
            }
            at += length;
            (a, length) = (b, next);
        }
    }
}
