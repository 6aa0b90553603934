//! The stretch of text that is read at once: one or more sentences of a piece, as folded
//! characters with their bytes and the words over them.
//!
//! Only stretches that hold a role are made into lines, so that text without any costs no more
//! than the search for roles.

use banmian_core::{Page, Pos, TextRange, Words};

use crate::characters::{Characters, is_han, is_mark};

/// A stretch of text; all positions in the method are indices into `chars`.
#[derive(Default)]
pub(crate) struct Line {
    /// Folded characters.
    pub(crate) chars: Vec<char>,
    bytes: Vec<u32>,
    /// Word over each character, as an index into `tokens`.
    token_of: Vec<u32>,
    tokens: Vec<WordSpan>,
    /// Some characters are printed in their traditional forms.
    pub(crate) traditional: bool,
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
    /// Makes this the line of a range of the page; the space of the line before is used again.
    pub(crate) fn read(&mut self, page: &Page, words: &Words, range: TextRange, characters: &Characters) {
        let most = range.len();
        self.chars.resize(most, ' ');
        self.bytes.resize(most + 1, 0);
        self.token_of.resize(most, 0);
        self.tokens.clear();
        let found = &words.tokens()[words.touching(range)];
        let slots = self.chars.iter_mut().zip(&mut self.bytes).zip(&mut self.token_of);
        let mut traditional = false;
        let (mut n, mut next, mut until, mut index) = (0, 0, range.start, 0);
        for (((c, place), token), (at, printed)) in slots.zip(page.slice(range).char_indices()) {
            let byte = range.start + u32::try_from(at).expect("pages are smaller than 4 GiB");
            *c = characters.fold(printed);
            traditional |= *c != printed && is_han(printed);
            *place = byte;
            if byte >= until {
                if let Some(last) = self.tokens.last_mut() {
                    last.end = n;
                }
                while found.get(next).is_some_and(|t| t.range.end <= byte) {
                    next += 1;
                }
                // Characters between words (spaces between sentences) stand alone.
                let word = found.get(next).filter(|t| t.range.start <= byte);
                until = word.map_or(byte + 1, |t| t.range.end);
                index = u32::try_from(self.tokens.len()).expect("fewer words than bytes");
                self.tokens.push(WordSpan { start: n, end: n, pos: word.map_or(*b"w ", |t| letters(t.pos)) });
            }
            *token = index;
            n += 1;
        }
        if let Some(last) = self.tokens.last_mut() {
            last.end = n;
        }
        self.traditional = traditional;
        self.chars.truncate(n);
        self.token_of.truncate(n);
        self.bytes.truncate(n + 1);
        self.bytes[n] = range.end;
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

    /// The text between two places, folded; empty if they overlap, as a name and a verb may whose
    /// characters are claimed by both (李担任主席: 李担 or 担任).
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end).unwrap_or_default()
    }

    /// True if the folded text at `i` is `text`.
    pub(crate) fn has(&self, i: usize, text: &str) -> bool {
        let mut here = self.chars.get(i..).unwrap_or_default().iter();
        text.chars().all(|c| here.next() == Some(&c))
    }

    /// True if the folded text before `i` is `text`.
    pub(crate) fn has_before(&self, i: usize, text: &str) -> bool {
        let mut before = self.chars[..i].iter();
        text.chars().rev().all(|c| before.next_back() == Some(&c))
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
