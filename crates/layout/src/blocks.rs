//! Readings of lines put together: paragraphs, display lines, bylines, captions, furniture.
//!
//! Blocks keep page order by their first line.

use crate::columns::{Reading, Role};
use crate::credits;
use crate::datelines;
use crate::few::Few;
use crate::glyphs::{Class, Glyph, Raw};
use crate::lines::{End, Kind, Look};
use crate::phrases::starts_with;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Para,
    Head,
    Byline,
    Caption,
    Furniture,
    Jump,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) sort: Sort,
    /// Indices of lines, in reading order.
    pub(crate) lines: Few<u32, 8>,
    /// Column width in half-width units; 0 outside paragraphs.
    pub(crate) column: u16,
    /// True if it begins as a paragraph does.
    pub(crate) opened: bool,
    /// True if it ends as a paragraph does.
    pub(crate) closed: bool,
    /// True if its first line fills the column.
    pub(crate) flush: bool,
    /// True if a dateline opens it.
    pub(crate) lead: bool,
    /// The line that it stood below without a break, if it was parted from it at an empty line.
    pub(crate) parted: Option<u32>,
}

impl Block {
    /// Number of glyphs.
    pub(crate) fn len(&self, raw: &Raw) -> usize {
        self.lines.iter().map(|&l| raw.lines[l as usize].len()).sum()
    }

    /// Its first glyphs, at most `n`.
    pub(crate) fn head_glyphs(&self, raw: &Raw, n: usize) -> Vec<Glyph> {
        let mut out = Vec::new();
        self.gather(raw, n, &mut out);
        out
    }

    /// Adds its first glyphs, at most `n`, to a list.
    pub(crate) fn gather(&self, raw: &Raw, mut n: usize, out: &mut Vec<Glyph>) {
        out.reserve(n.min(self.len(raw)));
        for &l in self.lines.iter() {
            let glyphs = raw.lines[l as usize].of(&raw.glyphs);
            out.extend_from_slice(&glyphs[..glyphs.len().min(n)]);
            n = n.saturating_sub(glyphs.len());
            if n == 0 {
                break;
            }
        }
    }

    /// Its glyphs one by one, without gathering them.
    pub(crate) fn each<'a>(&'a self, raw: &'a Raw) -> impl DoubleEndedIterator<Item = &'a Glyph> {
        self.lines.iter().flat_map(|&l| raw.lines[l as usize].of(&raw.glyphs))
    }

    /// Its last glyphs, at most `n`.
    pub(crate) fn tail_glyphs(&self, raw: &Raw, n: usize) -> Vec<Glyph> {
        let mut first = self.lines.len();
        let mut size = 0;
        while first > 0 && size < n {
            first -= 1;
            size += raw.lines[self.lines[first] as usize].len();
        }
        let mut skip = size.saturating_sub(n);
        let mut out = Vec::with_capacity(size - skip);
        for &l in &self.lines[first..] {
            out.extend_from_slice(&raw.lines[l as usize].of(&raw.glyphs)[skip..]);
            skip = 0;
        }
        out
    }

    /// How its last line ends.
    pub(crate) fn end(&self, looks: &[Look]) -> End {
        self.lines.last().map_or(End::None, |&l| looks[l as usize].end)
    }
}

/// Puts lines into blocks, in page order.
pub(crate) fn build(raw: &Raw, looks: &[Look], readings: &[Reading]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(looks.len() / 4 + 1);
    // The paragraph that lines may still be added to.
    let mut open: Option<usize> = None;
    for (i, reading) in readings.iter().enumerate() {
        let line = i as u32;
        let sort = match (looks[i].kind, reading.role) {
            (Kind::Furniture, _) => Sort::Furniture,
            (Kind::Jump, _) => Sort::Jump,
            (Kind::Byline, _) => Sort::Byline,
            (Kind::Caption, _) => Sort::Caption,
            (Kind::Text, Role::Head) => Sort::Head,
            (Kind::Text, _) => Sort::Para,
        };
        let new = |column: u16, opened: bool, closed: bool| Block {
            sort,
            lines: [line].into_iter().collect(),
            column,
            opened,
            closed,
            flush: raw.lines[i].indent < 3 && looks[i].width.abs_diff(column) <= 1,
            lead: looks[i].lead,
            parted: None,
        };
        match sort {
            Sort::Para => {
                let goes_on = matches!(reading.role, Role::Middle | Role::Last);
                let ends = matches!(reading.role, Role::Last | Role::Single);
                match open.filter(|_| goes_on) {
                    Some(b) => {
                        let block = &mut blocks[b];
                        block.lines.push(line);
                        block.closed = ends;
                        if block.lines.len() == 2 || reading.role == Role::Middle {
                            block.column = reading.column;
                        }
                    }
                    None => {
                        open = Some(blocks.len());
                        blocks.push(new(reading.column, !goes_on, ends));
                    }
                }
                if ends {
                    open = None;
                }
            }
            Sort::Caption => {
                let glyphs = raw.lines[i].of(&raw.glyphs);
                let goes_on = i > 0
                    && looks[i - 1].kind == Kind::Caption
                    && glyphs[0].class != Class::Mark
                    && looks[i - 1].end != End::Stop
                    && looks[i - 1].stops == 0;
                match blocks.last_mut().filter(|b| goes_on && b.sort == Sort::Caption) {
                    Some(block) => block.lines.push(line),
                    None => blocks.push(new(0, true, true)),
                }
            }
            Sort::Head => {
                open = None;
                blocks.push(new(0, true, true));
            }
            _ => blocks.push(new(0, true, true)),
        }
    }
    // A dateline may itself be wrapped.
    for block in blocks.iter_mut().filter(|b| b.sort == Sort::Para && b.opened && !b.lead && b.lines.len() > 1) {
        if !raw.lines[block.lines[0] as usize].of(&raw.glyphs).first().is_some_and(datelines::may_open) {
            continue;
        }
        block.lead = datelines::dateline(&block.head_glyphs(raw, 40)).is_some();
    }
    blocks
}

/// True for the greeting that opens a letter: 编辑同志：.
fn greets(line: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "编辑",
        "編輯",
        "编者",
        "各位",
        "同志",
        "同胞",
        "尊敬",
        "敬爱",
        "敬愛",
        "亲爱",
        "親愛",
        "老师",
        "乡亲",
        "市民朋友",
        "读者朋友",
    ];
    let last = line.last().is_some_and(|g| matches!(g.c, '：' | ':'));
    last && line.len() <= 14 && OPENINGS.iter().any(|o| starts_with(line, o))
}

/// An author's name alone between a title and a text, or above a title that follows a text, was read as a display
/// line; and so was a signature in brackets below a text.
pub(crate) fn authors(raw: &Raw, blocks: &mut [Block]) {
    for b in 0..blocks.len() {
        if blocks[b].sort != Sort::Head {
            continue;
        }
        let name = raw.lines[blocks[b].lines[0] as usize].of(&raw.glyphs);
        let sort = |k: Option<usize>| k.and_then(|k| blocks.get(k)).map(|k| k.sort);
        if let Some(letter) = blocks.get(b + 1).filter(|k| k.sort == Sort::Para && greets(name)) {
            (blocks[b].sort, blocks[b].column) = (Sort::Para, letter.column);
            continue;
        }
        // Below a headline it is part of that.
        if sort(b.checked_sub(1)) != Some(Sort::Head) && credits::bracketed(name) {
            blocks[b].sort = Sort::Byline;
            continue;
        }
        let (above, below) = (sort(b.checked_sub(1)), sort(Some(b + 1)));
        let title = |k: usize| blocks[k].len(raw) >= 4;
        let under = above == Some(Sort::Head) && title(b - 1) && matches!(below, Some(Sort::Para) | None);
        let after = above == Some(Sort::Head)
            && title(b - 1)
            && below == Some(Sort::Head)
            && title(b + 1)
            && b >= 2
            && blocks[b - 2].sort == Sort::Para;
        let over = above == Some(Sort::Para) && below == Some(Sort::Head) && title(b + 1);
        let like = (2..=3).contains(&name.len()) && name.iter().all(|g| g.class == Class::Han);
        if like
            && (under || after || over)
            && credits::is_surname(name[0].c)
            && credits::line_byline(name, true).is_some()
        {
            blocks[b].sort = Sort::Byline;
        }
    }
}
