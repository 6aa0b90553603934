//! Which lines make up a paragraph, told by their places: indents and short last lines.

use std::collections::BTreeMap;

use banmian_core::PrintBox;

use super::Geometry;
use crate::columns::{Reading, Role};
use crate::glyphs::{Class, Raw};
use crate::lines::{End, Kind, Look};

/// Type from this size on, against that of the text in hundredths, is a headline's.
pub(super) const LARGE: i32 = 120;
/// An indent, in hundredths of an em.
pub(super) const INDENT: i32 = 120;
/// What the last line of a paragraph leaves free, in hundredths of an em.
pub(super) const SHORT: i32 = 150;

/// A line in its column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct InColumn {
    /// Free on its left and right, in hundredths of an em.
    pub(super) left: i32,
    pub(super) right: i32,
    /// Width of the column in half-width units.
    width: u16,
}

/// Reads the page: a reading for every line.
pub(crate) fn read(raw: &Raw, looks: &[Look], geometry: &Geometry) -> Vec<Reading> {
    let mut readings = vec![Reading { role: Role::Apart, column: 0 }; looks.len()];
    let columns = columns(raw, looks.len(), geometry);
    let text: Vec<usize> = (0..looks.len()).filter(|&i| looks[i].kind == Kind::Text).collect();
    let indented = text.iter().filter(|&&i| (INDENT..300).contains(&columns[i].left)).count();
    let page = Page { raw, looks, geometry, columns: &columns, indents: 20 * indented >= text.len() };
    let head: Vec<bool> = (0..text.len()).map(|n| page.is_head(&text, n)).collect();
    let head = page.wrapped_heads(&text, head);
    // Where paragraphs begin; `open` is true where the text before breaks off.
    let mut starts = vec![false; text.len()];
    let mut before: Option<usize> = None;
    for (n, &i) in text.iter().enumerate() {
        if head[n] {
            continue;
        }
        starts[n] = before.is_none_or(|p| page.starts(p, i));
        before = Some(i);
    }
    for (n, &i) in text.iter().enumerate() {
        if head[n] {
            readings[i].role = Role::Head;
            continue;
        }
        let next = (n + 1..text.len()).find(|&k| !head[k]);
        let ends = next.is_none_or(|k| starts[k]) && (next.is_some() || page.closes(i));
        let role = match (starts[n], ends) {
            (true, true) => Role::Single,
            (true, false) => Role::First,
            (false, true) => Role::Last,
            (false, false) => Role::Middle,
        };
        readings[i] = Reading { role, column: columns[i].width };
    }
    readings
}

/// The page while it is read.
struct Page<'a> {
    raw: &'a Raw<'a>,
    looks: &'a [Look],
    geometry: &'a Geometry,
    columns: &'a [InColumn],
    /// True if paragraphs of this page begin with an indent.
    indents: bool,
}

impl Page<'_> {
    fn short(&self, i: usize) -> bool {
        self.columns[i].right >= SHORT
    }

    fn strip(&self, i: usize) -> u32 {
        self.geometry.line(self.raw, i as u32).strip
    }

    /// True if a line ends its paragraph, whatever follows.
    fn closes(&self, i: usize) -> bool {
        self.short(i) || matches!(self.looks[i].end, End::Stop)
    }

    /// True if line `i` begins a paragraph, after line `before`.
    fn starts(&self, before: usize, i: usize) -> bool {
        let indent = (INDENT..500).contains(&self.columns[i].left);
        if self.short(before) || indent && self.indents {
            return true;
        }
        // In another strip only what breaks off goes on.
        if self.strip(before) != self.strip(i) {
            return matches!(self.looks[before].end, End::Stop);
        }
        // A caption or headline may stand between; the text above it breaks off there.
        indent && matches!(self.looks[before].end, End::Stop)
    }

    /// True for a display line: large type, a section heading.
    fn is_head(&self, text: &[usize], n: usize) -> bool {
        let i = text[n];
        let line = self.geometry.line(self.raw, i as u32);
        let (look, column) = (&self.looks[i], &self.columns[i]);
        let rank = self.geometry.rank(self.raw, i as u32);
        if rank >= LARGE {
            // A text in large type is still a text.
            return !self.runs(text, n);
        }
        if line.upright {
            return true;
        }
        if !matches!(look.end, End::None | End::Soft) || look.stops > 0 || look.commas > 0 || look.bullet || look.verse
        {
            return false;
        }
        let closed = n.checked_sub(1).is_none_or(|k| self.closes(text[k]) || self.strip(text[k]) != self.strip(i));
        let next = text.get(n + 1).copied();
        let opens = next.is_none_or(|k| self.columns[k].left >= INDENT || self.strip(k) != self.strip(i));
        if !closed {
            return false;
        }
        // The first line of a paragraph that ends a little early is not in the middle.
        let in_indent = (INDENT..260).contains(&column.left) && column.right < SHORT;
        let centred = column.left >= 80 && (column.left - column.right).abs() <= 120 && !(in_indent && self.indents);
        let free = column.right >= SHORT && look.end == End::None;
        if rank >= 106 && (column.right >= SHORT || centred) {
            return true;
        }
        // Of a text of one line nothing is known: 2 ems of indent and no full stop.
        let lead = look.lead || self.raw.lines[i].of(&self.raw.glyphs)[0].class == Class::Mark;
        !lead && (centred || free && opens && self.indents && column.left < 300)
            || self.indents && opens && column.left < 60 && column.right < SHORT && look.end == End::None
    }

    /// True if a line in large type is part of a text: three lines of one column and more, with sentences.
    fn runs(&self, text: &[usize], n: usize) -> bool {
        let zone = self.geometry.line(self.raw, text[n] as u32).zone;
        let like = |k: &&usize| self.geometry.line(self.raw, **k as u32).zone == zone;
        let from = text[..n].iter().rev().take_while(like).count();
        let to = text[n..].iter().take_while(like).count();
        let lines = &text[n - from..n + to];
        let stops = lines.iter().filter(|&&k| self.looks[k].stops > 0 || self.looks[k].end == End::Stop).count();
        lines.len() >= 4 && stops >= 2 && self.geometry.rank(self.raw, text[n] as u32) < 170
    }

    /// A section heading on two lines: the first fills the column, the second is in its middle.
    fn wrapped_heads(&self, text: &[usize], mut head: Vec<bool>) -> Vec<bool> {
        for n in 1..text.len() {
            let (a, b) = (text[n - 1], text[n]);
            let column = &self.columns[a];
            let plain = |k: usize| self.looks[k].stops == 0 && self.looks[k].end == End::None;
            if head[n]
                && !head[n - 1]
                && self.indents
                && self.strip(a) == self.strip(b)
                && self.columns[b].left >= INDENT
                && column.left < 60
                && plain(a)
                && plain(b)
                && n.checked_sub(2)
                    .is_none_or(|k| !head[k] && self.closes(text[k]) && self.looks[text[k]].end == End::Stop)
            {
                head[n - 1] = true;
            }
        }
        head
    }
}

/// Each line in its column: the lines of its strip that stand above and below it.
pub(super) fn columns(raw: &Raw, n_lines: usize, geometry: &Geometry) -> Vec<InColumn> {
    let mut strips: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for i in 0..n_lines {
        strips.entry(geometry.line(raw, i as u32).strip).or_default().push(i);
    }
    let mut out = vec![InColumn::default(); n_lines];
    for lines in strips.values() {
        // The columns of the strip, from what overlaps.
        let mut edges: Vec<PrintBox> = Vec::new();
        let mut sorted: Vec<PrintBox> = lines.iter().map(|&l| geometry.line(raw, l as u32).place).collect();
        sorted.sort_unstable_by_key(|p| (p.left, p.right));
        for place in sorted {
            match edges.last_mut().filter(|e| e.common_x(&place) * 2 > place.width().min(e.width())) {
                Some(edge) => *edge = edge.with(&place),
                None => edges.push(place),
            }
        }
        // A column of short lines is as wide as its neighbours.
        let widest = edges.iter().map(PrintBox::width).max().unwrap_or(0);
        for &l in lines {
            let line = geometry.line(raw, l as u32);
            let edge = edges.iter().rev().find(|e| e.left <= line.place.left).copied().unwrap_or(line.place);
            let right = if edges.len() > 1 { edge.right.max(edge.left + widest) } else { edge.right };
            let em = line.size.max(1);
            let width = (2 * (right - edge.left) + em / 2) / em;
            out[l] = InColumn {
                left: (line.place.left - edge.left) * 100 / em,
                right: (right - line.place.right) * 100 / em,
                width: width.clamp(0, 160) as u16,
            };
        }
    }
    out
}
