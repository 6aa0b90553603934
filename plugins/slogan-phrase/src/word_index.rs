//! One look at the words of a page: where to find the word at a place, and which words a frame may begin with.

use banmian_core::Words;

use crate::frames;
use crate::letter;
use crate::text::HAN;

/// Bytes of text from one entry of the index to the next, as a power of two.
const BLOCK: u32 = 5;

/// Where the words of a page stand.
pub(crate) struct WordIndex {
    /// For each block of the text the first token that ends behind its beginning; none for those after the last token.
    blocks: Vec<u32>,
    /// The tokens that a frame may begin with.
    pub(crate) frames: Vec<u32>,
}

impl WordIndex {
    pub(crate) fn of(text: &str, words: &Words) -> WordIndex {
        let mut index = WordIndex { blocks: Vec::with_capacity((text.len() >> BLOCK) + 1), frames: Vec::new() };
        let text = text.as_bytes();
        // Where the next block begins.
        let mut next = 0;
        for (i, token) in (0..).zip(words.tokens()) {
            while next < token.range.end {
                index.blocks.push(i);
                next += 1 << BLOCK;
            }
            if token.range.len() == HAN {
                let letter = letter::first(&text[token.range.start as usize..]);
                if letter.is_some_and(|(letter, _)| frames::begin(letter).is_some()) {
                    index.frames.push(i);
                }
            }
        }
        index
    }

    /// The first token that ends after `at`, or the number of all.
    #[inline]
    pub(crate) fn first_ending_after(&self, words: &Words, at: usize) -> usize {
        let tokens = words.tokens();
        let Some(&first) = self.blocks.get(at >> BLOCK) else { return tokens.len() };
        let mut first = first as usize;
        while tokens.get(first).is_some_and(|token| token.range.end as usize <= at) {
            first += 1;
        }
        first
    }
}
