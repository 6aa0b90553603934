//! What is found on one page: its words, counted by cell.

use banmian_core::TextRange;
use serde::{Deserialize, Serialize};

/// A cell that the page is a part of, followed by its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        /// True if it holds letters or digits, which may count in another form.
        foldable: bool,
    },
    /// Words near each other: a node, a tab, and a collocate; without a collocate tokens near the node, without the tab
    /// the node itself.
    Pair {
        /// Both.
        form: String,
        /// Occurrences.
        count: u32,
        /// A sentence with both.
        example: Option<TextRange>,
    },
    /// A rare word beside what may make it longer (see `joints.rs`).
    Joint {
        /// Where both stand first.
        longer: TextRange,
        /// Bytes of the first of them.
        cut: u32,
        /// The number of the kind of joint.
        joint: u8,
        /// Occurrences.
        count: u32,
        /// If the longer word is cut whole elsewhere on the page. Apart, for it is rare, and findings are many.
        both: Option<Box<Both>>,
    },
    /// An n-gram.
    Gram {
        /// Its words, with spaces between, or its characters.
        form: String,
        /// Occurrences.
        count: u32,
        /// Articles that it occurs in.
        articles: u32,
    },
    /// Occurrences of a node, as a word and letter by letter.
    Node {
        /// Its number in the settings.
        node: u32,
        /// Tokens that are the node.
        words: u32,
        /// Places where its characters stand.
        places: u32,
        /// Articles with such a place.
        articles: u32,
    },
    /// A word that stands out in its article.
    Keyword {
        /// Where it stands first in the article.
        first: TextRange,
        /// Its rank in the article, from 1.
        rank: u32,
        /// Its TextRank, in ten-thousandths of a share.
        score: u32,
    },
}

/// What a page has of both a part and its longer word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    /// Most occurrences of them in one article.
    pub most: u32,
    /// The articles with both; `None` alone if they are in no article together.
    pub articles: Vec<Option<u32>>,
}
