//! Evidence of places: where articles end, and which headline stands at which text.

use std::collections::BTreeMap;

use banmian_core::PrintBox;

use super::Geometry;
use crate::blocks::Block;
use crate::glyphs::Raw;
use crate::items::Item;

/// A headline that stands right at a text: as much evidence as a place in the dateline, and a bit.
const AT: f32 = 4.2;
/// The same for one below or beside its text, which is rarer.
const AT_OTHER_SIDE: f32 = 3.2;
/// A headline that stands at another text.
const ELSEWHERE: f32 = -3.0;

impl Geometry {
    /// Evidence at the gap between the paragraphs `a` and `b`, with the display blocks `heads` between them;
    /// above 0 an article ends there.
    pub(crate) fn gap(
        &self,
        raw: &Raw,
        blocks: &[Block],
        (a, b): (usize, usize),
        heads: &[usize],
    ) -> Vec<(&'static str, f32)> {
        let mut out = Vec::new();
        let (Some(&last), Some(&first)) = (blocks[a].lines.last(), blocks[b].lines.first()) else { return out };
        let (last, first) = (*self.line(raw, last), *self.line(raw, first));
        if last.frame != first.frame {
            out.push(("a frame parts them", 5.0));
        }
        let same = last.strip == first.strip;
        let largest = heads.iter().map(|&h| blocks[h].lines[0]).max_by_key(|&l| self.rank(raw, l));
        let Some(head) = largest else {
            if same {
                out.push(("both stand in one strip of columns", -2.5));
            } else if !blocks[a].closed || !blocks[b].opened {
                out.push(("a sentence goes on in the next strip", -4.0));
            } else if self.ruled(&last.place, &first.place) {
                out.push(("a line is drawn between them", 3.5));
            } else if self.room(last.strip, first.strip) > 6 * self.leading / 5 {
                out.push(("another strip of columns begins below some room", 4.2));
            } else if self.below(&last.place, &first.place) {
                out.push(("they stand one below the other", -0.5));
            } else {
                out.push(("another strip of columns begins", 2.4));
            }
            return out;
        };
        let rank = self.rank(raw, head);
        let place = *self.line(raw, head);
        // The text of the columns beside goes on past a section heading.
        let inside = same && place.strip == first.strip;
        if inside {
            out.push(("the display line stands inside a strip of columns", if rank >= 170 { -1.5 } else { -4.0 }));
        } else if rank >= 135 {
            out.push(("the display line is set in large type", 5.0));
        } else if rank >= 115 {
            out.push(("the display line is set in larger type", 2.0));
        } else if !place.upright {
            out.push(("the display line is set in the size of the text", -2.5));
        }
        if place.place.width() > 13 * first.place.width().max(last.place.width()) / 10 {
            out.push(("the display line reaches across columns", 2.0));
        }
        out
    }

    /// True if a drawn line lies between two lines.
    fn ruled(&self, a: &PrintBox, b: &PrintBox) -> bool {
        self.print.rules.iter().any(|r| {
            let across = r.width() > r.height();
            let between = |from: i32, to: i32, at: i32| (from.min(to)..=from.max(to)).contains(&at);
            if across {
                between(a.bottom, b.top, r.top) && r.common_x(a).min(r.common_x(b)) > 0
            } else {
                between(a.right, b.left, r.left) && r.common_y(a).min(r.common_y(b)) > 0
            }
        })
    }

    /// What is left between two strips one below the other; 0 for others, and where a picture stands between.
    fn room(&self, a: u32, b: u32) -> i32 {
        let (Some(a), Some(b)) = (self.strips.get(&a), self.strips.get(&b)) else { return 0 };
        let between =
            |p: &PrintBox| p.common_x(a) > 0 && p.top > a.top && p.bottom < b.bottom && p.height() > self.leading;
        if a.common_x(b) > 0 && !self.print.pictures.iter().any(between) { b.top - a.bottom } else { 0 }
    }

    /// True if `b` stands below `a`, no farther than text lines do.
    fn below(&self, a: &PrintBox, b: &PrintBox) -> bool {
        let step = b.top - a.bottom;
        a.common_x(b) > 0 && step > -self.body && step < 3 * self.leading
    }
}

/// Where the texts of a page stand.
pub(crate) struct Ground {
    /// For each item the rectangles of its strips and of their columns: a headline may stand over some of them alone.
    items: Vec<Vec<PrintBox>>,
}

impl Ground {
    /// The ground of some items.
    pub(crate) fn of(geometry: &Geometry, raw: &Raw, blocks: &[Block], items: &[Item]) -> Ground {
        let parts = |item: &Item| {
            let mut parts: BTreeMap<(bool, u32, u32), PrintBox> = BTreeMap::new();
            for &l in item.body.iter().flat_map(|&b| blocks[b].lines.iter()) {
                let line = geometry.line(raw, l);
                for part in [(false, line.strip, line.frame), (true, line.zone, line.frame)] {
                    parts.entry(part).and_modify(|p| *p = p.with(&line.place)).or_insert(line.place);
                }
            }
            parts.into_values().collect()
        };
        Ground { items: items.iter().map(parts).collect() }
    }

    /// Evidence that a headline within `head` belongs to each of the items, and why.
    pub(crate) fn of_head(&self, geometry: &Geometry, head: &PrintBox, upright: bool) -> Vec<f32> {
        let reach = (3 * geometry.leading).max(head.height().min(8 * geometry.body)).max(1);
        let near = |part: &PrintBox| {
            let wide = part.common_x(head) * 2 > part.width().min(head.width());
            let high = part.common_y(head) * 2 > part.height().min(head.height());
            let (under, over) = (part.top - head.bottom, head.top - part.bottom);
            let slack = -geometry.body / 2;
            // Nearer is surer; both edges in line is surer still.
            let share = |distance: i32| 1.0 - 0.6 * distance.max(0) as f32 / reach as f32;
            let middle = |p: &PrintBox| p.left.midpoint(p.right);
            let centred = (middle(part) - middle(head)).abs() < geometry.body;
            let extra = if centred { 0.6 } else { 0.0 };
            if wide && !upright && (slack..reach).contains(&under) {
                AT * share(under) + extra
            } else if wide && !upright && (slack..reach).contains(&over) {
                AT_OTHER_SIDE * share(over) + extra
            } else if high {
                let beside = (part.left - head.right).max(head.left - part.right);
                if (slack..2 * geometry.leading).contains(&beside) { AT_OTHER_SIDE * share(beside) } else { 0.0 }
            } else {
                0.0
            }
        };
        let scores: Vec<f32> = self.items.iter().map(|parts| parts.iter().map(near).fold(0.0, f32::max)).collect();
        let best = scores.iter().copied().fold(0.0, f32::max);
        if best <= 0.0 {
            return scores;
        }
        scores.into_iter().map(|s| if s > 0.0 { s } else { ELSEWHERE }).collect()
    }
}
