//! Many strings looked for in many texts at once.

use crate::letter::{self, Letter};

/// Bits of the table of beginnings: 8 KiB, which stay in the nearest cache.
const BITS: u32 = 16;
const SLOTS: usize = 1 << BITS;

/// Bytes of a string that are compared at once.
const HEAD: usize = 8;

/// Strings of two letters or more.
pub(crate) struct Matcher {
    strings: Vec<String>,
    /// Takes the first bytes that every string has out of [`HEAD`] of them.
    key: u64,
    /// By hash of these: whether a string may begin so. Most places of a text are told by one look.
    may_begin: Box<Beginnings>,
    /// By the same hash: where in `heads` the strings begin that begin so. One more than slots.
    starts: Vec<u32>,
    /// All strings, by slot and then by number.
    heads: Vec<Head>,
}

/// The table of beginnings.
type Beginnings = [u64; SLOTS / 64];

/// How a string begins, and which it is.
#[derive(Clone, Copy)]
struct Head {
    /// Its first bytes as a number.
    bytes: u64,
    /// Takes out what stands behind a shorter string.
    mask: u64,
    string: u32,
}

impl Head {
    fn of(string: &str, number: u32) -> Head {
        Head { bytes: begin(string.as_bytes()) & mask(string.len()), mask: mask(string.len()), string: number }
    }
}

/// Takes so many bytes out of [`HEAD`].
fn mask(bytes: usize) -> u64 {
    u64::MAX >> (64 - 8 * bytes.clamp(1, HEAD))
}

/// The first bytes of a text as a number.
#[inline(always)]
fn begin(text: &[u8]) -> u64 {
    match text.first_chunk::<HEAD>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        // No text has a byte of 255.
        None => text.iter().rev().fold(u64::MAX, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// The slot of the first bytes of a string.
#[inline(always)]
fn slot(begin: u64) -> usize {
    (begin.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS)) as usize
}

impl Matcher {
    /// Looks for these; shorter ones than two letters are never found.
    pub(crate) fn new(strings: Vec<String>) -> Self {
        let long = || (0..).zip(&strings).filter(|(_, string)| letter::letters(string).nth(1).is_some());
        let key = mask(long().map(|(_, string)| string.len()).min().unwrap_or(HEAD));
        let mut begins: Vec<(usize, Head)> = Vec::with_capacity(strings.len());
        for (number, string) in long() {
            let head = Head::of(string, number);
            begins.push((slot(head.bytes & key), head));
        }
        begins.sort_by_key(|&(slot, _)| slot);
        let mut may_begin = Box::new([0; SLOTS / 64]);
        let mut starts = vec![0; SLOTS + 1];
        for &(slot, _) in &begins {
            may_begin[slot / 64] |= 1 << (slot % 64);
            starts[slot + 1] += 1;
        }
        for slot in 0..SLOTS {
            starts[slot + 1] += starts[slot];
        }
        Matcher { strings, key, may_begin, starts, heads: begins.into_iter().map(|(_, head)| head).collect() }
    }

    pub(crate) fn strings(&self) -> &[String] {
        &self.strings
    }

    /// Tells every place where a string begins: its number, and the place in bytes. Overlapping ones too.
    pub(crate) fn scan(&self, text: &str, found: impl FnMut(usize, usize)) {
        self.scan_letters(text, found, |_| {});
    }

    /// The same, and hands every letter of the text to `each`.
    #[inline]
    pub(crate) fn scan_letters(&self, text: &str, mut found: impl FnMut(usize, usize), mut each: impl FnMut(Letter)) {
        let bytes = text.as_bytes();
        let mut rest = bytes;
        loop {
            // Letters of three bytes: nearly all.
            while let Some(begin) = rest.first_chunk().map(|&eight| u64::from_le_bytes(eight))
                && begin & 0xF0 == 0xE0
            {
                each((begin & 0xFF_FFFF) as Letter);
                self.try_at(bytes, rest, begin, &mut found);
                rest = &rest[3..];
            }
            let Some((letter, length)) = letter::first(rest) else { return };
            each(letter);
            self.try_at(bytes, rest, begin(rest), &mut found);
            rest = &rest[length..];
        }
    }

    /// Tells the strings with which the rest of a text begins.
    #[inline(always)]
    fn try_at(&self, text: &[u8], rest: &[u8], begin: u64, found: &mut impl FnMut(usize, usize)) {
        let slot = slot(begin & self.key);
        if self.may_begin[slot / 64] >> (slot % 64) & 1 != 0 {
            self.look(text, text.len() - rest.len(), slot, begin, found);
        }
    }

    /// Tells the strings of a slot that stand at a place.
    #[inline(never)]
    fn look(&self, text: &[u8], at: usize, slot: usize, begin: u64, found: &mut impl FnMut(usize, usize)) {
        let rest = &text[at..];
        for head in &self.heads[self.starts[slot] as usize..self.starts[slot + 1] as usize] {
            if begin & head.mask == head.bytes && rest.starts_with(self.strings[head.string as usize].as_bytes()) {
                found(head.string as usize, at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Matcher;

    const BITS: &[&str] = &["乡村", "振", "兴", "，", "5", "G", "“", "é", "𠮷", "振兴"];

    proptest! {
        #[test]
        fn every_place_of_every_string_is_told(
            strings in prop::collection::vec(prop::collection::vec(prop::sample::select(BITS), 2..6), 1..12),
            text in prop::collection::vec(prop::sample::select(BITS), 0..60),
        ) {
            let strings: Vec<String> = strings.iter().map(|s| s.concat()).collect();
            let text = text.concat();
            let mut told = Vec::new();
            Matcher::new(strings.clone()).scan(&text, |string, at| told.push((string, at)));
            told.sort_unstable();
            let starts = |s: &str| text.char_indices().map(|(at, _)| at).filter(|&at| text[at..].starts_with(s)).collect::<Vec<_>>();
            let expected: Vec<_> =
                strings.iter().enumerate().flat_map(|(i, s)| starts(s).into_iter().map(move |at| (i, at))).collect();
            prop_assert_eq!(told, expected);
        }
    }
}
