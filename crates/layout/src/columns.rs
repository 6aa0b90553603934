//! Which lines make up a paragraph: one joint reading of all lines of a page.
//!
//! A column of a newspaper is set to one width. Each line is read as first, middle or last line of a
//! paragraph in a column of some width, as a paragraph of one line, or as a display line (headline,
//! section heading, list). Width, punctuation, indents, blank lines and the words across each break
//! are weighed together, and the cheapest reading of the whole page is taken (Viterbi). Costs are
//! negative natural logarithms of rough odds.

use crate::content::{Pairs, runs_on};
use crate::glyphs::{Class, Line, Raw};
use crate::lines::{End, Kind, Look, WIDEST};

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
    /// How much dearer the line would have been as the other thing (body or head), at most 20.
    pub(crate) margin: f32,
}

/// Column widths considered for a line.
const WIDTHS: usize = 6;
/// States: four roles for each width, and the display line.
const STATES: usize = WIDTHS * 4 + 1;
const HEAD: usize = WIDTHS * 4;
const FAR: f32 = 1.0e9;

/// What the page as a whole does at the start of paragraphs and between lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// Cost of a first line that carries an explicit indent, and of one that does not.
    indent: [f32; 2],
    /// Cost of an indent inside a paragraph.
    indent_inside: f32,
    /// Cost of a first line two characters short without a printed indent, and of one of full width.
    lost: f32,
    flush: f32,
    /// Cost of an empty line inside a paragraph, before a paragraph; and of none before a paragraph.
    blank_inside: f32,
    blank_break: f32,
    no_blank_break: f32,
    /// Cost of a line of no column's width inside a text: dear, but not where text runs around pictures.
    stray: f32,
}

impl Habits {
    /// Learns the habits from pairs of lines that are clear by themselves.
    pub(crate) fn learn(raw: &Raw, looks: &[Look], text: &[usize]) -> Habits {
        let (mut indented, mut starts, mut inner_indent) = (0.0f32, 0.0f32, 0.0f32);
        let (mut lost, mut flush) = (0.5f32, 0.5f32);
        let (mut flowing, mut stray) = (0.0f32, 0.0f32);
        let (mut blank_in, mut in_text, mut blank_at, mut breaks) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
        for w in text.windows(3) {
            let [a, b, c] = [looks[w[0]], looks[w[1]], looks[w[2]]];
            let (line, after) = (raw.lines[w[1]], raw.lines[w[2]]);
            if a.width < 12 || b.width < 12 {
                continue;
            }
            // A full stop at a full line's end, then a line two characters short between full ones.
            if a.end == End::Stop && a.width.abs_diff(c.width) <= 1 && (3..=5).contains(&(i32::from(c.width) - i32::from(b.width)))
                && b.end != End::Stop && line.indent < 3
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
                if line.indent < 3 && c.width < WIDEST {
                    match i32::from(c.width) - i32::from(b.width) {
                        3..=5 => lost += 1.0,
                        -1..=1 => flush += 1.0,
                        _ => {}
                    }
                }
            } else if a.end == End::None && b.end == End::None && a.width.abs_diff(b.width) <= 1 && a.width < WIDEST {
                in_text += 1.0;
                blank_in += f32::from(u8::from(line.blank));
                inner_indent += f32::from(u8::from(line.indent >= 3 && after.indent < 3));
            }
        }
        let cost = |part: f32, whole: f32, least: f32| -((part + least) / (whole + 2.0 * least)).ln();
        let lost_share = lost / (lost + flush);
        let indent_share = cost(indented, starts, 0.5).min(3.0);
        let _ = inner_indent;
        let inside = cost(blank_in, in_text, 0.7);
        let no_inside = cost(in_text - blank_in, in_text, 0.7);
        // Blocks are parted by blanks at least half of the time, wherever blanks are printed at all.
        let at = cost(blank_at.max(breaks * 0.5), breaks, 0.7);
        let no_at = cost(breaks - blank_at, breaks, 0.7);
        Habits {
            indent: [indent_share, cost(starts - indented, starts, 0.5).min(3.5)],
            indent_inside: 4.0,
            lost: -lost_share.ln(),
            flush: -(1.0 - lost_share).ln(),
            blank_inside: (inside - no_inside).clamp(0.0, 1.6),
            blank_break: (at - no_at).clamp(-0.4, 0.4),
            no_blank_break: 0.0,
            stray: (-((stray + 0.3) / (flowing + 8.0)).ln()).clamp(2.3, 4.2),
        }
    }
}

/// The widths that columns near a line may have.
fn widths_near(looks: &[Look], text: &[usize]) -> Vec<[u16; WIDTHS]> {
    const REACH: usize = 14;
    let mut near = vec![0u16; usize::from(WIDEST) + 4];
    let mut out = Vec::with_capacity(text.len());
    let width = |k: usize| looks[text[k]].width;
    for k in 0..text.len().min(REACH) {
        near[usize::from(width(k))] += 1;
    }
    let mut modes = [0u16; 2];
    for i in 0..text.len() {
        if let Some(k) = (i + REACH < text.len()).then_some(i + REACH) {
            near[usize::from(width(k))] += 1;
        }
        if i > REACH {
            near[usize::from(width(i - REACH - 1))] -= 1;
        }
        // The modes move slowly; every fourth line is often enough.
        if i % 4 == 0 {
            modes = two_modes(&near);
        }
        let own = width(i);
        let next = if i + 1 < text.len() { width(i + 1) } else { own };
        let before = if i > 0 { width(i - 1) } else { own };
        let mut set = [0u16; WIDTHS];
        let mut n = 0;
        // The first line of a paragraph is two characters short of its column.
        let start = i == 0 || text[i - 1] + 1 < text[i] || looks[text[i - 1]].end == End::Stop;
        let indented = if start { own + 4 } else { 0 };
        for w in [modes[0], own, next, modes[1], before, indented] {
            let fresh = w >= 8 && !set[..n].contains(&w);
            if fresh {
                set[n] = w;
                n += 1;
            }
        }
        out.push(set);
    }
    out
}

/// The two most frequent widths, neighbours counted half, at least three units apart.
fn two_modes(near: &[u16]) -> [u16; 2] {
    let mut best = [(0u16, 0usize); 2];
    for w in 12..near.len() - 3 {
        let score = near[w] * 2 + near[w - 1] + near[w + 1];
        if score > best[0].0 {
            if w.abs_diff(best[0].1) > 2 {
                best[1] = best[0];
            }
            best[0] = (score, w);
        } else if score > best[1].0 && w.abs_diff(best[0].1) > 2 {
            best[1] = (score, w);
        }
    }
    [best[0].1 as u16, best[1].1 as u16]
}

/// Cost of a line being `d` half-width units narrower (or wider, if negative) than its column.
/// Lines are excused by up to a character for hanging punctuation and half-width runs.
fn misfit(d: i32) -> f32 {
    match d {
        -1..=1 => 0.0,
        -2 => 0.7,
        2 => 0.8,
        3 => 1.6,
        -3 => 2.2,
        4 => 2.4,
        // Text set around a picture; no dearer the further it goes.
        5 => 3.2,
        6.. => 4.2,
        _ => 4.2,
    }
}

/// Reads the page: a reading for every line.
pub(crate) fn read(raw: &Raw, looks: &[Look], pairs: &Pairs) -> Vec<Reading> {
    let apart = Reading { role: Role::Apart, column: 0, margin: 0.0 };
    let mut readings = vec![apart; looks.len()];
    let text: Vec<usize> = (0..looks.len()).filter(|&i| looks[i].kind == Kind::Text).collect();
    if text.is_empty() {
        return readings;
    }
    let habits = Habits::learn(raw, looks, &text);
    #[allow(clippy::print_stderr)]
    if std::env::var("DBG").is_ok() { eprintln!("{habits:?}"); }
    let widths = widths_near(looks, &text);
    let mut back: Vec<[u8; STATES]> = Vec::with_capacity(text.len());
    let mut now = [FAR; STATES];
    for (n, &i) in text.iter().enumerate() {
        let emit = emissions(raw, looks, i, text.get(n + 1).copied(), &widths[n], &habits);
        let mut next = [FAR; STATES];
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
            let (join, cut) = break_costs(raw, looks, pairs, p, i, &habits);
            step(&now, &mut next, &mut from, &widths[n - 1], &widths[n], &emit, join, cut, looks[i].width, looks[p].width);
        }
        back.push(from);
        now = next;
    }
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
        #[allow(clippy::print_stderr)]
        if std::env::var("DBG").is_ok() { eprintln!("{} {role:?} col {column} w {} {:?} {}", raw.lines[text[n]].raw, looks[text[n]].width, looks[text[n]].end, raw.text(&raw.lines[text[n]])); }
        readings[text[n]] = Reading { role, column, margin: 0.0 };
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

/// One step of the Viterbi pass.
#[expect(clippy::too_many_arguments, reason = "the inner loop of the reading; a struct would be unpacked at once")]
fn step(
    now: &[f32; STATES],
    next: &mut [f32; STATES],
    from: &mut [u8; STATES],
    old: &[u16; WIDTHS],
    new: &[u16; WIDTHS],
    emit: &[f32; STATES],
    join: f32,
    cut: f32,
    width: u16,
    before: u16,
) {
    // Best closed paragraph (its column too), best open one, and the display line before.
    let (mut closed, mut closed_at) = (FAR, 0);
    let (mut open, mut open_at) = (FAR, 0);
    for k in 0..WIDTHS {
        for s in [k * 4 + 2, k * 4 + 3] {
            if now[s] < closed {
                (closed, closed_at) = (now[s], s);
            }
        }
        for s in [k * 4, k * 4 + 1] {
            if now[s] < open {
                (open, open_at) = (now[s], s);
            }
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
            continue;
        }
        // A paragraph begins: cheaper in the column of the one before.
        let (mut start, mut start_at) = (to_start + 1.2, start_from);
        if start_from == HEAD {
            // A display line hardly ever has the very width of the column below.
            start += if before.abs_diff(new[k]) <= 1 { -0.1 } else { -1.2 };
        }
        let (mut goes_on, mut goes_on_at) = (to_resume - join.min(0.0), resume_from);
        goes_on += cut;
        for j in 0..WIDTHS {
            if old[j] == 0 {
                continue;
            }
            let d = old[j].abs_diff(new[k]);
            if d <= 2 {
                for s in [j * 4 + 2, j * 4 + 3] {
                    if now[s] + 0.4 < start {
                        (start, start_at) = (now[s] + 0.4, s);
                    }
                }
            }
            let change = match d {
                0 => 0.0,
                1 => 0.1,
                2 => 0.7,
                3..=4 => 2.0,
                _ => 3.2,
            };
            for s in [j * 4, j * 4 + 1] {
                let c = now[s] + change + join;
                if c < goes_on {
                    (goes_on, goes_on_at) = (c, s);
                }
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

fn least(options: &[(f32, usize)]) -> (f32, usize) {
    options.iter().copied().fold((FAR, 0), |a, b| if b.0 < a.0 { b } else { a })
}

/// Costs of going on, and of breaking, between two text lines.
fn break_costs(raw: &Raw, looks: &[Look], pairs: &Pairs, p: usize, i: usize, habits: &Habits) -> (f32, f32) {
    let line = &raw.lines[i];
    let evidence = runs_on(pairs, raw.lines[p].of(&raw.glyphs), line.of(&raw.glyphs));
    let mut join = (-evidence).max(0.0);
    let mut cut = evidence.max(0.0);
    if line.blank {
        join += habits.blank_inside;
        cut += habits.blank_break.max(0.0);
    } else {
        cut += habits.no_blank_break + (-habits.blank_break).max(0.0);
    }
    if i > p + 1 {
        // Furniture, a caption or a byline stands between.
        let byline = (p + 1..i).any(|k| looks[k].kind == Kind::Byline);
        join += if byline { 3.0 } else { 1.0 };
    }
    if line.indent >= 3 && raw.lines[p].indent < 3 {
        join += habits.indent_inside.min(habits.indent_inside * (1.2 - habits.indent[0] * 0.3)).max(0.5);
    }
    (join, cut)
}

/// Costs of a line in each state.
fn emissions(
    raw: &Raw,
    looks: &[Look],
    i: usize,
    next: Option<usize>,
    widths: &[u16; WIDTHS],
    habits: &Habits,
) -> [f32; STATES] {
    let look = &looks[i];
    let line = &raw.lines[i];
    let glyphs = line.of(&raw.glyphs);
    let mut out = [FAR; STATES];
    // Running text has a mark every nine characters or so; headlines have few.
    let bare = look.stops + look.commas + look.pauses == 0 && !matches!(look.end, End::Stop | End::Comma | End::Point);
    let mut body = if bare { (f32::from(look.width) / 18.0).min(3.0) } else { 0.3 };
    if bare && look.narrow * 2 > look.width && look.gaps + look.figures >= 2 {
        // A row of a table.
        body += 4.0;
    }
    body += 1.1 * f32::from(look.gaps.min(2));
    let inner = match look.end {
        End::Stop => 3.0,
        End::Comma => 1.7,
        End::Colon => 3.0,
        End::Soft => 1.8,
        End::Point => 1.0,
        End::Open => 4.0,
        End::None => 0.15,
    };
    // At the end of a block a text may end without its full stop: cut, or misread.
    let edge = next.is_none_or(|n| n > i + 1);
    let closing = match look.end {
        End::Stop => 0.1,
        End::Comma => 7.0,
        End::Colon => 2.5,
        End::Soft => 2.2,
        End::Point => 1.2,
        End::Open => 9.0,
        End::None if edge => 4.5,
        End::None => 6.2,
    };
    let short_ok = next.map_or(0, |n| first_token(raw, &raw.lines[n]));
    let flat = look.width <= 4 && glyphs.iter().all(|g| g.class == Class::Han);
    let long = look.width >= WIDEST;
    let [with_indent, without] = habits.indent;
    for (k, &w) in widths.iter().enumerate() {
        if w == 0 {
            continue;
        }
        let d = i32::from(w) - i32::from(look.width);
        let excused = |d: i32| if d > 1 && d < short_ok { misfit(d).min(0.4) } else { misfit(d).min(habits.stray) };
        let first = if flat {
            // A drop cap: one or two characters alone, the text goes on beside them.
            3.6
        } else if line.indent >= 3 {
            with_indent + excused(d - 4)
        } else {
            without + (habits.lost + excused(d - 4)).min(habits.flush + excused(d))
        };
        let stray = if d < -2 { misfit(d) + 1.0 } else { 0.0 };
        let indent = if line.indent >= 3 { with_indent } else { without };
        if long {
            out[k * 4 + 3] = 0.3;
            continue;
        }
        let lead = if look.lead { 6.0 } else { 0.0 };
        out[k * 4] = body + first + inner;
        out[k * 4 + 1] = body + excused(d) + inner + lead;
        // Machine-read pages lose full stops; a line well short of its column may still be the last.
        let lost = if look.end == End::None && d >= 6 && !edge { -1.0 } else { 0.0 };
        out[k * 4 + 2] = body + stray + 2.2 + closing + lead + lost;
        out[k * 4 + 3] = body + stray + 3.2 + closing + indent.min(2.0);
    }
    let indented = line.indent >= 3 && with_indent < without;
    let lonely = next.is_some_and(|n| looks[n].width > 2) && (i == 0 || looks[i - 1].width > 2);
    let restated = if bare && look.end != End::Open { restated(raw, looks, i, glyphs) } else { 0.0 };
    out[HEAD] = -restated + head_cost(look, glyphs, bare, indented, lonely);
    out
}

/// Cost of a line as a headline, section heading or list line.
fn head_cost(look: &Look, glyphs: &[crate::glyphs::Glyph], bare: bool, indented: bool, lonely: bool) -> f32 {
    if look.lead || look.width >= WIDEST {
        return 30.0;
    }
    // Any width will do for a display line, so each single one is less likely than a column's own.
    let mut cost = if bare { 1.7 } else { 2.0 };
    cost += 4.0 * f32::from(look.stops.min(3)) + 3.0 * f32::from(look.commas.min(3));
    let last = glyphs[glyphs.len() - 1].c;
    cost += match look.end {
        End::Stop if matches!(last, '！' | '？' | '!' | '?') => 1.2,
        End::Stop => 5.0,
        End::Comma => 5.0,
        End::Colon => 2.0,
        End::Open => 6.0,
        End::Point => 2.5,
        End::Soft => 0.6,
        End::None => 0.1,
    };
    if look.day {
        cost += 1.5;
    }
    if look.spaced {
        cost -= 1.0;
    } else if look.gaps > 0 {
        cost -= 1.0;
    }
    if indented {
        // Paragraphs of this page are indented; headlines are not.
        cost += 1.5;
    }
    if look.width <= 2 && lonely {
        cost += 3.0;
    }
    // Hardly any display line is set wider than thirty characters.
    cost + (f32::from(look.width) - 60.0).max(0.0) * 0.12
}

/// How far the lines below say a line again, as those below a headline do: 0 to 1.6.
fn restated(raw: &Raw, looks: &[Look], i: usize, glyphs: &[crate::glyphs::Glyph]) -> f32 {
    if glyphs.len() < 5
        || looks[i].width > 60
        || i > 0
            && looks[i - 1].kind == Kind::Text
            && matches!(looks[i - 1].end, End::Comma | End::None)
            && looks[i - 1].commas > 0
    {
        return 0.0;
    }
    let mut seen = [0u64; 16];
    let bit = |w: &[crate::glyphs::Glyph]| crate::content::pair_hash(w[0].c, w[1].c) as usize & 1023;
    let mut n = 0;
    for line in raw.lines[i + 1..raw.lines.len().min(i + 8)].iter() {
        for w in line.of(&raw.glyphs).windows(2).take(60) {
            seen[bit(w) / 64] |= 1 << (bit(w) % 64);
        }
        n += line.len();
        if n > 110 {
            break;
        }
    }
    let words = |w: &&[crate::glyphs::Glyph]| w.iter().all(|g| g.class == Class::Han);
    let all = glyphs.windows(2).filter(words).count();
    let hits = glyphs.windows(2).filter(words).filter(|w| seen[bit(w) / 64] >> (bit(w) % 64) & 1 == 1).count();
    // One pair in eight is met by chance.
    let share = hits as f32 / all.max(5) as f32;
    ((share - 0.2) * 3.5).clamp(0.0, 1.3)
}

/// Half-width units that the first token of a line would have needed at the end of the line before.
fn first_token(raw: &Raw, line: &Line) -> i32 {
    let glyphs = line.of(&raw.glyphs);
    let Some(first) = glyphs.first() else { return 0 };
    match first.class {
        Class::Digit | Class::Letter => glyphs
            .iter()
            .take_while(|g| {
                matches!(g.class, Class::Digit | Class::Letter) || matches!(g.c, '.' | '%' | '/' | ':' | '-')
            })
            .map(|g| crate::glyphs::width_of(g.c) as i32)
            .sum::<i32>()
            .min(16),
        // An opening mark takes its first character along.
        Class::Open => 4,
        _ => match glyphs.get(1) {
            Some(g) if matches!(g.class, Class::Close | Class::Comma | Class::Stop) => 2,
            _ => 0,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::look_at;

    fn roles(text: &str) -> String {
        let mut raw = Raw::read(text);
        let looks = look_at(&mut raw);
        let pairs = Pairs::count(&raw.glyphs, &raw.lines);
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
