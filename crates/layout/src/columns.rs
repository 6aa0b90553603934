//! Which lines make up a paragraph: one joint reading of all lines of a page.
//!
//! A column of a newspaper is set to one width. Each line is read as first, middle or last line of a
//! paragraph in a column of some width, as a paragraph of one line, or as a display line (headline,
//! section heading, list). Width, punctuation, indents, blank lines and the words across each break
//! are weighed together, and the cheapest reading of the whole page is taken (Viterbi). Costs are
//! negative natural logarithms of rough odds.

use crate::content::Pairs;
use crate::costs::{Fit, break_costs, emissions};
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
/// States: four roles for each width, and the display line.
pub(crate) const STATES: usize = WIDTHS * 4 + 1;
pub(crate) const HEAD: usize = WIDTHS * 4;
pub(crate) const FAR: f32 = 1.0e9;

/// Reads the page: a reading for every line.
pub(crate) fn read(raw: &Raw, looks: &[Look], pairs: &Pairs) -> Vec<Reading> {
    let apart = Reading { role: Role::Apart, column: 0 };
    let mut readings = vec![apart; looks.len()];
    let text: Vec<usize> = (0..looks.len()).filter(|&i| looks[i].kind == Kind::Text).collect();
    if text.is_empty() {
        return readings;
    }
    let habits = Habits::learn(raw, looks, &text);
    let widths = widths_near(looks, &text);
    let mut back: Vec<[u8; STATES]> = Vec::with_capacity(text.len());
    let fit = Fit::of(&habits);
    let mut emit = [FAR; STATES];
    let mut costs = [[FAR; STATES]; 2];
    for (n, &i) in text.iter().enumerate() {
        emissions(raw, looks, i, text.get(n + 1).copied(), &widths[n], &habits, &fit, &mut emit);
        let [even, odd] = &mut costs;
        let (now, next) = if n % 2 == 0 { (odd, even) } else { (even, odd) };
        let mut from = [0u8; STATES];
        if n == 0 {
            for k in 0..WIDTHS {
                next[k * 4] = emit[k * 4];
                next[k * 4 + 1] = emit[k * 4 + 1] + 4.0;
                next[k * 4 + 2] = emit[k * 4 + 2] + 4.0;
                next[k * 4 + 3] = emit[k * 4 + 3] + 1.0;
            }
            next[HEAD] = emit[HEAD];
        } else {
            let p = text[n - 1];
            let breaks = break_costs(raw, looks, pairs, p, i, &habits);
            let (new, old) = (&widths[n], &widths[n - 1]);
            step(now, next, &mut from, old, new, &emit, breaks, looks[i].width, looks[p].width);
        }
        back.push(from);
    }
    let mut now = costs[(text.len() - 1) % 2];
    // Best end: a closed paragraph or a head; an open end is a text that goes on elsewhere.
    for k in 0..WIDTHS {
        now[k * 4] += 5.0;
        now[k * 4 + 1] += 5.0;
    }
    let mut state = cheapest(&now);
    for n in (0..text.len()).rev() {
        let role = match state {
            HEAD => Role::Head,
            s => [Role::First, Role::Middle, Role::Last, Role::Single][s % 4],
        };
        let column = if state == HEAD { 0 } else { widths[n][state / 4] };
        readings[text[n]] = Reading { role, column };
        state = usize::from(back[n][state]);
    }
    readings
}

fn cheapest(costs: &[f32; STATES]) -> usize {
    let mut best = 0;
    for (s, c) in costs.iter().enumerate() {
        if *c < costs[best] {
            best = s;
        }
    }
    best
}

/// The states of one column width before a line.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    width: u16,
    /// A new paragraph in a column of this width: its cost, and after which closed state.
    fresh: f32,
    fresh_at: usize,
    /// The first of the open states, the cheapest, and which that is.
    first: f32,
    open: f32,
    open_at: usize,
}

impl Before {
    /// The `j`th width, from the costs of its four states.
    fn of(costs: &[f32], j: usize, width: u16) -> Before {
        let (last, single) = (costs[2] + 0.4, costs[3] + 0.4);
        let (fresh, fresh_at) = if single < last { (single, j * 4 + 3) } else { (last, j * 4 + 2) };
        let (first, middle) = (costs[0], costs[1]);
        let (open, open_at) = if middle < first { (middle, j * 4 + 1) } else { (first, j * 4) };
        Before { width, fresh, fresh_at, first, open, open_at }
    }
}

/// One step of the Viterbi pass.
#[expect(clippy::too_many_arguments, reason = "the inner loop of the reading; a struct would be unpacked at once")]
fn step(
    now: &[f32; STATES],
    next: &mut [f32; STATES],
    from: &mut [u8; STATES],
    old: &[u16; WIDTHS],
    new: &[u16; WIDTHS],
    emit: &[f32; STATES],
    (join, cut, resume): (f32, f32, f32),
    width: u16,
    before: u16,
) {
    // Best closed paragraph (its column too), best open one, and the display line before.
    let (mut closed, mut closed_at) = (FAR, 0);
    let (mut open, mut open_at) = (FAR, 0);
    // Widths in use come first.
    let mut olds = [Before::default(); WIDTHS];
    let count = old.iter().take_while(|w| **w != 0).count();
    for (j, (state, costs)) in olds.iter_mut().zip(now.chunks_exact(4)).enumerate().take(count) {
        *state = Before::of(costs, j, old[j]);
        for s in [2, 3] {
            if costs[s] < closed {
                (closed, closed_at) = (costs[s], j * 4 + s);
            }
        }
        if state.open < open {
            (open, open_at) = (state.open, state.open_at);
        }
    }
    let head = now[HEAD];
    // Costs of going from one thing to another; one article in ten lines or so has a display line.
    let (to_start, start_from) = least(&[(closed + 0.4, closed_at), (head + 0.5, HEAD), (open + BROKEN_OFF, open_at)]);
    let (to_resume, resume_from) =
        least(&[(closed + 6.5, closed_at), (head + RESUMED, HEAD), (open + BROKEN_OFF + 3.0, open_at)]);
    let (to_head, head_from) =
        least(&[(closed + 1.6, closed_at), (head + 0.3, HEAD), (open + BROKEN_OFF + 0.4, open_at)]);
    // A line as wide as the column that is still open is rather its next line.
    let (mut to_head, mut head_from) = (to_head, head_from);
    if head_from == open_at && open < FAR && old[open_at / 4].abs_diff(width) <= 1 {
        to_head += 1.3;
        if head + 0.3 < to_head {
            (to_head, head_from) = (head + 0.3, HEAD);
        }
        if closed + 1.6 < to_head {
            (to_head, head_from) = (closed + 1.6, closed_at);
        }
    }
    next[HEAD] = to_head + cut + emit[HEAD];
    from[HEAD] = head_from as u8;
    for k in 0..WIDTHS {
        if new[k] == 0 {
            next[k * 4..HEAD].fill(FAR);
            break;
        }
        // A paragraph begins: cheaper in the column of the one before.
        let (mut start, mut start_at) = (to_start + 1.2, start_from);
        if start_from == HEAD {
            // A display line hardly ever has the very width of the column below.
            start += if before.abs_diff(new[k]) <= 1 { -0.1 } else { -1.2 };
        }
        let (mut goes_on, mut goes_on_at) = (to_resume - join.min(0.0), resume_from);
        goes_on += resume;
        for state in &olds[..count] {
            let d = state.width.abs_diff(new[k]);
            if d <= 2 && state.fresh < start {
                (start, start_at) = (state.fresh, state.fresh_at);
            }
            let change = CHANGE[usize::from(d.min(5))];
            let cost = state.open + change + join;
            if cost < goes_on {
                // Of two that cost the same, the first.
                let tie = state.first + change + join <= cost;
                (goes_on, goes_on_at) = (cost, if tie { state.open_at & !1 } else { state.open_at });
            }
        }
        next[k * 4] = start + cut + emit[k * 4] + 0.15;
        from[k * 4] = start_at as u8;
        next[k * 4 + 3] = start + cut + emit[k * 4 + 3] + 1.6;
        from[k * 4 + 3] = start_at as u8;
        next[k * 4 + 1] = goes_on + emit[k * 4 + 1] + 0.2;
        from[k * 4 + 1] = goes_on_at as u8;
        next[k * 4 + 2] = goes_on + emit[k * 4 + 2] + 1.7;
        from[k * 4 + 2] = goes_on_at as u8;
    }
}

/// Cost of a paragraph that stops in mid-sentence because other matter cuts it.
const BROKEN_OFF: f32 = 6.5;
/// Cost of a paragraph that begins in mid-sentence after a display line.
const RESUMED: f32 = 5.5;

/// Cost of going on in a column narrower or wider by so much.
const CHANGE: [f32; 6] = [0.0, 0.1, 0.7, 2.0, 2.0, 3.2];

fn least(options: &[(f32, usize)]) -> (f32, usize) {
    options.iter().copied().fold((FAR, 0), |a, b| if b.0 < a.0 { b } else { a })
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
