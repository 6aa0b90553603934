//! Headlines and the columns that they stand at.
//!
//! A headline reaches as far as the columns right below it (or above or beside it, if none are), and so do names below it.
//! What stands together so is read together.

use super::place::Place;
use super::strips::{Strip, around, is_lead};
use super::zones::Zones;

/// Numbers what stands together, and lets headlines reach as far as their columns.
pub(super) fn join(strips: &mut [Strip], zones: &Zones) {
    let all = &zones.all;
    let mut story: Vec<usize> = (0..strips.len()).collect();
    let mut wide: Vec<Place> = strips.iter().map(|s| s.place).collect();
    for s in 0..strips.len() {
        let strip = &strips[s];
        let with = if strip.is_head(all) {
            let with = columns_at(strip, strips, zones);
            let (x0, x1) = with.iter().fold((strip.place.x0, strip.place.x1), |(x0, x1), &t| {
                (x0.min(strips[t].place.x0), x1.max(strips[t].place.x1))
            });
            wide[s] = Place { x0, x1, ..strip.place };
            with
        } else if strip.upright {
            columns_beside(strip, strips, zones)
        } else {
            lead_of(strip, strips, zones)
        };
        for t in with {
            let (from, to) = (story[t], story[s]);
            story.iter_mut().filter(|n| **n == from).for_each(|n| *n = to);
        }
    }
    for ((strip, story), place) in strips.iter_mut().zip(story).zip(wide) {
        (strip.story, strip.place) = (story, place);
    }
}

/// The strips that a headline stands right above, or else right below.
fn columns_at(head: &Strip, strips: &[Strip], zones: &Zones) -> Vec<usize> {
    let (all, leading) = (&zones.all, zones.leading);
    // Lines of one headline group, down to the columns.
    let mut group = head.place;
    loop {
        let reach = 1.3 * leading.max(0.5 * head.size);
        let more = strips.iter().filter(|s| {
            s.is_head(all)
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
    // Columns may reach up beside the headline: those below it count.
    let distance = |s: &Strip| {
        let columns = s.columns.iter().map(|c| around(c, all));
        let each = columns.filter(|c| c.shares_x(&group)).map(|c| {
            let (below, above) = (c.y0 - group.y1, group.y0 - c.y1);
            if zones.is_cut(&group, &c) || zones.is_cut(&c, &group) {
                f32::MAX
            } else if below >= -0.5 * s.size {
                below
            } else if above >= -0.5 * s.size {
                1.5 * above + 1.0
            } else {
                f32::MAX
            }
        });
        each.fold(f32::MAX, f32::min)
    };
    let text = |s: &Strip| !s.is_head(all) && !s.upright && s.frame == head.frame && s.place.shares_x(&group);
    let texts: Vec<(usize, f32)> =
        (0..strips.len()).filter(|&s| text(&strips[s])).map(|s| (s, distance(&strips[s]))).collect();
    let nearest = texts.iter().min_by(|a, b| a.1.total_cmp(&b.1)).filter(|n| n.1 < 4.0 * leading + head.size);
    let Some(&(near, _)) = nearest else { return Vec::new() };
    let level = |s: &Strip| {
        (s.place.y0 - strips[near].place.y0).abs() < 2.0 * leading && s.place.common_x(&group) > 0.5 * s.place.width()
    };
    texts.iter().map(|t| t.0).filter(|&s| s == near || level(&strips[s])).collect()
}

/// True if a headline stands so close below a strip that it must be its own.
pub(super) fn has_head_below(strip: &Strip, strips: &[Strip], zones: &Zones) -> bool {
    strips.iter().any(|head| {
        let distance = head.place.y0 - strip.place.y1;
        head.large
            && !head.upright
            && head.frame == strip.frame
            && head.place.common_x(&strip.place) > 0.5 * head.place.width()
            && (-0.6 * head.size..0.9 * zones.leading).contains(&distance)
    })
}

/// The strip beside a headline that runs downwards.
fn columns_beside(head: &Strip, strips: &[Strip], zones: &Zones) -> Vec<usize> {
    let gap = |s: &Strip| (s.place.x0 - head.place.x1).max(head.place.x0 - s.place.x1);
    let beside = (0..strips.len()).filter(|&s| {
        let strip = &strips[s];
        !strip.upright
            && !strip.is_head(&zones.all)
            && strip.frame == head.frame
            && strip.place.common_y(&head.place) > 0.5 * strip.place.height().min(head.place.height())
            && (-0.5 * strip.size..2.5 * zones.leading).contains(&gap(strip))
    });
    beside.min_by(|&a, &b| gap(&strips[a]).total_cmp(&gap(&strips[b]))).into_iter().collect()
}

/// The first paragraph right above a strip, if it is wider than one of its columns.
fn lead_of(strip: &Strip, strips: &[Strip], zones: &Zones) -> Vec<usize> {
    let column = strip.widest(&zones.all);
    let top = |lead: &Strip| {
        let below = strip.columns.iter().map(|c| zones.all[c[0]].place).filter(|c| c.shares_x(&lead.place));
        below.map(|c| c.y0).fold(f32::MAX, f32::min)
    };
    let leads = (0..strips.len()).filter(|&s| {
        let lead = &strips[s];
        !lead.is_head(&zones.all)
            && is_lead(lead, strip, column)
            && lead.frame == strip.frame
            && (-0.6 * lead.size..1.3 * zones.leading).contains(&(top(lead) - lead.place.y1))
    });
    leads.take(1).collect()
}
