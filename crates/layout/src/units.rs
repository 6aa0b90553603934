//! Display lines put together into headline units: a wrapped headline is one unit, a kicker another.

use std::collections::BTreeMap;

use crate::blocks::{Block, Sort};
use crate::content::{Pairs, runs_on};
use crate::glyphs::{Class, Glyph, Line, Raw};
use crate::lines::{End, Look};

/// A headline unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its lines, each with whether a space parts it from the line before (couplet halves).
    pub(crate) lines: Vec<(u32, bool)>,
    /// First and last block.
    pub(crate) blocks: (usize, usize),
    /// Index of its run.
    pub(crate) run: usize,
    /// All its glyphs.
    pub(crate) glyphs: Vec<Glyph>,
    /// True if it is two halves of like length, with a gap or on two lines.
    pub(crate) couplet: bool,
}

/// Cuts runs of display lines into units.
pub(crate) fn units(raw: &Raw, looks: &[Look], pairs: &Pairs, blocks: &[Block], runs: &[Vec<usize>]) -> Vec<Unit> {
    let seen = spans_seen(raw, blocks, runs);
    let mut out: Vec<Unit> = Vec::new();
    for (r, run) in runs.iter().enumerate() {
        let from = out.len();
        for (n, &b) in run.iter().enumerate() {
            let line = blocks[b].lines[0];
            let glyphs = raw.lines[line as usize].of(&raw.glyphs);
            if n > 0 && out.len() > from && out[out.len() - 1].blocks.1 + 1 == b {
                let unit = &out[out.len() - 1];
                let span = seen.contains(&(unit.lines[unit.lines.len() - 1].0, line));
                if let Some(space) = joins(raw, looks, pairs, unit, line, span, run.len()) {
                    let last = out.len() - 1;
                    let unit = &mut out[last];
                    unit.lines.push((line, space));
                    unit.glyphs.extend_from_slice(glyphs);
                    unit.blocks.1 = b;
                    unit.couplet |= space;
                    continue;
                }
            }
            let couplet = is_couplet(glyphs, &looks[line as usize]);
            out.push(Unit { lines: vec![(line, false)], blocks: (b, b), run: r, glyphs: glyphs.to_vec(), couplet });
        }
    }
    out
}

/// Two halves of like length parted by a gap.
pub(crate) fn is_couplet(glyphs: &[Glyph], look: &Look) -> bool {
    if look.gaps != 1 {
        return false;
    }
    let at = glyphs.iter().skip(1).position(|g| g.gap > 0).map_or(0, |i| i + 1);
    at.abs_diff(glyphs.len() - at) <= 1 && at >= 4
}

/// Whether a display line goes on with the unit before: with a space (`Some(true)`), without, or not.
fn joins(raw: &Raw, looks: &[Look], pairs: &Pairs, unit: &Unit, line: u32, span: bool, run: usize) -> Option<bool> {
    let last_line = unit.lines[unit.lines.len() - 1].0;
    let (a, b) = (&looks[last_line as usize], &looks[line as usize]);
    let (old, new) = (&unit.glyphs, raw.lines[line as usize].of(&raw.glyphs));
    if unit.lines.len() >= 3 && new.len() > 1 || unit.glyphs.len() > 60 {
        return None;
    }
    if new.len() == 1 && raw.lines[last_line as usize].len() == 1 {
        // Set vertically, one character a line.
        return Some(false);
    }
    let dash = |g: &Glyph| matches!(g.c, '—' | '─' | '―');
    if dash(&new[0]) {
        return None;
    }
    if matches!(a.end, End::Comma | End::Open) || is_unclosed(old) {
        return Some(false);
    }
    if matches!(new[0].class, Class::Close | Class::Comma) {
        return Some(false);
    }
    if span || runs_on(pairs, old, new) >= 1.5 {
        return Some(false);
    }
    if subject_and_predicate(old, new) {
        return Some(false);
    }
    // Two lines of one length alone, or with one line more, are halves of one headline.
    let halves =
        a.width == b.width && a.gaps == 0 && b.gaps == 0 && (8..=22).contains(&a.width) && unit.lines.len() == 1;
    if halves && run <= 3 && !dash(&old[0]) {
        return Some(true);
    }
    None
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

/// A body on one line and what it does on the next: 河洮县政协 / 召开全体会议.
fn subject_and_predicate(old: &[Glyph], new: &[Glyph]) -> bool {
    const VERBS: &[&str] = &[
        "召开", "举行", "开展", "举办", "出台", "推进", "打造", "启动", "部署", "调研", "视察", "走访", "慰问", "组织",
        "实施", "建成", "获得", "荣获", "通过", "公布", "发布", "印发", "签署", "出席", "会见", "主持", "考察", "强调",
        "要求", "召開", "舉行", "舉辦", "開展", "推出", "完成", "加强", "深入", "积极", "全面", "大力", "扎实", "再创",
        "喜获", "喜迎", "力争",
    ];
    let text: String = new.iter().take(2).map(|g| g.c).collect();
    let body = matches!(
        old.last().map(|g| g.c),
        Some(
            '会' | '會'
                | '协'
                | '協'
                | '委'
                | '府'
                | '局'
                | '市'
                | '县'
                | '縣'
                | '区'
                | '區'
                | '省'
                | '州'
                | '镇'
                | '乡'
                | '村'
                | '厂'
                | '院'
                | '校'
                | '部'
                | '厅'
                | '司'
                | '团'
                | '处'
                | '办'
                | '社'
        )
    );
    old.len() <= 12 && body && VERBS.contains(&text.as_str())
}

/// Pairs of display lines whose joint is printed somewhere in a paragraph: three characters across it.
fn spans_seen(raw: &Raw, blocks: &[Block], runs: &[Vec<usize>]) -> std::collections::BTreeSet<(u32, u32)> {
    let mut wanted: BTreeMap<[char; 3], Vec<(u32, u32)>> = BTreeMap::new();
    let mut filter = vec![false; 1 << 12];
    let hash = |t: &[char; 3]| (t[0] as usize * 31 + t[1] as usize * 7 + t[2] as usize) & ((1 << 12) - 1);
    let of = |l: u32| -> &[Glyph] { raw.lines[l as usize].of(&raw.glyphs) };
    for w in runs.iter().flat_map(|r| r.windows(2)) {
        let (x, y) = (blocks[w[0]].lines[0], blocks[w[1]].lines[0]);
        let (a, b): (&Line, &Line) = (&raw.lines[x as usize], &raw.lines[y as usize]);
        if a.len() < 3 || b.len() < 3 {
            continue;
        }
        let (a, b) = (of(x), of(y));
        let n = a.len();
        for t in [[a[n - 2].c, a[n - 1].c, b[0].c], [a[n - 1].c, b[0].c, b[1].c]] {
            filter[hash(&t)] = true;
            wanted.entry(t).or_default().push((x, y));
        }
    }
    let mut out = std::collections::BTreeSet::new();
    if wanted.is_empty() {
        return out;
    }
    for block in blocks.iter().filter(|b| b.sort == Sort::Para) {
        for &l in &block.lines {
            for w in of(l).windows(3) {
                let t = [w[0].c, w[1].c, w[2].c];
                if filter[hash(&t)] {
                    if let Some(found) = wanted.get(&t) {
                        out.extend(found.iter().copied());
                    }
                }
            }
        }
    }
    out
}
