//! Which lines make up a paragraph: one joint reading of all lines of a page.
//!
//! A column of a newspaper is set to one width. Each line is read as first, middle or last line of a
//! paragraph in a column of some width, as a paragraph of one line, or as a display line (headline,
//! section heading, list). Width, punctuation, indents, blank lines and the words across each break
//! are weighed together, and the cheapest reading of the whole page is taken (Viterbi). Costs are
//! negative natural logarithms of rough odds.

use crate::content::Pairs;
use crate::costs::{Fit, LineCosts, break_costs};
use crate::glyphs::Raw;
use crate::habits::{Habits, widths_near};
use crate::lines::{Kind, Look};

/// How a line was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    First,
    Middle,
    Last,
    Single,
    Head,
    /// Not part of the reading: furniture, byline, caption, jump.
    Apart,
}

/// A line's reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) role: Role,
    /// Column width in half-width units; 0 for display lines.
    pub(crate) column: u16,
}

/// Column widths considered for a line.
pub(crate) const WIDTHS: usize = 6;
/// The state of a display line; the others are four roles for each width, in the order of widths.
const HEAD: usize = WIDTHS * 4;
/// More than any reading costs.
pub(crate) const FAR: f32 = 1.0e9;

/// Reads the page: a reading for every line.
pub(crate) fn read(raw: &Raw, looks: &[Look], pairs: &Pairs) -> Vec<Reading> {
    let apart = Reading { role: Role::Apart, column: 0 };
    let mut readings = vec![apart; looks.len()];
    let mut text: Vec<usize> = Vec::with_capacity(looks.len());
    text.extend((0..looks.len()).filter(|&i| looks[i].kind == Kind::Text));
    let Some(&first) = text.first() else { return readings };
    let habits = Habits::learn(raw, looks, &text);
    let widths = widths_near(looks, &text);
    let fit = Fit::of(&habits);
    let costs = LineCosts::of(raw, looks, first, text.get(1).copied(), &habits, &fit);
    let [mut front, mut spare] = [Front::first(&costs, &widths[0]), Front::default()];
    let (mut now, mut next) = (&mut front, &mut spare);
    let mut back: Vec<Back> = Vec::with_capacity(text.len());
    back.push(Back::default());
    for (n, w) in text.windows(2).enumerate() {
        let [p, i] = [w[0], w[1]];
        let costs = LineCosts::of(raw, looks, i, text.get(n + 2).copied(), &habits, &fit);
        let breaks = break_costs(raw, looks, pairs, p, i, &habits);
        back.push(next.follow(now, &costs, &widths[n + 1], breaks, looks[i].width, looks[p].width));
        std::mem::swap(&mut now, &mut next);
    }
    let mut state = now.cheapest_end();
    for (n, &i) in text.iter().enumerate().rev() {
        let (role, column) = match state {
            HEAD => (Role::Head, 0),
            s => ([Role::First, Role::Middle, Role::Last, Role::Single][s % 4], widths[n][s / 4]),
        };
        readings[i] = Reading { role, column };
        state = back[n].before(state);
    }
    readings
}

/// The states before those of a line, by state: a paragraph that begins at the line, in each width; one that
/// goes on; the display line.
#[derive(Clone, Copy, Debug, Default)]
struct Back {
    start: [u8; WIDTHS],
    goes_on: [u8; WIDTHS],
    head: u8,
}

impl Back {
    fn before(&self, state: usize) -> usize {
        usize::from(match state {
            HEAD => self.head,
            s if matches!(s % 4, 0 | 3) => self.start[s / 4],
            s => self.goes_on[s / 4],
        })
    }
}

/// The states of one column width after a line.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    width: u16,
    /// Costs of the line as first, middle, last and only one.
    costs: [f32; 4],
    /// A new paragraph in a column of this width: its cost, and after which closed state.
    fresh: f32,
    fresh_at: u8,
    /// The cheapest of the open states, and which that is.
    open: f32,
    open_at: u8,
}

impl Column {
    /// The `j`th width, from the costs of its four states.
    #[inline]
    fn of(j: usize, width: u16, costs: [f32; 4]) -> Column {
        let at = j as u8 * 4;
        let (last, single) = (costs[2] + 0.4, costs[3] + 0.4);
        let (fresh, fresh_at) = if single < last { (single, at + 3) } else { (last, at + 2) };
        let (open, open_at) = if costs[1] < costs[0] { (costs[1], at + 1) } else { (costs[0], at) };
        Column { width, costs, fresh, fresh_at, open, open_at }
    }

    /// The cheaper of the closed states, and which that is.
    #[inline]
    fn closed(&self) -> (f32, u8) {
        let at = self.open_at & !1;
        if self.costs[3] < self.costs[2] { (self.costs[3], at + 3) } else { (self.costs[2], at + 2) }
    }
}

/// The costs of all readings up to a line, by the state that they end in.
#[derive(Debug)]
struct Front {
    columns: [Column; WIDTHS],
    /// How many widths are in use.
    count: usize,
    /// The display line.
    head: f32,
    /// The cheapest closed paragraph, the cheapest open one, and which they are.
    closed: (f32, u8),
    open: (f32, u8),
}

impl Default for Front {
    fn default() -> Front {
        Front { columns: [Column::default(); WIDTHS], count: 0, head: FAR, closed: (FAR, 0), open: (FAR, 0) }
    }
}

impl Front {
    /// The states of the first line.
    fn first(costs: &LineCosts, widths: &[u16; WIDTHS]) -> Front {
        let mut front = Front { head: costs.head, ..Front::default() };
        for (k, &width) in widths.iter().enumerate().take_while(|(_, w)| **w != 0) {
            let [first, middle, last, single] = costs.in_column(width);
            front.add(k, width, [first, middle + 4.0, last + 4.0, single + 1.0]);
        }
        front
    }

    /// Sets the states of the `k`th width, the next one in use.
    #[inline]
    fn add(&mut self, k: usize, width: u16, costs: [f32; 4]) {
        let column = Column::of(k, width, costs);
        let (closed, closed_at) = column.closed();
        let better = closed < self.closed.0;
        self.closed = (if better { closed } else { self.closed.0 }, if better { closed_at } else { self.closed.1 });
        let better = column.open < self.open.0;
        self.open = (if better { column.open } else { self.open.0 }, if better { column.open_at } else { self.open.1 });
        self.columns[k] = column;
        self.count = k + 1;
    }

    /// One step of the Viterbi pass: becomes the front after the line below `old`.
    #[inline]
    fn follow(
        &mut self,
        old: &Front,
        costs: &LineCosts,
        widths: &[u16; WIDTHS],
        (join, cut, resume): (f32, f32, f32),
        width: u16,
        before: u16,
    ) -> Back {
        let mut back = Back::default();
        let (head, (closed, closed_at), (open, open_at)) = (old.head, old.closed, old.open);
        // Costs of going from one thing to another; one article in ten lines or so has a display line.
        let (to_start, start_from) =
            least([(closed + 0.4, closed_at), (head + 0.5, HEAD as u8), (open + BROKEN_OFF, open_at)]);
        let (to_resume, resume_from) =
            least([(closed + 6.5, closed_at), (head + RESUMED, HEAD as u8), (open + BROKEN_OFF + 3.0, open_at)]);
        let (mut to_head, mut head_from) =
            least([(closed + 1.6, closed_at), (head + 0.3, HEAD as u8), (open + BROKEN_OFF + 0.4, open_at)]);
        // A line as wide as the column that is still open is rather its next line.
        if head_from == open_at && open < FAR && old.columns[usize::from(open_at / 4)].width.abs_diff(width) <= 1 {
            to_head += 1.3;
            if head + 0.3 < to_head {
                (to_head, head_from) = (head + 0.3, HEAD as u8);
            }
            if closed + 1.6 < to_head {
                (to_head, head_from) = (closed + 1.6, closed_at);
            }
        }
        back.head = head_from;
        self.head = to_head + cut + costs.head;
        (self.count, self.closed, self.open) = (0, (FAR, 0), (FAR, 0));
        let to_resume = to_resume - join.min(0.0) + resume;
        // Of most columns nothing is to be had at any width: they cost more than the cheapest does at the farthest
        // width, or than it costs to begin anew.
        let mut going: [(f32, u16, u8); WIDTHS] = Default::default();
        let mut fresh: [(f32, u16, u8); WIDTHS] = Default::default();
        let (mut n_going, mut n_fresh) = (0, 0);
        for column in &old.columns[..old.count] {
            going[n_going] = (column.open, column.width, column.open_at);
            n_going += usize::from((column.open <= open + FARTHEST) & (column.open + join < to_resume));
            fresh[n_fresh] = (column.fresh, column.width, column.fresh_at);
            n_fresh += usize::from(column.fresh < to_start + 1.2);
        }
        // What it costs to go on in each width, in use or not. Chosen without a branch: none could be foreseen.
        let (mut goes_on, mut goes_on_at) = ([to_resume; WIDTHS], [resume_from; WIDTHS]);
        for &(cost, width, at) in &going[..n_going] {
            for k in 0..WIDTHS {
                let cost = cost + CHANGE[usize::from(width.abs_diff(widths[k]).min(5))] + join;
                let better = cost < goes_on[k];
                goes_on_at[k] = if better { at } else { goes_on_at[k] };
                goes_on[k] = if better { cost } else { goes_on[k] };
            }
        }
        back.goes_on = goes_on_at;
        for (k, &new) in widths.iter().enumerate().take_while(|(_, w)| **w != 0) {
            // A paragraph begins: cheaper in the column of the one before.
            let (mut start, mut start_at) = (to_start + 1.2, start_from);
            if start_from == HEAD as u8 {
                // A display line hardly ever has the very width of the column below.
                start += if before.abs_diff(new) <= 1 { -0.1 } else { -1.2 };
            }
            for &(cost, width, at) in &fresh[..n_fresh] {
                if width.abs_diff(new) <= 2 && cost < start {
                    (start, start_at) = (cost, at);
                }
            }
            let goes_on = goes_on[k];
            let [first, middle, last, single] = costs.in_column(new);
            let first = start + cut + first + 0.15;
            let single = start + cut + single + 1.6;
            self.add(k, new, [first, goes_on + middle + 0.2, goes_on + last + 1.7, single]);
            back.start[k] = start_at;
        }
        back
    }

    /// The state that the cheapest reading of the whole page ends in: a closed paragraph or a head; an open
    /// end is a text that goes on elsewhere.
    fn cheapest_end(&self) -> usize {
        let mut best = (FAR, 0);
        for (k, column) in self.columns[..self.count].iter().enumerate() {
            let [first, middle, last, single] = column.costs;
            for (role, cost) in [first + 5.0, middle + 5.0, last, single].into_iter().enumerate() {
                if cost < best.0 {
                    best = (cost, k * 4 + role);
                }
            }
        }
        if self.head < best.0 { HEAD } else { best.1 }
    }
}

/// Cost of a paragraph that stops in mid-sentence because other matter cuts it.
const BROKEN_OFF: f32 = 6.5;
/// Cost of a paragraph that begins in mid-sentence after a display line.
const RESUMED: f32 = 5.5;

/// Cost of going on in a column narrower or wider by so much.
const CHANGE: [f32; 6] = [0.0, 0.1, 0.7, 2.0, 2.0, 3.2];
/// A little more than the dearest of them.
const FARTHEST: f32 = 3.3;

/// The cheapest way, the first of several.
#[inline]
fn least(ways: [(f32, u8); 3]) -> (f32, u8) {
    ways.into_iter().fold((FAR, 0), |a, b| if b.0 < a.0 { b } else { a })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::look_at;

    fn roles(text: &str) -> String {
        let mut raw = Raw::read(text);
        let looks = look_at(&mut raw);
        let pairs = Pairs::count(&raw);
        read(&raw, &looks, &pairs)
            .iter()
            .map(|r| match r.role {
                Role::First => 'F',
                Role::Middle => 'M',
                Role::Last => 'L',
                Role::Single => 'S',
                Role::Head => 'H',
                Role::Apart => '-',
            })
            .collect()
    }

    const NEWS: &str = "河洮县召开果业大会\n本报河洮讯（通讯员王小川）九月\n十日，河洮县在县城召开果业发展大\n会，总结三年来果品产业的经验，安\n排今冬明春的工作。\n会议指出，果业是全县农民增收的\n主要来源，要在品种、技术、市场三\n个方面下功夫。\n";

    #[test]
    fn a_headline_and_two_paragraphs() {
        assert_eq!(roles(NEWS), "HFMMLFML");
    }

    #[test]
    fn blank_lines_everywhere_change_nothing() {
        assert_eq!(roles(&NEWS.replace('\n', "\n\n")), "HFMMLFML");
    }
}
