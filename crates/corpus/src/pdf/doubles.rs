//! Signs that are printed twice, to make them bold or give them a shadow.

use super::device::Sign;

/// Copies are at most so many ems off.
const OFF: f32 = 0.3;
/// Signs at one place that are looked at; a hostile page has thousands.
const MOST_LOOKED_AT: usize = 64;

/// Each sign once, in the order in which they were drawn. Blanks stay.
pub(super) fn once(signs: Vec<Sign>) -> Vec<Sign> {
    let mut order: Vec<usize> = (0..signs.len()).filter(|&i| !signs[i].c.is_whitespace()).collect();
    order.sort_by(|&a, &b| {
        (signs[a].c, signs[a].turns).cmp(&(signs[b].c, signs[b].turns)).then(signs[a].x.total_cmp(&signs[b].x))
    });
    let mut copy = vec![false; signs.len()];
    for (n, &i) in order.iter().enumerate() {
        let s = &signs[i];
        let near = order[n + 1..].iter().take(MOST_LOOKED_AT);
        for &k in near.take_while(|&&k| signs[k].c == s.c && signs[k].x - s.x < OFF * s.size) {
            let t = &signs[k];
            if (t.y - s.y).abs() < OFF * s.size && (t.size - s.size).abs() < 0.1 * s.size && t.turns == s.turns {
                // The one that was drawn later.
                copy[i.max(k)] = true;
            }
        }
    }
    let mut copy = copy.into_iter();
    signs.into_iter().filter(|_| !copy.next().unwrap_or_default()).collect()
}
