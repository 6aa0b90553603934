//! Words and sets of characters, looked up in glyphs: no text is made for a test that mostly fails.

use std::cmp::Reverse;

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

/// A list of words, found by the character that they open with.
#[derive(Debug)]
pub(crate) struct Words {
    firsts: Charset,
    /// Sorted by their first characters; of those that share one, the longer before the shorter.
    words: Vec<&'static str>,
}

impl Words {
    /// The words of a list.
    pub(crate) fn of(list: &[&'static str]) -> Words {
        let mut words = list.to_vec();
        words.sort_by_key(|w| (w.chars().next(), Reverse(w.len())));
        Words { firsts: Charset::of(&words.iter().filter_map(|w| w.chars().next()).collect::<String>()), words }
    }

    /// True if a word opens with a character.
    #[inline]
    pub(crate) fn opens(&self, first: char) -> bool {
        self.firsts.has(first)
    }

    /// The words that open with a character, the longer before the shorter.
    pub(crate) fn with(&self, first: char) -> impl Iterator<Item = &'static str> {
        let from = if self.opens(first) {
            self.words.partition_point(|w| w.chars().next() < Some(first))
        } else {
            self.words.len()
        };
        self.words[from..].iter().copied().take_while(move |w| w.starts_with(first))
    }

    /// True if a word opens the glyphs.
    pub(crate) fn opening(&self, glyphs: &[Glyph]) -> bool {
        glyphs.first().is_some_and(|g| self.with(g.c).any(|word| starts_with(glyphs, word)))
    }
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
