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
    /// By hash of the first two letters: whether a string may begin so. Most places of a text are told by one look.
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
        let length = string.len().min(HEAD);
        let mut bytes = [0; HEAD];
        bytes[..length].copy_from_slice(&string.as_bytes()[..length]);
        let mask = u64::MAX >> (64 - 8 * length);
        Head { bytes: u64::from_le_bytes(bytes), mask, string: number }
    }
}

#[inline(always)]
fn mixed(letter: Letter) -> u32 {
    letter.wrapping_mul(0x9E37_79B1)
}

/// The slot of two letters, by [`mixed`].
#[inline(always)]
fn slot(first: u32, second: u32) -> usize {
    (first.rotate_left(9) ^ second) as usize >> (32 - BITS)
}

impl Matcher {
    /// Looks for these; shorter ones than two letters are never found.
    pub(crate) fn new(strings: Vec<String>) -> Self {
        let mut begins: Vec<(usize, Head)> = Vec::with_capacity(strings.len());
        for (number, string) in (0..).zip(&strings) {
            let mut letters = letter::letters(string);
            if let (Some(a), Some(b)) = (letters.next(), letters.next()) {
                begins.push((slot(mixed(a), mixed(b)), Head::of(string, number)));
            }
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
        Matcher { strings, may_begin, starts, heads: begins.into_iter().map(|(_, head)| head).collect() }
    }

    pub(crate) fn strings(&self) -> &[String] {
        &self.strings
    }

    /// Tells every place where a string begins: its number, and the place in bytes. Overlapping ones too.
    pub(crate) fn scan(&self, text: &str, found: impl FnMut(usize, usize)) {
        self.scan_letters(text, found, |_| {});
    }

    /// The same, and hands every letter of the text to `each`.
    pub(crate) fn scan_letters(&self, text: &str, mut found: impl FnMut(usize, usize), mut each: impl FnMut(Letter)) {
        let bytes = text.as_bytes();
        let Some((first, mut length)) = letter::first(bytes) else { return };
        each(first);
        let mut before = mixed(first);
        let mut rest = &bytes[length..];
        loop {
            // Letters of three bytes, of which four are read at once: nearly all.
            while let Some(&four) = rest.first_chunk::<4>()
                && four[0] & 0xF0 == 0xE0
            {
                let letter = Letter::from_le_bytes(four) & 0xFF_FFFF;
                each(letter);
                let here = mixed(letter);
                let slot = slot(before, here);
                if self.may_begin[slot / 64] >> (slot % 64) & 1 != 0 {
                    self.look(bytes, bytes.len() - rest.len() - length, slot, &mut found);
                }
                (before, length) = (here, 3);
                rest = &rest[3..];
            }
            let Some((letter, next)) = letter::first(rest) else { return };
            each(letter);
            let here = mixed(letter);
            let slot = slot(before, here);
            if self.may_begin[slot / 64] >> (slot % 64) & 1 != 0 {
                self.look(bytes, bytes.len() - rest.len() - length, slot, &mut found);
            }
            (before, length) = (here, next);
            rest = &rest[next..];
        }
    }

    /// Tells the strings of a slot that stand at a place.
    #[inline(never)]
    fn look(&self, text: &[u8], at: usize, slot: usize, found: &mut impl FnMut(usize, usize)) {
        let rest = &text[at..];
        let begin = match rest.first_chunk::<HEAD>() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            // No text has a byte of 255.
            None => rest.iter().rev().fold(u64::MAX, |number, &byte| number << 8 | u64::from(byte)),
        };
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
