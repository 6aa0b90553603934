//! The raw page as printed characters: one flat array of glyphs, cut into lines.
//!
//! Spaces are not glyphs; a glyph remembers how many stood before it on its line. Characters that
//! print nothing (byte order mark, zero-width, soft hyphen) are dropped and counted here, and the
//! radicals that PDF fonts put in the place of ideographs are replaced one for one.

use std::cell::Cell;
use std::mem;
use std::ops::Range;

pub(crate) use crate::characters::{Class, class_of, width_of};
use crate::characters::{Sort, Sorts, mend};

/// One printed character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// The character, radicals already replaced.
    pub(crate) c: char,
    /// Raw column, from 1.
    pub(crate) column: u32,
    /// Spaces before it on its line, at most 255; a full-width space counts as two.
    pub(crate) gap: u8,
    /// What sort of character it is.
    pub(crate) class: Class,
}

/// One printed line (or a part of one, where a tail was cut off).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Raw line number, from 1.
    pub(crate) raw: u32,
    /// First glyph.
    pub(crate) start: u32,
    /// One past the last glyph.
    pub(crate) end: u32,
    /// Its place in the source, if the source holds its glyphs and nothing between them; else empty.
    pub(crate) bytes: (u32, u32),
    /// True if an empty line (or several) stands before it.
    pub(crate) blank: bool,
    /// Spaces before the first glyph, in half-width units.
    pub(crate) indent: u8,
    /// True if it is the cut-off tail of the line before it.
    pub(crate) tail: bool,
}

impl Line {
    /// Its glyphs.
    #[inline]
    pub(crate) fn of<'a>(&self, glyphs: &'a [Glyph]) -> &'a [Glyph] {
        &glyphs[self.start as usize..self.end as usize]
    }

    /// Number of glyphs.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// A raw page as glyphs and lines.
#[derive(Debug, Default)]
pub(crate) struct Raw<'a> {
    /// The text it was read from.
    pub(crate) source: &'a str,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) lines: Vec<Line>,
    /// For each glyph of the page the hash of the glyph before it and itself, marked with [`HAN`]; also
    /// where a line ends between them.
    beside: Vec<u32>,
    /// Where its lines stand on paper, if that is known.
    pub(crate) geometry: Option<crate::geometry::Geometry>,
    pub(crate) removed: u32,
    pub(crate) replaced: u32,
}

impl<'a> Raw<'a> {
    /// Reads the raw text. Lines end at line feeds alone, as in [`str::lines`].
    pub(crate) fn read(source: &'a str) -> Raw<'a> {
        let (glyphs, lines, beside) = SPARE.take();
        let mut out = Raw { source, glyphs, lines, beside, geometry: None, removed: 0, replaced: 0 };
        out.glyphs.reserve(source.len() / 3 + 16);
        out.lines.reserve(source.len() / 40 + 16);
        let sorts = Sorts::table();
        let mut batch = [Glyph { c: ' ', column: 0, gap: 0, class: Class::Other }; 32];
        // The line in hand: its number, its column, where its glyphs start, and what stood before them.
        let (mut number, mut column, mut start) = (1u32, 0u32, 0usize);
        // Where its first glyph stands in the source, and where the spaces at its end begin, if any.
        let (mut first_byte, mut last_byte) = (0usize, 0usize);
        let (mut gap, mut indent, mut blank) = (0u32, 0u8, false);
        // True while its glyphs are its characters, one for one.
        let mut whole = true;
        let mut rest = source;
        loop {
            if gap == 0 {
                if out.glyphs.len() == start {
                    first_byte = source.len() - rest.len();
                }
                (rest, column) = run(rest, column, sorts, &mut batch, &mut out.glyphs);
            }
            let byte = source.len() - rest.len();
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            if c == '\n' {
                let end = out.glyphs.len();
                if end > start {
                    let bytes = if whole { first_byte..if gap > 0 { last_byte } else { byte } } else { 0..0 };
                    out.push_line(number, start, bytes, blank, indent);
                }
                let empty = rest.bytes().take_while(|b| *b == b'\n').count();
                rest = &rest[empty..];
                blank = end == start || empty > 0;
                (start, gap, indent, whole) = (end, 0, 0, true);
                (number, column) = (number + 1 + empty as u32, 0);
                continue;
            }
            column += 1;
            let mut glyph = c;
            let class = match sorts.of(c) {
                Sort::Glyph(class) => class,
                Sort::Space => {
                    if gap == 0 {
                        last_byte = byte;
                    }
                    gap += if c == '\u{3000}' || c == '\t' { 2 } else { 1 };
                    continue;
                }
                Sort::Invisible => {
                    out.removed += 1;
                    whole &= out.glyphs.len() == start;
                    continue;
                }
                Sort::Radical => {
                    glyph = mend(c);
                    if glyph != c {
                        out.replaced += 1;
                        whole = false;
                    }
                    class_of(glyph)
                }
            };
            if out.glyphs.len() == start {
                indent = gap.min(255) as u8;
                first_byte = byte;
                gap = 0;
            }
            whole &= gap == 0;
            out.glyphs.push(Glyph { c: glyph, column, gap: gap.min(255) as u8, class });
            gap = 0;
        }
        if out.glyphs.len() > start {
            // A last line without line feed.
            let bytes = if whole { first_byte..if gap > 0 { last_byte } else { source.len() } } else { 0..0 };
            out.push_line(number, start, bytes, blank, indent);
        }
        out.beside.reserve(out.glyphs.len());
        out.beside.extend(out.glyphs.first().map(|g| pair_hash('\0', g.c) & !HAN));
        if let Some((first, rest)) = out.glyphs.split_first() {
            let mut before = (first.c, first.class);
            let hash = |g: &Glyph| marked_hash(mem::replace(&mut before, (g.c, g.class)), (g.c, g.class));
            out.beside.extend(rest.iter().map(hash));
        }
        out
    }

    /// Notes the line whose glyphs end the list.
    fn push_line(&mut self, raw: u32, start: usize, bytes: Range<usize>, blank: bool, indent: u8) {
        let end = self.glyphs.len() as u32;
        let bytes = (bytes.start as u32, bytes.end as u32);
        self.lines.push(Line { raw, start: start as u32, end, bytes, blank, indent, tail: false });
    }

    /// The hashes of the pairs inside a line, marked with [`HAN`].
    #[inline]
    pub(crate) fn pairs(&self, line: &Line) -> &[u32] {
        self.beside.get(line.start as usize + 1..line.end as usize).unwrap_or_default()
    }

    /// The hashes of all pairs of the page, and of some that line ends part.
    pub(crate) fn all_pairs(&self) -> &[u32] {
        &self.beside
    }

    /// The hash of two glyphs, by their places, marked with [`HAN`].
    #[inline]
    pub(crate) fn pair(&self, before: u32, after: u32) -> u32 {
        if before + 1 == after {
            self.beside[after as usize]
        } else {
            let of = |at: u32| (self.glyphs[at as usize].c, self.glyphs[at as usize].class);
            marked_hash(of(before), of(after))
        }
    }

    /// The text of a line without its spaces.
    #[cfg(test)]
    pub(crate) fn text(&self, line: &Line) -> String {
        line.of(&self.glyphs).iter().map(|g| g.c).collect()
    }
}

thread_local! {
    /// The lists of the page before, emptied: large ones are dear to ask for.
    static SPARE: Cell<(Vec<Glyph>, Vec<Line>, Vec<u32>)> = const { Cell::new((Vec::new(), Vec::new(), Vec::new())) };
}

/// Lists of pages with more glyphs are not kept.
const KEPT: usize = 1 << 16;

impl Drop for Raw<'_> {
    fn drop(&mut self) {
        if self.glyphs.capacity() <= KEPT && self.lines.capacity() <= KEPT {
            self.glyphs.clear();
            self.lines.clear();
            self.beside.clear();
            SPARE.set((mem::take(&mut self.glyphs), mem::take(&mut self.lines), mem::take(&mut self.beside)));
        }
    }
}

/// Marks the hash of two Chinese characters. No one who looks hashes up uses this bit of them.
pub(crate) const HAN: u32 = 1 << 31;

/// A hash of two characters.
#[inline]
pub(crate) fn pair_hash(a: char, b: char) -> u32 {
    // Fibonacci hashing; the middle bits of the product are mixed best.
    let key = (u64::from(a as u32) << 21) | u64::from(b as u32);
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// The hash of two characters, marked with [`HAN`] if both are Chinese.
#[inline]
fn marked_hash(a: (char, Class), b: (char, Class)) -> u32 {
    let han = (a.1 == Class::Han) & (b.1 == Class::Han);
    pair_hash(a.0, b.0) & !HAN | u32::from(han) << 31
}

/// Glyphs on their way to the page; room for a printed line.
type Batch = [Glyph; 32];

/// Reads plain characters up to the first space, line feed or rarity: what is left, and the column of the
/// last one read. Nearly all of a page is read here, so it is kept short: glyphs are added many at a time,
/// and the last byte of a character is its place in a block of the table.
fn run<'a>(
    text: &'a str,
    mut column: u32,
    sorts: &Sorts,
    batch: &mut Batch,
    glyphs: &mut Vec<Glyph>,
) -> (&'a str, u32) {
    let mut rest = text.as_bytes();
    loop {
        let first = column;
        for slot in batch.iter_mut() {
            let (block, place, after) = match *rest {
                [a @ 0xe0..=0xef, b, c, ref after @ ..] => {
                    (usize::from(a & 15) << 6 | usize::from(b & 63), usize::from(c & 63), after)
                }
                [a @ 0..=0x7f, ref after @ ..] => (usize::from(a >> 6), usize::from(a & 63), after),
                _ => break,
            };
            let Sort::Glyph(class) = sorts.at(block, place) else { break };
            let Some(c) = char::from_u32((block << 6 | place) as u32) else { break };
            column += 1;
            *slot = Glyph { c, column, gap: 0, class };
            rest = after;
        }
        let count = (column - first) as usize;
        glyphs.extend_from_slice(&batch[..count]);
        if count < batch.len() {
            return (&text[text.len() - rest.len()..], column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_remembered_not_kept() {
        let raw = Raw::read("\u{feff}　　本报讯 1 月\r\n\n ⻓江");
        assert_eq!((raw.lines.len(), raw.removed, raw.replaced), (2, 1, 1));
        assert_eq!(raw.text(&raw.lines[0]), "本报讯1月");
        assert_eq!((raw.lines[0].indent, raw.lines[1].indent, raw.lines[1].blank), (4, 1, true));
        assert_eq!((raw.glyphs[3].gap, raw.glyphs[3].column), (1, 8));
        assert_eq!(raw.text(&raw.lines[1]), "长江");
    }
}
