//! Characters put together to the printed lines of one column each.
//!
//! Nothing is taken from the order in which the page was drawn but the hint that a headline runs
//! downwards: lines are characters on one baseline, and a gap between two of them parts columns if the
//! lines above and below leave it free, too.

use super::device::Sign;
use super::place::Place;

/// A printed line, or the part of one that stands in a column.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) place: Place,
    pub(super) size: f32,
    pub(super) text: String,
    /// Characters, spaces not counted.
    pub(super) count: usize,
    /// True if it runs across the direction of the page.
    pub(super) upright: bool,
}

/// Gaps up to this many ems never part columns.
const CLOSE: f32 = 0.5;
/// Gaps from this many ems on always do.
const WIDE: f32 = 3.0;
/// Without lines above and below, gaps up to this many ems are within a line.
const ALONE: f32 = 0.8;

/// Lines of the signs of a page. `upright` says which of them run downwards; `rules` are upright rules, which part columns.
pub(super) fn segments(signs: &[Sign], upright: &[bool], rules: &[Place]) -> Vec<Segment> {
    let of = |set: bool| signs.iter().zip(upright).filter(move |s| *s.1 == set).map(|s| *s.0);
    let along: Vec<Sign> = of(false).collect();
    let mut out = lines(along, rules, false);
    // Set downwards: the same, with the page turned on its side.
    let turned = of(true).map(|s| Sign { x: s.y - s.size, y: s.x + s.advance, advance: s.size, ..s });
    for mut line in lines(turned.collect(), &[], true) {
        let Place { x0, x1, y0, y1 } = line.place;
        line.place = Place { x0: y0, x1: y1, y0: x0, y1: x1 };
        out.push(line);
    }
    out
}

/// A row: signs on one baseline, from left to right.
struct Row {
    y: f32,
    signs: Vec<Sign>,
}

fn lines(mut signs: Vec<Sign>, rules: &[Place], upright: bool) -> Vec<Segment> {
    // Order of equal places as drawn: the sort is stable.
    signs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = Vec::new();
    for sign in signs {
        match rows.last_mut().filter(|r| sign.y - r.y < 0.25 * sign.size.min(r.signs[0].size)) {
            Some(row) => row.signs.push(sign),
            None => rows.push(Row { y: sign.y, signs: vec![sign] }),
        }
    }
    for row in &mut rows {
        row.signs.sort_by(|a, b| a.x.total_cmp(&b.x));
        blanks(&mut row.signs);
    }
    let mut out = Vec::new();
    for r in 0..rows.len() {
        let row = &rows[r];
        let mut start = 0;
        for i in 1..=row.signs.len() {
            if i < row.signs.len() && !parts(&rows, r, start, i, rules) {
                continue;
            }
            out.extend(segment(&row.signs[start..i], upright));
            start = i;
        }
    }
    out
}

/// Takes the blanks out of a row; what follows one is marked.
fn blanks(signs: &mut Vec<Sign>) {
    let mut blank = false;
    signs.retain_mut(|sign| {
        if sign.c.is_whitespace() {
            blank = true;
            return false;
        }
        sign.after_blank = std::mem::take(&mut blank);
        true
    });
}

/// True if the line ends before the sign `i` of a row.
fn parts(rows: &[Row], r: usize, start: usize, i: usize, rules: &[Place]) -> bool {
    let row = &rows[r];
    let (a, b) = (row.signs[i - 1], row.signs[i]);
    let em = a.size.max(b.size);
    let (left, right) = (a.x + a.advance, b.x);
    let gap = right - left;
    // Type of two sizes side by side is two things, unless it touches.
    if a.size.max(b.size) > 1.6 * a.size.min(b.size) && gap > 0.25 * em {
        return true;
    }
    if gap <= CLOSE * em {
        return HANGING.contains(&a.c) && gap > -0.3 * em && begins_column(rows, r, right, em);
    }
    let ruled =
        |p: &&Place| p.y0 < row.y && p.y1 > row.y - 0.5 * em && p.x0 > left - 0.2 * em && p.x1 < right + 0.2 * em;
    if gap >= WIDE * em || rules.iter().any(|p| ruled(&p)) {
        return true;
    }
    // 会 议 通 知: a line set with wide gaps all along.
    if spaced(&row.signs, start, i, gap) {
        return false;
    }
    let (mut free, mut blocked) = (0, 0);
    for towards in [-1isize, 1] {
        // Lines of the same text: of one size, each not far from the one before.
        let (mut seen, mut y, mut k) = (0, row.y, r as isize + towards);
        while seen < 4 && k >= 0 && (k as usize) < rows.len() {
            let other = &rows[k as usize];
            if (other.y - y).abs() > 2.3 * em {
                break;
            }
            if let Some(open) = leaves_free(&other.signs, left, right, em) {
                (seen, y) = (seen + 1, other.y);
                if open { free += 1 } else { blocked += 1 }
            }
            k += towards;
        }
    }
    match (free, blocked) {
        (0, 0) => gap > ALONE * em,
        // One line that crosses may be a headline.
        (f, b) => f > b || f == b && gap > ALONE * em,
    }
}

/// Marks that may hang out of their column, over a gutter that is no wider.
const HANGING: [char; 14] = ['，', '。', '、', '；', '：', '！', '？', '”', '’', '）', '》', '」', '』', '．'];

/// True if lines above and below a row leave a gutter free before `x` and begin there.
fn begins_column(rows: &[Row], r: usize, x: f32, em: f32) -> bool {
    let near = 0.15 * em;
    let (mut free, mut blocked) = (0, 0);
    for towards in [-1isize, 1] {
        let (mut seen, mut y, mut k) = (0, rows[r].y, r as isize + towards);
        while seen < 4 && k >= 0 && (k as usize) < rows.len() && (rows[k as usize].y - y).abs() <= 2.3 * em {
            let signs = &rows[k as usize].signs;
            let from = signs.partition_point(|s| s.x < x - near);
            let like = |s: &&Sign| (s.size - em).abs() < 0.2 * em;
            let before = from.checked_sub(1).map(|b| &signs[b]).filter(like).map(|s| s.x + s.advance);
            let behind = signs.get(from).filter(like).map(|s| s.x);
            if let (Some(end), Some(start)) = (before, behind) {
                (seen, y) = (seen + 1, rows[k as usize].y);
                if end > x - CLOSE * em + near {
                    blocked += 1;
                } else if start < x + 2.6 * em {
                    // Or there is the indent of a paragraph.
                    free += 1;
                }
            }
            k += towards;
        }
    }
    free >= 2 && free > 2 * blocked
}

/// True if the gap before sign `i` is like those between the signs around it.
fn spaced(signs: &[Sign], start: usize, i: usize, gap: f32) -> bool {
    let between = |k: usize| signs[k].x - signs[k - 1].x - signs[k - 1].advance;
    let near = |k: usize| (between(k) - gap).abs() <= 0.25 * gap;
    let before = (start + 1..i).rev().take(4).take_while(|&k| near(k)).count();
    let after = (i + 1..signs.len()).take(4).take_while(|&k| near(k)).count();
    before + after >= 2
}

/// Whether a row leaves a part of a gap free that is wide enough to part columns; none if it has nothing there.
/// The last line of a paragraph leaves more free than the gutter.
fn leaves_free(signs: &[Sign], left: f32, right: f32, em: f32) -> Option<bool> {
    let least = (CLOSE * em).min(0.6 * (right - left));
    let reach = 8.0 * em;
    let like = |s: &Sign| (s.size - em).abs() < 0.2 * em;
    let from = signs.partition_point(|s| s.x + s.advance <= left);
    let before = from.checked_sub(1).map(|k| &signs[k]).filter(|s| s.x + s.advance > left - reach && like(s));
    let mut edge = left;
    let mut seen = before.is_some();
    for s in &signs[from..] {
        if s.x - edge >= least || right - edge < least {
            break;
        }
        edge = s.x + s.advance;
        seen |= like(s);
    }
    let behind = signs[from..].iter().take_while(|s| s.x < right + reach).any(|s| s.x + s.advance > right && like(s));
    (seen && behind).then_some(right - edge >= least)
}

/// The segment of some signs; none if it is blank.
fn segment(signs: &[Sign], upright: bool) -> Option<Segment> {
    let (first, last) = (signs.first()?, signs.last()?);
    let mut sizes: Vec<f32> = signs.iter().map(|s| s.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes[sizes.len() / 2];
    let ascent = signs.iter().map(|s| s.y - 0.88 * s.size).fold(f32::MAX, f32::min);
    let place = Place { x0: first.x, x1: last.x + last.advance, y0: ascent, y1: last.y + 0.12 * size };
    let mut gaps: Vec<f32> = signs.windows(2).map(|w| w[1].x - w[0].x - w[0].advance).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0).max(0.0);
    let mut text = String::new();
    let mut end: Option<&Sign> = None;
    for sign in signs {
        if let Some(end) = end {
            let gap = sign.x - end.x - end.advance;
            let narrow = |c: char| c.is_ascii_alphanumeric();
            let least = if narrow(end.c) && narrow(sign.c) { 0.16 } else { 0.35 };
            // A blank that takes no room is none.
            if gap > usual + least * size || sign.after_blank && gap > usual + 0.12 * size {
                text.push(' ');
            }
        }
        text.push(sign.c);
        end = Some(sign);
    }
    Some(Segment { place, size, text, count: sizes.len(), upright })
}
