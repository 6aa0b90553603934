//! Which of overlapping mentions stay.
//!
//! A couplet goes before a quoted or numbered phrase, these before a fixed one, and a series last; but a
//! series that holds a fixed phrase as a member stays and the fixed one goes, unless it is a core
//! formulation: those count wherever they stand.

use crate::finding::Kind;
use crate::found::Found;
use crate::text::HAN;

/// Sorts mentions by place and drops the losers.
pub(crate) fn settle(text: &str, found: &mut Vec<Found>) {
    found.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end), rank(f)));
    found.dedup_by(|later, earlier| later.start == earlier.start && later.end == earlier.end);
    let mut keep = vec![true; found.len()];
    for i in 0..found.len() {
        for j in i + 1..found.len() {
            if found[j].start >= found[i].end {
                break;
            }
            if found[i].overlaps(&found[j]) {
                match loser(text, &found[i], &found[j]) {
                    Some(true) => keep[i] = false,
                    Some(false) => keep[j] = false,
                    None => {}
                }
            }
        }
    }
    let mut kept = keep.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
}

/// Keeps those of `words` that no mention of `found` overlaps.
pub(crate) fn outside(found: &[Found], words: &mut Vec<Found>) {
    if words.is_empty() {
        return;
    }
    // Mentions in order of their starts may hold others: what counts is how far any of them reaches.
    let mut reach: Vec<(usize, usize)> = found.iter().map(|f| (f.start, f.end)).collect();
    reach.sort_unstable();
    let mut farthest = 0;
    for (_, end) in &mut reach {
        farthest = farthest.max(*end);
        *end = farthest;
    }
    words.retain(|w| {
        let before = reach.partition_point(|&(start, _)| start < w.end);
        before == 0 || reach[before - 1].1 <= w.start
    });
}

fn rank(f: &Found) -> u8 {
    match f.kind {
        Kind::Couplet => 0,
        Kind::Quoted | Kind::Numbered => 1,
        Kind::Fixed => 2,
        Kind::Series => 3,
    }
}

/// True if `a` goes, false if `b` goes, none if both stay.
fn loser(text: &str, a: &Found, b: &Found) -> Option<bool> {
    if a.half || b.half || a.core && b.contains(a) || b.core && a.contains(b) {
        return None;
    }
    // A numbered phrase inside a longer formulation or couplet says nothing of its own.
    let pair = (a.kind, b.kind);
    if matches!(pair, (Kind::Fixed, Kind::Series) | (Kind::Series, Kind::Fixed)) {
        let (fixed, series, fixed_is_a) = if a.kind == Kind::Fixed { (a, b, true) } else { (b, a, false) };
        // 习近平法治思想、总体国家安全观 are two formulations and no series.
        let length = fixed.end - fixed.start;
        // 稳增长、稳就业、稳物价 is the formulation, whatever else the run takes in.
        // 硬化、净化、绿化 is the run, though a lexicon has 净化、绿化.
        let before = fixed.start - series.start.min(fixed.start);
        let after = series.end.max(fixed.end) - fixed.end;
        let mark = ['、', '，'];
        let parted = before <= 4 * HAN
            && after <= 4 * HAN
            && (before == 0 || text[..fixed.start].ends_with(mark))
            && (after == 0 || text[fixed.end..].starts_with(mark));
        let most = fixed.joined && !parted && length * 3 >= (series.end - series.start) * 2;
        let inside = series.contains(fixed) && (length < 6 * HAN || fixed.joined) && !most;
        return Some(if inside { fixed_is_a } else { !fixed_is_a });
    }
    if rank(a) == rank(b) || a.contains(b) != b.contains(a) && rank(a).max(rank(b)) <= 2 {
        // The longer one of a kind, or the outer one, wins.
        let (len_a, len_b) = (a.end - a.start, b.end - b.start);
        return Some(len_a < len_b);
    }
    Some(rank(a) > rank(b))
}
