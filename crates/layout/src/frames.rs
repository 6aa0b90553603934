//! Headline lines that stand together between two empty lines.

use crate::glyphs::Raw;
use crate::units::Unit;

/// Most lines of a headline group that is told from a list by its frame.
pub(crate) const MOST_FRAMED: usize = 3;

/// For each unit, which frame it stands in: a few units with an empty line above and below and none between.
pub(crate) fn frames(raw: &Raw, units: &[Unit]) -> Vec<Option<usize>> {
    let blank = |line: u32| raw.lines.get(line as usize).is_none_or(|l| l.blank);
    let first = |u: &Unit| u.lines.iter().map(|l| l.0).min().unwrap_or(0);
    let last = |u: &Unit| u.lines.iter().map(|l| l.0).max().unwrap_or(0);
    let mut out = vec![None; units.len()];
    let mut start = 0;
    for end in 1..=units.len() {
        if end < units.len() && last(&units[end - 1]) + 1 == first(&units[end]) && !blank(first(&units[end])) {
            continue;
        }
        let frame = &units[start..end];
        if (2..=MOST_FRAMED).contains(&frame.len())
            && (first(&frame[0]) == 0 || blank(first(&frame[0])))
            && blank(last(&frame[frame.len() - 1]) + 1)
        {
            out[start..end].fill(Some(start));
        }
        start = end;
    }
    out
}
