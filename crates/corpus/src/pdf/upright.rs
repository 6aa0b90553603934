//! Text that runs downwards: told by the font, or by the places of its characters.
//!
//! Many programs set a vertical headline character by character in horizontal mode. Then each
//! character stands right below the one drawn before it, and none right beside it.

use super::device::Sign;

/// Least characters of a column that is told by its places alone.
const LEAST: usize = 3;

/// Columns that are looked at: each costs a walk over the page, and a hostile page has tens of thousands.
const MOST_LOOKED_AT: usize = 2000;

/// For each sign whether it belongs to a line that runs downwards.
pub(super) fn upright(signs: &[Sign]) -> Vec<bool> {
    let mut out: Vec<bool> = signs.iter().map(|s| s.vertical).collect();
    let (mut start, mut looked_at) = (0, 0);
    for i in 1..=signs.len() {
        if i < signs.len() && below(&signs[i - 1], &signs[i]) {
            continue;
        }
        if i - start >= LEAST && looked_at < MOST_LOOKED_AT {
            looked_at += 1;
            if !beside(signs, start, i) {
                out[start..i].fill(true);
            }
        }
        start = i;
    }
    out
}

/// True if `b` stands right below `a`, in the same type.
fn below(a: &Sign, b: &Sign) -> bool {
    let (middle_a, middle_b) = (a.x + a.advance / 2.0, b.x + b.advance / 2.0);
    let step = (b.y - a.y) / a.size.max(0.01);
    (middle_a - middle_b).abs() < 0.3 * a.size
        && (0.7..2.3).contains(&step)
        && (a.size - b.size).abs() < 0.1 * a.size
        && !a.c.is_whitespace()
}

/// True if the signs are the ends of lines: most have one of their size right before or behind them.
fn beside(signs: &[Sign], from: usize, to: usize) -> bool {
    let (top, bottom) = (signs[from].y, signs[to - 1].y);
    let size = signs[from].size;
    let (left, right) = (signs[from].x, signs[from].x + signs[from].advance);
    let near = signs.iter().enumerate().filter(|(k, s)| {
        !(from..to).contains(k)
            && !s.c.is_whitespace()
            && s.y > top - 0.3 * size
            && s.y < bottom + 0.3 * size
            && (s.size - size).abs() < 0.3 * size
            && (s.x + s.advance > left - 0.4 * size && s.x < left
                || s.x < right + 0.4 * size && s.x + s.advance > right)
    });
    2 * near.count() > to - from
}
