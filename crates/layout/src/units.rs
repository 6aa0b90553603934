//! Display lines put together into headline units: a wrapped headline is one unit, a kicker another.

use std::borrow::Cow;

use crate::blocks::Block;
use crate::clauses::{
    acts, ends_in_word, ends_with_holder, is_half, leans, subject_and_predicate, tears, wants_object,
};
use crate::content::{NEVER_LAST, Pairs, never_last, runs_on};
use crate::glyphs::{Class, Glyph, Raw};
use crate::items::Run;
use crate::lines::{End, Look};
use crate::sightings::Sightings;
use crate::slots::attends;
use crate::stories::Lines;

/// A headline unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit<'a> {
    /// Its lines, each with whether a space parts it from the line before (couplet halves).
    pub(crate) lines: Lines,
    /// First and last block.
    pub(crate) blocks: (usize, usize),
    /// Index of its run.
    pub(crate) run: usize,
    /// All its glyphs.
    pub(crate) glyphs: Cow<'a, [Glyph]>,
    /// True if it is two halves of like length, with a gap or on two lines.
    pub(crate) couplet: bool,
}

/// Cuts runs of display lines into units; only lines that cannot stand apart are joined.
pub(crate) fn units<'a>(raw: &'a Raw, looks: &[Look], blocks: &[Block], runs: &[Run]) -> Vec<Unit<'a>> {
    let mut out: Vec<Unit> = Vec::new();
    for (r, run) in runs.iter().enumerate() {
        let from = out.len();
        for &b in run.iter() {
            let line = blocks[b].lines[0];
            let glyphs = raw.lines[line as usize].of(&raw.glyphs);
            let last = out.len().checked_sub(1).filter(|&last| last >= from && out[last].blocks.1 + 1 == b);
            match last.filter(|&last| must_join(raw, looks, &out[last], line)) {
                Some(last) => {
                    let space = halves_on_paper(raw, &out[last], line);
                    out[last].push(raw, line, b, space);
                }
                None => {
                    let couplet = is_couplet(glyphs, &looks[line as usize]);
                    out.push(Unit {
                        lines: [(line, false)].into_iter().collect(),
                        blocks: (b, b),
                        run: r,
                        glyphs: Cow::Borrowed(glyphs),
                        couplet,
                    });
                }
            }
        }
    }
    out
}

/// Joins units that are parts of one headline, where form or wording says so and `content` finds both
/// to be about the same item.
#[expect(clippy::too_many_arguments, reason = "all of the page is evidence here")]
pub(crate) fn join<'a>(
    raw: &Raw,
    looks: &[Look],
    pairs: &Pairs,
    blocks: &[Block],
    sightings: &Sightings,
    runs: &[Run],
    units: Vec<Unit<'a>>,
    content: &crate::coverage::Content,
) -> Vec<Unit<'a>> {
    let seen = spans_seen(raw, blocks, sightings, runs);
    let mut out: Vec<Unit<'a>> = Vec::with_capacity(units.len());
    let mut last_index = 0;
    // True if the unit before the one in hand is a kicker by its form.
    let mut below_kicker = false;
    for (n, unit) in units.into_iter().enumerate() {
        let old = out.last().filter(|o| {
            let below = o.run == unit.run && o.blocks.1 + 1 == unit.blocks.0;
            below
                && (content.agree(last_index, n) || is_torn(pairs, o, &unit, &seen) || is_half(&o.glyphs, &unit.glyphs))
        });
        let known = content.best(last_index).is_some_and(|b| b.1 > 0.1);
        last_index = n;
        let how = old.and_then(|old| {
            let line = unit.lines[0].0;
            // Type of two sizes is two things.
            let (a, b) = (old.lines[old.lines.len() - 1].0, line);
            if raw.geometry.as_ref().is_some_and(|g| !g.like_size(raw, a, b)) {
                return None;
            }
            let span = seen.binary_search(&(old.lines[old.lines.len() - 1].0, line)).is_ok();
            joins(looks, pairs, old, &unit, span, known, below_kicker, runs[unit.run].len())
        });
        if how.is_none() {
            below_kicker = out
                .last()
                .is_some_and(|o| o.run == unit.run && (o.couplet || crate::assign::is_kicker_form(&o.glyphs)));
        }
        match (how, out.last_mut()) {
            (Some(Join::After(space)), Some(old)) => {
                for (k, &(line, s)) in unit.lines.iter().enumerate() {
                    old.push(raw, line, unit.blocks.1, if k == 0 { space } else { s });
                }
            }
            (Some(Join::Before), Some(old)) => {
                old.lines.prepend(&unit.lines);
                old.glyphs.to_mut().splice(0..0, unit.glyphs.iter().copied());
                old.blocks.1 = unit.blocks.1;
            }
            _ => out.push(unit),
        }
    }
    out
}

/// True if a break tears a word of the page between two lines of like length: a headline on two lines, whatever its
/// second half alone would fit.
fn is_torn(pairs: &Pairs, old: &Unit, new: &Unit, seen: &[(u32, u32)]) -> bool {
    old.glyphs.len().abs_diff(new.glyphs.len()) <= 4
        && (seen.binary_search(&(old.lines[old.lines.len() - 1].0, new.lines[0].0)).is_ok()
            || reads_on(pairs, &old.glyphs, &new.glyphs))
}

/// True if the characters at a break say that the lines run on. A character that ends no line ends one as the last of a
/// longer word: 女闯将, 议国是.
fn reads_on(pairs: &Pairs, old: &[Glyph], new: &[Glyph]) -> bool {
    let word = old.last().is_some_and(|g| never_last(g.c)) && ends_in_word(old);
    runs_on(pairs, old, new) - if word { NEVER_LAST } else { 0.0 } >= 0.6
}

/// How a unit joins the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// It follows, with a space or without.
    After(bool),
    /// It was printed below but comes first.
    Before,
}

impl Unit<'_> {
    fn push(&mut self, raw: &Raw, line: u32, block: usize, space: bool) {
        self.lines.push((line, space));
        self.glyphs.to_mut().extend_from_slice(raw.lines[line as usize].of(&raw.glyphs));
        self.blocks.1 = block;
        self.couplet |= space;
    }
}

/// Most characters of a headline that is joined of two lines.
const MOST_CHARACTERS: usize = 44;

/// True if a line cannot begin a unit of its own.
fn must_join(raw: &Raw, looks: &[Look], unit: &Unit, line: u32) -> bool {
    let last_line = unit.lines[unit.lines.len() - 1].0;
    if let Some(geometry) = &raw.geometry
        && geometry.line(raw, last_line).zone == geometry.line(raw, line).zone
        && geometry.rank(raw, line) >= 115
    {
        return unit.lines.len() < 4 && !dash(&raw.lines[line as usize].of(&raw.glyphs)[0]);
    }
    let new = raw.lines[line as usize].of(&raw.glyphs);
    if unit.glyphs.len() > 60 || dash(&new[0]) {
        return false;
    }
    // Set vertically, one character a line.
    if new.len() == 1 && raw.lines[last_line as usize].len() == 1 && unit.lines.len() < 20 {
        return true;
    }
    if unit.lines.len() > 3 {
        return false;
    }
    let one_size = raw.geometry.as_ref().is_none_or(|g| g.like_size(raw, last_line, line));
    let fits = unit.glyphs.len() + new.len() <= MOST_CHARACTERS && !ends_with_holder(&unit.glyphs);
    if one_size && fits && tears(&unit.glyphs, new) {
        return true;
    }
    let last = unit.glyphs[unit.glyphs.len() - 1].c;
    // 县农办： / 先把渠修通; 春耕路上—— / 干部下乡记.
    let hangs =
        unit.glyphs.len() <= 16 && (looks[last_line as usize].end == End::Colon || matches!(last, '—' | '─' | '―'));
    // 任命： opens a list, not a headline.
    let listed = looks[line as usize].end == End::Stop;
    hangs && !listed
        || matches!(looks[last_line as usize].end, End::Comma | End::Open)
        || unit.lines.len() == 1 && is_unclosed(&unit.glyphs) && new.iter().any(|g| g.class == Class::Close)
        || matches!(new[0].class, Class::Close | Class::Comma)
}

/// True if a line of large type is the second half of a headline on two lines of one length.
fn halves_on_paper(raw: &Raw, unit: &Unit, line: u32) -> bool {
    let (old, new) = (raw.lines[unit.lines[0].0 as usize].len(), raw.lines[line as usize].len());
    let large = raw.geometry.as_ref().is_some_and(|g| g.rank(raw, line) >= 115);
    large && unit.lines.len() == 1 && old == new && old >= 4
}

fn dash(g: &Glyph) -> bool {
    matches!(g.c, '—' | '─' | '―')
}

/// Two to four parts of like length parted by gaps: 重视学习 提升能力, 听民声 解民难 聚民心.
pub(crate) fn is_couplet(glyphs: &[Glyph], look: &Look) -> bool {
    if !(1..=3).contains(&look.gaps) {
        return false;
    }
    let (mut least, mut most, mut length) = (usize::MAX, 0, 0);
    for (i, g) in glyphs.iter().enumerate() {
        if i > 0 && g.gap > 0 {
            (least, most) = (least.min(length), most.max(length));
            length = 0;
        }
        length += 1;
    }
    (least, most) = (least.min(length), most.max(length));
    least >= 3 && most - least <= 1
}

/// Whether a unit goes on with the one before.
#[expect(clippy::too_many_arguments, reason = "each is one piece of evidence")]
fn joins(
    looks: &[Look],
    pairs: &Pairs,
    old: &Unit,
    new: &Unit,
    span: bool,
    known: bool,
    below_kicker: bool,
    run: usize,
) -> Option<Join> {
    let (a, b) = (&looks[old.lines[old.lines.len() - 1].0 as usize], &looks[new.lines[0].0 as usize]);
    let gapped = a.gaps > 0 || b.gaps > 0;
    if old.lines.len() >= 3
        || old.glyphs.len() + new.glyphs.len() > MOST_CHARACTERS
        || dash(&new.glyphs[0])
        || dash(&old.glyphs[0])
    {
        return None;
    }
    // 王某某在调研时强调 is complete, and so is 李某某主持.
    if crate::assign::is_kicker_form(&old.glyphs) || attends(&new.glyphs) {
        return None;
    }
    if subject_and_predicate(&old.glyphs, &new.glyphs) {
        return Some(Join::After(false));
    }
    if subject_and_predicate(&new.glyphs, &old.glyphs) {
        return Some(Join::Before);
    }
    if leans(&old.glyphs, &new.glyphs) || !gapped && (wants_object(&old.glyphs) || acts(&old.glyphs, &new.glyphs)) {
        return Some(Join::After(false));
    }
    // A couplet printed with its gap on one line is complete.
    if gapped {
        return None;
    }
    if span || reads_on(pairs, &old.glyphs, &new.glyphs) {
        return Some(Join::After(false));
    }
    // A place alone above what happens there: 洮阳 / “树上银行”开了张.
    if known && old.lines.len() == 1 && (2..=3).contains(&old.glyphs.len()) && new.glyphs.len() >= 5 {
        return Some(Join::After(true));
    }
    // Two lines of one length, alone or with one line more, are halves of one headline.
    let halves = a.width == b.width && (8..=22).contains(&a.width) && old.lines.len() == 1 && new.lines.len() == 1;
    // Below a kicker, two lines of about one length are one main headline.
    let pair = below_kicker && a.width.abs_diff(b.width) <= 4 && a.width.max(b.width) <= 16 && old.lines.len() == 1;
    (halves && run <= 3 || pair).then_some(Join::After(true))
}

/// An opening bracket or quotation mark that is not closed.
fn is_unclosed(glyphs: &[Glyph]) -> bool {
    let mut depth = 0i32;
    for g in glyphs {
        match g.class {
            Class::Open => depth += 1,
            Class::Close => depth -= 1,
            _ => {}
        }
    }
    depth > 0
}

/// Pairs of display lines whose joint is printed somewhere in a paragraph, three characters across it; sorted.
fn spans_seen(raw: &Raw, blocks: &[Block], sightings: &Sightings, runs: &[Run]) -> Vec<(u32, u32)> {
    // The last two characters of each joint, as a number, the one before them, and the lines.
    let mut wanted: Vec<(u32, char, (u32, u32))> = Vec::new();
    for w in runs.iter().flat_map(|r| r.windows(2)) {
        let (x, y) = (blocks[w[0]].lines[0], blocks[w[1]].lines[0]);
        let (a, b) = (raw.lines[x as usize].of(&raw.glyphs), raw.lines[y as usize].of(&raw.glyphs));
        if a.len() < 3 || b.len() < 3 {
            continue;
        }
        let n = a.len();
        for t in [[a[n - 2].c, a[n - 1].c, b[0].c], [a[n - 1].c, b[0].c, b[1].c]] {
            wanted.extend(sightings.pair(t[1], t[2]).map(|pair| (pair, t[0], (x, y))));
        }
    }
    let mut out = Vec::new();
    if wanted.is_empty() {
        return out;
    }
    wanted.sort_unstable();
    let mut ends = vec![false; sightings.pairs()];
    for w in &wanted {
        ends[w.0 as usize] = true;
    }
    for s in sightings.all().iter().filter(|s| ends[s.pair as usize]) {
        let from = wanted.partition_point(|w| (w.0, w.1) < (s.pair, s.before));
        let alike = wanted[from..].iter().take_while(|w| (w.0, w.1) == (s.pair, s.before));
        out.extend(alike.map(|w| w.2));
    }
    out.sort_unstable();
    out.dedup();
    out
}
