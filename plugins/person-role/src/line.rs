//! The stretch of text that is read at once: one or more sentences of a piece, as folded
//! characters with their bytes and the words over them.
//!
//! Only stretches that hold a role are made into lines, so that text without any costs no more
//! than the search for roles.

use std::ops::Range;

use banmian_core::{Page, Pos, TextRange, Words};

use crate::characters::{Characters, code_of, is_mark, sight};

/// A stretch of text; all positions in the method are indices into `chars`.
#[derive(Default)]
pub(crate) struct Line {
    /// Folded characters.
    pub(crate) chars: Vec<char>,
    /// The first byte of each character, then the end of the line; what comes after is left over
    /// from other lines.
    bytes: Vec<u32>,
    /// The word over each character; what comes after is left over, too.
    words: Vec<Packed>,
    /// What stands somewhere in the line, see [`sight`].
    sights: u8,
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

/// A [`WordSpan`] in half of the space.
#[derive(Clone, Copy)]
struct Packed {
    start: u32,
    end: u32,
    pos: [u8; 2],
}

/// Few words have more characters.
const USUAL: usize = 3;

impl WordSpan {
    /// Number of characters.
    #[inline]
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

/// The letters of a tag that the method asks for. Without branches: it is asked for each word, and no two are alike.
fn letters(pos: Pos) -> [u8; 2] {
    const NAMES: [Pos; 3] = [Pos::new("nr"), Pos::new("nrt"), Pos::new("nrfg")];
    const PLACE: Pos = Pos::new("ns");
    const BODY: Pos = Pos::new("nt");
    const NOUNS: [Pos; 2] = [Pos::new("vn"), Pos::new("an")];
    let is_one = |tags: &[Pos]| tags.iter().fold(0, |any, &tag| any | u8::from(pos == tag));
    let second = b' '
        + is_one(&NAMES) * (b'r' - b' ')
        + is_one(&[PLACE]) * (b's' - b' ')
        + is_one(&[BODY]) * (b't' - b' ')
        + is_one(&NOUNS) * (b'n' - b' ');
    [pos.class(), second]
}

impl Line {
    /// Makes this the line of a range of the page, over which these words stand; the space of the
    /// line before is used again.
    pub(crate) fn read(
        &mut self,
        page: &Page,
        words: &Words,
        tokens: Range<usize>,
        range: TextRange,
        characters: &Characters,
    ) {
        self.read_characters(page.slice(range), range, characters);
        let mut n = 0;
        for token in &words.tokens()[tokens] {
            // Characters between words (spaces between sentences) stand alone.
            while self.bytes[n] < token.range.start.min(range.end) {
                n = self.add_word(n, n + 1, *b"w ");
            }
            let end = token.range.end.min(range.end);
            if self.bytes[n] < end {
                n = self.add_word(n, self.char_of(n, end), letters(token.pos));
            }
        }
        while n < self.len() {
            n = self.add_word(n, n + 1, *b"w ");
        }
    }

    /// Fills `chars`, `bytes` and `sights`, and makes room in `words`.
    fn read_characters(&mut self, text: &str, range: TextRange, characters: &Characters) {
        let most = text.len();
        self.chars.resize(most, ' ');
        if self.bytes.len() <= most {
            self.words.resize(most + USUAL, Packed { start: 0, end: 0, pos: *b"w " });
            self.bytes.resize(most + 1, 0);
        }
        let (chars, bytes) = (&mut self.chars[..most], &mut self.bytes[..most]);
        let (mut n, mut seen) = (0, 0);
        let mut rest = text.as_bytes();
        while n < most {
            let (folded, sight, after) = match rest {
                // Nearly all: a character of three bytes.
                [a @ 0xE0..=0xEF, b, c, after @ ..] => {
                    let (folded, sight) = characters.read(code_of(*a, *b, *c));
                    (folded, sight, after)
                }
                [a @ 0..0x80, after @ ..] => {
                    let (folded, sight) = characters.read(u16::from(*a));
                    (folded, sight, after)
                }
                [] => break,
                _ => read_rare(&text[most - rest.len()..], characters),
            };
            chars[n] = folded;
            bytes[n] = range.end - u32::try_from(rest.len()).expect("lines are smaller than 4 GiB");
            seen |= sight;
            n += 1;
            rest = after;
        }
        self.chars.truncate(n);
        self.bytes[n] = range.end;
        self.sights = seen;
    }

    /// The character at or after `n` that begins at a byte, or the end of the line.
    #[inline]
    fn char_of(&self, n: usize, byte: u32) -> usize {
        // Most words hold characters of three bytes only.
        let guess = n + (byte.saturating_sub(self.bytes[n]) / 3) as usize;
        match self.bytes[..=self.len()].get(guess) {
            Some(&place) if place == byte => guess,
            _ => n + self.bytes[n..=self.len()].partition_point(|&place| place < byte),
        }
    }

    /// Adds a word over the characters `start..end`; its end.
    #[inline]
    fn add_word(&mut self, start: usize, end: usize, pos: [u8; 2]) -> usize {
        // Lines are smaller than 4 GiB.
        let span = Packed { start: start as u32, end: end as u32, pos };
        // What is too much is written over by the next word.
        if let Some(usual) = self.words[start..].first_chunk_mut::<USUAL>() {
            *usual = [span; USUAL];
        }
        if end - start > USUAL {
            self.words[start + USUAL..end].fill(span);
        }
        end
    }

    /// True if one of these (see [`sight`]) stands in the line.
    #[inline]
    pub(crate) fn sees(&self, sights: u8) -> bool {
        self.sights & sights != 0
    }

    /// True if some characters are printed in their traditional forms.
    pub(crate) fn is_traditional(&self) -> bool {
        self.sees(sight::TRADITIONAL)
    }

    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `i`, a line feed beyond the end.
    #[inline]
    pub(crate) fn at(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\n')
    }

    /// The character before `i`, a line feed before the start.
    #[inline]
    pub(crate) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\n', |j| self.chars[j])
    }

    /// The word over character `i`.
    #[inline]
    pub(crate) fn word(&self, i: usize) -> WordSpan {
        let Packed { start, end, pos } = self.words[i];
        WordSpan { start: start as usize, end: end as usize, pos }
    }

    /// True if a word starts at `i` or the line ends there.
    #[inline]
    pub(crate) fn is_word_start(&self, i: usize) -> bool {
        i >= self.len() || self.words[i].start as usize == i
    }

    /// The text between two places, folded; empty if they overlap, as a name and a verb may whose
    /// characters are claimed by both (李担任主席: 李担 or 担任).
    #[inline]
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end).unwrap_or_default()
    }

    /// True if the folded text at `i` is `text`.
    #[inline]
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

    /// The character that begins at a byte of the page.
    pub(crate) fn char_at_byte(&self, byte: u32) -> usize {
        self.char_of(0, byte)
    }

    /// First character that is no space, from `i` on, and how many spaces were skipped.
    pub(crate) fn skip_spaces(&self, mut i: usize) -> (usize, usize) {
        let start = i;
        while self.at(i) == ' ' {
            i += 1;
        }
        (i, i - start)
    }

    /// Start of the clause that holds `i`: after the last mark that is no enumeration comma, dot,
    /// space or bracket with something in it.
    pub(crate) fn clause_start(&self, i: usize) -> usize {
        const LONGEST_NOTE: usize = 30;
        let mut j = i;
        while j > 0 && (!is_mark(self.chars[j - 1]) || matches!(self.chars[j - 1], '、' | ' ' | '）')) {
            let note = self.chars[j - 1] == '）';
            let open = (j.saturating_sub(LONGEST_NOTE)..j).rev().find(|&k| note && self.chars[k] == '（');
            match open {
                Some(open) => j = open,
                None if note => break,
                None => j -= 1,
            }
        }
        j
    }
}

/// The folded first character of a text, what seeing it means, and the bytes after it. On its own,
/// since the loop over the common characters is twice as fast without it.
#[cold]
#[inline(never)]
fn read_rare<'t>(text: &'t str, characters: &Characters) -> (char, u8, &'t [u8]) {
    let mut chars = text.chars();
    let printed = chars.next().unwrap_or_default();
    let (folded, sight) = u16::try_from(printed as u32).map_or((printed, 0), |code| characters.read(code));
    (folded, sight, chars.as_str().as_bytes())
}
