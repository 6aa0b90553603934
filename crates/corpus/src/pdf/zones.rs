//! Lines put together to zones: columns, parts of columns, headlines.
//!
//! A line belongs to the one above it if it is the only one below that and that the only one above it,
//! both in type of one size, no farther apart than lines of a text are and with nothing drawn between.

use super::place::Place;
use super::segments::Segment;

/// A stack of lines.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) place: Place,
    pub(super) size: f32,
    /// Its lines, in reading order.
    pub(super) lines: Vec<usize>,
    /// Number of the frame around it, from 1; 0 if there is none.
    pub(super) frame: usize,
    pub(super) upright: bool,
    /// True for a line that stands above columns and is in none of them, in the size of the text: names below a headline.
    pub(super) crown: bool,
    /// True for lines below a picture that tell what it shows.
    pub(super) caption: bool,
    /// Middle of its first line.
    pub(super) top: f32,
}

/// The zones of a page, and what they are measured by.
pub(super) struct Zones {
    pub(super) all: Vec<Zone>,
    /// Size of the type of most of the text.
    pub(super) body: f32,
    /// From baseline to baseline of the text, in points.
    pub(super) leading: f32,
    /// Pictures large enough to stand among columns.
    pub(super) pictures: Vec<Place>,
    /// Upright rules.
    down: Vec<Place>,
    /// Horizontal rules.
    across: Vec<Place>,
}

/// Pictures that are looked at.
const MOST_PICTURES: usize = 100;

/// True for a few lines right below a picture that are set in other type than the text, or centred.
fn is_caption(zone: &Zone, segments: &[Segment], pictures: &[Place], body: f32, leading: f32) -> bool {
    let place = zone.place;
    let below = |p: &Place| {
        (-0.5 * body..1.6 * leading).contains(&(place.y0 - p.y1)) && place.x0 > p.x0 - body && place.x1 < p.x1 + body
    };
    let centred = |p: &Place| {
        zone.lines.iter().all(|&l| {
            let (left, right) = (segments[l].place.x0 - p.x0, p.x1 - segments[l].place.x1);
            left.min(right) > body && (left - right).abs() < body
        })
    };
    let other = (zone.size - body).abs() > 0.04 * body && zone.size < LARGE * body;
    !zone.upright && zone.lines.len() <= 5 && pictures.iter().any(|p| below(p) && (other || centred(p)))
}

/// Type at least so many times as large as that of the text is a headline's.
const LARGE: f32 = 1.2;

impl Zones {
    /// True for a zone in headline type.
    pub(super) fn is_large(&self, zone: &Zone) -> bool {
        zone.size >= LARGE * self.body
    }

    /// True if a rule runs between two things, one below the other; those of a quotation are no wider than its column.
    pub(super) fn is_cut(&self, upper: &Place, lower: &Place) -> bool {
        let between = |r: &Place| {
            r.y0 > upper.y1 - 1.0
                && r.y1 < lower.y0 + 1.0
                && r.common_x(upper) > 0.5 * upper.width()
                && r.common_x(lower) > 0.5 * lower.width()
                && r.width() > 1.2 * upper.width().min(lower.width())
        };
        self.across.iter().any(between)
    }

    /// True if a rule runs through most of a gutter.
    pub(super) fn is_ruled(&self, gutter: &Place) -> bool {
        let through = |r: &Place| {
            (gutter.x0 - 1.0..gutter.x1 + 1.0).contains(&r.x0) && r.common_y(gutter) > 0.6 * gutter.height()
        };
        self.down.iter().any(through)
    }
}

/// What is drawn on a page beside text.
pub(super) struct Drawn<'a> {
    /// Horizontal rules.
    pub(super) across: &'a [Place],
    /// Upright rules.
    pub(super) down: &'a [Place],
    /// Frames, the inmost of which counts.
    pub(super) frames: &'a [Place],
    pub(super) pictures: &'a [Place],
}

/// Puts lines into zones.
pub(super) fn zones(segments: &[Segment], drawn: &Drawn<'_>) -> Zones {
    let Drawn { across, down, frames, pictures } = *drawn;
    let body = body_size(segments);
    let frame: Vec<usize> = segments.iter().map(|s| inmost(frames, &s.place)).collect();
    let mut order: Vec<usize> = (0..segments.len()).filter(|&i| !segments[i].upright).collect();
    order.sort_by(|&a, &b| segments[a].place.y1.total_cmp(&segments[b].place.y1).then(a.cmp(&b)));
    let (next, distances) = neighbours(segments, &order, &frame, across, body);
    let leading = middle(distances).unwrap_or(1.5 * body);
    let mut all = Vec::new();
    let mut taken = vec![false; segments.len()];
    for &first in &order {
        if taken[first] {
            continue;
        }
        let mut lines = Vec::new();
        let mut at = Some(first);
        while let Some(i) = at.filter(|&i| !taken[i]) {
            taken[i] = true;
            lines.push(i);
            let usual = if (segments[i].size - body).abs() < 0.1 * body { leading } else { 1.25 * segments[i].size };
            at = next[i].filter(|&n| step(segments, i, n) <= 1.45 * usual.max(1.1 * segments[i].size));
        }
        all.push(zone(segments, lines, frame[first]));
    }
    crowns(segments, &mut all, body, leading);
    measures(segments, &mut all, leading);
    upright(segments, &frame, &mut all);
    let pictures: Vec<Place> = pictures
        .iter()
        .filter(|p| p.width() > 5.0 * body && p.height() > 4.0 * body)
        .copied()
        .take(MOST_PICTURES)
        .collect();
    for zone in &mut all {
        zone.caption = is_caption(zone, segments, &pictures, body, leading);
    }
    Zones { all, body, leading, pictures, down: down.to_vec(), across: across.to_vec() }
}

/// Parts a line from its zone that stands in the middle above the middle one of some columns: names below a headline.
/// The columns beside begin a line lower, or the zone goes on farther below than its lines are apart.
fn crowns(segments: &[Segment], all: &mut Vec<Zone>, body: f32, leading: f32) {
    for z in 0..all.len() {
        let Zone { ref lines, size, frame, .. } = all[z];
        if lines.len() < 2 || size >= LARGE * body {
            continue;
        }
        let rest = zone(segments, lines[1..].to_vec(), frame);
        let (first, column) = (segments[lines[0]].place, rest.place);
        let (left, right) = (first.x0 - column.x0, column.x1 - first.x1);
        if right < 0.9 * size || column.width() < 5.0 * size {
            continue;
        }
        // Names at the left edge are known by the columns beside alone, and no text is as short.
        let inset = left >= 0.9 * size || right > 0.35 * column.width() && left < 0.3 * size;
        let beside = |o: &Zone| {
            let gap = (o.place.x0 - column.x1).max(column.x0 - o.place.x1);
            (0.0..4.0 * size).contains(&gap)
                && (o.size - size).abs() < 0.05 * size
                && (o.top - rest.top).abs() < 0.3 * leading
        };
        let apart = left >= 0.9 * size && rest.top - all[z].top > 1.12 * leading && (left - right).abs() < 1.2 * size;
        if apart || inset && all.iter().any(beside) {
            let crown = zone(segments, vec![lines[0]], frame);
            all[z] = rest;
            all.push(crown);
        }
    }
    for z in 0..all.len() {
        let line = all[z].place;
        let under = |o: &Zone| {
            let distance = o.place.y0 - line.y1;
            o.lines.len() > 1
                && o.frame == all[z].frame
                && (o.size - all[z].size).abs() < 0.1 * o.size
                && (0.0..2.0 * leading).contains(&distance)
                && (o.place.shares_x(&line) || (o.place.x0 - line.x1).max(line.x0 - o.place.x1) < 2.0 * o.size)
                && (o.place.x0 - line.x0).abs() > 2.6 * o.size
        };
        all[z].crown = all[z].lines.len() == 1 && all.iter().any(under);
    }
}

/// Parts a text across columns from the column below its beginning: another stands beside that, below the text as well.
fn measures(segments: &[Segment], all: &mut Vec<Zone>, leading: f32) {
    for z in 0..all.len() {
        let Zone { ref lines, size, frame, .. } = all[z];
        let cut = (1..lines.len()).find(|&k| {
            let part = |lines: &[usize]| {
                lines.iter().skip(1).fold(segments[lines[0]].place, |p, &l| p.with(&segments[l].place))
            };
            let (wide, narrow) = (part(&lines[..k]), part(&lines[k..]));
            let beside = |o: &Zone| {
                o.frame == frame
                    && (o.size - size).abs() < 0.05 * size
                    && (segments[o.lines[0]].place.y1 - segments[lines[k]].place.y1).abs() < 0.3 * leading
                    && (narrow.x1 - 0.5..wide.x1).contains(&o.place.x0)
            };
            wide.width() > 1.4 * narrow.width() && all.iter().any(beside)
        });
        if let Some(k) = cut {
            let (above, below) = (lines[..k].to_vec(), lines[k..].to_vec());
            all[z] = zone(segments, below, frame);
            all.push(zone(segments, above, frame));
        }
    }
}

fn zone(segments: &[Segment], lines: Vec<usize>, frame: usize) -> Zone {
    let first = &segments[lines[0]];
    let place = lines.iter().fold(first.place, |p, &l| p.with(&segments[l].place));
    let top = (first.place.y0 + first.place.y1) / 2.0;
    Zone { place, size: first.size, lines, frame, upright: first.upright, crown: false, caption: false, top }
}

/// The size of type that most characters have.
fn body_size(segments: &[Segment]) -> f32 {
    let mut counts: std::collections::BTreeMap<i32, usize> = std::collections::BTreeMap::new();
    for s in segments {
        *counts.entry((s.size * 4.0).round() as i32).or_default() += s.count;
    }
    let best = counts.iter().max_by_key(|(size, n)| (**n, -**size));
    best.map_or(10.0, |(size, _)| (*size as f32 / 4.0).max(0.25))
}

/// The inmost frame around a line, from 1.
fn inmost(frames: &[Place], line: &Place) -> usize {
    let area = |k: &usize| frames[*k].width() * frames[*k].height();
    let around = (0..frames.len()).filter(|&k| frames[k].holds(line));
    around.min_by(|a, b| area(a).total_cmp(&area(b))).map_or(0, |k| k + 1)
}

/// From baseline to baseline.
fn step(segments: &[Segment], a: usize, b: usize) -> f32 {
    segments[b].place.y1 - segments[a].place.y1
}

fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// For each line the one that goes on below it, and the distances of those in body type.
fn neighbours(
    segments: &[Segment],
    order: &[usize],
    frame: &[usize],
    across: &[Place],
    body: f32,
) -> (Vec<Option<usize>>, Vec<f32>) {
    // The nearest lines above and below each: those hardly farther off than the nearest.
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); segments.len()];
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); segments.len()];
    for (n, &a) in order.iter().enumerate() {
        let s = &segments[a];
        for &b in order[n + 1..].iter().take(MOST_LOOKED_AT) {
            let t = &segments[b];
            let distance = step(segments, a, b);
            let slack = 0.5 * s.size.min(t.size);
            if distance > 2.4 * s.size.max(body) || below[a].first().is_some_and(|&k| step(segments, k, b) > slack) {
                break;
            }
            if !one_column(s, t) || distance < 0.4 * s.size.min(t.size) {
                continue;
            }
            below[a].push(b);
            // Those above `b` come from far to near.
            above[b].retain(|&k| step(segments, k, a) <= slack);
            above[b].push(a);
        }
    }
    let mut next = vec![None; segments.len()];
    let mut distances = Vec::new();
    for &a in order {
        let [b] = below[a][..] else { continue };
        let (s, t) = (&segments[a], &segments[b]);
        let alone = above[b].len() == 1 && above[b][0] == a;
        let like = (s.size - t.size).abs() <= 0.1 * s.size.max(t.size) && frame[a] == frame[b];
        let ruled = across.iter().any(|r| {
            r.y0 > s.place.y1 - 0.4 * s.size
                && r.y1 < t.place.y0 + 0.4 * t.size
                && r.common_x(&s.place) > 0.3 * s.place.width()
        });
        if alone && like && !ruled {
            next[a] = Some(b);
            if (s.size - body).abs() < 0.1 * body {
                distances.push(step(segments, a, b));
            }
        }
    }
    (next, distances)
}

/// True if two lines may be of one column: they overlap, or begin no more than an indent apart. The last line of a
/// paragraph may be shorter than the indent of the next.
fn one_column(s: &Segment, t: &Segment) -> bool {
    let indent = (s.place.x0 - t.place.x0).abs() < 2.6 * s.size.min(t.size);
    s.place.shares_x(&t.place) || indent && (s.size - t.size).abs() < 0.1 * s.size
}

/// Lines below one that are looked at.
const MOST_LOOKED_AT: usize = 400;

/// Zones of lines that run downwards, from right to left.
fn upright(segments: &[Segment], frame: &[usize], all: &mut Vec<Zone>) {
    let mut order: Vec<usize> = (0..segments.len()).filter(|&i| segments[i].upright).collect();
    order.sort_by(|&a, &b| segments[b].place.x1.total_cmp(&segments[a].place.x1).then(a.cmp(&b)));
    let first = all.len();
    for line in order {
        let s = &segments[line];
        let zone_of = all[first..].iter_mut().rev().take(MOST_LOOKED_AT).find(|z| {
            let last = &segments[z.lines[z.lines.len() - 1]];
            let distance = last.place.x0 - s.place.x1;
            z.frame == frame[line]
                && distance > -0.5 * s.size
                && distance < 1.2 * s.size
                && (last.size - s.size).abs() <= 0.1 * s.size
                && last.place.common_y(&s.place) > 0.5 * last.place.height().min(s.place.height())
        });
        match zone_of {
            Some(zone) => {
                zone.lines.push(line);
                zone.place = zone.place.with(&s.place);
            }
            None => all.push(zone(segments, vec![line], frame[line])),
        }
    }
}
