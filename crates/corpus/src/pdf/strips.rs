//! Columns that belong together, and what stands above them.
//!
//! Columns that stand side by side, of one width and with tops in a row, are a strip and are read from
//! left to right. So are columns that reach up beside the headline of the others, and what goes on below a picture.

use super::place::Place;
use super::stories;
use super::zones::{Zone, Zones};

/// Gutters are at most so many ems wide.
const GUTTER: f32 = 3.2;

/// Columns of zones, from left to right; each column from top to bottom.
#[derive(Debug)]
pub(super) struct Strip {
    pub(super) columns: Vec<Vec<usize>>,
    pub(super) place: Place,
    pub(super) frame: usize,
    pub(super) large: bool,
    pub(super) upright: bool,
    pub(super) size: f32,
    /// Strips and headlines of one number stand together.
    pub(super) story: usize,
}

/// Groups zones to strips.
pub(super) fn strips(zones: &Zones) -> Vec<Strip> {
    let all = &zones.all;
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
                story: 0,
            }),
        }
    }
    let ruled = |s: &Strip| s.gutters(all).filter(|g| zones.is_ruled(g)).count();
    let gutters: usize = strips.iter().map(|s| s.columns.len() - 1).sum();
    // On some pages a rule stands between any two columns, and tells nothing.
    let rules_part = 2 * strips.iter().map(ruled).sum::<usize>() < gutters;
    let mut strips: Vec<Strip> = strips.into_iter().flat_map(|s| apart(s, zones, rules_part)).collect();
    reach_up(&mut strips, zones);
    // Each takes one strip away.
    while go_on(&mut strips, zones) {}
    stories::join(&mut strips, zones);
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
fn goes_on_beside<'s>(left: &'s Strip, right: &'s Strip, strips: &[Strip], zones: &Zones) -> bool {
    let all = &zones.all;
    let plain = |s: &Strip| !s.large && !s.upright && !s.is_crown(all) && !s.is_caption(all);
    if !plain(left) || !plain(right) || left.frame != right.frame || (left.size - right.size).abs() > 0.05 * left.size {
        return false;
    }
    let (last_column, first_column) = (&left.columns[left.columns.len() - 1], &right.columns[0]);
    let (last, first) = (&all[last_column[last_column.len() - 1]], &all[first_column[0]]);
    let (a, b) = (last.place, first.place);
    let gutter = b.x0 - a.x1;
    let (narrow, wide) = (a.width().min(b.width()), a.width().max(b.width()));
    let one_width = narrow >= 0.93 * wide || last.lines.len().min(first.lines.len()) <= 2;
    if !(-0.5..GUTTER * left.size).contains(&gutter) || !one_width || a.common_y(&b) < 0.5 * zones.leading {
        return false;
    }
    if zones.is_ruled(&Place { x0: a.x1, x1: b.x0, y0: a.y0.max(b.y0), y1: a.y1.min(b.y1) }) {
        return false;
    }
    let side = |strip: &'s Strip, column: &[usize]| {
        let column = around(column, all);
        // A column that begins lower than its strip is asked by itself.
        let lower = column.y0 - strip.place.y0 > 0.7 * zones.leading;
        let over = over(strip, if lower { &column } else { &strip.place }, strips, zones);
        (strip, column.y0, over)
    };
    let (left, right) = (side(left, last_column), side(right, first_column));
    let beside = |higher: &(&Strip, f32, Over), lower: &(&Strip, f32, Over)| {
        lower.1 - higher.1 > 0.7 * zones.leading
            && lower.2.top.is_some_and(|y| higher.1 > y - 1.2 * zones.leading)
            && (higher.2.top.is_none() || lower.2.head.is_none() || higher.2.head == lower.2.head)
            && !stories::has_head_below(higher.0, strips, zones)
    };
    beside(&right, &left) || beside(&left, &right)
}

/// The rectangle around the zones of a column.
pub(super) fn around(column: &[usize], all: &[Zone]) -> Place {
    column.iter().skip(1).fold(all[column[0]].place, |p, &z| p.with(&all[z].place))
}

/// What stands right above a strip.
#[derive(Default)]
struct Over {
    /// Its upper edge.
    top: Option<f32>,
    /// The headline in it.
    head: Option<usize>,
}

/// What stands right above a strip, or a column of it: headlines, names, pictures, a first paragraph wider than a column.
fn over(strip: &Strip, place: &Place, strips: &[Strip], zones: &Zones) -> Over {
    let all = &zones.all;
    let column = strip.widest(all);
    let mut out = Over::default();
    let mut top = place.y0;
    loop {
        let reach = |size: f32| -0.6 * size..2.5 * zones.leading + 0.5 * size;
        let right_above = |p: &Place, size: f32| {
            p.y0 < top - 0.5
                && reach(size).contains(&(top - p.y1))
                && p.common_x(place) > 0.5 * p.width().min(place.width())
                && !zones.is_cut(p, place)
        };
        let next = (0..strips.len()).find(|&s| {
            let s = &strips[s];
            (s.is_head(all) || is_lead(s, strip, column) || s.is_caption(all))
                && s.frame == strip.frame
                && right_above(&s.place, s.size)
        });
        let picture = || {
            zones
                .pictures
                .iter()
                .find(|p| p.width() < 1.2 * strip.place.width().max(place.width()) && right_above(p, strip.size))
        };
        match next {
            Some(s) => {
                top = strips[s].place.y0;
                out.head = out.head.or(strips[s].large.then_some(s));
            }
            None => match picture() {
                Some(picture) => top = picture.y0,
                None => return out,
            },
        }
        out.top = Some(top);
    }
}

/// True if a strip is a text in one column that is wider than those of `strip`.
pub(super) fn is_lead(lead: &Strip, strip: &Strip, column: f32) -> bool {
    let width = lead.place.width();
    !lead.upright && lead.columns.len() == 1 && width > 1.4 * column && width < 1.2 * strip.place.width()
}

impl Strip {
    /// True for headlines and for names below them.
    pub(super) fn is_head(&self, all: &[Zone]) -> bool {
        !self.upright && (self.large || self.is_crown(all))
    }

    /// True for a line by itself that is no column: names below a headline.
    fn is_crown(&self, all: &[Zone]) -> bool {
        matches!(&self.columns[..], [column] if matches!(column[..], [z] if all[z].crown))
    }

    /// True for what stands below a picture and tells what it shows.
    fn is_caption(&self, all: &[Zone]) -> bool {
        self.columns.iter().flatten().all(|&z| all[z].caption)
    }

    /// The rooms between its columns.
    fn gutters(&self, all: &[Zone]) -> impl Iterator<Item = Place> {
        self.columns.windows(2).map(|w| {
            let (a, b) = (all[w[0][0]].place, all[w[1][0]].place);
            Place { x0: a.x1, x1: b.x0, y0: a.y0.max(b.y0), y1: a.y1.min(b.y1) }
        })
    }

    /// The width of its widest column.
    pub(super) fn widest(&self, all: &[Zone]) -> f32 {
        self.columns.iter().map(|c| all[c[0]].place.width()).fold(0.0, f32::max)
    }
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

/// Cuts a strip where a gutter is wider than the others or, if rules part articles, has a rule, and between two headlines
/// that stand over it.
fn apart(strip: Strip, zones: &Zones, rules_part: bool) -> Vec<Strip> {
    let n = strip.columns.len();
    if n < 2 {
        return vec![strip];
    }
    let all = &zones.all;
    let of = |k: usize| &all[strip.columns[k][0]].place;
    // Columns begin a pitch apart; the right edge lies of one without a full line, or with a mark that hangs out.
    let mut widths: Vec<f32> = (0..n).map(|k| of(k).width()).collect();
    widths.sort_by(f32::total_cmp);
    let usual = widths[n / 2];
    let gutters: Vec<f32> = (1..n).map(|k| of(k).x0 - of(k - 1).x0 - usual).collect();
    let least = gutters.iter().copied().fold(f32::MAX, f32::min);
    let mut cut: Vec<bool> =
        gutters.iter().map(|&g| n > 2 && g > 1.3 * least && g > least + 0.3 * zones.body).collect();
    if rules_part {
        strip.gutters(all).zip(&mut cut).for_each(|(g, cut)| *cut |= zones.is_ruled(&g));
    }
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

/// Takes into a strip what goes on below its columns: the text under a section heading, a picture or a box. True
/// if it did.
fn go_on(strips: &mut Vec<Strip>, zones: &Zones) -> bool {
    for s in 0..strips.len() {
        if strips[s].large || strips[s].upright || strips[s].is_caption(&zones.all) {
            continue;
        }
        let found = (0..strips[s].columns.len()).find_map(|c| under(strips, s, c, zones));
        if let Some((o, columns)) = found {
            let gone = strips.remove(o);
            let strip = &mut strips[if o < s { s - 1 } else { s }];
            strip.place = strip.place.with(&gone.place);
            for (column, c) in gone.columns.into_iter().zip(columns) {
                strip.columns[c].extend(column);
            }
            return true;
        }
    }
    false
}

/// The strip that goes on below column `c` of strip `s`, and below which columns its own stand.
fn under(strips: &[Strip], s: usize, c: usize, zones: &Zones) -> Option<(usize, Vec<usize>)> {
    let (all, em, leading) = (&zones.all, zones.body, zones.leading);
    let strip = &strips[s];
    let column = around(&strip.columns[c], all);
    let below = (0..strips.len()).filter(|&o| {
        let other = &strips[o];
        o != s
            && other.frame == strip.frame
            && !other.is_caption(all)
            && other.place.y0 > column.y1 - 0.3 * em
            && other.place.shares_x(&column)
    });
    let o = below.min_by(|&a, &b| strips[a].place.y0.total_cmp(&strips[b].place.y0))?;
    let other = &strips[o];
    let inside = |p: Place, column: Place| p.x0 > column.x0 - 0.4 * em && p.x1 < column.x1 + 1.2 * em;
    let at =
        |own: &Vec<usize>| (0..strip.columns.len()).find(|&c| inside(around(own, all), around(&strip.columns[c], all)));
    let columns: Vec<usize> = other.columns.iter().map(at).collect::<Option<_>>()?;
    // The other columns of the strip go on beside it.
    let beside = strip.columns.len() > columns.len() && strip.place.y1 > other.place.y0 + leading;
    let close = other.place.y0 - column.y1 < 1.6 * leading;
    let headed = !other.large && over(other, &other.place, strips, zones).head.is_some();
    let fits = if other.large { beside && close } else { beside || close && strip.columns.len() == 1 };
    (!other.upright && !headed && columns.contains(&c) && fits).then_some((o, columns))
}
