//! What the places of lines tell, where a page comes with them (PDF).
//!
//! Bare text has none of this, and nothing here touches it: [`Geometry`] hangs on the raw page, and each
//! step that can use it asks whether it is there. It replaces the guess which lines make a paragraph
//! (`reading`); to where articles end and which headline is whose it adds evidence beside that of words
//! (`evidence`).

mod evidence;
mod kinds;
mod reading;

use std::collections::BTreeMap;

use banmian_core::{Marks, Print, PrintBox, PrintLine};

use crate::glyphs::Raw;

pub(crate) use evidence::Ground;
pub(crate) use kinds::settle;
pub(crate) use reading::read;

/// The raw text of a page, and what its source tells beside: where its lines stand, which part is what.
#[derive(Clone, Copy, Debug)]
pub struct RawText<'a> {
    /// The text, one printed line a line.
    pub text: &'a str,
    /// The places of its lines.
    pub print: Option<&'a Print>,
    /// Its parts, if the source divides it; then nothing is guessed.
    pub marks: Option<&'a Marks>,
}

impl<'a> From<&'a str> for RawText<'a> {
    fn from(text: &'a str) -> Self {
        RawText { text, print: None, marks: None }
    }
}

impl<'a> From<&'a String> for RawText<'a> {
    fn from(text: &'a String) -> Self {
        RawText { text, print: None, marks: None }
    }
}

/// The places of the lines of a page.
#[derive(Clone, Debug)]
pub(crate) struct Geometry {
    print: Print,
    /// Size of the type of most of the text.
    pub(crate) body: i32,
    /// From line to line of the text.
    pub(crate) leading: i32,
    /// The rectangles around strips.
    strips: BTreeMap<u32, PrintBox>,
}

impl Geometry {
    /// The geometry of a page; none if places and lines do not fit each other.
    pub(crate) fn of(raw: &Raw, print: Option<&Print>) -> Option<Geometry> {
        let print = print?;
        let last = raw.lines.iter().map(|l| l.raw).max()?;
        if print.lines.len() < last as usize {
            return None;
        }
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for line in &raw.lines {
            *sizes.entry(print.lines[line.raw as usize - 1].size / 25).or_default() += line.len();
        }
        let body = 25 * sizes.iter().max_by_key(|(size, n)| (**n, -**size)).map_or(40, |(size, _)| *size) + 12;
        let mut steps: Vec<i32> = print
            .lines
            .windows(2)
            .filter(|w| w[0].zone == w[1].zone && (w[0].size - body).abs() * 10 < body)
            .map(|w| w[1].place.bottom - w[0].place.bottom)
            .filter(|step| *step > 0)
            .collect();
        steps.sort_unstable();
        let leading = steps.get(steps.len() / 2).copied().unwrap_or(body * 3 / 2);
        let mut strips: BTreeMap<u32, PrintBox> = BTreeMap::new();
        for line in &print.lines {
            strips.entry(line.strip).and_modify(|p| *p = p.with(&line.place)).or_insert(line.place);
        }
        Some(Geometry { print: print.clone(), body, leading, strips })
    }

    /// Where a line stands, by its index.
    pub(crate) fn line(&self, raw: &Raw, line: u32) -> &PrintLine {
        &self.print.lines[raw.lines[line as usize].raw as usize - 1]
    }

    /// The size of a line against that of the text, in hundredths.
    pub(crate) fn rank(&self, raw: &Raw, line: u32) -> i32 {
        self.line(raw, line).size * 100 / self.body.max(1)
    }

    /// The rectangle around some lines.
    pub(crate) fn around(&self, raw: &Raw, lines: impl IntoIterator<Item = u32>) -> PrintBox {
        lines.into_iter().map(|l| self.line(raw, l).place).reduce(|a, b| a.with(&b)).unwrap_or_default()
    }

    /// True if two lines are set in one size of type.
    pub(crate) fn like_size(&self, raw: &Raw, a: u32, b: u32) -> bool {
        let (a, b) = (self.line(raw, a).size, self.line(raw, b).size);
        (a - b).abs() * 20 <= a.max(b)
    }
}
