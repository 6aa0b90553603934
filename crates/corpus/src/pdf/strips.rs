//! Columns that belong together, and what stands above them.
//!
//! Columns that stand side by side, of one width and with tops in a row, are a strip and are read from
//! left to right. So are columns that reach up beside the headline of the others, and what goes on below a picture. A
//! headline reaches as far as the strip it stands at, and so do names below it.

use super::place::Place;
use super::zones::{Zone, Zones};

/// Gutters are at most so many ems wide.
const GUTTER: f32 = 3.2;

/// Columns of zones, from left to right; each column from top to bottom.
#[derive(Debug)]
pub(super) struct Strip {
    pub(super) columns: Vec<Vec<usize>>,
    pub(super) place: Place,
    pub(super) frame: usize,
    large: bool,
    upright: bool,
    size: f32,
}

/// Groups zones to strips.
pub(super) fn strips(zones: &Zones) -> Vec<Strip> {
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
    reach_up(&mut strips, zones);
    for _ in 0..4 {
        if !go_on(&mut strips, all, em, zones.leading) {
            break;
        }
    }
    widen(&mut strips, zones);
    strips
}

/// Puts columns together that stand side by side, one of which reaches up beside what stands above the other: a
/// headline over a part of the columns, a first paragraph that is wider than one.
fn reach_up(strips: &mut Vec<Strip>, zones: &Zones) {
    let mut s = 0;
    while s < strips.len() {
        let next = (0..strips.len()).find(|&t| t != s && goes_on_beside(&strips[s], &strips[t], strips, zones));
        match next {
            Some(t) => {
                let right = strips.remove(t);
                s -= usize::from(t < s);
                strips[s].place = strips[s].place.with(&right.place);
                strips[s].columns.extend(right.columns);
            }
            None => s += 1,
        }
    }
}

/// True if the columns of `right` go on with those of `left`, higher or lower than they stand.
fn goes_on_beside(left: &Strip, right: &Strip, strips: &[Strip], zones: &Zones) -> bool {
    let all = &zones.all;
    let plain = |s: &Strip| !s.large && !s.upright && !is_crown(s, all);
    if !plain(left) || !plain(right) || left.frame != right.frame || (left.size - right.size).abs() > 0.05 * left.size {
        return false;
    }
    let last_column = &left.columns[left.columns.len() - 1];
    let (last, first) = (&all[last_column[last_column.len() - 1]], &all[right.columns[0][0]]);
    let (a, b) = (last.place, first.place);
    let gutter = b.x0 - a.x1;
    let (narrow, wide) = (a.width().min(b.width()), a.width().max(b.width()));
    let one_width = narrow >= 0.93 * wide || last.lines.len().min(first.lines.len()) <= 2;
    if !(-0.5..GUTTER * left.size).contains(&gutter) || !one_width || a.common_y(&b) < 0.5 * zones.leading {
        return false;
    }
    let slack = 1.2 * zones.leading;
    let (above_left, above_right) = (above(left, strips, zones), above(right, strips, zones));
    let beside = |higher: &Strip, lower: &Strip, top: Option<f32>| {
        lower.place.y0 - higher.place.y0 > 0.7 * zones.leading && top.is_some_and(|y| higher.place.y0 > y - slack)
    };
    above_right.is_none() && beside(right, left, above_left) || above_left.is_none() && beside(left, right, above_right)
}

/// The upper edge of what stands right above a strip and is wider than one of its columns: headlines, names, a
/// first paragraph.
fn above(strip: &Strip, strips: &[Strip], zones: &Zones) -> Option<f32> {
    let all = &zones.all;
    let column = strip.columns.iter().map(|c| all[c[0]].place.width()).fold(0.0, f32::max);
    let mut top = strip.place.y0;
    let mut found = None;
    loop {
        let next = strips.iter().find(|s| {
            let head = s.large || is_crown(s, all);
            let wide = !s.upright && s.columns.len() == 1 && s.place.width() > 1.4 * column && s.place.width() < 1.2 * strip.place.width();
            let distance = top - s.place.y1;
            (head && !s.upright || wide)
                && s.frame == strip.frame
                && s.place.y0 < top
                && (-0.6 * s.size..2.5 * zones.leading + 0.5 * s.size).contains(&distance)
                && s.place.common_x(&strip.place) > 0.5 * s.place.width().min(strip.place.width())
        });
        let Some(next) = next else { return found };
        top = next.place.y0;
        found = Some(top);
    }
}

/// True for a line by itself that is no column: names below a headline.
fn is_crown(strip: &Strip, all: &[Zone]) -> bool {
    matches!(&strip.columns[..], [column] if matches!(column[..], [z] if all[z].crown))
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
            let is_head = |s: &Strip| (s.large || is_crown(s, &zones.all)) && !s.upright;
            if !is_head(head) {
                return head.place;
            }
            // Lines of one headline group, down to the columns.
            let mut group = head.place;
            loop {
                let reach = 1.3 * zones.leading.max(0.5 * head.size);
                let more = strips.iter().filter(|s| {
                    is_head(s)
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
            let text = |s: &&Strip| !is_head(s) && !s.upright && s.frame == head.frame && s.place.shares_x(&group);
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
