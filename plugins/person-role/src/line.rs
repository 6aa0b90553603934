//! The stretch of text that is read at once: one or more sentences of a piece, as folded
//! characters with their bytes and the words over them.
//!
//! Only stretches that hold a role are made into lines, so that text without any costs no more
//! than the search for roles.

use banmian_core::{Page, Pos, TextRange, Words};

use crate::characters::{Characters, is_mark};

/// A stretch of text; all positions in the method are indices into `chars`.
pub(crate) struct Line {
    /// Folded characters.
    pub(crate) chars: Vec<char>,
    bytes: Vec<u32>,
    /// Word over each character, as an index into `tokens`.
    token_of: Vec<u32>,
    tokens: Vec<WordSpan>,
}

/// A word of the segmenter over a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordSpan {
    /// First character.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// Part-of-speech letters, `x` for what the dictionary does not hold.
    pub(crate) pos: [u8; 2],
}

impl WordSpan {
    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
    /// True if the dictionary does not hold it: a new word, often a name.
    pub(crate) fn is_unknown(&self) -> bool {
        self.pos[0] == b'x'
    }
    /// True if the dictionary says that it is a person's name.
    pub(crate) fn is_name(&self) -> bool {
        self.pos == *b"nr"
    }
}

/// The letters of a tag that the method asks for.
fn letters(pos: Pos) -> [u8; 2] {
    const NAMES: [Pos; 3] = [Pos::new("nr"), Pos::new("nrt"), Pos::new("nrfg")];
    const PLACE: Pos = Pos::new("ns");
    const BODY: Pos = Pos::new("nt");
    const VERBAL_NOUN: Pos = Pos::new("vn");
    const ADJECTIVAL_NOUN: Pos = Pos::new("an");
    let second = match pos.class() {
        b'n' if NAMES.contains(&pos) => b'r',
        b'n' if pos == PLACE => b's',
        b'n' if pos == BODY => b't',
        b'v' if pos == VERBAL_NOUN => b'n',
        b'a' if pos == ADJECTIVAL_NOUN => b'n',
        _ => b' ',
    };
    [pos.class(), second]
}

impl Line {
    /// The line of a range of the page.
    pub(crate) fn new(page: &Page, words: &Words, range: TextRange, characters: &Characters) -> Line {
        let text = page.slice(range);
        let mut line = Line {
            chars: Vec::with_capacity(text.len() / 3 + 8),
            bytes: Vec::with_capacity(text.len() / 3 + 8),
            token_of: Vec::with_capacity(text.len() / 3 + 8),
            tokens: Vec::with_capacity(text.len() / 5 + 8),
        };
        for (i, c) in text.char_indices() {
            line.bytes.push(range.start + u32::try_from(i).expect("pages are smaller than 4 GiB"));
            line.chars.push(characters.fold(c));
        }
        line.bytes.push(range.end);
        line.place_words(words, range);
        line
    }

    fn place_words(&mut self, words: &Words, range: TextRange) {
        let n = self.chars.len();
        let mut at = 0;
        for i in words.touching(range) {
            let token = words.tokens()[i];
            // Characters between words (spaces between sentences) stand alone.
            while at < n && self.bytes[at] < token.range.start {
                self.push_word(at, at + 1, *b"w ");
                at += 1;
            }
            let start = at;
            while at < n && self.bytes[at] < token.range.end {
                at += 1;
            }
            if start < at {
                self.push_word(start, at, letters(token.pos));
            }
        }
        while at < n {
            self.push_word(at, at + 1, *b"w ");
            at += 1;
        }
    }

    fn push_word(&mut self, start: usize, end: usize, pos: [u8; 2]) {
        let index = u32::try_from(self.tokens.len()).expect("fewer words than bytes");
        self.tokens.push(WordSpan { start, end, pos });
        self.token_of.extend(std::iter::repeat_n(index, end - start));
    }

    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `i`, a line feed beyond the end.
    pub(crate) fn at(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\n')
    }

    /// The character before `i`, a line feed before the start.
    pub(crate) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\n', |j| self.chars[j])
    }

    /// The word over character `i`.
    pub(crate) fn word(&self, i: usize) -> WordSpan {
        self.tokens[self.token_of[i] as usize]
    }

    /// True if a word starts at `i` or the line ends there.
    pub(crate) fn is_word_start(&self, i: usize) -> bool {
        i >= self.len() || self.word(i).start == i
    }

    /// The text between, folded.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        &self.chars[start..end]
    }

    /// True if the folded text at `i` is `text`.
    pub(crate) fn has(&self, i: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(k, c)| self.chars.get(i + k) == Some(&c))
    }

    /// True if the folded text before `i` is `text`.
    pub(crate) fn has_before(&self, i: usize, text: &str) -> bool {
        text.chars().rev().enumerate().all(|(k, c)| k < i && self.chars[i - 1 - k] == c)
    }

    /// The bytes of characters `start..end`.
    pub(crate) fn range(&self, start: usize, end: usize) -> TextRange {
        TextRange { start: self.bytes[start], end: self.bytes[end] }
    }

    /// The character that holds a byte of the page.
    pub(crate) fn char_at_byte(&self, byte: u32) -> usize {
        self.bytes.partition_point(|&b| b < byte)
    }

    /// First character that is no space, from `i` on, and how many spaces were skipped.
    pub(crate) fn skip_spaces(&self, mut i: usize) -> (usize, usize) {
        let start = i;
        while self.at(i) == ' ' {
            i += 1;
        }
        (i, i - start)
    }

    /// Start of the clause that holds `i`: after the last mark that is no enumeration comma, dot or
    /// space.
    pub(crate) fn clause_start(&self, i: usize) -> usize {
        let mut j = i;
        while j > 0 && (!is_mark(self.chars[j - 1]) || matches!(self.chars[j - 1], '、' | ' ')) {
            j -= 1;
        }
        j
    }
}
