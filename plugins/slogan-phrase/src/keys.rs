//! Keys: phrases and sentences as numbers, so that summaries hold no text but the phrases' own.
//!
//! The hash is the multiplicative one of rustc (FxHash) over letters, finished by a xor-shift; it is
//! not made to withstand an enemy, and need not be: a clash would join two sentences of one corpus,
//! which for a million sentences happens once in some five hundred corpora.

use crate::letter::{self, Letter, begins_ideograph};

/// The bits of a sentence's key that hold its length.
const LENGTH: u64 = 0xFFFF;

/// Marks that stand most often between letters.
const FREQUENT: [Letter; 5] = [letter::of('，'), letter::of('。'), letter::of('、'), letter::of('“'), letter::of('”')];

const FACTOR: u64 = 0x517C_C1B7_2722_0A95;

#[inline]
fn add(hash: u64, letter: Letter) -> u64 {
    (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(FACTOR)
}

fn finish(hash: u64) -> u64 {
    let mixed = (hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 29
}

/// The key of any text, every character counting.
pub(crate) fn text(text: &str) -> u64 {
    finish(letter::letters(text).fold(text.len() as u64, add))
}

/// The key of a sentence and, in its lowest 16 bits, how many letters and digits it has.
///
/// What is left out and folded is the same as for the column `sentence_key`: punctuation, spaces,
/// full-width forms, capitals.
pub(crate) fn sentence(text: &str) -> u64 {
    let mut rest = text.as_bytes();
    let (mut hash, mut count) = (0, 0u64);
    loop {
        // Nearly all there is: ideographs, three of the four bytes that are read at once.
        while let Some(letter) = rest.first_chunk().map(|&four| Letter::from_le_bytes(four))
            && begins_ideograph(letter as u8)
        {
            hash = add(hash, letter & 0xFF_FFFF);
            count += 1;
            rest = &rest[3..];
        }
        let Some((letter, length)) = letter::first(rest) else { break };
        rest = &rest[length..];
        if begins_ideograph(letter as u8) {
            hash = add(hash, letter);
            count += 1;
            continue;
        }
        if FREQUENT.contains(&letter) {
            continue;
        }
        let narrow = match letter::character(letter) {
            c @ '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        };
        if narrow.is_alphanumeric() {
            hash = add(hash, letter::of(narrow.to_ascii_lowercase()));
            count += 1;
        }
    }
    finish(hash) & !LENGTH | count.min(LENGTH)
}

/// Letters and digits of the sentence that has this key.
pub(crate) fn letters(key: u64) -> u32 {
    (key & LENGTH) as u32
}

#[cfg(test)]
mod tests {
    use super::{letters, sentence};

    #[test]
    fn a_reprint_has_the_key_of_its_original() {
        let key = sentence("会议强调，ＧＤＰ增长5%。");
        assert_eq!(key, sentence("会议强调 gdp 增长５％"));
        assert_ne!(key, sentence("会议强调，GDP增长6%。"));
        assert_eq!(letters(key), 10);
    }
}
