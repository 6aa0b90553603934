//! Readings of lines put together: paragraphs, display lines, bylines, captions, furniture.
//!
//! A paragraph that other matter cuts in two is joined again here, where column, wording and place
//! all agree. Blocks keep page order by their first line.

use crate::columns::{Reading, Role};
use crate::content::{Pairs, runs_on};
use crate::credits;
use crate::datelines;
use crate::explain::Log;
use crate::few::Few;
use crate::glyphs::{Class, Glyph, Raw};
use crate::lines::{End, Kind, Look};

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

/// An author's name alone between a title and a text, or above a title that follows a text, was read as a display
/// line; and so was a signature in brackets below a text.
pub(crate) fn authors(raw: &Raw, blocks: &mut [Block]) {
    for b in 0..blocks.len() {
        if blocks[b].sort != Sort::Head {
            continue;
        }
        let name = raw.lines[blocks[b].lines[0] as usize].of(&raw.glyphs);
        let sort = |k: Option<usize>| k.and_then(|k| blocks.get(k)).map(|k| k.sort);
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

/// How many blocks ahead the rest of a cut paragraph is looked for.
const RESUME_REACH: usize = 24;
/// Least evidence for joining the two parts of a cut paragraph.
const RESUME_LEAST: f32 = 2.0;

/// Joins paragraphs that were cut by other matter, and counts them.
pub(crate) fn resume(raw: &Raw, looks: &[Look], pairs: &Pairs, blocks: &mut Vec<Block>, log: &mut Log) -> u32 {
    let mut gone = vec![false; blocks.len()];
    for b in 1..blocks.len() {
        if is_rest(raw, looks, blocks, b) {
            let line = blocks[b].lines[0];
            log.say(raw, &[line], "join", 1.0, || "the last line of the sentence that breaks off above".to_owned());
            blocks[b - 1].lines.push(line);
            blocks[b - 1].closed = true;
            gone[b] = true;
        }
    }
    // Where paragraphs begin two characters short, one that does not is rather the rest of another.
    let several = |b: &&Block| b.sort == Sort::Para && b.opened && b.lines.len() > 1;
    let flush = blocks.iter().filter(several).filter(|b| b.flush).count();
    let odd_flush = flush * 10 < blocks.iter().filter(several).count() * 3;
    for a in 0..blocks.len() {
        if gone[a] || blocks[a].sort != Sort::Para || !is_open(&blocks[a], looks) {
            continue;
        }
        let mut best: Option<(f32, usize)> = None;
        let torn = is_torn(raw, looks, blocks, a);
        for b in a + 1..blocks.len().min(a + 1 + RESUME_REACH) {
            let back = torn && fills(raw, looks, &blocks[b]) && comes_back(blocks, a, b);
            let odd = (odd_flush && blocks[b].flush || back) && blocks[b].lines.len() > 1 && !blocks[a].closed;
            // A single line begins in mid-sentence only if a known word spans the cut.
            let single =
                blocks[b].lines.len() == 1 && !blocks[a].closed && spans_word(raw, pairs, &blocks[a], &blocks[b]);
            if gone[b] || blocks[b].sort != Sort::Para || blocks[b].opened && !odd && !single {
                continue;
            }
            let score = resume_score(raw, pairs, &blocks[a], &blocks[b], b - a) + if back { TORN } else { 0.0 };
            if score >= RESUME_LEAST && best.is_none_or(|(s, _)| score > s) {
                best = Some((score, b));
            }
        }
        if let Some((score, b)) = best {
            let tail = blocks[b].clone();
            log.say(raw, &tail.lines, "join", score, || {
                "this begins in mid-sentence; an earlier paragraph of the same column width breaks off where it fits"
                    .to_owned()
            });
            let head = &mut blocks[a];
            head.lines.extend(tail.lines.iter().copied());
            head.closed = tail.closed;
            gone[b] = true;
            // The paragraphs below the second part go on with it, before what cut the text in two.
            let column = blocks[a].column;
            let goes_on = |k: &Block| match k.sort {
                Sort::Para => !k.lead && (k.opened || k.lines.len() > 1) && k.column.abs_diff(column) <= 2,
                Sort::Byline | Sort::Jump => true,
                _ => false,
            };
            let reach = blocks.len().min(b + 1 + RESUME_REACH);
            let end = (b + 1..reach).find(|&k| gone[k] || !goes_on(&blocks[k])).unwrap_or(reach);
            let shift = b - a;
            blocks[a + 1..end].rotate_left(shift);
            gone[a + 1..end].rotate_left(shift);
        }
    }
    orphan(raw, looks, blocks, &mut gone, log);
    let joined = gone.iter().filter(|g| **g).count() as u32;
    if joined > 0 {
        let mut keep = gone.iter();
        blocks.retain(|_| !keep.next().copied().unwrap_or(false));
    }
    joined
}

/// True for a single line without its full stop right below a paragraph that breaks off at a full line, where no more text
/// follows: the stop was lost.
fn is_rest(raw: &Raw, looks: &[Look], blocks: &[Block], b: usize) -> bool {
    let (above, block) = (&blocks[b - 1], &blocks[b]);
    let (Some(&last), line) = (above.lines.last(), block.lines[0] as usize) else { return false };
    let para = above.sort == Sort::Para && block.sort == Sort::Para && above.lines.len() > 1 && block.lines.len() == 1;
    let full = looks[last as usize].width.abs_diff(above.column) <= 2;
    let ends = blocks.get(b + 1).is_none_or(|k| k.sort != Sort::Para);
    let short =
        raw.lines[line].indent == 0 && looks[line].width < above.column && !looks[line].bullet && !looks[line].verse;
    para && above.end(looks) == End::None && full && ends && short && looks[line].end == End::None
}

/// The one paragraph of a page that breaks off, and the one short line that is no paragraph and ends a sentence,
/// belong together, wherever they stand.
fn orphan(raw: &Raw, looks: &[Look], blocks: &mut [Block], gone: &mut [bool], log: &mut Log) {
    let para = |b: usize| blocks[b].sort == Sort::Para && !gone[b];
    let next = |b: usize| (b + 1..blocks.len()).find(|&k| !gone[k]);
    let broken = |b: &usize| {
        para(*b)
            && blocks[*b].lines.len() > 1
            && !blocks[*b].closed
            && blocks[*b].end(looks) == End::None
            && next(*b).is_none_or(|k| blocks[k].sort != Sort::Jump)
    };
    let single = |b: &usize| {
        let line = blocks[*b].lines[0] as usize;
        para(*b)
            && blocks[*b].lines.len() == 1
            && looks[line].end == End::Stop
            && !looks[line].bullet
            && !looks[line].verse
            && raw.lines[line].indent < 3
            && raw.lines[line].len() <= MOST_ORPHAN
            && (raw.lines[line].blank || b.checked_sub(1).is_none_or(|k| blocks[k].sort != Sort::Para))
            && next(*b).is_none_or(|k| !para(k) || raw.lines[blocks[k].lines[0] as usize].blank || blocks[k].lead)
    };
    let (mut heads, mut tails) = ((0..blocks.len()).filter(broken), (0..blocks.len()).filter(single));
    if let (Some(a), None, Some(b), None) = (heads.next(), heads.next(), tails.next(), tails.next())
        && a != b
    {
        let line = blocks[b].lines[0];
        log.say(raw, &[line], "join", 1.0, || {
            "the only loose end of a sentence, and one paragraph breaks off".to_owned()
        });
        blocks[a].lines.push(line);
        blocks[a].closed = true;
        gone[b] = true;
    }
}

/// Most characters of the loose end of a cut paragraph that is told by its loneliness.
const MOST_ORPHAN: usize = 20;

/// True if a paragraph breaks off: it was read so, or its last line has no closing mark.
fn is_open(block: &Block, looks: &[Look]) -> bool {
    !block.closed || matches!(block.end(looks), End::None | End::Comma | End::Open)
}

/// What it adds that a paragraph is torn for sure, and must go on somewhere.
const TORN: f32 = 1.0;

/// True if the first line of a paragraph is as wide as its column, or wider by the mark that hangs at its end.
fn fills(raw: &Raw, looks: &[Look], block: &Block) -> bool {
    let first = block.lines[0] as usize;
    raw.lines[first].indent == 0 && looks[first].width + 1 >= block.column
}

/// True if the page comes back at `b` to the column of `a`, right below text in another.
fn comes_back(blocks: &[Block], a: usize, b: usize) -> bool {
    let above = &blocks[b - 1];
    let other = above.sort == Sort::Para && above.closed && above.column.abs_diff(blocks[b].column) >= 3;
    other && blocks[a].column.abs_diff(blocks[b].column) <= 2
}

/// True if a headline breaks a paragraph off in the middle of a sentence, at a line that fills its column.
fn is_torn(raw: &Raw, looks: &[Look], blocks: &[Block], a: usize) -> bool {
    let block = &blocks[a];
    let Some(&last) = block.lines.last() else { return false };
    let full = looks[last as usize].width.abs_diff(block.column) <= 2 && raw.lines[last as usize].indent < 3;
    let below = blocks.get(a + 1).map(|b| b.sort);
    block.lines.len() > 1 && !block.closed && block.end(looks) == End::None && full && below == Some(Sort::Head)
}

/// True if the last character of `a` and the first of `b` stand together elsewhere on the page.
fn spans_word(raw: &Raw, pairs: &Pairs, a: &Block, b: &Block) -> bool {
    let (Some(&last), Some(&first)) = (a.lines.last(), b.lines.first()) else { return false };
    let (last, first) = (raw.lines[last as usize].of(&raw.glyphs), raw.lines[first as usize].of(&raw.glyphs));
    runs_on(pairs, last, first) >= 0.6
}

/// Evidence that `b` goes on where `a` stopped.
fn resume_score(raw: &Raw, pairs: &Pairs, a: &Block, b: &Block, distance: usize) -> f32 {
    let line = |l: Option<&u32>| l.map(|&l| raw.lines[l as usize].of(&raw.glyphs));
    let (Some(last), Some(first)) = (line(a.lines.last()), line(b.lines.first())) else { return 0.0 };
    let column = match a.column.abs_diff(b.column) {
        // The last line of a paragraph does not show its column.
        _ if b.lines.len() == 1 => 1.6,
        0..=1 => 2.5,
        2 => 1.0,
        3..=4 => -0.5,
        _ => -2.0,
    };
    let cut = if a.closed { 0.0 } else { 1.0 };
    column + cut + runs_on(pairs, last, first).min(2.0) - 0.12 * distance as f32
}
