//! The words of a page, cut once and shared by all analyzers.

use std::ops::Range;

use crate::{Page, TextRange};

/// Tokens of a page, in order. Only `analyze` sees them; a [`Page`] never holds them, so that an
/// analyzer's rows depend on its findings alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    tokens: Vec<Token>,
    /// One past the last token of each sentence of the page.
    sentence_ends: Vec<u32>,
    numbering: u64,
    rare: Vec<Rare>,
}

/// A token of two to four Chinese characters whose word the dictionary lacks or hardly knows: it may be part of a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rare {
    /// Index of the token.
    pub token: u32,
    /// True if the dictionary lacks the word, and it was guessed.
    pub guessed: bool,
}

/// A word with its place and part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the page's clean text.
    pub range: TextRange,
    /// Part of speech in jieba's tag set (that of ICTCLAS): `n`, `nr`, `v`, `x` …
    pub pos: Pos,
    /// A number of the word, or [`Token::NO_NUMBER`]: what is known of a word need not be looked up by its letters
    /// again. Where two tokens of one [numbering](Words::numbering) have the same number, their words, as printed, and
    /// their parts of speech are the same; a word of one page has no two numbers. Pages in traditional characters have none.
    pub number: u32,
}

impl Token {
    /// The number of a word without one.
    pub const NO_NUMBER: u32 = u32::MAX;
}

/// A part-of-speech tag of at most four ASCII letters.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos([u8; 4]);

impl Pos {
    /// The tag `name`; letters after the fourth are dropped (no tag of the set has more).
    pub const fn new(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut tag = [0; 4];
        let mut i = 0;
        while i < bytes.len() && i < 4 && bytes[i].is_ascii() {
            tag[i] = bytes[i];
            i += 1;
        }
        Pos(tag)
    }

    /// The tag's letters.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&b| b == 0).unwrap_or(4);
        std::str::from_utf8(&self.0[..len]).expect("a tag holds ASCII only")
    }

    /// The tag's letters, padded with zeros.
    #[inline]
    pub const fn bytes(self) -> [u8; 4] {
        self.0
    }

    /// First letter of the tag: the word class (`n` noun, `v` verb, `a` adjective …).
    #[inline]
    pub fn class(self) -> u8 {
        self.0[0]
    }

    /// True for `tag` itself and for the finer tags that begin with it: `nr` is an `n`.
    #[inline]
    pub fn is_a(self, tag: Pos) -> bool {
        self.0.iter().zip(tag.0).all(|(own, wanted)| wanted == 0 || *own == wanted)
    }
}

impl std::fmt::Debug for Pos {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Words {
    /// The words of a page: all tokens in order, and for each sentence of the page the number of
    /// tokens up to and including it.
    pub fn new(tokens: Vec<Token>, sentence_ends: Vec<u32>) -> Self {
        Words { tokens, sentence_ends, ..Words::default() }
    }

    /// The same with the name of the numbering that its tokens' numbers are of.
    #[must_use]
    pub fn numbered(self, numbering: u64) -> Self {
        Words { numbering, ..self }
    }

    /// The same with its rare words, in order.
    #[must_use]
    pub fn with_rare(self, rare: Vec<Rare>) -> Self {
        Words { rare, ..self }
    }

    /// The tokens that may be parts of longer words, in order.
    #[inline]
    pub fn rare(&self) -> &[Rare] {
        &self.rare
    }

    /// Which numbering the numbers of tokens are of. Pages cut at different times may have different ones; within
    /// one, numbers go up from 0. Never anything but a way to be quick: nothing that is found may depend on it.
    pub fn numbering(&self) -> u64 {
        self.numbering
    }

    /// All tokens, in order. Furniture has none.
    #[inline]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Indices of the tokens of one sentence, by its index in [`Page::sentences`].
    #[inline]
    pub fn of_sentence(&self, sentence: usize) -> Range<usize> {
        let start = sentence.checked_sub(1).map_or(0, |i| self.sentence_ends[i] as usize);
        start..self.sentence_ends[sentence] as usize
    }

    /// Indices of the tokens that touch a range.
    pub fn touching(&self, range: TextRange) -> Range<usize> {
        let first = self.tokens.partition_point(|t| t.range.end <= range.start);
        let last = self.tokens.partition_point(|t| t.range.start < range.end);
        first..last.max(first)
    }

    /// The text of a token.
    #[inline]
    pub fn text<'p>(&self, page: &'p Page, token: usize) -> &'p str {
        page.slice(self.tokens[token].range)
    }
}
