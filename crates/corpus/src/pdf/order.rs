//! The order in which the zones of a page are read.
//!
//! Headlines with their strips of columns ([`super::stories`]) are put in order by the two rules of T. M. Breuel, High performance document layout analysis (2003):
//! what shares a column with something below it comes first, and what lies to the left comes first if
//! nothing that shares columns with both lies between.

use std::collections::BTreeMap;

use super::place::Place;
use super::strips::{Strip, strips};
use super::zones::Zones;

/// Things that are put in order by the rules; more are no newspaper page and go from top to bottom.
const MOST: usize = 400;

/// The zones in reading order, each with the number of its strip.
pub(super) fn order(zones: &Zones, frames: &[Place]) -> Vec<(usize, usize)> {
    let strips = strips(zones);
    let parents: Vec<usize> = (0..frames.len()).map(|k| parent(frames, k)).collect();
    let mut out = Vec::new();
    frame(0, &strips, frames, &parents, &mut out);
    let zones_of = |s: usize| strips[s].columns.iter().flatten().map(move |&z| (z, s));
    out.into_iter().flat_map(zones_of).collect()
}

/// The inmost frame around another, from 1; 0 if there is none.
fn parent(frames: &[Place], k: usize) -> usize {
    let area = |k: usize| frames[k].width() * frames[k].height();
    let around = (0..frames.len()).filter(|&p| p != k && frames[p].holds(&frames[k]) && area(p) > area(k));
    around.min_by(|&a, &b| area(a).total_cmp(&area(b))).map_or(0, |p| p + 1)
}

/// Puts what stands in a frame in order: stories, each as a whole, and frames within it.
fn frame(id: usize, strips: &[Strip], frames: &[Place], parents: &[usize], out: &mut Vec<usize>) {
    enum Thing {
        Story(Vec<usize>),
        Frame(usize),
    }
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for s in (0..strips.len()).filter(|&s| strips[s].frame == id) {
        stories.entry(strips[s].story).or_default().push(s);
    }
    let around = |of: &[usize]| of.iter().skip(1).fold(strips[of[0]].place, |p, &s| p.with(&strips[s].place));
    let own = stories.into_values().map(|of| (around(&of), Thing::Story(of)));
    let inner = (0..frames.len()).filter(|&k| parents[k] == id).map(|k| (frames[k], Thing::Frame(k + 1)));
    let (places, things): (Vec<Place>, Vec<Thing>) = own.chain(inner).unzip();
    for k in sorted(&places) {
        match &things[k] {
            Thing::Story(of) => {
                let places: Vec<Place> = of.iter().map(|&s| strips[s].place).collect();
                out.extend(sorted(&places).into_iter().map(|n| of[n]));
            }
            Thing::Frame(k) => frame(*k, strips, frames, parents, out),
        }
    }
}

/// The order of some rectangles.
fn sorted(places: &[Place]) -> Vec<usize> {
    let n = places.len();
    let mut out: Vec<usize> = (0..n).collect();
    let level = |&a: &usize, &b: &usize| {
        places[a].y0.total_cmp(&places[b].y0).then(places[a].x0.total_cmp(&places[b].x0)).then(a.cmp(&b))
    };
    out.sort_by(level);
    if n > MOST {
        return out;
    }
    let mut waits: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut count = vec![0usize; n];
    for (a, waits) in waits.iter_mut().enumerate() {
        *waits = (0..n).filter(|&b| a != b && comes_before(places, a, b)).collect();
        waits.iter().for_each(|&b| count[b] += 1);
    }
    let mut left = out;
    let mut out: Vec<usize> = Vec::with_capacity(n);
    while !left.is_empty() {
        let last = out.last().map(|&k: &usize| places[k]);
        let free = |k: &&usize| count[**k] == 0;
        let under =
            left.iter().filter(free).find(|&&k| last.is_some_and(|l| l.shares_x(&places[k]) && places[k].y0 > l.y0));
        // In a circle the uppermost comes first.
        let chosen = under.or_else(|| left.iter().find(free)).copied().unwrap_or(left[0]);
        left.retain(|&k| k != chosen);
        out.push(chosen);
        count[chosen] = 0;
        for &b in &waits[chosen] {
            count[b] = count[b].saturating_sub(1);
        }
    }
    out
}

/// Breuel's two rules.
fn comes_before(places: &[Place], a: usize, b: usize) -> bool {
    let (p, q) = (&places[a], &places[b]);
    if p.shares_x(q) {
        // A headline beside which some of its columns reach up stands above the others.
        let level = |r: &Place| if p.common_y(q) > 0.0 { (r.y0 + r.y1) / 2.0 } else { r.y0 };
        return (level(p), p.y1, a) < (level(q), q.y1, b);
    }
    if p.x0 >= q.x0 {
        return false;
    }
    // Above to the left, or level.
    if p.common_y(q) > 0.0 || p.y1 <= q.y0 {
        return true;
    }
    !places
        .iter()
        .enumerate()
        .any(|(k, c)| k != a && k != b && c.y0 >= q.y1 - 1.0 && c.y1 <= p.y0 + 1.0 && c.shares_x(p) && c.shares_x(q))
}
