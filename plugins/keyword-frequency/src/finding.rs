//! What is found on one page: its words, counted by cell.

use banmian_core::TextRange;
use serde::{Deserialize, Serialize};

/// A cell that the page is a part of, followed by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// Begins a cell: all findings up to the next are of it. By default a page has one.
    Cell {
        /// The article, if the settings ask for what differs by article.
        article: Option<u32>,
        /// All words but punctuation and space, before any filter.
        tokens: u32,
        /// Articles of the page in this cell.
        articles: u32,
    },
    /// A word of the cell.
    Word {
        /// Where it stands first.
        first: TextRange,
        /// Its part of speech, as the bytes of jieba's tag.
        pos: [u8; 4],
        /// Occurrences.
        count: u32,
        /// Articles that it occurs in; unattached text counts for none.
        articles: u32,
        /// Most occurrences in one article, or in unattached text.
        most: u32,
        /// True if an earlier cell of the page has it, too.
        again: bool,
    },
}
