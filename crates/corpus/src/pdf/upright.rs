//! Text that runs downwards: told by the font, or by the places of its characters.
//!
//! Many programs set a vertical headline character by character in horizontal mode, in any order. Then its
//! characters stand closer below each other than beside each other or to anything of their size.

use super::device::Sign;

/// Least characters of a column that is told by its places alone.
const LEAST: usize = 3;
/// Signs of a row up to this many ems apart are a line along it.
const BESIDE: f32 = 0.12;
/// Width of the stripes in which signs below each other are looked for, in points.
const STRIPE: f32 = 3.0;
/// Signs of a stripe that are looked at; a hostile page has thousands at one place.
const MOST_LOOKED_AT: usize = 8;

/// For each sign whether it belongs to a line that runs downwards.
pub(super) fn upright(signs: &[Sign]) -> Vec<bool> {
    let mut out: Vec<bool> = signs.iter().map(|s| s.vertical).collect();
    let apart = apart(signs);
    let mut sizes: Vec<f32> = signs.iter().map(|s| s.size).collect();
    sizes.sort_by(f32::total_cmp);
    let Some(&body) = sizes.get(sizes.len() / 2) else { return out };
    // By stripe and height, so that what stands below a sign is found at once.
    let stripe = |x: f32| (x / STRIPE).floor() as i32;
    let mut places: Vec<(i32, f32, usize)> = (0..signs.len())
        .filter(|&i| apart[i] > BESIDE * signs[i].size)
        .map(|i| (stripe(middle(&signs[i])), signs[i].y, i))
        .collect();
    places.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let below = |i: usize| {
        let s = &signs[i];
        let farthest = if s.size < 1.3 * body { 1.7 } else { 2.3 };
        let stripes = stripe(middle(s) - 0.3 * s.size)..=stripe(middle(s) + 0.3 * s.size);
        let near = stripes.flat_map(|k| {
            let from = places.partition_point(|p| (p.0, p.1) < (k, s.y + 0.7 * s.size));
            places[from..].iter().take(MOST_LOOKED_AT).take_while(move |p| p.0 == k).map(|p| p.2)
        });
        let fits = |&b: &usize| {
            let t = &signs[b];
            let step = (t.y - s.y) / s.size;
            (middle(s) - middle(t)).abs() < 0.3 * s.size
                && (0.7..farthest).contains(&step)
                && (s.size - t.size).abs() < 0.1 * s.size
                && (step - 0.95) * s.size < apart[i].min(apart[b])
        };
        near.filter(fits).min_by(|&a, &b| signs[a].y.total_cmp(&signs[b].y).then(a.cmp(&b)))
    };
    let mut next: Vec<Option<usize>> = vec![None; signs.len()];
    let mut has_above = vec![false; signs.len()];
    for &(_, _, i) in &places {
        if let Some(b) = below(i).filter(|&b| !has_above[b]) {
            (next[i], has_above[b]) = (Some(b), true);
        }
    }
    for &(_, _, first) in places.iter().filter(|p| !has_above[p.2]) {
        let chain: Vec<usize> = std::iter::successors(Some(first), |&i| next[i]).collect();
        if chain.len() >= LEAST {
            chain.into_iter().for_each(|i| out[i] = true);
        }
    }
    out
}

fn middle(sign: &Sign) -> f32 {
    sign.x + sign.advance / 2.0
}

/// How far each sign is from the nearest of its size beside it; 0 for blanks.
fn apart(signs: &[Sign]) -> Vec<f32> {
    let mut order: Vec<usize> = (0..signs.len()).filter(|&i| !signs[i].c.is_whitespace()).collect();
    order.sort_by(|&a, &b| signs[a].y.total_cmp(&signs[b].y).then(a.cmp(&b)));
    let mut out = vec![0.0; signs.len()];
    let mut from = 0;
    for n in 1..=order.len() {
        let first = &signs[order[from]];
        if n < order.len() && signs[order[n]].y - first.y < 0.25 * first.size {
            continue;
        }
        let row = &mut order[from..n];
        row.sort_by(|&a, &b| signs[a].x.total_cmp(&signs[b].x).then(a.cmp(&b)));
        let gap = |a: usize, b: usize| {
            let (s, t) = (&signs[a], &signs[b]);
            let like = (s.size - t.size).abs() < 0.3 * s.size.max(t.size);
            if like { t.x - s.x - s.advance } else { f32::MAX }
        };
        for k in 0..row.len() {
            let left = k.checked_sub(1).map_or(f32::MAX, |p| gap(row[p], row[k]));
            let right = row.get(k + 1).map_or(f32::MAX, |&t| gap(row[k], t));
            out[row[k]] = left.min(right);
        }
        from = n;
    }
    out
}
