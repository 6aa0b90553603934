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
    /// Spaces before it on its line, at most 255; a full-width space counts as two.
    pub(crate) gap: u8,
    /// What sort of character it is.
    pub(crate) class: Class,
    /// The number of what it tells of its line: see [`Sorts::tally`].
    pub(crate) sign: u8,
    /// True if spaces or characters that print nothing part it from the glyph before it on its line.
    pub(crate) apart: bool,
}

/// One printed line (or a part of one, where a tail was cut off).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Raw line number, from 1.
    pub(crate) raw: u32,
    /// Raw column of its first glyph, from 1.
    pub(crate) column: u32,
    /// First glyph.
    pub(crate) start: u32,
    /// One past the last glyph.
    pub(crate) end: u32,
    /// Where its first glyph stands in the source, and where its last one ends, if the source holds its glyphs and
    /// nothing between them; else 0.
    pub(crate) bytes: (u32, u32),
    /// True if an empty line (or several) stands before it.
    pub(crate) blank: bool,
    /// Spaces before the first glyph, in half-width units.
    pub(crate) indent: u8,
    /// True if it is the cut-off tail of the line before it.
    pub(crate) tail: bool,
}

/// Where a glyph stands that spaces, or what prints nothing, part from the one before it on its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Apart {
    /// Its place among all glyphs.
    pub(crate) place: u32,
    /// Raw column, from 1.
    pub(crate) column: u32,
    /// Its place in the source.
    pub(crate) byte: u32,
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
#[derive(Debug)]
pub(crate) struct Raw<'a> {
    /// The text it was read from.
    pub(crate) source: &'a str,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) lines: Vec<Line>,
    /// The glyphs that stand apart from those before them, in order.
    apart: Vec<Apart>,
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
        let Spare { glyphs, lines, apart, beside } = SPARE.take();
        let mut out = Raw { source, glyphs: Vec::new(), lines, apart, beside, geometry: None, removed: 0, replaced: 0 };
        out.lines.reserve(source.len() / 40 + 16);
        let mut pen = Pen { glyphs, count: 0 };
        pen.glyphs.resize(source.len() / 3 + Pen::RUN, Pen::FREE);
        let sorts = Sorts::table();
        // The line in hand: its number, its column, where its glyphs start, and what stood before them.
        let (mut number, mut column, mut start) = (1u32, 0u32, 0usize);
        // Where its first glyph stands in the source and on its line, and where the spaces at its end begin, if any.
        let (mut first_byte, mut first_column, mut last_byte) = (0usize, 1u32, 0usize);
        let (mut gap, mut indent, mut blank) = (0u32, 0u8, false);
        // True while its glyphs are its characters, one for one; and where something was left out behind the last glyph.
        let (mut whole, mut broken) = (true, false);
        let mut rest = source;
        loop {
            if gap == 0 && !broken {
                if pen.count == start {
                    (first_byte, first_column) = (source.len() - rest.len(), column + 1);
                }
                let before = pen.count;
                rest = pen.run(rest, sorts);
                column += (pen.count - before) as u32;
            }
            let byte = source.len() - rest.len();
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            if c == '\n' {
                let end = pen.count;
                if end > start {
                    let bytes = first_byte..if !whole {
                        0
                    } else if gap > 0 {
                        last_byte
                    } else {
                        byte
                    };
                    out.push_line((number, first_column), start..end, bytes, blank, indent);
                }
                let empty = rest.bytes().take_while(|b| *b == b'\n').count();
                rest = &rest[empty..];
                blank = end == start || empty > 0;
                (start, gap, indent, whole, broken) = (end, 0, 0, true, false);
                (number, column) = (number + 1 + empty as u32, 0);
                continue;
            }
            column += 1;
            let mut glyph = c;
            let (sort, mut sign) = sorts.of(c);
            let class = match sort {
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
                    whole &= pen.count == start;
                    broken = true;
                    continue;
                }
                Sort::Radical => {
                    glyph = mend(c);
                    if glyph != c {
                        out.replaced += 1;
                        whole = false;
                    }
                    sign = sorts.of(glyph).1;
                    class_of(glyph)
                }
            };
            if pen.count == start {
                indent = gap.min(255) as u8;
                (first_byte, first_column) = (byte, column);
                (gap, broken) = (0, false);
            }
            whole &= gap == 0;
            let apart = gap > 0 || broken;
            if apart {
                out.apart.push(Apart { place: pen.count as u32, column, byte: byte as u32 });
            }
            pen.push(Glyph { c: glyph, gap: gap.min(255) as u8, class, sign, apart });
            (gap, broken) = (0, false);
        }
        if pen.count > start {
            // A last line without line feed.
            let bytes = first_byte..if !whole {
                0
            } else if gap > 0 {
                last_byte
            } else {
                source.len()
            };
            out.push_line((number, first_column), start..pen.count, bytes, blank, indent);
        }
        pen.glyphs.truncate(pen.count);
        out.glyphs = pen.glyphs;
        out.beside.reserve(out.glyphs.len());
        out.beside.extend(out.glyphs.first().map(|g| pair_hash('\0', g.c) & !HAN));
        if let Some((first, rest)) = out.glyphs.split_first() {
            let mut before = (first.c, first.class);
            let hash = |g: &Glyph| marked_hash(mem::replace(&mut before, (g.c, g.class)), (g.c, g.class));
            out.beside.extend(rest.iter().map(hash));
        }
        out
    }

    /// Notes a line.
    fn push_line(
        &mut self,
        (raw, column): (u32, u32),
        glyphs: Range<usize>,
        bytes: Range<usize>,
        blank: bool,
        indent: u8,
    ) {
        let (start, end) = (glyphs.start as u32, glyphs.end as u32);
        let bytes = (bytes.start as u32, bytes.end as u32);
        self.lines.push(Line { raw, column, start, end, bytes, blank, indent, tail: false });
    }

    /// The glyphs of a line that stand apart from those before them.
    pub(crate) fn apart(&self, line: &Line) -> &[Apart] {
        let from = self.apart.partition_point(|a| a.place <= line.start);
        let size = self.apart[from..].iter().take_while(|a| a.place < line.end).count();
        &self.apart[from..from + size]
    }

    /// Raw column and place in the source of a glyph of a line.
    pub(crate) fn spot(&self, line: &Line, place: u32) -> (u32, u32) {
        let apart = self.apart(line).iter().rev().find(|a| a.place <= place).copied();
        let known = apart.unwrap_or(Apart { place: line.start, column: line.column, byte: line.bytes.0 });
        let between = &self.glyphs[known.place as usize..place as usize];
        (known.column + between.len() as u32, known.byte + size(between) as u32)
    }

    /// What glyphs say that stand side by side in the source from a byte on; none if some of them were replaced.
    #[inline]
    pub(crate) fn said(&self, glyphs: &[Glyph], byte: u32) -> Option<&'a str> {
        if self.replaced > 0 {
            return None;
        }
        self.source.get(byte as usize..byte as usize + size(glyphs))
    }

    /// The raw columns of the glyphs of a line.
    pub(crate) fn columns(&self, line: &Line) -> impl Iterator<Item = u32> {
        let mut apart = self.apart(line).iter().peekable();
        let mut column = line.column - 1;
        (line.start..line.end).map(move |place| {
            column = apart.next_if(|a| a.place == place).map_or(column + 1, |a| a.column);
            column
        })
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

/// The lists of a page, emptied.
#[derive(Default)]
struct Spare {
    glyphs: Vec<Glyph>,
    lines: Vec<Line>,
    apart: Vec<Apart>,
    beside: Vec<u32>,
}

thread_local! {
    /// Those of the page before: large ones are dear to ask for.
    static SPARE: Cell<Spare> = Cell::default();
}

/// Lists of pages with more glyphs are not kept.
const KEPT: usize = 1 << 16;

impl Drop for Raw<'_> {
    fn drop(&mut self) {
        if self.glyphs.capacity() <= KEPT && self.lines.capacity() <= KEPT {
            let mut spare = Spare {
                glyphs: mem::take(&mut self.glyphs),
                lines: mem::take(&mut self.lines),
                apart: mem::take(&mut self.apart),
                beside: mem::take(&mut self.beside),
            };
            spare.glyphs.clear();
            spare.lines.clear();
            spare.apart.clear();
            spare.beside.clear();
            SPARE.set(spare);
        }
    }
}

/// Marks the hash of two Chinese characters. No one who looks hashes up uses this bit of them.
pub(crate) const HAN: u32 = 1 << 31;

/// Bytes that glyphs take as text.
#[inline]
fn size(glyphs: &[Glyph]) -> usize {
    let longer = |g: &Glyph, first: char| usize::from(g.c >= first);
    glyphs.iter().map(|g| 1 + longer(g, '\u{80}') + longer(g, '\u{800}') + longer(g, '\u{10000}')).sum()
}

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

/// Writes glyphs down.
struct Pen {
    /// Those written, and room for more.
    glyphs: Vec<Glyph>,
    /// How many are written.
    count: usize,
}

impl Pen {
    /// How many glyphs are written in one go.
    const RUN: usize = 64;
    const FREE: Glyph = Glyph { c: ' ', gap: 0, class: Class::Other, sign: 0, apart: false };

    /// Writes one glyph.
    fn push(&mut self, glyph: Glyph) {
        if self.glyphs.len() == self.count {
            self.glyphs.resize(self.count * 2 + Pen::RUN, Pen::FREE);
        }
        self.glyphs[self.count] = glyph;
        self.count += 1;
    }

    /// Reads plain characters up to the first space, line feed or rarity, and tells what is left. Nearly all of a
    /// page is read here, so it is kept short: the last byte of a character is its place in a block of the table.
    fn run<'t>(&mut self, text: &'t str, sorts: &Sorts) -> &'t str {
        let mut rest = text.as_bytes();
        loop {
            if self.glyphs.len() < self.count + Pen::RUN {
                self.glyphs.resize(self.count * 2 + Pen::RUN, Pen::FREE);
            }
            let room = &mut self.glyphs[self.count..self.count + Pen::RUN];
            let mut count = 0;
            for slot in room {
                let (block, place, after) = match *rest {
                    [a @ 0xe0..=0xef, b, c, ref after @ ..] => {
                        (usize::from(a & 15) << 6 | usize::from(b & 63), usize::from(c & 63), after)
                    }
                    [a @ 0..=0x7f, ref after @ ..] => (usize::from(a >> 6), usize::from(a & 63), after),
                    _ => break,
                };
                let (Sort::Glyph(class), sign) = sorts.at(block, place) else { break };
                let Some(c) = char::from_u32((block << 6 | place) as u32) else { break };
                *slot = Glyph { c, class, sign, ..Pen::FREE };
                count += 1;
                rest = after;
            }
            self.count += count;
            if count < Pen::RUN {
                return &text[text.len() - rest.len()..];
            }
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
        assert_eq!((raw.glyphs[3].gap, raw.columns(&raw.lines[0]).nth(3)), (1, Some(8)));
        assert_eq!(raw.text(&raw.lines[1]), "长江");
    }
}
