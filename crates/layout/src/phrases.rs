//! Words and sets of characters, looked up in glyphs: no text is made for a test that mostly fails.

use crate::glyphs::Glyph;

/// True if a word opens the glyphs.
pub(crate) fn starts_with(glyphs: &[Glyph], word: &str) -> bool {
    let mut rest = glyphs.iter();
    word.chars().all(|c| rest.next().is_some_and(|g| g.c == c))
}

/// True if a word closes the glyphs.
pub(crate) fn ends_with(glyphs: &[Glyph], word: &str) -> bool {
    let mut rest = glyphs.iter().rev();
    word.chars().rev().all(|c| rest.next().is_some_and(|g| g.c == c))
}

/// Where a word stands for the first time.
pub(crate) fn find(glyphs: &[Glyph], word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    (0..glyphs.len()).find(|&i| glyphs[i].c == first && starts_with(&glyphs[i..], word))
}

/// True if a word stands somewhere.
pub(crate) fn contains(glyphs: &[Glyph], word: &str) -> bool {
    find(glyphs, word).is_some()
}

/// A set of characters, one bit each.
#[derive(Debug)]
pub(crate) struct Charset {
    bits: Vec<u64>,
}

impl Charset {
    /// The characters of a text.
    pub(crate) fn of(characters: &str) -> Charset {
        let most = characters.chars().max().map_or(0, |c| c as usize);
        let mut bits = vec![0; most / 64 + 1];
        for c in characters.chars() {
            bits[c as usize / 64] |= 1 << (c as usize % 64);
        }
        Charset { bits }
    }

    /// True if the set holds a character.
    #[inline]
    pub(crate) fn has(&self, c: char) -> bool {
        self.bits.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }
}
