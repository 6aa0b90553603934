//! One look at the words of a page: where to find the word at a place, and which words a frame may begin with.

use banmian_core::Words;

use crate::frames;
use crate::text::HAN;

/// Bytes of text from one entry of the index to the next, as a power of two.
const BLOCK: u32 = 5;

/// Where the words of a page stand.
pub(crate) struct WordIndex {
    /// For each block of the text the first token that ends behind its end.
    blocks: Vec<u32>,
    /// The tokens that a frame may begin with, and some others.
    pub(crate) frames: Vec<u32>,
}

impl WordIndex {
    pub(crate) fn of(text: &str, words: &Words) -> WordIndex {
        let mut blocks = vec![0; (text.len() >> BLOCK) + 1];
        let mut frames = Vec::with_capacity(words.tokens().len() / 16);
        let text = text.as_bytes();
        for (i, token) in (0..).zip(words.tokens()) {
            let last = (token.range.end as usize).wrapping_sub(1);
            // A token that ends with a block does not end behind it.
            if let Some(block) = blocks.get_mut(last >> BLOCK) {
                *block = i + 1;
            }
            let last = text.get(last).copied().unwrap_or(0);
            if (token.range.len() == HAN) & frames::may_begin(last) {
                frames.push(i);
            }
        }
        let mut last = 0;
        for first in &mut blocks {
            last = last.max(*first);
            *first = last;
        }
        WordIndex { blocks, frames }
    }

    /// The first token that ends after `at`, or the number of all.
    #[inline]
    pub(crate) fn first_ending_after(&self, words: &Words, at: usize) -> usize {
        let tokens = words.tokens();
        let before = (at >> BLOCK).checked_sub(1);
        let mut first =
            before.map_or(0, |before| self.blocks.get(before).map_or(tokens.len(), |&first| first as usize));
        while tokens.get(first).is_some_and(|token| token.range.end as usize <= at) {
            first += 1;
        }
        first
    }
}
