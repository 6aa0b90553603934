//! The order in which the zones of a page are read.
//!
//! Columns that stand side by side, of one width and with tops in a row, are a strip and are read from
//! left to right. A headline reaches as far as the strip it stands at. Strips and headlines are then
//! put in order by the two rules of T. M. Breuel, High performance document layout analysis (2003):
//! what shares a column with something below it comes first, and what lies to the left comes first if
//! nothing that shares columns with both lies between.

use super::place::Place;
use super::zones::{Zone, Zones};

/// Gutters are at most so many ems wide.
const GUTTER: f32 = 3.2;
/// Things that are put in order by the rules; more are no newspaper page and go from top to bottom.
const MOST: usize = 400;

/// Columns of zones, from left to right; each column from top to bottom.
#[derive(Debug)]
pub(super) struct Strip {
    columns: Vec<Vec<usize>>,
    place: Place,
    frame: usize,
    large: bool,
    upright: bool,
    size: f32,
}

/// The zones in reading order, each with the number of its strip.
pub(super) fn order(zones: &Zones, frames: &[Place]) -> Vec<(usize, usize)> {
    let mut strips = strips(zones);
    widen(&mut strips, zones);
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

/// Puts what stands in a frame in order, frames within it as a whole.
fn frame(id: usize, strips: &[Strip], frames: &[Place], parents: &[usize], out: &mut Vec<usize>) {
    #[derive(Clone, Copy)]
    enum Thing {
        Strip(usize),
        Frame(usize),
    }
    let own = (0..strips.len()).filter(|&s| strips[s].frame == id).map(|s| (Thing::Strip(s), strips[s].place));
    let inner = (0..frames.len()).filter(|&k| parents[k] == id).map(|k| (Thing::Frame(k + 1), frames[k]));
    let things: Vec<(Thing, Place)> = own.chain(inner).collect();
    let places: Vec<Place> = things.iter().map(|t| t.1).collect();
    for k in sorted(&places) {
        match things[k].0 {
            Thing::Strip(s) => out.push(s),
            Thing::Frame(k) => frame(k, strips, frames, parents, out),
        }
    }
}

/// Groups zones to strips.
fn strips(zones: &Zones) -> Vec<Strip> {
    let all = &zones.all;
    let em = zones.body;
    let mut by_left: Vec<usize> = (0..all.len()).collect();
    by_left.sort_by(|&a, &b| all[a].place.x0.total_cmp(&all[b].place.x0).then(all[a].top.total_cmp(&all[b].top)));
    let mut strips: Vec<Strip> = Vec::new();
    for z in by_left {
        let zone = &all[z];
        let plain = !zone.upright && !zones.is_large(zone);
        let like = |s: &&mut Strip| plain && !s.large && !s.upright && s.frame == zone.frame;
        let at = strips.iter_mut().filter(like).filter(|s| is_next_column(s, zone, all, zones));
        let fit = at.min_by(|a, b| (zone.place.x0 - a.place.x1).total_cmp(&(zone.place.x0 - b.place.x1)));
        match fit {
            Some(strip) => {
                strip.columns.push(vec![z]);
                strip.place = strip.place.with(&zone.place);
            }
            None => strips.push(Strip {
                columns: vec![vec![z]],
                place: zone.place,
                frame: zone.frame,
                large: zones.is_large(zone),
                upright: zone.upright,
                size: zone.size,
            }),
        }
    }
    let mut strips: Vec<Strip> = strips.into_iter().flat_map(|s| apart(s, zones)).collect();
    for _ in 0..4 {
        if !go_on(&mut strips, all, em, zones.leading) {
            break;
        }
    }
    strips
}

/// True if a zone is the next column of a strip.
fn is_next_column(strip: &Strip, zone: &Zone, all: &[Zone], zones: &Zones) -> bool {
    let last = &all[strip.columns[strip.columns.len() - 1][0]];
    let distance = zone.place.x0 - last.place.x1;
    let (narrow, wide) = (zone.place.width().min(last.place.width()), zone.place.width().max(last.place.width()));
    let like = narrow >= 0.93 * wide || zone.lines.len() <= 2 && zone.place.width() < 1.06 * last.place.width();
    let indent = if zone.lines.len() == 1 { 2.2 * zone.size } else { 0.0 };
    distance > -0.5
        && distance < GUTTER * zone.size + indent
        && (zone.size - last.size).abs() < 0.05 * zone.size
        && (zone.top - last.top).abs() < 0.6 * zones.leading
        && like
        && wide > 4.0 * zone.size
}

/// Cuts a strip where a gutter is wider than the others, and between two headlines that stand over it.
fn apart(strip: Strip, zones: &Zones) -> Vec<Strip> {
    let n = strip.columns.len();
    if n < 2 {
        return vec![strip];
    }
    let all = &zones.all;
    let of = |k: usize| &all[strip.columns[k][0]].place;
    // Columns begin a pitch apart; the right edge of a column without a full line lies.
    let gutters: Vec<f32> = (1..n).map(|k| of(k).x0 - of(k - 1).x1).collect();
    let least = gutters.iter().copied().fold(f32::MAX, f32::min);
    let mut cut: Vec<bool> =
        gutters.iter().map(|&g| n > 2 && g > 1.3 * least && g > least + 0.3 * zones.body).collect();
    let top = strip.place.y0;
    let over = |z: &&Zone| {
        zones.is_large(z)
            && !z.upright
            && z.frame == strip.frame
            && z.place.y1 < top + 0.5 * z.size
            && z.place.y1 > top - 4.0 * zones.leading - z.size
            && z.place.common_x(&strip.place) > 0.0
    };
    let mut heads: Vec<&Zone> = all.iter().filter(over).collect();
    heads.sort_by(|a, b| a.place.x0.total_cmp(&b.place.x0));
    for w in heads.windows(2) {
        let (from, to) = (w[0].place.x1, w[1].place.x0);
        if to <= from || w[0].place.common_y(&w[1].place) <= 0.0 && (w[0].top - w[1].top).abs() > 3.0 * w[0].size {
            continue;
        }
        let between = (1..n).filter(|&k| of(k - 1).x1 > from - zones.body && of(k).x0 < to + zones.body);
        let middle = (from + to) / 2.0;
        let score = |k: &usize| gutters[k - 1] * 4.0 - (of(*k).x0 - gutters[k - 1] / 2.0 - middle).abs();
        if let Some(k) = between.max_by(|a, b| score(a).total_cmp(&score(b))) {
            cut[k - 1] = true;
        }
    }
    let mut out = Vec::new();
    let mut columns = Vec::new();
    for (k, column) in strip.columns.into_iter().enumerate() {
        if k > 0 && cut[k - 1] {
            out.push(std::mem::take(&mut columns));
        }
        columns.push(column);
    }
    out.push(columns);
    let part = |columns: Vec<Vec<usize>>| {
        let first = all[columns[0][0]].place;
        let place = columns.iter().flatten().fold(first, |p, &z| p.with(&all[z].place));
        Strip { columns, place, ..strip }
    };
    out.into_iter().map(part).collect()
}

/// Takes into a strip what goes on below one of its columns: the text under a section heading, a picture or
/// a box. True if it did.
fn go_on(strips: &mut Vec<Strip>, all: &[Zone], em: f32, leading: f32) -> bool {
    for s in 0..strips.len() {
        let strip = &strips[s];
        if strip.large || strip.upright {
            continue;
        }
        for c in 0..strip.columns.len() {
            let last = &all[strip.columns[c][strip.columns[c].len() - 1]];
            let column = strip.columns[c].iter().fold(last.place, |p, &z| p.with(&all[z].place));
            let below = (0..strips.len()).filter(|&o| {
                let other = &strips[o];
                o != s
                    && other.frame == strip.frame
                    && other.place.y0 > last.place.y1 - 0.3 * em
                    && other.place.shares_x(&column)
            });
            let Some(o) = below.min_by(|&a, &b| strips[a].place.y0.total_cmp(&strips[b].place.y0)) else { continue };
            let other = &strips[o];
            let inside = other.place.x0 > column.x0 - 0.4 * em && other.place.x1 < column.x1 + 1.2 * em;
            // The other columns of the strip go on beside it.
            let beside = strip.columns.len() > 1 && strip.place.y1 > other.place.y0 + leading;
            let close = other.place.y0 - last.place.y1 < 1.6 * leading;
            let fits = if other.large { beside && close } else { beside || close && strip.columns.len() == 1 };
            if other.columns.len() == 1 && !other.upright && inside && fits {
                let gone = strips.remove(o);
                let s = if o < s { s - 1 } else { s };
                let strip = &mut strips[s];
                strip.columns[c].extend(gone.columns.into_iter().flatten());
                strip.place = strip.place.with(&gone.place);
                go_on(strips, all, em, leading);
                return true;
            }
        }
    }
    false
}

/// Lets headlines reach as far as the columns they stand at.
fn widen(strips: &mut [Strip], zones: &Zones) {
    let wide: Vec<Place> = (0..strips.len())
        .map(|h| {
            let head = &strips[h];
            if !head.large || head.upright {
                return head.place;
            }
            // Lines of one headline group, down to the columns.
            let mut group = head.place;
            loop {
                let reach = 1.3 * zones.leading.max(0.5 * head.size);
                let more = strips.iter().filter(|s| {
                    s.large
                        && !s.upright
                        && s.frame == head.frame
                        && s.place.shares_x(&group)
                        && (s.place.y0 - group.y1).max(group.y0 - s.place.y1) < reach
                });
                let with = more.fold(group, |g, s| g.with(&s.place));
                if with == group {
                    break;
                }
                group = with;
            }
            let text = |s: &&Strip| !s.large && !s.upright && s.frame == head.frame && s.place.shares_x(&group);
            let distance = |s: &Strip| {
                let (below, above) = (s.place.y0 - group.y1, group.y0 - s.place.y1);
                if below >= -0.5 * s.size {
                    below
                } else if above >= -0.5 * s.size {
                    1.5 * above + 1.0
                } else {
                    f32::MAX
                }
            };
            let nearest = strips.iter().filter(text).min_by(|a, b| distance(a).total_cmp(&distance(b)));
            let Some(near) = nearest.filter(|s| distance(s) < 4.0 * zones.leading + head.size) else {
                return head.place;
            };
            let level = |s: &&Strip| {
                (s.place.y0 - near.place.y0).abs() < 2.0 * zones.leading
                    && s.place.common_x(&group) > 0.5 * s.place.width()
            };
            let under = strips.iter().filter(text).filter(level).fold(near.place, |p, s| p.with(&s.place));
            Place { x0: head.place.x0.min(under.x0), x1: head.place.x1.max(under.x1), ..head.place }
        })
        .collect();
    for (strip, place) in strips.iter_mut().zip(wide) {
        strip.place = place;
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
        return (p.y0, p.y1, a) < (q.y0, q.y1, b);
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
