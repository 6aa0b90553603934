//! What a page does as a whole: how its paragraphs begin, where it leaves lines empty, and which
//! column widths stand near each line.

use crate::columns::WIDTHS;
use crate::glyphs::Raw;
use crate::lines::{End, Look, WIDEST};

/// What the page as a whole does at the start of paragraphs and between lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// Cost of a first line that carries an explicit indent, and of one that does not.
    pub(crate) indent: [f32; 2],
    /// Cost of an indent inside a paragraph.
    pub(crate) indent_inside: f32,
    /// Cost of a first line two characters short without a printed indent, and of one of full width.
    pub(crate) lost: f32,
    pub(crate) flush: f32,
    /// Cost of an empty line inside a paragraph, before a paragraph; and of none before a paragraph.
    pub(crate) blank_inside: f32,
    pub(crate) blank_break: f32,
    pub(crate) no_blank_break: f32,
    /// Cost of a line of no column's width inside a text: dear, but not where text runs around pictures.
    pub(crate) stray: f32,
    /// True if nearly every longer line is a whole paragraph: text that was never set in columns.
    pub(crate) plain: bool,
}

/// Half-width units that a line is shorter than those below it where a paragraph surely ends.
const WELL_SHORT: u16 = 5;

impl Habits {
    /// Learns the habits from pairs of lines that are clear by themselves.
    pub(crate) fn learn(raw: &Raw, looks: &[Look], text: &[usize]) -> Habits {
        let (mut indented, mut starts) = (0.0f32, 0.0f32);
        // A page that shows one way only hardly has the other.
        let (mut lost, mut flush) = (0.1f32, 0.1f32);
        let (mut flowing, mut stray) = (0.0f32, 0.0f32);
        let (mut blank_in, mut in_text, mut blank_at, mut breaks) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
        for w in text.windows(3) {
            let [a, b, c] = [looks[w[0]], looks[w[1]], looks[w[2]]];
            let line = raw.lines[w[1]];
            if a.width < 12 || b.width < 12 {
                continue;
            }
            // A full stop at a full line's end, then a line two characters short between full ones.
            if a.end == End::Stop
                && a.width.abs_diff(c.width) <= 1
                && (3..=5).contains(&(i32::from(c.width) - i32::from(b.width)))
                && b.end != End::Stop
                && line.indent < 3
            {
                lost += 1.0;
            }
            let inside = |end: End| matches!(end, End::None | End::Comma);
            if inside(a.end) && inside(b.end) && inside(c.end) && b.width < WIDEST {
                flowing += 1.0;
                stray += f32::from(u8::from(a.width.abs_diff(b.width) >= 5 && b.width.abs_diff(c.width) >= 5));
            }
            let short = a.width + 3 < b.width.max(c.width);
            if a.end == End::Stop && short {
                starts += 1.0;
                indented += f32::from(u8::from(line.indent >= 3));
                breaks += 1.0;
                blank_at += f32::from(u8::from(line.blank));
                // A sentence may end at a line that is one or two characters short by its marks, in mid-paragraph.
                let well_short = a.width + WELL_SHORT < b.width.min(c.width);
                if line.indent < 3 && c.width < WIDEST && well_short {
                    match i32::from(c.width) - i32::from(b.width) {
                        3..=5 => lost += 1.0,
                        -1..=1 => flush += 1.0,
                        _ => {}
                    }
                }
            } else if a.end == End::None && b.end == End::None && a.width.abs_diff(b.width) <= 1 && a.width < WIDEST {
                in_text += 1.0;
                blank_in += f32::from(u8::from(line.blank));
            }
        }
        let cost = |part: f32, whole: f32, least: f32| -((part + least) / (whole + 2.0 * least)).ln();
        let lost_share = lost / (lost + flush);
        let indent_share = cost(indented, starts, 0.5).min(3.0);
        let inside = cost(blank_in, in_text, 0.7);
        let no_inside = cost(in_text - blank_in, in_text, 0.7);
        // Blocks are parted by blanks at least half of the time, wherever blanks are printed at all.
        let at = cost(blank_at.max(breaks * 0.5), breaks, 0.7);
        let no_at = cost(breaks - blank_at, breaks, 0.7);
        let longer = || text.iter().map(|&i| &looks[i]).filter(|l| l.width >= 24);
        let whole = longer().filter(|l| l.end == End::Stop).count();
        Habits {
            plain: whole * 10 >= longer().count() * 7,
            indent: [indent_share, cost(starts - indented, starts, 0.5).min(3.5)],
            indent_inside: 4.0,
            lost: -lost_share.ln(),
            flush: -(1.0 - lost_share).ln(),
            blank_inside: (inside - no_inside).clamp(0.0, 3.0),
            blank_break: (at - no_at).clamp(-0.4, 0.4),
            no_blank_break: 0.0,
            stray: (-((stray + 0.3) / (flowing + 8.0)).ln()).clamp(3.0, 4.2),
        }
    }
}

/// The widths that columns near a line may have.
pub(crate) fn widths_near(looks: &[Look], text: &[usize]) -> Vec<[u16; WIDTHS]> {
    const REACH: usize = 14;
    let mut near = Near::default();
    let mut out = Vec::with_capacity(text.len());
    let all: Vec<u16> = text.iter().map(|&i| looks[i].width).collect();
    for &w in &all[..text.len().min(REACH)] {
        near.add(w);
    }
    let mut modes = [0u16; 2];
    let mut before = 0;
    for (i, &own) in all.iter().enumerate() {
        if let Some(&w) = all.get(i + REACH) {
            near.add(w);
        }
        if i > REACH {
            near.remove(all[i - REACH - 1]);
        }
        // The modes move slowly; every eighth line is often enough.
        if i % 8 == 0 {
            modes = near.two_modes();
        }
        let next = all.get(i + 1).copied().unwrap_or(own);
        // The first line of a paragraph is two characters short of its column.
        let start = i == 0 || text[i - 1] + 1 < text[i] || looks[text[i - 1]].end == End::Stop;
        let indented = if start { own + 4 } else { 0 };
        // Most lines have the width of most lines, and a unit more or less is no other width; an empty slot is 0.
        // No branches, as none could be foreseen.
        let wanted = [modes[0], own, next, modes[1], if i > 0 { before } else { own }, indented];
        let like = |a: usize, b: usize| wanted[a].wrapping_sub(wanted[b]).wrapping_add(1) <= 2;
        let mut new = wanted.map(|w| w >= 8);
        for a in 1..WIDTHS {
            for b in 0..a {
                new[a] &= !(new[b] & like(a, b));
            }
        }
        let mut set = [0u16; WIDTHS];
        let mut n = 0;
        for (w, new) in wanted.into_iter().zip(new) {
            set[n] = if new { w } else { 0 };
            n += usize::from(new);
        }
        out.push(set);
        before = own;
    }
    out
}

/// Slots for counts of widths.
const NEAR: usize = WIDEST as usize + 4;

/// The widths of the lines around a place, counted.
struct Near {
    counts: [u16; NEAR],
    /// One bit for each width that occurs.
    occur: [u64; NEAR.div_ceil(64)],
}

impl Default for Near {
    fn default() -> Near {
        Near { counts: [0; NEAR], occur: [0; NEAR.div_ceil(64)] }
    }
}

impl Near {
    fn add(&mut self, width: u16) {
        let w = usize::from(width);
        self.counts[w] += 1;
        self.occur[w / 64] |= 1 << (w % 64);
    }

    fn remove(&mut self, width: u16) {
        let w = usize::from(width);
        self.counts[w] -= 1;
        if self.counts[w] == 0 {
            self.occur[w / 64] &= !(1 << (w % 64));
        }
    }

    /// The two most frequent widths, neighbours counted half, at least three units apart.
    fn two_modes(&self) -> [u16; 2] {
        let counts = &self.counts;
        let mut best = [(0u16, 0usize); 2];
        let mut next = 12;
        // Few widths occur, and only they and their neighbours have a score.
        for (k, &word) in self.occur.iter().enumerate() {
            let mut left = word;
            while left != 0 {
                let had = k * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                for w in next.max(had.saturating_sub(1))..(had + 2).min(NEAR - 3) {
                    let score = counts[w] * 2 + counts[w - 1] + counts[w + 1];
                    if score > best[0].0 {
                        if w.abs_diff(best[0].1) > 2 {
                            best[1] = best[0];
                        }
                        best[0] = (score, w);
                    } else if score > best[1].0 && w.abs_diff(best[0].1) > 2 {
                        best[1] = (score, w);
                    }
                }
                next = next.max(had + 2);
            }
        }
        [best[0].1 as u16, best[1].1 as u16]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::look_at;

    fn habits(text: &str) -> Habits {
        let mut raw = Raw::read(text);
        let looks = look_at(&mut raw);
        let lines: Vec<usize> = (0..looks.len()).collect();
        Habits::learn(&raw, &looks, &lines)
    }

    #[test]
    fn only_lines_well_short_tell_how_paragraphs_begin() {
        // A short last line, then one two characters short: the indent was lost.
        let lost = "全县果品产业的产量比去年高\n出两成，都满意。\n县里今年拿出一笔资金用\n来扶助山区的农户修建果窖和\n道路，卖得更远。\n各乡也选出懂技术的青年\n组成小队分片包干下到地头去\n";
        let clear = habits(lost);
        assert!(clear.lost < 0.1 && clear.flush > 2.0, "{clear:?}");
        // Sentences that end two characters before the edge in mid-paragraph do not say that indents are none.
        let inside = "收入比去年高一成左右。\n群众都说今年的果子是最甜的\n一年，往后的日子会更加好了\n";
        let unclear = habits(&format!("{lost}{inside}{inside}"));
        assert!(unclear.lost < 0.3, "{unclear:?}");
    }

    #[test]
    fn an_empty_line_tells_more_the_fewer_there_are_inside_paragraphs() {
        let line = "全县的水管员坐到一起比一比谁管的渠";
        let text = |blanks: usize| {
            let lines = (0..120)
                .map(|i| if blanks > 0 && i % blanks == 0 { format!("\n{line}\n") } else { format!("{line}\n") });
            habits(&lines.collect::<String>()).blank_inside
        };
        let [none, few, all] = [0, 10, 1].map(text);
        assert!(none > 2.5 && few < none && all < 0.1, "{none} {few} {all}");
    }
}
