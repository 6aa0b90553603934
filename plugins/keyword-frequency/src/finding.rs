//! What is found on one page: its words, counted.

use banmian_core::TextRange;
use serde::{Deserialize, Serialize};

/// The tokens of a page, or one of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// All words of the page but punctuation and space, before any filter. Once a page.
    Tokens(u32),
    /// A word of the page.
    Word {
        /// Where it stands first.
        first: TextRange,
        /// Its part of speech, as the bytes of jieba's tag.
        pos: [u8; 4],
        /// Occurrences on the page.
        count: u32,
        /// Articles of the page that it occurs in; unattached text counts for none.
        articles: u32,
    },
}
